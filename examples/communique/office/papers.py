"""The papers this office issues: one communiqué a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from zt_analysis.define import Claim, Paper, Period, read_claims

LEVELS = (
    *("kindergarten_schools", "kindergarten_pupils", "primary_schools", "primary_pupils", "junior_schools"),
    *("junior_pupils", "special_schools", "special_pupils", "senior_schools", "senior_pupils", "college_schools"),
    "undergraduate_pupils",
)


@dataclass(frozen=True, kw_only=True)
class Communique(Paper):
    """A communiqué: its case is named after the year; its printed numbers stand in ``claims/<case>.csv``."""

    id: ClassVar[str] = "communique"
    kind: ClassVar[str] = "communique"
    notebook: ClassVar[str] = "communique"
    prints: ClassVar[bool] = True
    every: ClassVar[str] = "year"
    case_pattern: ClassVar[tuple[str, str]] = (r"\d{4}", "a year, such as 2019")
    indicators: ClassVar[tuple[str, ...]] = (
        *LEVELS,
        *(f"{view}({name})" for name in LEVELS for view in ("change", "growth")),
        "total(primary_pupils,junior_pupils)",
        "ratio(primary_pupils,primary_teachers)",
        "share(primary_pupils,total(primary_pupils,junior_pupils,senior_pupils))",
        "top(primary_pupils,2,by=province_code)",
    )

    def printed(self) -> tuple[list[Claim], Period]:
        """Every number it printed, and the dates they are for."""
        return read_claims(self.claims), self.period
