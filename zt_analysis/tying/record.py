"""A tie-out as plain JSON types: for a pipe, and for the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zt_analysis.checks.to_ledger import figure_records, package_record
from zt_analysis.documents import Block, Document
from zt_analysis.figures import Figure
from zt_analysis.indicators import Wanted, compute, inputs
from zt_analysis.office import current
from zt_analysis.sources import Tables
from zt_analysis.terms import labels
from zt_analysis.tying.case import Case
from zt_analysis.tying.confirmed import office_name
from zt_analysis.tying.questions import fits, means_of
from zt_analysis.tying.tie import Question, Tie, TieOut


def record(found: TieOut) -> dict[str, Any]:
    """Counts, every number with what it is, remarks, figures not printed and claims that read otherwise."""
    return {
        "schema": "zt-tie/1",
        "document": found.document,
        "case": found.case,
        "counts": found.counts,
        "coverage": str(found.coverage),
        "holds": found.holds,
        "ties": [_tie(one) for one in found.ties],
        "remarks": [{"place": dict(one.place), "kind": one.kind, "text": dict(one.text)} for one in found.remarks],
        "unprinted": [one.key for one in found.unprinted],
        "misread": [dict(one) for one in found.misread],
        "unread": list(found.unread),
        "questions": [question_record(one) for one in found.questions],
        "proof": _proof(found),
    }


def question_record(one: Question) -> dict[str, Any]:
    """A word or a sentence to confirm, with what it may be said to mean."""
    figures = [name for name, indicator in current().indicators.items() if fits(indicator.unit, one)]
    return {
        "words": one.words,
        "number": one.surface,
        "sentence": one.sentence,
        "place": dict(one.place),
        "names": one.names,
        "means": means_of(one, figures),
        "figures": figures,
    }


def _proof(found: TieOut) -> dict[str, int]:
    """How much of the document was held against itself; what contradicts is among the remarks."""
    proof = found.proof
    counts = (len(proof.numbers), len(proof.held), len(proof.contradictions)) if proof else (0, 0, 0)
    return dict(zip(("numbers", "held", "wrong"), counts, strict=True))


def line_record(found: TieOut, name: str | int, language: str) -> dict[str, Any]:
    """The tie-out of one text of many, on one line of a pipe, in one language."""

    def said(words: Mapping[str, str] | None) -> str | None:
        return words[language] if words else None

    return {
        "id": name,
        "holds": found.holds,
        "coverage": float(found.coverage),
        "remarks": [{"kind": one.kind, "text": one.text[language]} for one in found.remarks],
        "ties": [
            {
                "surface": one.mention.surface,
                "start": one.start,
                "end": one.end,
                "kind": one.mention.kind,
                "role": one.mention.role,
                "status": one.status,
                "figure": one.figure.key if one.figure else None,
                "expected": said(one.expected),
                "reason": said(one.reason),
            }
            for one in found.ties
        ],
    }


def page_record(found: TieOut, document: Document, case: Case, tables: Tables) -> dict[str, Any]:
    """The record with the text in its paragraphs, and a card for each figure that a number is tied to."""
    from zt_analysis.proof import findings

    shown = [tie.wanted for tie in found.ties if tie.wanted] + [_headline(one, case) for one in found.unprinted]
    # one card a figure, however often it is asked for
    wanted = list({one.key: one for one in _with_inputs(shown)}.values())
    figures = compute(wanted, tables)
    records = figure_records(wanted, figures, tables, rows=case.paper.rows, split=case.paper.split)
    cards = [card | {"label": case.name(one)} for card, one in zip(records, wanted, strict=True)]
    return record(found) | {
        "office": office_name(),
        "parameters": case.paper.parameters | {"title": labels(f"{case.paper.kind}_title")},
        "package": package_record(tables, case.paper),
        "figures": cards,
        "blocks": _blocks(document, found.ties),
        "relations": findings(found.proof, document) if found.proof else [],
    }


def _tie(one: Tie) -> dict[str, Any]:
    return one.mention.as_dict() | {
        "start": one.start,
        "end": one.end,
        "place": dict(one.place),
        "status": one.status,
        "figure": one.figure.key if one.figure else None,
        "name": dict(one.name) if one.name else None,
        "expected": dict(one.expected) if one.expected else None,
        "difference": one.difference,
        "reason": dict(one.reason) if one.reason else None,
        "candidates": [dict(name) for name in one.candidates],
    }


def _with_inputs(wanted: Iterable[Wanted]) -> dict[Wanted, None]:
    """Each figure once, with those it is calculated from: its card links to them."""
    found: dict[Wanted, None] = {}
    for one in wanted:
        found |= {one: None} | _with_inputs(inputs(one))
    return found


def _headline(figure: Figure, case: Case) -> Wanted:
    period = case.paper.period
    now = Wanted(figure.indicator, period, figure.scope)
    return now if now.at == figure.at else Wanted(figure.indicator, period.at(period.base_on), figure.scope)


def _blocks(document: Document, ties: Sequence[Tie]) -> list[dict[str, Any]]:
    """Each block as pieces of text, with the number of the tie of those that are one."""
    numbered = list(enumerate(ties))
    blocks, done = [], 0
    for block in document.blocks:
        here = [(number, tie) for number, tie in numbered if block.start <= tie.start < block.end]
        start = max(block.start, done)
        pieces = list(_pieces(document.text, start, block, here))
        # a number that crosses a page stands where it begins
        done = max([block.end, *(tie.end for _, tie in here)])
        blocks.append({"kind": block.kind, "level": block.level, "pieces": pieces})
    return blocks


def _pieces(text: str, start: int, block: Block, here: Sequence[tuple[int, Tie]]) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for number, tie in here:
        found += [{"text": text[start : tie.start]}, {"text": text[tie.start : tie.end], "tie": number}]
        start = tie.end
    return [*found, {"text": text[start : max(block.end, start)]}]
