"""Questions to verified rows in DuckDB, over a connection on which nothing hides them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis.errors import SourceError
from zt_analysis.sources.backend import is_of, kinds_of_backend
from zt_analysis.sources.duckdb_memory import with_days_of_utc
from zt_analysis.sources.guarding import ReadOnly, only_query
from zt_analysis.sources.kept_sql import sql_of_days
from zt_analysis.sources.questions import Name, name_of
from zt_analysis.sources.unbuilt import Unbuilt, built, name_in

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa
    from ibis.backends.duckdb import Backend

    from zt_analysis.sources.remembered import Memory

READING = ("SELECT", "EXPLAIN")
# what DuckDB may give for a column of these types, as Python has it; of others Arrow knows the value
AS_PYTHON = {
    "string": {"VARCHAR", '"NULL"'},
    "integer": {"BIGINT", "INTEGER", "SMALLINT", "TINYINT", "HUGEINT", '"NULL"'},
    "boolean": {"BOOLEAN", '"NULL"'},
    "date": {"DATE", '"NULL"'},
}


@dataclass(frozen=True)
class Reader:
    """Who asks: a notebook over its own connection, which can have frames and temporary tables of its own, and figures
    over another, which sees the verified rows alone.

    Attributes:
        backend: ibis's, with the notebook's connection.
        tables: the tables verified there.
        verified: what figures are asked over.
        keeps: whether SQL may be kept for other processes: of packages, and of those that name no person, whom a part
            that is asked for may name.
        memory: answers kept beside the rows, where those are kept.
    """

    backend: Backend
    tables: tuple[str, ...]
    verified: ReadOnly
    keeps: bool = False
    memory: Memory | None = None

    def ask(self, expression: ir.Table) -> pa.Table:
        """The rows of ``expression``."""
        from ibis.formats.pyarrow import PyArrowData

        question = self.question(expression.op())
        if question is None and not self.is_of_verified(expression):
            own: Any = self.backend.con
            own.check_names()
            with_days_of_utc(own)
            return self.backend.to_pyarrow(expression)
        found = self.verified.arrow(self.sql(question, lambda: expression))
        return PyArrowData.convert_table(found, expression.schema())

    def answer(self, asked: ir.Table | Unbuilt) -> list[dict[str, Any]]:
        """The rows of what is asked as Python values."""
        question, kinds = self.question(name_in(asked)), kinds_of(asked)
        if kinds is not None and (question is not None or self.is_of_verified(built(asked))):
            columns, rows = self.found(self.sql(question, lambda: built(asked)), named=question is not None)
            if all(found in AS_PYTHON[kind] for found, kind in zip(columns, kinds.values(), strict=True)):
                return [dict(zip(kinds, row, strict=True)) for row in rows]
        found: list[dict[str, Any]] = self.ask(built(asked)).to_pylist()
        return found

    def found(self, query: str, *, named: bool) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The type of each column, and the rows, of a query over verified rows that no person has typed.

        ``named``: its answer is another one only where the rows are (``question``).
        """
        if named and self.memory and self.keeps:
            return self.memory.answer(query, self.verified.rows)
        return self.verified.rows(query)

    def sql(self, question: Name | None, build: Callable[[], ir.Table]) -> str:
        """The SQL for what ``build`` gives, which ``question`` names; kept for other processes where that may be."""
        return sql_of_days(question, build, written) if question and self.keeps else written(build())

    def sql_of(self, asked: ir.Table | Unbuilt) -> str:
        """The SQL of what is asked."""
        return self.sql(self.question(name_in(asked)), lambda: built(asked))

    def question(self, asked: Any) -> Name | None:
        """What names what is asked (``questions.name_of``); None where nothing may be kept by it."""
        return name_of(asked, self._is_verified, kinds_of_backend(self.backend))

    def rows(self, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns' names and the rows that ``query`` gives.

        Raises:
            InputError: no single query.
            SourceError: DuckDB cannot answer it.
        """
        import duckdb

        try:
            content = self.verified.extract_statements(query)
            only_query(len(content), reads=all(one.type.name in READING for one in content), text=query)
            found = self.verified.execute(query)
            return [column[0] for column in found.description], found.fetchall()
        except duckdb.OutOfMemoryException:
            raise  # whoever asks words it
        except duckdb.Error as error:
            said = " ".join(line.strip() for line in str(error).splitlines() if line.strip())
            raise SourceError("DuckDB", found=said, expected="an answer", hint="correct the query") from None

    def is_of_verified(self, expression: ir.Table) -> bool:
        """Whether ``expression`` asks verified tables only, in words that the other connection knows."""
        import ibis.expr.operations as ops

        tables = expression.op().find((ops.DatabaseTable, *of_a_notebook()))
        return all(map(self._is_verified, tables))

    def _is_verified(self, table: Any) -> bool:
        """Whether an operation is a verified table."""
        import ibis.expr.operations as ops

        return (
            isinstance(table, ops.DatabaseTable)
            and is_of(table.source, self.backend)
            and table.namespace == ops.Namespace()
            and table.name in self.tables
        )


def written(expression: ir.Table) -> str:
    """The SQL of ``expression``, as ibis writes it."""
    from zt_analysis.importing import bare

    bare("ibis.backends.sql.compilers")
    # as ibis.to_sql, which first makes the expression anew over tables without a connection
    compiler = import_module("ibis.backends.sql.compilers.duckdb").compiler
    return str(compiler.to_sqlglot(expression).sql(dialect=compiler.dialect, pretty=True, copy=False))


def reader(backend: Backend, tables: Collection[str], folder: Path | None = None) -> Reader:
    """Have ``backend`` read from here on, and not write; nobody else may hold its connection."""
    found: Any = ReadOnly(backend.con, tuple(tables), folder)
    backend.con = found
    return Reader(backend, tuple(tables), found.cursor())


def kinds_of(asked: ir.Table | Unbuilt) -> dict[str, str] | None:
    """Each column of what is asked with its type; None where one has another than engines share."""
    if isinstance(asked, Unbuilt):
        return None if asked.kinds is None else dict(asked.kinds)
    found = {name: _kind(kind) for name, kind in asked.schema().items()}
    return None if None in found.values() else {name: str(kind) for name, kind in found.items()}


def _kind(dtype: Any) -> str | None:
    if dtype.is_string():
        return "string"
    if dtype.is_signed_integer():
        return "integer"
    if dtype.is_boolean():
        return "boolean"
    return "date" if dtype.is_date() else None


@cache
def of_a_notebook() -> tuple[type[Any], ...]:
    """What takes part in an expression only where a notebook has put it there: its frames, its SQL, its functions."""
    import ibis.expr.operations as ops
    from ibis.expr.operations import udf

    return (ops.InMemoryTable, ops.UnboundTable, ops.SQLQueryResult, ops.SQLStringView, ops.PhysicalTable,
            udf.ScalarUDF, udf.AggUDF)  # fmt: skip
