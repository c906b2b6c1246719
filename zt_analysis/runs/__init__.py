"""Runs of cases, and what several runs say together.

What recomputes figures (``runs.restatement``) is imported where it is used: a batch that has nothing to do ends in a
moment.
"""

from zt_analysis.runs.agreement import Agreement, agreement
from zt_analysis.runs.case import fitting_notebook
from zt_analysis.runs.figure_files import read_ledger
from zt_analysis.runs.index import build_index
from zt_analysis.runs.on_failure import tell
from zt_analysis.runs.pages import lay_page
from zt_analysis.runs.running import Run, run
from zt_analysis.runs.unchanged import unchanged

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
