"""Rows of a table that offices submit in files of their own, gathered as text with the place of every cell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis.errors import InputError
from zt_analysis.sources.declared import Source
from zt_analysis.sources.descriptor import Column, Table
from zt_analysis.sources.digests import double_quoted
from zt_analysis.sources.engines import connect
from zt_analysis.sources.problems import Problem, refusal
from zt_analysis.submissions import Field, FromName, Layout, Reading, read
from zt_analysis.submissions.definition import MISSING

if TYPE_CHECKING:
    import pyarrow as pa

# the unit of a column is the end of its name (docs/glossary.md)
BASES = {"_fen": "分", "_persons": "人"}
# notes that bear on the figures; titles and captions do not
TOLD = ("hidden", "formula", "zeros")


def gather(table: Table) -> tuple[pa.Table, list[dict[str, Any]]]:
    """Every row of a submitted ``table`` as text: its columns, ``_row``, ``_file``, and ``_cell_<column>``.

    ``_row`` numbers a row by its file and by the row of the sheet that it stands in (``TableFiles.row`` reads it).
    With them what a report says of each file: ``file``, ``rows``, ``totals`` held against rows, ``notes``, ``sha256``.

    Raises:
        SourceError: files missing or too many, a cell that is not as declared; all problems of all files, each with
            file, sheet and cell.
    """
    if table.in_database:
        return _from_database(table), []
    found = list(readings(table))
    problems = [*arrivals(table), *(problem for _, refused in found for problem in refused)]
    if problems:
        raise refusal(problems, "correct the files where they were made, and send them again")
    read = [reading for reading, _ in found if reading]
    return _arrow(table, read), [_file_facts(reading, table) for reading in read]


def _file_facts(reading: Reading, table: Table) -> dict[str, Any]:
    return {
        "table": table.name,
        "file": reading.name,
        "rows": len(reading.rows),
        "totals": sum(one.agrees for one in reading.totals),
        "notes": [f"{note.place}: {note.text}" for note in reading.notes if note.kind in TOLD],
        "sha256": reading.sha256,
    }


def _from_database(table: Table) -> pa.Table:
    """Rows of a table of a server, in the order of its key, each cell as the server writes it."""
    source = table.source
    assert source is not None
    assert source.database is not None
    names = [column.name for column in table.columns]
    stored = {name: double_quoted(source.columns.get(name, (name,))[0]) for name in names}
    cells = ", ".join(f"CAST({stored[name]} AS TEXT)" for name in names)
    order = ", ".join(stored[name] for name in table.primary_key or names)
    place = f"{double_quoted(source.database.schema)}.{double_quoted(source.stored)}"
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


def readings(table: Table) -> Iterator[tuple[Reading | None, list[Problem]]]:
    """Each submitted file of ``table``, read, and its problems; None for a file that cannot be opened at all."""
    layout = layout_of(table)
    for path in table.parts.paths:
        try:
            reading = read(path, layout)
        except InputError as error:
            yield None, [_unreadable(table, path, error)]
        else:
            yield reading, _problems(reading, table)


def arrivals(table: Table) -> list[Problem]:
    """What is missing of the files expected one for each county, and what there is besides."""
    source = table.source
    if source is None or not source.one_per:
        return []
    here: dict[str, list[Path]] = defaultdict(list)
    for path in table.parts.paths:
        for name in names_in(path, source):
            here[name].append(path)
    problems = [
        file_problem(table, f"{source.at}, {name}", "no file", f"one file with {name!r} in its name", "missing")
        for name in source.expected
        if name not in here
    ]
    return problems + [
        file_problem(table, paths[-1].name, f"{len(paths)} files of {name}", "one", "extra")
        for name, paths in here.items()
        if len(paths) > 1
    ]


def names_in(path: Path, source: Source) -> list[str]:
    """The expected names that a file's name contains."""
    return [name for name in source.expected if name in path.stem]


def layout_of(table: Table) -> Layout:
    """What a submitted file of ``table`` must hold.

    Raises:
        InputError: a unit, width or word of ``sources.yml`` that does not suit its column.
    """
    source = table.source
    assert source is not None
    constants: dict[str, str | FromName] = dict(source.constants)
    if source.key:
        constants[source.key] = FromName(source.expected)
    given = [column for column in table.columns if column.name not in constants or column.name in source.columns]
    try:
        return Layout(
            tuple(_field(column, table, source) for column in given),
            sheet=source.sheet, constants=constants, ignored=source.ignored,
        )  # fmt: skip
    except InputError as error:
        raise InputError(f"{table.folder.name}/sources.yml, table {table.name!r}: {error}") from error


def _problems(reading: Reading, table: Table) -> list[Problem]:
    return [
        Problem(reading.name, one.place, table.name, None, one.column, one.found, one.expected, one.kind)
        for one in reading.problems
    ]


def _field(column: Column, table: Table, source: Source) -> Field:
    name, unit = column.name, source.units.get(column.name, "")
    base = next((base for end, base in BASES.items() if name.endswith(end)), "") if unit else ""
    return Field(
        name,
        column.type,
        source.columns.get(name, (name,)),
        unit=unit,
        base=base,
        missing=(*MISSING, *source.missing),
        required=bool(column.constraints.get("required")) or name in table.primary_key,
        width=source.widths.get(name, 0),
        values=source.values.get(name),
        summed=name not in source.not_summed,
    )


def _arrow(table: Table, found: list[Reading]) -> pa.Table:
    rows = [row for reading in found for row in reading.rows]
    places = [place for reading in found for place in reading.places]
    names = [column.name for column in table.columns]
    numbers: list[object] = [
        table.parts.number(file, next(filter(None, map(_line, place.values())), row))
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


def _unreadable(table: Table, path: Path, error: InputError) -> Problem:
    found, expected = str(error.found or error), str(error.expected or "a file that can be read")
    return file_problem(table, path.name, found, expected, "file")


def _line(cell: str) -> int:
    """The row of a cell as its sheet counts it: 17 of ``镇雄县.xlsx!Sheet1!D17``; 0 of a constant, which has none."""
    found = re.search(r"![A-Z]+([0-9]+)$", cell)
    return int(found[1]) if found else 0


def file_problem(table: Table, place: str, found: str, expected: str, kind: str) -> Problem:
    """A problem of a whole file of ``table``, or of one that is not there."""
    return Problem(place, place, table.name, None, "", found, expected, kind)
