"""Rows on another engine against what their table declares, with the engine's own queries.

What ``verification`` asks of files in DuckDB's SQL is asked here as expressions. A row of a database has no number: it
is named by its key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from zt_analysis.errors import SourceError
from zt_analysis.sources.descriptor import DESCRIPTOR, Column, ForeignKey, Package, Table

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from zt_analysis.sources.engines import Connection

SHOWN = 10
WRITTEN = {
    "integer": "[-+]?[0-9]+",
    "date": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "boolean": "[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]",
}
IN_WORDS = {"integer": "a whole number", "date": "a date (YYYY-MM-DD)", "boolean": "true or false"}
# Java's $ also matches before a line break at the end; this matches at the end only
END = {"pyspark": "(?![\\s\\S])"}
UNREADABLE = "\ufffd"  # what a byte that is not UTF-8 is read as


@dataclass(frozen=True)
class Condition:
    """Something that must not be true of a cell of ``rows``, and what was expected instead."""

    rows: ir.Table
    column: str
    broken: ir.BooleanValue
    expected: str


def check_columns(place: str, found: list[str], table: Table, *, exact: bool) -> None:
    """Refuse a table without its declared columns; with ``exact`` also more of them, or another order.

    Raises:
        SourceError: names the missing and, with ``exact``, the extra ones.
    """
    expected = [column.name for column in table.columns]
    missing = [name for name in expected if name not in found]
    extra = [name for name in found if name not in expected] if exact else []
    if not missing and not extra and (not exact or found == expected):
        return
    words = [f"missing {', '.join(missing)}"] * bool(missing) + [f"extra {', '.join(extra)}"] * bool(extra)
    raise SourceError(
        f"{place}: columns",
        found=("; ".join(words) or f"the order {', '.join(found)}") if found else "no such table, or none to be read",
        expected=", ".join(expected),
        hint=f"make the table's columns and the schema in {DESCRIPTOR} agree",
    )


def mistyped_column(place: str, column: Column, stored: str, expected: tuple[str, ...]) -> SourceError:
    """The error for a column that is stored as another type than the declared one."""
    return SourceError(
        f"{place}, column {column.name!r}: type",
        found=stored,
        expected=f"{' or '.join(expected)} (declared: {column.type})",
        hint="change the column's type, or make a view that casts it",
    )


def verify(connection: Connection, package: Package, tables: list[Table]) -> None:
    """Check every table of ``tables`` against its declaration.

    Raises:
        SourceError: naming up to ten breaks, each with table, key, column, what was found and expected.
    """
    problems = [problem for table in tables for problem in _table_problems(connection, table, package)]
    if not problems:
        return
    more = [f"and {len(problems) - SHOWN} more"] if len(problems) > SHOWN else []
    raise SourceError(
        "\n".join(problems[:SHOWN] + more),
        hint=f"correct the rows, or the declaration in {package.folder.name}/{DESCRIPTOR}",
    )


def _table_problems(connection: Connection, table: Table, package: Package) -> Iterator[str]:
    rows, written = connection.table(table.name), connection.written(table)
    conditions = [one for column in table.columns for one in _conditions(column, table, rows, connection)]
    for group, content in ((rows, conditions), (written, _unwritten(table, written))):
        if group is None:
            continue
        counts = {f"c{n}": group.count(where=one.broken) for n, one in enumerate(content)}
        total, *found = connection.rows(group.aggregate(total=group.count(), **counts))[0].values()
        if not total:
            yield f"{connection.place(table)}: found no rows; expected at least one"
            return
        yield from (_cell_problem(connection, table, one, n) for one, n in zip(content, found, strict=True) if n)
    unique = [(one.name,) for one in table.columns if one.constraints.get("unique")]
    for key in dict.fromkeys([table.primary_key, *unique]):
        yield from _duplicates(connection, table, key)
    for reference in table.foreign_keys:
        yield from _orphans(connection, table, reference, package)


def _conditions(column: Column, table: Table, rows: ir.Table, connection: Connection) -> Iterator[Condition]:
    value, rules = rows[column.name], column.constraints
    if rules.get("required") or column.name in table.primary_key:
        yield Condition(rows, column.name, value.isnull(), "a value")
    if "minimum" in rules:
        yield Condition(rows, column.name, value < _limit(rules["minimum"], column), f"at least {rules['minimum']}")
    if "maximum" in rules:
        yield Condition(rows, column.name, value > _limit(rules["maximum"], column), f"at most {rules['maximum']}")
    length = value.cast("string").length()
    if "minLength" in rules:
        least = int(rules["minLength"])
        yield Condition(rows, column.name, length < least, f"at least {least} characters")
    if "maxLength" in rules:
        most = int(rules["maxLength"])
        yield Condition(rows, column.name, length > most, f"at most {most} characters")
    if "enum" in rules:
        known = [str(word) for word in rules["enum"]]
        yield Condition(rows, column.name, value.cast("string").notin(known), f"one of {', '.join(known)}")
    if "pattern" in rules:
        whole = f"^(?:{rules['pattern']}){END.get(connection.backend.name, '$')}"
        broken = ~value.cast("string").re_search(whole)
        yield Condition(rows, column.name, broken, f"text matching {rules['pattern']}")


def _unwritten(table: Table, written: ir.Table | None) -> list[Condition]:
    """Cells of a file of text that are not written as the declared type, or in another encoding."""
    if written is None:
        return []
    found = []
    for column in table.columns:
        cell = written[column.name].nullif("")
        if column.type in WRITTEN:
            right = cell.re_search(f"^(?:{WRITTEN[column.type]}){END['pyspark']}")
            wrong = ~right | cell.try_cast(column.type if column.type != "integer" else "int64").isnull()
            found.append(Condition(written, column.name, cell.notnull() & wrong, IN_WORDS[column.type]))
        else:
            found.append(Condition(written, column.name, cell.contains(UNREADABLE), "text in UTF-8"))
    return found


def _limit(value: Any, column: Column) -> Any:
    import ibis

    return ibis.literal(date.fromisoformat(str(value))) if column.type == "date" else ibis.literal(int(value))


def _cell_problem(connection: Connection, table: Table, condition: Condition, count: int) -> str:
    broken = condition.rows.filter(condition.broken)
    key = table.primary_key
    shown = broken.select(
        **{f"k{n}": broken[name].cast("string") for n, name in enumerate(key)},
        cell=broken[condition.column].cast("string"),
    )
    first = list(connection.rows(shown.order_by(shown.columns).limit(1))[0].values())
    found = "an empty cell" if first[-1] in (None, "") else repr(first[-1])
    others = f" (and {count - 1} more rows)" if count > 1 else ""
    where = f"{connection.place(table)}{_row(key, first)}"
    return f"{where}, column {condition.column!r}: found {found}; expected {condition.expected}{others}"


def _duplicates(connection: Connection, table: Table, key: tuple[str, ...]) -> Iterator[str]:
    if not key:
        return
    rows = connection.table(table.name)
    several = rows.group_by(*key).aggregate(n_rows=rows.count())
    several = several.filter(several["n_rows"] > 1).order_by(list(key)).limit(1)
    for first in connection.rows(several):
        values = ", ".join(f"{name} = {first[name]}" for name in key)
        expected = f"each {' + '.join(key)} once"
        yield f"{connection.place(table)}: found {values} in {first['n_rows']} rows; expected {expected}"


def _orphans(connection: Connection, table: Table, key: ForeignKey, package: Package) -> Iterator[str]:
    if key.table not in package.tables:
        yield f"{DESCRIPTOR}: table {table.name!r} refers to {key.table!r}; expected a declared table"
        return
    here = connection.table(table.name).select(*key.columns).distinct()
    known = connection.table(key.table).select(**dict(zip(key.columns, key.references, strict=True)))
    missing = here.anti_join(known, list(key.columns))
    for first in connection.rows(missing.order_by(list(key.columns)).limit(1)):
        found = ", ".join(f"{name} = {value}" for name, value in first.items())
        yield f"{connection.place(table)}: found {found}; expected a row of {key.table} with these values"


def _row(key: tuple[str, ...], values: list[Any]) -> str:
    pairs = [f"{name} = {value}" for name, value in zip(key, values, strict=False)]
    return f", row {', '.join(pairs)}" if pairs else ""
