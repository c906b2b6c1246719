"""A .docx as text: what a reader of the printed page sees, and the run of each of its characters.

Counted are inserted text, field results, links, content controls, text boxes (once), the referenced notes, headers
and footers. Not counted: deleted and hidden text, field codes, comments, alternative text, charts, and the numbers
that Word gives list items. Digits set high or low become ⁴ and ₂, so that a note mark joins no number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from zt_analysis.documents.appearance import DRAWN, ROOMY, STRUCK, WORD
from zt_analysis.documents.archive import Archive
from zt_analysis.documents.document import BODY, Place
from zt_analysis.documents.drafting import Draft
from zt_analysis.documents.elements import boxes_in, chosen, flattened, text_of
from zt_analysis.documents.fields import Fields
from zt_analysis.documents.merged import columns_of, goes_on_above, spans_of
from zt_analysis.documents.printing import HIDDEN, Ground, of_paragraph, unseen
from zt_analysis.documents.remarked import MARKS, Ranges
from zt_analysis.documents.styles import Styles, attribute, child, is_on, local

HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
RAISED = {"superscript": HIGH, "subscript": LOW, "sup": HIGH, "sub": LOW}
DELETED = ("del", "moveFrom")
PASSED_OVER = (
    *DELETED,
    *("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr", "tblGrid", "instrText", "delText", "delInstrText"),
    *("rt", "rubyPr", "fldChar", "ctrlPr"),
)
OBJECTS = ("drawing", "pict", "object")
# what a formula sets above, below or around each other
BUILT = frozenset(("f", "rad", "sSup", "sSub", "sSubSup", "sPre", "nary", "m", "eqArr", "limLow", "limUpp"))
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
    # the body's text boxes
    later: list[tuple[Any, Any, Place]] = field(default_factory=list)
    # inside a text box or a note a comment cannot stand; it stands beside this element of the body
    outside: Any = None
    is_merged: bool = False
    # what the paragraph's style says of characters
    style: tuple[Any, ...] = ()
    ground: Ground = field(default_factory=Ground)
    # tables whose style may paint their cells
    painted: set[int | None] = field(default_factory=set)
    fields: Fields = field(default_factory=Fields)
    ranges: Ranges = field(default_factory=Ranges)
    lost: Counter[str] = field(default_factory=Counter)
    things: Counter[str] = field(default_factory=Counter)

    def story(self, container: Any, at: Place) -> None:
        """Read the paragraphs and tables of ``container``, which is at ``at``."""
        paragraph = 0
        for element in flattened(container, ("p", "tbl", *MARKS)):
            name = local(element)
            if name == "tbl":
                self._table(element, at)
            elif name in MARKS:
                self.ranges.mark(element, name, self.draft.length)
            else:
                paragraph += 1
                self._paragraph(element, replace(at, paragraph=paragraph))

    def read_boxes(self) -> None:
        """Read the text boxes of the body, after it."""
        for box, anchor, at in self.later:
            self._box(box, anchor, at)

    def count(self, at: Place, thing: str) -> int:
        """The next number of a ``thing`` in the story of ``at``."""
        key = (at.story, at.number, thing)
        self.counts[key] = self.counts.get(key, 0) + 1
        return self.counts[key]

    def _paged(self, at: Place) -> Place:
        return replace(at, page=self.page) if self.has_pages and at.story == BODY else at

    def _table(self, table: Any, at: Place) -> None:
        inside = (at.table, at.row or 0, at.column or 0) if at.table else None
        at = replace(at, table=self.count(at, "table"), inside=inside)
        if child(table, "tblPr", "tblStyle") is not None:
            self.painted.add(at.table)
        rows = [*flattened(table, ("tr",))]
        for row, element in enumerate(rows, start=1):
            properties = child(element, "trPr")
            if properties is not None and is_on(child(properties, "hidden")):
                self._lose(element, HIDDEN, at)
            elif properties is None or child(properties, "del") is None:
                self._row(element, replace(at, row=row), rows[row:])

    def _row(self, row: Any, at: Place, below: Sequence[Any]) -> None:
        for column, cell in columns_of(row):
            # a merged cell's text is in its first row; what the others hold is not shown
            if not goes_on_above(cell):
                ground = self.ground
                # what a table's style paints is not looked up
                self.ground = Ground(None if at.table in self.painted else ground.colour).under(child(cell, "tcPr"))
                self.story(cell, replace(at, column=column, spans=spans_of(cell, column, below)))
                self.ground = ground

    def _paragraph(self, paragraph: Any, at: Place) -> None:
        nature = self.styles.nature(paragraph)
        at = self._paged(at)
        self.runs = 0
        waiting, self.boxes = self.boxes, []
        ground, self.style = self.ground, of_paragraph(self.styles, paragraph)
        self.ground = ground.under(child(paragraph, "pPr"))
        self._inline(paragraph, at, None)
        self.lost["in a field that never ends"] += self.fields.end_paragraph()
        self.ground = ground
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
            if at.story == BODY:  # it stands beside the text, and says nothing of what stands before or after it
                self.later.append((box, anchor, at))
            else:
                self._box(box, anchor, at)

    def _box(self, box: Any, anchor: Any, at: Place) -> None:
        number = self.count(Place(), "text box")
        outside, self.outside = self.outside, self.outside if self.outside is not None else anchor
        ground, self.ground = self.ground, Ground(None)  # a shape may have any colour
        self.story(box, Place(story="text box", number=number, page=at.page))
        self.outside, self.ground = outside, ground

    def _lose(self, holder: Any, why: str, at: Place) -> None:
        """Count the text in ``holder``, which is not seen; a blank where it keeps its room."""
        text = "".join(one.text or "" for one in holder.iter() if local(one) == "t")
        if WORD.search(text) and why != STRUCK:
            self.lost[why] += 1
        if text and why in ROOMY:
            self.draft.put(" ", at)

    def _mark(self, thing: str, at: Place) -> None:
        """Say that a ``thing`` is printed here that is in no text."""
        self.things[thing] += 1
        self.draft.put(DRAWN, at)

    def _inline(self, holder: Any, at: Place, anchor: Any, level: str = "") -> None:
        """Read what stands in a paragraph; ``anchor`` is the part of it at hand, None for the paragraph itself."""
        for element in holder:
            name = local(element)
            if name in PASSED_OVER or not name:
                continue
            beside = element if anchor is None else anchor
            if name == "AlternateContent":
                self._inline(chosen(element), at, anchor, level)
            elif name in MARKS:
                self.ranges.mark(element, name, self.draft.length)
            elif name == "r":
                self._run(element, at, beside, level)
            elif name == "oMath" and any(local(one) in BUILT for one in element.iter()):
                self._mark("formula(s)", at)  # 1 over 2 is not 12
            elif name == "bdo" and attribute(element, "val") == "rtl":
                self.draft.put("\u202e", at)
                self._inline(element, at, beside, level)
                self.draft.put("\u202c", at)
            else:
                self._inline(element, at, beside, name if name in RAISED else level)

    def _run(self, run: Any, at: Place, anchor: Any, level: str) -> None:
        properties = child(run, "rPr")
        self.runs += 1
        at = self._paged(replace(at, run=self.runs))
        why, unclear = unseen(self.styles, self.style, run, self.ground)
        if why:
            self._lose(run, why, at)
            return
        if unclear:
            self._mark("piece(s) of white text on a ground that cannot be told", at)
        if properties is not None:
            height = child(properties, "vertAlign")
            level = level if height is None else attribute(height, "val") or ""
        is_formula = run.tag.rpartition("}")[0].endswith("math")
        self._content(run, at, (anchor, None if is_formula else run), level)

    def _content(self, holder: Any, at: Place, owner: tuple[Any, Any], level: str) -> None:
        for element in holder:
            name = local(element)
            text = text_of(element, name)
            self.ranges.mark(element, name, self.draft.length)
            if name == "fldChar":
                if self.fields.mark(element):
                    self._mark("field(s) without a result", at)
            elif name == "instrText":
                self.fields.code(element.text or "")
            elif self.fields.is_code:
                self.fields.texts += bool(WORD.search(text))
            elif text:
                self._put(element, text.translate(RAISED.get(level, {})), at, owner)
            elif name == "lastRenderedPageBreak":
                self.page += 1
                at = self._paged(at)
            elif name in REFERENCES:
                self.notes.append((REFERENCES[name], attribute(element, "id") or "", owner[0]))
                self.draft.put(_note_mark(len(self.notes)), at)
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
    reading.read_boxes()
    _read_notes(reading, by_kind)
    for kind in ("header", "footer"):
        found = dict.fromkeys(_referenced(body, f"{kind}Reference"))
        targets = dict.fromkeys(parts[rid].target for rid in found if rid in parts)
        for number, target in enumerate(targets, start=1):
            reading.outside = body
            reading.story(archive.tree(target), Place(story=kind, number=number))
    return reading


def _note_mark(number: int) -> str:
    """The mark of a note, the same where it is referred to and before its words."""
    return str(number).translate(HIGH)


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
        wanted = [one for one in enumerate(reading.notes, start=1) if one[1][0] == kind]
        for number, (mark, (_, identity, anchor)) in enumerate(wanted, start=1):
            reading.outside = anchor
            if identity in elements:
                at = Place(story=kind, number=number)
                reading.draft.put(_note_mark(mark), at)
                reading.story(elements.pop(identity), at)
    reading.outside = None
