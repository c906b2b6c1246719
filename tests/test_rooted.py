"""Whatever takes a project's folder uses that project's office, wherever the program that calls it stands."""

import ast
import importlib
from datetime import date

import pytest
from commands import zt
from modules import nodes_of, text_of
from packages import ROOT, copy_example

from zt_analysis import params, rooted, runs
from zt_analysis.office import current, office_of
from zt_analysis.project import find_root
from zt_analysis.rooted import at, in_project
from zt_analysis.runs import proving
from zt_analysis.runs.due import due
from zt_analysis.runs.issued import Watch
from zt_analysis.runs.new_case import scaffold
from zt_analysis.runs.signing import Signer
from zt_analysis.runs.standing import unchanged
from zt_analysis.runs.verifying import verify

# they read files by their path, or ask the office of the root themselves and nothing else
BY_THEMSELVES = {
    "catalogue.gathering.gather", "catalogue.page.write_catalogue",
    "doctor.examining.examine", "lab.starting.see_port", "lab.starting.words", "office.office_of",
    "params.all_series", "params.as_of", "params.beside", "params.cases", "params.load", "params.neighbours",
    "params.ordered", "params.other_case", "params.path_of", "params.series", "params.side_files", "params.text_files",
    "project.refuse_outside", "project.standing_in", "project_file.read_project_file", "rooted.at",
    "runs.ahead.begun", "runs.ahead.take",
    "runs.worker.may_be_kept", "show.batches.cases", "show.editions.pruned", "writing.writing.text_file",
}  # fmt: skip


def taking_root():
    """Every public function of the engine that takes a root: where it is, by its name."""
    for path in sorted((ROOT / "zt_analysis").rglob("*.py")):
        if "project_template" in path.parts or "root" not in text_of(path):
            continue
        parts = path.relative_to(ROOT / "zt_analysis").with_suffix("").parts
        for one in nodes_of(path)[0].body:
            arguments = [*one.args.args, *one.args.kwonlyargs] if isinstance(one, ast.FunctionDef) else []
            if any(argument.arg == "root" for argument in arguments) and not one.name.startswith("_"):
                yield ".".join([*(part for part in parts if part != "__init__"), one.name])


@pytest.mark.slow
def test_every_function_that_takes_a_root_is_inside_its_project():
    found = set(taking_root())
    assert len(found) > 50
    assert found >= BY_THEMSELVES
    outside = []
    for name in sorted(found - BY_THEMSELVES):
        module, _, function = name.rpartition(".")
        told = getattr(importlib.import_module(f"zt_analysis.{module}"), function)
        if told.__code__.co_filename != rooted.__file__:
            outside.append(name)
    assert outside == []


def test_a_generator_is_inside_only_while_it_works(small, monkeypatch):
    """Between two steps the caller stands where they stood."""

    @in_project
    def steps(root):
        for _ in range(2):
            yield find_root(), current()

    monkeypatch.chdir(ROOT)
    for found in steps(root=small.root):
        assert found == (small.root.resolve(), office_of(small.root))
        assert (find_root(), current()) == (ROOT, office_of(ROOT))


@pytest.fixture
def elsewhere(brief, tmp_path, monkeypatch):
    """The small project, its case run; the working folder is in the project of another office."""
    other = copy_example(tmp_path / "communique")
    monkeypatch.chdir(other)
    assert find_root() == other.resolve()
    return brief


@pytest.mark.thorough
def test_a_program_that_stands_in_another_project_gets_the_same(elsewhere):
    outputs = elsewhere / "outputs"
    assert runs.run("2025", elsewhere, engine="warm").exit_code == 0
    assert unchanged(elsewhere, outputs / "2025")
    assert proving.sign("2025", elsewhere, Signer("maker", "desk-1"), engine="warm")["by"] == "desk-1"
    assert verify(outputs / "2025", elsewhere).holds
    assert Watch(elsewhere, outputs).news("2025") is None
    asked = {one.case: one.state for one in due(elsewhere, date(2026, 6, 1))}
    assert asked["2025"] == "agrees"
    assert scaffold("2026", elsewhere, {"as_of": "2026-09-20"}).path == params.path_of("2026", elsewhere)
    with at(elsewhere):
        assert current() == office_of(elsewhere)
    # and so say the commands, typed in it
    assert zt("verify", "2025", cwd=elsewhere).returncode == 0
    assert zt("run", "2025", cwd=elsewhere).returncode == 0
