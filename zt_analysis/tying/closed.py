"""The closed world of a clause: a number is tied only where every word that governs it is understood.

What governs a number: its sentence before it, its own clause after it, and what follows the sentence's last number.
Understood are the words of figures, the parts that can be computed, times (``moments`` judges them), numbers, and the
words that the language and the office declare to change nothing. Anything else might: the number is left unproven, and
the word is named. The value is never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from zt_analysis.tying.matching import Phrase
from zt_analysis.tying.moments import BASE, NOW, OTHER, TERMS, WEEK
from zt_analysis.tying.scopes import Parts
from zt_analysis.tying.sentences import COUNTED, DATED, HIDDEN, Context
from zt_analysis.tying.vocabulary import pattern, words

MARKS = re.compile(rf"[\s，,；;：:、（）()【】\[\]“”\"'‘’《》<>·.。!！~～—\-…/%*|{DATED}{COUNTED}{HIDDEN}]")
TIMES = (NOW, BASE, WEEK, TERMS, OTHER)


def unknown(context: Context, parts: Parts, phrases: Sequence[Phrase], own: Sequence[str]) -> str:
    """The first words around a number that nobody has declared; empty where all is understood."""
    names = tuple(dict.fromkeys((*own, *(word for phrase in phrases for word in phrase.words if len(word) > 1))))
    for text in (context.plain_before, context.plain_after):
        if left := _left(text, parts, names):
            return left
    return ""


def _left(text: str, parts: Parts, names: tuple[str, ...]) -> str:
    for one in parts.named(text):
        if one.values or one.dimension == "whole":
            text = text[: one.start] + DATED * (one.end - one.start) + text[one.end :]
    for times in TIMES:
        text = times.sub(_blank, text)
    text = _names(names).sub(_blank, text)
    text = pattern("compound").sub(_blank, text) if words("compound") else text
    text = pattern("known").sub(_blank, text)
    text = pattern("filler").sub(_blank, text)
    return next(iter(_runs(text)), "")


def _runs(text: str) -> Iterable[str]:
    return (run for run in MARKS.split(text) if run)


def _blank(found: re.Match[str]) -> str:
    return DATED * len(found[0])


@lru_cache(maxsize=256)
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)) or r"(?!)")
