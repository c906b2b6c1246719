"""The log of a run that nobody watches: in JSON one object a line, whatever prints.

Warnings, messages of other processes, a traceback, what a hook prints: all of it becomes an event of its own, because a
line that is no JSON breaks the log for whoever reads it by machine. Both streams of the process and of its children
lead into a pipe from which each line is taken.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread
from typing import Any, BinaryIO, TextIO

import click

from zt_analysis.errors import InputError, ZtError, told

INTERRUPTED = 130
# what a hook has left running may hold the pipe for as long as it likes
LAST_WORDS_SECONDS = 2.0
_open: list[TextIO] = []


@dataclass
class Log:
    """How what was logged ended."""

    exit_code: int = 0


def event(name: str, **content: Any) -> None:
    """One JSON object on one line of stderr."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    stream = _open[-1] if _open else sys.stderr
    stream.write(json.dumps({"time": now, "event": name} | content, ensure_ascii=False) + "\n")
    stream.flush()


def say(name: str, text: str, **content: Any) -> None:
    """An event where a JSON log is open, else ``text`` on stderr."""
    if _open:
        event(name, **content)
    else:
        click.echo(f"zt: {text}", err=True)


@contextmanager
def recording(form: str) -> Iterator[Log]:
    """Within it, with ``form`` json, stderr holds JSON lines and nothing else, and stdout nothing at all.

    An error becomes the event ``error`` and an exit code; with ``form`` text it passes as it is.
    """
    log = Log()
    if form != "json":
        yield log
        return
    with _only_events():
        try:
            yield log
        except BrokenPipeError:  # whoever read the log has gone: there is nobody to tell
            raise
        except (Exception, KeyboardInterrupt) as error:
            log.exit_code, message = _ended(error)
            event("error", exit_code=log.exit_code, message=message)


def _ended(error: BaseException) -> tuple[int, str]:
    if isinstance(error, click.ClickException):
        return InputError.exit_code, error.format_message()
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        return INTERRUPTED, "interrupted; previous outputs are as they were"
    if isinstance(error, Exception) and (said := told(error)):
        return said.exit_code, str(said)
    return ZtError.exit_code, "".join(traceback.format_exception(error))


@contextmanager
def _only_events() -> Iterator[None]:
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    saved = {number: os.dup(number) for number in (1, 2)}
    with (
        os.fdopen(os.dup(2), "w", encoding="utf-8", errors="backslashreplace") as stream,
        os.fdopen(writing, "w", encoding="utf-8", errors="backslashreplace", buffering=1) as captured,
    ):
        _open.append(stream)
        lines = Thread(target=_as_events, args=(os.fdopen(reading, "rb"),), daemon=True)
        lines.start()
        try:
            for number in saved:
                os.dup2(writing, number)
            with redirect_stdout(captured), redirect_stderr(captured):
                yield
        finally:
            for number, before in saved.items():
                os.dup2(before, number)
                os.close(before)
            captured.close()
            lines.join(LAST_WORDS_SECONDS)
            _open.remove(stream)


def _as_events(source: BinaryIO) -> None:
    with source:
        for line in source:
            with suppress(OSError, ValueError):  # nobody reads the log any more; what prints must not wait for that
                event("output", text=line.decode(errors="backslashreplace").rstrip("\r\n"))
