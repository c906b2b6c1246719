"""Level, change, growth and base: each follows from two of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from zt_analysis.proof.chains import Chain, Change
from zt_analysis.proof.intervals import Interval, spread
from zt_analysis.proof.judging import flat, judged
from zt_analysis.proof.result import SHARES, Finding, Quantity
from zt_analysis.proof.words import FALLING, RISING, SEMICOLON

YEAR = re.compile(r"^(?:上年|去年|上一年|前一年|同比|同期|上学?年度?|历史同期)")
HUNDRED = 100
# rates that are never above 100%, and what may be
CAPPED = re.compile(r"合格率|净入学率|净入园率|巩固率|覆盖率|普及率|[升休退辍]学率|录取率|达标率|优秀率|占比|比例")
UNCAPPED = re.compile(r"毛|完成|执行|增长")
MOST_BELOW, MOST_ABOVE = Fraction(17, 20), Fraction(5, 4)
PERIOD = re.compile(r"^(?:环比|上个?[月周期]|前期|前一[期周月])")


def growth_findings(chain: Chain) -> Iterator[Finding]:
    """The relations between the level, base, changes and growths of ``chain``."""
    level, base = chain.level, chain.base
    if level is None or (base is not None and base.unit != level.unit):
        found = [_growth_of_base(chain, one) for one in chain.growths] if base is not None else []
        yield from (one for one in found if one)
        return
    if base is None:
        yield from _impossible(chain, level)
    if level.is_rate:
        yield from _rates(chain, level)
        return
    if not level.is_amount or _other_price(base, level):
        return
    if base is not None:
        yield from _from_base(chain, level, base)
        return
    for one in chain.growths:
        change = _partner(chain.changes, one)
        if change and change.quantity.unit == level.unit:  # 一个多月新增11066.80万元 is no part of a month
            sign = "+" if change.quantity.interval.high < 0 else "-"
            way = f"{printed(change.quantity)} ÷ ({printed(level)} {sign} {printed(change.quantity)})"
            computed = grown(level.interval, change.quantity.interval)
            finding = judged("growth", one.quantity, _in(computed, one.quantity), (level, change.quantity), way)
            if finding:
                yield finding


def _other_price(base: Quantity | None, level: Quantity) -> bool:
    """Whether the two are prices for other things; 由人均3.6万元/年到3.96万元/年 says it once."""
    if base is None or not base.mention.per:
        return False
    return not set((level.mention.per or base.mention.per).split("·")) <= set(base.mention.per.split("·"))


def _impossible(chain: Chain, level: Quantity) -> Iterator[Finding]:
    """A change after which nothing, or more than all, would have been before: 120所，比上年增加320所.

    What is possible proves nothing, and is no finding.
    """
    points = level.is_rate and level.unit == "%"
    for one in chain.share_changes if points else chain.changes:
        quantity = one.quantity
        alike = quantity.unit == "百分点" if points else level.is_level and quantity.unit == level.unit
        # behind a semicolon it may be of the whole again
        if one.yearly or not alike or SEMICOLON.match(quantity.lead):
            continue
        before = level.interval - quantity.interval
        most = HUNDRED if points and CAPPED.search(level.subject) and not UNCAPPED.search(level.subject) else None
        if before.high < 0 or (most is not None and before.low > most):
            numbers = tuple(sorted(((level.start, level.end), (quantity.start, quantity.end))))
            sign = "+" if quantity.interval.high < 0 else "-"
            shown = f"{printed(level)} {sign} {printed(quantity)} {'< 0' if before.high < 0 else '> 100%'}"
            yield Finding("base", False, numbers, printed(quantity), shown, at=(quantity.start, quantity.end))


def grown(level: Interval, change: Interval) -> Interval | None:
    """Growth over the base ``level`` - ``change``; None where the base may be nothing."""
    base = level - change
    return None if base.low <= 0 <= base.high else spread(lambda a, c: c / (a - c), level, change)


def _growth_of_base(chain: Chain, one: Change) -> Finding | None:
    change = _partner(chain.changes, one)
    if not change or chain.base is None or chain.base.unit != change.quantity.unit:
        return None
    computed = spread(lambda c, b: c / b, change.quantity.interval, chain.base.interval)
    way = f"{printed(change.quantity)} ÷ {printed(chain.base)}"
    return judged("growth", one.quantity, _in(computed, one.quantity), (chain.base, change.quantity), way)


def _from_base(chain: Chain, level: Quantity, base: Quantity) -> Iterator[Finding]:
    yield from _direction(chain, level, base)
    found: list[Finding | None] = []
    for one in chain.changes:
        if not one.yearly and one.quantity.unit == level.unit:
            way = f"{printed(level)} - {printed(base)}"
            found.append(judged("base", one.quantity, level.interval - base.interval, (level, base), way))
    for one in chain.growths:
        if not one.yearly:
            computed = _relative(level, base)
            way = f"({printed(level)} - {printed(base)}) ÷ {printed(base)}"
            found.append(judged("base", one.quantity, _in(computed, one.quantity), (level, base), way))
    found += [_times(one, level, base) for one in chain.times]
    yield from (one for one in found if one)


def _relative(level: Quantity, base: Quantity) -> Interval | None:
    """Growth from ``base`` to ``level``; None where the base may be nothing."""
    return spread(lambda a, b: (a - b) / b, level.interval, base.interval) if base.interval.low > 0 else None


def _times(one: Quantity, level: Quantity, base: Quantity) -> Finding | None:
    """倍 and 番: 增长1.5倍 is to 2.5 times, 翻一番 to twice, 是去年的1.5倍 to 1.5 times."""
    if base.interval.low <= 0:
        return None
    more = 1 if one.is_change and "番" not in one.mention.surface else 0
    computed = spread(lambda a, b: a / b - more, level.interval, base.interval)
    found = judged("times", one, computed, (level, base), f"{printed(level)} ÷ {printed(base)}{' - 1' if more else ''}")
    if found and "番" in one.mention.surface:
        # 翻一番 is said of what about doubles
        multiple = middle(level) / middle(base)
        holds = MOST_BELOW <= multiple / middle(one) <= MOST_ABOVE
        return replace(found, holds=holds, difference="" if holds else found.difference)
    return found


def middle(one: Quantity) -> Fraction:
    """The value as printed."""
    return (one.interval.low + one.interval.high) / 2


def _rates(chain: Chain, level: Quantity) -> Iterator[Finding]:
    base = chain.base
    if base is None or not base.is_rate:
        return
    yield from _direction(chain, level, base)
    difference = level.interval - base.interval
    for one in (each for each in chain.share_changes if not each.yearly):
        way = f"{printed(level)} - {printed(base)}"
        found = judged("points", one.quantity, _points(difference, level, one.quantity), (level, base), way)
        if found:
            yield found
    for one in (each for each in chain.growths if not each.yearly):
        points = judged("points", one.quantity, difference, (level, base), f"{printed(level)} - {printed(base)}")
        share = judged("points", one.quantity, _in(_relative(level, base), one.quantity), (level, base))
        relative = bool(share and (share.holds or re.search("幅|率", one.verb)))
        if points and not points.holds and share and relative:
            yield share
        elif points:
            yield points


def _points(difference: Interval, level: Quantity, target: Quantity) -> Interval:
    factor = SHARES.get(level.unit, Fraction(1, 100)) * (100 if target.unit == "百分点" else 10000)
    return difference.times(factor)


def _direction(chain: Chain, level: Quantity, base: Quantity) -> Iterator[Finding]:
    """A rise that falls: 由150所增加到120所."""
    words = chain.verb
    falls, rises = bool(FALLING.search(words)), bool(RISING.search(words))
    if falls == rises:
        return
    wrong = middle(level) > middle(base) if falls else middle(level) < middle(base)
    numbers = tuple(sorted(((base.start, base.end), (level.start, level.end))))
    said = (FALLING if falls else RISING).search(words)
    yield Finding("direction", not wrong, numbers, said.group() if said else "", f"{printed(base)} → {printed(level)}")


def _partner(changes: list[Change], one: Change) -> Change | None:
    """The change that a growth is of: the last before it that is compared with the same."""
    if one.yearly:
        return None
    fitting = [
        change
        for change in changes
        if not change.yearly and (not one.reference or not change.reference or same(one.reference, change.reference))
    ]
    before = [change for change in fitting if change.quantity.start < one.quantity.start]
    return before[-1] if before else fitting[0] if fitting else None


def same(one: str, other: str) -> bool:
    """Whether two references name the same time: 同比 and 去年同期."""
    return one == other or any(pattern.match(one) and pattern.match(other) for pattern in (YEAR, PERIOD))


def _in(share: Interval | None, target: Quantity) -> Interval | None:
    """A share in the unit of ``target``: 0.0083 is 0.83 for a number in %."""
    factor = SHARES.get(target.unit)
    return share.times(1 / factor) if share is not None and factor is not None else None


def printed(one: Quantity) -> str:
    """The number as it stands in the text."""
    return flat(one.mention.surface)
