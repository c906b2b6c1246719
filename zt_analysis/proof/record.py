"""A proof as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zt_analysis.documents import Document, place_said
from zt_analysis.proof.result import Finding, Proof

QUOTED = 120


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
    """The record with the text in its paragraphs, each number with what became of it, each finding in its sentence."""
    states = _states(found)
    marked = sorted(set(found.numbers) | set(states))
    whole = record(found, document)
    for one, told in zip(found.findings, whole["findings"], strict=True):
        at = _at(one)
        told["at"] = at[0] if at and one.numbers else None
        told["place"] = place_said(document.place_of(at[0]), language) if at else ""
    return whole | {
        "language": language,
        "quotes": [list(_quote(one, document)) for one in found.findings],
        "holds": not found.contradictions and bool(found.held),
        "blocks": list(_blocks(document, marked, states)),
    }


def _at(one: Finding) -> tuple[int, int] | None:
    """The number that is held against the others."""
    return one.at or (one.numbers[-1] if one.numbers else None)


def _quote(one: Finding, document: Document) -> Iterator[dict[str, str]]:
    """The sentence of the number that is held, in pieces: the number, those it is held against, and the words."""
    at = _at(one)
    if at is None:
        return
    block = document.block_at(at[0])
    first, last = (block.start, block.end) if block else (0, len(document.text))
    text = document.text
    start = max(first, at[0] - QUOTED, text.rfind("。", first, at[0]) + 1)
    stop = text.find("。", at[1], last)
    end = min(last, at[1] + QUOTED // 2, stop + 1 if stop >= 0 else last)
    if text[max(first, start - 1) : start] not in ("", "。"):
        yield {"text": "…"}
    for number in sorted(each for each in one.numbers if start <= each[0] and each[1] <= end):
        if number[0] >= start:
            yield {"text": text[start : number[0]]}
            yield {"text": text[slice(*number)], "role": "at" if number == at else "with"}
            start = number[1]
    yield {"text": text[start:end] + ("…" if end < last and text[end - 1] != "。" else "")}


def _states(found: Proof) -> dict[tuple[int, int], tuple[str, list[int]]]:
    """What became of each number, the worst first, with the findings that it stands in.

    ``bad`` is a number that is held and contradicts; ``against`` one that it was held against.
    """
    states: dict[tuple[int, int], tuple[str, list[int]]] = {}
    for state, holds in (("good", True), ("open", None), ("against", False)):
        for number, one in enumerate(found.findings):
            if one.holds is holds:
                for span in one.numbers:
                    states[span] = (state, [number, *states.get(span, ("", []))[1]])
    for one in found.contradictions:
        at = _at(one)
        if at in states:
            states[at] = ("bad", states[at][1])
    return states


def _blocks(
    document: Document, marked: Sequence[tuple[int, int]], states: Mapping[tuple[int, int], tuple[str, list[int]]]
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
            state, numbers = states.get(span, ("none", []))
            pieces.append({"text": document.text[start : span[0]]})
            pieces.append(
                {"text": document.text[span[0] : span[1]], "state": state, "findings": numbers, "start": span[0]}
            )
            start = span[1]
        done = max(block.end, start)
        cell = [block.place.table, block.place.row, block.place.column] if block.kind == "table-cell" else None
        pieces.append({"text": document.text[start : max(block.end, start)]})
        yield {"kind": block.kind, "cell": cell, "pieces": pieces}
