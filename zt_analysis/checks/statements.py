"""Relations declared as data (``office/relations/*.csv``): one row each, with its statement and its titles.

``figures``: the statement holds of the paper's figures; with ``by`` in every group of those dimensions, with ``each``
``week`` in every week of the period. ``rows``: it holds in every row of the table ``of``. ``partition``: the parts of
each indicator named (``every`` measured one) add up to the whole. ``twice``: two computations of one number, held
against each other number by number (``checks.twice``). ``checks.grammar`` says what a statement can say,
``checks.holding`` holds it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from zt_analysis.checks import grammar, holding, twice
from zt_analysis.checks import statement_nodes as nodes
from zt_analysis.checks.relation import SEVERITIES, Book, Finding, Relation
from zt_analysis.checks.verdicts import computable
from zt_analysis.checks.words import in_words
from zt_analysis.errors import InputError, nearest
from zt_analysis.indicators import Wanted, columns
from zt_analysis.indicators.indicator import Group
from zt_analysis.indicators.known_parts import check_parts
from zt_analysis.office import FOLDER, Office, current
from zt_analysis.units import UNITS
from zt_analysis.used import heads_only

NEEDED = ("id", "severity", "kind", "of", "by", "each", "statement", "zh", "en")
OPTIONAL = ("unit", "papers")
KINDS = ("figures", "rows", "partition", "twice")
EVERY = "every"


@dataclass(frozen=True)
class Identity:
    """One row of a file of statements; ``place`` names the file and the row."""

    place: str
    id: str
    severity: str
    kind: str
    of: str
    by: tuple[str, ...]
    each: str
    statement: str
    zh: str
    en: str
    unit: str = ""
    papers: tuple[str, ...] = ()

    @cached_property
    def compared(self) -> nodes.Compared:
        """The parsed statement over figures."""
        return grammar.parse(self.statement, self.unit)

    @cached_property
    def columns(self) -> tuple[Any, str, Any]:
        """The parsed statement over columns of a table."""
        return grammar.compared_columns(self.statement)

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """The indicators whose parts add up; none named means every measured one of the paper."""
        return () if self.statement == EVERY else tuple(self.statement.split())

    def evaluate(self, book: Book) -> Finding:
        """What holding the statement against the book gives."""
        with self._named():
            return self._evaluated(book)

    def _evaluated(self, book: Book) -> Finding:
        if self.kind == "figures":
            return holding.of_groups(self, book) if self.by or self.each else holding.of_figures(self, book)
        if self.kind == "twice":
            return twice.hold(self, book)
        return holding.of_rows(self, book) if self.kind == "rows" else holding.of_parts(self, book)

    def asks(self, book: Book) -> list[tuple[Wanted, Group]]:
        """The figures that ``evaluate`` will ask for, each with the dimensions it is broken down by."""
        with self._named():
            found = self._asks(book)
            for one, _ in found:
                check_parts(one, book.tables, f"{self.place} ({self.id}), statement")
            return found

    def _asks(self, book: Book) -> list[tuple[Wanted, Group]]:
        if self.kind == "rows":
            return []
        if self.kind == "twice":
            return [] if twice.is_of_tables(self.statement) else [(one, ()) for one in twice.wanted(self, book)]
        if self.kind == "figures":
            wanted = computable(holding.named(self, book), book.tables)
            self._check_by(wanted, book)
            return [(one, self.by) for one in wanted]
        wanted = holding.of_partition(self, book)
        self._check_by(wanted, book)
        return [(one, by) for one in wanted for by in ((), self.by)]

    def _check_by(self, wanted: list[Wanted], book: Book) -> None:
        for one, name in ((one, name) for one in wanted for name in self.by if name != "week"):
            if name not in (known := sorted(columns(one, book.tables))):
                hint = nearest(name, known).strip() or f"{one.indicator} cannot be broken down by it"
                raise self.refuse("by", name, f"one of {', '.join(known)}", hint)

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Have an error say whose statement it is of, by file and row."""
        try:
            yield
        except InputError as error:
            if error.thing.startswith(self.place):
                raise
            thing = f"{self.place} ({self.id}): {error.thing}"
            raise type(error)(thing, found=error.found, expected=error.expected, hint=error.hint) from error

    def refuse(self, column: str, found: object, expected: str, hint: str = "see docs/relations.md") -> InputError:
        """The error for a cell that cannot be."""
        return InputError(f"{self.place} ({self.id}), {column}", found=found, expected=expected, hint=hint)


def read_identities() -> tuple[Relation, ...]:
    """The declared relations, in the order of the files.

    Raises:
        InputError: a row that cannot be one, naming file, row and column.
    """
    with heads_only():  # their words name figures, which those of another paper do not ask for
        return tuple(
            Relation(one.id, one.severity, one.evaluate, one.zh, one.en, in_words(one), one.papers, one.asks)
            for one in _declared()
        )


