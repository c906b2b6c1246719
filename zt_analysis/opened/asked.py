"""A figure of an open case: its value, parts, course, rows, cells, SQL, and a verdict on what somebody printed."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zt_analysis.checks.partial import lacking, marked, missing
from zt_analysis.errors import InputError
from zt_analysis.figures import Figure
from zt_analysis.indicators import Wanted, columns, compute, find, rows, source_tables, sql
from zt_analysis.indicators.computing import check
from zt_analysis.opened import frames
from zt_analysis.opened.missing import Named
from zt_analysis.opened.naming import dimension_of, part_of, parts_of, words_of
from zt_analysis.opened.parts import Parts
from zt_analysis.opened.parts import parts_of as broken_down
from zt_analysis.sources import Tables
from zt_analysis.terms import label, vocabulary

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd

    from zt_analysis.indicators.indicator import Exact
    from zt_analysis.opened.charting import Inline
    from zt_analysis.opened.checking import Checked
    from zt_analysis.opened.open_case import OpenCase
# what an engine counts to
MOST_ROWS = 2**62

# of a figure's rows, what a notebook takes without being told: some seconds and tens of megabytes
MOST_ROWS = 50_000


@dataclass(frozen=True, eq=False)
class Asked(Named):
    """A figure of an open case."""

    book: OpenCase
    wanted: Wanted

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (int, float, Fraction, str)):
            raise InputError(
                f"{self.label[self.language]} == {other!r}", found="a figure and what was printed",
                expected="two values, or a verdict", hint=f"f.value == … (exact), or f.check({str(other)!r})",
            )  # fmt: skip
        return self is other

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"{self.label[self.language]} {self.figure.at}: {self.display}"

    def _repr_html_(self) -> str:
        from zt_analysis.opened.cards import figure_html

        with self.book._here():
            return figure_html(self)

    @property
    def __doc__(self) -> str:  # type: ignore[override]
        """Its definition in both languages: what ``?`` shows."""
        from zt_analysis.opened.cards import definition

        with self.book._here():
            return definition(find(self.wanted.indicator))

    @property
    def language(self) -> str:
        """That of its paper."""
        return self.book.paper.language

    @property
    def tables(self) -> Tables:
        """The tables that it is computed from."""
        return self.book._tables_of(self.wanted.indicator)

    @cached_property
    def figure(self) -> Figure:
        """Its exact value, with unit and key."""
        with self.book._here():
            return next(iter(compute([self.wanted], self.tables).values()))

    @cached_property
    def lacking(self) -> list[str]:
        """The parts that it lacks, where the case allows that a file is late: what it is then is no whole."""
        with self.book._here():
            late = missing(self.tables)
            return lacking(source_tables(self.wanted, self.tables), dict(self.wanted.scope), late) if late else []

    @property
    def display(self) -> str:
        """Its value as displayed, and whether that is of some parts only."""
        with self.book._here():
            shown = self.figure.display(self.language)
            return marked({self.language: shown})[self.language] if self.lacking else shown

    @property
    def value(self) -> Exact:
        """The exact value: an integer or a ratio in the unit's exact unit; None where it cannot be derived."""
        return self.figure.exact

    @property
    def label(self) -> dict[str, str]:
        """Its name in both languages, with its part."""
        from zt_analysis.checks import figure_label
        from zt_analysis.indicators.dimensions import part_names

        with self.book._here():
            found = figure_label(self.wanted)
            # a place stands in a register, not in the vocabulary; one that no register names is said by its code
            for name, code in self.wanted.scope:
                if code not in vocabulary():
                    names = part_names(name, self.tables).get(code, {"zh": f"{code} ", "en": code})
                    found = {"zh": f"{names['zh']}{found['zh']}", "en": f"{names['en']}: {found['en']}"}
            return found

    @property
    def sql(self) -> Statements:
        """The SQL that gives it, one statement for each measured indicator it rests on."""
        with self.book._here():
            return Statements(sql(self.wanted, self.tables))

    def by(self, *dimensions: str | Sequence[str]) -> Parts:
        """It broken down by one dimension or several, each by its column or its word in either language.

        ``week`` is the reporting day: of a figure of a span what came about in the week up to it, of any other how
        things stand on it. Without a dimension: the first that the package has a register of.

        Raises:
            InputError: nothing that it can be broken down by; lists what there is.
        """
        with self.book._here():
            asked = [each for one in dimensions for each in ([*one] if isinstance(one, (list, tuple)) else [one])]
            by = [dimension_of(one, self.wanted, self.tables) for one in asked] or self.columns()[:1]
            if len(set(by)) < len(by):
                raise InputError("by", found=f"{' and '.join(by)}", expected="each dimension once", hint="name another")
            return broken_down(self, tuple(by))

    def over(self, kind: str = "week", *dimensions: str) -> Parts:
        """It in the course of time: by week as ``by("week")`` has it, or by ``month``, ``quarter``, ``half`` ...

        By month and longer it is how things stand at the end of each, or what came about in each where it is of a span.
        """
        from zt_analysis.opened.course import kind_of, over

        kind = kind_of(kind)
        if kind == "week":
            return self.by("week", *dimensions)
        with self.book._here():
            return over(self, kind, dimensions)

    def change(self, since: str = "") -> Asked:
        """Its change since the base date, or since the year before where it is of a year; of a rate in 百分点."""
        return self._view("change", since)

    def growth(self, since: str = "") -> Asked:
        """Its change as a share of what it was then."""
        return self._view("growth", since)

    def rows(self, limit: int | None = MOST_ROWS, **parts: str) -> frames.Shown:
        """The rows behind it, of a part if one is named; personal columns masked.

        Args:
            limit: at most so many; ``None`` for all. Without, 50,000: a warning says so where there are more, as what
                is counted of the first rows is not the whole.
            parts: ``county="甲县"``, as ``figure`` takes them.
        """
        one = self._within(parts)
        with self.book._here():
            behind = rows(one.wanted, one.tables)
            total = one.tables.rows(behind.aggregate(n=behind.count()))[0]["n"]
            found = one.tables.rows(behind if limit is None else behind.limit(_whole(limit)))
            if limit == MOST_ROWS < total:
                said = label("opened_more", one.language).format(
                    figure=one.label[one.language], shown=limit, total=total
                )
                warnings.warn(said, stacklevel=2)
            return _rows_shown(typed(found, behind), one, int(total))

    def cells(self, limit: int | None = 20, **parts: str) -> frames.Shown:
        """Its first rows with the place each was read from: the cell of a submitted workbook, the row of a file."""
        from zt_analysis.opened.course import with_cells

        one = self._within(parts)
        with self.book._here():
            return with_cells(one, limit)

    def check(self, printed: object) -> Checked:
        """The verdict on a printed number: ``f.check("1.59%")``, ``f.check("300多人")``.

        Raises:
            InputError: no number or several, or a unit that the figure is not counted in.
        """
        from zt_analysis.opened.checking import verdict

        with self.book._here():
            return verdict(self, printed)

    def columns(self) -> list[str]:
        """The columns that it can be broken down by, those with names first."""
        with self.book._here():
            first = [one for one in parts_of(self.wanted, self.tables) if one != "week"]
            return list(dict.fromkeys([*first, *sorted(columns(self.wanted, self.tables))]))

    def chart(self, *dimensions: str) -> Inline:
        """A chart in the house theme: over the weeks, or by the dimension named."""
        from zt_analysis import drawing
        from zt_analysis.opened.charting import Inline

        with self.book._here():
            said: Any = {"scope": dict(self.wanted.scope)} if self.wanted.scope else {}
            name, paper = self.wanted.indicator, self.book.paper
            if not dimensions or dimensions == ("week",):
                return Inline.of(drawing.lines(paper, self.tables, name, **said))
            by = dimension_of(dimensions[0], self.wanted, self.tables)
            return Inline.of(drawing.bars(paper, self.tables, name, by=by, **said))

    def _view(self, kind: str, since: str) -> Asked:
        with self.book._here():
            at = f", since={since}" if since else ""
            wanted = replace(self.wanted, indicator=f"{kind}({self.wanted.indicator}{at})")
            check([wanted], self.tables)
            return Asked(self.book, wanted)

    def _within(self, parts: dict[str, str]) -> Asked:
        if not parts:
            return self
        with self.book._here():
            scope = [part_of(name, value, self.wanted, self.tables) for name, value in parts.items()]
            wanted = replace(self.wanted, scope=(*self.wanted.scope, *scope))
            check([wanted], self.tables)
            return Asked(self.book, wanted)


