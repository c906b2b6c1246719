"""The SQL of questions, kept in the user's own cache folder for the next process: writing it costs more than asking.

A file is named by a checksum over what is asked and by what it was written: ibis, sqlglot and the code that builds the
statement. Its first line is the checksum of the rest; what does not fit is written anew. It holds no rows, it may be
removed at any time, and where no folder can be written nothing is kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

MOST_FILES = 4000
SUFFIX = ".sql"


def kept_sql(question: str, compose: Callable[[], str]) -> str:
    """What ``compose`` gives for ``question``, a checksum over what is asked; composed once."""
    folder = _folder()
    if folder is None:
        return compose()
    path = folder / f"{question}-{_written_by()}{SUFFIX}"
    with suppress(OSError, ValueError):
        checksum, _, sql = path.read_text(encoding="utf-8").partition("\n")
        if checksum == _checksum(question, sql):
            return sql
    sql = compose()
    write(path, f"{_checksum(question, sql)}\n{sql}".encode())
    return sql


def write(path: Path, content: bytes) -> None:
    """Write whole or not at all: another process may be reading. What cannot be kept is asked again."""
    draft = path.with_suffix(f"{path.suffix}.{os.getpid()}")
    try:
        path.parent.mkdir(exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


@cache
def _folder() -> Path | None:
    """A folder that only this user can write; None where there is none to have. Old files go when there are many."""
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = base / "zt-analysis" / "sql"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if hasattr(os, "getuid") and (folder.stat().st_uid != os.getuid() or folder.stat().st_mode & 0o022):
            return None
        files = list(folder.iterdir())
        if len(files) > MOST_FILES:
            for path in sorted(files, key=lambda one: one.stat().st_mtime)[: MOST_FILES // 2]:
                path.unlink(missing_ok=True)
    except (OSError, RuntimeError):  # a user without a home
        return None
    return folder


@cache
def _written_by() -> str:
    told = " ".join(f"{name} {version(name)}" for name in ("ibis-framework", "sqlglot"))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _checksum(question: str, sql: str) -> str:
    return hashlib.sha256(f"{question} {_written_by()} {sql}".encode()).hexdigest()
