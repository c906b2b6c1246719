"""Answers, and the SQL shown with a figure, kept beside verified rows for the other cases of a batch.

Issues of one term ask the same of the term's rows, and the same question to the same bytes has one answer. What names
a question is a checksum over its expression: writing the expression as SQL takes fifty times as long.
"""

from __future__ import annotations

import copyreg
import hashlib
import io
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa


def kept_answer(database: Path, expression: ir.Table, ask: Callable[[], pa.Table]) -> pa.Table:
    """What ``ask`` gives for ``expression``, asked once of the rows in ``database``."""
    import pyarrow as pa

    path = _place(database, expression, ".arrow")
    if path is None:
        return ask()
    if path.exists():
        with pa.memory_map(str(path)) as file:
            return pa.ipc.open_file(file).read_all()
    answer = ask()
    buffer = pa.BufferOutputStream()
    with pa.ipc.new_file(buffer, answer.schema) as writer:
        writer.write_table(answer)
    _write(path, buffer.getvalue())
    return answer


def kept_sql(database: Path, expression: ir.Table, compose: Callable[[], str]) -> str:
    """What ``compose`` gives for ``expression``, composed once for the rows in ``database``."""
    path = _place(database, expression, ".sql")
    if path is None:
        return compose()
    if path.exists():
        return path.read_text(encoding="utf-8")
    sql = compose()
    _write(path, sql.encode("utf-8"))
    return sql


def question(expression: ir.Table) -> str | None:
    """A checksum over what ``expression`` asks, over whichever connection; None where that cannot be told.

    A function written in a notebook cannot: another notebook may have another of that name.
    """
    content = io.BytesIO()
    pickler = pickle.Pickler(content, protocol=5)
    pickler.dispatch_table = copyreg.dispatch_table | {_connections(): lambda _: (str, ("a connection",))}
    try:
        pickler.dump(expression.op())
    except (pickle.PicklingError, AttributeError, TypeError):
        return None
    return hashlib.sha256(content.getbuffer()).hexdigest()


def _connections() -> type:
    """What ibis calls a connection to DuckDB; each table of an expression holds one, which is no part of a question."""
    from ibis.backends.duckdb import Backend

    return Backend


def _place(database: Path, expression: ir.Table, suffix: str) -> Path | None:
    name = question(expression)
    return None if name is None else database.with_suffix(".answers") / f"{name}{suffix}"


def _write(path: Path, content: bytes) -> None:
    """Write whole or not at all: another case may be reading."""
    path.parent.mkdir(exist_ok=True)
    draft = path.with_suffix(f"{path.suffix}.{os.getpid()}")
    draft.write_bytes(content)
    draft.rename(path)
