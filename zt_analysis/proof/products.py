"""Price by count, averages, and percentages of a few whole things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import zt_analysis.expressions as re
from zt_analysis.proof.chains import Chain
from zt_analysis.proof.growth import printed
from zt_analysis.proof.intervals import Interval, half_step, spread
from zt_analysis.proof.judging import judged
from zt_analysis.proof.result import SHARES, Finding, Quantity, Sentence
from zt_analysis.proof.shares import whole_number
from zt_analysis.proof.words import SEMICOLON

# what a price or an average is for, as the unit that counts it
COUNTED = {"人": "人", "生": "人", "名": "人", "学生": "人", "校": "所", "所": "所", "园": "所", "户": "户", "班": "班", "套": "套", "台": "台",
           "册": "册", "间": "间", "辆": "辆", "次": "次", "个": "个", "件": "件", "亩": "亩", "平方米": "平方米", "床": "张", "天": "天", "月": "月",
           "份": "份", "本": "本", "县": "县"}  # fmt: skip
TIMES = ("天", "月", "年", "日", "学期", "学年")
AVERAGE = re.compile(
    r"(?:平均每个?(?P<each>[一-鿿]{1,2}?)(?:有|拥有|配备)?|(?P<mean>[人生校班户园县月])均)(?:[一-鿿]{0,6})?(?:为|达到?|约)?$"
)
OF_WHICH = re.compile(r"^(?:[一-鿿]{0,8})(?:中|里)|^[一-鿿]{0,8}[，,](?:其中)?")
HAVING = re.compile(r"(?:中|其中|有|占)[，,]?(?:有|占|约)?$")
# 户数占23.5%: of households, whatever was counted before
OF_COUNTS = re.compile(r"(?P<of>[人户件次名项所校村]数|[金余总]额|资金|经费)")
MOST_THINGS = 2000
# 三类安置中劝返占48.5%: of what is in them, not of so many kinds
KINDS = ("类", "项", "种", "方面", "条", "种方式")
# a price without a word for what it is of is of the only thing that is counted
ANYTHING = "*"
# 每个乡镇2人，共24人
EVERY = re.compile(r"(?:^|[，,；;])每个?(?P<each>乡镇|县区?|期|批|班|校|组|村|所|单位|学校)$")
SUMMED = re.compile(r"^[，,](?:共计?|合计|总计|累计)[一-鿿]{0,4}$")
ROUNDED = re.compile(r"均|约|大约|左右")
SAID = re.compile(r"(?:^|[，,])[一-鿿]{0,6}?(?:共?需|合计|共计|总计|总价|计)(?:要|安排)?(?:资金|经费|费用)?(?:约|为)*$")
MONTHS = 12
YEAR = r"^[，,；;](?:全年|一年|年)(?:共计?|合计|总计|累计|约|为|达|需|计|补助|发放|支出|投入)*$"


def product_findings(here: Sequence[Chain], sentence: Sentence) -> Iterator[Finding]:
    """The products, averages and percentages of one sentence."""
    levels = [_mean(one) for one in sentence.quantities if one.interval.low > 0 and not one.is_change]
    for one in levels:
        each = _each(one)
        if each:
            near = _segment(one, levels)
            found = list(_product(one, each, near))
            yield from found or (_product(one, each, levels) if len(near) < len(levels) else ())
    yield from _few(here, sentence)


def _mean(one: Quantity) -> Quantity:
    """平均每个县30多户, 平均每县429人: a mean is no whole number, so it may be hardly more than is printed, or rounded."""
    if not AVERAGE.search(one.lead) or one.mention.kind != "count":
        return one
    value = Fraction(one.mention.value) if isinstance(one.mention.value, Decimal) else one.interval.low
    if one.interval.low > value:
        return replace(one, interval=Interval(value, one.interval.high))
    if one.interval == Interval(value, value) and one.mention.qualifier == "exact":
        half = Fraction(one.mention.step) / 2
        return replace(one, interval=Interval(value - half, value + half))
    return one


def _segment(price: Quantity, levels: Sequence[Quantity]) -> list[Quantity]:
    """The numbers between the semicolons around a price: 桌椅3600套，单价168元，合计60万元；设备120台，每台1.8万元."""
    found: list[Quantity] = []
    for one in levels:
        if SEMICOLON.match(one.lead):
            if price in found:
                break
            found = []
        found.append(one)
    return found


def _each(one: Quantity) -> list[str]:
    """What a price or average is for: 每人每天4元 is for 人 and 天."""
    if one.mention.per:
        return one.mention.per.split("·")
    if re.search(r"(?:^|[，,；;])(?:采购|中标)?单价(?:约?为|是|约)?$", one.lead):
        return [ANYTHING]
    every = EVERY.search(one.lead)
    if every and one.mention.kind == "count":
        return [every["each"]]
    found = AVERAGE.search(re.split(r"[，,；;。：:]", one.lead)[-1])
    if not found or one.mention.kind not in ("count", "money"):
        return []
    return [found["each"] or found["mean"]]


def _product(price: Quantity, each: Sequence[str], levels: Sequence[Quantity]) -> Iterator[Finding]:
    units = [COUNTED.get(one, one) for one in each]
    if units[-1:] in (["年"], ["学年"], ["学期"]):
        units = units[:-1]
    if units == ["月"] and _monthly(price, levels):
        yield from _months(price, levels)
        return
    counts = [_count(unit, price, levels) for unit in units]
    totals = [
        one for one in levels
        if one is not price and one.unit == price.unit and not _each(one) and one not in counts and one.mention.kind == price.mention.kind
    ]  # fmt: skip
    if units and all(unit in TIMES for unit in units) and (heads := _a_head(price, levels)):
        totals = heads  # 每生383.14元，按每天4元约合95.8天: a day's price of one pupil
    said = [one for one in totals if one.start > price.start and SAID.search(one.lead)]
    totals = totals if len(totals) == 1 else said if len(said) == 1 else []
    if EVERY.search(price.lead) and not (totals and SUMMED.search(totals[0].lead)):
        return
    if all(counts) and len(totals) == 1 and units:
        factors = [price, *(one for one in counts if one)]
        yield from _judged(totals[0], factors)
        return
    yield from _per_day(price, units, levels)


def _a_head(price: Quantity, levels: Sequence[Quantity]) -> list[Quantity]:
    """The amounts that are given for one person."""
    return [
        one for one in levels
        if one is not price and one.unit == price.unit and one.mention.kind == price.mention.kind
        and [COUNTED.get(each, each) for each in _each(one)] == ["人"]
    ]  # fmt: skip


def _monthly(price: Quantity, levels: Sequence[Quantity]) -> bool:
    """Whether no number of months is printed: 月均450元，全年5400元."""
    return not any(one.unit in ("月", "个月") for one in levels) and price.is_amount


def _months(price: Quantity, levels: Sequence[Quantity]) -> Iterator[Finding]:
    year = [
        one for one in levels
        if one is not price and one.unit == price.unit and one.mention.kind == price.mention.kind and not _each(one)
        and one.start > price.start and re.search(YEAR, one.lead)
    ]  # fmt: skip
    if len(year) == 1:
        found = judged("product", year[0], price.interval.times(MONTHS), [price], f"{printed(price)} × {MONTHS}")
        if found:
            yield found


def _per_day(price: Quantity, units: Sequence[str], levels: Sequence[Quantity]) -> Iterator[Finding]:
    """每生每天4元，全年200天，每生每年800元."""
    if len(units) != 2 or units[1] not in TIMES:
        return
    days = _count(units[1], price, levels)
    longer = [
        one for one in levels
        if one is not price and one.unit == price.unit and (each := _each(one)) and COUNTED.get(each[0], each[0]) == units[0]
        and each[1:] in ([], ["年"], ["学年"], ["学期"], ["月"])
    ]  # fmt: skip
    if days and len(longer) == 1:
        yield from _judged(longer[0], [price, days])


def _count(unit: str, price: Quantity, levels: Sequence[Quantity]) -> Quantity | None:
    """The one number of the sentence that counts ``unit``."""
    found = [
        one for one in levels
        if one is not price and not one.depth and not _each(one)
        and (one.unit == unit or (unit == ANYTHING and one.mention.kind == "count" and one.unit not in TIMES) or (unit == "月" and one.unit == "个月") or (one.unit == "个" and one.tail.startswith(unit)))
        and unit != price.unit
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _factor(one: Quantity) -> Interval:
    """What a factor allows: a price for each (每生每天4元) is set, to the yuan; an average is rounded."""
    mention = one.mention
    price = mention.kind == "money" and mention.per and mention.step == 1 and mention.qualifier == "exact"
    if price and not ROUNDED.search(one.lead):
        middle = (one.interval.low + one.interval.high) / 2
        return Interval(middle, middle)
    return one.interval


def _judged(total: Quantity, factors: Sequence[Quantity]) -> Iterator[Finding]:
    computed: Interval | None = Interval(Fraction(1), Fraction(1))
    for one in factors:
        computed = spread(lambda a, b: a * b, computed, _factor(one)) if computed else None
    found = judged("product", total, computed, factors, " × ".join(map(printed, factors)))
    if found:
        yield found


def _few(here: Sequence[Chain], sentence: Sentence) -> Iterator[Finding]:
    """A percentage of a few whole things: of 30 teachers none are 33.1%."""
    quantities = [one for one in sentence.quantities if not one.depth]
    for whole, share in pairwise(quantities):
        if not (whole.is_level and whole.mention.step == 1 and whole.mention.qualifier == "exact"):
            continue
        if (
            whole.mention.kind != "count"
            or not 1 < whole.interval.low <= MOST_THINGS
            or whole.interval.low != whole.interval.high
        ):
            continue
        if whole.unit in KINDS:
            continue
        if not share.is_rate or share.unit != "%" or share.mention.qualifier != "exact" or not share.mention.decimals:
            continue
        if sum(one.unit == whole.unit and one.is_level for one in quantities) > 1:
            # the share may be of another of them
            continue
        if not OF_WHICH.match(whole.tail) or not HAVING.search(share.lead) or any(one.share is share for one in here):
            continue
        counted = OF_COUNTS.search(share.lead)
        if counted and not counted["of"].startswith(whole.unit):  # 覆盖11个县区，其中东川县抽查户数占23.5%
            continue
        half = half_step(share.mention)
        middle = (share.interval.low + share.interval.high) / 2
        part = Interval((middle - half) * SHARES["%"], (middle + half) * SHARES["%"])
        things = int(whole.interval.low)
        holds = whole_number(things, part)
        near = round(things * middle / 100)
        numbers = ((whole.start, whole.end), (share.start, share.end))
        shown = f"{near}/{things} = {float(Fraction(near, things) * 100):.2f}%"
        yield Finding("grim", holds, numbers, printed(share), shown, at=(share.start, share.end))
