"""Figures from indicators: many in one pass over each table, whole or broken down, with their SQL and rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import product
from math import prod

import ibis.expr.operations as ops
import ibis.expr.types as ir

from zt_analysis.errors import InputError, SourceError
from zt_analysis.figures import Figure
from zt_analysis.indicators.asked import check_asked, members
from zt_analysis.indicators.catalogue import find, once
from zt_analysis.indicators.definitions import break_between, check_made, refuse_apart
from zt_analysis.indicators.in_weeks import WEEK, is_of_days, on_reporting_days, refuse_week, with_days
from zt_analysis.indicators.indicator import Exact, Group, Measure
from zt_analysis.indicators.passes import ask
from zt_analysis.indicators.question import Asked, made_of
from zt_analysis.indicators.received import Late, late_asked, late_groups, left_out
from zt_analysis.indicators.reported import Published, measure_all, reports_of
from zt_analysis.indicators.views import View, periods_of
from zt_analysis.indicators.wanted import Wanted
from zt_analysis.sources import Proof, Tables, Unbuilt
from zt_analysis.spans import WHOLE

# more combinations than anybody reads are not filled in
MOST_PARTS = 20_000


def compute(wanted: Iterable[Wanted], tables: Tables) -> dict[str, Figure]:
    """The figures asked for, by their key; each table is read once for all of them."""
    asked = list(dict.fromkeys(wanted))
    values = _measure_all(asked, tables, ())
    figures = (figure_of(one, not_received(one, tables).without({(): _combined(one, values)(())})[()]) for one in asked)
    return {figure.key: figure for figure in figures}


def by_group(wanted: list[Wanted], tables: Tables, *, by: Group) -> list[dict[Group, Exact]]:
    """Several figures broken down as ``breakdown`` does one, with one pass over each table for all of them.

    Returns:
        For each figure its exact values by group, the values of the dimensions ``by``, in order. A group without a row
        is not there and has none; one of which nothing was received (``not_received``) is there, with None.
    """
    stocks = [one for one in wanted if WEEK in by and is_stock(one, tables)]
    found = {one: _weekly_stock(one, tables, by) for one in stocks}
    rest = [one for one in wanted if one not in found]
    values = _measure_all(rest, tables, by)
    for one in rest:
        groups = _sorted({group for leaf in leaves(one) for group in values[leaf]}, one, by, tables)
        value = _combined(one, values)
        found[one] = {group: value(group) for group in groups}
    return [not_received(one, tables, by).without(found[one]) for one in wanted]


def _sorted(groups: set[Group], wanted: Wanted, by: Group, tables: Tables) -> list[Group]:
    """The groups in order; refused where a row has no value in a dimension, as it is in no part then."""
    blank = next((name for group in groups for name, value in zip(by, group, strict=True) if value is None), None)
    if blank:
        raise InputError(
            f"table {', '.join(source_tables(wanted, tables))}, column {blank}",
            found=f"rows without a value, counted in {wanted.indicator}",
            expected=f"a value in each row, since figures are broken down by {blank}",
            hint="fill it in, or take out the rows that are totals",
        )
    return sorted(groups)


def gather(asked: Iterable[tuple[Wanted, Group]], tables: Tables) -> None:
    """Ask for figures, whole or by groups, with one statement for each table; whoever wants one then has its answer."""
    questions = []
    for leaf, by in dict.fromkeys((leaf, by) for one, by in asked for leaf in leaves(one)):
        measure = measure_of(leaf, tables)
        there = ([measure.present] if measure.complete else []) + ([reports_of(measure)] if measure.only else [])
        questions += [Asked(each, leaf.scope, by) for each in (measure, *there)]
    ask(questions, tables)


def not_received(wanted: Wanted, tables: Tables, by: Group = ()) -> Late:
    """The groups of a figure, of all when it is whole, of which nothing was received: a county's that is late."""
    return late_groups(source_tables(wanted, tables), by, wanted.scope, tables) if left_out(tables) else Late()


def leaves(wanted: Wanted) -> Iterator[Wanted]:
    """The measured indicators a figure rests on, itself if it is one."""
    own = () if find(wanted.indicator).derived else (wanted,)
    return iter(once(("leaves", wanted), lambda: (*own, *(leaf for one in inputs(wanted) for leaf in leaves(one)))))


def inputs(wanted: Wanted) -> list[Wanted]:
    """The figures that a derived one, or a view, is calculated from; none for a measured one.

    Raises:
        InputError: it is made from itself.
    """
    indicator = find(wanted.indicator)
    if isinstance(indicator, View):
        return [one for one, _ in needed(wanted, (), indicator)]
    if indicator.derived:
        check_made(indicator.id, indicator.defined_by)
    refuse_week(wanted)
    return [_input(wanted, name, at_base) for name, at_base in indicator.inputs]


