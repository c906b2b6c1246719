"""Lines on paper: characters with their boxes become lines with a column, an indentation and a distance."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from zt_analysis.documents.pdf_rules import Cell, Grid
from zt_analysis.documents.wrapping import CHINESE

# a space this wide, in heights of the line, parts two cells of a table
CELL_SPACE = 1.4
INDENTATION = 1.2
GAP_LEADING = 1.45
# higher or lower than this, in heights, is another line; note marks stand a third higher
ANEW = 0.5
# a note mark: smaller than its line and raised, in heights of the line (browsers 0.81, Word 0.65)
RAISED_SIZE = 0.9
RAISED_BY = 0.15
# beyond this many lines a page is no text in columns
MAX_COLUMN_LINES = 400
# in heights of the line: Word sets a quarter of it between Chinese characters and digits, and that is no space
WIDE_SET = 0.35
WORD_SPACE = 0.15
MADE_UP = "made up"
Box = tuple[float, float, float, float]
HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Character(NamedTuple):
    """A character and its box (left, bottom, right, top) in points; None for a space or line end PDFium made up."""

    text: str
    box: Box | None


@dataclass(eq=False, slots=True)
class PaperLine:
    """A line of page ``page``, the ``number``-th from above; ``em`` is the width of a Chinese character.

    ``cells``: left and right of each piece of the text between its tabs; ``ruled``: for a row of a ruled table, which
    one on its page (from 1), its row, and the column of each piece.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    em: float
    page: int
    number: int = 0
    column_left: float = 0.0
    indented: bool = False
    gap: bool = False
    cells: tuple[tuple[float, float], ...] = ()
    ruled: tuple[int, int, tuple[int, ...]] | None = None

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """Page ``number`` (from 1) with its lines in reading order."""

    number: int
    height: float
    lines: list[PaperLine]
    characters: int
    has_image: bool
    lost: int = 0
    unseen: Mapping[str, int] = field(default_factory=dict)
    scanned: bool = False
    notes: Sequence[Any] = ()


def lines_of(characters: Sequence[Character], page: int, grids: Sequence[Grid] = ()) -> list[PaperLine]:
    """The lines of a page, in the order the file gives them; each row of a table in ``grids`` is one."""
    lines: list[PaperLine] = []
    inside: dict[int, dict[Cell, list[Character]]] = {}
    begun: dict[int, int] = {}
    here: tuple[int, Cell] | None = None
    current: list[Character] = []
    for character in [*characters, Character("\n", None)]:
        if character.box is not None and not character.text.isspace():
            here = _cell_of(character.box, grids)
        if here:
            lines += _line(current, page)
            current = []
            begun.setdefault(here[0], len(lines))
            inside.setdefault(here[0], {}).setdefault(here[1], []).append(character)
            continue
        if character.text in "\r\n":
            lines += _line(current, page)
            current = []
        else:
            if _starts_anew(current, character):
                lines += _line(current, page)
                current = []
            current.append(character)
    for number in sorted(inside, key=lambda one: -begun[one]):
        lines[begun[number] : begun[number]] = _ruled(inside[number], number + 1, page)
    _number(lines)
    return lines


def _cell_of(box: Box, grids: Sequence[Grid]) -> tuple[int, Cell] | None:
    found = ((number, grid.cell(box)) for number, grid in enumerate(grids))
    return next(((number, cell) for number, cell in found if cell), None)


def _ruled(cells: Mapping[Cell, Sequence[Character]], number: int, page: int) -> Iterator[PaperLine]:
    """The rows of a ruled table as lines."""
    for row in sorted({cell.row for cell in cells}):
        here = sorted((cell for cell in cells if cell.row == row), key=lambda one: one.column)
        held = [(cell, lines) for cell in here if (lines := lines_of(cells[cell], page))]
        if not held:
            continue
        every = [line for _, lines in held for line in lines]
        edges = min(one.left for one in every), min(one.bottom for one in every), max(one.right for one in every)
        yield PaperLine(
            "\t".join(_together(lines) for _, lines in held),
            *edges,
            max(one.top for one in every),
            statistics.median(one.size for one in every),
            statistics.median(one.em for one in every),
            page,
            cells=tuple((cell.box[0], cell.box[2]) for cell, _ in held),
            ruled=(number, row, tuple(cell.column for cell, _ in held)),
        )


