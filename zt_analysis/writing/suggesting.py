"""The place that would print a number which a text has typed."""

from __future__ import annotations

import re

from zt_analysis.indicators import Wanted, find
from zt_analysis.indicators.dimensions import part_name
from zt_analysis.tying import Case, Tie
from zt_analysis.units import PRINTED_UNITS, UNITS
from zt_analysis.writing.places import ABSOLUTE, BARE, BOUNDS, DIRECTIONS, INSIDE, direction_before

# the zeros that a bound leaves: 1900余人
ROUND = re.compile(r"[1-9](0+)(?!\d|\.)")


def place_for(tie: Tie, case: Case, before: str = "") -> str:
    """The place that prints what ``tie`` is tied to; empty for a day or part that no place names.

    Args:
        before: the text up to the number: of a change the place prints the word of its direction, too.
    """
    if tie.figure is None or tie.wanted is None:
        return ""
    words = [_name(tie.wanted), *(f"{name}={_part(name, code, case)}" for name, code in tie.figure.scope)]
    at = _at(tie.wanted, case)
    if at is None:
        return ""
    spec = _spec(tie, before)
    return "{" + " ".join([*words, *at]) + (f" | {spec}" if spec else "") + "}"


def _name(wanted: Wanted) -> str:
    indicator = find(wanted.indicator)
    return indicator.id if "(" in indicator.id else indicator.zh or indicator.id


def _at(wanted: Wanted, case: Case) -> list[str] | None:
    """``at=base`` where it is needed; None of another day than the case's two."""
    period, indicator = case.paper.period, find(wanted.indicator)
    if wanted.at == indicator.at(period):
        return []
    return ["at=base"] if wanted.at == indicator.at(period.at(period.base_on)) else None


def _part(dimension: str, code: str, case: Case) -> str:
    name = part_name(dimension, code, case.tables)["zh"]
    return code if " " in name else name


def _direction(tie: Tie, surface: str, before: str) -> str:
    """How a place prints a change that is written without a sign; empty for what is no change."""
    assert tie.figure is not None
    if not find(tie.figure.indicator).changes or surface[:1] in "-−－":
        return ""
    word = direction_before(before)
    return next((key for key, words in DIRECTIONS.items() if word in words), ABSOLUTE) if word else ABSOLUTE


def _spec(tie: Tie, before: str) -> str:
    """Unit, decimals, bound and direction as the number has them, where they are not the figure's own."""
    assert tie.figure is not None
    kind = UNITS[tie.figure.unit]
    surface = "".join(tie.mention.surface.split())
    bound = next((word for word in BOUNDS if word in surface), "")
    unit = _unit(surface, bound, tie.figure.unit)
    digits = surface.partition(".")[2]
    decimals = next((at for at, sign in enumerate(digits) if not sign.isdigit()), len(digits))
    if bound and not decimals and (zeros := ROUND.search(surface)):
        decimals = -len(zeros[1])
    usual = 0 if bound else kind.decimals
    shown = ["" if unit == kind.zh else unit or BARE, "" if decimals == usual else str(decimals)]
    return " ".join(filter(None, [*shown, bound or _direction(tie, surface, before)]))


def _unit(surface: str, bound: str, kind: str) -> str:
    plain = surface.replace(bound, "") if bound in INSIDE else surface
    fitting = [unit for unit, kinds in PRINTED_UNITS.items() if kind in kinds and plain.endswith(unit)]
    return max(fitting, key=len, default="")
