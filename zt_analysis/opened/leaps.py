"""Weeks that leap: what came about in one week, in one part, against its own eight weeks before.

If a part's weeks were all alike, one of nine weeks' events would fall into this one with probability 1/9; how
improbable the count is follows from the binomial distribution, exactly (the conditional test of Przyborowski and
Wilenski, 1940). A week leaps if such a count has a probability below 5 % over everything that was tested (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pandas as pd

from zt_analysis.errors import InputError
from zt_analysis.figures import round_half_up
from zt_analysis.indicators import Wanted, columns, find
from zt_analysis.indicators.computing import in_weeks, measure_of
from zt_analysis.indicators.dimensions import part_name, split_by
from zt_analysis.indicators.indicator import Group, Measure
from zt_analysis.opened import frames
from zt_analysis.opened.naming import words_of
from zt_analysis.periods import reporting_dates
from zt_analysis.terms import label

if TYPE_CHECKING:
    from zt_analysis.opened.open_case import OpenCase

HISTORY = 8
LEVEL = Fraction(5, 100)
Tested = tuple[str, str, str, int, Fraction, Fraction]


def unusual(book: OpenCase) -> frames.Shown:
    """The weeks of a case's period that leap, by part, for each figure of its paper that is counted by week."""
    with book._here():
        tables, language, period = book.tables, book.paper.language, book.paper.period
        weeks = [day.isoformat() for day in reporting_dates(period.base_on, period.as_of)][1:]
        tested: list[Tested] = []
        by = ""
        for name in book.paper.stated:
            wanted = Wanted(name, replace(period, base_on=period.base_on - timedelta(weeks=HISTORY)))
            if find(name).derived or not _is_counted(measure_of(wanted, tables)):
                continue
            by = split_by(columns(wanted, tables), tables, book.paper.split)
            if by:
                tested += _tested(name, in_weeks(wanted, tables, (by, "week")), weeks)
        if not tested:
            raise InputError(
                f"weeks of {book.paper.case}", found="no figure by part and week with eight weeks before",
                expected="rows of nine weeks at least", hint="open a case whose rows reach further back",
            )  # fmt: skip
        leaping = sorted((one for one in tested if one[5] < LEVEL / len(tested)), key=lambda one: one[5])
        rows = [
            [week, part_name(by, code, tables)[language], find(name).label[language], count,
             float(round_half_up(usual, 1)), "▲" if count > usual else "▼", float(chance)]
            for week, code, name, count, usual, chance in leaping
        ]  # fmt: skip
        names = ("week", "part", "figure", "count", "usual", "direction", "chance")
        frame = pd.DataFrame(rows, columns=list(names)).astype(
            {"count": "int64", "usual": "float64", "chance": "float64"}
        )
        frame["week"] = pd.to_datetime(frame["week"])
        words = {
            "week": label("opened_day", language), "part": words_of(by, tables)[language],
            "figure": label("indicator", language), "count": label("opened_number", language),
            "usual": label("opened_usual", language), "direction": "▲▼", "chance": label("opened_chance", language),
        }  # fmt: skip
        heads: dict[str, dict[str, Any]] = {name: frames.head(word) for name, word in words.items()}
        heads["usual"]["decimals"], heads["chance"]["decimals"] = 1, 9
        note = label("opened_tested", language).format(tested=len(tested), found=len(rows))
        found: frames.Shown = frames.named(frame, heads, language=language, title=book.paper.case, note=note)
        return found


def _is_counted(measure: Measure) -> bool:
    """Whether it counts what came about in a week: money comes in sums that no chance divides."""
    return bool(measure.dated) and measure.how != "sum"


def _tested(name: str, values: Mapping[Group, Any], weeks: list[str]) -> Iterator[Tested]:
    known = {group: count for group, count in values.items() if None not in group and count is not None}
    if not known:
        return
    begins = min(week for _, week in known)
    for week in weeks:
        before = [(date.fromisoformat(week) - timedelta(weeks=back)).isoformat() for back in range(1, HISTORY + 1)]
        if before[-1] < begins:  # weeks of which there are no rows are not weeks without events
            continue
        for code in sorted({code for code, _ in known}):
            history = [int(known.get((code, one), 0)) for one in before]
            count = int(known.get((code, week), 0))
            if count + sum(history):
                yield week, code, name, count, Fraction(sum(history), HISTORY), chance(count, history)


def chance(count: int, history: list[int]) -> Fraction:
    """How probable a count as far from the usual as this one is, two-sided.

    >>> chance(3, [0])
    Fraction(1, 4)
    """
    total, weeks = count + sum(history), len(history) + 1
    # each multiplied by weeks ** total, so that whole numbers are added
    odds, one = [], (weeks - 1) ** total
    for k in range(count + 1):
        odds.append(one)
        one = one * (total - k) // ((k + 1) * (weeks - 1))
    whole, lower = weeks**total, sum(odds)
    return Fraction(min(whole, 2 * min(lower, whole - lower + odds[-1])), whole)
