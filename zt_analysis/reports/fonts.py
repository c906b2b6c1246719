"""The page's own font: a subset with just the characters that the page uses, embedded."""

from __future__ import annotations

import base64
import io
from functools import cache
from importlib.resources import files

FONT = "fonts/NotoSansSC-GB2312.otf"


def embedded_font(text: str) -> str:
    """A woff2 of the characters of ``text`` that the shipped font has, base64; the same bytes for the same text."""
    return _subset("".join(sorted(set(text))))


@cache
def _subset(characters: str) -> str:
    # imported here: a kernel that only draws charts never needs it
    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    # fontTools would stamp the time of the run into the head table
    options.recalc_timestamp = False
    content = (files("zt_analysis.reports") / FONT).read_bytes()
    font = subset.load_font(io.BytesIO(content), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    buffer = io.BytesIO()
    subset.save_font(font, buffer, options)
    return base64.b64encode(buffer.getvalue()).decode("ascii")
