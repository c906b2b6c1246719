"""The rows behind a figure."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator
from functools import reduce

import ibis.expr.types as ir

from zt_analysis.indicators.catalogue import find
from zt_analysis.indicators.computing import inputs, leaves, measure_of
from zt_analysis.indicators.indicator import Measure, Scope
from zt_analysis.indicators.passes import ask
from zt_analysis.indicators.question import Asked
from zt_analysis.indicators.view_kinds import KINDS
from zt_analysis.indicators.views import View
from zt_analysis.indicators.wanted import Wanted
from zt_analysis.sources import Tables


def rows(wanted: Wanted, tables: Tables) -> ir.Table:
    """Every row behind a figure, as an expression; for a derived figure, those of its first measured indicator.

    Of what adds several figures up (a total, a figure to date) the rows of all that stand in the table of the first.
    ``rows(...).limit(20).to_pandas()`` shows the first; nothing is read before it is asked for.
    """
    measure, scope = _behind(wanted, tables)
    return measure.within(scope).table


def _behind(wanted: Wanted, tables: Tables) -> tuple[Measure, Scope]:
    """The rows behind a figure, as a measure within a scope."""
    first, *others = dict.fromkeys(_first(wanted))
    measure = measure_of(first, tables)
    if not others:
        return measure, first.scope
    conditions = [measure.condition(first.scope)]
    for leaf in others:
        other = measure_of(leaf, tables)
        conditions += [other.condition(leaf.scope)] if other.table.op() == measure.table.op() else []
    known = [one for one in conditions if one is not None]
    where = reduce(operator.or_, known) if len(known) == len(conditions) else None
    return Measure(measure.table, "count", where=where), ()


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
    found = ask([Asked(*_behind(one, tables)) for one in wanted], tables)
    return [one.rows.get((), 0) for one in found]
