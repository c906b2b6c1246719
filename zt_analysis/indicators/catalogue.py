"""Indicators by name: those of the active office."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TypeVar

from zt_analysis.errors import InputError, nearest
from zt_analysis.indicators.dimensions import dimension_label
from zt_analysis.indicators.indicator import Indicator
from zt_analysis.indicators.view_reading import view_of
from zt_analysis.indicators.views import View, is_view
from zt_analysis.office import Office, current
from zt_analysis.units import UNITS
from zt_analysis.used import is_noted_whole, unnoted

Value = TypeVar("Value")
_SETTLED: ContextVar[tuple[Office, dict[Hashable, object]] | None] = ContextVar("settled", default=None)


def indicators() -> dict[str, Indicator]:
    """All indicators of the office, by name."""
    return current().indicators


@contextmanager
def settled() -> Iterator[None]:
    """Within, what an indicator is stays: no cell is run again meanwhile. A review asks nine thousand times."""
    token = _SETTLED.set((current(), {}))
    try:
        yield
    finally:
        _SETTLED.reset(token)


def once(key: Hashable, make: Callable[[], Value]) -> Value:
    """What ``make`` gives, which rests on definitions alone; made once where they are ``settled``."""
    held = _SETTLED.get()
    # what was taken up unnoted has to be noted when it is taken up for good
    if held is None or held[0] is not current() or not is_noted_whole():
        return make()
    known = held[1]
    if key not in known:
        known[key] = make()
    return known[key]  # type: ignore[return-value]


def find(name: str) -> Indicator:
    """The indicator ``name``, as its module defines it now: a cell may have been run again, a file read again.

    Raises:
        InputError: there is none, with the nearest names; or what is registered under the name is no indicator.
    """
    return once(name, lambda: _found(name)) if isinstance(name, str) else _found(name)


def _found(name: str) -> Indicator:
    if isinstance(name, str) and is_view(name):
        return _view(name, _definitions(name))
    known = indicators()
    registered = known.get(name)
    if registered is None:
        raise InputError(
            f"indicator {name!r}",
            found="no such indicator",
            expected=", ".join(known) or "an office with indicators; this folder has none",
            hint=f"{nearest(str(name), known)}see docs/glossary.md",
        )
    if not isinstance(registered, Indicator):
        raise InputError(
            f"indicator {name!r}",
            found=f"{type(registered).__name__} among the indicators",
            expected="an indicator",
            hint="decorate the function with measured(unit) or derived(unit)",
        )
    if registered.unit not in UNITS:
        raise InputError(
            f"indicator {name!r}: its unit",
            found=repr(registered.unit),
            expected=", ".join(UNITS),
            hint="add a row to office/words/texts/units.csv",
        )
    there = getattr(sys.modules.get(registered.function.__module__), registered.id, None)
    return there if isinstance(there, Indicator) and there.id == registered.id else registered


@lru_cache(maxsize=4096)
def _view(text: str, _: tuple[Hashable, ...]) -> View:
    """Read once for the definitions it names as they are: an indicator defined anew is another input."""
    return view_of(text, find, dimension_label)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.findall(r"\w+", text)))


def _definitions(text: str) -> tuple[Hashable, ...]:
    """What the indicators that a view names are defined by now; another one after any of them was defined anew."""
    with unnoted():
        known = indicators()
        return tuple(find(word).defined_by for word in _words(text) if word in known)
