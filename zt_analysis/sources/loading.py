"""Rows of declared files into DuckDB, once as written (``raw_<table>``) and once typed (``<table>``)."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from zt_analysis.errors import SourceError
from zt_analysis.sources.descriptor import Column, Table

if TYPE_CHECKING:
    import duckdb

SQL_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"}


def quoted(name: str) -> str:
    """``name`` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """``value`` as an SQL text literal."""
    return "'" + str(value).replace("'", "''") + "'"


def typed(column: Column) -> str:
    """SQL for the column's declared type; NULL where a cell cannot be read as that type."""
    return f"TRY_CAST({quoted(column.name)} AS {SQL_TYPES[column.type]})"


def load(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make ``raw_<table>`` (rows as written, numbered in ``_row`` from 1) and ``<table>`` (typed) in ``connection``.

    Raises:
        SourceError: missing or extra columns, or a file that cannot be read as CSV in UTF-8 or as Parquet.
    """
    _ = table.sha256  # a missing file is named here, before DuckDB words it
    _check_header(table, _parquet_columns(connection, table) if table.is_parquet else _csv_columns(table))
    name = quoted(table.name)
    raw = quoted(f"raw_{table.name}")
    rows = _parquet_rows(table) if table.is_parquet else _csv_rows(table)
    kind = "VIEW" if table.is_parquet else "TABLE"
    columns = ", ".join(f"{typed(column)} AS {quoted(column.name)}" for column in table.columns)
    try:
        connection.execute(f"CREATE {kind} {raw} AS {rows}")
        connection.execute(f"CREATE TABLE {name} AS SELECT {columns} FROM {raw}")
    except _engine_error() as error:
        raise _unreadable(table, error) from error


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
    return (
        "SELECT file_row_number + 1 AS _row, * EXCLUDE (file_row_number) "
        f"FROM read_parquet({literal(table.path)}, file_row_number=true)"
    )


def _csv_columns(table: Table) -> list[str]:
    try:
        with table.path.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file), [])
    except UnicodeDecodeError as error:
        raise _unreadable(table, error) from error


def _parquet_columns(connection: duckdb.DuckDBPyConnection, table: Table) -> list[str]:
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({literal(table.path)})").fetchall()
    except _engine_error() as error:
        raise _unreadable(table, error) from error
    return [row[0] for row in described]


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
