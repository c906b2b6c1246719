"""Units of captions and headers (单位：万元, 金额（元）) and the exact factor between two of them."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from functools import lru_cache

import zt_analysis.expressions as re
from zt_analysis.office import Office, current
from zt_analysis.units import added_forms

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


# what a word before a unit multiplies it by: 万所 is ten thousand 所
PREFIXES = {
    "千万": 10**7, "百万": 10**6, "十万": 10**5, "亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10,
}  # fmt: skip


def _measured(unit: str) -> tuple[str, int] | None:
    """What ``unit`` measures and how many of the smallest it is; None for a word that is no unit."""
    if unit in UNITS:
        return UNITS[unit]
    prefix = next((one for one in PREFIXES if unit.startswith(one)), "")
    noun = unit.removeprefix(prefix)
    if noun in UNITS and UNITS[noun][0] != "share":
        dimension, times = UNITS[noun]
        return dimension, times * PREFIXES.get(prefix, 1)
    # of the office's own units (平方米, 学位) each measures itself
    return (noun, PREFIXES.get(prefix, 1)) if noun and noun in added_forms() else None


def known_unit(unit: str) -> bool:
    """Whether ``unit`` is one of UNITS, one that the office prints, or such a one in thousands, 万 or 亿.

    >>> known_unit("万所"), known_unit("美元")
    (True, False)
    """
    return _measured(unit) is not None


def scale(unit: str) -> Decimal:
    """How many persons, schools, yuan ... one ``unit`` is; 1 for what has no multiple (%, a ratio) and for none.

    >>> scale("万人"), scale("所"), scale("亿元"), scale("%"), scale("")
    (Decimal('10000'), Decimal('1'), Decimal('100000000'), Decimal('1'), Decimal('1'))
    """
    prefix = next((one for one in PREFIXES if unit.startswith(one)), "")
    return Decimal(PREFIXES[prefix]) if prefix and known_unit(unit) else Decimal(1)


def split_unit(label: str) -> tuple[str, str]:
    """A label without the unit at its end in brackets, and that unit; what is no unit stays.

    >>> split_unit("在校学生数 (万人)"), split_unit("师生比(教师=1)"), split_unit("班数")
    (('在校学生数', '万人'), ('师生比(教师=1)', ''), ('班数', ''))
    """
    found = re.fullmatch(r"(.*?)\s*\(([^()]*)\)", unicodedata.normalize("NFKC", label).strip())
    return (found[1], found[2]) if found and known_unit(found[2]) else (label.strip(), "")


def same_dimension(unit: str, base: str) -> bool:
    """Whether the two measure the same thing."""
    one, other = _measured(unit), _measured(base)
    return one is not None and other is not None and one[0] == other[0]


def factor(unit: str, base: str) -> Decimal:
    """What a value in ``unit`` is multiplied by to be in ``base``; 1 where nothing converts.

    >>> factor("万元", "分"), factor("元", "万元")
    (Decimal('1000000'), Decimal('0.0001'))
    """
    one, other = _measured(unit), _measured(base)
    return Decimal(1) if one is None or other is None else Decimal(one[1]) / Decimal(other[1])


def is_scaled_money(unit: str) -> bool:
    """Whether leaving ``unit`` unread would change an amount: any unit of money."""
    return unit in UNITS and UNITS[unit][0] == "money"


def dimension(unit: str) -> str:
    """What ``unit`` measures; empty for an unknown unit."""
    found = _measured(unit)
    return found[0] if found else ""


def caption_units(text: str) -> list[str]:
    """The units a caption states; what ends like a unit and is not known is given as it stands.

    >>> caption_units("单位：人、万元"), caption_units("填报单位：东河县教育局"), caption_units("单位：美元")
    (['人', '万元'], [], ['美元'])
    """
    found = CAPTION.search(unicodedata.normalize("NFKC", text))
    if not found:
        return []
    words = [SAME.get(word, word) for word in LIST.split(found[1].strip()) if word]
    return [word for word in words if known_unit(word) or (len(word) <= 4 and LIKE_A_UNIT.match(word))]


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
            if known_unit(word):
                found.append(word)
    return found


def without_units(header: str) -> str:
    """``header`` without the units in it.

    >>> without_units("补助(万元)/金额"), without_units("家长(监护人)")
    ('补助/金额', '家长(监护人)')
    """
    return _without_units(header, current())


@lru_cache(maxsize=4096)
def _without_units(header: str, office: Office) -> str:  # which words are units is the office's to say
    def drop(found: re.Match[str]) -> str:
        return "" if header_units(found.group()) else found.group()

    return "/".join(BRACKETS.sub(drop, part) for part in header.split("/"))
