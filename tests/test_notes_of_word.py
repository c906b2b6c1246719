"""Footnotes, endnotes and text boxes of a .docx: read, tied, and of no other number than their own."""

import pytest
from documents import paragraph, word
from shipped import tied_case

from zt_analysis.documents import read_document
from zt_analysis.tying import tie_out

pytestmark = pytest.mark.slow

BEGINS = "截至11月8日，全市劝返复学1915人"
THEN = "，远程送教1208人。"
LAST = paragraph("截至11月8日，上门送教823人。")


@pytest.fixture(scope="module")
def case():
    return tied_case(printed=False)


@pytest.fixture
def tied(tmp_path, case):
    def tie(body, kind="", words=""):
        notes = {f"{kind}s": f'<w:{kind} w:id="2">{paragraph(words)}</w:{kind}>'} if kind else {}
        found = tie_out(read_document(word(tmp_path / "draft.docx", body, notes)), case).ties
        return {one.mention.surface: one.status for one in found if one.mention.kind == "count"}

    return tie


def mark(kind):
    return f'<w:r><w:{kind}Reference w:id="2"/></w:r>'


def box(text):
    return f"<w:r><w:drawing><wps:txbx><w:txbxContent>{paragraph(text)}</w:txbxContent></wps:txbx></w:drawing></w:r>"


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("数据来自各县区台账。", "agree"),
        ("含外市户籍的。", "unproven"),
        ("系9月20日的数。", "unproven"),
        ("包括插班旁听的。", "unproven"),
    ],
)
def test_a_note_is_of_the_number_that_has_its_mark(tied, kind, words, status):
    # the note stands far from its number and right behind another
    found = tied(paragraph(BEGINS, mark(kind), THEN) + LAST, kind, words)
    assert found == {"1915人": status, "1208人": "agree", "823人": "agree"}


def test_the_mark_of_a_whole_sentence(tied):
    body = paragraph(BEGINS, "。", mark("footnote"), "各县区要逐户走访。") + LAST
    assert tied(body, "footnote", "含外市户籍的。") == {"1915人": "unproven", "823人": "agree"}


def test_the_numbers_of_notes_and_boxes_are_tied_and_take_no_place_from_the_body(tied):
    body = paragraph("截至11月8日，镇雄县劝返复学508人", mark("footnote"), box("远程送教1280人"), "。")
    found = tied(body, "footnote", "全市上门送教823人。")
    assert found == {"508人": "agree", "1280人": "differs", "823人": "agree"}


@pytest.mark.parametrize("words", ["镇雄县", "明年计划", "反面示例"])
def test_a_box_lends_its_words_to_no_text(tied, words):
    body = paragraph("全市控辍保学情况", box(words)) + paragraph("截至11月8日，劝返复学508人。")
    assert tied(body) == {"508人": "differs"}
