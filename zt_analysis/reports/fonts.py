"""The characters of one page as a font inside the page: nothing is fetched, nothing shows as an empty box."""

from __future__ import annotations

import base64
import hashlib
import io
import sys
import zlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from markupsafe import Markup

from zt_analysis.errors import ReportError
from zt_analysis.kept_texts import kept_bytes, version_of

FAMILY = "Noto Sans SC"
MISSING = "〓"
FILE = "fonts/NotoSansSC-GB2312.otf"
LIBRARIES = ("uharfbuzz", "fonttools")
# a page sets its characters one beside the other
NOT_NEEDED = (b"BASE", b"GDEF", b"GPOS", b"GSUB", b"VORG", b"vhea", b"vmtx")


def face(text: str) -> str:
    """A CSS ``@font-face`` with every character of ``text``, the same bytes for the same characters.

    Raises:
        ReportError: a character that the font lacks; names it and the words around it.
    """
    wanted = "".join(sorted({character for character in set(text) if character.isprintable()}))

    def made() -> bytes:
        _refuse_missing(wanted, text)
        return _subset(wanted)

    # to cut the font takes 0.07 s with its libraries, and a page of the same characters has the same
    named = hashlib.sha256(wanted.encode("utf-8", "surrogatepass")).hexdigest()
    data = base64.b64encode(kept_bytes("woff", named, _subset_by(), made)).decode("ascii")
    return (
        f'@font-face{{font-family:"{FAMILY}";font-display:block;src:url(data:font/woff;base64,{data})format("woff")}}'
    )


def with_known(text: str) -> str:
    """``text`` with 〓 for each character that the font lacks: a text of others is shown as far as it can be."""
    known = _codes()
    return "".join(one if one <= "\x7f" or one.isspace() or ord(one) in known else MISSING for one in text)


def in_any_font(text: str) -> Markup:
    """``text`` for a page, what the font lacks as references: the reader's own font shows the rare character of a name.

    >>> in_any_font("李喆 <a>")
    Markup('李&#21894; &lt;a&gt;')
    """
    known = with_known(text)
    parts = (one if one == shown else Markup(f"&#{ord(one)};") for one, shown in zip(text, known, strict=True))
    return Markup("").join(parts)


def _refuse_missing(wanted: str, text: str) -> None:
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
def _subset_by() -> str:
    content = Path(__file__).read_bytes() + (files("zt_analysis.reports") / FILE).read_bytes()
    told = [*((name, version_of(name)) for name in LIBRARIES), sys.version_info[:3], zlib.ZLIB_RUNTIME_VERSION]
    return hashlib.sha256(repr(told).encode() + hashlib.sha256(content).digest()).hexdigest()


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
