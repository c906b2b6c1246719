"""A case opened for questions: ``book = zt.case("2018-11")``, its paper, office and tables, a figure by its name.

Everything is looked up in the case's own project, so that cases of two projects can stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis import params
from zt_analysis.bulletins import Paper, paper_of, tables_of
from zt_analysis.checks import Review, review
from zt_analysis.errors import InputError, nearest
from zt_analysis.figures import Figure
from zt_analysis.indicators import Indicator, Wanted, breakdown, columns, compute, rows, sql
from zt_analysis.indicators.asked import members
from zt_analysis.indicators.computing import check, leaves, measure_of
from zt_analysis.indicators.dimensions import dimension_named, part_name
from zt_analysis.office import Office, office_of
from zt_analysis.project import find_root, project_at, standing_in
from zt_analysis.sources import Tables
from zt_analysis.sources.arriving import left_out

if TYPE_CHECKING:
    import pandas as pd

    from zt_analysis.tying import TieOut


def case(name: str, *, project: str | Path | None = None, **changes: Any) -> OpenCase:
    """The case ``name``, opened for questions; nothing is read of its tables before one is asked.

    Args:
        project: the folder of its project; the one at or above the working folder when not given.
        changes: parameters that take the place of those in its file, such as ``as_of="2018-10-11"``.

    Raises:
        InputError: no such project or case, a parameter that it does not have, or of another type.
    """
    root = find_root() if project is None else project_at(project, "argument 'project'")
    with standing_in(root):
        parameters = params.load(name, root)
        unknown = next((key for key in changes if key not in parameters), None)
        if unknown:
            raise InputError(
                f"parameter {unknown!r}", found="no such parameter", expected=", ".join(parameters),
                hint=nearest(unknown, parameters) or f"see {params.FOLDER}/{name}.yml",
            )  # fmt: skip
        return OpenCase(root, parameters | changes)


@dataclass(frozen=True, eq=False)
class OpenCase:
    """A case of a project: its parameters, and what comes of them when asked."""

    root: Path
    parameters: dict[str, Any]

    def __repr__(self) -> str:
        return f"case {self.parameters['case']} ({self.paper.kind}, {self.paper.package}, as of {self.paper.as_of})"

    @cached_property
    def paper(self) -> Paper:
        """The paper it makes."""
        with self._here():
            return paper_of(self.parameters)

    @cached_property
    def office(self) -> Office:
        """What its project's office declares."""
        return office_of(self.root)

    @cached_property
    def tables(self) -> Tables:
        """The verified tables of its package that its kind of paper reads."""
        with self._here():
            return tables_of(self.paper, self.parameters, self.root)

    @cached_property
    def review(self) -> Review:
        """Its figures, verdicts and relations."""
        with self._here():
            return review(self.paper, self.tables, unprinted=self.paper.unprinted)

    def figure(self, name: str, *, at: str = "", **parts: str) -> Asked:
        """A figure by the name of its indicator: in code, Chinese or English.

        Args:
            at: ``base`` for the base date; the case's own date, span or term otherwise.
            parts: a part of the whole by dimension, each by its code or name: ``stage="初中"``, ``area="甲县"``.

        Raises:
            InputError: no such indicator, dimension, part, day or term; lists what exists, the nearest first.
        """
        with self._here():
            if at not in ("", "base"):
                raise InputError("argument 'at'", found=repr(at), expected="'base', or nothing", hint="leave it out")
            period = self.paper.period.at(self.paper.period.base_on) if at else self.paper.period
            indicator = self._indicator(name)
            wanted = Wanted(indicator.id, period)
            scope = tuple(self._part(dimension, str(value), wanted) for dimension, value in parts.items())
            wanted = replace(wanted, scope=scope)
            check([wanted], self.tables)
            return Asked(self, wanted)

    def tie(self, text: str) -> TieOut:
        """Every number of ``text`` tied to a figure of this case, excused with a reason, or named unproven.

        It may be a piece of an issue, as a line of ``zt tie - --format jsonl`` is; without numbers nothing holds.

        Raises:
            SourceError: a county's file is missing, whatever the case says of late ones: a text is about the whole.
        """
        from zt_analysis.tying import case_of, tie_text

        with self._here():
            tables = self.tables
            if tables.package and left_out(tables.package):
                tables = tables_of(self.paper, self.parameters, self.root, whole=True)
            return tie_text(text, case_of(self.paper, tables, self.paper.printed_so_far()))

    def _indicator(self, name: str) -> Indicator:
        known = self.office.indicators
        if name in known:
            return known[name]
        found = [one for one in known.values() if name in (one.zh, one.en)]
        if found:
            return found[0]
        names = [*known, *(one.zh for one in known.values()), *(one.en for one in known.values())]
        raise InputError(
            f"figure {name!r}", found="no indicator of that name", expected=", ".join(known),
            hint=(nearest(name, names) or "its name in code, Chinese or English").strip(),
        )  # fmt: skip

    def _part(self, dimension: str, value: str, wanted: Wanted) -> tuple[str, str]:
        column = dimension_named(dimension, self.tables)
        leaf = next(leaves(wanted))
        known = members(column, measure_of(leaf, self.tables).table, self.tables) or ()
        named = [code for code in known if value in part_name(column, code, self.tables).values()]
        return column, named[0] if value not in known and len(named) == 1 else value

    @contextmanager
    def _here(self) -> Iterator[None]:
        with standing_in(self.root), office_of(self.root).active():
            yield


@dataclass(frozen=True, eq=False)
class Asked:
    """A figure of an open case: its value, parts, rows and SQL."""

    book: OpenCase
    wanted: Wanted

    def __repr__(self) -> str:
        language = self.book.paper.language
        return f"{self.label[language]} {self.figure.at}: {self.figure.display(language)}"

    @cached_property
    def figure(self) -> Figure:
        """Its exact value, with unit and key."""
        with self.book._here():
            return next(iter(compute([self.wanted], self.book.tables).values()))

    @property
    def value(self) -> Any:
        """The exact value: an integer or a ratio in the unit's exact unit; None where it cannot be derived."""
        return self.figure.exact

    @property
    def label(self) -> dict[str, str]:
        """Its name in both languages, with its part."""
        from zt_analysis.checks import figure_label

        with self.book._here():
            return figure_label(self.wanted)

    @property
    def sql(self) -> list[str]:
        """The SQL that gives it, one statement for each measured indicator it rests on."""
        with self.book._here():
            return sql(self.wanted, self.book.tables)

    def by(self, *dimensions: str) -> pd.DataFrame:
        """It broken down: see ``zt.breakdown``; a dimension by its column or its word in either language."""
        with self.book._here():
            by = [dimension_named(one, self.book.tables) for one in dimensions] or None
            one = self.wanted
            return breakdown(one.indicator, self.book.tables, one.period, by=by, scope=one.scope)

    def rows(self, limit: int = 20) -> pd.DataFrame:
        """The first rows behind it, personal columns masked."""
        import pandas as pd

        with self.book._here():
            found = self.book.tables.rows(rows(self.wanted, self.book.tables).limit(limit))
        return pd.DataFrame(found)

    def columns(self) -> Iterable[str]:
        """The columns that it can be broken down by."""
        with self.book._here():
            return sorted(columns(self.wanted, self.book.tables))
