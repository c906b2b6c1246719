"""What a document is once read: its text, its blocks, and the place of each character."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from zt_analysis.documents.prose import Prose
from zt_analysis.errors import InputError

BODY = "body"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a character stands; every number counts from 1, and what the kind of file does not know is None.

    ``story`` is ``body``, ``text box``, ``footnote``, ``endnote``, ``header`` or ``footer``, ``number`` which of
    them; ``paragraph`` counts within the body, cell, note or box, empty ones too; ``run`` within the paragraph;
    ``inside`` is the cell, as (table, row, column), in which a table stands itself; ``spans`` how many rows and
    columns a merged cell reaches over.

    >>> str(Place(page=3, line=12)), str(Place(paragraph=14, run=2))
    ('page 3, line 12', 'paragraph 14')
    >>> str(Place(table=2, row=3, column=4, paragraph=1)), str(Place(story="footnote", number=1, paragraph=1))
    ('table 2, row 3, column 4', 'footnote 1')
    """

    page: int | None = None
    line: int | None = None
    paragraph: int | None = None
    run: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    story: str = BODY
    number: int | None = None
    inside: tuple[int, int, int] | None = None
    spans: tuple[int, int] = (1, 1)

    def __str__(self) -> str:
        words = [] if self.number is None else [f"{self.story} {self.number}"]
        words += [f"{name} {value}" for name, value in self._steps() if value is not None]
        # Word stores where its pages broke when it last drew them
        page = f" (about page {self.page})" if self.page is not None and self.paragraph is not None else ""
        return (", ".join(words) or self.story) + page

    def _steps(self) -> list[tuple[str, int | None]]:
        if self.table is not None:
            return [("table", self.table), ("row", self.row), ("column", self.column)]
        if self.paragraph is None:
            return [("page", self.page), ("line", self.line)]
        # the first paragraph of a note or box is the note or box
        alone = self.number is not None and self.paragraph == 1
        return [] if alone else [("paragraph", self.paragraph)]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or what stands for one: ``text[start:end]`` of its document, without its marker or number.

    ``level`` is a heading's, from 1. ``numbered`` says that the file numbers the block itself: its number or bullet
    is printed, and is not in the text.
    """

    kind: str
    start: int
    end: int
    place: Place
    level: int | None = None
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """What ``author`` says beside ``text[start:end]`` of a document; it is no part of the text."""

    start: int
    end: int
    text: str
    author: str


@dataclass(frozen=True, eq=False)
class Document:
    """A document's whole text in reading order (body; then notes, headers and footers), and where it stands.

    ``kind`` is docx, pdf, html, md or txt; ``blocks`` do not overlap and are in the order of ``text``; ``prose`` is
    the same text to read numbers from, its sentences whole. ``unread`` names what holds no text to read and may print
    numbers all the same: a page of a PDF that is only an image, pictures and charts of a .docx. ``comments`` are those
    of persons in a .docx or a .pdf, not those that ``annotate`` writes for this program.
    """

    name: str
    kind: str
    text: str
    blocks: tuple[Block, ...]
    prose: Prose
    _starts: Sequence[int] = field(repr=False)
    _places: Sequence[Place] = field(repr=False)
    unread: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()

    def place_of(self, offset: int) -> Place:
        """The place of ``text[offset]``; of a line end, the place of the text before it.

        Raises:
            InputError: an offset outside the text.
        """
        if not 0 <= offset < max(len(self.text), 1):
            raise InputError(
                f"{self.name}, character {offset}",
                found="no such character",
                expected=f"0 to {len(self.text) - 1}",
                hint="offsets count characters of Document.text",
            )
        return self._places[max(bisect_right(self._starts, offset) - 1, 0)] if self._places else Place()

    def block_at(self, offset: int) -> Block | None:
        """The block that holds ``text[offset]``; None between blocks (line ends, markers, blank lines)."""
        position = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        return self.blocks[position] if position >= 0 and offset < self.blocks[position].end else None
