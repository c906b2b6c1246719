"""A whole whose parts are named once and counted elsewhere: 高中阶段教育（包括普通高中、职业高中）招生988万人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from zt_analysis.proof.chains import Chain
from zt_analysis.proof.growth import printed
from zt_analysis.proof.intervals import Interval
from zt_analysis.proof.judging import judged
from zt_analysis.proof.result import Finding, Quantity
from zt_analysis.proof.words import HEAD_AT_END, normal

NAMED = re.compile(r"[（(](?:包括|含)(?P<parts>[^（）()\d，,；;。]{3,120})[）)]")
SEPARATOR = re.compile(r"、|和|及|以及|与")
Levels = Mapping[tuple[str, str], Chain]


def named_part_findings(here: Sequence[Chain], everywhere: Levels) -> Iterator[Finding]:
    """The levels of a sentence that names the parts of its subject, against those of the parts, if all are printed."""
    first = here[0].sentence if here else None
    named = NAMED.search(first.text) if first else None
    if first is None or named is None or (first.start + named.start()) > here[0].subject.start:
        return
    names = [one for one in SEPARATOR.split(named["parts"]) if one]
    topic = normal(HEAD_AT_END.sub("", re.sub(r"^.*?全[国省市县]", "", first.text[: named.start()])))
    checked: list[list[Finding]] = []
    for chain in here:
        level = chain.level
        if level is None or level.depth or not level.is_level or not level.key.startswith(topic) or not topic:
            continue
        parts = [_part(name, level.key[len(topic) :], level.unit, everywhere) for name in names]
        found = [one for one in parts if one is not None and one.level is not None]
        if len(found) == len(names) > 1 and chain not in found:
            checked.append(list(_sums(chain, level, found)))
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
