"""What can go wrong, as one small tree.

    ZtError                 exit 3 unless a branch says otherwise
    ├── InputError          a parameter, a path or a word typed by the user: exit 2
    │   └── SourceError     a source table, one of its rows, its descriptor: exit 2
    ├── NotebookError       a cell failed, a kernel died: exit 3
    │   └── KernelStartError  no kernel came up: exit 3; the one error that is tried again
    └── ReportError         a page, a font or a chart could not be made: exit 3

Every message says which thing, what was found, what was expected, and ends with a hint.
"""

from __future__ import annotations

from typing import Any


class ZtError(Exception):
    """Base of every error this package raises on purpose; ``exit_code`` is what ``zt`` leaves with."""

    exit_code = 3

    def __init__(self, thing: str, *, found: object = None, expected: object = None, hint: str = "") -> None:
        self.thing = thing
        self.found = found
        self.expected = expected
        self.hint = hint
        super().__init__(self._message())

    def _message(self) -> str:
        parts = [self.thing]
        if self.found is not None:
            parts.append(f"found {self.found}")
        if self.expected is not None:
            parts.append(f"expected {self.expected}")
        text = "; ".join(parts)
        return f"{text}. Hint: {self.hint}" if self.hint else text


class InputError(ZtError):
    """The user's input is wrong: a case, a parameter, a path."""

    exit_code = 2


class SourceError(InputError):
    """A source table, one of its rows or its descriptor is not what was declared.

    ``problems`` holds every problem of rows that were refused (``sources.problems.Problem``); the message only the
    first of each check.
    """

    problems: tuple[Any, ...] = ()


class NotebookError(ZtError):
    """A notebook cell failed or its kernel died."""


class KernelStartError(NotebookError):
    """No kernel came up; it may the next time."""


class ReportError(ZtError):
    """A page, a font or a chart could not be made."""
