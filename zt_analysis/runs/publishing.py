"""Outputs appear whole or not at all: a folder is filled under another name and then takes its place.

One run of a case at a time holds its lock, a file that the system lets go of when the process ends, however it ends.
Whatever a killed run has left under a hidden name is cleared, or put back, by the next one.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zt_analysis.errors import InputError

AT_FDCWD, RENAME_EXCHANGE = -100, 2
LOCKS = ".locks"
KEEPING = "keeping"
# what every run leaves, one that failed too; either alone where somebody has taken the other
LEFT = ("run.json", "report.html")


@contextmanager
def draft(outputs: Path, case: str) -> Iterator[Path]:
    """A new folder beside the case's outputs to fill; removed at the end if it was not published.

    Another run of the same case is waited for, which one line says.

    Raises:
        InputError: the outputs folder cannot be written, or what stands in the case's place is no folder of a run.
    """
    for place in (outputs / case, outputs / f"{case}.failed"):
        if place.exists() and not place.is_dir():  # a pipe would be waited for when it is cleared away
            raise InputError(str(place), found="no folder", expected="a folder or nothing", hint="move it away")
        if place.exists() and any(place.iterdir()) and not any((place / name).exists() for name in LEFT):
            raise InputError(
                str(place), found="a folder that no run has left", expected="what the last run left, or nothing",
                hint="move it away, or name another folder with --output: it would be replaced",
            )  # fmt: skip
    folder = outputs / f".{case}.{os.getpid()}"
    with _alone(outputs, case):
        try:
            _recover(outputs, case)
            folder.mkdir(parents=True)
            (folder / ".probe").touch()
            (folder / ".probe").unlink()
        except OSError as error:
            raise _unwritable(outputs, error) from error
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def publish(folder: Path, destination: Path) -> None:
    """Put ``folder`` in the place of ``destination``; at every moment one of the two stands there whole.

    Where the system cannot exchange two folders in one step, the old one is moved aside first, and a run that is
    killed in between is put right by the next (``_recover``).
    """
    if destination.exists() and _exchange(folder, destination):
        shutil.rmtree(folder, ignore_errors=True)
        return
    previous = _previous(destination)
    if destination.exists():
        destination.rename(previous)
    try:
        folder.rename(destination)
    except OSError:
        if previous.exists():
            previous.rename(destination)
        raise
    shutil.rmtree(previous, ignore_errors=True)


@contextmanager
def keeping_place(folder: Path) -> Iterator[Path]:
    """A new folder beside ``folder`` for a copy of it, to be renamed when it is whole; removed at the end otherwise."""
    copy = folder.with_name(f".{folder.name}.{KEEPING}")
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    try:
        yield copy
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def tidy(outputs: Path, case: str) -> None:
    """Put right what a killed run of ``case`` has left, unless a run is under way."""
    from filelock import FileLock, Timeout

    if not list(outputs.glob(f".{case}.*")):
        return
    try:
        with FileLock(outputs / LOCKS / case, timeout=0):
            _recover(outputs, case)
    except (Timeout, OSError):
        return  # somebody is at it, or nothing can be written: the next run will see


@contextmanager
def _alone(outputs: Path, case: str) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        (outputs / LOCKS).mkdir(parents=True, exist_ok=True)
        lock = FileLock(outputs / LOCKS / case)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            # in one piece, or the lines of two workers run together
            sys.stderr.write(f"zt: {case}: another run of this case is under way; waiting for it\n")
            lock.acquire()
    except OSError as error:
        raise _unwritable(outputs, error) from error
    try:
        yield
    finally:
        lock.release()


def _recover(outputs: Path, case: str) -> None:
    """Put back what a killed run moved aside, and clear what it left: nobody else is at this case now."""
    for name in (case, f"{case}.failed"):
        previous, destination = _previous(outputs / name), outputs / name
        if previous.exists() and not destination.exists():
            previous.rename(destination)
        shutil.rmtree(previous, ignore_errors=True)
    for left in outputs.glob(f".{case}.*"):
        own = left.name.removeprefix(f".{case}.")
        if own.isdigit() or own == KEEPING:
            shutil.rmtree(left, ignore_errors=True)


def _previous(destination: Path) -> Path:
    return destination.with_name(f".{destination.name}.previous")


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; False where the system cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        return False
    done = rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    return bool(done == 0)


def _unwritable(outputs: Path, error: OSError) -> InputError:
    return InputError(
        f"output folder {outputs}",
        found=error.strerror,
        expected="a folder that can be written",
        hint="check its permissions, or name another with --output",
    )
