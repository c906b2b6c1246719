"""One document, read: the kind of its file decides who reads it."""

from __future__ import annotations

from pathlib import Path

from zt_analysis.documents.archive import open_archive
from zt_analysis.documents.decoding import decode
from zt_analysis.documents.definition import Document
from zt_analysis.documents.kinds import kind_of, read_bytes
from zt_analysis.documents.markup import read_html
from zt_analysis.documents.pdf import read_pdf
from zt_analysis.documents.plain import read_markdown, read_plain
from zt_analysis.documents.word import read_word


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
        return read_word(open_archive(content, path.name)).draft.document(kind)
    if kind == "pdf":
        return read_pdf(content, path.name)
    text = decode(content, path.name, encoding=encoding, is_html=kind == "html")
    if kind == "html":
        return read_html(text, path.name)
    return read_markdown(text, path.name) if kind == "md" else read_plain(text, path.name)