def sql(wanted: Wanted, tables: Tables) -> list[str]:
    """The SQL (of the tables' engine) that gives the figure, one statement for each measured indicator it rests on."""
    return [_sql(leaf, tables) for leaf in dict.fromkeys(leaves(wanted))]


def source_tables(wanted: Wanted, tables: Tables) -> list[str]:
    """Names of the source tables a figure is computed from."""
    return sorted({name for leaf in leaves(wanted) for name in _sources(measure_of(leaf, tables), tables)})


def _sources(measure: Measure, tables: Tables) -> list[str]:
    op = measure.table.op()
    names: list[str] = tables.keep(("sources", op), lambda: [one.name for one in op.find(ops.DatabaseTable)])
    return names


def columns(wanted: Wanted, tables: Tables) -> frozenset[str]:
    """The columns by which every table behind a figure can be split; a view over all parts cannot be by those parts."""
    found = frozenset.intersection(*(frozenset(measure_of(leaf, tables).table.columns) for leaf in leaves(wanted)))
    view = find(wanted.indicator)
    return found - {view.by} if isinstance(view, View) and view.kind != "rank" else found


def proofs(wanted: Wanted, tables: Tables) -> list[Proof]:
    """The proofs that let distinct counts behind a figure be plain counts: each names the file's checksum."""
    found = [measure_of(leaf, tables).proof for leaf in leaves(wanted)]
    return list(dict.fromkeys(one for one in found if one))


def needed(wanted: Wanted, by: Group, view: View) -> list[tuple[Wanted, Group]]:
    """The figures a view is made from, each with the dimensions by which it is asked for where the view is by ``by``.

    A whole is not asked for by what it is the whole of; of a view over parts each part is.
    """
    found = []
    refuse_week(wanted)
    refuse_apart(view.id, [need.indicator for need in view.needs])
    for need in view.needs:
        dropped = {name for name, _ in wanted.scope if need.whole in ("*", name) or name == view.by}
        dropped |= {name for name in by if need.whole in ("*", name)}
        scope = tuple(one for one in wanted.scope if one[0] not in dropped)
        named = next((name for name, _ in need.within if name in dict(scope)), None)
        if named is not None:
            raise InputError(
                f"scope {named!r} of {view.id}", found=dict(scope)[named],
                expected="none: the view names the parts itself", hint="leave the part out",
            )  # fmt: skip
        groups = tuple(name for name in by if name not in dropped)
        groups = (*groups, view.by) if view.by and view.by not in groups else groups
        for seen_from in periods_of(wanted.period, need, find(need.indicator).time):
            if (need.then or need.since) and (changed := break_between(need.indicator, seen_from, wanted.period)):
                raise InputError(
                    f"{view.id} at {view.at(wanted.period)}",
                    found=f"another definition since {changed[0]}: {changed[2]}",
                    expected="both under one definition", hint=f"{changed[1]}: state the level alone",
                )  # fmt: skip
            found.append((Wanted(need.indicator, seen_from, tuple(sorted((*scope, *need.within)))), groups))
    return found


def _input(wanted: Wanted, name: str, at_base: bool) -> Wanted:
    seen_from = wanted.period.at(wanted.period.base_on) if at_base else wanted.period
    return Wanted(name, seen_from, wanted.scope)


def measure_of(leaf: Wanted, tables: Tables) -> Measure:
    """The rows and aggregate of a measured figure."""
    indicator = find(leaf.indicator)
    refuse_week(leaf)

    def make() -> Measure:
        return indicator.measure(tables, leaf.period).proved(tables)

    # what a notebook's own function calls may be another the next time; a module that is read again has new functions
    if indicator.function.__module__ == "__main__":
        return make()
    return _kept_measure(("measure", indicator.defined_by, leaf.period), make, tables)


def _kept_measure(key: Hashable, make: Callable[[], Measure], tables: Tables) -> Measure:
    """What ``make`` gives, or that a table it needs is not there: a review asks for that of each figure many times."""

    def attempt() -> Measure | SourceError:
        try:
            return make()
        except SourceError as error:
            return error

    found: Measure | SourceError = tables.keep(key, attempt)
    if isinstance(found, SourceError):
        raise found.with_traceback(None)
    return found


def _sql(leaf: Wanted, tables: Tables) -> str:
    measure = measure_of(leaf, tables)
    # why a distinct count is written as a plain one stands with the SQL, wherever that goes
    said = f"-- {measure.proof}\n" if measure.proof else ""

    def make() -> str:
        return said + tables.compile(_scalar(leaf, measure))

    # a count is below several rates, and each of their cards says it
    found: str = tables.keep(("scalar", measure.key, leaf.indicator, leaf.scope), make)
    return found


