"""What is odd between columns and rows: copies, exchanged columns, sums and parts that hold everywhere but here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray

from zt_analysis.profiling.oddity import EXCHANGED, Oddity, number, spans
from zt_analysis.profiling.panels import Panel

LEAP, FEWEST_POINTS = 1.6, 4
FEWEST_ROWS, MOST = 5, 0.9
MOST_MEASURES = 12
# one row in how many may be above its whole
RARE = 100
Numbers = NDArray[np.float64]


def copies(panel: Panel) -> Iterator[Oddity]:
    """Two parts, or two periods of a part, with the very same values in every measure."""
    if len(panel.measures) < 3:
        return
    for at in range(len(panel.times)):
        seen: dict[tuple[float, ...], int] = {}
        for part in range(len(panel.parts)):
            row = panel.values[at, part]
            if not np.isfinite(row).all() or np.unique(row[row != 0]).size < 3:
                continue
            key = tuple(row)
            if key in seen:
                yield _copied(panel, panel.place(at, part), panel.place(at, seen[key]))
            elif at and np.array_equal(row, panel.values[at - 1, part]):
                yield _copied(panel, panel.place(at, part), panel.place(at - 1, part))
            seen.setdefault(key, part)


def _copied(panel: Panel, place: str, other: str) -> Oddity:
    found = f"the values of {other} in all {len(panel.measures)} columns"
    return Oddity(panel.table, "", place, found, "values of its own", "a row may have been copied")


def exchanged(panel: Panel) -> Iterator[Oddity]:
    """Two columns that stand in each other's place in one period: each is usual only for the other."""
    if len(panel.times) < 2 or len(panel.measures) > MOST_MEASURES * 2:
        return
    for first, second in combinations(range(len(panel.measures)), 2):
        for at in range(len(panel.times)):
            a, b = panel.values[at, :, first], panel.values[at, :, second]
            rest = np.delete(panel.values, at, axis=0)
            usual_a, usual_b = _usual(rest[:, :, first]), _usual(rest[:, :, second])
            known = np.isfinite(a) & np.isfinite(b)
            if known.sum() < FEWEST_ROWS or usual_a is None or usual_b is None:
                continue
            own = _far(a[known], usual_a) + _far(b[known], usual_b)
            turned = _far(a[known], usual_b) + _far(b[known], usual_a)
            if np.median(own) > 4 and np.median(turned) < np.median(own) / 3 and (turned < own).mean() >= MOST:
                names = f"{panel.measures[first]}, {panel.measures[second]}"
                yield Oddity(
                    panel.table, names, panel.place(at, None), f"the sizes of {known.sum()} rows",
                    "each column as in other periods", EXCHANGED,
                )  # fmt: skip


def _usual(values: Numbers) -> tuple[float, float] | None:
    known = values[np.isfinite(values)]
    if len(known) < FEWEST_ROWS:
        return None
    middle = float(np.median(known))
    spread = float(np.median(np.abs(known - middle)))
    return middle, max(spread, abs(middle) * 0.02, 1e-9)


def _far(values: Numbers, usual: tuple[float, float]) -> Numbers:
    # a difference counts less the farther it is already
    return np.log1p(np.abs(values - usual[0]) / usual[1]) * 2


def relations(panel: Panel) -> Iterator[Oddity]:
    """What holds between columns in nearly all rows, and not in some: a sum, a difference, a part and its whole."""
    measures = range(min(len(panel.measures), MOST_MEASURES))
    for total, first in permutations(measures, 2):
        for second in range(first + 1, len(measures)):
            if second != total:
                a, b, c = (panel.values[:, :, one] for one in (first, second, total))
                # of what is rounded each may be half a unit off
                yield from _broken(panel, np.abs(a + b - c) <= 1, (a, b, c), _said(panel, first, second, total))
    for part, whole in permutations(measures, 2):
        yield from _above(panel, part, whole)


def _said(panel: Panel, first: int, second: int, total: int) -> str:
    return f"{panel.measures[first]} + {panel.measures[second]} = {panel.measures[total]}"


def _above(panel: Panel, part: int, whole: int) -> Iterator[Oddity]:
    """A value above another that it is well below, and steadily so, in all other periods of the same part."""
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = panel.values[:, :, part] / panel.values[:, :, whole]
    shares[~np.isfinite(shares) | (shares < 0)] = np.nan
    if np.nansum(shares > 1) > max(1, np.isfinite(shares).sum() // RARE):
        return
    for at, of in np.argwhere(shares > 1):
        rest = np.delete(shares[:, of], at)
        rest = rest[np.isfinite(rest)]
        if len(rest) >= FEWEST_POINTS and rest.max() < 1 and shares[at, of] > LEAP * rest.max():
            numbers = f"{number(panel.values[at, of, part])} above {number(panel.values[at, of, whole])}"
            names = f"{panel.measures[part]} <= {panel.measures[whole]}"
            usual = f"about {np.median(rest):.0%} of it, as in {len(rest)} other periods"
            yield Oddity(panel.table, names, panel.place(int(at), int(of)), numbers, usual, "a part exceeds its whole?")


def _broken(panel: Panel, holds: NDArray[np.bool_], sides: tuple[Numbers, ...], said: str) -> Iterator[Oddity]:
    """Rows that break what nearly all others keep; or a whole period that does, where the others keep it."""
    # 0 + 0 = 0 says nothing
    known = np.logical_and.reduce([np.isfinite(one) for one in sides]) & (sides[0] != 0) & (sides[1] != 0)
    broken = known & ~holds
    count, kept = int(known.sum()), int((holds & known).sum())
    if count < FEWEST_ROWS or not broken.any():
        return
    rows, good = known.sum(axis=1), (holds & known).sum(axis=1)
    counted = rows >= FEWEST_ROWS
    false = np.flatnonzero(counted & (good <= rows * (1 - MOST)))
    true = np.flatnonzero(counted & (good >= rows * MOST))
    if len(false) > len(true) > 0:
        # what holds in one period and in no other is odd there
        for at in true:
            others = spans(panel, tuple(map(int, false)))
            yield Oddity(
                panel.table, said, panel.place(int(at), None), f"true in {good[at]} of {rows[at]} rows",
                f"false, as in {others}", "columns exchanged, or one defined anew?",
            )  # fmt: skip
    elif len(false) and len(true):
        for at in false:
            yield Oddity(
                panel.table, said, panel.place(int(at), None), f"false in {broken[at].sum()} of {rows[at]} rows",
                f"true, as in {spans(panel, tuple(map(int, true)))}", "columns exchanged, or one defined anew?",
            )  # fmt: skip
    elif kept >= max(4 * FEWEST_ROWS, MOST * count):
        for at, part in np.argwhere(broken):
            numbers = " and ".join(number(one[at, part]) for one in sides)
            expected = f"true, as in {kept} of {count} rows"
            yield Oddity(
                panel.table, said, panel.place(int(at), int(part)), numbers, expected, "it holds nearly everywhere"
            )
