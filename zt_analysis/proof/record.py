"""A proof as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zt_analysis.documents import Document
from zt_analysis.proof.result import Finding, Proof

QUOTED = 40


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


def page_record(found: Proof, document: Document, language: str) -> dict[str, Any]:
    """The record with the text in its paragraphs, each number with what became of it."""
    states = _states(found)
    marked = sorted(set(found.numbers) | set(states))
    return record(found, document) | {
        "language": language,
        "quotes": [_quote(one, found.text) for one in found.findings],
        "holds": not found.contradictions and bool(found.held),
        "blocks": list(_blocks(document, marked, states)),
    }


def _quote(one: Finding, text: str) -> list[str]:
    """The words before the number that is held, the number, and the words behind it."""
    if not one.numbers:
        return ["", "", ""]
    start, end = one.at or one.numbers[-1]
    before = text[max(0, start - QUOTED) : start].rpartition("\n")[2]
    return [before, text[start:end], text[end : end + QUOTED // 2].partition("\n")[0]]


def _states(found: Proof) -> dict[tuple[int, int], tuple[str, int]]:
    """What became of each number, with the finding that says so: the worst first."""
    states: dict[tuple[int, int], tuple[str, int]] = {}
    for state, holds in (("good", True), ("open", None), ("bad", False)):
        for number, one in enumerate(found.findings):
            if one.holds is holds:
                states |= dict.fromkeys(one.numbers, (state, number))
    return states


def _blocks(
    document: Document, marked: Sequence[tuple[int, int]], states: Mapping[tuple[int, int], tuple[str, int]]
) -> Iterator[dict[str, Any]]:
    done, place = 0, 0
    for block in document.blocks:
        pieces: list[dict[str, Any]] = []
        start = max(block.start, done)
        while place < len(marked) and marked[place][0] < block.end:
            span = marked[place]
            place += 1
            if span[0] < start:
                continue
            state, number = states.get(span, ("none", -1))
            pieces.append({"text": document.text[start : span[0]]})
            pieces.append(
                {"text": document.text[span[0] : span[1]], "state": state, "finding": number, "start": span[0]}
            )
            start = span[1]
        done = max(block.end, start)
        yield {"kind": block.kind, "pieces": [*pieces, {"text": document.text[start : max(block.end, start)]}]}
