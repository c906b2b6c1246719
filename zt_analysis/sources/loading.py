"""Rows of declared files into DuckDB, once as written (``raw_<table>``) and once typed (``<table>``).

Rows of text are held in memory. Parquet is not copied: its tables are views of the files, so that a question reads the
columns, folders and row groups that it needs and nothing else.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from zt_analysis.errors import SourceError
from zt_analysis.sources.descriptor import Column, Table
from zt_analysis.sources.dialects import DUCKDB, literal, quoted
from zt_analysis.sources.table_files import ROWS_OF_A_FILE

if TYPE_CHECKING:
    import duckdb

# above, a table takes a thread of its own, and to prove its keys takes a while
LARGE_BYTES = 4 * 2**20
# what was seen in submitted files, one JSON text a file, for the report
SUBMITTED = "_zt_submitted"


def typed(column: Column) -> str:
    """SQL for the column's declared type; NULL where a cell cannot be read as that type."""
    return DUCKDB.as_type(quoted(column.name), column.type)


def load(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make ``raw_<table>`` (rows as written, numbered in ``_row``) and ``<table>`` (typed) in ``connection``.

    Rows are numbered from 1; those of several files as ``TableFiles.row`` reads them.

    Raises:
        SourceError: missing or extra columns, a file that cannot be read as CSV in UTF-8 or as Parquet, or one that is
            written meanwhile: ``table.sha256`` is that of the rows.
    """
    _ = table.sha256  # a missing file is named here, before DuckDB words it
    (_load_submitted if table.source else _load_declared)(connection, table)
    if table.parts.changed_since:
        raise _changed(table)


def _load_declared(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    raw = quoted(f"raw_{table.name}")
    try:
        _check_header(table, _parquet_columns(connection, table) if table.is_parquet else _csv_columns(table))
        rows = _parquet_rows(table) if table.is_parquet else _csv_rows(table)
        connection.execute(f"CREATE {'VIEW' if table.is_parquet else 'TABLE'} {raw} AS {rows}")
        stored = stored_types(connection, table)
        columns = ", ".join(f"{stored_as(column, stored)} AS {quoted(column.name)}" for column in table.columns)
        kind, source = ("TABLE", raw) if is_held(table) else ("VIEW", _read_parquet(table))
        connection.execute(f"CREATE {kind} {quoted(table.name)} AS SELECT {columns} FROM {source}")
    except _engine_error() as error:
        raise _unreadable(table, error) from None  # it quotes the line; a notebook shows what an error came from


def _load_submitted(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    from zt_analysis.sources.gathering import gather

    rows, files = gather(table)
    connection.execute(f"CREATE TABLE IF NOT EXISTS {SUBMITTED} (content VARCHAR)")
    for one in files:
        connection.execute(f"INSERT INTO {SUBMITTED} VALUES (?)", [json.dumps(one, ensure_ascii=False)])
    connection.register("_gathered", rows)
    columns = ", ".join(f"{typed(column)} AS {quoted(column.name)}" for column in table.columns)
    raw = quoted(f"raw_{table.name}")
    connection.execute(f"CREATE TABLE {raw} AS SELECT * FROM _gathered")
    connection.execute(f"CREATE TABLE {quoted(table.name)} AS SELECT {columns} FROM {raw}")
    connection.unregister("_gathered")


def is_held(table: Table) -> bool:
    """Whether the rows are copied into DuckDB; otherwise every question reads the files."""
    return not table.is_parquet


def is_large(table: Table) -> bool:
    """Whether what was proved of the table's keys is kept for the next time."""
    return table.is_parquet and table.parts.size_bytes > LARGE_BYTES


def check_unchanged(tables: Iterable[Table]) -> None:
    """See that the files of tables that are not copied are those that were verified.

    Raises:
        SourceError: one was written since it was opened.
    """
    for table in tables:
        if not is_held(table) and table.parts.changed_since:
            raise _changed(table)


def _changed(table: Table) -> SourceError:
    return SourceError(
        f"{table.path.name}: files of table {table.name!r}",
        found="a change since their checksum was taken",
        expected="files that nobody writes while figures are computed from them",
        hint="run again when the files are complete",
    )


def stored_types(connection: duckdb.DuckDBPyConnection, table: Table) -> dict[str, str]:
    """The type each column has in its file, as DuckDB reads it (a CSV holds text)."""
    described = connection.execute(f"DESCRIBE {quoted('raw_' + table.name)}").fetchall()
    return {row[0]: row[1] for row in described}


def _csv_rows(table: Table) -> str:
    columns = ", ".join(f"{literal(column.name)}: 'VARCHAR'" for column in table.columns)
    return (
        f"SELECT row_number() OVER () AS _row, * FROM read_csv({literal(table.path)}, header=true, auto_detect=false, "
        f"delim=',', quote='\"', escape='\"', nullstr='', columns={{{columns}}})"
    )


def _parquet_rows(table: Table) -> str:
    row = f"file_index::BIGINT * {ROWS_OF_A_FILE} + file_row_number + 1"
    return f"SELECT {row} AS _row, * FROM {_read_parquet(table)}"


def _read_parquet(table: Table) -> str:
    files = ", ".join(literal(path) for path in table.parts.paths)
    # left to itself DuckDB reads columns out of any folder named x=y above the file, and 990102 as a number
    hive = "hive_partitioning=true, hive_types_autocast=false" if table.parts.keys else "hive_partitioning=false"
    return f"read_parquet([{files}], {hive})"


def stored_as(column: Column, stored: dict[str, str]) -> str:
    """The typed column; as it is where the file has that type already, so that a condition on it reaches the file."""
    return quoted(column.name) if stored[column.name] == DUCKDB.types[column.type] else typed(column)


def _csv_columns(table: Table) -> list[str]:
    try:
        with table.path.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file), [])
    except UnicodeDecodeError as error:
        raise _unreadable(table, error) from None  # it quotes the line; a notebook shows what an error came from


