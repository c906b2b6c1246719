"""What of a run of a .docx is printed: hidden, tiny and white text says nothing; its styles count as its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from zt_analysis.documents.appearance import (
    LEAST_CONTRAST,
    OF_ITS_GROUND,
    STRUCK,
    WHITE,
    Colour,
    contrast,
)
from zt_analysis.documents.styles import Styles, attribute, child, is_on, local

HIDDEN = "hidden in the document"
TINY = "of no size"
SWITCHES = {"vanish": HIDDEN, "strike": STRUCK, "dstrike": STRUCK}
SETTINGS = (*SWITCHES, "color", "sz", "shd", "highlight", "w")
LEAST_HALF_POINTS = 4
LEAST_PER_CENT_WIDE = 10
HEX = re.compile(r"[0-9A-Fa-f]{6}")
HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
# Wingdings prints digits in circles here, Symbol digits of its own
CIRCLED = {0xF080 + i: sign for i, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")}


@dataclass(frozen=True, slots=True)
class Ground:
    """The colour behind text; None where it cannot be told."""

    colour: Colour | None = WHITE

    def under(self, properties: Any) -> Ground:
        """The ground where ``properties`` may shade it."""
        shading = None if properties is None else child(properties, "shd")
        filled = None if shading is None else _hex(attribute(shading, "fill"))
        return Ground(filled) if filled else self


def unseen(styles: Styles, outer: tuple[Any, ...], run: Any, ground: Ground) -> tuple[str, bool]:
    """Why the text of ``run`` is not seen (nothing: it is), and whether nobody can tell.

    ``outer``: what its paragraph's style says of characters.
    """
    held: dict[str, Any] = {}
    for properties in (*_own(styles, run), *outer):
        for one in properties:
            name = local(one)
            if name in SETTINGS and name not in held:
                held[name] = one
    for name, why in SWITCHES.items():
        if is_on(held.get(name)):
            return why, False
    if _number(held.get("sz"), LEAST_HALF_POINTS) < LEAST_HALF_POINTS:
        return TINY, False
    if _number(held.get("w"), LEAST_PER_CENT_WIDE) < LEAST_PER_CENT_WIDE:
        return TINY, False
    colour = _hex(attribute(held["color"], "val")) if "color" in held else None
    if colour is None:
        return "", False
    behind = ground.colour
    for name, key in (("shd", "fill"), ("highlight", "val")):
        value = attribute(held[name], key) if name in held else None
        behind = _hex(HIGHLIGHTS.get(value or "", value)) or behind
    if behind is None:
        return "", contrast(colour, WHITE) < LEAST_CONTRAST
    return (OF_ITS_GROUND, False) if contrast(colour, behind) < LEAST_CONTRAST else ("", False)


def symbol(font: str, code: int) -> str:
    """What ``<w:sym>`` prints: a digit where its font has one there, else the character of its code.

    >>> symbol("Wingdings", 0xF08C), symbol("Symbol", 0xF031)
    ('❶', '1')
    """
    if code in range(0xF030, 0xF03A) and "dings" not in font.lower():
        return chr(code - 0xF000)
    return CIRCLED[code] if font.lower() == "wingdings" and code in CIRCLED else chr(code)


def of_paragraph(styles: Styles, paragraph: Any) -> tuple[Any, ...]:
    """What the style of ``paragraph`` says of characters, or the usual one, then the defaults."""
    style = child(paragraph, "pPr", "pStyle")
    named = "" if style is None else attribute(style, "val") or ""
    return (*styles.of_runs(named or styles.plain), *styles.defaults)


def _own(styles: Styles, run: Any) -> Iterator[Any]:
    """The run's own settings, then those of its style."""
    own = child(run, "rPr")
    if own is not None:
        yield own
        named = child(own, "rStyle")
        if named is not None:
            yield from styles.of_runs(attribute(named, "val") or "")


def _number(element: Any, default: float) -> float:
    value = "" if element is None else (attribute(element, "val") or "").rstrip("%pt")
    return float(value) if value.replace(".", "", 1).isdigit() else default


def _hex(value: str | None) -> Colour | None:
    if value is None or not HEX.fullmatch(value):
        return None  # auto is black on light and white on dark ground
    return int(value[:2], 16) / 255, int(value[2:4], 16) / 255, int(value[4:], 16) / 255
