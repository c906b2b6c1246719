"""The project: the folder that holds params/, notebooks/, data/, outputs/ and office/, marked by ``zt.toml``."""

from __future__ import annotations

from pathlib import Path

from zt_analysis.errors import InputError

MARK = "zt.toml"
ROOT_MARK = "params"


def find_root(start: Path | None = None) -> Path:
    """The project's folder: the nearest one at or above ``start`` that holds ``zt.toml`` or ``params/``.

    Notebooks run from several folders (the project, ``notebooks/``, a case's outputs); paths in parameters are
    relative to the project, so that one text is right in all of them.

    Raises:
        InputError: there is none.
    """
    here = (start or Path.cwd()).resolve()
    found = root_above(here)
    if found is not None:
        return found
    raise InputError(
        f"project folder at or above {here}",
        found=f"no {MARK} and no {ROOT_MARK}/ folder",
        expected="a checkout of the project",
        hint="run zt inside the project's folder",
    )


def root_above(here: Path) -> Path | None:
    """The nearest project folder at or above ``here``; None outside any."""
    for folder in (here, *here.parents):
        if (folder / MARK).is_file() or (folder / ROOT_MARK).is_dir():
            return folder
    return None
