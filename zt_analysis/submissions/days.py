"""Dates as offices write them, and the serial numbers of Excel."""

from __future__ import annotations

import datetime
import math
import unicodedata
from typing import Any

import zt_analysis.expressions as re
from zt_analysis.submissions.faults import CellError

# a serial outside these years is a number that is no date: 2018 would be a day in 1905
FIRST, LAST = datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)
# a day that is typed may be of an older person or school, and none of 1018 or 3018
FIRST_TYPED = datetime.date(1900, 1, 1)
FROM_1900, FROM_1904 = datetime.date(1899, 12, 30), datetime.date(1904, 1, 1)
DIGITS = re.compile(
    r"(?P<y>[0-9]{4})\s*(?:(?P<s>[-./])\s*(?P<m>[0-9]{1,2})\s*(?P=s)\s*(?P<d>[0-9]{1,2})"
    r"|年\s*(?P<m2>[0-9]{1,2})\s*月\s*(?P<d2>[0-9]{1,2})\s*[日号])(?:[ T]+0{1,2}:00(?::00)?(?:\.0+)?)?"
)
COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
SPOKEN = re.compile(
    r"(?P<y>[〇零一二三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,3})月(?P<d>[一二三四五六七八九十廿卅]{1,3})[日号]"
)
EXPECTED = "a date: a date cell of Excel, 2018-11-08, 2018年11月8日, 2018.11.8, 2018/11/8 or 20181108"
# digits that stand above, below or in a circle: 3² is no 32, nor 3①
MARKED = re.compile(
    "[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2150-\u218f\u2460-\u24ff\u2776-\u2793\u3220-\u32ff]"
)


def read_date(value: Any, *, is_1904: bool = False) -> str:
    """The day as ``2018-11-08``.

    Serials are read from 1990 to 2100 only, counted from 1904 where the workbook says so.

    Raises:
        CellError: no day, one that does not exist, a time of day that would be lost, a number that is no serial.

    >>> read_date("２０１８年１１月８日"), read_date("2018.11.8"), read_date("二〇一八年十一月八日"), read_date(43412)
    ('2018-11-08', '2018-11-08', '2018-11-08', '2018-11-08')
    """
    if isinstance(value, datetime.datetime):
        return _within(_day_of(value)).isoformat()
    if isinstance(value, datetime.date):
        return _within(value).isoformat()
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise CellError("date", EXPECTED, "type the date")
    return (_typed(value) if isinstance(value, str) else _numbered(value, is_1904=is_1904)).isoformat()


def _day_of(value: datetime.datetime) -> datetime.date:
    if value.time() != datetime.time():
        raise CellError("date", f"{EXPECTED}; without a time of day", "take the time away")
    return value.date()


def _within(day: datetime.date) -> datetime.date:
    if not FIRST <= day <= LAST:
        raise CellError(
            "date", f"a date from {FIRST.year} to {LAST.year}", "a number typed into a date cell? type the date"
        )
    return day


def _numbered(value: int | float, *, is_1904: bool) -> datetime.date:
    if math.isnan(value) or abs(value) > 10**8 or value != int(value):
        raise CellError("date", EXPECTED, "a number is no date: type 2018-11-08")
    compact = COMPACT.fullmatch(str(int(value)))
    if compact:
        return _day(*compact.groups())
    first = FROM_1904 if is_1904 else FROM_1900
    if not (FIRST - first).days <= value <= (LAST - first).days:
        wanted = f"a serial from {(FIRST - first).days} ({FIRST.year}) to {(LAST - first).days} ({LAST.year})"
        raise CellError(
            "date", f"{EXPECTED}; a bare number is {wanted}", "a year or a month alone is no date: type the day"
        )
    return first + datetime.timedelta(days=int(value))


def _typed(text: str) -> datetime.date:
    if MARKED.search(text):
        raise CellError("date", EXPECTED, "take the mark out (², ①), or write the digit plainly")
    plain = unicodedata.normalize("NFKC", text).strip()
    found = DIGITS.fullmatch(plain)
    if found:
        return _possible(_day(found["y"], found["m"] or found["m2"], found["d"] or found["d2"]))
    compact = COMPACT.fullmatch(plain)
    if compact:
        return _day(*compact.groups())
    spoken = SPOKEN.fullmatch(re.sub(r"\s", "", plain))
    if spoken:
        return _possible(_day(*(_spoken(spoken[part]) for part in "ymd")))
    raise CellError("date", EXPECTED, "write year, month and day, the year in four digits")


def _possible(day: datetime.date) -> datetime.date:
    if not FIRST_TYPED <= day <= LAST:
        raise CellError("date", f"a date from {FIRST_TYPED.year} to {LAST.year}", "check the digits of the year")
    return day


def _spoken(words: str) -> str:
    from zt_analysis.numbers.numerals import spoken_value  # with what reads texts, which tables rarely need

    value = spoken_value(words)
    return "0" if value is None else str(value)


def _day(year: str, month: str, day: str) -> datetime.date:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise CellError("date", "a day of the calendar", "check year, month and day") from None
