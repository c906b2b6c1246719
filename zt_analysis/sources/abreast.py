"""Work on many tables, the small ones abreast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from zt_analysis.sources.descriptor import Table
from zt_analysis.sources.loading import is_held

if TYPE_CHECKING:
    import duckdb

Answer = TypeVar("Answer")


def on_each(
    connection: duckdb.DuckDBPyConnection,
    tables: Sequence[Table],
    work: Callable[[duckdb.DuckDBPyConnection, Table], Answer],
) -> list[Answer]:
    """What ``work`` gives for each table, in their order; small ones at the same time, each over a cursor of its own.

    DuckDB reads a small table on one thread, a large one on all of them and in as much memory as there is: that one is
    worked on alone, as is what is gathered from submitted files, which writes to a table of its own besides.

    Raises:
        What ``work`` raises, for the first such table.
    """
    ahead = [table for table in tables if is_held(table) and not table.source]
    with ThreadPoolExecutor(_threads(connection)) as pool:
        begun = {table.name: pool.submit(work, connection.cursor(), table) for table in ahead}
        small = {name: one.exception() or one.result() for name, one in begun.items()}
    found = []
    for table in tables:
        answer = small[table.name] if table.name in small else work(connection, table)
        if isinstance(answer, BaseException):
            raise answer
        found.append(answer)
    return found


def _threads(connection: duckdb.DuckDBPyConnection) -> int:
    """As many as DuckDB itself would use."""
    return int(connection.execute("SELECT current_setting('threads')").fetchall()[0][0])
