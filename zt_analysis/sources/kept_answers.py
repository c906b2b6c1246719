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
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis.sources.asking import Reader

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa


@dataclass(frozen=True)
class Answers:
    """What was asked of the rows in ``database``.

    Attributes:
        reader: asks them; what else a notebook puts beside the tables it knows is the notebook's own.
    """

    database: Path
    reader: Reader

    def answer(self, expression: ir.Table, check: Callable[[], None]) -> pa.Table:
        """The rows of ``expression``, asked once; what they are read from has passed ``check`` before they are kept."""
        import pyarrow as pa

        path = self._place(expression, ".arrow")
        if path is None:
            return self.reader.ask(expression)
        if path.exists():
            with pa.memory_map(str(path)) as file:
                return pa.ipc.open_file(file).read_all()
        answer = self.reader.ask(expression)
        check()
        buffer = pa.BufferOutputStream()
        with pa.ipc.new_file(buffer, answer.schema) as writer:
            writer.write_table(answer)
        _write(path, buffer.getvalue())
        return answer

    def sql(self, expression: ir.Table, compose: Callable[[], str]) -> str:
        """What ``compose`` gives for ``expression``, composed once."""
        path = self._place(expression, ".sql")
        if path is None:
            return compose()
        if path.exists():
            return path.read_bytes().decode()
        sql = compose()
        _write(path, sql.encode())
        return sql

    def question(self, expression: ir.Table) -> str | None:
        """A checksum over what ``expression`` asks; None where the answer may be another one the next time.

        It may where a notebook's own function or table takes part, or SQL of its own, the present time, or chance.
        """
        content = io.BytesIO()
        pickler = pickle.Pickler(content, protocol=5)
        pickler.dispatch_table = copyreg.dispatch_table | self._written_as
        try:
            pickler.dump(expression.op())
        except (pickle.PicklingError, AttributeError, TypeError, RecursionError):
            return None
        return hashlib.sha256(content.getbuffer()).hexdigest()

    @cached_property
    def _written_as(self) -> dict[type, Callable[[Any], Any]]:
        """How parts of an expression are written down for the checksum that are not written down as they are."""
        import ibis.expr.operations as ops

        def verified(table: Any) -> Any:
            return table.__reduce__() if self.reader.is_of_verified(table.to_expr()) else refused(table)

        def refused(part: Any) -> Any:
            raise pickle.PicklingError(f"{type(part).__name__} may give something else the next time")

        changing = (ops.Sample, ops.InMemoryTable, ops.UnboundTable, ops.SQLQueryResult, ops.SQLStringView, *_impure())
        found: dict[type, Callable[[Any], Any]] = dict.fromkeys(changing, refused)
        # each table holds its connection, which is no part of the question
        return found | {ops.DatabaseTable: verified, type(self.reader.backend): lambda _: (str, ("",))}

    def _place(self, expression: ir.Table, suffix: str) -> Path | None:
        name = self.question(expression)
        return None if name is None else self.database.with_suffix(".answers") / f"{name}{suffix}"


def _impure() -> list[type]:
    """What ibis itself says gives another value each time: the present time, chance, functions of a reader's own."""
    import ibis.expr.operations as ops

    found = [ops.Impure]
    for kind in found:
        found += kind.__subclasses__()
    return found


def _write(path: Path, content: bytes) -> None:
    """Write whole or not at all: another case may be reading. What cannot be kept is asked again."""
    draft = path.with_suffix(f"{path.suffix}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
