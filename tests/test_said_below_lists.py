"""Lines below a list that are said of all of it, and the bare number of a page."""

import pytest
from documents import pdf
from packages import ROOT, SHIPPED

from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.documents import read_document, read_plain
from zt_analysis.sources import open_package
from zt_analysis.tying import case_of, tie_out
from zt_analysis.tying.texts import tie_text

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def case():
    return case_of(paper_of(params.load("2018-11", ROOT)), open_package(SHIPPED))


@pytest.mark.parametrize("last", ["以上均为示例", "以上为东川区数据", "上述数据均为示例"])
def test_a_line_without_a_stop_below_a_list_is_of_all_of_it(case, last):
    text = f"截至11月8日：\n1. 劝返复学1915人\n2. 上门送教823人\n{last}"
    assert read_plain(text, "text").text[-len(last) :] == last
    counts = [one for one in tie_text(text, case).ties if one.mention.unit == "人"]
    assert [one.status for one in counts] == ["unproven", "unproven"]


@pytest.mark.parametrize("last", ["不含外县返乡的", "仅限城区", "含插班旁听的"])
def test_a_line_without_a_subject_is_of_the_number_above(case, last):
    text = f"截至11月8日，上门送教823人\n{last}"
    assert [one.status for one in tie_text(text, case).ties if one.mention.unit == "人"] == ["unproven"]


@pytest.mark.parametrize("pages", [1, 2, 3])
def test_the_bare_number_of_a_page_is_excused(tmp_path, case, pages):
    said = [(72, 700, "截至11月8日，全市劝返复学1915人。"), (72, 60, "昭通市教育局")]
    foot = [(290, 40, "1", 12, "Helvetica")]
    path = pdf(tmp_path / "draft.pdf", [[*said, *foot], *([said] * (pages - 1))])
    found = tie_out(read_document(path), case)
    assert {one.status for one in found.ties if one.mention.surface == "1"} == {"excused"}
    assert not found.remarks
