"""Ibis's backend for DuckDB, brought in when something of its own is first asked.

Its compilers for fifteen engines take as long to import as a review's questions to answer; whose SQL is kept asks
DuckDB itself and needs none of them.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from ibis.backends.duckdb import Backend

    from zt_analysis.sources.descriptor import Table

# the types that a package declares, as ibis calls them
TYPES = {"string": "string", "integer": "int64", "boolean": "boolean", "date": "date"}


class _Waiting:
    """Stands where the backend stands and hands on what is asked of it; a table of either is a table of both."""

    name = "duckdb"

    def __init__(self, con: Any) -> None:
        self._con, self.made = con, None

    @property
    def con(self) -> Any:
        return self._con

    @con.setter
    def con(self, con: Any) -> None:
        self._con = con
        if self.made is not None:
            self.made.con = con

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if self.made is None:
            self.made = _made(self)
        return getattr(self.made, name)

    def __eq__(self, other: object) -> bool:
        return other is self or (other is not None and other is self.made)

    def __hash__(self) -> int:
        return object.__hash__(self)


def _made(waiting: _Waiting) -> Any:
    found = _class()()
    found.__dict__ |= deepcopy(_parts()) | {"con": waiting.con, "waiting": waiting, "_can_reconnect": False}
    return found


@cache
def _parts() -> dict[str, Any]:
    """What a backend consists of beside its connection, as a connection of ibis's own gives it.

    Settings of ours may be locked already; a database costs as much as to open a small package.
    """
    import ibis

    like = ibis.duckdb.connect()
    like.con.close()
    return {name: value for name, value in vars(like).items() if name != "con"}


@cache
def _class() -> type[Any]:
    from ibis.backends.duckdb import Backend

    class Known(Backend):  # type: ignore[misc]  # ibis has no types
        """Ibis's backend, the same as what stood in its place."""

        waiting: _Waiting

        def __eq__(self, other: object) -> bool:
            return other is self or other is self.waiting

        def __hash__(self) -> int:
            return hash(self.waiting)

    return Known


def is_of(source: Any, backend: Backend) -> bool:
    """Whether a table of ``source`` is one of ``backend``."""
    return source is backend or (isinstance(backend, _Waiting) and source == backend)


def kinds_of_backend(backend: Backend) -> tuple[type, ...]:
    """The classes that the source of a table of ``backend`` may have."""
    made = backend.made if isinstance(backend, _Waiting) else None
    return (type(backend), *([type(made)] if made is not None else []))


def connected(**settings: Any) -> Backend:
    """A backend over a new database in memory, set as ibis sets those that it opens."""
    import duckdb

    con = duckdb.connect(":memory:", config=settings)
    con.execute("SET TimeZone = 'UTC'; SET python_enable_replacements = false")
    return cast("Backend", _Waiting(con))


def table_of(source: Any, table: Table) -> ir.Table:
    """A table that is known to have its declared columns, as ``source.table`` gives it."""
    import ibis
    import ibis.expr.operations as ops

    schema = ibis.schema({column.name: TYPES[column.type] for column in table.columns})
    found: ir.Table = ops.DatabaseTable(table.name, schema, source, ops.Namespace()).to_expr()
    return found
