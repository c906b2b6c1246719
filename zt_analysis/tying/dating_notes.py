"""Sentences that only say of when the numbers beside them are: 以上数据截至11月8日。 统计时段为9月20日至11月8日。

Of the dates of the case they change nothing: a number that names no other date is of them already. The days between
them date what is counted over them, and a term what is counted in one; of other figures that would be another number.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import zt_analysis.expressions as re
from zt_analysis.indicators import find
from zt_analysis.indicators.views import View
from zt_analysis.periods import Period
from zt_analysis.tying.forms import DAY
from zt_analysis.tying.named_spans import other_term
from zt_analysis.tying.time_words import TERMS

_WHAT = (
    r"(?:注[：:])?(?:以上|上述|上列|这些|本期|本文|文中|前述)?(?:各项|各类|相关|有关|全部|所有|所列|所用)?(?:数据|数字|数|情况|统计|人数|比例|比率|排名|报表)?的?"
    r"(?:统计|比较|对比|计算|核算|起止|截止|截至|测算)?的?(?:时点|时段|时间段|时间|区间|期间|日期|期限|学期)?"
)
_IS = r"(?:[：:]|(?:均|都|皆|全|一律)?(?:截[至止]到?|为|是|系|取|以|按|自|从|即)*)"
_OF = r"(?:的?(?:在册|累计|统计|时点|当日|当期|实有)?(?:数据?|情况|人数|口径|台账))?(?:为准|计算?|统计|起算)?止?"
_DAYS = rf"(?P<first>{DAY})(?:(?:起|开始)?[至到—－~～-]|和|与|、)(?P<last>{DAY})"
NOTE = re.compile(
    rf"[（(]?\s*(?P<what>{_WHAT})(?P<is>{_IS})(?:{_DAYS}|(?P<day>{DAY})|(?P<term>{TERMS.pattern}))(?P<of>{_OF})\s*[）)]?[。；;]?\s*"
)


def dated_by(sentence: str, period: Period) -> str:
    """``day``, ``span`` or ``term`` of a sentence that says no more than that of the case; empty of any other."""
    found = NOTE.fullmatch(sentence)
    if found is None or not (found["what"] or found["is"] or found["of"]):
        return ""
    if found["term"]:
        return "" if other_term(sentence, period) else "term"
    if found["day"]:
        return "day" if _is(found["day"], period.as_of) else ""
    return "span" if _is(found["first"], period.base_on) and _is(found["last"], period.as_of) else ""


def fits(dated: str, figures: Iterable[str]) -> bool:
    """Whether what a note says of when may be said of all of these figures, and changes none."""
    if dated == "day":
        return True
    return bool(dated) and all(_time(one) == dated for one in figures)


def _time(indicator: str) -> str:
    """Over what a figure is counted: a change is one between the two days."""
    one = find(indicator)
    return "span" if isinstance(one, View) and one.kind in ("change", "growth") else one.time


def _is(said: str, day: date) -> bool:
    """Whether 11月8日, with or without its year, is that day."""
    return re.fullmatch(rf"(?:{day.year}年)?0?{day.month}月0?{day.day}日", said) is not None
