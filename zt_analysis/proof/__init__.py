"""A document held against itself: sums, shares, growth, repeated figures, tables, and the issue before."""

from zt_analysis.proof.comments import annotated
from zt_analysis.proof.definition import Finding, Proof
from zt_analysis.proof.proofing import prove
from zt_analysis.proof.record import findings, page_record, record

__all__ = ["Finding", "Proof", "annotated", "findings", "page_record", "prove", "record"]
