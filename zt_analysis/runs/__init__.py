"""Runs of cases, and what several runs say together."""

from zt_analysis.runs.agreement import Agreement, agreement
from zt_analysis.runs.index import build_index
from zt_analysis.runs.notice import notice
from zt_analysis.runs.restatement import Restatement, restate
from zt_analysis.runs.running import Run, notebook_path, run

__all__ = [
    "Agreement",
    "Restatement",
    "Run",
    "agreement",
    "build_index",
    "notebook_path",
    "notice",
    "restate",
    "run",
]
