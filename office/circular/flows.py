"""Stock and flow of a week: what was open, what came, what went and how, what is open now."""

from __future__ import annotations

from zt_analysis.define import (
    Cell,
    Group,
    Part,
    Tables,
    Wanted,
    counted,
    key_of,
    labels,
    not_received,
    number,
    values_by,
    words,
)

from ..indicators.attendance import COMPULSORY
from ..papers import Circular
from .places import CITY, county_names

FLOWS = ("opened_cases", "returned_cases", "home_cases", "remote_cases")
COLUMNS = ("flow_before", *FLOWS, "flow_now", "flow_balance")


def asks(circular: Circular) -> list[tuple[Wanted, Group]]:
    """Stocks and flows by county and by stage."""
    return [(one, (by,)) for one in _asked(circular).values() for by in ("county_code", "stage")]


def flows_by_county(circular: Circular, tables: Tables) -> Part:
    """One row a county and one for the city: open a week ago, new, returned, home, remote, open now, balance (0)."""
    return _flows(circular, tables, by="county_code", names=county_names(tables))


def flows_by_stage(circular: Circular, tables: Tables) -> Part:
    """The same by stage."""
    return _flows(circular, tables, by="stage", names={stage: labels(stage) for stage in COMPULSORY})


def balance(before: int, opened: int, returned: int, home: int, remote: int, now: int) -> int:
    """What a week leaves unexplained: 0 when the stock moved by exactly what flowed.

    >>> balance(10, 3, 2, 1, 1, 9)
    0
    """
    return now - (before + opened - returned - home - remote)


def _asked(circular: Circular) -> dict[str, Wanted]:
    period = circular.period
    stock = "out_of_school_children"
    flows = {name: Wanted(name, period) for name in FLOWS}
    return flows | {"before": Wanted(stock, period.at(period.base_on)), "now": Wanted(stock, period)}


def _flows(circular: Circular, tables: Tables, *, by: str, names: dict[str, dict[str, str]]) -> Part:
    period = circular.period
    values = values_by(_asked(circular), tables, (by,))
    keys = [
        key_of("out_of_school_children", period.at(period.base_on)),
        *(key_of(name, period) for name in FLOWS),
        key_of("out_of_school_children", period),
    ]
    order = ("before", *FLOWS, "now")
    parts = {code: [counted(values[name], code) for name in order] for code in names}
    rows = [_row(words(names[code]), parts[code], keys) for code in names]
    city: list[int | None] = [sum(count or 0 for count in column) for column in zip(*parts.values(), strict=True)]
    return Part(f"flows_by_{by}", (by, *COLUMNS), (_row(words(CITY), city, keys), *rows))


def _row(name: Cell, counts: list[int | None], keys: list[str]) -> tuple[Cell, ...]:
    known = [count for count in counts if count is not None]
    if len(known) < len(counts):
        return (name, *(not_received(key) for key in keys), not_received())
    units = ("persons", *("cases" for _ in FLOWS), "persons")
    cells = [number(count, unit, key) for count, unit, key in zip(known, units, keys, strict=True)]
    return (name, *cells, number(balance(*known), "cases"))
