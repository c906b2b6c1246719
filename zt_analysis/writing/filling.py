"""A text filled: each place with what its figure prints, ready to be laid out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from zt_analysis.bulletins import Paper
from zt_analysis.errors import InputError
from zt_analysis.figures import Figure
from zt_analysis.indicators import Wanted, compute
from zt_analysis.sources import Tables
from zt_analysis.terms import label
from zt_analysis.writing.letterhead import Letterhead
from zt_analysis.writing.naming import Parameter, meant
from zt_analysis.writing.places import ABSOLUTE, BOUNDS, DIRECTIONS, Place, direction_before
from zt_analysis.writing.printing import printed, printed_parameter
from zt_analysis.writing.source import Block, Piece, Text, places_of


@dataclass(frozen=True)
class Run:
    """A stretch of the filled text; ``place`` and ``key`` say which figure it prints, ``figure`` its value.

    Attributes:
        key: of the figure, or ``parameter:<name>``; empty for what the author wrote.
    """

    text: str
    bold: bool = False
    place: Place | None = None
    key: str = ""
    figure: Figure | None = None
    line: int = 0


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Part:
    """A block, filled; ``source`` is what it was."""

    source: Block
    runs: Runs = ()
    rows: tuple[tuple[Runs, ...], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A whole paper, filled: masthead, parts, foot.

    Attributes:
        notes: what has to be said of it, such as that its rows are synthetic; marks: why it may not go out as it is.
    """

    paper: Paper
    title: str
    number: Runs
    office: str
    date: Runs
    parts: tuple[Part, ...]
    lists: tuple[tuple[str, Runs], ...]
    printed_by: str
    copies: int | None
    notes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """The language it is written in."""
        return self.paper.language


@dataclass(frozen=True)
class Filler:
    """Fills pieces from figures that were asked for together, one pass over each table."""

    paper: Paper
    named: dict[Place, Wanted | Parameter]
    figures: dict[str, Figure]

    def runs(self, pieces: Sequence[Piece]) -> Runs:
        """Pieces with their places filled."""
        found = tuple(self._run(one) for one in pieces)
        for before, run, after in zip(("", *map(_typed, found)), found, (*map(_typed, found[1:]), ""), strict=False):
            if run.place is not None and (run.figure is not None or run.text[-1:] in DATE_ENDS):
                _refuse_twice(run.place, before, run.text, after)
        return found

    def _run(self, piece: Piece) -> Run:
        if piece.place is None:
            return Run(piece.text, piece.bold, line=piece.line)
        found, language = self.named[piece.place], self.paper.language
        if isinstance(found, Parameter):
            shown = printed_parameter(found.value, piece.place, language)
            return Run(shown, piece.bold, piece.place, f"parameter:{found.key}", line=piece.line)
        figure = self.figures[found.key]
        return Run(printed(figure, piece.place, language), piece.bold, piece.place, found.key, figure, piece.line)


def fill(text: Text, head: Letterhead, paper: Paper, tables: Tables) -> Sheet:
    """The sheet of ``text`` under ``head``.

    Raises:
        InputError: the first place that names no figure, has no rows, or cannot be printed as it says.
    """
    named = {place: meant(place, paper, tables) for place in _places(text, head)}
    wanted = {one.key: one for one in named.values() if isinstance(one, Wanted)}
    filler = Filler(paper, named, dict(compute(wanted.values(), tables)) if wanted else {})
    notes = []
    if tables.package is not None and tables.package.synthetic:
        notes.append(label("synthetic_line", paper.language))
    return Sheet(
        paper, head.title, filler.runs(head.number), head.office, filler.runs(head.date),
        tuple(_part(one, filler.runs) for one in text.blocks),
        tuple((word, filler.runs(to)) for word, to in head.lists),
        head.printed_by, text.copies or head.copies, tuple(notes),
        (label("page_draft", paper.language),) if paper.edition == "draft" else (),
    )  # fmt: skip


def runs_of(sheet: Sheet) -> Iterator[Run]:
    """Every run of a sheet, in the order of its page."""
    yield from (*sheet.number, *sheet.date)
    for part in sheet.parts:
        yield from part.runs
        for row in part.rows:
            for cell in row:
                yield from cell
    for _, to in sheet.lists:
        yield from to


def text_of(runs: Sequence[Run]) -> str:
    """What runs say."""
    return "".join(run.text for run in runs)


# 12个个体户, 1915人人均 say nothing twice
ONCE = re.compile("人均|人次|个[体人别]|元[旦月]|日均|日常")
DATE_ENDS = ("年", "月", "日")


def _typed(run: Run) -> str:
    return "" if run.place else run.text


def _refuse_twice(place: Place, before: str, shown: str, after: str) -> None:
    """Refuse a unit, a bound or a direction that stands in the text and is printed by the place, too: 1915人人."""
    unit = re.sub(r"^.*?[\d.](?=[^\d.]*$)", "", shown)
    ends = [one for one in (unit.strip(), unit[-1:]) if one and one in (unit.strip(), "元", "人", "%", *DATE_ENDS)]
    again = next((one for one in ends if after.lstrip().replace("％", "%").startswith(one)), "")
    word = next((one for one in (*BOUNDS, *chain(*DIRECTIONS.values())) if one and shown.startswith(one)), "")
    if again and not ONCE.match(after.lstrip()):
        raise InputError(
            place.where, found=f"{shown}{after.lstrip()[: len(again)]}", expected=shown,
            hint=f"leave the {again} after the place out, or print the number alone: | -",
        )  # fmt: skip
    if word and before.endswith(word):
        raise InputError(
            place.where, found=f"{word}{shown}", expected=shown, hint=f"leave the {word} before the place out"
        )
    if shown.startswith("\u2212") and (said := direction_before(before)):
        raise InputError(
            place.where, found=f"{said}{shown}", expected="a direction once",
            hint=f"print the size alone, | {ABSOLUTE}, or the direction by its sign, | 增减",
        )  # fmt: skip


def _part(block: Block, runs: Callable[[Any], Runs]) -> Part:
    return Part(block, runs(block.pieces), tuple(tuple(runs(cell) for cell in row) for row in block.rows))


def _places(text: Text, head: Letterhead) -> Iterator[Place]:
    yield from places_of(text.blocks)
    for pieces in (head.number, head.date, *(to for _, to in head.lists)):
        yield from (one.place for one in pieces if one.place is not None)
