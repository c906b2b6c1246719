"""Price by count, averages, ratios, and percentages of a few whole things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from zt_analysis.proof.chains import Chain
from zt_analysis.proof.growth import printed
from zt_analysis.proof.intervals import Interval, half_step, spread
from zt_analysis.proof.judging import judged
from zt_analysis.proof.result import SHARES, Finding, Quantity, Sentence
from zt_analysis.proof.shares import whole_number

# what a price or an average is for, as the unit that counts it
COUNTED = {"人": "人", "生": "人", "名": "人", "学生": "人", "校": "所", "所": "所", "园": "所", "户": "户", "班": "班", "套": "套", "台": "台",
           "册": "册", "间": "间", "辆": "辆", "次": "次", "个": "个", "件": "件", "亩": "亩", "平方米": "平方米", "床": "张", "天": "天", "月": "月",
           "份": "份", "本": "本", "县": "县"}  # fmt: skip
TIMES = ("天", "月", "年", "日", "学期", "学年")
AVERAGE = re.compile(
    r"(?:平均每个?(?P<each>[一-鿿]{1,2}?)(?:有|拥有|配备)?|(?P<mean>[人生校班户园县])均)(?:[一-鿿]{0,6})?(?:为|达到?|约)?$"
)
RATIOS = {"师生比": ("教师", "生"), "生师比": ("生", "教师"), "男女": ("男", "女"), "女男": ("女", "男")}
RATIO_OF = re.compile(
    r"(?P<one>[一-鿿]{1,8})(?:与|和|同|：|:)(?P<other>[一-鿿]{1,8}?)(?:人数|数量?)?(?:的|之)?比(?:例|率|值)?(?:约?为|是|达到?)?$"
)
RATIO_NAMED = re.compile(r"(?P<name>师生比|生师比|男女|女男)(?:生|童|教师)?(?:比|比例|之比)?(?:约?为|是|达到?)?$")
OF_WHICH = re.compile(r"^(?:[一-鿿]{0,8})(?:中|里)|^[一-鿿]{0,8}[，,](?:其中)?")
HAVING = re.compile(r"(?:中|其中|有|占)[，,]?(?:有|占|约)?$")
MOST_THINGS = 2000


def product_findings(here: Sequence[Chain], sentence: Sentence) -> Iterator[Finding]:
    """The products, averages, ratios and percentages of one sentence."""
    levels = [one for one in sentence.quantities if one.interval.low > 0 and not one.is_change]
    for one in levels:
        each = _each(one)
        if each:
            yield from _product(one, each, levels)
    yield from _ratios(sentence)
    yield from _few(here, sentence)


def _each(one: Quantity) -> list[str]:
    """What a price or average is for: 每人每天4元 is for 人 and 天."""
    if one.mention.per:
        return one.mention.per.split("·")
    found = AVERAGE.search(re.split(r"[，,；;。：:]", one.lead)[-1])
    if not found or one.mention.kind not in ("count", "money"):
        return []
    return [found["each"] or found["mean"]]


def _product(price: Quantity, each: Sequence[str], levels: Sequence[Quantity]) -> Iterator[Finding]:
    units = [COUNTED.get(one, one) for one in each]
    if units[-1:] in (["年"], ["学年"], ["学期"]):
        units = units[:-1]
    counts = [_count(unit, price, levels) for unit in units]
    totals = [
        one for one in levels
        if one is not price and one.unit == price.unit and not _each(one) and one not in counts and one.mention.kind == price.mention.kind
    ]  # fmt: skip
    if all(counts) and len(totals) == 1 and units:
        factors = [price, *(one for one in counts if one)]
        yield from _judged(totals[0], factors)
        return
    yield from _per_day(price, units, levels)


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
        and (one.unit == unit or (unit == "月" and one.unit == "个月") or (one.unit == "个" and one.tail.startswith(unit)))
        and unit != price.unit
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _judged(total: Quantity, factors: Sequence[Quantity]) -> Iterator[Finding]:
    computed: Interval | None = Interval(Fraction(1), Fraction(1))
    for one in factors:
        computed = spread(lambda a, b: a * b, computed, one.interval) if computed else None
    found = judged("product", total, computed, factors, " × ".join(map(printed, factors)))
    if found:
        yield found


def _ratios(sentence: Sentence) -> Iterator[Finding]:
    for one in sentence.quantities:
        value = one.mention.value
        if one.unit != "ratio" or not isinstance(value, tuple) or len(value) != 2:
            continue
        names = _ratio_names(one)
        if names is None:
            continue
        first, other = (_named(name, sentence.quantities) for name in names)
        if first is None or other is None or first is other or first.unit != other.unit or other.interval.low <= 0:
            continue
        stated = _stated(value, one)
        computed = spread(lambda a, b: a / b, first.interval, other.interval)
        if stated and computed:
            holds = stated.meets(computed)
            numbers = tuple(sorted((each.start, each.end) for each in (one, first, other)))
            middle = (computed.low + computed.high) / 2
            shown = f"{printed(first)} ÷ {printed(other)} = {float(middle):.2f}:1"
            yield Finding("ratio", holds, numbers, printed(one), shown, at=(one.start, one.end))


def _ratio_names(one: Quantity) -> tuple[str, str] | None:
    clause = re.split(r"[，,；;。]", one.lead)[-1]
    named = RATIO_NAMED.search(clause)
    if named:
        return RATIOS[named["name"]]
    found = RATIO_OF.search(clause)
    return (found["one"], found["other"]) if found else None


def _named(name: str, quantities: Sequence[Quantity]) -> Quantity | None:
    found = [one for one in quantities if one.is_level and name in one.subject]
    if name == "生":
        found = [one for one in found if "师" not in one.subject]
    return found[0] if len(found) == 1 else None


def _stated(value: tuple[object, ...], one: Quantity) -> Interval | None:
    first, other = value
    if not isinstance(first, Decimal) or not isinstance(other, Decimal) or not other or not first:
        return None
    half = Fraction(one.mention.step) / 2
    if other == 1:
        return Interval(Fraction(first) - half, Fraction(first) + half)
    if first == 1:
        return Interval(1 / (Fraction(other) + half), 1 / (Fraction(other) - half))
    middle = Fraction(first) / Fraction(other)
    return Interval(middle * Fraction(19, 20), middle * Fraction(21, 20))


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
        if not share.is_rate or share.unit != "%" or share.mention.qualifier != "exact" or not share.mention.decimals:
            continue
        if not OF_WHICH.match(whole.tail) or not HAVING.search(share.lead) or any(one.share is share for one in here):
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
