"""What a number means by the words around it: the figures it can be, or why it states none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import zt_analysis.expressions as re
from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, find
from zt_analysis.numbers import Mention
from zt_analysis.terms import filled
from zt_analysis.tying import wording
from zt_analysis.tying.added_figures import is_of_its_own, total_of
from zt_analysis.tying.besides import besides
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import blank, unknown, without_those_among, without_times
from zt_analysis.tying.dates import moment
from zt_analysis.tying.divided import bounded, divided
from zt_analysis.tying.divisions import where
from zt_analysis.tying.headings import heading_left, heading_of
from zt_analysis.tying.marks import COUNTED, DATED, HIDDEN
from zt_analysis.tying.matching import Match, decide, each_named, matches
from zt_analysis.tying.named_lists import predicated, told, without_none
from zt_analysis.tying.not_stated import not_stated
from zt_analysis.tying.part import Asked, Part
from zt_analysis.tying.part_words import names_part
from zt_analysis.tying.ranks import is_among, leading, of_others, of_top, placed, topped
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.tie import GREEN
from zt_analysis.tying.turns import hiding, several, turned, without_list_word
from zt_analysis.tying.verdicts import judge
from zt_analysis.tying.vocabulary import pattern, words
from zt_analysis.tying.wholes import same_kind, wholes_of

PER_HEAD = ("fen_per_person",)
PER_PERSON = re.compile(r"人均|生均")
ADDED = re.compile(r"(?:合计|共计|总计|一共|总共|合共|(?:[两二三]|\d)[项者类]共?|共)(?:学生)?[为达有是：:]*$")
TOGETHER = re.compile(
    r"(?P<all>[^，,。；]*[和与及、][^，,。；]+[两二三四五六][项者类])[^，,。；]{0,4}[，,][^，,。；]*(?:共|合计|总计)[^，,。；]*$"
)
# 11个县区均已建立台账; 11个县区均已清零 says how well each has done
SAID_OF_ALL = re.compile(
    r"(?:县市区|县区|县市|区县)?[已经]*(?:实现|做到)?(?:全覆盖|全部|[均都皆]|逐[一个]|入户|抽查|走访|督查)(?![^，,。；;]*(?:清零|达标|完成|摘帽|验收|合格|[为无零没未不]))"
)
EACH_HAS = re.compile("[都均皆]有?")
# ，初中生有563人, 、小学学生88人: what may stand between a part and its number where both go on from the number before
HAS = re.compile(rf"(?<={DATED})(?:学生|儿童|少年|孩子)*(?:则?有|则?是|则?为)?$")
# 劝返复学学生中，小学330人
AMONG_THEM = re.compile(rf"^(?:学生|儿童)?(?:总?人数|总数|对象)?[当之]?中[，,]?(?:共?有)?(?={DATED})")


@dataclass(frozen=True)
class Meaning:
    """The figures a number can be; or, with none, the reason in words why it is not taken for the figure it names.

    ``unknown``: the words of that reason that nobody has declared, for a person to confirm; ``said``: the sentence or
    the line that holds them, where it is not the number's own; ``beside``: the sentences that leave it unproven,
    of which a person may say that they are of another thing.
    """

    wanted: tuple[Wanted, ...] = ()
    reason: Mapping[str, str] | None = None
    unknown: tuple[str, ...] = ()
    said: str = ""
    beside: tuple[str, ...] = ()


def meaning(mention: Mention, context: Context, case: Case, around: Callable[[Mention], Context]) -> Meaning | None:
    """What a number means; None where no words name a figure. ``around`` gives what stands around another number."""
    prepared = _prepared(bounded(mention, context), case)
    wholes = wholes_of(mention, prepared[0], case)
    meant = [_of_whole(mention, prepared, case, around, one) for one in wholes or (None,)]
    both = {wanted: one for one in meant if one for wanted in one.wanted}
    if len(both) > 1 and len(wholes) > 1:
        return fitting(tuple(both), mention, case)
    if len(wholes) > 1 and both:  # of the one it is unproven: it may be of the other only where it is that
        fits = fitting((*both, *(view for one in both if (view := _change_of(one)))), mention, case)
        return fits if meant[0] and meant[0].wanted else meant[0] if len(fits.wanted) > 1 else fits
    return next((one for one in meant if one and one.wanted), meant[0])


def _change_of(level: Wanted) -> Wanted | None:
    """How much a level has moved; None of what has no such view."""
    try:
        return replace(level, indicator=find(f"change({level.indicator})").id)
    except InputError:
        return None


def fitting(wanted: tuple[Wanted, ...], mention: Mention, case: Case) -> Meaning:
    """The first of the figures that the number is; all of them where it is none."""
    figures = case.computed(list(wanted))
    right = [one for one in wanted if judge(mention, figures[one.key])[0] in GREEN]
    return Meaning((right[0],) if right else wanted)


def _of_whole(
    mention: Mention, prepared: tuple[Context, str, str], case: Case, around: Callable[[Mention], Context],
    whole: Mention | None,
) -> Meaning | None:  # fmt: skip
    """What a number means as a part of ``whole``, or by itself where that is None."""
    context, top, place = prepared
    if whole is not None:
        before = turned(around(whole), case.parts, case.phrases)
        found = matches(whole, before, case.phrases, continues=_continues(before, case))
        found = [replace(one, between=context.masked.split("其中")[-1]) for one in found]
    else:
        found = matches(mention, context, case.phrases, continues=_continues(context, case))
    if mention.per or PER_PERSON.search(context.masked):  # 每生每天4元: a price, not a sum
        found = [one for one in found if _is_per_head(one)]
    listed = several(context, case.phrases) if mention.kind != "change" else ()
    found = each_named(found, listed) or decide(found)
    if not found:
        return None
    names = tuple(word for one in found for word in one.phrase.words) if listed else ()
    meant = [_one(mention, context, case, one, (names or one.phrase.words, place, listed)) for one in found]
    wanted = tuple(one for one in meant if isinstance(one, Wanted))
    if together := TOGETHER.search(context.before):  # 营养改善计划和学生资助两项，共支出: not one of them
        return Meaning(reason=_reason("tie_other_words", together["all"]))
    if top and wanted:
        return _of_highest(wanted, top, context, case)
    if listed and len(set(wanted)) == 1:
        return Meaning(reason=_reason("tie_other_words", listed[0]))
    added = _added(wanted, (listed, names), context, case) if listed else None
    if wanted:
        return Meaning((added,) if added else tuple(dict.fromkeys(wanted)))
    return next(one for one in meant if isinstance(one, Meaning))


def _is_per_head(match: Match) -> bool:
    named = any(PER_PERSON.search(word) for word in match.phrase.words)
    return find(match.phrase.indicator).unit in PER_HEAD or named


def _of_highest(wanted: Sequence[Wanted], top: str, context: Context, case: Case) -> Meaning:
    """A member of a list of the highest, or the sum of them."""
    one = wanted[0] if len(set(wanted)) == 1 else None
    among = is_among(one, top, case) if one else None
    highest = one if among else of_top(one, top, context, case) if one and among is None else None
    return Meaning((highest,)) if highest else Meaning(reason=_reason("tie_other_words", top))


def _prepared(context: Context, case: Case) -> tuple[Context, str, str]:
    """The context as it is read, and what is said of places before the number: of the highest, of its own."""
    context = besides(predicated(divided(_without_bodies(context)), case.parts, case.figure_words), case)
    context, top = topped(without_list_word(context))
    context, place = leading(context)
    context = of_others(context)
    return told(turned(context, case.parts, case.phrases), case.parts), top, place


def _without_bodies(context: Context) -> Context:
    """市教育局资助中心介绍: the context without the names of bodies, which hold words of figures."""
    before = pattern("bodies").sub(lambda one: HIDDEN * len(one[0]), context.before)
    return context if before == context.before else hiding(context, before)


def _added(
    wanted: Sequence[Wanted], said: tuple[Sequence[str], Sequence[str]], context: Context, case: Case
) -> Wanted | None:
    """上门送教和远程送教合计: the figures that are named one after another, added up; None where nothing says so.

    Args:
        said: the items of the list, the names of what is listed.
    """
    listed, names = said
    wanted = list(dict.fromkeys(wanted))
    one = len({(each.period, each.scope) for each in wanted}) == 1 and len(wanted) == len(listed)
    if not one or any(is_of_its_own(each, case, names) for each in listed[1:]) or not ADDED.search(context.before):
        return None
    return total_of(wanted[0], (each.indicator for each in wanted))


def _one(
    mention: Mention, context: Context, case: Case, match: Match, beside: tuple[tuple[str, ...], str, Sequence[str]]
) -> Wanted | Meaning:
    """The figure that a match means, or why it means none.

    Args:
        beside: the names of what is listed, what is said of its part before the number, the items of the list.
    """
    phrase = match.phrase
    names, place, listed = beside
    indicator = find(phrase.indicator)
    said = (word for word in phrase.words if word in context.before or word in context.clause_after)
    # 营养改善计划 is a figure's own name where its rows know no programmes
    own = tuple(word for word in said if not names_part(word, case.dimensions(phrase.indicator), phrase.family))
    # 资助支出与营养改善计划支出合计: each of them is asked for by itself
    others = [one for one in listed if not any(word in one for word in own)]
    theirs = (*own, *(word for word in names if any(word in one for one in others)))
    reason = not_stated(mention, context, case, match, theirs)
    if reason:
        return Meaning(reason=reason)
    asked = Asked(
        own=theirs,
        dimensions=case.dimensions(phrase.indicator) - (set(case.registers) if indicator.unit == "counties" else set()),
        every=partial(case.members, phrase.indicator),
        by_part=bool(indicator.stated_by),
        family=phrase.family,
    )
    part = case.parts.part(context, asked, same=same_kind(mention, context))
    if part.beyond:
        return Meaning(reason=_reason("tie_other_part", part.beyond))
    seen = moment(context, indicator, case.paper)
    if seen.beyond:
        return Meaning(reason=_reason("tie_other_time", seen.beyond))
    wanted = _of_part(Wanted(phrase.indicator, seen.period, part.scope), part)
    if wanted is None:
        return Meaning(reason=_reason("tie_other_part", "、".join(code for _, code in part.joined)))
    found = _understood(wanted, context, case, match, (own, names, place))
    if part.each and found is wanted:  # 甲县、乙县均为55件: all of them are
        return Meaning(tuple(replace(wanted, scope=tuple(sorted((*part.scope, one)))) for one in part.joined))
    return found


def _understood(
    wanted: Wanted, context: Context, case: Case, match: Match, said: tuple[tuple[str, ...], tuple[str, ...], str]
) -> Wanted | Meaning:
    """The figure, where every word around its number is known; or the first that is not.

    Args:
        said: the phrase's own words here, the names of what is listed, what is said of its part before the number.
    """
    own, names, place = said
    phrase = match.phrase
    dimensions = case.dimensions(phrase.indicator)
    named = (word for one in case.phrases if one.indicator == phrase.indicator for word in one.words)
    mine = tuple(word for word in named if word in own or not names_part(word, dimensions, phrase.family))
    indicator = find(phrase.indicator)
    if indicator.stock:
        names = (*names, *words("remains"))
    if indicator.dated_event:
        names = (*names, *wording.THIS_TIME, *words("event_by"))
    between = without_those_among(without_times(_without_parts(match.between, case, own)), mine)
    left = wording.residue(AMONG_THEM.sub("", between) + COUNTED, (*names, *mine))
    if left:
        return Meaning(reason=_reason("tie_other_words", left), unknown=(left,))
    # 全市11个县区劝返复学1915人: places do what is counted next
    others = [word for one in case.phrases if phrase.family == "places" for word in one.words]
    known = tuple(word for word in (*mine, *others) if len(word) > 1)
    after, untrue = placed(wanted, context.plain_after, case, place, context.plain_rest)
    after = without_none(after, case)
    # 508人，居全市第三；西平区343人: it is said before the next number, too
    untrue = untrue or placed(wanted, context.plain_rest.split(COUNTED, maxsplit=1)[0], case, "")[1]
    if untrue:
        return Meaning(reason=untrue)
    if part := _of_heading(wanted, context, case):
        return Meaning(reason=_reason("tie_other_part", part))
    if above := _headed_by(context, case):
        return Meaning(reason=_reason("tie_unknown_words", above[0]), unknown=above, said=heading_of(context))
    around = replace(context, plain_after=after)
    if phrase.family == "places" and SAID_OF_ALL.match(context.near_after):  # what all of them have done is no number
        around = replace(around, near_after="", plain_after=pattern("work").sub(blank, EACH_HAS.sub(blank, after)))
    if found := unknown(around, case.parts, case.names, (*names, *known)):
        elsewhere = next((place for one in found if (place := where(one))), "")
        reason = _reason("tie_elsewhere", elsewhere) if elsewhere else _reason("tie_unknown_words", found[0])
        return Meaning(reason=reason, unknown=found)
    return wanted


def _headed_by(context: Context, case: Case) -> tuple[str, ...]:
    """The words of the heading that nobody has declared; asked for by every number under it."""
    asked = heading_of(context), case.names
    if asked not in case.headings:
        case.headings[asked] = heading_left(asked[0], case.parts, case.names)
    return case.headings[asked]


def _of_heading(wanted: Wanted, context: Context, case: Case) -> str:
    """The part of which the heading is, where the number is of the whole: 小学情况 above 受助学生488235人."""
    for one in case.parts.named(heading_of(context)):
        if not one.counted or one.dimension in case.parts.places or one.dimension in dict(wanted.scope):
            continue
        named = set(one.values)
        if one.dimension in case.dimensions(wanted.indicator) and not named >= case.members(
            wanted.indicator, one.dimension
        ):
            return one.text
    return ""


def _of_part(wanted: Wanted, part: Part) -> Wanted | None:
    """The figure over the members that are named together; None where it does not add up over them."""
    if not part.joined or part.each:
        return wanted
    dimension, codes = part.joined[0][0], "+".join(code for _, code in part.joined)
    try:
        return replace(wanted, indicator=find(f'total({wanted.indicator}, {dimension}="{codes}")').id)
    except InputError:
        return None


def _continues(context: Context, case: Case) -> bool:
    if context.last is None:
        return False
    text = _without_parts(context.masked, case, ())
    named = text != context.masked
    # 其中小学330人: a part of what was counted before, if the part is one that is known
    of_them = re.sub(
        r"^(?:学生|儿童|少年)*[当之]?中[，,]|^(?:学生|儿童|少年)+(?=[，,、])|其中",
        lambda one: DATED * len(one[0]),
        text,
    )
    of_them, behind = of_them.lstrip(f"；;{HIDDEN}"), context.near_after
    text = (of_them if any(word in behind for word in case.figure_words) else HAS.sub("", of_them)) if named else text
    return wording.connects(text) and not behind.startswith(case.figure_words)


def _without_parts(text: str, case: Case, own: Iterable[str]) -> str:
    """The text with the parts that it names blanked: ``scopes`` has read them."""
    for one in case.parts.named(text, tuple(own)):
        if one.values or one.dimension == "whole":
            text = text[: one.start] + DATED * (one.end - one.start) + text[one.end :]
    return text


def _reason(key: str, found: str) -> dict[str, str]:
    return filled(key, words=found)
