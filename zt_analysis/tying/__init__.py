"""Tie-out: every number of a text tied to a figure, excused with a reason, or named unproven."""

from zt_analysis.tying.case import Case, case_of
from zt_analysis.tying.comments import annotated
from zt_analysis.tying.drafting import draft_claims
from zt_analysis.tying.record import line_record, page_record, record
from zt_analysis.tying.texts import tie_out, tie_text
from zt_analysis.tying.tie import Remark, Tie, TieOut

__all__ = [
    "Case",
    "Remark",
    "Tie",
    "TieOut",
    "annotated",
    "case_of",
    "draft_claims",
    "line_record",
    "page_record",
    "record",
    "tie_out",
    "tie_text",
]
