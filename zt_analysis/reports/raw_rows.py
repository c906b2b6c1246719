"""Rows of a package as a page shows them: columns by their titles and units, codes in words, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zt_analysis.reports.words import Words
from zt_analysis.terms import label, vocabulary
from zt_analysis.units import UNITS

Rows = Mapping[str, Any]


def worded(rows: Rows, words: Words, *, without: Sequence[str] = ()) -> dict[str, Any]:
    """``rows`` with what the package and the vocabulary say of their columns and codes.

    Args:
        without: values that only say what the page is about: a column that holds nothing else is left out.
    """
    columns, said = rows.get("columns", ()), rows.get("said", {})
    kept = [
        place for place, _ in enumerate(columns)
        if not without or not rows["rows"] or any(str(row[place]) not in without for row in rows["rows"])
    ]  # fmt: skip
    return {
        "columns": [heading(columns[place], said.get(columns[place], {}), words) for place in kept],
        "numbers": [isinstance(_first(rows["rows"], place), (int, float)) for place in kept],
        "rows": [[_value(row[place], said.get(columns[place], {}), words) for place in kept] for row in rows["rows"]],
    }


def heading(name: str, said: Mapping[str, Any], words: Words) -> str:
    """A column's title in a Chinese page, where the package gives one; else the vocabulary's word, else its name."""
    known = name in vocabulary()
    title = said.get("title") if words.language == "zh" else None
    text = str(title or (label(name, words.language) if known else name))
    unit = raw_unit(str(said.get("unit", "")), words)
    return words("page_in_unit", name=text, unit=unit).unescape() if unit else text


def raw_unit(unit: str, words: Words) -> str:
    """What a number is counted in as the table holds it: fen, and not the yuan that a figure is displayed in."""
    if f"raw_{unit}" in vocabulary():
        return label(f"raw_{unit}", words.language)
    known = UNITS.get(unit)
    if known is None:
        return label(unit, words.language) if unit in vocabulary() else ""
    return words.plain({"zh": known.zh, "en": known.en.strip()}) if known.per_display == 1 else ""


def _value(cell: Any, said: Mapping[str, Any], words: Words) -> Any:
    if isinstance(cell, bool):
        return words("page_yes" if cell else "page_no")
    coded = said.get("coded") and isinstance(cell, str) and cell in vocabulary()
    return label(cell, words.language) if coded else cell


def _first(rows: Sequence[Sequence[Any]], place: int) -> Any:
    found = next((row[place] for row in rows if row[place] is not None), None)
    return None if isinstance(found, bool) else found
