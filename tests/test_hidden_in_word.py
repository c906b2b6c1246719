"""A .docx says what a reader of the printed page sees: hidden text says nothing and is counted, wherever it is said."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor
from test_what_is_seen import case  # noqa: F401 (a fixture)

from zt_analysis.documents import read_document
from zt_analysis.tying import tie_out

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
HIDDEN = ("1 piece(s) of text hidden in the document",)
OF_GROUND = ("1 piece(s) of text in the colour of its ground",)
TINY = ("1 piece(s) of text of no size",)
UNTOLD = ("1 piece(s) of white text on a ground that cannot be told",)
WHITE = RGBColor(255, 255, 255)


def said_by_run(xml):
    return lambda draft, line: line.add_run("0")._r.get_or_add_rPr().append(parse_xml(xml.replace("/>", f" {W}/>", 1)))


def beside(*xml):
    return lambda draft, line: [line._p.append(parse_xml(one.replace(" ", f" {W} {M} ", 1))) for one in xml]


def styled(kind, **settings):
    def write(draft, line):
        style = draft.styles.add_style("Own", kind)
        based = draft.styles.add_style("Based", kind)
        based.base_style = style
        for name, value in settings.items():
            if name == "rgb":
                style.font.color.rgb = value
            else:
                setattr(style.font, name, value)
        if kind == 1:
            line.clear()
            line.add_run("劝返复学1915人。")
            draft.add_paragraph("0", style=based)
        else:
            line.add_run("0").style = based

    return write


def begin(kind):
    return f'<w:r ><w:fldChar w:fldCharType="{kind}"/></w:r>'


CASES = {
    "vanish": (said_by_run("<w:vanish/>"), "19|15", HIDDEN),
    "of a style of characters": (styled(2, hidden=True), "19|15", HIDDEN),
    "white of a style": (styled(2, rgb=WHITE), "19 15", OF_GROUND),
    "white": (said_by_run('<w:color w:val="FFFFFF"/>'), "19 15", OF_GROUND),
    "nearly white": (said_by_run('<w:color w:val="FDFDFD"/>'), "19 15", OF_GROUND),
    "tiny": (lambda draft, line: setattr(line.add_run("0").font, "size", Pt(1)), "19|15", TINY),
    "narrow": (said_by_run('<w:w w:val="1"/>'), "19|15", TINY),
    "struck": (said_by_run("<w:strike/>"), "19|15", ()),
    "deleted": (beside('<w:del w:id="1"><w:r><w:delText>0</w:delText></w:r></w:del>'), "19|15", ()),
    "inserted": (beside('<w:ins w:id="1"><w:r><w:t>0</w:t></w:r></w:ins>'), "19015", ()),
    "not hidden": (said_by_run('<w:vanish w:val="0"/>'), "19015", ()),
    "of a field": (beside('<w:fldSimple w:instr="=1+1"><w:r><w:t>0</w:t></w:r></w:fldSimple>'), "19015", ()),
    "in the code of a field": (
        beside(begin("begin"), "<w:r ><w:t>7</w:t></w:r>", begin("separate"), "<w:r ><w:t>0</w:t></w:r>", begin("end")),
        "19015",
        (),
    ),
    "a field without a result": (
        beside(begin("begin"), "<w:r ><w:instrText>EQ \\f(1,2)</w:instrText></w:r>", begin("end")),
        "19\ufffc15",
        ("1 field(s) without a result",),
    ),
    "a page number without a result": (
        beside(begin("begin"), "<w:r ><w:instrText>PAGE</w:instrText></w:r>", begin("end")), "19|15", (),
    ),
    "a field that never ends": (beside(begin("begin")), "19|", ("1 piece(s) of text in a field that never ends",)),
    "a fraction": (
        beside("<m:oMath ><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num></m:f></m:oMath>"),
        "19\ufffc15",
        ("1 formula(s)",),
    ),
    "a turned number": (beside('<w:bdo w:val="rtl"><w:r><w:t>0</w:t></w:r></w:bdo>'), "19\u202e0\u202c15", ()),
    "a digit of Wingdings": (beside('<w:r ><w:sym w:font="Wingdings" w:char="F081"/></w:r>'), "19①15", ()),
    "a digit of Symbol": (beside('<w:r ><w:sym w:font="Symbol" w:char="F030"/></w:r>'), "19015", ()),
}  # fmt: skip


def made(folder, write, tail="15人。"):
    draft = docx.Document()
    line = draft.add_paragraph("劝返复学19")
    write(draft, line)
    line.add_run(tail)
    draft.save(folder / "draft.docx")
    return read_document(folder / "draft.docx")


@pytest.mark.part(3)
@pytest.mark.parametrize("name", CASES)
def test_what_is_read(tmp_path, name):
    write, digits, unread = CASES[name]
    read = made(tmp_path, write)
    shown = digits.replace("|", "") if not digits.endswith("|") else digits[:-1]
    assert read.text == f"劝返复学{shown}人。" if not digits.endswith("|") else read.text.startswith(f"劝返复学{shown}")
    assert read.unread == unread


@pytest.mark.parametrize(
    ("settings", "unread"), [({"hidden": True}, HIDDEN), ({"rgb": WHITE}, OF_GROUND), ({"size": Pt(1)}, TINY)]
)
def test_a_style_of_paragraphs_hides(tmp_path, settings, unread):
    read = made(tmp_path, styled(1, **settings), tail="")
    assert (read.text.strip(), read.unread) == ("劝返复学1915人。", unread)


def table(draft, fill="1F4E79", style=None):
    cell = draft.add_table(1, 1, style=style).cell(0, 0)
    cell.paragraphs[0].add_run("劝返复学1915人").font.color.rgb = WHITE
    if fill:
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {W} w:val="clear" w:fill="{fill}"/>'))


def test_white_on_a_dark_cell_is_read(tmp_path):
    read = made(tmp_path, lambda draft, line: table(draft))
    assert read.text.endswith("劝返复学1915人")
    assert read.unread == ()


def test_white_on_a_ground_that_a_style_may_paint_proves_nothing(tmp_path, case):  # noqa: F811
    read = made(tmp_path, lambda draft, line: table(draft, fill=None, style="Table Grid"))
    assert read.unread == UNTOLD
    assert [one.status for one in tie_out(read, case).ties if one.mention.surface == "1915人"] == ["agree", "unproven"]


def test_a_hidden_row_is_not_said(tmp_path):
    def write(draft, line):
        rows = draft.add_table(2, 1).rows
        rows[0].cells[0].text, rows[1].cells[0].text = "见", "不见5人"
        rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {W}/>"))

    read = made(tmp_path, write)
    assert (read.text.endswith("见"), read.unread) == (True, HIDDEN)
