"""The papers this office issues: one brief (教育简报) a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from zt_analysis.define import Paper


@dataclass(frozen=True, kw_only=True)
class Brief(Paper):
    """A brief: its case is named after the year; its printed numbers stand in ``data/demo/claims/<case>.csv``."""

    id: ClassVar[str] = "brief"
    kind: ClassVar[str] = "brief"
    notebook: ClassVar[str] = "brief"
    prints: ClassVar[bool] = True
    every: ClassVar[str] = "year"
    case_pattern: ClassVar[tuple[str, str]] = (r"\d{4}", "a year, such as 2025")
    indicators: ClassVar[tuple[str, ...]] = ("pupils", "boarders")
