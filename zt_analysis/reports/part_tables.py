"""The parts of a circular as tables of the page: each number tagged, linked to its figure where it has one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from zt_analysis.reports.cards import Figures
from zt_analysis.reports.findings import badge
from zt_analysis.terms import vocabulary

LONG = 9


def part_tables(ledger: Mapping[str, Any], figures: Figures) -> list[dict[str, Any]]:
    """Each part of the ledger: title, note, headings, and rows of cells, each with how it is set."""
    return [_table(part, figures) for part in ledger.get("parts", ())]


def _table(part: Mapping[str, Any], figures: Figures) -> dict[str, Any]:
    words = figures.words
    counts = {name: words.count(value) for name, value in part["values"].items()}
    note = f"part_{part['key']}_note"
    kinds = [_kind(part["rows"][-1][place]) if part["rows"] else "" for place in range(len(part["columns"]))]
    return {
        "key": part["key"],
        "title": words(f"part_{part['key']}"),
        "note": words("page_partial_note", counties=words.counties(part["missing"], figures.english))
        if part.get("missing")
        else words(note, **counts)
        if note in vocabulary()
        else "",
        "columns": [(words.plain(name), kind) for name, kind in zip(part["columns"], kinds, strict=True)],
        "rows": [[(_cell(cell, figures), _kind(cell)) for cell in row] for row in part["rows"]],
    }


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
