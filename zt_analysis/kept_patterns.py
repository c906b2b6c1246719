"""Regular expressions as Python's compiler leaves them, kept for the next process (``kept_texts``).

A text is read by some 800 expressions, many of them some thousand characters long; to compile them takes as long as
all else a review does, and some are made from an office's words, so that they cannot lie compiled beside the code. What
is kept is what ``re`` hands to its engine, by expression, flags and Python; the engine checks it as it checks the
compiler's. Nothing of ``re`` is replaced: it compiles what is asked of it, and all of this where its compiler is not as
this module knows it.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import re
import sys
import time
from array import array
from types import FunctionType
from typing import Any

KIND = "patterns"
# who wants nothing taken from what is kept says so once, for rows and all else (``settings``)
SETTING, READ, WRITTEN = "ZT_KEPT_ROWS", ("", "on", "read"), ("", "on")
# what compiling has to have taken, in nanoseconds: before it is worth a look at what is kept, and before it is written
WORTH_A_LOOK, WORTH_WRITING = 10_000_000, 50_000_000
# characters of an expression that is worth a look by itself
LONG = 500
# above so many only what this process has asked for is written
MOST = 4000
# what depends on the locale is compiled as ever, and what is to be printed
NOT_KEPT = int(re.LOCALE | re.DEBUG)
# of what the engine is given: flags and code
FLAGS, CODE = 1, 2
Key = tuple[str, int]
Given = tuple[Any, ...]


class Patterns:
    """What this process has of expressions: those that were kept, and those that it has compiled."""

    def __init__(self) -> None:
        self._known: dict[Key, Given] | None = None
        self._asked: dict[Key, Given] = {}
        self._spent = self._unwritten = 0

    def compiled(self, pattern: Any, flags: int) -> re.Pattern[Any]:
        """As ``re.compile``."""
        flags = int(flags)
        if type(pattern) is not str or flags & NOT_KEPT or not _keeps(READ):
            return re.compile(pattern, flags)
        if self._known is None and (self._spent > WORTH_A_LOOK or len(pattern) > LONG):
            self._known = _read()
        if self._known and (given := self._known.get((pattern, flags))):
            self._asked[pattern, flags] = given
            code = list(memoryview(given[CODE]).cast("I"))
            found: re.Pattern[Any] = _engine().compile(*given[:CODE], code, *given[CODE + 1 :])
            return found
        began = time.thread_time_ns()
        try:
            return self._anew(pattern, flags)
        finally:
            taken = time.thread_time_ns() - began
            self._spent += taken
            self._unwritten += taken

    def _anew(self, pattern: str, flags: int) -> re.Pattern[str]:
        """Compiled by ``re``'s own function, in which what it hands to its engine is noted on the way."""
        noted: list[Given] = []
        engine = _engine()
        if engine is None:
            return re.compile(pattern, flags)

        class Noting:
            @staticmethod
            def compile(*given: Any) -> Any:
                noted.append(given)
                return engine.compile(*given)

        plain = re._compiler.compile  # type: ignore[attr-defined]
        same: Any = FunctionType(
            plain.__code__, {**plain.__globals__, "_sre": Noting}, plain.__name__, plain.__defaults__, plain.__closure__
        )
        found: re.Pattern[str] = same(pattern, flags)
        if noted and len(noted[0]) > CODE and type(noted[0][CODE]) is list:
            given = noted[0]
            code = array("I", given[CODE]).tobytes()
            self._asked[pattern, flags] = (given[0], int(given[FLAGS]), code, *given[CODE + 1 :])
        return found

    def keep(self) -> None:
        """Write what was compiled for the next process, where that took long; what others have kept meanwhile, too."""
        if self._unwritten < WORTH_WRITING or not _keeps(WRITTEN):
            return
        from zt_analysis.kept_texts import keep_bytes

        self._unwritten = 0
        every = _read() | self._asked
        keep_bytes(KIND, _made_by(), _made_by(), marshal.dumps(every if len(every) <= MOST else self._asked))


def _keeps(words: tuple[str, ...]) -> bool:
    return os.environ.get(SETTING, "") in words


def _engine() -> Any:
    """What compiled expressions are handed to; None of a Python that has another."""
    engine = getattr(getattr(re, "_compiler", None), "_sre", None)
    return engine if getattr(engine, "CODESIZE", 0) == array("I").itemsize else None


def _read() -> dict[Key, Given]:
    from zt_analysis.kept_texts import known_bytes  # it reads what packages say of themselves: not for a short command

    content = known_bytes(KIND, _made_by(), _made_by())
    return {} if content is None else marshal.loads(content)


def _made_by() -> str:
    told = (sys.version, sys.implementation.cache_tag, sys.byteorder, getattr(_engine(), "MAGIC", 0))
    return hashlib.sha256(repr(told).encode()).hexdigest()


_PATTERNS = Patterns()
compiled, keep = _PATTERNS.compiled, _PATTERNS.keep
