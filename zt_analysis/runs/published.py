"""What an issue printed: the sentences of its text and the figures that its readers have seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from zt_analysis.reports.layout import said

Record = Mapping[str, Any]
_END = re.compile(r"(?<=[。！？!?])")
_FIGURE = re.compile(r"\{([^{}]+)\}")
# which of the sentences with these words, and the words
Key = tuple[int, str]


def sentences(before: Record, now: Record) -> tuple[dict[Key, str], dict[Key, str]]:
    """The sentences of two ledgers of a case, each by what is the same in both.

    Those of its text where both have one; the report's own of a case that has none, whose report is what is issued.
    What an author has left out or put otherwise since was not false for that: it counts where its figures moved.
    """
    if not (_blocks(before) and _blocks(now)):
        first, second = ({(0, key): text for key, text in said(one).items()} for one in (before, now))
        return first, second
    then, today = _numbered(before), _numbered(now)
    shown, was = ({one["key"]: one["display"] for one in ledger["figures"]} for ledger in (now, before))
    kept = {
        key: text
        for key, text in then.items()
        if key in today or any(shown.get(one) != was.get(one) for one in _FIGURE.findall(key[1]))
    }
    return kept, today


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


def _numbered(ledger: Record) -> dict[Key, str]:
    """Each sentence by its words, the second with the same words by its number: whatever else the text has gained."""
    seen: Counter[str] = Counter()
    found: dict[Key, str] = {}
    for template, text in _of_text(ledger):
        seen[template] += 1
        found[seen[template], template] = text
    return found


def _of_text(ledger: Record) -> Iterator[tuple[str, str]]:
    """The words of each sentence with the names of its figures in place of their values, and the sentence."""
    for block in _blocks(ledger):
        for cells in [block["runs"], *(cell for row in block.get("rows", ()) for cell in row)]:
            template = text = ""
            for run in cells:
                parts = [run["text"]] if run.get("figure") else _END.split(run["text"])
                for place, part in enumerate(parts):
                    if place:
                        yield template, text
                        template = text = ""
                    template += f"{{{run['figure']}}}" if run.get("figure") else part
                    text += part
            if text:
                yield template, text
