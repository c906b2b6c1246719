"""The characters of one page as a font inside the page: nothing is fetched, nothing shows as an empty box."""

from __future__ import annotations

import base64
import io
from functools import cache
from importlib.resources import files
from typing import Any

from zt_analysis.errors import ReportError

FAMILY = "Noto Sans SC"
FILE = "fonts/NotoSansSC-GB2312.otf"


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
    return frozenset(_open().getBestCmap())


@cache
def _subset(characters: str) -> bytes:
    from fontTools.subset import Options, Subsetter

    options = Options(hinting=False, layout_features=[], name_IDs=[], notdef_outline=True, desubroutinize=True)
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    font = _open()
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    font.flavor = "woff"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _open() -> Any:
    from fontTools.ttLib import TTFont

    # the bounds of the whole font hold for a part of it, and finding them again takes as long as the rest
    content = io.BytesIO((files("zt_analysis.reports") / FILE).read_bytes())
    return TTFont(content, lazy=True, recalcTimestamp=False, recalcBBoxes=False)
