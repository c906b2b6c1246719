"""A document while it is being read: text is added in reading order, each piece with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from zt_analysis.documents.document import Block, Document, Place
from zt_analysis.documents.limits import MAX_LINES, MAX_TEXT_CHARACTERS, refuse_above
from zt_analysis.documents.prose import Stretch, prose_of
from zt_analysis.documents.wrapping import Line, between, columns, joined

HINT = "give the chapters one by one"


@dataclass(eq=False)
class Draft:
    """The text so far. ``put`` adds to the paragraph at hand, ``end`` ends it; ``row`` adds a line that is none yet.

    What the three leave is one document for each kind of file: ``Draft.document``.
    """

    name: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    starts: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    blocks: dict[int, Block] = field(default_factory=dict)
    omitted: list[tuple[int, int]] = field(default_factory=list)
    opened: int = 0
    ends: int = 0

    def put(self, text: str, place: Place) -> None:
        """Add ``text`` at ``place``."""
        if text:
            if not self.places or self.places[-1] != place:
                self.starts.append(self.length)
                self.places.append(place)
            self.parts.append(text)
            self.length += len(text)

    def end(self, kind: str, place: Place, **facts: Any) -> None:
        """End the paragraph at hand.

        ``facts`` are ``level`` and ``numbered`` of its block, ``taken`` and ``indented`` of its first line.
        """
        content = "".join(self._since(self.opened))
        taken, indented = facts.pop("taken", False), facts.pop("indented", False)
        first, start = len(self.lines), self.opened
        for text in content.split("\n"):
            line = trimmed(text, start)
            start += len(text) + 1
            if line.end > line.start:
                line.kind, line.paragraph = kind, self.opened
                self.lines.append(line)
        if len(self.lines) > first:
            opening = self.lines[first]
            opening.gap, opening.taken, opening.indented = True, taken, opening.indented or indented
            self.blocks[self.opened] = Block(kind, opening.start, self.lines[-1].end, place, **facts)
        self._break()

    def row(self, text: str, place: Place, **facts: Any) -> None:
        """Add one line of a file that declares no paragraphs; ``facts`` are those of its Line, ``level`` of its block.

        ``inside`` gives the part of ``text`` that is neither marker nor indentation, as (start, end).
        """
        level = facts.pop("level", None)
        inside = facts.pop("inside", (0, len(text)))
        start = self.length
        self.put(text, place)
        line = trimmed(text[inside[0] : inside[1]], start + inside[0])
        if line.end > line.start:
            line = replace(line, **{"width": columns(text.rstrip()), **facts})
            self.lines.append(line)
            self.blocks[line.start] = Block(line.kind, line.start, line.end, place, level)
        self._break()

    def cells(self, text: str, cells: Sequence[tuple[int, int, Place]], place: Place) -> None:
        """Add one line of a table whose ``cells`` are given as (start, end, place) in ``text``."""
        begun = self.length
        self.put(text[: cells[0][0]] if cells else text, place)
        for start, end, where in cells:
            self.put(text[start : end + 1], where)
            line = trimmed(text[start:end], begun + start)
            if line.end > line.start:
                line.kind = "table-cell"
                self.lines.append(line)
                self.blocks[line.start] = Block("table-cell", line.start, line.end, where)
        self._break()

    def document(self, kind: str, *, unread: Sequence[str] = ()) -> Document:
        """The document of what was added.

        Raises:
            InputError: longer than ``limits.MAX_TEXT_CHARACTERS``.
        """
        text = "".join(self.parts)[:-1]
        refuse_above(MAX_TEXT_CHARACTERS, len(text), thing=self.name, unit="characters", hint=HINT)
        continued = joined(text, self.lines)
        return Document(
            self.name,
            kind,
            text,
            self._final_blocks(continued),
            prose_of(text, self._stretches(text, continued)),
            self.starts,
            self.places,
            tuple(unread),
        )

    def _since(self, start: int) -> list[str]:
        taken: list[str] = []
        missing = self.length - start
        for part in reversed(self.parts):
            if missing <= 0:
                break
            taken.append(part)
            missing -= len(part)
        return taken[::-1]

    def _break(self) -> None:
        self.ends += 1
        refuse_above(MAX_LINES, max(self.ends, len(self.lines)), thing=self.name, unit="lines", hint=HINT)
        self.parts.append("\n")
        self.length += 1
        self.opened = self.length

    def _final_blocks(self, continued: Sequence[bool]) -> tuple[Block, ...]:
        blocks: list[Block] = []
        for line, is_continued in zip(self.lines, continued, strict=True):
            if line.paragraph is not None:
                block = self.blocks[line.paragraph]
                if not blocks or blocks[-1] is not block:
                    blocks.append(block)
            elif is_continued and blocks and not line.gap:
                blocks[-1] = replace(blocks[-1], end=line.end)
            else:
                blocks.append(self.blocks[line.start])
        return tuple(blocks)

    def _stretches(self, text: str, continued: Sequence[bool]) -> list[Stretch]:
        found: list[Stretch] = []
        gaps = iter(sorted(self.omitted))
        gap = next(gaps, None)
        for position, line in enumerate(self.lines):
            start = line.start
            while gap is not None and gap[1] <= line.end:
                if gap[0] >= start:
                    found.append(Stretch(start, gap[0], ""))
                    start = gap[1]
                gap = next(gaps, None)
            found.append(Stretch(start, line.end, self._after(text, position, continued)))
        return found

    def _after(self, text: str, position: int, continued: Sequence[bool]) -> str:
        if position + 1 == len(self.lines):
            return ""
        if not continued[position + 1]:
            return "\n"
        return between(text[self.lines[position].end - 1], text[self.lines[position + 1].start])


def trimmed(text: str, start: int) -> Line:
    """The line of ``text``, which begins at ``start``: without the space around it, its width, whether indented.

    >>> trimmed("　　共1915人 ", 10)
    Line(start=12, end=18, kind='paragraph', paragraph=None, gap=False, indented=True, taken=False, width=12, size=None)
    """
    content = text.strip()
    first = start + len(text) - len(text.lstrip())
    indentation = columns(text[: first - start].expandtabs(4))
    width = columns(text.rstrip())
    return Line(first, first + len(content), indented=indentation >= 4, width=width)
