"""What was to be and what is: 应到45人，实到43人，到会率95.6%; 计划招聘320名，到岗298名，缺口22名."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zt_analysis.proof.growth import printed
from zt_analysis.proof.intervals import Interval, ratio
from zt_analysis.proof.judging import judged
from zt_analysis.proof.reading import is_class
from zt_analysis.proof.result import SHARES, Finding, Quantity

# words that a rate may carry before the word it is of: 综合合格率, 问题发现率
RATE = re.compile(
    r"(?:^|[，,；;])(?:其|总|综合|整体|总体|平均|问题)?(?P<of>[一-鿿]{2})率(?:约|达到?|为|是|仅|仅为|高达)*$"
)
LEFT = re.compile(
    r"^[，,；;](?:目前|现|仍|尚|还)?(?:有)?(?:缺口|结余|节余|剩余|尚余|结存|还差|尚差|差额|短缺|空缺|缺额|缺编)(?:资金|人数|数)?(?:约|达|为|是|有)*$"
)
DUE = re.compile(r"应|计划|预算|核定|编制|拟|目标|需|安排|下达|年初|可用|申报|报名|参加|共")
DONE = re.compile(r"已|实际|实有|实到|到位|到岗|支出|使用|完成|执行|现有|在岗|落实|拨付|兑付|发放")
# words by which the number before says that it is of what a rate is
MOVED = re.compile(r"比|较|同比|环比|上年|去年")


def attained_findings(quantities: Sequence[Quantity]) -> Iterator[Finding]:
    """Rates and gaps that two numbers right before them give."""
    plain = [one for one in quantities if not one.depth]
    for place in range(2, len(plain)):
        due, done, said = plain[place - 2 : place + 1]
        pair = due.is_level and done.is_level and due.unit == done.unit and bool(due.unit)
        if not pair or is_class(due) or is_class(done) or MOVED.search(done.lead) or MOVED.search(said.lead):
            continue
        found = _rate(due, done, said) if said.is_rate else _left(due, done, said)
        if found:
            yield found


def _rate(due: Quantity, done: Quantity, said: Quantity) -> Finding | None:
    named = RATE.search(said.lead)
    if named is None or done.interval.low > due.interval.high:
        return None
    attending = bool(re.search(r"应", due.lead)) and bool(re.search(r"实", done.lead))
    if not attending and named["of"] not in done.lead + done.tail.partition("，")[0]:
        return None
    share = ratio(done.interval, due.interval)
    computed = share.times(1 / SHARES[said.unit]) if share else None
    return judged("share", said, computed, (due, done), f"{printed(done)} ÷ {printed(due)}")


def _left(due: Quantity, done: Quantity, said: Quantity) -> Finding | None:
    if not said.is_level or said.unit != due.unit or not LEFT.match(said.lead):
        return None
    if not DUE.search(due.lead) or not DONE.search(done.lead + done.tail.partition("，")[0]):
        return None
    gap: Interval = due.interval - done.interval
    return judged("difference", said, gap, (due, done), f"{printed(due)} - {printed(done)}")
