"""Tables on paper: lines one after another whose pieces stand under each other are rows with columns.

The fullest line gives the columns; a line with fewer pieces, as where a cell is blank, has each under the column it
stands in. Where a heading has fewer pieces than there are columns, which columns it spans cannot be told from its
text: no table is read, and its lines stay lines. Where ruling lines part the cells, they say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zt_analysis.documents.pdf_lines import PaperLine

LEAST_ROWS = 3
LEAST_CELLS = 2
LONGEST_CELL = 30
MOST_COLUMNS = 60
NUMBER = re.compile(r"[-+\u2212]?\d[\d,，]*(?:\.\d+)?\s*[%％]?")


@dataclass(frozen=True, slots=True)
class PaperRow:
    """The ``row``-th line of table ``table``, both from 1, and each cell: where it stands in the line, its column."""

    table: int
    row: int
    cells: tuple[tuple[tuple[int, int], int], ...]


def rows_of(lines: Sequence[PaperLine]) -> dict[int, PaperRow]:
    """The lines that are rows of tables, by their position in ``lines``."""
    found: dict[int, PaperRow] = {}
    tables = 0
    for run in _runs(lines):
        if lines[run[0]].ruled:
            if any(_has_number(lines[position]) for position in run):
                tables += 1
                found |= {position: row for position in run if (row := _ruled(lines[position], tables))}
            continue
        columns = max((lines[position].cells for position in run), key=len)
        if not _is_table([lines[position] for position in run], len(columns)):
            continue
        tables += 1
        for number, position in enumerate(run, start=1):
            found[position] = PaperRow(tables, number, tuple(_placed(lines[position], columns)))
    return found


def _runs(lines: Sequence[PaperLine]) -> Iterator[list[int]]:
    """Positions of lines one after another, on one page, that are each parted into cells."""
    run: list[int] = []
    for position, line in enumerate(lines):
        pieces = line.text.split("\t")
        parted = len(pieces) >= LEAST_CELLS and len(pieces) == len(line.cells) and max(map(len, pieces)) <= LONGEST_CELL
        parted = parted or line.ruled is not None
        if run and (not parted or lines[run[-1]].page != line.page or _grid(lines[run[-1]]) != _grid(line)):
            yield run
            run = []
        if parted:
            run.append(position)
    if run:
        yield run


def _grid(line: PaperLine) -> int:
    return line.ruled[0] if line.ruled else 0


def _has_number(line: PaperLine) -> bool:
    return any(NUMBER.fullmatch(piece.strip()) for piece in line.text.split("\t"))


def _ruled(line: PaperLine, table: int) -> PaperRow | None:
    """A row between ruling lines: each cell has the column that they give it."""
    if line.ruled is None:
        return None
    _, row, columns = line.ruled
    starts, start = [], 0
    for piece in line.text.split("\t"):
        starts.append((start, start + len(piece)))
        start += len(piece) + 1
    return PaperRow(table, row, tuple(zip(starts, columns, strict=True)))


def _is_table(lines: Sequence[PaperLine], columns: int) -> bool:
    """Whether lines are a table: a heading with every column, then rows with numbers, each under one column."""
    if len(lines) < LEAST_ROWS or columns > MOST_COLUMNS:
        return False
    wide = max((line.cells for line in lines), key=len)
    numbers = [_has_number(line) for line in lines]
    if not any(numbers):
        return False
    headings = lines[: numbers.index(True)]
    if any(len(line.cells) != columns for line in headings):
        return False
    return all(
        len(set(places)) == len(places) for places in ([_column(one, wide) for one in line.cells] for line in lines)
    )


def _placed(line: PaperLine, columns: Sequence[tuple[float, float]]) -> Iterator[tuple[tuple[int, int], int]]:
    start = 0
    for piece, edges in zip(line.text.split("\t"), line.cells, strict=True):
        yield (start, start + len(piece)), _column(edges, columns)
        start += len(piece) + 1


def _column(edges: tuple[float, float], columns: Sequence[tuple[float, float]]) -> int:
    """The column, from 1, that a piece stands in: the one it overlaps most, or else the nearest."""
    left, right = edges

    def apart(column: tuple[float, float]) -> tuple[float, float]:
        overlap = min(right, column[1]) - max(left, column[0])
        return -max(overlap, 0.0), abs((left + right) - (column[0] + column[1]))

    return 1 + min(range(len(columns)), key=lambda one: apart(columns[one]))