def _together(lines: Sequence[PaperLine]) -> str:
    """The lines of a cell as one, without a space where Chinese characters meet."""
    text = ""
    for line in lines:
        piece = line.text.replace("\t", " ").strip()
        is_set = not text or not piece or CHINESE.match(piece) or CHINESE.match(text[-1])
        text += piece if is_set else f" {piece}"
    return text


def set_columns(lines: Sequence[PaperLine]) -> None:
    """Say of each of a page's lines, those of its margins left out, where its column begins and what stands before."""
    _set_indentation(lines)
    _set_gaps(lines)


def _starts_anew(current: Sequence[Character], character: Character) -> bool:
    last = next((one.box for one in reversed(current) if one.box), None)
    if last is None or character.box is None:
        return False
    _, bottom, _, top = character.box
    height = max(top - bottom, last[3] - last[1])
    return abs((bottom + top) - (last[1] + last[3])) / 2 > ANEW * height


def _line(characters: Sequence[Character], page: int) -> list[PaperLine]:
    boxes = [one.box for one in characters if one.box and not one.text.isspace()]
    if not boxes:
        return []
    heights = [box[3] - box[1] for box in boxes]
    size = statistics.median(heights)
    wide = [one.box[2] - one.box[0] for one in characters if one.box and CHINESE.match(one.text)]
    text = _spaced(characters, size)
    edges = min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[2] for box in boxes)
    em = statistics.median(wide) if wide else 0.85 * size
    top = max(box[3] for box in boxes)
    return [PaperLine(text, *edges, top, size, em, page, cells=tuple(_cells(boxes, size)))]


def _cells(boxes: Sequence[Box], size: float) -> Iterator[tuple[float, float]]:
    """Left and right of each stretch of a line that wide spaces part."""
    left, right = boxes[0][0], boxes[0][2]
    for box in boxes[1:]:
        if box[0] - right > CELL_SPACE * size:
            yield left, right
            left = box[0]
        right = box[2]
    yield left, right


def _spaced(characters: Sequence[Character], size: float) -> str:
    """The text of a line: a tab where cells part, no space where only type was set wide, note marks as ², ³."""
    parts: list[str] = []
    last: Box | None = None
    waiting = ""
    for text, box in characters:
        if box is None or text.isspace():
            # a space that is in the file counts, one that PDFium saw only where it is wide enough
            waiting = " " if box or waiting else MADE_UP
            parts += [] if text.isspace() else [text]
            continue
        if last is not None:
            parts.append(_space(waiting, box[0] - last[2], size, CHINESE.match(text) or CHINESE.match(parts[-1])))
        is_high = (
            text.isdigit() and box[3] - box[1] < RAISED_SIZE * size and box[1] > (last or box)[1] + RAISED_BY * size
        )
        parts.append(text.translate(HIGH) if is_high else text)
        # a mark's neighbour is measured against the line, not the mark
        last = (box[0], last[1], box[2], last[3]) if is_high and last else box
        waiting = ""
    return "".join(parts)


def _space(waiting: str, width: float, size: float, is_chinese: object) -> str:
    if width > CELL_SPACE * size:
        return "\t"
    if waiting != MADE_UP:
        return waiting
    return " " if width > (WIDE_SET if is_chinese else WORD_SPACE) * size else ""


def _number(lines: Sequence[PaperLine]) -> None:
    number, middle = 0, None
    for line in sorted(lines, key=lambda line: -line.middle):
        if middle is None or middle - line.middle > line.size / 2:
            number, middle = number + 1, line.middle
        line.number = number


def _set_indentation(lines: Sequence[PaperLine]) -> None:
    many = len(lines) > MAX_COLUMN_LINES
    leftmost = min((line.left for line in lines), default=0.0)
    for line in lines:
        same = () if many else (one.left for one in lines if one.left < line.right and line.left < one.right)
        line.column_left = min(same, default=leftmost)
        line.indented = line.left - line.column_left > INDENTATION * line.em


def _set_gaps(lines: Sequence[PaperLine]) -> None:
    steps = [before.middle - line.middle for before, line in pairwise(lines)]
    usual = [step for step in steps if step > 0]
    leading = statistics.median_low(usual) if usual else 0.0
    for line, step in zip(lines[1:], steps, strict=True):
        line.gap = step > GAP_LEADING * leading > 0
