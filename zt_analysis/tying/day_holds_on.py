"""A day that a sentence before names holds on: 9月20日全市失辍学5765人。上门送教440人。 is of that day throughout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import zt_analysis.expressions as re
from zt_analysis.bulletins import Paper
from zt_analysis.indicators import Indicator, Wanted, find
from zt_analysis.numbers import Mention, read_numbers
from zt_analysis.terms import filled
from zt_analysis.tying.case import Case
from zt_analysis.tying.dates import SEEN, SINCE_AFTER
from zt_analysis.tying.marks import SENTENCE_END
from zt_analysis.tying.meaning import Meaning, fitting
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.time_words import BASE, compared_at, names_a_time

# 先看9月20日的情况, 三、初中阶段（9月20日）。: no number stands beside it
TOLD_OF = re.compile(r"[^，。；\d]{0,6}(?:情况|数据|数字|底数|基数|底子|时点|台账|家底|口径)|[）)]?[。：:]?\s*$")
ENDS = re.compile(r"[）)][。：:]?\s*$")
NUMBER = re.compile(r"\d[\d,.]*\s*(?:万?[人名户件所个]|[%％]|[万亿]?元)")
# 9月20日5765人，下降到4717人: the last number is of another day
MOVED = re.compile(r"[降升减增涨跌落加少高]\w{0,2}[至到为]")
LIST_NUMBER = re.compile(r"^\s*[（(]?\d{1,2}[.．、)）]")
DIGIT = re.compile(r"\d")


def of_day_before(meant: Meaning | None, mention: Mention, context: Context, case: Case) -> Meaning | None:
    """``meant`` of the day that holds on from a sentence before; unproven where the number is of the paper's day."""
    if meant is None or len(meant.wanted) != 1 or mention.kind == "change":
        return meant
    (wanted,), now = meant.wanted, case.paper.period
    figure = find(wanted.indicator)
    if wanted.period != now or not isinstance(figure, Indicator) or figure.time not in SEEN or figure.changes:
        return meant
    if names_a_time(context.before) or names_a_time(context.after):
        return meant
    found = _day_before(context, case.paper)
    return _of(found, meant, mention, case) if found else meant


def _of(found: tuple[date | None, str], meant: Meaning, mention: Mention, case: Case) -> Meaning:
    (wanted,), now, (day, words) = meant.wanted, case.paper.period, found
    if day is None:
        return Meaning(reason=filled("tie_other_time", words=words))
    then = Wanted(wanted.indicator, now.at(day), wanted.scope)
    fits = fitting((then, wanted), mention, case).wanted
    if fits == (wanted,):
        return Meaning(reason=filled("tie_other_time", words=words))
    return Meaning((then,)) if fits == (then,) else meant


def _day_before(context: Context, paper: Paper) -> tuple[date | None, str] | None:
    """The day of the nearest sentence that names a time, where all of it is told of that, None of one that the tables
    do not hold; and its words.
    """
    for sentence in _before(context):
        days = _days(sentence, paper.issued_on)
        rest = sentence
        for one in reversed(days):
            rest = f"{rest[: one.start]}{rest[one.end :]}"
        base = BASE.search(rest) if not days else None
        if base and not names_a_time(BASE.sub("", rest)) and not compared_at(sentence, *base.span()):
            return (paper.period.base_on, base[0]) if _is_told(sentence, *base.span()) else None
        if names_a_time(rest):
            return None
        if days:
            return _governing(sentence, days, paper)
    return None


def _governing(sentence: str, days: tuple[Mention, ...], paper: Paper) -> tuple[date | None, str] | None:
    """The one day of a sentence, where what it tells is told of that day."""
    now, first = paper.period, days[0]
    said = {str(one.resolved or one.value) for one in days}
    if len(said) > 1 or compared_at(sentence, first.start, first.end):
        return None
    if not _is_told(sentence, first.start, first.end):
        return None
    (stated,) = said
    if now.as_of.isoformat().startswith(stated):  # 2018年, 11月
        return None
    try:
        day = date.fromisoformat(stated)
    except ValueError:  # 9月底, 2017年
        return None, first.surface
    return None if day > now.as_of else (day if now.base_on <= day else None, first.surface)


def _is_told(sentence: str, start: int, end: int) -> bool:
    """Whether what stands in a sentence is told of the time at ``start`` to ``end``."""
    behind = sentence[end:]
    if sentence[start - 1 : start] in ("（", "(") and ENDS.match(behind):  # 全市失辍学5765人（9月20日）。
        return True
    if DIGIT.search(LIST_NUMBER.sub("", sentence[:start])) or SINCE_AFTER.match(behind) or MOVED.search(behind):
        return False
    return bool(NUMBER.search(behind) or TOLD_OF.match(behind))


@lru_cache(maxsize=64)
def _days(sentence: str, issued: str) -> tuple[Mention, ...]:
    """The dates of a sentence, in their order; every number of its paragraph asks."""
    return tuple(one for one in read_numbers(sentence, dated=date.fromisoformat(issued)) if one.kind == "date")


def _before(context: Context) -> Iterator[str]:
    """The sentences of the paragraph before, the nearest first; no heading."""
    return (one for one in context.topics if SENTENCE_END.search(one))
