"""The dates a case is about: as-of date, base date, term, and the weeks between."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from zt_analysis.errors import InputError

DENOMINATORS = ("school_age", "enrolled")
DAYS = ("calendar", "school")
TERM = re.compile(r"\d{4}-(spring|autumn)")


@dataclass(frozen=True)
class Period:
    """What a case's figures refer to.

    Attributes:
        as_of: the date up to which things are counted, itself included.
        base_on: the earlier date that changes are measured from.
        term: the school term of figures that are for one, e.g. ``2018-spring``; the last that had ended by default.
        denominator: what rates are divided by: ``school_age`` children or ``enrolled`` pupils.
        absence_days: an absence without leave that lasts longer than this has to be a case.
        days: how absences are counted: ``calendar`` days or ``school`` days.
    """

    as_of: date
    base_on: date
    term: str = ""
    denominator: str = "school_age"
    absence_days: int = 7
    days: str = "calendar"

    def __post_init__(self) -> None:
        """Take dates in the forms people type, and refuse what cannot be."""
        for name in ("as_of", "base_on"):
            object.__setattr__(self, name, iso_date(name, getattr(self, name)))
        if self.term == "":
            object.__setattr__(self, "term", last_term(self.as_of))
        if not (isinstance(self.term, str) and TERM.fullmatch(self.term)):
            raise InputError(
                "parameter 'term'", found=repr(self.term), expected="a school term such as 2018-spring",
                hint="write the year, then spring or autumn",
            )  # fmt: skip
        if self.denominator not in DENOMINATORS:
            raise InputError(
                "parameter 'denominator'",
                found=repr(self.denominator),
                expected=" or ".join(DENOMINATORS),
                hint="school_age counts children of school age, enrolled the pupils on the registers",
            )
        if self.days not in DAYS:
            raise InputError(
                "parameter 'days'", found=repr(self.days), expected=" or ".join(DAYS), hint="how absences count"
            )
        if not isinstance(self.absence_days, int) or isinstance(self.absence_days, bool) or self.absence_days < 1:
            raise InputError(
                "parameter 'absence_days'", found=repr(self.absence_days), expected="1 or more",
                hint="write a number of days",
            )  # fmt: skip

    @property
    def year_start(self) -> date:
        """1 January of the as-of date's year: the start of 今年以来."""
        return self.as_of.replace(month=1, day=1)

    def at(self, day: date) -> Period:
        """The same period seen at another as-of date."""
        return replace(self, as_of=day)


def period(
    as_of: str | date,
    base_on: str | date,
    *,
    term: str = "",
    denominator: str = "school_age",
    absence_days: int = 7,
    days: str = "calendar",
) -> Period:
    """A period from parameters as typed.

    Raises:
        InputError: a date that is none, a base date after the as-of date, an unknown denominator or way to count days.

    >>> period("2018-11-08", "2018-09-20").year_start
    datetime.date(2018, 1, 1)
    """
    found = Period(iso_date("as_of", as_of), iso_date("base_on", base_on), term, denominator, absence_days, days)
    if found.base_on > found.as_of:
        raise InputError(
            "parameter 'base_on'",
            found=found.base_on,
            expected=f"a date not after as_of ({found.as_of})",
            hint="swap the two",
        )
    return found


def last_term(day: date) -> str:
    """The last school term that had ended on ``day``: spring ends in July, autumn in January.

    >>> last_term(date(2018, 11, 8)), last_term(date(2018, 7, 31)), last_term(date(2018, 1, 31))
    ('2018-spring', '2017-autumn', '2017-spring')
    """
    if day.month >= 8:
        return f"{day.year}-spring"
    return f"{day.year - 1}-autumn" if day.month >= 2 else f"{day.year - 1}-spring"


def iso_date(name: str, given: str | date) -> date:
    """The date given for parameter ``name``: as text (YYYY-MM-DD), a date, or a moment, of which the day counts."""
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError) as error:
        raise InputError(
            f"parameter {name!r}", found=repr(given), expected="a date such as 2018-11-08", hint="write it YYYY-MM-DD"
        ) from error


def reporting_dates(first: date, last: date) -> list[date]:
    """The weekly reporting dates from ``first`` to ``last``, both included.

    >>> len(reporting_dates(date(2018, 9, 20), date(2018, 11, 8)))
    8
    """
    return [first + timedelta(weeks=week) for week in range((last - first).days // 7 + 1)]
