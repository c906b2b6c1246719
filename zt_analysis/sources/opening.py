"""Open a data package: load, verify, and hand out its tables as ibis expressions."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis.errors import InputError, SourceError
from zt_analysis.personal import mask
from zt_analysis.project import find_root
from zt_analysis.settings import (
    DUCKDB,
    LATE,
    PUBLISH_WITHOUT,
    REFUSE,
    EngineSetting,
    engine_setting,
    late_setting,
)
from zt_analysis.sources.answers import Answers
from zt_analysis.sources.arriving import without_missing
from zt_analysis.sources.asking import Reader, reader
from zt_analysis.sources.descriptor import Package, Table, read_package
from zt_analysis.sources.engines import Connection, connect
from zt_analysis.sources.guarding import ReadOnly, only_query
from zt_analysis.sources.keeping import KEPT, fill, kept_database, kept_proofs
from zt_analysis.sources.lineage import personal_columns
from zt_analysis.sources.loading import check_unchanged
from zt_analysis.sources.memory import lock_settings, settings, within_limit
from zt_analysis.sources.problems import shown
from zt_analysis.sources.proving import Proof

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd
    import pyarrow as pa
    from ibis.backends.duckdb import Backend


@dataclass(frozen=True, eq=False)
class Tables:
    """Verified source tables, by name, as ibis tables of one connection.

    Attributes:
        reader: asks DuckDB, when it holds the rows.
        answers: what other cases of a batch have asked of the same rows, when it keeps them (see ``keeping``).
        proofs: the keys that verification proved unique (see ``proving``).
        connection: to the engine that holds the rows, when it is not DuckDB.
    """

    backend: Backend
    names: tuple[str, ...]
    package: Package | None = None
    reader: Reader | None = None
    answers: Answers | None = None
    proofs: tuple[Proof, ...] = ()
    connection: Connection | None = None
    _kept: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def __getitem__(self, name: str) -> ir.Table:
        """The table ``name``; SourceError when the package has none of that name."""
        if name not in self.names:
            raise SourceError(
                f"table {name!r}",
                found="no such table",
                expected=", ".join(self.names),
                hint="declare it in datapackage.json",
            )
        if self.connection is not None:
            return self.connection.table(name)
        # asking DuckDB for a table's columns takes 2 ms, and one report asks several hundred times
        return self.keep(("table", name), lambda: self.backend.table(name))

    def proof(self, name: str, column: str) -> Proof | None:
        """The proof that no two rows of table ``name`` have the same ``column``, if there is one."""
        return next((one for one in self.proofs if (one.table, one.key) == (name, (column,))), None)

    def keep(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What ``make`` gives, made once for these tables and kept under ``key``: the rows do not change."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    @property
    def engine(self) -> EngineSetting:
        """The engine that holds the rows."""
        return DUCKDB if self.connection is None else self.connection.setting

    @property
    def declared(self) -> list[Table]:
        """What the package declares of these tables; empty for tables made in memory."""
        return [self.package.tables[name] for name in self.names] if self.package else []

    @property
    def files(self) -> list[Table]:
        """The declared files the rows came from; empty for tables made in memory or read from a database."""
        return self.declared if self.engine.reads_files else []

    def digest(self, table: Table) -> str:
        """A checksum over the rows of ``table``, the same on every engine (see ``digests``)."""
        return str(self.keep(("digest", table.name), lambda: self._digest(table)))

    def read(self, side_files: tuple[str, ...] = ()) -> list[Table]:
        """The declared files the rows came from, and those of ``side_files`` (paths in the package) there are."""
        if self.package is None:
            return []
        places = {self.package.folder / path for path in side_files}
        return self.files + [table for table in self.package.tables.values() if table.path in places]

    @property
    def changed(self) -> list[Table]:
        """Tables whose file is not what its declared sha256 says."""
        return [table for table in self.files if table.changed]

    def count(self, name: str) -> int:
        """Rows of table ``name``."""
        return int(self.keep(("count", name), lambda: self.rows(self[name].aggregate(n=self[name].count()))[0]["n"]))

    def summary(self) -> pd.DataFrame:
        """One row a table: ``table``, ``rows``, ``sha256`` (first 12 characters), ``as_declared`` (bool).

        Of tables in a database: ``table``, ``rows``, ``rows_digest`` (first 12 characters).
        """
        import pandas as pd

        if not self.engine.reads_files:
            found = [[table.name, self.count(table.name), self.digest(table)[:12]] for table in self.declared]
            return pd.DataFrame(found, columns=["table", "rows", "rows_digest"])
        content = [
            [table.name, self.count(table.name), table.sha256[:12], table.sha256 == table.declared_sha256]
            for table in self.files
        ]
        return pd.DataFrame(content, columns=["table", "rows", "sha256", "as_declared"])

    def rows(self, expression: ir.Table) -> list[dict[str, Any]]:
        """Every row of ``expression`` as a dict of Python values (whole numbers as int, never float).

        Values of columns that are declared personal are masked.
        """
        # one report asks the same of the same rows more than once: twelve of its ninety questions
        found = self.keep(("rows", expression.op()), lambda: self._rows(expression))
        return [dict(row) for row in found]

    def sql(self, query: str) -> pd.DataFrame:
        """What a query of your own gives: ``tables.sql("SELECT stage, count(*) AS n FROM teaching GROUP BY stage")``.

        Whole numbers are int, however large, never float. It reads the verified rows and cannot write them; tables and
        frames that a notebook has put beside them are seen by ``tables.backend`` only.

        Raises:
            InputError: no single query, or one that the engine cannot answer; the message says why.
        """
        import pandas as pd

        if not isinstance(query, str):
            only_query(0, reads=False, text=query)
        try:
            with within_limit():
                names, rows = self.connection.own(query) if self.connection else self._reader.rows(query)
        except SourceError as error:
            raise InputError(
                f"query {query!r}", found=error.found, expected=f"SQL over {', '.join(self.names)}", hint=error.hint
            ) from error
        return pd.DataFrame(rows, columns=names, dtype="object").convert_dtypes()

    def compile(self, expression: ir.Table) -> str:
        """The SQL that gives ``expression``, of the engine that holds the rows."""
        import ibis

        def compose() -> str:
            return str(ibis.to_sql(expression, dialect="duckdb"))

        if self.connection is not None:
            return self.connection.sql(expression)
        return compose() if self.answers is None else self.answers.sql(expression, compose)

    @property
    def verified(self) -> ReadOnly:
        """DuckDB's connection that sees the verified rows alone, as written (``raw_<table>``) and typed."""
        return self._reader.verified

    @property
    def _reader(self) -> Reader:
        if self.reader is None:
            raise SourceError(f"engine {self.engine}", found="no DuckDB", expected="duckdb", hint="see docs/engines.md")
        return self.reader

    def _rows(self, expression: ir.Table) -> list[dict[str, Any]]:
        found = self.connection.rows(expression) if self.connection else self._answer(expression).to_pylist()
        hidden = personal_columns(expression, self)
        if not hidden:
            return list(found)
        return [
            {name: mask(str(cell)) if name in hidden and cell is not None else cell for name, cell in row.items()}
            for row in found
        ]

    def _digest(self, table: Table) -> str:
        if self.connection is not None:
            return self.connection.digest(table)
        from zt_analysis.sources.digests import DUCKDB as WORDS
        from zt_analysis.sources.digests import digest_sql, digest_text

        return digest_text(self.verified.execute(digest_sql(table, WORDS)).fetchall()[0])

    def _answer(self, expression: ir.Table) -> pa.Table:
        def check() -> None:
            # rows that are not copied are read anew by every question: they have to be those that were verified
            check_unchanged(self.files)

        with within_limit():
            found = self.answers.answer(expression, check) if self.answers else self._reader.ask(expression)
        check()
        return found


