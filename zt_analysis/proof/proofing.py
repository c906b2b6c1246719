"""A document held against itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from zt_analysis.documents import Document
from zt_analysis.documents.appearance import FOLDED
from zt_analysis.numbers import Mention, read_numbers
from zt_analysis.proof.attained import attained_findings
from zt_analysis.proof.between import between_findings
from zt_analysis.proof.calendar import calendar_findings, document_date, range_findings
from zt_analysis.proof.chains import Chain, chains
from zt_analysis.proof.comparing import comparing_findings
from zt_analysis.proof.counting import caption_findings, list_findings, numbering_findings
from zt_analysis.proof.definitions import definition_findings, definitions
from zt_analysis.proof.earlier import earlier_findings, issue_of
from zt_analysis.proof.growth import growth_findings
from zt_analysis.proof.named_parts import named_part_findings, noted_parts
from zt_analysis.proof.nested import nested_findings
from zt_analysis.proof.products import product_findings
from zt_analysis.proof.ratios import pupil_teacher_findings, ratio_findings
from zt_analysis.proof.reading import sentences
from zt_analysis.proof.repeated import Printed, prose_table_findings
from zt_analysis.proof.result import Finding, Proof, Sentence
from zt_analysis.proof.series import series_findings
from zt_analysis.proof.shares import share_findings, wholes
from zt_analysis.proof.sums import complete_lists, sum_findings
from zt_analysis.proof.tables import Grid, grids, table_findings
from zt_analysis.proof.totals import total_findings

# how many sentences back in its paragraph a whole is looked for
BACK = 4
# a sentence, its chains, and those of the sentences before it in its paragraph
Read = tuple[Sentence, list[Chain], list[list[Chain]]]


def prove(
    document: Document,
    *,
    dated: date | None = None,
    against: Sequence[Document] = (),
    mentions: Sequence[Mention] | None = None,
) -> Proof:
    """Every relation that ``document`` states between its numbers, checked.

    Args:
        dated: its date; what it prints of itself when None.
        against: earlier issues, the oldest first.
        mentions: the numbers of its prose as they are read for that date, where they have been.
    """
    text = document.prose.text
    issued = dated or document_date(text)
    mentions = read_numbers(text, dated=issued) if mentions is None else mentions
    spans = {(one.start, one.end): document.prose.span(one.start, one.end) for one in mentions}
    tables = grids(document)
    read = _read(document, mentions)
    noted = noted_parts(definitions(document).values())
    found = list(_prose_findings(read, tables, noted))
    if against:
        issues = [issue_of(one, _chains(_read(one, read_numbers(one.prose.text)))) for one in against]
        found += earlier_findings(issue_of(document, _chains(read)), issues)
    # what is folded away, and not read, may hold the number that is missing in a row of numbers
    whole = not any(one.endswith(FOLDED) for one in document.unread)
    found += [*(numbering_findings(text, mentions) if whole else ()), *calendar_findings(text, mentions, issued)]
    placed = [_placed(one, spans) for one in found]
    placed += [_moved(one, document) for one in (caption_findings(text) if whole else ())]
    placed += [one for grid in tables for one in table_findings(grid)]
    placed += definition_findings(document, against)
    ordered = sorted(_once(placed), key=lambda one: one.numbers or (one.at or (0, 0),))
    numbers = [spans[one.start, one.end] for one in mentions if counts(one)]
    return Proof(document.name, document.text, numbers, ordered, document.unread)


def _placed(found: Finding, spans: dict[tuple[int, int], tuple[int, int]]) -> Finding:
    """``found`` with its numbers where they stand in the document's text."""
    numbers = tuple(spans[one] if one in spans else (-one[0] - 1, -one[1] - 1) for one in found.numbers)
    return replace(found, numbers=numbers, at=spans[found.at] if found.at else None)


def _moved(found: Finding, document: Document) -> Finding:
    numbers = tuple(document.prose.span(*one) for one in found.numbers)
    return replace(found, numbers=numbers, at=numbers[0])


def counts(mention: Mention) -> bool:
    """Whether a number is a quantity: no date, name, list number or ordinal."""
    return mention.role == "figure" and mention.kind not in ("date", "ordinal")


def _cells(document: Document, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Where the numbers of tables stand in the prose."""
    found = []
    for one in mentions:
        start, _ = document.prose.span(one.start, one.end)
        block = document.block_at(start)
        if block is not None and block.kind == "table-cell":
            found.append((one.start, one.end))
    return found


def _read(document: Document, mentions: Sequence[Mention]) -> list[Read]:
    return list(_in_paragraphs(sentences(document.prose.text, mentions, _cells(document, mentions))))


def _chains(read: Sequence[Read]) -> list[Chain]:
    return [chain for _, here, _ in read for chain in here]


def _prose_findings(
    read: Sequence[Read], tables: Sequence[Grid], noted: Mapping[str, Sequence[str]]
) -> Iterator[Finding]:
    known = Printed()
    everywhere = wholes(_chains(read))
    lists = complete_lists((here, before[0] if before else ()) for _, here, before in read)
    for sentence, here, before in read:
        for chain in here:
            yield from growth_findings(chain)
        yield from total_findings(here)
        yield from sum_findings(here, before[0] if before else (), lists)
        yield from named_part_findings(here, everywhere, noted)
        yield from share_findings(here, before, everywhere)
        yield from comparing_findings(here, before)
        yield from product_findings(here, sentence)
        yield from ratio_findings(sentence)
        yield from between_findings(sentence.quantities)
        yield from attained_findings(sentence.quantities, before[0] if before else ())
        yield from nested_findings(here, everywhere)
        yield from series_findings(sentence, here)
        yield from list_findings(sentence)
        yield from range_findings(sentence)
        known.add(here, sentence.heading)
    yield from known.findings()
    yield from pupil_teacher_findings(read, everywhere)
    yield from prose_table_findings(_chains(read), tables)


def _in_paragraphs(found: Sequence[Sentence]) -> Iterator[Read]:
    """Each sentence with its chains and those of the sentences before it in its paragraph, the nearest first."""
    before: list[list[Chain]] = []
    paragraph = -1
    for sentence in found:
        if sentence.paragraph != paragraph:
            before, paragraph = [], sentence.paragraph
        here = chains(sentence)
        yield sentence, here, before
        before = [here, *before[: BACK - 1]]


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """One finding for each relation; a part held in a sum needs no other."""
    return list({(one.kind, one.numbers, one.states): one for one in findings}.values())
