"""Whether a printed number is what its figure says: rounding, bounds, units."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from zt_analysis.figures import UNITS, Figure, round_half_up
from zt_analysis.numbers import Mention
from zt_analysis.tying.units import RIGHT, exact_step, exact_value

NEAR = Fraction(1, 10)
ABOUT = Fraction(1, 20)
MANY = ("多", "余", "几", "来")
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
    # 0.06%以内 holds of what is printed as 0.06%
    kept = within(found, printed, mention) or (mention.inclusive and _rounds_to(found, printed, mention, figure.unit))
    return ("within_bound" if kept else "differs"), difference


def _ends(mention: Mention, unit: str) -> tuple[Fraction, Fraction] | None:
    """Both ends of a range (1900至2000人) in the figure's exact unit; None of anything else."""
    factor = RIGHT.get((unit, mention.unit))
    if factor is None or not isinstance(mention.value, tuple) or len(mention.value) != 2:
        return None
    low, high = (Fraction(one) * factor if isinstance(one, Decimal) else None for one in mention.value)
    return (low, high) if low is not None and high is not None else None


def within(found: Fraction, printed: Fraction, mention: Mention) -> bool:
    """Whether a value keeps the bound that the words beside the number set.

    300多, 300余: above 300 and below 400. 超过, 逾, 以上: above (以上: or equal). 不足, 以内: below (以内: or equal).
    近, 接近: below, by at most a tenth. 约, 左右: within a twentieth.
    """
    if any(word in mention.surface for word in ALMOST):
        return printed * (1 - NEAR) <= found < printed
    if mention.qualifier == "more-than":
        if any(word in mention.surface for word in MANY):
            return printed < found < printed + _leading_place(printed)
        return found >= printed if mention.inclusive else found > printed
    if mention.qualifier == "less-than":
        return found <= printed if mention.inclusive else found < printed
    return abs(found - printed) <= ABOUT * abs(printed)


def _rounds_to(found: Fraction, printed: Fraction, mention: Mention, unit: str) -> bool:
    """Whether the value rounds half up to what is printed, at the place of the last printed digit; a bare 0 is none."""
    if not printed and not mention.decimals:
        return False
    step = exact_step(mention, unit)
    return Fraction(round_half_up(found / step, 0)) == printed / step


def _leading_place(value: Fraction) -> Fraction:
    """The size of the leading digit's place: 100 for 300."""
    place = Fraction(1)
    while place * 10 <= value:
        place *= 10
    return place


def _shown(gap: Fraction, unit: str) -> str:
    kind = UNITS[unit]
    text = f"{round_half_up(gap / kind.per_display, 6):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
