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

COLUMNS = ("county_code", "part_children", "rate_population", "out_of_school_rate", "rate_low", "rate_high",
           "rate_against", "rate_places")  # fmt: skip
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


def _cells(count: int, population: int, rate: Fraction | int | None, keys: tuple[str, str, str]) -> list[Cell]:
    return [
        number(count, "persons", keys[0]), number(population, "persons", keys[1]), number(rate, "ratio", keys[2]),
    ]  # fmt: skip


STAGES = COMPULSORY
