"""One relation judged: the printed interval against the computed one, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from zt_analysis.figures import round_half_up
from zt_analysis.proof.intervals import Interval
from zt_analysis.proof.result import Finding, Quantity

DIGITS = re.compile(r"[-+]?[\d,，.\s]+")


def judged(
    kind: str, target: Quantity, computed: Interval | None, others: Iterable[Quantity], way: str = ""
) -> Finding | None:
    """``target`` held against what ``others`` give for it; None where they give nothing.

    Args:
        kind: the term of the relation.
        target: the number that is held.
        computed: what it should be, in its own base unit.
        others: the numbers that it was computed from.
        way: how, in signs: ``433 ÷ (5.24万 - 433)``.
    """
    if computed is None:
        return None
    holds = target.interval.meets(computed)
    numbers = tuple(sorted({(one.start, one.end) for one in (*others, target)}))
    middle = (target.interval.low + target.interval.high) / 2 - (computed.low + computed.high) / 2
    return Finding(
        kind,
        holds,
        numbers,
        flat(target.mention.surface),
        f"{way} = {shown(computed, target)}" if way else shown(computed, target),
        "" if holds else signed(middle, target),
        (target.start, target.end),
    )


def flat(text: str) -> str:
    """``text`` on one line."""
    return re.sub(r"\s+", "", text)


def scale_of(one: Quantity) -> Fraction:
    """What one printed unit is in base units: 10000 for 5.24万所."""
    mention = one.mention
    return Fraction(mention.step) * Fraction(10) ** mention.decimals


def unit_of(one: Quantity) -> str:
    """What is printed behind the digits: 万所, %, 个百分点."""
    surface = flat(one.mention.surface)
    last = list(re.finditer(r"\d", surface))
    words = surface[last[-1].end() :] if last else one.mention.unit
    return words if last else "" if one.unit in ("ratio",) else words


def shown(interval: Interval, like: Quantity) -> str:
    """``interval`` in the unit of ``like``, with a digit more than it prints where the ends differ."""
    if like.mention.unit == "1":  # 四分之一 is no 0.25
        return "～".join(dict.fromkeys(f"{round_half_up(one * 100, 2):f}%" for one in (interval.low, interval.high)))
    scale, places = scale_of(like), like.mention.decimals
    size = [abs(interval.low), abs(interval.high)]
    for more in (0, 1, 2):
        low, high = sorted(f"{round_half_up(one / scale, places + more):f}" for one in size)
        if low != high and float(low) > float(high):
            low, high = high, low
        if low == high or more == 1:
            break
    if not places:
        low, high = (one.rstrip("0").rstrip(".") if "." in one else one for one in (low, high))
    if interval.high < 0:
        low, high = f"-{high}", f"-{low}"
    return f"{low}{unit_of(like)}" if low == high else f"{low}～{high}{unit_of(like)}"


def signed(value: Fraction, like: Quantity) -> str:
    """``value`` with its sign in the unit of ``like``."""
    number = round_half_up(abs(value) / scale_of(like), like.mention.decimals + (1 if like.mention.decimals else 0))
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{'+' if value >= 0 else '-'}{text}{unit_of(like)}"