class Statements(list[str]):
    """SQL, one statement for each measured figure; shown as it is written."""

    def __repr__(self) -> str:
        return "\n\n".join(self)

    def _repr_html_(self) -> str:
        from zt_analysis.opened import html

        return html.output(*(html.code(one) for one in self))


def _rows_shown(frame: pd.DataFrame, asked: Asked, total: int, further: Iterable[str] = ()) -> frames.Shown:
    titles = titles_of(source_tables(asked.wanted, asked.tables), asked.tables, asked.language)
    heads = {name: frames.head(titles.get(name, "")) for name in frame.columns}
    heads |= {name: frames.head(label("opened_place", asked.language)) for name in further}
    words = "opened_first" if len(frame) < total else "opened_all"
    note = label(words, asked.language).format(shown=len(frame), total=total)
    title = f"{asked.label[asked.language]} {asked.wanted.at}"
    found: frames.Shown = frames.named(frame, heads, language=asked.language, title=title, note=note,
                                       counted=len(frame))  # fmt: skip
    return found


def typed(found: list[dict[str, Any]], behind: ir.Table) -> pd.DataFrame:
    """Rows as a frame whose columns can be computed with: whole numbers, days, yes and no; text else."""
    import pandas as pd

    frame = pd.DataFrame(found, columns=list(behind.columns))
    days = {name: pd.to_datetime(frame[name]) for name, kind in behind.schema().items() if kind.is_date()}
    return frame.convert_dtypes().assign(**days)


def titles_of(names: Iterable[str], tables: Tables, language: str) -> dict[str, str]:
    """What the columns of tables are called, by name."""
    declared = {one.name: one for one in tables.declared}
    known = [column for name in names if name in declared for column in declared[name].columns]
    return {
        one.name: one.title if one.title and language == "zh" else words_of(one.name, tables)[language]
        for one in reversed(known)
    }


def _whole(limit: object) -> int:
    if not isinstance(limit, int) or isinstance(limit, bool) or not 0 <= limit <= MOST_ROWS:
        raise InputError("limit", found=repr(limit), expected="how many rows, or None for all", hint="rows(limit=100)")
    return limit
