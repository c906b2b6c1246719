"""One pass over a worksheet's XML, before openpyxl reads its values.

openpyxl gives values row by row and in little memory only in its read-only mode, which knows no merged cells, hidden
rows or missing results of formulas; its full mode makes an object for every cell of a merge, and A1:XFD1048576 is a
valid one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zt_analysis.errors import InputError
from zt_analysis.submissions import limits
from zt_analysis.submissions.archive import DAMAGE, Archive, broken, forget, is_struck, is_struck_in_part, stream_xml
from zt_analysis.submissions.grid import Merge

TAGS = tuple(f"{{*}}{name}" for name in ("c", "row", "col", "mergeCell"))
CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})$")
HIDDEN = ("1", "true", "on")
NOTHING = re.compile(r"0+(?:\.0*)?")
KINDS = ("n", "s", "str", "inlineStr", "b", "e", "d")
COMMENT = 80
STRUCK = "text struck out, all or a part; read all the same"
LAST_COLUMN, LAST_ROW = 16384, 1048576


@dataclass
class Scan:
    """What one worksheet holds besides values; ``filled`` cells have a value, ``uncomputed`` a formula without one.

    ``partly``: cells of which a part is struck out. ``never_computed``: the workbook says that no result in it holds; a
    program that computes nothing leaves 0.
    """

    struck: Mapping[str, bool] = field(default_factory=dict)
    partly: set[tuple[int, int]] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    marks: dict[tuple[int, int], str] = field(default_factory=dict)
    uncomputed: dict[tuple[int, int], str] = field(default_factory=dict)
    never_computed: bool = False
    formulas: int = 0
    filled: int = 0
    stored: int = 0
    last_row: int = 0
    last_column: int = 0
    row: int = 0
    column: int = 0


def scan_sheet(
    archive: Archive, part: str, thing: str, struck: Mapping[str, bool] | None = None, *, never: bool = False
) -> Scan:
    """The Scan of the worksheet in ``part``; ``thing`` names it in errors, ``struck`` are shared texts struck out,
    ``never`` says that no result of a formula holds.

    Raises:
        InputError: damaged XML, an address that is none, beyond a limit.
    """
    from lxml import etree

    scan = Scan(struck=struck or {}, never_computed=never)
    try:
        for event, element in stream_xml(archive, part, events=("start", "end"), tag=TAGS):
            name = etree.QName(element).localname
            if event == "start":
                if name == "row":
                    _begin_row(scan, element, thing)
                continue
            if name == "c":
                _take_cell(scan, element, thing)
            elif name == "mergeCell":
                _take_merge(scan, element, thing)
            elif name == "col":
                _take_columns(scan, element)
            forget(element)
    except (etree.XMLSyntaxError, *DAMAGE) as error:
        raise broken(thing, "a damaged sheet", error) from error
    return scan


def results_hold(archive: Archive) -> bool:
    """Whether the workbook does not ask for every formula to be computed when it is opened."""
    asked = archive.settings("calcPr")
    return not any(one.get("fullCalcOnLoad") in HIDDEN for one in asked)


def comments_of(archive: Archive, part: str) -> dict[tuple[int, int], str]:
    """The comments on the cells of the worksheet in ``part``, old notes and threads: what each says, shortened."""
    from lxml import etree

    found: dict[tuple[int, int], list[str]] = {}
    for other in archive.comments(part):
        thing = f"{archive.name}, {other}"
        try:
            for _, element in stream_xml(archive, other, tag=("{*}comment", "{*}threadedComment")):
                text = " ".join("".join(element.itertext()).split())
                # an old note stands for each thread, for programs that know no threads
                if not text.startswith("[Threaded comment]"):
                    found.setdefault(_address(element.get("ref", ""), thing), []).append(text[:COMMENT])
                forget(element)
        except (etree.XMLSyntaxError, *DAMAGE) as error:
            raise broken(thing, "a damaged part", error) from error
    return {cell: f"a comment on the cell, {'; '.join(texts)!r}" for cell, texts in found.items()}


def _begin_row(scan: Scan, element: Any, thing: str) -> None:
    # rows and cells without an address follow the one before
    scan.row = _number(element.get("r"), scan.row + 1, thing)
    scan.column = 0
    if element.get("hidden") in HIDDEN or NOTHING.fullmatch(element.get("ht", "")):
        scan.hidden_rows.add(scan.row)


def _take_cell(scan: Scan, element: Any, thing: str) -> None:
    scan.stored += 1
    limits.refuse_above(limits.MAX_STORED_CELLS, scan.stored, thing=thing, unit="cells")
    address = element.get("r")
    row, scan.column = _address(address, thing) if address else (scan.row, scan.column + 1)
    texts = {child.tag.rpartition("}")[2]: child for child in element if isinstance(child.tag, str)}
    kind = element.get("t", "n")
    value = texts.get("v")
    number = value is None or kind != "s" or (value.text or "").strip().isdecimal()
    if row != scan.row or kind not in KINDS or not number or _says_two(element, value, len(texts)):
        raise broken(f"{thing}, cell {address}", "a cell that says two things, or none that is known")
    has_value = "is" in texts if kind == "inlineStr" else bool("v" in texts and texts["v"].text)
    shared = texts["v"].text if kind == "s" and has_value else ""
    if shared in scan.struck or (kind == "inlineStr" and is_struck(element)):
        scan.marks[row, scan.column] = STRUCK
        if scan.struck.get(shared) or (kind == "inlineStr" and is_struck_in_part(element)):
            scan.partly.add((row, scan.column))
    if "f" in texts:
        scan.formulas += 1
        # the result "" of a formula is a text without characters; any other has a value
        never = scan.never_computed and kind == "n" and has_value and texts["v"].text == "0"
        if (not has_value and kind != "str") or never:
            scan.uncomputed[row, scan.column] = f"={texts['f'].text or '...'}"[:60]
    if has_value or "f" in texts:
        scan.filled += has_value
        scan.last_row, scan.last_column = max(scan.last_row, row), max(scan.last_column, scan.column)
        limits.refuse_above(limits.MAX_CELLS, scan.filled, thing=thing, unit="cells")
        limits.refuse_above(limits.MAX_ROWS, row, thing=thing, unit="rows")
        limits.refuse_above(limits.MAX_COLUMNS, scan.column, thing=thing, unit="columns")


def _says_two(element: Any, value: Any, parts: int) -> bool:
    """Whether a cell has a part twice, or its value is in pieces: one program reads the first, another the last."""
    if parts == len(element) and (value is None or not len(value)):
        return False
    known = [one.tag for one in element if isinstance(one.tag, str)]
    return len(set(known)) < len(known) or (value is not None and any(isinstance(one.tag, str) for one in value))


def _take_merge(scan: Scan, element: Any, thing: str) -> None:
    first, _, last = element.get("ref", "").partition(":")
    top, left = _address(first, thing)
    bottom, right = _address(last or first, thing)
    scan.merges.append(Merge(min(top, bottom), min(left, right), max(top, bottom), max(left, right)))
    limits.refuse_above(limits.MAX_MERGES, len(scan.merges), thing=thing, unit="merged ranges")


def _take_columns(scan: Scan, element: Any) -> None:
    hidden = element.get("hidden") in HIDDEN or NOTHING.fullmatch(element.get("width", ""))
    if hidden and element.get("min", "").isdigit() and element.get("max", "").isdigit():
        last = min(int(element.get("max")), limits.MAX_COLUMNS)
        scan.hidden_columns.update(range(int(element.get("min")), last + 1))


def _number(text: str | None, otherwise: int, thing: str) -> int:
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= LAST_ROW and len(text) < 9):
        raise _no_address(text, thing)
    return int(text)


def _address(text: str, thing: str) -> tuple[int, int]:
    found = CELL.match(text)
    if not found:
        raise _no_address(text, thing)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    if not (0 < row <= LAST_ROW and column <= LAST_COLUMN):
        raise _no_address(text, thing)
    return row, column


def _no_address(text: str, thing: str) -> InputError:
    return broken(thing, f"the cell address {text[:30]!r}")
