"""Units of captions and headers (单位：万元, 金额（元）) and the exact factor between two of them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

# unit: what it measures, and how many of the smallest it is
UNITS = {
    "分": ("money", 1),
    "角": ("money", 10),
    "元": ("money", 100),
    "百元": ("money", 10**4),
    "千元": ("money", 10**5),
    "万元": ("money", 10**6),
    "十万元": ("money", 10**7),
    "百万元": ("money", 10**8),
    "千万元": ("money", 10**9),
    "亿元": ("money", 10**10),
    "人": ("persons", 1),
    "名": ("persons", 1),
    "百人": ("persons", 100),
    "千人": ("persons", 1000),
    "万人": ("persons", 10**4),
    "人次": ("person-times", 1),
    "千人次": ("person-times", 1000),
    "万人次": ("person-times", 10**4),
    "个": ("count", 1),
    "所": ("count", 1),
    "户": ("households", 1),
    "万户": ("households", 10**4),
    "%": ("share", 10),
    "‰": ("share", 1),
}
SAME = {"人民币元": "元", "人民币万元": "万元", "圆": "元", "万圆": "万元"}
# 填报单位：东河县教育局 names an office
CAPTION = re.compile(r"(?<![报送制填写责管编主])(?:计量|金额|货币)?单位\s*[:：]\s*([^()]{1,40})")
LIST = re.compile(r"[、,，;；/\s]+|和")
BRACKETS = re.compile(r"\(([^()]*)\)|[,，、](?:单位[:：])?([^/(),，、]+)$")
LIKE_A_UNIT = re.compile(r".*(?:元|人次|人|户)$")


def known_unit(unit: str) -> bool:
    """Whether ``unit`` is one of UNITS."""
    return unit in UNITS


def same_dimension(unit: str, base: str) -> bool:
    """Whether the two measure the same thing."""
    return unit in UNITS and base in UNITS and UNITS[unit][0] == UNITS[base][0]


def factor(unit: str, base: str) -> Decimal:
    """What a value in ``unit`` is multiplied by to be in ``base``; 1 where nothing converts.

    >>> factor("万元", "分"), factor("元", "万元")
    (Decimal('1000000'), Decimal('0.0001'))
    """
    if not unit or not base:
        return Decimal(1)
    return Decimal(UNITS[unit][1]) / Decimal(UNITS[base][1])


def is_scaled_money(unit: str) -> bool:
    """Whether leaving ``unit`` unread would change an amount: any unit of money."""
    return unit in UNITS and UNITS[unit][0] == "money"


def dimension(unit: str) -> str:
    """What ``unit`` measures; empty for an unknown unit."""
    return UNITS[unit][0] if unit in UNITS else ""


def caption_units(text: str) -> list[str]:
    """The units a caption states; what ends like a unit and is not known is given as it stands.

    >>> caption_units("单位：人、万元"), caption_units("填报单位：东河县教育局"), caption_units("单位：美元")
    (['人', '万元'], [], ['美元'])
    """
    found = CAPTION.search(unicodedata.normalize("NFKC", text))
    if not found:
        return []
    words = [SAME.get(word, word) for word in LIST.split(found[1].strip()) if word]
    return [word for word in words if word in UNITS or (len(word) <= 4 and LIKE_A_UNIT.match(word))]


def header_units(header: str) -> list[str]:
    """The units a header names in brackets or behind a comma.

    >>> header_units("金额(元)"), header_units("补助(万元)/金额"), header_units("家长(监护人)")
    (['元'], ['万元'], [])
    """
    found = []
    for part in header.split("/"):
        for bracket, tail in BRACKETS.findall(part):
            word = (bracket or tail).removeprefix("单位").lstrip(":：")
            word = SAME.get(word, word)
            if word in UNITS:
                found.append(word)
    return found


@lru_cache(maxsize=4096)
def without_units(header: str) -> str:
    """``header`` without the units in it.

    >>> without_units("补助(万元)/金额"), without_units("家长(监护人)")
    ('补助/金额', '家长(监护人)')
    """

    def drop(found: re.Match[str]) -> str:
        return "" if header_units(found.group()) else found.group()

    return "/".join(BRACKETS.sub(drop, part) for part in header.split("/"))
