"""What is named only to add to it: 除上门送教823人外，还对1208人实施远程送教."""

from __future__ import annotations

import re
from dataclasses import replace

from zt_analysis.tying.case import Case
from zt_analysis.tying.marks import HIDDEN
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.turns import hiding

NUMBER = "\0"
BESIDES = re.compile(
    r"(?:^|[，,；;。])\s*[^，,；;。除]{0,8}(?P<but>除了?)(?P<said>[^，；。]{2,30}?)(?P<ends>(?:以|之)?外)"
    r"(?=[，,]?(?:还有?|另外?|又|也|同时|再)(?!未|没|不))"
)


def besides(context: Context, case: Case) -> Context:
    """The context without 除 and 外, where a figure stands between them and more is added to it.

    Where a part stands between them (除东川县外) it is left as it is: what is left without the part is another number.
    """
    found = BESIDES.search(f"{context.before}{NUMBER}{context.after}") if "除" in context.before else None
    if found is None or not any(word in found["said"] for word in case.figure_words):
        return context
    if any(one.dimension != "whole" for one in case.parts.named(found["said"], case.figure_words)):
        return context
    own = len(context.before)
    before = context.before
    for start, end in (found.span("but"), found.span("ends")):
        if end <= own:
            before = f"{before[:start]}{HIDDEN * (end - start)}{before[end:]}"
    context = hiding(context, before)
    start, end = (place - own - 1 for place in found.span("ends"))
    return context if start < 0 else _hiding_after(context, start, end)


def _hiding_after(context: Context, start: int, end: int) -> Context:
    def hidden(text: str) -> str:
        return f"{text[:start]}{HIDDEN * (end - start)}{text[end:]}" if len(text) >= end else text

    return replace(
        context,
        after=hidden(context.after),
        near_after=hidden(context.near_after),
        plain_after=hidden(context.plain_after),
        plain_rest=hidden(context.plain_rest),
    )
