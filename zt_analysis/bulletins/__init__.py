"""What an office publishes: issues of the bulletin with their claims, weekly circulars."""

from zt_analysis.bulletins.circular import Circular
from zt_analysis.bulletins.claims import Claim, read_claims, rows_of
from zt_analysis.bulletins.issue import Issue
from zt_analysis.bulletins.paper import Paper
from zt_analysis.bulletins.papers import paper_of

__all__ = ["Circular", "Claim", "Issue", "Paper", "paper_of", "read_claims", "rows_of"]
