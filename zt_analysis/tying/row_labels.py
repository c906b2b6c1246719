"""What the label of a row says: a row of totals is of all rows, one of a part hangs on the row above."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from zt_analysis.documents.tables import IN_BRACKETS, MARKS, NOT_SUMMED, NOTHING, SUBTOTAL, TOTALS, Table
from zt_analysis.tying.case import Case
from zt_analysis.tying.cell_columns import governing_rows

Row = tuple[Table, int]
LIST_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+|\d+|[（(][一二三四五六七八九十\d]+[）)])[、.．]\s*|^其中[：:]?")

# 合计（不含东川县）: a bracket that says more than the unit
SAYS_MORE = re.compile(r"[不未非含除剔扣仅只]|上年|去年|同期|\d")


class RowLabels:
    """The labels of rows as they are read."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._over: dict[Table, dict[int, int]] = {}
        self._kept: dict[tuple[Table, int], list[str]] = {}

    def over(self, table: Table, row: int) -> int:
        """The row that a row of a part hangs on; 0 where it hangs on none."""
        if table not in self._over:
            self._over[table] = governing_rows(table, self._case)
        return self._over[table].get(row, 0)

    def of(self, table: Table, row: int) -> list[str]:
        """The labels of a row, those it hangs on first; of a row of totals what it is of."""
        asked = table, row
        if asked not in self._kept:
            self._kept[asked] = self._of(table, row)
        return self._kept[asked]

    def _of(self, table: Table, row: int) -> list[str]:
        labels = [self.plain(one) for one in table.labels(row)]
        if over := self.over(table, row):
            return [*map(self.plain, table.labels(over)), *labels]
        if labels and labels[0] in TOTALS:
            return [self._whole(table, row), *labels[1:]]
        if len(labels) > 1 and labels[-1] in TOTALS:
            same = [table.labels(one) for one in table.body_rows if table.labels(one)[:-1] == table.labels(row)[:-1]]
            return [*labels[:-1], "、".join(one[-1] for one in same if one and one[-1] not in TOTALS)]
        return labels

    def plain(self, label: str) -> str:
        """A label without its list number, unit and marks."""
        plain = MARKS.sub("", label.strip("*"))
        return LIST_NUMBER.sub("", IN_BRACKETS.sub(lambda one: one[0] if SAYS_MORE.search(one[0]) else "", plain))

    def _whole(self, table: Table, row: int) -> str:
        """What a row of totals is of: everything, where its rows name all members of a register, or else its parts."""
        names = list(dict.fromkeys(self.plain(self._first(*one)) for one in self.summed(table, row)))
        for key, members in self._case.registers.items():
            if self._members(names, key) >= set(members):
                return "合计"  # a word of every office's whole
        return "、".join(names) or "合计"

    def _members(self, names: Iterable[str], key: str) -> set[str]:
        return {code for name in names for one in self._case.parts.named(name) if one.dimension == key
                for code in one.values}  # fmt: skip

    def summed(self, table: Table, row: int) -> list[Row]:
        """The rows that a row of totals sums: of 小计 those since the total before it, of any other all."""
        every = _rows(table)
        if self._total(table, row) == SUBTOTAL:
            above = every[: every.index((table, row))]
            every = [*takewhile(lambda one: not self._total(*one), reversed(above))][::-1]
        return [one for one in every if self._first(*one) and not self._is_apart(*one)]

    def is_of_some(self, table: Table, row: int) -> bool:
        """Whether a row of totals stands where nobody can say what it sums: 小计 above its own rows, 合计 amid them."""
        total = self._total(table, row)
        if total == SUBTOTAL:
            first = next((one for one in table.body_rows if self._total(table, one) in ("", SUBTOTAL)), row)
            return self._total(table, first) == SUBTOTAL or not self.summed(table, row)
        if not total:
            return False
        if any(self._total(table, one) == total for one in table.body_rows if one != row):
            return True
        every = _rows(table)
        place = every.index((table, row))
        summed = {*self.summed(table, row)}
        beside = [one for one in summed if one[0] is table or one[0].number != table.number]
        sides: list[list[str]] = [[], []]
        for one in beside:
            sides[every.index(one) > place].append(self._first(*one))
        return any(all(self._members(one, key) for one in sides) for key in self._case.registers)

    def lacks(self, table: Table, row: int, column: int) -> bool:
        """Whether a row is a total of rows of which one has no number in the column: of all, or of the others?"""
        if not self._total(table, row):
            return False
        rows = [one for page, one in self.summed(table, row) if page is table]
        return any(NOTHING.fullmatch(table.words.get((one, column), "-")) for one in rows)

    def _is_apart(self, table: Table, row: int) -> bool:
        """Whether a row is none that a total sums: a total itself, a part of the row above, a mean."""
        return bool(self._total(table, row) or NOT_SUMMED.search(self._first(table, row)))

    def _total(self, table: Table, row: int) -> str:
        """The word by which a row is one of totals; empty of any other."""
        label = self.plain(self._first(table, row))
        return label if label in TOTALS else ""

    def _first(self, table: Table, row: int) -> str:
        labels = table.labels(row)
        return labels[0] if labels else ""


def _rows(table: Table) -> list[Row]:
    """The rows of a table and of the pages on which it goes on, in their order."""
    return [(page, one) for page in table.pages or [table] for one in page.body_rows]
