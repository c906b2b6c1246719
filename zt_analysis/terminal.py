"""What a terminal gets: characters that it can show, and none that would command it.

Names of files and texts of cells come from elsewhere. Their control characters are printed as escapes (``\\x1b``), and
so is what the terminal's encoding has no character for: nothing is lost, nothing fails, nothing moves the cursor.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

# C0 and C1 without tab and line end (a carriage return only as part of one), line separators, and what turns the
# direction of writing
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]|\r(?!\n)")
HOW = "backslashreplace"


def escaped(text: str) -> str:
    r"""``text`` with its control characters as escapes.

    >>> print(escaped("a\x1b[31mb"))
    a\x1b[31mb
    """
    return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], text)


def counted(number: int, name: str) -> str:
    """So many of what ``name`` calls one of; English as commands print it.

    >>> counted(1, "figure"), counted(2, "item ticked")
    ('1 figure', '2 items ticked')
    """
    word, _, rest = name.partition(" ")
    return f"{number} {word}{'' if number == 1 else 's'}{' ' if rest else ''}{rest}"


class Escaping:
    """A text stream that writes control characters as escapes; ``unescaped`` is the stream behind it.

    It has no ``buffer``: where the encoding is ASCII, click would write past it.
    """

    def __init__(self, stream: TextIO) -> None:
        self.unescaped = stream

    def write(self, text: str) -> int:
        """Write ``text``."""
        self.unescaped.write(escaped(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each of ``lines``."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":
            raise AttributeError(name)
        return getattr(self.unescaped, name)


def unescaped(stream: Any) -> Any:
    """The stream behind ``stream``, for what has to move the cursor: colours, a bar that grows."""
    return getattr(stream, "unescaped", stream)


def open_closed() -> None:
    """Open what of standard input, output and error was closed, as nothing: a file opened later would take its place,
    and whatever a library or another process prints would land in it."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
        if getattr(sys, name) is None:
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115  for as long as the process
            setattr(sys, name, stream)


def write_data(text: str) -> None:
    """Write ``text``, which a program reads, to standard output: as UTF-8 where its encoding lacks a character.

    An escape in its place would be another value.
    """
    stream = sys.stdout
    try:
        text.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        if not stream.isatty() and hasattr(unescaped(stream), "reconfigure"):
            unescaped(stream).reconfigure(encoding="utf-8")
    stream.write(text)


@contextmanager
def safe_output() -> Iterator[None]:
    """Have standard output and error escape what they cannot or should not print."""
    before = sys.stdout, sys.stderr
    errors = [stream.errors for stream in before]
    for stream in before:
        _escape_unknown(stream, HOW)
    sys.stdout, sys.stderr = (Escaping(stream) for stream in before)  # type: ignore[assignment]
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
        for stream, how in zip(before, errors, strict=True):
            with suppress(OSError):  # it writes first what it still holds: who printed it is told when they flush
                _escape_unknown(stream, how)


def _escape_unknown(stream: Any, how: str | None) -> None:
    if hasattr(stream, "reconfigure"):  # what a test or a notebook puts in its place may not have it
        stream.reconfigure(errors=how)
