"""分别: lists of numbers that belong, one by one, to a list named or printed before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zt_analysis.proof.result import Quantity

RESPECTIVELY = re.compile(r"分别")
NEXT = re.compile(r"^(?:、|和|与|及|以及|，|,)$")
NAMES = re.compile(r"[、，,]|和|与|及|以及")
BEFORE_NAMES = re.compile(r"^.*(?:其中|；|。|：)[，,]?", re.DOTALL)


def respective_list(quantities: Sequence[Quantity], place: int) -> list[Quantity]:
    """The list that begins at ``place`` with 分别: at least two numbers in one unit; else nothing.

    A list joined by commas alone is one only if the words between hold nothing else.
    """
    return list_from(quantities, place) if RESPECTIVELY.search(quantities[place].lead) else []


def list_from(quantities: Sequence[Quantity], place: int) -> list[Quantity]:
    """The numbers in one unit from ``place`` on that nothing but 、 or a joining word parts; nothing of one alone."""
    first = quantities[place]
    found = [first]
    for one in quantities[place + 1 :]:
        if one.unit != first.unit or not NEXT.match(one.lead) or one.depth != first.depth:
            break
        found.append(one)
    return found if len(found) > 1 else []


def names_before(lead: str, count: int) -> list[str]:
    """The names listed before 分别, if there are ``count`` of them.

    >>> names_before("其中，小学、初中和高中分别为", 3)
    ['小学', '初中', '高中']
    """
    words = BEFORE_NAMES.sub("", lead[: lead.rindex("分别")])
    parts = [one for one in NAMES.split(words) if one]
    return parts[-count:] if len(parts) >= count else []
