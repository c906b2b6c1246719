"""The tables of a document as grids, and what their own totals, shares and changes must be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from zt_analysis.documents import Document
from zt_analysis.documents.tabled import tables_of
from zt_analysis.documents.tables import NOT_SUMMED, Table
from zt_analysis.figures import round_half_up
from zt_analysis.proof.intervals import Interval, ratio
from zt_analysis.proof.result import Finding

NUMBER = re.compile(
    r"\s*(?P<sign>[-+\u2212]?)(?P<digits>\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.(?P<decimals>\d+))?\s*(?P<per>%?)\s*"
)
TOTAL_NAMES = (
    "合计",
    "总计",
    "共计",
    "总数",
    "计",
    "全市",
    "全县",
    "全国",
    "全省",
    "全区",
    "全州",
    "全校",
    "全市合计",
    "全县合计",
    "全国合计",
    "全省合计",
    # English tables, their words without spaces
    "total",
    "Total",
    "TOTAL",
    "Grandtotal",
    "GrandTotal",
)
SUBTOTAL_NAMES = ("小计", "Subtotal", "subtotal")
# a column that no total sums
RATE = re.compile(
    r"率|比|占|%|％|均|增长|增幅|增减|排名|排位|排序|位次|位序|名次|序号|编号|年份|年度|标准|代码|倍|得分|指数|平均|中位|最[大小高低多少]值?$|(?i:rate|ratio|share|percent|average|mean|rank|score|index|growth|year|per(?!son))"
)
SHARE = re.compile(r"占比|比重|占[^率]{0,8}(?:%|％|比例)|所占比例|占总数")
GROWTH = re.compile(r"增长率|增长[（(]?[%％]|增幅|增速|增减率|增减[（(]?[%％]|同比[（(]?[%％]|同比增长")
CHANGE = re.compile(r"增减(?!率)|增加|净增|变化|比上年(?!增长)|较上年(?!增长)|同比增减")
NOW = re.compile(r"今年|本年|本期|本月|现有|期末|(?:20|19)\d\d")
THEN = re.compile(r"上年|去年|上期|上月|同期|期初|(?:20|19)\d\d")
# a column of another time is no part of this one's total
EARLIER = re.compile(r"上年|去年|上期|上月|同期|期初")
YEAR = re.compile(r"(?:20|19)\d\d")
AMONG = re.compile(r"其中|^#")
MOST_CELLS = 60_000
MOST_LABELLED = 6_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table: where it stands in the document's text and what its printed precision allows."""

    start: int
    end: int
    surface: str
    value: Fraction
    interval: Interval
    decimals: int
    row: int
    column: int


@dataclass(frozen=True, eq=False)
class Grid:
    """A table: its numbers by row and column, the label of each row and the heading of each column.

    ``groups``: by a total under a wide heading (学校: 合计, 小学, 初中), the other columns under it.
    """

    number: int
    cells: dict[tuple[int, int], Cell]
    rows: dict[int, str]
    columns: dict[int, str]
    groups: dict[int, list[int]]

    def column(self, number: int) -> list[Cell]:
        """The numbers of a column, from the top."""
        return [self.cells[row, number] for row in self.rows if (row, number) in self.cells]


def grids(document: Document) -> list[Grid]:
    """The tables of ``document`` that hold numbers."""
    found = [_grid(one, document.text) for one in tables_of(document) if len(one.spans) <= MOST_CELLS]
    return [one for one in found if one.cells]


def _grid(table: Table, text: str) -> Grid:
    cells: dict[tuple[int, int], Cell] = {}
    for spot in sorted(table.words):
        if table.is_body(*spot) and (cell := _cell(text, *table.spans[spot], spot)):
            cells[spot] = cell
    body = sorted({row for row, _ in table.words if row >= table.first_row > 0})
    # a label that reaches down from above is looked for in every row above: too much in a very long table
    few = len(table.words) <= MOST_LABELLED
    rows = {row: "".join(table.labels(row)) if few else table.words.get((row, 1), "") for row in body}
    if sum(one.number == table.number for one in table.pages) > 1:  # side by side: a total is of all of them
        rows = {row: label for row, label in rows.items() if not (_is_total(label) or _is_subtotal(label))}
        cells = {spot: cell for spot, cell in cells.items() if spot[0] in rows}
    columns = {column: "".join(table.headings(column)) for column in sorted({column for _, column in cells})}
    groups = {column: table.siblings(column) for column in columns if few and _heads_group(table.headings(column))}
    return Grid(table.number, cells, rows, columns, groups)


def _heads_group(headings: Sequence[str]) -> bool:
    return len(headings) > 1 and headings[-1] in (*TOTAL_NAMES, *SUBTOTAL_NAMES)


