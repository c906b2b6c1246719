"""Parts with which a sentence opens, or what follows a semicolon in it: they hold for the numbers behind their first.

A group holds on (女生中劝返复学900人，上门送教300人), and so does a programme, whatever is counted of it, until
another one opens:
普高助学金发放4578.35万元，惠及46000人；免学费3540万元，受助63000人.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from zt_analysis.tying.dates import TO
from zt_analysis.tying.marks import DATED
from zt_analysis.tying.part import Named
from zt_analysis.tying.part_words import stated_dimensions, timed
from zt_analysis.tying.sentences import Context

# how far from where it would open a part may stand
OPENING = 6
# 42642万元（9月20日为35536万元
OF_THEN = re.compile(rf"[）)]?[，,（(](?:比|较|与|同)?{DATED}+时?的?(?:为|是|有)?$")
LIST_STOP = re.compile(r"[；;。]")


def opening(named: Sequence[Named], context: Context, *, same: bool) -> list[Named]:
    """Those of one kind that hold on to the number: of what its semicolon opens or, where it names none, the sentence.

    Args:
        same: the number before is of the same kind, so that a part nobody can compute holds on, too.
    """
    before = context.before
    for begins in (max(before.rfind(one) for one in "；;") + 1, 0):
        here = [one for one in named if one.start >= begins]
        if here:
            break
    else:
        return []
    near = here[0].start - max(begins, timed(before)) <= OPENING
    first = next((one for one in context.numbers_before if one >= begins), len(before))
    holds = here[0].holds and (same or bool(here[0].values)) and near
    return [one for one in here if holds and one.end <= first]


def of_whole(one: Named, context: Context) -> bool:
    """下达营养改善计划资金4.3亿元，其中中央3.9亿元: whether a part is that of the number that 其中 is said of."""
    listed = context.before.rfind("其中")
    between = [place for place in context.numbers_before if one.end <= place < listed]
    return one.end <= listed and len(between) == 1 and not LIST_STOP.search(context.before, one.end, listed)


def beside(named: Sequence[Named], begins: int) -> list[Named]:
    """高中全市上门送教823人, 高中初中1118人: a part with nothing between it and the whole, or another of its kind."""
    pairs = [(one, other) for one, other in pairwise(named) if one.end == other.start and one.start >= begins]
    return [
        one
        for one, other in pairs
        if one.values and not one.family and one.dimension in stated_dimensions()
        and (other.dimension == "whole" or (other.dimension == one.dimension and not {*one.values} & {*other.values}))
    ][:1]  # fmt: skip


def moved_to(one: Named, context: Context) -> bool:
    """Whether it is where the part's only number has moved to, or came from: 小学从A降至B, 小学A（9月20日为B）."""
    moves = TO.search(context.before) or OF_THEN.search(context.masked)
    return moves is not None and context.distance(one.start) == 1
