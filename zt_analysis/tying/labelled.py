"""Labels that give a number its unit: 劝返复学（人）：1915."""

from __future__ import annotations

from dataclasses import replace

import zt_analysis.expressions as re
from zt_analysis.numbers import Mention, read_numbers
from zt_analysis.tying.marks import HIDDEN
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.turns import hiding

PUPILS = re.compile(r"\s*(?:孩子|学生|儿童|少年|娃)")
OF_PUPILS = re.compile(r"(?:孩子|学生|儿童|少年|娃娃?)们?(?:[一总]?共|已|达到?|有|为|到)*\s*$")
# 劝返复学人数：东川343、西平149
ITEMS = re.compile(r"人数[^，。；：:\d]{0,4}[：:]\s*(?:[一-龥]{2,4}[：:]?\d+[、，,\s]*)*[一-龥]{2,4}[：:]?$")
# 约占受助学生的三分之二: what is said of a share in words is said of a round one
ABOUT = re.compile(r"(?:约|大约|大概)(?:占|为|有|相当于)[^，,。；;]{0,14}的$")
LABELLED = re.compile(r"[（(]\s*(?:单位\s*[:：]?\s*)?([^（）()\d\s]{1,4})\s*[）)]\s*[:：]?\s*$")


def with_unit(mention: Mention, context: Context) -> tuple[Mention, Context]:
    """A bare number with the unit that its label gives in brackets: 劝返复学（人）：1915; 个 of pupils is 人.

    约 that stands far before a share in words is said of it.
    """
    if (
        mention.unit == "个"
        and mention.kind == "count"
        and (PUPILS.match(context.after) or OF_PUPILS.search(context.before))
    ):
        return replace(mention, unit="人"), context
    if mention.unit == "1" and mention.qualifier == "exact" and ABOUT.search(context.clause_before):
        return replace(mention, qualifier="approx"), context
    if not mention.unit and mention.kind == "count" and ITEMS.search(context.before):
        return replace(mention, unit="人"), context
    unit = LABELLED.search(context.before) if not mention.unit and mention.kind == "count" else None
    if unit is None or mention.qualifier != "exact":
        return mention, context
    read = read_numbers(f"{mention.surface}{unit[1]}")
    if len(read) != 1 or not read[0].unit:
        return mention, context
    read_there = replace(read[0], start=mention.start, end=mention.end, surface=mention.surface)
    before = context.before
    return read_there, hiding(context, f"{before[: unit.start()]}{HIDDEN * len(unit[0])}")
