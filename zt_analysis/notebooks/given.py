"""The parameters a running notebook was given, held against those it declares: whoever runs it, with whatever tool."""

from __future__ import annotations

import ast
import os
from collections.abc import Mapping
from typing import Any

from zt_analysis.errors import NotebookError
from zt_analysis.notebooks.parameters import declared_in
from zt_analysis.params import Declared, check, of_notebook
from zt_analysis.project import find_root, refuse_outside
from zt_analysis.settings import LATE, late_setting

# how papermill, and what follows it (jupyter-scheduler), begins the cell it puts after the parameters cell
INJECTED = "# Parameters"


def check_parameters() -> None:
    """Refuse what this notebook was given and does not declare, or of another type, and a package out of the project.

    papermill assigns an unknown parameter with no more than a line in its log, and the run would use the default of
    the one that was meant. In a kernel the cells that ran are known: the cell of typed literals says what the notebook
    declares, the one papermill adds says what it was given. Outside a kernel, or where no such cell ran, nothing is
    known and nothing is done.

    Raises:
        InputError: names each parameter, what was found and expected.
    """
    cells, namespace = _kernel()
    declared, given = _declared_and_given(cells)
    values = {name: namespace[name] for name in (*declared, *given) if name in namespace}
    if not declared:
        return
    own = of_notebook({name: one.default for name, one in declared.items()} | values)
    check(own, declared, where="this notebook's parameters")
    if "late" in values:
        # what a case says of its run, from its file by stock papermill
        os.environ[LATE] = late_setting(values["late"], where="this notebook's parameters, key 'late'")
    if "package" in declared:
        refuse_outside(values.get("package"), find_root(), "this notebook's parameters, key 'package'")


def _kernel() -> tuple[list[str], Mapping[str, Any]]:
    """The cells that ran in this kernel, oldest first, and its names; nothing where there is no kernel."""
    from IPython import get_ipython

    shell: Any = get_ipython()  # type: ignore[no-untyped-call]
    return (list(shell.history_manager.input_hist_parsed), shell.user_ns) if shell else ([], {})


def _declared_and_given(cells: list[str]) -> tuple[dict[str, Declared], list[str]]:
    """What the last parameters cell that ran declares, and the names that a cell added after it assigns."""
    given: list[str] = []
    for cell in reversed(cells):
        if not given and cell.startswith(INJECTED):
            given = _assigned(cell)
        elif declared := _literals(cell):
            return declared, given
    return {}, []


def _literals(cell: str) -> dict[str, Declared]:
    try:
        return declared_in(cell, "")
    except (NotebookError, SyntaxError, ValueError):
        return {}


def _assigned(cell: str) -> list[str]:
    try:
        lines = ast.parse(cell).body
    except (SyntaxError, ValueError):
        return []
    targets = [target for line in lines if isinstance(line, ast.Assign) for target in line.targets]
    return [target.id for target in targets if isinstance(target, ast.Name)]
