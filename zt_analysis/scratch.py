"""Folders under TMPDIR for what a process needs while it lives; what a killed one has left is cleared by the next run.

A lock on the folder, which the system lets go of when every process that holds it has ended, tells one from the other.
A folder gets its name once it is locked: whatever has such a name and no lock belongs to nobody.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    from fcntl import LOCK_EX, LOCK_NB, flock
except ImportError:  # Windows: no lock on a folder, and so nothing is taken for left
    flock = None  # type: ignore[assignment]

PREFIX = "zt."
SPILL = "zt-spill-"


@contextmanager
def scratch() -> Iterator[str]:
    """A new folder that only this user can open; gone at the end, or cleared by the next run after a kill."""
    clear()
    made = Path(tempfile.mkdtemp(prefix=f".{PREFIX}"))
    held = _hold(made)
    folder = made.rename(made.with_name(made.name.removeprefix("."))) if held is not None else made
    try:
        yield str(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if held is not None:
            os.close(held)


def clear() -> None:
    """Take away what killed processes of this user have left."""
    if flock is None:
        return
    with suppress(OSError):
        for found in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            held = _hold(found)
            if held is not None:
                shutil.rmtree(found, ignore_errors=True)
                os.close(held)


def _hold(folder: Path) -> int | None:
    """The lock of a folder of this user; None where another process has it, or the system gives none."""
    if flock is None:
        return None
    held = -1
    try:
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        if os.fstat(held).st_uid == os.getuid():
            flock(held, LOCK_EX | LOCK_NB)
            return held
    except OSError:  # a file or a link, gone meanwhile, another's, or held
        pass
    if held >= 0:
        os.close(held)
    return None


def spill_folder() -> Path:
    """Where a database of this process writes what does not fit in memory: each in a folder of its own, as all use
    the same names there."""
    return Path(tempfile.gettempdir(), f"{SPILL}{os.getpid()}-{secrets.token_hex(4)}")


def has_spilled() -> bool:
    """Whether a database of this process has written there, and has not taken it away yet."""
    return any(Path(tempfile.gettempdir()).glob(f"{SPILL}{os.getpid()}-*"))
