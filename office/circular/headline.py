"""The week in one table: each figure now, a week ago, and the change."""

from __future__ import annotations

from fractions import Fraction

from zt_analysis.define import (
    Group,
    Part,
    Tables,
    Wanted,
    compute,
    difference,
    figure_key,
    find,
    key_of,
    labels,
    number,
    words,
)

from ..indicators.attendance import COMPULSORY
from ..papers import Circular

STOCKS = ("out_of_school_children", "returned_students", "home_taught_students", "remote_taught_students",
          "schools_without_cases", "villages_without_cases", "townships_without_cases",
          "counties_without_cases")  # fmt: skip
RATE = "out_of_school_rate"
COLUMNS = ("indicator", "flow_now", "flow_before", "part_change")


def asks(circular: Circular) -> list[tuple[Wanted, Group]]:
    """Each rate and stock, now and a week before."""
    period, before = circular.period, circular.period.at(circular.period.base_on)
    return [(Wanted(name, seen, _scope(stage)), ()) for name, stage in _lines() for seen in (period, before)]


def headline(circular: Circular, tables: Tables) -> Part:
    """One row a rate or stock: at the end of the week, a week before, and the change."""
    period, before = circular.period, circular.period.at(circular.period.base_on)
    figures = compute([one for one, _ in asks(circular)], tables)
    rows = []
    for name, stage in _lines():
        unit, key = find(name).unit, key_of(name, period, stage=stage)
        now = figures[key].exact
        then = figures[figure_key(name, before.as_of.isoformat(), _scope(stage))].exact
        change = None if now is None or then is None else Fraction(now) - Fraction(then)
        title = labels(name)
        if stage:
            title = {"zh": labels(stage)["zh"] + title["zh"], "en": f"{labels(stage)['en']} {title['en']}"}
        cells = (number(now, unit, key), number(then, unit), difference(change, "ratio_change" if stage else unit))
        rows.append((words(title), *cells))
    return Part("headline", COLUMNS, tuple(rows))


def _lines() -> list[tuple[str, str]]:
    return [(RATE, stage) for stage in COMPULSORY] + [(name, "") for name in STOCKS]


def _scope(stage: str) -> tuple[tuple[str, str], ...]:
    return (("stage", stage),) if stage else ()
