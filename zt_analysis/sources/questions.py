"""What names a question to verified rows: a checksum over its expression, or over what it will be made from.

Writing an expression as SQL takes fifty times as long.
"""

from __future__ import annotations

import copyreg
import hashlib
import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any


@dataclass(frozen=True)
class Name:
    """What names a question: ``shape`` is a checksum over all of it but its days, ``days`` are these, each once, in the
    order in which they come."""

    shape: str
    days: tuple[date, ...] = ()

    @property
    def exact(self) -> str:
        """A checksum over all of it."""
        return hashlib.sha256(" ".join((self.shape, *map(str, self.days))).encode()).hexdigest()


def name_of(asked: Any, is_verified: Callable[[Any], bool], backends: tuple[type, ...]) -> Name | None:
    """The name of ``asked``: an ibis operation, or plain values and operations in tuples.

    None where the answer may be another one the next time: a notebook's own function or table takes part, or SQL of its
    own, the present time, or chance.

    Args:
        is_verified: whether an operation asks verified tables only.
        backends: the classes of ibis's backend, each table's connection, which is no part of the question.
    """

    def verified(table: Any) -> Any:
        return table.__reduce__() if is_verified(table) else _refused(table)

    days: dict[date, int] = {}

    def literal(one: Any) -> Any:
        if not is_day(one):
            return one.__reduce__()
        return (str, (f"day {days.setdefault(one.value, len(days))} {one.dtype!r}",))

    content = io.BytesIO()
    pickler = pickle.Pickler(content, protocol=5)
    database_table, plain_value, changing = _kinds()
    own: dict[type, Callable[[Any], Any]] = dict.fromkeys(changing, _refused)
    own |= {database_table: verified, plain_value: literal} | dict.fromkeys(backends, lambda _: (str, ("",)))
    pickler.dispatch_table = copyreg.dispatch_table | own
    try:
        pickler.dump(asked)
    except (pickle.PicklingError, AttributeError, TypeError, RecursionError):
        return None
    return Name(hashlib.sha256(content.getbuffer()).hexdigest(), tuple(days))


def is_day(literal: Any) -> bool:
    """Whether a literal of ibis's is a day."""
    return type(literal.value) is date and bool(literal.dtype.is_date())


def _refused(part: Any) -> Any:
    raise pickle.PicklingError(f"{type(part).__name__} may give something else the next time")


@cache
def _kinds() -> tuple[type, type, tuple[type, ...]]:
    """A declared table, a literal, and what may give something else the next time; ibis names the time and chance."""
    import ibis.expr.operations as ops

    impure: list[type] = [ops.Impure]
    for kind in impure:
        impure += kind.__subclasses__()
    own = (ops.Sample, ops.InMemoryTable, ops.UnboundTable, ops.SQLQueryResult, ops.SQLStringView)
    return ops.DatabaseTable, ops.Literal, (*own, *impure)