def _cell(text: str, start: int, end: int, place: tuple[int, int]) -> Cell | None:
    found = NUMBER.fullmatch(text, start, end)
    if not found or len(found["digits"]) > 20:
        return None
    decimals = len(found["decimals"] or "")
    size = Decimal(f"{re.sub('[,，]', '', found['digits'])}.{found['decimals'] or '0'}")
    value = Fraction(size) * (-1 if found["sign"] in ("-", "\u2212") else 1)
    half = Fraction(1, 2 * 10**decimals) if decimals or found["per"] else Fraction(0)
    begin = found.start("sign") if found["sign"] else found.start("digits")
    stop = found.end("per") if found["per"] else found.end("decimals") if found["decimals"] else found.end("digits")
    return Cell(begin, stop, text[begin:stop], value, Interval(value - half, value + half), decimals, *place)


def table_findings(grid: Grid) -> Iterator[Finding]:
    """The totals by row and column, shares and changes of one table."""
    yield from _settled(list(_column_totals(grid)), grid)
    yield from _counted_twice(grid)
    yield from _settled(list(_row_totals(grid)), grid)
    for group in (_shares(grid), _changes(grid), _growths(grid)):
        yield from _settled(list(group), grid)


def _settled(findings: Sequence[Finding], grid: Grid) -> Iterator[Finding]:
    """What fails is a contradiction where most of its kind holds, or where it is the only one."""
    failing = sum(one.holds is False for one in findings)
    nested = any(AMONG.search(word) for word in (*grid.rows.values(), *grid.columns.values()))
    sure = failing == 0 or failing <= sum(one.holds is True for one in findings) or (len(findings) == 1 and not nested)
    for one in findings:
        yield one if one.holds or sure else replace(one, holds=None)


def _is_total(label: str) -> bool:
    return label.strip("：: ") in TOTAL_NAMES


def _is_subtotal(label: str) -> bool:
    return label.endswith(SUBTOTAL_NAMES) or (label.endswith("合计") and not _is_total(label))


def _plain_columns(grid: Grid) -> list[int]:
    names = grid.columns.items()
    return [one for one, name in names if not RATE.search(name) and not AMONG.search(name) and grid.column(one)]


def _kinds_of_rows(grid: Grid) -> tuple[list[int], list[int], list[int]]:
    """The rows of totals, those of subtotals, and those that they sum."""
    totals = [row for row, label in grid.rows.items() if _is_total(label)]
    subtotals = [row for row, label in grid.rows.items() if _is_subtotal(label)]
    others = [row for row in grid.rows if row not in totals + subtotals]
    return totals, subtotals, [row for row in others if not NOT_SUMMED.search(grid.rows[row])]


def _counted_twice(grid: Grid) -> Iterator[Finding]:
    """Totals that hold only if a row that stands there twice is counted once, however many columns have one."""
    totals, _, leaves = _kinds_of_rows(grid)
    first: dict[tuple[str, tuple[tuple[int, Fraction], ...]], int] = {}
    columns = sorted(grid.columns)
    for row in leaves:
        here = tuple((one, grid.cells[row, one].value) for one in columns if (row, one) in grid.cells)
        if here and grid.rows[row]:
            first.setdefault((grid.rows[row], here), row)
    once = {*first.values()}
    for place in ((row, column) for row in totals for column in _plain_columns(grid)):
        total = grid.cells.get(place)
        parts = [grid.cells[one, place[1]] for one in leaves if (one, place[1]) in grid.cells]
        kept = [one for one in parts if one.row in once or not grid.rows[one.row]]
        of_all, without = _sum(parts), _sum(kept)
        if total and len(kept) < len(parts) and total.interval.meets(without) and not total.interval.meets(of_all):
            yield _finding("table", total, of_all, parts)


def _column_totals(grid: Grid) -> Iterator[Finding]:
    totals, subtotals, leaves = _kinds_of_rows(grid)
    for column in _plain_columns(grid):
        for row in totals:
            ways = [leaves, subtotals] if subtotals else [leaves]
            yield from _total(grid, (row, column), [[(one, column) for one in way] for way in ways])
        for position, row in enumerate(subtotals):
            before = subtotals[position - 1] if position else 0
            after = subtotals[position + 1] if position + 1 < len(subtotals) else 1 << 40
            ways = [[one for one in leaves if before < one < row], [one for one in leaves if row < one < after]]
            ways, known = _of_its_name(grid, row, leaves, ways)
            found = _total(grid, (row, column), [[(one, column) for one in way] for way in ways])
            yield from (one if known or one.holds else replace(one, holds=None) for one in found)


def _of_its_name(grid: Grid, row: int, leaves: Sequence[int], ways: list[list[int]]) -> tuple[list[list[int]], bool]:
    """The rows that a named total may sum, and whether it is known which: 义务教育小计, 支出合计."""
    label = grid.rows[row]
    group = label.removesuffix("合计").removesuffix("小计")
    # the rows under the label of its own group, or those that have its name in theirs
    own = [one for one in leaves if group and grid.rows[one].startswith(group)]
    if len(own) > 1 or not group or label.endswith(SUBTOTAL_NAMES):
        return ([own] if len(own) > 1 else ways), True
    own = [one for one in leaves if group in grid.rows[one]]
    # 下达额, two of spending, 支出合计: of the nearest rows above, how many nobody says
    before = ways[0]
    return [*([own] if len(own) > 1 else []), *(before[at:] for at in range(len(before) - 1))], len(own) > 1


