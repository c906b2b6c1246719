"""A PDF says what is drawn to be seen: invisible, white, covered, tiny and outside text says nothing and is counted."""

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from zt_analysis.documents import read_document
from zt_analysis.errors import InputError

pytestmark = pytest.mark.slow

SIZE, LEFT, HEIGHT = 12, 72, 650
FONT = "Vera"  # reportlab brings it; a figure of digits and Latin letters needs no Chinese font


@pytest.fixture(scope="module", autouse=True)
def font():
    pdfmetrics.registerFont(TTFont(FONT, "Vera.ttf"))


def plain(page, x, text="0"):
    page.drawString(x, HEIGHT, text)


def white(page, x):
    page.setFillColorRGB(1, 1, 1)
    plain(page, x)


def invisible(page, x):
    text = page.beginText(x, HEIGHT)
    text.setTextRenderMode(3)
    text.textOut("0")
    text.setTextRenderMode(0)
    page.drawText(text)


def on_dark(page, x):
    page.setFillColorRGB(0, 0, 0.5)
    page.rect(x - 2, HEIGHT - 10, 20, 25, fill=1, stroke=0)
    white(page, x)


def covered(page, x):
    plain(page, x)
    page.setFillColorRGB(1, 1, 1)
    page.rect(x - 0.5, HEIGHT - 10, 8, 25, fill=1, stroke=0)


def clear(page, x):
    page.setFillAlpha(0)
    plain(page, x)
    page.setFillAlpha(1)


def tiny(page, x):
    page.setFont(FONT, 0.5)
    plain(page, x)


def squeezed(page, x):
    text = page.beginText(x, HEIGHT)
    text.setHorizScale(0)
    text.textOut("0")
    text.setHorizScale(100)
    page.drawText(text)


CASES = {
    "seen": (plain, "pupils 19015.", ()),
    "on dark ground": (on_dark, "pupils 19015.", ()),
    "white": (white, "pupils 19 15.", ("page 1: 1 piece(s) of text in the colour of its ground",)),
    "invisible": (invisible, "pupils 19 15.", ("page 1: 1 piece(s) of text made invisible",)),
    "clear": (clear, "pupils 19 15.", ("page 1: 1 piece(s) of text made invisible",)),
    "covered": (covered, "pupils 19 15.", ("page 1: 1 piece(s) of text covered by something",)),
    "tiny": (tiny, "pupils 19 15.", ("page 1: 1 piece(s) of text of no size",)),
    "squeezed": (squeezed, "pupils 19 15.", ("page 1: 1 piece(s) of text without width",)),
}


def made(path, write, image=None):
    page = canvas.Canvas(str(path))
    page.setFont(FONT, SIZE)
    if image:
        page.drawImage(image, 0, 0, *page._pagesize)
    page.drawString(LEFT, 700, "A report of ten counties")
    page.drawString(LEFT, HEIGHT, "pupils 19")
    x = LEFT + page.stringWidth("pupils 19", FONT, SIZE)
    write(page, x)
    page.setFillColorRGB(0, 0, 0)
    page.setFont(FONT, SIZE)
    page.drawString(x + page.stringWidth("0", FONT, SIZE), HEIGHT, "15.")
    page.showPage()
    page.save()
    return read_document(path)


@pytest.mark.part(3)
@pytest.mark.parametrize("name", CASES)
def test_what_is_read(tmp_path, name):
    write, text, unread = CASES[name]
    read = made(tmp_path / "a.pdf", write)
    assert read.text == f"A report of ten counties\n{text}"
    assert read.unread == unread


def test_text_outside_the_page_is_not_said(tmp_path):
    read = made(tmp_path / "a.pdf", lambda page, x: page.drawString(-200, 400, "pupils 2000"))
    assert "2000" not in read.text
    assert read.unread == ("page 1: 1 piece(s) of text outside the page",)


def picture(path):
    from PIL import Image

    Image.new("RGB", (20, 20), "gray").save(path)
    return str(path)


def test_text_recognised_in_a_scan_is_read_and_named(tmp_path):
    read = made(tmp_path / "a.pdf", invisible, image=picture(tmp_path / "a.png"))
    assert "19015" in read.text
    assert read.unread == ("page 1: an image, with text that was recognised in it",)


def test_white_on_a_picture_proves_nothing(tmp_path):
    read = made(tmp_path / "a.pdf", white, image=picture(tmp_path / "a.png"))
    assert "19\ufffc015" in read.text
    assert "page 1: 1 piece(s) of text on a ground that cannot be told" in read.unread


