"""What a person sees of a sheet otherwise than it is read: hidden columns, struck-out text, numbers shown as others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from zt_analysis.submissions.appearance import SCALES
from zt_analysis.submissions.formats import number_shown, render
from zt_analysis.submissions.grid import Sheet, letters

LISTED = 5


def remarks_on(sheet: Sheet) -> Iterator[str]:
    """What is to be said of the cells of ``sheet``, all of which are read as they are stored."""
    held = {column for cells in sheet.rows.values() for column in cells}
    if hidden := sorted(sheet.hidden_columns & held):
        yield f"hidden column {', '.join(map(letters, hidden))} is read like the others"
    cells: dict[str, list[str]] = defaultdict(list)
    for (row, column), mark in sorted(sheet.marks.items()):
        cells[mark].append(f"{letters(column)}{row}")
    for mark, places in cells.items():
        yield f"{mark}: {_listed(places)}"
    shown = [one for place in sorted(sheet.formats) if (one := _shown(sheet, *place))]
    if shown:
        yield f"numbers that their format shows as others: {_listed(shown)}; read as stored"


def _shown(sheet: Sheet, row: int, column: int) -> str:
    """The cell, what it holds and what is seen of it; empty where that is the same number."""
    value = sheet.rows[row][column]
    number = Decimal(format(value, ".15g"))
    text = render(number, sheet.formats[row, column])
    found = number_shown(text) if text else None
    if found is None:
        # a dash for 0 is how offices show it
        same = bool(text and text.strip()) and not number
    else:
        seen, away, words = found
        same = abs(seen - number) <= away and not words.startswith(tuple(SCALES))
    said = "in a way not understood here" if text is None else repr(text)
    return "" if same else f"{letters(column)}{row} holds {number:f}, shown as {said}"


def _listed(places: list[str]) -> str:
    more = f" and {len(places) - LISTED} more" if len(places) > LISTED else ""
    return f"{', '.join(places[:LISTED])}{more}"
