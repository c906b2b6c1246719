"""Where the shipped package is, and a small one of two tables to break."""

import hashlib
import json
import os
import shutil
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "data" / "zhaotong-2018"
EXAMPLE = ROOT / "examples" / "communique"
# the cases that the fixture ``finished`` has run: the issue, the circular before its day, that of its day
RAN = ("2018-11", "2018-W44", "2018-W45")

COUNTIES = "county_code,name_zh\n530602,昭阳区\n530621,鲁甸县\n"
PAYMENTS = (
    "payment_id,county_code,stage,amount_fen,paid_on,poor\n"
    "a1,530602,primary,50000,2018-04-01,true\n"
    "a2,530621,junior,62500,2018-04-02,false\n"
)


def add_office(folder):
    """The shipped office in the project at ``folder``, by link; its zt.toml, an input that tests alter, as a copy."""
    (folder / "office").symlink_to(ROOT / "office")
    shutil.copy(ROOT / "zt.toml", folder)


def own_office(folder):
    """A copy of the shipped office in the place of its link, for a test that writes there; the project ``folder``."""
    (folder / "office").unlink()
    shutil.copytree(ROOT / "office", folder / "office", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def refuse_to_write(event, arguments):
    """Refuse a test to open a file of the shipped office for writing: others read it meanwhile, through their links."""
    if event != "open" or not isinstance(path := arguments[0], (str, os.PathLike)):
        return
    path, writes = os.fspath(path), set(str(arguments[1])) & set("wax+")
    if writes and "office" in path and os.path.realpath(path).startswith(f"{ROOT / 'office'}{os.sep}"):
        raise PermissionError(f"{path} is the shipped office, by its link: packages.own_office gives a copy")


def copy_example(folder):
    """The second office, examples/communique, as the project ``folder``, without what a run left; the folder."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("outputs", "__pycache__", ".*"))
    return folder


# how many cells of a notebook there are up to its review
REVIEWED = {"bulletin": 8, "weekly": 6, "brief": 8}


def shorten(project):
    """End the project's notebooks where their review stands, for tests that ask nothing of charts and tables."""
    for name, cells in REVIEWED.items():
        path = project / "notebooks" / f"{name}.ipynb"
        if not path.exists():
            continue
        notebook = nbformat.read(path, 4)
        notebook.cells = notebook.cells[:cells]
        nbformat.write(notebook, path)


def copy_brief(project, year):
    """The small project's case of another year, held against the numbers that 2025 printed: none of them is right."""
    for folder, name in (("params", "{}.yml"), ("data/demo/claims", "{}.csv")):
        text = (project / folder / name.format("2025")).read_text(encoding="utf-8")
        text = text.replace("2024", str(int(year) - 1)).replace("2025", year)
        (project / folder / name.format(year)).write_text(text, encoding="utf-8")


def link(source, target):
    """The file at ``target`` too, without its bytes twice; whoever changes it takes it away first."""
    try:
        os.link(source, target)
    except OSError:  # another disk
        shutil.copy2(source, target)


def _field(name, type_, **constraints):
    return {"name": name, "type": type_, "constraints": constraints}


SMALL_FIELDS = {
    "counties": [_field("county_code", "string", required=True, pattern="5306[0-9]{2}"), _field("name_zh", "string")],
    "payments": [
        _field("payment_id", "string", required=True),
        _field("county_code", "string", required=True),
        _field("stage", "string", required=True, enum=["primary", "junior"]),
        _field("amount_fen", "integer", required=True, minimum=0),
        _field("paid_on", "date", minimum="2018-03-01", maximum="2018-07-31"),
        _field("poor", "boolean", required=True),
    ],
}


class SmallPackage:
    """A data package of two CSV tables in a project of its own."""

    def __init__(self, root):
        self.root = root
        self.folder = root / "data"
        (root / "params").mkdir()
        add_office(root)
        self.folder.mkdir()
        self.write("counties.csv", COUNTIES)
        self.write("payments.csv", PAYMENTS)
        self.declare()

    def write(self, name, content):
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (self.folder / name).write_bytes(data)

    def declare(self, **changes):
        keys = {"counties": ["county_code"], "payments": ["payment_id"]}
        foreign = {
            "payments": [{"fields": ["county_code"], "reference": {"resource": "counties", "fields": ["county_code"]}}]
        }
        resources = [
            {
                "name": name,
                "path": f"{name}.csv",
                "hash": "sha256:" + hashlib.sha256((self.folder / f"{name}.csv").read_bytes()).hexdigest(),
                "schema": {"fields": fields, "primaryKey": keys[name], "foreignKeys": foreign.get(name, [])},
            }
            for name, fields in SMALL_FIELDS.items()
        ]
        content = {"name": "small", "title": "Two tables", "synthetic": True, "resources": resources} | changes
        (self.folder / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
