"""What a file holds: tables that stand side by side, or one with a record in each row."""

from __future__ import annotations

from pathlib import Path

from zt_analysis.proposing.columns import Proposed, read_table, sheets_of
from zt_analysis.proposing.wide import stacked


def read_tables(path: Path, number: int) -> list[Proposed]:
    """The tables in the first sheet of a CSV or Excel file.

    Raises:
        InputError: no readable file, no header, no rows, or a cell whose value Excel had not computed.
    """
    sheets = sheets_of(path)
    found = stacked(sheets[0], path, number, named=len(sheets) > 1) if sheets else []
    for one in found[:1]:
        one.left_out += [f"sheet {other.name!r}" for other in sheets[1:]]
    return found or [read_table(path, number)]
