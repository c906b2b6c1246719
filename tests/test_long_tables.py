"""A long table is read in time that grows with its cells: what it says of one is not gathered anew for each."""

import sys
from datetime import date

import pytest
from shipped import tied_case

from zt_analysis.documents.plain import read_markdown
from zt_analysis.numbers import read_numbers
from zt_analysis.tying.cells import Cells

HEAD = "各县区进展情况表\n\n| 县区 | 劝返复学（人） | 占全市比重（%） | 位次 |\n|---|---|---|---|\n"
ROWS = "| 昭阳区 | 343 | 40.3 | 2 |\n| 镇雄县 | 508 | 59.7 | 1 |\n"
NOTE = "\n注：劝返复学为累计数。\n"


def calls(rows: int, case) -> int:
    """How many functions are called while all cells of a table of so many pairs of rows are read."""
    document = read_markdown(HEAD + ROWS * rows + NOTE, "table")
    mentions = read_numbers(document.prose.text, dated=date(2018, 11, 15))
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        cells = Cells(document, case, mentions)
        read = [cells.reading(one) for one in mentions]
    finally:
        sys.setprofile(None)
    assert sum(one is not None and bool(one.clauses) for one in read) == 6 * rows
    return count


@pytest.mark.thorough
@pytest.mark.slow
def test_four_times_the_rows_take_four_times_the_work():
    case = tied_case(printed=False)
    calls(4, case)
    assert calls(32, case) / calls(8, case) < 4.8
