"""The printed text of an issue: its claims."""

from zt_analysis.bulletins.claims import Claim, read_claims, rows_of
from zt_analysis.bulletins.issue import Issue

__all__ = ["Claim", "Issue", "read_claims", "rows_of"]
