"""Verdicts on claims, relations between figures, and the review that holds both."""

from zt_analysis.checks.relations import every_relation, relations_of
from zt_analysis.checks.review import Review, review
from zt_analysis.checks.verdicts import Verdict
from zt_analysis.checks.whatif import what_if

__all__ = ["Review", "Verdict", "every_relation", "relations_of", "review", "what_if"]
