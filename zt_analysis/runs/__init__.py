"""Runs of cases."""

from zt_analysis.runs.results import figure_rows
from zt_analysis.runs.running import Run, notebook_path, run

__all__ = ["Run", "figure_rows", "notebook_path", "run"]
