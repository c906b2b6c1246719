"""The page of a paper: the sections that its office lays out, filled with what a ledger holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zt_analysis.office import current
from zt_analysis.reports.cards import Figures
from zt_analysis.reports.part_tables import part_tables
from zt_analysis.reports.section import Layout
from zt_analysis.reports.sentences import page_values, paragraph, sentence
from zt_analysis.reports.words import Words

NOTHING: Mapping[str, Any] = {"relations": (), "wrong": ()}


def layout_of(ledger: Mapping[str, Any]) -> Layout:
    """The layout of the kind of paper a ledger is of; a kind that the office lays out nothing for has none."""
    kind = str(ledger["case"].get("kind", ""))
    return current().layouts.get(kind, Layout(kind))


def sections(
    ledger: Mapping[str, Any], figures: Figures, drawn: list[dict[str, Any]], found_of: Mapping[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    """The sections that have something to show; charts that belong to none come in a last one.

    Charts are numbered as the page shows them: those that the text shows come first.

    Args:
        found_of: the findings of each section (``themes``).
    """
    values = page_values(ledger, figures)
    layout = layout_of(ledger).sections
    tables = {one["key"]: one for one in part_tables(ledger, figures)}
    placed = {key for section in layout for key in section.charts}
    found: list[dict[str, Any]] = [
        {
            "name": section.name,
            "text": paragraph(section.sentences, figures, values),
            "charts": [chart for key in section.charts for chart in drawn if chart["key"] == key],
            "parts": [tables[key] for key in section.parts if key in tables],
            "found": found_of.get(section.name, NOTHING),
        }
        for section in layout
    ]
    rest = [one for one in drawn if one["key"] not in placed]
    found.append({"name": "other", "text": "", "charts": rest, "parts": [], "found": NOTHING})
    shown = [one for one in found if one["text"] or one["charts"] or one["parts"] or any(one["found"].values())]
    placed_charts = [chart for one in shown for chart in one["charts"]]
    for number, chart in enumerate(sorted(placed_charts, key=lambda one: not one["in_text"]), start=1):
        chart["number"] = number
    return shown


def said(ledger: Mapping[str, Any]) -> dict[str, str]:
    """Every sentence that the report of a ledger says, as plain text, by its term."""
    figures = Figures(ledger, Words(ledger["case"]["language"]))
    values = page_values(ledger, figures)
    layout = layout_of(ledger)
    keys = [*layout.summary, *(key for section in layout.sections for key in section.sentences)]
    found = {key: sentence(key, figures, values) for key in dict.fromkeys(keys)}
    return {key: text.striptags() for key, text in found.items() if text is not None}
