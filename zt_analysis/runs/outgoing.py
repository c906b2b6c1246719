"""What leaves a run is scanned before it is published: a page that names a person takes nobody's place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zt_analysis import notebooks
from zt_analysis.errors import InputError
from zt_analysis.personal import masked
from zt_analysis.personal.forms import KINDS
from zt_analysis.scanning import Scanned, scan


def check_outgoing(folder: Path, ledger: Mapping[str, Any]) -> None:
    """Refuse outputs that hold personal data.

    Raises:
        InputError: names the files and what is in them, no value.
    """
    found = scan(folder)
    if not found.files:
        raise InputError(f"outputs in {folder.name}", found="no file to scan", expected="outputs", hint="run it again")
    if found.found:
        raise InputError(
            f"outputs of case {ledger['case']['case']}", found=_said(found), expected="none",
            hint="a cell of the notebook, a claim or a note says it; what was published before stays",
        )  # fmt: skip


def mask_failed(path: Path) -> None:
    """Mask what the outputs of a failed notebook say of persons; take all of them out where that is not enough."""
    notebook = notebooks.read(path)
    for cell in notebook["cells"]:
        if "outputs" in cell:
            cell["outputs"] = _masked(cell["outputs"])
    notebooks.write(notebook, path)
    if not scan(path).found:
        return
    for cell in notebook["cells"]:
        cell["source"] = masked(cell["source"])
        if "outputs" in cell:
            cell["outputs"] = []
    notebooks.write(notebook, path)


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, list):
        return [_masked(one) for one in value]
    if isinstance(value, dict):
        return type(value)({name: _masked(one) for name, one in value.items()})
    return value


def _said(found: Scanned) -> str:
    counts = Counter((one.file, one.kind) for one in found.found)
    return ", ".join(f"{count} {KINDS[kind]} in {file}" for (file, kind), count in sorted(counts.items()))
