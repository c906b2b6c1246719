"""A rate or mean of all between those of its parts: boys and girls, town and country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zt_analysis.proof.growth import printed
from zt_analysis.proof.intervals import Interval
from zt_analysis.proof.judging import judged
from zt_analysis.proof.ratios import stated_ratio
from zt_analysis.proof.result import SHARES, Finding, Quantity

BOTH = re.compile(r"(?:男、?女|女、?男)(?:生|童|性|教师|学生)?[一-鿿]{0,12}分别(?:为|是|达到?)?[：:]?$")
MEAN = re.compile(r"平均(?:规模|[一-鿿]{0,4})|[校班生人]均[一-鿿]{0,4}|生师比(?:约?为|是)?$")
AMONG = re.compile(r"^[，,；;]?其中[，,：:]?")
LISTED = re.compile(r"^[，,、；;][^，,；;。]{1,14}$")
GAP = re.compile(
    r"^[，,；;](?:(?:男女|女男)?[一-鿿]{0,8}性别差(?:异|距)?(?:为|是)|[男女](?:生|童|性)?(?:比|高于|低于|高出|较)[男女](?:生|童|性)?(?:高|低|高出)?)$"
)


def between_findings(quantities: Sequence[Quantity]) -> Iterator[Finding]:
    """净入学率99.05%，其中男女童净入学率分别为99.08%和99.01%: together they are all, so the rate lies between."""
    yield from _means([one for one in quantities if not one.depth])
    for place, first in enumerate(quantities[:-1]):
        second = quantities[place + 1]
        pair = first.is_rate and second.is_rate and first.unit == second.unit
        if not pair or not BOTH.search(first.lead) or second.lead not in ("和", "与", "、", "及"):
            continue
        whole = quantities[place - 1] if place else None
        if whole is not None and whole.is_rate and whole.unit == first.unit and _measure(whole, first):
            ends = (first.interval, second.interval)
            span = Interval(min(one.low for one in ends), max(one.high for one in ends))
            found = judged("between", whole, span, (first, second))
            if found:
                yield found
        behind = quantities[place + 2] if place + 2 < len(quantities) else None
        if behind is not None and behind.unit == "百分点" and GAP.match(behind.lead):
            yield from _gap(behind, first, second)


def _means(plain: Sequence[Quantity]) -> Iterator[Finding]:
    """校均规模10197人，其中，本科学校14444人，专科学校6336人: where it lies outside, there may be a third part."""
    for whole, first, second in zip(plain, plain[1:], plain[2:], strict=False):
        alike = whole.unit == first.unit == second.unit and not (first.is_change or second.is_change)
        if not alike or not MEAN.search(whole.lead) or not AMONG.match(first.lead) or not LISTED.match(second.lead):
            continue
        spans = [stated_ratio(one) or one.interval for one in (whole, first, second)]
        between = Interval(min(one.low for one in spans[1:]), max(one.high for one in spans[1:]))
        numbers = tuple((one.start, one.end) for one in (whole, first, second))
        holds = True if spans[0].meets(between) else None
        low, high = sorted((first, second), key=lambda one: (stated_ratio(one) or one.interval).low)
        yield Finding("between", holds, numbers, printed(whole), f"{printed(low)}～{printed(high)}", at=numbers[0])


def _measure(whole: Quantity, first: Quantity) -> bool:
    """Whether the rate of all is of what the rates of both are: 净入学率 in both names."""
    named = re.search(r"([一-鿿]{1,4}率)[一-鿿]{0,3}$", whole.lead)
    return named is not None and "其中" in first.lead and named[1][-3:] in first.lead


def _gap(points: Quantity, first: Quantity, second: Quantity) -> Iterator[Finding]:
    """The gap between two rates, whichever is higher."""
    factor = SHARES[first.unit] * 100
    apart = (first.interval - second.interval).times(factor)
    if apart.low < 0 < apart.high:
        apart = Interval(-max(-apart.low, apart.high), max(-apart.low, apart.high))
    elif apart.high <= 0:
        apart = Interval(-apart.high, -apart.low)
    size = abs(points.interval.low + points.interval.high) / 2
    half = (points.interval.high - points.interval.low) / 2
    way = f"|{printed(first)} - {printed(second)}|"
    found = judged("points", points, apart, (first, second), way)
    if found:
        holds = Interval(size - half, size + half).meets(apart)
        yield Finding(found.kind, holds, found.numbers, found.states, found.computed, found.difference, found.at)
