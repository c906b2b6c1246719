"""零报告: a file that says, in the form of the table, that there is nothing to report."""

from __future__ import annotations

from dataclasses import replace

from zt_analysis.submissions.cells import tidy
from zt_analysis.submissions.kinds import Cells
from zt_analysis.submissions.table import Table
from zt_analysis.submissions.totals import total_label

WORDS = ("无", "零报告", "本期无", "本周无", "本月无", "本学期无", "无数据", "nil")
# titles, notes and signatures around a table without rows; above that it is not read twice
MOST_LINES = 40


def nothing_said(table: Table) -> Table | None:
    """``table`` without the lines that say 无 or have dashes only; None where rows or problems are left in it.

    A total of such a table has to be 0: another one contradicts it.
    """
    below = {row: cells for row, cells in table.sheet.rows.items() if row > table.header.bottom}
    silent = {row for row, cells in below.items() if _says_nothing(cells, table)}
    if len(below) - len(silent) > MOST_LINES:
        return None
    rest = {row: cells for row, cells in table.sheet.rows.items() if row not in silent}

    def left() -> Table:
        return Table(table.file, replace(table.sheet, rows=rest), table.layout, table.header, table.constants)

    trial = left()
    trial.read()
    return None if trial.rows or trial.problems else left()


def _says_nothing(cells: Cells, table: Table) -> bool:
    """Whether each cell is a word for none, the label of a total, the file's own county, or not read at all."""
    words = {*WORDS, *(word for one in table.layout.fields for word in one.missing)}
    texts = {column: tidy(str(value)) for column, value in cells.items()}
    said = [text for text in texts.values() if text in words or total_label([text], table.layout.totals)]
    return bool(said) and all(
        text in said or column in table.header.ignored or _is_constant(column, text, table)
        for column, text in texts.items()
    )


def _is_constant(column: int, text: str, table: Table) -> bool:
    one = table.header.columns.get(column)
    return one is not None and text != "" and table.constants.get(one.name) == (one.values or {}).get(text, text)
