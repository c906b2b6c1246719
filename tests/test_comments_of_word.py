"""Comments of persons in a .docx: judged for the numbers they stand on; those of this program say nothing."""

import pytest
from documents import cell, paragraph, table, word
from packages import ROOT, SHIPPED

from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.documents import read_document, remarked
from zt_analysis.proof.comments import AUTHOR as OF_PROOF
from zt_analysis.sources import open_package
from zt_analysis.tying import case_of, tie_out
from zt_analysis.tying.comments import AUTHOR, annotated

pytestmark = pytest.mark.slow

BEGIN, END = '<w:commentRangeStart w:id="7"/>', '<w:commentRangeEnd w:id="7"/>'
MARK = '<w:r><w:commentReference w:id="7"/></w:r>'
THEN = "。截至11月8日，远程送教1208人。"


@pytest.fixture(scope="module")
def case():
    return case_of(paper_of(params.load("2018-11", ROOT)), open_package(SHIPPED))


@pytest.fixture
def tied(tmp_path, case):
    def tie(body, said, author="审稿人"):
        comment = f'<w:comment w:id="7" w:author="{author}">{paragraph(said)}</w:comment>'
        path = word(tmp_path / "draft.docx", body, {"comments": comment})
        found = tie_out(read_document(path), case).ties
        return {one.mention.surface: one.status for one in found if one.mention.kind == "count"}

    return tie


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("此数有误", "unproven"),
        ("为东川区数", "unproven"),
        ("为会泽县数。", "unproven"),
        ("应为1916人", "unproven"),
        ("1916", "unproven"),
        ("？", "unproven"),
        ("含插班旁听的", "unproven"),
        ("去年的数", "unproven"),
        ("已核实。", "agree"),
        ("数据来自各县区台账。", "agree"),
    ],
)
def test_a_comment_is_of_the_number_it_stands_on(tied, said, status):
    body = paragraph("截至11月8日，全市劝返复学", BEGIN, "1915", END, MARK, "人", THEN)
    assert tied(body, said) == {"1915人": status, "1208人": "agree"}


def test_a_comment_on_words_is_of_their_sentence(tied):
    body = paragraph("截至11月8日，", BEGIN, "全市", END, MARK, "劝返复学1915人", THEN)
    assert tied(body, "应是会泽县") == {"1915人": "unproven", "1208人": "agree"}


def test_a_comment_on_a_heading_is_of_all_numbers(tied):
    body = paragraph(BEGIN, "工作进展", END, MARK) + paragraph("截至11月8日，全市劝返复学1915人", THEN)
    assert set(tied(body, "这些是会泽县的").values()) == {"unproven"}
    assert set(tied(body, "字号再大一些").values()) == {"agree"}


def test_a_comment_over_paragraphs_and_one_without_a_range(tied):
    body = BEGIN + paragraph("截至11月8日，全市劝返复学1915人。") + END + paragraph("上门送教823人。", MARK)
    assert tied(body, "此数有误")["1915人"] == "unproven"
    body = paragraph("截至11月8日，全市劝返复学1915人", MARK, THEN)
    assert tied(body, "此数有误") == {"1915人": "unproven", "1208人": "agree"}


def test_a_comment_on_a_label_is_of_its_row(tied):
    rows = [("县区", "劝返复学（人）"), ("镇雄县", "508"), ("彝良县", "189")]
    mark = [BEGIN, "镇雄县", END, MARK]
    cells = [[cell(paragraph(*(mark if one == "镇雄县" else [one]))) for one in row] for row in rows]
    body = paragraph("劝返复学情况") + table(*cells)
    assert tied(body, "含插班旁听的") == {"508": "unproven", "189": "agree"}


def test_what_was_written_on_a_copy_here_says_nothing(tmp_path, tied, case):
    body = paragraph("截至11月8日，全市劝返复学", BEGIN, "1915", END, MARK, "人", THEN)
    assert {AUTHOR, OF_PROOF} == remarked.OURS
    assert tied(body, "数字不一致", AUTHOR)["1915人"] == "agree"
    draft = word(tmp_path / "own.docx", paragraph("截至11月8日，全市劝返复学1916人", THEN))
    first = tie_out(read_document(draft), case)
    assert annotated(draft, first, tmp_path / "copy.docx", "zh") == 1
    again = tie_out(read_document(tmp_path / "copy.docx"), case)
    assert [one.status for one in again.ties] == [one.status for one in first.ties]
