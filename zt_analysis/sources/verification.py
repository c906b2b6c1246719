"""Rows against what their table declares: types, required cells, bounds, codes, keys and references; on every engine.

The engine counts every kind of break in one pass over a table; only where a count is not zero are the rows looked up,
so a million right rows cost a fraction of a second and every wrong cell is still named by table, row and column.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from zt_analysis.errors import SourceError
from zt_analysis.sources.conditions import Condition, conditions
from zt_analysis.sources.descriptor import DESCRIPTOR, ForeignKey, Package, Table
from zt_analysis.sources.problems import Problem, refusal
from zt_analysis.sources.rows import Engine, Place, Rows, pairs

LISTED = 10_000
REPEATED = ("primary_key", "unique")


@dataclass(frozen=True)
class Checked:
    """What was checked of a table: ``checks`` counts types, constraints, keys and references, evaluated on each row.

    Attributes:
        problems: how many were found; 0 in every package that opens.
        keys: the keys that no two rows share, each with its columns joined by `` + ``.
    """

    table: str
    rows: int
    columns: int
    checks: int
    problems: int
    keys: tuple[str, ...]


def verify(engine: Engine, package: Package, tables: Sequence[Table]) -> None:
    """Check every table of ``tables`` against its declaration.

    Raises:
        SourceError: naming the first break of each check and how many there are of each kind; ``problems`` of the
            error holds all of them.
    """
    found = problems(engine, package, tables)
    if found:
        raise refusal(found, f"correct the rows, or the declaration in {package.folder.name}/{DESCRIPTOR}")


def problems(engine: Engine, package: Package, tables: Sequence[Table]) -> list[Problem]:
    """Everything in ``tables`` that breaks their declaration, in the order of tables and columns.

    At most ``LISTED`` problems of a kind are listed one by one; the rest of each check is one problem that counts them.

    Raises:
        SourceError: there is nothing to check, or a declaration that cannot be evaluated.
    """
    if not tables:
        raise SourceError(
            f"{package.folder.name}/{DESCRIPTOR}", found="no tables to check", expected="at least one",
            hint="declare the package's tables",
        )  # fmt: skip
    broken = engine.each(tables, lambda rows: bool(_problems(rows, package, _room(1))))
    room = _room(LISTED)  # shared by the tables, which is why the listing goes through them one after another
    wrong = [table for table, is_broken in zip(tables, broken, strict=True) if is_broken]
    return [
        one for table in wrong for found in engine.each([table], lambda rows: _problems(rows, package, room))
        for one in found
    ]  # fmt: skip


def checked(rows: Rows) -> Checked:
    """What was checked of a table that has no problem. A key may have been proved elsewhere (``proving``)."""
    table, keys = rows.table, _keys(rows.table)
    checks = len(conditions(rows)) + len(keys) + len(table.foreign_keys)
    if not checks:
        raise SourceError(
            f"{DESCRIPTOR}: table {table.name!r}", found="nothing that could be checked",
            expected="types, constraints or keys", hint="declare what its columns hold",
        )  # fmt: skip
    count = rows.ask(f"SELECT count(*) FROM {rows.typed}")[0][0]
    return Checked(table.name, count, len(table.columns), checks, 0, tuple(" + ".join(key) for _, key in keys))


def _room(most: int) -> dict[str, int]:
    return defaultdict(lambda: most)


def _problems(rows: Rows, package: Package, room: dict[str, int]) -> list[Problem]:
    try:
        return list(_Held(rows, package, room).problems())
    except Exception as error:
        if not rows.is_fault(error):
            raise
        raise SourceError(
            f"{package.folder.name}/{DESCRIPTOR}: table {rows.table.name!r}",
            found=f"a declaration that cannot be evaluated ({str(error).splitlines()[0]})",
            expected="bounds of the column's type, patterns that are regular expressions, keys of known columns",
            hint="correct the table's schema",
        ) from None


def _keys(table: Table) -> list[tuple[str, tuple[str, ...]]]:
    """What a table declares unique: kind and columns."""
    single = [(column.name,) for column in table.columns if column.constraints.get("unique")]
    found = [("primary_key", table.primary_key)] if table.primary_key else []
    return found + [("unique", key) for key in single if key != table.primary_key]


@dataclass(frozen=True)
class _Held:
    """The rows of a table in an engine; ``room`` is how many more problems of a kind may be listed."""

    rows: Rows
    package: Package
    room: dict[str, int] = field(repr=False)

    @property
    def table(self) -> Table:
        return self.rows.table

    def problems(self) -> Iterator[Problem]:
        checks = conditions(self.rows)
        rows, found = self._counted(checks)
        if rows == 0 and not (self.table.source and self.table.source.zero_report):
            yield self._whole("rows", "no rows", "at least one", self.rows.place)
            return
        for condition, count in zip(checks, found, strict=True):
            if count:
                yield from self._cells(condition, count)
        for kind, columns in _keys(self.table):
            yield from self._repeated(kind, columns)
        for key in self.table.foreign_keys:
            yield from self._orphans(key)

    def _counted(self, checks: Sequence[Condition]) -> tuple[int, list[int]]:
        """How many rows there are, and of how many each condition is true: row by row, or value by value where a column
        of texts that a pattern is declared for repeats few."""
        patterned = [one.column for one in checks if one.kind == "pattern"]
        repeating = self.rows.repeating(patterned) if patterned else []
        apart = {column.name for column in repeating}
        by_row = [place for place, one in enumerate(checks) if one.column.name not in apart]
        counts = "".join(f", {self.rows.dialect.count_if.format(checks[place].broken)}" for place in by_row)
        rows, *found = self.rows.ask(f"SELECT count(*){counts} FROM {self.rows.written}")[0]
        counted = dict(zip(by_row, found, strict=True))
        for column in repeating:
            places = [place for place, one in enumerate(checks) if one.column.name == column.name]
            counted |= zip(places, self.rows.by_value(column, [checks[place].broken for place in places]), strict=True)
        return rows, [counted[place] for place in range(len(checks))]

    def _cells(self, condition: Condition, count: int) -> Iterator[Problem]:
        kind, name, listed = condition.kind, condition.column.name, self._take(condition.kind, count)
        wanted = [*self.rows.label(name), self.rows.text(condition.column)]
        for *label, value in self.rows.ask(
            f"SELECT {', '.join(wanted)} FROM {self.rows.written} WHERE {condition.broken} "
            f"ORDER BY {_positions(len(wanted))} LIMIT {listed}"
        ):
            yield self._problem(kind, name, self.rows.labelled(label), value, condition.expected)
        yield from self._remainder(kind, name, condition.expected, count - listed)

    def _repeated(self, kind: str, key: tuple[str, ...]) -> Iterator[Problem]:
        """Each row whose key an earlier row has; a key with an empty cell repeats nothing."""
        columns = [self.rows.dialect.quoted(name) for name in key]
        if self.rows.in_order(key):
            return
        if not self.rows.ask(f"SELECT {_repeats(columns)} FROM {self.rows.typed}")[0][0]:
            return
        label = self.rows.label(key[0], key)
        partition = f"PARTITION BY {', '.join(columns)}"
        numbered = (
            f"SELECT *, row_number() OVER ({partition} ORDER BY {', '.join(_names(label) or columns)}) AS _nth, "
            f"{self.rows.twin(partition)} AS _twin FROM ({self._typed(key, label)}) AS t "
            f"WHERE {' AND '.join(f'{name} IS NOT NULL' for name in columns)}"
        )
        rows = f"SELECT * FROM ({numbered}) AS n WHERE _nth > 1"
        yield from self._of_key(kind, key, rows, _names(label), f"each {' + '.join(key)} once")

    def _orphans(self, key: ForeignKey) -> Iterator[Problem]:
        """Each row that refers to none; a reference left wholly empty refers to nothing."""
        if key.table not in self.package.tables:
            found = f"a reference of {self.table.name!r} to {key.table!r}"
            yield self._whole("declaration", found, "a declared table", Place(DESCRIPTOR, DESCRIPTOR))
            return
        here = ", ".join(self.rows.dialect.quoted(name) for name in key.columns)
        if not self.rows.ask(f"{self._missing(key, f'SELECT DISTINCT {here} FROM {self.rows.typed}')} LIMIT 1"):
            return
        label = self.rows.label(key.columns[0])
        rows, expected = self._missing(key, self._typed(key.columns, label)), f"a row of {key.table} with these values"
        yield from self._of_key("foreign_key", key.columns, rows, _names(label), expected)

    def _of_key(self, kind: str, key: tuple[str, ...], rows: str, label: list[str], expected: str) -> Iterator[Problem]:
        """A problem for each of ``rows``: SQL with ``label``, ``key``, and ``_twin`` where they repeat."""
        count = self.rows.ask(f"SELECT count(*) FROM ({rows}) AS r")[0][0]
        listed = self._take(kind, count)
        repeats = kind in REPEATED
        values = [self.rows.dialect.shown.format(self.rows.dialect.quoted(name)) for name in key]
        wanted = [*label, *values, *["_twin"] * repeats]
        for found in self.rows.ask(
            f"SELECT {', '.join(wanted)} FROM ({rows}) AS r ORDER BY {_positions(len(wanted))} LIMIT {listed}"
        ):
            at = self.rows.labelled(found[: len(label)], key if repeats else ())
            said = pairs(self.table, key, found[len(label) : len(label) + len(key)])
            said += self.rows.twins(found[-1]) if repeats else ""
            yield self._problem(kind, ", ".join(key), at, said, expected)
        yield from self._remainder(kind, ", ".join(key), expected, count - listed)

    def _missing(self, key: ForeignKey, rows: str) -> str:
        """SQL for the rows of ``rows`` whose reference is found in no row of the table referred to."""
        quoted = self.rows.dialect.quoted
        same = " AND ".join(
            f"r.{quoted(there)} = t.{quoted(here)}" for here, there in zip(key.columns, key.references, strict=True)
        )
        given = " OR ".join(f"t.{quoted(name)} IS NOT NULL" for name in key.columns)
        there = f"SELECT 1 FROM {quoted(key.table)} AS r WHERE {same}"
        return f"SELECT * FROM ({rows}) AS t WHERE ({given}) AND NOT EXISTS ({there})"

    def _typed(self, columns: tuple[str, ...], label: list[str]) -> str:
        """SQL for ``columns`` of the written rows as their declared type, with the label of each row."""
        quoted = self.rows.dialect.quoted
        labels = [f"{sql} AS {name}" for sql, name in zip(label, _names(label), strict=True)]
        values = [f"{self.rows.value(one)} AS {quoted(one.name)}" for one in self.table.columns if one.name in columns]
        return f"SELECT {', '.join(labels + values)} FROM {self.rows.written}"

    def _problem(self, kind: str, column: str, at: Place, found: Any, expected: str) -> Problem:
        personal = column in self.table.personal
        return Problem(
            at.file, at.words, self.table.name, at.number, column, found, expected, kind, personal=personal
        )  # fmt: skip

    def _whole(self, kind: str, found: str, expected: str, at: Place, column: str = "", count: int = 1) -> Problem:
        return Problem(at.file, at.words, self.table.name, None, column, found, expected, kind, count)

    def _remainder(self, kind: str, column: str, expected: str, count: int) -> Iterator[Problem]:
        if count:
            yield self._whole(kind, f"{count} more rows", expected, self.rows.place, column, count)

    def _take(self, kind: str, count: int) -> int:
        taken = min(count, self.room[kind])
        self.room[kind] -= taken
        return taken


def _repeats(columns: list[str]) -> str:
    """SQL for whether a key is there more than once, over the typed rows."""
    if len(columns) == 1:
        return f"count({columns[0]}) > count(DISTINCT {columns[0]})"
    return f"count(*) > count(DISTINCT ({', '.join(columns)}))"


def _names(label: list[str]) -> list[str]:
    """What the parts of a label are called in a query around the rows."""
    return [f"_at{number}" for number in range(len(label))]


def _positions(count: int) -> str:
    """The first ``count`` columns of a query, to order it by."""
    return ", ".join(str(number + 1) for number in range(count))
