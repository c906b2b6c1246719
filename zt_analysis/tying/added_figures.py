"""Figures that a text adds up: the view that their sum is, and whether one of them is of a time or place of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import zt_analysis.expressions as re
from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, find
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import without_times
from zt_analysis.tying.marks import HIDDEN

OF_ALL = re.compile("全部|所有|全体|各")
# 远程送教三项合计: a sum is of what stands before it, no place of the last one
SUMMED = re.compile(rf"[{HIDDEN}两二三四五六项者类]*(?:合计|共计|总计|总共|一共|合共|共)$")


def total_of(wanted: Wanted, indicators: Iterable[str]) -> Wanted | None:
    """The sum of ``indicators`` of the part and the day of ``wanted``; None of figures of other units."""
    try:
        return replace(wanted, indicator=find(f"total({', '.join(sorted(indicators))})").id)
    except InputError:
        return None


def is_of_its_own(words: str, case: Case, names: Sequence[str] = ()) -> bool:
    """上门送教与去年远程送教, 与全市远程送教: whether the second takes neither time nor place from the first.

    Args:
        names: words of figures, which may hold a part's.
    """
    words = SUMMED.sub("", words)
    return bool(OF_ALL.match(words) or case.parts.named(words, names) or without_times(words) != words)
