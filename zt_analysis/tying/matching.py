"""Which figure a number is about: by the words around it and its unit; never by its value.

A figure is known by groups of words (``Indicator.words``): each group has to be found near the number, one of them
(with ``*``) after the number before it; unless nothing but connecting words stands between the two numbers. What stands
in the number's own stretch counts whole; each number in between halves it; the sentence before counts little. A phrase
counts by its length and its weakest group. The figure whose phrase counts most is meant; if a second one comes close,
nothing decides. What stands between a figure's last word and the number has to be known (``words.csv``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from zt_analysis.indicators import Indicator, Scope, find
from zt_analysis.indicators.views import View
from zt_analysis.numbers import Mention
from zt_analysis.office import Office, current
from zt_analysis.terms import named
from zt_analysis.tying.confirmed import FIGURE, confirmed_words
from zt_analysis.tying.dates import TO, begins_a_move
from zt_analysis.tying.marks import CLAUSE_END
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.units import families_of_mention, family_of_figure
from zt_analysis.tying.wording import SHARE_OF

PREVIOUS_SENTENCE = 0.15
AFTER = 0.7
CLOSE = 0.85
LEAST = 0.5
FAR, SLOWLY = 3, 0.8
SHORTEST = 2
OWN = "*"
NOTHING_ELSE = re.compile(
    r"(?:〇|\s|＿|截[至止]|年|今年以来|今年|[春秋]季?学期|目前|我们|[全我]市|一?共|合?共计|累计|总计|已经?|实际|实)*"
)
# 下达中职助学金: 中职 is one word
AMONG = re.compile(r"^(?:学生|儿童)?[当之]?中(?![职小央学等])[，,]?(?:共?有)?")


@dataclass(frozen=True)
class Phrase:
    """The words by which a figure is known: every group has to be found, by any of its words.

    ``scope`` is the part that a headline figure states; ``own`` the group that has to stand at the number itself;
    ``within``: words of the figures that it is a view of, which may hold its own (远程送教学生 is no 送教学生);
    ``beside``: words of which the sentence has to hold one.
    """

    indicator: str
    scope: Scope
    groups: tuple[tuple[str, ...], ...]
    headline: bool
    own: int | None = None
    within: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @cached_property
    def family(self) -> str:
        """The kind of number that it can be."""
        return family_of_figure(find(self.indicator).unit)

    @cached_property
    def changes(self) -> bool:
        """Whether it is a rise or fall."""
        return find(self.indicator).changes

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All of its words."""
        return tuple(word for group in self.groups for word in group)


@dataclass(frozen=True)
class Match:
    """A phrase found around a number, how strongly, and what stands between its last word and the number."""

    phrase: Phrase
    score: float
    between: str


def phrases() -> tuple[Phrase, ...]:
    """All phrases of the office's indicators; a figure that is stated for parts has one for each of them too."""
    return _of_office(current())


@cache
def _of_office(office: Office) -> tuple[Phrase, ...]:
    said = (Phrase(one.figure, (), ((words,),), False) for words, one in confirmed_words(FIGURE).items())
    # what texts call a view by a name of its own: 生师比
    of_views = [replace(find(row["view"]), words=(row["words"],)) for row in office.rows("views")]
    theirs = [tuple(word for name, _ in view.inputs for word in _all_words(name)) for view in of_views]
    viewed = (
        replace(one, within=words) for view, words in zip(of_views, theirs, strict=True) for one in _phrases(view)
    )
    short = [one for view in of_views for one in _short(view)]
    every = (
        *(phrase for indicator in office.indicators.values() for phrase in _phrases(indicator)), *viewed, *short, *said,
    )  # fmt: skip
    # 非建档立卡户 is a part of its own, and no 建档立卡户
    parts = [word for row in office.rows("parts") if row["value"] for word in row["words"].split("|")]
    return tuple(replace(one, within=(*one.within, *_longer(one, parts))) for one in every)


def _longer(phrase: Phrase, parts: Sequence[str]) -> Iterator[str]:
    """The words of parts that hold one of a phrase's."""
    own = {word for word in phrase.words if len(word) > SHORTEST}
    return (part for part in parts if part not in own and any(word in part for word in own) and "(" not in part)


