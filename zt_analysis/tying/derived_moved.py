"""What a figure has moved between two numbers of it that stand before: 由440人升至823人，增幅达87%.

The one is the figure on the base date and the other that of the paper's day; how they are said is their own reading.
"""

from __future__ import annotations

from dataclasses import replace

import zt_analysis.expressions as re
from zt_analysis.indicators import Wanted, find
from zt_analysis.tying.derived_from import LEAST, Clause, Found, follows, last_of
from zt_analysis.tying.derived_views import FALLS, KINDS, SOFT, VERB, is_view

MOVED = re.compile(
    rf"[，,；;（(]\s*(?:(?:总体|整体|一共|前后|期间|两个?月来?)[，,]?)?{SOFT}(?P<verb>{VERB})了?(?:高?达到?|为)?{SOFT}$"
)


def moved(clause: Clause) -> Found | None:
    """9月20日失辍学5765人，到11月8日降至4717人，降幅18.18%: of the two numbers right before."""
    found = MOVED.search(clause.text)
    last = last_of(clause, LEAST, found.start()) if found else ()
    if found is None or len(last) != LEAST or not follows(clause, last[-1], found.start()):
        return None
    then, now = sorted((one.wanted[0] for one in last), key=lambda one: one.period.as_of)
    if not _is_moved(clause, then, now):
        return None
    kind = KINDS.get(clause.mention.unit, "change")
    if (kind == "growth" and find(now.indicator).unit == "ratio") or not is_view(kind, now):
        return None
    falls = re.fullmatch(FALLS, found["verb"]) is not None
    return Found(f"{kind}-" if falls else kind, (now,), found.start(), last)


def _is_moved(clause: Clause, then: Wanted, now: Wanted) -> bool:
    """Whether they are one figure of the base date and of the paper's day."""
    period = clause.case.paper.period
    at_base = replace(now, period=period.at(period.base_on))
    return now.period == period and find(now.indicator).has_base and then == at_base and then != now
