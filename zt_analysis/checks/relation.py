"""What a relation (勾稽) is: an identity or bound between figures or over rows, with its imbalance."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar

import ibis.expr.types as ir

from zt_analysis.bulletins import Claim
from zt_analysis.errors import InputError, ZtError
from zt_analysis.figures import Figure, figure_key
from zt_analysis.indicators import Wanted, find
from zt_analysis.indicators.asked import first_day
from zt_analysis.indicators.indicator import Exact, Group
from zt_analysis.indicators.measures import failure
from zt_analysis.periods import Period
from zt_analysis.sources import Tables, Unbuilt

SEVERITIES = ("hard", "soft", "info")


class NotStated(Exception):  # noqa: N818  no error: the relation has nothing to say of this issue
    """A relation needs a printed number of a role that the issue does not print."""


@dataclass(frozen=True)
class Book:
    """What relations are evaluated on: tables, computed figures, claims, the case's parameters, its indicators.

    Attributes:
        apart: each relation asks for itself alone, so that what it was made from is known.
    """

    tables: Tables
    period: Period
    figures: Mapping[str, Figure]
    claims: Mapping[str, Claim] = field(default_factory=dict)
    parameters: Mapping[str, object] = field(default_factory=dict)
    indicators: tuple[str, ...] = ()
    apart: bool = False

    def __call__(self, indicator: str, *, at_base: bool = False, **parts: str) -> Exact:
        """The exact value of a computed figure; ``parts`` are the part of the whole, by dimension."""
        return self.figures[self.key(indicator, at_base=at_base, **parts)].exact

    def key(self, indicator: str, *, at_base: bool = False, **parts: str) -> str:
        """The key of that figure."""
        seen_from = self.period.at(self.period.base_on) if at_base else self.period
        return figure_key(indicator, find(indicator).at(seen_from), tuple(parts.items()))

    def stated(self, role: str) -> list[str]:
        """The values of the printed numbers that have a role, in the order of the claims file.

        Raises:
            NotStated: the issue prints none.
        """
        found = [claim.value for claim in self.claims.values() if claim.role == role]
        if not found:
            raise NotStated(role)
        return found

    def on(self, parameter: str) -> date:
        """A date parameter of the case."""
        return date.fromisoformat(str(self.parameters[parameter]))

    def first_day(self, table: str, column: str) -> date | None:
        """The first day in a column of days; None where no row has one."""
        return first_day(table, column, self.tables)


@dataclass(frozen=True)
class Finding:
    """What evaluating a relation gave.

    Attributes:
        left, right: the two sides in the exact unit ``unit``; ``operator`` stands between them.
        imbalance: by how much the relation is violated (0 when it holds); for information, left minus right.
        holds: None where there is no norm to hold it against.
        checked: how many rows, figures or numbers were looked at; none is a failure.
        breaking: the rows, or groups of figures, that violate it.
        figures: keys of the figures compared.
        said: what is to be said of it, in zh and en.
    """

    left: Exact
    operator: str
    right: Exact
    unit: str
    imbalance: Exact
    holds: bool | None
    checked: int = 1
    breaking: ir.Table | list[dict[str, Any]] | None = None
    figures: tuple[str, ...] = ()
    said: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Relation:
    """A relation with a name, a severity (hard, soft, info) and the function that evaluates it.

    Attributes:
        zh, en: its title.
        said: what must hold, in Chinese and English, where it is declared as a statement.
        papers: the kinds of paper it is about; every kind when empty.
        asks: the figures, whole or by groups, that it asks for of a book; they are gathered for all relations at once.
    """

    defines: ClassVar[str] = "relations"

    id: str
    severity: str
    function: Callable[[Book], Finding]
    zh: str
    en: str
    said: tuple[str, str] | None = None
    papers: tuple[str, ...] = ()
    asks: Callable[[Book], list[tuple[Wanted, Group]]] = lambda book: []

    def found(self, book: Book) -> Finding:
        """What its function gives.

        Raises:
            InputError: that is no finding, or it fails.
        """
        try:
            found = self.function(book)
        except (ZtError, NotStated):
            raise
        except Exception as error:
            if self.said:  # a statement that cannot be held is for the engine to mend
                raise
            expected = "a function that gives a Finding"
            raise failure(f"relation {self.id!r}", self.function, error, expected) from error
        if not isinstance(found, Finding):
            raise InputError(
                f"relation {self.id!r}", found=type(found).__name__, expected="a Finding from its function",
                hint="return at_most(...), equal(...), no_rows(...)",
            )  # fmt: skip
        return found

    @property
    def statement(self) -> str | dict[str, str]:
        """What must hold, in one line: as declared, or the first paragraph of the docstring."""
        if self.said:
            return dict(zip(("zh", "en"), self.said, strict=True))
        return " ".join((inspect.getdoc(self.function) or "").split("\n\n")[0].split())

    @property
    def title(self) -> dict[str, str]:
        """Its title in both languages."""
        return {"zh": self.zh, "en": self.en}


def relation(
    id: str, severity: str, *, zh: str, en: str, papers: tuple[str, ...] = ()
) -> Callable[[Callable[[Book], Finding]], Relation]:
    """Turn a function Book -> Finding into a relation of every kind of paper, or of ``papers``."""
    if severity not in SEVERITIES:
        raise InputError(f"relation {id}, severity", found=severity, expected=", ".join(SEVERITIES))
    return lambda function: Relation(id, severity, function, zh, en, papers=papers)


def at_most(left: Exact, right: Exact, unit: str, *, figures: tuple[str, ...] = ()) -> Finding:
    """left <= right; the imbalance is the excess.

    >>> at_most(2031, 1915, "persons").imbalance, at_most(1, 2, "persons").holds
    (Fraction(116, 1), True)
    """
    if left is None or right is None:
        return _missing(left, "≤", right, unit)
    return Finding(left, "≤", right, unit, _excess(left, right), left <= right, figures=figures)


def below(left: Exact, right: Exact, unit: str, *, figures: tuple[str, ...] = ()) -> Finding:
    """left < right; the imbalance is the excess, 0 where they are equal (and then it does not hold)."""
    if left is None or right is None:
        return _missing(left, "<", right, unit)
    return Finding(left, "<", right, unit, _excess(left, right), left < right, figures=figures)


def equal(left: Exact, right: Exact, unit: str, *, figures: tuple[str, ...] = (), checked: int = 1) -> Finding:
    """left = right; the imbalance is left minus right."""
    if left is None or right is None:
        return _missing(left, "=", right, unit)
    return Finding(left, "=", right, unit, left - right, left == right, checked, figures=figures)


def near(
    left: Exact,
    right: Exact,
    unit: str,
    *,
    within: Fraction = Fraction(0),
    apart: Fraction = Fraction(0),
    figures: tuple[str, ...] = (),
) -> Finding:
    """left lies within the share ``within`` of the norm ``right``, or no more than ``apart`` from it; the imbalance is
    left minus right."""
    if left is None or right is None:
        return _missing(left, "≈", right, unit)
    gap = Fraction(left) - right
    return Finding(left, "≈", right, unit, gap, abs(gap) <= max(abs(within * right), apart), figures=figures)


def shown(left: Exact, unit: str, *, against: Exact = None, figures: tuple[str, ...] = ()) -> Finding:
    """A value for information, with or without something to see it beside."""
    gap = None if left is None or against is None else left - against
    return Finding(left, "~" if against is not None else "", against, unit, gap, None, figures=figures)


def no_rows(book: Book, breaking: ir.Table, checked: ir.Table, *, touches: tuple[str, ...] = ()) -> Finding:
    """No row of ``breaking`` exists; ``checked`` are the rows looked at, ``touches`` the indicators they feed."""

    def build() -> ir.Table:
        return breaking.aggregate(n=breaking.count()).cross_join(checked.aggregate(checked=checked.count()))

    kinds = {"n": "integer", "checked": "integer"}
    question = Unbuilt(("no rows", breaking.op(), checked.op()), build, kinds)
    # a book of a few rows, as in tests, holds no figures
    keys = tuple(key for key in (book.key(name) for name in touches) if key in book.figures)
    book.tables.later(question)
    return _Counted.later(lambda: book.tables.rows(question)[0], breaking, keys)


class _Counted(Finding):
    """A finding whose rows are counted when somebody looks: those of all relations then come from one statement.

    From then on it is a ``Finding`` as any other.
    """

    @classmethod
    def later(cls, count: Callable[[], Mapping[str, int]], breaking: ir.Table, figures: tuple[str, ...]) -> Finding:
        found = object.__new__(cls)
        vars(found).update(_count=count, operator="=", right=0, unit="rows", breaking=breaking, figures=figures)
        return found

    def __getattribute__(self, name: str) -> Any:
        if name in ("left", "imbalance", "holds", "checked", "__class__"):
            own = object.__getattribute__(self, "__dict__")
            counts = own["_count"]()
            broken = counts["n"]
            del own["_count"]
            own.update(left=broken, imbalance=broken, holds=broken == 0, checked=counts["checked"])
            object.__setattr__(self, "__class__", Finding)
        return object.__getattribute__(self, name)


def _excess(left: Fraction | int, right: Fraction | int) -> Fraction:
    return Fraction(left - right) if left > right else Fraction(0)


def _missing(left: Exact, operator: str, right: Exact, unit: str) -> Finding:
    """A side that cannot be computed never holds."""
    return Finding(left, operator, right, unit, None, False)
