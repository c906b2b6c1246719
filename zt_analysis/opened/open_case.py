"""A case opened for questions: ``book = zt.case("2018-11")``, its paper, office and tables, a figure by its name.

Everything is looked up in the case's own project, so that cases of two projects can stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis import params
from zt_analysis.bulletins import Paper, paper_of, tables_of
from zt_analysis.checks import review
from zt_analysis.errors import InputError, SourceError
from zt_analysis.indicators import Indicator, Wanted, source_tables
from zt_analysis.indicators.computing import check
from zt_analysis.indicators.views import View
from zt_analysis.office import Office, office_of
from zt_analysis.opened.asked import Asked
from zt_analysis.opened.course import nothing_of
from zt_analysis.opened.handing import register
from zt_analysis.opened.missing import Named
from zt_analysis.opened.naming import close, dimension_of, indicator_named, part_of
from zt_analysis.opened.notebook import ready
from zt_analysis.opened.shelf import Shelf
from zt_analysis.opened.told import Told
from zt_analysis.periods import Period
from zt_analysis.project import find_root, project_at, refuse_outside, standing_in
from zt_analysis.sources import Tables
from zt_analysis.sources.arriving import left_out

if TYPE_CHECKING:
    from zt_analysis.opened.catalogue import Catalogue
    from zt_analysis.opened.frames import Shown
    from zt_analysis.opened.related import Related
    from zt_analysis.opened.tied import Tied

EVERY_ROLE = ("table", "system")


def case(name: str, *, project: str | Path | None = None, **changes: Any) -> OpenCase:
    """The case ``name``, opened for questions; nothing is read of its tables before one is asked.

    Args:
        project: the folder of its project; the one at or above the working folder when not given.
        changes: parameters that take the place of those in its file, such as ``as_of="2018-10-11"``.

    Raises:
        InputError: no such project or case, a parameter that it does not have, or of another type.
    """
    ready()
    register()
    root = find_root() if project is None else project_at(project, "argument 'project'")
    with standing_in(root):
        parameters = params.load(name, root)
        unknown = next((key for key in changes if key not in parameters), None)
        if unknown:
            near = close(unknown, parameters)
            raise InputError(
                f"parameter {unknown!r}", found="no such parameter", expected=", ".join(parameters),
                hint=f"did you mean {' or '.join(map(repr, near))}?" if near else f"see {params.FOLDER}/{name}.yml",
            )  # fmt: skip
        refuse_outside(changes.get("package"), root, "parameter 'package'")
        opened = OpenCase(root, parameters | changes)
        if changes:  # a wrong one is said where it is typed
            opened.paper  # noqa: B018
        return opened


@dataclass(frozen=True, eq=False)
class OpenCase(Named):
    """A case of a project: its parameters, and what comes of them when asked.

    What takes seconds is a property over what is kept: a notebook that completes names looks into what is kept itself,
    and knows of a property that it is to be left alone.
    """

    root: Path
    parameters: dict[str, Any]

    def __repr__(self) -> str:
        return f"case {self.parameters['case']} ({self.paper.kind}, {self.paper.package}, as of {self.paper.as_of})"

    def _repr_html_(self) -> str:
        from zt_analysis.opened.cards import case_html

        with self._here():
            return case_html(self)

    @cached_property
    def paper(self) -> Paper:
        """The paper it makes."""
        with self._here():
            return paper_of(self.parameters)

    @cached_property
    def office(self) -> Office:
        """What its project's office declares."""
        return office_of(self.root)

    @property
    def tables(self) -> Shelf:
        """The verified tables of its package that its kind of paper reads; each shows a card."""
        return self._tables

    @cached_property
    def _tables(self) -> Shelf:
        with self._here():
            return Shelf.of(tables_of(self.paper, self.parameters, self.root), self.paper.language)

    @property
    def every_table(self) -> Shelf:
        """All tables of its package, those that its paper does not read too: other readings and rules ask them."""
        return self._every_table

    @cached_property
    def _every_table(self) -> Shelf:
        with self._here():
            return Shelf.of(tables_of(self.paper, self.parameters, self.root, roles=EVERY_ROLE), self.paper.language)

    @property
    def review(self) -> Told:
        """Its figures, verdicts and relations."""
        return self._review

    @cached_property
    def _review(self) -> Told:
        with self._here():
            return Told.of(review(self.paper, self.tables, unprinted=self.paper.unprinted))

    def indicators(self, text: str = "") -> Catalogue:
        """The figures of its office whose name, definition or words hold ``text``; all of them without."""
        from zt_analysis.opened.catalogue import catalogue

        with self._here():
            return catalogue(text, self.office, self.paper.language)

    def figure(self, name: str | Indicator, *unnamed: str, at: str | date = "", **parts: str) -> Asked:
        """A figure by the name of its indicator: in code, Chinese or English; views too: ``rank(pupils, by=area)``.

        Args:
            at: ``base`` for the base date, or another day (YYYY-MM-DD); the case's own date, span or term otherwise.
            parts: a part of the whole by dimension, each by its code or name: ``stage="初中"``, ``area="甲县"``.

        Raises:
            InputError: no such indicator, dimension, part, day or term; lists what exists, the nearest first.
        """
        if unnamed:
            raise InputError(
                f"figure {name!r}", found=f"{unnamed[0]!r} without a dimension", expected="parts by name",
                hint=f"dimension={unnamed[0]!r}; Tab after the comma lists the dimensions",
            )  # fmt: skip
        with self._here():
            indicator = self._indicator(name)
            tables = self._tables_of(indicator.id)
            wanted = Wanted(indicator.id, self._seen_from(at, indicator))
            if isinstance(indicator, View) and indicator.by:
                dimension_of(indicator.by, Wanted(indicator.needs[0].indicator, wanted.period), tables)
            scope = tuple(part_of(dimension, value, wanted, tables) for dimension, value in parts.items())
            wanted = replace(wanted, scope=scope)
            check([wanted], tables)
            if at and nothing_of(wanted, tables):
                raise InputError(
                    f"{indicator.label['zh']} ({indicator.id}) on {wanted.period.as_of}", found="no row of that day",
                    expected="a day on which it was counted", hint="book.sql shows which days there are",
                )  # fmt: skip
            return Asked(self, wanted)

    def relation(self, id: str) -> Related:
        """A relation of the paper (勾稽) with what its evaluation found; ``.explain()`` shows what makes its gap.

        Raises:
            InputError: no such relation; lists those there are.
        """
        from zt_analysis.opened.related import related

        return related(self, id)

    @property
    def relations(self) -> Shown:
        """All relations of the paper, a row each."""
        from zt_analysis.opened.related import listed

        return listed(self)

    def compare(self, other: str | OpenCase, *names: str) -> Shown:
        """The figures of this case beside those of another, with the difference.

        Args:
            other: a case by name, or one that is open.
            names: the figures to compare; those that both papers state without.

        Raises:
            InputError: no such case, no figure that both state.
        """
        from zt_analysis.opened.comparing import compare

        if not isinstance(other, (str, OpenCase)):
            raise InputError(
                "other case", found=type(other).__name__, expected="its name, or a case that is open",
                hint=f'book.compare("{self.parameters["case"]}")',
            )  # fmt: skip
        return compare(self, case(other, project=self.root) if isinstance(other, str) else other, names)

    def unusual(self) -> Shown:
        """The parts whose last week leaps against their own weeks before, for each figure that is counted by week."""
        from zt_analysis.opened.leaps import unusual

        return unusual(self)

    def what_if(self, *changes: Mapping[str, Any], **change: Any) -> Shown:
        """The figures that another reading of the text moves: ``what_if(absence_days=5)``.

        Raises:
            InputError: a reading that the office does not declare, or a value that it cannot have.
        """
        from zt_analysis.opened.comparing import what_if

        return what_if(self, [*changes, *([change] if change else [])])

    def sql(self, query: str) -> Shown:
        """What a query of your own gives, over the declared tables; it reads them and can write nothing.

        Raises:
            InputError: no single query, or one that cannot be answered; the message says why.
        """
        from zt_analysis.opened.querying import queried

        return queried(self, query)

    def tie(self, text: str) -> Tied:
        """Every number of ``text`` tied to a figure of this case, excused with a reason, or named unproven.

        It may be a piece of an issue, as a line of ``zt tie - --format jsonl`` is; without numbers nothing holds.

        Raises:
            SourceError: a county's file is missing, whatever the case says of late ones: a text is about the whole.
        """
        from zt_analysis.opened.tied import tied

        if not isinstance(text, str):
            raise InputError("text", found=type(text).__name__, expected="a text", hint='book.tie("截至…")')
        with self._here():
            tables: Tables = self.tables
            if tables.package and left_out(tables.package):
                tables = tables_of(self.paper, self.parameters, self.root, whole=True)
            return tied(text, self.paper, tables)

    def _indicator(self, name: object) -> Indicator:
        from zt_analysis.opened.viewing import in_code

        if isinstance(name, str):
            name = in_code(name, self.office)
            if "=" in name:  # dimensions and parts are the tables' to name
                name = in_code(name, self.office, self.tables)
        return indicator_named(name, self.office)

    def _seen_from(self, at: str | date, indicator: Indicator) -> Period:
        period = self.paper.period
        if at == "":
            return period
        day = period.base_on if at == "base" else _day(at)
        if indicator.time == "span" and day <= period.base_on:
            raise InputError(
                f"{indicator.label['zh']} ({indicator.id}) at {day}",
                found=f"a figure of what came about since the base date, {period.base_on}",
                expected="a later day", hint="leave at= out, or open the case with another base_on",
            )  # fmt: skip
        return period.at(day)

    def _tables_of(self, indicator: str) -> Shelf:
        """The paper's tables; all of the package's where a figure needs one that the paper does not read."""
        tables = self.tables
        try:
            source_tables(Wanted(indicator, self.paper.period), tables)
        except SourceError:
            if not any(one.role in EVERY_ROLE for one in tables.unopened):
                raise
            return self.every_table
        return tables

    @contextmanager
    def _here(self) -> Iterator[None]:
        with standing_in(self.root), office_of(self.root).active():
            yield


def _day(at: object) -> date:
    if isinstance(at, date):
        return at
    try:
        return date.fromisoformat(str(at))
    except ValueError:
        raise InputError(
            "argument 'at'", found=repr(at), expected="'base', a day (YYYY-MM-DD), or nothing", hint="leave it out"
        ) from None
