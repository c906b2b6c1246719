"""What a file holds: tables that stand side by side, or some with a record in each row; every sheet is one."""

from __future__ import annotations

from pathlib import Path

from zt_analysis.errors import InputError
from zt_analysis.proposing.columns import Proposed, ascii_name, proposed, sheets_of
from zt_analysis.proposing.seen import remarks_on
from zt_analysis.proposing.shaping import has_table, header_rows, shape
from zt_analysis.proposing.wide import stacked
from zt_analysis.submissions.grid import Sheet


def read_tables(path: Path, number: int) -> list[Proposed]:
    """The tables in the sheets of a CSV or Excel file.

    Raises:
        InputError: no readable file, no table in it, a cell whose value cannot be told: names the sheet or cell.
    """
    sheets = sheets_of(path)
    stem = ascii_name(path.stem) or f"table_{number}"
    found: list[Proposed] = []
    left_out = []
    tables = [one for one in sheets if not one.hidden and has_table(one)]
    for at, sheet in enumerate(tables, start=1):
        name = stem if len(tables) == 1 else f"{stem}_{ascii_name(sheet.name) or at}"
        of_it = _tables(sheet, path, name, named=len(sheets) > 1)
        left_out += [] if of_it else [f"sheet {sheet.name!r}: no table in it"]
        for one in of_it[:1]:
            one.remarks += remarks_on(sheet)
        found += of_it
    left_out += [f"hidden sheet {one.name!r}" if one.hidden else f"sheet {one.name!r}: no table in it"
                 for one in sheets if one not in tables]  # fmt: skip
    if not found:
        raise InputError(
            str(path), found="no table", expected="one row of headers and rows under it, in two columns or more",
            hint="see it in Excel",
        )  # fmt: skip
    found[0].left_out += left_out
    return found


def _tables(sheet: Sheet, path: Path, name: str, *, named: bool) -> list[Proposed]:
    # under a header of several rows each year stands over several kinds
    side_by_side = [] if header_rows(sheet) > 1 else stacked(sheet, path, name, named=named)
    if side_by_side:
        return side_by_side
    records = shape(sheet, path.name)
    return [proposed(name, path, records)] if records else []
