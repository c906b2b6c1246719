"""What persons put on a PDF: a comment is judged beside the number it stands on; what else is drawn over it is told."""

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen import canvas
from shipped import tied_case

from zt_analysis.documents import pdf_notes, read_document
from zt_analysis.tying.texts import ties_of

FONT, SIZE, LEFT, HIGH = "STSong-Light", 12, 72, 700
LINES = ("截至11月8日，全市劝返复学1915人。", "截至11月8日，全市上门送教823人。")


def made(path, *put):
    """A PDF of two lines; each of ``put`` draws on its page."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    page = canvas.Canvas(str(path), pagesize=(595, 842), invariant=True)
    page.setFont(FONT, SIZE)
    for number, line in enumerate(LINES):
        page.drawString(LEFT, HIGH - 40 * number, line)
    for one in put:
        one(page)
    page.showPage()
    page.save()
    return read_document(path)


def box_of(words, number=0):
    """The box of some words of a line: left, bottom, right, top."""
    before, _, _ = LINES[number].partition(words)
    left, right = (LEFT + pdfmetrics.stringWidth(one, FONT, SIZE) for one in (before, before + words))
    return left, HIGH - 40 * number - 3, right, HIGH - 40 * number + 11


def marked(kind, words, number=0, contents="", **other):
    """An annotation ``kind`` on some words of a line."""

    def put(page):
        left, bottom, right, top = box_of(words, number)
        entries = {
            "Type": PDFName("Annot"), "Subtype": PDFName(kind), "Rect": PDFArray([left, bottom, right, top]),
            "QuadPoints": PDFArray([left, top, right, top, left, bottom, right, bottom]),
            "Contents": PDFString(contents), "T": PDFString("reviewer"), **other,
        }  # fmt: skip
        page._addAnnotation(PDFDictionary(entries))

    return put


def statuses(document):
    return [one.status for one in ties_of(document, tied_case("2018-11")) if one.mention.kind != "date"]


def test_a_comment_stands_on_the_words_under_it(tmp_path):
    document = made(tmp_path / "a.pdf", marked("Highlight", "823", 1, "this number is not checked"))
    (comment,) = document.comments
    assert (comment.text, comment.author) == ("this number is not checked", "reviewer")
    assert "823" in document.text[comment.start - 1 : comment.end + 1]
    assert len(document.text[comment.start : comment.end]) <= 5


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("put", "expected"),
    [
        ((), ["agree", "agree"]),
        ((marked("Highlight", "1915", 0, "此数有误，应为1916"),), ["unproven", "agree"]),
        ((marked("Highlight", "823", 1, "此数有误"),), ["agree", "unproven"]),
        ((marked("StrikeOut", "1915"),), ["unproven", "agree"]),
        # one of many thousand characters is cut, not dropped
        ((marked("Text", "823", 1, "此数有误" + "，请核" * 5000),), ["agree", "unproven"]),
        ((marked("Text", "1915", 0, "这是去年的数"),), ["unproven", "agree"]),
        ((marked("FreeText", "1915", 0, "1999"),), ["unproven", "agree"]),
        # seen by nobody, or no words: a link, a mark without words, a hidden comment
        ((marked("Link", "1915", 0, "此数有误"),), ["agree", "agree"]),
        ((marked("Highlight", "1915"),), ["agree", "agree"]),
        ((marked("Text", "1915", 0, "此数有误", F=2),), ["agree", "agree"]),
    ],
)
def test_a_number_that_a_comment_doubts_is_unproven(tmp_path, put, expected):
    assert statuses(made(tmp_path / "a.pdf", *put)) == expected


def test_a_comment_beside_the_text_is_of_the_line_next_to_it(tmp_path):
    def aside(page):
        page.textAnnotation("此数有误", Rect=(20, HIGH - 42, 40, HIGH - 22), addtopage=1)

    document = made(tmp_path / "a.pdf", aside)
    (comment,) = document.comments
    assert document.text[comment.start : comment.end] == LINES[1]
    assert statuses(document) == ["agree", "unproven"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [("Stamp", "in a stamp or shape"), ("Square", "in a stamp or shape"), ("Widget", "in fields of a")],
)
def test_what_else_is_drawn_over_a_page_is_told(tmp_path, kind, words):
    (said,) = made(tmp_path / "a.pdf", marked(kind, "1915")).unread
    assert words in said


def test_a_page_of_many_notes_is_read_so_far(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_notes, "MOST_NOTES", 2)
    document = made(tmp_path / "a.pdf", *[marked("Text", "823", 1, "x")] * 5)
    assert len(document.comments) == 2
    assert document.unread == ("page 1: 3 piece(s) of text in notes beyond the 2 that are read of a page",)
