"""Indicators: definitions over source tables, and the figures they give."""

from zt_analysis.indicators.catalogue import definitions, find, indicators
from zt_analysis.indicators.computing import (
    Wanted,
    breakdown,
    by_group,
    check,
    column,
    columns,
    compute,
    inputs,
    proofs,
    row_counts,
    rows,
    source_tables,
    sql,
)
from zt_analysis.indicators.examples import example, value
from zt_analysis.indicators.indicator import Indicator, Measure, Scope

__all__ = [
    "Indicator",
    "Measure",
    "Scope",
    "Wanted",
    "breakdown",
    "by_group",
    "check",
    "column",
    "columns",
    "compute",
    "definitions",
    "example",
    "find",
    "indicators",
    "inputs",
    "proofs",
    "row_counts",
    "rows",
    "source_tables",
    "sql",
    "value",
]
