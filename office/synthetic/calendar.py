"""School days of 2018: weekdays in term, less public holidays, plus the weekend days worked for them.

Holidays: notice of the State Council's general office on the holidays of 2018 (国办发明电〔2017〕12号). The first and
last days of the terms are assumed; the bulletin does not print them.
"""

from __future__ import annotations

from datetime import date, timedelta

Row = dict[str, object]
FIRST, LAST = date(2018, 3, 1), date(2018, 12, 31)
TERMS = ((date(2018, 3, 1), date(2018, 7, 13)), (date(2018, 9, 3), LAST))
HOLIDAYS = (
    (date(2018, 4, 5), date(2018, 4, 7)),
    (date(2018, 4, 29), date(2018, 5, 1)),
    (date(2018, 6, 16), date(2018, 6, 18)),
    (date(2018, 9, 22), date(2018, 9, 24)),
    (date(2018, 10, 1), date(2018, 10, 7)),
    (date(2018, 12, 30), date(2018, 12, 31)),
)
WORKED = (date(2018, 4, 8), date(2018, 4, 28), date(2018, 9, 29), date(2018, 9, 30), date(2018, 12, 29))


def make_calendar() -> list[Row]:
    """One row a day: whether school is held, and how many school days of the table lie before it."""
    rows: list[Row] = []
    before = 0
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        held = is_school_day(day)
        rows.append({"day_on": day, "is_school_day": held, "school_days_before": before})
        before += held
    return rows


def is_school_day(day: date) -> bool:
    """Whether school is held on ``day``.

    >>> is_school_day(date(2018, 9, 28)), is_school_day(date(2018, 9, 29)), is_school_day(date(2018, 10, 1))
    (True, True, False)
    """
    worked = day in WORKED or (day.weekday() < 5 and not _within(day, HOLIDAYS))
    return worked and _within(day, TERMS)


def _within(day: date, spans: tuple[tuple[date, date], ...]) -> bool:
    return any(first <= day <= last for first, last in spans)
