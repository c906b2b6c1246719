"""Units: which kind of number a printed unit can be, which unit is right, and its exact value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zt_analysis.numbers import Mention
from zt_analysis.units import PRINTED_UNITS, UNITS


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
    "places": Family(("counties", "townships", "villages"), ("个", "县区", "县市区", "县市", "县", "区", "乡镇", "村")),
    "schools": Family(("schools",), ("所", "校")),
    "days": Family(("days",), ("天",)),
    "reports": Family(("reports",), ("份",)),
    "money": Family(("fen", "fen_per_person"), ("元",)),
    "share": Family(("ratio", "ratio_change"), ("%", "‰", "百分点", "成", "1")),
}
COUNTED = ("count", "money", "rate", "change")
TO_ONE = ":1"
# nothing is nothing in every unit
BARE_ZERO = ("persons", "ratio")


def family_of_figure(unit: str) -> str:
    """The family of a figure's unit; its own name where it has none."""
    return next((name for name, one in FAMILIES.items() if unit in one.figures), unit)


def family_of_mention(mention: Mention, *, rate: bool = False) -> str:
    """The family of a printed unit; empty where it has none. A bare 零 is one of persons, or of a ``rate``."""
    if mention.value == 0 and not mention.unit and mention.kind in ("count", "rate"):
        return "share" if rate else "persons"
    if mention.kind not in COUNTED:
        return ""
    return next((name for name, one in FAMILIES.items() if mention.unit in one.units), "")


def families_of_mention(mention: Mention, *, rate: bool = False) -> frozenset[str]:
    """Every family that the number can be of: 个 is whatever the figure counts."""
    kinds = () if mention.kind not in COUNTED else PRINTED_UNITS.get(printed_unit(mention), ())
    return frozenset({family_of_mention(mention, rate=rate), *(family_of_figure(kind) for kind in kinds)} - {""})


def printed_unit(mention: Mention) -> str:
    """The unit as PRINTED_UNITS has it: of 16.85:1 it is ``:1``."""
    return TO_ONE if mention.unit == "ratio" else mention.unit


def stated_value(mention: Mention) -> Decimal | None:
    """The number that is printed: of 16.85:1 and of 1:16.85 what stands to one; None of a range, a date or 3:2."""
    if isinstance(mention.value, Decimal):
        return mention.value
    if mention.unit != "ratio" or not isinstance(mention.value, tuple):
        return None
    others = [one for one in mention.value if isinstance(one, Decimal) and one != 1]
    return others[0] if len(others) == 1 else None


def factor_of(figure_unit: str, mention: Mention) -> Fraction | None:
    """Exact units in one printed unit; None where the printed unit is not the figure's."""
    if not mention.unit and figure_unit in BARE_ZERO:
        return Fraction(1)
    return PRINTED_UNITS.get(printed_unit(mention), {}).get(figure_unit)


def exact_value(mention: Mention, figure_unit: str) -> Fraction | None:
    """The number in the figure's exact unit; None where the printed unit is not the figure's."""
    factor = factor_of(figure_unit, mention)
    if factor is not None and mention.unit == "ratio" and (to_one := _to_one(mention)):
        return to_one * factor
    if factor is None or not isinstance(mention.value, Decimal):
        return None
    # a fraction (三分之一, 七成) says its ratio itself
    return mention.exact if mention.exact is not None else Fraction(mention.value) * factor


def exact_step(mention: Mention, figure_unit: str) -> Fraction:
    """One in the last printed place, in the figure's exact unit."""
    if mention.exact is not None and (parts := re.search(r"[千万](?=分之)", mention.surface)):
        return Fraction(1, 10_000 if parts[0] == "万" else 1_000)  # 万分之六 is rounded as 0.06% is
    return Fraction(mention.step) * (factor_of(figure_unit, mention) or 1)


def _to_one(mention: Mention) -> Fraction | None:
    """What stands to one: 16.85 of 16.85:1 and of 1:16.85; of 3:2 it is 1.5."""
    if not (isinstance(mention.value, tuple) and all(isinstance(one, Decimal) for one in mention.value)):
        return None
    first, second = map(Fraction, mention.value)  # type: ignore[arg-type]
    if not first or not second:
        return None
    return second if first == 1 else first / second


def unit_name(figure_unit: str) -> dict[str, str]:
    """The unit that should be printed."""
    return {"zh": UNITS[figure_unit].zh, "en": UNITS[figure_unit].en.strip() or UNITS[figure_unit].zh}
