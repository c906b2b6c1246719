"""All rules over the tables: how many rows were checked, how many break them, and which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis.expr.operations as ops
import ibis.expr.types as ir

from zt_analysis.errors import InputError, ZtError, nearest
from zt_analysis.indicators.dimensions import dimension_label
from zt_analysis.indicators.measures import failure
from zt_analysis.indicators.received import late_parts
from zt_analysis.office import current
from zt_analysis.periods import Period, within_dates
from zt_analysis.rules.policy import Applied, Rule
from zt_analysis.sources import Tables

if TYPE_CHECKING:
    import pandas as pd


def every_rule() -> dict[str, Rule]:
    """The rules of the office by id, in the order of their numbers."""
    return dict(sorted(current().rules.items()))


@dataclass(frozen=True)
class Breaches:
    """A rule and what applying it found; ``rows`` is the expression of the rows that break it."""

    rule: Rule
    checked: int
    breaking: int
    rows: ir.Table

    @property
    def status(self) -> str:
        """``holds``, ``fails``, ``needs_decision`` or ``informative``; a rule that checked nothing fails."""
        if self.checked == 0:
            return "fails"
        words = {"decision": "needs_decision", "info": "informative"}
        return words.get(self.rule.severity, "fails") if self.breaking else "holds"


def apply_rules(tables: Tables, period: Period, *, ids: Iterable[str] = ()) -> list[Breaches]:
    """Apply the rules ``ids`` (all when empty), in their order, as ``period`` has the day and the office's readings.

    Raises:
        InputError: a rule that does not exist.
    """
    found = [(rule, _applied(rule, tables, period)) for rule in map(find_rule, ids or every_rule())]
    asked = [(rule, applied, _counts(applied)) for rule, applied in found]
    for _, _, counts in asked:
        tables.later(counts)
    rows = [(rule, applied, tables.rows(counts)[0]) for rule, applied, counts in asked]
    return [Breaches(rule, row["checked"], row["breaking"], applied.breaking) for rule, applied, row in rows]


def _applied(rule: Rule, tables: Tables, period: Period) -> Applied:
    with within_dates(f"rule {rule.id!r}", period):
        try:
            return rule.function(tables, period)
        except (ZtError, OverflowError):  # ``within_dates`` says by which readings
            raise
        except Exception as error:
            expected = "a function that gives what it applies to and what breaks it"
            raise failure(f"rule {rule.id!r}", rule.function, error, expected) from error


def find_rule(name: str) -> Rule:
    """The rule ``name``; InputError with those that exist."""
    known = every_rule()
    if name not in known:
        raise InputError(f"rule {name!r}", found="no such rule", expected=", ".join(known), hint="see docs/rules.md")
    return current().rules[name]


def by_part_of_each(found: Sequence[Breaches], tables: Tables, dimension: str) -> list[pd.DataFrame]:
    """``by_part`` of each, asked together."""
    for one in found:
        if dimension in one.rows.columns:
            tables.later(_by(one.rows, dimension), order=(dimension,))
    return [by_part(one, tables, dimension) for one in found]


def by_part(found: Breaches, tables: Tables, dimension: str) -> pd.DataFrame:
    """How many rows break the rule in each part: ``dimension``, ``breaking``; empty where rows have no such column.

    A part that breaks none is not there; one of which nothing was received is, with None.
    """
    import pandas as pd

    rows = found.rows
    if dimension not in rows.columns:
        return pd.DataFrame(columns=[dimension, "breaking"])
    counts = _by(rows, dimension)
    read = {one.name for one in rows.op().find(ops.DatabaseTable)}
    values: dict[str, int | None] = {row[dimension]: row["breaking"] for row in tables.rows(counts)}
    values |= dict.fromkeys(late_parts(read, dimension, tables))
    ordered = sorted(values.items(), key=lambda one: str(one[0]))
    return pd.DataFrame(ordered, columns=[dimension, "breaking"], dtype="object")


def refuse_no_part(found: Sequence[Breaches], dimension: str, typed: str) -> None:
    """See that the rows of one rule at least can be counted by ``dimension``.

    Raises:
        InputError: of none they can: an empty table would say that nothing is broken.
    """
    known = sorted({name for one in found for name, kind in one.rows.schema().items() if kind.is_string()})
    if dimension not in {name for one in found for name in one.rows.columns}:
        words = [word for name in known for word in (name, *dimension_label(name).values())]
        raise InputError(
            f"rules by {typed!r}", found="no such column in the rows of the rules", expected=", ".join(known),
            hint=nearest(typed, dict.fromkeys(words)).strip() or "choose one of these",
        )  # fmt: skip


def _by(rows: ir.Table, dimension: str) -> ir.Table:
    return rows.group_by(dimension).aggregate(breaking=rows.count()).order_by(dimension)


def _counts(applied: Applied) -> ir.Table:
    return applied.checked.aggregate(checked=applied.checked.count()).cross_join(
        applied.breaking.aggregate(breaking=applied.breaking.count())
    )
