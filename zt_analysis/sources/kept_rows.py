"""Verified rows kept in a file, so that the cases of a batch load and verify an unchanged package once.

The file's name is a checksum over what the package was read to declare and over every table's file as it is now: a
changed byte is another name, and then everything is loaded and verified anew. A package that is refused leaves no file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from zt_analysis.sources.corrections import correct
from zt_analysis.sources.descriptor import Package, Table
from zt_analysis.sources.duckdb_memory import settings, with_days_of_utc, within_limit
from zt_analysis.sources.loading import is_held, load
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

# names a folder that lives as long as a batch, which sets it for its kernels
KEPT = "ZT_KEPT_PACKAGES"


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


def kept_database(package: Package, names: tuple[str, ...], folder: Path) -> Path:
    """A DuckDB file in ``folder`` with the verified tables ``names`` of ``package``; made by whoever asks first.

    Raises:
        SourceError: as ``fill``.
    """
    path = folder / f"{_content(package, names)}.duckdb"
    with _alone(path.with_suffix(".lock")):
        if not path.exists():
            _make(path, package, names)
    return path


def kept_proofs(database: Path) -> list[Proof]:
    """Proofs of the unique keys of the tables in ``database``."""
    return read_proofs(database.with_suffix(".proofs"))


def _make(path: Path, package: Package, names: tuple[str, ...]) -> None:
    import duckdb

    draft = path.with_suffix(f".{os.getpid()}")
    try:
        with duckdb.connect(draft, config=settings()) as connection:
            proofs = fill(with_days_of_utc(connection), package, names)
        write_proofs(path.with_suffix(".proofs"), proofs)
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def _prove_large(
    connection: duckdb.DuckDBPyConnection, package: Package, tables: list[Table]
) -> dict[str, list[Proof]]:
    """Proofs for the tables that are not copied, by table; kept beside the package for the next time."""
    large = [table for table in tables if not is_held(table)]
    path = package.folder / FILE
    kept = read_proofs(path) if large else []
    found = {table.name: proved_keys(connection, table, kept) for table in large}
    proofs = [one for name in found for one in found[name]]
    if set(proofs) - set(kept):
        write_proofs(path, [*proofs, *(one for one in kept if one.table not in found)])
    return found


def _content(package: Package, names: tuple[str, ...]) -> str:
    """A checksum over where the package is, what it was read to declare, and the content of the files wanted."""
    digest = hashlib.sha256(str(package.folder.resolve()).encode())
    for name, sha256 in package.declared_by.items():
        digest.update(f"{name} {sha256}\n".encode())
    for name in names:
        table = package.tables[name]
        # the files that a source expects are named by the rows of another table
        digest.update(f"{name} {table.sha256} {table.source}\n".encode())
    return digest.hexdigest()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let one process at a time in, where the system can; the others find the file that it has made."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
