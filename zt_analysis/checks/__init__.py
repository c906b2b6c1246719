"""Verdicts on claims, relations between figures, and the review that holds both."""

from zt_analysis.checks.relations import every_relation, relations_of
from zt_analysis.checks.review import Review, review
from zt_analysis.checks.to_ledger import figure_label
from zt_analysis.checks.verdicts import Verdict, computable
from zt_analysis.checks.whatif import what_if

__all__ = [
    "Review",
    "Verdict",
    "computable",
    "every_relation",
    "figure_label",
    "relations_of",
    "review",
    "what_if",
]
