"""Where in a project a file lies that Jupyter opens, links followed."""

from __future__ import annotations

from pathlib import Path

from zt_analysis.project import root_above

OUTPUTS, NOTEBOOKS = "outputs", "notebooks"


def is_in(path: Path, name: str) -> bool:
    """Whether ``path`` is or lies in the folder ``name`` of a project, by whatever way it was reached.

    Folders are compared as the system does: a link into one, one that is a link, and another case of letters where
    the system makes no difference are the same folder.
    """
    return any(_same(folder, name) for one in dict.fromkeys((path, path.resolve())) for folder in (one, *one.parents))


def _same(folder: Path, name: str) -> bool:
    root = root_above(folder.parent)
    if root is None:
        return False
    try:
        return folder.samefile(root / name)
    except OSError:  # one of them is not there
        return False
