"""The SQL of questions, kept for the next process (``kept_texts``): writing it costs more than asking.

It is named by a checksum over what is asked and by what it was written: ibis and sqlglot. It holds no rows. Of
questions that differ in their days alone one text is kept, with places for the days, once it has been seen that days
decide nothing else of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from zt_analysis.kept_texts import keep_bytes, kept_text, known_bytes, version_of
from zt_analysis.sources.questions import Name, is_day

if TYPE_CHECKING:
    import ibis.expr.types as ir

KIND, OF_DAYS = "sql", "sql-of-days"
MOST_FILES = 4000
# what stands for a day in a text; no SQL that ibis writes has it
MARK = "\0"
# days of the shortest and of the longest text, in either order: sqlglot breaks a line by its length, so that where both
# give one text all days do
SHORT = [date(1601, month, day) for month in range(1, 10) for day in range(1, 10)]
LONG = [date(1602, month, day) for month in (12, 11, 10) for day in range(30, 9, -1)]
MOST_DAYS = min(len(SHORT), len(LONG))
Write = Callable[["ir.Table"], str]


def kept_sql(question: str, compose: Callable[[], str]) -> str:
    """What ``compose`` gives for ``question``, a checksum over what is asked; composed once."""
    return kept_text(KIND, question, made_by(), compose, most_files=MOST_FILES)


def sql_of_days(name: Name, build: Callable[[], ir.Table], write: Write) -> str:
    """What ``write`` gives for what ``build`` gives, which ``name`` names.

    The first text of a shape is kept with its days. For whoever asks with others it is written with two sets of days
    that nobody asks for; where both give one text, and that the first one with its own days, only days are put in from
    then on.
    """
    if not name.days or len(name.days) > MOST_DAYS or min(name.days).year < 1000:
        return kept_sql(name.exact, lambda: write(build()))
    known, days = _known(name.shape), [*map(str, name.days)]
    if known is None:
        known = {"days": days, "sql": write(build())}
        _keep(name.shape, known)
    if known.get("days") == days:
        return str(known["sql"])
    if "template" not in known:
        known = {"template": _template(build(), name.days, known, write)}
        _keep(name.shape, known)
    template = known["template"]
    return _put(template, name.days) if template else kept_sql(name.exact, lambda: write(build()))


def _template(expression: ir.Table, days: Sequence[date], first: dict[str, Any], write: Write) -> str | None:
    """The text of ``expression`` with a mark for each of its days; None where they decide more of it."""
    import ibis.expr.operations as ops

    op, found = expression.op(), set()
    literals = [one for one in op.find(ops.Literal) if is_day(one)]
    for stand_ins in (SHORT, LONG):
        others = dict(zip(days, stand_ins, strict=False))
        text = write(op.replace({one: one.copy(value=others[one.value]) for one in literals}).to_expr())
        if MARK in text:
            return None
        for place, day in enumerate(others.values()):
            text = text.replace(_said(day), f"{MARK}{place}{MARK}")
        found.add(text)
    template = str(found.pop())
    is_right = not found and _put(template, [*map(date.fromisoformat, first["days"])]) == first["sql"]
    return template if is_right else None


def _put(template: str, days: Sequence[date]) -> str:
    parts = template.split(MARK)
    return "".join(_said(days[int(part)]) if place % 2 else part for place, part in enumerate(parts))


def _said(day: date) -> str:
    return f"MAKE_DATE({day.year}, {day.month}, {day.day})"


def _known(shape: str) -> dict[str, Any] | None:
    content = known_bytes(OF_DAYS, shape, made_by(), most_files=MOST_FILES)
    return None if content is None else dict(json.loads(content))


def _keep(shape: str, content: dict[str, Any]) -> None:
    keep_bytes(OF_DAYS, shape, made_by(), json.dumps(content).encode(), most_files=MOST_FILES)


@cache
def made_by() -> str:
    """A checksum over the libraries that write SQL."""
    told = " ".join(f"{name} {version_of(name)}" for name in ("ibis-framework", "sqlglot"))
    return hashlib.sha256(told.encode()).hexdigest()
