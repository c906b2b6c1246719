"""Numerals of several scales, 1亿2千3百万 and 13万2: their parts, added up as they are said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from zt_analysis.numbers.mention import ONE, Numeral
from zt_analysis.numbers.units import unit_at

SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
SCALE = re.compile(r"(?:[十百千]?万(?!分之)亿?|[十百千]?亿|千(?![克米瓦卡伏赫焦帕字])|百(?!分))")
# what follows 1亿 or 3千: 零500万, 2345 (人), 3000多万; and the 余万 of 2亿3千余万
_PIECE = re.compile(
    r"(?P<gap> )?(?P<zero>[零〇])?(?P<digits>[0-9] [0-9]{3}(?= ?万)|[0-9]{1,4}(?:\.[0-9]{1,4}(?=万))?)(?![0-9.,])"
    rf"(?:(?P<wider>[多余])? ?(?P<scale>{SCALE.pattern}))?"
)
_REST = re.compile(r"[多余](?P<scale>[万亿])")
_DATED = frozenset("年月日号时点期届级")
_GOES_ON = frozenset("-~至到/.:%‰月时点")


def scale_value(scale: str) -> Decimal:
    """What 十万 or 千 multiplies by."""
    value = Decimal(1)
    for c in scale:
        value *= SMALL.get(c) or LARGE[c]
    return value


@dataclass(slots=True)
class _Sum:
    """A numeral of Arabic digits and 亿, 万, 千, 百 in the making, as it is said.

    ``total`` is closed by 亿 or 万, the last of them ``large``; ``section`` (thousands, hundreds; the last of them
    ``small``) may still be counted in 万: 2千3百 of 2千3百万. ``place`` is one in the last digit.
    """

    total: Decimal
    section: Decimal
    large: Decimal
    small: Decimal
    place: Decimal

    def add(self, number: Decimal, scale: str) -> bool:
        """Whether ``number`` times ``scale`` (may be empty) can follow; it is added where it can."""
        small = scale_value(scale.rstrip("万亿"))
        large = scale_value(scale[len(scale.rstrip("万亿")) :])
        fits = number * small < self.small and (large == 1 or large < self.large) and number * small < self.large
        if not fits:
            return False
        self.section, self.small, self.place = self.section + number * small, small, small
        if large != 1:
            self.close(large)
        return True

    def close(self, large: Decimal) -> None:
        """Count the section in 万 or 亿."""
        self.total, self.section = self.total + self.section * large, Decimal(0)
        self.large, self.small, self.place = large, Decimal(10**4), self.place * large


def compound(text: str, numeral: Numeral) -> Numeral:
    """Adds the lower parts of 1亿2000万, 3万5千, 1亿2千3百万, 2亿3千余万, 6亿零500万, 1万2345人."""
    closed = numeral.scale >= 10**4
    least = numeral.scale if not closed else Decimal(10**4)
    found = _Sum(
        numeral.low if closed else Decimal(0), Decimal(0) if closed else numeral.low,
        numeral.scale if closed else Decimal(10**16), least, numeral.scale,
    )  # fmt: skip
    spaced = text[numeral.end - 2] == " "  # 1 亿 2 000 万元; of 1亿 2000万 each may be a cell
    while not numeral.decimals and (piece := _PIECE.match(text, numeral.end)):
        scale = piece["scale"] or ""
        if piece["gap"] and not (spaced and scale):
            break
        if not scale and not _counted(text, piece.end("digits")):
            return _said_short(text, numeral, piece)
        if not found.add(Decimal(piece["digits"].replace(" ", "")), scale):
            break
        found.place /= 10 ** len(piece["digits"].partition(".")[2])  # 3亿5836.91万元
        numeral.end = piece.end() if scale else piece.end("digits")
        if piece["wider"] and scale:
            numeral.qualifier = "more-than"
        rest = _REST.match(text, numeral.end) if scale and not scale.endswith(("万", "亿")) else None
        if rest and found.large > LARGE[rest["scale"]]:
            found.close(Decimal(LARGE[rest["scale"]]))
            numeral.end, numeral.qualifier = rest.end(), "more-than"
    numeral.low, numeral.scale = tidy(found.total + found.section), found.place
    return numeral


def _said_short(text: str, numeral: Numeral, piece: re.Match[str]) -> Numeral:
    """13万2 is 132000, as it is said, where nothing is counted right after it."""
    end = piece.end("digits")
    if (
        len(piece["digits"]) == 1
        and not piece["zero"]
        and text[end : end + 1] not in _GOES_ON
        and not unit_at(text, end)
    ):
        numeral.low = tidy(numeral.low + Decimal(piece["digits"]) * numeral.scale / 10)
        numeral.scale, numeral.end = numeral.scale / 10, end
    return numeral


def _counted(text: str, place: int) -> bool:
    """Whether a measure word stands at ``place`` (1万2345人, 2千零8张), perhaps behind 多; 3亿2018年 is two numbers."""
    place += text[place : place + 1] in ("多", "余")
    found = unit_at(text, place)
    return found is not None and found.unit.kind in ("count", "money") and text[place] not in _DATED


def tidy(value: Decimal) -> Decimal:
    """``value`` without trailing zeros after its decimal point (a scaled value prints its zeros nowhere).

    >>> tidy(Decimal("133715.32") * 10000)
    Decimal('1337153200')
    """
    return value.quantize(ONE) if value == value.to_integral_value() and abs(value) < 10**27 else value.normalize()
