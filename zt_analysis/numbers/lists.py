"""Members of a list: what is printed once holds for all of them."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import zt_analysis.expressions as re
from zt_analysis.numbers import context
from zt_analysis.numbers.compound import tidy
from zt_analysis.numbers.mention import Reading, Value
from zt_analysis.numbers.signs import as_change

_JOINED = re.compile(r" ?(?:、|和|与|及|以及|或) ?")
# 每生每年600元（小学）、800元（初中）；小学600元、初中800元
_STAGE = (
    "(?:城市|农村|小学生?|初中生?|高中生?|普通?高中?|中职生?|学前|幼儿园?|特教|寄宿生|走读生|本科|专科|高职|[一二三]档)"
)
_ASIDE = re.compile(rf"(?:\({_STAGE}\))?[、，和]{_STAGE}?")
_SHARES = frozenset(("%", "成", "1", "‰", "‱"))
_FROM = ("由", "从", "自")
_TO = re.compile(r"[\u4e00-\u9fff]{1,4}[到至为]")
_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"(?:-|[0-9]{4})-[0-9]{2}")
_DAY = re.compile(r"(?:-|[0-9]{4})-[0-9]{2}-[0-9]{2}|---[0-9]{2}")


def join_lists(text: str, readings: list[Reading]) -> None:
    """Members of a list share what is printed once: the unit behind the last, the verb before the first."""
    links = [_linked(text, one, two) for one, two in pairwise(readings)]
    for one, two in pairwise(readings):
        bare = not one.unit and two.scale == 1 and text[one.start - 1 : one.start] in _FROM
        if bare and _TO.fullmatch(text, one.end, two.start):  # 由43.7提高到88.9%
            _share_unit(text, one, two)
    for place in range(len(links) - 1, -1, -1):
        if links[place]:
            _share_date(text, readings[place], readings[place + 1])
            _share_unit(text, readings[place], readings[place + 1])
    for place, linked in enumerate(links):
        if linked:
            _share_direction(readings[place], readings[place + 1])
            _share_about(text, readings[place], readings[place + 1])
    for one, two in pairwise(readings):
        if one.per and not two.per and one.kind == two.kind == "money" and one.unit == two.unit:
            between = text[one.end : two.start]
            two.per = one.per if len(between) < 12 and _ASIDE.fullmatch(between) else ""
    _join_below(text, readings)


def _linked(text: str, one: Reading, two: Reading) -> bool:
    if one.end == two.start:  # 减少45户156人
        return one.kind == "change" and two.kind == "count" and bool(one.unit)
    return two.start - one.end <= 4 and bool(_JOINED.fullmatch(text, one.end, two.start))


def _share_date(text: str, one: Reading, two: Reading) -> None:
    """3 and 6 in 3、6、9月, 20 in 20、21日."""
    bare = one.kind == "count" and not one.unit and one.role == "figure" and text[one.start : one.end].isdigit()
    if not bare or not isinstance(two.value, str) or not isinstance(one.value, Decimal):
        return
    printed = text[one.start : one.end]
    if _YEAR.fullmatch(two.value) and len(printed) == 4 and 1900 <= one.value <= 2100:
        one.kind, one.value = "date", printed
        return
    if _YEAR.fullmatch(two.value) and len(printed) == 2 and printed[0] == "0":  # 08、09年
        one.kind, one.value = "date", f"20{printed}"
        return
    limit = 12 if _MONTH.fullmatch(two.value) else 31 if _DAY.fullmatch(two.value) else 0
    if 1 <= one.value <= limit and "年" not in text[two.start : two.end]:
        if two.resolved:  # 12月 before 1月 is of the year before
            year = int(two.resolved[:4]) - (int(one.value) > int(two.value[-2:]))
            one.resolved = f"{year:04}-{int(one.value):02}"
        one.kind, one.value = "date", f"{two.value[:-2]}{int(one.value):02}"


def _share_unit(text: str, one: Reading, two: Reading) -> None:
    if two.role != "figure" or not two.unit or two.unit in ("ratio", "1"):
        return
    if one.kind == two.kind == "ordinal" and not one.unit and one.role == "figure":
        one.unit = two.unit
    if not _lacks_unit(one, two):
        return
    if one.scale == 1 and two.scale != 1:
        one.value, one.scale = _times(one.value, two.scale), two.scale
    one.unit, one.per = two.unit, one.per or two.per
    if one.kind != "change":
        one.kind = two.kind
        way = context.direction(text, one.start, one.end, two.unit)
        if way is not None:
            as_change(one, way)


def _lacks_unit(one: Reading, two: Reading) -> bool:
    """4.6 in 4.6和3.1个百分点, and 2.4个 in 2.4个、1.1个百分点."""
    bare = not one.unit or (one.unit == "个" and two.unit == "百分点")
    return bare and not one.words and one.role == "figure" and one.kind in ("count", "change")


def _times(value: Value, scale: Decimal) -> Value:
    if isinstance(value, tuple):
        return tuple(tidy(one * scale) for one in value if isinstance(one, Decimal))
    return tidy(value * scale) if isinstance(value, Decimal) else value


def _share_about(text: str, one: Reading, two: Reading) -> None:
    """约300人、500人: 约 is said of both."""
    said = text[one.start : one.end].startswith(("约", "大约", "大概")) or one.shared
    if (
        said
        and one.qualifier == "approx"
        and two.qualifier == "exact"
        and one.unit == two.unit
        and one.kind == two.kind
    ):
        two.qualifier, two.shared = "approx", True


def _join_below(text: str, readings: list[Reading]) -> None:
    """-5至-2℃ is one range: of two numbers below nothing, with nothing but 至 between them."""
    for place in range(len(readings) - 1, 0, -1):
        one, two = readings[place - 1], readings[place]
        if one.unit not in ("", two.unit) or text[one.end : two.start] not in ("至", "到", "~"):
            continue
        low, start = one.value, one.start
        if one.direction and text[start] != "-":  # 下降8℃至-5℃: the second is the level
            continue
        if isinstance(low, Decimal) and low > 0 and text[start - 1 : start] == "-":
            low, start = -low, start - 1
        if isinstance(low, Decimal) and isinstance(two.value, Decimal) and low < two.value < 0:
            two.start, two.value, two.direction = start, (low, two.value), ""
            two.decimals = max(one.decimals, two.decimals)
            del readings[place - 1]


def _share_direction(one: Reading, two: Reading) -> None:
    if one.kind == two.kind == "money" and one.unit == two.unit:
        two.per = two.per or one.per
    shares = {one.unit, two.unit} <= _SHARES and two.kind == "rate"
    counted = one.kind == "change" and two.kind == "count" and one.unit not in ("%", "‰", "百分点", "×", "成", "1")
    if one.kind != "change" or two.role != "figure" or not (one.unit == two.unit or counted or shares):
        return
    if two.kind in ("count", "money", "rate") or (two.kind == "change" and not two.direction):
        as_change(two, one.direction)
