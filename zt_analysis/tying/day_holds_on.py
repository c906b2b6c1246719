"""A day that a sentence before names holds on: 9月20日全市失辍学5765人。上门送教440人。 is of that day throughout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import zt_analysis.expressions as re
from zt_analysis.indicators import Indicator, Wanted, find
from zt_analysis.numbers import Mention
from zt_analysis.periods import Period
from zt_analysis.terms import filled
from zt_analysis.tying.case import Case
from zt_analysis.tying.dates import SEEN, SINCE_AFTER
from zt_analysis.tying.marks import SENTENCE_END
from zt_analysis.tying.meaning import Meaning, fitting
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.time_words import DAY, compared_at, names_a_time

# how far into its sentence a day may stand of which all that follows is told
OPENS = 16
# 先看9月20日的情况: no number stands beside it
TOLD_OF = re.compile(r"[^，。；\d]{0,6}(?:情况|数据|数字|底数|基数|底子|时点|台账|家底|口径)")


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
    found = _day_before(context, now)
    if found is None:
        return meant
    day, words = found
    then = Wanted(wanted.indicator, now.at(day), wanted.scope)
    fits = fitting((then, wanted), mention, case).wanted
    if fits == (wanted,):
        return Meaning(reason=filled("tie_other_time", words=words))
    return Meaning((then,)) if fits == (then,) else meant


def _day_before(context: Context, now: Period) -> tuple[date, str] | None:
    """The day of the nearest sentence that names a time, where it is one that all of it is told of; and its words."""
    for sentence in _before(context):
        if not names_a_time(sentence):
            continue
        days = [*DAY.finditer(sentence)]
        first = days[0] if len(days) == 1 else None
        if (
            first is None
            or names_a_time(DAY.sub("", sentence))
            or first.start() > OPENS
            or compared_at(sentence, *first.span())
        ):
            return None
        behind = sentence[first.end() :]
        if SINCE_AFTER.match(behind) or not (re.search(r"\d", behind) or TOLD_OF.match(behind)):
            return None
        day = _day(first, now)
        return (day, first[0]) if day and now.base_on <= day < now.as_of else None
    return None


def _before(context: Context) -> Iterator[str]:
    """The sentences of the paragraph before, the nearest first; no heading."""
    return (one for one in context.topics if SENTENCE_END.search(one))


def _day(found: re.Match[str], now: Period) -> date | None:
    try:
        return date(int(found["year"] or now.as_of.year), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
