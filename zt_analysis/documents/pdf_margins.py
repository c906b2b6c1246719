"""What a PDF says beside its pages' text: remarks and fields on them, its properties and its bookmarks."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from zt_analysis.extras import need

KEYS = (b"Contents", b"V", b"T", b"RC")


def margins_of_pdf(content: bytes) -> Iterator[tuple[str, str]]:
    """Each text with its place; of a file that ``read_document`` can read."""
    need("pypdfium2", "reading a PDF")
    import pypdfium2

    opened = pypdfium2.PdfDocument(content)
    try:
        yield from (("properties", text) for text in opened.get_metadata_dict(skip_empty=True).values())
        yield from (("bookmark", one.get_title()) for one in opened.get_toc())
        for number in range(len(opened)):
            page = opened[number]
            try:
                yield from ((f"page {number + 1}, remark or field", text) for text in _remarks(page))
                yield from ((f"page {number + 1}, link", text) for text in _links(opened, page))
            finally:
                page.close()
    finally:
        opened.close()


def _remarks(page: Any) -> Iterator[str]:
    from pypdfium2 import raw

    for place in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        remark = raw.FPDFPage_GetAnnot(page.raw, place)
        if not remark:
            continue
        try:
            yield from filter(None, (_text(remark, key, raw) for key in KEYS))
        finally:
            raw.FPDFPage_CloseAnnot(remark)


def _links(opened: Any, page: Any) -> Iterator[str]:
    """Where the links of a page lead."""
    from pypdfium2 import raw

    place, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page.raw, place, link):
        action = raw.FPDFLink_GetAction(link)
        length = raw.FPDFAction_GetURIPath(opened.raw, action, None, 0) if action else 0
        if length > 1:
            held = ctypes.create_string_buffer(length)
            raw.FPDFAction_GetURIPath(opened.raw, action, held, length)
            yield held.value.decode("utf-8", "replace")


def _text(remark: Any, key: bytes, raw: Any) -> str:
    length = raw.FPDFAnnot_GetStringValue(remark, key, None, 0)
    if length <= 2:
        return ""
    held = (ctypes.c_ushort * (length // 2))()
    raw.FPDFAnnot_GetStringValue(remark, key, held, length)
    return bytes(held).decode("utf-16-le", "replace").rstrip("\0")
