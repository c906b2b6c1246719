"""Spans of every kind that an office reports by, from a day to a school year: first and last day, names, neighbours.

``2018-11-08`` a day, ``2018-09-20/2018-11-08`` the days after the first up to the second, ``2018-W45`` a reporting
week, ``2018-11`` a month, ``2018-Q3`` a quarter, ``2018-H1`` a half year, ``2018-autumn`` a term, ``2018-2019`` a
school year, ``2018`` a calendar year. Weeks, terms and school years are as the office's calendar says. Those of a kind
follow each other without a gap: a term lasts until the next begins.
"""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from zt_analysis.errors import InputError

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
DAY = timedelta(days=1)
# how many months the kinds of the calendar year last
LONG = {"month": 1, "quarter": 3, "half": 6, "year": 12}
FORMS = {
    "day": (r"\d{4}-\d{2}-\d{2}", "a day such as 2018-11-08"),
    "span": (r"\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}", "two days such as 2018-09-20/2018-11-08"),
    "week": (r"(\d{4})-W(\d{2})", "a week such as 2018-W45"),
    "month": (r"(\d{4})-(\d{2})", "a month such as 2018-11"),
    "quarter": (r"(\d{4})-Q([1-4])", "a quarter such as 2018-Q3"),
    "half": (r"(\d{4})-H([12])", "a half year such as 2018-H1"),
    "term": (r"(\d{4})-([a-z]+)", "a term such as 2018-autumn"),
    "school_year": (r"(\d{4})-(\d{4})", "a school year such as 2018-2019"),
    "year": (r"(\d{4})", "a calendar year such as 2018"),
}
KINDS = tuple(FORMS)
# the kinds whose figures are about the whole of it, not about a day or the days since one
WHOLE = tuple(kind for kind in KINDS if kind not in ("day", "span"))
NUMBERS_ZH = ("一", "二", "三", "四")
ORDINALS = ("first", "second", "third", "fourth")


@dataclass(frozen=True)
class Term:
    """A school term: its name in code, the month and day it begins on each year, its names.

    ``Term("autumn", 9, 1, "秋季学期", "autumn term")`` of 2018 is written ``2018-autumn``: the year it begins in.
    """

    id: str
    month: int
    day: int
    zh: str
    en: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z]+", self.id):
            raise InputError(f"term {self.id!r}", found="its name", expected="small letters, such as autumn")
        try:
            date(2001, self.month, self.day)
        except ValueError as error:
            raise InputError(f"term {self.id!r}", found=error, expected="a day that every year has") from error

    def begins(self, year: int) -> date:
        """Its first day in ``year``."""
        return date(year, self.month, self.day)


@dataclass(frozen=True)
class Calendar:
    """How an office counts weeks, terms and school years.

    Attributes:
        week_ends: the last day of its reporting week.
        terms: its school terms in the order of the school year, which begins with the first of them; () for none.
    """

    week_ends: str = "Sunday"
    terms: tuple[Term, ...] = ()

    def __post_init__(self) -> None:
        if self.week_ends not in WEEKDAYS:
            raise InputError(
                "calendar, week_ends", found=repr(self.week_ends), expected=", ".join(WEEKDAYS), hint="Thursday"
            )
        starts = [(one.month, one.day) for one in self.terms]
        turned = sorted(starts, key=lambda one: (one < starts[0], one))
        names = [one.id for one in self.terms]
        if len(set(names)) < len(names) or turned != starts or sorted(set(starts)) != sorted(starts):
            raise InputError(
                "calendar, terms", found=", ".join(f"{one.id} {one.month}-{one.day}" for one in self.terms),
                expected="terms of different names and days, in the order of the school year",
            )  # fmt: skip

    @property
    def weekday(self) -> int:
        """The last day of the week as ISO counts it: Monday is 1."""
        return WEEKDAYS.index(self.week_ends) + 1

    def containing(self, day: date, kind: str) -> Span:
        """The span of ``kind`` that ``day`` lies in.

        Raises:
            InputError: no such kind, or terms that the office has not declared.
        """
        found = {"day": _day, "week": _week, "term": _term, "school_year": _school_year}.get(kind, _months)
        if kind not in FORMS or kind == "span":
            raise InputError(f"kind of period {kind!r}", found="none", expected=", ".join(FORMS))
        if kind in ("term", "school_year") and not self.terms:
            raise InputError(
                f"a {kind.replace('_', ' ')}", found="no terms in the office's calendar", expected="when each begins",
                hint="class Period in office/periods.py: calendar = Calendar(terms=(Term(...), ...))",
            )  # fmt: skip
        try:
            first, last = found(day, kind, self)
        except (ValueError, OverflowError) as error:
            raise InputError(f"a {kind} with {day}", found=error, expected="a day of the calendar") from error
        return Span(kind, first, last, self)

    def parse(self, text: object, kind: str = "", *, where: str = "period") -> Span:
        """The span that ``text`` says, of ``kind`` where one is expected.

        Raises:
            InputError: it says none; what is expected, by an example.
        """
        kinds = (kind,) if kind else KINDS
        for one in kinds:
            found = re.fullmatch(FORMS[one][0], text, re.ASCII) if isinstance(text, str) else None
            if not found:
                continue
            try:
                span = _PARSED.get(one, _of_months)(found, self, one)
            except (ValueError, OverflowError, KeyError):
                span = None
            if span is not None:
                return span
        terms = (
            f" ({' or '.join(one.id for one in self.terms) or 'the office declares none'})" if kind == "term" else ""
        )
        raise InputError(
            where,
            found=repr(text),
            expected=", or ".join(FORMS[one][1] for one in kinds) + terms,
            hint="check the year",
        )


