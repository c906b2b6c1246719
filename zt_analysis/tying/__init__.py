"""Tie-out: every number of a text tied to a figure, excused with a reason, or named unproven.

What only some ask for is imported when they do: a review ties its own text, and holds none against itself.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from zt_analysis.tying.case import Case, case_of
from zt_analysis.tying.record import line_record, page_record, question_record, record
from zt_analysis.tying.texts import tie_out, tie_text
from zt_analysis.tying.tie import Question, Remark, Tie, TieOut

if TYPE_CHECKING:
    from zt_analysis.tying.comments import annotated
    from zt_analysis.tying.confirmed import office_name
    from zt_analysis.tying.confirming import Answer, confirm, read_answers
    from zt_analysis.tying.drafting import draft_claims

_PLACES = {
    "Answer": "confirming",
    "annotated": "comments",
    "confirm": "confirming",
    "draft_claims": "drafting",
    "office_name": "confirmed",
    "read_answers": "confirming",
}

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


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
