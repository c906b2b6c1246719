"""Shares named after the number of a whole or of its parts: 失辍学4717人，初中占93.03%; 两县区占全市的44.41%."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, find
from zt_analysis.numbers import Mention
from zt_analysis.terms import filled
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import unknown
from zt_analysis.tying.compared import WHOLES, is_its_own
from zt_analysis.tying.marks import HIDDEN
from zt_analysis.tying.matching import Match
from zt_analysis.tying.meaning import Meaning
from zt_analysis.tying.not_stated import not_stated
from zt_analysis.tying.part_words import stated_dimensions, whole_pattern
from zt_analysis.tying.turns import hiding

if TYPE_CHECKING:
    from zt_analysis.tying.readings import Reading
    from zt_analysis.tying.sentences import Context, Sentences

_OF = r"占比?(?P<whole>[^，,。；;、占\d]{2,16}?)?的?(?:比例|比重)?(?:为|达到?)?\s*$"
OF_PART = re.compile(rf"[，,；;]\s*(?:其中)?(?P<who>[^，,。；;、占\d]{{2,8}}?)(?:学生)?{_OF}")
TOGETHER = re.compile(
    rf"[，,；;]\s*(?:[以上这]*(?P<number>[两二三四五六七八九十])个?(?:县区?|地|县市区|区县)(?:合计|共)?){_OF}"
)
NUMERALS = "零一二三四五六七八九十"
INSIDE = re.compile(r"[（(][^（）()]*[）)]")


def shared(
    mention: Mention, sentences: Sentences, case: Case, known: Mapping[int, Reading], context: Context
) -> Meaning | None:
    """The share of a part, or of the members before it, in the whole; None of any other number."""
    text, (first, _) = sentences.text, sentences.bounds(mention)
    before = [known[one.start] for one in sentences.inside(mention) if one.start < mention.start and one.start in known]
    if mention.unit != "%":
        return None
    if found := TOGETHER.search(text, first, mention.start):
        together = [one for one in before if one.mention.start < found.start() and one.wanted]
        wanted = _together(together, NUMERALS.index(found["number"].replace("两", "二")), case)
        # a number in between would be one more, of which nobody says whether it counts
        near = bool(together) and not text[together[-1].mention.end : found.start()].strip("）)")
        wanted = wanted if near and found["whole"] and _is_whole(found["whole"], wanted, case) else None
    elif found := OF_PART.search(text, first, mention.start):
        level = next((one for one in before[::-1] if one.wanted and one.mention.start < found.start()), None)
        between = INSIDE.sub("", text[level.mention.end : found.start()]) if level else "-"
        wanted = _of_part(found["who"], level.wanted, case) if level and not between.strip("）)") else None
        wanted = wanted if not found["whole"] or _is_whole(found["whole"], wanted, case) else None
    if not found or wanted is None:
        return None
    said = mention.start - found.start()
    hidden = hiding(context, context.before[: len(context.before) - said] + HIDDEN * said)
    base = _base(wanted)
    names = tuple(word for one in case.phrases if one.indicator == base for word in one.words)
    phrase = next(one for one in case.phrases if one.indicator == base)
    if reason := not_stated(mention, hidden, case, Match(phrase, 1, ""), names):
        return Meaning(reason=reason)
    if left := unknown(hidden, case.parts, case.phrases, tuple(word for word in names if len(word) > 1)):
        return Meaning(reason=filled("tie_unknown_words", words=left[0]), unknown=left)
    return Meaning((wanted,))


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
    named = case.parts.named(who)
    one = named[0] if len(named) == 1 and named[0].text == who else None
    dimensions = {*case.registers, *stated_dimensions()}
    if one is None or len(one.values) != 1 or not one.counted or one.dimension not in dimensions or len(of) != 1:
        return None
    (wanted,) = of
    if wanted.scope or find(wanted.indicator).unit != "persons" or one.dimension not in case.dimensions(_base(wanted)):
        return None
    return _share(replace(wanted, scope=((one.dimension, one.values[0]),)))


def _together(before: list[Reading], number: int, case: Case) -> Wanted | None:
    """西平区343人，东川县508人，两地: the members before, if all of one figure and as many as are said."""
    taken = [one.wanted[0] for one in before if len(one.wanted) == 1]
    same = len(taken) == len(before) == number >= 2 and len({(one.indicator, one.period) for one in taken}) == 1
    scopes = {one.scope for one in taken}
    if not same or len(scopes) != number or any(len(one) != 1 or one[0][0] not in case.registers for one in scopes):
        return None
    (dimension,) = {one[0][0] for one in scopes} if len({one[0][0] for one in scopes}) == 1 else {""}
    codes = "+".join(sorted(one[0][1] for one in scopes))
    try:
        total = find(f'total({taken[0].indicator}, {dimension}="{codes}")').id
        return replace(taken[0], indicator=find(f"share({total},{taken[0].indicator})").id, scope=())
    except InputError:  # a rate
        return None


def _share(wanted: Wanted) -> Wanted | None:
    try:
        return replace(wanted, indicator=find(f"share({wanted.indicator})").id)
    except InputError:
        return None
