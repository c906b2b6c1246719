"""Cells and headers of a table that cannot be read as they stand: refused, each by its cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zt_analysis.errors import InputError
from zt_analysis.proposing.values import number
from zt_analysis.submissions.cells import DIGITS
from zt_analysis.submissions.grid import Broken, Merge


def refuse_cell(place: str, value: Any, merge: Merge | None) -> None:
    """Refuse a cell whose value cannot be told.

    Raises:
        InputError: names the cell.
    """
    if isinstance(value, Broken):
        raise InputError(place, found=str(value), expected="a value", hint="open it in Excel, mend it and save it")
    if isinstance(value, int | float) and abs(value) >= 10**DIGITS:
        raise InputError(
            place, found=f"a stored number of more than {DIGITS} digits",
            expected=f"at most {DIGITS}: Excel keeps no more", hint="format the column as text, type it again",
        )  # fmt: skip
    if merge and merge.bottom > merge.top and number(value) is not None:
        raise InputError(
            place, found=f"{value} in merged cells of {merge.bottom - merge.top + 1} rows", expected="a number a row",
            hint="undo the merge, and write each row's number",
        )  # fmt: skip


def refuse_twice(headers: Mapping[str, str]) -> None:
    """Refuse two columns of one header, by their cells.

    Raises:
        InputError: names both cells.
    """
    seen: dict[str, str] = {}
    for cell, header in headers.items():
        if header and header in seen:
            raise InputError(
                f"{seen[header]} and {cell.rpartition('!')[2]}", found=f"header {header!r} twice",
                expected="each header once", hint="name the columns apart, or take one out",
            )  # fmt: skip
        seen[header] = cell
