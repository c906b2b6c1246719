"""What is printed behind a unit for less than one of it: 1米42, 3元5角, 三斤四两; and coins alone, 贰角伍分."""

from __future__ import annotations

from decimal import Decimal

import zt_analysis.expressions as re
from zt_analysis.numbers.mention import Reading
from zt_analysis.numbers.numerals import CHINESE
from zt_analysis.numbers.units import unit_at

FEW = "0123456789零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖两"
LESSER = frozenset(("米", "元", "块", "斤"))
_VALUES = "0123456789012345678901234567892"
_ONE = "[0-9一二三四五六七八九壹贰叁肆伍陆柒捌玖两]"
_CENTS = rf"{_ONE})分(?![钟之])"
# 1米42, 一米九
_DECIMALS = re.compile(rf"(?P<digits>[0-9]{{1,2}}|[一二三四五六七八九]{{1,2}})(?![0-9{CHINESE}.,:/%~至到-])")
# 3元5角, 三块五毛, 伍佰元零贰分
_COINS = re.compile(rf"(?P<tenths>{_ONE})[角毛](?:[零〇]?(?P<cents>{_CENTS})?|[零〇]?(?P<alone>{_CENTS}")
_TENTHS = re.compile(rf"(?P<tenths>{_ONE})两")
# 五角星, 三角: angles, unless it is plain that they are coins
_BY_THEMSELVES = re.compile(
    rf"(?P<tenths>{_ONE})角(?P<cents>{_CENTS}"
    rf"|(?P<coin>{_ONE})(?:[角毛]钱|(?:(?<=[0-9])|(?<=[壹贰叁肆伍陆柒捌玖]))角(?![形星度]))"
)


def add_lesser(text: str, reading: Reading, value: Decimal) -> None:
    """Adds to ``reading`` what is printed right behind it for less than one of its unit."""
    form = _DECIMALS if reading.unit == "米" else _TENTHS if reading.unit == "斤" else _COINS
    found = form.match(text, reading.end)
    if not found or value != int(value) or (form is _DECIMALS and (value >= 10 or unit_at(text, found.end()))):
        return
    said = found.groupdict()
    printed = f"0{said['alone']}" if said.get("alone") else (said.get("digits") or said["tenths"])
    digits = _digits(printed + (said.get("cents") or ""))
    reading.value, reading.end, reading.decimals = value + Decimal(f"0.{digits}"), found.end(), len(digits)


def read_coins(text: str, start: int) -> Reading | None:
    """Coins without a whole yuan before them that start at ``start``, in yuan; None of anything else.

    >>> read_coins("贰角伍分", 0).value, read_coins("五角星", 0)
    (Decimal('0.25'), None)
    """
    found = _BY_THEMSELVES.match(text, start)
    if not found or text[start - 1 : start] in tuple(FEW + "十百千万亿第."):
        return None
    digits = _digits((found["tenths"] or found["coin"]) + (found["cents"] or ""))
    words = not text[start].isdigit()
    return Reading(start, found.end(), Decimal(f"0.{digits}"), "元", "money", decimals=len(digits), words=words)


def _digits(printed: str) -> str:
    return "".join(_VALUES[FEW.index(one)] for one in printed)
