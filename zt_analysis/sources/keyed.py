"""Rows on another engine than DuckDB: they have no number, so they are told apart by their key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zt_analysis.errors import SourceError
from zt_analysis.sources.descriptor import DESCRIPTOR, Column, Table
from zt_analysis.sources.dialects import Dialect
from zt_analysis.sources.rows import DECLARED, TEXT, Place, Rows, pairs

if TYPE_CHECKING:
    from zt_analysis.sources.engines import Connection


@dataclass(frozen=True)
class Keyed(Rows):
    """A table of which ``connection`` has made views."""

    connection: Connection
    table: Table

    @property
    def replaces_bytes(self) -> bool:  # type: ignore[override]  # of the engine, not of its rows
        """As the engine reads files."""
        return self.connection.replaces_bytes

    @property
    def dialect(self) -> Dialect:
        """The engine's."""
        return self.connection.dialect

    @property
    def place(self) -> Place:
        """The table in its database, or its file."""
        words = self.connection.place(self.table)
        return Place(words, words)

    @property
    def written(self) -> str:
        """The view of the rows as they are written, where they are written as text; else the typed one."""
        return self.dialect.quoted(self.connection.written(self.table))

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """What the engine answers."""
        return self.connection.query(sql)

    def held_as(self, column: Column) -> str:
        """Text, or the declared type: any other is refused before a view is made."""
        return TEXT if self._is_cast(column) or column.type == "string" else DECLARED

    def cell(self, column: Column) -> str:
        """The cell of a file of text; else the value."""
        return self.connection.cell(column, self.table)

    def value(self, column: Column) -> str:
        """The cell, cast where it is text and should not be."""
        return self.dialect.as_type(self.cell(column), column.type) if self._is_cast(column) else self.cell(column)

    def label(self, column: str, key: Sequence[str] = ()) -> list[str]:
        """The primary key."""
        columns = {one.name: one for one in self.table.columns}
        # a key of no column is refused by the engine
        cells = [columns.get(name, Column(name, "string", {})) for name in self._key(key)]
        return [self.dialect.as_text(self.cell(one)) for one in cells]

    def labelled(self, label: Sequence[Any], key: Sequence[str] = ()) -> Place:
        """Table and key."""
        words = pairs(self.table, self._key(key), label)
        return Place(self.place.file, f"{self.place.words}, row {words}" if words else self.place.words)

    def twin(self, partition: str) -> str:
        """How many rows have that key."""
        return f"count(*) OVER ({partition})"

    def twins(self, found: Any) -> str:
        """How many rows have that key."""
        return f" in {found} rows"

    def sheet(self, column: Column) -> str:
        """Where the table is."""
        return self.dialect.as_text(self.dialect.literal(self.place.words))

    def _key(self, named: Sequence[str]) -> tuple[str, ...]:
        return () if set(self.table.primary_key) <= set(named) else self.table.primary_key

    def _is_cast(self, column: Column) -> bool:
        return column.type != "string" and self.connection.is_text(self.table, column)


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
