"""One thing in a table for a person to judge, and how places and numbers are said."""

from __future__ import annotations

from dataclasses import dataclass

from zt_analysis.profiling.panels import Panel

EXCHANGED = "each is usual for the other: exchanged?"


@dataclass(frozen=True)
class Oddity:
    """One thing to judge: ``found`` at ``place`` in ``column``, where ``expected``, because of ``reason``."""

    table: str
    column: str
    place: str
    found: str
    expected: str
    reason: str


def number(value: float) -> str:
    """A number as a person reads it."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def spans(panel: Panel, places: tuple[int, ...]) -> str:
    """2000 to 2005, 2007"""
    runs: list[list[int]] = []
    for at in places:
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return ", ".join(" to ".join(dict.fromkeys((panel.times[run[0]], panel.times[run[-1]]))) for run in runs)
