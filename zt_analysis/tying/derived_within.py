"""The share of a part in its place: 东川县初中失辍学398人，占全县失辍学人数的93.0%."""

from __future__ import annotations

from dataclasses import replace

import zt_analysis.expressions as re
from zt_analysis.indicators import Wanted, find
from zt_analysis.indicators.views import View
from zt_analysis.tying.case import Case
from zt_analysis.tying.compared import is_its_own
from zt_analysis.tying.derived_from import Clause, Found, follows, last_of

OF_PLACE = re.compile(
    r"[，,]\s*(?:约|大约)?占(?:到|了)?(?P<of>[^，,。；;占]{2,24}?)(?:总数|总人数|总量|总额)?的?(?:比例|比重)?(?:为|达到?)?$"
)
# a city may be the county or all of them: 占全市的
THIS = re.compile("全[县区]|[该本][县区]")
BARE = re.compile(r"[，,]\s*(?:约|大约)?占(?:到|了|比)?(?:总数的)?(?:为|达到?)?$")
AMONG = "其中"


def within(clause: Clause) -> Found | None:
    """The share of the number before it in the same of its place, which the text calls so or states before 其中."""
    found = BARE.search(clause.text) or OF_PLACE.search(clause.text)
    last = last_of(clause, 1, found.start()) if found else ()
    whole = _of_its_place(last[0].wanted[0], clause.case) if last else None
    if found is None or whole is None or not follows(clause, last[0], found.start()):
        return None
    part = last[0].wanted[0]
    if "of" in found.groupdict():
        name = _behind_place(found["of"], whole, clause.case)
        own = name is not None and (not name or is_its_own(name, part, clause.case))
        return Found("share", (part, whole), found.start(), last) if own else None
    stated = [one for one in clause.before if one.wanted == (whole,)]
    listed = clause.text.rfind(AMONG)
    among = len(stated) == 1 and stated[0].mention.end <= clause.begins + listed < last[0].mention.start
    return Found("share", (part, whole), found.start(), (*last, *stated)) if among else None


def _behind_place(said: str, whole: Wanted, case: Case) -> str | None:
    """What is said behind the place of ``whole``: 失辍学人数 of 全县失辍学人数; None where another place is named."""
    if this := THIS.match(said):
        said = said[this.end() :]
        return said if not case.parts.named(said) else None
    named = case.parts.named(said)
    ((dimension, value),) = whole.scope
    here = len(named) == 1 and (named[0].dimension, named[0].values, named[0].start) == (dimension, (value,), 0)
    return said[named[0].end :] if here else None


def _of_its_place(part: Wanted, case: Case) -> Wanted | None:
    """The figure of the place alone that a part is in; None of a part that is in no place, or is one."""
    places = tuple(one for one in part.scope if one[0] in case.parts.places)
    in_one = len(places) == 1 and len(part.scope) == len(places) + 1
    return replace(part, scope=places) if in_one and not isinstance(find(part.indicator), View) else None
