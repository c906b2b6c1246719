"""What a text said when it was written last: its figures and sentences, and which of them a rewriting moves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zt_analysis.contents import plain_text
from zt_analysis.errors import InputError
from zt_analysis.writing.filling import Run, Runs, Sheet, runs_of

SCHEMA = "zt-write/1"
ENDS = "。！？；"


@dataclass(frozen=True)
class Sentence:
    """A sentence with places: as it is written in the file, and filled."""

    line: int
    template: str
    text: str


@dataclass(frozen=True)
class Moved:
    """A sentence whose figures say something else than when it was written last."""

    line: int
    before: str
    after: str


def sentences(sheet: Sheet) -> list[Sentence]:
    """Every sentence of a sheet that prints a figure."""
    groups: list[Runs] = [sheet.number, sheet.date]
    for part in sheet.parts:
        groups += [part.runs, *(_row(cells) for cells in part.rows)]
    groups += [to for _, to in sheet.lists]
    return [one for runs in groups for one in _split(runs)]


def record_of(sheet: Sheet, files: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, Any]:
    """What is kept of a written text: each figure's exact value, each sentence, each file's checksum."""
    figures = {run.key: run for run in runs_of(sheet) if run.figure is not None}
    return {
        "schema": SCHEMA,
        "case": sheet.paper.case,
        "counts": dict(counts),
        "figures": {key: str(run.figure.exact) for key, run in sorted(figures.items()) if run.figure is not None},
        "sentences": [{"line": one.line, "template": one.template, "text": one.text} for one in sentences(sheet)],
        "files": dict(sorted(files.items())),
    }


def read_record(path: Path) -> dict[str, Any] | None:
    """The record of the last writing; None before the first.

    Raises:
        InputError: it is none: what moved since could not be told.
    """
    if not path.exists():
        return None
    try:
        found = json.loads(plain_text(path))
        if found["schema"] != SCHEMA or not all(isinstance(one["text"], str) for one in found["sentences"]):
            raise ValueError("another schema")
    except (ValueError, KeyError, TypeError, OSError, RecursionError) as error:
        raise InputError(
            str(path), found=f"no record of a text ({error})", expected=f"what zt write left ({SCHEMA})",
            hint="delete it: the text is then written as for the first time",
        ) from error  # fmt: skip
    return dict(found)


def moved(before: Mapping[str, Any] | None, sheet: Sheet) -> list[Moved]:
    """The sentences that are written as they were and say something else now."""
    if before is None:
        return []
    left: dict[str, list[str]] = {}
    for one in before["sentences"]:
        left.setdefault(one["template"], []).append(one["text"])
    found = []
    for one in sentences(sheet):
        earlier = left.get(one.template)
        text = earlier.pop(0) if earlier else one.text
        if text != one.text:
            found.append(Moved(one.line, text, one.text))
    return found


def _row(cells: Iterable[Runs]) -> Runs:
    """A row of a table as one sentence."""
    found: list[Run] = []
    for number, cell in enumerate(cells):
        found += [Run(" | ")] * (number > 0) + list(cell)
    return tuple(found)


def _split(runs: Runs) -> Iterator[Sentence]:
    template, text, line, figures = "", "", 0, 0
    for run in runs:
        line = line or run.line
        if run.place is not None:
            template, text, figures = f"{template}{{{run.place.raw}}}", text + run.text, figures + 1
            continue
        for sign in run.text:
            template, text = template + sign, text + sign
            if sign in ENDS:
                if figures:
                    yield Sentence(line, template, text)
                template, text, line, figures = "", "", run.line, 0
    if figures:
        yield Sentence(line, template, text)
