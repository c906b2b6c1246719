"""Words of a list blanked in a text. Each figure has a list of its own, and to compile some hundred words into an
expression takes longer than a text takes to be gone through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from zt_analysis.tying.marks import DATED

NO_TAIL = re.compile("")


def without_words(text: str, words: Sequence[str]) -> str:
    """The text with each of ``words`` blanked, of two at one place the longer.

    >>> without_words("资助学生与资助", ("资助", "资助学生")).count(DATED)
    6
    """
    return _blanked(text, _longest_first(tuple(words)), NO_TAIL)


def without_tailed(text: str, words: Sequence[str], tail: re.Pattern[str]) -> str:
    """The text with each of ``words`` that ``tail`` follows blanked, and the tail."""
    return _blanked(text, _by_first(tuple(words)), tail)


def _blanked(text: str, by_first: dict[str, tuple[str, ...]], tail: re.Pattern[str]) -> str:
    at, pieces, done = 0, [], 0
    while at < len(text):
        ends = (
            found.end()
            for word in by_first.get(text[at], ())
            if text.startswith(word, at) and (found := tail.match(text, at + len(word)))
        )
        end = next(ends, at)
        if end > at:
            pieces += [text[done:at], DATED * (end - at)]
            done = end
        at = max(end, at + 1)
    return "".join((*pieces, text[done:]))


@lru_cache(maxsize=256)
def _longest_first(words: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return _by_first(tuple(sorted(words, key=len, reverse=True)))


@lru_cache(maxsize=256)
def _by_first(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in filter(None, words):
        found.setdefault(word[0], []).append(word)
    return {first: tuple(each) for first, each in found.items()}
