"""Runs of cases."""

from zt_analysis.runs.index import build_index
from zt_analysis.runs.running import Run, notebook_path, run

__all__ = ["Run", "build_index", "notebook_path", "run"]
