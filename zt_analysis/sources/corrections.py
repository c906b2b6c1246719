"""Declared corrections: what ``corrections.yml`` beside ``datapackage.json`` has read instead of what is written.

The file as delivered stays as it is. A correction names the rows, the cell, what is written there and what is right,
with its reason, who made it and when. One that finds no row, more rows than it says, or another value than it says is
an error, and so is one that is no longer needed: nothing is corrected by accident, and no correction outlives its use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from zt_analysis.errors import SourceError, refuse_personal
from zt_analysis.personal import mask, masked_cell
from zt_analysis.sources.descriptor import Package, Table
from zt_analysis.sources.dialects import literal, quoted
from zt_analysis.sources.loading import stored_as, stored_types
from zt_analysis.sources.problems import place
from zt_analysis.typed import person, says_nothing
from zt_analysis.yamls import YamlError, read_yaml

if TYPE_CHECKING:
    import duckdb

FILE = "corrections.yml"
NEEDED = ("table", "where", "column", "from", "to", "reason", "by", "date")
HINT = "see 'Corrections' in docs/report.md"


@dataclass(frozen=True)
class Correction:
    """One correction as declared; every value is text as it stands in the file, empty for an empty cell.

    Attributes:
        number: its place in the file, from 1.
        where: what the columns of the rows hold, by column.
        rows: how many rows it corrects.
    """

    number: int
    table: str
    where: Mapping[str, str]
    column: str
    written: str
    right: str
    reason: str
    by: str
    date: str
    rows: int = 1

    @property
    def place(self) -> str:
        """What to call it in a message."""
        return f"{FILE}, correction {self.number}"


def read_corrections(package: Package) -> list[Correction]:
    """The corrections of ``package``; none when there is no such file.

    Raises:
        SourceError: no YAML, a key that is missing, empty or unknown, a table or column that is not declared, a date
            that is none or to come, or a correction that changes nothing.
    """
    if FILE not in package.texts:
        return []
    content = _yaml(package.texts[FILE])
    if not isinstance(content, list) or not content:
        raise SourceError(FILE, found="no list of corrections", expected="at least one, or no file", hint=HINT)
    return [_correction(number, one, package) for number, one in enumerate(content, start=1)]


def correct(
    connection: duckdb.DuckDBPyConnection, package: Package, tables: list[Table]
) -> list[tuple[Correction, list[str]]]:
    """Apply the corrections of the loaded ``tables``; each with the places it corrected.

    ``written_<table>`` then holds the rows as delivered, ``raw_<table>`` and ``<table>`` the corrected ones.

    Raises:
        SourceError: as ``read_corrections``; or one that does not match what is written.
    """
    declared = read_corrections(package)
    found = []
    for table in tables:
        mine = [one for one in declared if one.table == table.name]
        matched = [(one, _rows(connection, table, one)) for one in mine]
        _check_once(matched)
        if matched:
            _apply(connection, table, matched)
        found += [(one, [place(table, row) for row in rows]) for one, rows in matched]
    return found


def _yaml(text: bytes) -> Any:
    try:
        return read_yaml(text, as_texts=True)
    except YamlError as error:
        found = f"no YAML ({error.problem})"
        raise SourceError(f"{FILE}{error.at}", found=found, expected="a list", hint=HINT) from error


def _correction(number: int, one: Any, package: Package) -> Correction:
    where = f"{FILE}, correction {number}"
    if not isinstance(one, Mapping):
        raise SourceError(where, found=repr(one), expected=", ".join(NEEDED), hint=HINT)
    unknown = [name for name in one if name not in (*NEEDED, "rows")]
    missing = [name for name in NEEDED if name not in one or (name not in ("from", "to") and not one[name])]
    if unknown or missing:
        words = [f"no {', '.join(missing)}"] * bool(missing) + [f"unknown {', '.join(unknown)}"] * bool(unknown)
        raise SourceError(where, found="; ".join(words), expected=f"{', '.join(NEEDED)}; rows", hint=HINT)
    _check_texts(where, one)
    _check_columns(where, one, package)
    _refuse_personal(where, one, package)
    told = mask(one["to"]) if one["column"] in package.tables[one["table"]].personal else one["to"]
    if one["from"] == one["to"]:
        raise SourceError(where, found=f"{told!r} twice", expected="'from' and 'to' that differ", hint=HINT)
    return Correction(
        number, one["table"], dict(one["where"]), one["column"], one["from"], one["to"], one["reason"].strip(),
        one["by"].strip(), _day(where, one["date"]), _count(where, one.get("rows", "1")),
    )  # fmt: skip


def _check_texts(where: str, one: Mapping[str, Any]) -> None:
    conditions = one["where"]
    if not isinstance(conditions, Mapping) or not all(isinstance(value, str) for value in conditions.values()):
        raise SourceError(f"{where}, key 'where'", found=repr(conditions), expected="column: value", hint=HINT)
    for name in (*NEEDED, "rows"):
        value = one.get(name, "1")
        if name != "where" and not isinstance(value, str):
            raise SourceError(f"{where}, key {name!r}", found=repr(value), expected="one value", hint=HINT)
    if says_nothing(one["reason"]):
        said = f"{one['reason'].strip()!r}, no word"
        raise SourceError(f"{where}, key 'reason'", found=said, expected="why it is corrected", hint=HINT)
    if not person(one["by"]):
        raise SourceError(f"{where}, key 'by'", found="nobody", expected="who made it", hint=HINT)


def _refuse_personal(where: str, one: Mapping[str, Any], package: Package) -> None:
    """Values of a column that is declared personal are masked later; anything else is shown as it is."""
    open_to_all = {key: one[key] for key in ("reason", "by")}
    personal = package.tables[one["table"]].personal
    if one["column"] not in personal:
        open_to_all |= {key: one[key] for key in ("from", "to")}
    named = {f"where {name}": value for name, value in one["where"].items() if name not in personal}
    for key, text in (open_to_all | named).items():
        refuse_personal(text, f"{where}, key {key!r}", error=SourceError)


def shown(one: Correction, table: Table) -> Correction:
    """``one`` as it may be shown: values of columns that are declared personal masked."""
    where = {name: mask(value) if name in table.personal else value for name, value in one.where.items()}
    if one.column not in table.personal:
        return replace(one, where=where)
    return replace(one, where=where, written=mask(one.written), right=mask(one.right))


def _check_columns(where: str, one: Mapping[str, Any], package: Package) -> None:
    if one["table"] not in package.tables:
        known = ", ".join(package.tables)
        raise SourceError(f"{where}, key 'table'", found=repr(one["table"]), expected=f"one of {known}", hint=HINT)
    names = [column.name for column in package.tables[one["table"]].columns]
    for name in (one["column"], *one["where"]):
        if name not in names:
            raise SourceError(f"{where}: column", found=repr(name), expected=f"one of {', '.join(names)}", hint=HINT)


def _day(where: str, text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise SourceError(f"{where}, key 'date'", found=repr(text), expected="YYYY-MM-DD", hint=HINT) from error
    if day.isoformat() != text or day > date.today():
        raise SourceError(
            f"{where}, key 'date'", found=repr(text), expected="the day it was made, YYYY-MM-DD, not one to come",
            hint=HINT,
        )  # fmt: skip
    return text


def _count(where: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise SourceError(f"{where}, key 'rows'", found=repr(text), expected="a whole number from 1", hint=HINT)
    return int(text)


def _rows(connection: duckdb.DuckDBPyConnection, table: Table, one: Correction) -> list[int]:
    """The numbers of the rows that ``one`` corrects, after holding it against what is written in them."""
    conditions = " AND ".join(_holds(name, value) for name, value in one.where.items())
    cell = f"coalesce(CAST({quoted(one.column)} AS VARCHAR), '')"
    raw = quoted(f"raw_{table.name}")
    # one more than it may be is enough to know that there are too many
    found = connection.execute(
        f"SELECT _row, {cell}, count(*) OVER () FROM {raw} WHERE {conditions} ORDER BY _row LIMIT {one.rows + 1}"
    ).fetchall()
    total = found[0][2] if found else 0
    if total != one.rows:
        rows = "no row" if not total else f"{total} rows, first {place(table, found[0][0])}"
        hint = "take it out, or correct 'where'" if not total else f"name one row in 'where', or write rows: {total}"
        raise SourceError(f"{one.place}: rows of {table.name}", found=rows, expected=f"{one.rows}", hint=hint)
    for row, value, _ in found:
        if value == one.written:
            continue
        where = f"{one.place}: {place(table, row)}, column {one.column!r}"
        told = shown(replace(one, right=value), table).right
        if value == one.right:
            raise SourceError(
                where, found=f"{told!r}, which is right already", expected=repr(shown(one, table).written),
                hint="it is no longer needed: take it out",
            )  # fmt: skip
        raise SourceError(
            where,
            found=repr(told),
            expected=repr(shown(one, table).written),
            hint="look at the row again, then at the correction",
        )
    return [row for row, _, _ in found]


def _holds(name: str, value: str) -> str:
    return f"CAST({quoted(name)} AS VARCHAR) = {literal(value)}" if value else f"{quoted(name)} IS NULL"


def _check_once(matched: list[tuple[Correction, list[int]]]) -> None:
    """No cell is corrected twice, whatever the two corrections call its row."""
    seen: dict[tuple[str, int], Correction] = {}
    for one, rows in matched:
        for row in rows:
            other = seen.setdefault((one.column, row), one)
            if other is not one:
                raise SourceError(
                    one.place, found=f"column {one.column!r} of row {row} of {one.table}, as in correction "
                    f"{other.number}", expected="each cell corrected once", hint="keep one of the two",
                )  # fmt: skip


def _apply(connection: duckdb.DuckDBPyConnection, table: Table, matched: list[tuple[Correction, list[int]]]) -> None:
    import duckdb

    name, raw, written = (quoted(f"{prefix}{table.name}") for prefix in ("", "raw_", "written_"))
    stored = stored_types(connection, table)
    kinds = _kinds(connection)
    changes = ", ".join(_replaced(column, matched, stored[column]) for column in {one.column for one, _ in matched})
    columns = ", ".join(f"{stored_as(column, stored)} AS {quoted(column.name)}" for column in table.columns)
    connection.execute(f"ALTER {kinds[f'raw_{table.name}']} {raw} RENAME TO {written}")
    try:
        connection.execute(f"CREATE {kinds[f'raw_{table.name}']} {raw} AS SELECT * REPLACE ({changes}) FROM {written}")
        connection.execute(f"CREATE OR REPLACE {kinds[table.name]} {name} AS SELECT {columns} FROM {raw}")
    except duckdb.ConversionException as error:
        found = masked_cell(str(error).splitlines()[0], personal=bool(table.personal))
        raise SourceError(
            f"{FILE}: corrections of {table.name}", found=found,
            expected="values of the types that the file stores", hint="correct 'to'",
        ) from None  # fmt: skip


def _replaced(column: str, matched: list[tuple[Correction, list[int]]], kind: str) -> str:
    """SQL for a column with the corrected cells in place of the written ones."""
    cases = " ".join(
        f"WHEN _row IN ({', '.join(map(str, rows))}) THEN CAST({literal(one.right) if one.right else 'NULL'} AS {kind})"
        for one, rows in matched
        if one.column == column
    )
    return f"CASE {cases} ELSE {quoted(column)} END AS {quoted(column)}"


def _kinds(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """TABLE or VIEW, by name."""
    tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    views = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    return {one: "TABLE" for (one,) in tables} | {one: "VIEW" for (one,) in views}
