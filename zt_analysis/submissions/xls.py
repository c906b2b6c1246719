"""The sheets of an .xls workbook (Excel 97-2003), read by xlrd."""

from __future__ import annotations

import io
import itertools
from typing import Any

from zt_analysis.errors import InputError, ZtError
from zt_analysis.extras import need
from zt_analysis.submissions import limits
from zt_analysis.submissions.files import PROTECTED
from zt_analysis.submissions.formats import is_plain
from zt_analysis.submissions.grid import Broken, Merge, Sheet, letters
from zt_analysis.submissions.scanning import COMMENT, STRUCK
from zt_analysis.submissions.xls_margins import outside

HINT = "open it in Excel or WPS and save it as .xlsx"


def read_xls(content: bytes, name: str) -> list[Sheet]:
    """Every worksheet of the workbook, hidden ones too. The format does not tell which cells are formulas.

    Raises:
        InputError: damaged, protected by a password, or beyond a limit.
    """
    need("xlrd", f"{name}: reading an old Excel file (.xls)")
    import xlrd

    limits.refuse_above(limits.MAX_OLD_FILE_BYTES, len(content), thing=name, unit="bytes", hint=HINT)
    try:
        # formatting_info is what xlrd needs for merged cells and hidden rows; the log would go to the terminal
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO(), verbosity=0,
            on_demand=True,
        )  # fmt: skip
        with book:  # which is kept open for what xlrd leaves out (``xls_margins``)
            return _sheets(book, name)
    except ZtError:
        raise
    except Exception as error:  # whatever a library meets in a file that somebody else made
        found = PROTECTED if "encrypted" in str(error).lower() else f"a damaged file ({error or type(error).__name__})"
        raise InputError(name, found=found[:300], expected="a whole .xls workbook", hint=HINT) from error


def _sheets(book: Any, name: str) -> list[Sheet]:
    limits.refuse_above(limits.MAX_SHEETS, book.nsheets, thing=name, unit="sheets")
    sheets, cells = [], 0
    for sheet in book.sheets():
        thing = f"{name}!{sheet.name}"
        limits.refuse_above(limits.MAX_COLUMNS, sheet.ncols, thing=thing, unit="columns")
        sheets.append(_sheet(book, sheet))
        if book.mem is not None:
            place = book._sh_abs_posn[sheet.number]
            sheets[-1].outside += outside(book.mem, place, book.biff_version, book.encoding or "latin-1")
        sheets[-1].outside += _notes(sheet)
        cells += sum(map(len, sheets[-1].rows.values()))
        limits.refuse_above(limits.MAX_CELLS, cells, thing=name, unit="cells")
    return sheets


def _sheet(book: Any, sheet: Any) -> Sheet:
    rows = {}
    for row in range(sheet.nrows):
        cells = {
            column + 1: value for column, cell in enumerate(sheet.row(row)) if (value := _value(book, cell)) is not None
        }
        if cells:
            rows[row + 1] = cells
    formats, marks = _looks(book, sheet)
    return Sheet(
        name=sheet.name,
        rows=rows,
        formats=formats,
        marks=marks,
        merges=[Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells],
        hidden_rows={row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden},
        hidden_columns={column + 1 for column, info in sheet.colinfo_map.items() if info.hidden},
        hidden=sheet.visibility != 0,
        is_1904=bool(book.datemode),
    )


def _notes(sheet: Any) -> list[tuple[str, str]]:
    return [
        (f"comment {letters(column + 1)}{row + 1}", note.text) for (row, column), note in sheet.cell_note_map.items()
    ]


def _looks(book: Any, sheet: Any) -> tuple[dict[tuple[int, int], str], dict[tuple[int, int], str]]:
    """The number formats that may show another number, and what is struck out or has a comment."""
    import xlrd

    formats, marks = {}, {}
    for row, column in itertools.product(range(sheet.nrows), range(sheet.ncols)):
        if column >= sheet.row_len(row) or not (cell := sheet.cell(row, column)).value:
            continue
        style = book.xf_list[cell.xf_index]
        code = book.format_map[style.format_key].format_str
        if cell.ctype == xlrd.XL_CELL_NUMBER and not is_plain(code):
            formats[row + 1, column + 1] = code
        runs = [style.font_index, *(font for _, font in sheet.rich_text_runlist_map.get((row, column), ()))]
        if any(book.font_list[font].struck_out for font in runs):
            marks[row + 1, column + 1] = STRUCK
    for (row, column), note in sheet.cell_note_map.items():
        marks[row + 1, column + 1] = f"a comment on the cell, {' '.join(note.text.split())[:COMMENT]!r}"
    return formats, marks


def _value(book: Any, cell: Any) -> Any:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return _text(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Broken(xlrd.error_text_from_code.get(cell.value, "an error"))
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date(cell.value, book.datemode)
    return cell.value


def _text(value: str) -> Any:
    if value == "":
        # only a formula has a text without characters, and one that was never computed has it too
        return Broken("a formula with an empty result", is_formula=True)
    return value if value.strip() else None


def _date(serial: float, datemode: int) -> Any:
    import xlrd

    try:
        return xlrd.xldate_as_datetime(serial, datemode)
    except (xlrd.XLDateError, OverflowError, ValueError):
        return Broken(f"{serial} as a date")
