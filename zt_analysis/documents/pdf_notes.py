"""What persons put on a page of a PDF: comments, marks on words, text typed over it, and what else it shows."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from zt_analysis.documents.document import Comment, Document
from zt_analysis.documents.pdf_lines import Box, PaperLine
from zt_analysis.documents.wrapping import columns

# of one page; a file may name millions
MOST_NOTES = 1000
MOST_BYTES = 20_000
STRUCK = "此处划去"
UNNAMED = "?"
Lines = Sequence[tuple[PaperLine, int, int]]


class Note(NamedTuple):
    """What ``author`` says of the words under ``boxes``."""

    page: int
    boxes: tuple[Box, ...]
    text: str
    author: str


def notes_on(page: Any, number: int, raw: Any) -> tuple[list[Note], Mapping[str, int]]:
    """The comments on page ``number``, and how many other things it draws over its text, by what they are."""
    found: list[Note] = []
    besides = Counter[str]()
    count = raw.FPDFPage_GetAnnotCount(page.raw)
    for position in range(min(count, MOST_NOTES)):
        drawn = raw.FPDFPage_GetAnnot(page.raw, position)
        if not drawn:
            continue
        try:
            if not raw.FPDFAnnot_GetFlags(drawn) & (raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW):
                kind = raw.FPDFAnnot_GetSubtype(drawn)
                found += _note(drawn, kind, number, raw)
                besides[_besides(kind, raw)] += 1
        finally:
            raw.FPDFPage_CloseAnnot(drawn)
    besides[f"in notes beyond the {MOST_NOTES} that are read of a page"] = max(count - MOST_NOTES, 0)
    return found, {words: times for words, times in besides.items() if words and times}


def _note(drawn: Any, kind: int, number: int, raw: Any) -> Iterator[Note]:
    if kind in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_WIDGET):
        return
    text = _string(drawn, b"Contents", raw).strip()
    if not text and kind in (raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_REDACT):
        text = STRUCK
    if text:
        yield Note(number, tuple(_boxes(drawn, raw)), text, _string(drawn, b"T", raw) or UNNAMED)


def _besides(kind: int, raw: Any) -> str:
    """What a thing is that shows on the page and is not read; nothing of one that shows no words and covers none."""
    if kind == raw.FPDF_ANNOT_WIDGET:
        return "in fields of a form"
    over = (raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_POLYGON)
    return "under or in a stamp or shape drawn over the page" if kind in over else ""


def _string(drawn: Any, key: bytes, raw: Any) -> str:
    length = raw.FPDFAnnot_GetStringValue(drawn, key, None, 0)
    held = ctypes.create_string_buffer(length)  # PDFium gives nothing where not all of it has room
    raw.FPDFAnnot_GetStringValue(drawn, key, ctypes.cast(held, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return held.raw[: min(length, MOST_BYTES)].decode("utf-16-le", "replace").rstrip("\x00")


def _boxes(drawn: Any, raw: Any) -> Iterator[Box]:
    """The boxes of the words it is on: those of a mark's lines, or the one where it stands."""
    corners = raw.FS_QUADPOINTSF()
    marked = min(raw.FPDFAnnot_CountAttachmentPoints(drawn), MOST_NOTES)
    for position in range(marked):
        if raw.FPDFAnnot_GetAttachmentPoints(drawn, position, ctypes.byref(corners)):
            across = (corners.x1, corners.x2, corners.x3, corners.x4)
            up = (corners.y1, corners.y2, corners.y3, corners.y4)
            yield min(across), min(up), max(across), max(up)
    box = raw.FS_RECTF()
    if not marked and raw.FPDFAnnot_GetRect(drawn, ctypes.byref(box)):
        yield box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top)


def with_notes(document: Document, notes: Sequence[Note], lines: Sequence[PaperLine]) -> Document:
    """The document with ``notes`` as comments on its text; one that stands on no word is on the line beside it."""
    if not notes:
        return document
    placed = list(_placed(document, lines))
    return replace(document, comments=tuple(_comment(note, placed) for note in notes))


def _placed(document: Document, lines: Sequence[PaperLine]) -> Iterator[tuple[PaperLine, int, int]]:
    """Each line with its start and end in the text."""
    spans: dict[tuple[int | None, int | None], tuple[int, int]] = {}
    start = 0
    for text in document.text.split("\n"):
        at = document.place_of(start) if text else None
        if at is not None:
            spans[at.page, at.line] = (start, start + len(text))
        start += len(text) + 1
    for line in lines:
        if span := spans.get((line.page, line.number)):
            yield line, *span


def _comment(note: Note, placed: Lines) -> Comment:
    here = [one for one in placed if one[0].page == note.page]
    spans = [
        _under(box, line, start, end)
        for line, start, end in here
        for box in note.boxes
        if box[1] < line.middle < box[3] and box[0] < line.right and line.left < box[2]
    ]
    if not spans and here and note.boxes:
        middle = (note.boxes[0][1] + note.boxes[0][3]) / 2
        _, start, end = min(here, key=lambda one: abs(one[0].middle - middle))
        spans = [(start, end)]
    first, last = min((one[0] for one in spans), default=0), max((one[1] for one in spans), default=0)
    return Comment(first, last, note.text, note.author)


def _under(box: Box, line: PaperLine, start: int, end: int) -> tuple[int, int]:
    """The part of a line under a box, by the width its characters take: off by one at most if set evenly."""
    width = max(line.right - line.left, 1.0)
    shares = [min(max((edge - line.left) / width, 0.0), 1.0) for edge in (box[0], box[2])]
    whole, so_far, steps = max(columns(line.text), 1), 0, []
    for character in line.text:
        so_far += columns(character)
        steps.append(so_far / whole)
    first = sum(step <= shares[0] for step in steps)
    last = sum(step < shares[1] for step in steps) + 1
    return min(start + first, end), min(start + last, end)
