"""Every text of a submitted file with its place, read or not: hidden sheets, captions, comments, printed headers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from zt_analysis.submissions.archive import open_archive
from zt_analysis.submissions.files import kind_of, read_bytes
from zt_analysis.submissions.grid import Sheet, cell_name
from zt_analysis.submissions.margins import margins
from zt_analysis.submissions.readers import READERS


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """Each text and number of the file at ``path`` with its place (``东河县.xlsx!Sheet1!D17``).

    Raises:
        InputError: no readable file (see ``reading.read``).
    """
    yield from sheets_and_texts(path)[1]


def sheets_and_texts(path: Path) -> tuple[list[Sheet], Iterator[tuple[str, str]]]:
    """The sheets of the file at ``path``, as it holds them, and its texts: it is opened and read once."""
    content = read_bytes(path)
    return sheets_and_texts_of(content, kind_of(path, content), path.name)


def sheets_and_texts_of(content: bytes, kind: str, name: str) -> tuple[list[Sheet], Iterator[tuple[str, str]]]:
    """The same of the bytes of a file, or of a workbook that is no file of its own."""
    sheets = READERS[kind](content, name)
    outside = margins(open_archive(content, name)) if kind == "xlsx" else ()
    return sheets, chain(_of_sheets(sheets, name), outside)


def lines_of(sheet: Sheet, name: str = "") -> Iterator[list[tuple[str, str]]]:
    """The cells of each row and of each column of a sheet, each with its place: who reads it takes them so."""
    columns: dict[int, list[tuple[str, str]]] = {}
    for row, cells in sheet.rows.items():
        line = [
            (cell_name(name, sheet.name, row, column).lstrip("!"), written(cells[column])) for column in sorted(cells)
        ]
        for column, one in zip(sorted(cells), line, strict=True):
            columns.setdefault(column, []).append(one)
        yield line
    yield from columns.values()


def written(value: object) -> str:
    """A cell's value as its reader sees it: 13812345678.0 is 13812345678."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _of_sheets(sheets: list[Sheet], name: str) -> Iterator[tuple[str, str]]:
    for sheet in sheets:
        yield f"{name}!{sheet.name}", sheet.name
        for part, text in sheet.outside:
            yield f"{name}!{sheet.name}!{part}", text
        for row, cells in sheet.rows.items():
            for column, value in cells.items():
                yield cell_name(name, sheet.name, row, column), written(value)
