"""The charts of a brief: each is a primitive of the engine over figures of the office."""

from __future__ import annotations

from zt_analysis.define import Paper, Tables
from zt_analysis.drawing import Chart, bars


def pupils_by_town(paper: Paper, tables: Tables) -> Chart:
    """Pupils and boarders of each town, most first."""
    return bars(paper, tables, "pupils", "boarders", by="town_code", key="pupils", source="chart_source_count")
