"""Units: which kind of number a printed unit can be, which unit is right, and its exact value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zt_analysis.figures import PRINTED_UNITS, UNITS
from zt_analysis.numbers import Mention


@dataclass(frozen=True)
class Family:
    """Units that are taken for each other by mistake.

    Attributes:
        figures: units of figures (keys of ``figures.UNITS``).
        units: printed units; those of ``right`` are right, with how many exact units one is.
    """

    figures: tuple[str, ...]
    units: tuple[str, ...]


FAMILIES = {
    "persons": Family(("persons",), ("人", "名", "位", "人次", "名学生", "学生", "个学生")),
    "cases": Family(("cases", "rows", "absences"), ("件", "例", "起", "宗")),
    "households": Family(("households",), ("户", "家", "户次")),
    "places": Family(("counties", "townships", "villages"), ("个", "县区", "县市区", "县", "区", "乡镇", "村")),
    "schools": Family(("schools",), ("所", "校")),
    "reports": Family(("reports",), ("份",)),
    "money": Family(("fen", "fen_per_person"), ("元",)),
    "share": Family(("ratio", "ratio_change"), ("%", "‰", "百分点", "成", "1")),
}
# exact units in one printed unit, where the printed unit is right for the figure's
RIGHT: dict[tuple[str, str], Fraction] = {
    **{(kind, unit): factor for unit, (kinds, factor) in PRINTED_UNITS.items() for kind in kinds},
    # nothing is nothing in every unit
    ("persons", ""): Fraction(1),
    ("ratio", ""): Fraction(1),
}


def family_of_figure(unit: str) -> str:
    """The family of a figure's unit; its own name where it has none."""
    return next((name for name, one in FAMILIES.items() if unit in one.figures), unit)


def family_of_mention(mention: Mention, *, rate: bool = False) -> str:
    """The family of a printed unit; empty where it has none. A bare 零 is one of persons, or of a ``rate``."""
    if mention.value == 0 and not mention.unit and mention.kind in ("count", "rate"):
        return "share" if rate else "persons"
    if mention.kind not in ("count", "money", "rate", "change"):
        return ""
    return next((name for name, one in FAMILIES.items() if mention.unit in one.units), "")


def exact_value(mention: Mention, figure_unit: str) -> Fraction | None:
    """The number in the figure's exact unit; None where the printed unit is not the figure's."""
    factor = RIGHT.get((figure_unit, mention.unit))
    if factor is None or not isinstance(mention.value, Decimal):
        return None
    # a fraction (三分之一, 七成) says its ratio itself
    return mention.exact if mention.exact is not None else Fraction(mention.value) * factor


def exact_step(mention: Mention, figure_unit: str) -> Fraction:
    """One in the last printed place, in the figure's exact unit."""
    return Fraction(mention.step) * RIGHT[figure_unit, mention.unit]


def unit_name(figure_unit: str) -> dict[str, str]:
    """The unit that should be printed."""
    return {"zh": UNITS[figure_unit].zh, "en": UNITS[figure_unit].en.strip() or UNITS[figure_unit].zh}
