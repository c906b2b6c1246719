"""Tables of plain text: lines one under another whose cells a tab, or wide blanks, hold apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import takewhile

from zt_analysis.documents.tables import NUMERIC

# a single blank is one within a cell (东川县 合计), a full-width one is none
GAP = re.compile(r"[ \xa0]*[\t\u3000][\s\u3000]*|[ \xa0]{2,}")
LEAST = 2
# a longer line is text, whatever stands in it
MAX_LINE = 1000
Cells = list[tuple[int, int]]


def tables_in(lines: Sequence[str]) -> dict[int, tuple[int, int, Cells]]:
    """By the position of each line that is a row of a table: its table and row, from 1, and where its cells stand.

    >>> tables_in(["县区\\t人数", "东川县\\t508", "文件"])
    {0: (1, 1, [(0, 2), (3, 5)]), 1: (1, 2, [(0, 3), (4, 7)])}
    """
    found: dict[int, tuple[int, int, Cells]] = {}
    place = table = 0
    while place < len(lines):
        cells = max((_reach(lines, place, one) for one in (_by_tabs, _by_gaps)), key=len)
        if len(cells) >= LEAST and _are_rows(lines[place : place + len(cells)], cells):
            table += 1
            found |= {place + row: (table, row + 1, one) for row, one in enumerate(cells)}
        place += max(len(cells), 1)
    return found


def _reach(lines: Sequence[str], place: int, divided: Callable[[str], Cells]) -> list[Cells]:
    """The cells of each line from ``place`` on, as long as they are as many."""
    many = len(divided(lines[place]))
    if many < LEAST:
        return []
    rows = (divided(lines[one]) for one in range(place, len(lines)))
    return list(takewhile(lambda cells: len(cells) == many, rows))


def _by_tabs(line: str) -> Cells:
    """Each tab ends a cell, so that one may be empty."""
    if len(line) > MAX_LINE or "\t" not in line.strip():
        return []
    return _between([one.span() for one in re.finditer("\t", line)], len(line))


def _by_gaps(line: str) -> Cells:
    if len(line) > MAX_LINE:
        return []
    first, last = len(line) - len(line.lstrip()), len(line.rstrip())
    gaps = [one.span() for one in GAP.finditer(line, first, last)]
    return _between([(end - 1, end) for _, end in gaps], len(line)) if gaps else []


def _between(gaps: Cells, ends: int) -> Cells:
    """What stands between gaps of one character; what is wider is blank before it."""
    begins = [0, *(end for _, end in gaps)]
    return list(zip(begins, (*(start for start, _ in gaps), ends), strict=True))


def _are_rows(lines: Sequence[str], cells: Sequence[Cells]) -> bool:
    """Whether half of the lines under the first, or more, hold a cell that is a number behind their first."""
    below = list(zip(lines, cells, strict=True))[1:]
    numbers = [any(NUMERIC.fullmatch(line[start:end].strip()) for start, end in one[1:]) for line, one in below]
    return 2 * sum(numbers) >= len(numbers)
