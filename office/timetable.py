"""When this office's papers are due, and what the next of each follows from.

Two calendars. The counties report every Thursday: from that day on the circular of its week is due, unless the table
``school_calendar`` has no school day in it. The dropout campaign has two months a year (控辍保学月, March and
September): from the last Thursday of such a month on, an issue whose dates touch the month is due. Issues are numbered
within a year, so a date names the month, never the number. The days are conventions of this project: the bulletin
prints the months and its own dates, no timetable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from zt_analysis.define import (
    Asked,
    Cases,
    InputError,
    Paper,
    Schedule,
    ZtError,
    iso_date,
    issued_after,
    needed,
    open_package,
    read_package,
)

from .periods import Period

CONTROL_MONTHS = (3, 9)
BULLETIN = "bulletin"
CALENDAR = "school_calendar"
DAY, HELD = "day_on", "is_school_day"


def last_thursday(day: date) -> date:
    """The reporting day at or before ``day``.

    >>> last_thursday(date(2018, 11, 8)), last_thursday(date(2018, 11, 12))
    (datetime.date(2018, 11, 8), datetime.date(2018, 11, 8))
    """
    return day - timedelta(days=(day.isoweekday() - Period.calendar.weekday) % 7)


def control_month(year: int, month: int) -> tuple[date, date]:
    """The first day of a control month and the last Thursday in it, from which its issue is due."""
    span = Period.calendar.containing(date(year, month, 1), "month")
    return span.first, last_thursday(span.last)


@dataclass
class SchoolWeeks:
    """The school days of packages, each read once: which weeks have one."""

    root: Path
    _days: dict[tuple[str, str], dict[date, bool]] = field(default_factory=dict)

    def says(self, thursday: date, model: dict[str, Any] | None) -> tuple[bool, str]:
        """Whether the ISO week of ``thursday`` has a school day, and what cannot be known of it; it has one in doubt.

        Args:
            model: the parameters of a case whose package has the calendar; None where there is no such case.
        """
        if model is None:
            return True, ""
        package = str(model.get("package"))
        try:
            days = self._of(package, str(model.get("engine", "")))
        except ZtError as error:
            return True, f"{CALENDAR} of {package} cannot be read ({error.thing}): taken for a school week"
        monday = thursday - timedelta(days=thursday.isoweekday() - 1)
        week = [monday + timedelta(days=number) for number in range(7)]
        held = any(days.get(day) for day in week)
        unknown = [day for day in week if day not in days]
        if held or not unknown:
            return held, ""
        return True, f"{CALENDAR} of {package} says nothing of {unknown[0]}: taken for a school week"

    def _of(self, package: str, engine: str) -> dict[date, bool]:
        if (package, engine) not in self._days:
            self._days[package, engine] = _read(self.root / package, engine)
        return self._days[package, engine]


def _read(package: Path, engine: str) -> dict[date, bool]:
    if CALENDAR not in read_package(package).tables:
        return {}
    tables = open_package(package, names=(CALENDAR,), engine=engine)
    return {row[DAY]: row[HELD] for row in tables.rows(tables[CALENDAR])}


class Thursdays(Schedule):
    """A paper of stocks and flows that are held against each other from one reporting day to the next."""

    def check(self, paper: Paper) -> None:
        """Refuse a base date that is no whole weeks before the count."""
        weeks, rest = divmod((paper.period.as_of - paper.period.base_on).days, 7)
        if rest or not weeks:
            raise InputError(
                "--base-on", found=paper.base_on, expected=f"whole weeks before {paper.as_of}",
                hint="stocks and flows are held against each other from one reporting day to the next",
            )  # fmt: skip


class SchoolWeek(Thursdays):
    """The circular's: every week with a school day."""

    def asks(self, paper: type[Paper], first: date, on: date, cases: Cases) -> Iterator[Asked]:
        """The weeks that ended; the calendar of each package is read once for all of them."""
        weeks = SchoolWeeks(cases.root)
        for one in super().asks(paper, first, on, cases):
            known = one.case in cases.names
            held, doubt = (True, "") if known else weeks.says(one.due_on, cases.latest(paper.notebook, one.due_on))
            if not held:
                hint = "no school day in this week: it asks for no circular"
                yield Asked(one.reason, one.due_on, one.case, hint, holiday=True)
            else:
                yield Asked(one.reason, one.due_on, one.case, "; ".join(filter(None, (one.hint, doubt))))

    def new(
        self, paper: type[Paper], case: str, given: Mapping[str, Any], cases: Cases
    ) -> tuple[dict[str, Any] | None, dict[str, Any]]:
        """Every date follows from the week; the term is that of the week before, within a year."""
        for name in ("as_of", "base_on"):
            if name in given:
                option = f"--{name.replace('_', '-')}"
                hint = f"it follows from the week of {case}"
                raise InputError(option, found=given[name], expected="nothing", hint=hint)
        model, found = super().new(paper, case, given, cases)
        as_of = iso_date("as_of", found["as_of"])
        package = given.get("package", model["package"] if model else "")
        bulletin = _bulletin_of(found["as_of"], package, cases)
        return model, found | {"bulletin": bulletin, "term": _term(as_of, model, given)}

    def needs(self, paper: Paper) -> list[str]:
        """A bulletin to be held against."""
        if paper.parameters["bulletin"]:
            return []
        return ["bulletin: the issue its numbers are held against, once one counts up to a day after them"]


