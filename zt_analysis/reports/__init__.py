"""Reports: one self-contained HTML page from an executed notebook, and the charts it shows.

Importing this package imports nothing else: the kernel that draws charts needs no page, the page needs no charts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Unpack

__all__ = ["render", "render_failure", "render_proved", "render_tied"]


class OfTheRun(TypedDict, total=False):
    """What a run says beside what its notebook holds.

    Attributes:
        moved: what moved since it was published without some counties (``runs.completion``).
        revision: of a later edition of an issued case, what it moved and why (``runs.editions``).
        resent: files that the case before had read already (``runs.resent``).
        since: what changed since the issue before (``runs.since``).
    """

    moved: Mapping[str, Any] | None
    revision: Mapping[str, Any] | None
    resent: Sequence[Mapping[str, str]]
    since: Mapping[str, Any] | None


def render(
    notebook: Mapping[str, Any],
    *,
    signoffs: Sequence[Mapping[str, Any]] = (),
    neighbours: tuple[str | None, ...] | None = None,
    files: Mapping[str, bytes] | None = None,
    **told: Unpack[OfTheRun],
) -> str:
    """The report of an executed ``notebook`` (nbformat 4 node) as one HTML page that fetches nothing.

    Args:
        signoffs: who approved its figures: ``role``, ``by``, ``at`` and whether it is ``valid`` for these values.
        neighbours: the cases before, after and of the same day that the page links to; those of its project where None.
        files: the figures as files, by name, where they have been rendered already.
        told: what its run says beside what the notebook holds.

    Raises:
        NotebookError: the notebook carries no ledger.
        ReportError: a chart is broken, a figure is missing, or the font lacks a character.
    """
    from zt_analysis.reports import page

    return page.report(notebook, signoffs, neighbours=neighbours, files=files or {}, told=told)


def render_failure(
    case: str, error: Mapping[str, str], notebook: Mapping[str, Any], *, links: Sequence[tuple[str, str]] = ()
) -> str:
    """The page of a run that did not complete: what failed and where, and what still holds.

    Args:
        error: ``name`` and ``message`` of what stopped the run.
        notebook: as far as it was executed.
        links: what can be opened from it, name and path; ``before`` names the last complete report.
    """
    from zt_analysis.reports import page

    return page.failure(case, error, notebook, links)


def render_tied(found: Mapping[str, Any]) -> str:
    """The page of a tie-out: the text with each number marked, and a card for each figure it is tied to."""
    from zt_analysis.reports import tied_page

    return tied_page.tied(found)


def render_proved(found: Mapping[str, Any]) -> str:
    """The page of a document held against itself (``proof.page_record``): the text with each number marked."""
    from zt_analysis.reports import proved_page

    return proved_page.proved(found)
