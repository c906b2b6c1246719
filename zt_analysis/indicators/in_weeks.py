"""Which figures are counted week by week, and which by week say how things stand at its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from zt_analysis.errors import InputError
from zt_analysis.indicators.catalogue import find
from zt_analysis.indicators.indicator import Exact, Group
from zt_analysis.indicators.views import View
from zt_analysis.indicators.wanted import Wanted
from zt_analysis.periods import reporting_dates

WEEK = "week"


def is_of_days(name: str) -> bool:
    """Whether each day adds to the figure what happened on it, so that a week has its own: of a span, no level, nothing
    that is held against another time or runs on from one."""
    indicator = find(name)
    if isinstance(indicator, View):
        return not is_seen_elsewhen(name) and all(is_of_days(one.indicator) for one in indicator.needs)
    if indicator.derived:
        return all(not at_base and is_of_days(one) for one, at_base in indicator.inputs)
    return indicator.time == "span"


def is_seen_elsewhen(name: str) -> bool:
    """Whether it is made from figures of other times than its own, or of a longer one."""
    indicator = find(name)
    if isinstance(indicator, View):
        return any(one.then or one.since or is_seen_elsewhen(one.indicator) for one in indicator.needs)
    return any(at_base or is_seen_elsewhen(one) for one, at_base in indicator.inputs)


def refuse_week(wanted: Wanted) -> None:
    """Refuse a week as the part that a figure is asked for, where a week has none of its own.

    Raises:
        InputError: what it says of the rows of a week alone is not what it says by week.
    """
    week = dict(wanted.scope).get(WEEK)
    if week is not None and not is_of_days(wanted.indicator):
        raise InputError(
            f"scope {WEEK!r} of {wanted.indicator}", found=repr(week),
            expected="none: it says how things stand on a day, or since another, and not what happened in a week",
            hint=f"ask for it at={week}, or for a figure that counts what happens",
        )  # fmt: skip


def on_reporting_days(wanted: Wanted, by: Group) -> tuple[Group, list[Wanted]]:
    """``by`` without the week, and the figure on each reporting day of its period."""
    days = reporting_dates(wanted.period.base_on, wanted.period.as_of)
    rest = tuple(name for name in by if name != WEEK)
    return rest, [Wanted(wanted.indicator, wanted.period.at(day), wanted.scope) for day in days]


def with_days(seen: Iterable[Wanted], values: Iterable[Mapping[Group, Exact]], by: Group) -> dict[Group, Exact]:
    """The values of each day by the groups of ``by``, whose week is that day."""
    place = by.index(WEEK)
    return {
        (*group[:place], one.period.as_of.isoformat(), *group[place:]): value
        for one, found in zip(seen, values, strict=True) for group, value in found.items()
    }  # fmt: skip
