"""Which figure a number is about: by the words around it, its unit and its date; never by its value.

A figure is known by groups of words (``phrases.csv``): each group has to be found near the number. What stands in the
number's own stretch, after the number before it, counts whole; each number in between halves it; the sentence before
counts little. A phrase counts by its length and its weakest group. The figure whose phrase counts most is meant; if a
second one comes close, nothing decides.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from zt_analysis.indicators import find
from zt_analysis.numbers import Mention
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.units import family_of_figure, family_of_mention

PREVIOUS_SENTENCE = 0.15
AFTER = 0.7
CLOSE = 0.85
LEAST = 0.5
TO = re.compile(r"(降|升|减|增|涨|跌|上升|下降|提高|增加|减少|下调|上调|缩小|扩大|变)(低|高)?(至|到|为)了?[约近]?$")
TO_AHEAD = re.compile(r"^[^，。；]{0,16}?(降|升|减|增|涨|跌|上升|下降|提高|增加|减少|变)(低|高)?(至|到|为)")
FROM = re.compile(r"[从由自][^，。；]{0,16}$")
EARLIER = re.compile(r"(上周|上期|期初|基期|去年|此前|原来|原)[^，。；]{0,8}$")
EACH = re.compile(r"分别[为是有达]?")


@dataclass(frozen=True)
class Phrase:
    """The words by which a figure is known: every group has to be found, by any of its words."""

    indicator: str
    stage: str
    groups: tuple[tuple[str, ...], ...]
    headline: bool

    @property
    def family(self) -> str:
        """The kind of number that it can be."""
        return family_of_figure(find(self.indicator).unit)


@dataclass(frozen=True)
class Match:
    """A phrase found around a number, how strongly, and whether the number is the one at the base date."""

    phrase: Phrase
    score: float
    at_base: bool


@cache
def phrases() -> tuple[Phrase, ...]:
    """All phrases."""
    text = (files(__package__) / "phrases.csv").read_text(encoding="utf-8")
    return tuple(
        Phrase(
            row["indicator"], row["stage"], tuple(tuple(group.split("|")) for group in row["words"].split(";")),
            row["headline"] == "yes",
        )
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip


def matches(mention: Mention, context: Context, known: Sequence[Phrase], *, base: bool) -> list[Match]:
    """The phrases found around a number, strongest first; ``base`` says that its sentence is about the base date."""
    family = family_of_mention(mention)
    # 从0.09个百分点降至... states levels, in the wrong unit: neither is a change
    changes = mention.kind == "change" and not (TO.search(context.before) or _is_start(context))
    named = _named_stage(context)
    found = []
    for phrase in known:
        if phrase.family != family or changes != _is_change(phrase):
            continue
        if named and phrase.stage and phrase.stage != named:
            continue
        score = _score(phrase, context)
        if score >= LEAST:
            found.append(Match(phrase, score, _at_base(context, base)))
    return sorted(found, key=lambda one: -one.score)


def decide(found: Sequence[Match]) -> list[Match]:
    """The one that is meant; several when nothing decides between them; none when nothing was found."""
    if not found:
        return []
    best = found[0]
    return [best, *(one for one in found[1:] if one.score >= CLOSE * best.score)]


def _is_change(phrase: Phrase) -> bool:
    return phrase.indicator.endswith("_change")


def _score(phrase: Phrase, context: Context) -> float:
    """The length of the words found, by the weakest of the groups: a phrase is there only as far as all of it is."""
    found = [max(_found(word, context) for word in group) for group in phrase.groups]
    return sum(length for _, length in found) * min(weight for weight, _ in found)


def _found(word: str, context: Context) -> tuple[float, int]:
    """How much one word counts, 0 to 1, and its length."""
    weights = [0.0]
    place = context.before.rfind(word)
    if place >= 0:
        weights.append(0.5 ** context.distance(place))
    if word in context.clause_after:
        weights.append(AFTER)
    if word in context.previous:
        weights.append(PREVIOUS_SENTENCE)
    return max(weights), len(word)


STAGES: Mapping[str, str] = {"小学": "primary", "初中": "junior"}


def _named_stage(context: Context) -> str:
    """The stage that ``小学、初中…分别为A、B`` gives to this number, by its position; empty without such a list."""
    *_, each = [None, *EACH.finditer(context.before)]
    if each is None:
        return ""
    listed = [STAGES[word] for word in re.findall("|".join(STAGES), context.before[: each.start()])]
    position = sum(place >= each.end() for place in context.numbers_before)
    return listed[position] if len(listed) > 1 and position < len(listed) else ""


def _at_base(context: Context, base: bool) -> bool:
    """Whether the number is the earlier one: ``从A降至B``, or the only date of its sentence is the base date."""
    if TO.search(context.before):
        return False
    if _is_start(context):
        return True
    return bool(EARLIER.search(context.clause_before)) or base


def _is_start(context: Context) -> bool:
    """Whether the number is A of ``从A降至B``."""
    return bool(FROM.search(context.clause_before) and TO_AHEAD.match(context.after))
