"""This office's periods: weeks that end on a Thursday, two school terms; how its rates and absences count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from zt_analysis.define import Calendar, InputError, Span, Term
from zt_analysis.define import Period as Dates

DENOMINATORS = ("school_age", "enrolled")
DAYS = ("calendar", "school")


@dataclass(frozen=True)
class Period(Dates):
    """What the figures of a case refer to.

    The days on which terms begin are a convention of this office's demonstration: a term lasts until the next begins,
    so that every day is of one.

    Attributes:
        term: the school term of figures that are for one, e.g. ``2018-spring``; the last that had ended by default.
        denominator: what rates are divided by: ``school_age`` children or ``enrolled`` pupils.
        absence_days: an absence without leave that lasts longer than this has to be a case; exactly so long is none.
        days: how absences are counted: ``calendar`` days or ``school`` days.
        roster_days: a roster is on time when it arrives at most so many days after opening (1周内).
    """

    id: ClassVar[str] = "school"
    calendar: ClassVar[Calendar] = Calendar(
        week_ends="Thursday",
        terms=(Term("autumn", 8, 1, "秋季学期", "autumn term"), Term("spring", 2, 1, "春季学期", "spring term")),
    )
    readings: ClassVar[tuple[str, ...]] = ("absence_days", "days", "denominator")

    term: str = ""
    denominator: str = "school_age"
    absence_days: int = 7
    days: str = "calendar"
    roster_days: int = 7

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.term == "":
            # that of the day before is still taught on its last day
            ended = self.calendar.containing(self.as_of, "term").before
            object.__setattr__(self, "term", str(ended))
        self.calendar.parse(self.term, "term", where="parameter 'term'")
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
        for name in ("absence_days", "roster_days"):
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise InputError(
                    f"parameter {name!r}", found=repr(value), expected="1 or more", hint="write a number of days"
                )

    def of(self, kind: str) -> Span:
        """The span of a kind; of a term the one that the case names, which is not that of the as-of date."""
        return self.calendar.parse(self.term, "term") if kind == "term" else super().of(kind)

    def within(self, span: Span) -> Self:
        """The same period of another span; of a term the case names that one, and its dates stay."""
        return replace(self, term=str(span)) if span.kind == "term" else super().within(span)

    @property
    def last_year(self) -> Self:
        """The same period of the year before, the term that it names too."""
        return replace(super().last_year, term=str(self.of("term").same_last_year))