def test_nothing_but_hidden_text_is_refused(tmp_path):
    page = canvas.Canvas(str(tmp_path / "a.pdf"))
    page.setFillColorRGB(1, 1, 1)
    page.drawString(LEFT, HEIGHT, "1915")
    page.save()
    with pytest.raises(InputError, match="1 piece"):
        read_document(tmp_path / "a.pdf")


def remapped(monkeypatch, swap):
    """Let the file's text say of each digit in ``swap`` another than is drawn."""
    from reportlab.pdfbase import ttfonts

    honest = ttfonts.makeToUnicodeCMap

    def dishonest(name, subset):
        return honest(name, [ord(swap.get(chr(code), chr(code))) for code in subset])

    monkeypatch.setattr(ttfonts, "makeToUnicodeCMap", dishonest)


@pytest.mark.part(3)
@pytest.mark.parametrize("pair", ["18", "05", "27", "39", "46"])
def test_digits_drawn_as_others_prove_nothing(tmp_path, monkeypatch, pair):
    remapped(monkeypatch, {pair[0]: pair[1], pair[1]: pair[0]})
    read = made(tmp_path / "a.pdf", lambda page, x: page.drawString(LEFT, 600, f"pupils {pair}"))
    assert any("whose digits are drawn as others" in one for one in read.unread)
    assert "\ufffc" in read.text.splitlines()[1]


def test_lines_and_grounds_do_not_make_other_digits(tmp_path):
    def ruled(page, x):
        page.drawString(LEFT, 600, "0123456789")
        for y in range(594, 612, 3):
            page.line(0, y, 400, y)

    assert made(tmp_path / "a.pdf", ruled).unread == ()


@pytest.mark.part(3)
@pytest.mark.parametrize("name", ["VeraBI.ttf", "VeraBd.ttf", "VeraIt.ttf"])
def test_bold_and_slanted_digits_are_themselves(tmp_path, name):
    pdfmetrics.registerFont(TTFont(name, name))

    def slanted(page, x):
        page.setFont(name, SIZE)
        page.drawString(LEFT, 600, "0123456789")

    assert made(tmp_path / "a.pdf", slanted).unread == ()


def drawn_by_the_file(path, glyphs):
    """A PDF that draws each character by a font of its own (Type 3), of the height of its ink, as browsers do.

    ``glyphs`` are (character, left, bottom, right, top in thousandths of an em).
    """
    fonts, streams, shown = [], [], []
    first = 4 + len(glyphs)  # object numbers: catalogue, pages, page, fonts, then the streams
    for number, (one, left, bottom, right, top) in enumerate(glyphs):
        ink = f"{left} {bottom} {right - left} {top - bottom}"
        streams.append(f"1000 0 {left} {bottom} {right} {top} d1 {ink} re f")
        streams.append(
            "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
            f"1 beginbfchar <41> <{ord(one):04X}> endbfchar endcmap end"
        )
        drawn = f"/CharProcs << /g {first + 2 * number} 0 R >> /ToUnicode {first + 2 * number + 1} 0 R"
        fonts.append(
            f"<< /Type /Font /Subtype /Type3 /FontBBox [{left} {bottom} {right} {top}] "
            f"/FontMatrix [0.001 0 0 0.001 0 0] {drawn} /Encoding << /Differences [65 /g] >> "
            f"/FirstChar 65 /LastChar 65 /Widths [1000] /Resources << >> >>"
        )
        shown.append(f"/F{number} 12 Tf (A) Tj")
    streams.append(f"BT 72 700 Td {' '.join(shown)} ET")
    named = " ".join(f"/F{number} {4 + number} 0 R" for number in range(len(glyphs)))
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + len(streams) - 1} 0 R "
        f"/Resources << /Font << {named} >> >> >>"
    )
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, *fonts]
    objects += [f"<< /Length {len(one)} >>\nstream\n{one}\nendstream" for one in streams]
    out, places = b"%PDF-1.5\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    path.write_bytes(out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode())
    return path


def test_a_character_that_is_drawn_flat_is_seen(tmp_path):
    # of its font no height of a line is known, and 一 is a stroke of half a point
    glyphs = [("统", 50, 0, 950, 880), ("一", 50, 400, 950, 440), ("人", 50, 0, 950, 880), ("—", 0, 350, 900, 380)]
    read = read_document(drawn_by_the_file(tmp_path / "a.pdf", glyphs))
    assert (read.text, read.unread) == ("统一人—", ())
    # another of that height is not seen
    read = read_document(drawn_by_the_file(tmp_path / "b.pdf", [*glyphs, ("工", 0, 0, 950, 30)]))
    assert (read.text, read.unread) == ("统一人—", ("page 1: 1 piece(s) of text of no size",))
