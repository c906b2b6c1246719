"""What a printed number allows: every value that rounds to it, or keeps the bound beside it, as an interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

from zt_analysis.numbers import Mention

NEAR = Fraction(1, 10)
ABOUT = Fraction(1, 20)
# a bound that is open on one side ends this many times farther out
OPEN = 1000
NEARLY = ("近", "接近", "将近", "趋近")
MANY = ("多", "余", "几", "来")


@dataclass(frozen=True, slots=True)
class Interval:
    """Every value from ``low`` to ``high``, both included."""

    low: Fraction
    high: Fraction

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both.

        >>> Interval(Fraction(1), Fraction(2)).meets(Interval(Fraction(2), Fraction(3)))
        True
        """
        return self.low <= other.high and other.low <= self.high

    def gap(self, other: Interval) -> Fraction:
        """By how much ``self`` lies above (positive) or below ``other``; 0 where they meet."""
        if self.meets(other):
            return Fraction(0)
        return self.low - other.high if self.low > other.high else self.high - other.low

    def times(self, factor: Fraction | int) -> Interval:
        """Each value times ``factor``, which is not negative."""
        return Interval(self.low * factor, self.high * factor)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)


def spread(function: Callable[..., Fraction], *operands: Interval) -> Interval | None:
    """The interval of a function that is monotone in each operand; None where it is not defined.

    >>> spread(lambda a, b: a / b, Interval(Fraction(1), Fraction(2)), Interval(Fraction(4), Fraction(8)))
    Interval(low=Fraction(1, 8), high=Fraction(1, 2))
    """
    try:
        values = [function(*one) for one in product(*((each.low, each.high) for each in operands))]
    except ZeroDivisionError:
        return None
    return Interval(min(values), max(values))


def ratio(part: Interval, whole: Interval) -> Interval | None:
    """``part`` divided by ``whole``; None where ``whole`` may be nothing."""
    return None if whole.low <= 0 <= whole.high else spread(lambda a, b: a / b, part, whole)


def interval_of(mention: Mention) -> Interval | None:
    """What ``mention`` allows, a fall negative; None of what is no single quantity."""
    value = mention.value
    if isinstance(value, tuple) and len(value) == 2 and mention.unit != "ratio":
        return _between(value)
    if not isinstance(value, Decimal):
        return None
    if mention.exact is not None and mention.qualifier == "exact" and mention.unit != "成":
        # 减少三分之一 is said of 33.27 %, 一半 of 49: as wide as 约 is; 1/3 is printed with digits
        in_words = mention.unit == "1" and not any(map(str.isdigit, mention.surface))
        ends = sorted(mention.exact * (1 + (side * ABOUT if in_words else 0)) for side in (-1, 1))
        return Interval(*ends)
    size = Fraction(abs(value))
    found = _bounded(mention, size)
    return found if value >= 0 else Interval(-found.high, -found.low)


def _between(value: tuple[object, ...]) -> Interval | None:
    low, high = value
    if not isinstance(low, Decimal) or not isinstance(high, Decimal):
        return None
    ends = sorted((Fraction(low), Fraction(high)))
    return Interval(ends[0], ends[1])


def _bounded(mention: Mention, size: Fraction) -> Interval:
    half = half_step(mention)
    if any(word in mention.surface for word in NEARLY):
        return Interval(size * (1 - NEAR), size)
    if mention.qualifier == "more-than":
        if any(word in mention.surface.replace("多于", "") for word in MANY):
            # 340多户 are more than 340 and fewer than 350; of what has decimals both ends are as near as one likes
            place = mention.beyond or _place(size)
            inside = Fraction(1) if half == 0 and place > 1 else Fraction(0)
            return Interval(size + inside, size + place - inside)
        return Interval(size - half, (size + 1) * OPEN)
    if mention.qualifier == "less-than":
        return Interval(Fraction(0), size + half)
    if mention.qualifier == "approx":
        return Interval(size * (1 - ABOUT) - half, size * (1 + ABOUT) + half)
    return Interval(size - half, size + half)


def half_step(mention: Mention) -> Fraction:
    """Half of the last printed place; nothing for a count that is printed to the unit."""
    whole = mention.step == 1 and mention.kind in ("count", "change") and mention.unit not in ("%", "百分点", "×", "成")
    return Fraction(0) if whole else Fraction(mention.step) / 2


def _place(size: Fraction) -> Fraction:
    """One in the last place of ``size`` that is not nothing: 100 for 300, 1000 for 12000, 1/10 for 1.5."""
    place = Fraction(1)
    while size % place:
        place /= 10
    while size and size % (place * 10) == 0:
        place *= 10
    return place
