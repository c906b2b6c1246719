"""Fields of a .docx: what stands in their code is not printed, their result is; some are printed without one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from zt_analysis.documents.styles import attribute

# marks of an index, values set for later, and numbers of pages, which count nothing
SAY_NOTHING = frozenset(
    ("XE", "TC", "TA", "RD", "SET", "ASK", "PRIVATE", "ADVANCE", "PAGE", "NUMPAGES", "SECTIONPAGES", "")
)


@dataclass(eq=False)
class Fields:
    """The fields that are open where a document is being read; a field may hold fields."""

    codes: list[str] = field(default_factory=list)
    shown: list[bool] = field(default_factory=list)
    # pieces of text in the code of what is open
    texts: int = 0

    def mark(self, element: Any) -> bool:
        """Pass ``<w:fldChar>``; whether a field ends here that is printed and holds no result."""
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self.texts = self.texts if self.is_code else 0
            self.codes.append("")
            self.shown.append(False)
        elif kind == "separate" and self.shown:
            self.shown[-1] = True
        elif kind == "end" and self.shown:
            words = self.codes.pop().split()
            return not self.shown.pop() and (words[0].upper() if words else "") not in SAY_NOTHING
        return False

    def code(self, text: str) -> None:
        """Add to the code of the innermost field."""
        if self.codes and not self.shown[-1]:
            self.codes[-1] += text

    @property
    def is_code(self) -> bool:
        """Whether text here is of a field's code."""
        return not all(self.shown)

    def end_paragraph(self) -> int:
        """Drop what has no result yet, as a field's code ends with its paragraph; how much text it held."""
        lost = self.texts if self.is_code else 0
        kept = [place for place, shown in enumerate(self.shown) if shown]
        self.codes, self.shown = [self.codes[place] for place in kept], [True for _ in kept]
        return lost
