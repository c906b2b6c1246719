"""Word comments on each number that contradicts others, on a copy of the .docx."""

from __future__ import annotations

from pathlib import Path

from zt_analysis.documents import Note, annotate
from zt_analysis.proof.result import Finding, Proof
from zt_analysis.terms import label

AUTHOR = "zt proof"


def annotated(path: Path, found: Proof, output: Path, language: str) -> int:
    """Write a copy of the .docx at ``path`` with a comment for each contradiction; return how many.

    Raises:
        InputError: no .docx; ``output`` is the document itself or cannot be written.
    """
    return annotate(path, [_note(one, language) for one in found.contradictions], output)


def _note(one: Finding, language: str) -> Note:
    said = f"{label(f'proof_{one.kind}', language)}: {label('proof_states', language)} {one.states}"
    said += f"; {label('proof_computed', language)} {one.computed}"
    if one.difference:
        said += f"; {label('proof_difference_label', language)} {one.difference}"
    start, end = one.at or one.numbers[-1]
    return Note(start, end, said, AUTHOR)
