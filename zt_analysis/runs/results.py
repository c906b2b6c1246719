"""The figures of a run as files: CSV that a spreadsheet opens, JSON that a program reads."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

COLUMNS = [
    *("key", "indicator", "label_zh", "label_en", "at", "scope", "unit", "exact", "display"),
    *("claim", "printed", "verdict", "difference"),
]


def write_figures(ledger: Mapping[str, Any], folder: Path) -> None:
    """Write ``figures.csv`` (UTF-8 with BOM, one row a figure) and ``figures.json`` (the whole ledger)."""
    with (folder / "figures.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: inert(text) for name, text in row.items()} for row in figure_rows(ledger))
    text = json.dumps(ledger, ensure_ascii=False, indent=1, sort_keys=False)
    (folder / "figures.json").write_text(text + "\n", encoding="utf-8")


def figure_rows(ledger: Mapping[str, Any]) -> list[dict[str, str]]:
    """One row a figure, with the claim it was compared with, if any."""
    language = ledger["case"]["language"]
    verdicts = {verdict["figure"]: verdict for verdict in ledger["verdicts"] if verdict["figure"]}
    return [_row(figure, verdicts.get(figure["key"], {}), language) for figure in ledger["figures"]]


def inert(text: str) -> str:
    """``text`` as a spreadsheet cell that cannot become a formula.

    >>> inert("=cmd"), inert("-0.32个百分点"), inert("-12")
    ("'=cmd", "'-0.32个百分点", '-12')
    """
    risky = text[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{text}" if risky and not _is_number(text) else text


def _row(figure: Mapping[str, Any], verdict: Mapping[str, Any], language: str) -> dict[str, str]:
    return {
        "key": figure["key"],
        "indicator": figure["indicator"],
        "label_zh": figure["label"]["zh"],
        "label_en": figure["label"]["en"],
        "at": figure["at"],
        "scope": " ".join(f"{name}={value}" for name, value in figure["scope"].items()),
        "unit": figure["unit"],
        "exact": figure["exact"] or "",
        "display": figure["display"][language],
        "claim": verdict.get("claim", ""),
        "printed": verdict.get("surface", ""),
        "verdict": verdict.get("verdict", ""),
        "difference": verdict.get("difference") or "",
    }


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
