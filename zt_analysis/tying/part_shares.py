"""Shares named after the number of a whole or of its parts: 失辍学4717人，初中占93.03%; 两县区占全市的44.41%."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import zt_analysis.expressions as re
from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, find
from zt_analysis.numbers import Mention
from zt_analysis.numbers.numerals import count_of
from zt_analysis.terms import filled
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import unknown, without_times
from zt_analysis.tying.compared import WHOLES, is_its_own, named_figure
from zt_analysis.tying.dates import moment
from zt_analysis.tying.marks import DATED, HIDDEN
from zt_analysis.tying.matching import Match
from zt_analysis.tying.meaning import Meaning
from zt_analysis.tying.not_stated import not_stated
from zt_analysis.tying.part_words import whole_pattern
from zt_analysis.tying.share_views import UNITS, share_in_whole, share_name, share_over
from zt_analysis.tying.turns import hiding
from zt_analysis.tying.units import family_of_figure

if TYPE_CHECKING:
    from zt_analysis.tying.readings import Reading
    from zt_analysis.tying.sentences import Context, Sentences

_OF = r"[仅只约则也]?占[比了到]?(?P<whole>[^，,。；;、占\d]{2,16}?)?的?(?:比例|比重)?(?:为|高?达到?)?\s*$"
SHARES = ("%", "成", "1")  # 1: a share in words, or of a hundred
OF_PART = re.compile(rf"[，,；;、]\s*(?:其中)?[，,]?(?P<who>[^，,。；;、占\d]{{2,8}}?)(?:学生|资金|人数)?{_OF}")
# 失辍学学生中，初中占93.0%: the whole is named and not counted
OF_NAMED = re.compile(
    rf"(?P<name>[^，,。；;：:、中\d]{{2,16}})[当之]?中[，,]?(?P<who>[^，,。；;、占\d]{{2,8}}?)(?:学生|资金|人数)?{_OF}"
)
# 东川县失辍学人数占全市的26.5%
OF_MEMBER = re.compile(
    r"(?:^|[，,；;。：:])\s*(?P<said>[^，,。；;：:、占\d]{4,24}?)(?:约)?占比?(?P<whole>[^，,。；;、占\d]{2,16}?)的?(?:比例|比重)?(?:为|达到?)?\s*$"
)
# ，占全市的44.4%: of the sum right before it
OF_SUM = re.compile(rf"[，,]\s*{_OF}")
TOGETHER = re.compile(
    rf"[，,；;]\s*(?:[以上这]*(?P<number>[两二三四五六七八九十])个?(?:县区?|地|县市区|区县)(?:合计|共)?){_OF}"
)
OF_OTHER = re.compile(
    r"[，,]\s*占(?P<whole>[^，,。；;、占\d]{2,16}?)(?:总数|总量|总额|总人数)的(?:比例|比重)?(?:为|达)?"
)
ALL = re.compile(r"^(?:全部|所有|全体)(?:的)?")
AMONG = re.compile("(?:学生|孩子|儿童)?(?:[当之]?中|里)")
STAGE = re.compile(r"(?:阶段|学段)$")
INSIDE = re.compile(r"[（(][^（）()]*[）)]")


def shared(
    mention: Mention, sentences: Sentences, case: Case, known: Mapping[int, Reading], context: Context
) -> Meaning | None:
    """The share of a part, or of the members before it, in the whole; None of any other number."""
    text, (first, _) = sentences.text, sentences.bounds(mention)
    before = [known[one.start] for one in sentences.inside(mention) if one.start < mention.start and one.start in known]
    if mention.unit not in SHARES or mention.kind != "rate":
        return None
    readers = (_of_places, _of_sum, _of_number, _of_name, _of_member, _of_another)
    found = next((one for read in readers if (one := read(mention, (text, first), before, context, case))), None)
    if found is None:
        return None
    starts, wanted = found
    said = mention.start - starts
    hidden = hiding(context, context.before[: len(context.before) - said] + HIDDEN * said)
    base = _base(wanted)
    if beyond := moment(context, find(base), case.paper).beyond:  # 去年吃营养餐的学生中，小学占66.5%
        return Meaning(reason=filled("tie_other_time", words=beyond))
    names = tuple(word for one in case.phrases if one.indicator == base for word in one.words)
    phrase = next(one for one in case.phrases if one.indicator == base)
    if reason := not_stated(mention, hidden, case, Match(phrase, 1, ""), names):
        return Meaning(reason=reason)
    if left := unknown(hidden, case.parts, case.names, tuple(word for word in names if len(word) > 1)):
        return Meaning(reason=filled("tie_unknown_words", words=left[0]), unknown=left)
    return Meaning((wanted,))


def of_member_among(
    mention: Mention, sentences: Sentences, case: Case, known: Mapping[int, Reading], context: Context
) -> Meaning | None:
    """建档立卡户受助学生中东川县占26.5%: the share of a place among those of a figure; None of anything else.

    A figure of the office may be a share itself, and called by the same words: a place among them tells the two apart.
    """
    found = OF_NAMED.search(sentences.text, sentences.bounds(mention)[0], mention.start)
    named = case.parts.named(found["who"]) if found else []
    if len(named) != 1 or named[0].dimension not in case.registers:
        return None
    return shared(mention, sentences, case, known, context)


# where the words begin that say the share, and the share
Found = tuple[int, Wanted]


def _of_places(
    mention: Mention, where: tuple[str, int], before: Sequence[Reading], _: Context, case: Case
) -> Found | None:
    """两县区占全市的44.41%: of the places before it."""
    text, first = where
    found = TOGETHER.search(text, first, mention.start)
    if found is None:
        return None
    together = [one for one in before if one.mention.start < found.start() and one.wanted]
    whole = together[0].wanted if together and not together[0].wanted[0].scope else ()
    members = together[1:] if whole else together
    wanted = _together(members, count_of(found["number"]) if found["number"] else len(members), case)
    # a number in between would be one more, of which nobody says whether it counts
    near = bool(together) and not text[together[-1].mention.end : found.start()].strip("）)")
    if not near or wanted is None:
        return None
    # 劝返复学1915人，其中东川县508人、西岭县343人，两地占44.44%: the whole is counted before them
    of_all = whole == (replace(members[0].wanted[0], scope=()),)
    is_said = _is_whole(found["whole"], wanted, case) if found["whole"] else of_all
    return (found.start(), wanted) if is_said else None


def _of_sum(
    mention: Mention, where: tuple[str, int], before: Sequence[Reading], _: Context, case: Case
) -> Found | None:
    """合计851人，占全市的44.4%: of the sum right before it."""
    if not before or not before[-1].parts:
        return None
    found = OF_SUM.fullmatch(where[0], before[-1].mention.end, mention.start)
    parts = before[-1].parts
    by_start = {one.mention.start: one for one in before}
    if found is None or not found["whole"] or any(one.start not in by_start for one in parts):
        return None
    wanted = _together([by_start[one.start] for one in parts], len(parts), case)
    return (parts[-1].end, wanted) if wanted and _is_whole(found["whole"], wanted, case) else None


def _of_number(
    mention: Mention, where: tuple[str, int], before: Sequence[Reading], _: Context, case: Case
) -> Found | None:
    """失辍学4717人，初中占93.0%: of a part in the number that states the whole."""
    text, first = where
    found = OF_PART.search(text, first, mention.start)
    if found is None or not before:
        return None
    level = _whole_before([one for one in before if one.wanted and one.mention.start < found.start()])
    wanted = _of_part(found["who"], level.wanted, case) if level else None
    wanted = wanted or _of_same(found["who"], before, case) or _of_parts(found["who"], before, case)
    between = INSIDE.sub("", text[before[-1].mention.end : found.start()]).strip("）)")
    whole = not found["whole"] or _is_whole(found["whole"], wanted, case)
    if wanted is None or not whole:
        return None
    if AMONG.fullmatch(between):  # 1915人中，小学生占17.23%; 东川县508人中，… is of these
        return (before[-1].mention.end, wanted) if level is before[-1] else None
    return None if between else (found.start(), wanted)


def _of_name(
    mention: Mention, where: tuple[str, int], _: Sequence[Reading], context: Context, case: Case
) -> Found | None:
    """失辍学学生中，初中占93.0%: of a figure that is named, where nothing before names a part of it."""
    text, first = where
    found = OF_NAMED.search(text, first, mention.start)
    if found is None or context.earlier:
        return None
    name = without_times(whole_pattern().sub("", found["name"])).strip(f"的在{DATED}").removesuffix("工作")
    of = next((one for unit in UNITS if (one := named_figure(name, unit, case))), "")
    wanted = _of_level(of, found["who"], mention.start - found.start(), context, case)
    whole = not found["whole"] or _is_whole(found["whole"], wanted, case)
    return (found.start(), wanted) if wanted and whole else None


def _of_member(
    mention: Mention, where: tuple[str, int], _: Sequence[Reading], context: Context, case: Case
) -> Found | None:
    """东川县失辍学人数占全市的26.5%: of a member whose number is not printed."""
    text, first = where
    found = OF_MEMBER.search(text, first, mention.start)
    if found is None or context.earlier:
        return None
    named = case.parts.named(found["said"])
    if len(named) != 1 or not named[0].counted or len(named[0].values) != 1:
        return None
    (part,) = named
    name = f"{found['said'][: part.start]}{found['said'][part.end :]}".strip("的")
    of = next((one for unit in UNITS if (one := named_figure(name, unit, case))), "")
    wanted = _of_level(of, part.text, mention.start - found.start("said"), context, case)
    whole = wanted is not None and _is_whole(found["whole"], wanted, case)
    return (found.start("said"), wanted) if wanted and whole else None


def _of_another(
    mention: Mention, where: tuple[str, int], before: Sequence[Reading], _: Context, case: Case
) -> Found | None:
    """复学销案150件，占销案总数的48.08%: of a number of the whole in another figure."""
    found = OF_OTHER.fullmatch(where[0], before[-1].mention.end, mention.start) if before else None
    wanted = before[-1].wanted if found else ()
    if found is None or len(wanted) != 1 or wanted[0].scope or find(wanted[0].indicator).unit not in UNITS:
        return None
    name = ALL.sub("", whole_pattern().sub("", found["whole"]))
    whole = named_figure(name, find(wanted[0].indicator).unit, case)
    if not whole or find(whole).time != find(wanted[0].indicator).time:
        return None
    try:
        return before[-1].mention.end, replace(wanted[0], indicator=find(f"share({wanted[0].indicator},{whole})").id)
    except InputError:  # no such view
        return None


def _of_level(of: str, who: str, said: int, context: Context, case: Case) -> Wanted | None:
    """The part ``who`` of the indicator ``of``, named by the last ``said`` characters before a number; None where what
    stands before them is about a part, or of a time that the rows do not reach."""
    hidden = hiding(context, context.before[: len(context.before) - said] + HIDDEN * said)
    parts = [one for each in (hidden.before, *context.topics) for one in case.parts.named(each)]
    if not of or any(one.dimension != "whole" for one in parts):
        return None
    seen = moment(hidden, find(of), case.paper)
    return None if seen.beyond else _of_part(who, (Wanted(of, seen.period),), case)


def _whole_before(before: Sequence[Reading]) -> Reading | None:
    """中央93306.29万元、省级40409.03万元，中央占69.78%: the whole that the numbers before it are parts of."""
    if not before or len(before[-1].wanted) != 1:
        return None
    (last,) = before[-1].wanted
    for one in before[::-1]:
        same = len(one.wanted) == 1 and (one.wanted[0].indicator, one.wanted[0].period) == (last.indicator, last.period)
        if not same:
            return None
        if not one.wanted[0].scope:
            return one
    return None


def _of_same(who: str, before: Sequence[Reading], case: Case) -> Wanted | None:
    """初中占93.0%，小学占7.0%: the share of another part in the whole of the share before it."""
    wanted = before[-1].wanted if before else ()
    of = wanted[0].indicator if len(wanted) == 1 else ""
    base = _base(wanted[0]) if wanted else ""
    needs = getattr(find(of), "needs", ()) if of else ()
    # of a part, or of several together (义务教育占78.7%；高中占9.4%), in all of the same
    if not needs or (of != share_name(base) and needs[-1].indicator != base):
        return None
    return _of_part(who, (replace(wanted[0], indicator=base, scope=()),), case)


def _of_parts(who: str, before: Sequence[Reading], case: Case) -> Wanted | None:
    """小学494586人，初中249154人，小学占66.5%: of all parts that there are, each of which is counted."""
    wanted = [one.wanted[0] for one in before if len(one.wanted) == 1]
    scopes = {one.scope for one in wanted if len(one.scope) == 1}
    if len({(one.indicator, one.period) for one in wanted}) != 1 or not 1 < len(scopes) == len(before):
        return None
    dimension = wanted[0].scope[0][0]
    every = {((dimension, value),) for value in case.members(wanted[0].indicator, dimension)}
    return _of_part(who, (replace(wanted[0], scope=()),), case) if scopes == every else None


def _base(wanted: Wanted) -> str:
    name = wanted.indicator
    while (needs := getattr(find(name), "needs", ())) and "(" in name:
        name = needs[0].indicator
    return name


def _is_whole(words: str, wanted: Wanted | None, case: Case) -> bool:
    if wanted is None:
        return False
    words = words.removesuffix("的")
    of = replace(wanted, indicator=_base(wanted))
    return words in WHOLES or bool(whole_pattern().fullmatch(words)) or is_its_own(words, of, case)


def _of_part(who: str, of: tuple[Wanted, ...], case: Case) -> Wanted | None:
    """初中 of a whole that the number before states."""
    who = STAGE.sub("", who)
    named = case.parts.named(who)
    one = named[0] if len(named) == 1 and named[0].text == who else None
    if one is None or not one.values or not (one.counted or one.family == "money") or len(of) != 1:
        return None
    (wanted,) = of
    unit = find(wanted.indicator).unit
    if wanted.scope or unit not in UNITS or one.dimension not in case.dimensions(_base(wanted)):
        return None
    if one.family and one.family != family_of_figure(unit):
        return None
    if len(one.values) > 1:  # 义务教育: of both of its stages
        return share_over(wanted, one.dimension, one.values)
    return share_in_whole(replace(wanted, scope=((one.dimension, one.values[0]),)))


def _together(before: list[Reading], number: int | None, case: Case) -> Wanted | None:
    """西平区343人，东川县508人，两地: the members before, if all of one figure and as many as are said."""
    taken = [one.wanted[0] for one in before if len(one.wanted) == 1]
    same = (
        len(taken) == len(before) == number
        and len(taken) >= 2
        and len({(one.indicator, one.period) for one in taken}) == 1
    )
    scopes = {one.scope for one in taken}
    if not same or len(scopes) != number or any(len(one) != 1 or one[0][0] not in case.registers for one in scopes):
        return None
    (dimension,) = {one[0][0] for one in scopes} if len({one[0][0] for one in scopes}) == 1 else {""}
    return share_over(taken[0], dimension, [one[0][1] for one in scopes])
