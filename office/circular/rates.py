"""Rates of the counties with the uncertainty of small numbers: groups that differ, not a league table of noise."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from zt_analysis.define import (
    Cell,
    Part,
    Tables,
    Wanted,
    counted,
    intervals,
    key_of,
    not_received,
    number,
    places,
    ratio,
    values_by,
    word,
    words,
)

from ..indicators.attendance import COMPULSORY
from ..papers import Circular
from .places import CITY, county_names

# the rate with what chance could make of it, before the counts that it is made of
COLUMNS = ("county_code", "out_of_school_rate", "rate_low", "rate_high", "rate_against", "rate_places",
           "part_children", "rate_population")  # fmt: skip
WHOLE = ("rate_against", "rate_places")
NONE = {"zh": "—", "en": "—"}


def counted_of(circular: Circular, tables: Tables, stage: str) -> dict[str, tuple[int | None, int | None]]:
    """By county: children out of school, and the population; None where nothing was received."""
    scope = (("stage", stage),)
    names = ("out_of_school_children", "rate_population")
    asked = {name: Wanted(name, circular.period, scope) for name in names}
    values = values_by(asked, tables, ("county_code",))
    children, people = (values[name] for name in names)
    return {code: (counted(children, code), counted(people, code)) for code in county_names(tables)}


def whole_of(counts: Mapping[str, tuple[int | None, int | None]]) -> tuple[int, int]:
    """Count and population of the city: of what was received."""
    return sum(count or 0 for count, _ in counts.values()), sum(people or 0 for _, people in counts.values())


def rates_by_county(circular: Circular, tables: Tables, stage: str) -> Part:
    """One row a county, those that differ from the city first: rate, bounds, places, count, population."""
    counts = counted_of(circular, tables, stage)
    found = intervals(counts)
    names = county_names(tables)
    count, population = whole_of(counts)
    whole = Fraction(ratio(count, population) or 0)
    key = key_of("out_of_school_rate", circular.period, stage=stage)
    children = key_of("out_of_school_children", circular.period, stage=stage)
    divided = key_of("rate_population", circular.period, stage=stage)
    keys = (children, divided, key)
    nothing = [words(NONE) for _ in range(4)]
    rows = [(words(CITY), *_cells(count, population, ratio(count, population), nothing, keys))]
    order = {"rate_higher": 0, "rate_alike": 1, "rate_lower": 2}
    for one in sorted(found, key=lambda one: (order[one.against(whole)], one.code)):
        first, last = places(one, found)
        span = f"{first}" if first == last else f"{first}–{last}"
        place = {"text": {"zh": span, "en": span}}
        beside = [number(one.low, "ratio"), number(one.high, "ratio"), word(one.against(whole)), place]
        rows.append((words(names[one.code]), *_cells(one.count, one.population, one.rate, beside, keys)))
    late = [code for code in counts if code not in {one.code for one in found}]
    for code in late:
        people = counts[code][1]
        known = not_received(divided) if people is None else number(people, "persons", divided)
        none = (not_received(), not_received(), word("incomplete"), words(NONE))
        rows.append((words(names[code]), not_received(key), *none, not_received(children), known))
    differing = sum(one.against(whole) != "rate_alike" for one in found)
    # a city that lacks a county is nothing to differ from: what counts those that do is not said
    values = {} if late else {"differing": differing, "counties": len(found)}
    return Part(f"rates_{stage}", COLUMNS, tuple(rows), values, WHOLE)


def _cells(
    count: int, population: int, rate: Fraction | int | None, beside: list[Cell], keys: tuple[str, str, str]
) -> list[Cell]:
    """The rate, what is said beside it, and what it is made of."""
    children, divided, key = keys
    made_of = (number(count, "persons", children), number(population, "persons", divided))
    return [number(rate, "ratio", key), *beside, *made_of]


STAGES = COMPULSORY
