"""Rows against what their table declares: types, required cells, bounds, codes, keys and references.

DuckDB counts every kind of break in one pass over a table; only where a count is not zero are the rows looked up, so a
million right rows cost a fraction of a second and every wrong cell is still named by file, row and column.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zt_analysis.errors import SourceError
from zt_analysis.personal import masked_cell
from zt_analysis.sources.abreast import on_each
from zt_analysis.sources.conditions import Condition, conditions
from zt_analysis.sources.descriptor import DESCRIPTOR, ForeignKey, Package, Table
from zt_analysis.sources.loading import quoted, stored_types, typed
from zt_analysis.sources.problems import Problem, place, refusal

if TYPE_CHECKING:
    import duckdb

LISTED = 10_000


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


def verify(connection: duckdb.DuckDBPyConnection, package: Package, tables: list[Table]) -> list[Checked]:
    """Check every loaded table of ``tables`` against its declaration, and say what was checked.

    Raises:
        SourceError: naming the first break of each check and how many there are of each kind; ``problems`` of the
            error holds all of them.
    """
    found = problems(connection, package, tables)
    if found:
        raise refusal(found, f"correct the rows, or the declaration in {package.folder.name}/{DESCRIPTOR}")
    return [_checked(connection, package.tables[table.name]) for table in tables]


def problems(connection: duckdb.DuckDBPyConnection, package: Package, tables: list[Table]) -> list[Problem]:
    """Everything in the loaded ``tables`` that breaks their declaration, in the order of tables and columns.

    At most ``LISTED`` problems of a kind are listed one by one; the rest of each check is one problem that counts them.

    Raises:
        SourceError: there is nothing to check, or a declaration that cannot be evaluated.
    """
    if not tables:
        raise SourceError(
            f"{package.folder.name}/{DESCRIPTOR}", found="no tables to check", expected="at least one",
            hint="declare the package's tables",
        )  # fmt: skip
    broken = on_each(connection, tables, lambda cursor, table: bool(_problems(cursor, table, package, _room(1))))
    room = _room(LISTED)  # shared by the tables, which is why the listing goes through them one after another
    wrong = (table for table, is_broken in zip(tables, broken, strict=True) if is_broken)
    return [problem for table in wrong for problem in _problems(connection, table, package, room)]


def _room(most: int) -> dict[str, int]:
    return defaultdict(lambda: most)


def _problems(
    connection: duckdb.DuckDBPyConnection, table: Table, package: Package, room: dict[str, int]
) -> list[Problem]:
    import duckdb

    try:
        return list(_Loaded(connection, table, package, room).problems())
    except duckdb.OutOfMemoryException:
        raise  # no fault of the declaration; whoever set the limit words it
    except duckdb.Error as error:
        raise SourceError(
            f"{package.folder.name}/{DESCRIPTOR}: table {table.name!r}",
            found=f"a declaration that cannot be evaluated ({str(error).splitlines()[0]})",
            expected="bounds of the column's type, patterns that are regular expressions, keys of known columns",
            hint="correct the table's schema",
        ) from error


def _checked(connection: duckdb.DuckDBPyConnection, table: Table) -> Checked:
    """What was checked of a table that has no problem. A key may have been proved elsewhere (``proving``)."""
    checks = len(conditions(table, stored_types(connection, table))) + len(_keys(table)) + len(table.foreign_keys)
    rows = connection.execute(f"SELECT count(*) FROM {quoted(table.name)}").fetchall()[0][0]
    if not checks:
        raise SourceError(
            f"{DESCRIPTOR}: table {table.name!r}", found="nothing that could be checked",
            expected="types, constraints or keys", hint="declare what its columns hold",
        )  # fmt: skip
    keys = tuple(" + ".join(key) for _, key in _keys(table))
    return Checked(table.name, rows, len(table.columns), checks, 0, keys)


def _keys(table: Table) -> list[tuple[str, tuple[str, ...]]]:
    """What a table declares unique: kind and columns."""
    single = [(column.name,) for column in table.columns if column.constraints.get("unique")]
    found = [("primary_key", table.primary_key)] if table.primary_key else []
    return found + [("unique", key) for key in single if key != table.primary_key]


@dataclass(frozen=True)
class _Loaded:
    """A table that is in the database, raw and typed; ``room`` is how many more problems of a kind may be listed."""

    connection: duckdb.DuckDBPyConnection
    table: Table
    package: Package
    room: dict[str, int] = field(repr=False)

    def problems(self) -> Iterator[Problem]:
        stored = stored_types(self.connection, self.table)
        checks = conditions(self.table, stored)
        counts = "".join(f", count_if({one.broken})" for one in checks)
        rows, *found = self._ask(f"SELECT count(*){counts} FROM {self._raw}")[0]
        if rows == 0 and not (self.table.source and self.table.source.zero_report):
            yield self._whole("rows", "no rows", "at least one", self.table.path.name)
            return
        for condition, count in zip(checks, found, strict=True):
            if count:
                yield from self._cells(condition, count, stored)
        for kind, columns in _keys(self.table):
            yield from self._repeated(kind, columns, stored)
        for key in self.table.foreign_keys:
            yield from self._orphans(key, stored)

    def _cells(self, condition: Condition, count: int, stored: dict[str, str]) -> Iterator[Problem]:
        listed = self._take(condition.kind, count)
        found = self._ask(
            f"SELECT _row, {', '.join(_origin(condition.column, stored))}, CAST({quoted(condition.column)} AS VARCHAR) "
            f"FROM {self._raw} WHERE {condition.broken} ORDER BY _row LIMIT {listed}"
        )
        for row, file, cell, value in found:
            yield self._problem(
                condition.kind, condition.column, (row, file, cell), found=value, expected=condition.expected
            )
        yield from self._remainder(condition.kind, condition.column, condition.expected, count - listed)

    def _repeated(self, kind: str, key: tuple[str, ...], stored: dict[str, str]) -> Iterator[Problem]:
        """Each row whose key an earlier row has; a key with an empty cell repeats nothing."""
        columns = ", ".join(quoted(name) for name in key)
        if not self._ask(f"SELECT {_repeats(columns, len(key))} FROM {quoted(self.table.name)}")[0][0]:
            return
        rows = (
            f"SELECT *, min(_row) OVER (PARTITION BY {columns}) AS _first FROM ({self._typed(key, stored)}) "
            f"WHERE {' AND '.join(f'{quoted(name)} IS NOT NULL' for name in key)} QUALIFY _row > _first"
        )
        count = self._ask(f"SELECT count(*) FROM ({rows})")[0][0]
        listed, expected = self._take(kind, count), f"each {' + '.join(key)} once"
        ordered = f"SELECT _row, _file_of, _cell_of, _first, {columns} FROM ({rows}) ORDER BY _row LIMIT {listed}"
        for row, file, cell, first, *values in self._ask(ordered):
            found = f"{self._pairs(key, values)}, as in row {self.table.parts.row(first)}"
            yield self._problem(kind, ", ".join(key), (row, file, cell), found=found, expected=expected)
        yield from self._remainder(kind, ", ".join(key), expected, count - listed)

    def _orphans(self, key: ForeignKey, stored: dict[str, str]) -> Iterator[Problem]:
        """Each row that refers to none; a reference left wholly empty refers to nothing."""
        if key.table not in self.package.tables:
            found = f"a reference of {self.table.name!r} to {key.table!r}"
            yield self._whole("declaration", found, "a declared table", DESCRIPTOR)
            return
        missing = self._missing(key, f"SELECT DISTINCT {_listed(key.columns)} FROM {quoted(self.table.name)}")
        if not self._ask(f"{missing} LIMIT 1"):
            return
        rows = self._missing(key, self._typed(key.columns, stored))
        count = self._ask(f"SELECT count(*) FROM ({rows})")[0][0]
        listed, expected = self._take("foreign_key", count), f"a row of {key.table} with these values"
        columns = f"_row, _file_of, _cell_of, {_listed(key.columns)}"
        for row, file, cell, *values in self._ask(f"SELECT {columns} FROM ({rows}) ORDER BY _row LIMIT {listed}"):
            found = self._pairs(key.columns, values)
            yield self._problem(
                "foreign_key", ", ".join(key.columns), (row, file, cell), found=found, expected=expected
            )
        yield from self._remainder("foreign_key", ", ".join(key.columns), expected, count - listed)

    def _missing(self, key: ForeignKey, rows: str) -> str:
        same = " AND ".join(
            f"r.{quoted(there)} = t.{quoted(here)}" for here, there in zip(key.columns, key.references, strict=True)
        )
        given = " OR ".join(f"t.{quoted(name)} IS NOT NULL" for name in key.columns)
        return f"SELECT * FROM ({rows}) t ANTI JOIN {quoted(key.table)} r ON {same} WHERE {given}"

    def _typed(self, columns: tuple[str, ...], stored: dict[str, str]) -> str:
        """SQL for ``columns`` of the raw rows as their declared type, with the number and origin of each row."""
        wanted = [f"{typed(one)} AS {quoted(one.name)}" for one in self.table.columns if one.name in columns]
        file, cell = _origin(columns[0], stored)
        return f"SELECT _row, {file} AS _file_of, {cell} AS _cell_of, {', '.join(wanted)} FROM {self._raw}"

    def _problem(
        self, kind: str, column: str, at: tuple[int, str | None, str | None], *, found: str | None, expected: str
    ) -> Problem:
        row, file, cell = at
        where = place(self.table, row, file, cell)
        number = self.table.parts.number_in_file(row)
        personal = column in self.table.personal
        return Problem(
            file or self.table.path.name, where, self.table.name, number, column, found, expected, kind,
            personal=personal,
        )  # fmt: skip

    def _pairs(self, names: tuple[str, ...], values: list[object]) -> str:
        """The columns of a key with their values, as a message quotes them."""
        pairs = zip(names, values, strict=True)
        return ", ".join(
            f"{name} = {masked_cell(str(value), name, personal=name in self.table.personal)}" for name, value in pairs
        )

    def _whole(self, kind: str, found: str, expected: str, where: str) -> Problem:
        return Problem(where, where, self.table.name, None, "", found, expected, kind)

    def _remainder(self, kind: str, column: str, expected: str, count: int) -> Iterator[Problem]:
        if count:
            name = self.table.path.name
            yield Problem(name, name, self.table.name, None, column, f"{count} more rows", expected, kind, count)

    def _take(self, kind: str, count: int) -> int:
        taken = min(count, self.room[kind])
        self.room[kind] -= taken
        return taken

    def _ask(self, sql: str) -> list[tuple]:
        return self.connection.execute(sql).fetchall()

    @property
    def _raw(self) -> str:
        return quoted(f"raw_{self.table.name}")


def _origin(column: str, stored: dict[str, str]) -> tuple[str, str]:
    """SQL for the file a raw row came from and the place of its cell in it; NULL where the rows do not say.

    A reader that gathers rows from several files adds the columns ``_file`` and ``_cell_<column>``, or ``_place`` for
    the whole row.
    """
    file = "_file" if "_file" in stored else "NULL"
    return file, next((quoted(name) for name in (f"_cell_{column}", "_place") if name in stored), "NULL")


def _repeats(columns: str, width: int) -> str:
    """SQL for whether a key is there more than once, over the typed rows."""
    if width == 1:
        return f"count({columns}) > count(DISTINCT {columns})"
    return f"count(*) > count(DISTINCT ({columns}))"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(quoted(name) for name in names)
