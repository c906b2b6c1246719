"""Rates of the counties with the uncertainty of small numbers: groups that differ, not a league table of noise.

A county with few children has a rate that jumps by chance. Each rate gets a Wilson interval (E. B. Wilson 1927), wide
enough that all counties of the city lie in theirs with 95 % probability together (Bonferroni). A county is called
higher or lower than the city only if the city's rate lies outside its interval; and its rank is given as the range of
places that it may have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist
from typing import Any

from zt_analysis.define import (
    Cell,
    Part,
    Tables,
    Wanted,
    counted,
    key_of,
    not_received,
    number,
    ratio,
    round_half_up,
    values_by,
    word,
    words,
)

from ..indicators.attendance import COMPULSORY
from ..papers import Circular
from .places import CITY, county_names

CONFIDENCE = Fraction(95, 100)
COLUMNS = ("county_code", "part_children", "rate_population", "out_of_school_rate", "rate_low", "rate_high",
           "rate_against", "rate_places")  # fmt: skip
WHOLE = ("rate_against", "rate_places")
NONE = {"zh": "—", "en": "—"}


@dataclass(frozen=True)
class Interval:
    """A county's rate: ``count`` of ``population``, and the bounds of what chance alone could make of it."""

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
        """``rate_higher``, ``rate_lower`` or ``rate_alike``: whether the city's rate lies outside the interval."""
        if whole < self.low:
            return "rate_higher"
        return "rate_lower" if whole > self.high else "rate_alike"


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
    return max(Fraction(0), (middle - half) / (1 + per)), min(Fraction(1), (middle + half) / (1 + per))


def counted_of(circular: Circular, tables: Tables, stage: str) -> dict[str, tuple[int | None, int | None]]:
    """By county: children out of school, and the population; None where nothing was received."""
    scope = (("stage", stage),)
    names = ("out_of_school_children", "rate_population")
    asked = {name: Wanted(name, circular.period, scope) for name in names}
    values = values_by(asked, tables, ("county_code",))
    children, people = (values[name] for name in names)
    return {code: (counted(children, code), counted(people, code)) for code in county_names(tables)}


def intervals(counts: Mapping[str, tuple[int | None, int | None]]) -> list[Interval]:
    """The rates of the counties that reported, highest first; those of equal rate in the order of their codes."""
    found = [
        Interval(code, count, population, *wilson(count, population, comparisons=len(counts)))
        for code, (count, population) in counts.items()
        if count is not None and population is not None
    ]
    return sorted(found, key=lambda one: (-(one.rate or 0), one.code))


def whole_of(counts: Mapping[str, tuple[int | None, int | None]]) -> tuple[int, int]:
    """Count and population of the city: of what was received."""
    return sum(count or 0 for count, _ in counts.values()), sum(people or 0 for _, people in counts.values())


def places(one: Interval, every: list[Interval]) -> tuple[int, int]:
    """The first and last place a county may have: after those surely higher, before those surely lower.

    >>> sure = [Interval(code, 1, 2, Fraction(low, 9), Fraction(high, 9)) for code, low, high in
    ...         (("a", 7, 8), ("b", 3, 5), ("c", 4, 6))]
    >>> [places(one, sure) for one in sure]
    [(1, 1), (2, 3), (2, 3)]
    """
    higher = sum(other.low > one.high for other in every)
    lower = sum(other.high < one.low for other in every)
    return higher + 1, len(every) - lower


def rates_by_county(circular: Circular, tables: Tables, stage: str) -> Part:
    """One row a county, those that differ from the city first: count, population, rate, bounds, places."""
    counts = counted_of(circular, tables, stage)
    found = intervals(counts)
    names = county_names(tables)
    count, population = whole_of(counts)
    whole = Fraction(ratio(count, population) or 0)
    key = key_of("out_of_school_rate", circular.period, stage=stage)
    children = key_of("out_of_school_children", circular.period, stage=stage)
    divided = key_of("rate_population", circular.period, stage=stage)
    keys = (children, divided, key)
    city = _cells(count, population, ratio(count, population), keys)
    rows = [(words(CITY), *city, *(words(NONE) for _ in range(4)))]
    order = {"rate_higher": 0, "rate_alike": 1, "rate_lower": 2}
    for one in sorted(found, key=lambda one: (order[one.against(whole)], one.code)):
        first, last = places(one, found)
        span = f"{first}" if first == last else f"{first}–{last}"
        bounds = (number(one.low, "ratio"), number(one.high, "ratio"))
        cells = _cells(one.count, one.population, one.rate, keys)
        place = {"text": {"zh": span, "en": span}}
        rows.append((words(names[one.code]), *cells, *bounds, word(one.against(whole)), place))
    late = [code for code in counts if code not in {one.code for one in found}]
    for code in late:
        people = counts[code][1]
        known = not_received(divided) if people is None else number(people, "persons", divided)
        none = (not_received(), not_received(), word("incomplete"), words(NONE))
        rows.append((words(names[code]), not_received(children), known, not_received(key), *none))
    differing = sum(one.against(whole) != "rate_alike" for one in found)
    # a city that lacks a county is nothing to differ from: what counts those that do is not said
    values = {} if late else {"differing": differing, "counties": len(found)}
    return Part(f"rates_{stage}", COLUMNS, tuple(rows), values, WHOLE)


def county_rates(circular: Circular, tables: Tables, stage: str = "junior") -> Any:
    """A frame for the chart of rates: ``county``, ``rate_pct``, ``low_pct``, ``high_pct``, ``against``, ``city_pct``.

    One row a county in the order of the codes; percentages are Decimals with two decimals. A county of which nothing
    was received has none; ``against`` is ``not_received``, and for the others ``incomplete``: the city lacks it.
    """
    import pandas as pd

    counts = counted_of(circular, tables, stage)
    found = {one.code: one for one in intervals(counts)}
    whole = None if len(found) < len(counts) else ratio(*whole_of(counts))
    rows = []
    for code, name in county_names(tables).items():
        one = found.get(code)
        values = [None] * 3 if one is None else [_percent(value) for value in (one.rate, one.low, one.high)]
        if one is None:
            against = "not_received"
        else:
            against = "incomplete" if len(found) < len(counts) else one.against(Fraction(whole or 0))
        rows.append([name[circular.language], *values, against, _percent(whole)])
    return pd.DataFrame(rows, columns=["county", "rate_pct", "low_pct", "high_pct", "against", "city_pct"])


def _percent(value: Fraction | int | None) -> Decimal | None:
    return None if value is None else round_half_up(Fraction(value) * 100, 2)


def _cells(count: int, population: int, rate: Fraction | int | None, keys: tuple[str, str, str]) -> list[Cell]:
    return [
        number(count, "persons", keys[0]), number(population, "persons", keys[1]), number(rate, "ratio", keys[2]),
    ]  # fmt: skip


def _root(value: Fraction) -> Fraction:
    """A square root to 28 digits: bounds are shown with four."""
    return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())


STAGES = COMPULSORY