def _short(view: Indicator) -> Iterator[Phrase]:
    """送教学生共2031人，其中上门823人: what a sum is of, without the words that all of its parts end with."""
    names = [one.indicator for one in view.needs] if isinstance(view, View) and view.kind == "total" else []
    firsts = [next(_all_words(name), "") for name in names]
    common = _common_end(firsts)
    for name, first in zip(names, firsts, strict=True):
        if len(common) >= SHORTEST and len(rest := first.removesuffix(common)) >= SHORTEST:
            within = tuple(word for each in names for word in _all_words(each))
            yield Phrase(name, (), (tuple(view.words[0].split("|")), (rest,)), False, 1, within)
            # 劝返508人，上门218人，远程319人: in a list each says what the other is short for
            beside = tuple(one.removesuffix(common) for one in firsts if one != first)
            yield Phrase(name, (), ((rest,),), False, within=within, beside=beside)


def _common_end(words: Sequence[str]) -> str:
    ends = (words[0][place:] for place in range(len(words[0]))) if words else iter(())
    return next((end for end in ends if all(one.endswith(end) for one in words)), "")


def _all_words(name: str) -> Iterator[str]:
    return (word for words in find(name).words for group in words.split(";") for word in group.lstrip(OWN).split("|"))


def forget() -> None:
    """Read the office's words again when they are next asked for."""
    _of_office.cache_clear()


def _phrases(indicator: Indicator) -> Iterator[Phrase]:
    for number, words in enumerate(indicator.words):
        groups = [group.removeprefix(OWN) for group in words.split(";")]
        own = next((place for place, group in enumerate(words.split(";")) if group.startswith(OWN)), None)
        known = tuple(tuple(group.split("|")) for group in groups)
        headline = indicator.headline and number == 0
        yield Phrase(indicator.id, (), known, headline and not indicator.stated_by, own)
        for dimension, code in indicator.stated_by if number == 0 else ():
            # a member of a register is named by it, and no word of the vocabulary
            word = term.zh if (term := named(code)) else code
            yield Phrase(indicator.id, ((dimension, code),), ((word,), *known), headline, own)


def matches(mention: Mention, context: Context, known: Sequence[Phrase], *, continues: bool) -> list[Match]:
    """The phrases found around a number, strongest first; ``continues``: it goes on from the number before."""
    families = families_of_mention(mention, rate="率" in context.stretch)
    changes = is_change(mention, context)
    # a sentence that names a figure takes no name of the one before
    if context.previous and _names_one(context.before + context.after, known):
        context = replace(context, previous="")
    here = f"{context.before}\0{context.own_after}\0{context.previous}"
    found = []
    for phrase in known:
        # a part is read from the text, by scopes
        if phrase.scope or phrase.family not in families or changes != phrase.changes:
            continue
        if not _is_said(phrase, here) or not _has_beside(phrase, context):
            continue
        if (phrase.changes or phrase.family == "share") and _is_of_next_name(phrase, context, known):
            continue
        if phrase.family == "share" and _is_share_of_list(phrase, context):
            continue
        if any(_is_within(word, phrase.within, context.before) for word in phrase.groups[phrase.own or 0]):
            continue
        score = _score(phrase, context)
        # 分别从A、B降至C、D，分别下降E和F: what goes on may be far from the name
        if score >= (LEAST / 8 if continues else LEAST) and (continues or _is_own(phrase, context)):
            found.append(Match(phrase, score, "" if continues else _between(phrase, context)))
    return sorted(_named_behind(found, context) or found, key=lambda one: -one.score)


def _named_behind(found: Sequence[Match], context: Context) -> list[Match]:
    """东川县劝返复学508人，西平区845人失辍学: those whose words stand right behind it, and none before."""
    said = context.near_after
    own = any(word in context.stretch for one in found for word in one.phrase.words)
    behind = [one for one in found if said.startswith(one.phrase.words) and _is_said(one.phrase, said)]
    return behind if context.last is not None and not own else []


def _is_of_next_name(phrase: Phrase, context: Context, known: Sequence[Phrase]) -> bool:
    """失辍学4717人；劝返复学1915人，增加895人: whether another figure is named behind a change's name."""
    # 占 of a share is said of any figure
    mine = [word for group in phrase.groups for word in group if phrase.changes or len(word) > SHORTEST]
    said = max((context.before.rfind(word) + len(word) for word in mine if word in context.before), default=-1)
    if said < 0:
        return False
    others = (
        word for one in known
        if not one.changes and len(one.groups) == 1 and not one.beside and one.indicator != phrase.indicator
        for word in one.groups[0] if len(word) > SHORTEST and not any(word in each or each in word for each in mine)
    )  # fmt: skip
    return any(word in context.before[said:] for word in others)


def _is_share_of_list(phrase: Phrase, context: Context) -> bool:
    """分别占92.5%和7.5%: whether the list that a number is in is one of shares, and the phrase names no share."""
    if any("占" in word or "比" in word for word in phrase.words):
        return False
    return context.run[0] > 0 and SHARE_OF.search(context.before, 0, context.run_starts) is not None


