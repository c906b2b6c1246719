"""Documents as text: each character of a .docx, .pdf, .html, .md or .txt file, and the place it stands at.

What reads files, and what writes comments into them, is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from zt_analysis.documents.document import Block, Document, Place
from zt_analysis.documents.plain import read_plain
from zt_analysis.documents.prose import Prose
from zt_analysis.documents.said import place_said

if TYPE_CHECKING:
    from zt_analysis.documents.annotation import Note, annotate
    from zt_analysis.documents.reading import read_document

_PLACES = {"Note": "annotation", "annotate": "annotation", "read_document": "reading"}

__all__ = ["Block", "Document", "Note", "Place", "Prose", "annotate", "place_said", "read_document", "read_plain"]


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
