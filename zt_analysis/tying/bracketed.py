"""Numbers of a bracket behind another number, and of a list behind its change: they are parts of what that is.

其中小学330人（甲县23人、乙县59人）: of the primary schools; 增加895人（小学150人）, 增加较多的是甲县（237人）:
of the change, or else of how many there are now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import zt_analysis.expressions as re
from zt_analysis.indicators import Wanted, find
from zt_analysis.indicators.views import View
from zt_analysis.numbers import Mention
from zt_analysis.terms import filled
from zt_analysis.tying.case import Case
from zt_analysis.tying.grown import change_of
from zt_analysis.tying.meaning import Meaning
from zt_analysis.tying.tie import GREEN
from zt_analysis.tying.time_words import markers
from zt_analysis.tying.verdicts import judge

if TYPE_CHECKING:
    from zt_analysis.tying.readings import Reading
    from zt_analysis.tying.sentences import Context, Sentences

BRACKET = re.compile(r"[（(]")
CLOSED = re.compile(r"[）)]")
MOVED = re.compile(r"(?:净?增加?|净?减少?|新增|增长|增多|上升|下降|多|少)了?(?:约|近)?$")
# ，增加较多的是甲县（237人）、乙县（161人
MOST_MOVED = re.compile(
    r"(?:^|[，,；;。])[^，,；;。]{0,24}?(?P<moved>净?增加|净?减少|增长|新增|增量|增幅|减幅|降幅|上升|下降)(?:人数|数量)?(?:较|最|比较)[多大快少小慢]的?"
    r"(?:县区|地方|县市区|县)?(?:主要|依次|分别)?(?:是|有|为)?[：:]?[^，,；;。]*(?:[，,]\s*为)?$"
)
FALLS = re.compile("[减降]")


def of_bracket(
    meant: Meaning | None, mention: Mention, context: Context, sentences: Sentences, known: Mapping[int, Reading],
    case: Case,
) -> Meaning | None:  # fmt: skip
    """``meant``, or what it is of the number that a bracket stands behind, or of the change that is spoken of."""
    wanted = meant.wanted[0] if meant and len(meant.wanted) == 1 else None
    if meant is None or wanted is None or not wanted.scope or isinstance(find(wanted.indicator), View):
        return meant
    opened = [*BRACKET.finditer(context.before)]
    inside = bool(opened) and not CLOSED.search(context.before, opened[-1].end())
    if MOST_MOVED.search(context.before):
        since = _since_another(context, case)
        return (
            Meaning(reason=filled("tie_other_time", words=since))
            if since
            else _of_change(wanted, as_moved(mention, context), case)
        )
    begins = mention.start - len(context.before)
    at = begins + opened[-1].start() if inside else -1
    head = next((one for one in sentences.inside(mention) if one.end == at and one.role == "figure"), None)
    if head is None:
        return meant
    if MOVED.search(sentences.text, begins, head.start):
        return _of_change(wanted, mention, case)
    of = known[head.start].wanted if head.start in known else ()
    return _within(wanted, of[0], case) if len(of) == 1 else meant


def as_moved(mention: Mention, context: Context) -> Mention:
    """减少较多的有甲县（276人）: with the sign of the fall; any other number as it is."""
    found = MOST_MOVED.search(context.before)
    if not found or not isinstance(mention.value, Decimal) or mention.kind != "count":
        return mention
    return replace(mention, value=-mention.value, kind="change") if FALLS.search(found["moved"]) else mention


def _since_another(context: Context, case: Case) -> str:
    """与10月1日相比, 与去年同期相比: since when, where it is not the base date."""
    base = case.paper.period.base_on
    for one in markers(context):
        based = one.kind == "base" or (one.date is not None and one.text.endswith(f"{base.month}月{base.day}日"))
        if one.compared and not based:
            return one.text
    return ""


def _of_change(level: Wanted, mention: Mention, case: Case) -> Meaning:
    """By how much the part has moved; where it is not that, it may be how many there are now."""
    view = change_of(level)
    if view is None:
        return Meaning((level,))
    moved = judge(mention, case.computed([view])[view.key])[0] in GREEN
    return Meaning((view,) if moved else (view, level))


def _within(wanted: Wanted, head: Wanted, case: Case) -> Meaning:
    """A part of the part that the bracket stands behind."""
    same = (head.indicator, head.period) == (wanted.indicator, wanted.period)
    more = [one for one in head.scope if one[0] not in dict(wanted.scope)]
    if not same or not more or not {name for name, _ in more} <= case.dimensions(wanted.indicator):
        return Meaning((wanted,))
    return Meaning((replace(wanted, scope=tuple(sorted((*wanted.scope, *more)))),))
