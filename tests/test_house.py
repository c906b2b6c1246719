"""House rules: what keeps the project readable, held by tests."""

import ast
import json
import re
import shutil
import statistics
import subprocess
import tomllib

import pytest
from modules import nodes_of
from packages import ROOT, add_office, own_office
from ruamel.yaml import YAML

import zt_analysis
from zt_analysis.glossary import glossary, rules
from zt_analysis.notebooks import declared_parameters
from zt_analysis.notebooks.clean import committed_form
from zt_analysis.terms import vocabulary

PACKAGE = sorted((ROOT / "zt_analysis").rglob("*.py"))


def house_notebooks():
    """Those that git knows; what somebody begins beside them, or keeps in explore/, is their own."""
    known = []
    if shutil.which("git"):
        words = ["git", "ls-files", "notebooks"]
        known = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    found = sorted((ROOT / "notebooks").glob("*.ipynb"))
    return [path for path in found if not known or path.relative_to(ROOT).as_posix() in known]


NOTEBOOKS = house_notebooks()


def functions(path):
    return [node for node in nodes_of(path) if isinstance(node, ast.FunctionDef)]


def body_lines(function):
    first = function.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = function.body[1].lineno if is_docstring and len(function.body) > 1 else first.lineno
    return function.end_lineno - start + 1


@pytest.mark.slow
def test_functions_are_short():
    lengths = {f"{p.name}:{f.name}": body_lines(f) for p in PACKAGE for f in functions(p)}
    assert len(lengths) > 100
    assert statistics.median(lengths.values()) <= 10
    assert {name: length for name, length in lengths.items() if length > 60} == {}


def test_what_cannot_be_written_is_named():
    """A disk that is full names no file: ``contents`` does, and lets what stood there stand."""
    written = re.compile(r"\.write_(?:text|bytes)\(")
    # what may be made again is left out where it cannot be kept; the glossary is written by who develops this
    own = {"contents.py", "kept_texts.py", "kept_files.py", "glossary.py"}
    assert [path.name for path in PACKAGE if path.name not in own and written.search(path.read_text("utf-8"))] == []


def test_modules_are_one_thing():
    lengths = {str(path.relative_to(ROOT)): path.read_bytes().count(b"\n") for path in PACKAGE}
    assert len(lengths) > 400
    assert {name: length for name, length in lengths.items() if length > 320} == {}


def test_public_names_are_true_and_sorted():
    assert zt_analysis.__all__ == sorted(zt_analysis.__all__)
    for name in zt_analysis.__all__:
        assert getattr(zt_analysis, name) is not None
    with pytest.raises(AttributeError, match="it has"):
        zt_analysis.figurs  # noqa: B018


def at(path, number, cell):
    """The cell as a person finds it: file, place, first line."""
    first = next(iter("".join(cell["source"]).splitlines()), "empty")
    return f"{path.relative_to(ROOT)}, cell {number} ({first[:60]!r})"


def parameters_of(cell):
    return "parameters" in cell["metadata"].get("tags", [])


def programs_in(source):
    """What of a cell is a program: magics, paths, loops, classes and functions; a figure of one's own is none."""
    lines = source.splitlines()
    found = [f"line {n}, a magic" for n, line in enumerate(lines, 1) if line.lstrip().startswith(("%", "!"))]
    if found:  # no Python then
        return found
    found += [f"line {n}, a path" for n, line in enumerate(lines, 1) if re.search(r"\.\./|(?<![\w<])/[a-z]+/", line)]
    kinds = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda)
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]
    return found + [
        f"line {node.lineno}, {type(node).__name__}"
        for node in nodes
        if not (isinstance(node, ast.FunctionDef) and defines(node))
    ]


def defines(function):
    return any(ast.unparse(one).startswith("zt.define(") for one in function.decorator_list)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
