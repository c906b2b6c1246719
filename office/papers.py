"""The papers this office issues: the bulletin (教育兴昭简报) and the weekly circular (控辍保学周通报)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from zt_analysis.define import (
    Claim,
    Group,
    InputError,
    Paper,
    Part,
    Schedule,
    Tables,
    Wanted,
    find_root,
    iso_date,
    matches,
    parameters_of,
    read_claims,
)

from .periods import Period
from .timetable import ControlMonths, SchoolWeek

# how absences are counted moves this one, which papers need not state
MOVED = dict.fromkeys(("absence_days", "days"), ("long_absences",))
FIGURES_OF_BULLETIN = (
    "returned_students",
    "home_taught_students",
    "remote_taught_students",
    "out_of_school_children",
    "opened_cases",
    "ended_cases",
    "rate_population",
    "out_of_school_rate",
    "out_of_school_rate_change",
    "funds_allocated",
    "nutrition_spending",
    "nutrition_students",
    "nutrition_spending_per_student",
    "nutrition_days_per_student",
    "aid_paid",
    "aided_students",
    "registered_poor_aided_students",
    "registered_poor_share",
    "aid_per_student",
    "aid_share_of_allocation",
    "spending_share_of_allocation",
    "allocation_remainder",
    "counties",
    "inspected_households",
    "inspected_counties",
)
FIGURES_OF_CIRCULAR = (
    "out_of_school_children",
    "out_of_school_change",
    "opened_cases",
    "returned_cases",
    "home_cases",
    "remote_cases",
    "returned_students",
    "home_taught_students",
    "remote_taught_students",
    "rate_population",
    "out_of_school_rate",
    "out_of_school_rate_change",
    "schools_without_cases",
    "villages_without_cases",
    "townships_without_cases",
    "counties_without_cases",
    "reports_in_time",
    "deadlines_next_week",
    "long_absences",
)


@dataclass(frozen=True, kw_only=True)
class Issue(Paper):
    """An issue of the bulletin as its case's parameters describe it; dates are ISO text, as typed.

    Raises:
        InputError: a parameter that cannot be: names it, what was found and expected.
    """

    id: ClassVar[str] = "bulletin"
    kind: ClassVar[str] = "bulletin"
    notebook: ClassVar[str] = "bulletin"
    prints: ClassVar[bool] = True
    schedule: ClassVar[Schedule] = ControlMonths()
    split: ClassVar[str] = "county_code"
    case_pattern: ClassVar[tuple[str, str]] = (
        r"\d{4}-(0[1-9]|1[0-9]|[2-9][0-9])",
        "year and number, such as 2018-11",
    )
    indicators: ClassVar[tuple[str, ...]] = FIGURES_OF_BULLETIN
    moved: ClassVar[Mapping[str, tuple[str, ...]]] = MOVED

    issue_total: int
    term: str = "2018-spring"
    denominator: str = "school_age"

    @cached_property
    def period(self) -> Period:
        """The dates its figures refer to, the term of aid and nutrition, and what rates are divided by."""
        return Period.typed(self.as_of, self.base_on, term=self.term, denominator=self.denominator)

    @property
    def issue_year(self) -> int:
        """Year of the issue, from the case's name."""
        return int(self.case[:4])

    @property
    def issue_number(self) -> int:
        """Number in the year, from the case's name."""
        return int(self.case[5:])

    def printed(self) -> tuple[list[Claim], Period]:
        """Every number it printed."""
        return read_claims(self.claims), self.period

    @property
    def parameters(self) -> dict[str, object]:
        """Every parameter, and the year and number that the case's name gives."""
        return super().parameters | {"issue_year": self.issue_year, "issue_number": self.issue_number}


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

    id: ClassVar[str] = "circular"
    kind: ClassVar[str] = "circular"
    notebook: ClassVar[str] = "weekly"
    every: ClassVar[str] = "week"
    schedule: ClassVar[Schedule] = SchoolWeek()
    held_against: ClassVar[str] = "bulletin"
    split: ClassVar[str] = "county_code"
    case_pattern: ClassVar[tuple[str, str]] = (
        r"\d{4}-W(0[1-9]|[1-4][0-9]|5[0-3])",
        "year and ISO week, such as 2018-W45",
    )
    indicators: ClassVar[tuple[str, ...]] = FIGURES_OF_CIRCULAR
    moved: ClassVar[Mapping[str, tuple[str, ...]]] = MOVED
    roles: ClassVar[tuple[str, ...]] = ("table", "system")

    term: str = "2018-spring"
    denominator: str = "school_age"
    bulletin: str = ""
    absence_days: int = 7
    days: str = "calendar"

    def __post_init__(self) -> None:
        super().__post_init__()
        as_of = iso_date("as_of", self.as_of)
        if (as_of - iso_date("base_on", self.base_on)).days != 7:
            raise InputError(
                "parameter 'base_on'",
                found=self.base_on,
                expected="the day one week before as_of",
                hint="a circular compares a week with the one before",
            )
        if self.bulletin:
            matches("bulletin", self.bulletin, r"\d{4}-\d{2}", "an issue such as 2018-11, or nothing")

    @cached_property
    def period(self) -> Period:
        """The dates its figures refer to, and how absences are counted."""
        return Period.typed(
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
        issue = Issue.of(parameters_of(self.bulletin, find_root()))
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

    def refuse_no_data(self, tables: Tables) -> None:
        """Refuse a week of which nothing has come: neither a county's report nor a case that began or ended."""
        from .circular.reporting import refuse_no_data

        refuse_no_data(self, tables)

    def asks(self) -> list[tuple[Wanted, Group]]:
        """What its parts will ask."""
        from .circular.review import asks

        return asks(self)

    def parts(self, tables: Tables) -> tuple[Part, ...]:
        """What a circular shows beside its figures, in the order of the page."""
        from .circular.review import parts

        return parts(self, tables)

    def reported_numbers(self, tables: Tables) -> int:
        """Numbers that counties reported and that are held against the ledger."""
        from .circular.reporting import compared_numbers

        return compared_numbers(self, tables)

    @property
    def parameters(self) -> dict[str, object]:
        """Every parameter, and the year and week that the case's name gives."""
        return super().parameters | {"week_year": int(self.case[:4]), "week_number": int(self.case[6:])}
