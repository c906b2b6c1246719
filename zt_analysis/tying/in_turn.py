"""Numbers of one part in the turn of another's before it: 甲县劝返343人、送教148人；乙县508人、218人.

A part named alone before two numbers or more repeats the figures of the part, or of the whole, named before it. Where
it has another number of them than that part has, or one of another unit, nobody can say which are which. A list of
names that holds the whole (小学、初中、全市…分别为) gives each name its number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import zt_analysis.expressions as re
from zt_analysis.indicators.wanted import Wanted
from zt_analysis.numbers import Mention
from zt_analysis.terms import filled
from zt_analysis.tying.case import Case
from zt_analysis.tying.forms import DAY, moves_so
from zt_analysis.tying.meaning import Meaning
from zt_analysis.tying.part import Named

if TYPE_CHECKING:
    from zt_analysis.tying.readings import Reading
    from zt_analysis.tying.sentences import Context, Sentences

LEAST = 2
# what may stand between a part and its numbers, and before it
ALONE = re.compile(r"(?:为|是|有|则|则为|分别|依次|分别为|分别是|分别有|依次为|依次是|[：:（(]|\s)*")
OPENS = re.compile(r".*[，,；;、。（）()：:\s](?:其中[：:，,]?)?", re.DOTALL)
# 小学、初中、全市: how names are listed, and how the whole of a list is called
WHOLE = re.compile(r"合计|总计|全部|总体|整体")
JOINS = re.compile(r"\s*(?:[、，,]|和|与|及|以及)\s*")
IN_TURN = re.compile(r"(?:分别|依次|各)[为是有达占]?$")
COMMA = re.compile(r"\s*[，,]\s*")
# 上门送教440人、远程送教640人，到11月8日分别增加到823人和1208人; 由440人、640人增加到823人、1208人
NOW_IN_TURN = re.compile(
    rf"(?P<day>[）)]?[，,；;]\s*(?:而|但)?(?:截[至止]到?|到|至|在)?{DAY}[，,]?)?(?:已经?|又|则)?(?P<each>分别|依次)?"
    "(?:已经?|为|是|有|达到?)?(?P<moved>(?:增加|增长|上升|提高|提升|增|升|减少|下降|降低|回落|减|降)[到至为])?"
)
STATED = ("count", "rate", "money")


def in_turn(
    mention: Mention, sentences: Sentences, case: Case, known: Mapping[int, Reading], context: Context
) -> Meaning | None:
    """The figure that a number of a part is, by the number of its turn before that part; None of any other number.

    Args:
        known: what the numbers before it were read as.
    """
    figures = [one for one in sentences.inside(mention) if one.role == "figure" and one.kind in STATED]
    turn, size, starts = _run(mention, figures, context, sentences.text)
    if size < LEAST:
        return None
    inside = [one for one in figures if one.start < starts]
    if not inside:
        return None
    gap = sentences.text[inside[-1].end : starts]
    while inside and _is_sum(inside[-1], known):  # 三项合计390人；乙县分别为
        inside.pop()
    part = _alone(gap, case)
    before = _group(inside, part, sentences.text, known, case) if part else []
    if part is None or len(before) < LEAST:
        return None
    theirs = before[turn] if len(before) == size else None
    if theirs is None or theirs[0].unit != mention.unit:
        return Meaning(reason=filled("tie_other_words", words=gap.strip(" ，,；;、（(")))
    wanted = theirs[1]
    scope = tuple(one for one in wanted.scope if one[0] != part.dimension)
    return Meaning((replace(wanted, scope=tuple(sorted((*scope, (part.dimension, part.values[0]))))),))


def _is_sum(mention: Mention, known: Mapping[int, Reading]) -> bool:
    """Whether a number is the sum of those before it, or counts them: it has no turn of its own."""
    read = known.get(mention.start)
    return read is not None and bool(read.parts or read.excuse)


def _run(mention: Mention, figures: Sequence[Mention], context: Context, text: str) -> tuple[int, int, int]:
    """Which number of a list it is, of how many, and where the list begins; in brackets commas part it, too."""
    turn, size = context.run
    at = next((number for number, one in enumerate(figures) if one.start == mention.start), -1)
    if size >= LEAST or at < 0:
        return turn, size, mention.start - len(context.before) + context.run_starts
    first, last = at, at
    while first and COMMA.fullmatch(text, figures[first - 1].end, figures[first].start):
        first -= 1
    while last + 1 < len(figures) and COMMA.fullmatch(text, figures[last].end, figures[last + 1].start):
        last += 1
    starts, ends = figures[first].start, figures[last].end
    bracketed = text[starts - 1 : starts] in tuple("（(") and text[ends : ends + 1] in tuple("）)")
    return (at - first, last - first + 1, starts) if bracketed else (turn, size, starts)


def _alone(gap: str, case: Case) -> Named | None:
    """The one part that ``gap`` names, where it says nothing else."""
    named = [one for one in case.parts.named(gap) if one.dimension != "whole"]
    if len(named) != 1 or not named[0].counted or len(named[0].values) != 1:
        return None
    opens = OPENS.match(gap, 0, named[0].start)
    begins = opens is not None and opens.end() == named[0].start
    return named[0] if begins and ALONE.fullmatch(gap, named[0].end) else None


def _group(
    inside: Sequence[Mention], part: Named, text: str, known: Mapping[int, Reading], case: Case
) -> list[tuple[Mention, Wanted]]:
    """The numbers before ``part`` since the part or the whole named last; none where one of them is not understood."""
    found: list[tuple[Mention, Wanted]] = []
    of: str | None = None
    for at in range(len(inside) - 1, -1, -1):
        one = inside[at]
        wanted = known[one.start].wanted if one.start in known else ()
        if len(wanted) != 1:
            break
        value = dict(wanted[0].scope).get(part.dimension, "")
        if of is not None and value != of:
            break
        of = value
        found.append((one, wanted[0]))
        gap = text[inside[at - 1].end if at else 0 : one.start]
        if at and any(name.dimension in (part.dimension, "whole") for name in case.parts.named(gap)):
            break
    found.reverse()
    different = len({(each.indicator, each.period) for _, each in found}) == len(found)
    return found if different and of != part.values[0] else []


def of_day_after(
    meant: Meaning | None, mention: Mention, sentences: Sentences, known: Mapping[int, Reading], context: Context
) -> Meaning | None:
    """``meant``, or the figure of the number before in whose turn ``mention`` is, on the day that stands between."""
    turn, size = context.run
    starts = mention.start - len(context.before) + context.run_starts
    figures = [one for one in sentences.inside(mention) if one.role == "figure" and one.kind in STATED]
    before = [known[one.start] for one in figures if one.start < starts and one.start in known]
    said = NOW_IN_TURN.fullmatch(sentences.text, before[-1].mention.end, starts) if before and size >= LEAST else None
    if meant is None or len(meant.wanted) != 1 or not (said and ((said["day"] and said["each"]) or said["moved"])):
        return meant
    theirs = [one.wanted[0] for one in before if len(one.wanted) == 1]
    alike = len({one.period for one in theirs}) == 1 and len({(one.indicator, one.scope) for one in theirs}) == size
    then = before[turn].mention if alike and len(before) == len(theirs) == size else None
    numbers = then is not None and all(isinstance(one.value, Decimal) for one in (then, mention))
    if not (then and numbers and then.unit == mention.unit and moves_so(said["moved"], then.value, mention.value)):
        return Meaning(reason=filled("tie_other_words", words=said[0].strip("，,；;）) ")))
    return Meaning((replace(theirs[turn], period=meant.wanted[0].period),))


def of_listed_whole(meant: Meaning | None, mention: Mention, context: Context, case: Case) -> Meaning | None:
    """``meant``, or the figure of the name in whose turn ``mention`` is, where the whole is one of the names."""
    turn, size = context.run
    if meant is None or len(meant.wanted) != 1 or size < LEAST:
        return meant
    said = context.before[: context.run_starts]
    names = _listed(said, case) if IN_TURN.search(said) else []
    if len(names) != size:
        return meant
    name, wanted = names[turn], meant.wanted[0]
    dimensions = {one.dimension for one in names if one}
    scope = tuple(one for one in wanted.scope if one[0] not in dimensions)
    scope = (*scope, (name.dimension, name.values[0])) if name else scope
    return replace(meant, wanted=(replace(wanted, scope=tuple(sorted(scope))),))


def _listed(said: str, case: Case) -> list[Named | None]:
    """The names of the last list in ``said``: parts of one dimension and, as None, the whole; empty without it."""
    named = [one for one in case.parts.named(said) if one.dimension == "whole" or one.counted]
    marks: list[tuple[int, int, Named | None]] = [
        (one.start, one.end, None if one.dimension == "whole" else one) for one in named
    ]
    marks += [(*one.span(), None) for one in WHOLE.finditer(said) if all(one.start() >= to for _, to, _ in marks)]
    marks.sort(key=lambda one: one[0])
    found: list[Named | None] = []
    after = -1
    for start, end, name in marks:
        joined = found and JOINS.fullmatch(said, after, start)
        found = [*found, name] if joined else [name]
        after = end
    parts = [one for one in found if one]
    alike = len({one.dimension for one in parts}) == 1 and all(len(one.values) == 1 for one in parts)
    return found if alike and len(parts) == len(found) - 1 else []
