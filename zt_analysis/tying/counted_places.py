"""How many places are above or below a bound, and which: 2个县区失辍学不足150人, 失辍学超过400人的有东川、西岭.

It is counted over all of them, by the figure that the words name; a wrong count or a wrong list is named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import zt_analysis.expressions as re
from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted
from zt_analysis.numbers import Mention
from zt_analysis.numbers.numerals import count_of
from zt_analysis.terms import labels
from zt_analysis.tying.case import Case
from zt_analysis.tying.excuses import PLACES_COUNTED, Excuse
from zt_analysis.tying.forms import BOUND, DAY, HERE, UNIT, Form, N, Said, members_of
from zt_analysis.tying.marks import SENTENCE_END
from zt_analysis.tying.tie import GREEN
from zt_analysis.tying.verdicts import judge

if TYPE_CHECKING:
    from zt_analysis.tying.readings import Reading

PLACES = "(?:县区|县市区|县（市、区）|县（市）|县市|县)"
NAME = r"(?P<name>[一-龥]{3,14}?)(?:均|都)?在?"
KEPT = rf"(?:{BOUND}|高于|低于|少于|多于)\d[\d,.]*\s*{UNIT}(?:以上|以下|以内)?"
# 有东川、西岭; 只有西岭; 共有4个，即东川
_OF_THESE = r"(?:[一二两三四五六七八九十]|\d{1,2})个[，,：:]?(?:即|分别(?:是|为)|依次(?:是|为)|为)?"
SO_MANY = rf"(?:共|分别|只|仅|就)?(?:有|是|为)(?:{_OF_THESE})?[：:]?"
_LIMIT = rf"(?P<bound>{KEPT})"
_ALL = rf"(?:在?(?:全市|我市)?(?:\d{{1,2}}个?{PLACES}(?:当?中|之中)?[，,]?)?)"
_PRE = r"(?P<pre>^|.*[，,；;：:])"
AHEAD = re.compile(rf"{_PRE}(?:{_ALL})(?:共|已)?有?{HERE}(?:个)?{PLACES}?的?{NAME}{_LIMIT}(?=[，,。；;（(\n]|$)")
BEHIND = re.compile(rf"{_PRE}(?:{_ALL})(?:全市)?{NAME}{_LIMIT}的{PLACES}?(?:共|一共)?有{HERE}")
_BOUND = rf"(?:{HERE}|{KEPT})"
_LIST = r"[一-龥]{2,5}?(?:(?:[、和与及]|以及)[一-龥]{2,5}?|[（(]\d[\d,.]*\s*人?[）)])*?"
# ，11月8日分别为319人和216人; ，合计2990人: judged at their own
_THEIRS = (
    rf"(?:[，,](?:(?:截[至止]到?)?{DAY}[，,]?)?(?:分别|依次|合计|共计?)*(?:为|有|达)*{N}(?:(?:[、，,]|和|与|及){N})*)?"
)
# 不足200人的有大关、绥江两县
GROUP = re.compile(
    rf"(?P<bound>{_BOUND})的?(?:{PLACES})?{SO_MANY}(?P<list>{_LIST})"
    rf"(?:(?P<etc>等)?(?P<count>[一二两三四五六七八九十\d]+)个?(?:{PLACES}|县市|地))?(?=\s*(?:[，,；;]\s*(?:而|另)?{_BOUND}|{_THEIRS}。?\s*$))"
)
# ，分别是东川县和西岭县: they have to be these
THEY_ARE = re.compile(rf"[，,](?:分别|依次|即|它们)?(?:是|为|有)?[：:]?(?P<list>{_LIST})。?\s*")
ONLY_THESE = re.compile("[只仅](?:有|是)")
NEXT = re.compile(r"\s*[，,；;]\s*(?:而|另)?")
OVER = re.compile(rf"\s*{_THEIRS}。?\s*")
# 97人，是全市唯一不足100人的县区
ONLY = re.compile(
    rf"(?P<pre>^|.*?[，,；;：:])(?P<who>[一-龥]{{2,5}}?[县区市])(?P<name>[一-龥]{{3,14}}?)(?:为|有|仅|只)*{N}[，,](?:也?[是为])(?:全市|我市|各县区|县区中|全市各?县区?中?)?(?:[唯惟]一|仅有)的?(?:一个)?"
    rf"{HERE}的(?:县级单位|{PLACES}|地方|一个)(?=[，,。；;]|$)"
)
AMONG = re.compile(rf"(?:在?(?:全市|我市)?\d{{1,2}}个?(?:{PLACES}|县市区)(?:当?中|之中)?[，,]?)")
STANDS = re.compile(r"(?:均|都|处)?在?$")
REST = re.compile(
    rf"(?:^|[，,；;])\s*其[余他](?:各|的)?(?:(?P<count>[一二三四五六七八九十\d]+)个?)?(?:县区|县市区|县市|县（市）|县|地方|地)(?:的?人数)?(?:均|都|全部|则|也)*(?:在|为)?{HERE}(?=\s*。?\s*$)"
)
BRACKET = re.compile(r"[（(][^（）()]*[）)]")
OFPLACES = ("个", "县区", "县", "县市区", "个县区")
BOUNDS = ("more-than", "less-than")


def of_bound(said: Said, read: Callable[[Form], Reading | None], inside: Sequence[Mention]) -> Excuse | None:
    """The number of places that keep a bound, held against the tables; None of another number.

    Args:
        read: what the number means in another form.
        inside: all numbers of its sentence.
    """
    mention = said.mention
    if mention.qualifier in BOUNDS:
        return _listed(said, read) or _of_rest(said, read)
    if mention.kind != "count" or mention.qualifier != "exact" or mention.unit not in OFPLACES:
        return None
    found = AHEAD.search(said.text) or BEHIND.search(said.text)
    bound = next((one for one in inside if found and one.surface == found["bound"]), None)
    if found is None or bound is None or bound.qualifier not in BOUNDS or not isinstance(mention.value, Decimal):
        return None
    ends = said.text[found.end() :] if found.re.pattern == AHEAD.pattern else "。"
    listed = THEY_ARE.fullmatch(ends)
    members = members_of(listed["list"], said.case) if listed else None
    ends = "。" if members else ends
    reading = read(Form(f"{found['pre']}{found['name']}{HERE}{ends}", surface=found["bound"]))
    keeping = _keeping(reading, bound, said.case)
    if keeping is None or (members and {code for _, code in keeping} != {*members[1]}):
        return None
    return told("" if len(keeping) == mention.value else f"{len(keeping)}{mention.unit}")


def _listed(said: Said, read: Callable[[Form], Reading | None]) -> Excuse | None:
    """失辍学人数超过400人的有东川、西岭: a list of places that holds all that keep its bound, and no other.

    The sentence says nothing else, but which places keep another bound; a list that is another is unproven.
    """
    if only := ONLY.search(said.text):
        said = replace(said, text=f"{only['pre']}{only['name']}{HERE}的有{only['who']}。")
    first = GROUP.search(said.text)
    groups, place = [], first.start() if first else 0
    while found := GROUP.match(said.text, place):
        groups.append(found)
        following = NEXT.match(said.text, found.end())
        place = following.end() if following else found.end()
    mine = next((one for one in groups if one["bound"] == HERE), None)
    if first is None or mine is None or not OVER.fullmatch(said.text, groups[-1].end()):
        return None
    members = members_of(BRACKET.sub("", mine["list"]), said.case)
    name = STANDS.sub("", AMONG.sub("", said.text[: first.start()]))
    keeping = _keeping(read(Form(f"{name}{HERE}。")), said.mention, said.case)
    if keeping is None or members is None or len({*members[1]}) < len(members[1]):
        return None
    codes = {code for one, code in keeping if one == members[0]}
    all_of_them = codes == {*members[1]}
    if mine["etc"]:
        all_of_them = {*members[1]} <= codes and count_of(mine["count"]) == len(codes)
    if not all_of_them and ONLY_THESE.search(mine[0]):  # 超过200人的只有东川县, where 西平区 has as many
        register = said.case.registers[members[0]]
        return told("、".join(register[code]["zh"] for code in register if code in codes) or "0")
    return told("") if all_of_them else None


def _of_rest(said: Said, read: Callable[[Form], Reading | None]) -> Excuse | None:
    """东川县218人，西平区148人。其余县均在60人以下: the bound of all places that are not named before it."""
    found = REST.search(said.text)
    if found is None:
        return None
    before = said.text[: found.start()] or SENTENCE_END.split(said.above.rstrip("。\n"))[-1]
    named = [one for one in said.case.parts.named(before) if one.values and one.dimension in said.case.registers]
    dimension = named[0].dimension if named else ""
    listed = {value for one in named for value in one.values}
    others = [code for code in said.case.registers.get(dimension, ()) if code not in listed]
    if not listed or not others or (found["count"] and count_of(found["count"]) != len(others)):
        return None
    other = said.case.registers[dimension][others[0]]["zh"]
    reading = read(Form(f"{before.rstrip('，,；;')}，{other}{HERE}。"))
    if reading is None or len(reading.wanted) != 1 or reading.wanted[0].scope != ((dimension, others[0]),):
        return None
    keeping = _with(replace(reading.wanted[0], scope=()), said.mention, said.case)
    return told("") if keeping and all((dimension, code) in keeping for code in others) else None


def _keeping(reading: Reading | None, bound: Mention, case: Case) -> list[tuple[str, str]] | None:
    """The places whose figure keeps a bound; None where no figure is meant, or it has no places."""
    if reading is None or len(reading.wanted) != 1 or reading.wanted[0].scope:
        return None
    return _with(reading.wanted[0], bound, case)


def _with(of: Wanted, bound: Mention, case: Case) -> list[tuple[str, str]] | None:
    """The places whose part of a figure keeps a bound; None of a figure without places, or that has no such parts."""
    dimension = next((one for one in case.registers if one in case.dimensions(of.indicator)), "")
    each = [replace(of, scope=((dimension, code),)) for code in case.registers.get(dimension, ())]
    try:
        figures = case.computed(each)
    except InputError:  # a view that has no such parts
        return None
    return [one.scope[0] for one in each if judge(bound, figures[one.key])[0] in GREEN] if each else None


def told(expected: str, key: str = "tie_places_counted") -> Excuse:
    """What is computed and no figure: how many places keep a bound, the place of one; ``expected`` where wrong."""
    name = labels(key)
    return Excuse(name, name, expected, reason_key=PLACES_COUNTED)
