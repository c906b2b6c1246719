"""Quantities: a numeral or a range of two, its unit, the words that bound it, and what a price is for."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from zt_analysis.numbers import context
from zt_analysis.numbers.mention import Reading
from zt_analysis.numbers.numerals import CHINESE, Numeral, read_numeral, run_end, tidy
from zt_analysis.numbers.script import skip_gap
from zt_analysis.numbers.units import Found, Unit, read_unit, unit_at

_RANGE = re.compile(r" ?(?:-{1,2}|~|至|到) ?")
_PARTS = re.compile(
    rf"(?P<whole>百|千|万|[{CHINESE}]{{1,6}}|[0-9]{{1,3}})分之(?P<part>[0-9{CHINESE}][0-9{CHINESE}点.]{{0,10}})"
)
_PERCENT_RANGE = re.compile(r"(?:至|到|-|~)(?:百分之)?(?=[一-龥])")
_SLASHED = re.compile(r"(?P<part>[1-9][0-9]?)/(?P<whole>[1-9][0-9]{0,2})(?![0-9/.])")
_RATIO = re.compile(r"(?P<all>[0-9]{1,6}(?:\.[0-9]{1,4})?(?: ?: ?[0-9]{1,6}(?:\.[0-9]{1,4})?){1,3})(?![0-9])")
_CAPTION = re.compile(r"[图表注件栏例][ 0-9-]?$")
_SPOKEN_RATIO = re.compile(
    r"(?P<a>[0-9]{1,4}|[一二三四五六七八九十]{1,2})比(?P<b>[0-9]{1,4}|[一二三四五六七八九十]{1,2})(?![一-龥]{0,3}(?:高|低|多|少|增|减))"
)
_HALF = re.compile(r"半(?P<unit>年|天|个月|个小时|小时|学期|个学期|周|数|个世纪|公里|里)(?!来水)")
_PERCENT_NAMES = {"百": "%", "千": "‰", "万": "‱"}
_PER_SLASH = re.compile(
    r" ?[/·] ?(?P<one>生|人|户|天|日|年|月|学期|学年|亩|班|校|课时|小时|期|次|平方米|吨|公斤|所|台|套|个|名|师|件|米|公里|周|节)(?:[·/.](?P<two>生|人|天|日|年|月|学期|学年|次|课时|期|周))?"
)
_EACH = r"(?:每(?:个|名|位)?(?:家庭)?(学期|学年|年度|课时|小时|学生|教师|教学班|班级|寄宿生|平方米|公里|[生人户天日年月亩班校次期师周所县乡村台套园岗件吨名位个组]))"
_PER_EACH = re.compile(rf"{_EACH}(?:的|、|/|·)?{_EACH}?{_EACH}?(?P<verb>(?:[^，。；！？、每\d\n]{{0,10}}?))$")
_PER_MEAN = re.compile(r"(?P<who>[人生户亩班校师月日])均(?P<verb>[^，。；！？\d\n]{0,14})$")
_RECIPIENT = {"学生": "生", "教师": "师", "班级": "班", "教学班": "班", "寄宿生": "生", "学": "学"}
_DETERMINER = "这那每某任另同下各该首统惟唯单之逐头哪"
_LEADS = "上过近约超逾达"
_HUNDREDS = frozenset(("人", "名", "所", "户", "亩", "人次"))
_ZERO = re.compile(r"零(?=[”\"]|辍学|失学|流失|投诉|事故|[，。；、]|的目标)")
_DOUBLE = re.compile(r"翻(?:了|近|约)?(?P<times>[一二两三四五六1-6])?(?:个)?番")


def read_quantity(text: str, start: int) -> Reading | None:
    """The quantity that starts at ``start``, or None."""
    for reader in (_fraction, _doubling, _ratio, _zero, _half, _measured):
        reading = reader(text, start)
        if reading:
            return _bounded(text, reading)
    return None


def _fraction(text: str, start: int) -> Reading | None:
    if text.startswith("一半", start) and text[start + 2 : start + 3] not in ("天", "路", "径"):
        return _share(start, start + 2, Fraction(1, 2))
    if (
        text.startswith("半", start)
        and text[start - 1 : start] in ("过", "近")
        and text[start + 1 : start + 2] not in tuple("年天个小百")
    ):
        return _share(start, start + (2 if text.startswith("半数", start) else 1), Fraction(1, 2))
    slashed = _SLASHED.match(text, start)
    if slashed and int(slashed["part"]) < int(slashed["whole"]) and text[start - 1 : start] != "/":
        return _share(start, slashed.end(), Fraction(int(slashed["part"]), int(slashed["whole"])))
    found = _PARTS.match(text, start)
    if not found:
        return None
    part = read_numeral(text, found.start("part"))
    if not part:
        return _hundred(found)
    if found["whole"] in _PERCENT_NAMES:
        return _spoken_percent(text, start, found, part)
    whole = read_numeral(found["whole"], 0)
    if not whole or not whole.low or part.decimals or part.low != int(part.low):
        return None
    return _share(start, part.end, Fraction(int(part.low), int(whole.low)))


def _hundred(found: re.Match[str]) -> Reading | None:
    return Reading(found.start(), found.start() + 4, Decimal(100), "%", "rate") if found["part"][0] == "百" else None


def _spoken_percent(text: str, start: int, found: re.Match[str], part: Numeral) -> Reading:
    unit = _PERCENT_NAMES[found["whole"]]
    value: Decimal | tuple[Decimal, Decimal] = part.low if part.high is None else (part.low, part.high)
    if part.bare and found["whole"] == "百":
        value = Decimal(100)
    end, qualifier = part.end, part.qualifier
    onward = _PERCENT_RANGE.match(text, end)
    last = read_numeral(text, onward.end()) if onward and text[onward.end()] in CHINESE else None
    if last and last.words and last.low > part.low:
        value, end = (part.low, last.low), last.end
    return Reading(start, end, value, unit, "rate", qualifier, decimals=part.decimals, words=True)


def _share(start: int, end: int, ratio: Fraction) -> Reading:
    value = Decimal(ratio.numerator) / Decimal(ratio.denominator)
    return Reading(start, end, value, "1", "rate", exact=ratio, words=True)


def _doubling(text: str, start: int) -> Reading | None:
    found = _DOUBLE.match(text, start)
    if not found:
        return None
    times = read_numeral(found["times"], 0) if found["times"] else None
    value = Decimal(2) ** int(times.low if times else 1)
    return Reading(start, found.end(), value, "×", "change", direction="up", words=True)


def _ratio(text: str, start: int) -> Reading | None:
    found = _RATIO.match(text, start)
    if found and not _CAPTION.search(text[max(0, start - 3) : start]):
        parts = tuple(Decimal(one.strip()) for one in found["all"].split(":"))
        decimals = max(max(0, -int(one.as_tuple().exponent)) for one in parts)
        return Reading(start, found.end(), parts, "ratio", "rate", decimals=decimals)
    spoken = _SPOKEN_RATIO.match(text, start)
    ends = [read_numeral(spoken[one], 0) for one in "ab"] if spoken else []
    if not spoken or not all(ends):
        return None
    return Reading(start, spoken.end(), tuple(one.low for one in ends if one), "ratio", "rate", words=True)


def _zero(text: str, start: int) -> Reading | None:
    return Reading(start, start + 1, Decimal(0), words=True) if _ZERO.match(text, start) else None


def _half(text: str, start: int) -> Reading | None:
    found = _HALF.match(text, start)
    if not found or text[start - 1 : start] in tuple("上下前后大多一中对折各"):
        return None
    if found["unit"] == "数":
        return _share(start, found.end(), Fraction(1, 2))
    unit = unit_at(text, start + 1)
    return Reading(start, found.end(), Decimal("0.5"), unit.unit.name if unit else "", decimals=1, words=True)


def _measured(text: str, start: int) -> Reading | None:
    first = read_numeral(text, start)
    if not first:
        return None
    unit = read_unit(text, first)
    reading = _range(text, first, unit) or _single(text, first, unit)
    if reading and reading.kind != "date":
        reading.per = per(text, reading)
        _include_slash(text, reading)
    return reading


def _range(text: str, first: Numeral, unit: Found | None) -> Reading | None:
    separator = _RANGE.match(text, unit.end if unit else first.end)
    if not separator or text[separator.end() : separator.end() + 1] not in tuple("0123456789" + CHINESE):
        return None
    last = read_numeral(text, separator.end())
    last_unit = read_unit(text, last) if last else None
    if not last or not _pairs(text, first, unit, last_unit, separator.group()):
        return None
    if not unit and not _is_pair(text, first, last, last_unit):
        return None
    low = tidy(first.low * last.scale) if _shares_scale(first, unit, last) else first.low
    reading = _plain(text, last, last_unit)
    reading.start, reading.value = first.start, (low, last.high or last.low)
    reading.decimals = max(first.decimals, last.decimals)
    return reading


def _pairs(text: str, first: Numeral, unit: Found | None, last_unit: Found | None, separator: str) -> bool:
    """Whether two numbers around a dash or 至 are the ends of one range."""
    if unit is None:
        return True
    if last_unit is None or unit.unit.name != last_unit.unit.name:
        return False
    rising = separator.strip() in ("到", "至") and text[max(0, first.start - 1) : first.start] in ("由", "从")
    return not rising


def _is_pair(text: str, first: Numeral, last: Numeral, last_unit: Found | None) -> bool:
    value = last.high or last.low
    if first.words != last.words and not first.words:
        return last_unit is not None
    ascending = value > first.low or last.scale > first.scale
    return ascending and (last_unit is not None or (not first.words and first.length <= 5 and last.length <= 5))


def _shares_scale(first: Numeral, unit: Found | None, last: Numeral) -> bool:
    if unit is not None or last.scale == 1:
        return first.scale == 1 and unit is None and last.words and False
    return first.scale == 1 and first.low < (last.high or last.low) / last.scale


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
    reading.end, reading.unit, reading.kind = unit.end, unit.unit.name, unit.unit.kind
    if unit.unit.kind == "ordinal":  # 一二年级 names both
        reading.qualifier = "exact"
    more = text[unit.end : unit.end + 1]
    if unit.unit.name == "成" and more and more in "一二三四五六七八九" and isinstance(reading.value, Decimal):
        tenth = read_numeral(more, 0)
        reading.value += (tenth.low if tenth else Decimal(0)) / 10
        reading.end, reading.decimals = unit.end + 1, 1
    if "多" in text[reading.start : unit.end] and reading.qualifier == "exact":
        reading.qualifier = "more-than"
    if unit.unit.name == "成" and isinstance(reading.value, Decimal):
        reading.exact = Fraction(reading.value) / 10
    if (
        more == "半"
        and reading.unit in ("年", "天", "小时", "个", "个月", "倍", "周", "里")
        and isinstance(reading.value, Decimal)
    ):
        reading.value, reading.end, reading.decimals = reading.value + Decimal("0.5"), unit.end + 1, 1
        length = unit_at(text, reading.end) if reading.unit == "个" else None
        if length and length.unit.span:
            reading.unit, reading.end = length.unit.name, length.end
    if reading.unit == "×" and text[unit.end - 1] == "番" and isinstance(reading.value, Decimal):
        reading.value = Decimal(2) ** int(reading.value) if reading.value < 10 else reading.value
    return reading


def _is_counted(text: str, numeral: Numeral, unit: Found | None) -> bool:
    """Whether a Chinese numeral counts: before a measure word, or long enough to be nothing else."""
    before = text[max(0, numeral.start - 1) : numeral.start]
    if before == "第" or before.isascii() and before.isalnum():
        return False
    if numeral.length == 1 and numeral.qualifier == "exact":
        one = text[numeral.start]
        if one in "几数零〇" or (one == "一" and before and before in _DETERMINER):
            return False
    if numeral.bare and numeral.length == 1 and numeral.qualifier == "exact":
        led = bool(before) and before in _LEADS
        return unit is not None and (led or unit.unit.name in _HUNDREDS)
    if unit is not None:
        return unit.unit.words or numeral.length > 1 or numeral.qualifier != "exact"
    scaled = any(c in "十百千万亿拾佰仟点" for c in text[numeral.start : numeral.end])
    following = text[numeral.end : numeral.end + 1]
    if numeral.length >= 3 and scaled:
        return True
    return (
        scaled
        and numeral.length == 2
        and not numeral.bare
        and not "\u4e00" <= following <= "\u9fff"
        and not "\u4e00" <= before <= "\u9fff"
    )


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


def per(text: str, reading: Reading) -> str:
    """What a price or rate of work is for: ``生·年`` for 每生每年650元 and for 4元/生·天 its ``生·天``."""
    slash = _PER_SLASH.match(text, reading.end) if reading.unit else None
    if slash:
        return "·".join(one for one in (slash["one"], slash["two"]) if one)
    before = text[max(0, reading.start - 26) : reading.start].replace(" ", "")
    before = re.sub(r"(?:约|近|不低于|不超过|超过|至少|不少于|达到?|最高|为|提高到|增加到|提高至)+$", "", before)
    each = _PER_EACH.search(before)
    if each and (reading.kind == "money" or not each["verb"]):
        return "·".join(_RECIPIENT.get(one, one) for one in each.groups()[:3] if one)
    mean = _PER_MEAN.search(before) if reading.kind == "money" else None
    return mean["who"] if mean and not mean["verb"].endswith("月") else ""


def _include_slash(text: str, reading: Reading) -> None:
    slash = _PER_SLASH.match(text, reading.end) if reading.per else None
    if slash:
        reading.end = slash.end()


def numeral_end(text: str, start: int) -> int:
    """Where reading goes on if nothing starts at ``start``."""
    return max(start + 1, skip_gap(text, run_end(text, start), start) if False else run_end(text, start))
