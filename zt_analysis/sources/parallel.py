"""Work on many tables, the small ones abreast."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor, wait
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from zt_analysis.errors import SourceError
from zt_analysis.sources.descriptor import Table
from zt_analysis.sources.duckdb_memory import with_days_of_utc
from zt_analysis.sources.loading import LARGE_BYTES

if TYPE_CHECKING:
    import duckdb

# a thread may be between two statements when it is told: it is told until it has ended
INTERRUPT_SECONDS = 0.1
HEARD_SECONDS = 0.5
# to begin and end threads takes as long as these rows do
AT_ONCE_BYTES = 100_000
Answer = TypeVar("Answer")
Work = Callable[["duckdb.DuckDBPyConnection", Table], Answer]


def on_each(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], work: Work[Answer]) -> list[Answer]:
    """What ``work`` gives for each table, in their order; small ones at the same time, each over a cursor of its own.

    DuckDB reads a small table on one thread, a large one on all of them and in as much memory as there is: that one is
    worked on alone, as is one that refers to it, and what is gathered from submitted files, which writes to a table of
    its own besides.

    Raises:
        What ``work`` raises, for the first such table.
    """
    large = {table.name for table in tables if not _is_small(table)}
    ahead = [table for table in tables if not large & {table.name, *(key.table for key in table.foreign_keys)}]
    if sum(table.parts.size_bytes for table in ahead) <= AT_ONCE_BYTES:
        ahead = []
    cursors = {table.name: with_days_of_utc(connection.cursor()) for table in ahead}
    running: set[str] = set()
    stopped = Event()

    def one(table: Table) -> Answer:
        running.add(table.name)
        try:
            if stopped.is_set():
                raise CancelledError
            return work(cursors[table.name], table)
        finally:
            running.discard(table.name)

    with ThreadPoolExecutor(_threads(connection)) as pool:
        try:
            begun = {table.name: pool.submit(one, table) for table in ahead}
            # polars, wherever a notebook has imported it, has system calls go on after a Ctrl-C: a wait without end too
            while wait(begun.values(), timeout=HEARD_SECONDS).not_done:
                pass
        except BaseException:  # a reader's Ctrl-C, which DuckDB hears on the main thread only
            stopped.set()
            while running:
                for cursor in cursors.values():
                    cursor.interrupt()
                time.sleep(INTERRUPT_SECONDS)
            raise
    return [begun[table.name].result() if table.name in begun else work(connection, table) for table in tables]


def _is_small(table: Table) -> bool:
    try:
        return not table.source and table.parts.size_bytes <= LARGE_BYTES
    except (OSError, SourceError):  # its turn comes, and with it the words for what is wrong
        return False


def _threads(connection: duckdb.DuckDBPyConnection) -> int:
    """As many as DuckDB itself would use."""
    return int(connection.execute("SELECT current_setting('threads')").fetchall()[0][0])
