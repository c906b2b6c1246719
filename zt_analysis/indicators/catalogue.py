"""Indicators by name: those of the active office."""

from __future__ import annotations

from zt_analysis.errors import InputError
from zt_analysis.indicators.definition import Indicator
from zt_analysis.office import current


def indicators() -> dict[str, Indicator]:
    """All indicators of the office, by name."""
    return current().indicators


def find(name: str) -> Indicator:
    """The indicator ``name``; InputError with the known names when there is none."""
    known = indicators()
    if name not in known:
        raise InputError(
            f"indicator {name!r}",
            found="no such indicator",
            expected=", ".join(known) or "an office with indicators; this folder has none",
            hint="see docs/glossary.md",
        )
    return known[name]
