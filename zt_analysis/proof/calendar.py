"""Dates against the calendar, against each other and against the date of the document; ends of ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from zt_analysis.numbers import Mention
from zt_analysis.proof.growth import middle, printed
from zt_analysis.proof.result import Finding, Sentence

WEEKDAY = re.compile(
    r"^\s*[（(,，]?\s*(?:(?:星期|周|礼拜)(?P<day>[一二三四五六日天])|(?P<english>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
ENGLISH = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
DAYS = "一二三四五六日"
FULL = re.compile(r"(?P<y>(?:19|20)\d\d)\s?[-年./]\s?(?P<m>\d{1,2})\s?[-月./]\s?(?P<d>\d{1,2})(?!\d)")
UNTIL = re.compile(r"截[至止]到?$")
LASTING = re.compile(r"^[^\d]{0,12}?(?:为期|共计?|历时|合计|持续|共用时|前后)$")
FROM_TO = re.compile(r"^起?[，,]?(?:至|到)$")
TO = re.compile(r"^(?:至|到|[—\-–~～]{1,2})$")
MOVING = re.compile(r"(?:由|从|自)[^，,；;。]{0,20}$|[增减升降涨落]$")
HEAD_LINES, LONGEST_LINE = 12, 40


def document_date(text: str) -> date | None:
    """The date that a document prints of itself: alone on one of its first or last lines."""
    lines = [one.strip() for one in text.splitlines() if one.strip()]
    for line in (*lines[:HEAD_LINES], *reversed(lines[-3:])):
        found = FULL.search(line)
        if (
            found
            and len(line) <= LONGEST_LINE
            and "截" not in line
            and len(line) - len(found.group()) <= 24
            and "。" not in line
        ):
            return _date(found["y"], found["m"], found["d"])
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _day(mention: Mention) -> date | None:
    text = mention.value if isinstance(mention.value, str) else ""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text) or re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", mention.resolved)
    return _date(*found.groups()) if found else None


def calendar_findings(text: str, mentions: Sequence[Mention], issued: date | None) -> Iterator[Finding]:
    """Weekdays that are another day's, and 截至 a day after the document's own."""
    for one in mentions:
        if one.kind != "date" or one.role != "figure":
            continue
        day = _day(one)
        if day is None:
            continue
        span = (one.start, one.end)
        weekday = WEEKDAY.match(text[one.end : one.end + 14])
        if weekday:
            number = day.weekday()
            english = weekday["english"]
            named = ENGLISH.index(english) if english else DAYS.index(weekday["day"].replace("天", "日"))
            other = f"{ENGLISH[number]}day" if english else f"星期{DAYS[number]}"
            yield Finding("weekday", number == named, (span,), weekday.group().strip("（(,， "), other, "", span)
        if issued and UNTIL.search(text[max(0, one.start - 4) : one.start]):
            yield Finding("dates", day <= issued, (span,), one.surface, f"≤ {issued}", "", span)


def range_findings(sentence: Sentence) -> Iterator[Finding]:
    """Ranges that run backwards, and days between two dates."""
    yield from _ends(sentence)
    for first, last in pairwise(sentence.marks):
        yield from _from_to(sentence, first, last)
    for one in sentence.marks:
        if one.kind == "date" and isinstance(one.value, tuple) and len(one.value) == 2:
            yield from _span(sentence, one)


def _ends(sentence: Sentence) -> Iterator[Finding]:
    for one in sentence.quantities:
        value = one.mention.value
        ends = [each for each in value if isinstance(each, Decimal)] if isinstance(value, tuple) else []
        if one.is_change:  # 减少1000至1100人
            ends = [abs(each) for each in ends]
        if len(ends) == 2 and one.unit != "ratio" and ends[0] > ends[1] and not MOVING.search(one.lead):
            span = (one.start, one.end)
            yield Finding("range", False, (span,), printed(one), f"{ends[0]:f} > {ends[1]:f}", at=span)
    for first, last in pairwise(sentence.quantities):
        gap = re.sub(r"\s", "", sentence.text[first.end - sentence.start : last.start - sentence.start])
        # 2018-11 is a month or a code
        if not TO.match(gap) or not last.unit or first.is_change or last.is_change or first.depth != last.depth:
            continue
        if (
            first.unit not in ("", last.unit)
            or MOVING.search(first.lead)
            or (first.unit == "" and last.mention.decimals)
        ):
            continue
        if middle(first) > middle(last):
            both = (first.start, first.end), (last.start, last.end)
            yield Finding(
                "range",
                False,
                both,
                f"{printed(first)}{gap}{printed(last)}",
                f"{printed(first)} > {printed(last)}",
                at=both[1],
            )


def _from_to(sentence: Sentence, first: Mention, last: Mention) -> Iterator[Finding]:
    """自9月1日起至9月30日止，为期30天."""
    if {first.kind, last.kind} != {"date"} or not FROM_TO.match(_between(sentence, first.end, last.start)):
        return
    ends = [_parsed(first.value, first), _parsed(last.value, last)]
    behind = next((each for each in sentence.quantities if each.start >= last.end), None)
    if ends[0] is None or ends[1] is None or behind is None or behind.unit not in ("天", "日"):
        return
    words = re.sub(r"^(?:止|结束)", "", _between(sentence, last.end, behind.start))
    days = (ends[1] - ends[0]).days
    if days >= 0 and LASTING.match(words):
        holds = behind.interval.low <= days + 1 and days <= behind.interval.high
        numbers = ((first.start, first.end), (last.start, last.end), (behind.start, behind.end))
        yield Finding("days", holds, numbers, printed(behind), f"{days + 1}天", "", numbers[-1])


def _span(sentence: Sentence, one: Mention) -> Iterator[Finding]:
    ends = [_parsed(each, one) for each in one.value] if isinstance(one.value, tuple) else []
    first, last = ends if len(ends) == 2 else (None, None)
    if first is None or last is None:
        return
    span = (one.start, one.end)
    if last < first:
        yield Finding("dates", False, (span,), one.surface, f"{first} > {last}", "", span)
        return
    behind = next((each for each in sentence.quantities if each.start >= one.end), None)
    if (
        behind is None
        or behind.unit not in ("天", "日")
        or not LASTING.match(_between(sentence, one.end, behind.start))
    ):
        return
    days = (last - first).days
    holds = behind.interval.low <= days + 1 and days <= behind.interval.high
    numbers = (span, (behind.start, behind.end))
    yield Finding("days", holds, numbers, printed(behind), f"{days + 1}天", "", numbers[1])


def _between(sentence: Sentence, start: int, end: int) -> str:
    return re.sub(r"\s", "", sentence.text[start - sentence.start : end - sentence.start])


def _parsed(text: object, one: Mention) -> date | None:
    found = re.fullmatch(r"(\d{4})?-{1,2}(\d\d)-(\d\d)", str(text))
    if not found:
        return None
    # without a year both ends are of one year
    year = found[1] or next(iter(re.findall(r"\d{4}", f"{one.value}{one.resolved}")), "2001")
    return _date(year, found[2], found[3])
