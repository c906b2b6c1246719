"""Values of measures by group, and which of them nobody reported: no figure, and not 0."""

from __future__ import annotations

from collections.abc import Mapping

from zt_analysis.indicators.indicator import Exact, Group, Measure
from zt_analysis.indicators.passes import ask
from zt_analysis.indicators.question import Asked
from zt_analysis.indicators.wanted import Wanted
from zt_analysis.sources import Tables


def reports_of(measure: Measure) -> Measure:
    """How many rows have the value of ``only``: where none has, nothing was reported."""
    assert measure.only
    column, value = measure.only
    return Measure(measure.table, "count", where=measure.table[column] == value, dated=measure.dated)


class Published(dict[Group, Exact]):
    """Values by group of what has to be reported, or complete: a group that is not here has none, and is not 0, but
    where it is among ``nothing``: those that reported no row which counts."""

    nothing: frozenset[Group] = frozenset()


def measure_all(measures: Mapping[Wanted, Measure], tables: Tables, by: Group) -> dict[Wanted, Mapping[Group, Exact]]:
    """Every leaf's value by group; None of a complete sum where a row has no value, and of what nobody reported."""
    questions = {leaf: Asked(measure, leaf.scope, by) for leaf, measure in measures.items()}
    presents = {leaf: Asked(one.present, leaf.scope, by) for leaf, one in measures.items() if one.complete}
    reports = {leaf: Asked(reports_of(one), leaf.scope, by) for leaf, one in measures.items() if one.only}
    answers = iter(ask([*questions.values(), *presents.values(), *reports.values()], tables))
    answered = {leaf: next(answers) for leaf in questions}
    found: dict[Wanted, Mapping[Group, Exact]] = {leaf: one.values for leaf, one in answered.items()}
    for leaf in presents:
        rows, present = answered[leaf].rows, next(answers).values
        whole = {group for group, count in rows.items() if count and present.get(group, 0) == count}
        found[leaf] = Published({group: one if group in whole else None for group, one in found[leaf].items()})
    for leaf in reports:
        reported = frozenset(group for group, count in next(answers).rows.items() if count)
        values = Published({group: one if group in reported else None for group, one in found[leaf].items()})
        values.nothing = frozenset() if leaf in presents else reported
        found[leaf] = values
    return found
