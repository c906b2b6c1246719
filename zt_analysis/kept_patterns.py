"""Regular expressions as Python's compiler leaves them, kept for the next process (``kept_texts``).

A run compiles 1,100, a quarter of a second: those by which a text is read are long, and some are made from an office's
words and a case's figures, so they cannot be written beside the code. What is kept is what ``re`` itself hands to its
engine, by expression, flags and Python; the engine checks it as it checks the compiler's. A Python whose compiler is
not as this one knows it compiles as ever.
"""

from __future__ import annotations

import hashlib
import marshal
import re
import sys
import time
from array import array
from typing import Any

from zt_analysis.kept_texts import keep, kept

KIND = "patterns"
# what compiling must have taken before what was compiled is written down, in nanoseconds
WORTH_NS = 15_000_000
# above this many, only what this process asked for is written
MOST = 4000
# bytes and what depends on the locale are compiled as ever, and what is to be printed
NOT_KEPT = int(re.LOCALE | re.DEBUG)
# of what the engine is given: which is the code
CODE = 2


class Patterns:
    """Stands before the compiler of ``re``."""

    def __init__(self, compiler: Any) -> None:
        self._compiler = compiler
        self._compile, self._engine = compiler.compile, compiler._sre
        self._made: dict[int, tuple[Any, ...]] = {}
        self._kept: dict[tuple[str, int], tuple[Any, ...]] | None = None
        self._asked: dict[tuple[str, int], tuple[Any, ...]] = {}
        self._spent = 0

    def __getattr__(self, asked: str) -> Any:
        """Whatever else the compiler asks its engine."""
        return getattr(self._engine, asked)

    def compile(self, *given: Any) -> Any:
        """What the compiler hands to its engine, noted."""
        found = self._engine.compile(*given)
        self._made[id(found)] = given
        return found

    def asked(self, pattern: Any, flags: Any = 0) -> Any:
        """The compiled ``pattern``; in the place of ``re._compiler.compile``."""
        if type(pattern) is not str or flags & NOT_KEPT:
            found = self._compile(pattern, flags)
            self._made.pop(id(found), None)
            return found
        if self._kept is None:
            self._kept = _read(self._engine)
        key = (pattern, int(flags))
        given = self._kept.get(key)
        if given is not None:
            self._asked[key] = given
            return self._engine.compile(*given[:CODE], list(memoryview(given[CODE]).cast("I")), *given[CODE + 1 :])
        began = time.thread_time_ns()
        found = self._compile(pattern, flags)
        self._spent += time.thread_time_ns() - began
        given = self._made.pop(id(found), ())
        if len(given) > CODE and type(given[CODE]) is list:
            code = array("I", given[CODE]).tobytes()
            self._asked[key] = (*given[:1], int(given[1]), code, *given[CODE + 1 :])
        return found

    def write(self) -> None:
        """Keep what was compiled, where that took long enough; what another process has kept meanwhile, too."""
        if self._spent < WORTH_NS:
            return
        self._spent = 0
        every = _read(self._engine) | self._asked
        told = marshal.dumps(every if len(every) <= MOST else self._asked)
        keep(KIND, _made_by(self._engine), _made_by(self._engine), told)


def use_kept() -> None:
    """Have this process, and those that are forked from it, take what was kept."""
    compiler = getattr(re, "_compiler", None)
    engine = getattr(compiler, "_sre", None)
    if getattr(engine, "CODESIZE", 0) == array("I").itemsize and not isinstance(engine, Patterns):
        patterns = Patterns(compiler)
        compiler._sre, compiler.compile = patterns, patterns.asked  # type: ignore[union-attr]


def keep_compiled() -> None:
    """Keep what this process has compiled anew."""
    patterns = getattr(getattr(re, "_compiler", None), "_sre", None)
    if isinstance(patterns, Patterns):
        patterns.write()


def _read(engine: Any) -> dict[tuple[str, int], tuple[Any, ...]]:
    content = kept(KIND, _made_by(engine), _made_by(engine))
    return {} if content is None else marshal.loads(content)


def _made_by(engine: Any) -> str:
    told = (sys.version, sys.implementation.cache_tag, sys.byteorder, engine.MAGIC, engine.CODESIZE)
    return hashlib.sha256(repr(told).encode()).hexdigest()
