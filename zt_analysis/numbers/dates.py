"""Dates: years, months, days, school years, decades and times of day, with the year of the issue."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

import zt_analysis.expressions as re
from zt_analysis.numbers.clock import read_clock
from zt_analysis.numbers.mention import Reading
from zt_analysis.numbers.numerals import number_of, read_numeral
from zt_analysis.numbers.script import in_sentence

_G = r" {0,2}(?:\n\f?|\f\n?)? {0,2}"
_SEP = r" ?(?:-{1,2}|~|至|到) ?"
_YEAR = r"(?:[12][0-9]{3}|[一二][〇零一二三四五六七八九]{3})"
_SHORT = r"(?:[0-9]{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_MONTH = rf"{_SHORT}(?={_G}月)"
_POINT = (
    rf"(?:(?P<y1>{_YEAR}|[0-9]{{2}}(?=年{_SHORT}月)|(?<![0-9])0[0-9](?=年)){_G}年(?:度(?!假))?(?:{_G}(?={_SHORT}{_G}月))?)?"
    rf"(?:(?P<m1>{_SHORT}){_G}月份?(?:{_G}(?={_SHORT}{_G}[日号]))?)?"
    rf"(?:(?P<d1>{_SHORT}){_G}[日号])?"
)
_ONE = re.compile(_POINT)
# 9月20日起至11月8日
_OTHER = re.compile(rf"(?:{_SEP}|起[至到]){_POINT}")
_YEARS = re.compile(rf"(?P<first>{_YEAR})年?{_SEP}(?P<last>{_YEAR}|[0-9]{{2}})(?P<suffix> ?学年度?| ?年度?)")
# 08年至18年, 98年至08年: a length has no nought before it
_SHORT_YEARS = re.compile(
    rf"(?<![0-9./-])(?P<first>0[0-9]|[89][0-9](?=年?{_SEP}0))年?{_SEP}(?P<last>[0-9]{{2}})(?P<suffix>年度?)"
)
_BARE_YEARS = re.compile(r"(?P<first>(?:19|20)[0-9]{2})-(?P<last>(?:19|20)[0-9]{2})(?![0-9.%-])")
_SLASHED_SCHOOL_YEAR = re.compile(rf"(?P<first>{_YEAR})/(?P<last>{_YEAR}|[0-9]{{2}})(?P<suffix> ?学年度?)")
_SPANS = (_YEARS, _SLASHED_SCHOOL_YEAR, _BARE_YEARS, _SHORT_YEARS)
_SCHOOL_YEAR = re.compile(rf"(?P<first>{_YEAR})学年度?")
_MONTHS = re.compile(rf"(?:(?P<y>{_YEAR})年)?(?P<first>{_SHORT}){_SEP}(?P<last>{_SHORT}){_G}月份?(?!{_SHORT}日)")
_DAYS = re.compile(
    rf"(?:(?P<y>{_YEAR}){_G}年{_G})?(?:(?P<m>{_SHORT}){_G}月{_G})?"
    rf"(?P<first>{_SHORT}){_SEP}(?P<last>{_SHORT}){_G}[日号](?![内程均])"
)
_ISO = re.compile(r"(?P<y>[12][0-9]{3})(?P<s>[-./])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})(?![0-9]|\.[0-9])")
# 2018.9.1—2019.1.18, 2018.9.1-9.30
_ISO_END = re.compile(
    rf"{_SEP}(?:(?P<y>[12][0-9]{{3}})(?P<s>[-./]))?(?P<m>[0-9]{{1,2}})[-./](?P<d>[0-9]{{1,2}})(?![0-9.%-])"
)
_ISO_MONTH = re.compile(
    r"(?P<y>20[0-9]{2}|19[0-9]{2})(?:-(?P<m>0[1-9]|1[0-2])|/(?P<n>0?[1-9]|1[0-2]))(?![0-9/年%.-]| ?学年)"
)
_DECADE = re.compile(r"(?:(?P<century>[12][0-9]|[一二]?十[一九])世纪)?(?P<decade>[1-9]0|[二三四五六七八九]十)年代")
_DECADES = re.compile(r"(?P<first>[二三四五六七八九])(?P<last>[三四五六七八九])十年代")
_AHEAD_OF_DATE = re.compile(r"[年月日号时点学届级春秋版代:/.)\]-]")
# a break behind 年 or 月 is inside the date; one before them may be the end of a table cell
_BROKEN = re.compile(r"[0-9] {0,2}[\n\f]")
_BARE_YEAR = re.compile(r"(?P<y>(?:19|20)[0-9]{2})(?:届|级(?!别)|(?=[春秋版]|[两二三四五]年))")
_NOT_A_DAY = re.compile(r"[内游均常程龄元产以之报制记夜]|个|左右|前后|工作")
_EVERY = re.compile(r"每年的?$|每学年的?$|每年[春秋]季?(?:学期)?(?:开学)?$|每年(?:的)?[^，。；]{1,8}[和与、至]$")
_OTHER_MONTH = re.compile(r"(?:每个?月|[次当该下上]个?月|每季度?末?月?|末月)的?$")
_THIS = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "次年": 1, "来年": 1}
_AHEAD = re.compile(r"(?:以?前|之前|底前|末前|起|开始|将|底以前)")
_TO_COME = re.compile(r"(?:将于|拟于|定于|计划于|预计|力争|确保|明年|不迟于|不晚于)$")


@dataclass(slots=True)
class Calendar:
    """What the text has said of time so far.

    Attributes:
        dated: the issue's date, or None; year, month: the last ones printed, year only within its sentence.
    """

    dated: datetime.date | None
    year: int | None = None
    month: int | None = None
    until: int = 0

    def forget(self, text: str, position: int) -> None:
        """Drops the year at the end of its sentence, and both far from where they stood."""
        between = text[self.until : position] if position - self.until <= 80 else "。"
        if "。" in between or "\n\n" in between:
            self.year = None
            if len(between) > 40 or between == "。":
                self.month = None


def read_date(text: str, start: int, calendar: Calendar) -> Reading | None:
    """The date or time that starts at ``start``, or None."""
    if not _AHEAD_OF_DATE.search(text, start, start + 16):
        return None
    calendar.forget(text, start)
    for reader in (_iso, _years, _decade, _months, _days, _points, _bare_year):
        reading = reader(text, start, calendar)
        if reading and (not _BROKEN.search(text, start, reading.end) or in_sentence(text, start)):
            calendar.until = reading.end
            return reading
    return read_clock(text, start)


def _date(start: int, end: int, value: object, resolved: str = "") -> Reading:
    return Reading(start, end, value, kind="date", resolved=resolved)  # type: ignore[arg-type]


def _iso(text: str, start: int, calendar: Calendar) -> Reading | None:
    found = _ISO.match(text, start)
    if found and valid(found["y"], found["m"], found["d"]):
        calendar.year, calendar.month = int(found["y"]), int(found["m"])
        first = f"{found['y']}-{int(found['m']):02}-{int(found['d']):02}"
        last = _ISO_END.match(text, found.end())
        if last and valid(last["y"] or found["y"], last["m"], last["d"]):
            year = last["y"] or found["y"]
            return _date(start, last.end(), (first, f"{year}-{int(last['m']):02}-{int(last['d']):02}"))
        return _date(start, found.end(), first)
    month = _ISO_MONTH.match(text, start)
    return _date(start, month.end(), iso(int(month["y"]), int(month["m"] or month["n"]), None)) if month else None


def valid(year: object, month: object, day: object) -> bool:
    """Whether the three make a date."""
    try:
        datetime.date(int(str(year)), int(str(month)), int(str(day)))
    except ValueError:
        return False
    return True


def _years(text: str, start: int, calendar: Calendar) -> Reading | None:
    found = next((one for form in _SPANS if (one := form.match(text, start))), None)
    if not found:
        single = _SCHOOL_YEAR.match(text, start)
        return _date(start, single.end(), str(number_of(single["first"]))) if single else None
    first, last = number_of(found["first"]) or 0, number_of(found["last"]) or 0
    first = _in_full(first)
    last = _in_full(last) if len(found["first"]) == 2 or last >= 100 else first // 100 * 100 + last
    if last <= first or re.compile(rf"{_G}{_SHORT}{_G}月").match(text, found.end()):
        return None
    calendar.year = last
    return _date(start, found.end(), (str(first), str(last)))


def _in_full(year: int) -> int:
    """The year that two digits stand for."""
    return year if year >= 100 else year + (2000 if year < 70 else 1900)


def _decade(text: str, start: int, calendar: Calendar) -> Reading | None:
    both = _DECADES.match(text, start)
    if both:
        return _date(
            start, both.end(), tuple(f"19{number_of(both[one])}{end}" for one, end in (("first", 0), ("last", 9)))
        )
    found = _DECADE.match(text, start)
    if not found:
        return None
    century = number_of(found["century"]) or (20 if (number_of(found["decade"]) or 0) >= 30 else 21)
    first = (century - 1) * 100 + (number_of(found["decade"]) or 0)
    return _date(start, found.end(), (str(first), str(first + 9)))


def _months(text: str, start: int, calendar: Calendar) -> Reading | None:
    found = _MONTHS.match(text, start)
    if not found:
        return None
    first, last = number_of(found["first"]) or 0, number_of(found["last"]) or 0
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    year = number_of(found["y"]) or _relative(text, start, calendar)
    ends = (year, first, None), (year, last, None)
    calendar.year = year or calendar.year
    return _date(start, found.end(), tuple(iso(*one) for one in ends), _resolved_months(calendar, (first, last), year))


def _days(text: str, start: int, calendar: Calendar) -> Reading | None:
    found = _DAYS.match(text, start)
    if not found:
        return None
    month, first, last = number_of(found["m"]), number_of(found["first"]) or 0, number_of(found["last"]) or 0
    if not (1 <= first <= 31 and 1 <= last <= 31) or (month or 1) > 12:
        return None
    year = number_of(found["y"]) or _relative(text, start, calendar)
    pair = [_resolve(text, (start, found.end()), calendar, (year, month, day)) for day in (first, last)]
    return _date(start, found.end(), tuple(pair))


def _points(text: str, start: int, calendar: Calendar) -> Reading | None:
    first = _point(_ONE.match(text, start))
    if not first or (first[0] == (None, None, first[0][2]) and not _is_day(text, start, first[1])):
        return None
    parts, end = first
    if _spans_years(text, end, parts):
        return None
    following = _OTHER.match(text, end)
    other = _point(following) if following and following.end() > end + 1 else None
    year = parts[0] or _relative(text, start, calendar)
    if other and _joins(parts, other[0]):
        second = _filled(other[0], (year, parts[1], parts[2]))
        pair = [_resolve(text, (start, other[1]), calendar, one) for one in ((year, *parts[1:]), second)]
        return _date(start, other[1], tuple(pair))
    value = _resolve(text, (start, end), calendar, (year, *parts[1:]))
    resolved = _resolved_month(calendar, parts[1]) if value.startswith("--") and parts[2] is None else ""
    return _date(start, end, value, resolved if not _every(text, start) else "")


Parts = tuple[int | None, int | None, int | None]


def _point(found: re.Match[str] | None) -> tuple[Parts, int] | None:
    if not found or not (found["y1"] or found["m1"] or found["d1"]):
        return None
    year, month, day = number_of(found["y1"]), number_of(found["m1"]), number_of(found["d1"])
    year = None if year is None else _in_full(year)
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    if year and day and not month:
        return None
    return (year, month, day), found.end()


def _is_day(text: str, start: int, end: int) -> bool:
    """Whether a day alone (15日) is a day of the month: not a length (15日内), not a house or a size (15号)."""
    if text[end - 1] == "号" or _NOT_A_DAY.match(text, end):
        return False
    return text[start].isdigit() or end - start > 2


def _spans_years(text: str, end: int, parts: Parts) -> bool:
    """1500年历史, 2000年来: a length, not a year."""
    only_year = parts[1] is None and parts[0] is not None
    return only_year and bool(re.compile(r"的?历史|的?文明|以上|左右|之久").match(text, end))


def _joins(first: Parts, second: Parts) -> bool:
    """Whether two points make a range: the second is no coarser than the first."""
    depth = [max(i for i, one in enumerate(parts) if one is not None) for parts in (first, second)]
    return depth[0] == depth[1]


def _filled(parts: Parts, base: Parts) -> Parts:
    if parts[0] is not None:
        return parts
    if parts[1] is not None:
        return (base[0], parts[1], parts[2])
    return (base[0], base[1], parts[2])


def _relative(text: str, start: int, calendar: Calendar) -> int | None:
    """The year that 今年, 去年 before a month name, or that stands in the list or sentence before it."""
    offset = _THIS.get(text[max(0, start - 2) : start])
    if _every(text, start):
        return None
    if offset is not None:
        return calendar.dated.year + offset if calendar.dated else None
    return calendar.year


def _every(text: str, start: int) -> bool:
    return bool(_EVERY.search(text[max(0, start - 14) : start]))


def _resolve(text: str, span: tuple[int, int], calendar: Calendar, parts: Parts) -> str:
    """ISO text of the parts, completed from what was said before and from the issue's date."""
    year, month, day = parts
    recurring = _every(text, span[0])
    if (
        month is None
        and day is not None
        and not recurring
        and not _OTHER_MONTH.search(text[max(0, span[0] - 6) : span[0]])
    ):
        month = calendar.month or (calendar.dated.month if calendar.dated else None)
    if year is None and day is not None and month is not None and calendar.dated and not recurring:
        year = issue_year(text, span, calendar.dated, month, day)
    if not recurring:
        calendar.month = month if month is not None else calendar.month
        calendar.year = parts[0] or calendar.year
    return iso(year, month, day)


