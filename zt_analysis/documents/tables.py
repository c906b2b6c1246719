"""The tables of a document: the words of each cell, the labels of its row, the headings of its column."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import zt_analysis.expressions as re

Spot = tuple[int, int]
# a cell that is a number, with the few characters of a unit
NUMERIC = re.compile(r"[-+\u2212约近超]?\d[\d,，]*(?:\.\d+)?(?:[%％‰]|[^\d\W年月日号期第]{0,3})")
YEAR = re.compile(r"(?:199\d|20\d\d)年?")
# a time in brackets is no unit: 受助学生（春季学期）
NO_UNIT = r"(?![^（）()]*(?:学期|季度|半年|[年月日周季期]\s*[）)]))"
IN_BRACKETS = re.compile(rf"[（(]\s*(?:单位[:：])?\s*{NO_UNIT}([^（）()\d]{{1,4}}|[%％‰])\s*[）)]\s*$")
UNIT_WORD = re.compile(
    r"[（(]?(?:[十百千万亿]*(?:人次|元|人|户|名|所|件|个|次|辆|台|册|校|班|村|项|年|天|周|份|吨|公里|平方米)(?:[/每][一-龥]{1,3})?"
    r"|[%％‰]|个?百分点)[）)]?"
)
NOTHING = re.compile(r"[-—–/…·*]+")
NUMBERED = re.compile(r"序号|编号|行次|^(?:[Nn][Oo]\.?|№|#)$")
RANKED = re.compile(r"(?:全市)?(?:位次|名次|排名|排位|位序|排序)(?:[（(][^（）()]*[）)])?")
# the marks by which a cell refers to a note: 218①, 东川县*
MARKS = re.compile(r"(?:[①-⑳*＊†‡※¹²³⁴-⁹])+$")
REMARKED = re.compile(r"备注|说明|注")
SUBTOTAL = "小计"
TOTALS = ("合计", "总计", "共计", "总数", "计", SUBTOTAL)
# rows that no total sums: a part of the row above, a mean, the greatest, a share
NOT_SUMMED = re.compile(
    r"其中|^#|平均|均[值数]|[人县校户班村]均|中位|最[大小高低多少][值数者]?$|极[值差]|方差|标准差|占比|比重|比例|百分比|^占[全总合]"
    r"|增[长速幅]|[降涨]幅|同比|环比|排名|位次|名次|率(?:[（(][^（）()]*[）)])?$|(?i:average|mean|median|maximum|minimum|share|percent|ratio)"
)


@dataclass(frozen=True, eq=False)
class Table:
    """A table by row and column, both from 1: ``spans`` where each cell stands in the document's text, its ``words``.

    ``merged``: how many rows and columns a cell reaches over that is not one of each;
    ``caption``: the line above it, or a first row of one cell; ``units``: those that the caption gives; ``note``: the
    words of the notes under it; ``pages``: of a table that goes on (续表) all its pieces, itself among them.
    """

    number: int
    spans: Mapping[Spot, Spot]
    words: Mapping[Spot, str]
    caption: str = ""
    units: tuple[str, ...] = ()
    note: str = ""
    pages: list[Table] = field(default_factory=list, repr=False)
    merged: Mapping[Spot, tuple[int, int]] = field(default_factory=dict, repr=False)

    @cached_property
    def first_row(self) -> int:
        """The first row of the body; 0 where no cell is a number."""
        rows = sorted(self._rows)
        for row in rows:
            here = self._rows[row]
            numeric = [column for column, word in here.items() if NUMERIC.fullmatch(word)]
            years = all(YEAR.fullmatch(here[column]) for column in numeric) and len(here) <= len(numeric) + 1
            counted = numeric == [1] and len(here) > 2
            if numeric and not counted and not (years and row <= rows[0] + 1):
                return row
        return 0

    @cached_property
    def first_column(self) -> int:
        """The first column of numbers, list numbers and what stands before the names of the rows aside; 0 without one.

        排名, 县区, 人数: it is the third; numbers that no name stands left of, but one right of, say more of that name.
        """
        numeric = [one for one in self._all_columns if self._is_of_numbers(one)]
        named = next((one for one in self._all_columns if self._is_of_names(one)), 0)
        return next((one for one in numeric if one > named), next(iter(numeric), 0))

    @cached_property
    def ranks_before(self) -> list[int]:
        """The columns that give the places of the rows before these are named: 排名, 县区, 人数."""
        return [one for one in self._before_names if RANKED.fullmatch(self._plain_heading(one))]

    @property
    def is_one_row(self) -> bool:
        """Whether it is a line set in cells."""
        return len(self._rows) == 1

    @cached_property
    def body_rows(self) -> list[int]:
        """The rows from the first of the body on."""
        return sorted(row for row in self._rows if row >= self.first_row)

    @cached_property
    def is_labelled(self) -> bool:
        """Whether anything stands left of the numbers."""
        return any(self.labels(row) for row in self.body_rows)

    def opening(self, row: int) -> tuple[int, str]:
        """The first column of a row, and its words; 0 of an empty one."""
        return min(self._rows.get(row, {}).items(), default=(0, ""))

    def is_body(self, row: int, column: int) -> bool:
        """Whether a cell is one of the numbers' part of the table."""
        return 0 < self.first_row <= row and 0 < self.first_column <= column

    def is_list_number(self, row: int, column: int) -> bool:
        """Whether a cell numbers its row: under 序号, or 1, 2, 3 in the first column before labels."""
        return 0 < self.first_row <= row and column in self._numberings

    def labels(self, row: int) -> tuple[str, ...]:
        """What stands left of a row's numbers; a label that reaches down from above holds on."""
        columns = list(self._label_columns)
        found = [self._label(row, one) for one in columns]
        present = next((place for place, word in enumerate(found) if word), None)
        if present is None:
            return ()
        for place in range(present):
            found[place] = self._from_above(row, columns[place])
        return tuple(word for word in found if word)

    def headings(self, column: int) -> tuple[str, ...]:
        """What stands above a column, the widest heading first; one that spans several columns is that of each."""
        return tuple(word for _, word in self._headings(column) if word)

    def reached(self, row: int, column: int) -> tuple[list[int], list[int]]:
        """The rows and columns of the body over which a cell reaches, its own first."""
        high, wide = self.merged.get((row, column), (1, 1))
        rows = [one for one in self.body_rows if row <= one < row + high] if high > 1 else [row]
        columns = [one for one in self._all_columns if column <= one < column + wide] if wide > 1 else [column]
        return rows, columns

    def siblings(self, column: int) -> list[int]:
        """The other columns under the same wide headings."""
        *wide, _ = self._headings(column) or [(0, "")]
        others = [one for one in self._body_columns if one >= self.first_column and one != column]
        return [one for one in others if self._headings(one)[:-1] == wide and wide]

    def unit(self, row: int, column: int) -> str:
        """The unit that a heading gives in brackets, or a column of units; empty where neither does."""
        for word in (*reversed(self.headings(column)), *reversed(self.labels(row))):
            if found := IN_BRACKETS.search(word):
                return found[1]
            if word.endswith(("%", "％", "‰")):
                return word[-1]
        return self.words.get((row, self._unit_columns[0]), "") if self._unit_columns else ""

    def remark(self, row: int) -> str:
        """What a column of remarks says of the row."""
        columns = [
            one for one in self._all_columns if one > self.first_column and REMARKED.search(self._plain_heading(one))
        ]
        return "".join(self.words.get((row, one), "") for one in columns)

    @cached_property
    def _all_columns(self) -> list[int]:
        return sorted({column for _, column in self.words})

    @cached_property
    def _label_columns(self) -> list[int]:
        left = [one for one in self._all_columns if one < self.first_column]
        return [one for one in left if one not in (*self._numberings, *self.ranks_before, *self._unit_columns)]

    @cached_property
    def _numberings(self) -> list[int]:
        """The columns that number the rows: they say so, or have no heading and count them before these are named."""
        said = [one for one in self._all_columns if NUMBERED.search(self._plain_heading(one))]
        bare = [one for one in self._before_names if not self._plain_heading(one)]
        words = {one: [here[one] for row in self.body_rows if one in (here := self._rows[row])] for one in bare}
        return said + [one for one in bare if words[one] == [str(at) for at in range(1, len(words[one]) + 1)]]

    @cached_property
    def _before_names(self) -> list[int]:
        """The columns of numbers that stand before the names of the rows."""
        return [one for one in self._all_columns if one < self.first_column and self._is_of_numbers(one)]

    def _label(self, row: int, column: int) -> str:
        word = self.words.get((row, column), "")
        # 年度 2018, 批次 1: a number says of what only with its heading
        return f"{self._plain_heading(column)}{word}" if word and column in self._before_names else word

    def _is_of_numbers(self, column: int) -> bool:
        numeric, others = self._body_of(column)
        return numeric >= max(others, 1) and not NUMBERED.search(self._plain_heading(column))

    def _is_of_names(self, column: int) -> bool:
        numeric, others = self._body_of(column)
        heading = self._plain_heading(column)
        apart = column in self._unit_columns or REMARKED.search(heading) or NUMBERED.search(heading)
        return others > numeric and not apart

    def _body_of(self, column: int) -> tuple[int, int]:
        """How many cells of a column are numbers, and how many are words."""
        here = [self._rows[row].get(column, "") for row in self.body_rows]
        body = [word for word in here if word and not NOTHING.fullmatch(word)]
        numeric = sum(NUMERIC.fullmatch(word) is not None for word in body)
        return numeric, len(body) - numeric

    @cached_property
    def _rows(self) -> dict[int, dict[int, str]]:
        """The words of each row by column."""
        found: dict[int, dict[int, str]] = {}
        for (row, column), word in self.words.items():
            found.setdefault(row, {})[column] = word
        return found

    @cached_property
    def _body_columns(self) -> list[int]:
        return sorted({column for row in self.body_rows for column in self._rows[row]})

    @cached_property
    def _unit_columns(self) -> list[int]:
        return [one for one in self._all_columns if self._is_of_units(one)]

    def _is_of_units(self, column: int) -> bool:
        """Whether a column gives the unit of each row; 单位 may head those who report."""
        if self._plain_heading(column) not in ("单位", "计量单位"):
            return False
        here = [word for (row, at), word in self.words.items() if at == column and row >= self.first_row]
        return 2 * sum(UNIT_WORD.fullmatch(word) is not None for word in here) >= len(here)

    def _plain_heading(self, column: int) -> str:
        return "".join(self.words.get((row, column), "") for row in self.header_rows)

    @cached_property
    def header_rows(self) -> list[int]:
        """The rows of headings, titles aside."""
        rows = sorted(row for row in self._rows if row < self.first_row)
        return [row for row in rows if not self._is_title(row)]

    def _is_title(self, row: int) -> bool:
        """A row of one cell above rows of several."""
        return len(self._rows[row]) == 1 and len(self._all_columns) > 1

    @cached_property
    def _down(self) -> dict[int, list[int]]:
        """For each column of labels the rows of the body in which it has words."""
        return {column: [row for row in self.body_rows if column in self._rows[row]] for column in self._label_columns}

    def _from_above(self, row: int, column: int) -> str:
        rows = self._down[column]
        place = bisect_left(rows, row)
        return self._label(rows[place - 1], column) if place else ""

    def _headings(self, column: int) -> list[tuple[int, str]]:
        """Each heading of a column with the column where it begins."""
        found: list[tuple[int, str]] = []
        if not self.header_rows and self.pages and self.pages[0] is not self:
            return self.pages[0]._headings(column)  # it goes on without a heading of its own
        for row in self.header_rows:
            if (row, column) in self.words:
                found.append((column, self.words[row, column]))
                continue
            left = [one for one in self._rows[row] if self.first_column <= one < column]
            # a wide heading reaches over the columns after it; of lower rows, only inside the one above
            if left and (not found or (found[-1][0] != column and found[-1][0] <= max(left))):
                found.append((max(left), self.words[row, max(left)]))
        return found
