"""What an issue printed: the sentences of its text and the figures that its readers have seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from zt_analysis.reports.layout import said

Record = Mapping[str, Any]
_END = re.compile(r"(?<=[。！？!?])")


def sentences(before: Record, now: Record) -> tuple[dict[str, str], dict[str, str]]:
    """The sentences of two ledgers of a case, each by what is the same in both.

    Those of its text where both have one; the report's own of a case that has none, whose report is what is issued.
    """
    if _blocks(before) and _blocks(now):
        return dict(_of_text(before)), dict(_of_text(now))
    return said(before), said(now)


def printed_keys(ledger: Record) -> set[str] | None:
    """The figures that an issue printed, in its text or as claims; None where all of its report is what is issued."""
    if not _blocks(ledger):
        return None
    of_text = {run["figure"] for block in _blocks(ledger) for run in _runs(block) if run.get("figure")}
    return of_text | {one["figure"] for one in ledger["verdicts"] if one["figure"]}


def _blocks(ledger: Record) -> list[Record]:
    return list((ledger.get("text") or {}).get("blocks", ()))


def _runs(block: Record) -> Iterator[Record]:
    yield from block["runs"]
    for row in block.get("rows", ()):
        for cell in row:
            yield from cell


def _of_text(ledger: Record) -> Iterator[tuple[str, str]]:
    """Each sentence by its words with the names of its figures in place of their values."""
    for number, block in enumerate(_blocks(ledger)):
        for cells in [block["runs"], *(cell for row in block.get("rows", ()) for cell in row)]:
            template = text = ""
            for run in cells:
                parts = [run["text"]] if run.get("figure") else _END.split(run["text"])
                for place, part in enumerate(parts):
                    if place:
                        yield f"{number} {template}", text
                        template = text = ""
                    template += f"{{{run['figure']}}}" if run.get("figure") else part
                    text += part
            if text:
                yield f"{number} {template}", text
