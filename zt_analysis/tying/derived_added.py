"""Two figures that are named and added up: 上门送教与远程送教合计2031人, and their share in another figure."""

from __future__ import annotations

import zt_analysis.expressions as re
from zt_analysis.indicators import Wanted
from zt_analysis.tying.added_figures import is_of_its_own, total_of
from zt_analysis.tying.derived_from import WORDS, Clause, Found, follows, named_of
from zt_analysis.tying.readings import Reading

TOTAL = r"(?:合计|共计|总计|总共|一共|合共|共|之和)"
_PAIR = (
    rf"(?P<one>{WORDS}{{3,16}}?)(?:以及|[和与及、])(?P<other>{WORDS}{{2,12}}?)(?P<count>这?[两二]项)?"
    "(?P<of>支出|资金|金额|人数)?"
)
ADDED = re.compile(rf"(?:^|[，,；;。：:])\s*{_PAIR}{TOTAL}(?:支出|列支|达到?|为|是|有)*$")
# 营养改善支出与资助发放两项占下达额: both of them
BOTH = re.compile(rf"{_PAIR}(?:{TOTAL}|(?<=项)|(?<=项支出))$")
UNITS = ("persons", "fen", "cases")


def added(clause: Clause) -> Found | None:
    """上门送教与远程送教合计2031人: of the two figures that are named."""
    found = ADDED.search(clause.text)
    wanted = _both(clause, found, found.start("one")) if found else None
    return Found("level", (wanted,), found.start()) if found and wanted else None


def added_up(clause: Clause, begins: int, words: str) -> Wanted | None:
    """The sum of the two figures that ``words`` name, where they stand from ``begins`` on; None of other words."""
    found = BOTH.match(words)
    return _both(clause, found, begins) if found else None


def of_sum(clause: Clause, place: int) -> tuple[Wanted, tuple[Reading, ...]] | None:
    """支出A，发放B，合计C，占下达额的48.11%: the sum right before ``place``, of figures each of which is the whole."""
    last = clause.before[-1] if clause.before else None
    if last is None or not last.parts or not follows(clause, last, place):
        return None
    by_start = {one.mention.start: one for one in clause.before}
    parts = [by_start[one.start] for one in last.parts if one.start in by_start]
    if len(parts) != len(last.parts) or any(len(one.wanted) != 1 for one in parts):
        return None
    of = [one.wanted[0] for one in parts]
    alike = len({(one.period, one.scope) for one in of}) == 1 and len({one.indicator for one in of}) == len(of)
    wanted = total_of(of[0], (one.indicator for one in of)) if alike else None
    return (wanted, (last,)) if wanted else None


def _both(clause: Clause, found: re.Match[str], begins: int) -> Wanted | None:
    one = _named(clause, begins, found["one"], found["of"])
    other = _named(clause, begins, found["other"], found["of"])
    if one is None or other is None or one.indicator == other.indicator or other.scope not in ((), one.scope):
        return None
    if one.period != other.period or is_of_its_own(found["other"], clause.case):
        return None
    return total_of(one, (one.indicator, other.indicator))


def _named(clause: Clause, begins: int, words: str, of: str | None) -> Wanted | None:
    """The figure that words name, alone or with what is said of both: 营养改善 in 营养改善和资助发放两项支出."""
    for said in dict.fromkeys((words, f"{words}{of or ''}", f"{words}额")):
        if found := named_of(clause, begins, said, UNITS):
            return found
    return None
