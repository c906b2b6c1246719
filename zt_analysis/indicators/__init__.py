"""Indicators: definitions over source tables, and the figures they give."""

import sys

from zt_analysis.called import Called
from zt_analysis.indicators.behind import Behind, behind, column, row_counts, rows
from zt_analysis.indicators.catalogue import find, indicators, settled
from zt_analysis.indicators.computing import (
    check,
    columns,
    inputs,
    is_stock,
    not_received,
    of_nothing,
    proofs,
    source_tables,
    sql,
)
from zt_analysis.indicators.definitions import break_between
from zt_analysis.indicators.examples import example, value
from zt_analysis.indicators.indicator import Indicator, Measure, Scope
from zt_analysis.indicators.view_values import breakdown, broken_down, by_group, compute, gather
from zt_analysis.indicators.wanted import Wanted

__all__ = [
    "Behind",
    "Indicator",
    "Measure",
    "Scope",
    "Wanted",
    "behind",
    "break_between",
    "breakdown",
    "broken_down",
    "by_group",
    "check",
    "column",
    "columns",
    "compute",
    "example",
    "find",
    "gather",
    "indicators",
    "inputs",
    "is_stock",
    "not_received",
    "of_nothing",
    "proofs",
    "row_counts",
    "rows",
    "settled",
    "source_tables",
    "sql",
    "value",
]

# zt.indicators(...) is a function of notebooks
sys.modules[__name__].__class__ = Called
