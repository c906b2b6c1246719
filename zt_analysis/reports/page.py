"""The report: one self-contained page from an executed notebook."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from zt_analysis import ledger
from zt_analysis.ledger import CHART_MIME
from zt_analysis.reports.escaping import inline_svg, slug, visible
from zt_analysis.reports.fonts import embedded_font
from zt_analysis.terms import label

FONT_PLACE = "%%FONT%%"
LANG = {"zh": "zh-CN", "en": "en"}
# which charts stand in which section, in the order of the bulletin
SECTIONS = {"returns": ("rates", "weekly"), "home_teaching": ("outcomes",), "aid": ("aid", "money")}
NOT_HOLDING = ("fails", "stale", "explained", "unexplained")
SIGNS = {
    "agree": "✓", "agree_rounded": "✓", "within_bound": "✓", "holds": "✓", "explained": "◆", "informative": "◆",
    "unexplained": "▲", "differs": "✗", "fails": "✗", "stale": "✗", "no_source": "✗", "not_derivable": "✗",
}  # fmt: skip


def render(notebook: Mapping[str, Any]) -> str:
    """The report of an executed notebook: one HTML page without any reference outside itself.

    Raises:
        NotebookError: the notebook carries no ledger.
    """
    found = ledger.from_notebook(notebook)
    language = found["case"]["language"]
    context = {
        "ledger": found,
        "case": found["case"],
        "figures": {figure["key"]: figure for figure in found["figures"]},
        "failures": ledger.failures(found, language),
        "relations": sorted(found["relations"], key=lambda one: one["status"] not in NOT_HOLDING),
        "charts": _charts(notebook),
        "sections": SECTIONS,
        "code": [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"],
        "change_of": _changes(found),
    }
    return _page("report.html.j2", context, language)


def render_failure(case: str, error: Mapping[str, str], notebook: Mapping[str, Any], *, language: str = "zh") -> str:
    """The page of a run that did not complete: what failed, where, and what still holds."""
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    failed = next((number for number, cell in enumerate(cells, 1) if _failed(cell)), None)
    executed = sum(cell.get("execution_count") is not None for cell in cells)
    context = {
        "case": case,
        "error": error,
        "cell": failed,
        "source": cells[failed - 1]["source"] if failed else "",
        "executed": executed,
        "cells": len(cells),
    }
    return _page("failure.html.j2", context, language)


def _page(template: str, context: Mapping[str, Any], language: str) -> str:
    environment = Environment(
        loader=PackageLoader("zt_analysis.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = {"w": lambda key: label(key, language), "sign": lambda word: SIGNS[word], "slug": slug}
    templates = files("zt_analysis.reports") / "templates"
    parts = {
        name: Markup((templates / file).read_text(encoding="utf-8"))
        for name, file in (("style", "report.css"), ("script", "report.js"))
    }
    page = environment.get_template(template).render(
        **context, **words, **parts, language=language, lang=LANG[language], font_place=FONT_PLACE
    )
    return page.replace(FONT_PLACE, embedded_font(page))


def _charts(notebook: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The charts of the notebook by key, numbered in its order."""
    found: dict[str, dict[str, Any]] = {}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if CHART_MIME in data:
                chart = dict(data[CHART_MIME])
                drawn = "".join(data["image/svg+xml"])
                found[chart["key"]] = chart | {"svg": inline_svg(drawn, chart["key"], chart["alt"])}
    return found


def _changes(found: Mapping[str, Any]) -> dict[str, str]:
    """For each rate at the as-of date, the key of its change since the base date."""
    keys = {figure["key"] for figure in found["figures"]}
    pairs = ((key, key.replace("out_of_school_rate", "out_of_school_rate_change", 1)) for key in keys)
    return {key: change for key, change in pairs if change != key and change in keys}


def _failed(cell: Mapping[str, Any]) -> bool:
    return any(output["output_type"] == "error" for output in cell.get("outputs", []))
