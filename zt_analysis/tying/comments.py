"""Word comments on each number that is wrong or unproven, on a copy of the .docx."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zt_analysis.documents import Note, annotate
from zt_analysis.terms import label
from zt_analysis.tying.tie import Tie, TieOut

AUTHOR = "zt tie"


def annotated(path: Path, found: TieOut, output: Path, language: str) -> int:
    """Write a copy of the .docx at ``path`` with a comment on each wrong, ambiguous or unproven number; how many.

    Raises:
        InputError: no .docx; ``output`` is the document itself or cannot be written.
    """
    return annotate(path, list(_notes(found, language)), output)


def _notes(found: TieOut, language: str) -> Iterator[Note]:
    for tie in found.ties:
        if tie.status not in ("agree", "agree_rounded", "within_bound", "excused"):
            yield Note(tie.start, tie.end, _said(tie, language), AUTHOR)
    for remark in found.remarks:
        yield Note(remark.start, remark.end, remark.text[language], AUTHOR)


def _said(tie: Tie, language: str) -> str:
    parts = [label(tie.status, language)]
    if tie.name:
        parts.append(tie.name[language])
    if tie.expected:
        parts.append(f"{label('tie_expected', language)} {tie.expected[language]}")
    parts += [name[language] for name in tie.candidates]
    if tie.reason and not tie.figure:
        parts.append(tie.reason[language])
    return "; ".join(parts)
