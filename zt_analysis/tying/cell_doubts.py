"""Why a cell proves nothing by where it stands, whatever the words of its row and column are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zt_analysis.documents.tables import Table
from zt_analysis.terms import filled, labels
from zt_analysis.tying.case import Case
from zt_analysis.tying.cell_columns import AMONG, is_share
from zt_analysis.tying.row_labels import RowLabels
from zt_analysis.tying.vocabulary import pattern

Why = Mapping[str, str] | None


class CellDoubts:
    """What leaves a cell unproven: its row, its column, or that it is one of several cells.

    A total of which nobody can say what it sums, a share that a row gives, two places, what is said to be a part of
    a figure that excludes it, a number merged over several rows or columns.
    """

    def __init__(self, case: Case, rows: RowLabels) -> None:
        self._case, self._rows = case, rows
        self._of_row: dict[tuple[Table, int], Why] = {}
        self._of_column: dict[tuple[Table, int], Why] = {}
        self._excluded: dict[Table, dict[int, str]] = {}

    def why(self, table: Table, row: int, column: int) -> Why:
        """The reason for which a cell of the body is unproven; None where there is none."""
        if _is_merged(table, row, column):
            return labels("tie_merged")
        if (table, row) not in self._of_row:
            self._of_row[table, row] = self._why_row(table, row)
        if (table, column) not in self._of_column:
            self._of_column[table, column] = self._why_column(table, column)
        why = self._of_row[table, row] or self._of_column[table, column] or self._two_places(table, row, column)
        return why or (labels("tie_lacking") if self._rows.lacks(table, row, column) else None)

    def _why_row(self, table: Table, row: int) -> Why:
        if self._rows.is_of_some(table, row):
            return labels("tie_of_some")
        if table not in self._excluded:
            self._excluded[table] = dict(_excluded(table))
        label = next(iter(table.labels(row)), "")
        said = self._excluded[table].get(row, "") or (label if is_share(label) else "")
        return filled("tie_other_words", words=said) if said else None

    def _why_column(self, table: Table, column: int) -> Why:
        """失辍学, 其中：上门送教: of a column that is said to be a part of the one before."""
        *wide, last = table.headings(column) or ("",)
        if not AMONG.match(last):
            return None
        before = [one for one in range(table.first_column, column) if not AMONG.match((*table.headings(one), "")[-1])]
        whole = "".join((*wide, *(table.headings(before[-1])[-1:] if before else ())))
        said = _apart_from((whole, table.caption), last)
        return filled("tie_other_words", words=said) if said else None

    def _two_places(self, table: Table, row: int, column: int) -> Why:
        """劝返方, 被劝返方: two cells that each name another part of one division, and of which the number is."""
        seen: dict[str, set[str]] = {}
        for word in (*table.labels(row), *table.headings(column)):
            for dimension, values in self._named(word).items():
                before = seen.setdefault(dimension, values)
                # in a table of places by places, 甲县 by 甲县 says no more than the others do
                twice = before == values and before is not values and dimension in self._case.registers
                if twice or not (values <= before or before <= values):
                    return filled("tie_two_parts", words=word)
        return None

    def _named(self, word: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for one in self._case.parts.named(word):
            if one.values:
                found.setdefault(one.dimension, set()).update(one.values)
        return found


def _is_merged(table: Table, row: int, column: int) -> bool:
    """Whether a cell reaches over rows of several labels, or columns of several headings."""
    rows, columns = table.reached(row, column)
    return len({table.labels(one) for one in rows}) > 1 or len({table.headings(one) for one in columns}) > 1


def _excluded(table: Table) -> Iterator[tuple[int, str]]:
    """The rows that are said to be a part of one above that excludes them, with the word: 失辍学, 其中：上门送教."""
    whole, said = "", ""
    for row in table.body_rows:
        label = next(iter(table.labels(row)), "")
        if AMONG.match(label) or (
            said and _apart_from((whole, table.caption), label)
        ):  # what follows in the list is a part, too
            said = _apart_from((whole, table.caption), label)
            if said:
                yield row, said
        else:
            whole, said = label, ""


def _apart_from(wholes: tuple[str, str], part: str) -> str:
    """The word of ``part`` that excludes what the first of ``wholes`` names that names any; empty where none does."""
    theirs = pattern("disjoint").findall(part)
    ours = next((found for one in wholes if (found := pattern("disjoint").findall(one))), [])
    same = any(one in other or other in one for one in ours for other in theirs)
    return theirs[0] if ours and theirs and not same else ""
