"""The text of a notebook's file, as nbformat writes it.

nbformat copies a notebook, ledger and all, to part its texts into lines, and Python's encoder goes through a generator
for each level: together 0.04 s for an issue, of which a fifth is left here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring as quoted  # type: ignore[attr-defined]  # in C, as the encoder has it
from typing import Any

# texts of other kinds than text/... that are parted into lines
PARTED = ("application/javascript", "image/svg+xml")
NOT_STORED = ("orig_nbformat", "orig_nbformat_minor", "signature")


def text_of(notebook: Mapping[str, Any]) -> str:
    """The text that ``nbformat.writes`` gives for a notebook of version 4; ``notebook`` stays as it is."""
    metadata = {name: one for name, one in notebook["metadata"].items() if name not in NOT_STORED}
    return laid_out({**notebook, "metadata": metadata, "cells": [_cell(one) for one in notebook["cells"]]})


def laid_out(value: Any, line: str = "\n") -> str:
    """``value`` as JSON, its keys in order, one blank further in at each level."""
    if value.__class__ is str:
        return str(quoted(value))
    below, between = f"{line} ", f",{line} "
    if isinstance(value, dict):
        found = [f"{quoted(name)}: {laid_out(value[name], below)}" for name in sorted(value)]
        return f"{{{below}{between.join(found)}{line}}}" if found else "{}"
    if isinstance(value, (list, tuple)):
        found = [laid_out(one, below) for one in value]
        return f"[{below}{between.join(found)}{line}]" if found else "[]"
    return json.dumps(value, ensure_ascii=False)


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
