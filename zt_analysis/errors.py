"""What can go wrong, as one small tree.

    ZtError                 exit 3 unless a branch says otherwise
    ├── InputError          a parameter, a path or a word typed by the user: exit 2
    │   ├── SourceError     a source table, one of its rows, its descriptor: exit 2
    │   │   └── NoDataError   a week of which no row has come: exit 2
    │   └── MissingExtraError  a library that only some commands need is not installed: exit 2
    ├── NotebookError       a cell failed, a kernel died: exit 3
    │   └── KernelStartError  no kernel came up: exit 3; the one error that is tried again
    ├── ReportError         a page, a font or a chart could not be made: exit 3
    └── MachineError        the machine lacks disk, memory or open files: exit 3

Every message says which thing, what was found, what was expected, and ends with a hint. Whatever is raised because the
machine lacks something says so instead, wherever it is raised: no file has to be restored when the disk is full.
Whatever in a message has the form of personal data is masked.
"""

from __future__ import annotations

import errno
import os
import sys
import textwrap
import traceback
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from zt_analysis.personal import counted, masked
from zt_analysis.personal.forms import KINDS

# of a line of a message; what was found is whole in the error itself
LONGEST = 1_000
_LACKS = {
    errno.ENOSPC: ("disk full", "free some space, then run it again"),
    errno.EDQUOT: ("disk quota used up", "free some space or have the quota raised, then run it again"),
    errno.EMFILE: ("too many open files", "raise the limit (ulimit -n 1024) or lower --jobs, then run it again"),
    errno.ENFILE: ("too many open files on this machine", "end other programs, then run it again"),
    # of a shell's limit, or of a disk that holds no larger ones
    errno.EFBIG: (
        "a file larger than may be written",
        "raise the limit (ulimit -f) or take another disk, then run it again",
    ),
    errno.ENOMEM: ("out of memory", "end other programs or lower --jobs, then run it again"),
}
# what the system refuses of a path, and what it wants there
_WANTED = {
    errno.EROFS: "a disk that can be written",
    errno.EACCES: "a file or folder that this account may read and write",
    errno.EPERM: "a file or folder that this account may read and write",
    errno.ENOENT: "a file or folder that is there",
    errno.EEXIST: "a folder, or nothing yet",
    errno.ENOTDIR: "a folder",
    errno.EISDIR: "a file",
    errno.ENAMETOOLONG: "a shorter name",
}
_WORDS = {os.strerror(number): lack for number, lack in _LACKS.items()}


def lack_of(error: BaseException | str | None) -> tuple[str, str] | None:
    """What the machine lacked where ``error``, or one it came from, was raised, and what to do; None if nothing.

    >>> lack_of("OSError: [Errno 28] No space left on device: 'out.ipynb'")
    ('disk full', 'free some space, then run it again')
    """
    if isinstance(error, str):
        return next((lack for words, lack in _WORDS.items() if words in error or f"found {lack[0]}" in error), None)
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        if isinstance(error, MemoryError):
            return _LACKS[errno.ENOMEM]
        if isinstance(error, OSError) and error.errno in _LACKS:
            return _LACKS[error.errno]
        # libraries that write by themselves give the system's words only
        if found := next((lack for words, lack in _WORDS.items() if words in str(error)), None):
            return found
        error = error.__cause__ or error.__context__
    return None


class ZtError(Exception):
    """Base of every error this package raises on purpose; ``exit_code`` is what ``zt`` leaves with."""

    exit_code = 3

    def __init__(self, thing: str, *, found: object = None, expected: object = None, hint: str = "") -> None:
        self.thing = thing
        self.found = found
        self.expected = expected
        self.hint = hint
        if lack := lack_of(sys.exception()):
            self.found, self.hint = lack
            self.expected, self.exit_code = None, ZtError.exit_code
        super().__init__(self._message())

    def _message(self) -> str:
        parts = [_shortened(self.thing)]
        if self.found is not None:
            parts.append(f"found {_shortened(str(self.found))}")
        if self.expected is not None:
            parts.append(f"expected {self.expected}")
        text = masked("; ".join(parts))
        return f"{text}. Hint: {self.hint}" if self.hint else text

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows in the place of a traceback, which is of our code and not of the cell's."""
        return rendered(self)


WIDE = 100
# characters of each part: an error in a notebook is ten lines at most
LONG = {"": 100, "found": 190, "expected": 290, "hint": 290}


def rendered(error: ZtError) -> list[str]:
    """An error as a person in a notebook reads it: thing, found, expected, hint, and the line of the cell."""
    said = (("found", error.found), ("expected", error.expected), ("hint", error.hint))
    lines = [f"\x1b[1;31m{type(error).__name__}\x1b[0m: {_cut(str(error.thing), '')}"]
    for name, words in said:
        if words not in (None, ""):
            wrapped = textwrap.wrap(_cut(str(words), name), WIDE) or [""]
            lines += [f"  \x1b[1m{name if at == 0 else '':<9}\x1b[0m{one}" for at, one in enumerate(wrapped)]
    return [*lines, *_of_cell(error)]


def _cut(text: str, part: str) -> str:
    text = " ".join(masked(text).split())
    return text if len(text) <= LONG[part] else f"{text[: LONG[part]]}..."


