"""What sums share: the words of a whole and its parts, and one relation of a part to its whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from zt_analysis.proof.growth import printed
from zt_analysis.proof.intervals import Interval
from zt_analysis.proof.result import Finding, Quantity

TOTAL = re.compile(
    r"^[，,、；;：:]?(?:以上|上述|这)?(?:全[国省市县区州乡镇校班园年]|全学年|上半年|下半年)?(?:[两二三四五六七八九]|\d)?(?:项|者|类|级|部分|学?段|种|个?部分|县|校|地|批|次|轮|期|科)?(?:加起来|相加|之和)?的?"
    r"(?:合计|共计|总计|一共|总共|累计|合共|共有|共|总数|总额)(?:为|达到?|有|是|约|资助|投入|支出|安排|发放|下达|完成|招生|招收|配备)*$"
)
AMONG = re.compile(r"其中")
# 其余县均不足60人: of each of them, not of all
EACH = re.compile(r"[均都皆各]")
AVERAGE = re.compile(r"平均|[校班人户均]均|[均都皆各](?=[^，,；;]{0,3}$)|规模|最[高低多少大小]|比例|标准")
GIVEN = re.compile(r"共|合计|总计|总数|总|全|现有")


def summed(parts: Sequence[Quantity]) -> Interval:
    """What the parts are together."""
    total = Interval(Fraction(0), Fraction(0))
    for one in parts:
        total = total + one.interval
    return total


def added(parts: Sequence[Quantity]) -> str:
    """The parts with the signs between them."""
    signs = (f" {'-' if one.interval.high < 0 else '+'} {printed(one)}" for one in parts)
    return "".join(signs).removeprefix(" + ").strip()


def some(found: Finding | None) -> Iterator[Finding]:
    """The finding, if there is one."""
    if found:
        yield found


def within(part: Quantity, whole: Quantity) -> Finding:
    """A part, which is no more than its whole."""
    numbers = tuple(sorted(((whole.start, whole.end), (part.start, part.end))))
    holds = part.interval.low <= whole.interval.high
    return Finding("part", holds, numbers, printed(part), f"≤ {printed(whole)}", at=(part.start, part.end))
