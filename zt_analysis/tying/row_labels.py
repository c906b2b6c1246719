"""What the label of a row says: a row of totals is of all rows, one of a part hangs on the row above."""

from __future__ import annotations

import re

from zt_analysis.documents.tables import IN_BRACKETS, MARKS, NOTHING, TOTALS, Table
from zt_analysis.tying.case import Case
from zt_analysis.tying.cell_columns import governing_rows

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
        """What a row of totals is of: everything, where the rows name all members of a register, or else its parts."""
        pages = [(page, one) for page in table.pages or [table] for one in page.body_rows]
        every = (self._first(page, one) for page, one in pages if page is not table or one != row)
        names = list(dict.fromkeys(self.plain(one) for one in every))
        parts = [one for name in names for one in self._case.parts.named(name)]
        for key, members in self._case.registers.items():
            if {code for one in parts if one.dimension == key for code in one.values} >= set(members):
                return "合计"  # a word of every office's whole
        return "、".join(one for one in names if one not in TOTALS) or "合计"

    def lacks(self, table: Table, row: int, column: int) -> bool:
        """Whether a row is a total of rows of which one has no number in the column: of all, or of the others?"""
        if self._first(table, row) not in TOTALS:
            return False
        rows = [one for one in table.body_rows if one != row and self._first(table, one)]
        return any(NOTHING.fullmatch(table.words.get((one, column), "-")) for one in rows)

    def _first(self, table: Table, row: int) -> str:
        labels = table.labels(row)
        return labels[0] if labels else ""
