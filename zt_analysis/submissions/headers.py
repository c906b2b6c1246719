"""Where the table begins: the header, of one to four rows, and which column of the sheet is which field."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from zt_analysis.errors import InputError
from zt_analysis.submissions.cells import INVISIBLE
from zt_analysis.submissions.grid import Sheet, cell_name
from zt_analysis.submissions.sheet_layout import Field, Layout
from zt_analysis.submissions.units import without_units

FIRST_ROWS = 40
MOST_ROWS = 4
IGNORED = None


@dataclass
class Header:
    """The header found in rows ``top`` to ``bottom``.

    Attributes:
        texts: each column's joined header; columns: those that are a field; ignored: those declared as not read.
        repeated: columns whose field an earlier column has already.
        named: the first and last of its rows that name fields; others belong to it by merged cells alone.
    """

    top: int
    bottom: int
    texts: dict[int, str] = field(default_factory=dict)
    columns: dict[int, Field] = field(default_factory=dict)
    ignored: set[int] = field(default_factory=set)
    repeated: dict[int, Field] = field(default_factory=dict)
    named: tuple[int, int] = (0, 0)

    @property
    def score(self) -> tuple[int, int, int]:
        """Fields found, columns known, and rather few rows than many."""
        return len(self.columns), len(self.ignored) + len(self.repeated), self.top - self.bottom


def find_header(sheet: Sheet, layout: Layout, file: str) -> Header | None:
    """The rows in which most of the layout's headers stand; None where not one does. ``file`` is named in errors."""
    zone = [row for row in sheet.rows if row <= FIRST_ROWS + MOST_ROWS]
    if not zone:
        return None
    grid = _grid(sheet, file, last=max(zone))
    known = _known(layout)
    tops = [row for row in zone if row <= FIRST_ROWS]
    sizes = range(1, MOST_ROWS + 1)
    found = [_header(grid, known, top, top + size - 1) for top, size in itertools.product(tops, sizes)]
    best = max(found, key=lambda header: header.score)
    if not best.columns:
        return None
    best.named = best.top, best.bottom
    top, bottom = _reach(sheet, best)
    # rows that belong to the header without naming a field may still name its unit
    best.texts = _header(grid, known, top, bottom).texts
    best.top, best.bottom = top, bottom
    return best


def plain(text: object) -> str:
    """``text`` as headers are compared: full-width forms made narrow, no white space, nothing that cannot be seen.

    >>> plain("金 额\\n（元）")
    '金额(元)'
    """
    return "".join(INVISIBLE.sub("", unicodedata.normalize("NFKC", str(text))).split())


def _known(layout: Layout) -> dict[str, Field | None]:
    pairs: list[tuple[str, Field | None]] = [(plain(word), IGNORED) for word in layout.ignored]
    pairs += [(plain(header), one) for one in layout.fields for header in one.headers]
    known = dict(pairs)
    bare = [(without_units(word), one) for word, one in pairs]
    # 金额（元） and 金额（万元） may be two columns: then the unit is part of the name
    for word, one in bare:
        if len({id(other) for name, other in bare if name == word}) == 1:
            known.setdefault(word, one)
    return known


@dataclass
class Grid:
    """The texts of the first rows, by row and column; ``spread`` has those that reach over blank cells at their right.

    Each cell of a merge has the text of its first one.
    """

    texts: dict[int, dict[int, str]]
    spread: dict[int, dict[int, str]]

    def parts(self, top: int, bottom: int, column: int) -> Iterator[str]:
        """The header's texts in a column, from above."""
        for row in range(top, bottom + 1):
            text = self.texts.get(row, {}).get(column)
            if text is None and row < bottom:
                text = self.spread.get(row, {}).get(column)
            if text:
                yield text


def _grid(sheet: Sheet, file: str, *, last: int) -> Grid:
    """The texts down to row ``last``; InputError where merges overlap, which Excel does not allow."""
    texts = {
        row: {column: plain(value) for column, value in cells.items()}
        for row, cells in sheet.rows.items()
        if row <= last
    }
    width = max(column for cells in texts.values() for column in cells)
    merged: set[tuple[int, int]] = set()
    for merge in sheet.merges:
        text = texts.get(merge.top, {}).get(merge.left)
        rows = range(merge.top, min(merge.bottom, last) + 1)
        for cell in itertools.product(rows, range(merge.left, min(merge.right, width) + 1)):
            if cell in merged:
                place = cell_name(file, sheet.name, *cell)
                hint = "undo the merges and save the file again"
                raise InputError(place, found="two merges over one cell", expected="one", hint=hint)
            merged.add(cell)
            if text is not None:
                texts.setdefault(cell[0], {})[cell[1]] = text
    return Grid(texts, {row: _spread(row, texts, merged, width) for row in texts})


def _spread(row: int, texts: dict[int, dict[int, str]], merged: set[tuple[int, int]], width: int) -> dict[int, str]:
    """An upper header stands over the blank cells at its right that have a header below, as in a CSV file."""
    here, below = texts[row], texts.get(row + 1, {})
    found: dict[int, str] = {}
    parent: str | None = None
    for column in range(1, width + 1):
        if column in here:
            is_parent = column in below and (row, column) not in merged
            parent = here[column] if is_parent else None
        elif parent is not None and column in below and (row, column) not in merged:
            found[column] = parent
    return found


def _header(grid: Grid, known: dict[str, Any], top: int, bottom: int) -> Header:
    header = Header(top, bottom)
    taken: set[str] = set()
    for column in sorted({column for row in range(top, bottom + 1) for column in grid.texts.get(row, ())}):
        joined = "/".join(dict.fromkeys(grid.parts(top, bottom, column)))
        name = next((one for one in (joined, without_units(joined)) if one in known), None)
        header.texts[column] = joined
        if name is None:
            continue
        one = known[name]
        if one is IGNORED:
            header.ignored.add(column)
        elif one.name in taken:
            header.repeated[column] = one
        else:
            header.columns[column] = one
            taken.add(one.name)
    return header


def _reach(sheet: Sheet, header: Header) -> tuple[int, int]:
    """The first and last row of the header with the merges that run through it."""
    through = [
        merge
        for merge in sheet.merges
        if merge.top <= header.bottom
        and merge.bottom >= header.top
        and any(merge.left <= column <= merge.right for column in header.columns)
    ]
    top = min([header.top, *(merge.top for merge in through)])
    return top, max([header.bottom, *(merge.bottom for merge in through)])
