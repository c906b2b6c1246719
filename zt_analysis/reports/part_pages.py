"""One page a part of the whole, such as a county: what of a case's report is about it, and what it has to settle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from zt_analysis.reports.cards import Figures
from zt_analysis.reports.escaping import visible_everywhere
from zt_analysis.reports.page import filled
from zt_analysis.reports.part_tables import part_tables
from zt_analysis.reports.words import Words
from zt_analysis.terms import label, vocabulary

Record = Mapping[str, Any]
REPORT = "../report.html"


@dataclass(frozen=True)
class Broken:
    """A rule that rows of a part break: how many, and the first of them as the case may show them."""

    rule: str
    title: Mapping[str, str]
    count: int
    rows: Mapping[str, Any]


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
        parts=[
            {
                "of": one,
                "name": words.plain(one.name),
                "tables": list(_about(one.name, names, shown, figures)),
                "broken": [
                    {"of": each, "title": words.plain(each.title), "rows": _worded(each.rows, one.code, words)}
                    for each in one.broken
                ],
            }
            for one in parts
        ],
    )  # fmt: skip


def _about(name: Mapping[str, str], names: Sequence[Mapping[str, str]], ledger: Record, figures: Figures) -> Any:
    """The rows of each table of the case that are about a part, beside those of the whole."""
    every = {one["zh"] for one in names}
    for part, table in sorted(
        zip(ledger.get("parts", ()), part_tables(ledger, figures), strict=True),
        key=lambda one: not one[0].get("to_do"),  # what has to be settled comes first
    ):
        about = [
            laid for row, laid in zip(part["rows"], table["rows"], strict=True)
            if _named(row) == name["zh"] or (row and _text(row[0]) not in every and _is_of(part, every))
        ]  # fmt: skip
        if any(_named(row) == name["zh"] for row in part["rows"]):
            yield table | {"rows": about, "note": Markup("")}


def _worded(rows: Mapping[str, Any], code: str, words: Words) -> dict[str, Any]:
    """Rows with columns and codes in words, without the column that only says which part it is."""
    known = vocabulary()

    def said(text: Any) -> Any:
        return label(text, words.language) if isinstance(text, str) and text in known else text

    kept = [
        place for place, _ in enumerate(rows.get("columns", ()))
        if not rows["rows"] or any(str(row[place]) != code for row in rows["rows"])
    ]  # fmt: skip
    return {
        "columns": [said(rows["columns"][place]) for place in kept],
        "rows": [[said(row[place]) for place in kept] for row in rows["rows"]],
    }


def _is_of(part: Record, every: set[str]) -> bool:
    """Whether the rows of a table are parts, each named in its first column."""
    return any(_text(row[0]) in every for row in part["rows"] if row)


def _named(row: Sequence[Record]) -> str:
    """The part that a row is about: named in its first cell, or in its second behind a day or case."""
    return next((text for cell in row[:2] if (text := _text(cell))), "")


def _text(cell: Record) -> str:
    return str(cell["text"]["zh"]) if "text" in cell else ""
