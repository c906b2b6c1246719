"""One page a part of the whole, such as a county: what of a case's report is about it, and what it has to settle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from zt_analysis.reports.cards import Figures
from zt_analysis.reports.escaping import visible_everywhere
from zt_analysis.reports.layout import layout_of
from zt_analysis.reports.page import filled
from zt_analysis.reports.part_tables import part_tables
from zt_analysis.reports.raw_rows import worded
from zt_analysis.reports.words import Words
from zt_analysis.terms import label, vocabulary

Record = Mapping[str, Any]
REPORT = "../report.html"


@dataclass(frozen=True)
class Broken:
    """A rule that rows of a part break: how many, and the first of them as the case may show them.

    Attributes:
        asks: whether somebody has to settle it; what only informs is listed and no task.
    """

    rule: str
    title: Mapping[str, str]
    count: int
    rows: Mapping[str, Any]
    asks: bool = True


@dataclass(frozen=True)
class OfPart:
    """A part by its code and names, and the rules that it breaks."""

    code: str
    name: Mapping[str, str]
    broken: Sequence[Broken] = ()


def render_parts(ledger: Record, parts: Sequence[OfPart], names: Sequence[Mapping[str, str]]) -> str:
    """The pages of ``parts`` in one file, each on a sheet of its own when it is printed.

    Args:
        ledger: what the case published; names: those of every part, to tell one from the whole.
    """
    shown = visible_everywhere(dict(ledger))
    words = Words(shown["case"]["language"])
    figures = Figures(shown, words, REPORT)
    return filled(
        "part.html.j2", words, case=shown["case"], package=shown["package"], status="page_internal", ties=True,
        parts=[_laid(one, names, shown, figures) for one in parts],
    )  # fmt: skip


def _laid(one: OfPart, names: Sequence[Mapping[str, str]], ledger: Record, figures: Figures) -> dict[str, Any]:
    """The page of a part: what it has to settle, its tables, what breaks which rule."""
    words = figures.words
    tables = list(_about(one.name, names, ledger, figures))
    broken: list[dict[str, Any]] = [
        {
            "of": each,
            "title": words.plain(each.title),
            "rows": worded(each.rows, words, without=(one.code,)),
            "duty": duty_of(f"rule_{each.rule}", words),
        }
        for each in sorted(one.broken, key=lambda each: not each.asks)
    ]
    return {
        "of": one,
        "name": words.plain(one.name),
        "tables": tables,
        "broken": broken,
        "asked": [table for table in tables if table["asked"]],
        "tasks": [each for each in broken if each["of"].asks],
    }


def said_of(thing: str, what: str, words: Words) -> str:
    """What the office's words say of a rule or table (``part_rules_short``: what it is called); empty where nothing."""
    key = f"{thing}_{what}"
    return label(key, words.language) if key in vocabulary() else ""


def duty_of(thing: str, words: Words) -> str:
    """Who is responsible for a rule or table; that nobody is named, where the office's words name nobody."""
    return said_of(thing, "duty", words) or label("part_page_no_duty", words.language)


def _about(name: Mapping[str, str], names: Sequence[Mapping[str, str]], ledger: Record, figures: Figures) -> Any:
    """The rows of each table of the case that are about a part, beside those of the whole.

    What has to be settled comes first, then the tables in the order of the case's own page.
    """
    every = {one["zh"] for one in names}
    order = [key for section in layout_of(ledger).sections for key in section.parts]
    for part, table in sorted(
        zip(ledger.get("parts", ()), part_tables(ledger, figures), strict=True),
        key=lambda one: (not one[0].get("to_do"), order.index(one[0]["key"]) if one[0]["key"] in order else -1),
    ):
        of_part = [
            laid for row, laid in zip(part["rows"], table["rows"], strict=True) if _named(row) == name["zh"]
        ]  # fmt: skip
        about = [
            laid for row, laid in zip(part["rows"], table["rows"], strict=True)
            if _named(row) == name["zh"] or (row and _text(row[0]) not in every and _is_of(part, every))
        ]  # fmt: skip
        if of_part:
            asked = sum(laid in table["asking"] for laid in of_part)
            said = {what: said_of(f"part_{part['key']}", what, figures.words) for what in ("short", "settle")}
            said["duty"] = duty_of(f"part_{part['key']}", figures.words)
            yield table | said | {"rows": about, "note": Markup(""), "asked": asked}


def _is_of(part: Record, every: set[str]) -> bool:
    """Whether the rows of a table are parts, each named in its first column."""
    return any(_text(row[0]) in every for row in part["rows"] if row)


def _named(row: Sequence[Record]) -> str:
    """The part that a row is about: named in its first cell, or in its second behind a day or case."""
    return next((text for cell in row[:2] if (text := _text(cell))), "")


def _text(cell: Record) -> str:
    return str(cell["text"]["zh"]) if "text" in cell else ""