def _parquet_columns(connection: duckdb.DuckDBPyConnection, table: Table) -> list[str]:
    described = connection.execute(f"DESCRIBE SELECT * FROM {_read_parquet(table)}").fetchall()
    _check_same_columns(connection, table)
    return [row[0] for row in described]


def _check_same_columns(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Every file of a table has the columns and types of the first: DuckDB would cast the others to it unasked."""
    files = ", ".join(literal(path) for path in table.parts.paths)
    found = connection.execute(
        "SELECT file_name, string_agg(name || ' ' || duckdb_type, ', ' ORDER BY name) "
        f"FROM parquet_schema([{files}]) WHERE duckdb_type IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    for file, columns in found[1:]:
        if columns != found[0][1]:
            raise SourceError(
                f"{file}: columns of table {table.name!r}",
                found=columns,
                expected=f"{found[0][1]}, as in its first file",
                hint="write all files of a table with the same columns and types",
            )


def _check_header(table: Table, found: list[str]) -> None:
    expected = [column.name for column in table.columns]
    if sorted(found) == sorted(expected) and (table.is_parquet or found == expected):
        return
    missing = [name for name in expected if name not in found]
    extra = [name for name in found if name not in expected]
    differences = [f"missing {', '.join(missing)}"] * bool(missing) + [f"extra {', '.join(extra)}"] * bool(extra)
    raise SourceError(
        f"{table.path.name}: columns",
        found="; ".join(differences) or f"the order {', '.join(found)}",
        expected=", ".join(expected),
        hint="make the file's columns and the schema in datapackage.json agree",
    )


def _engine_error() -> type[Exception]:
    import duckdb

    return duckdb.Error


def _unreadable(table: Table, error: Exception) -> SourceError:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return SourceError(
        f"{table.path.name}: file of table {table.name!r}",
        found=f"unreadable content ({lines[0] if lines else type(error).__name__})",
        expected="Parquet" if table.is_parquet else f"CSV in UTF-8 with {len(table.columns)} comma-separated columns",
        hint="restore the file, or save it again in that format",
    )
