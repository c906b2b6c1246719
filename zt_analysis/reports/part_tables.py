"""The parts of a circular as tables of the page: each number tagged, linked to its figure where it has one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from zt_analysis.reports.cards import Figures
from zt_analysis.reports.findings import SIGNS, badge
from zt_analysis.terms import vocabulary

LONG = 9
HEADLINE = "headline"
ASKING = ("bad", "open")
# a table of a few rows is read at once; folding it would save nothing
FEW = 3


def part_tables(ledger: Mapping[str, Any], figures: Figures) -> list[dict[str, Any]]:
    """Each part of the ledger: title, note, headings, and rows of cells, each with how it is set."""
    return [_table(part, figures) for part in ledger.get("parts", ())]


def _table(part: Mapping[str, Any], figures: Figures) -> dict[str, Any]:
    words = figures.words
    counts = {name: words.count(value) for name, value in part["values"].items()}
    note = f"part_{part['key']}_note"
    order = _order(part)
    rows = [[(_cell(row[place], figures), _kind(row[place])) for place in order] for row in part["rows"]]
    asks = [any(mark in ASKING for mark in row) for row in _marks(part)]
    shown, rest = _folded(part, asks)
    kinds = [_kind(part["rows"][-1][place]) if part["rows"] else "" for place in order]
    return {
        "key": part["key"],
        "title": words(f"part_{part['key']}"),
        "note": words("page_partial_note", counties=words.counties(part["missing"], figures.english))
        if part.get("missing")
        else words(note, **counts)
        if note in vocabulary()
        else "",
        "columns": [(words.plain(part["columns"][place]), kind) for place, kind in zip(order, kinds, strict=True)],
        "rows": rows,
        "asking": [row for row, asked in zip(rows, asks, strict=True) if asked],
        "shown": [rows[place] for place in shown],
        "rest": [rows[place] for place in rest],
    }


def _order(part: Mapping[str, Any]) -> list[int]:
    """The columns as the page shows them: what a row is found to be stands beside its name, seen on a phone too."""
    marks = {place for row in part["rows"] for place, cell in enumerate(row) if "word" in cell}
    return sorted(range(len(part["columns"])), key=lambda place: (place > 0, place not in marks, place))


def _marks(part: Mapping[str, Any]) -> list[list[str]]:
    """Of each row, how its marks are set: good, known, open or bad."""
    return [[SIGNS.get(cell["word"], ("", ""))[1] for cell in row if "word" in cell] for row in part["rows"]]


def _folded(part: Mapping[str, Any], asks: list[bool]) -> tuple[list[int], list[int]]:
    """The rows to show and those to fold: what asks nothing of a reader is folded, beside what does.

    A row asks by a mark that is bad or open. A row without any mark, such as the whole, stays with those that ask. What
    the page has for its first table is no annex.
    """
    every = list(range(len(asks)))
    if part["key"] == HEADLINE or (part.get("to_do") and not any(asks)):
        return every, []
    if not any(asks):
        return [], every
    rest = [place for place, marks in enumerate(_marks(part)) if marks and not asks[place]]
    return (every, []) if len(rest) <= FEW else ([place for place in every if place not in set(rest)], rest)


def _kind(cell: Mapping[str, Any]) -> str:
    """How a cell is set: a number, a long text that may wrap, a short text that may not, or anything else."""
    if "display" in cell:
        return "num"
    if "text" not in cell:
        return ""
    return "text" if len(cell["text"]["zh"]) > LONG else "whole"


def _cell(cell: Mapping[str, Any], figures: Figures) -> Markup:
    words = figures.words
    if "word" in cell:
        return badge(cell["word"], words.language)
    if "day" in cell:
        return words.when(cell["day"])
    if "code" in cell:
        return Markup("<code>{}</code>").format(cell["code"])
    if "text" in cell:
        return escape(words.plain(cell["text"]))
    shown = words.plain(cell["display"])
    if cell["figure"] not in figures.records:
        return Markup('<data value="{}">{}</data>').format(cell["exact"] or "", shown)
    return figures.part(cell["figure"], cell["exact"] or "", shown)
