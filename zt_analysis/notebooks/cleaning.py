"""Keep out of executed notebooks what differs between two runs of the same inputs: times, paths, random ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def without_volatile(notebook: Any) -> Any:
    """``notebook`` with its times, paths and versions removed and cell ids set by position; changed in place."""
    metadata = notebook["metadata"]
    parameters = metadata.get("papermill", {}).get("parameters", {})
    metadata["papermill"] = {"parameters": parameters}
    metadata.get("language_info", {}).pop("version", None)
    for number, cell in enumerate(notebook["cells"], start=1):
        cell["id"] = f"cell-{number:02d}"
        cell["metadata"] = _without(cell["metadata"], ("execution", "papermill"))
    return notebook


# what a kernel or an editor says of a run of a cell, not of the cell
OF_A_RUN = ("ExecuteTime", "collapsed", "execution", "papermill", "scrolled", "trusted")
# of a notebook: which kernel the machine has, and what widgets were last at
OF_A_MACHINE = ("kernelspec", "language_info")


def as_committed(notebook: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """``notebook`` without outputs and whatever a run of its cells left; a new one, ``notebook`` stays as it is.

    Args:
        before: the same as it was saved last: it keeps what it said of its kernel, whichever kernel ran it now.
    """
    said, kept = notebook.get("metadata", {}), before.get("metadata", {})
    metadata = _without(said, (*OF_A_MACHINE, "papermill", "signature", "widgets"))
    for name in OF_A_MACHINE:
        if name in kept or name in said:
            metadata[name] = kept[name] if name in kept else said[name]
    if "language_info" not in kept and "language_info" in metadata:
        metadata["language_info"] = {"name": metadata["language_info"].get("name", "python")}
    return {**notebook, "metadata": metadata, "cells": [_unrun(cell) for cell in notebook.get("cells", [])]}


def _unrun(cell: Mapping[str, Any]) -> dict[str, Any]:
    bare = {**cell, "metadata": _without(cell.get("metadata", {}), OF_A_RUN)}
    return bare | {"outputs": [], "execution_count": None} if cell.get("cell_type") == "code" else bare


def code_of(notebook: Mapping[str, Any]) -> str:
    """The text of its code cells."""
    return "\n".join(cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code")


def compared_outputs(notebook: Mapping[str, Any]) -> int:
    """How many code cells of an executed notebook carry outputs that a comparison can hold on to."""
    return sum(bool(cell.get("outputs")) for cell in notebook["cells"] if cell["cell_type"] == "code")


def _without(metadata: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in metadata.items() if name not in names}
