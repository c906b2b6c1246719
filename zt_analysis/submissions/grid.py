"""The cells of a sheet as the file holds them, whatever the format."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Broken:
    """A cell that holds no value: an error of Excel (#REF!), or a formula that was never computed."""

    text: str
    is_formula: bool = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Merge:
    """Merged cells, rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell is one of them."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def __str__(self) -> str:
        return f"{letters(self.left)}{self.top}:{letters(self.right)}{self.bottom}"


@dataclass
class Sheet:
    """One sheet.

    Attributes:
        name: empty for a CSV file.
        rows: by row and column number, from 1, of the cells that hold something: text, int, float, bool, a date or
            time of the ``datetime`` module, or Broken.
        merges, hidden_rows, hidden_columns, hidden: as the file says.
        is_1904: days are counted from 1904.
        formulas: how many cells are computed.
        formats: of numbers, by row and column, the formats that may show another number than is stored.
        marks: by row and column, what a person should know of the cell: struck out, a comment.
        partly: by row and column, texts of which a part is struck out.
        outside: texts in no cell, each with what it is part of; of an .xlsx they are in parts of their own.
        fields: by row, how many cells a text file has in it, blank ones at the end too.
        commas: its cells are apart by commas, which stand in numbers as well.
    """

    name: str
    rows: dict[int, dict[int, Any]]
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    is_1904: bool = False
    formulas: int = 0
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    marks: dict[tuple[int, int], str] = field(default_factory=dict)
    partly: set[tuple[int, int]] = field(default_factory=set)
    outside: list[tuple[str, str]] = field(default_factory=list)
    fields: dict[int, int] = field(default_factory=dict)
    commas: bool = False
    _merged: dict[int, list[Merge]] = field(default_factory=dict, repr=False)

    def is_merged(self, row: int, column: int) -> Merge | None:
        """The merged cells that the cell belongs to."""
        if column not in self._merged:
            here = (merge for merge in self.merges if merge.left <= column <= merge.right)
            self._merged[column] = sorted(here, key=lambda merge: merge.top)
        merges = self._merged[column]
        at = bisect_right(merges, row, key=lambda merge: merge.top)
        return merges[at - 1] if at and merges[at - 1].holds(row, column) else None


def letters(column: int) -> str:
    """The letters of a column counted from 1.

    >>> letters(1), letters(26), letters(27), letters(16384)
    ('A', 'Z', 'AA', 'XFD')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell_name(file: str, sheet: str, row: int, column: int) -> str:
    """Where a cell is, as a person would look for it.

    >>> cell_name("东河县.xlsx", "Sheet1", 17, 4), cell_name("东河县.csv", "", 2, 1)
    ('东河县.xlsx!Sheet1!D17', '东河县.csv!A2')
    """
    return "!".join([file, *([sheet] if sheet else []), f"{letters(column)}{row}"])
