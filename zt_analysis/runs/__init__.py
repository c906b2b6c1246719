"""Runs of cases."""

from zt_analysis.runs.results import figure_rows
from zt_analysis.runs.running import Run, issue_of, notebook_path, run

__all__ = ["Run", "figure_rows", "issue_of", "notebook_path", "run"]