@dataclass(frozen=True)
class Span:
    """Days from ``first`` to ``last``, both included, that are one period of a kind; ``str()`` is how it is written."""

    kind: str
    first: date
    last: date
    calendar: Calendar = field(default_factory=Calendar, repr=False)

    def __str__(self) -> str:
        first, last, kind = self.first, self.last, self.kind
        if kind == "week":
            year, week, _ = last.isocalendar()
            return f"{year}-W{week:02d}"
        if kind == "term":
            return f"{first.year}-{self._term.id}"
        if kind in ("quarter", "half"):
            return f"{last.year}-{'Q' if kind == 'quarter' else 'H'}{self.number}"
        return {
            "day": last.isoformat(), "span": f"{first - DAY}/{last}", "month": f"{last:%Y-%m}", "year": f"{last:%Y}",
            "school_year": f"{first.year}-{first.year + 1}",
        }[kind]  # fmt: skip

    @property
    def number(self) -> int:
        """Which of its kind in the calendar year: 3 of the third quarter."""
        return (self.last.month - 1) // LONG[self.kind] + 1

    @property
    def _term(self) -> Term:
        return next(one for one in self.calendar.terms if (one.month, one.day) == (self.first.month, self.first.day))

    @property
    def name(self) -> dict[str, str]:
        """Its name as texts write it, in both languages."""
        first, last = self.first, self.last
        year, week, _ = last.isocalendar()
        kind, since = self.kind, first - DAY if self.kind == "span" else first
        if kind == "term":
            return {"zh": f"{first.year}年{self._term.zh}", "en": f"{self._term.en} {first.year}"}
        if kind == "quarter":
            return {"zh": f"{last.year}年第{NUMBERS_ZH[self.number - 1]}季度",
                    "en": f"{ORDINALS[self.number - 1]} quarter of {last.year}"}  # fmt: skip
        if kind == "half":
            return {"zh": f"{last.year}年{'上下'[self.number - 1]}半年",
                    "en": f"{ORDINALS[self.number - 1]} half of {last.year}"}  # fmt: skip
        return {
            "day": {"zh": _day_zh(last), "en": _day_en(last)},
            "span": {"zh": f"{_day_zh(since)}至{_day_zh(last)}", "en": f"{_day_en(since)} to {_day_en(last)}"},
            "week": {"zh": f"{year}年第{week}周", "en": f"week {week} of {year}"},
            "month": {"zh": f"{last.year}年{last.month}月", "en": f"{MONTHS[last.month - 1]} {last.year}"},
            "school_year": {"zh": f"{first.year}—{first.year + 1}学年",
                            "en": f"school year {first.year}–{first.year + 1}"},
            "year": {"zh": f"{last.year}年", "en": str(last.year)},
        }[kind]  # fmt: skip

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def before(self) -> Span:
        """The one of its kind that ends where it begins; of a span of days, one as long."""
        if self.kind == "span":
            return Span("span", self.first - (self.last - self.first) - DAY, self.first - DAY, self.calendar)
        return self.calendar.containing(self.first - DAY, self.kind)

    @property
    def after(self) -> Span:
        """The one of its kind that begins where it ends."""
        if self.kind == "span":
            return Span("span", self.last + DAY, self.last + (self.last - self.first) + DAY, self.calendar)
        return self.calendar.containing(self.last + DAY, self.kind)

    @property
    def same_last_year(self) -> Span:
        """The same period of the year before (同期); of 29 February the 28th.

        Raises:
            InputError: a 53rd week, where the year before had 52.
        """
        if self.kind in ("day", "span"):
            since = a_year_before(self.first - DAY) + DAY if self.kind == "span" else a_year_before(self.first)
            return Span(self.kind, since, a_year_before(self.last), self.calendar)
        if self.kind == "week":
            year, week, _ = self.last.isocalendar()
            return self.calendar.parse(f"{year - 1}-W{week:02d}", "week", where=f"the same week a year before {self}")
        return self.calendar.containing(self.first.replace(year=self.first.year - 1), self.kind)

    def parts(self, kind: str) -> Iterator[Span]:
        """The spans of ``kind`` that end in it, in order: the quarters of a year, the weeks of a month."""
        one = self.calendar.containing(self.first, kind)
        while one.last <= self.last:
            yield one
            one = one.after


