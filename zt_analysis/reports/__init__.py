"""The report a reviewer opens, and its charts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["render", "render_failure"]


def render(notebook: Mapping[str, Any]) -> str:
    """The report of an executed notebook; see ``page.render``."""
    # imported when used: a kernel that only draws charts needs neither templates nor fontTools
    from zt_analysis.reports import page

    return page.render(notebook)


def render_failure(case: str, error: Mapping[str, str], notebook: Mapping[str, Any]) -> str:
    """The page of a run that did not complete; see ``page.render_failure``."""
    from zt_analysis.reports import page

    return page.render_failure(case, error, notebook)