class ControlMonths(Thursdays):
    """The bulletin's: an issue for each control month, numbered within its year."""

    def asks(self, paper: type[Paper], first: date, on: date, cases: Cases) -> Iterator[Asked]:
        """The issues whose dates touch a control month; one without a name when there is none."""
        years = range(first.year - 1, on.year + 1)
        days = [day for year in years for month in CONTROL_MONTHS if (day := control_month(year, month)[1]) <= on]
        for day in [day for day in days if day >= first] or days[-1:]:
            reason = f"{day:%Y-%m}"
            covering = [case for case in cases.names if _touches(case, reason, cases)]
            for case in covering:
                yield Asked(reason, day, case)
            if not covering:
                yield Asked(reason, day, "", f"zt new {on.year}-NUMBER --as-of {max(day, last_thursday(on))}")

    def new(
        self, paper: type[Paper], case: str, given: Mapping[str, Any], cases: Cases
    ) -> tuple[dict[str, Any] | None, dict[str, Any]]:
        """An issue's number says nothing of its dates, so the day it counts up to has to be given."""
        hint = f"{case} is the number of an issue, not a month: --as-of 2018-12-06"
        as_of = iso_date("--as-of", needed(given, "as_of", "the day up to which the issue counts", hint))
        if last_thursday(as_of) != as_of:
            raise InputError(
                "--as-of", found=f"{as_of}, a {as_of:%A}", expected="a Thursday, the day the counties report",
                hint=f"{last_thursday(as_of)} is the one before",
            )  # fmt: skip
        _refuse_disorder(case, as_of, cases)
        model = cases.model(case, BULLETIN, as_of)
        derived = {
            "as_of": as_of.isoformat(),
            "base_on": _base(as_of, model, given),
            "issue_total": _total(case, model, given),
            "term": _term(as_of, model, given),
        }
        return model, derived | ({"issued_on": issued_after(as_of, model)} if model else {})

    def check(self, paper: Paper) -> None:
        """An issue carries the year it is printed in; a week's year is in its name."""
        super().check(paper)
        if paper.issued_on[:4] != paper.case[:4]:
            raise InputError(
                "--issued-on", found=paper.issued_on, expected=f"a day of {paper.case[:4]}",
                hint="an issue is numbered in the year it is issued in",
            )  # fmt: skip

    def title(self, case: str) -> str:
        """Year and number."""
        return f"{case[:4]}年第{int(case[5:])}期"


def _touches(case: str, month: str, cases: Cases) -> bool:
    found = cases.read(case)
    if found is None:
        # an issue that cannot be read may be the one: it is named by the year of its number
        return "W" not in case and case[:4] == month[:4]
    return found.get("notebook") == BULLETIN and str(found.get("base_on"))[:7] <= month <= str(found.get("as_of"))[:7]


def _refuse_disorder(case: str, as_of: date, cases: Cases) -> None:
    """Issues are numbered in the order of their dates."""
    for found in cases.of(BULLETIN):
        one = str(found["case"])
        if found.get("as_of") and (one < case) != (str(found["as_of"]) < as_of.isoformat()):
            raise InputError(
                "--as-of", found=as_of, expected=f"a day {'after' if one < case else 'before'} {found['as_of']}",
                hint=f"issue {one} counts up to that day, and issues are numbered in the order of their days",
            )  # fmt: skip


def _bulletin_of(day: str, package: str, cases: Cases) -> str:
    """The issue of ``package`` that ``day`` lies in, base date and day of the count included; empty for none."""
    for found in reversed(cases.of(BULLETIN)):
        covers = str(found.get("base_on")) <= day <= str(found.get("as_of"))
        if covers and cases.root / package == cases.root / str(found.get("package")):
            return str(found["case"])
    return ""


def _term(as_of: date, model: Mapping[str, Any] | None, given: Mapping[str, Any]) -> str:
    """That of the case before, within its year; which term is paid next is for a person to say."""
    if "term" in given:
        return str(given["term"])
    if model is None or model["as_of"][:4] != str(as_of.year):
        hint = f"case {model['case']} is of another year, and its {model['term']} may be over" if model else "--term"
        expected = "the term of the aid figures, such as 2018-autumn"
        raise InputError("--term", found="nothing", expected=expected, hint=hint)
    return str(model["term"])


def _base(as_of: date, model: Mapping[str, Any] | None, given: Mapping[str, Any]) -> str:
    """That of the issue before while no other control month has begun; a new campaign has a day of its own."""
    expected = "the day that changes are measured from"
    if "base_on" in given or model is None:
        return str(needed(given, "base_on", expected, "the first issue has none before it: --base-on 2018-09-20"))
    base = iso_date("base_on", model["base_on"])
    begun = [control_month(year, month)[0] for year in (as_of.year - 1, as_of.year) for month in CONTROL_MONTHS]
    latest = max(day for day in begun if day <= as_of)
    if base < latest:
        hint = f"that of issue {model['case']}, {base}, lies before the control month {latest:%Y-%m}"
        raise InputError("--base-on", found="nothing", expected=expected, hint=hint)
    return base.isoformat()


def _total(case: str, model: Mapping[str, Any] | None, given: Mapping[str, Any]) -> int:
    """The number since the first issue: counted on within a year, given for the first of another."""
    if model is None:
        return int(needed(given, "issue_total", "the number of the issue since the first", "--issue-total 1"))
    before, year = model["case"], case[:4]
    counted = model["issue_total"] + int(case[5:]) - int(before[5:]) if before[:4] == year else None
    total = given.get("issue_total", counted)
    if total is None:
        raise InputError(
            "--issue-total", found="nothing", expected="the number of the issue since the first",
            hint=f"how many issues came after {before}, number {model['issue_total']}, is not known here",
        )  # fmt: skip
    if total <= model["issue_total"] or counted not in (None, total):
        expected = str(counted) if counted else f"more than {model['issue_total']}, the number of {before}"
        raise InputError("--issue-total", found=total, expected=expected, hint="issues are counted one by one")
    return int(total)