def a_year_before(day: date) -> date:
    """The same day of the year before; of 29 February the 28th.

    >>> a_year_before(date(2020, 2, 29))
    datetime.date(2019, 2, 28)
    """
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


Bounds = tuple[date, date]


def _day(day: date, _kind: str, _of: Calendar) -> Bounds:
    return day, day


def _week(day: date, _kind: str, of: Calendar) -> Bounds:
    last = day + timedelta(days=(of.weekday - day.isoweekday()) % 7)
    return last - 6 * DAY, last


def _months(day: date, kind: str, _of: Calendar) -> Bounds:
    first = (day.month - 1) // LONG[kind] * LONG[kind] + 1
    last = first + LONG[kind] - 1
    return date(day.year, first, 1), date(day.year, last, months.monthrange(day.year, last)[1])


def _term(day: date, _kind: str, of: Calendar) -> Bounds:
    starts = sorted(one.begins(year) for one in of.terms for year in (day.year - 1, day.year, day.year + 1))
    first = max(start for start in starts if start <= day)
    return first, min(start for start in starts if start > day) - DAY


def _school_year(day: date, _kind: str, of: Calendar) -> Bounds:
    begins = of.terms[0].begins
    year = day.year if begins(day.year) <= day else day.year - 1
    return begins(year), begins(year + 1) - DAY


def _of_days(found: re.Match[str], of: Calendar, kind: str) -> Span | None:
    days = [date.fromisoformat(text) for text in found[0].split("/")]
    if kind == "day":
        return Span("day", days[0], days[0], of)
    return Span("span", days[0] + DAY, days[1], of) if days[0] < days[1] else None


def _of_week(found: re.Match[str], of: Calendar, _kind: str) -> Span:
    return of.containing(date.fromisocalendar(int(found[1]), int(found[2]), of.weekday), "week")


def _of_months(found: re.Match[str], of: Calendar, kind: str) -> Span:
    number = int(found[2]) if found.re.groups == 2 else 1
    return of.containing(date(int(found[1]), (number - 1) * LONG[kind] + 1, 1), kind)


def _of_term(found: re.Match[str], of: Calendar, _kind: str) -> Span:
    return of.containing({one.id: one for one in of.terms}[found[2]].begins(int(found[1])), "term")


def _of_school_year(found: re.Match[str], of: Calendar, _kind: str) -> Span | None:
    if int(found[2]) != int(found[1]) + 1 or not of.terms:
        return None
    return of.containing(of.terms[0].begins(int(found[1])), "school_year")


_PARSED: dict[str, Callable[[re.Match[str], Calendar, str], Span | None]] = {
    "day": _of_days, "span": _of_days, "week": _of_week, "term": _of_term, "school_year": _of_school_year,
}  # fmt: skip


def _day_zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _day_en(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
