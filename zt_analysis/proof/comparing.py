"""One thing compared with another of the text: 男生比女生多40人, 是女生的2倍."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from zt_analysis.proof.chains import Chain
from zt_analysis.proof.growth import printed
from zt_analysis.proof.intervals import Interval, spread
from zt_analysis.proof.judging import flat, judged
from zt_analysis.proof.result import SHARES, Finding, Quantity
from zt_analysis.proof.words import JOINING, REFERENCE

THAN = re.compile(
    r"(?:^|[，,；;：:。])(?P<one>[^，,；;：:。]{0,16}?)(?:比|较)(?P<other>[^，,；;：:。]{1,16}?)"
    r"(?:分别)?(?P<way>多|少|高|低|增加|减少|增长|下降)(?:出|了|招生?|收|支|发)*(?:约|近)?$"
)
ABOVE = re.compile(
    r"(?:^|[，,；;：:。])(?P<one>[^，,；;：:。]{0,16}?)(?P<way>高于|低于|多于|少于|超过|超出|不及|高出|落后于?)(?P<other>[^，,；;：:。]{1,16}?)(?:约|近|达)?$"
)
MULTIPLE = re.compile(
    r"(?:^|[，,；;：:。])(?P<one>[^，,；;：:。]{0,16}?)(?:是|为|相当于|达到?)(?P<other>[^，,；;：:。是为]{1,16}?)的?$"
)
BESIDE = re.compile(r"^[，,](?P<way>高于|低于|超过|超出|高出|不及)(?:全[国省市县区州]|同期)?[一-鿿]{0,6}$")
MEAN = re.compile(r"^的(?:平均水平|平均值|平均数|目标值?|要求|标准)$")
# 比9月20日: a day is no thing of the text
TIME = re.compile(rf"{REFERENCE}|\d\s*[年月日号]|[年月][底初末]$")
DOWN = ("少", "低", "减少", "下降", "低于", "少于", "不及", "落后", "落后于")
SHORTEST = 2


def comparing_findings(here: Sequence[Chain], before: Sequence[Sequence[Chain]]) -> Iterator[Finding]:
    """What a sentence says of two things, against what is printed of each before it."""
    if here:
        yield from _beside([one for one in here[0].sentence.quantities if not one.depth])
    for place, chain in enumerate(here):
        for one in _comparisons(chain):
            multiple = one.unit == "×"
            words = MULTIPLE.search(one.lead) if multiple else THAN.search(one.lead) or ABOVE.search(one.lead)
            if not words or TIME.search(words["other"]) or TIME.search(words["one"]):
                continue
            pools = [list(here[:place]), *before]
            first = _level(words["one"], pools, one) or (None if words["one"] else _last(here[:place], one))
            other = _level(words["other"], pools, one)
            if first and other and first is not other:
                down = not multiple and words["way"] in DOWN
                found = _multiple(one, first, other) if multiple else _difference(one, first, other, down=down)
                if found:
                    yield found


def _beside(plain: Sequence[Quantity]) -> Iterator[Finding]:
    """辍学率0.32%，低于全市0.45%的平均水平0.13个百分点."""
    for first, other, one in zip(plain, plain[1:], plain[2:], strict=False):
        words = BESIDE.match(other.lead)
        alike = first.is_rate and other.unit == first.unit and one.unit in ("百分点", "基点")
        if words and MEAN.match(one.lead) and alike:
            # behind 低于 the reader of numbers takes it for a change
            low, high = sorted((abs(other.interval.low), abs(other.interval.high)))
            level = replace(other, interval=Interval(low, high))
            found = _difference(one, first, level, down=words["way"] in DOWN)
            if found:
                yield found


def _comparisons(chain: Chain) -> list[Quantity]:
    one = chain.subject
    return [one] if one.is_change or (one.unit == "×" and one.mention.kind == "rate") else []


def _level(name: str, pools: Sequence[Sequence[Chain]], like: Quantity) -> Quantity | None:
    """The one level that ``name`` names, in the nearest sentence that has it."""
    name = re.sub(r"^(?:其中|而|且|则|但)|(?:数量?|人数)$", "", name)
    if len(name) < SHORTEST:
        return None
    name = JOINING.sub("", name) or name
    for chains in pools:
        levels = [one.level for one in chains if one.level is not None and _comparable(one.level, like)]
        exact = [one for one in levels if name in (one.subject, one.key)]
        fitting = exact or [one for one in levels if one.subject.startswith(name) or one.subject.endswith(name)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def _last(chains: Sequence[Chain], like: Quantity) -> Quantity | None:
    levels = [one.level for one in chains if one.level is not None and _comparable(one.level, like)]
    return levels[-1] if levels else None


def _comparable(level: Quantity, like: Quantity) -> bool:
    if like.unit in ("百分点", "基点"):
        return level.is_rate
    if like.unit in SHARES or like.unit == "×":
        return level.is_level
    return level.unit == like.unit and (level.is_level or level.mention.kind == "money")


def _difference(one: Quantity, first: Quantity, other: Quantity, *, down: bool) -> Finding | None:
    gap = first.interval - other.interval
    way = f"{printed(first)} - {printed(other)}"
    if one.unit in ("百分点", "基点"):
        gap = gap.times(SHARES[first.unit] * (100 if one.unit == "百分点" else 10000))
    elif one.unit in SHARES:
        if other.interval.low <= 0:
            return None
        share = spread(lambda a, b: (a - b) / b, first.interval, other.interval)
        gap = share.times(1 / SHARES[one.unit]) if share else gap
        way = f"({way}) ÷ {printed(other)}"
    # a fall is printed without its sign
    size = abs(one.interval.low + one.interval.high) / 2
    half = (one.interval.high - one.interval.low) / 2
    sign = -1 if down else 1
    stated = Interval(sign * size - half, sign * size + half)
    found = judged("difference", one, gap, (first, other), way)
    if found is None:
        return None
    holds = stated.meets(gap)
    return found if found.holds == holds else _again(found, holds)


def _again(found: Finding, holds: bool) -> Finding:
    return Finding(found.kind, holds, found.numbers, found.states, found.computed, "", found.at)


def _multiple(one: Quantity, first: Quantity, other: Quantity) -> Finding | None:
    if other.interval.low <= Fraction(0) or first.unit != other.unit:
        return None
    computed = spread(lambda a, b: a / b, first.interval, other.interval)
    return judged("times", one, computed, (first, other), f"{flat(first.mention.surface)} ÷ {printed(other)}")
