"""Ruled tables on paper: which cell of which grid of ruling lines a character stands in.

Rules that cross make a grid. A cell is what the nearest rules around a place enclose, so that one that spans several
rows or columns is one cell; its row and column are those of its upper left corner. The outer sides may be open.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Box = tuple[float, float, float, float]
# in points: a rule is no thicker, and ends of rules this near touch
THICKNESS = 2.5
TOUCH = 3.0
LEAST_COLUMNS = 2
LEAST_ROWS = 3
# a page with more rules, or more drawn pieces, is a drawing
MOST_RULES = 600
MOST_PIECES = 6000
NEAR_WHITE = 250
RECTANGLE = 5


class Rule(NamedTuple):
    """A straight rule: where it stands (across), and from where to where it reaches."""

    at: float
    begins: float
    ends: float

    def covers(self, place: float) -> bool:
        """Whether it stands beside ``place``."""
        return self.begins - TOUCH <= place <= self.ends + TOUCH


class Cell(NamedTuple):
    """A cell by its row and column, from 1, and where it stands (left, bottom, right, top)."""

    row: int
    column: int
    box: Box

    def holds(self, across: float, up: float) -> bool:
        """Whether a place is in it."""
        return self.box[0] <= across <= self.box[2] and self.box[1] <= up <= self.box[3]


@dataclass(eq=False)
class Grid:
    """Rules that cross one another."""

    upright: list[Rule]
    level: list[Rule]
    columns: list[float] = field(init=False)
    rows: list[float] = field(init=False)
    _last: Cell | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        sides = [one for rule in self.level for one in (rule.begins, rule.ends)]
        ends = [one for rule in self.upright for one in (rule.begins, rule.ends)]
        self.columns = _apart([min(sides), max(sides), *(rule.at for rule in self.upright)])
        self.rows = _apart([min(ends), max(ends), *(rule.at for rule in self.level)])

    @property
    def is_table(self) -> bool:
        """Whether it parts what stands in it into rows and columns."""
        return len(self.columns) > LEAST_COLUMNS and len(self.rows) > LEAST_ROWS

    def cell(self, box: Box) -> Cell | None:
        """The cell that the middle of ``box`` stands in; None outside the grid."""
        across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if self._last is not None and self._last.holds(across, up):
            return self._last
        if not (self.columns[0] <= across <= self.columns[-1] and self.rows[0] <= up <= self.rows[-1]):
            return None
        beside = [rule.at for rule in self.upright if rule.covers(up)]
        over = [rule.at for rule in self.level if rule.covers(across)]
        left = max((one for one in beside if one <= across), default=self.columns[0])
        right = min((one for one in beside if one > across), default=self.columns[-1])
        bottom = max((one for one in over if one <= up), default=self.rows[0])
        top = min((one for one in over if one > up), default=self.rows[-1])
        row = len(self.rows) - _nearest(self.rows, top)
        self._last = Cell(row, 1 + _nearest(self.columns, left), (left, bottom, right, top))
        return self._last


def grids_of(page: Any, raw: Any) -> list[Grid]:
    """The grids of ruling lines on a page of PDFium's that part it into tables."""
    upright: list[Rule] = []
    level: list[Rule] = []
    for count, piece in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])):
        if count >= MOST_PIECES:
            return []
        for box in _rules(piece, raw):
            left, bottom, right, top = box
            if right - left <= THICKNESS < top - bottom:
                upright.append(Rule((left + right) / 2, bottom, top))
            elif top - bottom <= THICKNESS < right - left:
                level.append(Rule((bottom + top) / 2, left, right))
    return list(_crossing(_joined(upright), _joined(level)))


def _rules(piece: Any, raw: Any) -> Iterator[Box]:
    """What a drawn piece that is seen shows as rules: itself where it is thin, its sides where it is a frame."""
    left, bottom, right, top = piece.get_bounds()
    is_thin = min(right - left, top - bottom) <= THICKNESS
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(piece.raw, mode, stroke)
    if (stroke.value and _is_seen(piece, raw, raw.FPDFPageObj_GetStrokeColor)) or (
        mode.value and is_thin and _is_seen(piece, raw, raw.FPDFPageObj_GetFillColor)
    ):
        if is_thin:
            yield left, bottom, right, top
        elif raw.FPDFPath_CountSegments(piece.raw) == RECTANGLE:
            yield left, bottom, left, top
            yield right, bottom, right, top
            yield left, bottom, right, bottom
            yield left, top, right, top


def _is_seen(piece: Any, raw: Any, colour_of: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not colour_of(piece.raw, red, green, blue, alpha):
        return True
    return alpha.value > 0 and min(red.value, green.value, blue.value) < NEAR_WHITE


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Rules in one line that touch as one."""
    found: list[Rule] = []
    for _, begins, ends, at in sorted((round(one.at), one.begins, one.ends, one.at) for one in rules):
        last = found[-1] if found else None
        if last and abs(last.at - at) <= TOUCH / 2 and begins <= last.ends + TOUCH:
            found[-1] = Rule(last.at, last.begins, max(last.ends, ends))
        else:
            found.append(Rule(at, begins, ends))
    return found


def _crossing(upright: Sequence[Rule], level: Sequence[Rule]) -> Iterator[Grid]:
    """The groups of rules that cross one another."""
    if not upright or not level or len(upright) + len(level) > MOST_RULES:
        return
    group = list(range(len(upright) + len(level)))

    def root(one: int) -> int:
        while group[one] != one:
            group[one] = group[group[one]]
            one = group[one]
        return one

    for here, post in enumerate(upright):
        for there, beam in enumerate(level, start=len(upright)):
            if post.covers(beam.at) and beam.covers(post.at):
                group[root(here)] = root(there)
    for name in dict.fromkeys(map(root, range(len(group)))):
        posts = [one for here, one in enumerate(upright) if root(here) == name]
        beams = [one for there, one in enumerate(level, start=len(upright)) if root(there) == name]
        if posts and beams and (grid := Grid(posts, beams)).is_table:
            yield grid


def _apart(places: Iterable[float]) -> list[float]:
    """Places from low to high, those that touch as one."""
    found: list[float] = []
    for one in sorted(places):
        if not found or one - found[-1] > TOUCH:
            found.append(one)
    return found


def _nearest(places: Sequence[float], place: float) -> int:
    at = bisect_left(places, place)
    return min((one for one in (at - 1, at) if 0 <= one < len(places)), key=lambda one: abs(places[one] - place))
