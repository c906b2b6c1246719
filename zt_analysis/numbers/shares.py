"""Shares: 三分之一, 百分之三十, 一半, 7:3, and doublings (翻一番)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import zt_analysis.expressions as re
from zt_analysis.numbers import context
from zt_analysis.numbers.mention import Numeral, Reading
from zt_analysis.numbers.numerals import CHINESE, read_numeral

_PARTS = re.compile(
    rf"(?P<whole>百|千|万|[{CHINESE}]{{1,6}}|[0-9]{{1,3}})分之(?P<part>[0-9{CHINESE}][0-9{CHINESE}点.]{{0,10}})"
)
_PERCENT_RANGE = re.compile(r"(?:至|到|-|~)(?:百分之)?(?=[一-龥])")
_SLASHED = re.compile(r"(?P<part>[1-9][0-9]?)/(?P<whole>[1-9][0-9]{0,2})(?![0-9/.])")
_RATIO = re.compile(r"(?P<all>[0-9]{1,6}(?:\.[0-9]{1,4})?(?: ?: ?[0-9]{1,6}(?:\.[0-9]{1,4})?){1,3})(?![0-9])")
_CAPTION = re.compile(r"(?:[图表注件栏]|(?<!比)例)[ 0-9-]?$")
_SPOKEN_RATIO = re.compile(
    r"(?P<a>[0-9]{1,4}(?:\.[0-9]{1,3})?|[一二三四五六七八九十]{1,2})比(?P<b>[0-9]{1,4}(?:\.[0-9]{1,3})?|[一二三四五六七八九十]{1,2})(?![一-龥]{0,3}(?:高|低|多|少|增|减))"
)
_PERCENT_NAMES = {"百": "%", "千": "‰"}
_DISCOUNT = re.compile(r"([一二三四五六七八九])([一二三四五六七八九])折(?![合算旧价线叠扣断腾射])")
_DOUBLE = re.compile(r"翻了?(?P<near>[近约])?了?(?P<times>[一二两三四五六1-6])?(?:个)?番")


def read_share(text: str, start: int) -> Reading | None:
    """The fraction, spoken percentage, doubling or ratio that starts at ``start``, or None."""
    return (
        _halving(text, start)
        or _fraction(text, start)
        or _doubling(text, start)
        or _ratio(text, start)
        or _discount(text, start)
    )


def _discount(text: str, start: int) -> Reading | None:
    """八五折 is 8.5 折; 八折 is a number and its unit."""
    found = _DISCOUNT.match(text, start)
    if not found:
        return None
    tens, ones = (Decimal("一二三四五六七八九".index(one) + 1) for one in found.groups())
    return Reading(start, found.end(), tens + ones / 10, "折", "rate", decimals=1, words=True)


def half(start: int, end: int) -> Reading:
    """One half, printed in words."""
    return _share(start, end, Fraction(1, 2))


def _fraction(text: str, start: int) -> Reading | None:
    half = _half_share(text, start)
    if half:
        return half
    slashed = _SLASHED.match(text, start)
    if slashed and int(slashed["part"]) < int(slashed["whole"]) and text[start - 1 : start] != "/":
        return _share(start, slashed.end(), Fraction(int(slashed["part"]), int(slashed["whole"])))
    found = _PARTS.match(text, start)
    return _spoken_fraction(text, start, found) if found else None


def _halving(text: str, start: int) -> Reading | None:
    """半 in 减半: a fall by one half."""
    if not text.startswith("减半", start - 1) or start == 0:
        return None
    half = Fraction(-1, 2)
    return Reading(start - 1, start + 1, Decimal("-0.5"), "1", "change", direction="down", exact=half, words=True)


def _half_share(text: str, start: int) -> Reading | None:
    """一半, and 半 in 过半 and 半数."""
    following = text[start + 2 : start + 3]
    if text.startswith("一半", start):
        return None if following and following in "天路径" else _share(start, start + 2, Fraction(1, 2))
    if text.startswith("半数", start):
        return _share(start, start + 2, Fraction(1, 2))
    over = text.startswith("半", start) and text[start - 1 : start] in ("过", "近")
    if not over or text[start + 1 : start + 2] in ("年", "天", "个", "小", "百", "径"):
        return None
    return _share(start, start + 1, Fraction(1, 2))


def _spoken_fraction(text: str, start: int, found: re.Match[str]) -> Reading | None:
    part = read_numeral(text, found.start("part"))
    if not part:
        return _hundred(found)
    if found["whole"] in _PERCENT_NAMES:
        return _spoken_percent(text, start, found, part)
    whole = read_numeral(found["whole"], 0)
    if not whole or not whole.low:
        return None
    return _share(start, part.end, Fraction(part.low) / Fraction(whole.low), part.qualifier)  # 四分之一多


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
    level = last and onward and "百分之" in onward.group() and context.reaches(text, (start, part.end), last.end, unit)
    if last and last.words and last.low > part.low and not level:
        value, end = (part.low, last.low), last.end
    return Reading(start, end, value, unit, "rate", qualifier, decimals=part.decimals, words=True)


def _share(start: int, end: int, ratio: Fraction, qualifier: str = "exact") -> Reading:
    value = Decimal(ratio.numerator) / Decimal(ratio.denominator)
    return Reading(start, end, value, "1", "rate", qualifier, exact=ratio, words=True)


def _doubling(text: str, start: int) -> Reading | None:
    found = _DOUBLE.match(text, start)
    if not found:
        return None
    times = read_numeral(found["times"], 0) if found["times"] else None
    value = Decimal(2) ** int(times.low if times else 1)
    near = "approx" if found["near"] else "exact"
    return Reading(start, found.end(), value, "×", "change", near, direction="up", words=True)


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
