"""One issue of the bulletin: its dates, its package and where its claims stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from zt_analysis.bulletins.claims import Claim, read_claims
from zt_analysis.bulletins.paper import Paper
from zt_analysis.indicators import BULLETIN
from zt_analysis.periods import Period


@dataclass(frozen=True, kw_only=True)
class Issue(Paper):
    """An issue as its case's parameters describe it; dates are ISO text, as typed.

    Raises:
        InputError: a parameter that cannot be: names it, what was found and expected.
    """

    kind: ClassVar[str] = "bulletin"
    case_pattern: ClassVar[tuple[str, str]] = (
        r"\d{4}-(0[1-9]|1[0-9]|[2-9][0-9])",
        "year and number, such as 2018-11",
    )
    indicators: ClassVar[tuple[str, ...]] = BULLETIN

    issue_total: int

    @property
    def issue_year(self) -> int:
        """Year of the issue, from the case's name."""
        return int(self.case[:4])

    @property
    def issue_number(self) -> int:
        """Number in the year, from the case's name."""
        return int(self.case[5:])

    @property
    def claims(self) -> str:
        """Path of the claims file: ``<package>/claims/<case>.csv``."""
        return f"{self.package}/claims/{self.case}.csv"

    def printed(self) -> tuple[list[Claim], Period]:
        """Every number it printed."""
        return read_claims(self.claims), self.period

    @property
    def parameters(self) -> dict[str, object]:
        """Every parameter, and the year and number that the case's name gives."""
        return super().parameters | {"issue_year": self.issue_year, "issue_number": self.issue_number}
