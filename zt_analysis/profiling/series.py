"""What is odd in a series over time: leaps, zeros that were blanks, periods that were rounded.

Nothing here knows what a table is about. A value is odd against its own series and against what stands beside it: where
everything leaps at once it is the world, or the definition, that changed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from zt_analysis.profiling.oddity import EXCHANGED, Oddity, number, spans
from zt_analysis.profiling.panels import Panel

# a step by more than this, up or down, is a leap; one by less is not
LEAP, STEADY = 1.6, 1.25
FEWEST_POINTS, HALF = 4, 0.5
# how many times its usual step a restless series has to leap
RESTLESS = 5
ROUND, LISTED = 2, 3
SMALL = 10.0
LEAPS = "it leaps and comes back; what stands beside it does not"
STEADY_ELSE = "the series was steady, and what stands beside it is"
Numbers = NDArray[np.float64]


def leaps(panel: Panel) -> Iterator[Oddity]:
    """A value that leaps away from its neighbours while what stands beside it does not; two may have changed places."""
    if len(panel.times) < FEWEST_POINTS:
        return
    found = {(at, part, measure): why for at, part, measure, why in _leaping(panel)}
    told: set[tuple[int, int, int]] = set()
    for (at, part, measure), (beside, why) in found.items():
        value = panel.values[at, part, measure]
        others = [two for one, of, two in found if (one, of) == (at, part) and two != measure]
        row = panel.values[at, part]
        turned = (two for two in others if _near(value, found[at, part, two][0]) and _near(row[two], beside))
        other = next(turned, None)
        if (at, part, measure) in told:
            continue
        if other is not None:
            told.add((at, part, other))
            names = f"{panel.measures[measure]}, {panel.measures[other]}"
            numbers = f"{number(value)} and {number(row[other])}"
            yield Oddity(panel.table, names, panel.place(at, part), numbers, "each where the other stands", EXCHANGED)
        else:
            expected = f"about {number(beside)}"
            yield Oddity(panel.table, panel.measures[measure], panel.place(at, part), number(value), expected, why)


def _leaping(panel: Panel) -> Iterator[tuple[int, int, int, tuple[float, str]]]:
    """Time, part and measure of each leap, what its neighbours let expect, and why it is one."""
    values = panel.values
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = np.where((values[1:] > 0) & (values[:-1] > 0), np.log(values[1:] / values[:-1]), np.nan)
    big = np.abs(steps) > np.log(LEAP)
    for part, measure in np.ndindex(*values.shape[1:]):
        series = values[:, part, measure]
        known = np.flatnonzero(np.isfinite(series) & (series > 0))
        if len(known) < FEWEST_POINTS or series[known].max() < SMALL:
            continue
        own = np.diff(np.log(series[known]))
        for place in range(1, len(known) - 1):
            before, at, after = known[place - 1 : place + 2]
            first, second, rest = own[place - 1], own[place], np.delete(own, [place - 1, place])
            # a restless series leaps often
            least = max(np.log(LEAP), RESTLESS * float(np.median(np.abs(rest))) if len(rest) else 0)
            turns = first * second < 0 and min(abs(first), abs(second)) > least and abs(first + second) < np.log(LEAP)
            if turns and after - before == 2 and _alone(big[at - 1], part, measure):
                yield int(at), part, measure, (float(np.sqrt(series[before] * series[after])), LEAPS)
        for place, beside in _at_the_ends(own):
            if _alone(big[max(int(known[place]) - 1, 0)], part, measure):
                yield int(known[place]), part, measure, (float(series[known[beside]]), STEADY_ELSE)


def _at_the_ends(own: Numbers) -> Iterator[tuple[int, int]]:
    """Which end of a steady series leaps, without a value beyond it to compare with, and the place beside that end."""
    if len(own) < FEWEST_POINTS:
        return
    for place, beside, step, rest in ((-1, -2, own[-1], own[:-1]), (0, 1, own[0], own[1:])):
        if abs(step) > np.log(LEAP) and np.abs(rest).max() < np.log(STEADY):
            yield place, beside


def _near(value: float, expected: float) -> bool:
    return 1 / STEADY < value / expected < STEADY if expected > 0 else False


def _alone(big: NDArray[np.bool_], part: int, measure: int) -> bool:
    """Whether fewer than half of the other parts leap at the same time; of a table without parts, of the measures."""
    others = np.delete(big[:, measure], part) if len(big) > 1 else np.delete(big[part], measure)
    return not len(others) or others.mean() < HALF


def zeros(panel: Panel) -> Iterator[Oddity]:
    """A series that falls to 0 from well above it, and stays there or comes back: a blank that was filled with 0."""
    for part, measure in np.ndindex(*panel.values.shape[1:]):
        series = panel.values[:, part, measure]
        positive = series[np.isfinite(series) & (series > 0)]
        if len(positive) < FEWEST_POINTS - 1 or np.median(positive) < SMALL:
            continue
        empty = np.flatnonzero(series == 0)
        here = [int(at) for at in empty if at > 0 and np.isfinite(series[at - 1]) and series[at - 1] >= SMALL]
        here += [int(at) for at in empty[:1] if at == 0 and len(series) > 1]
        for at in here:
            back = np.any(series[at + 1 :] > 0)
            yield Oddity(
                panel.table, panel.measures[measure], panel.place(at, part), "0",
                f"about {number(float(np.median(positive)))}, or nothing",
                "it falls to 0 and comes back" if back else "it ends in 0: was nothing published yet?",
            )  # fmt: skip


def rounded(panel: Panel) -> Iterator[Oddity]:
    """Measures whose values are round numbers in some periods and not in others."""
    found: dict[str, tuple[int, ...]] = {}
    for measure, name in enumerate(panel.measures):
        least = {at: _least_zeros(panel.values[at, :, measure]) for at in range(len(panel.times))}
        known = {at: zeros_ for at, zeros_ in least.items() if zeros_ >= 0}
        round_ = tuple(at for at, zeros_ in known.items() if zeros_ >= ROUND)
        # one number in a hundred ends in two zeros by chance
        if len(round_) >= FEWEST_POINTS - 1 and len(known) - len(round_) >= 2:
            found[name] = round_
    if found:
        more = f" and {len(found) - LISTED} more" if len(found) > LISTED else ""
        places = tuple(sorted({at for round_ in found.values() for at in round_}))
        yield Oddity(
            panel.table, ", ".join([*found][:LISTED]) + more, f"{panel.time} {spans(panel, places)}",
            "every value ends in zeros", "values as exact as in other periods",
            "rounded before it was published: changes against these periods are not exact",
        )  # fmt: skip


def _least_zeros(values: Numbers) -> int:
    """How many zeros the least round of the values of 1,000 and more ends in; -1 where there is none."""
    known = values[np.isfinite(values) & (values >= 1000)]
    return min((_ends_in_zeros(value) for value in known), default=-1)


def _ends_in_zeros(value: float) -> int:
    text = f"{value:.0f}"
    return len(text) - len(text.rstrip("0"))
