"""Rows of a table that offices submit in files of their own, gathered as text with the place of every cell."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from zt_analysis.sources.arriving import Sent, arrivals, sent
from zt_analysis.sources.descriptor import Table
from zt_analysis.sources.dialects import quoted
from zt_analysis.sources.engines import connect
from zt_analysis.sources.problems import refusal
from zt_analysis.submissions import Reading

if TYPE_CHECKING:
    import pyarrow as pa

# template rows without values are counted in the account, and not listed
UNTOLD = ("blank",)


def gather(table: Table) -> tuple[pa.Table, list[dict[str, Any]]]:
    """Every row of a submitted ``table`` as text: its columns, ``_row``, ``_file``, and ``_cell_<column>``.

    ``_row`` numbers a row by its file and by the row of the sheet that it stands in (``TableFiles.row`` reads it).
    With them what a report says of each file: ``file``, ``rows``, the ``account`` of every row of its sheet, ``totals``
    held against rows, ``notes``, ``sha256``.

    Raises:
        SourceError: files missing or too many, a cell that is not as declared; all problems of all files, each with
            file, sheet and cell.
    """
    if table.in_database:
        return _from_database(table), []
    found = sent(table)
    problems = [*arrivals(table), *(problem for one in found for problem in one.problems)]
    if problems:
        raise refusal(problems, "correct the files where they were made, and send them again")
    facts = [_file_facts(one, one.reading, table) for one in found if one.reading]
    return _arrow(table, [one.reading for one in found if one.reading]), facts


def _file_facts(one: Sent, reading: Reading, table: Table) -> dict[str, Any]:
    return {
        "table": table.name,
        "file": reading.name,
        "rows": len(reading.rows),
        "account": asdict(reading.account),
        "totals": sum(one.agrees for one in reading.totals),
        "notes": [*(f"{note.place}: {note.text}" for note in reading.notes if note.kind not in UNTOLD), *one.notes],
        "sha256": reading.sha256,
    }


def _from_database(table: Table) -> pa.Table:
    """Rows of a table of a server, in the order of its key, each cell as the server writes it."""
    source = table.source
    assert source is not None
    assert source.database is not None
    names = [column.name for column in table.columns]
    stored = {name: quoted(source.columns.get(name, (name,))[0]) for name in names}
    cells = ", ".join(f"CAST({stored[name]} AS TEXT)" for name in names)
    order = ", ".join(stored[name] for name in table.primary_key or names)
    place = f"{quoted(source.database.schema)}.{quoted(source.stored)}"
    connection = connect(source.database)
    try:
        found = connection.query(f"SELECT {cells} FROM {place} ORDER BY {order}")
    finally:
        connection.close()
    columns: dict[str, list[object]] = {"_row": list(range(1, len(found) + 1))}
    for position, name in enumerate(names):
        meant = source.values.get(name, {})
        columns[name] = [meant.get(row[position], row[position]) for row in found]
    columns["_file"] = [f"{source.database}, table {source.stored}"] * len(found)
    return _table(columns)


def _arrow(table: Table, found: list[Reading]) -> pa.Table:
    rows = [row for reading in found for row in reading.rows]
    places = [place for reading in found for place in reading.places]
    names = [column.name for column in table.columns]
    stacked = table.source is not None and table.source.unpivot is not None
    numbers: list[object] = [
        # a row of the sheet that stands for several of the table has no number of its own
        table.parts.number(file, row if stacked else next(filter(None, map(_line, place.values())), row))
        for file, reading in enumerate(found)
        for row, place in enumerate(reading.places, 1)
    ]
    columns: dict[str, list[object]] = {"_row": numbers}
    columns |= {name: [row[name] for row in rows] for name in names}
    columns["_file"] = [reading.name for reading in found for _ in reading.rows]
    columns |= {f"_cell_{name}": [place[name] for place in places] for name in names}
    return _table(columns)


def _table(columns: dict[str, list[object]]) -> pa.Table:
    """``_row`` as numbers, every other column as text."""
    import pyarrow as pa

    return pa.table(
        columns, schema=pa.schema([(name, pa.int64() if name == "_row" else pa.string()) for name in columns])
    )


def _line(cell: str) -> int:
    """The row of a cell as its sheet counts it: 17 of ``东河县.xlsx!Sheet1!D17``; 0 of a constant, which has none."""
    found = re.search(r"![A-Z]+([0-9]+)$", cell)
    return int(found[1]) if found else 0