def issue_year(text: str, span: tuple[int, int], dated: datetime.date, month: int, day: int) -> int:
    """The year of a day printed without one: the issue's, or the year before for an autumn day in a winter issue."""
    later = (month, day) > (dated.month, dated.day)
    to_come = _AHEAD.match(text, span[1]) or _TO_COME.search(text[max(0, span[0] - 4) : span[0]])
    return dated.year - 1 if later and dated.month <= 3 and month >= 10 and not to_come else dated.year


def _resolved_month(calendar: Calendar, month: int | None) -> str:
    if month is None or calendar.dated is None:
        return ""
    year = calendar.dated.year - (1 if calendar.dated.month <= 3 and month >= 10 else 0)
    return f"{year:04}-{month:02}"


def _resolved_months(calendar: Calendar, months: tuple[int, int], year: int | None) -> str:
    if year is not None or calendar.dated is None:
        return ""
    return "/".join(_resolved_month(calendar, month) for month in months)


def iso(year: int | None, month: int | None, day: int | None) -> str:
    """ISO 8601 text, with ``--`` for what is not said.

    >>> iso(2018, 11, None), iso(None, 3, None), iso(None, 3, 15), iso(None, None, 15)
    ('2018-11', '--03', '--03-15', '---15')
    """
    if month is None and day is not None:
        return f"---{day:02}"
    head = "-" if year is None else f"{year:04}"
    return head + (f"-{month:02}" if month is not None else "") + (f"-{day:02}" if day is not None else "")


def _bare_year(text: str, start: int, calendar: Calendar) -> Reading | None:
    found = _BARE_YEAR.match(text, start)
    if found:
        return _date(start, found.end(), found["y"])
    bracketed = text[max(0, start - 1) : start] in ("(", "[") and text[start + 4 : start + 5] in (")", "]")
    numeral = read_numeral(text, start) if bracketed else None
    if numeral and numeral.end == start + 4 and Decimal(1949) <= numeral.low <= Decimal(2100):
        return _date(start, numeral.end, text[start : start + 4])
    return None
