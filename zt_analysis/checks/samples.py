"""The first rows behind a figure or a relation, as far as they may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import ibis.expr.types as ir

from zt_analysis.indicators import Behind
from zt_analysis.sources import Column, Tables, Unbuilt, declared_origins, places

SHOWN_ROWS = 5
PLACE = "cell"
HIDDEN = "*"


def first_rows(
    rows: ir.Table | Behind | list[dict[str, Any]],
    tables: Tables,
    column: str = "",
    *,
    allowed: str = "public",
    most: int = SHOWN_ROWS,
) -> dict[str, Any]:
    """The first few rows, ordered by every column so that they are the same in each run.

    A column that is declared personal is in none of them. Of those declared ``identifying`` (village, school, age, a
    day, the number of a case or pupil) ``public`` shows the days, as their ISO week; ``internal`` shows all; ``none``
    shows no row. Rows of a submitted table come with the cell of ``column`` that each was read from. What the package
    says of the columns (title, unit, whether their values are codes) is ``said``.
    """
    if isinstance(rows, list):
        named = _by_name(tables)
        found = rows[:most] if allowed != "none" else []
        return _shown(list(rows[0]) if rows else [], found, named, allowed)
    if allowed == "none":
        return {"columns": [], "rows": []}
    found = tables.rows(_first(rows, tables, most))
    # which rows count changes no column
    table = _table(rows)
    origins = tables.keep(("origins", table.op()), lambda: declared_origins(table, tables))
    shown = _shown(list(table.columns), found, origins, allowed)
    where = places(tables, found, column)
    if not where or not shown["columns"]:
        return shown
    placed = [[*row, place] for row, place in zip(shown["rows"], where, strict=True)]
    return shown | {"columns": [*shown["columns"], PLACE], "rows": placed}


def first_rows_later(
    rows: Iterable[ir.Table | Behind], tables: Tables, *, allowed: str = "public", most: int = SHOWN_ROWS
) -> None:
    """Say that ``first_rows`` of each will be asked for: the first who asks has all of them asked at once."""
    for one in rows if allowed != "none" else ():
        tables.later(_first(one, tables, most), order=_table(one).columns)


def _first(rows: ir.Table | Behind, tables: Tables, most: int) -> ir.Table | Unbuilt:
    if isinstance(rows, Behind):
        behind: ir.Table | Unbuilt = tables.keep(("first rows", rows.key, most), lambda: rows.first(most))
        return behind
    key = ("first rows", rows.op(), most)
    found: ir.Table = tables.keep(key, lambda: rows.order_by(list(rows.columns)).limit(most))
    return found


def _table(rows: ir.Table | Behind) -> ir.Table:
    """A table of the columns that ``rows`` have."""
    return rows.measure.table if isinstance(rows, Behind) else rows


def shown_corrections(corrections: list[dict[str, Any]], tables: Tables, allowed: str) -> list[dict[str, Any]]:
    """Corrections as ``first_rows`` shows rows: of a column that is ``identifying`` days as weeks, else a star."""
    if allowed == "internal":
        return corrections
    known = {table.name: {one.name: one for one in table.columns} for table in tables.declared}
    found = []
    for one in corrections:
        columns = known.get(one["table"], {})
        where = {name: _coarse(columns[name], value) for name, value in one["where"].items()}
        cells = {name: _coarse(columns[one["column"]], one[name]) for name in ("written", "right")}
        found.append(one | cells | {"where": where})
    return found


def _coarse(column: Column, written: str) -> str:
    if not column.identifying or not written:
        return written
    try:
        return str(_week(date.fromisoformat(written))) if column.type == "date" else HIDDEN
    except ValueError:
        return HIDDEN


def _by_name(tables: Tables) -> dict[str, list[Column]]:
    """The declared columns of every table by name, for rows that say not where they come from."""
    found: dict[str, list[Column]] = {}
    for column in (one for table in tables.declared for one in table.columns):
        found.setdefault(column.name, []).append(column)
    return found


def _shown(
    columns: list[str], rows: Iterable[Mapping[str, Any]], origins: Mapping[str, list[Column]], allowed: str
) -> dict[str, Any]:
    personal = {name for name in columns if any(one.personal for one in origins.get(name, ()))}
    coarse = {name for name in columns if any(one.identifying for one in origins.get(name, ()))}
    coarse = set() if allowed == "internal" else coarse
    days = {name for name in coarse if all(one.type == "date" for one in origins[name])}
    kept = [name for name in columns if name not in personal and (name not in coarse or name in days)]
    if not kept:  # rows of nothing
        return {"columns": [], "rows": []}
    found: dict[str, Any] = {
        "columns": kept,
        "rows": [[_week(row[name]) if name in days else _cell(row[name]) for name in kept] for row in rows],
    }
    said = {name: words for name in kept if (words := _said(name, origins.get(name, ())))}
    return found | ({"said": said} if said else {})


def _said(name: str, origins: Sequence[Column]) -> dict[str, Any]:
    """What the package says of a column of rows: its title, its unit, whether its values are codes.

    Only what all columns that its values come from say alike; a column under another name than theirs has no title.
    """
    found: dict[str, Any] = {}
    for key in ("title", "unit"):
        said = {str(getattr(one, key)) for one in origins if key == "unit" or one.name == name}
        if len(said) == 1 and (word := said.pop()):
            found[key] = word
    if origins and all("enum" in one.constraints for one in origins):
        found["coded"] = True
    return found


def _week(value: object) -> object:
    """A day as its ISO week; a number of days between two of them is left as it is."""
    if not isinstance(value, date):
        return _cell(value)
    year, week, _ = value.isocalendar()
    return f"{year}-W{week:02}"


def _cell(value: object) -> object:
    if isinstance(value, (date, Decimal, Fraction)):
        return str(value)
    return value
