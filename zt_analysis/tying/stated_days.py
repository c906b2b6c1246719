"""Dates beside numbers: one for whose very day a number agrees is proven by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from zt_analysis.documents import Document
from zt_analysis.indicators import find
from zt_analysis.indicators.views import View
from zt_analysis.numbers import Mention
from zt_analysis.terms import labels
from zt_analysis.tying.sentences import STATED, Sentences
from zt_analysis.tying.tie import GREEN, Tie


def with_dates(ties: list[Tie], sentences: Sentences, document: Document, base: date) -> list[Tie]:
    """A date beside a number, or in its table, that agrees for this very date is proven by it."""
    tables: dict[int, list[Tie]] = {}
    for tie in ties:
        if tie.wanted and (number := _table_of(tie, document)):
            tables.setdefault(number, []).append(tie)
    found = [_proven(tie, ties, sentences, tables.get(_table_of(tie, document), [])) for tie in ties]
    return [_unless_of_others(tie, ties, sentences, base) for tie in found]


def _table_of(tie: Tie, document: Document) -> int:
    block = document.block_at(tie.start)
    return (block.place.table or 0) if block else 0


def _proven(tie: Tie, ties: list[Tie], sentences: Sentences, table: list[Tie]) -> Tie:
    if tie.mention.kind != "date" or tie.status not in ("differs", "unproven"):
        return tie
    start, end = sentences.bounds(tie.mention)
    beside = table or [one for one in ties if one.wanted and start <= one.mention.start < end]
    if not any(_states(tie.mention, one) for one in beside):
        return tie
    return replace(tie, status="excused", expected=None, name=None, reason=labels("tie_date_used"))


def _unless_of_others(tie: Tie, ties: list[Tie], sentences: Sentences, base: date) -> Tie:
    """截至9月20日，某资金122648.52万元: the base date, of numbers that are none of a figure's, is not called wrong."""
    day = str(tie.mention.resolved or tie.mention.value)
    if tie.mention.kind != "date" or tie.status != "differs" or day != str(base):
        return tie
    start, end = sentences.bounds(tie.mention)
    inside = [one for one in ties if start <= one.mention.start < end and one.mention.kind in STATED]
    if not inside or any(one.status != "unproven" for one in inside):
        return tie
    return replace(tie, status="unproven", expected=None, name=None, reason=labels("tie_no_words"))


def _states(day: Mention, tie: Tie) -> bool:
    assert tie.wanted is not None
    ends = str(day.resolved or day.value)
    if isinstance(day.value, tuple):
        ends = "/".join(map(str, day.value))
    view = find(tie.wanted.indicator)
    # 较9月20日增加895人: a change is of both days
    since = isinstance(view, View) and any(one.then == "base" for one in view.needs)
    days = (tie.wanted.at, str(tie.wanted.period.base_on) if since else "")
    return tie.status in GREEN and bool(ends) and any(one.startswith(ends) or one.endswith(ends) for one in days)
