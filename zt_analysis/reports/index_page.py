"""The index of all cases: the latest on top, failures included, built from run records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zt_analysis.reports.page import filled
from zt_analysis.reports.words import Words


@dataclass(frozen=True)
class Entry:
    """One case as the index shows it.

    Attributes:
        status: of its last complete run (agrees, differs, inputs_changed), or ``not_run``.
        failed: message of a later run that did not complete, if there is one.
        verdicts: counts of verdicts by word.
        missing: counties that it was published without.
        links: what can be opened: name and path relative to the index.
    """

    case: str
    as_of: str
    status: str
    failed: str = ""
    synthetic: bool = False
    verdicts: Mapping[str, int] = field(default_factory=dict)
    missing: Sequence[str] = ()
    links: Sequence[tuple[str, str]] = ()


def render_index(entries: Sequence[Entry], *, language: str = "zh") -> str:
    """The index page; ``entries`` newest first."""
    return filled("index.html.j2", Words(language), entries=list(entries), case={}, status="page_index_title")
