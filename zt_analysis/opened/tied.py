"""A text tied to a case, shown as it was written with each number marked by colour and sign."""

from __future__ import annotations

from dataclasses import dataclass, fields

from zt_analysis.bulletins import Paper
from zt_analysis.sources import Tables
from zt_analysis.tying import TieOut, case_of, tie_text


@dataclass(frozen=True)
class Tied(TieOut):
    """A tie-out with its text."""

    text: str = ""
    language: str = "zh"

    def __repr__(self) -> str:
        from zt_analysis.opened.check_cards import tied_lines

        return "\n".join(tied_lines(self))

    def _repr_html_(self) -> str:
        from zt_analysis.opened.check_cards import tied_html

        return tied_html(self)


def tied(text: str, paper: Paper, tables: Tables) -> Tied:
    """Every number of ``text`` tied to a figure of ``paper``."""
    found = tie_text(text, case_of(paper, tables, paper.printed_so_far()))
    return Tied(**{one.name: getattr(found, one.name) for one in fields(found)}, text=text, language=paper.language)
