"""Schools, villages, townships and counties without dropouts (R16), and what changed since last week."""

from __future__ import annotations

from zt_analysis.define import (
    Cell,
    Group,
    Part,
    Tables,
    Wanted,
    counted,
    difference,
    find,
    key_of,
    not_received,
    number,
    values_by,
    words,
)

from ..papers import Circular
from .places import CITY, county_names

LEVELS = ("schools_without_cases", "villages_without_cases", "townships_without_cases", "counties_without_cases")
COLUMNS = ("county_code", *(column for level in LEVELS for column in (level, "part_change")))


Pair = tuple[int | None, int | None]


def asks(circular: Circular) -> list[tuple[Wanted, Group]]:
    """Each level by county, now and a week before."""
    return [(one, ("county_code",)) for one in _asked(circular).values()]


def units_without(circular: Circular, tables: Tables) -> Part:
    """One row a county and one for the city: how many of each level have no open case, and the change in a week."""
    period = circular.period
    values = values_by(_asked(circular), tables, ("county_code",))
    names = county_names(tables)
    counts = {
        code: [(counted(values[level], code), counted(values[f"{level} before"], code)) for level in LEVELS]
        for code in names
    }
    keys = [key_of(level, period) for level in LEVELS]
    city: list[Pair] = [
        (sum(one[0] or 0 for one in level), sum(one[1] or 0 for one in level))
        for level in zip(*counts.values(), strict=True)
    ]
    rows = [_row(words(names[code]), counts[code], keys) for code in names]
    return Part("units", COLUMNS, (_row(words(CITY), city, keys), *rows))


def _asked(circular: Circular) -> dict[str, Wanted]:
    period = circular.period
    now = {level: Wanted(level, period) for level in LEVELS}
    return now | {f"{level} before": Wanted(level, period.at(period.base_on)) for level in LEVELS}


def _row(name: Cell, counts: list[Pair], keys: list[str]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for level, key, (now, before) in zip(LEVELS, keys, counts, strict=True):
        unit = find(level).unit
        if now is None or before is None:
            cells += [not_received(key), not_received()]
        else:
            cells += [number(now, unit, key), difference(now - before, unit)]
    return (name, *cells)
