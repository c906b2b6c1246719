"""Documents as text: each character of a .docx, .pdf, .html, .md or .txt file, and the place it stands at."""

from zt_analysis.documents.annotation import Note, annotate
from zt_analysis.documents.document import Block, Document, Place
from zt_analysis.documents.plain import read_plain
from zt_analysis.documents.prose import Prose
from zt_analysis.documents.reading import read_document
from zt_analysis.documents.said import place_said

__all__ = ["Block", "Document", "Note", "Place", "Prose", "annotate", "place_said", "read_document", "read_plain"]
