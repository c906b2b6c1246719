"""Holding a declared statement against a book: its figures, their groups, the rows of a table, the parts of a whole."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import ibis
from ibis.common.exceptions import IbisError

from zt_analysis.checks.grammar import Unreadable
from zt_analysis.checks.relation import Book, Finding, NotStated, at_most, below, equal, near, no_rows, shown
from zt_analysis.checks.statement_nodes import Compared, Days, Node, Operation, Quantity, Seen, Stated
from zt_analysis.checks.verdicts import computable
from zt_analysis.errors import nearest
from zt_analysis.figures import ratio
from zt_analysis.indicators import Wanted, by_group, columns, compute, find, of_nothing, source_tables
from zt_analysis.indicators.indicator import Exact, Group
from zt_analysis.indicators.views import is_view
from zt_analysis.periods import Period, reporting_dates
from zt_analysis.terms import filled

if TYPE_CHECKING:
    from zt_analysis.checks.statements import Identity

SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": ratio
}  # fmt: skip
COLUMN_SIGNS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul}
COLUMN_COMPARISONS = {"==": operator.eq, "<=": operator.le, "<": operator.lt}
Row = dict[str, Any]


def of_figures(one: Identity, book: Book) -> Finding:
    """The two sides of the paper's figures; one side alone is shown."""
    compared = one.compared
    values = {seen: _exact(seen, book) for seen in compared.figures}
    keys = tuple(_key(seen, book) for seen in compared.figures)
    left = _value(compared.left, values, book, one)
    if compared.right is None:
        return shown(left, compared.unit, figures=keys)
    return _finding(compared, left, _value(compared.right, values, book, one), keys)


def _finding(compared: Compared, left: Exact, right: Exact, keys: tuple[str, ...] = ()) -> Finding:
    """What holding one side against the other gives."""
    if compared.within is None:
        hold = {"==": equal, "<=": at_most, "<": below}[compared.operator]
        return hold(left, right, compared.unit, figures=keys)
    if compared.within.counted == "ratio":
        return near(left, right, compared.unit, within=compared.within.exact, figures=keys)
    return near(left, right, compared.unit, apart=compared.within.exact, figures=keys)


def _key(seen: Seen, book: Book) -> str:
    return book.key(seen.indicator, at_base=bool(seen.time), **dict(seen.scope))


def _exact(seen: Seen, book: Book) -> Exact:
    """The paper's figure; computed where the paper does not state it."""
    key = _key(seen, book)
    if key in book.figures:
        return book.figures[key].exact
    return compute([_wanted(seen, book.period, book)], book.tables)[key].exact


def _value(node: Node, values: Mapping[Seen, Exact], book: Book, one: Identity) -> Exact:
    match node:
        case Operation(sign=sign, left=left, right=right):
            sides = [_value(side, values, book, one) for side in (left, right)]
            return None if None in sides else SIGNS[sign](*sides)
        case Seen():
            return values[node]
        case Quantity():
            return node.exact
        case Days(first=first, last=last):
            return (_day(last, book, one) - _day(first, book, one)).days
        case Stated(role=role):
            return _printed(book.stated(role)[0], role, one)


def _day(name: str, book: Book, one: Identity) -> date:
    if name not in book.parameters:
        raise one.refuse(
            "statement", f"days(... {name} ...)", f"a date of the case: {', '.join(book.parameters)}",
            nearest(name, book.parameters).strip() or "see docs/relations.md",
        )  # fmt: skip
    try:
        return book.on(name)
    except ValueError as error:
        raise one.refuse("statement", f"{name}: {book.parameters[name]}", "a parameter that is a date") from error


def _printed(text: str, role: str, one: Identity) -> Fraction:
    try:
        return Fraction(text)
    except ValueError as error:
        raise one.refuse("statement", f"stated({role}), printed as {text}", "a number that is printed") from error


def of_groups(one: Identity, book: Book) -> Finding:
    """Every group of ``by``, in the period or in each of its weeks; what does not hold breaks it."""
    wanted = named(one, book)
    values = dict(zip(wanted, by_group(wanted, book.tables, by=one.by), strict=True))
    seen = one.compared.figures
    checked, breaking = 0, []
    nothing = {each: _of_nothing(_wanted(each, book.period, book), book) for each in seen}
    for span in _spans(one, book.period):
        here = {each: values[_wanted(each, span, book)] for each in seen}
        groups = sorted({group for found in here.values() for group in found})
        checked += len(groups)
        breaking += [row for group in groups if (row := _unbalanced(one, here, nothing, group, span, book))]
    keys = dict.fromkeys(key for each in _by_name(seen) if (key := book.key(each.indicator)) in book.figures)
    finding = equal(len(breaking), 0, "items", figures=tuple(keys), checked=checked)
    return replace(finding, breaking=breaking)


def _by_name(seen: tuple[Seen, ...]) -> list[Seen]:
    return sorted(seen, key=lambda each: (each.indicator, each.time))


