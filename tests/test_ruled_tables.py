"""Tables of a PDF between ruling lines: the lines say which cell a number is of."""

import pytest
from reportlab.lib.colors import black, white
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from zt_analysis.documents import read_document
from zt_analysis.documents.tabled import tables_of

CAPTION = "各乡镇入户核查情况"
ROWS = [
    ["乡镇", "3月5日", "", "4月6日", ""],
    ["", "走访户数", "核对人数", "走访户数", "核对人数"],
    ["甲镇", "11", "204", "12", "305"],
    ["乙镇", "7", "98", "", "101"],
    ["丙镇", "5", "60", "6", "77"],
]
SPANS = [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0))]


def ruled(path, rows, *, widths, colour=black, spans=(), rules="GRID"):
    """A PDF of a caption and one table whose columns have ``widths``."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("s", fontName="STSong-Light", fontSize=11, leading=14, wordWrap="CJK")
    words = [[Paragraph(word, style) if word else "" for word in row] for row in rows]
    looks = [(rules, (0, 0), (-1, -1), 0.5, colour), *spans]
    looks += [(f"{side}PADDING", (0, 0), (-1, -1), 2) for side in ("LEFT", "RIGHT")]
    SimpleDocTemplate(str(path), invariant=1).build(
        [Paragraph(CAPTION, style), Table(words, style=looks, colWidths=widths)]
    )
    return path


@pytest.mark.parametrize("width", [50, 28, 90])
def test_heads_over_several_columns_and_cells_that_touch(tmp_path, width):
    # at 28 points 走访户数 takes two lines, and 甲镇 stands close to its number
    (table,) = tables_of(read_document(ruled(tmp_path / "a.pdf", ROWS, widths=[28] + [width] * 4, spans=SPANS)))
    assert table.caption == CAPTION
    assert table.headings(2) == ("3月5日", "走访户数")
    assert table.headings(5) == ("4月6日", "核对人数")
    assert [table.labels(row) for row in (3, 4, 5)] == [("甲镇",), ("乙镇",), ("丙镇",)]
    assert {spot: word for spot, word in table.words.items() if table.is_body(*spot)} == {
        (row + 1, column + 1): ROWS[row][column] for row in (2, 3, 4) for column in (1, 2, 3, 4) if ROWS[row][column]
    }


def test_each_cell_stands_where_the_text_has_it(tmp_path):
    document = read_document(ruled(tmp_path / "a.pdf", ROWS, widths=[28] * 5, spans=SPANS))
    (table,) = tables_of(document)
    for spot, (start, end) in table.spans.items():
        assert "".join(document.text[start:end].split()) == table.words[spot]
    # the blank cell of 乙镇 gives its neighbour no other column
    assert document.block_at(document.text.index("101")).place.column == 5


@pytest.mark.parametrize(("colour", "rules"), [(white, "GRID"), (black, "BOX")])
def test_rules_that_are_not_seen_and_a_frame_part_nothing(tmp_path, colour, rules):
    rows = [["甲镇", "11", "204"], ["乙镇", "7", "98"], ["丙镇", "5", "60"]]
    document = read_document(ruled(tmp_path / "a.pdf", rows, widths=[28] * 3, colour=colour, rules=rules))
    assert not tables_of(document)
