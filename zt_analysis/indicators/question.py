"""A question to the tables: a measure, within a part of the whole, by groups; and its answer."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ibis.expr.types as ir

from zt_analysis.indicators.indicator import Group, Measure, Scope
from zt_analysis.periods import calendar
from zt_analysis.sources import Unbuilt


@dataclass(frozen=True)
class Values:
    """A measure by group.

    Attributes:
        values: whole numbers, of each group that has a row which counts; of the whole in any case.
        rows: how many rows count in each.
    """

    values: Mapping[Group, int]
    rows: Mapping[Group, int]


@dataclass(frozen=True, eq=False)
class Asked:
    """A measure asked for within a scope by the dimensions ``by``; ``key`` names the question, whoever asks."""

    measure: Measure
    scope: Scope = ()
    by: Group = ()

    @cached_property
    def key(self) -> Hashable:
        """What is asked, not by what name: an indicator that is defined anew asks something else."""
        return self.measure.key, self.scope, self.by

    @property
    def place(self) -> Hashable:
        """What questions share that one statement can answer: the rows, and what a week is there."""
        return self.measure.table.op(), self.measure.dated if "week" in (*self.by, *dict(self.scope)) else ""


def made_of(
    measure: Measure,
    of: tuple[Any, ...],
    build: Callable[[], ir.Table],
    *,
    by_week: bool = False,
    kinds: Mapping[str, str] | None = None,
) -> ir.Table | Unbuilt:
    """The question that ``build`` makes of ``measure``, named by ``of``: what else it makes it from, and of the measure
    what it looks at; ``by_week``: also the office's weeks."""
    if type(measure) is not Measure:  # an office's own kind may make it of more
        return build()
    return Unbuilt((*of, calendar().weekday if by_week else None), build, kinds)
