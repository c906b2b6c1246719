"""A .docx as text: what a reader of the printed page sees, and the run of each of its characters.

Counted are inserted text, field results, links, content controls, text boxes (once), the referenced notes, headers
and footers. Not counted: deleted and hidden text, field codes, comments, alternative text, charts, and the numbers
that Word gives list items. Digits set high or low become ⁴ and ₂, so that a note mark joins no number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from zt_analysis.documents.archive import Archive
from zt_analysis.documents.document import BODY, Place
from zt_analysis.documents.drafting import Draft
from zt_analysis.documents.styles import Styles, attribute, child, is_on, local

HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
RAISED = {"superscript": HIGH, "subscript": LOW, "sup": HIGH, "sub": LOW}
LINE_SPACE = str.maketrans("\r\n", "  ")
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}
DELETED = ("del", "moveFrom")
PASSED_OVER = (
    *DELETED,
    *("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr", "tblGrid", "instrText", "delText", "delInstrText"),
    *("rt", "rubyPr", "fldChar", "ctrlPr"),
)
HOLDERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
OBJECTS = ("drawing", "pict", "object")
REFERENCES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
OUTER_KINDS = {"footnote": "footnote", "endnote": "footnote", "header": "header", "footer": "footer"}


@dataclass(slots=True)
class Piece:
    """``text[start:end]`` as one element of a run; ``anchor`` is what a comment on it can stand beside.

    ``run`` is None where the run must stay whole; ``node`` is the element in it that holds the text. ``is_outside``
    says that Word takes no comment there: in a text box, note, header or footer.
    """

    start: int
    end: int
    node: Any
    run: Any
    anchor: Any
    is_outside: bool = False


@dataclass(eq=False)
class Reading:
    """One pass over a document: its text goes to ``draft``, its elements to ``pieces``."""

    archive: Archive
    draft: Draft
    styles: Styles
    has_pages: bool = False
    pieces: list[Piece] = field(default_factory=list)
    page: int = 1
    runs: int = 0
    counts: dict[tuple[str, int | None, str], int] = field(default_factory=dict)
    notes: list[tuple[str, str, Any]] = field(default_factory=list)
    boxes: list[tuple[Any, Any]] = field(default_factory=list)
    # inside a text box or a note a comment cannot stand; it stands beside this element of the body
    outside: Any = None
    is_merged: bool = False

    def story(self, container: Any, at: Place) -> None:
        """Read the paragraphs and tables of ``container``, which is at ``at``."""
        paragraph = 0
        for element in flattened(container, ("p", "tbl")):
            if local(element) == "tbl":
                self._table(element, at)
            else:
                paragraph += 1
                self._paragraph(element, replace(at, paragraph=paragraph))

    def count(self, at: Place, thing: str) -> int:
        """The next number of a ``thing`` in the story of ``at``."""
        key = (at.story, at.number, thing)
        self.counts[key] = self.counts.get(key, 0) + 1
        return self.counts[key]

    def _paged(self, at: Place) -> Place:
        return replace(at, page=self.page) if self.has_pages and at.story == BODY else at

    def _table(self, table: Any, at: Place) -> None:
        at = replace(at, table=self.count(at, "table"))
        for row, element in enumerate(flattened(table, ("tr",)), start=1):
            properties = child(element, "trPr")
            if properties is None or child(properties, "del") is None:
                self._row(element, replace(at, row=row))

    def _row(self, row: Any, at: Place) -> None:
        column = 1 + _number(child(row, "trPr", "gridBefore"), 0)
        for cell in flattened(row, ("tc",)):
            merge = child(cell, "tcPr", "vMerge")
            # a merged cell's text is in its first row; what the others hold is not shown
            if merge is None or attribute(merge, "val") == "restart":
                self.story(cell, replace(at, column=column))
            column += _number(child(cell, "tcPr", "gridSpan"), 1)

    def _paragraph(self, paragraph: Any, at: Place) -> None:
        nature = self.styles.nature(paragraph)
        at = self._paged(at)
        self.runs = 0
        waiting, self.boxes = self.boxes, []
        self._inline(paragraph, at, None)
        kind = OUTER_KINDS.get(at.story) or ("table-cell" if at.table else nature.kind)
        if at.story == "text box" and kind == "paragraph":
            kind = "textbox"
        self.draft.end(
            kind,
            at,
            level=nature.level if kind == "heading" else None,
            numbered=nature.numbered,
            taken=self.is_merged,
            indented=nature.indented,
        )
        mark = child(paragraph, "pPr", "rPr")
        self.is_merged = mark is not None and any(local(one) in DELETED for one in mark)
        inside, self.boxes = self.boxes, waiting
        for box, anchor in inside:
            self._box(box, anchor, at)

    def _box(self, box: Any, anchor: Any, at: Place) -> None:
        number = self.count(Place(), "text box")
        outside, self.outside = self.outside, self.outside if self.outside is not None else anchor
        self.story(box, Place(story="text box", number=number, page=at.page))
        self.outside = outside

    def _inline(self, holder: Any, at: Place, anchor: Any, level: str = "") -> None:
        """Read what stands in a paragraph; ``anchor`` is the part of it at hand, None for the paragraph itself."""
        for element in holder:
            name = local(element)
            if name in PASSED_OVER or not name:
                continue
            beside = element if anchor is None else anchor
            if name == "AlternateContent":
                self._inline(chosen(element), at, anchor, level)
            elif name == "r":
                self._run(element, at, beside, level)
            else:
                self._inline(element, at, beside, name if name in RAISED else level)

    def _run(self, run: Any, at: Place, anchor: Any, level: str) -> None:
        properties = child(run, "rPr")
        self.runs += 1
        at = self._paged(replace(at, run=self.runs))
        if properties is not None:
            # text that is struck out is no longer said, whoever struck it
            if any(is_on(child(properties, switch)) for switch in ("vanish", "strike", "dstrike")):
                return
            height = child(properties, "vertAlign")
            level = level if height is None else attribute(height, "val") or ""
        is_formula = run.tag.rpartition("}")[0].endswith("math")
        self._content(run, at, (anchor, None if is_formula else run), level)

    def _content(self, holder: Any, at: Place, owner: tuple[Any, Any], level: str) -> None:
        for element in holder:
            name = local(element)
            text = _text(element, name)
            if text:
                self._put(element, text.translate(RAISED.get(level, {})), at, owner)
            elif name == "lastRenderedPageBreak":
                self.page += 1
                at = self._paged(at)
            elif name in REFERENCES:
                self.notes.append((REFERENCES[name], attribute(element, "id") or "", owner[0]))
            elif name in OBJECTS:
                self.boxes += [(box, owner[0]) for box in boxes_in(element)]
            elif name == "AlternateContent":
                self._content(chosen(element), at, owner, level)
            elif name == "ruby":
                base = child(element, "rubyBase")
                for inner in () if base is None else flattened(base, ("r",)):
                    self._content(inner, at, (owner[0], None), level)

    def _put(self, node: Any, text: str, at: Place, owner: tuple[Any, Any]) -> None:
        start = self.draft.length
        self.draft.put(text, at)
        anchor, run = owner
        if self.outside is not None:
            piece = Piece(start, self.draft.length, node, None, self.outside, is_outside=True)
        else:
            piece = Piece(start, self.draft.length, node, run if node.getparent() is run else None, anchor)
        self.pieces.append(piece)


def read_word(archive: Archive) -> Reading:
    """Read the .docx in ``archive``: body, then footnotes, endnotes, headers and footers."""
    main = archive.main_part()
    body = child(archive.tree(main), "body")
    if body is None:
        raise archive.broken("no body")
    parts = {one.rid: one for one in archive.relationships(main) if one.target in archive}
    by_kind = {one.kind: one.target for one in parts.values()}
    styles = Styles.of(archive.tree(by_kind["styles"]) if "styles" in by_kind else None)
    reading = Reading(archive, Draft(archive.name), styles)
    reading.has_pages = any(local(one) == "lastRenderedPageBreak" for one in body.iter())
    reading.story(body, Place())
    _read_notes(reading, by_kind)
    for kind in ("header", "footer"):
        found = dict.fromkeys(_referenced(body, f"{kind}Reference"))
        targets = dict.fromkeys(parts[rid].target for rid in found if rid in parts)
        for number, target in enumerate(targets, start=1):
            reading.outside = body
            reading.story(archive.tree(target), Place(story=kind, number=number))
    return reading


def flattened(container: Any, names: tuple[str, ...]) -> Iterator[Any]:
    """The elements called one of ``names`` in ``container``, out of content controls and accepted changes."""
    for element in container:
        name = local(element)
        if name in names:
            yield element
        elif name in HOLDERS:
            yield from flattened(element, names)
        elif name == "AlternateContent":
            yield from flattened(chosen(element), names)


def chosen(alternatives: Any) -> Any:
    """The one of several drawings of a thing that counts: they hold the same text."""
    choice = child(alternatives, "Choice")
    fallback = child(alternatives, "Fallback")
    return next((one for one in (choice, fallback) if one is not None), ())


def boxes_in(element: Any) -> Iterator[Any]:
    """The text boxes in a drawing, not those inside another box."""
    name = local(element)
    if name == "txbxContent":
        yield element
        return
    for inner in chosen(element) if name == "AlternateContent" else element:
        yield from boxes_in(inner)


def _text(element: Any, name: str) -> str:
    if name == "t":
        return (element.text or "").translate(LINE_SPACE)
    if name == "sym":
        code = attribute(element, "char") or ""
        try:
            return chr(int(code, 16))
        except (ValueError, OverflowError):
            return ""
    return SIGNS.get(name, "")


def _number(element: Any, default: int) -> int:
    value = "" if element is None else attribute(element, "val") or ""
    return min(int(value), 1000) if value.isdecimal() and len(value) < 6 else default


def _referenced(body: Any, name: str) -> Iterator[str]:
    for element in body.iter():
        if local(element) == name:
            yield next((value for key, value in element.items() if key.endswith("}id")), "")


def _read_notes(reading: Reading, by_kind: dict[str, str]) -> None:
    archive = reading.archive
    for kind in ("footnote", "endnote"):
        part = by_kind.get(f"{kind}s")
        if part is None:
            continue
        elements = {attribute(one, "id"): one for one in archive.tree(part) if local(one) == kind}
        wanted = [(identity, anchor) for found, identity, anchor in reading.notes if found == kind]
        for number, (identity, anchor) in enumerate(wanted, start=1):
            reading.outside = anchor
            if identity in elements:
                reading.story(elements.pop(identity), Place(story=kind, number=number))
    reading.outside = None
