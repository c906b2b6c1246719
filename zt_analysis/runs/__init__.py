"""Runs of cases, and what several runs say together.

Whoever asks for one of these names imports what it needs alone: a check of a case needs nothing that makes a page.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from zt_analysis.runs.agreement import Agreement, agreement

if TYPE_CHECKING:
    from zt_analysis.runs.case import fitting_notebook
    from zt_analysis.runs.figure_files import read_ledger
    from zt_analysis.runs.index import build_index
    from zt_analysis.runs.on_failure import tell
    from zt_analysis.runs.pages import lay_page
    from zt_analysis.runs.running import Run, run
    from zt_analysis.runs.standing import unchanged

_PLACES = {
    "Run": "running",
    "build_index": "index",
    "fitting_notebook": "case",
    "lay_page": "pages",
    "read_ledger": "figure_files",
    "run": "running",
    "tell": "on_failure",
    "unchanged": "standing",
}

__all__ = [
    "Agreement",
    "Run",
    "agreement",
    "build_index",
    "fitting_notebook",
    "lay_page",
    "read_ledger",
    "run",
    "tell",
    "unchanged",
]


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