def named(one: Identity, book: Book) -> list[Wanted]:
    """The figures that the statement names, of the period or of each of its weeks."""
    seen = _by_name(one.compared.figures)
    return list(dict.fromkeys(_wanted(each, span, book) for span in _spans(one, book.period) for each in seen))


def _wanted(seen: Seen, span: Period, book: Book) -> Wanted:
    begun = {"before": span.base_on, "at_base": book.period.base_on}.get(seen.time)
    return Wanted(seen.indicator, span.at(begun) if begun else span, seen.scope)


def _spans(one: Identity, period: Period) -> Iterator[Period]:
    """The period, or each of its weeks."""
    if not one.each:
        yield period
        return
    for first, last in pairwise(reporting_dates(period.base_on, period.as_of)):
        yield replace(period, as_of=last, base_on=first)


def _of_nothing(wanted: Wanted, book: Book) -> Exact:
    """What a group without a row is: 0 where nothing was counted, none where it had to be reported, or is of parts."""
    return None if is_view(wanted.indicator) else of_nothing(wanted, book.tables)


def _unbalanced(
    one: Identity,
    here: Mapping[Seen, Mapping[Group, Exact]],
    nothing: Mapping[Seen, Exact],
    group: Group,
    span: Period,
    book: Book,
) -> Row | None:
    """The group as a row with both sides, where the statement does not hold in it."""
    compared = one.compared
    assert compared.right is not None
    values = {seen: found.get(group, nothing[seen]) for seen, found in here.items()}
    left, right = (_value(side, values, book, one) for side in (compared.left, compared.right))
    if _finding(compared, left, right).holds:
        return None
    gap = None if left is None or right is None else left - right
    week = {"week": span.as_of.isoformat()} if one.each else {}
    return {**week, **dict(zip(one.by, group, strict=True)), "left": left, "right": right, "imbalance": gap}


def of_rows(one: Identity, book: Book) -> Finding:
    """Every row of the table; a row in which a side has no value breaks it."""
    table = book.tables[one.of]
    left, compared, right = one.columns
    try:
        holds = COLUMN_COMPARISONS[compared](_column(left, table), _column(right, table))
    except Unreadable as error:
        raise one.refuse("statement", error.found, error.expected, error.hint) from error
    except (TypeError, IbisError) as error:
        kinds = ", ".join(f"{name} ({kind})" for name, kind in table.schema().items())
        raise one.refuse("statement", one.statement, f"two sides of one kind, of {kinds}") from error
    touches = tuple(name for name in book.indicators if one.of in _tables_of(name, book))
    return no_rows(book, table.filter(~ibis.coalesce(holds, False)), table, touches=touches)


def _column(node: ast.expr, table: Any) -> Any:
    if isinstance(node, ast.BinOp) and type(node.op) in COLUMN_SIGNS:
        return COLUMN_SIGNS[type(node.op)](_column(node.left, table), _column(node.right, table))
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    if isinstance(node, ast.Name) and node.id in table.columns:
        return table[node.id]
    found = ast.unparse(node)
    raise Unreadable(
        found, f"whole numbers, + - * and columns: {', '.join(table.columns)}", nearest(found, table.columns).strip()
    )


def _tables_of(name: str, book: Book) -> list[str]:
    wanted = Wanted(name, book.period)
    if find(name).derived or not computable([wanted], book.tables):
        return []
    return source_tables(wanted, book.tables)


def of_parts(one: Identity, book: Book) -> Finding:
    """The parts of each indicator by the dimension, held against its whole."""
    wanted = of_partition(one, book)
    # a paper does not state every figure that its tables have to add up to
    wholes = compute(wanted, book.tables)
    breaking, unknown = [], []
    for asked, values in zip(wanted, by_group(wanted, book.tables, by=one.by), strict=True):
        # a part of which nothing was received adds nothing to a whole that lacks it
        parts = sum(part for part in values.values() if part is not None)
        whole = wholes[book.key(asked.indicator)].exact
        if whole is None:  # a cell that says nothing: there is no sum yet that the parts could miss
            unknown.append(find(asked.indicator))
        elif parts != whole:
            row = {"indicator": asked.indicator, "left": parts, "right": whole, "imbalance": parts - whole}
            breaking.append(row)
    found = replace(equal(len(breaking), 0, "items", checked=len(wanted)), breaking=breaking)
    if not unknown:
        return found
    if len(unknown) == len(wanted):
        raise NotStated(unknown[0].id)
    names = {"zh": "、".join(one.zh for one in unknown), "en": ", ".join(one.en for one in unknown)}
    return replace(found, checked=len(wanted) - len(unknown), said=filled("whole_unknown", names=names))


def of_partition(one: Identity, book: Book) -> list[Wanted]:
    """The figures whose parts are held against their wholes."""
    names = one.indicators or (*_measured(book, one.by[0]),)
    return computable([Wanted(name, book.period) for name in names], book.tables)


def _measured(book: Book, dimension: str) -> Iterator[str]:
    """The measured indicators of the paper whose rows say which part they belong to."""
    for name in book.indicators:
        indicator = find(name)
        if not indicator.derived and dimension in columns(Wanted(name, book.period), book.tables):
            yield name
