"""The rows behind a figure."""

from __future__ import annotations

import operator
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

import ibis.expr.types as ir

from zt_analysis.indicators.catalogue import find
from zt_analysis.indicators.computing import inputs, leaves, measure_of
from zt_analysis.indicators.indicator import Measure, Scope
from zt_analysis.indicators.passes import ask
from zt_analysis.indicators.question import Asked, made_of
from zt_analysis.indicators.view_kinds import KINDS
from zt_analysis.indicators.views import View
from zt_analysis.indicators.wanted import Wanted
from zt_analysis.sources import Tables, Unbuilt
from zt_analysis.sources.asking import kinds_of


def rows(wanted: Wanted, tables: Tables) -> ir.Table:
    """Every row behind a figure, as an expression; for a derived figure, those of its first measured indicator.

    Of what adds several figures up (a total, a figure to date) the rows of all that stand in the table of the first.
    ``rows(...).limit(20).to_pandas()`` shows the first; nothing is read before it is asked for.
    """
    found = behind(wanted, tables)
    return found.measure.within(found.scope).table


@dataclass(frozen=True)
class Behind:
    """The rows behind a figure: those of a measure within a scope, which have the columns of its table."""

    measure: Measure
    scope: Scope = ()

    @property
    def key(self) -> Hashable:
        """Which rows they are."""
        return self.measure.key, self.scope

    def first(self, most: int) -> ir.Table | Unbuilt:
        """The first few of them, by all their columns."""

        def build() -> ir.Table:
            rows = self.measure.within(self.scope).table
            return rows.order_by(list(rows.columns)).limit(most)

        of, kinds = ("first rows", self.key, most), kinds_of(self.measure.table)
        return made_of(self.measure, of, build, by_week="week" in dict(self.scope), kinds=kinds)


def behind(wanted: Wanted, tables: Tables) -> Behind:
    """The rows behind a figure, for whoever asks for the first of them."""
    first, *others = dict.fromkeys(_first(wanted))
    measure = measure_of(first, tables)
    if not others:
        return Behind(measure, first.scope)
    conditions = [measure.condition(first.scope)]
    for leaf in others:
        other = measure_of(leaf, tables)
        conditions += [other.condition(leaf.scope)] if other.table.op() == measure.table.op() else []
    known = [one for one in conditions if one is not None]
    where = reduce(operator.or_, known) if len(known) == len(conditions) else None
    return Behind(Measure(measure.table, "count", where=where))


def _first(wanted: Wanted) -> Iterator[Wanted]:
    """The first measured indicator behind a figure, or those that it adds up."""
    indicator = find(wanted.indicator)
    if not indicator.derived:
        yield wanted
        return
    below = inputs(wanted)
    adds = isinstance(indicator, View) and KINDS[indicator.kind].adds
    for one in below if adds else below[:1]:
        yield from _first(one)


def column(wanted: Wanted, tables: Tables) -> str:
    """The column that a figure's first measured indicator adds up or counts; empty where it counts rows."""
    return measure_of(next(leaves(wanted)), tables).column


def row_counts(wanted: Iterable[Wanted], tables: Tables) -> list[int]:
    """How many rows are behind each figure: those that ``rows`` gives."""
    every = [behind(one, tables) for one in wanted]
    found = ask([Asked(one.measure, one.scope) for one in every], tables)
    return [one.rows.get((), 0) for one in found]
