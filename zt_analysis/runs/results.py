"""The figures of a run as files: CSV and xlsx for a spreadsheet, JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zt_analysis.reports.downloads import figures_csv, figures_xlsx


def write_figures(ledger: Mapping[str, Any], folder: Path) -> None:
    """Write ``figures.csv``, ``figures.xlsx`` (one row a figure) and ``figures.json`` (the whole ledger)."""
    (folder / "figures.csv").write_bytes(figures_csv(ledger))
    (folder / "figures.xlsx").write_bytes(figures_xlsx(ledger))
    text = json.dumps(ledger, ensure_ascii=False, indent=1)
    (folder / "figures.json").write_text(text + "\n", encoding="utf-8")
