"""The place that would print a number which a text has typed."""

from __future__ import annotations

from zt_analysis.documents import Document
from zt_analysis.indicators import Wanted, find
from zt_analysis.indicators.dimensions import part_name
from zt_analysis.tying import Case, Tie
from zt_analysis.units import PRINTED_UNITS, UNITS
from zt_analysis.writing.places import BARE, BOUNDS, INSIDE, Place
from zt_analysis.writing.printing import printed


def place_for(tie: Tie, case: Case) -> str:
    """The place that prints what ``tie`` is tied to; empty for a day or part that no place names."""
    if tie.figure is None or tie.wanted is None:
        return ""
    words = [_name(tie.wanted), *(f"{name}={_part(name, code, case)}" for name, code in tie.figure.scope)]
    at = _at(tie.wanted, case)
    if at is None:
        return ""
    spec = _spec(tie)
    return "{" + " ".join([*words, *at]) + (f" | {spec}" if spec else "") + "}"


def replaced(text: str, place: str, tie: Tie, language: str) -> str | None:
    """``place`` with what of the surface ``text`` it does not print (1915 of 1915 名); None where it would print it
    otherwise.
    """
    from zt_analysis.writing.places import read_place

    assert tie.figure is not None
    made: Place = read_place(place[1:-1], "", 0)
    shown = printed(tie.figure, made, language)
    return place if shown == "".join(text.split()) else None


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


def _spec(tie: Tie) -> str:
    """Unit, decimals and bound as the number has them, where they are not the figure's own."""
    assert tie.figure is not None
    mention, kind = tie.mention, UNITS[tie.figure.unit]
    surface = "".join(mention.surface.split())
    bound = next((word for word in BOUNDS if word in surface), "")
    unit = _unit(surface, bound, tie.figure.unit)
    digits = surface.partition(".")[2]
    decimals = next((at for at, sign in enumerate(digits) if not sign.isdigit()), len(digits))
    words = [
        "" if unit == kind.zh else unit or BARE,
        "" if decimals == (0 if bound else kind.decimals) else str(decimals),
    ]
    return " ".join(filter(None, [*words, bound]))


def _unit(surface: str, bound: str, kind: str) -> str:
    plain = surface.replace(bound, "") if bound in INSIDE else surface
    fitting = [unit for unit, kinds in PRINTED_UNITS.items() if kind in kinds and plain.endswith(unit)]
    return max(fitting, key=len, default="")


def line_of(document: Document, start: int) -> int:
    """The line or paragraph that a reader finds ``start`` in."""
    place = document.place_of(start)
    return place.line or place.paragraph or 0
