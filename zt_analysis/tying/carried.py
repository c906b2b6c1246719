"""Parts that a sentence names for another number: whether a number behind may be of them, or of all.

西平区508人。发放2.8亿元, 小学劝返复学330人，上门送教823人, 高中阶段受助63000人，发放13718.35万元: a reviewer would
accept either reading, so that such a number is not called wrong.
"""

from __future__ import annotations

import re

from zt_analysis.tying.case import Case
from zt_analysis.tying.headings import heading_of
from zt_analysis.tying.part_words import stated_dimensions, timed
from zt_analysis.tying.parts import OPENING
from zt_analysis.tying.readings import Reading

OWN_NUMBER = re.compile(r"\d\s*(?:[人名户件所个%％]|[万亿]?元|万人)")


def is_open(reading: Reading, case: Case) -> bool:
    """Whether a number may be of a part, or of the whole, that the words right beside it do not name."""
    return _is_carried(reading, case) or is_of_part_above(reading, case) or _is_dropped(reading, case)


def _is_carried(reading: Reading, case: Case) -> bool:
    """Whether a part named for another figure's number is taken for this one's too."""
    stated = stated_dimensions()
    by_part = len(reading.wanted) == 1 and any(name in stated for name, _ in reading.wanted[0].scope)
    said = reading.context.stretch
    anew = any(word in said for word in case.figure_words)
    here = any(one.dimension in stated for one in case.parts.named(said + reading.context.near_after))
    return by_part and reading.context.last is not None and anew and not here


def _is_dropped(reading: Reading, case: Case) -> bool:
    """高中阶段（普高和中职）受助63000人，发放13718.35万元: whether parts that open the sentence may be meant, too."""
    before = reading.context.before
    named = [
        one for one in case.parts.named(before) if one.dimension in stated_dimensions() or one.dimension == "whole"
    ]
    opens = bool(named) and named[0].dimension != "whole" and named[0].start - timed(before) <= OPENING
    return (
        opens
        and len(reading.wanted) == 1
        and not reading.wanted[0].scope
        and "whole" not in {one.dimension for one in named}
    )


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
