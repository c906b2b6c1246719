"""The files of one table: a single file, or the Parquet files of a folder or pattern, one folder a county or term.

The checksum of a table in several files is the SHA-256 of the lines that ``sha256sum`` prints for them, sorted by name:
``cd FOLDER && find . -name '*.parquet' -printf '%P\\n' | LC_ALL=C sort | xargs sha256sum | sha256sum``. A file that is
moved, added, lost or changed is another checksum.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from zt_analysis.contents import held_checksum, plain_file
from zt_analysis.errors import SourceError
from zt_analysis.sources.strays import ARCHIVES, NOT_UTF8, Stray, everything, fault, is_litter, may_be_table, printable

DESCRIPTOR = "datapackage.json"
WILD = "*?["
EVERY = "**/*"
# rows of several files are numbered by file and by row in it; no file has so many rows
ROWS_OF_A_FILE = 2**40


@dataclass(frozen=True)
class TableFiles:
    """Files in the order of their names.

    Attributes:
        base: the folder that the names are relative to.
        many: whether the table is declared as a folder or pattern, however many files it has.
        strays: what lies among submitted files and is not read.
    """

    table: str
    base: Path
    paths: tuple[Path, ...]
    many: bool
    strays: tuple[Stray, ...] = ()

    @property
    def names(self) -> list[str]:
        """Each file's name, relative to ``base``, with ``/``."""
        return [path.relative_to(self.base).as_posix() for path in self.paths]

    @property
    def keys(self) -> tuple[str, ...]:
        """Columns whose value is in the folders' names (``area_code=990102``)."""
        return tuple(part.partition("=")[0] for part in self.names[0].split("/")[:-1] if "=" in part)

    @property
    def size_bytes(self) -> int:
        """Bytes of all files."""
        return sum(path.stat().st_size for path in self.paths)

    @cached_property
    def as_opened(self) -> tuple[tuple[int, int], ...]:
        """Size and time of change of each file, as it was when first asked."""
        return self._stats()

    @property
    def changed_since(self) -> bool:
        """Whether a file has been written, or is gone, since ``as_opened``."""
        try:
            return self._stats() != self.as_opened
        except OSError:
            return True

    def _stats(self) -> tuple[tuple[int, int], ...]:
        return tuple((found.st_size, found.st_mtime_ns) for found in (path.stat() for path in self.paths))

    def sha256(self) -> str:
        """Checksum over every file's content (and names, if many).

        Raises:
            SourceError: a file is missing or cannot be read.
        """
        with suppress(OSError):  # a missing file is named below
            _ = self.as_opened  # before the content is read, so that a change meanwhile is noticed
        return self.checksum({path: file_sha256(self.table, path) for path in self.paths})

    def checksum(self, sums: Mapping[Path, str]) -> str:
        """The same from the checksums of the files, by path."""
        if not self.many:
            return sums[self.paths[0]]
        lines = [f"{sums[path]}  {name}\n" for path, name in zip(self.paths, self.names, strict=True)]
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def number(self, file: int, row: int) -> int:
        """The ``_row`` of a row, from 1, of the file at position ``file``."""
        return file * ROWS_OF_A_FILE + row if self.many else row

    def number_in_file(self, number: int) -> int:
        """The row, from 1 in its file, that ``_row`` numbers."""
        return number % ROWS_OF_A_FILE if self.many else number

    def row(self, number: int) -> str:
        """The row, from 1, that ``_row`` of ``raw_<table>`` numbers; of several files with the name of its file."""
        if not self.many:
            return str(number)
        file, row = divmod(number, ROWS_OF_A_FILE)
        return f"{row} of {self.names[file]}"


def files_of(table: str, folder: Path, declared: str) -> TableFiles:
    """The files of a table declared in ``folder``: one file (there or not), a folder, or a pattern with ``*``.

    Raises:
        SourceError: a folder or pattern without a Parquet file, or a pattern that takes in other files; a path or link
            that leads out of ``folder``.
    """
    base, pattern = _declared(table, folder, declared)
    if not pattern:
        return TableFiles(table, base.parent, (base,), many=False)
    found = [one for one in base.glob(pattern) if one.is_file() and not one.name.startswith((".", "_", "~$"))]
    for one in found:
        _inside(table, folder, one)
    if pattern == EVERY:
        found = [one for one in found if one.suffix == ".parquet"]
    # a name that is not UTF-8 has no place in a checksum over names
    others = [one for one in found if one.suffix.lower() != ".parquet" or printable(str(one)) != str(one)]
    if others or not found:
        raise SourceError(
            f"{declared}: files of table {table!r}",
            found=printable(others[0].name) if others else "no file",
            expected="at least one file, each .parquet, with names in UTF-8",
            hint=f"restore them, or correct the table's path in {DESCRIPTOR}",
        )
    return TableFiles(table, base, _sorted(found, base), many=True)


