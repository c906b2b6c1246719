"""Parts that a sentence names for another number: whether a number behind may be of them, or of all.

西平区508人。发放2.8亿元, 小学劝返复学330人，上门送教823人, 高中阶段受助63000人，发放13718.35万元: a reviewer would
accept either reading, so that such a number is not called wrong.
"""

from __future__ import annotations

import re

from zt_analysis.indicators import find
from zt_analysis.office import current
from zt_analysis.tying.blanking import without_words
from zt_analysis.tying.case import Case
from zt_analysis.tying.headings import heading_of
from zt_analysis.tying.marks import DATED
from zt_analysis.tying.part_openings import OPENING
from zt_analysis.tying.part_words import part_words, stated_dimensions, timed
from zt_analysis.tying.readings import Reading
from zt_analysis.tying.time_words import TERMS

OWN_NUMBER = re.compile(r"\d\s*(?:[人名户件所个%％]|[万亿]?元|万人)")


def is_open(reading: Reading, case: Case) -> bool:
    """Whether a number may be of a part, or of the whole, that the words right beside it do not name."""
    said = (
        _is_carried,
        _is_of_group_before,
        is_of_part_above,
        _is_dropped,
        _drops_a_kind,
        _is_bare,
        _is_share_of_money,
    )
    return any(one(reading, case) for one in said)


def _is_carried(reading: Reading, case: Case) -> bool:
    """Whether a part named for another figure's number is taken for this one's too."""
    stated = stated_dimensions()
    by_part = len(reading.wanted) == 1 and any(name in stated for name, _ in reading.wanted[0].scope)
    said = reading.context.stretch
    anew = any(word in said for word in case.figure_words)
    here = any(one.dimension in stated for one in case.parts.named(said + reading.context.near_after))
    return by_part and reading.context.last is not None and anew and not here


def _is_of_group_before(reading: Reading, case: Case) -> bool:
    """建档立卡户是重点，共发放2.8亿元: whether a group of sums that its clause does not name is meant."""
    if len(reading.wanted) != 1:
        return False
    groups = {one.dimension for one in part_words(current()) if one.values and one.family}
    mine = {name for name, _ in reading.wanted[0].scope} & groups - {*stated_dimensions(), *case.registers}
    here = case.parts.named(f"{reading.context.clause_before}，{reading.context.clause_after}")
    return bool(mine) and not any(one.dimension in mine for one in here)


def _is_dropped(reading: Reading, case: Case) -> bool:
    """高中阶段（普高和中职）受助63000人，发放13718.35万元: whether parts that open the sentence may be meant, too.

    Or one that a figure's name alone stands before: 营养改善计划春季学期小学支出1.9亿元，受益49万人.
    """
    before = reading.context.before
    every = case.parts.named(before)
    named = [one for one in every if one.dimension in stated_dimensions() or one.dimension == "whole"]
    if not named or len(reading.wanted) != 1 or not {name for name, _ in reading.wanted[0].scope} <= {*case.registers}:
        return False
    led = before[: named[0].start]
    for one in reversed([one for one in every if one.dimension in case.registers and one.end <= len(led)]):
        led = led[: one.start] + led[one.end :]
    return all(one.dimension != "whole" for one in named) and "其中" not in led and _opens(led, case)


def _is_bare(reading: Reading, case: Case) -> bool:
    """上门送教823人（440人）: whether a number stands alone in a bracket right behind another, of whatever it is."""
    before, places = reading.context.before, reading.context.numbers_before
    opened = before.rstrip().endswith(("（", "("))
    last = reading.context.earlier[-1] if opened and places and reading.context.earlier else None
    return last is not None and before[places[-1] :].strip("（( ") == last.surface


def _is_share_of_money(reading: Reading, case: Case) -> bool:
    """发放给建档立卡户学生25906万元，占72.3%: whether money is shared, and its clause names what is shared by heads."""
    last = reading.context.last
    if len(reading.wanted) != 1 or last is None or not last.unit.endswith("元"):
        return False
    figure = find(reading.wanted[0].indicator)
    of = [find(name).unit for name, _ in getattr(figure, "inputs", ())]
    return figure.unit == "ratio" and "fen" not in of and reading.context.stretch.strip("，, ").startswith("占")


def _drops_a_kind(reading: Reading, case: Case) -> bool:
    """下达东川县的营养改善计划资金1.1亿元，下达西平区0.8亿元: whether a kind of part named before may be meant, too."""
    if len(reading.wanted) != 1 or reading.context.last is None:
        return False
    (wanted,) = reading.wanted
    mine, own = {name for name, _ in wanted.scope}, case.dimensions(wanted.indicator)
    others = {one.dimension for one in case.parts.named(reading.context.before) if one.values} - {*case.parts.places}
    return bool(wanted.scope) and bool(others & own - mine - {*stated_dimensions()})


def _opens(said: str, case: Case) -> bool:
    """Whether nothing but a time and names of figures stands before a part."""
    led = without_words(said[timed(said) :], case.figure_words)
    return len(TERMS.sub("", led).replace(DATED, "").strip("：:，, ")) <= OPENING


def is_of_part_above(reading: Reading, case: Case) -> bool:
    """Whether a part named before, with numbers of its own, is taken for this one, too: 西平区508人。发放2.8亿元."""
    context = reading.context
    of = reading.wanted or (reading.derived.of[:1] if reading.derived else ())
    carries = {*stated_dimensions(), *case.registers}
    mine = {name for name, _ in of[0].scope} & carries if len(of) == 1 else set()
    said = f"{context.before}，{context.clause_after}，{heading_of(context)}，{context.title}"
    mine -= {one.dimension for one in case.parts.named(said) if one.values}
    named = (one for one in context.topics if any(each.dimension in mine for each in case.parts.named(one)))
    return bool(mine) and any(OWN_NUMBER.search(one) for one in named)