def _row_totals(grid: Grid) -> Iterator[Finding]:
    columns = sorted(_plain_columns(grid))
    for total, others in grid.groups.items():
        for row in grid.rows:
            yield from _total(grid, (row, total), [[(row, one) for one in others if one in columns]])
    totals = [one for one in columns if re.sub(r"[（(].*", "", grid.columns[one]) in (*TOTAL_NAMES, *SUBTOTAL_NAMES)]
    if len(totals) != 1:
        return
    others = [one for one in columns if one != totals[0] and not EARLIER.search(grid.columns[one])]
    left, right = [one for one in others if one < totals[0]], [one for one in others if one > totals[0]]
    for row in grid.rows:
        yield from _total(grid, (row, totals[0]), [[(row, one) for one in way] for way in (others, left, right)])


def _total(grid: Grid, place: tuple[int, int], ways: Sequence[Sequence[tuple[int, int]]]) -> Iterator[Finding]:
    """The number at ``place`` against the sum of the numbers of the first way that gives it, or else of the first."""
    total = grid.cells.get(place)
    options = [[grid.cells[one] for one in way if one in grid.cells] for way in ways]
    options = [one for one in options if len(one) > 1]
    if total is None or not options:
        return
    for parts in options:
        if total.interval.meets(_sum(parts)):
            yield _finding("table", total, _sum(parts), parts)
            return
    yield _finding("table", total, _sum(options[0]), options[0])


def _shares(grid: Grid) -> Iterator[Finding]:
    totals = [row for row, label in grid.rows.items() if _is_total(label)]
    plain = _plain_columns(grid)
    for column, name in grid.columns.items():
        left = [one for one in plain if one < column]
        if not SHARE.search(name) or not left or len(totals) != 1:
            continue
        whole = grid.cells.get((totals[0], left[-1]))
        for cell in grid.column(column):
            part = grid.cells.get((cell.row, left[-1]))
            share = ratio(part.interval, whole.interval) if part and whole else None
            if part and whole and share:
                yield _finding("table_share", cell, share.times(100), [part, whole])


def _pair(grid: Grid) -> tuple[int, int] | None:
    """The columns of this year and of the year before, if there is one of each."""
    plain = sorted(_plain_columns(grid))
    now = [one for one in plain if NOW.search(grid.columns[one]) and not THEN.search(grid.columns[one])]
    then = [one for one in plain if re.search(r"上年|去年|上期|上月|同期|期初", grid.columns[one])]
    if len(now) == len(then) == 1:
        return now[0], then[0]
    years = {one: int(found.group()) for one in plain if (found := YEAR.search(grid.columns[one]))}
    if len(years) == 2 and len(set(years.values())) == 2:
        return max(years, key=lambda one: years[one]), min(years, key=lambda one: years[one])
    return (now[0], then[0]) if len(now) == 1 and len(then) == 1 else None


def _changes(grid: Grid) -> Iterator[Finding]:
    pair = _pair(grid)
    columns = [one for one, name in grid.columns.items() if CHANGE.search(name) and not GROWTH.search(name)]
    if pair is None or len(columns) != 1:
        return
    for cell in grid.column(columns[0]):
        now, then = grid.cells.get((cell.row, pair[0])), grid.cells.get((cell.row, pair[1]))
        if now and then and not cell.surface.endswith("%"):
            yield _finding("table_growth", cell, now.interval - then.interval, [now, then])


def _growths(grid: Grid) -> Iterator[Finding]:
    pair = _pair(grid)
    columns = [one for one, name in grid.columns.items() if GROWTH.search(name)]
    if pair is None or len(columns) != 1:
        return
    for cell in grid.column(columns[0]):
        now, then = grid.cells.get((cell.row, pair[0])), grid.cells.get((cell.row, pair[1]))
        share = ratio(now.interval - then.interval, then.interval) if now and then and then.interval.low > 0 else None
        if now and then and share:
            low = (now.interval.low - then.interval.high) / then.interval.high
            high = (now.interval.high - then.interval.low) / then.interval.low
            yield _finding("table_growth", cell, Interval(low, high).times(100), [now, then])


def _sum(parts: Iterable[Cell]) -> Interval:
    low = high = Fraction(0)
    for one in parts:
        low, high = low + one.interval.low, high + one.interval.high
    return Interval(low, high)


def _finding(kind: str, target: Cell, computed: Interval, others: Sequence[Cell]) -> Finding:
    holds = target.interval.meets(computed)
    gap = target.value - (computed.low + computed.high) / 2
    numbers = tuple(sorted((one.start, one.end) for one in (*others, target)))
    low, high = (f"{round_half_up(abs(one), target.decimals):f}" for one in (computed.low, computed.high))
    sign = "-" if computed.high < 0 else ""
    shown = f"{sign}{low}" if low == high else f"{sign}{low}～{high}"
    difference = "" if holds else f"{'+' if gap >= 0 else '-'}{round_half_up(abs(gap), target.decimals):f}"
    return Finding(kind, holds, numbers, target.surface, shown, difference, (target.start, target.end))
