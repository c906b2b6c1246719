"""Rows against what their table declares: types, required cells, bounds, codes, keys and references.

DuckDB counts each kind of break over the whole table; only then is the first offending row looked up, so a million
rows cost a fraction of a second and a wrong cell is still named by file, row and column.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_analysis.errors import SourceError
from zt_analysis.sources.descriptor import DESCRIPTOR, Column, ForeignKey, Package, Table
from zt_analysis.sources.loading import SQL_TYPES, literal, quoted, stored_types, typed

if TYPE_CHECKING:
    import duckdb

SHOWN = 10
# how a value of a type is written as text
WRITTEN = {"integer": "[-+]?[0-9]+", "date": "[0-9]{4}-[0-9]{2}-[0-9]{2}", "boolean": "(?i)true|false"}


@dataclass(frozen=True)
class Condition:
    """Something that must not be true of a cell: SQL over the raw row, and what was expected instead."""

    column: str
    broken: str
    expected: str


def verify(connection: duckdb.DuckDBPyConnection, package: Package, tables: list[Table]) -> None:
    """Check every loaded table of ``tables`` against its declaration.

    Raises:
        SourceError: naming up to ten breaks, each with file, row, column, what was found and expected.
    """
    problems = [problem for table in tables for problem in _table_problems(connection, table, package)]
    if not problems:
        return
    shown = problems[:SHOWN]
    more = [f"and {len(problems) - SHOWN} more"] if len(problems) > SHOWN else []
    raise SourceError(
        "\n".join(shown + more), hint=f"correct the rows, or the declaration in {package.folder.name}/{DESCRIPTOR}"
    )


def _table_problems(connection: duckdb.DuckDBPyConnection, table: Table, package: Package) -> list[str]:
    stored = stored_types(connection, table)
    conditions = [one for column in table.columns for one in _conditions(column, table, stored[column.name])]
    counts = ", ".join(f"count_if({condition.broken})" for condition in conditions)
    found = connection.execute(f"SELECT count(*), {counts} FROM {_raw(table)}").fetchall()[0]
    if found[0] == 0:
        return [f"{table.path.name}: found no rows; expected at least one"]
    problems = [
        _cell_problem(connection, table, condition, count)
        for condition, count in zip(conditions, found[1:], strict=True)
        if count
    ]
    problems += _duplicates(connection, table, table.primary_key)
    for column in table.columns:
        if column.constraints.get("unique") and (column.name,) != table.primary_key:
            problems += _duplicates(connection, table, (column.name,))
    return problems + [p for key in table.foreign_keys for p in _orphans(connection, table, key, package)]


def _conditions(column: Column, table: Table, stored: str) -> list[Condition]:
    name, value, rules = quoted(column.name), typed(column), column.constraints
    found = [Condition(column.name, f"({name} IS NOT NULL AND ({_mistyped(column, stored)}))", _article(column.type))]
    if rules.get("required") or column.name in table.primary_key:
        found.append(Condition(column.name, f"{name} IS NULL", "a value"))
    for word, comparison, text in (("minimum", "<", "at least"), ("maximum", ">", "at most")):
        if word in rules:
            limit = f"CAST({literal(rules[word])} AS {SQL_TYPES[column.type]})"
            found.append(Condition(column.name, f"{value} {comparison} {limit}", f"{text} {rules[word]}"))
    if "enum" in rules:
        allowed = ", ".join(literal(word) for word in rules["enum"])
        expected = "one of " + ", ".join(str(word) for word in rules["enum"])
        found.append(Condition(column.name, f"CAST({name} AS VARCHAR) NOT IN ({allowed})", expected))
    if "pattern" in rules:
        pattern = literal(rules["pattern"])
        matches = f"NOT regexp_full_match(CAST({name} AS VARCHAR), {pattern})"
        found.append(Condition(column.name, matches, f"text matching {rules['pattern']}"))
    return found


def _mistyped(column: Column, stored: str) -> str:
    """SQL that is true of a cell which is not of the declared type, given the type its file stores."""
    name, value = quoted(column.name), typed(column)
    if stored == "VARCHAR" and column.type in WRITTEN:
        # DuckDB would cast '12.5' to 13 and '2018-4-1 10:00' to a date without a word
        return f"{value} IS NULL OR NOT regexp_full_match({name}, {literal(WRITTEN[column.type])})"
    if stored in ("DOUBLE", "FLOAT") and column.type == "integer":
        return f"{value} IS NULL OR {value} != {name}"
    return f"{value} IS NULL"


def _article(type_name: str) -> str:
    return {"integer": "a whole number", "date": "a date (YYYY-MM-DD)", "boolean": "true or false"}.get(
        type_name, "text"
    )


def _cell_problem(connection: duckdb.DuckDBPyConnection, table: Table, condition: Condition, count: int) -> str:
    row, cell = connection.execute(
        f"SELECT _row, {quoted(condition.column)} FROM {_raw(table)} WHERE {condition.broken} ORDER BY _row LIMIT 1"
    ).fetchall()[0]
    found = "an empty cell" if cell is None else repr(str(cell))
    others = f" (and {count - 1} more rows)" if count > 1 else ""
    return f"{_place(table, row)}, column {condition.column!r}: found {found}; expected {condition.expected}{others}"


def _duplicates(connection: duckdb.DuckDBPyConnection, table: Table, key: tuple[str, ...]) -> list[str]:
    columns = ", ".join(quoted(name) for name in key)
    if not key or not _repeated(connection, table, columns, len(key)):
        return []
    first = connection.execute(
        f"SELECT {columns}, list_sort(list(_row))[:2] AS first_rows FROM {_raw(table)} GROUP BY {columns} "
        "HAVING count(*) > 1 ORDER BY first_rows LIMIT 1"
    ).fetchall()[0]
    values = ", ".join(f"{name} = {value}" for name, value in zip(key, first, strict=False))
    rows = " and ".join(table.parts.row(row) for row in first[-1])
    return [f"{table.path.name} rows {rows}: found {values} twice; expected each {' + '.join(key)} once"]


def _repeated(connection: duckdb.DuckDBPyConnection, table: Table, columns: str, width: int) -> bool:
    distinct = f"DISTINCT {columns}" if width == 1 else f"DISTINCT ({columns})"
    found = connection.execute(f"SELECT count(*) > count({distinct}) FROM {quoted(table.name)}").fetchall()
    return bool(found[0][0])


def _orphans(connection: duckdb.DuckDBPyConnection, table: Table, key: ForeignKey, package: Package) -> list[str]:
    if key.table not in package.tables:
        return [f"{DESCRIPTOR}: table {table.name!r} refers to {key.table!r}; expected a declared table"]
    columns = ", ".join(quoted(name) for name in key.columns)
    same = " AND ".join(
        f"r.{quoted(there)} = t.{quoted(here)}" for here, there in zip(key.columns, key.references, strict=True)
    )
    missing = connection.execute(
        f"SELECT * FROM (SELECT DISTINCT {columns} FROM {quoted(table.name)}) t "
        f"ANTI JOIN {quoted(key.table)} r ON {same} ORDER BY ALL LIMIT 1"
    ).fetchall()
    return [_orphan_problem(connection, table, key, missing[0])] if missing else []


def _orphan_problem(
    connection: duckdb.DuckDBPyConnection, table: Table, key: ForeignKey, values: tuple[object, ...]
) -> str:
    pairs = list(zip(key.columns, values, strict=True))
    where = " AND ".join(f"CAST({quoted(name)} AS VARCHAR) = {literal(value)}" for name, value in pairs)
    row = connection.execute(f"SELECT min(_row) FROM {_raw(table)} WHERE {where}").fetchall()[0][0]
    found = ", ".join(f"{name} = {value}" for name, value in pairs)
    return f"{_place(table, row)}: found {found}; expected a row of {key.table} with these values"


def _place(table: Table, row: int) -> str:
    # a CSV's first line is its header, so a person looks one line further down
    line = "" if table.is_parquet else f" (line {row + 1})"
    return f"{table.path.name} row {table.parts.row(row)}{line}"


def _raw(table: Table) -> str:
    return quoted(f"raw_{table.name}")
