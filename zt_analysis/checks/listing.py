"""What a review found as tables to be shown, in the language of its paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from zt_analysis.checks.partial import marked
from zt_analysis.checks.relations import Evaluated
from zt_analysis.checks.to_ledger import exact_text, figure_label
from zt_analysis.checks.verdicts import Verdict
from zt_analysis.figures import Figure, displayed
from zt_analysis.listed import Listed
from zt_analysis.terms import label

if TYPE_CHECKING:
    from zt_analysis.checks.review import Review

CLAIM_COLUMNS = ("claim", "figure", "printed", "computed", "difference", "verdict")
FIGURE_COLUMNS = ("indicator", "as_of", "displayed_value", "exact_value")
RELATION_COLUMNS = ("relation", "title", "left", "right", "imbalance", "severity", "status")


def claims_of(review: Review) -> Listed:
    """One row a claim."""
    language = review.paper.language
    return _listed(CLAIM_COLUMNS, [_claim(one, language, review.partial) for one in review.verdicts], language)


def figures_of(review: Review) -> Listed:
    """One row a figure."""
    language = review.paper.language
    rows = [
        (figure_label(one)[language], figure.at, _shown(figure, language, review.partial), exact_text(figure.exact))
        for one, figure in zip(review.wanted, review.figures.values(), strict=True)
    ]
    return _listed(FIGURE_COLUMNS, rows, language)


def evaluated_of(review: Review) -> Listed:
    """One row a relation."""
    language = review.paper.language
    return _listed(RELATION_COLUMNS, [_relation(one, language) for one in review.relations], language)


def _listed(columns: Sequence[str], rows: Iterable[tuple[object, ...]], language: str) -> Listed:
    return Listed(tuple(label(word, language) for word in columns), tuple(rows))


def _claim(verdict: Verdict, language: str, partial: frozenset[str]) -> tuple[object, ...]:
    computed = _shown(verdict.figure, language, partial) if verdict.figure else "—"
    claim = verdict.claim
    word = label(verdict.word, language)
    return claim.id, claim.label[language], claim.surface, computed, verdict.difference or "—", word


def _shown(figure: Figure, language: str, partial: frozenset[str]) -> str:
    text = figure.display(language)
    return marked({language: text})[language] if figure.key in partial else text


def _relation(one: Evaluated, language: str) -> tuple[object, ...]:
    finding = one.finding
    sides = [displayed(side, finding.unit, language) for side in (finding.left, finding.right, finding.imbalance)]
    words = [label(one.relation.severity, language), label(one.status, language)]
    return one.relation.id, one.relation.title[language], *sides, *words
