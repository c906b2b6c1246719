"""A table in a cell of another: what stands with that cell in its row and above it is said of its numbers."""

import docx
import pytest
from packages import ROOT, SHIPPED

from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.documents import read_document
from zt_analysis.sources import open_package
from zt_analysis.tying import case_of, tie_out

pytestmark = pytest.mark.slow

ROWS = [["县区", "劝返复学（人）"], ["昭阳区", "343"], ["鲁甸县", "150"]]
HOLDS = {"343": "agree", "150": "differs"}
FAILS = dict.fromkeys(("343", "150"), "unproven")


@pytest.fixture(scope="module")
def case():
    return case_of(paper_of(params.load("2018-11", ROOT)), open_package(SHIPPED))


def in_html(path, beside, over=""):
    inner = "".join(f"<tr>{''.join(f'<td>{one}' for one in row)}" for row in ROWS)
    above = f"<tr><th>事项<th>{over}" if over else ""
    text = f"<p>劝返复学情况</p><table>{above}<tr><td>{beside}<td><table>{inner}</table></table>"
    path.write_text(text, encoding="utf-8")
    return path


def in_docx(path, beside, over=""):
    document = docx.Document()
    document.add_paragraph("劝返复学情况")
    outer = document.add_table(2 if over else 1, 2)
    if over:
        outer.cell(0, 1).text = over
    outer.rows[-1].cells[0].text = beside
    inner = outer.rows[-1].cells[1].add_table(3, 2)
    for row, words in enumerate(ROWS):
        for column, word in enumerate(words):
            inner.cell(row, column).text = word
    document.save(path)
    return path


@pytest.mark.part(3)
@pytest.mark.parametrize("make", [in_html, in_docx])
@pytest.mark.parametrize(
    ("beside", "over", "expected"),
    [
        ("", "", HOLDS),
        ("分县区情况", "", HOLDS),
        ("全市", "情况", HOLDS),
        ("上年", "", FAILS),
        ("东川区", "", FAILS),
        ("", "测算数", FAILS),
        ("误报的", "情况", FAILS),
    ],
)
def test_the_cell_around_a_table_governs_it(tmp_path, case, make, beside, over, expected):
    path = make(tmp_path / f"draft.{make.__name__[3:]}", beside, over)
    found = tie_out(read_document(path), case).ties
    assert {one.mention.surface: one.status for one in found} == expected
