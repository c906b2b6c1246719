"""From a row shown in a report back to the cell of the submitted file that it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from zt_analysis.sources.dialects import literal, quoted

if TYPE_CHECKING:
    from zt_analysis.sources.descriptor import Table
    from zt_analysis.sources.tables import Tables


def places(tables: Tables, rows: Sequence[dict[str, Any]], column: str = "") -> list[str]:
    """For each of ``rows`` the cell it was read from (``东河县.xlsx!Sheet1!D17``); empty where no table was submitted.

    A row belongs to the submitted table whose whole key it shows. The cell is that of ``column`` where the table has
    it, of the first column of its key otherwise.
    """
    table = next(
        (
            one
            for one in tables.files
            if one.source and not one.in_database and rows and set(one.primary_key) <= rows[0].keys()
        ),
        None,
    )
    if table is None or not table.primary_key:
        return []
    return [_place(tables, table, row, column) for row in rows]


def _place(tables: Tables, table: Table, row: dict[str, Any], column: str) -> str:
    shown = column if column in {one.name for one in table.columns} else table.primary_key[0]
    same = " AND ".join(f"{quoted(name)} = {literal(_text(row[name]))}" for name in table.primary_key)
    found = tables.verified.execute(
        f"SELECT {quoted('_cell_' + shown)} FROM {quoted('raw_' + table.name)} WHERE {same}"
    ).fetchall()
    return str(found[0][0]) if found else ""


def _text(value: object) -> str:
    """``value`` as the gathered text says it."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)
