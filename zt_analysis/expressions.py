"""Regular expressions that are compiled when they are first asked: ``import zt_analysis.expressions as re``.

Of all that is known of texts one text asks half. Python takes a millisecond to compile a long expression, or one with
a wide range of characters; modules that hold many of them take this module for ``re``. What was compiled is kept for
the next process (``kept_patterns``), but for those of ``guard``.
"""

from __future__ import annotations

import re
from re import (
    ASCII,
    DOTALL,
    IGNORECASE,
    MULTILINE,
    I,
    M,
    Match,
    Pattern,
    S,
    error,
    escape,
    findall,
    finditer,
    fullmatch,
    match,
    search,
    split,
    sub,
)
from typing import Any, AnyStr, cast
from weakref import WeakSet

from zt_analysis.kept_patterns import compiled, keep

__all__ = [
    "ASCII",
    "DOTALL",
    "IGNORECASE",
    "MULTILINE",
    "I",
    "M",
    "Match",
    "Pattern",
    "S",
    "compile",
    "compile_all",
    "compile_guards",
    "error",
    "escape",
    "findall",
    "finditer",
    "fullmatch",
    "guard",
    "match",
    "search",
    "split",
    "sub",
]


class _Later:
    """Stands for an expression; once something is asked of it, what answers is the expression's own."""

    def __init__(self, pattern: str | bytes, flags: int, kept: bool) -> None:
        self.pattern, self._given, self._kept = pattern, int(flags), kept
        _LATER.add(self)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # of a copy, of what shows it: nothing is asked of the expression
            raise AttributeError(name)
        known = vars(self)
        if "_own" not in known:  # held here: re holds 512 and lets the oldest go, of a text's some thousand
            known["_own"] = (compiled if self._kept else re.compile)(self.pattern, self._given)
        found = known[name] = getattr(known["_own"], name)
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        return compile if self._kept else guard, (self.pattern, self._given)

    def __repr__(self) -> str:
        return f"expressions.compile({self.pattern!r})"


_LATER: WeakSet[_Later] = WeakSet()


def compile(pattern: AnyStr, flags: int = 0) -> Pattern[AnyStr]:  # it stands for that of re
    """``pattern``, compiled when something is asked of it: what it finds, or what it is made of.

    >>> compile("[0-9]+").findall("3 of 12")
    ['3', '12']
    """
    return cast(Pattern[AnyStr], _Later(pattern, flags, kept=True))


def guard(pattern: AnyStr, flags: int = 0) -> Pattern[AnyStr]:
    """As ``compile``, for what nothing may pass: compiled by each process itself, whatever a file says of it."""
    return cast(Pattern[AnyStr], _Later(pattern, flags, kept=False))


def compile_guards() -> None:
    """Compile what nothing may pass, before a process forks that would compile it, too."""
    for one in list(_LATER):
        if not vars(one)["_kept"]:
            one.flags  # noqa: B018  # to ask is to compile


def compile_all() -> None:
    """Compile all that is held, before a process forks that each would compile for itself."""
    for one in list(_LATER):
        one.flags  # noqa: B018  # to ask is to compile
    keep()
