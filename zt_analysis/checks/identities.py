"""Relations declared as data (``office/relations/*.csv``): a statement over figures or over columns of a table.

``figures``: the statement holds in every group of ``by`` (and every ``week`` of the period); a name is an indicator,
``before(name)`` the same at the week's beginning. ``rows``: it holds in every row of the table ``of``. ``partition``:
the parts of each indicator named (``every`` measured one) add up to the whole.
"""

from __future__ import annotations

import ast
import csv
import operator
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

from zt_analysis.checks.definition import Book, Finding, Relation, equal, no_rows
from zt_analysis.checks.verdicts import computable
from zt_analysis.errors import SourceError
from zt_analysis.indicators import Wanted, by_group, compute, definitions, find, source_tables
from zt_analysis.indicators.definition import Exact, Group
from zt_analysis.office import Office, current
from zt_analysis.periods import Period, reporting_dates

OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul}
COMPARISONS = {ast.Eq: ("=", operator.eq), ast.LtE: ("≤", operator.le)}
EVERY = "every"
Row = dict[str, Any]


@dataclass(frozen=True)
class Identity:
    """One row of a file of statements."""

    id: str
    severity: str
    kind: str
    of: str
    by: tuple[str, ...]
    each: str
    statement: str

    @property
    def compared(self) -> ast.Compare:
        """The parsed statement: one comparison, with ``==`` or ``<=``."""
        found = ast.parse(self.statement, mode="eval").body
        if not isinstance(found, ast.Compare) or type(found.ops[0]) not in COMPARISONS or len(found.ops) != 1:
            raise SourceError(
                f"relation {self.id}",
                found=self.statement,
                expected="left == right or left <= right",
                hint="see others",
            )
        return found

    def evaluate(self, book: Book) -> Finding:
        """What holding the statement against the book gives."""
        return {"figures": _figures, "rows": _rows, "partition": _partition}[self.kind](self, book)


def read_identities() -> tuple[Relation, ...]:
    """The declared relations, in the order of the file."""
    return tuple(Relation(one.id, one.severity, one.evaluate, text=_in_words(one)) for one in _declared())


def _declared() -> tuple[Identity, ...]:
    return _of_office(current())


@cache
def _of_office(office: Office) -> tuple[Identity, ...]:
    return tuple(
        Identity(**row | {"by": tuple(row["by"].split())})  # type: ignore[arg-type]
        for text in office.texts("relations", ".csv")
        for row in csv.DictReader(text.splitlines())
    )


def _in_words(one: Identity) -> str:
    places = [*one.by, *([f"each {one.each}"] if one.each else []), *([f"each row of {one.of}"] if one.of else [])]
    if one.kind == "partition":
        return f"The parts by {', '.join(one.by)} add up to the whole: {one.statement}."
    return f"{one.statement}, by {', '.join(places)}."


def _figures(one: Identity, book: Book) -> Finding:
    names = sorted(set(_names(one.compared)))
    values = _values(one, book)
    checked, breaking = 0, []
    for span in _spans(one, book.period):
        here = {(name, before): values[_seen(name, before, span)] for name, before in names}
        groups = sorted({group for groups in here.values() for group in groups})
        checked += len(groups)
        breaking += [row for group in groups if (row := _unbalanced(one, here, group, span))]
    keys = dict.fromkeys(key for name, _ in names if (key := book.key(name)) in book.figures)
    finding = equal(len(breaking), 0, "items", figures=tuple(keys), checked=checked)
    return replace(finding, breaking=breaking)


def _values(one: Identity, book: Book) -> dict[Wanted, dict[Group, Exact]]:
    """The groups of every figure that the statement names."""

    def ask(wanted: list[Wanted]) -> dict[Wanted, dict[Group, Exact]]:
        return dict(zip(wanted, by_group(wanted, book.tables, by=one.by), strict=True))

    def ask_together() -> dict[Wanted, dict[Group, Exact]]:
        alike = [other for other in _declared() if (other.kind, other.by) == (one.kind, one.by)]
        named = dict.fromkeys(wanted for other in alike for wanted in _named(other, book))
        return ask(computable(list(named), book.tables))

    # statements by the same groups name much the same figures of the same tables
    key = ("named by statements", one.by, book.period, definitions())
    known = {} if book.apart else book.tables.keep(key, ask_together)
    return known | ask([wanted for wanted in _named(one, book) if wanted not in known])


