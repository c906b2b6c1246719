"""An HTML page as text: what a browser would show of it, block by block."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from zt_analysis.documents.appearance import DRAWN, ROOMY, STRUCK, WORD, Look, look_of
from zt_analysis.documents.document import Block, Document, Place
from zt_analysis.documents.drafting import Draft
from zt_analysis.documents.limits import MAX_DEPTH, MAX_TEXT_CHARACTERS, refuse_above
from zt_analysis.documents.sheets import OUTSIDE, Sheets
from zt_analysis.documents.word import HIGH, LOW
from zt_analysis.errors import InputError

HEADINGS = {f"h{level}": level for level in range(1, 7)}
KINDS = {
    **dict.fromkeys(HEADINGS, "heading"),
    **dict.fromkeys(("td", "th"), "table-cell"),
    **dict.fromkeys(("li", "dt", "dd"), "list-item"),
    **dict.fromkeys(("caption", "figcaption"), "caption"),
    **dict.fromkeys(("header", "footer"), "paragraph"),
}
BLOCKS = {
    *KINDS,
    *("html", "body", "p", "div", "section", "article", "main", "nav", "aside", "address", "blockquote", "pre"),
    *("ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "hr", "figure", "form", "fieldset", "legend"),
    *("details", "summary", "center", "option", "menu", "dir", "hgroup", "search", "dialog"),
}
UNSEEN = {
    *(
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "title",
        "del",
        "s",
        "strike",
        "rt",
        "rp",
        "svg",
        "math",
        "object",
    ),
    *("iframe", "audio", "video", "canvas", "textarea", "datalist", "select", "noframes"),
}
# what a reader sees and this reader does not read
PICTURED = {
    **dict.fromkeys(("img", "picture", "embed", "object", "video"), "picture"),
    **dict.fromkeys(("svg", "canvas"), "drawing"),
    **dict.fromkeys(("input", "textarea", "select"), "form field"),
    "iframe": "embedded page",
    "math": "formula",
}
UNTYPED = ("hidden", "submit", "button", "checkbox", "radio", "image", "reset", "file", "password")
# of spaces in the source a browser shows one; none where a Chinese line is broken
SPACE = re.compile(r"[ \t\n\f]+")
WIDE_BREAK = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t\f]*\n[ \t\n\f]*(?=[\u2e80-\u9fff\uff00-\uffef])")
# a browser takes up to 1000 columns; no printed table has a tenth of them
MAX_SPAN = 100
MAX_COLUMNS = 1000
HINT = "check the file"
RAISED = {"sup": HIGH, "sub": LOW}


def read_html(text: str, name: str) -> Document:
    """The .html document of ``text``.

    Raises:
        InputError: nothing to see on the page, or elements nested deeper than ``limits.MAX_DEPTH``.
    """
    refuse_above(MAX_TEXT_CHARACTERS, len(text), thing=name, unit="characters", hint="give the chapters one by one")
    root = _parse(text, name)
    sheets = Sheets.of(root, name)
    page = _Page(Draft(name), sheets)
    if sheets.unread[OUTSIDE]:  # a sheet that is not here may set any ground
        page.looks = [Look(ground=None)]
    page.read(root)
    if not page.draft.blocks:
        raise InputError(
            name,
            found="; ".join(("a page without visible text", *page.unread())),
            expected="text",
            hint="a script may write it: save the page from the browser",
        )
    return page.draft.document("html", unread=page.unread())


def _parse(text: str, name: str) -> Any:
    from lxml import etree

    # the parser would end the page at a NUL, and takes an encoding from a declaration when it is not told
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(name, found=f"no HTML ({error})"[:300], expected="a page", hint=HINT) from error
    if root is None:
        raise InputError(name, found="no HTML element", expected="a page", hint=HINT)
    return root


@dataclass(eq=False)
class _Page:
    draft: Draft
    sheets: Sheets
    hidden: int = 0
    looks: list[Look] = field(default_factory=lambda: [Look()])
    lost: Counter[str] = field(default_factory=Counter)
    things: Counter[str] = field(default_factory=Counter)
    kept: int = 0
    paragraph: int = 0
    tables: int = 0
    is_open: bool = False
    raised: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = (Block("paragraph", 0, 0, Place()),)
    cells: tuple[Place, ...] = ()
    # by column, the last row that a cell reaching down takes up
    until: tuple[dict[int, int], ...] = ()

    def read(self, root: Any) -> None:
        """Walk the page; flat, so that no nesting exhausts the stack."""
        from lxml import etree

        depth = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            depth += 1 if event == "start" else -1
            refuse_above(MAX_DEPTH, depth, thing=self.draft.name, unit="elements inside each other", hint=HINT)
            if event == "start":
                self._start(element, tag)
                self._text(element.text)
            else:
                self._end(element, tag)
                self._text(element.tail if element is not root else None)
        self._close()

    def _start(self, element: Any, tag: str) -> None:
        if self.hidden or tag in UNSEEN:
            self._count(element, tag)
            self.hidden += 1
            return
        look = look_of(element, self.looks[-1], self.sheets)
        self.looks.append(look)
        if look.gone:
            return
        self._count(element, tag)
        self.kept += tag == "pre"
        if tag == "br":
            self._put("\n")
        elif tag in RAISED:
            self.raised = (*self.raised, tag)
        elif tag in BLOCKS:
            self._close()
            self._enter(element, tag)
        self._drawn(look.before)

    def _count(self, element: Any, tag: str) -> None:
        """Count what shows something that is no text here."""
        thing = PICTURED.get(tag, "")
        typed = tag != "input" or (element.get("value") and element.get("type", "text").lower() not in UNTYPED)
        if thing and typed and not self.hidden and not self.looks[-1].unseen:
            self.things[thing] += 1

    def _drawn(self, mark: str) -> None:
        """Put the mark of what only a style prints."""
        if mark:
            self.things["piece(s) of text that a style alone prints or cuts"] += 1
            self._put(mark)

    def unread(self) -> list[str]:
        """What of the page is not read: hidden text, what is no text, what its style alone prints."""
        named = [f"{count} {thing}{'' if '(' in thing else '(s)'}" for thing, count in self.things.items()]
        lost = [f"{count} piece(s) of text {why}" for why, count in self.lost.items()]
        return [*lost, *named, *(f"{count} {what}" for what, count in self.sheets.unread.items())]

    def _enter(self, element: Any, tag: str) -> None:
        outer = self.blocks[-1]
        kind = KINDS.get(tag) or (outer.kind if outer.kind in ("table-cell", "list-item") else "paragraph")
        place = replace(outer.place if outer.place.table else Place(), line=element.sourceline)
        if tag == "table":
            self.tables += 1
            at = outer.place
            inside = (at.table, at.row or 0, at.column or 0) if at.table else None
            self.cells = (*self.cells, Place(table=self.tables, row=0, column=0, inside=inside))
            self.until = (*self.until, {})
        elif tag == "tr" and self.cells:
            self._move(row=(self.cells[-1].row or 0) + 1, column=0)
        elif tag in ("td", "th") and self.cells:
            place = replace(self._next_cell(element), line=element.sourceline)
        self.blocks = (*self.blocks, Block(kind, 0, 0, place, HEADINGS.get(tag)))

    def _next_cell(self, element: Any) -> Place:
        """The place of a cell, which may stand beside cells that reach down from rows above."""
        at, until = self.cells[-1], self.until[-1]
        row, column = at.row or 0, (at.column or 0) + 1
        while until.get(column, 0) >= row > 0:
            column += 1
        wide, high = _span(element, "colspan"), _span(element, "rowspan")
        if high > 1 and column < MAX_COLUMNS:
            until.update(dict.fromkeys(range(column, column + wide), row + high - 1))
        self._move(column=column + wide - 1)
        return replace(at, column=column, spans=(high, wide))

    def _move(self, **steps: Any) -> None:
        self.cells = (*self.cells[:-1], replace(self.cells[-1], **steps))

    def _end(self, element: Any, tag: str) -> None:
        if self.hidden:
            self.hidden -= 1
            return
        look = self.looks.pop()
        if look.gone:
            return
        self._drawn(look.after)
        self.kept -= tag == "pre"
        if tag in RAISED:
            self.raised = self.raised[:-1]
        elif tag in BLOCKS:
            self._close()
            self.blocks = self.blocks[:-1]
            if tag == "table":
                self.cells, self.until = self.cells[:-1], self.until[:-1]

    def _text(self, text: str | None) -> None:
        if not text or self.hidden:
            return
        look = self.looks[-1]
        if look.unseen:
            if WORD.search(text) and look.unseen != STRUCK:
                self.lost[look.unseen] += 1
            if self.is_open and look.unseen in ROOMY:
                self._put(" ")
            return
        if not self.kept:
            text = SPACE.sub(" ", WIDE_BREAK.sub("", text))
            text = text if self.is_open else text.lstrip(" ")
        if look.unclear and WORD.search(text):
            self.things["piece(s) of white text on a ground that is not in the file"] += 1
            text = DRAWN + text
        text = text.translate(RAISED[self.raised[-1]]) if self.raised else text
        self._put(f"\u202e{text}\u202c" if look.turned and text else text)

    def _put(self, text: str) -> None:
        if text:
            self.is_open = True
            self.draft.put(text, self.blocks[-1].place)

    def _close(self) -> None:
        if self.is_open:
            block = self.blocks[-1]
            self.draft.end(block.kind, block.place, level=block.level)
            self.is_open = False


def _span(element: Any, name: str) -> int:
    span = element.get(name, "1").strip()
    return min(max(int(span), 1), MAX_SPAN) if span.isdecimal() and len(span) < 6 else 1
