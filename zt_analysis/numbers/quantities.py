"""Quantities: a numeral or a range of two, its unit, the words that bound it, and what a price is for."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import zt_analysis.expressions as re
from zt_analysis.numbers import context
from zt_analysis.numbers.compound import tidy
from zt_analysis.numbers.lesser import FEW, LESSER, add_lesser, read_coins
from zt_analysis.numbers.mention import Numeral, Reading
from zt_analysis.numbers.numerals import CHINESE, read_numeral
from zt_analysis.numbers.prices import include_slash, per
from zt_analysis.numbers.shares import half, read_share
from zt_analysis.numbers.signs import SIGNED_UNITS, is_below
from zt_analysis.numbers.units import Found, Unit, read_unit, unit_at

_RANGE = re.compile(r" ?(?:-{1,2}|~|至|到) ?")
_ASIDE = re.compile(r"\((?:其中|含|包括|不含|[12][0-9]{3}年)[^()\n]{0,30}\)")
_HALF = re.compile(
    r"半(?P<unit>年|天|个多?月|月(?![刊板谈])|个小时|小时|学期|个学期|周|数|个世纪|公里|里|米(?!色)|斤(?!八)|吨|亩)(?!来水)"
)
_DETERMINER = "这那每某任另同下各该首统惟唯单之逐头哪"
_NAMED = frozenset(
    (
        *(("上", "一", name) for name in ("年", "月", "周", "学年", "学期", "季度")),
        *(("前", one, "年") for one in "一二两三"),
    )
)
_HALVED = frozenset(
    ("年", "天", "小时", "个", "个月", "×", "周", "里", "公里", "岁", "斤", "公斤", "吨", "亩", "米", "元")
)
_HALF_AN = re.compile(r"半(?![数年月夜途挂大径价票成])")
# the 16th group of a village, the 3rd company of a farm: part of an address
_ADDRESSES = frozenset(("组", "社", "队", "号"))
# 前三位, 头两名: a rank; 目前3名 is none
_RANKED = frozenset(("位", "名"))
_FOREMOST = re.compile(r"(?:^|[^目此之当日以先提学年月天课会考餐眼])前$|头$")
_PLACES = tuple("村路街巷镇乡")
_LEADS = "上过破近约超逾达"
_HUNDREDS = frozenset(("人", "人口", "名", "所", "户", "亩", "人次"))
_ZERO = re.compile(r"零(?=[”\"]|[失流]|投诉|事故|[，。；、]|的目标)")


def read_quantity(text: str, start: int) -> Reading | None:
    """The quantity that starts at ``start``, or None."""
    for reader in (read_share, _zero, _half, read_coins, _measured):
        reading = reader(text, start)
        if reading:
            return _bounded(text, reading)
    return None


def _zero(text: str, start: int) -> Reading | None:
    return Reading(start, start + 1, Decimal(0), words=True) if _ZERO.match(text, start) else None


def _half(text: str, start: int) -> Reading | None:
    found = _HALF.match(text, start)
    if not found or text[start - 1 : start] in tuple("上下前后大多一中对折各"):
        return None
    if found["unit"] == "数":
        return half(start, found.end())
    unit = unit_at(text, start + 1)
    name = unit.unit.name if unit else found["unit"]
    more = "more-than" if "多" in found["unit"] else "exact"
    return Reading(start, found.end(), Decimal("0.5"), name, qualifier=more, decimals=1, words=True)


def _measured(text: str, start: int) -> Reading | None:
    first = read_numeral(text, start)
    if not first:
        return None
    unit = read_unit(text, first)
    reading = _range(text, first, unit) or _single(text, first, unit)
    if reading and not reading.unit:
        _with_unit_behind(text, reading, first)
    if reading and reading.kind != "date":
        reading.per = per(text, reading)
        include_slash(text, reading)
    return reading


def _with_unit_behind(text: str, reading: Reading, first: Numeral) -> None:
    """6.47（其中职业初中1019所）万所: the unit stands behind what is said aside; the numbers in there are their own."""
    aside = None if first.words else _ASIDE.match(text, first.end)
    if aside is None or not isinstance(reading.value, Decimal):
        return
    scale = {"万": Decimal(10**4), "亿": Decimal(10**8)}.get(text[aside.end() : aside.end() + 1], Decimal(1))
    found = unit_at(text, aside.end() + (scale != 1))
    if found is not None:
        reading.unit, reading.kind = found.unit.name, found.unit.kind
        reading.value, reading.scale = tidy(reading.value * scale), reading.scale * scale


def _range(text: str, first: Numeral, unit: Found | None) -> Reading | None:
    separator = _RANGE.match(text, unit.end if unit else first.end)
    if not separator or text[separator.end() : separator.end() + 1] not in tuple("0123456789" + CHINESE):
        return None
    last = read_numeral(text, separator.end())
    last_unit = read_unit(text, last) if last else None
    if not last or not _pairs(text, first, (unit, last_unit), separator.group()):
        return None
    if not unit and not _is_pair(text, first, last, last_unit):
        return None
    low = tidy(first.low * last.scale) if _shares_scale(first, unit, last) else first.low
    reading = _plain(text, last, last_unit)
    reading.start, reading.value = first.start, (low, last.high or last.low)
    reading.decimals = max(first.decimals, last.decimals)
    return reading


def _pairs(text: str, first: Numeral, units: tuple[Found | None, Found | None], separator: str) -> bool:
    """Whether two numbers around a dash or 至 are the ends of one range."""
    unit, last_unit = units
    if unit is None:
        return True
    if last_unit is None or unit.unit.name != last_unit.unit.name:
        return False
    if separator.strip() not in ("到", "至"):
        return True
    rising = text[max(0, first.start - 1) : first.start] in ("由", "从")
    return not rising and not context.reaches(text, (first.start, unit.end), last_unit.end, unit.unit.name)


def _is_pair(text: str, first: Numeral, last: Numeral, last_unit: Found | None) -> bool:
    value = last.high or last.low
    if first.words != last.words and not first.words:
        return last_unit is not None
    ascending = value > first.low or last.scale > first.scale
    if not ascending and last_unit is not None and last_unit.unit.name in SIGNED_UNITS:
        ascending = is_below(text, first.start)
    return ascending and (last_unit is not None or (not first.words and first.length <= 5 and last.length <= 5))


def _shares_scale(first: Numeral, unit: Found | None, last: Numeral) -> bool:
    return unit is None and first.scale == 1 and last.scale != 1 and first.low < (last.high or last.low) / last.scale


def _single(text: str, numeral: Numeral, unit: Found | None) -> Reading | None:
    if numeral.words and not _is_counted(text, numeral, unit):
        return None
    return _plain(text, numeral, unit)


def _plain(text: str, numeral: Numeral, unit: Found | None) -> Reading:
    value = numeral.low if numeral.high is None else (numeral.low, numeral.high)
    reading = Reading(numeral.start, numeral.end, value, qualifier=numeral.qualifier, decimals=numeral.decimals)
    reading.words, reading.scale = numeral.words, numeral.scale
    return _with_unit(text, reading, unit) if unit else reading


def _with_unit(text: str, reading: Reading, unit: Found) -> Reading:
    printed = text[reading.end : unit.end]
    reading.end, reading.unit, reading.kind = unit.end, unit.unit.name, unit.unit.kind
    if reading.unit in _ADDRESSES and text[max(0, reading.start - 2) : reading.start].strip()[-1:] in _PLACES:
        reading.kind = "ordinal"
    if reading.unit in _RANKED and _FOREMOST.search(text, max(0, reading.start - 2), reading.start):
        reading.kind = "ordinal"
    if reading.unit == "类" and reading.words and text[reading.end : reading.end + 1].isdigit():  # 一类12所
        reading.kind = "ordinal"
    if reading.kind == "ordinal":  # 一二年级 names both
        reading.qualifier = "exact"
    if "多" in printed:
        reading.qualifier = "more-than"
    elif "来" in printed:  # 两个来小时
        reading.qualifier = "approx"
    if isinstance(reading.value, Decimal):
        _completed(text, reading, reading.value, printed)
    return reading


def _completed(text: str, reading: Reading, value: Decimal, printed: str) -> None:
    """The part of a value that its unit carries: 三成五, 两年半, 一个半月, 1番."""
    more = text[reading.end : reading.end + 1]
    if reading.unit == "成":
        tenths = 5 if more == "半" else "零一二三四五六七八九".find(more) if more else -1
        if tenths > 0:
            reading.value, reading.end, reading.decimals = value + Decimal(tenths) / 10, reading.end + 1, 1
        reading.exact = Fraction(value + Decimal(max(tenths, 0)) / 10) / 10
    elif reading.unit in LESSER and more and more in FEW:
        add_lesser(text, reading, value)
    elif "半" in printed or (reading.unit in _HALVED and _HALF_AN.match(text, reading.end)):
        reading.value, reading.decimals = value + Decimal("0.5"), 1
        reading.end += "半" not in printed
    elif printed.endswith("番") and value < 10:
        reading.value = Decimal(2) ** value


def _is_counted(text: str, numeral: Numeral, unit: Found | None) -> bool:
    """Whether a Chinese numeral counts: before a measure word, or long enough to be nothing else."""
    before = text[max(0, numeral.start - 1) : numeral.start]
    # 6.47（其中1019所）万所: the unit of a number before what is said aside
    if before == "第" or (before.isascii() and before.isalnum()) or (before == ")" and numeral.bare):
        return False
    if numeral.length == 1 and numeral.qualifier == "exact":
        one = text[numeral.start]
        # 比上一年减少, 学前三年毛入园率
        named = unit is not None and (before, one, unit.unit.name) in _NAMED
        if named and (before != "前" or text[: numeral.start].endswith("学前")):
            return False
        if one in "几数零〇" or (one == "一" and before and before in _DETERMINER):
            return False
    if numeral.bare and numeral.length == 1 and numeral.qualifier == "exact":
        led = (bool(before) and before in _LEADS) or context.before(text, numeral.start) is not None
        ends = not _is_hanzi(text[numeral.end : numeral.end + 1])  # 点赞破万，
        return (
            (led and ends)
            if unit is None
            else (led or unit.unit.name in _HUNDREDS) and not _is_label(text, numeral, unit)
        )
    if unit is not None:
        return unit.unit.words or numeral.length > 1 or numeral.qualifier != "exact"
    return _stands_alone(text, numeral, before)


def _is_label(text: str, numeral: Numeral, unit: Found) -> bool:
    """Whether 万人 is the unit of what stands beside it: 学生（万人）, （单位：万人）."""
    heads = text[: numeral.start].endswith(("（", "(", "单位：", "单位:"))
    return heads and text[unit.end : unit.end + 1] in ("）", ")")


def _stands_alone(text: str, numeral: Numeral, before: str) -> bool:
    """Whether a Chinese numeral without a unit is a number: 一百二十, 达百万, and 三百 before a stop."""
    printed = text[numeral.start : numeral.end]
    led = numeral.qualifier == "more-than" or (numeral.length > 1 and bool(before) and before in _LEADS)
    if numeral.scale >= 10**4 or (numeral.bare and led):  # 十余亿, 千余, 达百万
        return True
    if numeral.length >= 3 and any(c in "十百千万亿拾佰仟点" for c in printed):
        return True
    if numeral.length != 2 or numeral.bare:
        return False
    bound = context.after(text, numeral.end, spans=False, unit="")  # 五万以上, 三十出头
    if bound or (printed[-1] in "百千万亿" and context.before(text, numeral.start)):  # 不足两千的
        return True
    if _is_hanzi(text[numeral.end : numeral.end + 1]):
        return False
    return any(c in "百千万亿" for c in printed) or ("十" in printed and not _is_hanzi(before))


def _is_hanzi(one: str) -> bool:
    return "\u4e00" <= one <= "\u9fff"


def _bounded(text: str, reading: Reading) -> Reading:
    """``reading`` with the qualifiers that touch it, which become part of its surface."""
    unit = _unit_of(reading)
    back = context.after(text, reading.end, spans=unit is not None and unit.span, unit=reading.unit)
    if reading.kind == "ordinal":
        return reading
    front = context.before(text, reading.start)
    if front is None and reading.words and text[reading.start] in "百千万亿半":
        front = context.before_round(text, reading.start)
    if (
        front
        and text[front.place : reading.start].strip() in ("近",)
        and context.is_period(text, front.place, reading.unit)
    ):
        front = None
    if back:
        reading.end, reading.qualifier, reading.inclusive = back.place, back.qualifier, back.inclusive
    if front:
        reading.start = front.place
        if not (front.qualifier == "approx" and reading.qualifier in ("more-than", "less-than")):
            reading.qualifier, reading.inclusive = front.qualifier, front.inclusive
    return reading


def _unit_of(reading: Reading) -> Unit | None:
    found = unit_at(reading.unit, 0) if reading.unit else None
    return found.unit if found else None
