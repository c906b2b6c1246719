"""The sentence and clauses around a number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from zt_analysis.numbers import Mention

SENTENCE_END = re.compile(r"[。！？!?\n]")
CLAUSE_END = re.compile(r"[，,；;：:。！？!?\n]")


@dataclass(frozen=True)
class Context:
    """A number in its sentence.

    Attributes:
        before, after: the sentence's text on both sides of the number.
        clause_before, clause_after: the same up to the next comma, semicolon or colon; ``clause_after`` begins with
            the number itself, which may hold its noun (11县区).
        numbers_before: where the other numbers of ``before`` begin, dates and names aside.
        previous: the sentence before, for what a sentence takes for granted.
    """

    before: str
    after: str
    clause_before: str
    clause_after: str
    previous: str
    numbers_before: tuple[int, ...]

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
        previous = self.text[self._starts[position - 1] : start] if position else ""
        return Context(
            before=before,
            after=after,
            clause_before=CLAUSE_END.split(before)[-1],
            clause_after=mention.surface + CLAUSE_END.split(after, maxsplit=1)[0],
            previous=previous,
            numbers_before=tuple(
                one.start - start
                for one in self.inside(mention)
                if one.start < mention.start and one.role == "figure" and one.kind != "date"
            ),
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
