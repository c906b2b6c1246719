"""What PDFium measures text by whose font the file names without holding it: one font of ours, on every machine.

PDFium asks the system for a font like it, and passes over text without a glyph there: what is read of a file would
depend on the fonts of the machine. Ours has the same box for every character; how far apart characters stand is
written in the file, since all but the fonts every reader has must give their widths.
"""

from __future__ import annotations

import ctypes
import io
import struct
from functools import cache
from typing import Any

UNITS = 1000
ADVANCE = 500
ASCENT, DESCENT = 800, -200
BOX = ((50, 0), (50, ASCENT), (450, ASCENT), (450, 0))
LAST_CHARACTER = 0x10FFFF
# the fonts every reader has (PDF 32000-1, 9.6.2.2), and what is taken for them: PDFium holds them, with their widths
HELD = (b"Helvetica", b"Arial", b"Times", b"Courier", b"Symbol", b"ZapfDingbats")


@cache
def measure_alike(raw: Any) -> Any:
    """Have PDFium take the font of boxes for all that a file does not hold; what it returns must live on."""
    kinds = dict(raw.FPDF_SYSFONTINFO._fields_)
    answers = {
        "Release": lambda this: None,
        "EnumFonts": lambda this, mapper: None,
        "MapFont": lambda this, weight, italic, charset, pitch, face, exact: _handle(face),
        "GetFont": lambda this, face: _handle(face),
        "GetFontData": lambda this, font, table, buffer, size: _data(table, buffer, size),
        "GetFaceName": lambda this, font, buffer, size: 0,
        "GetFontCharset": lambda this, font: 1,
        "DeleteFont": lambda this, font: None,
    }
    info = raw.FPDF_SYSFONTINFO(version=1, **{name: kinds[name](answer) for name, answer in answers.items()})
    raw.FPDF_SetSystemFontInfo(ctypes.byref(info))
    return info


def _handle(face: Any) -> int:
    name = ctypes.string_at(face) if face else b""
    return 0 if name.startswith(HELD) else 1


def _data(table: int, buffer: Any, size: int) -> int:
    if table:  # a part of the font, or whether it is a collection: not told apart
        return 0
    if buffer and size >= len(boxes()):
        ctypes.memmove(buffer, boxes(), len(boxes()))
    return len(boxes())


@cache
def boxes() -> bytes:
    """A TrueType font that draws the same box, ``ADVANCE`` wide, for every character of Unicode."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib.tables.DefaultTable import DefaultTable

    built, pen = FontBuilder(UNITS, isTTF=True), TTGlyphPen(None)
    pen.moveTo(BOX[0])
    for corner in BOX[1:]:
        pen.lineTo(corner)
    pen.closePath()
    names = [".notdef", "box"]
    built.setupGlyphOrder(names)
    built.setupGlyf(dict.fromkeys(names, pen.glyph()))
    built.setupHorizontalMetrics(dict.fromkeys(names, (ADVANCE, BOX[0][0])))
    built.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    built.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    built.setupCharacterMap({ord(" "): "box"})
    built.setupOS2()
    built.setupPost()
    # a map of many characters to one glyph (OpenType, cmap format 13): one group from the blank to the last
    group = struct.pack(">HHIIIIII", 13, 0, 28, 0, 1, ord(" "), LAST_CHARACTER, 1)
    table = DefaultTable("cmap")
    table.data = struct.pack(">HHHHI", 0, 1, 3, 10, 12) + group
    built.font["cmap"] = table
    file = io.BytesIO()
    built.font.save(file)
    return file.getvalue()
