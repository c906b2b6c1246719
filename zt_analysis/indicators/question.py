"""A question to the tables: a measure, within a part of the whole, by groups; and its answer."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property

from zt_analysis.indicators.indicator import Group, Measure, Scope


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
        by_week = "week" in self.by or any(name == "week" for name, _ in self.scope)
        return self.measure.table.op(), self.measure.dated if by_week else ""
