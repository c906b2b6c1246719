"""nbval fails where it compared nothing, and says what it compared by path."""

import nbformat
import pytest
from packages import ROOT

pytestmark = pytest.mark.slow

pytest_plugins = ["pytester"]
EDITED = {"2": "3"}


def write(folder, *sources, outputs=True, edit=None):
    """A notebook ``bulletin.ipynb`` in ``folder`` whose cells print what its sources say, edited or emptied."""
    folder.mkdir(exist_ok=True)
    cells = []
    for number, source in enumerate(sources, start=1):
        text = source.partition("print(")[2].rstrip(")") + "\n"
        shown = nbformat.v4.new_output("stream", name="stdout", text=(edit or {}).get(text[:-1], text[:-1]) + "\n")
        cells.append(nbformat.v4.new_code_cell(source, outputs=[shown] if outputs else [], execution_count=number))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), folder / "bulletin.ipynb")


@pytest.fixture
def nbval(pytester):
    def run(*words):
        done = pytester.runpytest_inprocess("-p", "no:cacheprovider", *(words or ("--nbval",)), ".")
        return int(done.ret), [line for line in done.outlines if ".ipynb: " in line]

    return run


@pytest.mark.thorough
def test_what_is_compared_is_counted(pytester, nbval):
    ignored = ("# NBVAL_IGNORE_OUTPUT\nprint(2)", "# NBVAL_SKIP\nprint(2)")
    write(pytester.path / "good", "print(1)", *ignored, "x = 5\nprint(4)", edit=EDITED)
    assert nbval() == (0, ["good/bulletin.ipynb: 2 cells with outputs compared"])


def test_an_edited_number_fails(pytester, nbval):
    write(pytester.path / "good", "print(1)", "print(2)", edit=EDITED)
    assert nbval() == (1, ["good/bulletin.ipynb: 2 cells with outputs compared"])


@pytest.mark.thorough
def test_an_emptied_notebook_beside_one_of_its_name_fails(pytester, nbval):
    """Over two processes, which is how it has to travel; one that holds no code at all fails too."""
    write(pytester.path / "good", "print(1)")
    write(pytester.path / "other", "print(1)", outputs=False)
    write(pytester.path / "other" / "none")
    code, said = nbval("--nbval", "-n", "2")
    assert code == 1
    assert sorted(line.partition(",")[0] for line in said) == [
        "good/bulletin.ipynb: 1 cells with outputs compared",
        "other/bulletin.ipynb: nothing compared",
        "other/none/bulletin.ipynb: nothing compared",
    ]


@pytest.mark.thorough
def test_a_lax_run_is_no_comparison(pytester, nbval):
    write(pytester.path / "good", "print(2)", edit=EDITED)
    code, (said,) = nbval("--nbval-lax")
    assert (code, said.partition(",")[0]) == (1, "good/bulletin.ipynb: nothing compared")
    assert "use --nbval" in said


@pytest.mark.thorough
def test_a_lax_run_compares_what_is_marked(pytester, nbval):
    write(pytester.path / "good", "# NBVAL_CHECK_OUTPUT\nprint(1)", "print(2)", edit=EDITED)
    assert nbval("--nbval-lax") == (0, ["good/bulletin.ipynb: 1 cells with outputs compared"])


def test_collecting_alone_compares_nothing_and_says_nothing(pytester, nbval):
    write(pytester.path / "good", "print(1)")
    assert nbval("--nbval", "--collect-only") == (0, [])


def test_the_reference_holds_outputs_of_every_code_cell():
    """What ``nox -s notebooks`` compares: the cell of parameters and the imports show nothing."""
    for path, silent in (("2018-11/bulletin.ipynb", 1), ("2018-W45/weekly.ipynb", 1)):
        cells = [cell for cell in nbformat.read(ROOT / "outputs" / path, 4).cells if cell.cell_type == "code"]
        without = [cell.source for cell in cells if not cell.outputs]
        assert len(without) == silent + 1, without
