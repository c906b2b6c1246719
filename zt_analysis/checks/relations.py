"""All relations, evaluated: each with its finding and what that finding means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from zt_analysis.bulletins import Paper
from zt_analysis.checks.causes import check_causes
from zt_analysis.checks.explanations import Explanation
from zt_analysis.checks.partial import INCOMPLETE, lacks_a_county
from zt_analysis.checks.relation import Book, Finding, NotStated, Relation
from zt_analysis.checks.statements import read_identities
from zt_analysis.office import current
from zt_analysis.terms import filled, labels, vocabulary

FAILING = ("fails", "stale")
NOT_STATED = "not_stated"
_NOTHING = Finding(None, "", None, "plain", None, None, checked=0)


@dataclass(frozen=True)
class Evaluated:
    """A relation and its finding.

    Attributes:
        status: holds, fails, unexplained, explained, stale, informative, incomplete (a county is missing, nothing is
            judged) or not_stated (the issue does not print a number that the relation needs).
        reason: why nothing was judged.
    """

    relation: Relation
    finding: Finding
    status: str
    explanation: Explanation | None = None
    reason: dict[str, str] | None = None

    @property
    def fails(self) -> bool:
        """Whether it keeps the issue from being signed."""
        return self.status in FAILING


def relations_of(paper: type[Paper]) -> tuple[Relation, ...]:
    """The relations of a kind of paper: those of every kind by id, and its own, first where it prints numbers."""
    written = {one.id for one in current().relations.values()}
    declared = sorted((*read_identities(), *current().relations.values()), key=lambda one: one.id)
    shared = tuple(one for one in declared if not one.papers)
    own = tuple(one for one in declared if paper.kind in one.papers)
    current().relations.taken(*(one.id for one in (*own, *shared) if one.id in written))
    return (*own, *shared) if paper.prints else (*shared, *own)


def every_relation() -> tuple[Relation, ...]:
    """All relations of all kinds of papers."""
    return tuple(dict.fromkeys(one for paper in current().papers.values() for one in relations_of(paper)))


def evaluate(
    relations: tuple[Relation, ...],
    book: Book,
    explanations: Mapping[str, Explanation],
    *,
    issued_on: date,
    partial: set[str] | None = None,
) -> list[Evaluated]:
    """Every relation over the book, in order; ``partial`` are the keys of figures that lack a county."""
    check_causes({one.id for one in (*relations, *read_identities(), *current().relations.values())})
    # all are looked at before the first is judged: what they count is then counted at once
    found = [(one, _found(one, book, partial or set())) for one in relations]
    return [_evaluated(one, each, explanations.get(one.id), issued_on) for one, each in found]


def _found(one: Relation, book: Book, partial: set[str]) -> tuple[Finding, bool] | NotStated:
    try:
        return lacks_a_county(one, book, partial)
    except NotStated as error:
        return error


def _evaluated(
    one: Relation, found: tuple[Finding, bool] | NotStated, explanation: Explanation | None, issued_on: date
) -> Evaluated:
    if isinstance(found, NotStated):
        return Evaluated(one, _NOTHING, NOT_STATED, reason=_not_stated(str(found)))
    finding, lacks = found
    if lacks:
        # rows that break it may only lack those that are still to come
        return Evaluated(one, replace(finding, holds=None, breaking=None), INCOMPLETE)
    status = _status(one, finding, explanation, issued_on)
    if finding.checked == 0:
        empty = replace(_NOTHING, breaking=finding.breaking, unit=finding.unit, figures=finding.figures)
        return Evaluated(one, empty, status, explanation, labels("nothing_checked"))
    return Evaluated(one, finding, status, explanation, dict(finding.said) if finding.said else None)


def _not_stated(role: str) -> dict[str, str]:
    figure = current().indicators.get(role)
    named = {"zh": figure.zh, "en": figure.en} if figure else {"zh": role, "en": role}
    if f"role_{role}" in vocabulary():
        named = labels(f"role_{role}")
    return filled("not_stated_role", role=named)


def _status(one: Relation, finding: Finding, explanation: Explanation | None, issued_on: date) -> str:
    if finding.checked == 0:
        return "fails"  # nothing was looked at: never a silent green
    if explanation is not None:
        needed = finding.holds is False and issued_on <= explanation.expires_on
        return "explained" if needed else "stale"
    if one.severity == "info":
        return "informative"
    if finding.holds:
        return "holds"
    return "fails" if one.severity == "hard" else "unexplained"
