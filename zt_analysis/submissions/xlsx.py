"""The sheets of an .xlsx workbook: values from openpyxl, everything else from one pass over the XML."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass, field
from typing import Any

from zt_analysis.errors import ZtError
from zt_analysis.importing import without
from zt_analysis.submissions import limits
from zt_analysis.submissions.appearance import is_white
from zt_analysis.submissions.archive import DAMAGE, Archive, broken, check_held, open_archive
from zt_analysis.submissions.dialects import transitional, with_plain_looks
from zt_analysis.submissions.formats import is_plain
from zt_analysis.submissions.grid import Broken, Sheet
from zt_analysis.submissions.plain_xlsx import plain_sheets
from zt_analysis.submissions.scanning import STRUCK, Scan, comments_of, results_hold, scan_sheet

WHITE = "white text without a background; read all the same"
ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def read_xlsx(content: bytes, name: str) -> list[Sheet]:
    """Every worksheet of the workbook, hidden ones too.

    Raises:
        InputError: damaged, made to harm, or beyond a limit.
    """
    archive = open_archive(content, name)
    sheets = archive.sheets()
    struck = _check_held(archive, {part for _, part in sheets})
    never = not results_hold(archive)
    scans = {title: scan_sheet(archive, part, f"{name}!{title}", struck, never=never) for title, part in sheets}
    for title, part in sheets:
        scans[title].marks |= comments_of(archive, part)
    limits.refuse_above(limits.MAX_CELLS, sum(scan.filled for scan in scans.values()), thing=name, unit="cells")
    plain = plain_sheets(archive, sheets, scans)
    if plain is not None:
        return plain
    with warnings.catch_warnings():
        # openpyxl warns of styles and extensions it leaves out, and of dates it turns into #VALUE!, which is refused
        warnings.simplefilter("ignore")
        try:
            return _sheets_of_either(transitional(archive, content), archive, scans)
        except ZtError:
            raise
        except Exception as error:  # whatever a library meets in a file that somebody else made
            raise broken(name, f"a damaged workbook: {type(error).__name__}", error) from error


def _check_held(archive: Archive, parts: set[str]) -> dict[str, bool]:
    from lxml import etree

    try:
        return check_held(archive, parts)
    except (etree.XMLSyntaxError, *DAMAGE) as error:
        raise broken(archive.name, "damaged shared texts", error) from error


def _sheets_of_either(content: bytes, archive: Archive, scans: dict[str, Scan]) -> list[Sheet]:
    """The sheets; without fills and borders where openpyxl rejects one of them, which Excel does not."""
    try:
        return _sheets(content, archive, scans)
    except ZtError:
        raise
    except Exception as error:  # openpyxl rejects a style by any kind of error
        try:
            return _sheets(with_plain_looks(archive, content), archive, scans)
        except Exception:  # not for its styles, then: the first error is the one to name
            raise error from None


def _sheets(content: bytes, archive: Archive, scans: dict[str, Scan]) -> list[Sheet]:
    with without("numpy"):  # which openpyxl imports, if it is there, for what it writes
        import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = [_sheet(archive.name, worksheet, scans[worksheet.title]) for worksheet in book.worksheets]
        for sheet in sheets:
            sheet.is_1904 = book.epoch == CALENDAR_MAC_1904
    finally:
        book.close()
    if len(sheets) != len(scans):
        raise broken(archive.name, f"{len(scans)} sheets of which {len(sheets)} can be read")
    return sheets


def _sheet(name: str, worksheet: Any, scan: Scan) -> Sheet:
    thing = f"{name}!{worksheet.title}"
    looks = Looks()
    rows, read = _values(worksheet, scan, looks) if scan.filled else ({}, 0)
    if read != scan.filled:
        # two rows or cells of one address: openpyxl keeps one of them
        raise broken(thing, f"{scan.filled} filled cells of which {read} have an address of their own, in order")
    for (row, column), formula in scan.uncomputed.items():
        # a 0 that no program computed is no value either
        rows.setdefault(row, {})[column] = Broken(formula, is_formula=True)
    return Sheet(
        name=worksheet.title,
        rows=dict(sorted(rows.items())),
        merges=scan.merges,
        hidden_rows=scan.hidden_rows,
        hidden_columns=scan.hidden_columns,
        hidden=worksheet.sheet_state != "visible",
        formulas=scan.formulas,
        formats=looks.formats,
        marks=looks.marks | scan.marks,
        partly=scan.partly,
    )


@dataclass
class Looks:
    """The formats and marks of the cells of a sheet; what its style gives each is worked out once."""

    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    marks: dict[tuple[int, int], str] = field(default_factory=dict)
    styles: dict[int, tuple[str, str]] = field(default_factory=dict)

    def take(self, cell: Any) -> None:
        """Note what a filled cell of openpyxl looks like."""
        style = cell._style_id
        if style not in self.styles:
            mark = STRUCK if cell.font.strike else WHITE if is_white(cell) else ""
            self.styles[style] = ("" if is_plain(cell.number_format) else cell.number_format), mark
        code, mark = self.styles[style]
        if code and isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
            self.formats[cell.row, cell.column] = code
        if mark:
            self.marks[cell.row, cell.column] = mark


def _values(worksheet: Any, scan: Scan, looks: Looks) -> tuple[dict[int, dict[int, Any]], int]:
    # the dimension that a sheet declares may be 17 thousand million cells, or too few
    worksheet.reset_dimensions()
    rows: dict[int, dict[int, Any]] = {}
    read = 0
    for cells in worksheet.iter_rows(max_row=scan.last_row, max_col=scan.last_column):
        filled = [cell for cell in cells if cell.value is not None]
        if not filled:
            continue
        read += len(filled)
        for cell in filled:
            looks.take(cell)
        rows.setdefault(filled[0].row, {}).update({cell.column: _value(cell) for cell in filled})
    return {row: kept for row, cells in rows.items() if (kept := _without_blanks(cells))}, read


def _value(cell: Any) -> Any:
    if cell.data_type == "e":
        return Broken(cell.value)
    return unescaped(cell.value) if isinstance(cell.value, str) and "_x" in cell.value else cell.value


def unescaped(text: str) -> str:
    """``text`` with the escapes of OOXML (ST_Xstring) read as Excel shows them; a half character is U+FFFD.

    >>> unescaped("_x0033_40"), unescaped("_x005F_x0033_"), unescaped("_x000D_\\n"), unescaped("_xD83D__xDE00_")
    ('340', '_x0033_', '\\n', '😀')
    """
    plain = ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    whole = plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\r\n", "\n").replace("\x00", "\ufffd")


def _without_blanks(cells: dict[int, Any]) -> dict[int, Any]:
    return {column: value for column, value in cells.items() if not (isinstance(value, str) and not value.strip())}
