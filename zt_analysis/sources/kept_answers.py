"""Answers kept beside verified rows for the other cases of a batch.

Issues of one term ask the same of the term's rows, and the same question to the same bytes has one answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis.kept_texts import write
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

        path = self._place(expression)
        if path is None:
            return self.reader.ask(expression)
        if path.exists():
            with pa.memory_map(str(path)) as file:
                return pa.ipc.open_file(file).read_all()
        answer = self.reader.ask(expression)
        check()
        _write(path, answer)
        return answer

    def has(self, expression: ir.Table) -> bool:
        """Whether it was asked."""
        path = self._place(expression)
        return path is not None and path.exists()

    def keep(self, expression: ir.Table, rows: list[dict[str, Any]]) -> None:
        """Keep the rows that ``expression`` gives, whose tables have been checked."""
        import pyarrow as pa

        path = self._place(expression)
        if path is not None:
            _write(path, pa.Table.from_pylist(rows, schema=expression.schema().to_pyarrow()))

    def question(self, expression: ir.Table) -> str | None:
        """A checksum over what ``expression`` asks; None where the answer may be another one the next time."""
        return self.reader.question(expression.op())

    def _place(self, expression: ir.Table) -> Path | None:
        name = self.question(expression)
        return None if name is None else self.database.with_suffix(".answers") / f"{name}.arrow"


def _write(path: Path, answer: pa.Table) -> None:
    import pyarrow as pa

    buffer = pa.BufferOutputStream()
    with pa.ipc.new_file(buffer, answer.schema) as writer:
        writer.write_table(answer)
    write(path, buffer.getvalue())
