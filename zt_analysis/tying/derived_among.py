"""The share of one figure in a sum that it is counted in: 送教学生中，远程送教占59.5%，上门送教占40.5%."""

from __future__ import annotations

from dataclasses import replace

import zt_analysis.expressions as re
from zt_analysis.indicators import Wanted, find
from zt_analysis.indicators.views import View
from zt_analysis.tying.derived_added import UNITS
from zt_analysis.tying.derived_from import WORDS, Clause, Found, named_in
from zt_analysis.tying.forms import SHARE, N
from zt_analysis.tying.readings import Reading

_ITEM = rf"{WORDS}{{2,12}}?占(?:比)?(?:约|为|近)*{SHARE}"
# 送教学生中，远程送教占59.5%，上门送教占
AMONG = re.compile(
    rf"(?:^|[，,；;。：:])\s*(?P<name>{WORDS}{{2,20}}?)[当之]?中[，,](?:其中)?(?:{_ITEM}[，,、；;])*(?P<who>{WORDS}{{2,12}}?)占(?:比)?(?:约|为|近)*$"
)
# 送教2031人，其中远程送教占
OF_WHICH = re.compile(rf"[，,]\s*其中[，,]?(?:{_ITEM}[，,、；;])*(?P<who>{WORDS}{{2,12}}?)占(?:比)?(?:约|为|近)*$")
_COUNTED = rf"{WORDS}{{2,12}}?(?:为|有|共)?{N}(?:[，,]占(?:比)?(?:约|为|近)*{SHARE})?"
# 送教159人，其中上门送教64人，占
OF_WHICH_SO_MANY = re.compile(
    rf"[，,]\s*其中[，,]?(?:{_COUNTED}[，,、；;])*(?P<who>{WORDS}{{2,12}}?)(?:为|有|共)?{N}[，,]占(?:比)?(?:约|为|近)*$"
)
NOUN = re.compile(r"(?:的)?(?:方式|形式|学生|人数|的)+$")


def among(clause: Clause) -> Found | None:
    """送教学生中，远程送教占59.5%: of a figure in the sum of it and others, which is named or counted before."""
    if clause.mention.kind != "rate" or clause.mention.unit not in ("%", "成", "1"):
        return None
    said_of: tuple[Reading, ...] = ()
    if found := AMONG.search(clause.text):
        whole = named_in(clause, clause.text[: found.start("name")], found["name"], UNITS)
    elif found := OF_WHICH.search(clause.text) or OF_WHICH_SO_MANY.search(clause.text):
        last = _last(clause, found.start())
        whole, said_of = (last.wanted[0], (last,)) if last and len(last.wanted) == 1 else (None, ())
    else:
        return None
    part = _part(whole, NOUN.sub("", found["who"]), clause) if whole else None
    return Found("share", (part, whole), found.start(), said_of) if whole and part else None


def _last(clause: Clause, until: int) -> Reading | None:
    """The number right before ``until``."""
    before = [one for one in clause.before if one.mention.end == clause.begins + until]
    return before[-1] if before else None


def _part(whole: Wanted, who: str, clause: Clause) -> Wanted | None:
    """The one figure of a sum that ``who`` names, or begins the name of."""
    view = find(whole.indicator)
    if not isinstance(view, View) or view.kind != "total" or not who:
        return None
    of = {one.indicator for one in view.needs}
    named = {
        one.indicator
        for one in clause.case.phrases
        if one.indicator in of and len(one.groups) == 1 and any(word.startswith(who) for word in one.words)
    }
    return replace(whole, indicator=named.pop()) if len(named) == 1 else None
