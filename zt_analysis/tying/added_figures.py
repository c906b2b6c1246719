"""Figures that a text adds up: the view that their sum is, and whether one of them is of a time or place of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import zt_analysis.expressions as re
from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, find
from zt_analysis.indicators.views import View
from zt_analysis.numbers import Mention
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import without_times
from zt_analysis.tying.marks import HIDDEN

if TYPE_CHECKING:
    from zt_analysis.tying.readings import Reading
    from zt_analysis.tying.sentences import Sentences

OF_ALL = re.compile("全部|所有|全体|各")
# 远程送教三项合计: a sum is of what stands before it, no place of the last one
SUMMED = re.compile(rf"[{HIDDEN}两二三四五六项者类]*(?:合计|共计|总计|总共|一共|合共|共)$")

SHARE = re.compile("[，,]占(?:比)?(?:约|为|近)*$")


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


def is_of_sum(mention: Mention, sentences: Sentences, known: Mapping[int, Reading]) -> bool:
    """送教159人，其中上门送教64人，占40.3%: a share in the sum that the number before it is counted in."""
    text = sentences.text[sentences.bounds(mention)[0] : mention.start]
    if mention.kind != "rate" or "其中" not in text or not SHARE.search(text):
        return False
    inside = [one.start for one in sentences.inside(mention) if one.start < mention.start]
    before = [known[one].wanted for one in inside if one in known]
    if not before or len(before[-1]) != 1:
        return False
    of = before[-1][0]
    return any(_is_counted_in(of, one) for all_of in before[:-1] for one in all_of)


def _is_counted_in(of: Wanted, whole: Wanted) -> bool:
    view = find(whole.indicator)
    counts = isinstance(view, View) and view.kind == "total" and of.indicator in {one.indicator for one in view.needs}
    return counts and of.indicator != whole.indicator and whole.scope == of.scope
