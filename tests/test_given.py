"""What a notebook is given and does not declare is refused in its first cell, whoever runs it."""

import gc
import json
import os
import subprocess
import sys

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from packages import ROOT
from traitlets.config import Config

import zt_analysis as zt
from zt_analysis.errors import InputError

DECLARED = 'case: str = "2018-11"  # which\nlanguage: str = "zh"\nissue_total: int = 28'
CHECK = "import zt_analysis as zt\nzt.check_parameters()"


@pytest.fixture(scope="module")
def shell():
    """One for all: nothing that was typed in it is there after a reset."""
    gc.freeze()  # a reset looks for garbage: not among what hundreds of other tests have left
    yield InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    InteractiveShell.clear_instance()


@pytest.fixture
def kernel(shell, monkeypatch):
    """Runs cells as a kernel does; the error of the last one, or None."""
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)

    def run(*cells):
        shell.reset()
        for cell in cells:
            done = shell.run_cell(cell, store_history=True)
        return done.error_in_exec

    yield run
    shell.reset()


def injected(lines):
    return f"# Parameters\n{lines}\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            'languge = "en"',
            "this notebook's parameters, key 'languge': unknown, did you mean 'language'?; "
            "expected case, language, issue_total. Hint: the notebook's parameters cell lists names and types",
        ),
        ("zzz = 1", "key 'zzz': unknown; expected case, language, issue_total"),
        ('issue_total = "28"', "key 'issue_total': found '28' (str); expected a whole number such as 28"),
        ("language = None", "key 'language': found None (NoneType); expected text in quotes"),
    ],
)
def test_refused_in_words(kernel, given, message):
    error = kernel(DECLARED, injected(f'case = "2018-11"\n{given}'), CHECK)
    assert type(error) is InputError
    assert message in str(error)


@pytest.mark.slow
@pytest.mark.parametrize(
    "cells",
    [
        (DECLARED, injected('language = "en"\nissue_total = 29')),
        (DECLARED,),
        (DECLARED, "scratch = 3"),
        (),
        # in JupyterLab: the wrong cell, then the mended one, or the notebook from its top without it
        (DECLARED, injected('languge = "en"'), injected('language = "en"')),
        (DECLARED, injected('languge = "en"'), DECLARED),
        ("x = (", DECLARED, injected("%magic\n")),
    ],
)
def test_let_through(kernel, cells):
    assert kernel(*cells, CHECK) is None


def test_outside_a_kernel_nothing_is_known(monkeypatch):
    monkeypatch.setattr("IPython.get_ipython", lambda: None)
    assert zt.check_parameters() is None


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.name)
def test_every_notebook_checks_first(path):
    cells = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert "import zt_analysis as zt\n\nzt.check_parameters()\n" in "".join(cells[1]["source"])


@pytest.mark.thorough
class TestPapermill:
    """The command itself, on a notebook of three cells over a small package."""

    LOOK = 'import sys\nwarm = "ibis" in sys.modules'
    OPEN = f'{CHECK}\nprint(warm, rows, zt.open_package(package).count("payments"))'

    @pytest.fixture
    def staged(self, small, tmp_path):
        cells = ['package: str = "data"\nrows: int = 1', self.LOOK, self.OPEN]
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.cells[0].metadata["tags"] = ["parameters"]
        notebook.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python 3"}
        folder = tmp_path / "staging"
        folder.mkdir()
        nbformat.write(notebook, folder / "in.ipynb")
        return folder

    def papermill(self, staged, small, *words):
        environment = os.environ | {"ZT_PROJECT": str(small.root)}
        command = [sys.executable, "-m", "papermill", "in.ipynb", "out.ipynb", "--no-progress-bar", *words]
        return subprocess.run(command, cwd=staged, env=environment, capture_output=True, text=True, check=False)

    def test_warm_engine_from_a_staging_folder(self, staged, small):
        done = self.papermill(staged, small, "--engine", "zt_warm", "-p", "rows", "5")
        assert done.returncode == 0, done.stderr
        assert "kernel started cold" not in done.stderr
        assert nbformat.read(staged / "out.ipynb", 4).cells[-1].outputs[0]["text"] == "True 5 2\n"

    def test_stock_engine_refuses_a_mistyped_name(self, staged, small):
        done = self.papermill(staged, small, "-p", "packge", "data")
        assert done.returncode == 1
        assert "InputError: this notebook's parameters, key 'packge': unknown, did you mean 'package'?" in done.stderr
