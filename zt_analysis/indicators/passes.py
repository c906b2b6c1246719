"""Many measures of the same rows in few passes: one for counts and sums, one for each column counted distinct."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_

import ibis.expr.types as ir

from zt_analysis.indicators.indicator import Group, Measure, Scope, source_of
from zt_analysis.sources import Tables

# rows from which a pass of its own saves more than it costs
WORTH_A_PASS = 100_000
Asked = Mapping[str, tuple[Measure, Scope]]


def ask(table: ir.Table, keys: Mapping[str, ir.Value], asked: Asked, tables: Tables) -> dict[Group, dict[str, int]]:
    """Each measure's value by group: whole numbers by the names in ``asked``, under the values of ``keys``.

    A group in which no row counts for a measure may lack that measure's name: its value is 0.
    """
    found: dict[Group, dict[str, int]] = {}
    for expression in _passes(table, keys, asked, tables):
        for row in tables.rows(expression):
            group = tuple(row.pop(key) for key in keys)
            # Spark counts with a sum, which is NULL where no row is left
            counted = {name: int(value) for name, value in row.items() if value is not None}
            found.setdefault(group, {}).update(counted)
    return found


def _passes(table: ir.Table, keys: Mapping[str, ir.Value], asked: Asked, tables: Tables) -> Iterator[ir.Table]:
    source = source_of(table)
    together = _distinct_columns(asked) if source and tables.count(source) >= WORTH_A_PASS else {}
    plain = {name: one for name, one in asked.items() if not any(name in names for names in together.values())}
    if plain:
        values = {name: measure.value(scope) for name, (measure, scope) in plain.items()}
        yield table.group_by(**keys).aggregate(**values) if keys else table.aggregate(**values)
    for column, names in together.items():
        yield _distinct_together(table, keys, column, {name: asked[name] for name in names})


def _distinct_columns(asked: Asked) -> dict[str, list[str]]:
    """Columns of which several measures count distinct values, unproved, with the names of those measures."""
    found: dict[str, list[str]] = {}
    for name, (measure, _) in asked.items():
        if measure.how == "distinct" and not measure.proof:
            found.setdefault(measure.column, []).append(name)
    return {column: names for column, names in found.items() if len(names) > 1}


def _distinct_together(table: ir.Table, keys: Mapping[str, ir.Value], column: str, asked: Asked) -> ir.Table:
    """Group by the column once and remember for which measures a value counts.

    Several COUNT(DISTINCT) of one column would each make a set of its values; this takes half the time and memory.
    """
    conditions = {name: measure.condition(scope) for name, (measure, scope) in asked.items()}
    given = [one for one in conditions.values() if one is not None]
    rows = table.filter(table[column].notnull())
    if len(given) == len(conditions):
        rows = rows.filter(reduce(or_, given))
    every = rows[column].notnull()
    flags = {name: (every if one is None else one).any() for name, one in conditions.items()}
    values = rows.group_by(**keys, _value=rows[column]).aggregate(**flags)
    counts = {name: values.count(where=values[name]) for name in flags}
    return values.group_by(*keys).aggregate(**counts) if keys else values.aggregate(**counts)
