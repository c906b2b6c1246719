"""Where the tables of a document begin and end, and what stands around each: its caption, units and notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from zt_analysis.documents.document import Block, Document
from zt_analysis.documents.tables import MARKS, NUMERIC, Spot, Table

UNIT_LINE = re.compile(r"(?:计量)?单位\s*[:：]\s*([^\s，。）)]+(?:[、，/\s][^\s，。）)\d]{1,3})*)")
TABLE_NUMBER = re.compile(r"附?表|Table\b")
NOTE = re.compile(r"\s*[（(]?(?:注|备注|说明)\s*[:：]\s*(.*?)[）)]?\s*")
LONGEST_CAPTION = 60
# 截至11月8日, 2018年春季学期: a line that says only when
ONLY_WHEN = re.compile(
    r"(?:截[至止]到?)?(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日)?|[春秋]季学期|[上下]半年|第?[一二三四]季度)?"
)
ABOVE = 3
# **合计** in Markdown
BOLD = re.compile(r"^(\*{1,3}|_{2,3})([^*_]+)\1")
# — 2 —, 第2页 共3页
PAGE = re.compile(r"\s*(?:[-—–－]*\s*\d{1,4}\s*[-—–－]*|第\s*\d{1,4}\s*页.{0,10})?\s*")
# 续表, 表1（续）, 接上表: the table before goes on
GOES_ON = re.compile(
    r"^\s*[（(]?(?:续\s*(?:附?表|上表|前表)?|接\s*(?:上|前)[表页])[\d一二三四五六七八九十]*[）)]?|[（(]续表?[\d一二三]*[）)]"
)
OF_A_MARK = re.compile(r"\s*[①-⑳*＊†‡※¹²³⁴-⁹]")
LIST = re.compile(r"\s*(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳])")
MOST_NOTES = 8
# a title in the table itself stands in its first rows
LAST_TITLE = 2


def tables_of(document: Document) -> list[Table]:
    """The tables of ``document``, in its order."""
    spans: dict[int, dict[Spot, Spot]] = {}
    merged: dict[int, dict[Spot, tuple[int, int]]] = {}
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for position, block in enumerate(document.blocks):
        place = block.place
        if block.kind == "table-cell" and place.table and place.row and place.column:
            known = spans.setdefault(place.table, {})
            begins, ends = known.get((place.row, place.column), (block.start, block.end))
            known[place.row, place.column] = (min(begins, block.start), max(ends, block.end))
            if place.spans != (1, 1):
                merged.setdefault(place.table, {})[place.row, place.column] = place.spans
            first.setdefault(place.table, position)
            last[place.table] = position
    words = {number: _words(document, cells) for number, cells in spans.items()}
    inside = {number: document.blocks[place].place.inside for number, place in first.items()}
    found = [_table(document, one, cells, first[one], last[one]) for one, cells in spans.items()]
    found = [replace(one, merged=merged[one.number]) if one.number in merged else one for one in found]
    if any(inside.values()):
        found = [_of_cell(one, inside, words, document, first) for one in found]
    return [half for one in _joined(found, document, first, last) for half in side_by_side(one)]


def side_by_side(table: Table) -> list[Table]:
    """A table whose heading begins again further right (县区, 人数, 县区, 人数) as the several that it is.

    Each keeps the number and the columns of the whole; what is counted over all rows is counted over all of them.
    """
    top = next(iter(table.header_rows), 0)
    heads = [at for row, at in sorted(table.words) if row == top]
    first = table.words.get((top, heads[0]), "") if heads else ""
    begins = [at for at in heads if table.words[top, at] == first]
    if table.pages or len(begins) < 2:
        return [table]
    halves: list[Table] = []
    for begin, end in zip(begins, (*begins[1:], 1 + max(at for _, at in table.words)), strict=True):
        own = {spot: word for spot, word in table.words.items() if begin <= spot[1] < end}
        if not any(NUMERIC.fullmatch(word) for word in own.values()):
            return [table]
        spans = {spot: span for spot, span in table.spans.items() if begin <= spot[1] < end}
        halves.append(replace(table, spans=spans, words=own, pages=halves))
    return halves


def _of_cell(
    table: Table,
    inside: Mapping[int, tuple[int, int, int] | None],
    words: Mapping[int, Mapping[Spot, str]],
    document: Document,
    first: Mapping[int, int],
) -> Table:
    """A table that stands in a cell of another: what stands with that cell in its row and above it is said of it."""
    said: list[str] = []
    held = {one for one in inside.values() if one}
    outermost, at = table.number, inside[table.number]
    while at:
        outermost, row, column = at
        beside = sorted(words.get(outermost, {}).items())
        said += [
            word
            for (one, other), word in beside
            if (one == row or (other <= column and one < row)) and not NUMERIC.fullmatch(word)
            if (one, other) == (row, column) or (outermost, one, other) not in held
        ]
        at = inside.get(outermost)
    if not said:
        return table
    begins = min(first[table.number], first.get(outermost, first[table.number]))
    caption = _above(document, begins, [])[0]
    return replace(table, caption="，".join([*dict.fromkeys(said), *([caption] if caption else [])]))


def _joined(tables: list[Table], document: Document, first: Mapping[int, int], last: Mapping[int, int]) -> list[Table]:
    """The tables, each piece of one that goes on with the caption, the units and the notes of the whole."""
    groups: list[list[Table]] = []
    for one in tables:
        before = groups[-1][-1] if groups else None
        between = document.blocks[last[before.number] + 1 : first[one.number]] if before else ()
        if before and _goes_on(before, one, [_line(document, block) for block in between]):
            groups[-1].append(one)
        else:
            groups.append([one])
    found: list[Table] = []
    for pieces in groups:
        if len(pieces) == 1:
            found += pieces
            continue
        note = "。".join(dict.fromkeys(one.note for one in pieces if one.note))
        pages: list[Table] = []
        for one in pieces:
            pages.append(
                replace(one, caption=pieces[0].caption, units=one.units or pieces[0].units, note=note, pages=pages)
            )
        found += pages
    return found


def _goes_on(before: Table, table: Table, between: list[str]) -> bool:
    """Whether a table goes on: it says so, or nothing but page numbers parts it from one of the same heading."""
    columns = [{column for _, column in one.words} for one in (before, table)]
    said = any(GOES_ON.search(line) for line in (table.caption, *between))
    lines = [line for line in between if not UNIT_LINE.search(line)]
    if max(columns[0], default=0) != max(columns[1], default=0):
        return False
    heads = [[one.words[spot] for spot in sorted(one.words) if spot[0] < one.first_row] for one in (before, table)]
    alone = all(PAGE.fullmatch(line) or GOES_ON.search(line) for line in lines)
    alike = heads[0] == heads[1] or not heads[1]
    return alone and alike and before.first_row > 0 and (said or bool(heads[0]))


def _notes(document: Document, last: int, words: Mapping[Spot, str]) -> str:
    """The words of the lines under a table that are its notes: labelled, numbered after such a line, or by a mark."""
    said: list[str] = []
    marks = {mark for word in words.values() if (found := MARKS.search(word)) for mark in found[0]}
    for block in document.blocks[last + 1 : last + 1 + MOST_NOTES]:
        line = _line(document, block)
        note = NOTE.fullmatch(line)
        marked = OF_A_MARK.match(line)
        if note and not said:
            said.append(note[1])
        elif (said and LIST.match(line)) or (marked and marked[0].strip() in marks):
            said.append(line)
        else:
            break
    return "。".join(one.rstrip("。；;") for one in said)


def _table(document: Document, number: int, spans: Mapping[Spot, Spot], first: int, last: int) -> Table:
    words = _words(document, spans)
    rows = sorted({row for row, _ in words if row <= LAST_TITLE})
    titles = [next(word for (at, _), word in words.items() if at == row) for row in rows if _alone(words, row)]
    caption, units = _above(document, first, titles)
    below = document.blocks[last + 1 : last + 3]
    after = _line(document, below[0]) if below else ""
    # of a chart below it is the caption another's: only one that says so is the table's
    if (
        not caption
        and below
        and below[0].kind == "caption"
        and TABLE_NUMBER.match(after)
        and [one.kind for one in below[1:]] != ["table-cell"]
    ):
        caption = after  # it may stand below, where no other table follows
    return Table(number, spans, words, caption, tuple(units), _notes(document, last, words))


def _words(document: Document, spans: Mapping[Spot, Spot]) -> dict[Spot, str]:
    words = {spot: re.sub(r"\s+", "", document.text[start:end]) for spot, (start, end) in spans.items()}
    return {spot: BOLD.sub(r"\2", word) for spot, word in words.items() if word}


def _above(document: Document, first: int, titles: list[str]) -> tuple[str, list[str]]:
    """The caption of a table and the units that it gives: its first rows of one cell, and the lines above it."""
    lines = [_line(document, one) for one in reversed(document.blocks[max(0, first - ABOVE) : first]) if _is_above(one)]
    units: list[str] = []
    caption = ""
    for line in (*reversed(titles[:2]), *lines):
        found = UNIT_LINE.search(line)
        if found and not units:
            units = [one for one in re.split(r"[、，,/\s]+", found[1]) if one]
        rest = UNIT_LINE.sub("", line).strip(" 　（）()；;，,")
        if rest and len(rest) + len(caption) <= LONGEST_CAPTION and not rest.endswith(("。", "：", ":", "；")):
            caption = f"{rest}（{caption}）" if caption else rest
            if ONLY_WHEN.fullmatch(rest):  # the line above says of what
                continue
            break
        if rest:
            break
    return caption, units


def _alone(words: Mapping[Spot, str], row: int) -> bool:
    """Whether a row holds one cell of words over rows of several: a title in the table itself."""
    here = [word for (at, _), word in words.items() if at == row]
    return len(here) == 1 and not NUMERIC.fullmatch(here[0]) and len({column for _, column in words}) > 1


def _is_above(block: Block) -> bool:
    return block.kind != "table-cell"


def _line(document: Document, block: Block) -> str:
    return document.text[block.start : block.end].strip()
