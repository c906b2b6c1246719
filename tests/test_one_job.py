"""One run, read aloud: what a case stands on is opened once, and rendered once."""

import ast
import os
import re
import subprocess
import sys
import time
from collections import Counter

import pytest
from packages import ROOT

from zt_analysis import scanning, used
from zt_analysis.scanning import reading
from zt_analysis.submissions.reading import READERS

# what a process of a run opens below the project, a line each: its number, the file, whether to write
HOOK = """
import os, sys
place, root = os.environ["OPENED"], os.environ["BELOW"]
def opened(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, os.PathLike)):
        path = os.path.abspath(os.fspath(arguments[0]))
        if path.startswith(root) and path != place:
            line = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(line, f"{path[len(root):]}\\t{arguments[1]}\\n".encode())
            os.close(line)
sys.addaudithook(opened)
"""


def opened(root, tmp_path, *words):
    """How often the processes of a command open each file of the project."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(HOOK)
    place = tmp_path / "opened"
    added = {"PYTHONPATH": str(site), "OPENED": str(place), "BELOW": f"{root}{os.sep}"}
    command = [sys.executable, "-m", "zt_analysis.cli", *words]
    done = subprocess.run(command, cwd=root, env=os.environ | added, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = [line.split("\t") for line in place.read_text(encoding="utf-8").splitlines()]
    return Counter(name for name, _ in lines), Counter(name for name, mode in lines if mode[0] in "wx")


@pytest.fixture
def opens():
    """What this process opens while a test runs."""
    found = []
    _LISTENING.append(found)
    if not _HOOKED:
        sys.addaudithook(_opened)
        _HOOKED.append(True)
    yield found
    _LISTENING.remove(found)


_LISTENING, _HOOKED = [], []


def _opened(event, arguments):
    if event == "open" and _LISTENING and isinstance(arguments[0], (str, os.PathLike)):
        for found in _LISTENING:
            found.append(os.path.abspath(os.fspath(arguments[0])))


@pytest.mark.thorough
@pytest.mark.slow
@pytest.mark.parametrize("engine", ["stock", "warm"])
def test_parameters_notebook_and_neighbours_are_opened_once(project, tmp_path, engine):
    time.sleep(2.1)  # a file that was only just written is read anew, lest it be written again within a tick
    found, written = opened(project, tmp_path, "run", "2018-W45", "--engine", engine)
    once = ["notebooks/weekly.ipynb", *(path.relative_to(project).as_posix() for path in project.glob("params/*.yml"))]
    once.remove("params/2018-11.yml")  # of the bulletin: its kernel reads it, too
    assert {name: found[name] for name in once} == dict.fromkeys(once, 1)
    assert found["params/2018-11.yml"] == 2
    # one of the run, one of its kernel
    assert found["data/zhaotong-2018/datapackage.json"] == 2
    assert len(once) > 8
    # what is read and whose checksum is recorded is opened once by each of the two
    assert found["data/zhaotong-2018/claims/2018-11.csv"] == 2
    # what a forked kernel has from the run, which read it before they parted, it does not open while it is as it was
    assert found["zt.toml"] == (1 if engine == "warm" else 2)
    # noted by both, read by one, however much there is to note
    notes = [count for name, count in found.items() if name.endswith("/.used")]
    assert notes == [3]
    figures = {name: count for name, count in written.items() if name.endswith((".csv", ".xlsx", "figures.json"))}
    assert set(figures.values()) == {1}
    assert len(figures) == 4


def test_what_is_used_is_noted_through_one_opening(tmp_path, opens):
    for name in ("first", "second"):
        file = tmp_path / name
        with used.noting(file):
            for number in range(200):
                used.note("definition", "indicators", str(number))
                used.note("definition", "indicators", "twice")
        assert len([one for one in used.notes(file) if one[0] == "definition"]) == 201
        assert opens.count(str(file)) == 2  # to write, and here to read


@pytest.mark.thorough
def test_what_leaves_is_read_once(finished, opens, monkeypatch):
    """A workbook is taken apart once for its texts and its headers; the ledger's numbers are known once."""
    read = Counter()
    xlsx = READERS["xlsx"]
    monkeypatch.setitem(READERS, "xlsx", lambda content, name: (read.update([name]), xlsx(content, name))[1])
    folder = finished / "outputs" / "2018-11"
    reading._workbook.cache_clear()  # whatever another test has read
    found = scanning.scan(folder)
    assert found.files > 5
    assert found.texts > 1000
    assert read == {"workbook": 1}, "the page offers the same"
    times = {path.name: opens.count(str(path)) for path in folder.iterdir() if path.is_file()}
    assert times.pop("figures.json") == 2  # for itself and for what it explains
    assert set(times.values()) == {1}


@pytest.mark.thorough
def test_figures_are_rendered_once(monkeypatch, finished):
    from zt_analysis import notebooks, reports
    from zt_analysis.reports import downloads, page
    from zt_analysis.runs import figure_files

    folder = finished / "outputs" / "2018-11"
    executed = notebooks.read(folder / "bulletin.ipynb")
    files = figure_files.figure_files(figure_files.read_ledger(folder))
    assert {name: (folder / name).read_bytes() for name in files} == files
    by_itself = reports.render(executed)
    for module in (page, figure_files):
        for name in ("figures_csv", "figures_xlsx"):
            monkeypatch.setattr(module, name, lambda _: pytest.fail("rendered again"))
    assert reports.render(executed, files=files) == by_itself
    assert downloads.data_uri(files["figures.csv"], "text/csv;charset=utf-8") in by_itself


def test_its_steps_are_in_one_list():
    """``work_off`` and ``compute`` name every step below them, in the order of the file."""
    tree = ast.parse((ROOT / "zt_analysis/runs/steps.py").read_text(encoding="utf-8"))
    functions = {one.name: one for one in tree.body if isinstance(one, ast.FunctionDef)}
    named = [
        call.func.id
        for name in ("work_off", "compute")
        for call in ast.walk(functions[name])
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in functions
    ]
    steps = [name for name in functions if not name.startswith("_")]
    assert sorted(named) == sorted(set(steps) - {"work_off"})
    assert len(steps) <= 15
    told = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    assert [name for name in steps if not re.search(rf"\b{name}`", told)] == []