def _scalar(leaf: Wanted, measure: Measure) -> ir.Table | Unbuilt:
    def build() -> ir.Table:
        rows = measure.within(leaf.scope)
        return rows.table.aggregate(**{leaf.indicator: rows.value()})

    of = ("scalar", measure.key, leaf.indicator, leaf.scope)
    return made_of(measure, of, build, by_week="week" in dict(leaf.scope))


def _measure_all(asked: Iterable[Wanted], tables: Tables, by: Group) -> dict[Wanted, Mapping[Group, Exact]]:
    """The values of every leaf of those asked for, by group."""
    return measure_all({leaf: measure_of(leaf, tables) for one in asked for leaf in leaves(one)}, tables, by)


def _combined(wanted: Wanted, values: Mapping[Wanted, Mapping[Group, Exact]]) -> Callable[[Group], Exact]:
    """What gives the figure's value of a group: which figures it is made of is looked up once for all groups."""
    indicator = find(wanted.indicator)
    if not indicator.derived:
        measured = values[wanted]
        if isinstance(measured, Published):
            return lambda group: measured.get(group, 0 if group in measured.nothing else None)
        return lambda group: measured.get(group, 0)
    behind = [_combined(one, values) for one in inputs(wanted)]
    return lambda group: indicator(*(value(group) for value in behind))


def figure_of(wanted: Wanted, exact: Exact) -> Figure:
    """The figure asked for, with its value."""
    return Figure(wanted.indicator, wanted.at, find(wanted.indicator).unit, exact, wanted.scope)


def check(wanted: Iterable[Wanted], tables: Tables) -> None:
    """See that each figure exists: its part, its day, its report.

    Raises:
        InputError: one does not, or is of a county whose file is not there; lists what exists.
    """
    for one in dict.fromkeys(leaf for asked in wanted for leaf in leaves(asked)):
        if () in not_received(one, tables):
            raise late_asked(one.indicator, source_tables(one, tables), one.scope, tables)
        check_asked(one.indicator, one.period, one.scope, measure_of(one, tables), tables)


def with_none(wanted: Wanted, tables: Tables, by: Group, values: dict[Group, Exact]) -> dict[Group, Exact]:
    """``values`` and the parts in which nothing is measured; where a report is missing there is no figure."""
    leaf = next(leaves(wanted))
    measure, given = measure_of(leaf, tables), dict(wanted.scope)
    known: list[Iterable[str]] = []
    for place, name in enumerate(by):
        there = dict.fromkeys(group[place] for group in values)
        words = tuple(code for dimension, code in find(wanted.indicator).stated_by if dimension == name)
        known.append({given[name]: None} if name in given else words or members(name, measure.table, tables) or there)
    found = dict(values)
    if prod(len(list(one)) for one in known) <= MOST_PARTS:
        nothing = of_nothing(wanted, tables)
        for group in product(*known):
            found.setdefault(group, nothing)
    found = not_received(wanted, tables, by).without(found)
    return {group: found[group] for group in sorted(found)}


def of_nothing(wanted: Wanted, tables: Tables) -> Exact:
    """What a figure is of a part without a row: none of what has to be complete, or to be reported; else of nothing."""
    measures = [measure_of(leaf, tables) for leaf in leaves(wanted)]
    if any(one.only is not None or one.complete for one in measures):
        return None
    none: defaultdict[Wanted, dict[Group, Exact]] = defaultdict(dict)
    return _combined(wanted, none)(())


def is_stock(wanted: Wanted, tables: Tables) -> bool:
    """Whether by week it is how things stand on the day; else it is what came about in the week up to it."""
    measures = [measure_of(leaf, tables) for leaf in leaves(wanted)]
    if find(wanted.indicator).time in WHOLE:
        raise InputError(
            f"indicator {wanted.indicator!r} by week",
            found=f"a figure of a whole {find(wanted.indicator).time.replace('_', ' ')}",
            expected="a figure as of a date",
            hint="break it down by another dimension",
        )
    return not (is_of_days(wanted.indicator) and all(measure.dated for measure in measures))


def in_weeks(wanted: Wanted, tables: Tables, by: Group) -> Mapping[Group, Exact]:
    """What of a measured figure falls into each week by the days of its rows, of one that grows up to a day too."""
    return _measure_all([wanted], tables, by)[wanted]


def _weekly_stock(wanted: Wanted, tables: Tables, by: Group) -> dict[Group, Exact]:
    rest, seen = on_reporting_days(wanted, by)
    values = _measure_all(seen, tables, rest)
    found = []
    for one in seen:
        value = _combined(one, values)
        found.append({group: value(group) for group in sorted({g for leaf in leaves(one) for g in values[leaf]})})
    return with_days(seen, found, by)
