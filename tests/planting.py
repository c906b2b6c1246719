"""A package opened, verified and reviewed once, in which one table at a time is replaced by a changed one."""

from contextlib import contextmanager

import ibis
import ibis.expr.operations as ops
from packages import ROOT, SHIPPED
from shipped import OFFICE

from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.errors import SourceError
from zt_analysis.sources import Tables, read_package
from zt_analysis.sources.asking import reader
from zt_analysis.sources.dialects import literal, quoted
from zt_analysis.sources.duckdb_memory import settings, with_days_of_utc
from zt_analysis.sources.kept_rows import fill
from zt_analysis.sources.loading import _parquet_rows, load, stored_as, stored_types
from zt_analysis.sources.numbered import InDuckDB
from zt_analysis.sources.proving import declared_proofs
from zt_analysis.sources.verification import verify


class Standing:
    """The shipped package as a paper reads it.

    What a change can touch is done anew: the changed file is loaded, it and every table that refers to it are
    verified, every question that reads it is asked again. Only answers about other tables stand.
    """

    def __init__(self, case, find):
        """``find`` gives what a review of the paper over some tables finds."""
        self.paper = paper_of(params.load(case, ROOT))
        self.find = find
        self.package = read_package(SHIPPED)
        assert not self.package.declarations  # a correction would have to be applied to the changed rows again
        self.names = tuple(name for name, table in self.package.tables.items() if table.role in self.paper.roles)
        self.backend = ibis.duckdb.connect(**settings())
        self.loading = self.backend.con
        self.proofs = fill(self.loading, self.package, self.names)
        tables = self._tables(self.package, self.proofs, {})
        self.usual = find(self.paper, tables)
        self.answers = {key: value for key, value in tables._kept.items() if key[0] in ("table", "rows")}

    def findings(self, folder, name):
        """What is found when table ``name`` is as in the package at ``folder``, and all others as shipped."""
        package = read_package(folder)
        return self._found(package, name, lambda: load(self.loading, package.tables[name]))

    def planted(self, name, column, row, change):
        """What is found when one cell of a large table, or a row of it twice, is changed in memory.

        Args:
            row: its place from 0, or ``duplicate``; change: what makes the new value of the old one.
        """
        table = self.package.tables[name]
        raw = quoted(f"raw_{name}")

        def put():
            # the shipped file's rows, numbered as loading numbers them
            self.loading.execute(f"CREATE VIEW {raw} AS {_parquet_rows(table)}")
            stored = stored_types(self.loading, table)
            shipped = rows = f"SELECT * FROM ({_parquet_rows(table)})"
            if row == "duplicate":  # the first once more before it, as ``change_parquet`` writes it
                rows = f"{shipped} WHERE _row = 1 UNION ALL SELECT * REPLACE (_row + 1 AS _row) FROM ({shipped})"
            else:
                cell = f"SELECT {quoted(column)} FROM {raw} WHERE _row = {row + 1}"
                (before,) = self.loading.execute(cell).fetchone()
                new = change(before)
                assert new != before
                value = f"CAST({literal(str(new))} AS {stored[column]})"
                changed = f"CASE WHEN _row = {row + 1} THEN {value} ELSE {quoted(column)} END"
                rows = f"SELECT * REPLACE ({changed} AS {quoted(column)}) FROM ({rows})"
            self.loading.execute(f"CREATE OR REPLACE VIEW {raw} AS {rows}")
            columns = ", ".join(f"{stored_as(one, stored)} AS {quoted(one.name)}" for one in table.columns)
            self.loading.execute(f"CREATE TABLE {quoted(name)} AS SELECT {columns} FROM {raw}")

        return self._found(self.package, name, put)

    def _found(self, package, name, put):
        try:
            with OFFICE.active(), self._replaced(name, put):
                own = [package.tables[one] for one in self.names if one == name or self._refers(one, name)]
                verify(InDuckDB(self.loading), package, own)
                proofs = [one for one in self.proofs if one.table != name]
                proofs += declared_proofs(self.loading, package.tables[name])
                kept = {key: value for key, value in self.answers.items() if stands(key, name)}
                return self.find(self.paper, self._tables(package, proofs, kept))
        except SourceError as error:
            return refusal(error)

    def _tables(self, package, proofs, kept):
        """The rows as they are now: who asks sees those of the moment when it was made."""
        self.backend.con = with_days_of_utc(self.loading.cursor())
        asker = reader(self.backend, self.names, package.folder)
        return Tables(self.backend, self.names, package, asker, proofs=tuple(proofs), _kept=kept)

    def _refers(self, name, to):
        return any(key.table == to for key in self.package.tables[name].foreign_keys)

    @contextmanager
    def _replaced(self, name, put):
        """The shipped rows are set aside, not read again."""
        aside = {}
        try:
            for one, kind in self._made(name):
                self.loading.execute(f'ALTER {kind} "{one}" RENAME TO "aside_{one}"')
                aside[one] = kind
            put()
            yield
        finally:
            for one, kind in self._made(name):
                self.loading.execute(f'DROP {kind} "{one}"')
            for one, kind in aside.items():
                self.loading.execute(f'ALTER {kind} "aside_{one}" RENAME TO "{one}"')

    def _made(self, name):
        known = self.loading.execute("SELECT table_name, table_type FROM information_schema.tables").fetchall()
        return [(one, "VIEW" if kind == "VIEW" else "TABLE") for one, kind in known if one in (name, f"raw_{name}")]


def stands(key, changed):
    """Whether an answer about the unchanged package is right when table ``changed`` is not as it was."""
    if key[0] == "table":
        return True  # the columns of a table, which ``load`` holds against the declaration
    read = [table for op in operations(key[1]) for table in op.find(ops.PhysicalTable)]
    return bool(read) and all(type(one) is ops.DatabaseTable and one.name != changed for one in read)


def operations(asked):
    """The operations that a question is made from: its own, or those that name one which is built later."""
    if not isinstance(asked, tuple):
        return [asked] if isinstance(asked, ops.Node) else []
    return [op for one in asked for op in operations(one)]


def refusal(error):
    """What a refused package counts as: rows of its tables named, or nothing."""
    found = getattr(error, "problems", ())
    return [f"refused: {error}"] if found and any(one.row is not None for one in found) else []
