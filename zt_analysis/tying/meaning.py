"""What a number means by the words around it: the figures it can be, or why it states none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, find
from zt_analysis.numbers import Mention
from zt_analysis.terms import filled
from zt_analysis.tying import wording
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import governed, unknown, without_times
from zt_analysis.tying.dates import moment
from zt_analysis.tying.divisions import where
from zt_analysis.tying.matching import Match, Phrase, decide, matches
from zt_analysis.tying.named_lists import predicated, told
from zt_analysis.tying.parts import Asked, Part
from zt_analysis.tying.ranks import leading, placed
from zt_analysis.tying.sentences import CLAUSE_END, COUNTED, DATED, HIDDEN, Context
from zt_analysis.tying.turns import several, turned
from zt_analysis.tying.units import FAMILIES, family_of_mention
from zt_analysis.tying.vocabulary import pattern, words

PEOPLE = ("persons", "households")
PER_HEAD = ("fen_per_person",)
PER_PERSON = re.compile(r"人均|生均")
OF_THEM = re.compile(rf"{COUNTED}(?P<them>(?:学生|儿童|少年)*[当之]?中[，,])")
ADDED = re.compile(r"(?:合计|共计|总计|一共|总共|合共|(?:[两二三]|\d)[项者类]共?|共)(?:学生)?[为达有是：:]*$")
CLAUSE_STOP = re.compile(r"[；;]")
# 劝返复学学生中，小学330人
AMONG_THEM = re.compile(rf"^(?:学生|儿童)?[当之]?中[，,]?(?:共?有)?(?={DATED})")
# 不得高于0.06%, 须低于: what is demanded is not what there is
NORM = re.compile(r"不[得准许应能可宜]|[应须]|必需|严禁|禁止")
INCLUDED = re.compile(r"\s*[（(]\s*其?中?含")
WORDED = re.compile(r"[一二两三四五六七八九十百千万零]+[^\d一二两三四五六七八九十百千万]{1,2}")
WORDED_AHEAD = re.compile(r"(?:^|[，,；;：:。\s“（(])$")
PLACES = re.compile(r"\s?(?:县|区|市|乡|镇|村|学校|中学|小学)")


@dataclass(frozen=True)
class Meaning:
    """The figures a number can be; or, with none, the reason in words why it is not taken for the figure it names.

    ``unknown``: the words of that reason that nobody has declared, for a person to confirm.
    """

    wanted: tuple[Wanted, ...] = ()
    reason: Mapping[str, str] | None = None
    unknown: tuple[str, ...] = ()


def meaning(mention: Mention, context: Context, case: Case, around: Callable[[Mention], Context]) -> Meaning | None:
    """What a number means; None where no words name a figure. ``around`` gives what stands around another number."""
    context = predicated(context, case.parts, case.figure_words)
    context, place = leading(context)
    context = told(turned(context, case.parts, case.phrases), case.parts)
    whole = _whole_of(mention, context, case)
    if whole is not None:
        before = turned(around(whole), case.parts, case.phrases)
        found = matches(whole, before, case.phrases, continues=_continues(before, case))
        found = [replace(one, between=context.masked.split("其中")[-1]) for one in found]
    else:
        found = matches(mention, context, case.phrases, continues=_continues(context, case))
    if mention.per or PER_PERSON.search(context.masked):  # 每生每天4元: a price, not a sum
        found = [one for one in found if find(one.phrase.indicator).unit in PER_HEAD]
    found = decide(found)
    if not found:
        return None
    listed = several(context, case.phrases) if mention.kind != "change" else ()
    names = tuple(word for one in found for word in one.phrase.words) if listed else ()
    meant = [_one(mention, context, case, one, names or one.phrase.words, place) for one in found]
    wanted = tuple(one for one in meant if isinstance(one, Wanted))
    if listed and len(set(wanted)) == 1:
        return Meaning(reason=_reason("tie_other_words", listed[0]))
    if listed and (added := _added(wanted, listed, context)):
        return Meaning((added,))
    if wanted:
        return Meaning(tuple(dict.fromkeys(wanted)))
    return next(one for one in meant if isinstance(one, Meaning))


def _added(wanted: Sequence[Wanted], listed: Sequence[str], context: Context) -> Wanted | None:
    """上门送教和远程送教合计: the figures that are named one after another, added up; None where nothing says so."""
    one = len({(each.period, each.scope) for each in wanted}) == 1 and len(set(wanted)) == len(listed)
    if not one or not ADDED.search(context.before):
        return None
    try:
        return replace(wanted[0], indicator=find(f"total({', '.join(sorted(each.indicator for each in wanted))})").id)
    except InputError:  # of other units
        return None


def _whole_of(mention: Mention, context: Context, case: Case) -> Mention | None:
    """The number that 其中 makes this one a part of, where nothing after 其中 names another figure."""
    listed = max(context.before.rfind("其中"), _place_among(context))
    since = context.before[listed:] + context.near_after.split("、")[0]
    if listed < 0 or any(word in since for word in case.figure_words):
        return None
    begins = mention.start - len(context.before)
    wholes = [one for one in context.earlier if one.start - begins < listed]
    same = bool(wholes) and family_of_mention(wholes[-1]) == family_of_mention(mention)
    return wholes[-1] if same and not CLAUSE_STOP.search(context.before, listed) else None


def _place_among(context: Context) -> int:
    """Where 学生中， of 1915名学生中， stands, which says 其中 of the number before it; -1 where nothing does."""
    found = [*OF_THEM.finditer(context.plain_before)]
    return found[-1].start("them") if found else -1


def _one(
    mention: Mention, context: Context, case: Case, match: Match, names: tuple[str, ...], place: str
) -> Wanted | Meaning:
    """The figure that a match means, or why it means none; ``place``: what is said of its part before the number."""
    phrase = match.phrase
    indicator = find(phrase.indicator)
    own = tuple(word for word in phrase.words if word in context.before or word in context.clause_after)
    reason = _not_stated(mention, context, case, match, own)
    if reason:
        return Meaning(reason=reason)
    asked = Asked(
        own=own,
        dimensions=case.dimensions(phrase.indicator) - (set(case.registers) if phrase.family == "places" else set()),
        every=partial(case.members, phrase.indicator),
        by_part=bool(indicator.stated_by),
        family=phrase.family,
    )
    part = case.parts.part(context, asked, same=_same_kind(mention, context))
    if part.beyond:
        return Meaning(reason=_reason("tie_other_part", part.beyond))
    seen = moment(context, indicator, case.paper)
    if seen.beyond:
        return Meaning(reason=_reason("tie_other_time", seen.beyond))
    wanted = _of_part(Wanted(phrase.indicator, seen.period, part.scope), part)
    if wanted is None:
        return Meaning(reason=_reason("tie_other_part", "、".join(code for _, code in part.joined)))
    return _understood(wanted, context, case, match, (own, names, place))


def _understood(
    wanted: Wanted, context: Context, case: Case, match: Match, words: tuple[tuple[str, ...], tuple[str, ...], str]
) -> Wanted | Meaning:
    """The figure, where every word around its number is known; or the first that is not.

    Args:
        words: the phrase's own words here, the names of what is listed, what is said of its part before the number.
    """
    own, names, place = words
    phrase = match.phrase
    mine = tuple(word for one in case.phrases if one.indicator == phrase.indicator for word in one.words)
    between = without_times(_without_parts(match.between, case, own))
    left = wording.residue(AMONG_THEM.sub("", between), (*names, *mine))
    if left:
        return Meaning(reason=_reason("tie_other_words", left), unknown=(left,))
    # 全市11个县区劝返复学1915人: places do what is counted next
    others = [word for one in case.phrases if phrase.family == "places" for word in one.words]
    known = tuple(word for word in (*mine, *others) if len(word) > 1)
    after, untrue = placed(wanted, context.plain_after, case, place)
    if untrue:
        return Meaning(reason=untrue)
    if found := unknown(replace(context, plain_after=after), case.parts, case.phrases, (*names, *known)):
        elsewhere = next((place for one in found if (place := where(one))), "")
        reason = _reason("tie_elsewhere", elsewhere) if elsewhere else _reason("tie_unknown_words", found[0])
        return Meaning(reason=reason, unknown=found)
    return wanted


def _of_part(wanted: Wanted, part: Part) -> Wanted | None:
    """The figure over the members that are named together; None where it does not add up over them."""
    if not part.joined:
        return wanted
    dimension, codes = part.joined[0][0], "+".join(code for _, code in part.joined)
    try:
        return replace(wanted, indicator=find(f'total({wanted.indicator}, {dimension}="{codes}")').id)
    except InputError:
        return None


def _not_stated(
    mention: Mention, context: Context, case: Case, match: Match, own: tuple[str, ...]
) -> Mapping[str, str] | None:
    """Why the sentence does not state the figure at all."""
    phrase = match.phrase
    found = wording.no_statement(context, own) or governed(context, case.parts)
    if not found and mention.value == 0 and not mention.unit and mention.qualifier != "exact":
        found = ("tie_near_zero", mention.surface)
    if not found and (norm := NORM.search(mention.surface)):
        found = ("tie_planned", norm[0])
    if not found and (narrowed := pattern("narrows").search(f"{context.plain_before}{DATED}{context.plain_after}")):
        found = ("tie_narrowed", narrowed[0])
    found = found or _governed_part(context, phrase)
    if not found and (some := _some_of(mention, context, case)):
        found = ("tie_other_part", some)
    if not found and (other := _other(context, phrase, own)):
        found = other
    if not found and find(phrase.indicator).stock and "累计" in context.masked:
        found = ("tie_flow", "累计")
    return _reason(*found) if found else None


def _governed_part(context: Context, phrase: Phrase) -> tuple[str, str] | None:
    """Of which part the paragraph speaks, by a word above or before the number: 民办高等学校757所。招生…"""
    said = " ".join((context.before, *context.topics))
    # a figure that goes by the word in any of its phrases is one of that part
    own = (*phrase.words, *find(phrase.indicator).words)
    found = [word for word in words("governs") if word in said and not any(word in one for one in own)]
    return ("tie_other_part", found[0]) if found else None


def _other(context: Context, phrase: Phrase, own: tuple[str, ...]) -> tuple[str, str] | None:
    """What is counted instead: another noun, another payment, some of what was counted before."""
    noun = wording.other_noun(context) if phrase.family in PEOPLE else ""
    if noun and not any(noun in word for word in phrase.words):
        return "tie_other_noun", noun
    measure = wording.other_measure(context, own) if phrase.family != "share" else ""
    if measure:
        return "tie_other_words", measure
    ended = pattern("ends").search(context.near_after) if find(phrase.indicator).stock else None
    if ended and not any(ended[0] in word for word in phrase.words):
        return "tie_other_words", ended[0]
    verb = wording.other_payment(context, own) if phrase.family == "money" else ""
    return ("tie_other_words", verb) if verb else None


def _some_of(mention: Mention, context: Context, case: Case) -> str:
    """1915人中有823人, 5个县区劝返复学1915人: of some of those counted before; the words, or nothing."""
    last = context.last
    if last is None or CLAUSE_END.search(context.stretch.removeprefix("中，")):
        return ""
    if context.before.endswith(HIDDEN, 0, len(context.before) - len(context.stretch)):  # of the list before it
        return ""
    # 三台劝返复学1915人, 三百户劝返复学1915人: a place, or of whom
    if WORDED.fullmatch(last.surface) and WORDED_AHEAD.search(context.before, 0, _place_of_last(context)):
        return f"{last.surface}{context.stretch[:2]}"
    if context.stretch.startswith("中") and _same_kind(mention, context):
        return f"{last.surface}中"
    if INCLUDED.match(context.stretch):  # 5.24万所（含职业初中11所）: a part, which its own words name
        return ""
    among = PLACES.match(context.stretch) or last.unit in ("所", *FAMILIES["places"].units[1:])
    return (
        f"{last.surface}{context.stretch[:2]}"
        if among and last.value not in {len(one) for one in case.registers.values()}
        else ""
    )


def _place_of_last(context: Context) -> int:
    return len(context.before) - len(context.stretch) - len(context.last.surface if context.last else "")


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
    return wording.connects(of_them if named else text)


def _without_parts(text: str, case: Case, own: Iterable[str]) -> str:
    """The text with the parts that it names blanked: ``scopes`` has read them."""
    for one in case.parts.named(text, tuple(own)):
        if one.values or one.dimension == "whole":
            text = text[: one.start] + DATED * (one.end - one.start) + text[one.end :]
    return text


def _same_kind(mention: Mention, context: Context) -> bool:
    return context.last is not None and family_of_mention(context.last) == family_of_mention(mention)


def _reason(key: str, found: str) -> dict[str, str]:
    return filled(key, words=found)
