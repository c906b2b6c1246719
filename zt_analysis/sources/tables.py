"""Verified tables: rows of any engine, asked in the same words."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import TYPE_CHECKING, Any

from zt_analysis.errors import InputError, SourceError, nearest, wrong_argument
from zt_analysis.listed import Listed
from zt_analysis.personal import mask, masked
from zt_analysis.settings import DUCKDB, EngineSetting
from zt_analysis.sources.asking import Reader
from zt_analysis.sources.backend import table_of
from zt_analysis.sources.descriptor import Package, Table
from zt_analysis.sources.dialects import literal, quoted
from zt_analysis.sources.duckdb_memory import within_limit
from zt_analysis.sources.engines import Connection
from zt_analysis.sources.guarding import ReadOnly, only_query
from zt_analysis.sources.lineage import personal_columns
from zt_analysis.sources.loading import check_unchanged
from zt_analysis.sources.proving import Proof
from zt_analysis.sources.together import Question, from_connection, from_reader
from zt_analysis.sources.unbuilt import Unbuilt, built, key_of

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd
    from ibis.backends.duckdb import Backend

# what shows nothing of a text
PLAIN = (int, float, Decimal, date, NoneType)
# what an engine says of the query's own words; anything else may quote a cell
OF_WORDS = re.compile(
    r"(?:Binder|Catalog|Parser) Error|(?:syntax error|column )[^:]*$|\[(?:UNRESOLVED_COLUMN|PARSE_SYNTAX|TABLE_OR_VIEW)"
)


@dataclass(frozen=True, eq=False)
class Tables:
    """Verified source tables, by name, as ibis tables of one connection.

    Attributes:
        reader: asks DuckDB, when it holds the rows.
        proofs: the keys that verification proved unique (see ``proving``).
        connection: to the engine that holds the rows, when it is not DuckDB.
    """

    backend: Backend
    names: tuple[str, ...]
    package: Package | None = None
    reader: Reader | None = None
    proofs: tuple[Proof, ...] = ()
    connection: Connection | None = None
    _kept: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def __getitem__(self, name: str) -> ir.Table:
        """The table ``name``; SourceError when the package has none of that name."""
        if name not in self.names:
            raise self._no_table(name)
        if self.connection is not None:
            return self.connection.table(name)
        # one report asks several hundred times
        return self.keep(("table", name), lambda: self._table(name))

    def _table(self, name: str) -> ir.Table:
        if self.package is None:
            return self.backend.table(name)
        # loading gave it these columns and types, and nothing writes to it since: to ask DuckDB takes 1 to 3 ms a table
        return table_of(self.backend, self.package.tables[name])

    def _no_table(self, name: object) -> SourceError:
        declared = self.package.tables.get(name) if self.package and isinstance(name, str) else None
        if declared is None:
            found, hint = "no such table", f"{nearest(str(name), self.names)}declare it in datapackage.json"
        else:
            found = f"one of role {declared.role!r}, which was not opened"
            hint = f'open it too: zt.open_package(..., roles=("table", "{declared.role}"))'
        return SourceError(f"table {name!r}", found=found, expected=", ".join(self.names), hint=hint)

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
        if name not in self.names:
            raise self._no_table(name)
        counts: dict[str, int] = self.keep("counts", self._counts)
        return counts[name]

    def _counts(self) -> dict[str, int]:
        """The rows of every table, by one statement: whoever wants one number wants the others."""
        if self.connection is None:
            # as standard SQL has it: to have ibis write eleven questions takes a tenth of a second
            each = (f"SELECT {literal(name)}, count(*) FROM {quoted(name)}" for name in self.names)
            with within_limit():
                _, rows = self._asker.found(" UNION ALL ".join(each), named=True)
            check_unchanged(self.files)
            return {str(name): int(count) for name, count in rows}
        asked = {name: self[name].aggregate(n=self[name].count()) for name in self.names}
        for one in asked.values():
            self.later(one)
        return {name: int(self.rows(one)[0]["n"]) for name, one in asked.items()}

    def summary(self) -> pd.DataFrame:
        """One row a table: ``table``, ``rows``, ``sha256`` (first 12 characters), ``as_declared`` (bool).

        Of tables in a database: ``table``, ``rows``, ``rows_digest`` (first 12 characters).
        """
        return self.listed().frame()

    def listed(self) -> Listed:
        """The ``summary``, to be shown."""
        if not self.engine.reads_files:
            found = [(table.name, self.count(table.name), self.digest(table)[:12]) for table in self.declared]
            return Listed(("table", "rows", "rows_digest"), tuple(found))
        content = [
            (table.name, self.count(table.name), table.sha256[:12], table.sha256 == table.declared_sha256)
            for table in self.files
        ]
        return Listed(("table", "rows", "sha256", "as_declared"), tuple(content))

    def rows(self, expression: ir.Table | Unbuilt) -> list[dict[str, Any]]:
        """Every row of ``expression`` as a dict of Python values (whole numbers as int, never float).

        Values of columns that are declared personal are masked.
        """
        if not isinstance(expression, Unbuilt) and not hasattr(expression, "op"):
            raise wrong_argument("expression", expression, "a table", 'write tables.rows(tables["schools"])')
        asked = self._as_asked(expression)
        # one report asks the same of the same rows more than once: twelve of its ninety questions
        key = ("rows", key_of(asked))
        if key not in self._kept and key[1] in self._asked_for:
            self._ask_together()
        found = self.keep(key, lambda: self._rows(asked))
        return [dict(row) for row in found]

    def later(self, expression: ir.Table | Unbuilt, *, order: Sequence[str] = ()) -> None:
        """Say that the few rows of ``expression`` will be asked for: whoever asks for some of such has all of them
        asked in one statement. ``order`` are the columns that order them."""
        asked = self._as_asked(expression)
        self._asked_for[key_of(asked)] = Question(asked, tuple(order))

    def _as_asked(self, asked: ir.Table | Unbuilt) -> ir.Table | Unbuilt:
        """A question as it is asked here: built, but where its SQL may be kept."""
        return asked if self.connection is None and self.keeps else built(asked)

    @property
    def _asked_for(self) -> dict[Hashable, Question]:
        found: dict[Hashable, Question] = self.keep("later", dict)
        return found

    def sql(self, query: str) -> pd.DataFrame:
        """What a query of your own gives: ``tables.sql("SELECT stage, count(*) AS n FROM teaching GROUP BY stage")``.

        Whole numbers are int, however large, never float. It reads the verified rows and cannot write them; tables and
        frames that a notebook has put beside them are seen by ``tables.backend`` only. Where the package declares
        personal columns, every text is masked.

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
            found = self._without_values(str(error.found))
            raise InputError(
                f"query {query!r}", found=found, expected=f"SQL over {', '.join(self.names)}", hint=error.hint
            ) from None  # it quotes the cell that it could not cast
        if self._is_personal:  # any text of a free query may be one of them
            rows = [tuple(cell if isinstance(cell, PLAIN) else mask(str(cell)) for cell in row) for row in rows]
        return pd.DataFrame(rows, columns=names, dtype="object").convert_dtypes()

    @property
    def _is_personal(self) -> bool:
        found: bool = self.keep("personal", lambda: any(table.personal for table in self.declared))
        return found

    def _without_values(self, found: str) -> str:
        """What an engine says of a query, without the cells that it may quote."""
        if not self._is_personal or OF_WORDS.match(found):
            return masked(found)
        return "an error at a cell, which is not quoted since the package declares personal columns"

    def compile(self, expression: ir.Table | Unbuilt) -> str:
        """The SQL that gives ``expression``, of the engine that holds the rows."""
        if self.connection is not None:
            return self.connection.sql(built(expression))
        # what a notebook puts in the place of an indicator asks another question
        asked = self._as_asked(expression)
        return str(self.keep(("sql", key_of(asked)), lambda: self._asker.sql_of(asked)))

    @property
    def keeps(self) -> bool:
        """Whether what was made of these rows may be kept for other processes: of declared tables that name no person,
        whom a part asked for might name."""
        return self.package is not None and not self._is_personal

    @property
    def _asker(self) -> Reader:
        """Who asks: only of declared tables that name no person SQL is kept for other processes."""
        if not self.keeps:
            return self._reader
        found: Reader = self.keep("asker", lambda: replace(self._reader, keeps=True))
        return found

    @property
    def verified(self) -> ReadOnly:
        """DuckDB's connection that sees the verified rows alone, as written (``raw_<table>``) and typed."""
        return self._reader.verified

    @property
    def _reader(self) -> Reader:
        if self.reader is None:
            raise SourceError(f"engine {self.engine}", found="no DuckDB", expected="duckdb", hint="see docs/engines.md")
        return self.reader

    def _ask_together(self) -> None:
        """Answer what will be asked for, as far as one statement can; what is left is asked by itself."""
        asked = [one for op, one in self._asked_for.items() if ("rows", op) not in self._kept]
        self._asked_for.clear()
        if self.connection:
            found = from_connection(self.connection, asked)
        else:
            with within_limit():
                found = from_reader(self._asker, asked)
            check_unchanged(self.files)
        for one, rows in found:
            self._kept["rows", key_of(one.asked)] = self._shown(one.asked, rows)

    def _rows(self, asked: ir.Table | Unbuilt) -> list[dict[str, Any]]:
        found = self.connection.rows(built(asked)) if self.connection else self._answer(asked)
        return self._shown(asked, found)

    def _shown(self, asked: ir.Table | Unbuilt, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        hidden = personal_columns(built(asked), self) if self._is_personal else set()
        if not hidden:
            return list(found)
        return [
            {name: mask(str(cell)) if name in hidden and cell is not None else cell for name, cell in row.items()}
            for row in found
        ]

    def _digest(self, table: Table) -> str:
        if self.connection is not None:
            return self.connection.digest(table)
        from zt_analysis.sources.dialects import DUCKDB as WORDS
        from zt_analysis.sources.digests import digest_sql, digest_text

        return digest_text(self.verified.execute(digest_sql(table, WORDS)).fetchall()[0])

    def _answer(self, asked: ir.Table | Unbuilt) -> list[dict[str, Any]]:
        with within_limit():
            found = self._asker.answer(asked)
        # rows that are not copied are read anew by every question: they have to be those that were verified
        check_unchanged(self.files)
        return found
