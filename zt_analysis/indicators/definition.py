"""What an indicator is: which rows, which aggregate, which unit; or a calculation from other indicators.

An indicator is written as a function whose docstring is its definition (``Formula:``, ``Unit:``, ``NULL:``,
``Source:``). The function of a measured indicator returns a Measure, an unexecuted expression; the function of a
derived one takes exact values of other indicators, named by its parameters, and returns an exact value.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import ClassVar

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from zt_analysis.errors import InputError
from zt_analysis.periods import Period
from zt_analysis.sources import Proof, Tables

AT_BASE = "_at_base"
Scope = tuple[tuple[str, str], ...]
Group = tuple[str, ...]
Exact = Fraction | int | None


@dataclass(frozen=True)
class Measure:
    """Rows and how to add them up.

    Attributes:
        table: the rows to choose from; measures over the same table are computed in one pass.
        where: which rows count.
        how: ``count`` rows, ``distinct`` values of ``column``, or ``sum`` of ``column``.
        dated: the column by which a flow is placed in a week; empty for what is not a flow.
        proof: that ``column`` is unique in the table, which makes a distinct count a plain one; None where unknown.
    """

    table: ir.Table
    how: str
    column: str = ""
    where: ir.BooleanValue | None = None
    dated: str = ""
    proof: Proof | None = None

    def proved(self, tables: Tables) -> Measure:
        """The same with the proof, if ``tables`` has one, that the column of a distinct count is unique."""
        source = source_of(self.table) if self.how == "distinct" else None
        return replace(self, proof=tables.proof(source, self.column)) if source else self

    def within(self, scope: Scope = ()) -> Measure:
        """The same aggregate over a table that holds only the rows that count, within ``scope``."""
        where = self.condition(scope)
        table = self.table if where is None else self.table.filter(where)
        return Measure(table, self.how, self.column, proof=self.proof)

    def value(self, scope: Scope = ()) -> ir.Value:
        """The aggregate as an expression over ``table``; 0 where no row counts."""
        where = self.condition(scope)
        if self.how == "count":
            return self.table.count(where=where)
        if self.how == "distinct" and self.proof:
            return self.table[self.column].count(where=where)
        if self.how == "distinct":
            return self.table[self.column].nunique(where=where)
        return ibis.coalesce(self.table[self.column].sum(where=where), 0)

    def dimension(self, name: str) -> ir.Value:
        """The column to break down by; ``week`` is the reporting Thursday that ends the week of ``dated``."""
        if name == "week" and self.dated:
            # Friday to Thursday is one week: shifted by 4 days it is Monday to Sunday, which truncation knows
            start = (self.table[self.dated] - ibis.interval(days=4)).truncate("W")
            return (start + ibis.interval(days=10)).strftime("%Y-%m-%d")
        if name not in self.table.columns:
            available = [column for column in self.table.columns if column.endswith("_code") or column in WORDS]
            raise InputError(
                f"dimension {name!r}",
                found="no such column in the indicator's table",
                expected=", ".join(available + ["week"] * bool(self.dated)),
                hint="choose one of these",
            )
        return self.table[name]

    def condition(self, scope: Scope = ()) -> ir.BooleanValue | None:
        """Which rows count within ``scope``; None for all."""
        where = self.where
        for name, wanted in scope:
            condition = self.dimension(name) == wanted
            where = condition if where is None else where & condition
        return where


WORDS = ("stage", "aid_stage", "programme", "outcome", "mode", "channel", "level", "reason", "placement")


def source_of(table: ir.Table) -> str | None:
    """The source table that ``table`` is, or is rows of: what is unique there is unique here. None for joins."""
    op = table.op()
    while isinstance(op, ops.Filter):
        op = op.parent
    return str(op.name) if isinstance(op, ops.DatabaseTable) else None


@dataclass(frozen=True)
class Indicator:
    """A definition with a name and a unit.

    Attributes:
        function: takes (tables, period) and returns a Measure, or takes exact values and returns one.
        unit: a key of ``figures.UNITS``.
        time: ``date`` (as of a day), ``span`` (since the base date, to the as-of date) or ``term`` (a school term).
        stages: the stages it is also stated for, each on its own.
    """

    defines: ClassVar[str] = "indicators"

    function: Callable[..., Measure | Exact]
    unit: str
    time: str
    derived: bool
    stages: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The name of the definition, also its key in ``terms``."""
        return self.function.__name__

    def __call__(self, *values: Exact) -> Exact:
        """A derived indicator's exact value from exact values."""
        if not self.derived:
            raise TypeError(f"{self.id} is measured from rows: use measure(tables, period)")
        return self.function(*values)  # type: ignore[return-value]

    def measure(self, tables: Tables, period: Period) -> Measure:
        """A measured indicator's rows and aggregate."""
        return self.function(tables, period)  # type: ignore[return-value]

    @cached_property
    def inputs(self) -> tuple[tuple[str, bool], ...]:
        """For a derived indicator: the indicators it needs, and whether at the base date."""
        names = inspect.signature(self.function).parameters if self.derived else ()
        return tuple((name.removesuffix(AT_BASE), name.endswith(AT_BASE)) for name in names)

    def at(self, period: Period) -> str:
        """The date, span (ISO 8601 interval) or term its figure is for."""
        if self.time == "span":
            return f"{period.base_on}/{period.as_of}"
        return period.term if self.time == "term" else period.as_of.isoformat()

    @cached_property
    def definition(self) -> str:
        """First paragraph of the docstring."""
        return " ".join(inspect.getdoc(self.function).split("\n\n")[0].split())  # type: ignore[union-attr]

    def section(self, word: str) -> str:
        """The docstring's text after ``word:`` (Formula, Unit, NULL, Source)."""
        text = inspect.getdoc(self.function) or ""
        found = re.search(rf"^{word}: (.*?)(?=^\w+: |^$|\Z)", text, re.MULTILINE | re.DOTALL)
        return " ".join(found.group(1).split()) if found else ""


def measured(
    unit: str, *, time: str = "date", stages: tuple[str, ...] = ()
) -> Callable[[Callable[[Tables, Period], Measure]], Indicator]:
    """Turn a function (tables, period) -> Measure into an indicator."""
    return lambda function: Indicator(function, unit, time, False, stages)


def derived(
    unit: str, *, time: str = "date", stages: tuple[str, ...] = ()
) -> Callable[[Callable[..., Exact]], Indicator]:
    """Turn a function of exact values, each parameter named after an indicator, into an indicator.

    A parameter ``x_at_base`` is indicator ``x`` at the base date.
    """
    return lambda function: Indicator(function, unit, time, True, stages)
