"""The stock commands work on what we ship: papermill, nbconvert, frictionless, jupyter lab; nbval: nox -s notebooks."""

import subprocess
import sys

import nbformat
import pytest
from packages import ROOT, SHIPPED

from zt_analysis import ledger

pytestmark = pytest.mark.slow


def run(*words, cwd=ROOT):
    return subprocess.run([sys.executable, "-m", *words], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.thorough
def test_papermill(tmp_path):
    out = tmp_path / "out.ipynb"
    result = run("papermill", "notebooks/bulletin.ipynb", str(out), "-f", "params/2018-11.yml", "--no-progress-bar")
    assert result.returncode == 0, result.stderr
    assert "unknown parameter" not in result.stderr
    assert ledger.from_notebook(nbformat.read(out, 4))["summary"]["status"] == "agrees"


@pytest.mark.thorough
def test_nbconvert_execute(tmp_path):
    result = run(
        "jupyter", "nbconvert", "--to", "html", "--execute", "notebooks/bulletin.ipynb", "--output-dir", str(tmp_path)
    )
    assert result.returncode == 0, result.stderr
    assert "133715.32" in (tmp_path / "bulletin.html").read_text(encoding="utf-8")


@pytest.mark.thorough
def test_frictionless_small_tables_and_first_rows_of_large_ones():
    result = run(
        "frictionless", "validate", str((SHIPPED / "datapackage.json").relative_to(ROOT)), "--limit-rows", "5000"
    )
    assert result.returncode == 0, result.stdout
    assert "VALID" in result.stdout
    assert "INVALID" not in result.stdout


@pytest.mark.thorough
def test_jupyter_lab_is_installed():
    result = run("jupyterlab", "--version")
    assert result.returncode == 0
