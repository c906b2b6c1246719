"""The text of a notebook's file, as nbformat writes it.

nbformat copies a notebook, ledger and all, to part its texts into lines: with what Python's encoder takes 0.04 s for an
issue, of which a fifth is left here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zt_analysis.jsons import laid_out

# texts of other kinds than text/... that are parted into lines
PARTED = ("application/javascript", "image/svg+xml")
NOT_STORED = ("orig_nbformat", "orig_nbformat_minor", "signature")


def text_of(notebook: Mapping[str, Any]) -> str:
    """The text that ``nbformat.writes`` gives for a notebook of version 4; ``notebook`` stays as it is."""
    metadata = {name: one for name, one in notebook["metadata"].items() if name not in NOT_STORED}
    cells = [_cell(one) for one in notebook["cells"]]
    return laid_out({**notebook, "metadata": metadata, "cells": cells}, ordered=True)


def _cell(cell: Mapping[str, Any]) -> dict[str, Any]:
    metadata = {name: one for name, one in cell["metadata"].items() if name != "trusted"}
    found = {**cell, "metadata": metadata}
    if "source" in cell:
        found["source"] = _parted(cell["source"])
    if "attachments" in cell:
        found["attachments"] = {name: _bundle(one) for name, one in cell["attachments"].items()}
    if cell["cell_type"] == "code":
        found["outputs"] = [_output(one) for one in cell["outputs"]]
    return found


def _output(output: Mapping[str, Any]) -> Mapping[str, Any]:
    if output["output_type"] in ("execute_result", "display_data"):
        return {**output, "data": _bundle(output["data"])} if "data" in output else output
    return {**output, "text": _parted(output["text"])} if output["output_type"] == "stream" else output


def _bundle(bundle: Mapping[str, Any]) -> dict[str, Any]:
    return {kind: _parted(one) if kind.startswith("text/") or kind in PARTED else one for kind, one in bundle.items()}


def _parted(text: Any) -> Any:
    return text.splitlines(True) if isinstance(text, str) else text
