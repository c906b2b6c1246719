"""Two computations of one number held against each other, number by number: each difference is a row, with its cause.

    provinces.value == persons.value        rows of two tables, the first added up by the columns ``by``
    change(*) == change(*_by_others)          figures of the paper's period: every indicator that has both

What only one side has published is not compared. A difference that no declared cause covers (``checks.causes``) breaks
the relation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir

from zt_analysis.checks.causes import Cause, cause_of
from zt_analysis.checks.grammar import Unreadable
from zt_analysis.checks.relation import Book, Finding, equal
from zt_analysis.checks.verdicts import computable
from zt_analysis.figures import both_languages
from zt_analysis.indicators import Wanted, compute, find
from zt_analysis.indicators.catalogue import indicators
from zt_analysis.terms import labels

if TYPE_CHECKING:
    from zt_analysis.checks.statements import Identity

_TABLES = re.compile(r"\s*(\w+)\.(\w+)\s*==\s*(\w+)\.(\w+)\s*")
_FIGURES = re.compile(r"\s*([^=]*\*[^=]*?)\s*==\s*([^=]*\*[^=]*?)\s*")
Row = dict[str, Any]


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


def hold(one: Identity, book: Book) -> Finding:
    """Every number that is computed twice; its differences, those without a cause first."""
    found = list(_of_tables(one, book) if is_of_tables(one.statement) else _of_figures(one, book))
    differing = [row for row in found if _sides(row)[0] != _sides(row)[1]]
    named = [(row, cause_of(one.id, row, row["left"], row["right"], row["unit"])) for row in differing]
    named.sort(key=lambda each: each[1] is not None)
    language = str(book.parameters.get("language", "zh"))
    breaking = [_shown(row, cause, language) for row, cause in named]
    without = sum(cause is None for _, cause in named)
    finding = equal(without, 0, "items", checked=len(found))
    return replace(finding, breaking=breaking, said=_said(len(found), [cause for _, cause in named]))


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
    return computable(list(dict.fromkeys(asked)), book.tables)


def _of_figures(one: Identity, book: Book) -> Iterator[Row]:
    figures = compute(wanted(one, book), book.tables)
    for name, left, right in pairs(one):
        sides = [figures.get(Wanted(side, book.period).key) for side in (left, right)]
        if all(side is not None and side.exact is not None for side in sides):
            unit = find(left).unit
            values = {place: side.exact for place, side in zip(("left", "right"), sides, strict=True) if side}
            yield {"figure": name, "at": find(left).at(book.period), **values, "unit": unit}


def _of_tables(one: Identity, book: Book) -> Iterator[Row]:
    match = _TABLES.fullmatch(one.statement)
    assert match is not None
    left, right = (_sums(one, book, *match.group(place, place + 1)) for place in (1, 3))
    both = left.rename(left="value").join(right.rename(right="value"), list(one.by))
    both = both.filter(both["left"].notnull() & both["right"].notnull())
    rows = book.tables.rows(both.select(*one.by, "left", "right").order_by(list(one.by)))
    for row in rows:
        yield {**row, "unit": one.unit or "plain"}


def _sums(one: Identity, book: Book, table: str, column: str) -> ir.Table:
    """The column added up by the columns that name a number; none where a row has no value."""
    if table not in book.tables.names:
        raise one.refuse("statement", f"{table}, no such table", ", ".join(book.tables.names))
    rows = book.tables[table]
    unknown = [name for name in (column, *one.by) if name not in rows.columns]
    if unknown:
        raise one.refuse("statement", f"{table} without {unknown[0]}", f"columns of it: {', '.join(rows.columns)}")
    values = rows[column]
    complete = ibis.ifelse(rows.count() == values.count(), values.sum(), ibis.null("int64"))
    return rows.group_by(list(one.by)).aggregate(value=complete)


def _shown(row: Row, cause: Cause | None, language: str) -> Row:
    said = getattr(cause, language) if cause else labels("no_cause")[language]
    sides = dict(zip(("left", "right"), _sides(row, language), strict=True))
    gap = both_languages(Fraction(row["left"]) - row["right"], row["unit"])[language]
    named = {name: cell for name, cell in row.items() if name not in ("left", "right", "unit")}
    return {**named, **sides, "imbalance": gap, "cause": said}


def _sides(row: Row, language: str = "zh") -> list[str]:
    """Both sides as they are displayed: rates that differ only in a place that is never printed are the same."""
    return [both_languages(row[side], row["unit"])[language] for side in ("left", "right")]


def _said(compared: int, causes: list[Cause | None]) -> dict[str, str] | None:
    """How many numbers were compared, and how many differ of which cause."""
    if not causes:
        return None
    counts = Counter(causes)
    lines = {}
    for language, text in labels("twice_said").items():
        each = [
            f"{getattr(one, language) if one else labels('no_cause')[language]}: {number}"
            for one, number in sorted(counts.items(), key=lambda pair: (pair[0] is not None, -pair[1]))
        ]
        lines[language] = text.format(
            compared=compared, differ=len(causes), causes={"zh": "；", "en": "; "}[language].join(each)
        )
    return lines
