"""What an office says a paper's page shows: its sections in order, its masthead, its summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Section:
    """A section: sentences it says where their figures exist, charts and parts it shows where there are any.

    Attributes:
        relations: those that it tells of where they are open; others are told where most of their figures are.
    """

    name: str
    sentences: tuple[str, ...]
    charts: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """The page of a kind of paper; every text is a term, filled with the case's parameters and figures.

    Attributes:
        id: the kind of paper.
        summary: the sentences of the first paragraph.
        title: names the issue beside the paper's own name; the case's name when empty.
        claims_title: heads the table of printed numbers.
        dates: the parameters shown under the title.
        keys: the figures of the first screen, as a sentence names them (``rate``, ``rate[primary]``); those that are
            printed as headlines, the first six of them, where it names none.
    """

    defines: ClassVar[str] = "layout"

    id: str
    sections: tuple[Section, ...] = ()
    summary: tuple[str, ...] = ()
    title: str = ""
    claims_title: str = "page_claims"
    dates: tuple[str, ...] = ("issued_on", "as_of", "base_on")
    keys: tuple[str, ...] = ()
