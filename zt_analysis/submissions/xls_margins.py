"""What an .xls workbook says outside its cells, which xlrd leaves out: printed headers and footers, comments, boxes.

The stream of a workbook is a row of records (kind, length, content). A box is a record of how long its text is,
followed by pieces of it, each with a first byte that says how wide its characters are.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

HEADERS = {0x14: "header", 0x15: "footer"}
BOX, CONTINUED = 0x1B6, 0x3C
BOX_LENGTH_AT = 10
# of Excel 97, the first with characters of two bytes
BIFF8 = 80


def outside(stream: bytes, start: int, version: int, encoding: str) -> Iterator[tuple[str, str]]:
    """What the texts of the sheet whose records begin at ``start`` are part of, and the texts themselves.

    Args:
        version: of the format, as xlrd has it: 80 for Excel 97 to 2003.
        encoding: of texts before.
    """
    left, pieces = 0, ""
    for kind, content in _records(stream, start):
        if kind != CONTINUED:
            if pieces:
                yield "text box or comment", pieces
            left, pieces = 0, ""
        if kind in HEADERS and content:
            text = _text(content[2:]) if version >= BIFF8 else content[1:].decode(encoding, "replace")
            yield f"printed {HEADERS[kind]}", text
        elif kind == BOX and len(content) >= BOX_LENGTH_AT + 2:
            (left,) = struct.unpack_from("<H", content, BOX_LENGTH_AT)
        elif kind == CONTINUED and left and content:
            piece = _text(content)[:left]
            left -= len(piece)
            pieces += piece


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of one sheet with those of the charts in it; after the last of them one of no kind."""
    inside, at = 0, start
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
        inside += (kind in (0x09, 0x209, 0x409, 0x809)) - (kind == 0x0A)
        if inside <= 0:
            break
    yield 0, b""


def _text(content: bytes) -> str:
    """Characters of one byte, or of two where the byte before them says so."""
    return content[1:].decode("utf-16-le" if content[0] & 1 else "latin-1", "replace") if content else ""
