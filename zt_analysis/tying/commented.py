"""What persons say of a number in a comment beside it: 此数有误, 为东川县数, 应为1916; it is judged as a note is.

A comment on a number is of that number, one on other words of the numbers of their sentence, one on a cell without a
number of its row and its column: it has to be understood word by word. One on words that stand by no number (a
heading, a caption) is of all numbers of the text, and must not make them another place's, time's or kind of statement.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from zt_analysis.documents import Document
from zt_analysis.documents.document import Comment
from zt_analysis.numbers import Mention, read_numbers
from zt_analysis.terms import filled
from zt_analysis.tying.as_meant import meant
from zt_analysis.tying.as_one_reads import simplified
from zt_analysis.tying.case import Case
from zt_analysis.tying.meaning import Meaning
from zt_analysis.tying.pointing import OPEN, Pointing
from zt_analysis.tying.readings import Reading
from zt_analysis.tying.sentences import Sentences
from zt_analysis.tying.subjects import KNOWN

ASKS = re.compile(r"[?？]|[吗么呢][\s。!！]*$")


def with_comments(readings: list[Reading], document: Document, sentences: Sentences, case: Case) -> list[Reading]:
    """The readings, those that a comment leaves in doubt without what they would have meant."""
    if not document.comments:
        return readings
    of_comments = [(one, _Said(one.text, case)) for one in document.comments]
    found = {
        place: why
        for comment, said in of_comments
        for places, kinds in [_about(comment, readings, document, sentences)]
        if (why := said.why(kinds))
        for place in places
    }
    return [
        replace(one, excuse=None, parts=(), meaning=found[one.mention.start]) if one.mention.start in found else one
        for one in readings
    ]


def _about(
    comment: Comment, readings: Sequence[Reading], document: Document, sentences: Sentences
) -> tuple[list[int], tuple[str, ...]]:
    """Where the numbers stand that a comment is about, and the words that it may be made of."""
    spans = [(one.mention, document.prose.span(one.mention.start, one.mention.end)) for one in readings]
    own = [one for one, (start, end) in spans if start <= comment.end and comment.start <= end]
    if own:
        return [one.start for one in own], KNOWN
    block = document.block_at(comment.start)
    if block is not None and block.place.table:
        at = block.place
        places = ((one, document.place_of(start)) for one, (start, _) in spans)
        beside = [one for one, to in places if to.table == at.table and (to.row == at.row or to.column == at.column)]
        return [one.start for one in beside], KNOWN
    first, last = (_position(place, document, sentences) for place in (comment.start, comment.end))
    beside = [one for one, _ in spans if first <= sentences.position(one.start) <= last]
    return ([one.start for one in beside], KNOWN) if beside else ([one.start for one, _ in spans], OPEN)


def _position(place: int, document: Document, sentences: Sentences) -> int:
    """The sentence that holds a place of the document's text."""
    origin = document.prose.origin
    return sentences.position(max(bisect_right(origin, place) - 1, 0))


class _Said:
    """The words of a comment."""

    def __init__(self, text: str, case: Case) -> None:
        self._text = text.strip()
        mentions = read_numbers(self._text, dated=date.fromisoformat(case.paper.issued_on))
        self._sentences = Sentences(meant(simplified(self._text), case), mentions)
        self._pointing = Pointing(self._sentences, mentions, case)
        self._numbers: list[Mention] = [one for one in mentions if one.kind != "date"]

    def why(self, kinds: tuple[str, ...]) -> Meaning | None:
        """Why the comment leaves a number unproven; None where it changes nothing."""
        if kinds and (words := next(self._another(), "")):
            return Meaning(reason=filled("tie_commented", words=words))
        for position in range(len(self._sentences)):
            if why := self._pointing.said(position, kinds):
                return replace(why, reason=filled("tie_commented", words=self._text))
        return None

    def _another(self) -> Iterator[str]:
        """The number that a comment gives, or its question."""
        yield from (one.surface for one in self._numbers)
        if found := ASKS.search(self._text):
            yield found[0]
