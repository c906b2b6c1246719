"""Rows that DuckDB has read from files: told apart by their number, or the cell they were read from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zt_analysis.sources.descriptor import Column, Table
from zt_analysis.sources.dialects import DUCKDB, Dialect, literal, quoted
from zt_analysis.sources.loading import stored_types, typed
from zt_analysis.sources.ordered import in_order
from zt_analysis.sources.parallel import on_each
from zt_analysis.sources.problems import place
from zt_analysis.sources.rows import FLOAT, OTHER, TEXT, Answer, Place, Rows

if TYPE_CHECKING:
    import duckdb

# to try a pattern takes ten times as long as to group a row; of fewer rows than these neither is felt
MANY, LOOKED_AT, ROWS_A_VALUE = 100_000, 20_000, 50
HELD_AS = {"VARCHAR": TEXT, "DOUBLE": FLOAT, "FLOAT": FLOAT}


@dataclass(frozen=True)
class InDuckDB:
    """The loaded tables of a connection."""

    connection: duckdb.DuckDBPyConnection

    def each(self, tables: Sequence[Table], work: Callable[[Rows], Answer]) -> list[Answer]:
        """What ``work`` gives for the rows of each table; small tables at the same time."""
        return on_each(self.connection, tables, lambda cursor, table: work(Numbered(cursor, table)))


@dataclass(frozen=True)
class Numbered(Rows):
    """A loaded table: ``raw_<table>`` with the number of each row in ``_row``, and ``<table>``.

    A reader that gathers rows from several files adds the columns ``_file`` and ``_cell_<column>``, or ``_place`` for
    the whole row.
    """

    connection: duckdb.DuckDBPyConnection
    table: Table

    @property
    def dialect(self) -> Dialect:
        """DuckDB's."""
        return DUCKDB

    @property
    def place(self) -> Place:
        """The table's file."""
        return Place(self.table.path.name, self.table.path.name)

    @property
    def written(self) -> str:
        """The rows as their file holds them."""
        return quoted(f"raw_{self.table.name}")

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """What DuckDB answers."""
        return self.connection.execute(sql).fetchall()

    def held_as(self, column: Column) -> str:
        """What the file stores; a CSV holds text."""
        return HELD_AS.get(self._stored[column.name], OTHER)

    def cell(self, column: Column) -> str:
        """The column as it is."""
        return quoted(column.name)

    def value(self, column: Column) -> str:
        """The column, cast."""
        return typed(column)

    def label(self, column: str, key: Sequence[str] = ()) -> list[str]:
        """Number, file and cell; NULL where the rows do not say."""
        cell = next((quoted(name) for name in (f"_cell_{column}", "_place") if name in self._stored), "NULL")
        return ["_row", self._file or "NULL", cell]

    def labelled(self, label: Sequence[Any], key: Sequence[str] = ()) -> Place:
        """File, row and line, or the cell of a workbook."""
        row, file, cell = label
        words = place(self.table, row, file, cell)
        return Place(file or self.table.path.name, words, self.table.parts.number_in_file(row))

    def twin(self, partition: str) -> str:
        """The first row of that key."""
        return f"min(_at0) OVER ({partition})"

    def twins(self, found: Any) -> str:
        """The first row of that key."""
        return f", as in row {self.table.parts.row(found)}"

    def sheet(self, column: Column) -> str:
        """File and sheet of a cell, or the file of the table."""
        cell = f"_cell_{column.name}"
        if cell in self._stored:
            return f"regexp_replace({quoted(cell)}, '![A-Z]+[0-9]+$', '')"
        return self._file or literal(self.table.path.name)

    def in_order(self, key: Sequence[str]) -> bool:
        """As ``ordered`` finds it."""
        return in_order(self.ask, self.table, key)

    def repeating(self, columns: Sequence[Column]) -> list[Column]:
        """As the first rows show, where there are many."""
        if self.ask(f"SELECT count(*) FROM {self.written}")[0][0] < MANY:
            return []
        cells = ", ".join(self.cell(one) for one in columns)
        asked = ", ".join(f"count(DISTINCT {self.cell(one)})" for one in columns)
        found = self.ask(f"SELECT {asked} FROM (SELECT {cells} FROM {self.written} LIMIT {LOOKED_AT}) AS r")[0]
        return [one for one, values in zip(columns, found, strict=True) if values * ROWS_A_VALUE <= LOOKED_AT]

    def by_value(self, column: Column, conditions: Sequence[str]) -> list[int]:
        """The rows are grouped by the cell, which for a Parquet file means by a number in its list of values."""
        cell, rows = self.cell(column), quoted(f"rows of {column.name}")
        asked = ", ".join(f"coalesce(sum({rows}) FILTER (WHERE {one}), 0)" for one in conditions)
        grouped = f"SELECT {cell}, count(*) AS {rows} FROM {self.written} GROUP BY {cell}"
        return [int(count) for count in self.ask(f"SELECT {asked} FROM ({grouped}) AS g")[0]]

    def is_fault(self, error: Exception) -> bool:
        """Whatever DuckDB refuses; whoever set the limit of memory words what does not fit."""
        import duckdb

        return isinstance(error, duckdb.Error) and not isinstance(error, duckdb.OutOfMemoryException)

    @property
    def _file(self) -> str:
        return "_file" if "_file" in self._stored else ""

    @cached_property
    def _stored(self) -> dict[str, str]:
        return stored_types(self.connection, self.table)
