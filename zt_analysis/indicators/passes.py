"""Many measures of the same rows, whole and by several groups, from one statement.

What adds up (counts, sums, distinct counts of a key that is proved unique) is asked by the finest groups that somebody
asks for; wholes, coarser groups and parts of a scope are added up from those in whole numbers. Distinct values add up
too, but for those that lie in more than one of the finest groups: the rows are grouped by the column once, and what
such values are counted too often is worked out from them alone.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any, NamedTuple

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from zt_analysis.indicators.indicator import Group, Measure, Scope
from zt_analysis.indicators.question import Asked, Values, made_of
from zt_analysis.sources import Tables, Unbuilt
from zt_analysis.sources.lineage import personal_columns
from zt_analysis.sources.loading import is_large

# more conditions than these let hardly any row out, and are worked out twice
FILTERED_BY = 8
KEPT = "measured"
Grain = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Term:
    """An aggregate over rows that fulfil a condition: ``count`` (of a column's values where it names one), ``distinct``
    or ``sum``."""

    how: str
    column: str
    where: ir.BooleanValue | None

    @property
    def key(self) -> tuple[Hashable, ...]:
        return self.how, self.column, None if self.where is None else self.where.op()


@dataclass(frozen=True, eq=False)
class _Plan:
    """How a question is answered: two terms by ``grain``, of which the groups within ``scope`` count."""

    asked: Asked
    value: _Term
    rows: _Term
    grain: Grain
    scope: Scope

    def answer(self, found: Mapping[tuple[Hashable, Grain], Mapping[Group, int]]) -> Values:
        rows = self._gathered(found[self.rows.key, self.grain])
        values = self._gathered(found[self.value.key, self.grain])
        there = {group: values.get(group, 0) for group, counted in rows.items() if counted}
        return Values(there if self.asked.by else {(): values.get((), 0)}, rows)

    def _gathered(self, by_grain: Mapping[Group, int]) -> dict[Group, int]:
        places = [self.grain.index(name) for name in self.asked.by]
        within = [(self.grain.index(name), part) for name, part in self.scope]
        gathered: dict[Group, int] = {}
        for group, value in by_grain.items():
            if all(group[place] == part for place, part in within):
                part = tuple(group[place] for place in places)
                gathered[part] = gathered.get(part, 0) + value
        return gathered


def ask(asked: Iterable[Asked], tables: Tables) -> list[Values]:
    """The answers, in order; what these tables have been asked before is not asked again."""
    every = list(asked)
    known: dict[Hashable, Values] = tables.keep(KEPT, dict)
    new: dict[Hashable, dict[Hashable, Asked]] = {}
    for one in every:
        if one.key not in known:
            new.setdefault(one.place, {})[one.key] = one
    prepared = [_prepared(list(together.values()), tables) for together in new.values()]
    _say_beforehand([one for _, statements in prepared for one in statements], tables)
    for plans, statements in prepared:
        found: dict[tuple[Hashable, Grain], dict[Group, int]] = {}
        for statement in statements:
            rows = statement.rows(tables)
            found |= {(key, grain): statement.gathered(rows, key, grain) for key, grain in statement.wanted}
        known |= {plan.asked.key: plan.answer(found) for plan in plans}
    return [known[one.key] for one in every]


def _say_beforehand(statements: Sequence[_Statement], tables: Tables) -> None:
    """Have the statements over small tables asked as one: each alone begins and ends in the engine. What reads a large
    file is asked alone, in as much memory as there is."""
    large = {table.name for table in tables.files if is_large(table)}
    small = [one for one in statements if tables.files and not large & one.reads]
    if len(small) > 1:
        for one in small:
            tables.later(one.question)


def _prepared(asked: Sequence[Asked], tables: Tables) -> tuple[list[_Plan], list[_Statement]]:
    """How each question over the same rows is answered, and the statements that it takes: one, as a rule."""
    plans = _plans(asked, personal_columns(asked[0].measure.table, tables))
    wanted: dict[tuple[Hashable, Grain], _Term] = {}
    for plan in plans:
        wanted |= {(term.key, plan.grain): term for term in (plan.value, plan.rows)}
    first = asked[0].measure
    # what is no whole number is added up by the engine alone
    whole = {key: term for key, term in wanted.items() if _is_whole(term, first.table)}
    apart = [{place: term} for place, term in wanted.items() if place not in whole]
    return plans, [_Statement(first, one, whole=one is whole) for one in ([whole] if whole else []) + apart]


def _plans(asked: Sequence[Asked], hidden: Collection[str]) -> list[_Plan]:
    groupings = {frozenset(one.by) for one in asked}
    plans = []
    for one in asked:
        measure, names = one.measure, {*one.by, *(name for name, _ in one.scope)}
        # a part is among the groups where somebody asks for all of them; alone, it is a condition
        is_among = bool(one.scope) and any(names <= grouping for grouping in groupings) and not names & {*hidden}
        where = measure.condition(() if is_among else one.scope)
        how = "count" if measure.how == "distinct" and measure.proof else measure.how
        value = _Term(how, measure.column if measure.how != "count" else "", where)
        grain = tuple(sorted(names if is_among else one.by))
        plans.append(_Plan(one, value, _Term("count", "", where), grain, one.scope if is_among else ()))
    return plans


def _is_whole(term: _Term, table: ir.Table) -> bool:
    kind = table.schema()[term.column] if term.how == "sum" else None
    return kind is None or kind.is_integer() or kind.is_boolean()


class _Branch(NamedTuple):
    """A grouping that a statement counts by itself.

    Attributes:
        grain: its groups.
        column: whose values the rows are grouped by first; empty for rows as they are.
        corrects: of values that lie in more than one of the finest groups, by how much adding up counts them too often.
    """

    grain: Grain
    column: str = ""
    corrects: bool = False


class _Statement:
    """One statement for terms over the same rows; ``whole``: each gives whole numbers."""

    def __init__(self, measure: Measure, wanted: Mapping[tuple[Hashable, Grain], _Term], *, whole: bool) -> None:
        self.measure, self.table, self.wanted, self.whole = measure, measure.table, wanted, whole
        self.terms = {key: term for (key, _), term in wanted.items()}
        self.conditions = list(dict.fromkeys(term.key[-1] for term in self.terms.values()))
        grains = dict.fromkeys(grain for _, grain in wanted)
        self.dimensions = tuple(sorted({name for grain in grains for name in grain}))
        distinct = [(term.column, grain) for (_, grain), term in wanted.items() if term.how == "distinct"]
        columns = list(dict.fromkeys(column for column, _ in distinct))
        # one distinct count of each column is made where the rest is
        self.columns = columns if len(distinct) > len(columns) else []
        finest = [one for one in grains if not any(set(one) < set(other) for other in grains)]
        self.finest = [self.dimensions] if self.columns else finest
        self.branches: dict[_Branch, dict[Hashable, None]] = {}
        for (key, grain), term in wanted.items():
            self.branches.setdefault(self.branch(term, grain), {})[key] = None
            if self.columns and term.how == "distinct" and grain != self.dimensions:
                self.branches.setdefault(_Branch(grain, term.column, corrects=True), {})[key] = None
        self.width = max(map(len, self.branches.values()))

    def branch(self, term: _Term, grain: Grain) -> _Branch:
        """Where a term is found: by its own groups, or by finer ones that are added up."""
        if self.columns:
            # what adds up is added up from the rows: with each group of a value it took a third more
            return _Branch(self.dimensions, term.column if term.how == "distinct" else "")
        return _Branch(grain if term.how == "distinct" else next(one for one in self.finest if {*grain} <= {*one}))

    def rows(self, tables: Tables) -> dict[tuple[_Branch, Hashable], dict[Group, int]]:
        """What each branch gives for each of its terms, by group."""
        found: dict[tuple[_Branch, Hashable], dict[Group, int]] = {
            (branch, key): {} for branch, keys in self.branches.items() for key in keys
        }
        branches = list(self.branches.items())
        for row in tables.rows(self.question):
            branch, keys = branches[row.get("branch", 0)]
            group = tuple(row[_key(name)] for name in branch.grain)
            for place, key in enumerate(keys):
                # a sum is NULL where no row is left; Spark counts with one
                if (value := row[f"v{place}"]) is not None:
                    # groups by a personal column, which is masked, may have one name
                    found[branch, key][group] = found[branch, key].get(group, 0) + int(value)
        return found

    def gathered(
        self, rows: Mapping[tuple[_Branch, Hashable], Mapping[Group, int]], key: Hashable, grain: Grain
    ) -> dict[Group, int]:
        """A term by ``grain``: added up, and corrected where values were counted more than once."""
        term = self.terms[key]
        branch = self.branch(term, grain)
        places = [branch.grain.index(name) for name in grain]
        found: dict[Group, int] = {}
        for group, value in rows[branch, key].items():
            part = tuple(group[place] for place in places)
            found[part] = found.get(part, 0) + value
        for group, value in rows.get((_Branch(grain, term.column, corrects=True), key), {}).items():
            found[group] = found.get(group, 0) - value
        return found

    @property
    def reads(self) -> set[str]:
        """The tables that it stands on."""
        return {one.name for one in self.table.op().find(ops.DatabaseTable)}

    @cached_property
    def question(self) -> ir.Table | Unbuilt:
        """The statement, built where its SQL is not kept."""
        if not self.whole:
            return self.expression
        of = ("one pass", self.table.op(), self.measure.dated, tuple(self.wanted))
        by_week = "week" in self.dimensions
        return made_of(self.measure, of, lambda: self.expression, by_week=by_week, kinds=self.kinds)

    @property
    def kinds(self) -> dict[str, str]:
        """The columns of ``expression``, of a statement that gives whole numbers."""
        several = len(self.branches) > 1
        keys = self.dimensions if several else next(iter(self.branches)).grain
        numbers = [f"v{place}" for place in range(self.width)]
        found = dict.fromkeys(["branch"] if several else [], "integer") | dict.fromkeys(map(_key, keys), "string")
        return found | dict.fromkeys(numbers, "integer")

    @cached_property
    def expression(self) -> ir.Table:
        """The statement: one branch as it is, several in one union of rows that are filled up with NULL."""
        rows = self._shared()
        bases = {column: self._base(column, rows) for column in self.columns}
        several = {branch.column: _in_several(bases[branch.column]) for branch in self.branches if branch.corrects}
        order = {key: f"t{place}" for place, key in enumerate(self.terms)}
        parts = []
        for branch, keys in self.branches.items():
            names = [order[key] for key in keys]
            if branch.corrects:
                parts.append(_corrections(several[branch.column], branch.grain, names))
            elif branch.column:
                base = bases[branch.column]
                # no value is none of the values
                counts = (base.count(where=base["_value"].notnull() & base[name]) for name in names)
                parts.append(_aggregate(base, branch.grain, counts))
            else:
                parts.append(_aggregate(rows, branch.grain, (self._over(rows, self.terms[key]) for key in keys)))
        if len(parts) == 1:
            return parts[0]
        return ibis.union(*(self._filled(part, number, self.width) for number, part in enumerate(parts)))

    def _shared(self) -> ir.Table:
        """The rows with their dimensions, the columns that are counted or added up, and whether each condition holds:
        what several terms share is said once."""
        table = self.table
        keys = {_key(name): self.measure.dimension(name).cast("string") for name in self.dimensions}
        columns = {f"x_{term.column}": table[term.column] for term in self.terms.values() if term.column}
        named = {self._condition(term): term.where for term in self.terms.values() if term.where is not None}
        rows = table.select(**keys, **columns, **named) if keys or columns or named else table
        if len(named) <= FILTERED_BY and all(term.where is not None for term in self.terms.values()):
            rows = rows.filter(reduce(or_, (rows[name] for name in named)))
        return rows

    def _condition(self, term: _Term) -> str:
        return f"c{self.conditions.index(term.key[-1])}"

    def _over(self, rows: ir.Table, term: _Term) -> ir.Value:
        where = None if term.where is None else rows[self._condition(term)]
        if not term.column:
            return rows.count(where=where)
        aggregate = {"count": "count", "distinct": "nunique", "sum": "sum"}[term.how]
        value: ir.Value = getattr(rows[f"x_{term.column}"], aggregate)(where=where)
        return value

    def _base(self, column: str, rows: ir.Table) -> ir.Table:
        """The rows by all dimensions and the values of ``column``; for each term whether the value counts."""
        value = rows[f"x_{column}"]
        found: dict[str, ir.Value] = {}
        for name, term in self._named(self.terms):
            if (term.how, term.column) == ("distinct", column):
                found[name] = (value.notnull() if term.where is None else rows[self._condition(term)]).any()
        return rows.group_by(*map(_key, self.dimensions), _value=value).aggregate(**found)

    def _named(self, keys: Iterable[Hashable]) -> list[tuple[str, _Term]]:
        order = list(self.terms)
        return [(f"t{order.index(key)}", self.terms[key]) for key in keys]

    def _filled(self, part: ir.Table, number: int, width: int) -> ir.Table:
        kinds = {_key(name): "string" for name in self.dimensions} | {f"v{place}": "int64" for place in range(width)}
        cells: dict[str, Any] = {
            name: part[name].cast(kind) if name in part.columns else ibis.null(kind) for name, kind in kinds.items()
        }
        return part.select(branch=ibis.literal(number, "int64"), **cells)


def _in_several(base: ir.Table) -> ir.Table:
    """The rows of ``base`` whose value lies in more than one group."""
    groups = base.group_by("_value").aggregate(groups=base.count())
    return base.semi_join(groups.filter(groups["groups"] > 1), "_value")


def _corrections(several: ir.Table, grain: Grain, names: Sequence[str]) -> ir.Table:
    """For each term and group of ``grain`` how often its values were counted beyond the first time."""
    counts = {name: several.count(where=several[name]) for name in names}
    by_value = several.group_by(*map(_key, grain), "_value").aggregate(**counts)
    return _aggregate(by_value, grain, ((by_value[name] - 1).sum(where=by_value[name] > 1) for name in names))


def _aggregate(table: ir.Table, grain: Grain, values: Iterable[ir.Value]) -> ir.Table:
    named = {f"v{place}": value for place, value in enumerate(values)}
    return table.group_by(*map(_key, grain)).aggregate(**named) if grain else table.aggregate(**named)


def _key(dimension: str) -> str:
    return f"k_{dimension}"
