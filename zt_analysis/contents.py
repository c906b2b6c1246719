"""What a small file holds, read once for as long as the file does not change.

A run asks for its parameters, its notebook and its neighbours in many places. A file is the one that was read as long
as its size, its place on the disk and both its times are; the time of its last change nobody can set. A file that had
changed just before it was read may change again within the same tick of that clock: it is read anew until it is old.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from io import BufferedReader
from pathlib import Path

# some file systems keep times to two seconds
SETTLED_NS = 2_000_000_000
_KNOWN: dict[str, _Content] = {}


@dataclass(frozen=True, eq=False)
class _Content:
    state: tuple[int, ...]
    settled: bool
    data: bytes

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def content(path: Path) -> bytes:
    """The bytes of the file at ``path``; OSError where it cannot be read."""
    return _read(path).data


def checksum(path: Path) -> str:
    """The sha256 of its bytes."""
    return _read(path).sha256


def held_checksum(path: Path | str) -> str | None:
    """The sha256 of its bytes where they are held and it has not changed since; None where it would have to be read."""
    known = _KNOWN.get(os.path.abspath(path))
    return known.sha256 if known is not None and known.settled and known.state == _state(os.stat(path)) else None


def states_below(folder: Path, suffixes: tuple[str, ...]) -> dict[str, tuple[int, ...]] | None:
    """Of each file below ``folder`` that ends so, what is another when it changes; None where one has changed just
    now, and may again without a sign of it."""
    found: dict[str, tuple[int, ...]] = {}
    now = time.time_ns()
    for place, _, names in os.walk(folder):
        for path in (f"{place}{os.sep}{name}" for name in names if name.endswith(suffixes)):
            found[path] = _state(state := os.stat(path))
            if now - state.st_ctime_ns <= SETTLED_NS:
                return None
    return found


def plain_file(path: Path | str) -> BufferedReader:
    """The file at ``path``, opened to be read as bytes; OSError where it cannot be, or is a pipe or a device.

    A pipe would be waited for, a device read without end.
    """
    refuse_no_file(path)
    return open(path, "rb")


def refuse_no_file(path: Path | str) -> None:
    """OSError where ``path`` is a pipe, a device or nothing."""
    mode = os.stat(path).st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, "a pipe or device, not a plain file", str(path))


def plain_bytes(path: Path | str) -> bytes:
    """The bytes of the file at ``path``, read now; OSError as above."""
    with plain_file(path) as file:
        return file.read()


def plain_text(path: Path | str, encoding: str = "utf-8") -> str:
    """The text of the file at ``path``, its line ends as one character; OSError as above."""
    return plain_bytes(path).decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


@contextmanager
def named(path: Path | str) -> Iterator[None]:
    """What fails inside is told of the file at ``path``: the system names none of what is written, or a draft."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def write_file(path: Path, data: str | bytes) -> None:
    """Write ``data`` as the file at ``path`` of a folder that nobody reads yet; OSError, which names it."""
    with named(path), open(path, "wb") as file:
        file.write(_bytes(data))


def write_new(path: Path, text: str) -> None:
    """The same where nothing stands yet, FileExistsError where something does.

    It is there whole or not at all, for who looks meanwhile, after a kill, and where it cannot be written.
    """
    draft = path.with_name(f".~{path.name}.{os.getpid()}")
    with named(path):
        try:
            write_own(draft, _bytes(text))
            try:
                os.link(draft, path)
            except FileExistsError:
                raise
            except OSError:  # a file system without links
                with open(path, "xb"):
                    draft.replace(path)
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def write_plain(path: Path, data: str | bytes) -> None:
    """Write ``data`` as the file at ``path``, or the one that it links to; OSError where it cannot be, or a pipe or a
    device is there already.

    Who would read a pipe is waited for without end; a device is nobody's file. What stood there stays until the new
    file is whole.
    """
    with named(path):
        if path.exists():
            refuse_no_file(path)
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
            if not os.access(path, os.W_OK):  # it was protected, though its folder is not
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        replace_own(path.resolve(), data)


def write_own(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write ``data`` as a new file at ``path``: what stands there is taken away first, and a link is not followed.

    A name that others can foresee may have been laid as a link to a file that only this account may write.
    """
    with named(path):
        path.unlink(missing_ok=True)
        begun = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else 0o600)
        with open(begun, "wb") as file:
            if mode is not None:
                path.chmod(mode)
            file.write(data)


def replace_own(path: Path, data: str | bytes) -> None:
    """The same in one step: whoever reads meanwhile sees the old file or the new one, each whole."""
    # as editors name theirs: what a kill leaves among the outputs is no file too many
    draft = path.with_name(f".~{path.name}.{os.getpid()}")
    with named(path):
        try:
            # who may read the old file may read the new one, and nobody else
            write_own(draft, _bytes(data), stat.S_IMODE(path.stat().st_mode) if path.exists() else None)
            draft.replace(path)
        except OSError:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise


def _bytes(data: str | bytes) -> bytes:
    return data.encode() if isinstance(data, str) else data


def _read(path: Path) -> _Content:
    name = os.path.abspath(path)
    known, found = _KNOWN.get(name), os.stat(name)
    if known is not None and known.settled and known.state == _state(found):
        return known
    with plain_file(name) as file:
        before = os.fstat(file.fileno())
        data = file.read()
        after = os.fstat(file.fileno())
    settled = _state(before) == _state(after) and time.time_ns() - after.st_ctime_ns > SETTLED_NS
    _KNOWN[name] = _Content(_state(after), settled, data)
    return _KNOWN[name]


def _state(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