def submitted_files(table: str, folder: Path, declared: str) -> TableFiles:
    """The submitted files of a table, of a folder or pattern possibly none, and the strays among them.

    Raises:
        SourceError: a path that leads out of ``folder``, or a folder in it that cannot be listed.
    """
    base, pattern = _declared(table, folder, declared)
    if not pattern:
        beside = _strays([(path, "") for path in _siblings(base)], folder, set(), {base.parent} - {folder})
        return TableFiles(table, base.parent, (base,), many=False, strays=beside)
    found = list(everything(base)) if base.is_dir() else []
    wanted = {path for path, _ in found} if pattern == EVERY else set(base.glob(pattern))
    folders = {base, *(path.parent for path in wanted)} - {folder}
    strays = _strays(found, folder, wanted, folders)
    aside = {one.path for one in strays}
    paths = [path for path, _ in found if path in wanted - aside]
    return TableFiles(table, base, _sorted(paths, base), many=True, strays=strays)


def _siblings(path: Path) -> list[Path]:
    beside = path.parent.iterdir() if path.parent.is_dir() else ()
    return [one for one in beside if one.is_file() and one != path]


def _strays(found: list[tuple[Path, str]], folder: Path, wanted: set[Path], folders: set[Path]) -> tuple[Stray, ...]:
    """Those of ``found`` that are not read; of those not ``wanted`` what is in ``folders`` and may be meant for it.

    What a pattern does not take in may be another table's: whoever has the package knows.
    """
    strays = []
    for path, kept_from in found:
        litter, why = is_litter(path), fault(path, folder, kept_from)
        if path not in wanted:
            meant = path.parent in folders and (may_be_table(path) or why == NOT_UTF8)
            named = why == NOT_UTF8 or path.suffix.lower() in ARCHIVES
            why = "a file that the table's path does not name" if meant and not named else why * meant
        if litter or why:
            name = printable(path.relative_to(folder).as_posix())
            stops = path in wanted and not litter
            strays.append(Stray(path, name, "what a program left there" if litter else why, stops))
    return tuple(sorted(strays, key=lambda one: one.name))


def _declared(table: str, folder: Path, declared: str) -> tuple[Path, str]:
    """The file or folder that the plain parts of ``declared`` name, and the pattern below it; none for one file."""
    parts = Path(declared).parts
    fixed = list(takewhile(_is_plain, parts))
    base = folder.joinpath(*fixed)
    _inside(table, folder, base)
    if len(fixed) == len(parts):
        return base, EVERY if base.is_dir() else ""
    return base, "/".join(parts[len(fixed) :])


def _sorted(found: Iterable[Path], base: Path) -> tuple[Path, ...]:
    """By the text of the name, not by Path, which sorts folder by folder."""
    return tuple(sorted(found, key=lambda one: one.relative_to(base).as_posix()))


def file_sha256(table: str, path: Path) -> str:
    """Checksum of one file, read in pieces.

    Raises:
        SourceError: it is missing or cannot be read.
    """
    try:
        if held := held_checksum(path):  # printed numbers and explanations have been read already
            return held
        with plain_file(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(
            f"{path.name}: file of table {table!r}",
            found=error.strerror,
            expected="a readable file",
            hint=f"restore it, or take the table out of {DESCRIPTOR}",
        ) from error


def _inside(table: str, folder: Path, path: Path) -> None:
    """Refuse a path that leads out of the package, by ``..``, absolutely, or through a link."""
    if not os.path.realpath(path).startswith(os.path.join(os.path.realpath(folder), "")):
        raise SourceError(
            f"{path.name}: file of table {table!r}",
            found="a path that leads out of the package",
            expected=f"a file inside {folder.name}",
            hint="put the file itself there, not a link to it",
        )


def _is_plain(part: str) -> bool:
    return not any(sign in part for sign in WILD)
