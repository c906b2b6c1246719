"""Comments on a copy of a .docx, each on the words it is about.

Everything of the document but the runs at a comment's ends, its comments and the list of its parts is copied as it
is. In Word a header, a footer, a note or a text box takes no comment: one on such words stands beside the note's
mark, the box, or in the first paragraph, and begins with the place and the words it is about.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from zt_analysis.documents.archive import open_archive
from zt_analysis.documents.commenting import UNWRITABLE, Comments, repack
from zt_analysis.documents.document import Document
from zt_analysis.documents.kinds import kind_of, read_bytes
from zt_analysis.documents.reading import document_of
from zt_analysis.documents.splitting import covering, split_runs
from zt_analysis.documents.styles import local
from zt_analysis.documents.word import Piece, read_word
from zt_analysis.errors import InputError

QUOTED_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on ``text[start:end]`` of a document, signed ``author``."""

    start: int
    end: int
    text: str
    author: str


def annotate(path: Path, notes: Sequence[Note], output: Path, *, written_at: datetime | None = None) -> int:
    """Write a copy of the .docx at ``path`` to ``output`` with each of ``notes`` as a Word comment; return how many.

    Offsets are those of ``read_document(path).text``. Comments bear no date unless ``written_at`` gives one: the same
    arguments give the same bytes. ``output`` appears whole or not at all.

    Raises:
        InputError: no .docx; an empty span or one outside the text; ``output`` that is the document itself, by
            whatever name, or cannot be written.
    """
    path, output = Path(path), Path(output)
    _refuse_itself(path, output)
    content = read_bytes(path)
    if kind_of(path, content) != "docx":
        raise InputError(str(path), found=f"a {path.suffix} file", expected="a .docx", hint="only Word takes comments")
    archive = open_archive(content, path.name)
    reading = read_word(archive)
    document = document_of(reading)
    for note in notes:
        _check(note, document)
    pieces = split_runs(reading.pieces, {offset for note in notes for offset in (note.start, note.end)})
    comments = Comments.of(archive, written_at)
    for note in notes:
        _place(note, document, pieces, comments)
    _write(output, repack(archive, comments))
    return len(notes)


def _refuse_itself(path: Path, output: Path) -> None:
    if output.suffix.lower() != ".docx":
        raise InputError(
            str(output),
            found=f"the ending {output.suffix!r}",
            expected=".docx",
            hint="name the copy so that Word opens it",
        )
    try:
        same = os.path.samefile(path, output)
    except (OSError, ValueError):
        same = False
    if same:
        raise InputError(
            str(output), found="the document itself", expected="another file", hint="the original is never written to"
        )


def _check(note: Note, document: Document) -> None:
    thing = f"{document.name}, comment on characters {note.start} to {note.end}"
    if not 0 <= note.start < note.end <= len(document.text):
        raise InputError(
            thing,
            found="no such characters",
            expected=f"a span within 0 to {len(document.text)}",
            hint="offsets count characters of Document.text",
        )
    for text in (note.text, note.author):
        found = UNWRITABLE.search(text)
        if found:
            raise InputError(
                thing, found=f"character {found.group()!r}", expected="text that XML can hold", hint="leave it out"
            )


def _place(note: Note, document: Document, pieces: Sequence[Piece], comments: Comments) -> None:
    """Put the comment of ``note`` around the runs that hold its words, or as near as Word allows."""
    found = covering(pieces, note.start, note.end)
    direct = [piece for piece in found if not piece.is_outside]
    if direct and direct[0] is found[0]:
        comments.around(comments.add(note.text, note.author), _mark(direct[0]), _mark(direct[-1]))
        return
    quoted = " ".join(document.text[note.start : note.end].split())
    shown = quoted if len(quoted) <= QUOTED_CHARACTERS else f"{quoted[:QUOTED_CHARACTERS]}…"
    identity = comments.add(f"[{document.place_of(note.start)}: “{shown}”] {note.text}", note.author)
    anchor = found[0].anchor if found else None
    if anchor is None or local(anchor) == "body":
        comments.within(identity)
    else:
        comments.around(identity, anchor, anchor)


def _mark(piece: Piece) -> Any:
    return piece.anchor if piece.run is None else piece.run


def _write(output: Path, content: bytes) -> None:
    try:
        handle, draft = tempfile.mkstemp(dir=output.parent, prefix=f".{output.stem}.", suffix=".docx")
    except (OSError, ValueError) as error:
        raise _unwritable(output, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        # a file made like this is for its owner only; a report is for those whom the folder lets in
        os.chmod(draft, 0o666 & ~_umask())
        os.replace(draft, output)
    except OSError as error:
        Path(draft).unlink(missing_ok=True)
        raise _unwritable(output, error) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(output: Path, error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(str(output), found=reason, expected="a path that can be written", hint="name another file")
