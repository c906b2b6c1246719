"""One weekly circular (周通报): the week it is about, and the bulletin it has to agree with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from zt_analysis import params
from zt_analysis.bulletins.claims import Claim, read_claims
from zt_analysis.bulletins.issue import Issue
from zt_analysis.bulletins.paper import Paper, matches
from zt_analysis.errors import InputError
from zt_analysis.indicators import CIRCULAR
from zt_analysis.periods import Period, iso_date, period
from zt_analysis.sources import find_root


@dataclass(frozen=True, kw_only=True)
class Circular(Paper):
    """A weekly circular as its case's parameters describe it; dates are ISO text, as typed.

    Attributes:
        base_on: the reporting day one week before ``as_of``.
        bulletin: an issue whose printed numbers of the same day the circular is held against; empty for none.
        absence_days, days: an absence longer than this, in ``calendar`` or ``school`` days, has to be a case.

    Raises:
        InputError: a parameter that cannot be: names it, what was found and expected.
    """

    kind: ClassVar[str] = "circular"
    case_pattern: ClassVar[tuple[str, str]] = (
        r"\d{4}-W(0[1-9]|[1-4][0-9]|5[0-3])",
        "year and ISO week, such as 2018-W45",
    )
    indicators: ClassVar[tuple[str, ...]] = CIRCULAR
    roles: ClassVar[tuple[str, ...]] = ("table", "system")

    bulletin: str = ""
    absence_days: int = 7
    days: str = "calendar"

    def __post_init__(self) -> None:
        super().__post_init__()
        as_of = iso_date("as_of", self.as_of)
        year, week, _ = as_of.isocalendar()
        if self.case != f"{year}-W{week:02d}":
            raise InputError(
                "parameter 'as_of'",
                found=f"{self.as_of}, a day of {year}-W{week:02d}",
                expected=f"a day of {self.case}",
                hint="a weekly case is named after the ISO week of its as-of date",
            )
        if (as_of - iso_date("base_on", self.base_on)).days != 7:
            raise InputError(
                "parameter 'base_on'",
                found=self.base_on,
                expected="the day one week before as_of",
                hint="a circular compares a week with the one before",
            )
        if self.bulletin:
            matches("bulletin", self.bulletin, r"\d{4}-\d{2}", "an issue such as 2018-11, or nothing")

    @property
    def period(self) -> Period:
        """The dates its figures refer to, and how absences are counted."""
        return period(
            self.as_of, self.base_on, term=self.term, denominator=self.denominator,
            absence_days=self.absence_days, days=self.days,
        )  # fmt: skip

    def printed(self) -> tuple[list[Claim], Period]:
        """The statistics of its bulletin that are about the same day and in the circular too; none without one.

        Raises:
            InputError: a bulletin that cannot be read, or that was printed from another package.
            SourceError: its claims are wrong.
        """
        if not self.bulletin:
            return [], self.period
        issue = Issue.of(params.load(self.bulletin, find_root()))
        self._refuse_other_package(issue)
        statistics = [one for one in read_claims(issue.claims) if one.cls == "statistic"]
        shared = [one for one in statistics if one.indicator in self.indicators]
        return [one for one in shared if one.wanted(issue.period).at == self.as_of], issue.period

    def _refuse_other_package(self, issue: Issue) -> None:
        root = find_root()
        if (root / issue.package).resolve() != (root / self.package).resolve():
            raise InputError(
                "parameter 'bulletin'",
                found=f"{self.bulletin}, of package {issue.package}",
                expected=f"an issue of {self.package}, which this circular is computed from",
                hint="numbers of other rows need not agree: leave the bulletin empty, or name its package",
            )

    @property
    def parameters(self) -> dict[str, object]:
        """Every parameter, and the year and week that the case's name gives."""
        return super().parameters | {"week_year": int(self.case[:4]), "week_number": int(self.case[6:])}