def _of_cell(error: BaseException) -> list[str]:
    """The line of the cell that led here, with the number of the cell: the last that is not a file's."""
    frames = [
        one
        for one in traceback.extract_tb(error.__traceback__)
        if "ipykernel" in one.filename or one.filename.startswith("<ipython")
    ]
    if not frames:
        return []
    last = frames[-1]
    return [f"  \x1b[1m{'cell':<9}\x1b[0m{_number_of(last.filename)}line {last.lineno}: {_cut((last.line or ''), '')}"]


def _number_of(name: str) -> str:
    """The number of the cell whose code has this file's name, as it stands beside the cell: ``[3] ``."""
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module is not None else None
    told = getattr(getattr(shell, "compile", None), "format_code_name", None)
    found = told(name) if told is not None else None
    return f"{found[1].removeprefix('In')} " if found else ""


def _shortened(text: str) -> str:
    """``text`` with what is too long in a line left out of its middle: nobody reads 30,000 characters on a terminal."""
    lines = (line if len(line) <= LONGEST else f"{line[: LONGEST // 2]} ... {line[-80:]}" for line in text.split("\n"))
    return "\n".join(lines)


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the words most like ``word``; empty where none is like it.

    >>> nearest("juniour", ["primary", "junior"])
    "did you mean 'junior'? "
    """
    found = get_close_matches(word, list(known), n=3)
    return f"did you mean {' or '.join(map(repr, found))}? " if found else ""


class InputError(ZtError):
    """The user's input is wrong: a case, a parameter, a path."""

    exit_code = 2


def wrong_argument(name: str, given: object, expected: str, hint: str) -> InputError:
    """The error for an argument that cannot be: names it and shows what was given, if that is short."""
    shown = repr(given)
    return InputError(
        f"argument {name!r}", found=shown if len(shown) < 80 else type(given).__name__, expected=expected, hint=hint
    )


class MissingExtraError(InputError):
    """A library that only some commands need is not installed; exit 2."""


class SourceError(InputError):
    """A source table, one of its rows or its descriptor is not what was declared.

    ``problems`` holds every problem of rows that were refused (``sources.problems.Problem``); the message only the
    first of each check.
    """

    problems: tuple[Any, ...] = ()


class NoDataError(SourceError):
    """No row has come of what a paper is about: zeros would be no figures."""


class NotebookError(ZtError):
    """A notebook cell failed or its kernel died."""


class KernelStartError(NotebookError):
    """No kernel came up; it may the next time."""


class ReportError(ZtError):
    """A page, a font or a chart could not be made."""


class MachineError(ZtError):
    """The machine lacks what a run needs: nothing of the user's is wrong."""


def told(error: Exception) -> ZtError | None:
    """``error`` in words, of whichever command; None where it is ours to mend, neither the user's nor the machine's."""
    if isinstance(error, (ZtError, OSError)):
        return in_words(error)
    if lack := lack_of(error):
        return MachineError("this run", found=lack[0], hint=lack[1])
    if isinstance(error, RuntimeError) and "Symlink loop" in str(error):
        path = str(error).partition("from ")[2].strip("'")
        return InputError(path, found="a link that leads back to itself", expected="a file or folder", hint="mend it")
    if isinstance(error, ValueError) and "embedded null" in str(error):
        return InputError(
            "a path", found="a NUL character in it", expected="the name of a file or folder", hint="type it again"
        )
    return None


def in_words(error: ZtError | OSError) -> ZtError:
    """``error``, or what the system has refused said as one of ours: path, found, expected, hint."""
    if isinstance(error, ZtError):
        return error
    path = _path_of(error)
    if lack := lack_of(error):
        return MachineError(path or "this run", found=lack[0], hint=lack[1])
    return _of_path(path, error)


def _path_of(error: OSError) -> str:
    """The path that ``error`` is of; of a folder that was copied, that of the first file that could not be."""
    first = error.args[0] if error.args else None
    if isinstance(first, list) and first and isinstance(first[0], tuple):
        return str(first[0][1])
    # of a renamed file the name that it was to have: the other is a draft's
    return os.fsdecode(error.filename2 or error.filename or "") if not isinstance(error.filename, int) else ""


def _of_path(path: str, error: OSError) -> ZtError:
    first = error.args[0] if error.args else None
    words = str(first[0][2]) if isinstance(first, list) and first else error.strerror or str(error)
    if not path:  # of a connection, a process
        return ZtError("this run", found=words, hint="check the disk and the network, then run again")
    expected = next(
        (wanted for number, wanted in _WANTED.items() if number == error.errno or os.strerror(number) in words),
        "a file or folder that can be read and written",
    )
    return InputError(path, found=words, expected=expected, hint="check the path and the disk, or name another place")


def refuse_personal(text: str, where: str, *, error: type[InputError] = InputError) -> None:
    """Refuse a text that holds personal data; the message counts them and quotes none.

    Raises:
        InputError: or ``error``, naming ``where``.
    """
    if found := counted([(text, 1)]):
        raise error(
            where, found=", ".join(f"{count} {KINDS[kind]}" for kind, count in sorted(found.items())),
            expected="no personal data: this is shown as it is", hint="say it without naming a person",
        )  # fmt: skip
