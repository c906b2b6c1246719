"""What is printed of a document held against itself: what contradicts, then how much was held."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from zt_analysis.show.printing import console
from zt_analysis.terms import label

if TYPE_CHECKING:
    from zt_analysis.documents import Document
    from zt_analysis.proof import Finding, Proof

# so few that the number itself is never cut off
QUOTED = 18
COLUMNS = ("proof_place", "proof_text", "proof_kind", "proof_states", "proof_computed", "proof_difference_label")


def proved(found: Proof, document: Document, language: str, *, everything: bool = False) -> None:
    """The contradictions, each with its words, what is printed and what follows; then the coverage.

    ``everything`` lists what cannot be told too.
    """
    out = console()
    shown = [("bold red", found.contradictions), ("yellow", found.doubtful if everything else [])]
    for style, findings in shown:
        if findings:
            out.print(_table(found, document, findings, language, style))
    counts = {"numbers": len(found.numbers), "held": len(found.held), "wrong": len(found.contradictions)}
    out.print(f"{found.document}: {label('proof_summary', language).format(**counts)}", soft_wrap=True)
    if found.doubtful and not everything:
        out.print(label("proof_folded", language).format(count=len(found.doubtful)), soft_wrap=True)
    for one in found.unread:
        out.print(f"{label('tied_unread', language)} {one}", soft_wrap=True)


def _table(found: Proof, document: Document, findings: Sequence[Finding], language: str, style: str) -> Table:
    table = Table(*(label(word, language) for word in COLUMNS))
    from zt_analysis.documents import place_said

    for one in findings:
        start, end = one.at or (one.numbers[-1] if one.numbers else (0, 0))
        table.add_row(
            place_said(document.place_of(start), language) if end else "",
            _quoted(found.text, start, end, style) if end else Text(""),
            label(f"proof_{one.kind}", language),
            Text(one.states, style=style),
            one.computed,
            one.difference,
        )
    return table


def _quoted(text: str, start: int, end: int, style: str) -> Text:
    """The words around ``text[start:end]`` on one line, the number marked."""
    before = text[max(0, start - QUOTED) : start].rpartition("\n")[2]
    after = text[end : end + QUOTED // 2].partition("\n")[0]
    return Text.assemble(_flat(before), (_flat(text[start:end]), style), _flat(after))


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)
