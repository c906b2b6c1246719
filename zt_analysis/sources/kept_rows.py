"""Rows that were verified, kept in a DuckDB file beside their package and attached read-only by whoever opens it next.

Tables are loaded, looked at and verified in memory; only what has passed is written, whole or not at all. A file is
taken for the bytes and the code it was made by and no others (``kept_manifest``). It may be removed at any time, and
where none can be written everything is verified anew at each opening. Rows of columns that are declared personal are
kept in no file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from zt_analysis.errors import SourceError
from zt_analysis.settings import KEEP, KEEP_NOTHING, kept_rows_setting
from zt_analysis.sources.descriptor import Package, Table
from zt_analysis.sources.filling import fill
from zt_analysis.sources.kept_files import Home, drop
from zt_analysis.sources.kept_manifest import identity, key_at, key_of_user
from zt_analysis.sources.proving import Proof

if TYPE_CHECKING:
    import duckdb

# beside datapackage.json
FOLDER = ".kept"
# names a folder that lives as long as a batch, which sets it for its kernels
KEPT = "ZT_KEPT_PACKAGES"
# smaller packages are verified as quickly as they are attached
WORTH_BYTES = 2**20


class LostError(Exception):
    """Writing has failed in a way that took the connection and its rows with it."""


def ready(
    connection: duckdb.DuckDBPyConnection, package: Package, names: tuple[str, ...], *, anew: bool = False
) -> list[Proof]:
    """Have the verified tables ``names`` in ``connection``, kept or verified anew; proofs of their unique keys.

    Args:
        anew: verify them whatever is kept, and keep nothing.

    Raises:
        SourceError: as ``fill``.
        LostError: the rows are to be verified anew over another connection.
    """
    homes = [] if anew else homes_of(package, names)
    if not homes:
        return fill(connection, package, names)
    try:
        wanted = {name: identity(package, package.tables[name]) for name in names}
    except SourceError:  # a file that is not there is named in its table's turn
        return fill(connection, package, names)
    for home in homes:
        home.forget()
        if (proofs := home.attach(connection, wanted)) is not None:
            return proofs
    for home in (one for one in homes if one.writes):
        with ExitStack() as open_things:
            try:
                open_things.enter_context(home.alone())
            except OSError:
                continue
            proofs = home.attach(connection, wanted)
            return _fill_and_keep(connection, home, wanted) if proofs is None else proofs
    return fill(connection, package, names)


def are_kept(package: Package, names: tuple[str, ...]) -> bool:
    """Whether ``ready`` would find the verified tables ``names`` kept."""
    homes = homes_of(package, names)
    try:
        wanted = {name: identity(package, package.tables[name]) for name in names}
    except SourceError:
        return False
    return any(home.find(wanted) is not None for home in homes)


def _fill_and_keep(connection: duckdb.DuckDBPyConnection, home: Home, wanted: Mapping[str, str]) -> list[Proof]:
    import duckdb

    proofs = fill(connection, home.package, tuple(wanted))
    try:
        home.keep(connection, wanted, proofs)
    except (OSError, duckdb.Error):
        try:
            connection.execute("SELECT 1")
        except duckdb.Error as error:
            raise LostError from error
        return proofs
    # served as it will be the next time: what was written is proved once more, and its memory is given back
    drop(connection)
    attached = home.attach(connection, wanted)
    return fill(connection, home.package, tuple(wanted)) if attached is None else attached


def homes_of(package: Package, names: Iterable[str]) -> list[Home]:
    """Where rows of the tables ``names`` may be kept, the best place first; nowhere if one of them names persons.

    Raises:
        InputError: ZT_KEPT_ROWS is another word than it can be.
    """
    tables = [package.tables[name] for name in names if name in package.tables]
    own = package.folder / FOLDER
    batch = os.environ.get(KEPT)
    setting = kept_rows_setting()
    homes = []
    # rows of a database change without a trace in the package
    lasting = setting != KEEP_NOTHING and not any(table.in_database for table in tables)
    if lasting and (own.is_dir() or _is_worth_it(tables)) and (key := key_of_user()):
        homes.append(Home(own, key, package, writes=setting == KEEP))
    if batch and (key := key_at(Path(batch) / "rows.key")):
        homes.append(Home(Path(batch), key, package))
    if any(table.personal for table in tables):
        for home in homes:
            home.forget(all_of_them=True)
        return []
    return homes


def _is_worth_it(tables: Iterable[Table]) -> bool:
    with suppress(OSError, SourceError):  # opening has the words for what is wrong
        return sum(table.parts.size_bytes for table in tables) >= WORTH_BYTES
    return False
