"""Indicators: definitions over source tables, and the figures they give."""

from zt_analysis.indicators.catalogue import BULLETIN, CIRCULAR, INDICATORS, find
from zt_analysis.indicators.computing import (
    Wanted,
    breakdown,
    by_group,
    column,
    compute,
    inputs,
    proofs,
    row_counts,
    rows,
    source_tables,
    sql,
)
from zt_analysis.indicators.definition import Indicator, Measure, Scope
from zt_analysis.indicators.examples import example, value

__all__ = [
    "BULLETIN",
    "CIRCULAR",
    "INDICATORS",
    "Indicator",
    "Measure",
    "Scope",
    "Wanted",
    "breakdown",
    "by_group",
    "column",
    "compute",
    "example",
    "find",
    "inputs",
    "proofs",
    "row_counts",
    "rows",
    "source_tables",
    "sql",
    "value",
]
