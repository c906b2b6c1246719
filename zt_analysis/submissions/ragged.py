"""Rows of a text file with more or fewer cells than its header: an unquoted 2,500 is 2 and 500, a row broken off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zt_analysis.submissions.cells import tidy
from zt_analysis.submissions.grid import Sheet
from zt_analysis.submissions.headers import Header

FRONT, REST = re.compile(r"[+-]?[0-9]{1,3}"), re.compile(r"[0-9]{3}(?:\.[0-9]+)?")
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def split_numbers(sheet: Sheet, header: Header, rows: list[int]) -> Iterator[tuple[int, int, str]]:
    """Rows, columns and texts of numbers that a comma inside them has split, with the rest of the row moved on.

    A row gives itself away by a cell more than the header has, or by a number in a column of texts that has none
    otherwise.
    """
    if not sheet.commas:
        return
    width = max(sheet.fields.get(row, 0) for row in range(header.top, header.bottom + 1))
    pairs = {row: found for row in rows if (found := _pairs(sheet, header, row))}
    for row, columns in pairs.items():
        moved = [column for column in header.texts if column > columns[0] and _is_odd(sheet, header, row, column)]
        others = {column for column in moved for other in rows if other not in pairs and _number(sheet, other, column)}
        if sheet.fields[row] > width or set(moved) - others:
            column = columns[-1] if sheet.fields[row] > width else max(at for at in columns if at < max(moved))
            cells = sheet.rows[row]
            yield row, column, f"{cells[column]},{cells[column + 1]} in two cells"


def broken_off(sheet: Sheet, header: Header, rows: list[int]) -> Iterator[tuple[int, int, str]]:
    """Rows that end before the last column that is read, with that column: nothing says which cell is left out.

    A file that was not sent to its end stops so, and a separator that was deleted moves all cells behind it.
    """
    last = max(header.columns)
    for row in rows:
        if sheet.fields and sheet.fields[row] < last:
            yield row, last, f"a row of {sheet.fields[row]} cells"


def _pairs(sheet: Sheet, header: Header, row: int) -> list[int]:
    """The columns whose number goes on, by its form, in the cell behind."""
    cells = {column: tidy(str(value)) for column, value in sheet.rows[row].items()}
    return [
        column
        for column, one in header.columns.items()
        if one.is_numeric and FRONT.fullmatch(cells.get(column, "")) and REST.fullmatch(cells.get(column + 1, ""))
    ]


def _is_odd(sheet: Sheet, header: Header, row: int, column: int) -> bool:
    one = header.columns.get(column)
    return (one is None or one.type == "string") and _number(sheet, row, column)


def _number(sheet: Sheet, row: int, column: int) -> bool:
    return bool(NUMBER.fullmatch(tidy(str(sheet.rows[row].get(column, "")))))
