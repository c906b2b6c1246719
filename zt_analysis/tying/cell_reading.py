"""How a number of a table can be read: the clauses that its row, column and unit make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from zt_analysis.numbers import Mention
from zt_analysis.tying.sentences import Sentences


@dataclass(frozen=True)
class Clause:
    """A number of a cell in a sentence made of its row and column."""

    mention: Mention
    sentences: Sentences


@dataclass(frozen=True)
class CellReading:
    """How a number of a table can be read: the clauses to try, words that nobody has declared, an excuse.

    ``beyond``: the words of its note that are of another time.
    ``note``: that under its table, which was judged for it. ``view``: what the clauses are asked for where the cell is
    a ``share``, a ``rank`` or the ``change`` of what they mean, and the number as it is printed. ``parts``: what it is
    the sum of, where no clause means anything. ``last``: the last number of its table. ``why``: why it proves nothing,
    whatever its words are.
    """

    clauses: tuple[Clause, ...]
    unknown: str = ""
    beyond: str = ""
    excuse: str = ""
    note: str = ""
    view: str = ""
    shown: Mention | None = None
    parts: tuple[Mention, ...] = ()
    last: Mention | None = None
    why: Mapping[str, str] | None = None


def printed(read: Mention, mention: Mention) -> Mention:
    """The number as its clause reads it, where it stands in the text."""
    return replace(read, start=mention.start, end=mention.end, surface=mention.surface)
