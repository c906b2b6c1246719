"""The characters of one page as a font inside the page: nothing is fetched, nothing shows as an empty box."""

from __future__ import annotations

import base64
import io
from functools import cache
from importlib.resources import files
from typing import Any

from zt_analysis.errors import ReportError

FAMILY = "Noto Sans SC"
MISSING = "〓"
FILE = "fonts/NotoSansSC-GB2312.otf"
# a page sets its characters one beside the other
NOT_NEEDED = (b"BASE", b"GDEF", b"GPOS", b"GSUB", b"VORG", b"vhea", b"vmtx")


def face(text: str) -> str:
    """A CSS ``@font-face`` with every character of ``text``, the same bytes for the same characters.

    Raises:
        ReportError: a character that the font lacks; names it and the words around it.
    """
    wanted = sorted({character for character in set(text) if character.isprintable()})
    _refuse_missing(wanted, text)
    data = base64.b64encode(_subset("".join(wanted))).decode("ascii")
    return (
        f'@font-face{{font-family:"{FAMILY}";font-display:block;src:url(data:font/woff;base64,{data})format("woff")}}'
    )


def with_known(text: str) -> str:
    """``text`` with 〓 for each character that the font lacks: a text of others is shown as far as it can be."""
    known = _codes()
    return "".join(one if one <= "\x7f" or one.isspace() or ord(one) in known else MISSING for one in text)


def _refuse_missing(wanted: list[str], text: str) -> None:
    known = _codes()
    for character in wanted:
        if character > "\x7f" and not character.isspace() and ord(character) not in known:
            at = text.index(character)
            around = " ".join(text[max(0, at - 40) : at + 40].split())
            raise ReportError(
                f"character {character!r} (U+{ord(character):04X}) in the page",
                found=f"it in “{around}”",
                expected=f"characters of {FAMILY} (GB 2312)",
                hint="write the name with other characters, or ship a larger font",
            )


@cache
def _codes() -> frozenset[int]:
    return frozenset(_font().unicodes)


@cache
def _subset(characters: str) -> bytes:
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    flags = uharfbuzz.SubsetFlags
    wanted.flags = flags.DESUBROUTINIZE | flags.NO_HINTING | flags.NOTDEF_OUTLINE
    wanted.layout_feature_tag_set.clear()
    wanted.name_id_set.clear()
    wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in NOT_NEEDED)
    return _woff(uharfbuzz.subset(_font(), wanted).blob.data)


def _woff(content: bytes) -> bytes:
    """The font with each of its tables compressed."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(content), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    font.flavor = "woff"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


@cache
def _font() -> Any:
    import uharfbuzz

    return uharfbuzz.Face((files("zt_analysis.reports") / FILE).read_bytes())
