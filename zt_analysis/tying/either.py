"""Numbers behind a list of parts, or behind a clause about one: of that part still, or of the whole again.

其中东川县16人；远程送教1208人 is of whichever it is. 东川县失辍学324人；初中、小学上门送教分别为563人、260人 is of that
county by its words; a number that is not stays unproven, and is not called wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from zt_analysis.indicators import Wanted, find
from zt_analysis.numbers import Mention
from zt_analysis.tying.added_figures import total_of
from zt_analysis.tying.case import Case
from zt_analysis.tying.marks import DIVIDED
from zt_analysis.tying.meaning import Meaning, fitting
from zt_analysis.tying.part_words import stated_dimensions
from zt_analysis.tying.sentences import Context, Sentences
from zt_analysis.tying.wholes import CLAUSE_STOP

if TYPE_CHECKING:
    from zt_analysis.tying.readings import Reading

LEAST = 2


def of_list_or_whole(meant: Meaning | None, mention: Mention, context: Context, case: Case) -> Meaning | None:
    """What a figure that is named behind a list of parts means: 其中东川县16人；远程送教1208人."""
    if meant is None or len(meant.wanted) != 1 or context.last is None:
        return meant
    (wanted,) = meant.wanted
    if item := _of_item(wanted, context, case):
        return fitting((item, wanted), mention, case)
    carriers = {*stated_dimensions(), *case.registers}
    named = [one for one in case.parts.named(context.before) if one.dimension in carriers]
    listed = context.before.rfind("其中")
    carried = {name for name, _ in wanted.scope} & carriers
    carried -= {one.dimension for one in case.parts.named(context.stretch + context.near_after)}
    ended = False
    for dimension in sorted(carried):
        last = max((one.end for one in named if one.dimension == dimension), default=-1)
        found = CLAUSE_STOP.search(context.before, last) if last >= 0 else None
        # the part is one of a list, and what is counted is named anew: 其中东川县16人，远程送教1208人
        behind = len(context.before) - len(context.stretch) if last > listed >= 0 else -1
        since = found.end() if found else behind
        if since < 0 or not any(word in context.before[since:] for word in case.figure_words):
            carried.discard(dimension)
        elif found and last > listed >= 0:
            ended = True
    if not carried:
        return meant
    whole = Wanted(wanted.indicator, wanted.period, tuple(one for one in wanted.scope if one[0] not in carried))
    fits = fitting((wanted, whole), mention, case)
    # 其中…；: the list has ended, and the whole is spoken of again; else it is first of all the part
    return fits if ended or fits.wanted == meant.wanted else Meaning((wanted, whole))


def _of_item(wanted: Wanted, context: Context, case: Case) -> Wanted | None:
    """发放3.6亿元，其中免学费0.4亿元，惠及63000人: of what the item of 其中 right before the number is about."""
    listed = context.before.rfind("其中")
    since = len(context.before) - len(context.stretch)
    if listed < 0 or wanted.scope or not context.numbers_before or context.numbers_before[-1] < listed:
        return None
    last = context.numbers_before[-2] if len(context.numbers_before) > 1 else 0
    begins = max(listed, last)
    carriers = {*stated_dimensions(), *case.parts.places}
    named = [one for one in case.parts.named(context.before) if one.start >= begins and one.dimension not in carriers]
    items = [one for one in named if one.end <= since]
    if len(items) != 1 or not items[0].counted or any(one.values for one in named if one.end > since):
        return None
    (item,) = items
    own = case.dimensions(wanted.indicator)
    values = sorted({*item.values} & case.members(wanted.indicator, item.dimension)) if item.dimension in own else []
    if len(values) == 1:
        return replace(wanted, scope=((item.dimension, values[0]),))
    total = f'total({wanted.indicator}, {item.dimension}="{"+".join(values)}")'
    return replace(wanted, indicator=find(total).id) if values and not find(wanted.indicator).derived else None


def of_measures_divided(
    meant: Meaning | None, mention: Mention, sentences: Sentences, case: Case, known: Mapping[int, Reading]
) -> Meaning | None:
    """上门送教823人，远程送教1208人；从学段看，小学350人: a part of the last of both, or of both together."""
    if meant is None or len(meant.wanted) != 1:
        return meant
    first, (wanted,) = sentences.bounds(mention)[0], meant.wanted
    said = [*DIVIDED.finditer(sentences.text, first, mention.start)]
    before = [one for one in sentences.inside(mention) if said and one.start < said[0].start()]
    of = [one for each in before if each.start in known for one in known[each.start].wanted]
    measures = {one.indicator: one for one in of if not one.scope and one.period == wanted.period}
    if len(measures) < LEAST or wanted.indicator not in measures or not wanted.scope:
        return meant
    total = total_of(wanted, measures)
    if total is None:
        return meant
    return fitting((wanted, *(replace(wanted, indicator=one) for one in measures), total), mention, case)
