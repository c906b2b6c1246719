"""Lists that say by what a number is divided: 失辍学4717人。分学段看，小学329人，初中4388人；分县区看，东川县1250人.

Each list is of the number before the first: what another list names is none of its parts.
"""

from __future__ import annotations

import re
from decimal import Decimal

from zt_analysis.numbers import Mention
from zt_analysis.tying.marks import COUNTED, DIVIDED
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.turns import dropping

_PLACES = "(?:县区|县市区|县（市、区）|区县|县|区|市|乡镇|地方)"
# 劝返复学人数超过300人的有2个县区：, 均不足100人，分别为
BOUNDED = re.compile(
    rf"[均都皆也]?{COUNTED}+(?P<with>)(?:的{_PLACES}?(?:共|分别|主要)?(?:有|为|是)(?:(?:{COUNTED}|\d|[一二两三四五六七八九十])+个?{_PLACES}?)?[：:，,]?|[，,](?=分别为?|依次为?))"
)


def divided(context: Context) -> Context:
    """The context without the lists before its own, and without the words that introduce it."""
    said = [*DIVIDED.finditer(context.before)]
    # 分学段看，小学329人: of a number before it
    if not said or not any(place < said[0].start() for place in context.numbers_before) or not context.earlier:
        return context
    return dropping(context, _whole_ends(context, said[0].start()), said[-1].end())


def bounded(mention: Mention, context: Context) -> Context:
    """劝返复学超过300人的有2个县区：东川县508人: the context without the bound, where the number keeps it."""
    found = [*BOUNDED.finditer(context.plain_before)]
    if not found or not isinstance(mention.value, Decimal):
        return context
    start, end = found[-1].span()
    bounds = [
        one
        for begins, one in zip(context.numbers_before[::-1], context.earlier[::-1], strict=False)
        if start <= begins < found[-1].start("with")
    ]
    kept = len(bounds) == 1 and isinstance(bounds[0].value, Decimal) and _keeps(mention.value, bounds[0])
    return dropping(context, start, end) if kept else context


def _keeps(value: Decimal, bound: Mention) -> bool:
    if bound.qualifier == "more-than":
        return value >= bound.value if bound.inclusive else value > bound.value  # type: ignore[operator]
    if bound.qualifier == "less-than":
        return value <= bound.value if bound.inclusive else value < bound.value  # type: ignore[operator]
    return False


def _whole_ends(context: Context, place: int) -> int:
    """Where the number ends that is divided: what says how it has changed is passed over."""
    ends = place
    for begins, one in zip(context.numbers_before[::-1], context.earlier[::-1], strict=False):
        if begins >= place:
            continue
        ends = begins + len(one.surface)
        if one.kind != "change":
            return ends
    return place
