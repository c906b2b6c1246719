"""A document held against itself: sums, shares, growth, repeated figures, tables, and the issue before."""

from zt_analysis.proof.comments import annotated
from zt_analysis.proof.proofing import prove
from zt_analysis.proof.record import findings, page_record, record
from zt_analysis.proof.result import Finding, Proof

__all__ = ["Finding", "Proof", "annotated", "findings", "page_record", "prove", "record"]
