"""How many places are above or below a bound: 全市有2个县区失辍学不足150人, 失辍学人数超过1000人的县区有1个.

It is counted over all of them, by the figure that the words name; a wrong count is named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import zt_analysis.expressions as re
from zt_analysis.numbers import Mention
from zt_analysis.terms import labels
from zt_analysis.tying.excuses import Excuse
from zt_analysis.tying.forms import BOUND, HERE, UNIT, Form, Said
from zt_analysis.tying.tie import GREEN
from zt_analysis.tying.verdicts import judge

if TYPE_CHECKING:
    from zt_analysis.tying.readings import Reading

_PLACES = "(?:县区|县市区|县（市、区）|县)"
_NAME = r"(?P<name>[一-龥]{3,14}?)(?:均|都)?在?"
_LIMIT = rf"(?P<bound>(?:{BOUND}|高于|低于|少于|多于)\d[\d,.]*\s*{UNIT}(?:以上|以下|以内)?)"
_ALL = rf"(?:在?(?:全市|我市)?(?:\d{{1,2}}个?{_PLACES}(?:当?中|之中)?[，,]?)?)"
_PRE = r"(?P<pre>^|.*[，,；;：:])"
AHEAD = re.compile(rf"{_PRE}(?:{_ALL})(?:共|已)?有?{HERE}(?:个)?{_PLACES}?的?{_NAME}{_LIMIT}(?=[，,。；;（(\n]|$)")
BEHIND = re.compile(rf"(?P<pre>^|.*[，,；;：:])(?:全市)?{_NAME}{_LIMIT}的{_PLACES}(?:共|一共)?有{HERE}")
# the reason of a number that is computed like a figure and has none
COUNTED = "places_counted"
OF_PLACES = ("个", "县区", "县", "县市区", "个县区")
BOUNDS = ("more-than", "less-than")


def of_bound(said: Said, read: Callable[[Form], Reading | None], inside: Sequence[Mention]) -> Excuse | None:
    """The number of places that keep a bound, held against the tables; None of another number.

    Args:
        read: what the number means in another form.
        inside: all numbers of its sentence.
    """
    mention = said.mention
    if mention.kind != "count" or mention.qualifier != "exact" or mention.unit not in OF_PLACES:
        return None
    found = AHEAD.search(said.text) or BEHIND.search(said.text)
    bound = next((one for one in inside if found and one.surface == found["bound"]), None)
    if found is None or bound is None or bound.qualifier not in BOUNDS or not isinstance(mention.value, Decimal):
        return None
    ends = said.text[found.end() :] if found.re.pattern == AHEAD.pattern else "。"
    reading = read(Form(f"{found['pre']}{found['name']}{HERE}{ends}", surface=found["bound"]))
    if reading is None or len(reading.wanted) != 1 or reading.wanted[0].scope:
        return None
    (of,) = reading.wanted
    dimension = next((one for one in said.case.registers if one in said.case.dimensions(of.indicator)), "")
    each = [replace(of, scope=((dimension, code),)) for code in said.case.registers.get(dimension, ())]
    figures = said.case.computed(each)
    number = sum(judge(bound, figures[one.key])[0] in GREEN for one in each)
    right = bool(each) and number == mention.value
    name = labels("tie_places_counted")
    return Excuse(name, name, "" if right else f"{number}{mention.unit}", reason_key=COUNTED) if each else None
