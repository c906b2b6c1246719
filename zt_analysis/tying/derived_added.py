"""Two figures that are named and added up: 上门送教与远程送教合计2031人, and their share in another figure."""

from __future__ import annotations

import zt_analysis.expressions as re
from zt_analysis.indicators import Wanted, find
from zt_analysis.indicators.views import View
from zt_analysis.tying.added_figures import is_of_its_own, total_of
from zt_analysis.tying.derived_from import WORDS, Clause, Found, follows, named_in, named_of
from zt_analysis.tying.forms import JOINS
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
# 9月20日以来，受助、劝返、送教三项合计增加1846人
_NAME = rf"{WORDS}{{2,12}}?"
SUM_MOVED = re.compile(
    rf"(?:^|[，,；;。：:])\s*(?P<names>{_NAME}(?:[、和与及]{_NAME})+)(?:[两二三四五六]项|[两三]者)?(?:人数|资金)?{TOTAL}(?:已|又|净)*"
    r"(?P<verb>增加|增长|增多|上升|多了?|新增|减少|下降|少了?)(?:了|约|近)*$"
)
# ，合计增加1278人
TOGETHER = re.compile(
    rf"[，,；;](?:以上)?(?:[两二三四五六]项|[两三]者)?{TOTAL}(?:净)?(?P<verb>增加|增长|增多|上升|减少|下降)(?:了|约|近)*$"
)
LEAST = 2
FALLS = ("减", "下", "少")


def added(clause: Clause) -> Found | None:
    """上门送教与远程送教合计2031人: of the two figures that are named."""
    found = ADDED.search(clause.text)
    wanted = _both(clause, found, found.start("one")) if found else None
    return Found("level", (wanted,), found.start()) if found and wanted else None


def sum_moved(clause: Clause, base: re.Match[str]) -> Found | None:
    """受助、劝返、送教合计增加1846人: of the figures that are named together.

    Args:
        base: where it is said since when.
    """
    found = SUM_MOVED.search(clause.text)
    if found is None or found.start() + 1 < base.end():
        return None
    of: list[Wanted] = []
    named = clause.case.parts.named(found["names"], clause.case.figure_words)
    place = named[0].text if len(named) == 1 and not named[0].start and named[0].values else ""
    for word in JOINS.split(found["names"]):
        # 东川县受助、劝返: the place is said once
        one = named_in(clause, clause.text[: base.start()], f"{place if of else ''}{word}", UNITS)
        alike = not of or one is None or (one.scope, one.period) == (of[0].scope, of[0].period)
        if one is None or not alike or (of and is_of_its_own(word, clause.case, clause.case.figure_words)):
            return None
        of.append(one)
    wanted = total_of(of[0], (one.indicator for one in of)) if len({one.indicator for one in of}) == len(of) else None
    return (
        Found("change-" if found["verb"].startswith(FALLS) else "change", (wanted,), base.start()) if wanted else None
    )


def changes_added(clause: Clause) -> Found | None:
    """受助增加895人，送教增加383人，合计增加1278人: of the changes before it."""
    found = TOGETHER.search(clause.text)
    ends = clause.begins + found.start() if found else 0
    before = [one for one in clause.before if one.mention.end <= ends and len(one.wanted) == 1]
    views = [find(one.wanted[0].indicator) for one in before]
    levels = [one.needs[0].indicator for one in views if isinstance(one, View) and one.kind == "change"]
    if found is None or len(levels) < LEAST or len(levels) != len(clause.before) or len(set(levels)) != len(levels):
        return None
    of = [one.wanted[0] for one in before]
    alike = len({(one.period, one.scope) for one in of}) == 1 and before[-1].mention.end == ends
    wanted = total_of(of[0], levels) if alike else None
    falls = found["verb"].startswith(FALLS)
    return Found("change-" if falls else "change", (wanted,), found.start(), tuple(before)) if wanted else None


def is_sum(text: str) -> bool:
    """Whether a change that ``text`` ends with is said of several names together."""
    return SUM_MOVED.search(text) is not None


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
