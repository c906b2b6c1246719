"""Where the table begins: the header, of one to four rows, and which column of the sheet is which field."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from zt_analysis.submissions.definition import Field, Layout
from zt_analysis.submissions.grid import Sheet
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
    """

    top: int
    bottom: int
    texts: dict[int, str] = field(default_factory=dict)
    columns: dict[int, Field] = field(default_factory=dict)
    ignored: set[int] = field(default_factory=set)
    repeated: dict[int, Field] = field(default_factory=dict)

    @property
    def score(self) -> tuple[int, int, int]:
        """Fields found, columns known, and rather few rows than many."""
        return len(self.columns), len(self.ignored) + len(self.repeated), self.top - self.bottom


def find_header(sheet: Sheet, layout: Layout) -> Header | None:
    """The rows in which most of the layout's headers stand; None where not one does."""
    zone = [row for row in sheet.rows if row <= FIRST_ROWS + MOST_ROWS]
    if not zone:
        return None
    texts = _texts(sheet, last=max(zone))
    known = _known(layout)
    tops = [row for row in zone if row <= FIRST_ROWS]
    sizes = range(1, MOST_ROWS + 1)
    found = [_header(sheet, texts, known, top, top + size - 1) for top, size in itertools.product(tops, sizes)]
    best = max(found, key=lambda header: header.score)
    if not best.columns:
        return None
    top, bottom = _reach(sheet, best)
    # rows that belong to the header without naming a field may still name its unit
    best.texts = _header(sheet, texts, known, top, bottom).texts
    best.top, best.bottom = top, bottom
    return best


def plain(text: object) -> str:
    """``text`` as headers are compared: full-width forms made narrow, no white space.

    >>> plain("金 额\\n（元）")
    '金额(元)'
    """
    return "".join(unicodedata.normalize("NFKC", str(text)).split())


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


def _header(sheet: Sheet, texts: dict[tuple[int, int], str], known: dict[str, Any], top: int, bottom: int) -> Header:
    header = Header(top, bottom)
    taken: set[str] = set()
    for column in sorted({column for row, column in texts if top <= row <= bottom}):
        joined = "/".join(dict.fromkeys(_parts(sheet, texts, top, bottom, column)))
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


def _parts(sheet: Sheet, texts: dict[tuple[int, int], str], top: int, bottom: int, column: int) -> Iterator[str]:
    for row in range(top, bottom + 1):
        text = texts.get((row, column))
        if text is None and (row + 1, column) in texts and row < bottom:
            text = _left(sheet, texts, row, column)
        if text:
            yield text


def _left(sheet: Sheet, texts: dict[tuple[int, int], str], row: int, column: int) -> str | None:
    """The upper header that spreads over this column without merged cells, as in a CSV file."""
    for before in range(column - 1, 0, -1):
        if (row, before) in texts:
            is_parent = (row + 1, before) in texts and not sheet.is_merged(row, before)
            return texts[row, before] if is_parent else None
    return None


def _texts(sheet: Sheet, *, last: int) -> dict[tuple[int, int], str]:
    """The text of each cell down to row ``last``; each cell of a merge has that of its first."""
    texts = {
        (row, column): plain(value)
        for row, cells in sheet.rows.items()
        if row <= last
        for column, value in cells.items()
    }
    width = max(column for _, column in texts)
    for merge in sheet.merges:
        text = texts.get((merge.top, merge.left))
        if text is None:
            continue
        for row in range(merge.top, min(merge.bottom, last) + 1):
            for column in range(merge.left, min(merge.right, width) + 1):
                texts[row, column] = text
    return texts


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
