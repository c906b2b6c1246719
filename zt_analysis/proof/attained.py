"""What was to be and what is: 应到45人，实到43人，到会率95.6%; 计划招聘320名，到岗298名，缺口22名."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from zt_analysis.proof.chains import Chain
from zt_analysis.proof.growth import printed
from zt_analysis.proof.intervals import Interval, ratio
from zt_analysis.proof.judging import judged
from zt_analysis.proof.reading import is_class
from zt_analysis.proof.result import SHARES, Finding, Quantity

# words that a rate may carry before the word it is of: 综合合格率, 问题发现率
RATE = re.compile(r"(?:^|[，,；;])(?P<about>[一-鿿]{0,4}?)(?P<of>[一-鿿]{2})率(?:约|达到?|为|是|仅|仅为|高达)*$")
LEFT = re.compile(
    r"^[，,；;](?:目前|现|仍|尚|还)?(?:有)?(?:缺口|结余|节余|剩余|尚余|结存|还差|尚差|差额|短缺|空缺|缺额|缺编)(?:资金|人数|数)?(?:约|达|为|是|有)*$"
)
DUE = re.compile(r"应|计划|预算|核定|编制|拟|目标|需|安排|下达|年初|可用|申报|报名|参加|共")
LOOKED_AT = re.compile(
    r"抽[检查测样]|检[查测]|核查|排查|摸排|受理|发现|申请|报考|考试|参训|参考|立案|收到|登记|[任业]务|毕业"
)
DONE = re.compile(r"已|实际|实有|实到|到位|到岗|支出|使用|完成|执行|现有|在岗|落实|拨付|兑付|发放")
PLANNED = re.compile(r"计划|目标|任务|预算|应")
PLAIN = ("", "其", "总", "综合", "整体", "总体", "平均", "问题")
DUE_ALONE = re.compile(r"计划|预算|下达|核定|应|需")
# a rate of one word that is said of what another names
ALIKE = {
    "执行": "支出|使用",
    "支付": "支出|拨付",
    "使用": "支出",
    "到位": "落实",
    "支出": "使用",
    "发放": "兑付",
    "兑现": "兑付|发放",
}
# words by which the number before says that it is of what a rate is
MOVED = re.compile(r"比|较|同比|环比|上年|去年")


def attained_findings(quantities: Sequence[Quantity], before: Sequence[Chain]) -> Iterator[Finding]:
    """Rates and gaps that two numbers before them give: of the sentence, or what was due of the sentence before."""
    plain = [one for one in quantities if not one.depth]
    for place, said in enumerate(plain):
        levels = _back(plain[:place])
        if not levels or MOVED.search(said.lead):
            continue
        done = _done(levels, said) if said.is_rate else levels[-1]
        if done is None:
            continue
        earlier = levels[: levels.index(done)]
        first = None if earlier else _whole(before, done)
        dues = [one for one in (first, *earlier) if one is not None and _pair(one, done)]
        found = [_rate(one, done, said) if said.is_rate else _left(one, done, said) for one in reversed(dues)]
        yield from _nearest([one for one in found if one], among=len(dues) > 1 and "其中" in done.lead)


def _done(levels: Sequence[Quantity], said: Quantity) -> Quantity | None:
    """The nearest level that a rate names: of 合格154批次，不合格2批次，合格率98.7% the first."""
    named = RATE.search(said.lead)
    if named is None:
        return None
    word = re.compile(rf"(?<![不未无非])(?:{named['of']}|{ALIKE.get(named['of'], named['of'])})")
    fitting = [one for one in levels if word.search(_words(one))]
    attending = [one for one in levels[1:] if "实" in one.lead]
    return fitting[-1] if fitting else attending[-1] if attending else None


def _words(one: Quantity) -> str:
    return one.lead + one.tail.partition("，")[0]


def _back(plain: Sequence[Quantity]) -> list[Quantity]:
    """The levels before a number, over the rates that stand between: 已支出9645万元，执行率75.0%，结余."""
    levels: list[Quantity] = []
    for one in reversed(plain):
        if one.is_rate:
            continue
        if not one.is_level or is_class(one):
            break
        levels.insert(0, one)
    return levels


def _nearest(found: Sequence[Finding], *, among: bool) -> Iterator[Finding]:
    """What holds of what may have been due, or else the nearest; of a part (其中) the whole may be another still."""
    holding = next((one for one in found if one.holds), None)
    if holding:
        yield holding
    elif found:
        yield replace(found[0], holds=None) if among else found[0]


def _pair(due: Quantity, done: Quantity) -> bool:
    return due.unit == done.unit and bool(due.unit) and not is_class(due) and not MOVED.search(done.lead)


def _whole(before: Sequence[Chain], done: Quantity) -> Quantity | None:
    """What the sentence before says was to be, where it opens with it: 共下达资金1.2亿元，其中…。已支出9000万元."""
    first = before[0].level if before else None
    if first is None or first.depth or not first.is_level or not DUE.search(first.lead) or first.unit != done.unit:
        return None
    others = [one.level for one in before[1:] if one.level is not None and one.level.unit == first.unit]
    return first if DONE.search(done.lead) and not any(DUE_ALONE.search(one.lead) for one in others) else None


def _rate(due: Quantity, done: Quantity, said: Quantity) -> Finding | None:
    named = RATE.search(said.lead)
    # more may be done than was due, but not than there is
    if named is None or (done.interval.low > due.interval.high and not PLANNED.search(due.lead)):
        return None
    attending = bool(re.search(r"应", due.lead)) and bool(re.search(r"实", done.lead))
    if named["about"] not in PLAIN and named["about"] not in due.lead + _words(done):
        return None
    if not attending and _done([done], said) is None:
        return None
    asked_for = DUE.search(due.lead) or LOOKED_AT.search(due.lead)
    # 失辍学4717人，其中小学失辍学329人，失辍学率0.06%: both are of the rate's word, and it is of neither
    if not (attending or asked_for) and named["of"] in _words(due):
        return None
    if not (attending or "其中" in done.lead or asked_for):
        # 出生人口1465万人；死亡人口998万人，死亡率7.14‰: of neither
        return None
    share = ratio(done.interval, due.interval)
    computed = share.times(1 / SHARES[said.unit]) if share else None
    return judged("share", said, computed, (due, done), f"{printed(done)} ÷ {printed(due)}")


def _left(due: Quantity, done: Quantity, said: Quantity) -> Finding | None:
    if not said.is_level or said.unit != due.unit or not LEFT.match(said.lead):
        return None
    if not DUE.search(due.lead) or not DONE.search(_words(done)):
        return None
    gap: Interval = due.interval - done.interval
    return judged("difference", said, gap, (due, done), f"{printed(due)} - {printed(done)}")
