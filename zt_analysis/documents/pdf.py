"""A PDF with a text layer as text: the lines of its pages, their margins' lines last."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from typing import Any

from zt_analysis.documents.appearance import DRAWN
from zt_analysis.documents.document import Document, Place
from zt_analysis.documents.drafting import Draft
from zt_analysis.documents.limits import MAX_PAGES, MAX_TEXT_CHARACTERS, refuse_above
from zt_analysis.documents.margins import margin_kinds
from zt_analysis.documents.pdf_fonts import measure_alike
from zt_analysis.documents.pdf_glyphs import Fonts, font_of
from zt_analysis.documents.pdf_lines import Character, Page, PaperLine, lines_of, set_columns
from zt_analysis.documents.pdf_notes import notes_on, with_notes
from zt_analysis.documents.pdf_rules import grids_of
from zt_analysis.documents.pdf_seen import UNTOLD, Seen
from zt_analysis.documents.pdf_tables import PaperRow, rows_of
from zt_analysis.documents.wrapping import CAPTION, ITEM, columns
from zt_analysis.errors import InputError
from zt_analysis.extras import need

END_MARK = b"%%EOF"
END_BYTES = 2048
HINT = "open it in a PDF reader and print it to a new file, or give the .docx"
OCR_HINT = "run OCR on it, or give the .docx it was made from"
LOST_WIDTH_POINTS = 0.01
LOST_SCALE = 1e-6
HEADING_SIZE = 1.15
HEADING_CHARACTERS = 60
# what PDFium writes for a hyphen at a line's end that it takes for one of hyphenation
PDFIUM_HYPHEN = 0x02


def read_pdf(content: bytes, name: str) -> Document:
    """The .pdf document ``content``.

    Raises:
        InputError: damaged, unfinished or protected; more than ``limits.MAX_PAGES`` pages; no text layer, or one
            whose fonts do not say which characters they show.
    """
    if END_MARK not in content[-END_BYTES:]:
        raise InputError(name, found="a file that ends before its end mark", expected="a whole PDF", hint=HINT)
    pages = _pages(content, name)
    _refuse_unreadable(pages, name)
    draft = Draft(name)
    kinds = margin_kinds(pages)
    body: list[PaperLine] = []
    for page in pages:
        inside = [line for line in page.lines if id(line) not in kinds]
        set_columns(inside)
        body += inside
    size = _body_size(body)
    rows = rows_of(body)
    for position, line in enumerate(body):
        if row := rows.get(position):
            draft.cells(line.text, [(*span, _cell(line, row, column)) for span, column in row.cells], _place(line))
        else:
            _add(draft, line, body[position - 1] if position else None, size)
    for wanted in ("header", "footer"):
        for page in pages:
            for line in page.lines:
                if kinds.get(id(line)) == wanted:
                    draft.row(line.text, _place(line), kind=wanted, gap=True)
    document = draft.document("pdf", unread=[words for page in pages for words in _unread(page)])
    lines = [line for page in pages for line in page.lines]
    return with_notes(document, [note for page in pages for note in page.notes], lines)


def _unread(page: Page) -> Iterator[str]:
    if page.has_image and not page.lines:
        yield f"page {page.number}: no text, only an image"
    if page.scanned:
        yield f"page {page.number}: an image, with text that was recognised in it"
    for why, count in page.unseen.items():
        yield f"page {page.number}: {count} piece(s) of text {why}"
    if page.lost:
        yield f"page {page.number}: {page.lost} piece(s) of text without width"


def _pages(content: bytes, name: str) -> list[Page]:
    need("pypdfium2", f"{name}: reading a PDF")
    import pypdfium2

    measure_alike(pypdfium2.raw)
    try:
        opened = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _closed(error, name) from error
    try:
        refuse_above(MAX_PAGES, len(opened), thing=name, unit="pages", hint="give the chapters one by one")
        pages, total, fonts = [], 0, Fonts()
        for number in range(1, len(opened) + 1):
            pages.append(_page(opened, number, fonts))
            total += pages[-1].characters
            refuse_above(MAX_TEXT_CHARACTERS, total, thing=name, unit="characters", hint="give a part of it")
        return pages
    except pypdfium2.PdfiumError as error:
        raise InputError(name, found=f"a damaged PDF ({error})", expected="a whole PDF", hint=HINT) from error
    finally:
        opened.close()


def _closed(error: Exception, name: str) -> InputError:
    if "password" in str(error).lower() or "security" in str(error).lower():
        return InputError(
            name, found="a PDF protected by a password", expected="an open one", hint="save it without a password"
        )
    return InputError(name, found=f"a damaged PDF ({error})", expected="a whole PDF", hint=HINT)


def _page(opened: Any, number: int, fonts: Fonts) -> Page:
    from pypdfium2 import raw

    page = opened[number - 1]
    text = page.get_textpage()
    try:
        seen = Seen.of(page, raw)
        looked = fonts.look(opened, page, text.raw, raw)
        characters = list(_characters(text.raw, raw, seen, fonts))
        lines = lines_of(characters, number, grids_of(page, raw))
        has_image = not lines and any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
        lost = sum(_is_lost(one, raw) for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]))
        unseen = {why: len(pieces) for why, pieces in seen.lost.items()}
        false = sum(character.text == DRAWN for character in characters) - unseen.get(UNTOLD, 0)
        unseen |= {"whose digits are drawn as others": false} if false > 0 else {}
        unseen |= {} if looked else {"in fonts that were not looked at": 1}
        scanned = seen.is_scan and bool(lines)
        notes, besides = notes_on(page, number, raw)
        unseen |= besides
        return Page(number, page.get_height(), lines, len(characters), has_image, lost, unseen, scanned, notes)
    finally:
        text.close()
        page.close()


def _is_lost(piece: Any, raw: Any) -> bool:
    """Whether PDFium (5.15) passed the piece over: one without width, by its scale or as its font has no such glyph."""
    left, _, right, _ = piece.get_bounds()
    if right - left >= LOST_WIDTH_POINTS:
        return False
    matrix = piece.get_matrix()
    if abs(matrix.a * matrix.d - matrix.b * matrix.c) < LOST_SCALE:
        return True
    font = raw.FPDFTextObj_GetFont(piece.raw)
    return bool(font) and raw.FPDFFont_GetIsEmbedded(font) == 0


def _characters(text: Any, raw: Any, seen: Seen, fonts: Fonts) -> Iterator[Character]:
    box = raw.FS_RECTF()
    reference = ctypes.byref(box)
    high = 0
    for index in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code == PDFIUM_HYPHEN:
            code = 0xAD
        if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            code = 0xFFFD
        if raw.FPDFText_IsGenerated(text, index) == 1 or not raw.FPDFText_GetLooseCharBox(text, index, reference):
            yield Character(chr(code), None)
            continue
        place = box.left, box.bottom, box.right, box.top
        why = seen.why_not(text, index, place, raw) if chr(code).strip() else ""
        is_false = fonts.false and chr(code).isdigit() and font_of(text, index, raw) in fonts.false
        if why == UNTOLD or is_false:
            yield Character(DRAWN, None)
        # what is not seen keeps its room
        yield Character(" ", None) if why and why != UNTOLD else Character(chr(code), place)


def _refuse_unreadable(pages: list[Page], name: str) -> None:
    shown = [character for page in pages for line in page.lines for character in line.text if not character.isspace()]
    if not shown:
        scanned = "only images of pages" if any(page.has_image for page in pages) else "no text on its pages"
        hidden = [f"{count} piece(s) of text {why}" for page in pages for why, count in page.unseen.items()]
        found = "; ".join((f"{scanned}, no text layer" if not hidden else "no text that is seen", *hidden))
        raise InputError(name, found=found, expected="a PDF with text", hint=OCR_HINT)
    unknown = sum(character == "\ufffd" or "\ue000" <= character <= "\uf8ff" for character in shown)
    if 2 * unknown > len(shown):
        raise InputError(
            name,
            found="a text layer whose fonts do not say which characters they show",
            expected="a PDF whose text can be copied",
            hint=OCR_HINT,
        )


def _body_size(lines: list[PaperLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _add(draft: Draft, line: PaperLine, before: PaperLine | None, size: float) -> None:
    text = line.text
    kind, level = "paragraph", None
    if line.size > HEADING_SIZE * size and len(text) <= HEADING_CHARACTERS:
        kind, level = "heading", 1
    elif CAPTION.match(text):
        kind = "caption"
    elif ITEM.match(text):
        kind = "list-item"
    width = (line.right - line.column_left) / (line.em / 2) if line.em else columns(text)
    draft.row(
        text,
        _place(line),
        kind=kind,
        level=level,
        gap=line.gap and before is not None and before.page == line.page,
        indented=line.indented,
        width=width,
        size=line.size,
    )


def _cell(line: PaperLine, row: PaperRow, column: int) -> Place:
    return Place(page=line.page, line=line.number, table=row.table, row=row.row, column=column)


def _place(line: PaperLine) -> Place:
    return Place(page=line.page, line=line.number)
