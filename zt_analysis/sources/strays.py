"""What lies among submitted files and is none that can be read: named each, so that no file is left out in silence."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SUBMITTED = (".xlsx", ".xls", ".csv", ".tsv")
# what Windows, macOS, Office, WPS and LibreOffice leave in a folder by themselves; it holds nobody's rows
LITTER = re.compile(r"desktop\.ini|(?:eh)?thumbs\.db|\.ds_store|\._.*|~\$.*|\.~.*|\.directory|\.gitkeep", re.IGNORECASE)
NOT_UTF8 = "a name that is not UTF-8"
# further kinds that a table may have been saved as
TABLES = (*SUBMITTED, ".ods", ".xlsm", ".xlsb", ".xltx", ".et", ".wps", ".numbers", ".tmp", ".bak")
# what files come in by mail; they are not read: whose a file is, says its own name in the folder
ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz")


@dataclass(frozen=True)
class Stray:
    """One of them.

    Attributes:
        name: relative to the package, bytes that are no UTF-8 as ``\\xb5``.
        found: what it is.
        stops: whether it may hold rows that the table should have, which keeps the table from being opened.
    """

    path: Path
    name: str
    found: str
    stops: bool


def printable(text: str) -> str:
    r"""``text`` with each byte of a file name that is not UTF-8 escaped.

    >>> printable("东河\udcd0.xlsx")
    '东河\\xd0.xlsx'
    """
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def everything(base: Path) -> Iterator[tuple[Path, str]]:
    """Every file below ``base``, with what keeps it from being read, if anything does.

    A folder that cannot be listed, or is a link, is one of them: the files in it would be left out.
    """
    unlisted: list[OSError] = []
    for folder, folders, files in os.walk(base, onerror=unlisted.append):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        yield from ((Path(folder) / name, "a link to a folder") for name in links)
        yield from ((path := Path(folder) / name, "" if path.is_file() else "no plain file") for name in files)
    yield from ((Path(error.filename), f"a folder that cannot be listed ({error.strerror})") for error in unlisted)


def fault(path: Path, package: Path, kept_from: str = "") -> str:
    """Why the file at ``path`` cannot be one of the submitted; empty where it can.

    Args:
        kept_from: what ``everything`` said of it.
    """
    if printable(str(path.relative_to(package))) != str(path.relative_to(package)):
        return NOT_UTF8
    if kept_from:
        return kept_from
    if not path.resolve().is_relative_to(package.resolve()):
        return "a path that leads out of the package"
    if path.suffix.lower() in ARCHIVES:
        return f"an archive ({path.suffix}), whose files are not read: unpack it here, then take it away"
    if path.suffix.lower() not in SUBMITTED:
        return f"a file of another kind ({path.suffix})" if path.suffix else "a file without an ending"
    return f"a name that begins with {path.name[0]}" if path.name.startswith((".", "_")) else ""


def is_litter(path: Path) -> bool:
    """Whether a system or a program made it, and not a person.

    >>> [is_litter(Path(name)) for name in ("~$东河县.xlsx", "Thumbs.db", "_东河县.xlsx")]
    [True, True, False]
    """
    return bool(LITTER.fullmatch(path.name))


def may_be_table(path: Path) -> bool:
    """Whether somebody may have saved a table in it."""
    return path.suffix.lower() in (*TABLES, *ARCHIVES)
