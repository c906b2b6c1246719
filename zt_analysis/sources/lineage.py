"""Which declared columns the values of an expression's columns come from, whatever they are called in it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from zt_analysis.sources.descriptor import Column

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from zt_analysis.sources.tables import Tables

Origin = tuple[str, str]


def declared_origins(expression: ir.Table, tables: Tables) -> dict[str, list[Column]]:
    """For each column of ``expression`` the declared columns that its values are, or are made of.

    A count of a column and a condition on it show no value of it.
    """
    declared = {(table.name, column.name): column for table in tables.declared for column in table.columns}
    found = _origins(expression.op())
    return {name: [declared[one] for one in sorted(of) if one in declared] for name, of in found.items()}


def personal_columns(expression: ir.Table, tables: Tables) -> set[str]:
    """The columns of ``expression`` that show values of columns declared personal."""
    if not any(table.personal for table in tables.declared):
        return set()
    origins = declared_origins(expression, tables)
    return {name for name, columns in origins.items() if any(one.personal for one in columns)}


def _origins(relation: Any) -> dict[str, frozenset[Origin]]:
    import ibis.expr.operations as ops

    @cache
    def of(relation: Any) -> dict[str, frozenset[Origin]]:
        if isinstance(relation, ops.DatabaseTable):
            return {name: frozenset([(relation.name, name)]) for name in relation.schema}
        if relation.values:
            return {name: of_value(value) for name, value in relation.values.items()}
        # a union, a reference to a table under another name
        parents = [of(one) for one in relation.args if isinstance(one, ops.Relation)]
        return {name: _all(parent.get(name, frozenset()) for parent in parents) for name in relation.schema}

    def of_value(value: Any) -> frozenset[Origin]:
        if isinstance(value, ops.Field):
            return of(value.rel).get(value.name, frozenset())
        if value.dtype.is_boolean() or isinstance(value, (ops.Count, ops.CountStar, ops.CountDistinct)):
            return frozenset()
        parts = [one for arg in value.args for one in (arg if isinstance(arg, tuple) else (arg,))]
        return _all(of_value(one) for one in parts if isinstance(one, ops.Value))

    return of(relation)


def _all(found: Iterable[frozenset[Origin]]) -> frozenset[Origin]:
    return frozenset().union(*found)