def is_change(mention: Mention, context: Context) -> bool:
    """Whether a number tells by how much something moved; 从0.09个百分点降至... states levels, in the wrong unit."""
    return mention.kind == "change" and not (TO.search(context.before) or starts(context))


def _names_one(text: str, known: Sequence[Phrase]) -> bool:
    """Whether words that name a figure by themselves stand in ``text``."""
    plain = [one for one in known if not one.beside and not one.changes]
    named = (word for one in plain if len(one.groups) == 1 for word in one.groups[0])
    # 学生资助发放: a figure of two words names one as well
    both = (one for one in plain if len(one.groups) > 1)
    return any(len(word) > SHORTEST and word in text for word in named) or any(
        all(any(word in text for word in group) for group in one.groups) for one in both
    )


def decide(found: Sequence[Match]) -> list[Match]:
    """The one that is meant; several when nothing decides between them; none when nothing was found."""
    if not found:
        return []
    best = found[0]
    return [best, *(one for one in found[1:] if one.score >= CLOSE * best.score)]


def each_named(found: Sequence[Match], items: Sequence[str]) -> list[Match]:
    """营养改善计划支出与资助支出: what names each item of a list best; empty where one is not named whole."""
    best = [next((one for one in found if _is_said(one.phrase, item)), None) for item in items]
    named = [one for one in best if one]
    return named if len({one.phrase.indicator for one in named}) == len(items) else []


def starts(context: Context) -> bool:
    """Whether the number is A of ``从A降至B``."""
    return begins_a_move(context)


def _is_said(phrase: Phrase, text: str) -> bool:
    """Whether a word of each group stands in ``text``."""
    return all(any(word in text for word in group) for group in phrase.groups)


def _has_beside(phrase: Phrase, context: Context) -> bool:
    return not phrase.beside or any(word in context.before or word in context.after for word in phrase.beside)


def _is_within(word: str, others: Sequence[str], text: str) -> bool:
    """Whether the last ``word`` of ``text`` begins inside one of the words ``others``."""
    place = text.rfind(word)
    return place >= 0 and any(
        0 <= (begins := text.rfind(one)) <= place < begins + len(one) for one in others if one != word
    )


def _is_own(phrase: Phrase, context: Context) -> bool:
    groups = phrase.groups if phrase.own is None else (phrase.groups[phrase.own],)
    here = context.stretch + "\0" + context.own_after
    return any(word in here for group in groups for word in group)


def _between(phrase: Phrase, context: Context) -> str:
    """The text from the phrase's last words in the number's own stretch on; empty where they stand after the number.

    Of a phrase of several groups it begins with the first of them: 营养改善计划食堂投入 is not its 投入.
    """
    found = [
        max((place + len(word), len(word)) for place, word in each)
        for group in phrase.groups
        if (each := [(place, word) for word in group if (place := context.masked.rfind(word)) >= 0])
    ]
    ends = [end for end, _ in found]
    if len(set(ends)) > 1:
        last, length = max(found)
        clause = max((one.end() for one in CLAUSE_END.finditer(context.masked, 0, last)), default=0)
        # 学生资助有序推进，共发放3.58亿元: the clause of the verb says nothing else
        if min(ends) <= clause and NOTHING_ELSE.fullmatch(context.masked, clause, last - length):
            return context.masked[last:]
    between = context.masked[min(ends) :] if ends else ""
    # 受助学生中，建档立卡户: the one group says of whom the other counts some
    return AMONG.sub("", between) if len(set(ends)) > 1 else between


def _score(phrase: Phrase, context: Context) -> float:
    """The length of the words found, by the weakest of the groups: a phrase is there only as far as all of it is."""
    found = [max(_found(word, context) for word in group) for group in phrase.groups]
    return sum(length for _, length in found) * min(weight for weight, _ in found)


def _near(distance: int) -> float:
    """What a word counts that stands so many numbers before; a list of all members of a whole is still its."""
    return 0.5 ** min(distance, FAR) * SLOWLY ** max(0, distance - FAR)


def _found(word: str, context: Context) -> tuple[float, int]:
    """How much one word counts, 0 to 1, and its length."""
    weights = [0.0]
    place = context.before.rfind(word)
    if place >= 0:
        # 1915名劝返复学，823名上门送教: the words before are those of the number before
        theirs = place < context.own_begins
        weights.append(_near(context.distance(place) + 2 * theirs))
    if word in context.own_after:
        here = len(context.clause_after) - len(context.after_next)
        weights.append(AFTER if context.own_after.find(word) < here else AFTER / 2)
    if word in context.previous:
        weights.append(PREVIOUS_SENTENCE)
    return max(weights), len(word)
