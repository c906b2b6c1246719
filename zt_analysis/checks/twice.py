"""Two computations of one number held against each other, number by number: each difference is a row, with its cause.

    provinces.value == persons.value        rows of two tables, the first added up by the columns ``by``
    change(*) == change(*_by_others)          figures of the paper's period: every indicator that has both

What only one side has published is not compared. A difference that no declared cause covers (``checks.causes``) breaks
the relation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir

import zt_analysis.expressions as re
from zt_analysis.checks.causes import Cause, cause_of
from zt_analysis.checks.grammar import Unreadable
from zt_analysis.checks.relation import Book, Finding, equal
from zt_analysis.checks.verdicts import computable
from zt_analysis.errors import InputError
from zt_analysis.figures import both_languages
from zt_analysis.indicators import Wanted, compute, find, inputs
from zt_analysis.indicators.catalogue import indicators
from zt_analysis.sources import Tables
from zt_analysis.terms import labels

if TYPE_CHECKING:
    from zt_analysis.checks.statements import Identity

_TABLES = re.compile(r"\s*(\w+)\.(\w+)\s*==\s*(\w+)\.(\w+)\s*")
_FIGURES = re.compile(r"\s*([^=]*\*[^=]*?)\s*==\s*([^=]*\*[^=]*?)\s*")
Row = dict[str, Any]
Compared = tuple[Row, Fraction | int, Fraction | int, str]


def is_of_tables(statement: str) -> bool:
    """Whether the statement compares rows; False where it compares figures.

    Raises:
        Unreadable: it does neither.
    """
    if _TABLES.fullmatch(statement):
        return True
    if not _FIGURES.fullmatch(statement):
        raise Unreadable(statement, "table.column == table.column, or figures with * for the names that both have")
    return False


@dataclass(frozen=True)
class Difference:
    """One number that two computations give differently: what names it, both sides, and why, where that is declared."""

    named: Row
    left: Fraction | int
    right: Fraction | int
    unit: str
    cause: Cause | None

    def sides(self, language: str) -> list[str]:
        """Both sides as they are displayed."""
        return [both_languages(side, self.unit)[language] for side in (self.left, self.right)]

    def said(self, language: str) -> str:
        """The cause in words."""
        return str(getattr(self.cause, language)) if self.cause else labels("no_cause")[language]


def hold(one: Identity, book: Book) -> Finding:
    """Every number that is computed twice; its differences, those without a cause first."""
    compared, found = differences(one, book.tables, book)
    language = str(book.parameters.get("language", "zh"))
    without = sum(each.cause is None for each in found)
    finding = equal(without, 0, "items", checked=compared)
    breaking = [_shown(each, language) for each in found]
    return replace(finding, breaking=breaking, said=told(compared, found) if found else None)


def differences(one: Identity, tables: Tables, book: Book | None = None) -> tuple[int, list[Difference]]:
    """How many numbers were compared, and each that differs, those without a cause first.

    ``book`` is that of a paper, for statements over its figures.
    """
    rows = _of_tables(one, tables) if book is None or is_of_tables(one.statement) else _of_figures(one, book)
    every = [Difference(*row, None) for row in rows]
    # rates that differ only in a place that is never printed are the same
    differing = [each for each in every if len(set(each.sides("zh"))) > 1]
    found = [replace(each, cause=cause_of(one.id, each.named, each.left, each.right, each.unit)) for each in differing]
    return len(every), sorted(found, key=lambda each: each.cause is not None)


def pairs(one: Identity) -> list[tuple[str, ...]]:
    """What ``*`` stands for, with the figure on either side: every indicator that both sides have."""
    match = _FIGURES.fullmatch(one.statement)
    assert match is not None
    known = indicators()
    written = re.findall(r"\w*\*\w*", one.statement)
    return [
        (name, *(find(side.replace("*", name)).id for side in match.groups()))
        for name in known
        if all(each.replace("*", name) in known for each in written)
    ]


def wanted(one: Identity, book: Book) -> list[Wanted]:
    """The figures that a statement over figures compares."""
    asked = [Wanted(side, book.period) for _, *sides in pairs(one) for side in sides]
    return computable([each for each in dict.fromkeys(asked) if _is_comparable(each)], book.tables)


def _is_comparable(wanted: Wanted) -> bool:
    """Whether the figure is there at all: none is measured across a change of its definition."""
    try:
        return bool(inputs(wanted)) or not find(wanted.indicator).derived
    except InputError:
        return False


def _of_figures(one: Identity, book: Book) -> Iterator[Compared]:
    figures = compute(wanted(one, book), book.tables)
    for name, *names in pairs(one):
        left, right = (figures.get(Wanted(side, book.period).key) for side in names)
        if left and right and left.exact is not None and right.exact is not None:
            yield {"figure": name, "at": left.at}, left.exact, right.exact, find(names[0]).unit


def _of_tables(one: Identity, tables: Tables) -> Iterator[Compared]:
    match = _TABLES.fullmatch(one.statement)
    assert match is not None
    left, right = (_sums(one, tables, *match.group(place, place + 1)) for place in (1, 3))
    both = left.rename(left="value").join(right.rename(right="value"), list(one.by))
    both = both.filter(both["left"].notnull() & both["right"].notnull())
    for row in tables.rows(both.select(*one.by, "left", "right").order_by(list(one.by))):
        yield {name: row[name] for name in one.by}, row["left"], row["right"], one.unit or "plain"


def _sums(one: Identity, tables: Tables, table: str, column: str) -> ir.Table:
    """The column added up by the columns that name a number; none where a row has no value."""
    if table not in tables.names:
        raise one.refuse("statement", f"{table}, no such table", ", ".join(tables.names))
    rows = tables[table]
    unknown = [name for name in (column, *one.by) if name not in rows.columns]
    if unknown:
        raise one.refuse("statement", f"{table} without {unknown[0]}", f"columns of it: {', '.join(rows.columns)}")
    values = rows[column]
    complete = ibis.ifelse(rows.count() == values.count(), values.sum(), ibis.null("int64"))
    return rows.group_by(list(one.by)).aggregate(value=complete)


def _shown(each: Difference, language: str) -> Row:
    left, right = each.sides(language)
    gap = both_languages(Fraction(each.left) - each.right, each.unit)[language]
    return {**each.named, "left": left, "right": right, "imbalance": gap, "cause": each.said(language)}


def told(compared: int, found: list[Difference]) -> dict[str, str]:
    """How many numbers were compared, and how many differ of which cause."""
    lines = {}
    for language, text in labels("twice_said" if found else "twice_same").items():
        counts = Counter((each.cause is not None, each.said(language)) for each in found)
        each = [
            f"{said}: {number}" for (_, said), number in sorted(counts.items(), key=lambda one: (one[0][0], -one[1]))
        ]
        joined = {"zh": "；", "en": "; "}[language].join(each)
        lines[language] = text.format(compared=compared, differ=len(found), causes=joined)
    return lines
