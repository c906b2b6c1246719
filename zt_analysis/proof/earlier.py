"""A document against earlier issues: the change it prints is the difference between the two levels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from zt_analysis.documents import Document
from zt_analysis.proof.chains import Chain, Change
from zt_analysis.proof.growth import PERIOD, YEAR, middle, printed
from zt_analysis.proof.intervals import Interval, spread
from zt_analysis.proof.judging import judged
from zt_analysis.proof.reading import is_class
from zt_analysis.proof.result import SHARES, Finding, Quantity
from zt_analysis.proof.words import normal

OWN_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|-|—|－)")
FAR = Fraction(1, 4)
BROKEN = Fraction(1, 3)
MOVED = re.compile(
    r"^[，,（(]?(?:比|较|与)上(?:年|期|月|周)(?:同期|末|底)?(?:相比)?[，,]?(?:有所|略有|有较大|小幅|大幅|明显)*(?P<word>增加|增长|提高|上升|减少|下降|降低|持平)"
)
FROM_THEN = re.compile(r"(?:由|从|比|较|与|同|和)(?:上年|去年|上期|上月|[12]\d{3}年|原来|年初)?的?$")
# a change that the text says it counted anew is no slip
REVISED = re.compile(r"同口径|可比口径|调整后|修订|新口径|口径调整|口径变化")
TREND = re.compile(
    r"^[，,]?(?:呈|保持|继续|持续|稳步|逐年|不断|进一步|较快|平稳)+(?:呈|了)?(?P<word>增加|增长|提高|上升|扩大|减少|下降|降低|缩小)"
)
SHORTEST = 2
UP = ("扩大", "增加", "增长", "提高", "上升")


@dataclass(frozen=True, eq=False)
class Issue:
    """A document's levels by name and unit, where the name is printed once; ``year`` is its own."""

    name: str
    year: int | None
    levels: dict[tuple[str, str], Chain]


def issue_of(document: Document, chains: Sequence[Chain]) -> Issue:
    """The levels that ``document`` prints under a name of their own."""
    found: dict[tuple[str, str], Chain | None] = {}
    for chain in chains:
        level, name = chain.level, _name(chain)
        if level is None or level.depth or is_class(level) or level.time or len(name) < SHORTEST:
            continue
        if not (level.is_level or level.is_rate) or chain.subject not in (level, chain.base):
            continue
        place = name, level.unit
        found[place] = None if place in found else chain
    year = OWN_YEAR.search(document.text[:400])
    levels = {place: chain for place, chain in found.items() if chain is not None}
    return Issue(document.name, int(year[1]) if year else None, levels)


def _name(chain: Chain) -> str:
    """The name of a chain's level: of 小学由上年的110所增加到120所 what stands before 由."""
    if chain.subject is chain.level:
        return chain.subject.key
    return FROM_THEN.sub("", normal(chain.subject.subject)) or chain.subject.topic


def earlier_findings(now: Issue, issues: Sequence[Issue]) -> Iterator[Finding]:
    """The changes of ``now`` against the levels of ``issues``, and what all of these print and ``now`` does not."""
    for then in issues:
        for place, chain in now.levels.items():
            before = then.levels.get(place)
            if before is not None and before.level is not None:
                revised = REVISED.search(chain.sentence.text)
                for one in _against(chain, before.level, now, then):
                    yield replace(one, holds=None) if revised and one.holds is False else one
    if len(issues) > 1:
        always = set.intersection(*(set(one.levels) for one in issues)) - set(now.levels)
        for name, unit in sorted(always):
            last = issues[-1].levels[name, unit].level
            yield Finding("missing", None, (), name, f"{issues[-1].name} {printed(last) if last else unit}")


def _against(chain: Chain, before: Quantity, now: Issue, then: Issue) -> Iterator[Finding]:
    level = chain.level
    if level is None:
        return
    for one in (*chain.changes, *chain.growths, *chain.share_changes):
        if not one.yearly and _is_before(one.reference, now, then):
            found = _change(one, level, before, then)
            if found:
                yield found
    if chain.base is not None and _is_before(chain.base.time or chain.base.lead.strip("，比较由从的"), now, then):
        found = judged("restated", chain.base, before.interval, ())
        if found:
            yield replace(found, computed=f"{then.name}: {printed(before)}")
    yield from _word(chain, level, before, now, then)
    yield from _break(chain, level, before, now, then)


def _break(chain: Chain, level: Quantity, before: Quantity, now: Issue, then: Issue) -> Iterator[Finding]:
    """A figure a third away from what it was, of which the text says nothing: perhaps counted in another way."""
    told = chain.changes or chain.growths or chain.share_changes or chain.base or MOVED.match(level.tail)
    adjacent = now.year is None or then.year is None or now.year - then.year in (0, 1)
    size = max(abs(middle(level)), abs(middle(before)))
    if told or not adjacent or not size or abs(middle(level) - middle(before)) / size <= BROKEN:
        return
    span = (level.start, level.end)
    yield Finding("break", None, (span,), printed(level), f"{then.name}: {printed(before)}", "", span)


def _is_before(reference: str, now: Issue, then: Issue) -> bool:
    """Whether ``reference`` names the time of ``then``: 上年 the year before, 上期 the issue given."""
    if YEAR.match(reference):
        return now.year is not None and then.year is not None and now.year - then.year == 1
    named = re.match(r"((?:19|20)\d\d)年$", reference)
    if named:
        return then.year == int(named[1])
    return bool(PERIOD.match(reference))


def _change(one: Change, level: Quantity, before: Quantity, then: Issue) -> Finding | None:
    quantity, way = one.quantity, f"{printed(level)} - {printed(before)} ({then.name})"
    computed: Interval | None = level.interval - before.interval
    if quantity.unit in ("百分点", "基点"):
        if not level.is_rate or computed is None:
            return None
        computed = computed.times(SHARES[level.unit] * (100 if quantity.unit == "百分点" else 10000))
    elif quantity.unit in SHARES:
        if before.interval.low <= 0 or level.is_rate:
            return None
        share = spread(lambda a, b: (a - b) / b, level.interval, before.interval)
        computed, way = (share.times(1 / SHARES[quantity.unit]) if share else None), f"({way}) ÷ {printed(before)}"
    elif quantity.unit != level.unit:
        return None
    found = judged("earlier", quantity, computed, (level,), way)
    # so far apart are two different things under one name
    if found and not found.holds and _far(level, before):
        return replace(found, holds=None)
    return found


def _far(level: Quantity, before: Quantity) -> bool:
    size = max(abs(middle(level)), abs(middle(before)))
    return bool(size) and abs(middle(level) - middle(before)) / size > FAR


def _word(chain: Chain, level: Quantity, before: Quantity, now: Issue, then: Issue) -> Iterator[Finding]:
    """比上年有所增加, where it is less; read only where no number says by how much."""
    moved = MOVED.match(level.tail) or TREND.match(level.tail)
    if not moved or chain.changes or chain.growths or chain.share_changes:
        return
    if (
        now.year is None
        or then.year is None
        or (now.year - then.year != 1 and not re.search("上[期月周]", moved.group()))
    ):
        return
    word, gap = moved["word"], middle(level) - middle(before)
    holds = level.interval.meets(before.interval) if word == "持平" else gap > 0 if word in UP else gap < 0
    if level.interval.meets(before.interval):
        holds = True
    span = (level.start, level.end)
    told = None if not holds and _far(level, before) else holds
    yield Finding("earlier", told, (span,), moved.group("word"), f"{printed(before)} → {printed(level)}", "", span)
