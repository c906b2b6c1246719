"""What makes a relation's gap, as an office declares it: signed figures, one row each, in ``office/bridges/*.csv``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from zt_analysis.checks.grammar import Unreadable, parse
from zt_analysis.checks.statement_nodes import Node, Operation, Quantity, Seen
from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, compute
from zt_analysis.office import FOLDER, Office, current

if TYPE_CHECKING:
    from zt_analysis.opened.open_case import OpenCase

COLUMNS = ("relation", "term", "zh", "en")


@dataclass(frozen=True)
class Term:
    """One flow: what is written, read, and what it is called."""

    text: str
    sign: int
    node: Node
    zh: str
    en: str


def terms_of(relation: str) -> list[Term]:
    """The flows declared for a relation, in the order of the files.

    Raises:
        InputError: a row that cannot be one; names file, row and column.
    """
    return [term for id, term in _of_office(current()) if id == relation]


def value_of(term: Term, book: OpenCase) -> Fraction:
    """The number of a flow, from the rows of a case."""

    def exact(node: Node) -> Fraction:
        match node:
            case Operation(sign=sign, left=left, right=right):
                one, other = exact(left), exact(right)
                return one + other if sign == "+" else one - other
            case Quantity():
                return node.exact
            case Seen(indicator=indicator, scope=scope, time=time):
                period = book.paper.period
                wanted = Wanted(indicator, period.at(period.base_on) if time else period, scope)
                found = next(iter(compute([wanted], book._tables_of(indicator)).values())).exact
                if found is not None:
                    return Fraction(found)
        raise InputError(
            f"{FOLDER}/bridges, term {term.text!r}", found="what has no value",
            expected="figures, added and subtracted", hint="write figures by their names in code",
        )  # fmt: skip

    return term.sign * exact(term.node)


@cache
def _of_office(office: Office) -> tuple[tuple[str, Term], ...]:
    return tuple(
        one for name, text in office.texts("bridges", ".csv") for one in _read(f"{FOLDER}/bridges/{name}", text)
    )


def _read(file: str, text: str) -> Iterator[tuple[str, Term]]:
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise InputError(f"{file}, first row", found=", ".join(reader.fieldnames or ()), expected=", ".join(COLUMNS))
    for row in reader:
        place = f"{file}, row {reader.line_num}"
        if None in row or None in row.values() or not all(cell.strip() for cell in row.values()):
            raise InputError(
                place, found="an empty cell, or more or fewer than the first row", expected="a cell a column"
            )
        try:
            sign, node = _signed(row["term"].strip())
        except Unreadable as error:
            raise InputError(f"{place}, term", found=error.found, expected=error.expected, hint=error.hint) from error
        words = {name: row[name].strip() for name in ("zh", "en")}
        yield row["relation"].strip(), Term(row["term"].strip(), sign, node, **words)


def _signed(text: str) -> tuple[int, Node]:
    """A term with its sign: ``-flow``, or ``-(flow + other)``."""
    rest = text.removeprefix("-").strip()
    node = parse(rest).left
    if rest == text or isinstance(node, Seen) or (rest.startswith("(") and rest.endswith(")")):
        return (1 if rest == text else -1), node
    raise Unreadable(text, "a minus before one figure or parentheses", "write -(a + b)")
