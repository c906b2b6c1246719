"""The views that shares of parts are: of one part in its whole, and of several together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, find

UNITS = ("persons", "cases", "fen")


def share_of(wanted: Wanted) -> Wanted | None:
    """The share of one part in the whole of what it is counted in; None of the whole, a rate, or parts of parts."""
    return share_in_whole(wanted) if len(wanted.scope) == 1 and find(wanted.indicator).unit in UNITS else None


def share_in_whole(wanted: Wanted) -> Wanted | None:
    """The share of a figure's part in all of it; None where it has none."""
    share = share_name(wanted.indicator)
    return replace(wanted, indicator=share) if share else None


def share_over(wanted: Wanted, dimension: str, values: Collection[str]) -> Wanted | None:
    """The share of several parts together; None of a rate, which does not add up."""
    codes = "+".join(sorted(values))
    try:
        total = find(f'total({wanted.indicator}, {dimension}="{codes}")').id
        return replace(wanted, indicator=find(f"share({total},{wanted.indicator})").id, scope=())
    except InputError:
        return None


def share_name(indicator: str) -> str:
    """The view that an indicator's shares are; empty where it has none."""
    try:
        return find(f"share({indicator})").id
    except InputError:
        return ""
