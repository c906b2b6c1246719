"""What is left of what came and what went: 新立案798件、销案1846件，净减1048件."""

from __future__ import annotations

import zt_analysis.expressions as re
from zt_analysis.indicators import find
from zt_analysis.tying.derived_from import LEAST, Clause, Found, follows, last_of
from zt_analysis.tying.readings import Reading

NET = re.compile(
    r"[，,；;]\s*(?:两者|二者|增减|两相)?(?:相抵(?:之?后)?|累计|共|合计)*[，,]?净(?:(?P<more>增)加?|(?:减少?|销|降))(?:案件)?了?(?:为|达)?$"
)
CAME = "新"


def net(clause: Clause) -> Found | None:
    """净减1048件: of the two numbers right before, of which the one counts what is new and the other does not."""
    found = NET.search(clause.text)
    last = last_of(clause, LEAST, found.start()) if found else ()
    if found is None or len(last) != LEAST or not follows(clause, last[-1], found.start()):
        return None
    came = [one for one in last if _is_new(one, clause)]
    one, other = (each.wanted[0] for each in last)
    if len(came) != 1 or (one.period, one.scope) != (other.period, other.scope) or find(one.indicator).unit != "cases":
        return None
    went = next(each for each in last if each is not came[0])
    pair = (came[0], went) if found["more"] else (went, came[0])
    return Found("more", tuple(each.wanted[0] for each in pair), found.start(), last)


def _is_new(one: Reading, clause: Clause) -> bool:
    (wanted,) = one.wanted
    words = (word for each in clause.case.phrases if each.indicator == wanted.indicator for word in each.words)
    return any(word.startswith(CAME) for word in words)
