"""Outputs appear whole or not at all: a folder is filled under another name and then takes its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zt_analysis.errors import InputError


@contextmanager
def draft(outputs: Path, case: str) -> Iterator[Path]:
    """A new folder beside the case's outputs to fill; removed at the end if it was not published.

    Raises:
        InputError: the outputs folder cannot be written.
    """
    folder = outputs / f".{case}.{os.getpid()}"
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / ".probe").touch()
        (folder / ".probe").unlink()
    except OSError as error:
        raise InputError(
            f"output folder {outputs}",
            found=error.strerror,
            expected="a folder that can be written",
            hint="check its permissions, or name another with --output",
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(folder: Path, destination: Path) -> None:
    """Put ``folder`` in the place of ``destination``; what stood there goes only after the new one stands."""
    previous = destination.with_name(f".{destination.name}.previous.{os.getpid()}")
    if destination.exists():
        destination.rename(previous)
    try:
        folder.rename(destination)
    except OSError:
        if previous.exists():
            previous.rename(destination)
        raise
    shutil.rmtree(previous, ignore_errors=True)
