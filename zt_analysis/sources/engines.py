"""Engines beside DuckDB: a connection makes typed views of the declared tables and answers expressions.

The rows stay where they are. A view gives each declared column the one type that all engines share (text in the order
of its code points, 64-bit whole numbers, booleans, dates), so that the same expression has the same answer on each.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zt_analysis.errors import SourceError
from zt_analysis.settings import EngineSetting
from zt_analysis.sources.backend import table_of
from zt_analysis.sources.descriptor import Column, Package, Table
from zt_analysis.sources.guarding import only_query

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from ibis.backends.sql import SQLBackend

    from zt_analysis.sources.dialects import Dialect
    from zt_analysis.sources.rows import Answer, Rows


class Connection(ABC):
    """An engine that is connected to, with views of the tables of one package.

    Attributes:
        dialect: how it says things in SQL.
        replaces_bytes: whether it reads bytes that are not UTF-8 as U+FFFD instead of refusing them.
        backend: ibis's; only what it compiles is used, never what it converts, since that may pass through floats.
    """

    dialect: Dialect
    replaces_bytes = False

    def __init__(self, setting: EngineSetting, backend: SQLBackend):
        self.setting, self.backend = setting, backend
        self._tables: dict[str, ir.Table] = {}

    @abstractmethod
    def view(self, table: Table) -> None:
        """Make a typed view of ``table``, its columns held against the declared ones; SourceError where they differ."""

    @abstractmethod
    def ask(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns' names and the rows that ``sql`` gives; SourceError where it cannot."""

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Every row that ``sql`` gives, as the engine's driver gives it; SourceError where it cannot."""
        return self.ask(sql)[1]

    def own(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """What a query of the user's own gives, as ``ask``.

        Raises:
            InputError: no single query: some engines would let it write.
            SourceError: it cannot be answered.
        """
        import sqlglot
        from sqlglot import exp

        try:
            found = sqlglot.parse(sql, dialect={"pyspark": "spark"}.get(self.backend.name, self.backend.name))
        except (sqlglot.ParseError, sqlglot.TokenError):
            found = []
        reads = all(isinstance(one, exp.Query) and not one.find(exp.DML, exp.Into) for one in found)
        only_query(len(found), reads=reads, text=sql)
        return self.ask(sql)

    def close(self) -> None:  # noqa: B027  a session of Spark is shared by all of a process
        """Let go of the rows: a server keeps a lock for as long as somebody may read them."""

    def settle(self) -> None:  # noqa: B027  most engines have nothing to do
        """Called once all views are made: from here on the rows are only read."""

    def written(self, table: Table) -> str:
        """The view of ``table`` as it is written; the typed one where it is a typed table."""
        return table.name

    def cell(self, column: Column, table: Table) -> str:
        """SQL for a cell of that view; NULL where it is empty."""
        return self.dialect.quoted(column.name)

    def is_text(self, table: Table, column: Column) -> bool:
        """Whether the cells of a column of that view are text, whatever is declared."""
        return False

    def place(self, table: Table) -> str:
        """Where the rows of ``table`` are, for a message."""
        return f"{self.setting}, table {table.name}"

    def open(self, package: Package, names: Iterable[str]) -> None:
        """Make the views of the tables ``names``, see that they name no person unasked, and verify their rows.

        Raises:
            SourceError: a table, column, cell, key or reference is not as declared.
        """
        from zt_analysis.sources.privacy import look
        from zt_analysis.sources.verification import verify

        tables = [package.tables[name] for name in names]
        try:
            for table in tables:
                self.view(table)
                self._tables[table.name] = table_of(self.backend, table)
            self.settle()
            look(self, package, tables)
            verify(self, package, tables)
        except SourceError:
            self.close()
            raise

    def each(self, tables: Sequence[Table], work: Callable[[Rows], Answer]) -> list[Answer]:
        """What ``work`` gives for the rows of each table, one after another."""
        from zt_analysis.sources.keyed import Keyed

        return [work(Keyed(self, table)) for table in tables]

    def table(self, name: str) -> ir.Table:
        """The view of table ``name``."""
        return self._tables[name]

    def rows(self, expression: ir.Table) -> list[dict[str, Any]]:
        """Every row of ``expression`` as a dict of Python values; whole numbers are int.

        Raises:
            SourceError: the engine has no way to compute it, or failed.
        """
        schema = expression.schema()
        kinds = [(name, kind.is_integer(), kind.is_date()) for name, kind in schema.items()]
        return [
            {name: _plain(value, whole, day) for (name, whole, day), value in zip(kinds, row, strict=True)}
            for row in self.query(self.sql(expression))
        ]

    def sql(self, expression: ir.Table) -> str:
        """The SQL of this engine for ``expression``; SourceError where it has none."""
        import ibis
        from ibis.common.exceptions import IbisError

        try:
            return str(ibis.to_sql(expression, dialect=self.backend.name))
        except IbisError as error:
            raise SourceError(
                f"engine {self.setting}",
                found=f"an expression that it cannot compute ({first_line(error)})",
                expected="operations that it knows",
                hint="compute this on the engine duckdb (docs/engines.md says what each engine can do)",
            ) from error

    def digest(self, table: Table) -> str:
        """A checksum over all rows of ``table``, whatever their order; the same on every engine (``digests``)."""
        from zt_analysis.sources.digests import digest_sql, digest_text

        return digest_text(self.query(digest_sql(table, self.dialect))[0])


def connect(setting: EngineSetting) -> Connection:
    """A connection to the engine of ``setting``, which is not DuckDB.

    Raises:
        InputError: no user name in the environment, no driver installed.
        SourceError: the engine cannot be reached.
    """
    if setting.kind == "postgres":
        from zt_analysis.sources.postgres import Postgres

        return Postgres(setting)
    from zt_analysis.sources.spark import Spark

    return Spark(setting)


def first_line(error: Exception) -> str:
    """The first line of what a library says, without its full stop."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0].rstrip(".") if lines else type(error).__name__


def _plain(value: Any, whole: bool, day: bool) -> Any:
    if whole and isinstance(value, Decimal):  # what SUM gives in PostgreSQL
        if value != int(value):
            raise ValueError(f"{value} where a whole number was to come")
        return int(value)
    if day and isinstance(value, datetime):  # a date plus an interval is a time in PostgreSQL
        return value.date()
    return value
