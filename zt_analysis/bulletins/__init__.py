"""The printed text of an issue: its claims."""

from zt_analysis.bulletins.claims import Claim, read_claims, rows_of
from zt_analysis.bulletins.issue import Issue, issue_of

__all__ = ["Claim", "Issue", "issue_of", "read_claims", "rows_of"]
