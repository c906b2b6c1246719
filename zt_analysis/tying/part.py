"""A part of the whole: named in a text, asked for, and what a number is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zt_analysis.indicators import Scope


@dataclass(frozen=True)
class Part:
    """The part that a number is about: ``scope`` (empty: the whole), or ``beyond``, words that no definition gives.

    ``joined``: the members of one dimension that it is of together (甲县、乙县共), or each of them (甲县、乙县均为).
    """

    scope: Scope = ()
    beyond: str = ""
    joined: Scope = ()
    each: bool = False


@dataclass(frozen=True)
class Named:
    """A part named in a text: where, its dimension (``place`` and ``beyond`` cannot be computed), its values."""

    start: int
    end: int
    dimension: str
    values: tuple[str, ...]
    text: str
    family: str = ""
    holds: bool = True

    @property
    def counted(self) -> bool:
        """Whether it is a part of which the tables can give numbers, and no word of a programme or payer."""
        return bool(self.values) and self.holds and not self.family


@dataclass(frozen=True)
class Asked:
    """What a number is asked for: the figure's own words, the dimensions it has, its family of units.

    ``every`` gives all members of a dimension that the figure counts, ``by_part`` says that a part it
    is stated by, named for the number before, holds on.
    """

    own: tuple[str, ...]
    dimensions: frozenset[str]
    every: Callable[[str], frozenset[str]]
    by_part: bool
    family: str
