"""The charts of a communiqué: each level by province with its growth, and its last twenty years."""

from __future__ import annotations

from zt_analysis.define import Paper, Tables
from zt_analysis.drawing import Chart, Said, bars, lines

SAID: Said = {"units": ("万人",), "source": "chart_source_yearbook"}


def by_province(paper: Paper, tables: Tables, section: str, figure: str) -> Chart:
    """A figure and its growth in each province, most first."""
    return bars(paper, tables, figure, f"growth({figure})", by="province_code", key=section, **SAID)


def over_the_years(paper: Paper, tables: Tables, section: str, *figures: str) -> Chart:
    """Figures of up to twenty years, the paper's own the last."""
    return lines(paper, tables, *figures, years=20, key=f"{section}_years", **SAID)
