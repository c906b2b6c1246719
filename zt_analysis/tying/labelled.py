"""Labels that give a number its unit: 劝返复学（人）：1915."""

from __future__ import annotations

import re
from dataclasses import replace

from zt_analysis.numbers import Mention, read_numbers
from zt_analysis.tying.sentences import HIDDEN, Context
from zt_analysis.tying.turns import hiding

LABELLED = re.compile(r"[（(]\s*(?:单位\s*[:：]?\s*)?([^（）()\d\s]{1,4})\s*[）)]\s*[:：]?\s*$")


def with_unit(mention: Mention, context: Context) -> tuple[Mention, Context]:
    """A bare number with the unit that its label gives in brackets: 劝返复学（人）：1915."""
    unit = LABELLED.search(context.before) if not mention.unit and mention.kind == "count" else None
    if unit is None or mention.qualifier != "exact":
        return mention, context
    read = read_numbers(f"{mention.surface}{unit[1]}")
    if len(read) != 1 or not read[0].unit:
        return mention, context
    read_there = replace(read[0], start=mention.start, end=mention.end, surface=mention.surface)
    before = context.before
    return read_there, hiding(context, f"{before[: unit.start()]}{HIDDEN * len(unit[0])}")
