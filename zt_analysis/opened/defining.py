"""A figure of one notebook: ``@zt.define(unit="人", zh="…")`` over a function; replaced when its cell is run again.

Such a figure is asked for as any other, by name, and is in no paper: ``own.to_office()`` writes it as a file of the
office, for a person to complete.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import ibis.expr.types as ir

from zt_analysis.errors import InputError
from zt_analysis.indicators.indicator import TIMES, Indicator, Measure
from zt_analysis.office import Office, current
from zt_analysis.opened.naming import close
from zt_analysis.opened.notebook import ready
from zt_analysis.units import UNITS

_OWN: WeakKeyDictionary[Office, set[str]] = WeakKeyDictionary()
FIRST = "tables"


@dataclass(frozen=True)
class Own(Indicator):
    """A figure of this notebook alone.

    Attributes:
        typed: its function as it was typed; source: the text of that, for ``to_office``.
        counted: what of the rows is counted, as the decorator said.
    """

    typed: Callable[..., Any] | None = None
    source: str = ""
    counted: tuple[str, str] = ("", "")

    def to_office(self, file: str = "") -> Path:
        """Write it as ``office/indicators/<name>.py``, to be completed there by a person; nothing is written over.

        Raises:
            InputError: there is such a file, no office, or a function that needs what stands elsewhere in the notebook.
        """
        from zt_analysis.opened.officing import written

        return written(self, file)

    @property
    def text(self) -> str:
        """What ``to_office`` writes."""
        from zt_analysis.opened.officing import module_of

        return module_of(self)


def define(
    *, unit: str, zh: str, en: str = "", time: str = "date", distinct: str = "", sum: str = ""
) -> Callable[[Callable[..., Any]], Own]:
    """Make a function a figure of this notebook.

    The function takes ``(tables, period)`` and gives the rows that count, or a ``Measure``; or it takes exact values of
    other figures, named by its parameters, and gives one.

    Args:
        unit: a unit by its word or key: ``人``, ``persons``.
        zh, en: its name in each language.
        time: ``date`` for how things stand on the as-of date, ``span`` for what came about since the base date.
        distinct: the column whose different values are counted; rows are counted without.
        sum: the column that is added up.

    Raises:
        InputError: a unit, time or column that there is not; the name of a figure that the office has.
    """
    ready()
    key = _unit(unit)
    if time not in TIMES:
        near = close(time, TIMES)
        raise InputError("time", found=repr(time), expected=", ".join(TIMES), hint=f"did you mean {near[:1]}?")
    if distinct and sum:
        raise InputError("distinct and sum", found="both", expected="one of the two", hint="leave one out")
    how = ("distinct", distinct) if distinct else ("sum", sum) if sum else ("count", "")

    def make(function: Callable[..., Any]) -> Own:
        return _defined(function, Own(function, key, time, False, zh=zh, en=en or zh, counted=how))

    return make


def forget(office: Office) -> None:
    """Take the figures of this notebook out again."""
    for name in _OWN.pop(office, set()):
        dict.pop(office.indicators, name, None)


def _defined(function: Any, own: Own) -> Own:
    office = current()
    name = getattr(function, "__name__", "")
    parameters = list(inspect.signature(function).parameters) if callable(function) else []
    if not name.isidentifier() or not parameters:
        raise InputError(
            "@zt.define", found=f"{name or type(function).__name__} without parameters",
            expected="a function of tables and period, or of other figures", hint="def mine(tables, period):",
        )  # fmt: skip
    mine = _OWN.setdefault(office, set())
    taken = {one.zh: one.id for one in office.indicators.values() if one.id not in mine}
    if name in taken.values() or own.zh in taken:
        raise InputError(
            f"figure {name!r} ({own.zh})", found=f"a figure of the office: {taken.get(own.zh, name)}",
            expected="a name of its own", hint="call the function, or zh, otherwise",
        )  # fmt: skip
    derived = parameters[0] != FIRST
    if not derived and len(parameters) != 2:
        raise InputError(f"figure {name!r}", found=f"({', '.join(parameters)})", expected="(tables, period)")
    if derived:
        unknown = [one for one in parameters if one.removesuffix("_at_base") not in office.indicators]
        if unknown:
            near = close(unknown[0], office.indicators)
            raise InputError(
                f"figure {name!r}, parameter {unknown[0]!r}", found="no figure of that name",
                expected="(tables, period), or names of figures", hint=f"did you mean {' or '.join(near)}?",
            )  # fmt: skip
    source = _source(function)
    if derived and not function.__doc__:
        function.__doc__ = _said(own)
    asked = function if derived else _measuring(function, own)
    made = replace(own, derived=derived, source=source, typed=function, function=asked)
    mine.add(name)
    dict.__setitem__(office.indicators, name, made)  # type: ignore[type-var]
    return made


def _measuring(function: Callable[..., Any], own: Own) -> Callable[..., Measure]:
    how, column = own.counted

    def measure(tables: Any, period: Any) -> Measure:
        found = function(tables, period)
        if isinstance(found, Measure):
            return found
        if not isinstance(found, ir.Table):
            raise InputError(
                f"figure {function.__name__!r}", found=type(found).__name__,
                expected="the rows that count, or a Measure", hint='such as tables["dropout_cases"].filter(...)',
            )  # fmt: skip
        if column and column not in found.columns:
            near = close(column, found.columns)
            raise InputError(
                f"figure {function.__name__!r}, column {column!r}", found="none of its rows",
                expected=", ".join(found.columns), hint=f"did you mean {' or '.join(near)}?" if near else "",
            )  # fmt: skip
        return Measure(found, how, column)

    measure.__name__ = function.__name__
    # of the notebook, so that what it gives is asked for anew each time: its cells may have changed what it calls
    measure.__module__ = function.__module__
    measure.__doc__ = inspect.getdoc(function) or _said(own)
    return measure


def _said(own: Own) -> str:
    """What is said of a figure whose function says nothing."""
    return f"{own.en}\n\n定义：{own.zh}"


def _unit(word: str) -> str:
    if word in UNITS:
        return word
    found = [key for key, one in UNITS.items() if word.strip() in (one.zh, one.en.strip())]
    if len(found) == 1:
        return found[0]
    named = [f"{one.zh or '—'} ({key})" for key, one in UNITS.items()]
    raise InputError(
        f"unit {word!r}", found=f"{len(found)} units of that word: {', '.join(found)}" if found else "no such unit",
        expected=", ".join(named), hint="write the key" if found else "add a row to office/words/texts/units.csv",
    )  # fmt: skip


def _source(function: Callable[..., Any]) -> str:
    try:
        text = textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError):
        return ""
    return re.sub(r"\A(?:@.*\n(?:[ )].*\n)*)+", "", text)
