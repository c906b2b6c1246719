"""House rules: what keeps the project readable, held by tests."""

import ast
import json
import re
import statistics
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import zt_analysis
from zt_analysis.glossary import glossary, rules
from zt_analysis.notebooks import declared_parameters
from zt_analysis.terms import vocabulary

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = sorted((ROOT / "zt_analysis").rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def body_lines(function):
    first = function.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = function.body[1].lineno if is_docstring and len(function.body) > 1 else first.lineno
    return function.end_lineno - start + 1


def test_functions_are_short():
    lengths = {f"{p.name}:{f.name}": body_lines(f) for p in PACKAGE for f in functions(p)}
    assert len(lengths) > 100
    assert statistics.median(lengths.values()) <= 10
    assert {name: length for name, length in lengths.items() if length > 60} == {}


@pytest.mark.parametrize("path", PACKAGE, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_one_thing(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 320


def test_public_names_are_true_and_sorted():
    assert zt_analysis.__all__ == sorted(zt_analysis.__all__)
    for name in zt_analysis.__all__:
        assert getattr(zt_analysis, name) is not None
    with pytest.raises(AttributeError, match="it has"):
        zt_analysis.figurs  # noqa: B018


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
class TestNotebooks:
    def read(self, path):
        return json.loads(path.read_text(encoding="utf-8"))

    def test_is_committed_clean(self, path):
        for cell in self.read(path)["cells"]:
            assert not cell.get("outputs")
            assert cell.get("execution_count") is None

    def test_is_thin(self, path):
        cells = self.read(path)["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        assert len(cells) <= 20
        programs = [cell for cell in code if "parameters" not in cell["metadata"].get("tags", [])]
        assert all(len("".join(cell["source"]).splitlines()) <= 10 for cell in programs)

    def test_has_one_title_and_typed_parameters(self, path):
        notebook = self.read(path)
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"])
        titles = [line for cell in notebook["cells"] if cell["cell_type"] == "markdown"
                  for line in cell["source"].splitlines() if line.startswith("# ")]  # fmt: skip
        assert len(titles) == 1
        assert declared_parameters(notebook, path.name)

    def test_holds_no_program(self, path):
        for cell in self.read(path)["cells"]:
            if cell["cell_type"] != "code":
                continue
            source = "".join(cell["source"])
            assert "%" not in source
            assert not re.search(r"\.\./|(?<!\w)/[a-z]+/", source)
            kinds = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda)
            assert not [node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]


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
    assert 'THOROUGH = [*ABREAST, "-m", "thorough", "tests"]' in sessions
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "./setup.sh && .venv/bin/nox && .venv/bin/nox -s thorough\n" in script
