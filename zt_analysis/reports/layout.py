"""What each kind of paper says, in which order: its sections with their sentences, charts and parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zt_analysis.reports.cards import Figures
from zt_analysis.reports.part_tables import part_tables
from zt_analysis.reports.prose import page_values, paragraph, sentence
from zt_analysis.reports.words import Words


@dataclass(frozen=True)
class Section:
    """A section: sentences it says where their figures exist, charts and parts it shows where there are any."""

    name: str
    sentences: tuple[str, ...]
    charts: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


# each paper follows the order of the text it belongs to
LAYOUTS: dict[str, tuple[Section, ...]] = {
    "bulletin": (
        Section(
            "returns",
            ("page_say_returned", "page_say_primary", "page_say_junior", "page_say_cases"),
            ("rates", "weekly"),
        ),
        Section("teaching", ("page_say_taught",), ("outcomes",)),
        Section("aid", ("page_say_allocated", "page_say_aid", "page_say_per_aided"), ("aid", "money")),
        Section("nutrition", ("page_say_nutrition", "page_say_days")),
        Section("inspections", ("page_say_inspected",)),
    ),
    "circular": (
        Section(
            "flows",
            ("page_say_week_flow", "page_say_week_ended"),
            ("weekly",),
            ("flows_by_stage", "flows_by_county_code"),
        ),
        Section(
            "rates",
            ("page_say_primary", "page_say_junior", "page_say_uncertain"),
            ("county_rates",),
            ("rates_junior", "rates_primary"),
        ),
        Section("units", ("page_say_units",), (), ("units",)),
        Section("rules", ("page_say_rules",), (), ("rules",)),
        Section("reports", ("page_say_reports",), (), ("reports",)),
        Section("deadlines", ("page_say_deadlines",), (), ("deadlines",)),
        Section("unusual", ("page_say_unusual",), (), ("unusual",)),
    ),
}
SUMMARIES: dict[str, tuple[str, ...]] = {
    "bulletin": ("page_say_checked", "page_say_relations", "page_say_outcomes", "page_say_rates", "page_say_funds"),
    "circular": (
        "page_say_week_flow", "page_say_week_ended", "page_say_rates", "page_say_reports", "page_say_week_checked",
        "page_say_relations",
    ),
}  # fmt: skip


def kind_of(ledger: Mapping[str, Any]) -> str:
    """The kind of paper a ledger is of; one that does not say is laid out as a bulletin."""
    return str(ledger["case"].get("kind", "bulletin"))


def sections(ledger: Mapping[str, Any], figures: Figures, drawn: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sections that have something to show; charts that belong to none come in a last one."""
    values = page_values(ledger, figures)
    layout = LAYOUTS[kind_of(ledger)]
    tables = {one["key"]: one for one in part_tables(ledger, figures)}
    placed = {key for section in layout for key in section.charts}
    found: list[dict[str, Any]] = [
        {
            "name": section.name,
            "text": paragraph(section.sentences, figures, values),
            "charts": [chart for key in section.charts for chart in drawn if chart["key"] == key],
            "parts": [tables[key] for key in section.parts if key in tables],
        }
        for section in layout
    ]
    rest = [one for one in drawn if one["key"] not in placed]
    found.append({"name": "other", "text": "", "charts": rest, "parts": []})
    shown = [one for one in found if one["text"] or one["charts"] or one["parts"]]
    for number, chart in enumerate((chart for one in shown for chart in one["charts"]), start=1):
        chart["number"] = number
    return shown


def said(ledger: Mapping[str, Any]) -> dict[str, str]:
    """Every sentence that the report of a ledger says, as plain text, by its term."""
    figures = Figures(ledger, Words(ledger["case"]["language"]))
    values = page_values(ledger, figures)
    kind = kind_of(ledger)
    keys = [*SUMMARIES[kind], *(key for section in LAYOUTS[kind] for key in section.sentences)]
    found = {key: sentence(key, figures, values) for key in dict.fromkeys(keys)}
    return {key: text.striptags() for key, text in found.items() if text is not None}
