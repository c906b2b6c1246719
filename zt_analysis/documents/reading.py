"""One document, read: the kind of its file decides who reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from zt_analysis.documents.archive import open_archive
from zt_analysis.documents.decoding import decode
from zt_analysis.documents.document import Document
from zt_analysis.documents.kinds import kind_of, read_bytes
from zt_analysis.documents.markup import read_html
from zt_analysis.documents.pdf import read_pdf
from zt_analysis.documents.plain import read_markdown, read_plain
from zt_analysis.documents.remarked import comments_of
from zt_analysis.documents.styles import local
from zt_analysis.documents.word import Reading, read_word
from zt_analysis.errors import InputError

# what may print numbers and is no text of the body: by the element that stands for it
UNREAD = {
    "pic": "picture",
    "imagedata": "picture",
    "chart": "chart",
    "relIds": "diagram",
    "altChunk": "embedded document",
}


def read_document(path: Path, *, encoding: str | None = None) -> Document:
    """The document at ``path``: .docx, .pdf, .html, .md or .txt.

    Args:
        path: the file; its ending says its kind, and its content must be of that kind.
        encoding: of a .html, .md or .txt without a byte order mark; found when None. Of no use to the others.

    Raises:
        InputError: no such file; another kind than its ending says; damaged, protected, or without text; an encoding
            that does not hold; beyond one of ``limits``.
    """
    path = Path(path)
    content = read_bytes(path)
    kind = kind_of(path, content)
    if kind == "docx":
        return document_of(read_word(open_archive(content, path.name)))
    if kind == "pdf":
        return read_pdf(content, path.name)
    text = decode(content, path.name, encoding=encoding, is_html=kind == "html")
    if kind == "html":
        return read_html(text, path.name)
    return read_markdown(text, path.name) if kind == "md" else read_plain(text, path.name)


def document_of(reading: Reading) -> Document:
    """The document that ``reading`` read.

    Raises:
        InputError: it holds no text.
    """
    document = reading.draft.document("docx", unread=list(_unread(reading)))
    document = replace(document, comments=tuple(comments_of(reading.archive, reading.ranges)))
    if document.blocks:
        return document
    raise InputError(
        document.name,
        found="; ".join(("no text", *document.unread)),
        expected="a document with text",
        hint="if its pages are pictures, run OCR on them",
    )


def _unread(reading: Reading) -> Iterator[str]:
    yield from (f"{count} piece(s) of text {why}" for why, count in reading.lost.items() if count)
    yield from (f"{count} {thing}" for thing, count in reading.things.items())
    names = Counter(local(one) for one in reading.archive.tree(reading.archive.main_part()).iter())
    for name, words in UNREAD.items():
        if names[name]:
            yield f"{names[name]} {words}(s)"
