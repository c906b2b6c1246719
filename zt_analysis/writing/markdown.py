"""A sheet as Markdown, with where each run stands in it: what ties it back to its figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from zt_analysis.writing import imprint
from zt_analysis.writing.filling import Part, Run, Runs, Sheet, text_of

# what Markdown, or the project's own reader of it, takes for a sign
SIGNS = re.compile(r"[\\*_`|<~\[]|&(?=#?\w{1,8};)")
# what begins a heading, a quotation, a list or a line across the page
LEADING = re.compile(r"(?P<number>\d{1,9})(?=[.)]\s)|(?=#|>|[+-]\s|[-=]+$)")


RULES = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}


@dataclass(frozen=True)
class Span:
    """``text[start:end]`` of a Markdown text is ``run``."""

    start: int
    end: int
    run: Run


@dataclass
class Writer:
    """The text so far, and where its runs stand."""

    parts: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    length: int = 0

    def put(self, text: str) -> None:
        """Add ``text`` as it is."""
        self.parts.append(text)
        self.length += len(text)

    def line(self, runs: Runs, before: str = "", after: str = "\n\n") -> None:
        """Add ``runs`` as a paragraph of their own."""
        if not text_of(runs):
            return
        self.put(before)
        self.inline(runs, leading=not before)
        self.put(after)

    def inline(self, runs: Runs, *, leading: bool = False) -> None:
        """Add ``runs`` within a line."""
        bold = False
        for place, run in enumerate(runs):
            text = SIGNS.sub(r"\\\g<0>", run.text)
            if leading and place == 0 and (found := LEADING.match(text)):
                text = f"{found['number'] or ''}\\{text[found.end() :]}"
            if bold != run.bold:
                # runs that are bold one after the other are so together: **** ends nothing
                self.put("**")
            bold = run.bold
            self.spans.append(Span(self.length, self.length + len(text), run))
            self.put(text)
        if bold:
            self.put("**")

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.parts).rstrip("\n") + "\n"


def written(sheet: Sheet, pictures: dict[str, str] | None = None) -> Writer:
    """The sheet as Markdown; ``pictures`` gives the file of each chart."""
    out = Writer()
    out.line((Run(sheet.title),), "# ")
    for mark in sheet.marks:
        out.line((Run(mark),))
    for runs in (sheet.number, (Run(sheet.office),), sheet.date):
        out.line(runs)
    out.put("---\n\n")
    for part in sheet.parts:
        _part(part, out, pictures or {})
    for note in sheet.notes:
        out.line((Run(note),))
    foot = list(imprint.lines(sheet))
    if foot:
        out.put("---\n\n")
    for runs in foot:
        out.line(runs)
    return out


def _part(part: Part, out: Writer, pictures: dict[str, str]) -> None:
    block = part.source
    if block.kind == "heading":
        out.line(part.runs, "#" * min(block.level + 1, 6) + " ")
    elif block.kind == "item":
        out.line(part.runs, "- ")
    elif block.kind == "table":
        _table(part, out)
    elif block.kind == "picture":
        if block.chart in pictures:
            out.put(f"![]({pictures[block.chart]})\n\n")
        out.line(part.runs)
    else:
        out.line(part.runs)


def _table(part: Part, out: Writer) -> None:
    for number, row in enumerate(part.rows):
        out.put("|")
        for cell in row:
            out.put(" ")
            out.inline(cell)
            out.put(" |")
        out.put("\n")
        if number == 0:
            out.put("|" + "|".join(RULES[one] for one in part.source.aligned) + "|\n")
    out.put("\n")
