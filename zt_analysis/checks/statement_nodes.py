"""What a statement is made of: figures, numbers with units, days, printed numbers, and what stands between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from zt_analysis.units import PRINTED_UNITS

DAYS = {"天": {"calendar_days": Fraction(1), "days": Fraction(1)}}


@dataclass(frozen=True)
class Quantity:
    """A number as written, the unit it is printed with (none: a plain number), and the unit it is counted in."""

    text: str
    unit: str = ""
    counted: str = ""

    @property
    def exact(self) -> Fraction:
        """Its value in the unit it is counted in."""
        return Fraction(self.text) * (printed_units()[self.unit][self.counted] if self.unit else 1)


@dataclass(frozen=True)
class Seen:
    """A figure: an indicator, a part of the whole, and when: at the end, ``before`` (the beginning), ``at_base``."""

    indicator: str
    time: str = ""
    scope: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Days:
    """The days from one date parameter of the case to another."""

    first: str
    last: str


@dataclass(frozen=True)
class Stated:
    """The printed number of a role."""

    role: str


@dataclass(frozen=True)
class Operation:
    """Two sides with one of + - * / between them."""

    sign: str
    left: Node
    right: Node


Node = Quantity | Seen | Days | Stated | Operation


@dataclass(frozen=True)
class Compared:
    """A statement: ``left operator right`` in one unit, within a tolerance; or ``left`` alone, for information."""

    left: Node
    operator: str
    right: Node | None
    unit: str
    within: Quantity | None = None

    @property
    def figures(self) -> tuple[Seen, ...]:
        """The figures it names, in its order, each once."""
        sides = (self.left, *([self.right] if self.right else []))
        return tuple(dict.fromkeys(one for side in sides for one in figures_of(side)))


def figures_of(node: Node) -> Iterator[Seen]:
    """The figures of a side, in its order."""
    if isinstance(node, Seen):
        yield node
    elif isinstance(node, Operation):
        yield from figures_of(node.left)
        yield from figures_of(node.right)


def printed_units() -> dict[str, dict[str, Fraction]]:
    """Each printed unit: in which units of figures it can be counted, and how many of them one is."""
    return {**DAYS, **{unit: dict(kinds) for unit, kinds in PRINTED_UNITS.items()}}