class TestNotebooks:
    def cells(self, path):
        return list(enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"], start=1))

    def test_is_committed_clean(self, path):
        run = [
            at(path, number, cell)
            for number, cell in self.cells(path)
            if cell.get("outputs") or cell.get("execution_count") is not None
        ]
        assert run == [], "a notebook is committed without outputs; nox -s clean takes them away"
        content = path.read_text(encoding="utf-8")
        assert content == committed_form(content), f"{path.name}: not as Jupyter writes it; nox -s clean mends it"

    def test_is_thin(self, path):
        cells = self.cells(path)
        assert len(cells) <= 20, f"{path.name}: {len(cells)} cells, at most 20: put what is computed into office/"
        code = [(number, cell) for number, cell in cells if cell["cell_type"] == "code" and not parameters_of(cell)]
        long = [at(path, *one) for one in code if len("".join(one[1]["source"]).splitlines()) > 10]
        assert long == [], "a cell has at most 10 lines: put what is computed into office/"

    def test_has_one_title_and_typed_parameters(self, path):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"])
        titles = [at(path, number, cell) for number, cell in enumerate(notebook["cells"], start=1)
                  if cell["cell_type"] == "markdown"
                  for line in cell["source"].splitlines() if line.startswith("# ")]  # fmt: skip
        assert len(titles) == 1, f"{path.name}: one line begins with '# '; the others take '## '"
        assert declared_parameters(notebook, path.name)

    def test_holds_no_program(self, path):
        found = [
            f"{at(path, number, cell)}: {one}"
            for number, cell in self.cells(path)
            if cell["cell_type"] == "code"
            for one in programs_in("".join(cell["source"]))
        ]
        assert found == [], "a notebook asks; what computes stands in office/"


def test_a_program_is_told_from_a_question():
    said = {
        "f.check('1.59%')": [],
        "@zt.define(unit='人')\ndef mine(t, p):\n    return t": [],
        "def mine(t, p):\n    return t": ["line 1, FunctionDef"],
        "x = 1\n%timeit x": ["line 2, a magic"],
        "[f for f in x]": [],
        "for f in x:\n    f": ["line 1, For"],
        "open('../data')": ["line 1, a path"],
    }
    assert {source: programs_in(source) for source in said} == said


def test_there_is_a_notebook():
    assert NOTEBOOKS


def extras(project):
    """What every extra asks for, beside the one that names the others."""
    return [one for name, wanted in project["optional-dependencies"].items() if name != "all" for one in wanted]


def test_environment_yml_and_pyproject_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *extras(project), "-e ."]
    environment = YAML(typ="safe").load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    (pip,) = [one["pip"] for one in environment["dependencies"] if isinstance(one, dict)]
    assert pip == wanted
    assert f"python{project['requires-python']}" in environment["dependencies"]


def test_lock_has_hashes_and_no_host():
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if "==" in line and not line.startswith(" ")]
    assert len(pins) > 50
    assert not [line for line in lines if "://" in line or line.startswith("--")]
    for number, line in enumerate(lines):
        if line in pins:
            assert "--hash=sha256:" in lines[number + 1]


def test_lock_covers_every_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = {line.split("==")[0].split("[")[0] for line in (ROOT / "requirements.lock").read_text().splitlines()}
    wanted = [*project["dependencies"], *extras(project)]
    names = {re.match(r"[a-zA-Z0-9._-]+", one).group().lower().replace(".", "-") for one in wanted}
    assert names <= locked


def test_glossary_is_up_to_date():
    assert (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8") == glossary()
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == rules()


def test_every_word_has_both_languages():
    assert [term.key for term in vocabulary().values() if not (term.zh and term.en)] == []


def test_every_command_is_documented():
    from zt_analysis.cli import zt

    for readme in ("README.md", "README.zh-CN.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        assert [name for name in zt.commands if f"zt {name}" not in text] == []


def test_ci_runs_what_plain_nox_leaves_out():
    """Each test is of the one session or of the other."""
    sessions = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    assert 'DEFAULT = [*ABREAST, "-m", "not thorough", *WHOLE]' in sessions
    assert 'THOROUGH = [*ABREAST, "-m", "thorough or hypothesis", "tests"]' in sessions
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "./setup.sh && .venv/bin/nox && .venv/bin/nox -s thorough\n" in script


def test_no_test_writes_into_the_shipped_office_by_its_link(tmp_path):
    """Two tests run at a time: what one damages another may just be reading. Once it was found by CI alone."""
    add_office(tmp_path)
    file = tmp_path / "office" / "bridges" / "flows.csv"
    with pytest.raises(PermissionError, match="own_office gives a copy"):
        file.write_bytes(b"")
    own = own_office(tmp_path) / "office" / "bridges" / "flows.csv"
    own.write_bytes(b"")
    assert (ROOT / "office" / "bridges" / "flows.csv").read_bytes()
