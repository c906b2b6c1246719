"""What stands in front of a number: a sign, a currency, a verb of rise or fall."""

from __future__ import annotations

from decimal import Decimal

import zt_analysis.expressions as re
from zt_analysis.numbers import context
from zt_analysis.numbers.mention import Reading, Value

# what can be less than nothing: 盈利-3万元, 得分-2分; 小学-3人 may be a dash
_MAY_BE_LESS = (
    "余额|结余|结存|盈余|净额|差额|差值|缺口|盈利|盈亏|收益|毛利|净利|收支|[顺逆]差|赤字|净[增减]|净增[加长]|净减少|净流[入出]"
    "|增量|增减量?|变动|变化|偏差|[得扣评积总均计]分|分[数值]|气温|水温|温度|海拔|水位|高程"
)
_SIGN = re.compile(
    rf"(?:(?P<compared>[同环]比)|^|[^0-9A-Za-z%+\u4e00-\u9fff-]|[为长到至是于达了在率降幅速润损差]|(?P<less>{_MAY_BE_LESS})|(?P<weak>[\u4e00-\u9fff]))"
    r"(?P<sign>[-+]|负|零下)\Z"
)
SIGNED_UNITS = frozenset(("%", "‰", "‱", "百分点", "℃", "度"))
_POINT = re.compile(r"点(?=[，。；、）)\n]|左右|以上|$)")
_CURRENCY = {"¥": "元", "￥": "元", "$": "美元", "€": "欧元", "£": "英镑"}


def mark(text: str, reading: Reading) -> None:
    """Gives ``reading`` its sign, its currency sign and, where a verb says so, the direction of a change."""
    _signed(text, reading)
    _priced(text, reading)
    _coded(text, reading)
    _changed(text, reading)


def _signed(text: str, reading: Reading) -> None:
    """A sign in front: the characters before it tell a minus from a dash."""
    if text[reading.start - 1 : reading.start] == "±" and isinstance(reading.value, Decimal):
        reading.start, reading.value = reading.start - 1, (-reading.value, reading.value)
        return
    if isinstance(reading.value, tuple):
        _ranging_below(text, reading)
    if not isinstance(reading.value, Decimal):
        return
    before = text[max(0, reading.start - 6) : reading.start]
    sign = _SIGN.search(before)
    if not sign or (sign["weak"] and reading.unit not in SIGNED_UNITS):
        return
    reading.start -= len(sign["sign"])
    if sign["sign"] != "+":
        reading.value = -reading.value
    if sign["compared"] or sign["sign"] == "+" or "(-" in before:
        reading.kind, reading.direction = "change", "up" if sign["sign"] == "+" else "down"


def _ranging_below(text: str, reading: Reading) -> None:
    """-3至5℃: the lower end is below nothing; of 零下3至5℃ and -5—-2℃ both are."""
    low, *rest = reading.value if isinstance(reading.value, tuple) else ()
    sign = _SIGN.search(text[max(0, reading.start - 6) : reading.start])
    if not sign or not (sign["less"] or reading.unit in SIGNED_UNITS):
        return
    if sign["sign"] != "+" and isinstance(low, Decimal):
        reading.start -= len(sign["sign"])
        above = [one for one in rest if isinstance(one, Decimal)]
        both = sign["sign"] == "零下" or (above[0] < low and "--" in text[reading.start : reading.end])
        reading.value = tuple(sorted([-low, *(-one if both else one for one in above)]))


def is_below(text: str, start: int) -> bool:
    """Whether a minus stands in front of ``start``: -3—2℃, 零下3至5℃; of 5-3 the dash is none."""
    sign = _SIGN.search(text[max(0, start - 6) : start])
    return sign is not None and sign["sign"] != "+"


def _priced(text: str, reading: Reading) -> None:
    """A currency sign in front, where no unit is printed behind."""
    before = text[max(0, reading.start - 2) : reading.start]
    sign = _CURRENCY.get(before.rstrip(" ")[-1:])
    if sign and not reading.unit:
        reading.start -= 1 + before.endswith(" ")
        reading.unit, reading.kind = sign, "money"


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
    if reading.unit == "个" and _POINT.match(text, reading.end):  # 提高3个点
        reading.unit, reading.end = "百分点", reading.end + 1
    as_change(reading, way)


def as_change(reading: Reading, way: str) -> None:
    """Makes ``reading`` the size of a change; a fall is negative."""
    negative = isinstance(reading.value, Decimal) and reading.value < 0
    reading.kind, reading.direction = "change", "down" if negative else way
    if way == "down" and not negative:
        reading.value = _negated(reading.value)
        reading.exact = -reading.exact if reading.exact is not None else None


def _negated(value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(-one for one in value if isinstance(one, Decimal))
    return -value if isinstance(value, Decimal) else value
