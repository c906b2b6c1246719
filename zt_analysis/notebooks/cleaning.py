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


def code_of(notebook: Mapping[str, Any]) -> str:
    """The text of its code cells."""
    return "\n".join(cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code")


def compared_outputs(notebook: Mapping[str, Any]) -> int:
    """How many code cells of an executed notebook carry outputs that a comparison can hold on to."""
    return sum(bool(cell.get("outputs")) for cell in notebook["cells"] if cell["cell_type"] == "code")


def _without(metadata: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in metadata.items() if name not in names}
