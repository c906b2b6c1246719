"""Lists that say by what a number is divided: 失辍学4717人。分学段看，小学329人，初中4388人；分县区看，东川县1250人.

Each list is of the number before the first: what another list names is none of its parts.
"""

from __future__ import annotations

from dataclasses import replace

from zt_analysis.tying.marks import CLAUSE_END, DIVIDED, HIDDEN
from zt_analysis.tying.sentences import Context


def divided(context: Context) -> Context:
    """The context without the lists before its own, and without the words that introduce it."""
    said = [*DIVIDED.finditer(context.before)]
    # 分学段看，小学329人: of a number before it
    if not said or not any(place < said[0].start() for place in context.numbers_before) or not context.earlier:
        return context
    start, end = _whole_ends(context, said[0].start()), said[-1].end()
    kept = [place for place in context.numbers_before if not start <= place < end]
    gone = len(context.numbers_before) - len(kept)
    hidden = HIDDEN * (end - start - 1)
    before = f"{context.before[:start]}，{hidden}{context.before[end:]}"
    plain = f"{context.plain_before[:start]}，{hidden}{context.plain_before[end:]}"
    later = sum(place >= end for place in context.numbers_before)
    here = len(context.earlier) - later
    earlier = (*context.earlier[: here - gone], *context.earlier[here:])
    # the list's first number goes on from the whole
    since = len(before) - len(context.stretch) if later else kept[-1] + len(earlier[-1].surface)
    return replace(
        context, before=before, plain_before=plain, stretch=before[since:], masked=plain[since:], earlier=earlier,
        clause_before=CLAUSE_END.split(before)[-1], numbers_before=tuple(kept),
        last=earlier[-1] if earlier else None,
        dates=tuple((begins, one) for begins, one in context.dates if not start <= begins < end),
    )  # fmt: skip


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
