"""Plain text and Markdown: one line of the file is one line of the text, so that places are the file's lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import zt_analysis.expressions as re
from zt_analysis.documents.document import Document, Place
from zt_analysis.documents.drafting import Draft
from zt_analysis.documents.limits import MAX_TEXT_CHARACTERS, refuse_above
from zt_analysis.documents.spaced import Cells, tables_in
from zt_analysis.documents.wrapping import CAPTION, ITEM

HEADINGS = (
    re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百\d]{1,4}章\s)[^。；]{1,40}$"),
    re.compile(r"\s*[（(][一二三四五六七八九十]{1,3}[）)][^。；]{1,40}$"),
)
# a longer line is text, whatever it looks like: some of these patterns try every way to divide spaces
MAX_SIGN_CHARACTERS = 1000
FENCE = re.compile(r"\s{0,3}(```|~~~)")
HASHES = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
HASHES_AFTER = re.compile(r"\s+#+\s*$")
# [ ] says that what follows is not done: it is read
BULLET = re.compile(r"\s*(?:>\s*)*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[xX]\]\s+)?")
QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
UNDERLINE = re.compile(r"\s{0,3}(=+|-+)\s*$")
RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
CELL_END = re.compile(r"(?<!\\)\|")
# what is not printed: signs of emphasis and code, escapes, comments, a link's brackets and address
INLINE = re.compile(
    r"\\[!-/:-@\[-`{-~]|\*\*|__|~~[^~\n]{1,400}~~|~~|`+|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])|<!--(?:[^-\n]|-(?!->)){0,400}+-->"
    r"|!?\[(?=[^\]\n]{0,400}+\]\()|\]\([^)\n]{0,1000}+\)|</?[A-Za-z][^>\n]{0,400}+>"
)


def read_plain(text: str, name: str) -> Document:
    """The .txt document of ``text``; lines that are only wrapped make one block."""
    _refuse_long(text, name)
    draft = Draft(name)
    gap = False
    lines = text.split("\n")
    rows = tables_in(lines)
    for number, line in enumerate(lines, start=1):
        if found := rows.get(number - 1):
            _add_spaced(draft, line, number, *found)
            gap = True
            continue
        blank = not line.strip()
        kind, level = ("paragraph", None) if blank else _plain_kind(line)
        draft.row(line, Place(line=number), kind=kind, level=level, gap=gap)
        gap = blank
    return draft.document("txt")


def read_markdown(text: str, name: str) -> Document:
    """The .md document of ``text``: its signs stay in the text, and are in neither blocks nor prose."""
    _refuse_long(text, name)
    draft = Draft(name)
    lines = text.split("\n")
    rows = tables_in(lines)
    gap = code = False
    table = row = 0
    for number, line in enumerate(lines, start=1):
        place = Place(line=number)
        after = lines[number] if number < len(lines) else ""
        is_row = "|" in line and not code and (row > 0 or _is_table(line, after))
        row = row + 1 if is_row else 0
        table += row == 1
        found = None if is_row else rows.get(number - 1)
        if FENCE.match(line) or (not code and _is_silent(line)):
            code ^= bool(FENCE.match(line))
            draft.row(line, place, inside=(0, 0))
        elif is_row:
            _add_row(draft, line, Place(line=number, table=table, row=row if row == 1 else row - 1))
        elif found:
            table += found[1] == 1
            _add_spaced(draft, line, number, table, *found[1:])
        else:
            _add_line(draft, line, after, place, gap=gap, code=code)
        gap = not line.strip() or is_row or found is not None
    return draft.document("md")


def _refuse_long(text: str, name: str) -> None:
    refuse_above(MAX_TEXT_CHARACTERS, len(text), thing=name, unit="characters", hint="give the chapters one by one")


def _plain_kind(line: str) -> tuple[str, int | None]:
    for level, pattern in enumerate(HEADINGS, start=1):
        if pattern.match(line):
            return "heading", level
    if CAPTION.match(line):
        return "caption", None
    return "list-item" if ITEM.match(line) else "paragraph", None


def _is_table(line: str, after: str) -> bool:
    return "|" in line and "|" in after and len(after) <= MAX_SIGN_CHARACTERS and bool(TABLE_RULE.match(after))


def _is_silent(line: str) -> bool:
    if len(line) > MAX_SIGN_CHARACTERS:
        return False
    # the line under a setext heading or a table's first row, and a rule across the page
    return bool(UNDERLINE.match(line) or RULE.match(line) or ("|" in line and TABLE_RULE.match(line)))


def _add_line(draft: Draft, line: str, after: str, place: Place, *, gap: bool, code: bool) -> None:
    start, end, kind, level = 0, len(line), "paragraph", None
    heading, bullet, quote = HASHES.match(line), BULLET.match(line), QUOTE.match(line)
    if code:
        gap = True
    elif heading:
        ending = HASHES_AFTER.search(line) if len(line) <= MAX_SIGN_CHARACTERS else None
        start, end = heading.end(), ending.start() if ending else end
        kind, level = "heading", len(heading.group(1))
    elif line.strip() and UNDERLINE.match(after[:MAX_SIGN_CHARACTERS]) and not bullet:
        kind, level = "heading", 1 if after.strip().startswith("=") else 2
    elif bullet:
        kind, start = "list-item", bullet.end()
    elif quote:
        start = quote.end()
    if not code:
        draft.omitted += _inline(line, start, end, draft.length)
    draft.row(line, place, kind=kind, level=level, gap=gap, inside=(start, end))


def _inline(line: str, start: int, end: int, shift: int) -> Iterator[tuple[int, int]]:
    for found in INLINE.finditer(line, start, end):
        # of an escape the backslash is the sign
        end = found.start() + 1 if found.group().startswith("\\") else found.end()
        yield shift + found.start(), shift + end


def _add_spaced(draft: Draft, line: str, number: int, table: int, row: int, cells: Cells) -> None:
    """Add a line whose cells a tab or wide blanks hold apart."""
    place = Place(line=number, table=table, row=row)
    spans = [(start, end, replace(place, column=column)) for column, (start, end) in enumerate(cells, start=1)]
    draft.cells(line, spans, place)


def _add_row(draft: Draft, line: str, place: Place) -> None:
    """Add a table's line; each of its cells is a block."""
    ends = [found.start() for found in CELL_END.finditer(line)]
    first = 1 if line.lstrip().startswith("|") else 0
    bounds = [-1, *ends] if not first else ends
    if not line.rstrip().endswith("|"):
        bounds.append(len(line))
    draft.omitted += _inline(line, 0, len(line), draft.length)
    cells = [
        (left + 1, right, replace(place, column=column))
        for column, (left, right) in enumerate(pairwise(bounds), start=1)
    ]
    draft.cells(line, cells, place)