def open_package(
    path: str | Path,
    *,
    names: tuple[str, ...] = (),
    roles: tuple[str, ...] = ("table",),
    engine: str | EngineSetting = "",
    late: str = "",
) -> Tables:
    """Open the data package at ``path`` (absolute, or relative to the project) and verify its rows.

    A file whose checksum differs from the declared one is opened all the same and listed in ``changed``: what such a
    change does to the figures is worth more to a reviewer than a bare refusal.

    Args:
        path: the folder that holds ``datapackage.json``.
        names: the tables wanted, opened with those they refer to; every table of ``roles`` when empty.
        roles: ``table`` (what the figures need) and ``system`` (what only the rules need).
        engine: where the rows are (``settings``), DuckDB when empty; the environment variable ZT_ENGINE comes before a
            text, not before a setting that has been read.
        late: ``refuse`` or ``publish_without``, where a submitted table lacks a county's file; when empty, what the
            environment variable ZT_LATE says, and ``refuse`` if nothing.

    Raises:
        InputError: an engine that cannot be.
        SourceError: an engine does not answer, or a declaration, file, column, cell, key or reference is wrong; the
            message names it.
    """
    # a run reads declarations in a process that needs no engine: ibis takes 0.4 s to import
    import ibis

    package = read_package(Path(path) if Path(path).is_absolute() else find_root() / path)
    where = "argument 'late'" if late else f"environment variable {LATE}"
    if late_setting(late or os.environ.get(LATE) or REFUSE, where=where) == PUBLISH_WITHOUT:
        package = without_missing(package)
    wanted = _with_references(package, names) or tuple(
        table.name for table in package.tables.values() if table.role in roles
    )
    setting = engine if isinstance(engine, EngineSetting) else engine_setting(engine)
    if setting != DUCKDB:
        _refuse_declarations(package, setting)
        connection = connect(setting)
        connection.open(package, wanted)
        return Tables(connection.backend, wanted, package, connection=connection)
    # what names a person is written to no file, not even one that lives as long as a batch
    if KEPT in os.environ and not any(package.tables[name].personal for name in wanted if name in package.tables):
        with shown():
            kept = kept_database(package, wanted, Path(os.environ[KEPT]))
        backend = ibis.duckdb.connect(kept, read_only=True, **settings(kept))
        lock_settings(backend.con, shared=True)
        asker = reader(backend, wanted, package.folder)
        return Tables(backend, wanted, package, asker, Answers(kept, asker), tuple(kept_proofs(kept)))
    backend = ibis.duckdb.connect(**settings())
    with shown():
        proofs = fill(backend.con, package, wanted)
    lock_settings(backend.con)
    return Tables(backend, wanted, package, reader(backend, wanted, package.folder), proofs=tuple(proofs))


