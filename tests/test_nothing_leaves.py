"""Ten kinds of personal data planted wherever a run reads: no file it leaves and no word it says holds one of them.

Looked through are the outputs with their drafts, what is kept beside the package, the whole temporary folder, the
home folder (kernels' connection files, histories) and the terminal: of a good, a failed and a killed run, and while
they run.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from packages import ROOT, SHIPPED, add_office, link, shorten
from test_privacy import FREE, VALUES
from test_sources_yml import SOURCES
from workbooks import fund_rows, write_county_workbooks

from zt_analysis.scanning import texts_in

pytestmark = pytest.mark.thorough

ALL = "；".join(FREE.values())
CASES = ("2018-11", "2018-W45")
ENCODINGS = ("utf-8", "gb18030", "utf-16-le")
FORMS = {
    (kind, form)
    for kind, value in VALUES.items()
    for form in (*(value.encode(one) for one in ENCODINGS), json.dumps(value).strip('"').encode())
}
HOOK = f"{sys.executable} -c \"import sys; open('told.jsonl', 'a').write(sys.stdin.read())\""


@pytest.fixture
def office(tmp_path):
    """The shipped project with short notebooks, and folders of its own for what is temporary and for the home."""
    root = tmp_path / "project"
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    kept = shutil.ignore_patterns(".kept")
    shutil.copytree(SHIPPED, root / "data/zhaotong-2018", copy_function=link, ignore=kept)
    add_office(root)
    shorten(root)
    for name in ("temporary", "home"):
        (tmp_path / name).mkdir()
    return root


def package_of(root):
    return root / "data/zhaotong-2018"


def anew(path, text):
    """Write a file that may be a link to the shipped one."""
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8")


def column(root, *, personal):
    """A column of the visits with one kind in each of its first rows."""
    path = package_of(root) / "household_inspections.csv"
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    texts = [*FREE.values(), *["—"] * (len(lines) - len(FREE))]
    anew(
        path, "\n".join([f"{first},note", *(f"{line},{text}" for line, text in zip(lines, texts, strict=True))]) + "\n"
    )
    path = package_of(root) / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    table = next(one for one in content["resources"] if one["name"] == "household_inspections")
    table["schema"]["fields"].append({"name": "note", "type": "string", "title": "备注", "personal": personal})
    anew(path, json.dumps(content, ensure_ascii=False))


def workbook(root):
    """Funds sent as workbooks, the first with something in a cell, a hidden sheet, a comment and a printed header."""
    package = package_of(root)
    files = write_county_workbooks(package / "submissions/funds", fund_rows(package))
    (package / "fund_allocations.csv").unlink()
    anew(package / "sources.yml", SOURCES)
    book = openpyxl.load_workbook(files[0].path)
    texts = list(FREE.values())
    book.active["H9"] = texts[0]
    hidden = book.create_sheet("旧表")
    hidden.sheet_state = "hidden"
    for place, text in enumerate(texts, start=2):
        hidden[f"B{place}"] = text
    book.active["B6"].comment = Comment("；".join(texts[:5]), "desk")
    book.active.oddHeader.left.text = "；".join(texts[5:])
    book.save(files[0].path)


def tables(root):
    column(root, personal=False)
    workbook(root)


def label(root):
    path = package_of(root) / "claims/2018-11.csv"
    first, second, *rest = path.read_text(encoding="utf-8").splitlines()
    cells = second.split(",")
    cells[first.split(",").index("label_zh")] = ALL
    anew(path, "\n".join([first, ",".join(cells), *rest]) + "\n")


def parameter(root):
    path = root / "params/2018-11.yml"
    anew(path, path.read_text(encoding="utf-8").replace('denominator: "school_age"', f'denominator: "{ALL}"'))


def correction(root):
    one = {"table": "teaching", "where": {"teaching_id": "T530602-0000004"}, "column": "mode", "from": "home",
           "to": ALL, "reason": ALL, "by": ALL, "date": "2018-11-20"}  # fmt: skip
    anew(package_of(root) / "corrections.yml", json.dumps([one], ensure_ascii=False))


def printed(root):
    """A declared column, and a notebook that prints it."""
    column(root, personal=True)
    path = root / "notebooks/bulletin.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    cell = json.loads(json.dumps(next(one for one in content["cells"] if one["cell_type"] == "code")))
    cell |= {"id": "planted", "source": 'print(tables["household_inspections"].to_pandas().note.tolist())',
             "metadata": {}}  # fmt: skip
    content["cells"].append(cell)
    path.write_text(json.dumps(content), encoding="utf-8")


def quoted(root):
    """A declared column, and a notebook that prints it and fails with a value of it."""
    printed(root)
    path = root / "notebooks/bulletin.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][-1]["source"] += f"\nraise KeyError({ALL!r})"
    path.write_text(json.dumps(content), encoding="utf-8")


def started(root, *words, log):
    around = {"TMPDIR": str(root.parent / "temporary"), "HOME": str(root.parent / "home"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "zt_analysis.cli", "run", *words, "--force", "--on-failure", HOOK]
    return subprocess.Popen(
        command, cwd=root, env=os.environ | around, stdout=log, stderr=log, start_new_session=True
    )  # fmt: skip


def left(root):
    """Every file that a run may have left."""
    for folder in (root.parent / "temporary", root.parent / "home", root / "outputs", package_of(root) / ".kept"):
        for place, _, names in os.walk(folder):  # which a folder that goes away meanwhile does not stop
            yield from (path for name in names if (path := Path(place, name)).is_file())
    yield from (path for path in (root / "told.jsonl", root.parent / "said") if path.exists())


def traces(root, *, read=True):
    """What of the planted stands in which file, as bytes in any encoding; with ``read`` also as its reader sees it."""
    found, looked = set(), 0
    for path in left(root):
        try:
            content = path.read_bytes()
        except OSError:  # it went away meanwhile
            continue
        looked += 1
        found |= {(path.name, kind) for kind, form in FORMS if form in content}
        if read and path.suffix in (".html", ".json", ".ipynb", ".csv", ".xlsx"):
            text = "\n".join(text for _, _, text in texts_in(path))
            found |= {(path.name, kind) for kind, value in VALUES.items() if value in text}
    return found, looked


def run(root, *words):
    """The exit code of a run that is looked through while it runs, and what was found until its end."""
    found = set()
    with (root.parent / "said").open("wb") as log:
        process = started(root, *words, log=log)
        while process.poll() is None:
            found |= traces(root, read=False)[0]
            time.sleep(0.05)
    return process.returncode, found


class TestGood:
    def test_a_declared_column_is_masked_everywhere(self, office):
        column(office, personal=True)
        code, while_it_ran = run(office, *CASES, "--log-format", "json")
        said = (office.parent / "said").read_text(encoding="utf-8")
        assert code == 2, said  # the changed file is the finding; both cases are published
        assert {(office / "outputs" / case / "report.html").exists() for case in CASES} == {True}
        found, looked = traces(office)
        assert while_it_ran | found == set()
        assert looked > 10


class TestFailed:
    @pytest.mark.parametrize("plant", [tables, label, parameter, correction, printed, quoted])
    def test_nothing_planted_is_told(self, office, plant):
        plant(office)
        code, while_it_ran = run(office, "2018-11")
        said = (office.parent / "said").read_text(encoding="utf-8")
        assert code == (3 if plant is quoted else 2), said
        assert "found" in said
        found, looked = traces(office)
        # a notebook that prints a value itself has it in the draft until it is held against the declared columns
        drafted = {"bulletin.ipynb"} if plant in (printed, quoted) else set()
        assert {one for one in while_it_ran if one[0] not in drafted} | found == set()
        assert looked > 1


class TestKilled:
    @pytest.mark.parametrize("plant", [tables, lambda root: column(root, personal=True)], ids=["refused", "declared"])
    def test_at_several_moments(self, office, plant):
        plant(office)
        moments = random.Random(17)
        killed = 0
        for moment in (1.0, 2.0, *(moments.uniform(2.0, 12.0) for _ in range(4))):
            found = set()
            with (office.parent / "said").open("wb") as log:
                process = started(office, *CASES, log=log)
                end = time.monotonic() + moment
                while process.poll() is None and time.monotonic() < end:
                    found |= traces(office, read=False)[0]
                    time.sleep(0.02)
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                    killed += 1
                process.wait()
            assert found | traces(office, read=False)[0] == set(), moment
        assert killed >= 2


def test_a_planted_value_would_be_seen(office):
    """The search itself: in a file, in a workbook, in a page's download."""
    (office / "outputs").mkdir()
    book = openpyxl.Workbook()
    book.active["A1"] = FREE["mobile"]
    book.save(office / "outputs/figures.xlsx")
    (office.parent / "temporary/a.duckdb").write_bytes(b"\0" + VALUES["name"].encode() + b"\0")
    assert traces(office) == ({("figures.xlsx", "mobile"), ("a.duckdb", "name")}, 2)
