"""Names of a table that are spelt in two ways, and rows that name the same: what a person should see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from zt_analysis.proposing.shaping import tidy
from zt_analysis.proposing.values import narrow

ENDINGS = ("省", "市", "县", "区", "州", "旗", "乡", "镇", "街道", "村")
MOST_SAID = 5


def spelt(names: Sequence[Any], words: Sequence[Any]) -> str:
    """Which of ``words`` were made one name (甲 县), and which names may be one (甲 beside 甲县).

    >>> spelt(["甲县", "甲县"], ["甲 县", "甲县"]), spelt(["甲", "甲县"], ["甲", "甲县"])
    ("'甲 县' is read as '甲县'", "'甲' stands beside '甲县': read as two names")
    """
    spaced = [one for one in dict.fromkeys(narrow(one) for one in words if one is not None) if one != tidy(one)]
    known = dict.fromkeys(one for one in names if one)
    beside = {one: one + end for one in known for end in ENDINGS if one + end in known}
    said = [f"{one!r} is read as {tidy(one)!r}" for one in spaced]
    return "; ".join([*said, *(f"{one!r} stands beside {other!r}: read as two names" for one, other in beside.items())])


def twice(places: Sequence[int], named: Sequence[Sequence[Any]]) -> list[str]:
    """The rows, by their place, that name the same: each is added up, as records are, or one is too many.

    >>> twice([2, 3, 4], [["2024", "2024", "2024"], ["甲县", "乙县", "乙县"]])[0][:36]
    'rows 3, 4 name the same (2024 乙县): e'
    """
    rows: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for place, labels in zip(places, zip(*named, strict=True), strict=False):
        rows[labels].append(place)
    said = "each is added up; take one out unless each is a record of its own"
    found = [(labels, some) for labels, some in rows.items() if len(some) > 1]
    lines = [
        f"rows {', '.join(map(str, some))} name the same ({' '.join(str(one) for one in labels if one)}): {said}"
        for labels, some in found[:MOST_SAID]
    ]
    more = len(found) - len(lines)
    return [*lines, *([f"so do the rows of {more} names more"] if more else [])]
