"""What an office publishes: kinds of paper, and the numbers that they print."""

from zt_analysis.bulletins.cases import Cases
from zt_analysis.bulletins.claims import Claim, read_claims, rows_of
from zt_analysis.bulletins.paper import Paper
from zt_analysis.bulletins.papers import paper_of, tables_of
from zt_analysis.bulletins.schedule import Asked, Schedule

__all__ = ["Asked", "Cases", "Claim", "Paper", "Schedule", "paper_of", "read_claims", "rows_of", "tables_of"]
