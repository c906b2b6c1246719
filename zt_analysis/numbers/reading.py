"""Reading a text from front to back: each number once, then what lists, clauses and titles make of it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from zt_analysis.numbers import context
from zt_analysis.numbers.dates import Calendar, read_date
from zt_analysis.numbers.markers import CIRCLED, read_marker
from zt_analysis.numbers.mention import Mention, Reading, Value
from zt_analysis.numbers.names import blocks, name_reading, titles
from zt_analysis.numbers.numerals import CHINESE, run_end, tidy
from zt_analysis.numbers.quantities import read_quantity
from zt_analysis.numbers.script import plain

_START = re.compile(rf"[0-9{CHINESE}半翻{CIRCLED}]|总?第(?=[ \n\f]{{0,3}}[0-9{CHINESE}])")
_SIGN = re.compile(
    r"(?:(?P<compared>[同环]比)|^|[^0-9A-Za-z%+\u4e00-\u9fff-]|[为长到至是于达了在率降幅速]|(?P<weak>[\u4e00-\u9fff]))"
    r"(?P<sign>[-+]|负|零下)$"
)
_SIGNED_UNITS = frozenset(("%", "‰", "百分点", "℃", "度"))
_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"(?:-|[0-9]{4})-[0-9]{2}")
_DAY = re.compile(r"(?:-|[0-9]{4})-[0-9]{2}-[0-9]{2}|---[0-9]{2}")
_CURRENCY = {"¥": "元", "￥": "元", "$": "美元", "€": "欧元", "£": "英镑"}
_JOINED = re.compile(r" ?(?:、|和|与|及|以及|或) ?")


def read_numbers(text: str, *, dated: datetime.date | None = None) -> list[Mention]:
    """Every number of ``text``, in order, without overlap; ``dated`` gives days printed without a year their year.

    >>> [(one.surface, str(one.value), one.unit) for one in read_numbers("资助1.2万余人，下降0.32个百分点")]
    [('1.2万余人', '12000', '人'), ('0.32个百分点', '-0.32', '百分点')]
    """
    flat = plain(text)
    readings = list(_scan(flat, dated))
    _join_lists(flat, readings)
    _name_titles(flat, readings)
    return [reading.mention(text) for reading in readings]


def _scan(text: str, dated: datetime.date | None) -> Iterator[Reading]:
    calendar, position, taken = Calendar(dated), 0, 0
    names = iter(blocks(text))
    name = next(names, None)
    while found := _START.search(text, position):
        start = found.start()
        while name and name.end <= start:
            name = next(names, None)
        if name and name.start <= start:
            reading = name_reading(text, name)
            position = name.end
        else:
            reading = _read(text, start, calendar)
            position = max(start + 1, reading.end if reading else run_end(text, start))
        if reading:
            reading.start = max(reading.start, taken)
            taken = position = max(position, reading.end)
            yield reading


def _read(text: str, start: int, calendar: Calendar) -> Reading | None:
    reading = read_marker(text, start) or read_date(text, start, calendar)
    if not reading:
        reading = read_quantity(text, start)
        if reading and reading.kind in ("count", "money", "rate", "change"):
            _signed(text, reading)
            _priced(text, reading)
            _coded(text, reading)
            _changed(text, reading)
    return reading


def _signed(text: str, reading: Reading) -> None:
    """A sign in front: the characters before it tell a minus from a dash."""
    if not isinstance(reading.value, Decimal):
        return
    before = text[max(0, reading.start - 4) : reading.start]
    sign = _SIGN.search(before)
    if not sign or (sign["weak"] and reading.unit not in _SIGNED_UNITS):
        return
    reading.start -= len(sign["sign"])
    if sign["sign"] != "+":
        reading.value = -reading.value
    if sign["compared"] or sign["sign"] == "+":
        reading.kind, reading.direction = "change", "up" if sign["sign"] == "+" else "down"


def _priced(text: str, reading: Reading) -> None:
    """A currency sign in front, where no unit is printed behind."""
    sign = _CURRENCY.get(text[max(0, reading.start - 1) : reading.start])
    if sign and not reading.unit:
        reading.start, reading.unit, reading.kind = reading.start - 1, sign, "money"


def _coded(text: str, reading: Reading) -> None:
    """Nine digits and more without a unit or separator are an account or a code."""
    printed = text[reading.start : reading.end]
    if not reading.unit and len(printed) >= 9 and printed.isdigit():
        reading.role = "name"


def _changed(text: str, reading: Reading) -> None:
    if reading.unit == "ratio" or reading.direction:
        return
    way = context.direction(text, reading.start, reading.end, reading.unit)
    if way is None:
        return
    _as_change(reading, way)


def _as_change(reading: Reading, way: str) -> None:
    negative = isinstance(reading.value, Decimal) and reading.value < 0
    reading.kind, reading.direction = "change", "down" if negative else way
    if way == "down" and not negative:
        reading.value = _negated(reading.value)
        reading.exact = -reading.exact if reading.exact is not None else None


def _negated(value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(-one for one in value if isinstance(one, Decimal))
    return -value if isinstance(value, Decimal) else value


def _join_lists(text: str, readings: list[Reading]) -> None:
    """Members of a list share what is printed once: the unit behind the last, the verb before the first."""
    links = [_linked(text, one, two) for one, two in pairwise(readings)]
    for place in range(len(links) - 1, -1, -1):
        if links[place]:
            _share_unit(text, readings[place], readings[place + 1])
    for place, linked in enumerate(links):
        if linked:
            _share_direction(readings[place], readings[place + 1])


def _linked(text: str, one: Reading, two: Reading) -> bool:
    return two.start - one.end <= 4 and bool(_JOINED.fullmatch(text, one.end, two.start))


def _share_date(text: str, one: Reading, two: Reading) -> None:
    """3 and 6 in 3、6、9月, 20 in 20、21日."""
    bare = one.kind == "count" and not one.unit and one.role == "figure" and text[one.start : one.end].isdigit()
    if not bare or not isinstance(two.value, str) or not isinstance(one.value, Decimal):
        return
    if _YEAR.fullmatch(two.value) and 1900 <= one.value <= 2100 and one.end - one.start == 4:
        one.kind, one.value = "date", text[one.start : one.end]
        return
    limit = 12 if _MONTH.fullmatch(two.value) else 31 if _DAY.fullmatch(two.value) else 0
    if 1 <= one.value <= limit and "年" not in text[two.start : two.end]:
        one.kind, one.value = "date", f"{two.value[:-2]}{int(one.value):02}"


def _share_unit(text: str, one: Reading, two: Reading) -> None:
    if two.kind == "date":
        _share_date(text, one, two)
    if one.kind == two.kind == "ordinal" and not one.unit and one.role == two.role == "figure":
        one.unit = two.unit
    bare = not one.unit and one.kind in ("count", "change") and one.role == "figure" and not one.words
    if (
        not bare
        or not two.unit
        or two.kind not in ("count", "money", "rate", "change", "ordinal")
        or two.role != "figure"
    ):
        return
    if two.unit in ("ratio", "1"):
        return
    if one.scale == 1 and two.scale != 1:
        one.value, one.scale = _times(one.value, two.scale), two.scale
    one.unit, one.per = two.unit, one.per or two.per
    if one.kind != "change":
        one.kind = two.kind
        way = context.direction(text, one.start, one.end, two.unit)
        if way is not None:
            _as_change(one, way)


def _times(value: Value, scale: Decimal) -> Value:
    if isinstance(value, tuple):
        return tuple(tidy(one * scale) for one in value if isinstance(one, Decimal))
    return tidy(value * scale) if isinstance(value, Decimal) else value


def _share_direction(one: Reading, two: Reading) -> None:
    if one.kind == two.kind == "money" and one.unit == two.unit:
        two.per = two.per or one.per
    counted = one.kind == "change" and two.kind == "count" and one.unit not in ("%", "‰", "百分点", "×", "成", "1")
    if one.kind != "change" or two.role != "figure" or (one.unit != two.unit and not counted):
        return
    if two.kind in ("count", "money", "rate") or (two.kind == "change" and not two.direction):
        _as_change(two, one.direction)


def _name_titles(text: str, readings: list[Reading]) -> None:
    """Numbers inside 《…》 are part of a document's name."""
    spans = iter(titles(text))
    span = next(spans, None)
    for reading in readings:
        while span and span[1] <= reading.start:
            span = next(spans, None)
        if span and span[0] < reading.start:
            reading.role = "name"
