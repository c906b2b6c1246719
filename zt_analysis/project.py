"""The project: the folder that holds params/, notebooks/, data/, outputs/ and office/, marked by ``zt.toml``.

``ZT_PROJECT`` (``zt -C DIR`` sets it) names the project for a process that stands elsewhere, such as a scheduler's
staging folder. ``ZT_PACKAGES`` lists folders outside the project whose packages a case may name; who may write a
case's file cannot allow that.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from zt_analysis.errors import InputError

VARIABLE = "ZT_PROJECT"
ALLOWED = "ZT_PACKAGES"
MARK = "zt.toml"
ROOT_MARK = "params"
_STANDING: ContextVar[Path | None] = ContextVar("project", default=None)


def find_root(start: Path | None = None) -> Path:
    """The project's folder: what ZT_PROJECT names, else the nearest at or above ``start`` that is one.

    Notebooks run from several folders (the project, ``notebooks/``, a case's outputs); paths in parameters are
    relative to the project, so that one text is right in all of them.

    Raises:
        InputError: there is none.
    """
    standing = _STANDING.get()
    if standing is not None and start is None:
        return standing
    named = os.environ.get(VARIABLE, "")
    if named and start is None:
        return project_at(named, f"environment variable {VARIABLE}")
    here = (start or Path.cwd()).resolve()
    found = root_above(here)
    if found is not None:
        return found
    raise InputError(
        f"project folder at or above {here}",
        found=f"no {MARK} and no {ROOT_MARK}/ folder",
        expected="a checkout of the project",
        hint=f"run zt inside the project's folder, or name it: zt -C FOLDER, or {VARIABLE}",
    )


def root_above(here: Path) -> Path | None:
    """The nearest project folder at or above ``here``; None outside any."""
    found = next((folder for folder in (here, *here.parents) if _is_project(folder)), None)
    return None if found is None else _in_letters(found)


def named_or_here() -> str:
    """The folder at or above which this process's project is: the one that ZT_PROJECT names, or the working folder."""
    return str(_STANDING.get() or os.environ.get(VARIABLE) or os.getcwd())


@contextmanager
def standing_in(root: Path) -> Iterator[None]:
    """Make ``root`` the project that names, paths and the office are looked up in, whatever the working folder is."""
    token = _STANDING.set(root)
    try:
        yield
    finally:
        _STANDING.reset(token)


def _is_project(folder: Path) -> bool:
    return (folder / MARK).is_file() or (folder / ROOT_MARK).is_dir()


def project_at(folder: str | Path, where: str) -> Path:
    """The project in ``folder`` itself; InputError when it is none, ``where`` saying who named it."""
    try:
        there = Path(folder).resolve()
        if _is_project(there):
            return _in_letters(there)
        found = f"no {MARK} and no {ROOT_MARK}/ folder in it" if there.is_dir() else "no such folder"
    except (OSError, TypeError, ValueError, RuntimeError) as error:
        found = str(error)
    raise InputError(
        f"{where} {str(folder)!r}", found=found, expected="a checkout of the project", hint="name its top folder"
    )


def _in_letters(folder: Path) -> Path:
    """``folder``, whose name has to be one in UTF-8: what DuckDB opens, a notebook holds and a page shows is text.

    Raises:
        InputError: it is bytes of another encoding, or the locale has no such letters.
    """
    name = str(folder)
    if name.isascii() or not any("\ud800" <= one <= "\udfff" for one in name):
        return folder
    raise InputError(
        f"project folder {name!a}", found="a name that is not in UTF-8", expected="one that is",
        hint="rename it (mv), or set LC_ALL=C.UTF-8 where the terminal's locale has no such letters",
    )  # fmt: skip


def refuse_outside(package: object, root: Path, where: str) -> None:
    """Refuse a case's ``package`` that leads out of the project, by ``..``, a link or whole, and is not allowed.

    What is no text is left to the check of types.
    """
    if not isinstance(package, str):
        return
    allowed = [Path(one) for one in os.environ.get(ALLOWED, "").split(os.pathsep) if one]
    try:
        there = (root / package).resolve()
        if any(there.is_relative_to(one.resolve()) for one in (root, *allowed)):
            return
        found = f"{package!r}, which leads out of the project"
    except (OSError, ValueError, RuntimeError) as error:
        found = f"{package!r} ({error})"
    raise InputError(
        where,
        found=found,
        expected="a folder of the project, or of one that ZT_PACKAGES lists",
        hint=f"move the package into data/, or have the environment variable {ALLOWED} name the folder it is in",
    )
