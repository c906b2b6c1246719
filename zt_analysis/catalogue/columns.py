"""The columns of declared tables that a query reads, whatever they are called on the way.

Its SQL is asked, for that is what runs: sqlglot names the table of each column and drops what nothing above takes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from zt_analysis.sources import Tables

Read = tuple[str, str]


def read_by(sql: Iterable[str], tables: Tables) -> list[Read]:
    """Table and column of each that the statements ``sql`` read, in the order of the package."""
    schema = {table.name: {column.name: column.type for column in table.columns} for table in tables.declared}
    found = {each for text in sql for each in _read(text, schema, tables)}
    return [(table, column) for table, columns in schema.items() for column in columns if (table, column) in found]


def read_by_rows(rows: ir.Table, tables: Tables) -> list[Read]:
    """The same of the choice of ``rows``: which there are, not what is shown of them."""
    return read_by([tables.compile(rows.aggregate(rows=rows.count()))], tables)


def _read(text: str, schema: dict[str, Any], tables: Tables) -> set[Read]:
    import sqlglot
    from sqlglot import exp
    from sqlglot.optimizer.pushdown_projections import pushdown_projections
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import traverse_scope

    engine = tables.connection.backend.name if tables.connection is not None else "duckdb"
    dialect = {"pyspark": "spark"}.get(engine, engine)
    tree = qualify(
        sqlglot.parse_one(text, dialect=dialect), dialect=dialect, schema=schema, validate_qualify_columns=False
    )
    tree = pushdown_projections(tree, schema=schema)
    found = set()
    for scope in traverse_scope(tree):
        named = {name: one.name for name, one in scope.sources.items() if isinstance(one, exp.Table)}
        found |= {(named[each.table], each.name) for each in scope.columns if each.table in named}
    return found
