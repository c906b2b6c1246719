"""The imprint (版记): to whom a paper is reported and sent, who printed it on which day, how many."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from zt_analysis.terms import label
from zt_analysis.writing.filling import Run, Runs, Sheet, text_of


@dataclass(frozen=True)
class Row:
    """A row between two lines of the imprint.

    Attributes:
        right: what stands at its right end; hang: how far a second line is set in, in characters.
    """

    left: Runs
    right: Runs = ()
    hang: float = 0


def rows(sheet: Sheet) -> list[Row]:
    """The rows of ``sheet``'s imprint, top to bottom."""
    heads = [label("write_list", sheet.language).format(word=word) for word, _ in sheet.lists]
    found = [Row((Run(head), *to), (), _width(head)) for head, (_, to) in zip(heads, sheet.lists, strict=True)]
    if sheet.printed_by:
        before, _, after = label("write_printed_on", sheet.language).partition("{date}")
        right = (*((Run(before),) if before else ()), *sheet.date, *((Run(after),) if after else ()))
        found.append(Row((Run(sheet.printed_by),), right))
    return found


def copies(sheet: Sheet) -> str:
    """How many are printed, below the last line; empty where that is not said."""
    return label("write_copies", sheet.language).format(copies=sheet.copies) if sheet.copies else ""


def lines(sheet: Sheet) -> Iterator[Runs]:
    """The imprint as lines of plain text."""
    for row in rows(sheet):
        yield (*row.left, Run("　"), *row.right) if row.right else row.left
    if said := copies(sheet):
        yield (Run(said),)


def patterns(sheet: Sheet) -> Iterator[str]:
    """What a line of the imprint looks like in a draft, without spaces: lists and copies whatever they say."""
    for word, _ in sheet.lists:
        shown = label("write_list", sheet.language).format(word=word)
        yield re.sub("[:：]", "[:：]", re.escape("".join(shown.split()))) + ".*"
    if sheet.printed_by:
        (said,) = [row for row in rows(sheet) if row.right]
        yield re.escape("".join((text_of(said.left) + text_of(said.right)).split()))
    if sheet.copies:
        yield r"[（(]?(共印\d+份|\d+copies)[）)]?"


def _width(text: str) -> float:
    """In Chinese characters."""
    return sum(1 if unicodedata.east_asian_width(one) in "WF" else 0.5 for one in text)
