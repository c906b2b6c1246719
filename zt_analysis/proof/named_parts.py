"""A whole whose parts are named once and counted elsewhere: 高中阶段教育（包括普通高中、职业高中）招生988万人."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from zt_analysis.proof.chains import Chain
from zt_analysis.proof.definitions import Definition
from zt_analysis.proof.growth import printed
from zt_analysis.proof.intervals import Interval
from zt_analysis.proof.judging import judged
from zt_analysis.proof.result import Finding, Quantity
from zt_analysis.proof.words import HEAD_AT_END, normal

NAMED = re.compile(
    r"[（(](?:(?:包括|含)(?P<parts>[^（）()\d，,；;。]{3,120})|(?P<list>[^（）()\d，,；;。、]{3,20}(?:、[^（）()\d，,；;。、]{3,20}){2,}))[）)]"
)
NOTED = re.compile(r"(?P<of>[^，,。；;]{2,12}?)(?:包括|包含)(?P<parts>[^，,；;。（）()\d]{3,120})。?")
NARROW = 1000
FEWEST = 2
SEPARATOR = re.compile(r"、|和|及|以及|与")
Levels = Mapping[tuple[str, str], Chain]


def noted_parts(defined: Iterable[Definition]) -> dict[str, list[str]]:
    """The parts that a note names, by what they are of: [13]高中阶段包括普通高中、成人高中、中等职业学校。."""
    found: dict[str, list[str]] = {}
    for one in defined:
        noted = NOTED.fullmatch(re.sub(r"\s", "", one.says))
        names = [each for each in SEPARATOR.split(noted["parts"]) if each] if noted else []
        if noted and len(names) > 1:
            found[normal(noted["of"])] = names
    return found


def named_part_findings(
    here: Sequence[Chain], everywhere: Levels, noted: Mapping[str, Sequence[str]]
) -> Iterator[Finding]:
    """The levels of a sentence against those of the parts that its brackets, or a note, name."""
    if not here:
        return
    first = here[0].sentence
    named = NAMED.search(first.text)
    if named is None or (first.start + named.start()) > here[0].subject.start:
        yield from _noted(here, everywhere, noted)
        return
    names = [one for one in SEPARATOR.split(named["parts"] or named["list"]) if one]
    topic = normal(HEAD_AT_END.sub("", re.sub(r"^.*?全[国省市县]", "", first.text[: named.start()])))
    yield from _of_parts(here, topic, names, everywhere)


def _noted(here: Sequence[Chain], everywhere: Levels, noted: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    topics = [one for one in noted if here[0].subject.key.startswith(one)]
    if not topics:
        return
    topic = max(topics, key=len)
    yield from _of_parts(here, topic, noted[topic], everywhere)


def _of_parts(here: Sequence[Chain], topic: str, names: Sequence[str], everywhere: Levels) -> Iterator[Finding]:
    checked: list[list[Finding]] = []
    for chain in here:
        level = chain.level
        if level is None or level.depth or not level.is_level or not level.key.startswith(topic) or not topic:
            continue
        parts = [_part(name, level.key[len(topic) :], level.unit, everywhere) for name in names]
        found = [one for one in parts if one is not None and one.level is not None]
        if chain in found or len(found) < FEWEST:
            continue
        sums = list(_sums(chain, level, found))
        # a part that is not printed may be nothing; what adds up without it to four digits is no chance
        exact = level.interval.high - level.interval.low <= level.interval.high / NARROW
        if len(found) == len(names):
            checked.append(sums)
        elif exact and all(one.holds for one in sums):
            yield from sums
    for one in checked:
        yield from _settled(one, [finding for each in checked for finding in each])


def _settled(findings: Sequence[Finding], all_of: Sequence[Finding]) -> Iterator[Finding]:
    """What fails beside what holds is wrong; a measure of which nothing holds is counted in another way."""
    holding = sum(bool(one.holds) for one in all_of)
    beside = any(one.holds for one in findings) or (len(findings) == 1 and holding > 1)
    sure = beside and 2 * holding >= len(all_of)
    for one in findings:
        yield one if one.holds or sure else replace(one, holds=None)


def _part(name: str, measure: str, unit: str, everywhere: Levels) -> Chain | None:
    names = [normal(name), normal(HEAD_AT_END.sub("", name))]
    measures = [measure, ""] if measure in ("学校", "校") else [measure]
    fitting = [everywhere[one + each, unit] for one in names for each in measures if (one + each, unit) in everywhere]
    return fitting[0] if fitting else None


def _sums(chain: Chain, level: Quantity, parts: Sequence[Chain]) -> Iterator[Finding]:
    levels = [one.level for one in parts if one.level is not None]
    yield from _sum(level, levels)
    changes = [one.changes[0] for one in (chain, *parts) if one.changes]
    if len(changes) == len(parts) + 1 and len({one.reference for one in changes} - {""}) <= 1:
        yield from _sum(changes[0].quantity, [one.quantity for one in changes[1:]])


def _sum(whole: Quantity, parts: Sequence[Quantity]) -> Iterator[Finding]:
    total = Interval(Fraction(0), Fraction(0))
    for one in parts:
        total = total + one.interval
    found = judged("sum", whole, total, parts, " + ".join(map(printed, parts)))
    if found:
        yield found