def _named(one: Identity, book: Book) -> list[Wanted]:
    names = sorted(set(_names(one.compared)))
    return [_seen(name, before, span) for span in _spans(one, book.period) for name, before in names]


def _seen(name: str, before: bool, span: Period) -> Wanted:
    return Wanted(name, span.at(span.base_on) if before else span)


def _spans(one: Identity, period: Period) -> Iterator[Period]:
    """The period, or each of its weeks."""
    if not one.each:
        yield period
        return
    for first, last in pairwise(reporting_dates(period.base_on, period.as_of)):
        yield replace(period, as_of=last, base_on=first)


def _unbalanced(one: Identity, values: Any, group: tuple[str, ...], span: Period) -> Row | None:
    """The group as a row with both sides, where the statement does not hold in it."""
    compared = one.compared
    left = _value(compared.left, values, group)
    right = _value(compared.comparators[0], values, group)
    _, holds = COMPARISONS[type(compared.ops[0])]
    if left is not None and right is not None and holds(left, right):
        return None
    gap = None if left is None or right is None else left - right
    week = {"week": span.as_of.isoformat()} if one.each else {}
    return {**week, **dict(zip(one.by, group, strict=True)), "left": left, "right": right, "imbalance": gap}


def _names(node: ast.AST) -> Iterator[tuple[str, bool]]:
    """The indicators of a statement, each with whether it is seen at the beginning."""
    if isinstance(node, ast.Call):
        for argument in node.args:
            yield from ((name, True) for name, _ in _names(argument))
    elif isinstance(node, ast.Name):
        yield find(node.id).id, False
    else:
        for child in ast.iter_child_nodes(node):
            yield from _names(child)


def _value(node: ast.expr, values: Any, group: tuple[str, ...]) -> Exact:
    if isinstance(node, ast.BinOp):
        left, right = (_value(side, values, group) for side in (node.left, node.right))
        return None if left is None or right is None else OPERATORS[type(node.op)](left, right)
    ((name, before),) = _names(node)
    # a group that an indicator has no row for has none of what it measures
    found: Exact = values[name, before].get(group, 0)
    return found


def _rows(one: Identity, book: Book) -> Finding:
    table = book.tables[one.of]
    compared = one.compared
    left, right = (_column(side, table) for side in (compared.left, compared.comparators[0]))
    _, holds = COMPARISONS[type(compared.ops[0])]
    touches = tuple(name for name in book.indicators if one.of in _tables_of(name, book))
    return no_rows(book, table.filter(~holds(left, right)), table, touches=touches)


def _column(node: ast.expr, table: Any) -> Any:
    if isinstance(node, ast.BinOp):
        return OPERATORS[type(node.op)](_column(node.left, table), _column(node.right, table))
    if isinstance(node, ast.Constant):
        return node.value
    assert isinstance(node, ast.Name)
    return table[node.id]


def _tables_of(name: str, book: Book) -> list[str]:
    wanted = Wanted(name, book.period)
    if find(name).derived or not computable([wanted], book.tables):
        return []
    return source_tables(wanted, book.tables)


def _partition(one: Identity, book: Book) -> Finding:
    names = [*_measured(book, one.by[0])] if one.statement == EVERY else one.statement.split()
    wanted = computable([Wanted(name, book.period) for name in names], book.tables)
    # a paper does not state every figure that its tables have to add up to
    wholes = compute(wanted, book.tables)
    breaking = []
    for asked, values in zip(wanted, by_group(wanted, book.tables, by=one.by), strict=True):
        parts, whole = sum(values.values()), wholes[book.key(asked.indicator)].exact  # type: ignore[arg-type]  # measured
        if parts != whole:
            row = {"indicator": asked.indicator, "left": parts, "right": whole, "imbalance": parts - (whole or 0)}
            breaking.append(row)
    return replace(equal(len(breaking), 0, "items", checked=len(wanted)), breaking=breaking)


def _measured(book: Book, dimension: str) -> Iterator[str]:
    """The measured indicators of the paper whose rows say which part they belong to."""
    for name in book.indicators:
        indicator = find(name)
        if not indicator.derived and dimension in indicator.measure(book.tables, book.period).table.columns:
            yield name
