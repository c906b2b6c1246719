"""Tie-out: every number of a text tied to a figure, excused with a reason, or named unproven."""

from zt_analysis.tying.case import Case, case_of
from zt_analysis.tying.comments import annotated
from zt_analysis.tying.confirmed import office_name
from zt_analysis.tying.confirming import Answer, confirm, read_answers
from zt_analysis.tying.drafting import draft_claims
from zt_analysis.tying.record import line_record, page_record, question_record, record
from zt_analysis.tying.texts import tie_out, tie_text
from zt_analysis.tying.tie import Question, Remark, Tie, TieOut

__all__ = [
    "Answer",
    "Case",
    "Question",
    "Remark",
    "Tie",
    "TieOut",
    "annotated",
    "case_of",
    "confirm",
    "draft_claims",
    "line_record",
    "office_name",
    "page_record",
    "question_record",
    "read_answers",
    "record",
    "tie_out",
    "tie_text",
]
