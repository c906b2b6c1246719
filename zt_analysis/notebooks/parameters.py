"""What a notebook declares: its one cell tagged ``parameters``."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from zt_analysis.errors import NotebookError
from zt_analysis.params import TYPES, Declared


def declared_parameters(notebook: Mapping[str, Any], name: str) -> dict[str, Declared]:
    """Names, types and defaults of the parameters of ``notebook`` (an nbformat 4 node called ``name``).

    Raises:
        NotebookError: not exactly one cell tagged ``parameters``, or a line in it that is not ``name: type = literal``.
    """
    cells = [cell for cell in notebook["cells"] if "parameters" in cell["metadata"].get("tags", [])]
    if len(cells) != 1:
        raise NotebookError(
            f"notebook {name}",
            found=f"{len(cells)} cells tagged 'parameters'",
            expected="exactly 1",
            hint="tag the cell that holds the literals",
        )
    return declared_in(cells[0]["source"], name)


def declared_in(source: str, name: str) -> dict[str, Declared]:
    """What the text of a parameters cell, of the notebook called ``name``, declares; NotebookError as above."""
    return {one.name: one for one in (_declared(line, name) for line in ast.parse(source).body)}


def _declared(line: ast.stmt, notebook: str) -> Declared:
    if (
        isinstance(line, ast.AnnAssign)
        and isinstance(line.target, ast.Name)
        and isinstance(line.annotation, ast.Name)
        and line.annotation.id in TYPES
        and isinstance(line.value, ast.Constant)
    ):
        return Declared(line.target.id, line.annotation.id, line.value.value)
    raise NotebookError(
        f"notebook {notebook}, parameters cell",
        found=ast.unparse(line),
        expected='a line such as  as_of: str = "2018-11-08"',
        hint="only typed literals belong there",
    )
