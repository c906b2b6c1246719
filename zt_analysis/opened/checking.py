"""A verdict on a number as somebody printed it, held against one figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from zt_analysis.checks.partial import INCOMPLETE
from zt_analysis.errors import InputError
from zt_analysis.figures import difference_unit, round_half_up
from zt_analysis.numbers import Mention, read_numbers
from zt_analysis.opened.missing import Named
from zt_analysis.tying.units import exact_value
from zt_analysis.tying.verdicts import judge
from zt_analysis.units import PRINTED_UNITS, UNITS

if TYPE_CHECKING:
    from zt_analysis.opened.asked import Asked

GREEN = ("agree", "agree_rounded", "within_bound")


@dataclass(frozen=True, eq=False)
class Checked(Named):
    """What was printed, held against a figure.

    Attributes:
        word: ``agree``, ``agree_rounded``, ``within_bound``, ``differs``, ``unit_differs``, ``not_derivable``
            or ``incomplete``.
        difference: computed minus printed, as text in the unit that was printed; empty where the units differ.
    """

    asked: Asked
    printed: str
    word: str
    difference: str
    unit: str

    @property
    def holds(self) -> bool:
        """Whether the number may be printed so."""
        return self.word in GREEN

    def __repr__(self) -> str:
        from zt_analysis.opened.cards import checked_line

        return checked_line(self)

    def _repr_html_(self) -> str:
        from zt_analysis.opened.cards import checked_html

        return checked_html(self)


def verdict(asked: Asked, printed: object) -> Checked:
    """The verdict on ``printed``, a number with its unit as text; a bare number is in the unit the figure is shown in.

    Raises:
        InputError: no number or several.
    """
    if isinstance(printed, bool) or not isinstance(printed, (str, int, Decimal)):
        raise InputError(
            "printed number", found=repr(printed)[:60], expected="text as printed, such as '1.59%'",
            hint="a float has lost what was printed: write it in quotes",
        )  # fmt: skip
    own = UNITS[asked.figure.unit].zh
    surface = str(printed).strip()
    surface += own if surface.removeprefix("-").replace(".", "", 1).isdigit() else ""
    mention = _only(surface, own)
    if asked.lacking:  # nothing is judged of a whole that lacks a part
        return Checked(asked, surface, INCOMPLETE, "", "")
    word, difference = judge(mention, asked.figure)
    unit = _printed_unit(mention, asked.figure.unit)
    exact = exact_value(mention, asked.figure.unit)
    if asked.figure.exact is not None and exact is not None and unit:
        gap = (Fraction(asked.figure.exact) - exact) / PRINTED_UNITS[unit][asked.figure.unit]
        text = f"{round_half_up(gap, 6):+f}"
        difference = (text.rstrip("0").rstrip(".") if "." in text else text) if gap else "0"
    return Checked(asked, surface, word, difference, difference_unit(unit)[asked.language].strip() if unit else "")


def _only(surface: str, unit: str) -> Mention:
    found = [one for one in read_numbers(surface) if one.role == "figure"]
    if len(found) != 1:
        raise InputError(
            f"printed number {surface!r}", found=f"{len(found)} numbers", expected="one number with its unit",
            hint=f"such as '1915人' or '1.59%'; this figure is in {unit or 'no unit'}",
        )  # fmt: skip
    return found[0]


def _printed_unit(mention: Mention, unit: str) -> str:
    """The unit as it stands at the number: 万元 where the number is read in yuan."""
    forms = sorted((one for one, kinds in PRINTED_UNITS.items() if unit in kinds), key=len, reverse=True)
    return next((one for one in forms if one in mention.surface), mention.unit if mention.unit in forms else "")
