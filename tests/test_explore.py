"""notebooks/explore.ipynb, run as it is committed in a kernel of its own: each cell by what it gives."""

import doctest
import re
import subprocess
import sys

import nbformat
import openpyxl
import pytest
from nbclient import NotebookClient
from packages import ROOT

from zt_analysis.office import office_of
from zt_analysis.opened.defining import forget

pytestmark = pytest.mark.slow
NAME = "notebooks/explore.ipynb"

# words of a cell -> what its outputs hold
GIVES = {
    "book = zt.case(case)": ["case 2018-11"],
    "book.tables\n": ["11 tables", "dropout_cases"],
    'zt.indicators("辍学")': ["9 figures", "无辍学村数"],
    "book.tables.dropout_cases": ["8663 rows, 14 columns", "opened_on"],
    "pivot()\n": ["镇雄县    87  1163  1250", "合计     329  4388  4717"],
    "zt.chart(": ["2018-09-20 5765", "2018-11-08 4717"],
    "rate.change()": ["1.59%", "-0.32个百分点", "舍入后一致"],
    "children.rows(": ["2018-530627-0000001"],
    "children.sql": ['COUNT(DISTINCT "t1"."person_id")', "dropout_cases.csv row 4735"],
    'relation("C07")': ["1020", "798", "-951", "867"],
    "what_if(": ["8668", "9149", "481"],
    "@zt.define": [],
    "away.check": ["镇雄县                 209", "界内: 800多人", "803人"],
    "compare(before)": ["4717", "4947", "-230"],
    "unusual()": ["镇雄县", "0.0002"],
    "book.tie(": ["已对应4，免核1，未证实0"],
    "to_excel(": ["各县.xlsx"],
}


@pytest.fixture(scope="module")
def executed(tmp_path_factory, finished):
    from conftest import copy_folder

    root = tmp_path_factory.mktemp("explore") / "project"
    copy_folder(finished, root)
    notebook = nbformat.read(root / NAME, 4)
    client = NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(root / "notebooks")}})
    client.execute()
    return root, notebook


def text_of(cell):
    return "\n".join(
        one.text if one.output_type == "stream" else str(one.data.get("text/plain", "")) for one in cell.outputs
    )


@pytest.mark.thorough
def test_each_cell_gives_what_it_should(executed):
    code = [cell for cell in executed[1].cells if cell.cell_type == "code"]
    programs = [cell for cell in code if "parameters" not in cell.metadata.get("tags", [])]
    assert len(programs) == len(GIVES)
    for cell, (words, wanted) in zip(programs, GIVES.items(), strict=True):
        assert words in f"{cell.source}\n"
        text = text_of(cell)
        assert [one for one in wanted if one not in text] == [], text


@pytest.mark.thorough
def test_every_answer_shows_itself(executed):
    code = [cell for cell in executed[1].cells if cell.cell_type == "code"]
    rich = [one for cell in code for one in cell.outputs if one.output_type in ("display_data", "execute_result")]
    assert len(rich) >= 15
    plain = [one for one in rich if "text/html" not in one.data]
    assert [one.data["text/plain"] for one in plain if "Path(" not in one.data["text/plain"]] == []
    assert [one for one in rich if len(one.data["text/plain"].splitlines()) > 30] == []
    fetched = re.compile(r"""(?:src|href)=["']?(?:https?:)?//|url\((?!#)|@import""")
    assert [found[0] for one in rich if (found := fetched.search(one.data.get("text/html", "")))] == []


@pytest.mark.thorough
def test_what_it_hands_over_is_a_table_of_numbers(executed):
    sheet = openpyxl.load_workbook(executed[0] / "explore" / "各县.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any(row[0] == "镇雄县" and row[-1] == 1250 for row in rows)


@pytest.mark.thorough
def test_stock_nbconvert_executes_it(project):
    words = ["jupyter", "nbconvert", "--to", "html", "--execute", NAME, "--output-dir", "made"]
    done = subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "1163" in (project / "made/explore.html").read_text(encoding="utf-8")


@pytest.mark.thorough
def test_the_examples_of_the_docs_give_what_they_say(ran):
    try:
        found = doctest.testfile(str(ROOT / "docs" / "explore.md"), module_relative=False, encoding="utf-8")
    finally:
        forget(office_of(ROOT))
    assert (found.failed, found.attempted > 30) == (0, True)
