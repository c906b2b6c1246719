"""A paper's text written from its figures: ``papers/<case>.md`` with places in, .docx, .pdf, .html and .md out."""

from zt_analysis.writing.telling import told_text
from zt_analysis.writing.writing import (
    FORMS,
    WRITTEN,
    Written,
    checked,
    compose,
    converted,
    refuse_folder,
    report,
    save,
    text_file,
)

__all__ = [
    "FORMS",
    "WRITTEN",
    "Written",
    "checked",
    "compose",
    "converted",
    "refuse_folder",
    "report",
    "save",
    "text_file",
    "told_text",
]
