"""Rates of parts with the uncertainty of small numbers: groups that differ, not a league table of noise.

A part with few children has a rate that jumps by chance. Each rate gets a Wilson interval (E. B. Wilson 1927), wide
enough that all parts of the whole lie in theirs with 95 % probability together (Bonferroni). A part is called higher or
lower than the whole only if the whole's rate lies outside its interval; its rank is a range of places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist

from zt_analysis.figures import ratio

CONFIDENCE = Fraction(95, 100)
HIGHER, ALIKE, LOWER = "rate_higher", "rate_alike", "rate_lower"
Counts = Mapping[str, tuple[int | None, int | None]]


@dataclass(frozen=True)
class Interval:
    """A part's rate: ``count`` of ``population``, and the bounds of what chance alone could make of it."""

    code: str
    count: int
    population: int
    low: Fraction
    high: Fraction

    @property
    def rate(self) -> Fraction | None:
        """The rate itself; None over nobody."""
        found = ratio(self.count, self.population)
        return None if found is None else Fraction(found)

    def against(self, whole: Fraction) -> str:
        """``rate_higher``, ``rate_lower`` or ``rate_alike``: whether the whole's rate lies outside the interval."""
        if whole < self.low:
            return HIGHER
        return LOWER if whole > self.high else ALIKE


def wilson(count: int, population: int, *, comparisons: int = 1) -> tuple[Fraction, Fraction]:
    """Bounds of a rate at 95 % for ``comparisons`` rates together; (0, 1) over nobody.

    >>> low, high = wilson(10, 100)
    >>> round(float(low), 4), round(float(high), 4)  # 5.52 % to 17.44 %, as tables of the method give
    (0.0552, 0.1744)
    """
    if population == 0:
        return Fraction(0), Fraction(1)
    z = Fraction(NormalDist().inv_cdf(1 - float(1 - CONFIDENCE) / (2 * comparisons)))
    share, per = Fraction(count, population), z * z / population
    inside = share * (1 - share) / population + per / (4 * population)
    half = z * _root(inside)
    middle = share + per / 2
    # at nobody and at everybody the bound is exact; a root of finite digits would put it beside
    low = Fraction(0) if count == 0 else max(Fraction(0), (middle - half) / (1 + per))
    return low, Fraction(1) if count == population else min(Fraction(1), (middle + half) / (1 + per))


def intervals(counts: Counts) -> list[Interval]:
    """The rates of the parts that reported, highest first; those of equal rate in the order of their codes.

    Args:
        counts: by part what was counted, and of how many; None where nothing was received.
    """
    found = [
        Interval(code, count, population, *wilson(count, population, comparisons=len(counts)))
        for code, (count, population) in counts.items()
        if count is not None and population is not None
    ]
    return sorted(found, key=lambda one: (-(one.rate or 0), one.code))


def places(one: Interval, every: list[Interval]) -> tuple[int, int]:
    """The first and last place a part may have: after those surely higher, before those surely lower.

    >>> sure = [Interval(code, 1, 2, Fraction(low, 9), Fraction(high, 9)) for code, low, high in
    ...         (("a", 7, 8), ("b", 3, 5), ("c", 4, 6))]
    >>> [places(one, sure) for one in sure]
    [(1, 1), (2, 3), (2, 3)]
    """
    higher = sum(other.low > one.high for other in every)
    lower = sum(other.high < one.low for other in every)
    return higher + 1, len(every) - lower


def _root(value: Fraction) -> Fraction:
    """A square root to 28 digits: bounds are shown with four."""
    return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())
