"""The cells of a row of a .docx: in which column each begins, and over how many rows and columns it reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from zt_analysis.documents.elements import flattened, number_of
from zt_analysis.documents.styles import attribute, child


def columns_of(row: Any) -> Iterator[tuple[int, Any]]:
    """The cells of a row with the column, from 1, in which each begins."""
    column = 1 + number_of(child(row, "trPr", "gridBefore"), 0)
    for cell in flattened(row, ("tc",)):
        yield column, cell
        column += _wide(cell)


def goes_on_above(cell: Any) -> bool:
    """Whether a cell is one with that above it, which holds their text."""
    merge = child(cell, "tcPr", "vMerge")
    return merge is not None and attribute(merge, "val") != "restart"


def spans_of(cell: Any, column: int, below: Sequence[Any]) -> tuple[int, int]:
    """How many rows and columns a cell reaches over; ``below``: the rows under its own."""
    if child(cell, "tcPr", "vMerge") is None:
        return 1, _wide(cell)
    reached = takewhile(lambda row: any(at == column and goes_on_above(one) for at, one in columns_of(row)), below)
    return 1 + sum(1 for _ in reached), _wide(cell)


def _wide(cell: Any) -> int:
    return number_of(child(cell, "tcPr", "gridSpan"), 1)
