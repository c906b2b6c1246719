"""Tables of plain text, whose cells tabs or wide blanks hold apart, are read as tables of Markdown are."""

import time

import pytest
from packages import ROOT, SHIPPED

from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.documents import read_plain
from zt_analysis.documents.spaced import tables_in
from zt_analysis.sources import open_package
from zt_analysis.tying import case_of
from zt_analysis.tying.texts import tie_text

CAPTION = "各县区控辍保学情况（截至11月8日，单位：人）"
ROWS = [["县区", "劝返复学", "上门送教"], ["昭阳区", "343", "148"], ["鲁甸县", "149", "65"], ["小计", "492", "212"]]


@pytest.fixture(scope="module")
def case():
    return case_of(paper_of(params.load("2018-11", ROOT)), open_package(SHIPPED))


@pytest.mark.part(3)
@pytest.mark.slow
@pytest.mark.parametrize("gap", ["\t", "   ", "　", "\t\t"])
def test_the_altered_cell_is_named_and_no_other(case, gap):
    found = tie_text(CAPTION + "\n" + "\n".join(map(gap.join, ROWS)), case)
    cells = {one.mention.surface: one.status for one in found.ties if one.mention.kind != "date"}
    assert cells == {"343": "agree", "148": "agree", "149": "agree", "65": "differs", "492": "agree", "212": "agree"}


@pytest.mark.slow
def test_what_is_said_of_a_table_is_said_of_this_one(case):
    rows = "\n".join(map("\t".join, ROWS))
    for text in (
        f"东川区情况\n{rows}",
        f"{CAPTION}\n{rows}\n注：含插班旁听的。",
        f"{CAPTION}\n{rows}\n\n以上为上年数据。",
    ):
        assert not {one.status for one in tie_text(text, case).ties} & {"agree", "differs"}


def test_an_empty_cell_keeps_its_column():
    document = read_plain("县区\t甲\t乙\n东川县\t\t12\n", "text")
    assert document.place_of(document.text.index("12")).column == 3


@pytest.mark.parametrize(
    "text",
    [
        "市教育局    2018年11月15日",
        "　　截至11月8日，劝返复学1915人。\n　　上门送教823人。",
        "联系人：教育局  电话：见后\n地址：城区  邮编：见后",
        "a\tb\nc\td\te",
    ],
)
def test_lines_that_only_stand_apart_are_no_table(text):
    assert tables_in(text.split("\n")) == {}


@pytest.mark.slow
def test_many_lines_take_time_by_their_number():
    lines = ["a\tb", "a  b\tc"] * 20_000
    begun = time.process_time()
    assert tables_in(lines) == {}
    assert time.process_time() - begun < 5
