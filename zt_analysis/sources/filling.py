"""Tables loaded and verified anew, in memory: personal data are looked for before any row is written to a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from zt_analysis.sources.corrections import correct
from zt_analysis.sources.descriptor import Package, Table
from zt_analysis.sources.duckdb_memory import within_limit
from zt_analysis.sources.loading import is_large, load
from zt_analysis.sources.numbered import InDuckDB, Numbered
from zt_analysis.sources.parallel import on_each
from zt_analysis.sources.privacy import Looking, refuse_unasked
from zt_analysis.sources.problems import Problem
from zt_analysis.sources.proving import (
    FILE,
    Proof,
    declared_proofs,
    proved_keys,
    read_proofs,
    without,
    write_proofs,
)
from zt_analysis.sources.quality import keep_quality
from zt_analysis.sources.verification import checked, verify

if TYPE_CHECKING:
    import duckdb


def fill(connection: duckdb.DuckDBPyConnection, package: Package, names: tuple[str, ...]) -> list[Proof]:
    """Load the tables ``names`` into ``connection`` and verify them; proofs of their unique keys.

    Raises:
        SourceError: a file, column, cell, key or reference is wrong; the message names it.
    """
    tables = [package.tables[name] for name in names]
    with within_limit():
        refuse_unasked(on_each(connection, tables, partial(_load_looked_at, package)))
        corrections = correct(connection, package, tables)
        corrected = {one.table for one, _ in corrections}
        # a proof is about the bytes of a file, and a correction may change a key
        proofs = _prove_large(connection, package, [table for table in tables if table.name not in corrected])
        verify(InDuckDB(connection), package, [without(table, proofs.get(table.name, [])) for table in tables])
        checks = InDuckDB(connection).each(tables, checked)
        keep_quality(connection, package, checks, corrections)
        found = [one for table in tables for one in proofs.get(table.name) or declared_proofs(connection, table)]
    return found


def _load_looked_at(package: Package, connection: duckdb.DuckDBPyConnection, table: Table) -> list[Problem]:
    """Load ``table``; what in it names persons unasked."""
    load(connection, table)
    return Looking(Numbered(connection, table), package).problems()


def _prove_large(
    connection: duckdb.DuckDBPyConnection, package: Package, tables: list[Table]
) -> dict[str, list[Proof]]:
    """Proofs for the large tables that are not copied, by table; kept beside the package for the next time."""
    large = [table for table in tables if is_large(table)]
    path = package.folder / FILE
    kept = read_proofs(path) if large else []
    found = {table.name: proved_keys(connection, table, kept) for table in large}
    proofs = [one for name in found for one in found[name]]
    if set(proofs) - set(kept):
        write_proofs(path, [*proofs, *(one for one in kept if one.table not in found)])
    return found
