"""A text as its author wrote it: ``papers/<case>.md``, Markdown with places where numbers will stand.

Of Markdown: headings, paragraphs, ``-`` items, tables, ``**bold**``, ``![caption](chart)`` on a line of its own and
comments. Anything else is refused (``unread``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import zt_analysis.expressions as re
from zt_analysis.documents.plain import CELL_END, TABLE_RULE
from zt_analysis.errors import InputError, nearest
from zt_analysis.writing.places import Place, read_place
from zt_analysis.writing.unread import refuse_inline, refuse_line
from zt_analysis.yamls import YamlError, read_yaml

HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
ITEM = re.compile(r"(\s*)[-*+]\s+(.*)$")
# a line that begins a paragraph without an empty one before it: 1. of a list, or set in by Chinese spaces
OPENING = re.compile(r"\u3000|\s{0,3}\d{1,3}[.)]\s")
# an item set in further than the first is one of a list within the list
WITHIN = 2
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)\s*$")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# a place, a sign that is meant as it is, or the marks of bold
MARK = re.compile(r"\\([!-/:-@\[-`{-~｛｝＃])|\*\*|[{｛]([^{}｛｝\n]*)[}｝]|([{}｛｝])")
# controls; what takes no room or turns the direction, so that a reader sees other words than there are
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)
WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
ALIGNED = {(False, False): "", (True, False): "left", (True, True): "center", (False, True): "right"}
KEYS = ("typed", "letterhead", "copies")
TYPED = ("list", "refuse")


@dataclass(frozen=True)
class Piece:
    """A stretch of text, or a place; ``bold`` as it is written, ``line`` in its file."""

    text: str = ""
    place: Place | None = None
    bold: bool = False
    line: int = 0


@dataclass(frozen=True)
class Block:
    """A heading (``level`` from 1), ``paragraph``, ``item``, ``table`` or ``picture``, with its line in the file.

    Attributes:
        rows: of a table, its cells; the first row is its heading. aligned: how each column stands, empty for as usual.
        chart: of a picture, the chart it shows; ``pieces`` are its caption.
    """

    kind: str
    line: int
    pieces: tuple[Piece, ...] = ()
    level: int = 0
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()
    chart: str = ""
    aligned: tuple[str, ...] = ()


@dataclass(frozen=True)
class Text:
    """A text: where it stands, what it says of itself, its blocks."""

    name: str
    blocks: tuple[Block, ...]
    typed: str = "list"
    letterhead: str = ""
    copies: int | None = None


def read_text(content: str, name: str) -> Text:
    """The text of ``content``; ``name`` is its file, for messages.

    Raises:
        InputError: what it says of itself, a place or a table that cannot be read; names file and line.
    """
    lines = content.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    refuse_signs(lines, name)
    said, first = _front_matter(lines, name)
    body = _without_comments(lines[first:])
    blocks = tuple(_Reader(name, body, first + 1).blocks())
    if not blocks:
        raise InputError(name, found="no text", expected="headings and paragraphs", hint="docs/write.md shows one")
    return Text(name, blocks, **said)


def pieces_of(lines: Sequence[tuple[int, str]], name: str) -> tuple[Piece, ...]:
    """The numbered lines of a paragraph, a cell or a heading as pieces; Chinese lines join without a space.

    Raises:
        InputError: a lone brace, an open ``**``, a place or Markdown that cannot be read; names file and line.
    """
    found: list[Piece] = []
    bold, opened = False, 0

    def add(piece: str, line: int) -> None:
        if piece and found and found[-1].place is None and found[-1].bold == bold and found[-1].line == line:
            found[-1] = replace(found[-1], text=found[-1].text + piece)
        elif piece:
            found.append(Piece(piece, None, bold, line))

    for line, text in lines:
        refuse_inline(text, name, line)
        start = 0
        if found and not _joins(found[-1], text):
            add(" ", line)
        for mark in MARK.finditer(text):
            add(text[start : mark.start()], line)
            start = mark.end()
            if mark[1]:
                add(mark[1], line)
            elif mark[3]:
                raise InputError(
                    f"{name} line {line}",
                    found=f"a lone {mark[3]} in “{text[max(0, mark.start() - 8) : mark.end() + 8]}”",
                    expected="{a figure} on one line", hint=f"for the sign itself write \\{mark[3]}",
                )  # fmt: skip
            elif mark[2] is not None:
                found.append(Piece("", read_place(mark[2], name, line), bold, line))
            else:
                bold, opened = not bold, line
        add(text[start:], line)
    if bold:
        raise InputError(
            f"{name} line {opened}", found="** that nothing closes", expected="**bold**", hint="close it, or write \\*"
        )
    return tuple(found)


def places_of(blocks: Sequence[Block]) -> Iterator[Place]:
    """Every place of ``blocks``, in their order."""
    for block in blocks:
        for pieces in (block.pieces, *(cell for row in block.rows for cell in row)):
            yield from (piece.place for piece in pieces if piece.place is not None)


def refuse_signs(lines: Sequence[str], name: str) -> None:
    """Refuse what no page and no Word file can hold."""
    for line, text in enumerate(lines, 1):
        if found := UNPRINTABLE.search(text):
            raise InputError(
                f"{name} line {line}", found=f"the control character U+{ord(found[0]):04X}", expected="text",
                hint="delete it: nothing shows it",
            )  # fmt: skip


def _front_matter(lines: Sequence[str], name: str) -> tuple[dict[str, Any], int]:
    """What stands between two lines of ``---`` at the top, and where the text begins."""
    if not lines or lines[0].rstrip() != "---":
        return {}, 0
    end = next((place for place, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise InputError(f"{name} line 1", found="--- without a second", expected="--- above and below", hint="add it")
    try:
        said = read_yaml("\n".join(lines[1:end]).encode()) or {}
    except YamlError as error:
        raise InputError(
            f"{name} line {error.line + 1}", found=error.problem, expected="lines such as typed: refuse",
            hint="docs/write.md lists them",
        ) from error  # fmt: skip
    said = said if isinstance(said, dict) else {str(said): None}
    for key, value in said.items():
        line = next((at for at, one in enumerate(lines, 1) if one.startswith(f"{key}:")), 1)
        where, known = f"{name} line {line}, {key}", str(key) in KEYS
        if not known:
            raise InputError(where, found="unknown", expected=", ".join(KEYS), hint=nearest(str(key), KEYS).strip())
        if key == "typed" and value not in TYPED:
            raise InputError(where, found=repr(value), expected=" or ".join(TYPED), hint="list is meant without it")
        if key == "copies" and (type(value) is not int or value < 1):
            raise InputError(where, found=repr(value), expected="how many are printed", hint="such as copies: 100")
        if key == "letterhead" and not isinstance(value, str):
            raise InputError(where, found=repr(value), expected="a name in papers/letterhead.yml", hint="in quotes")
    return said, end + 1


def _without_comments(lines: Sequence[str]) -> list[str]:
    """The lines without comments, each where it was."""
    text = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), "\n".join(lines))
    return text.split("\n")


@dataclass
class _Reader:
    name: str
    lines: Sequence[str]
    first: int
    waiting: list[tuple[int, str]] = field(default_factory=list)
    kind: str = "paragraph"
    set_in: int | None = None

    def blocks(self) -> Iterator[Block]:
        at = 0
        while at < len(self.lines):
            text, line = self.lines[at], self.first + at
            table = self._table_until(at)
            if table > at:
                yield from self._paragraph()
                yield self._table(at, table)
                at, self.set_in = table, None
                continue
            item = ITEM.match(text)
            found = self._own_line(text, line)
            if found is not None or item or not text.strip() or OPENING.match(text):
                yield from self._paragraph()
            if found is not None:
                self.set_in = None
                yield found
            elif item:
                self._item(item, line)
            elif text.strip():
                refuse_line(text, self.name, line)
                self.set_in = self.set_in if self.waiting else None
                self.waiting.append((line, text.strip()))
            at += 1
        yield from self._paragraph()

    def _own_line(self, text: str, line: int) -> Block | None:
        """A block that is one line by itself; None of a line of a paragraph."""
        if found := HEADING.match(text):
            return Block("heading", line, self._pieces(found[2], line), level=len(found[1]))
        if found := PICTURE.match(text.strip()):
            return Block("picture", line, self._pieces(found[1], line), chart=found[2])
        return None

    def _item(self, found: re.Match[str], line: int) -> None:
        refuse_line(found[0], self.name, line)
        depth = len(found[1].expandtabs(4))
        self.set_in = depth if self.set_in is None else self.set_in
        if depth >= self.set_in + WITHIN:
            raise InputError(
                f"{self.name} line {line}", found=f"a list within a list in “{found[0].strip()[:40]}”",
                expected="items of one list", hint="write its parts as paragraphs, such as （1）",
            )  # fmt: skip
        self.kind = "item"
        self.waiting.append((line, found[2].strip()))

    def _paragraph(self) -> Iterator[Block]:
        if self.waiting:
            yield Block(self.kind, self.waiting[0][0], pieces_of(self.waiting, self.name))
        self.waiting, self.kind = [], "paragraph"

    def _pieces(self, text: str, line: int) -> tuple[Piece, ...]:
        return pieces_of([(line, text)], self.name)

    def _table_until(self, at: int) -> int:
        """The line after the table that begins at ``at``; ``at`` itself where none does."""
        if at + 1 >= len(self.lines) or "|" not in self.lines[at]:
            return at
        if "|" not in self.lines[at + 1] or not TABLE_RULE.match(self.lines[at + 1][:1000]):
            return at
        end = at + 2
        while end < len(self.lines) and "|" in self.lines[end]:
            end += 1
        return end

    def _table(self, at: int, end: int) -> Block:
        places = [at, *range(at + 2, end)]
        rows = [self._row(self.lines[place], self.first + place) for place in places]
        for place, row in zip(places, rows, strict=True):
            if len(row) != len(rows[0]):
                raise InputError(
                    f"{self.name} line {self.first + place}", found=f"{len(row)} cells", expected=f"{len(rows[0])}",
                    hint="as many as the table's first row has; write a | that is meant as \\|",
                )  # fmt: skip
        rules = [one.strip() for one in self.lines[at + 1].strip().strip("|").split("|")]
        aligned = [ALIGNED[one.startswith(":"), one.endswith(":")] for one in rules]
        return Block(
            "table", self.first + at, rows=tuple(rows), aligned=tuple((aligned + [""] * len(rows[0]))[: len(rows[0])])
        )

    def _row(self, text: str, line: int) -> tuple[tuple[Piece, ...], ...]:
        # the | inside a place parts its figure from how it is printed
        whole = re.sub(r"[{｛][^{}｛｝\n]*[}｝]", lambda found: found[0].replace("|", "\\|"), text.strip())
        cells = CELL_END.split(whole.removeprefix("|").removesuffix("|"))
        return tuple(self._pieces(cell.strip().replace("\\|", "|"), line) for cell in cells)


def _joins(before: Piece, text: str) -> bool:
    """Whether two lines of a paragraph follow each other without a space, as Chinese does."""
    ends, opens = before.text[-1:], text[:1]
    known = [bool(WIDE.match(one)) for one in (ends, opens.strip("{｛*")) if one]
    return any(known) or not known
