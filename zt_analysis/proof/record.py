"""A proof as JSON."""

from __future__ import annotations

from typing import Any

from zt_analysis.documents import Document
from zt_analysis.proof.definition import Finding, Proof


def record(found: Proof, document: Document) -> dict[str, Any]:
    """The whole proof: counts, coverage, each finding with its numbers and their places."""
    return {
        "document": found.document,
        "numbers": len(found.numbers),
        "held": len(found.held),
        "coverage": str(found.coverage),
        "contradictions": len(found.contradictions),
        "findings": findings(found, document),
        "unread": list(found.unread),
    }


def findings(found: Proof, document: Document) -> list[dict[str, Any]]:
    """Each finding as JSON."""
    return [_finding(one, document) for one in found.findings]


def _finding(one: Finding, document: Document) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "holds": one.holds,
        "numbers": [
            {"surface": document.text[start:end], "start": start, "end": end, "place": str(document.place_of(start))}
            for start, end in one.numbers
        ],
        "states": one.states,
        "computed": one.computed,
        "difference": one.difference,
    }
