"""Unusual weeks: a county's new and ended cases against its own last weeks.

If a county's weeks were all alike, a case of the last nine weeks would fall into this one with probability 1/9. How
improbable the week's count is follows from the binomial distribution (the conditional test of Przyborowski and
Wilenski 1940), exactly and without an assumption about the size of the county. A week is called unusual if such a
count, high or low, has a probability below 5 % over all counties and both flows together (Bonferroni).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import comb

from zt_analysis.define import (
    Group,
    Part,
    Tables,
    Wanted,
    counted,
    key_of,
    labels,
    not_received,
    number,
    values_by,
    word,
    words,
)

from ..papers import Circular
from ..periods import Period
from .places import county_names

HISTORY_WEEKS = 8
LEVEL = Fraction(5, 100)
FLOWS = ("opened_cases", "ended_cases")
COLUMNS = ("county_code", "part_flow", "part_this_week", "part_usual", "part_chance", "part_judged")
FIRST = ("unusual_high", "unusual_low", "usual", "unusual_unknown")


def asks(circular: Circular) -> list[tuple[Wanted, Group]]:
    """Each flow by county, this week and in those before."""
    return [(one, ("county_code",)) for one in _asked(circular).values()]


def unusual_weeks(circular: Circular, tables: Tables) -> Part:
    """One row a county and flow: this week's count, the mean of eight weeks before, how probable, unusual or not."""
    names = county_names(tables)
    values = values_by(_asked(circular), tables, ("county_code",))
    judged, late = [], []
    for flow in FLOWS:
        for code in names:
            known = [counted(values[f"{flow} {n}"], code) for n in range(1 + HISTORY_WEEKS)]
            counts = [count for count in known if count is not None]
            if len(counts) < len(known):
                late.append((flow, code))
                continue
            chance = probability(counts[0], counts[1:])
            judged.append((judgement(counts, chance, tests=len(names) * len(FLOWS)), flow, code, counts, chance))
    judged.sort(key=lambda one: (FIRST.index(one[0]), FLOWS.index(one[1]), one[2]))
    rows = tuple(
        (
            words(names[code]), words(labels(flow)), number(counts[0], "cases", key_of(flow, circular.period)),
            number(Fraction(sum(counts[1:]), HISTORY_WEEKS), "cases_per_week"), number(chance, "ratio"), word(found),
        )
        for found, flow, code, counts, chance in judged
    )  # fmt: skip
    rows += tuple(
        (words(names[code]), words(labels(flow)), not_received(key_of(flow, circular.period)), not_received(),
         not_received(), word("incomplete"))
        for flow, code in late
    )  # fmt: skip
    return Part("unusual", COLUMNS, rows, {"unusual": sum(one[0].startswith("unusual_") for one in judged)})


def probability(count: int, history: list[int]) -> Fraction | None:
    """How probable a count as far from the usual as this one is (two-sided); None when there was nothing at all.

    >>> probability(3, [0])  # all three of two weeks in one of them: 1/8, and as much for the other
    Fraction(1, 4)
    """
    total = count + sum(history)
    if total == 0:
        return None
    share = Fraction(1, len(history) + 1)
    odds = [comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(count + 1)]
    lower = sum(odds, Fraction(0))
    upper = 1 - lower + odds[-1]
    return min(Fraction(1), 2 * min(lower, upper))


def judgement(counts: list[int], chance: Fraction | None, *, tests: int) -> str:
    """``unusual_high``, ``unusual_low`` or ``usual``; ``unusual_unknown`` when there was nothing to judge by."""
    if chance is None:
        return "unusual_unknown"
    if chance >= LEVEL / tests:
        return "usual"
    return "unusual_high" if counts[0] * HISTORY_WEEKS > sum(counts[1:]) else "unusual_low"


def _asked(circular: Circular) -> dict[str, Wanted]:
    weeks = [circular.period, *_before(circular.period)]
    return {f"{flow} {n}": Wanted(flow, week) for flow in FLOWS for n, week in enumerate(weeks)}


def _before(period: Period) -> list[Period]:
    def week(end: date) -> Period:
        return replace(period, as_of=end, base_on=end - timedelta(days=7))

    return [week(period.as_of - timedelta(weeks=weeks)) for weeks in range(1, HISTORY_WEEKS + 1)]
