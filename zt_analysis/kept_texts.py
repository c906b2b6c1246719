"""Texts and other bytes that cost more to make than to read, kept in the user's own cache folder for the next process.

A file is named by what it was made from and by what made it, two checksums; its first line is the checksum of both and
of the rest. What does not fit is made anew. It may be removed at any time, and where no folder can be written that only
the user can, nothing is kept.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import Distribution
from pathlib import Path

FOLDER = "zt-analysis"


def kept_text(kind: str, made_from: str, made_by: str, make: Callable[[], str], *, most_files: int = 4000) -> str:
    """As ``kept_bytes``, of a text."""
    return kept_bytes(kind, made_from, made_by, lambda: make().encode(), most_files=most_files).decode()


def kept_bytes(kind: str, made_from: str, made_by: str, make: Callable[[], bytes], *, most_files: int = 4000) -> bytes:
    """What ``make`` gives, made once.

    Args:
        kind: a folder of its own, whose oldest files go when there are more than ``most_files``.
        made_from: a checksum over all that decides it; made_by: one over the code and the libraries that make it.
    """
    content = known_bytes(kind, made_from, made_by, most_files=most_files)
    if content is None:
        content = make()
        keep_bytes(kind, made_from, made_by, content, most_files=most_files)
    return content


def known_bytes(kind: str, made_from: str, made_by: str, *, most_files: int = 4000) -> bytes | None:
    """What was kept; None where nothing is, or what is there does not fit."""
    path = _path(kind, made_from, made_by, most_files)
    with suppress(OSError, ValueError):
        checksum, _, content = path.read_bytes().partition(b"\n") if path else (b"", b"", b"")
        if checksum.decode() == _checksum(made_from, made_by, content):
            return content
    return None


def keep_bytes(kind: str, made_from: str, made_by: str, content: bytes, *, most_files: int = 4000) -> None:
    """Keep ``content``, in the place of what was kept."""
    if path := _path(kind, made_from, made_by, most_files):
        write(path, f"{_checksum(made_from, made_by, content)}\n".encode() + content)


def _path(kind: str, made_from: str, made_by: str, most_files: int) -> Path | None:
    folder = _folder(kind, most_files, os.environ.get("XDG_CACHE_HOME"))
    return folder / f"{made_from}-{made_by[:12]}.{kind}" if folder else None


def write(path: Path, content: bytes) -> None:
    """Write whole or not at all: another process may be reading. What cannot be kept is made again."""
    draft = path.with_suffix(f"{path.suffix}.{os.getpid()}")
    try:
        path.parent.mkdir(exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


@cache
def version_of(name: str) -> str:
    """The version of the installed package ``name``: a part of what says by what a text was made."""
    return name_and_version(Distribution.from_name(name))[1]


def name_and_version(one: Distribution) -> tuple[str, str]:
    """Name and version of a distribution, from the first lines of what it says of itself: to parse all of it as a mail
    takes 0.1 s for all of a run, 0.005 for a long one."""
    head = (one.read_text("METADATA") or "").partition("\n\n")[0]
    found = dict(re.findall(r"^(Name|Version): *(.*?) *$", head, re.MULTILINE))
    return (found["Name"], found["Version"]) if len(found) == 2 else (one.metadata["Name"], one.version)


def drop_oldest(folder: Path, most_files: int) -> None:
    """Where ``folder`` has more than ``most_files``, remove the oldest, half of ``most_files``."""
    names = os.listdir(folder)  # some thousand, of which a path each would take longer than all else here
    if len(names) > most_files:
        for path in sorted((folder / name for name in names), key=lambda one: one.stat().st_mtime)[: most_files // 2]:
            path.unlink(missing_ok=True)


@cache
def _folder(kind: str, most_files: int, caches: str | None) -> Path | None:
    """A folder that only this user can write; None where there is none to have. Old files go when there are many."""
    try:
        folder = Path(caches or Path.home() / ".cache") / FOLDER / kind
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if hasattr(os, "getuid") and (folder.stat().st_uid != os.getuid() or folder.stat().st_mode & 0o022):
            return None
        drop_oldest(folder, most_files)
    except (OSError, RuntimeError):  # a user without a home
        return None
    return folder


def _checksum(made_from: str, made_by: str, content: bytes) -> str:
    return hashlib.sha256(f"{made_from} {made_by} ".encode() + content).hexdigest()
