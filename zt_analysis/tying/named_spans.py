"""The quarter, half year, month, week, term or school year that words of a text name, for figures of such a whole."""

from __future__ import annotations

import re
from datetime import date

from zt_analysis.bulletins import Paper
from zt_analysis.errors import InputError
from zt_analysis.numbers import Mention
from zt_analysis.periods import Period
from zt_analysis.spans import NUMBERS_ZH, Span
from zt_analysis.tying.time_words import TERMS

# how texts call the one before and this one, of each kind; 上半年 is the first half of a year, not the one before
BEFORE = {
    "week": r"上一?[周期]|前一周",
    "month": r"上一?个?[月期]",
    "quarter": r"上一?个?季度|上一?期",
    "half": r"上一?个半年|上一?期",
    "term": r"上一?个?学期|上一?期",
    "school_year": r"上一?个?学年|上一?期",
    "year": r"去年|上一?年度?|上一?期",
}
THIS = {
    "week": r"本周|这一?周", "month": r"本月|当月", "quarter": r"本季度|当季", "half": r"本半年", "term": r"本学期",
    "school_year": r"本学年", "year": r"今年|本年|当年",
}  # fmt: skip
NOTHING = r"(?!)"
LAST_YEAR = r"(?:去年|上年)?同期"
SAME = r"(?:上年|去年|上一年)?同(?:期|季|季度|月)"
SHORT = {"同比": "year", "环比": "previous"}


def before_it(text: str, paper: Paper) -> bool:
    """Whether the words mean what the base date of a paper ends: the period before, or the same of last year."""
    words = LAST_YEAR if paper.against == "last_year" else BEFORE.get(paper.every)
    return bool(words and re.fullmatch(words, text))


def other_term(text: str, period: Period) -> str:
    """秋季学期, for a figure of the spring term; empty where its own is named too, or none is."""
    found = TERMS.findall(text)
    if not found:
        return ""
    own = period.written("term")
    mine = next((term.zh[0] for term in period.calendar.terms if own.endswith(f"-{term.id}")), "")
    return str(found[0]) if mine and all(one[0] != mine for one in found) else ""


def term_before(before: str, own: str, period: Period) -> str:
    """秋季学期资助工作已经收尾。受助学生488235人: the other term that a sentence right before is of; own names none."""
    if before.endswith("\n") or TERMS.search(own):
        return ""
    return other_term(before, period)


def is_of_now(day: Mention, period: Period) -> bool:
    """Whether a date is that of the paper, or its year or month."""
    stated = str(day.resolved or day.value)
    return bool(stated) and period.as_of.isoformat().startswith(stated)


def this_one(text: str, paper: Paper) -> bool:
    """Whether the words mean the very period that a paper comes out for."""
    return re.fullmatch(THIS.get(paper.every, NOTHING), text) is not None


def named_span(text: str, kind: str, years: list[int], now: Period) -> Period | None:
    """``now`` as it is, or seen at the end of the span of ``kind`` that ``text`` names; None for none, or one to come.

    Args:
        years: the calendar years named before, nearest last: 2018年 of 2018年第三季度.
    """
    try:
        own = now.of(kind)
        found = _span(text, kind, years[-1] if years else now.as_of.year, own, now.as_of)
    except InputError:
        return None
    if found is None or found.last > own.last:
        return None
    return now if found == own else now.within(found)


def measured_from(text: str, kind: str, now: Period) -> str:
    """Since when a change of a figure of ``kind`` is measured by these words: ``year``, ``previous``, or empty.

    同比 and 环比 may stand for the words. 上年 alone is the year before of a year; of a quarter it says too little.
    """
    if text in SHORT:
        return "" if (kind, text) == ("year", "环比") else SHORT[text]
    try:
        own = now.of(kind)
        if re.fullmatch(SAME, text) or (kind == "year" and re.fullmatch(r"(?:上|去|上一|前一)年", text)):
            return "year"
        of_last = re.fullmatch(r"(?:上|去|上一)年(?:的)?(.+)", text)
        year = own.last.year - bool(of_last)
        found = _by_number(of_last[1], kind, year, own) if of_last else _span(text, kind, year, own, now.as_of)
        return "previous" if found == own.before else "year" if found == own.same_last_year else ""
    except InputError:
        return ""


def dated_span(mention: Mention, kind: str, now: Period) -> Period | None:
    """The same of a date: 2018年9月 for a month, 2017—2018学年 for a school year, the last day of a quarter for it.

    None for a date of another length: a year says nothing of one of its quarters.
    """
    stated = mention.value if isinstance(mention.value, tuple) else (mention.resolved or mention.value,)
    text = "-".join(str(one) for one in stated)
    try:
        own = now.of(kind)
        found = own.calendar.parse(text)
        if found.kind == "day":
            found = own.calendar.containing(found.last, kind)
            if text != found.last.isoformat():
                return None
    except InputError:
        return None
    if found.kind != kind or found.last > own.last:
        return None
    return now if found == own else now.at(found.last)


def _span(text: str, kind: str, year: int, own: Span, as_of: date) -> Span | None:
    for words, meant in ((BEFORE[kind], "before"), (LAST_YEAR, "same_last_year")):
        if re.fullmatch(words, text):
            return getattr(own, meant)  # type: ignore[no-any-return]
    if re.fullmatch(THIS[kind], text):  # that of the day: 本学期 of a paper of November is no spring term
        return own.calendar.containing(as_of, kind)
    return _by_number(text, kind, year, own)


def _by_number(text: str, kind: str, year: int, own: Span) -> Span | None:
    """三季度, 第3季度, 下半年 of a year, 2017—2018学年."""
    if kind == "quarter" and (one := re.fullmatch(r"第?([一二三四1-4])季度", text)):
        number = NUMBERS_ZH.index(one[1]) + 1 if one[1] in NUMBERS_ZH else int(one[1])
        return own.calendar.parse(f"{year}-Q{number}", "quarter")
    if kind == "half" and text in ("上半年", "下半年"):
        return own.calendar.parse(f"{year}-H{'上下'.index(text[0]) + 1}", "half")
    if kind == "school_year" and (years := re.fullmatch(r"(\d{4})\s*[-—–~至]+\s*(\d{4})\s*学年度?", text)):
        return own.calendar.parse(f"{years[1]}-{years[2]}", "school_year")
    return None
