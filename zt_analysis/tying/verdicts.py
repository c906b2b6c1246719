"""Whether a printed number is what its figure says: rounding, bounds, units."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from zt_analysis.figures import Figure, as_displayed, keeps, last_place, round_half_up
from zt_analysis.numbers import Mention
from zt_analysis.tying.units import exact_step, exact_value, factor_of
from zt_analysis.units import UNITS

MANY = ("多", "余", "几", "来")
# 四分之一还多: above it, by how much it does not say
STILL_MORE = re.compile("还要?多|多于")
ALMOST = ("近", "接近", "将近", "趋近")


def judge(mention: Mention, figure: Figure) -> tuple[str, str]:
    """The verdict on a number tied to ``figure``, and by how much the figure differs from it (displayed unit).

    Verdicts: ``agree`` (equal), ``agree_rounded`` (rounds to what is printed), ``within_bound`` (keeps 300多, 近八成,
    超过...), ``differs``, ``unit_differs`` (人次 for 人, 百分点 for %), ``not_derivable``.
    """
    if figure.exact is None:
        return "not_derivable", ""
    found = Fraction(figure.exact)
    ends = _ends(mention, figure.unit)
    if ends:
        return ("within_bound" if ends[0] <= found <= ends[1] else "differs"), ""
    printed = exact_value(mention, figure.unit)
    if printed is None:
        return "unit_differs", ""
    difference = _shown(found - printed, figure.unit)
    if mention.qualifier == "exact":
        if found == printed:
            return "agree", difference
        return ("agree_rounded" if _rounds_to(found, printed, mention, figure.unit) else "differs"), difference
    return ("within_bound" if within(found, printed, mention, figure.unit) else "differs"), difference


def _ends(mention: Mention, unit: str) -> tuple[Fraction, Fraction] | None:
    """Both ends of a range (1900至2000人) in the figure's exact unit; None of anything else."""
    factor = factor_of(unit, mention)
    if factor is None or mention.unit == "ratio" or not isinstance(mention.value, tuple) or len(mention.value) != 2:
        return None
    low, high = (Fraction(one) * factor if isinstance(one, Decimal) else None for one in mention.value)
    return (min(low, high), max(low, high)) if low is not None and high is not None else None


def qualifier_of(mention: Mention) -> str:
    """The bound that the words beside a number set, as a claim has it (see ``figures.Printed``)."""
    if mention.qualifier == "approx" and any(word in mention.surface for word in ALMOST):
        return "nearly"
    said = STILL_MORE.sub("", mention.surface)
    if mention.qualifier == "more-than" and any(word in said for word in MANY):
        return "many"
    inclusive = {"more-than": "at-least", "less-than": "at-most"} if mention.inclusive else {}
    return inclusive.get(mention.qualifier, mention.qualifier)


def within(found: Fraction, printed: Fraction, mention: Mention, unit: str) -> bool:
    """Whether a value keeps the bound that the words beside the number set.

    The figure is taken as it is displayed: 0.06%以内 holds of 0.06004 %, which the paper prints as 0.06%. A fall is
    measured by its size: 减少2000人以上 does not hold of a fall by 1048.
    """
    if mention.kind == "change" and printed < 0:
        if found >= 0:
            return False
        found, printed = -found, -printed
    shown = as_displayed(Figure("", "", unit, found))
    assert isinstance(mention.value, Decimal)
    place = mention.beyond or last_place(mention.value) * (factor_of(unit, mention) or 1)
    return keeps(qualifier_of(mention), shown, printed, place, unit)


def _rounds_to(found: Fraction, printed: Fraction, mention: Mention, unit: str) -> bool:
    """Whether the value rounds half up to what is printed, at the place of the last printed digit; a bare 0 is none."""
    if not printed and not mention.decimals:
        return False
    step = exact_step(mention, unit)
    return Fraction(round_half_up(found / step, 0)) == printed / step


def _shown(gap: Fraction, unit: str) -> str:
    kind = UNITS[unit]
    text = f"{round_half_up(gap / kind.per_display, 6):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
