"""Labels that give a number its unit: 劝返复学（人）：1915."""

from __future__ import annotations

from dataclasses import replace

import zt_analysis.expressions as re
from zt_analysis.numbers import Mention, read_numbers
from zt_analysis.tying.case import Case
from zt_analysis.tying.marks import COUNTED, HIDDEN
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.turns import hiding

PUPILS = re.compile(r"\s*(?:孩子|学生|儿童|少年|娃)")
OF_PUPILS = re.compile(r"(?:孩子|学生|儿童|少年|娃娃?)们?(?:[一总]?共|已|达到?|有|为|到)*\s*$")
# 劝返复学人数：东川343、西平149
ITEMS = re.compile(r"人数[^，。；：:\d]{0,4}[：:]\s*(?:[一-龥]{2,4}[：:]?\d+[、，,\s]*)*[一-龥]{2,4}[：:]?$")
# 约占受助学生的三分之二: what is said of a share in words is said of a round one
ABOUT = re.compile(r"(?:约|大约|大概)(?:占|为|有|相当于)[^，,。；;]{0,14}的$")
# the end of an item of a list, and what may stand between a name and a bare number
ENDS = re.compile(r"\s*(?:[，,、；;。]|$)")
NOUN = re.compile(r"(?:学生|案件)?(?:人数|数|件数)?[为是共计：:\s]*$")
OF_UNIT = re.compile(r"(?:单位|计量|折合|折算|按|以)[为是：:\s]*([一-龥]?)")
OF_UNIT_LINE = re.compile(r"单位\s*[：:为是]\s*([一-龥]?)")
UNIT_OF = {"persons": "人", "cases": "件"}
LABELLED = re.compile(r"[（(]\s*(?:单位\s*[:：]?\s*)?([^（）()\d\s]{1,4})\s*[）)]\s*[:：]?\s*$")


def with_unit(mention: Mention, context: Context, case: Case, text: str) -> tuple[Mention, Context]:
    """A bare number with the unit that its label gives in brackets: 劝返复学（人）：1915; 个 of pupils is 人.

    In a list of names and numbers it is what the figure counts, where no unit line of ``text`` says another:
    劝返复学1915，上门送教823.

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
    if mention.unit or mention.kind != "count":
        return mention, context
    if ITEMS.search(context.before):
        return replace(mention, unit="人"), context
    if counted := _unit_of_name(mention, context, case, text):
        return replace(mention, unit=counted), _with_units(mention, context, case)
    return _labelled(mention, context)


def _labelled(mention: Mention, context: Context) -> tuple[Mention, Context]:
    unit = LABELLED.search(context.before)
    if unit is None or mention.qualifier != "exact":
        return mention, context
    read = read_numbers(f"{mention.surface}{unit[1]}")
    if len(read) != 1 or not read[0].unit:
        return mention, context
    read_there = replace(read[0], start=mention.start, end=mention.end, surface=mention.surface)
    before = context.before
    return read_there, hiding(context, f"{before[: unit.start()]}{HIDDEN * len(unit[0])}")


def _unit_of_name(mention: Mention, context: Context, case: Case, text: str) -> str:
    """The unit of the figure right behind whose name a bare number of a list stands; empty where none is told."""
    listed = context.last is not None or COUNTED in context.plain_rest
    if not listed or mention.qualifier != "exact" or not ENDS.match(context.after):
        return ""
    unit = _counted(context.masked, case)
    # 单位：户, 按户计: of another unit
    told = {*OF_UNIT.findall(context.before + context.after), *OF_UNIT_LINE.findall(text)}
    return unit if told <= {unit} else ""


def _counted(said: str, case: Case) -> str:
    """The unit of what is called by the last words of ``said``."""
    name = NOUN.sub("", said)
    longest = max((word for word in case.figure_words if name.endswith(word)), key=len, default="")
    families = {one.family for one in case.phrases if longest in one.words and len(one.groups) == 1}
    return UNIT_OF.get(families.pop(), "") if len(families) == 1 else ""


def _with_units(mention: Mention, context: Context, case: Case) -> Context:
    """The context, where the bare numbers before have theirs, too."""
    begins = mention.start - len(context.before)
    read = [
        one if one.unit or one.kind != "count"
        else replace(one, unit=_counted(context.before[: one.start - begins], case)) for one in context.earlier
    ]  # fmt: skip
    return replace(context, earlier=tuple(read), last=read[-1] if read else None)
