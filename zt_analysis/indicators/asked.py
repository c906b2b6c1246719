"""What can be asked of tables: the members of a dimension, the days that rows reach, the days and terms reported.

A figure of a part, day or term that does not exist would be 0, or as old as the rows: it is refused, and what exists is
listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import ibis.expr.operations as ops
import ibis.expr.types as ir

from zt_analysis.errors import InputError, nearest
from zt_analysis.indicators.catalogue import find
from zt_analysis.indicators.indicator import Measure, Scope
from zt_analysis.periods import Period
from zt_analysis.sources import Table, Tables, Unbuilt
from zt_analysis.spans import WHOLE

LISTED = 30


def check_asked(indicator: str, period: Period, scope: Scope, measure: Measure, tables: Tables) -> None:
    """See that a measured figure exists.

    Raises:
        InputError: a part that is none, a day outside the rows, a day or term without a report; lists what exists.
    """
    for name, value in scope:
        _check_member(name, value, measure, tables)
    if find(indicator).time not in WHOLE and tables.package is not None:
        _check_day(indicator, period.as_of, measure, tables)
    if measure.only:
        _check_reported(indicator, measure, scope, tables)


def members(name: str, table: ir.Table, tables: Tables) -> tuple[str, ...] | None:
    """The members of dimension ``name`` as declared, by its words or a register; None where nothing declares them."""
    found = _declared(name, table, tables)
    return None if found is None else tables.keep(("members", *found), lambda: _members(*found, tables))


def _check_member(name: str, value: str, measure: Measure, tables: Tables) -> None:
    known = members(name, measure.table, tables) or _values(measure.table, name, measure, tables)
    if value in known:
        return
    shown = ", ".join(known[:LISTED]) + (f" and {len(known) - LISTED} more" if len(known) > LISTED else "")
    hint = _code_of(name, value, measure, tables) or nearest(value, known) or "choose one of these"
    raise InputError(f"scope {name!r}", found=repr(value), expected=shown or "no row has any", hint=hint.strip())


def _check_day(indicator: str, day: date, measure: Measure, tables: Tables) -> None:
    own = _days(_sources(measure.table), tables)
    if not own:
        return
    reported = _days(tables.declared, tables, reported=True)
    first = min(one for one, _ in own)
    # rows that nobody reports day by day may be whole long after the last of them
    last = max(one for _, one in own + reported) if reported else None
    if day < first or (last and day > last):
        raise InputError(
            f"indicator {indicator!r} on {day}", found="a day outside the rows",
            expected=f"a day from {first}" + (f" to {last}" if last else ""),
            hint="correct the period, or open a package whose rows reach that day",
        )  # fmt: skip


def _check_reported(indicator: str, measure: Measure, scope: Scope, tables: Tables) -> None:
    assert measure.only
    column, value = measure.only
    part = Measure(measure.table, "count").within(scope)
    known = _values(part.table, column, part, tables)
    if str(value) not in known:
        of_part = f" of {', '.join(f'{name}={one}' for name, one in scope)}" if scope else ""
        raise InputError(
            f"indicator {indicator!r}, {column} {value}", found=f"no row{of_part} in {', '.join(_sources(part.table))}",
            expected=f"one of {', '.join(known[-LISTED:])}" if known else "rows", hint="choose one that was reported",
        )  # fmt: skip


def _values(table: ir.Table, name: str, measure: Measure, tables: Tables) -> tuple[str, ...]:
    """The values that the rows have in a dimension, as text."""

    def ask() -> tuple[str, ...]:
        by_week = name == "week"
        rows = tables.rows(_distinct(table, measure.dimension(name)) if by_week else _values_of(table, name))
        return tuple(sorted(row["v"] for row in rows if row["v"] is not None))

    measure.dimension(name)  # names the dimensions there are
    found: tuple[str, ...] = tables.keep(("values", table.op(), name), ask)
    return found


def _distinct(table: ir.Table, value: ir.Value) -> ir.Table:
    return table.select(v=value.cast("string")).distinct()


def _values_of(table: ir.Table, name: str) -> Unbuilt:
    return Unbuilt(("values", table.op(), name), lambda: _distinct(table, table[name]), {"v": "string"})


def _sources(table: ir.Table) -> list[str]:
    return sorted({str(one.name) for one in table.op().find(ops.DatabaseTable)})


def _days(of: Iterable[str | Table], tables: Tables, *, reported: bool = False) -> list[tuple[date, date]]:
    """First and last day in each date column of the tables ``of``: of events and reports, or of reports only."""
    declared = {one.name: one for one in tables.declared}
    found = []
    for one in of:
        table = declared.get(one) if isinstance(one, str) else one
        if table and (wanted := _dated(table, reported=reported)):
            found += tables.keep(("days", table.name, *wanted), lambda: _first_and_last(table.name, wanted, tables))  # noqa: B023
    return found


def _dated(table: Table, *, reported: bool) -> list[str]:
    """Its columns of days of events and reports, or of reports only."""
    kinds = ("reported",) if reported else ("", "reported")
    return [one.name for one in table.columns if one.type == "date" and one.days in kinds]


def first_day(table: str, column: str, tables: Tables) -> date | None:
    """The first day in a column of days of events; None where no row has one.

    Raises:
        SourceError: no such table.
        InputError: no such column, or none of days of events or reports.
    """
    _ = tables[table]
    wanted = [name for one in tables.declared if one.name == table for name in _dated(one, reported=False)]
    if column not in wanted:
        raise InputError(
            f"table {table!r}, column {column!r}", found="no column of days",
            expected=", ".join(wanted) or "none is declared", hint="see datapackage.json",
        )  # fmt: skip
    return _ends_of(table, wanted, tables)[wanted.index(column)][0]


def _first_and_last(table: str, columns: list[str], tables: Tables) -> list[tuple[date, date]]:
    return [(first, last) for first, last in _ends_of(table, columns, tables) if first and last]


def _ends_of(table: str, columns: list[str], tables: Tables) -> list[tuple[date | None, date | None]]:
    tables.keep("all days", lambda: _ask_all_days(tables))
    row = tables.rows(_ends(table, columns, tables))[0]
    return [(row[f"min{n}"], row[f"max{n}"]) for n in range(len(columns))]


def _ask_all_days(tables: Tables) -> None:
    """Whoever asks for the days of one table asks for those of the others, and which were reported: one statement."""
    for table in tables.declared:
        for name in _dated(table, reported=True):
            tables.later(_values_of(tables[table.name], name))
        for reported in (False, True):
            if wanted := _dated(table, reported=reported):
                tables.later(_ends(table.name, wanted, tables))


def _ends(table: str, columns: list[str], tables: Tables) -> Unbuilt:
    rows, named = (
        tables[table],
        [(f"{word}{n}", name, word) for n, name in enumerate(columns) for word in ("min", "max")],
    )

    def build() -> ir.Table:
        return rows.aggregate(**{key: getattr(rows[name], word)() for key, name, word in named})

    return Unbuilt(("ends", rows.op(), tuple(columns)), build, {key: "date" for key, *_ in named})


def _declared(name: str, table: ir.Table, tables: Tables) -> tuple[str, str] | None:
    """The table and column that declare the members of a dimension: a list of words, or the key of a register."""
    having = [one for one in tables.declared if name in {column.name for column in one.columns}]
    own = [one for one in having if one.name in _sources(table)]
    # a column that an indicator works out is called as what it means in other tables
    return next((found for one in own or having if (found := _declaring(one, name, tables))), None)


def _declaring(table: Table, name: str, tables: Tables) -> tuple[str, str] | None:
    column = next(one for one in table.columns if one.name == name)
    if "enum" in column.constraints or table.primary_key == (name,):
        return table.name, name
    for key in table.foreign_keys:
        if name in key.columns and key.table in tables.names and tables.package:
            there, column_there = tables.package.tables[key.table], key.references[key.columns.index(name)]
            found = _declaring(there, column_there, tables) if there != table else None
            if found or column_there in there.primary_key:
                return found or (there.name, column_there)
    return None


def _members(table: str, name: str, tables: Tables) -> tuple[str, ...]:
    column = next(one for one in _table(table, tables).columns if one.name == name)
    if "enum" in column.constraints:
        return tuple(str(word) for word in column.constraints["enum"])
    rows = tables.rows(tables[table].select(v=tables[table][name].cast("string")))
    return tuple(sorted({row["v"] for row in rows}))


def _code_of(name: str, value: str, measure: Measure, tables: Tables) -> str:
    """A hint that gives the code of what was called by its name."""
    found = _declared(name, measure.table, tables)
    named = [one.name for one in _table(found[0], tables).columns if one.name.startswith("name_")] if found else []
    if not found or not named:
        return ""
    rows = tables.rows(tables[found[0]].select(found[1], *named))
    codes = sorted(row[found[1]] for row in rows if value in {row[one] for one in named})
    return f"{value} is {' or '.join(codes)}: write the code" if codes else ""


def _table(name: str, tables: Tables) -> Table:
    return next(one for one in tables.declared if one.name == name)