def _refuse_declarations(package: Package, setting: EngineSetting) -> None:
    """What only DuckDB does here is refused elsewhere: rows read without a declared correction would be other rows."""
    if package.declarations:
        raise SourceError(
            f"{package.folder.name}/{package.declarations[0].name}",
            found=f"the engine {setting}",
            expected="the engine duckdb, which alone reads submitted files and applies corrections",
            hint="take the file out, or set the engine to duckdb",
        )


def _with_references(package: Package, names: tuple[str, ...]) -> tuple[str, ...]:
    """``names`` and every table that one of them refers to: a reference can only be verified with both ends."""
    found = dict.fromkeys(names)
    todo = [name for name in names if name in package.tables]
    while todo:
        for key in package.tables[todo.pop()].foreign_keys:
            if key.table not in found and key.table in package.tables:
                found[key.table] = None
                todo.append(key.table)
    return tuple(found)


def in_memory(**rows: list[dict[str, Any]]) -> Tables:
    """Tables from a few rows, for examples and tests; ``*_on`` columns are given as ISO text and become dates.

    >>> in_memory(counties=[{"county_code": "530602"}]).count("counties")
    1
    """
    import ibis
    import pyarrow as pa

    backend = ibis.duckdb.connect()
    for name, content in rows.items():
        table = pa.Table.from_pylist(content)
        for position, column in enumerate(table.column_names):
            if column.endswith("_on") or pa.types.is_null(table[column].type):
                kind = pa.date32() if column.endswith("_on") else pa.string()
                table = table.set_column(position, column, table[column].cast(kind))
        backend.create_table(name, table)
    return Tables(backend, tuple(rows), reader=reader(backend, tuple(rows)))
