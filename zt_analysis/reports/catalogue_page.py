"""The catalogue as one page: of what there is, or of how it is made where nobody has made it yet."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from zt_analysis.reports.page import filled, script_hash
from zt_analysis.reports.words import Words


def render_catalogue(record: Mapping[str, Any] | None, language: str = "zh") -> str:
    """The page of what ``catalogue.page_record`` gives; without one, a page that says how it is made."""
    folder = files("zt_analysis.reports") / "templates"
    script, style = ((folder / f"catalogue.{kind}").read_text(encoding="utf-8").strip() for kind in ("js", "css"))
    return filled(
        "catalogue.html.j2", Words(language), found=record, case={}, status="catalogue_title",
        script=Markup(script), script_hash=script_hash(script), further_style=Markup(style),
    )  # fmt: skip
