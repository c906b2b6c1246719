"""Workbooks of texts and numbers without looks, read without openpyxl, which takes longer to import than to read one.

What a run offers to take away is such a workbook, and is looked through before it leaves. Whatever may be read another
way (a format, a formula, a text in pieces, an escape) is left to openpyxl.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zt_analysis.submissions.archive import TEXTS, Archive, forget, stream_xml
from zt_analysis.submissions.grid import Sheet
from zt_analysis.submissions.scanning import CELL, Scan

STYLES = "xl/styles.xml"
# a font of a name and size in the usual colour; no fill that is more than a pattern's name
LOOKS = ("font", "b", "i", "sz", "name", "family", "scheme", "charset")


class NotPlainError(Exception):
    """Something that openpyxl has to read."""


def plain_sheets(archive: Archive, parts: list[tuple[str, str]], scans: Mapping[str, Scan]) -> list[Sheet] | None:
    """The sheets, of which ``parts`` has title and part; None where openpyxl has to read them."""
    try:
        _check_workbook(archive)
        _check_styles(archive)
        texts = list(_texts(archive))
        return [
            Sheet(
                name=title,
                rows=_rows(archive, part, texts, scans[title]),
                merges=scans[title].merges,
                hidden_rows=scans[title].hidden_rows,
                hidden_columns=scans[title].hidden_columns,
                marks=dict(scans[title].marks),
            )
            for title, part in parts
        ]
    except (NotPlainError, ValueError, IndexError):
        return None


def _check_workbook(archive: Archive) -> None:
    if any(one.get("date1904") is not None for one in archive.settings("workbookPr")):
        raise NotPlainError
    if any(one.get("state", "visible") != "visible" for one in archive.settings("sheet")):
        raise NotPlainError


def _check_styles(archive: Archive) -> None:
    if STYLES not in archive.parts:
        return
    for _, element in stream_xml(archive, STYLES):
        name = _local(element)
        formatted = name == "xf" and element.get("numFmtId", "0") != "0"
        coloured = name == "color" and dict(element.attrib) != {"theme": "1"}
        filled = name == "patternFill" and element.get("patternType") not in ("none", "gray125")
        odd = _local(element.getparent()) == "font" and name not in (*LOOKS, "color")
        if formatted or coloured or filled or odd or name in ("numFmt", "gradientFill", "dxf"):
            raise NotPlainError


def _texts(archive: Archive) -> Iterator[str]:
    if TEXTS not in archive.parts:
        return
    for _, element in stream_xml(archive, TEXTS, tag="{*}si"):
        yield _text(element)
        forget(element)


def _text(element: Any) -> str:
    """The text of a shared or inline string that is one whole text."""
    if [_local(one) for one in element] != ["t"] or len(element[0]):
        raise NotPlainError
    text = element[0].text or ""
    if "_x" in text or "x005F" in text or "\r" in text:
        raise NotPlainError
    return text


def _rows(archive: Archive, part: str, texts: list[str], scan: Scan) -> dict[int, dict[int, Any]]:
    if scan.formulas or scan.uncomputed or scan.marks or scan.partly:
        raise NotPlainError
    rows: dict[int, dict[int, Any]] = {}
    before, read = (0, 0), 0
    for _, element in stream_xml(archive, part, tag="{*}c"):
        value = _value(element, texts)
        if value is not None:
            place = _place(element)
            if place <= before:
                raise NotPlainError
            before, read = place, read + 1
            if not (isinstance(value, str) and not value.strip()):
                rows.setdefault(place[0], {})[place[1]] = value
        forget(element)
    if read != scan.filled:
        raise NotPlainError
    return rows


def _place(element: Any) -> tuple[int, int]:
    found = CELL.match(element.get("r", ""))
    if found is None:
        raise NotPlainError
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def _value(element: Any, texts: list[str]) -> str | int | float | None:
    kind, parts = element.get("t", "n"), [_local(one) for one in element]
    if not parts:
        return None
    if kind == "inlineStr" and parts == ["is"]:
        return _text(element[0])
    text = element[0].text
    if parts != ["v"] or not text or kind not in ("n", "s"):
        raise NotPlainError
    if kind == "s":
        return texts[int(text)]
    return float(text) if any(one in text for one in ".Ee") else int(text)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2] if element is not None else ""
