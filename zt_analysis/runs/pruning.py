"""What can be made again and only takes room: it goes; what was published, signed or recorded stays.

Editions, outputs, records, sign-offs, signatures and the folder of a failure that still stands are never touched.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zt_analysis.errors import InputError
from zt_analysis.rooted import in_project
from zt_analysis.runs.outputs import PDF, is_dropping
from zt_analysis.runs.record import read_record
from zt_analysis.runs.standing import standing_failure

FAILED, EDITIONS, KEPT = ".failed", ".editions", ".kept"


@dataclass(frozen=True)
class Spare:
    """A file or folder that can be made again: what it is, how many bytes it takes."""

    path: Path
    kind: str
    size: int


@in_project
def spare(root: Path) -> list[Spare]:
    """What of the project at ``root`` can be made again."""
    found = sorted(_found(root))
    return [Spare(path, kind, _size(path)) for path, kind in found]


def prune(found: list[Spare]) -> None:
    """Take away what was found.

    Raises:
        InputError: something cannot be removed; what went before it is gone.
    """
    for one in found:
        try:
            if one.path.is_dir() and not one.path.is_symlink():
                shutil.rmtree(one.path)
            else:
                one.path.unlink(missing_ok=True)
        except OSError as error:
            raise InputError(
                str(one.path), found=error.strerror, expected="a file that can be removed", hint="check its folder"
            ) from error


def _found(root: Path) -> Iterator[tuple[Path, str]]:
    for package in (path.parent for path in (root / "data").glob("*/datapackage.json")):
        if (package / KEPT).is_dir() and not (package / KEPT).is_symlink():
            yield package / KEPT, "kept rows"
    for folder in (one for one in (root / "outputs").glob("*") if one.is_dir() and not one.is_symlink()):
        if folder.name.endswith(FAILED):
            done = folder.with_name(folder.name.removesuffix(FAILED))
            # a failure that a later run has answered; one that nobody has answered is told each day
            if read_record(done) and not standing_failure(root, done):
                yield folder, "a failure that a later run answered"
            continue
        if folder.name.endswith(EDITIONS):
            continue
        if (folder / PDF).is_file():
            yield folder / PDF, "a printed page"
        yield from ((path, "left by an editor") for path in folder.iterdir() if is_dropping(path))


def _size(path: Path) -> int:
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return sum(one.stat().st_size for one in files)
