"""The index of all cases: the latest on top, failures included, built from run records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zt_analysis.decision import counts
from zt_analysis.reports.deciding import tagged
from zt_analysis.reports.page import filled
from zt_analysis.reports.places import CATALOGUE
from zt_analysis.reports.words import Words


@dataclass(frozen=True)
class Entry:
    """One case as the index shows it.

    Attributes:
        status: of its last complete run (agrees, differs, inputs_changed), or ``not_run``.
        decision: the word of its decision (``decision.decide``), and the counts that go with it; empty for none.
        failed: message of a later run that did not complete, if there is one.
        verdicts: counts of verdicts by word.
        missing: counties that it was published without; ``english``: their English names.
        links: what can be opened: name and path relative to the index.
    """

    case: str
    as_of: str
    status: str
    failed: str = ""
    synthetic: bool = False
    verdicts: Mapping[str, int] = field(default_factory=dict)
    missing: Sequence[str] = ()
    english: Mapping[str, str] = field(default_factory=dict)
    decision: Mapping[str, Any] = field(default_factory=dict)
    links: Sequence[tuple[str, str]] = ()

    def counts(self, language: str) -> list[str]:
        """The counts of its decision."""
        return counts(self.decision, language) if self.decision else []


def render_index(entries: Sequence[Entry], *, language: str = "zh") -> str:
    """The index page; ``entries`` newest first."""
    return filled(
        "index.html.j2", Words(language), entries=list(entries), case={}, status="page_index_title", tagged=tagged,
        catalogue=CATALOGUE,
    )  # fmt: skip
