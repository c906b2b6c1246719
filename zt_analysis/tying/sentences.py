"""The sentence, clause and stretch around a number, and what the paragraph is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from zt_analysis.numbers import Mention

SENTENCE_END = re.compile(r"[。！？!?\n]")
CLAUSE_END = re.compile(r"[，,；;：:。！？!?\n]")
# stands for each character of a date where only other words are looked at
DATED = "〇"
HEADING = 25


@dataclass(frozen=True)
class Context:
    """A number in its sentence.

    Attributes:
        before, after: the sentence's text on both sides of the number; ``after`` ends with the sentence's mark.
        clause_before, clause_after: the same up to the next comma, semicolon or colon; ``clause_after`` begins with
            the number itself, which may hold its noun (11县区).
        numbers_before: where the other numbers of ``before`` begin, dates and names aside.
        previous: the sentence before, for what a sentence takes for granted.
        stretch: the end of ``before`` after the last number in it, dates, names and ordinals aside; ``masked``: the
            same with its dates blanked.
        near_after: what follows the number in its clause, up to the next number.
        dates: the dates of ``before``, with where they begin in it.
        last: the number that ``stretch`` follows.
        topics: the sentences of the paragraph before this one, the nearest first, then its heading.
    """

    before: str
    after: str
    clause_before: str
    clause_after: str
    previous: str
    numbers_before: tuple[int, ...]
    stretch: str
    masked: str
    near_after: str
    dates: tuple[tuple[int, Mention], ...]
    last: Mention | None
    topics: tuple[str, ...]

    def distance(self, place: int) -> int:
        """How many numbers stand between ``before[place]`` and this one."""
        return len(self.numbers_before) - bisect_right(self.numbers_before, place)


class Sentences:
    """The sentences of a prose text and the numbers in them."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self._starts = [0, *(found.end() for found in SENTENCE_END.finditer(text))]
        self._mentions = mentions
        self._places = [one.start for one in mentions]

    def around(self, mention: Mention) -> Context:
        """What stands around ``mention``."""
        start, end = self.bounds(mention)
        before, after = self.text[start : mention.start], self.text[mention.end : end]
        position = bisect_right(self._starts, mention.start) - 1
        inside = self.inside(mention)
        earlier = [one for one in inside if one.start < mention.start and one.role == "figure"]
        figures = [one for one in earlier if one.kind != "date"]
        counted = [one for one in figures if one.kind != "ordinal"]
        since = counted[-1].end if counted else start
        dates = [one for one in earlier if one.kind == "date"]
        following = next((one.start for one in inside if one.start >= mention.end), end)
        return Context(
            before=before,
            after=after,
            clause_before=CLAUSE_END.split(before)[-1],
            clause_after=mention.surface + CLAUSE_END.split(after, maxsplit=1)[0],
            previous=self.text[self._starts[position - 1] : start] if position else "",
            numbers_before=tuple(one.start - start for one in figures),
            stretch=self.text[since : mention.start],
            masked=self._masked(since, mention.start, dates),
            near_after=CLAUSE_END.split(self.text[mention.end : following], maxsplit=1)[0],
            dates=tuple((one.start - start, one) for one in dates),
            last=counted[-1] if counted else None,
            topics=tuple(self._topics(position)),
        )

    def inside(self, mention: Mention) -> Sequence[Mention]:
        """All numbers of the mention's sentence."""
        start, end = self.bounds(mention)
        first, last = bisect_right(self._places, start - 1), bisect_right(self._places, end - 1)
        return self._mentions[first:last]

    def bounds(self, mention: Mention) -> tuple[int, int]:
        """Where the mention's sentence begins and ends; a number that crosses a line belongs to the first."""
        position = bisect_right(self._starts, mention.start)
        end = self._starts[position] if position < len(self._starts) else len(self.text)
        while end < mention.end and position + 1 < len(self._starts):
            position += 1
            end = self._starts[position]
        return self._starts[bisect_right(self._starts, mention.start) - 1], max(end, mention.end)

    def _masked(self, start: int, end: int, dates: Sequence[Mention]) -> str:
        text = self.text[start:end]
        for one in dates:
            if one.start >= start:
                size = one.end - one.start
                text = text[: one.start - start] + DATED * size + text[one.start - start + size :]
        return text

    def _topics(self, position: int) -> list[str]:
        """Sentences before the one at ``position``: those of its paragraph, then the last short line above it."""
        found, inside = [], True
        for number in range(position - 1, -1, -1):
            sentence = self.text[self._starts[number] : self._starts[number + 1]]
            inside = inside and not sentence.endswith("\n")
            if inside:
                found.append(sentence)
            elif sentence.endswith("\n") and 1 < len(sentence.strip()) <= HEADING:
                return [*found, sentence.strip()]
        return found
