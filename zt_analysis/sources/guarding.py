"""Connections to verified rows that read them and cannot write them.

Every statement runs in a transaction that DuckDB itself keeps from writing to the rows; temporary tables, views and
registered frames of the reader's own are no part of the rows and stay possible. What went wrong before, or was not
fetched to its end, is put aside before the next statement, so that a connection is usable after any error.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from zt_analysis.errors import InputError, SourceError
from zt_analysis.sources.duckdb_memory import with_days_of_utc
from zt_analysis.sources.exporting import held, is_in, plain, writes_into

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

Answer = TypeVar("Answer")
# these begin something; whatever else a connection can do reads on from what was begun
SQL = ("execute", "executemany", "sql", "query", "from_query")
ASKING = (*SQL, "table", "view", "values", "table_function", "read_csv", "read_json", "read_parquet", "from_arrow",
          "from_df", "from_csv_auto", "from_parquet", "get_table_names", "append", "register", "unregister",
          "create_function")  # fmt: skip
WRITING = ("begin", "appender", "query_appender", "checkpoint")
# rows that are kept in a file are read from a database that is attached
LEAVING = ("TRANSACTION", "DETACH")
# what DuckDB says to who would write: of a transaction, of a file, of rows that are read from one
OF_WRITING = re.compile(r"read-only mode|Can only (?:delete|update|merge) |is not an? table")
ELSEWHERE = re.compile(r"(USE|SET\s+(SESSION\s+|LOCAL\s+|GLOBAL\s+)?(schema|search_path))\b", re.IGNORECASE)


class ReadOnly:
    """A connection of DuckDB's, with its methods, to rows that it cannot write.

    Args:
        connection: used by nobody else.
        names: the tables with verified rows; nothing temporary may be called as one of them.
        folder: where their files are, which no statement may write to.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, names: Collection[str] = (), folder: Path | None = None
    ) -> None:
        self._inner, self._names, self._folder = connection, tuple(names), folder
        self._begin()

    def cursor(self) -> ReadOnly:
        """Another such connection to the same rows, which sees nothing temporary of this one."""
        return ReadOnly(with_days_of_utc(self._inner.cursor()), self._names, self._folder)

    duplicate = cursor

    def commit(self) -> ReadOnly:
        """Put aside what was not fetched; nothing can have been written."""
        self._renew()
        return self

    rollback = commit

    def fetch_arrow_table(self) -> pa.Table:
        """The rows as an Arrow table: what DuckDB 2 calls ``to_arrow_table``, and ibis 12 does not."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Arrow output on a DB-API result")  # it copies, as ibis asks
            return self._inner.to_arrow_table()

    def fetch_record_batch(self, rows_per_batch: int = 1_000_000) -> pa.RecordBatchReader:
        """The rows in batches, fetched at once, so that another question may be asked between two."""
        return self.fetch_arrow_table().to_reader(rows_per_batch)

    def arrow(self, query: str) -> pa.Table:
        """The rows of a query that no person has typed, as they were when this connection was made."""
        # a query gives a relation
        return self._unguarded(lambda inner: inner.sql(query).to_arrow_table())  # type: ignore[union-attr]

    def rows(self, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The type of each column, and the rows, of a query that no person has typed, as ``arrow``."""

        def ask(inner: duckdb.DuckDBPyConnection) -> tuple[list[str], list[tuple[Any, ...]]]:
            found = inner.execute(query)
            return [str(kind) for _, kind, *_ in found.description], found.fetchall()

        return self._unguarded(ask)

    def _unguarded(self, ask: Callable[[duckdb.DuckDBPyConnection], Answer]) -> Answer:
        """What ``ask`` finds, which no person has typed; usable again after any error."""
        import duckdb

        self._inner.abort()
        try:
            return ask(self._inner)
        except duckdb.Error:
            self._renew(undo=True)
            raise

    def check_names(self) -> None:
        """See that nothing temporary hides a table of verified rows.

        Raises:
            SourceError: a temporary table or view is called as one of them.
        """
        self._renew()
        found = self._inner.execute(
            "SELECT table_name FROM duckdb_tables() WHERE temporary UNION ALL "
            "SELECT view_name FROM duckdb_views() WHERE temporary AND NOT internal"
        ).fetchall()
        self._refuse_hidden(name for (name,) in found)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in WRITING:
            raise AttributeError(f"a connection that only reads has no {name!r}")
        found = getattr(self._inner, name)
        return partial(self._call, name, found) if callable(found) else found

    def __enter__(self) -> ReadOnly:
        return self

    def __exit__(self, *error: object) -> None:
        self._inner.close()

    def _call(self, name: str, method: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
        import duckdb

        if name in ASKING:
            self._renew()
            self._check(name, *[*given, *named.values()][:2])
        try:
            answer = method(*map(plain, given), **{word: plain(one) for word, one in named.items()})
        except duckdb.Error as error:
            self._renew(undo=True)
            if OF_WRITING.search(str(error)):
                raise _refused(str(error).splitlines()[0]) from error
            raise
        return self if answer is self._inner else held(answer, self._refuse_own, partial(self._check, "query"))

    def _check(self, method: str, subject: Any = None, values: Any = ()) -> None:
        """Refuse what the transaction does not: SQL that leaves it, names that hide rows, files of the package."""
        if method == "register":
            self._refuse_hidden([str(subject)])
        if method == "create_function":
            self._refuse_known(str(subject))
        for statement in self._statements(subject) if method in SQL else ():
            kind, text = statement.type.name, statement.query.strip()
            if kind in LEAVING or (kind == "SET" and ELSEWHERE.match(text)):
                raise _refused(f"the statement {text!r}")
            if kind == "CREATE":
                self._refuse_hidden(_created(text))
            if self._folder and writes_into(self._folder, kind, text, values):
                raise _refused(f"a statement that writes into {self._folder}, or does not say where it writes")

    def _statements(self, subject: Any) -> list[Any]:
        """What ``subject`` says; a text that is no SQL is refused where it is run."""
        import duckdb

        if isinstance(subject, duckdb.Statement):
            return [subject]
        try:
            return self._inner.extract_statements(str(subject))
        except duckdb.Error:
            return []

    def _refuse_own(self, place: object) -> None:
        """Refuse a place in the package's folder."""
        if self._folder and is_in(self._folder, place):
            raise _refused(f"a file to write in {self._folder}")

    def _refuse_hidden(self, found: Iterable[str]) -> None:
        own = {name.lower(): name for one in self._names for name in (one, f"raw_{one}")}
        for name in found:
            if name.lower() in own:
                raise SourceError(
                    f"temporary table {name!r}",
                    found="the name of verified rows, which it would hide",
                    expected="another name",
                    hint=f"call it my_{name}",
                )

    def _refuse_known(self, function: str) -> None:
        known = "SELECT count(*) FROM duckdb_functions() WHERE function_name = ? AND internal"
        if self._inner.execute(known, [function.lower()]).fetchall()[0][0]:
            raise _refused(f"a function named {function!r}, as one of DuckDB's that figures may use")

    def _renew(self, *, undo: bool = False) -> None:
        self._inner.abort()
        (self._inner.rollback if undo else self._inner.commit)()
        self._begin()

    def _begin(self) -> None:
        self._inner.execute("BEGIN TRANSACTION READ ONLY")


def only_query(statements: int, *, reads: bool, text: object) -> None:
    """Refuse what is not one query: it might do more than read, or nothing.

    Raises:
        InputError: no statement that reads, or several.
    """
    if statements != 1 or not reads:
        raise InputError(
            f"query {text!r}",
            found=f"{statements} statements" if statements > 1 else "no query",
            expected="one query that reads, in a text",
            hint="begin it with SELECT or WITH",
        )


def _created(text: str) -> list[str]:
    """The name that a CREATE statement gives; none where it cannot be told (``check_names`` finds it then)."""
    import sqlglot
    from sqlglot import exp

    try:
        found = sqlglot.parse_one(text, dialect="duckdb").find(exp.Table)
    except sqlglot.ParseError:
        return []
    return [found.name] if found else []


def _refused(found: str) -> InputError:
    return InputError(
        "verified rows",
        found=found,
        expected="statements that read them",
        hint='ask tables.sql("SELECT ..."); what you work out yourself goes in a frame or a TEMP table of another name',
    )
