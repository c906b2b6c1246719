"""The sentence, clause and stretch around a number, and what the paragraph is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from zt_analysis.numbers import Mention

SENTENCE_END = re.compile(r"[。！？!?\n]")
CLAUSE_END = re.compile(r"[，,；;：:。！？!?\n]")
# stands for each character of a date where only other words are looked at
DATED = "〇"
# stands for each character of another number
COUNTED = "＃"
LASTING = ("年", "学年", "学期", "个月", "周", "天", "小时", "季度", "月", "日")
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
        plain_before: ``before`` with its numbers and dates blanked, but for ordinals and spans of time, which may say
            for when it is; plain_after: the same of what follows in the clause and after the sentence's last number.
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
    plain_before: str
    plain_after: str
    topics: tuple[str, ...]

    def distance(self, place: int) -> int:
        """How many numbers stand between ``before[place]`` and this one."""
        return len(self.numbers_before) - bisect_right(self.numbers_before, place)


class Sentences:
    """The sentences of a prose text and the numbers in them."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self._mentions = mentions
        self._places = [one.start for one in mentions]
        # a number that crosses a line belongs to the first
        self._starts = [0, *(self._past(found.end()) for found in SENTENCE_END.finditer(text))]

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
            plain_before=self._plain(start, mention.start, inside),
            plain_after=self._tail(mention, inside, end),
            topics=tuple(self._topics(position)),
        )

    def _past(self, place: int) -> int:
        """``place``, or the end of the number that it lies in."""
        position = bisect_left(self._places, place) - 1
        return max(place, self._mentions[position].end) if position >= 0 else place

    def inside(self, mention: Mention) -> Sequence[Mention]:
        """All numbers of the mention's sentence."""
        start, end = self.bounds(mention)
        first, last = bisect_right(self._places, start - 1), bisect_right(self._places, end - 1)
        return self._mentions[first:last]

    def bounds(self, mention: Mention) -> tuple[int, int]:
        """Where the mention's sentence begins and ends."""
        position = bisect_right(self._starts, mention.start)
        end = self._starts[position] if position < len(self._starts) else len(self.text)
        return self._starts[position - 1], max(end, mention.end)

    def _tail(self, mention: Mention, inside: Sequence[Mention], end: int) -> str:
        """The rest of the number's clause up to the next number, and what follows the sentence's last number."""
        following = [one for one in inside if one.start >= mention.end]
        if not following:
            return self._plain(mention.end, end, inside)
        near = CLAUSE_END.split(self.text[mention.end : following[0].start], maxsplit=1)[0]
        last = following[-1]
        tail = self._plain(last.end, end, inside)
        if CLAUSE_END.search(self.text, mention.end, last.start):  # its own clause is the last number's
            tail = tail[len(CLAUSE_END.split(tail, maxsplit=1)[0]) :]
        return f"{near}，{tail}"

    def _plain(self, start: int, end: int, inside: Sequence[Mention]) -> str:
        text = self.text[start:end]
        for one in inside:
            when = one.kind == "ordinal" or (one.kind == "count" and one.unit in LASTING)
            first, last = max(one.start, start) - start, min(one.end, end) - start
            if first < last and not (when and one.role == "figure"):
                sign = DATED if one.kind == "date" else COUNTED
                text = text[:first] + sign * (last - first) + text[last:]
        return text

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
