"""Checkpoints of a project's files in one folder at its top, as a tree like the project's.

Jupyter makes a folder ``.ipynb_checkpoints`` beside every file that is opened, in a case's outputs too, where a record
says which files there are.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from zt_analysis.project import root_above

FOLDER = ".ipynb_checkpoints"


def keep_apart(contents_manager: Any) -> None:
    """Have ``contents_manager`` keep a project's checkpoints at its top; one that keeps none in files is left alone."""
    from jupyter_server.services.contents.filecheckpoints import FileCheckpoints

    stock = contents_manager.checkpoints
    if isinstance(stock, FileCheckpoints):
        kind = type(f"Project{type(stock).__name__}", (_AtTheTop, type(stock)), {})
        contents_manager.checkpoints = kind(**contents_manager.checkpoints_kwargs)


class _AtTheTop:
    """What a kind of checkpoints in files does otherwise: the path of one."""

    def checkpoint_path(self, checkpoint_id: str, path: str) -> str:
        here: Any = self
        place = Path(here._get_os_path(path.strip("/")))
        root = root_above(place.parent)
        if root is None or not os.access(root, os.W_OK):
            return str(super().checkpoint_path(checkpoint_id, path))  # type: ignore[misc]
        folder = root / FOLDER / place.parent.relative_to(root)
        with here.perm_to_403():
            folder.mkdir(parents=True, exist_ok=True)
        return str(folder / f"{place.stem}-{checkpoint_id}{place.suffix}")
