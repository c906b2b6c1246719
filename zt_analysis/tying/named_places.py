"""Places that a caption or a title only counts: 部分县区情况, 五县情况. Which they are say the rows."""

from __future__ import annotations

import re

from zt_analysis.numbers.numerals import count_of

# 北部片区: an area of the places that the rows name
AREA = r"[东南西北中]{1,2}部(?:片区|地区)?"
COUNTED = re.compile(
    rf"(?:{AREA})?(?:部分|(?P<number>十[一二三四五六七八九]?|[两二三四五六七八九]|\d{{1,2}}))个?(?=(?:县|区)(?!长)|市(?=区|、))"
)
LEAST = 2


def without_counted_places(text: str, members: int | None = None) -> str:
    """The text without how many places it is of; where another number of them is named, as it is.

    Args:
        members: how many places are named below; None where each number names its own.
    """

    def said(found: re.Match[str]) -> str:
        if members is None:
            return ""
        number = count_of(found["number"]) if found["number"] else members
        return "" if members >= LEAST and number == members else found[0]

    return COUNTED.sub(said, text)
