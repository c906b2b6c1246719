"""Verdicts on claims, relations between figures, and the review that holds both."""

from zt_analysis.checks.relations import RELATIONS
from zt_analysis.checks.review import Review, review
from zt_analysis.checks.verdicts import Verdict

__all__ = ["RELATIONS", "Review", "Verdict", "review"]
