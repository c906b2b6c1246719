"""The dates a case is about: as-of date, base date, and the spans of every kind that follow from them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from zt_analysis.errors import InputError, nearest
from zt_analysis.office import current
from zt_analysis.spans import WHOLE, Calendar, Span, a_year_before


@dataclass(frozen=True)
class Period:
    """What a case's figures refer to.

    An office that counts weeks, terms or school years, or whose figures depend on parameters of its own, declares its
    own in ``office/periods.py``: a subclass with a name (``id``), a ``calendar`` and further fields with defaults.

    Attributes:
        calendar: how weeks, terms and school years are counted.
        readings: those of its fields that may be moved to see what depends on them (``zt what-if``).
        as_of: the date up to which things are counted, itself included.
        base_on: the earlier date that changes are measured from.
    """

    defines: ClassVar[str] = "periods"
    calendar: ClassVar[Calendar] = Calendar()
    readings: ClassVar[tuple[str, ...]] = ()

    as_of: date
    base_on: date

    def __post_init__(self) -> None:
        """Take dates in the forms people type, and refuse what cannot be."""
        for name in ("as_of", "base_on"):
            object.__setattr__(self, name, iso_date(name, getattr(self, name)))

    @classmethod
    def typed(cls, as_of: str | date, base_on: str | date, **settings: Any) -> Self:
        """A period from parameters as typed.

        Raises:
            InputError: a date that is none, a base date after the as-of date, a setting that the office does not have,
                or a value of one that cannot be.
        """
        known = [one.name for one in fields(cls)][2:]
        unknown = next((name for name in settings if name not in known), None)
        if unknown is not None:
            raise InputError(
                f"argument {unknown!r}", found="no such setting", expected=", ".join(known) or "as_of and base_on only",
                hint=nearest(unknown, known) or "office/periods.py declares them",
            )  # fmt: skip
        found = cls(iso_date("as_of", as_of), iso_date("base_on", base_on), **settings)
        if found.base_on > found.as_of:
            raise InputError(
                "parameter 'base_on'", found=found.base_on, expected=f"a date not after as_of ({found.as_of})",
                hint="swap the two",
            )  # fmt: skip
        return found

    @property
    def year_start(self) -> date:
        """1 January of the as-of date's year: the start of 今年以来."""
        return self.as_of.replace(month=1, day=1)

    @property
    def last_year(self) -> Self:
        """The same period of the year before: both dates a year earlier."""
        return replace(self, as_of=a_year_before(self.as_of), base_on=a_year_before(self.base_on))

    def at(self, day: date) -> Self:
        """The same period seen at another as-of date."""
        return replace(self, as_of=day)

    def within(self, span: Span) -> Self:
        """The same period seen at the end of ``span``; a case that names a span of a kind itself names this one."""
        return self.at(span.last)

    def of(self, kind: str) -> Span:
        """The day, week, month, quarter, half, term, school_year or year that the as-of date lies in, or the span.

        Raises:
            InputError: no such kind, or one that the office's calendar does not declare.
        """
        if kind == "span":
            return Span("span", self.base_on + timedelta(days=1), self.as_of, self.calendar)
        return self.calendar.containing(self.as_of, kind)

    def written(self, time: str) -> str:
        """How the time of a figure is written: of ``date``, ``span`` or a kind that a figure is of as a whole."""
        if time == "span":
            return f"{self.base_on}/{self.as_of}"
        return str(self.of(time)) if time in WHOLE else self.as_of.isoformat()


def period_class() -> type[Period]:
    """What the active office calls a period; the engine's own where it declares none.

    Raises:
        InputError: it declares several.
    """
    found = current().periods
    if len(found) > 1:
        raise InputError(
            "office/periods.py", found=f"{len(found)} kinds of period: {', '.join(found)}", expected="one at most",
            hint="papers of all kinds share it; what differs are their parameters",
        )  # fmt: skip
    found.taken(*found)
    return next(iter(found.values()), Period)


def calendar() -> Calendar:
    """How the active office counts weeks, terms and school years."""
    return period_class().calendar


def period(as_of: str | date, base_on: str | date, **settings: Any) -> Period:
    """A period of the office's from parameters as typed; ``settings`` are the further fields that it declares.

    Raises:
        InputError: as ``Period.typed``.

    >>> period("2018-11-08", "2018-09-20").year_start
    datetime.date(2018, 1, 1)
    """
    return period_class().typed(as_of, base_on, **settings)


def span(text: str, kind: str = "", *, where: str = "period") -> Span:
    """The span that ``text`` says by the office's calendar, of ``kind`` where one is expected.

    Raises:
        InputError: it says none.

    >>> str(span("2018-Q3").same_last_year), span("2018-H1").name["zh"]
    ('2017-Q3', '2018年上半年')
    """
    return calendar().parse(text, kind, where=where)


def iso_date(name: str, given: str | date) -> date:
    """The date given for parameter ``name``: as text (YYYY-MM-DD), a date, or a moment, of which the day counts."""
    try:
        # NaT of pandas is a moment, and none
        if isinstance(given, datetime) and given.tzinfo is None and given == given:  # noqa: PLR0124
            return given.date()
        if isinstance(given, date) and not isinstance(given, datetime):
            return given
        day = date.fromisoformat(given)  # type: ignore[arg-type]
        # 2018-W46 would be the Monday of that week
        if day.isoformat() != given:
            raise ValueError(given)
        return day
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


@contextmanager
def within_dates(what: str, period: Period) -> Iterator[None]:
    """Have a definition that counts to a day which no calendar has refused, with the readings that it counts by."""
    try:
        yield
    except OverflowError as error:
        readings = ", ".join(f"{name} = {getattr(period, name)}" for name in period.readings)
        raise InputError(
            what, found=f"{error}, with {readings or period.as_of}", expected="days that a calendar has",
            hint="correct the reading of the case, or the one typed",
        ) from error  # fmt: skip