def held_twice() -> tuple[Identity, ...]:
    """The declared statements that hold rows of two tables against each other."""
    return tuple(one for one in _declared() if one.kind == "twice" and twice.is_of_tables(one.statement))


def bound(name: str) -> Fraction:
    """The constant on the right of a statement (``rate < 0.6%``), for a chart that draws what a relation holds.

    Raises:
        InputError: no statement of that name, or one that compares with no constant.
    """
    stated = next((one for one in _declared() if one.id == name and one.kind == "figures"), None)
    found = stated.compared.right if stated else None
    if not isinstance(found, nodes.Quantity):
        raise InputError(
            f"statement {name!r}", found="none that compares with a number", expected="such as rate < 0.6%",
            hint=f"{FOLDER}/relations/*.csv",
        )  # fmt: skip
    return found.exact


def _declared() -> tuple[Identity, ...]:
    return _of_office(current())


@cache
def _of_office(office: Office) -> tuple[Identity, ...]:
    found: dict[str, Identity] = {}
    # each is parsed, and only those of the paper are evaluated
    with heads_only():
        for name, text in office.texts("relations", ".csv"):
            for one in read_statements(f"{FOLDER}/relations/{name}", text):
                if one.id in found or one.id in [*office.relations]:
                    raise one.refuse("id", "an id that another relation has", "an id of its own", "name it otherwise")
                found[one.id] = one
    return tuple(found.values())


def read_statements(file: str, text: str) -> Iterator[Identity]:
    """The rows of one file of statements, as the active office reads them."""
    reader = csv.DictReader(text.splitlines(), strict=True)
    header = reader.fieldnames or ()
    if not {*NEEDED} <= {*header} <= {*NEEDED, *OPTIONAL} or len({*header}) != len(header):
        raise InputError(
            f"{file}, first row", found=", ".join(header) or "nothing", expected=", ".join((*NEEDED, *OPTIONAL)),
            hint="unit and papers may be left out",
        )  # fmt: skip
    try:
        for row in reader:
            yield _identity(f"{file}, row {reader.line_num}", row)
    except csv.Error as error:
        raise InputError(f"{file}, row {reader.line_num}", found=str(error), expected="cells of a CSV file") from error


def _identity(place: str, row: dict[str, Any]) -> Identity:
    if None in row or None in row.values():
        raise InputError(
            f"{place} ({row.get('id')})", found="more or fewer cells than the first row", expected="a cell a column",
            hint="put a text that holds a comma in quotes",
        )  # fmt: skip
    cells = {name: cell.strip() for name, cell in row.items()}
    listed = {name: tuple(cells.get(name, "").split()) for name in ("by", "papers")}
    one = Identity(place, **(cells | listed))  # type: ignore[arg-type]  # two are lists
    _check_cells(one)
    try:
        _check_statement(one)
    except grammar.Unreadable as error:
        raise one.refuse("statement", error.found, error.expected, error.hint) from error
    return one


def _check_cells(one: Identity) -> None:
    for column, known in (("severity", SEVERITIES), ("kind", KINDS), ("each", ("", "week"))):
        if getattr(one, column) not in known:
            raise one.refuse(column, getattr(one, column) or "nothing", ", ".join(filter(None, known)))
    for column in ("id", "statement", "zh", "en", *(["of"] if one.kind == "rows" else [])):
        if not getattr(one, column):
            raise one.refuse(column, "nothing", "a text")
    if one.unit and one.unit not in UNITS:
        raise one.refuse("unit", one.unit, ", ".join(UNITS))
    unknown = [kind for kind in one.papers if kind not in current().papers]
    if unknown:
        raise one.refuse("papers", unknown[0], ", ".join(current().papers), "leave it empty for every kind of paper")


def _check_statement(one: Identity) -> None:
    if one.kind == "rows":
        grammar.compared_columns(one.statement)
    elif one.kind == "twice":
        if not twice.is_of_tables(one.statement):
            if not twice.pairs(one):
                raise grammar.Unreadable(one.statement, "indicators that both sides have")
        elif not one.by:
            raise one.refuse("by", "nothing", "the columns that name a number")
    elif one.kind == "partition":
        if len(one.by) != 1:
            raise one.refuse("by", " ".join(one.by) or "nothing", "one dimension")
        for name in one.indicators:
            grammar.indicator_named(name)
    elif (one.by or one.each) and not one.compared.figures:
        raise grammar.Unreadable(one.statement, "a figure to break down")
    elif not one.compared.operator and (one.severity != "info" or one.by or one.each):
        raise grammar.Unreadable(one.statement, "a comparison", "a figure alone is for information: severity info")
