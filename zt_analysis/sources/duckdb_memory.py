"""How much memory DuckDB may use, and where it writes what does not fit."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from zt_analysis.errors import InputError
from zt_analysis.scratch import spill_folder

if TYPE_CHECKING:
    import duckdb

LIMIT = "ZT_MEMORY_LIMIT"
# how much of the machine is used
FREE_SETTINGS = ("threads", "memory_limit", "max_temp_directory_size")
SIZE = re.compile(r"[1-9][0-9]*(\.[0-9]+)? ?([KMGT]i?B)", re.IGNORECASE)


def settings() -> dict[str, Any]:
    """DuckDB's settings: ``memory_limit`` when the environment names one, and a folder to spill to.

    Without the folder DuckDB would spill into the working folder. It makes the folder when it needs it and takes it
    away at the end; the folder is under TMPDIR.

    Raises:
        InputError: ZT_MEMORY_LIMIT is not a size.
    """
    found: dict[str, Any] = {"temp_directory": str(spill_folder())}
    limit = os.environ.get(LIMIT, "").strip()
    if not limit:
        return found
    if not SIZE.fullmatch(limit):
        raise InputError(
            f"environment variable {LIMIT}",
            found=limit,
            expected="a size such as 2GiB or 800MiB",
            hint="set it so, or unset it: DuckDB then takes up to 80% of the machine's memory",
        )
    return found | {"memory_limit": limit}


def with_days_of_utc(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The connection, on which a moment falls on its day in UTC, as on those that ibis opens, whatever the machine's
    zone; and no name in SQL means a Python variable. Where settings are locked, both are so already.
    """
    as_set = "SELECT current_setting('TimeZone') = 'UTC' AND NOT current_setting('python_enable_replacements')"
    if not connection.execute(as_set).fetchall()[0][0]:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET python_enable_replacements = false")
    return connection


def lock_settings(connection: duckdb.DuckDBPyConnection) -> None:
    """Have the database refuse a change of its settings by which a figure could become another one.

    A setting such as ``integer_division`` holds for all connections to the rows: for what other cases of a batch will
    find as answered, too.
    """
    # what a later connection to the rows begins with, which cannot set it any more
    connection.execute("SET GLOBAL TimeZone = 'UTC'; SET GLOBAL python_enable_replacements = false")
    connection.execute(f"SET allowed_configs = {list(FREE_SETTINGS)}; SET lock_configuration = true")


@contextmanager
def within_limit() -> Iterator[None]:
    """Turn DuckDB's end of memory or of spilling space into an error that says what to do."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise InputError(
            "memory for the package's rows",
            found=str(error).splitlines()[0],
            expected="rows that can be worked through within the limit, spilling to TMPDIR",
            hint=f"raise {LIMIT}, free space in TMPDIR, or see docs/scale.md",
        ) from error
