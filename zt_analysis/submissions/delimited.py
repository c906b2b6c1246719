"""A CSV or TSV file as a sheet; its rows are numbered as Excel numbers them."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from typing import Any

from zt_analysis.errors import InputError
from zt_analysis.submissions import limits
from zt_analysis.submissions.grid import Sheet

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DELIMITERS = ",\t;"
SAMPLE_LINES = 50
# GB18030 text holds next to no three-byte sequences that UTF-8 reads as Chinese; four are no accident
CERTAIN_UTF8 = 4


def read_delimited(content: bytes, name: str) -> list[Sheet]:
    """The one sheet of a text file.

    A byte order mark decides the encoding; else strict UTF-8; else strict GB18030. The delimiter is the comma, tab
    or semicolon that the first lines hold most of.

    Raises:
        InputError: bytes of no such encoding, a NUL, a quotation mark that never closes, beyond a limit.
    """
    text = _decode(content, name)
    nul = text.find("\x00")
    if nul >= 0:
        raise InputError(
            f"{name}, line {text.count(chr(10), 0, nul) + 1}",
            found="a NUL character, which text does not hold",
            expected="text",
            hint="save it as CSV UTF-8; UTF-16 without a mark reads like this",
        )
    return [_sheet(text, name)]


def _sheet(text: str, name: str) -> Sheet:
    rows: dict[int, dict[int, Any]] = {}
    fields: dict[int, int] = {}
    cells = 0
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, values in enumerate(reader, 1):
            limits.refuse_above(limits.MAX_ROWS, number, thing=name, unit="rows")
            limits.refuse_above(limits.MAX_COLUMNS, len(values), thing=f"{name}, row {number}", unit="columns")
            row = {column: value for column, value in enumerate(values, 1) if value.strip()}
            if row:
                rows[number] = row
                fields[number] = len(values)
            cells += len(row)
            limits.refuse_above(limits.MAX_CELLS, cells, thing=name, unit="cells")
    except csv.Error as error:
        raise InputError(
            f"{name}, line {reader.line_num}",
            found=str(error),
            expected="cells apart by commas or tabs, each quotation mark closed",
            hint="look for a quotation mark in that line or above it; or save it as .xlsx",
        ) from error
    return Sheet("", rows, fields=fields, commas=delimiter == ",")


def _delimiter(text: str) -> str:
    head = "\n".join(itertools.islice(io.StringIO(text), SAMPLE_LINES))
    bare = "".join(head.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def _decode(content: bytes, name: str) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], encoding, name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        if sum("\u4e00" <= character <= "\u9fff" for character in before[:10_000]) >= CERTAIN_UTF8:
            raise _wrong_byte(name, "utf-8", content, error.start) from error
    return _strict(content, "gb18030", name)


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _wrong_byte(name, encoding, content, error.start) from error


def _wrong_byte(name: str, encoding: str, content: bytes, at: int) -> InputError:
    byte = f"0x{content[at]:02X}" if at < len(content) else "the end"
    return InputError(
        f"{name}, line {content.count(bytes([10]), 0, at) + 1}",
        found=f"byte {byte}",
        expected=f"text in {encoding}",
        hint="save it as CSV UTF-8, or as .xlsx",
    )
