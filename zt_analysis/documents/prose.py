"""The text to read numbers from: sentences whole, digits and letters plain, and the way back to the text.

What is made plain is decided here, one character for one character, and nothing else is touched: full-width digits,
letters, ％, and ． between digits; letters and digits that Unicode keeps for mathematics; the copies of Chinese
characters that PDF fonts produce (Kangxi radicals, compatibility ideographs); every space. ㎡, （, ①, ² and Ⅳ stay:
NFKC would turn 15㎡ into 15m2 and a note mark ¹ into a digit of the number before it. Dropped are characters that
print nothing (zero-width, soft hyphen, direction marks, control characters) and those of private use.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

WIDE = range(0xFF01, 0xFF5F)
COPIES = (range(0x1D400, 0x1D800), range(0x2F00, 0x2FE0), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
PER_CENT = "％﹪"
# offsets are the text's: 4 bytes hold more than limits.MAX_TEXT_CHARACTERS
OFFSET_TYPE = "I"
UNPRINTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000e0000-\U000e0fff\U000f0000-\U0010ffff]+"
)
WIDE_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")


@dataclass(frozen=True, eq=False, slots=True)
class Prose:
    """``text`` with one line a paragraph, and for each of its characters the offset in the document's text.

    ``origin`` increases strictly. A paragraph's end ``\\n`` and the space put between two Latin words that a line
    end held apart have the offset of what ended the line.
    """

    text: str
    origin: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` (not empty) stands in the document's text, as (start, end).

        >>> Prose("1915", [0, 1, 3, 4]).span(1, 3)
        (1, 4)
        """
        return self.origin[start], self.origin[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """``start`` to ``end`` of a text, and what prose puts after it: nothing, a space or a paragraph's end."""

    start: int
    end: int
    after: str


def plain(text: str) -> str:
    """``text`` with plain digits, letters and spaces, as long as it was.

    >>> plain("１９１５人，０．０６％，15㎡")
    '1915人，0.06%，15㎡'
    """
    return WIDE_POINT.sub(".", text if text.isascii() else text.translate(_plain_characters()))


def prose_of(text: str, stretches: Sequence[Stretch]) -> Prose:
    """The prose of ``stretches`` of ``text``, which are in order and do not overlap."""
    same = plain(text)
    pieces: list[str] = []
    origin = array(OFFSET_TYPE)
    for stretch in stretches:
        start = stretch.start
        for found in UNPRINTED.finditer(same, stretch.start, stretch.end):
            pieces.append(same[start : found.start()])
            origin.extend(range(start, found.start()))
            start = found.end()
        pieces.append(same[start : stretch.end])
        origin.extend(range(start, stretch.end))
        if stretch.after:
            pieces.append(stretch.after)
            origin.append(stretch.end)
    return Prose("".join(pieces), origin)


@cache
def _plain_characters() -> dict[int, str]:
    wide = [code for code in WIDE if chr(code).isalnum() or chr(code) in PER_CENT]
    codes = [*wide, *(code for copies in COPIES for code in copies)]
    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in codes}
    plain_ones = {code: text for code, text in table.items() if len(text) == 1 and text != chr(code)}
    # whatever separates is white, too, and that is told sooner
    white = re.findall(r"\s", "".join(map(chr, range(0x80, 0x10000))))
    spaces = {ord(one): " " for one in white if unicodedata.category(one).startswith("Z")}
    return plain_ones | spaces | {ord("﹪"): "%"}
