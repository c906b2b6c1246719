"""Notebooks, executed strictly."""

from zt_analysis.notebooks.cleaning import code_of, compared_outputs, without_volatile
from zt_analysis.notebooks.execution import Engine, execute, parameters_of, read, write
from zt_analysis.notebooks.given import check_parameters
from zt_analysis.notebooks.parameters import declared_parameters
from zt_analysis.notebooks.trusting import trust

__all__ = [
    "Engine",
    "check_parameters",
    "code_of",
    "compared_outputs",
    "declared_parameters",
    "execute",
    "parameters_of",
    "read",
    "trust",
    "without_volatile",
    "write",
]
