"""A submitted file, read: which sheet, where its header is, what stands around the table, and its rows."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from zt_analysis.submissions import captions, kinds, wide
from zt_analysis.submissions.above import Above
from zt_analysis.submissions.cells import shown, tidy
from zt_analysis.submissions.constants import read_constants
from zt_analysis.submissions.faults import CellError
from zt_analysis.submissions.files import kind_of, read_bytes
from zt_analysis.submissions.grid import Sheet, cell_name, letters
from zt_analysis.submissions.headers import Header, find_header
from zt_analysis.submissions.readers import READERS
from zt_analysis.submissions.sheet_layout import ZERO, Account, Layout, Note, Problem, Reading, shortened
from zt_analysis.submissions.table import Table
from zt_analysis.submissions.units import caption_units
from zt_analysis.submissions.zero import nothing_said

# a row that merged cells draw into the header and that is none of it
IN_HEADER = "in_header"


def read(path: Path, layout: Layout) -> Reading:
    """The table that ``layout`` declares, out of the file at ``path``.

    Whatever the file holds that is not what was declared is a Problem with its cell; the rows may be used where there
    is none (``Reading.refuse``). A problem of one cell does not hide those of others.

    Raises:
        InputError: no readable file: of another kind than its name says, damaged, protected, empty, made to harm, or
            beyond a limit.
    """
    content = read_bytes(path)
    sheets = READERS[kind_of(path, content)](content, path.name)
    return read_sheets(path, sheets, layout, hashlib.sha256(content).hexdigest())


def read_sheets(path: Path, sheets: list[Sheet], layout: Layout, sha256: str = "") -> Reading:
    """The table that ``layout`` declares, out of the ``sheets`` of the file at ``path``."""
    reading = Reading(path.name, [], [], [], _hidden_sheets(path.name, sheets), [], sha256)
    sheet = _choose(reading, sheets, layout)
    if sheet is None:
        return reading
    constants, problems = read_constants(path, path.name, dict(layout.constants))
    reading.problems.extend(problems)
    if layout.unpivot is None:
        return _read_sheet(reading, sheet, layout, constants)
    found = wide.spread(sheet, layout)
    if found is None:
        reading.problems.append(wide.no_header(_place(path.name, sheet), sheet, layout.unpivot))
        return reading
    return wide.stack(_read_sheet(reading, sheet, found.layout, constants), found, layout)


def _read_sheet(reading: Reading, sheet: Sheet, layout: Layout, constants: dict[str, str]) -> Reading:
    header = find_header(sheet, layout, reading.name)
    if header is None:
        reading.problems.append(_no_header(reading.name, sheet, layout))
        return reading
    _check_header(reading, sheet, layout, header)
    return replace(reading, account=_read_table(reading, Table(reading.name, sheet, layout, header, constants)))


def _read_table(reading: Reading, whole: Table) -> Account:
    nothing = nothing_said(whole)
    table = nothing or whole
    noted = _captions(reading, table)
    table.read()
    reading.rows.extend(table.rows)
    reading.places.extend(table.places)
    reading.problems.extend(table.problems)
    reading.notes.extend([*noted, *table.notes, *_hidden(table), *_formulas(table)])
    reading.totals.extend(table.totals)
    place = _place(reading.name, table.sheet)
    if nothing and table.layout.zero_report:
        reading.notes.append(Note(place, ZERO, "a zero report: nothing to report"))
    elif not table.rows:
        hint = "fill in the table; where a county may have nothing to report, declare zero_report: allowed"
        found, expected = "no rows below the header", "at least one row, as zero reports (零报告) are not declared"
        reading.problems.append(Problem(place, "", found, expected, "empty", hint))
    return _account(reading, table, whole.sheet)


def _account(reading: Reading, table: Table, sheet: Sheet) -> Account:
    """The account of the ``sheet`` of ``table``, where lines that say 无 count as notes; it closes, or is a problem."""
    counts, filled, last = table.counts, sheet.rows, max(sheet.rows)
    rows = range(table.header.top, table.header.bottom + 1)
    account = Account(
        seen=last,
        header=len(rows) - counts[IN_HEADER],
        read=len(table.rows),
        totals=counts[kinds.TOTAL],
        notes=counts[kinds.NOTE] + counts[kinds.HEADER] + len(filled) - len(table.sheet.rows),
        blank=sum(row not in filled and row not in rows for row in range(1, last + 1)) + counts[kinds.BLANK],
        refused=counts[kinds.LINE] + counts[kinds.UNREAD] + counts[kinds.UNCLEAR_TOTAL] + counts[IN_HEADER],
    )
    if not account.closes:
        found = f"{account.seen} rows, of which not all are accounted for: {account}"
        hint = "a row may have been lost in reading: report this, and do not use the file"
        reading.problems.append(Problem(_place(reading.name, table.sheet), "", found, "each row", "account", hint))
    return account


def _choose(reading: Reading, sheets: list[Sheet], layout: Layout) -> Sheet | None:
    named = [sheet for sheet in sheets if sheet.name == layout.sheet and layout.sheet]
    visible = [sheet for sheet in sheets if not sheet.hidden and sheet.rows]
    # the one table of a CSV file has no name
    chosen = named if layout.sheet and any(sheet.name for sheet in sheets) else visible
    if len(chosen) == 1:
        return chosen[0]
    listed = ", ".join(sheet.name for sheet in sheets) or "none"
    filled = ", ".join(sheet.name for sheet in visible) or "none"
    found = f"the sheets {listed}" if layout.sheet else f"visible sheets that hold something: {filled}"
    expected = f"the sheet {layout.sheet}" if layout.sheet else "one"
    hint = "keep one sheet, or name the sheet in the layout" if not layout.sheet else "rename the sheet"
    reading.problems.append(Problem(reading.name, "", found, expected, "sheet", hint))
    return None


def _check_header(reading: Reading, sheet: Sheet, layout: Layout, header: Header) -> None:
    def problem(column: int, name: str, found: str, expected: str, hint: str, kind: str = "header") -> None:
        place = cell_name(reading.name, sheet.name, header.bottom, column)
        reading.problems.append(Problem(place, name, found, expected, kind, hint))

    present = {one.name for one in header.columns.values()}
    row = f"row {header.top}" if header.top == header.bottom else f"rows {header.top} to {header.bottom}"
    for one in layout.fields:
        if one.name not in present:
            found = f"no column {one.headers[0]} ({row})"
            expected = " or ".join(one.headers)
            hint = "use the columns of the template"
            reading.problems.append(Problem(_place(reading.name, sheet), one.name, found, expected, "header", hint))
    for column, one in header.repeated.items():
        first = next(where for where, other in header.columns.items() if other.name == one.name)
        found = f"a second column {header.texts[column]}, the first is {letters(first)}"
        problem(column, one.name, found, "the column once", "take one of them out")
    known = {*header.columns, *header.repeated, *header.ignored}
    for column in sorted(set(header.texts) - known):
        found = f"the column {shown(header.texts[column])}"
        problem(column, "", found, "no other column than those declared", "take it out, or declare it as ignored")
    for column, one, unit in captions.header_contradictions(header):
        expected = one.unit or "no unit, as the layout declares none"
        hint = "values are multiplied by the declared unit: correct the header or the layout"
        problem(column, one.name, f"the unit {unit} in the header", expected, hint, kind="unit")


def _captions(reading: Reading, table: Table) -> list[Note]:
    """The lines above the header; a problem where one is a row of data, or its unit not the declared one."""
    notes, above = [], Above(table.kinds)
    header = table.header
    for row, cells in table.sheet.rows.items():
        if row > header.bottom:
            break
        if row >= header.top:
            if not header.named[0] <= row <= header.named[1] and not above.is_in_header(row, cells):
                hint = "undo the merged cells that join the row to the header, and put it below"
                table.refuse_row(row, cells, CellError("line", "words of the header alone, or their units", hint))
                table.counts[IN_HEADER] += 1
            continue
        if above.is_data(row, cells):
            hint = "put the row below the header; write a caption into one cell, or with a colon: 填报单位：…"
            table.refuse_row(row, cells, CellError("line", "captions above the header, and no row of the table", hint))
            table.counts[kinds.LINE] += 1
            continue
        table.counts[kinds.NOTE] += 1
        notes += [_caption(reading, table, row, column) for column in cells]
    return notes


def _caption(reading: Reading, table: Table, row: int, column: int) -> Note:
    text = str(table.sheet.rows[row][column])
    place = cell_name(reading.name, table.sheet.name, row, column)
    units = caption_units(text)
    wrong = captions.caption_contradiction(units, list(table.layout.fields)) if units else None
    if wrong:
        hint = "values are multiplied by the declared unit: correct the caption or the layout"
        found = f"the unit {'、'.join(units)} in the caption"
        reading.problems.append(Problem(place, wrong[0], found, wrong[1], "unit", hint))
    return Note(place, "unit" if units else "title", shortened(tidy(text)))


def _hidden_sheets(name: str, sheets: list[Sheet]) -> list[Note]:
    return [
        Note(_place(name, sheet), "hidden", f"hidden sheet with {len(sheet.rows)} filled rows; not read")
        for sheet in sheets
        if sheet.hidden
    ]


def _hidden(table: Table) -> list[Note]:
    sheet, name = table.sheet, table.file
    notes = [
        Note(cell_name(name, sheet.name, row, min(sheet.rows[row])), "hidden", f"hidden row {row}; read all the same")
        for row in sorted(sheet.hidden_rows & set(sheet.rows))
    ]
    for column in sorted(sheet.hidden_columns & set(table.header.texts)):
        place = cell_name(name, sheet.name, table.header.bottom, column)
        notes.append(Note(place, "hidden", f"hidden column {letters(column)}; read all the same"))
    return notes


def _formulas(table: Table) -> list[Note]:
    if not table.sheet.formulas:
        return []
    text = f"formulas in the sheet: {table.sheet.formulas}; read by the results that the file holds"
    return [Note(_place(table.file, table.sheet), "formula", text)]


def _no_header(name: str, sheet: Sheet, layout: Layout) -> Problem:
    first = next(iter(sheet.rows.items()))
    found = (
        "no row with any of the headers; the first filled row is "
        + f"{first[0]}: "
        + ", ".join(shown(value) for value in list(first[1].values())[:6])
    )
    wanted = ", ".join(one.headers[0] for one in layout.fields)
    hint = "use the template; a text of strange characters was saved in an encoding that is neither UTF-8 nor GB18030"
    return Problem(_place(name, sheet), "", found, wanted, "header", hint)


def _place(name: str, sheet: Sheet) -> str:
    return f"{name}!{sheet.name}" if sheet.name else name
