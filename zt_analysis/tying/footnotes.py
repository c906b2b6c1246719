"""The notes of marks that numbers carry: 1915人*, 1915人①, and the lines that begin with them."""

from __future__ import annotations

from functools import cached_property

from zt_analysis.numbers import Mention
from zt_analysis.tying import pointers
from zt_analysis.tying.sentences import Sentences


class Footnotes:
    """The lines of a text that begin with the mark of a note."""

    def __init__(self, sentences: Sentences) -> None:
        self._sentences = sentences

    def is_read_there(self, text: str) -> bool:
        """Whether a line is the note of a mark that stands elsewhere in the text: it is read where the mark is."""
        found = pointers.OPENING.match(text)
        return found is not None and self._sentences.text.count(found["mark"]) > 1

    def mark(self, mention: Mention) -> str:
        """The mark that a number carries; empty where it carries none."""
        text = self._sentences.text
        found = pointers.MARK.match(text, mention.end)
        if found is None:
            start, _ = self._sentences.bounds(mention)
            found = pointers.MARKED_BEFORE.search(text[max(start, mention.start - 8) : mention.start])
        return pointers.NOT_MARKED.sub("", found["mark"]) if found else ""

    def of(self, mention: Mention) -> list[int]:
        """The lines that begin with the number's mark, but for its own."""
        here = self._sentences.position(mention.start)
        return [one for one in self.by_mark.get(self.mark(mention), ()) if one != here]

    @cached_property
    def by_mark(self) -> dict[str, list[int]]:
        """The lines that begin with a mark, by it."""
        found: dict[str, list[int]] = {}
        for position in range(len(self._sentences)):
            if one := pointers.OPENING.match(self._sentences.sentence(position)):
                found.setdefault(pointers.NOT_MARKED.sub("", one["mark"]), []).append(position)
        return found
