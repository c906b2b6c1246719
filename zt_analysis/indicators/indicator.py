"""What an indicator is: which rows, which aggregate, which unit; or a calculation from other indicators.

An indicator is written as a function whose docstring is its definition: the first paragraph and ``Formula:``,
``Unit:``, ``NULL:``, ``Source:`` in English, ``定义：``, ``算式：``, ``空值：``, ``出处：`` in Chinese. Its decorator
says its names, and the words by which texts know it. The function of a measured indicator returns a Measure, an
unexecuted expression; the function of a derived one takes exact values of other indicators, named by its parameters,
and returns an exact value.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any, ClassVar, Unpack

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from zt_analysis.errors import InputError, nearest
from zt_analysis.indicators.measures import called, check_measure
from zt_analysis.indicators.said import Break, Said, docstring, section_of, settled
from zt_analysis.periods import Period, calendar, iso_date, within_dates
from zt_analysis.sources import Proof, Tables
from zt_analysis.spans import WHOLE

AT_BASE = "_at_base"
TIMES = ("date", "span", *WHOLE)
Scope = tuple[tuple[str, str], ...]
Group = tuple[str, ...]
Exact = Fraction | int | None


@dataclass(frozen=True)
class Measure:
    """Rows and how to add them up.

    Attributes:
        table: the rows to choose from; measures over the same table are computed in one pass.
        where: which rows count.
        how: ``count`` rows, ``distinct`` values of ``column``, or ``sum`` of ``column``.
        dated: the column by which a flow is placed in a week; empty for what is not a flow.
        only: a column, and the one of its values that the figure is about: where no row has it there is no figure.
        proof: that ``column`` is unique in the table, which makes a distinct count a plain one; None where unknown.
        complete: a sum of no rows, or of rows of which one has no value, is none: not published is not 0.
    """

    table: ir.Table
    how: str
    column: str = ""
    where: ir.BooleanValue | None = None
    dated: str = ""
    only: tuple[str, object] | None = None
    proof: Proof | None = None
    complete: bool = False

    def __post_init__(self) -> None:
        if self.complete and self.how != "sum":
            raise InputError(
                "argument 'complete'", found=f"a {self.how}", expected="a sum", hint="a count has a value for each row"
            )

    def proved(self, tables: Tables) -> Measure:
        """The same with the proof, if ``tables`` has one, that the column of a distinct count is unique."""
        source = source_of(self.table) if self.how == "distinct" else None
        return replace(self, proof=tables.proof(source, self.column)) if source else self

    @cached_property
    def key(self) -> Hashable:
        """What is asked: equal for measures that ask the same."""
        return (
            self.table.op(), self.how, self.column, None if self.where is None else self.where.op(),
            self.dated, self.proof is not None, self.complete,
        )  # fmt: skip

    def within(self, scope: Scope = ()) -> Measure:
        """The same aggregate over a table that holds only the rows that count, within ``scope``."""
        if scope not in self._within:
            where = self.condition(scope)
            table = self.table if where is None else self.table.filter(where)
            self._within[scope] = Measure(table, self.how, self.column, proof=self.proof, complete=self.complete)
        return self._within[scope]

    @cached_property
    def _within(self) -> dict[Scope, Measure]:
        """By scope, what ``within`` made: a card shows its statement and its first rows, which are of the same."""
        return {}

    @property
    def present(self) -> Measure:
        """How many of its rows have a value."""
        known = self.table[self.column].notnull()
        return Measure(self.table, "count", where=known if self.where is None else self.where & known, dated=self.dated)

    def value(self, scope: Scope = ()) -> ir.Value:
        """The aggregate as an expression over ``table``; 0 where no row counts."""
        where = self.condition(scope)
        if self.how == "count":
            return self.table.count(where=where)
        if self.how == "distinct" and self.proof:
            return self.table[self.column].count(where=where)
        if self.how == "distinct":
            return self.table[self.column].nunique(where=where)
        total = self.table[self.column].sum(where=where)
        if self.complete:
            rows, present = self.table.count(where=where), self.table[self.column].count(where=where)
            return ibis.ifelse((rows > 0) & (rows == present), total, ibis.null(total.type()))
        return ibis.coalesce(total, 0)

    def dimension(self, name: str) -> ir.Value:
        """The column to break down by; ``week`` is the reporting day that ends the week of ``dated``."""
        if name == "week" and self.dated:
            # a week of the office, shifted back by its last weekday, is Monday to Sunday, which truncation knows
            ends = calendar().weekday
            start = (self.table[self.dated] - ibis.interval(days=ends)).truncate("W")
            return (start + ibis.interval(days=6 + ends)).strftime("%Y-%m-%d")
        if name not in self.table.columns:
            available = [column for column, kind in self.table.schema().items() if kind.is_string()]
            raise InputError(
                f"dimension {name!r}",
                found="no such column in the indicator's table",
                expected=", ".join(available + ["week"] * bool(self.dated)),
                hint=f"{nearest(name, available)}choose one of these",
            )
        return self.table[name]

    def condition(self, scope: Scope = ()) -> ir.BooleanValue | None:
        """Which rows count within ``scope``; None for all."""
        where = self.where
        for name, wanted in scope:
            value = self.dimension(name)
            condition = (value if value.type().is_string() else value.cast("string")) == wanted
            where = condition if where is None else where & condition
        return where


def source_of(table: ir.Table) -> str | None:
    """The source table that ``table`` is, or is rows of: what is unique there is unique here. None for joins."""
    op = table.op()
    while isinstance(op, ops.Filter):
        op = op.parent
    return str(op.name) if isinstance(op, ops.DatabaseTable) else None


IN_CHINESE = {"Definition": "定义", "Formula": "算式", "NULL": "空值", "Source": "出处"}


@dataclass(frozen=True)
class Indicator:
    """A definition with a name and a unit.

    Attributes:
        function: takes (tables, period) and returns a Measure, or takes exact values and returns one.
        unit: a key of ``figures.UNITS``.
        time: ``date`` (as of a day), ``span`` (since the base date, to the as-of date), or the whole ``week``,
            ``month``, ``quarter``, ``half``, ``term``, ``school_year`` or ``year`` that the as-of date lies in.
        stated_by: the parts it is also stated for, each on its own, as dimension and code; written
            ``stated_by={"use": ("farm", "town")}``.
        zh, en: its name in each language.
        words: how texts name it. Each is groups of words, parted by ``;``; each group has to be found near a number,
            any of its words (parted by ``|``) will do; one that has to stand at the number itself begins with ``*``.
        headline: whether a paper that states it has to print it, for each part it is stated by where there are some.
        stock: whether it is what there is on a day (children out of school), not what has come about by it.
        dated_event: whether a day beside it is that of an event that is counted since (teams set out on a day).
        since, until: the first and last day of the count on which papers state it, as ISO dates; empty for no bound. A
            new figure leaves the papers before it as they were.
        breaks: when its definition changed: no change or growth is measured across such a day.
        apart: names of figures that go by its name under another definition, each with how they differ in Chinese and
            English: no figure is made of both.
    """

    defines: ClassVar[str] = "indicators"

    function: Callable[..., Measure | Exact]
    unit: str
    time: str
    derived: bool
    stated_by: tuple[tuple[str, str], ...] = ()
    zh: str = ""
    en: str = ""
    words: tuple[str, ...] = ()
    headline: bool = False
    stock: bool = False
    dated_event: bool = False
    since: str = ""
    until: str = ""
    breaks: tuple[Break, ...] = ()
    apart: tuple[Break, ...] = ()

    def __post_init__(self) -> None:
        for day, *_ in self.breaks:
            iso_date(f"indicator {self.id!r}, breaks", day)
        days = [iso_date(f"indicator {self.id!r}, {name}", day)
                for name, day in (("since", self.since), ("until", self.until)) if day]  # fmt: skip
        if len(days) > 1 and days[0] > days[1]:
            raise InputError(
                f"indicator {self.id!r}", found=f"since {self.since}, until {self.until}",
                expected="since before until", hint="swap the two",
            )  # fmt: skip
        if self.time not in TIMES:
            raise InputError(
                f"indicator {self.id!r}, time", found=repr(self.time), expected=", ".join(TIMES),
                hint=nearest(str(self.time), TIMES) or "what a figure of it is about",
            )  # fmt: skip

    @property
    def id(self) -> str:
        """The name of the definition in code, parameters and claims."""
        return self.function.__name__

    def __call__(self, *values: Exact) -> Exact:
        """A derived indicator's exact value from exact values."""
        if not self.derived:
            raise TypeError(f"{self.id} is measured from rows: use measure(tables, period)")
        return called(self.id, self.function, *values)  # type: ignore[no-any-return]

    def measure(self, tables: Tables, period: Period) -> Measure:
        """A measured indicator's rows and aggregate.

        Raises:
            InputError: its function gives something else.
        """
        with within_dates(f"indicator {self.id!r}", period):
            found = called(self.id, self.function, tables, period)
        if not isinstance(found, Measure):
            raise InputError(
                f"indicator {self.id!r}", found=type(found).__name__, expected="a Measure from its function",
                hint="return Measure(table, how, column, where)",
            )  # fmt: skip
        check_measure(self.id, self.function, found)
        return found

    @property
    def defined_by(self) -> Hashable:
        """What its figures depend on besides rows and period: IPython's autoreload changes a function in place."""
        return self.function, self.function.__code__

    @property
    def inputs(self) -> tuple[tuple[str, bool], ...]:
        """For a derived indicator: the indicators it needs, and whether at the base date."""
        # IPython's autoreload also changes in place what a decorator has wrapped
        own = (self.function, self.function.__code__, getattr(self.function, "__wrapped__", None))
        names = _parameters(*own) if self.derived else ()
        return tuple((name.removesuffix(AT_BASE), name.endswith(AT_BASE)) for name in names)

    def at(self, period: Period) -> str:
        """The date, span (ISO 8601 interval) or whole period its figure is for, as ``spans`` writes it."""
        return period.written(self.time)

    def stated_on(self, day: date) -> bool:
        """Whether papers that count up to ``day`` state it."""
        return (not self.since or iso_date("since", self.since) <= day) and (
            not self.until or day <= iso_date("until", self.until)
        )

    @property
    def parts_stated(self) -> tuple[Scope, ...]:
        """The scope of each part it is also stated for."""
        return tuple((one,) for one in self.stated_by)

    @property
    def changes(self) -> bool:
        """Whether it is a rise or fall: calculated from one indicator at both dates."""
        return any(not at_base and (name, True) in self.inputs for name, at_base in self.inputs)

    @property
    def has_base(self) -> bool:
        """Whether its definition gives it on the base date too, and so a change since: a count or rate as of a day."""
        return self.time == "date" and not self.changes

    @property
    def definition(self) -> str:
        """First paragraph of the docstring."""
        return " ".join(docstring(self.function.__doc__ or "").split("\n\n")[0].split())

    def section(self, word: str) -> str:
        """The docstring's text after ``word:`` (Formula, Unit, NULL, Source; 定义, 算式, 空值, 出处)."""
        return section_of(docstring(self.function.__doc__ or ""), word, spaced=word not in IN_CHINESE.values())

    def said(self, section: str) -> dict[str, str]:
        """A section in both languages: ``Definition``, ``Formula``, ``NULL`` or ``Source``."""
        english = self.definition if section == "Definition" else self.section(section)
        return {"zh": self.section(IN_CHINESE[section]), "en": english}

    @property
    def label(self) -> dict[str, str]:
        """Its name in both languages; the name in code where it has none."""
        return {"zh": self.zh or self.id, "en": self.en or self.id}


@lru_cache(maxsize=4096)
def _parameters(function: Callable[..., object], *_: object) -> tuple[str, ...]:
    """The names of its parameters: asked for a thousand times a review."""
    return tuple(inspect.signature(function).parameters)


def measured(
    unit: str, *, time: str = "date", **said: Unpack[Said]
) -> Callable[[Callable[[Tables, Any], Measure]], Indicator]:
    """Turn a function (tables, period) -> Measure into an indicator; ``said``: ``Indicator``'s further attributes."""
    return lambda function: Indicator(function, unit, time, False, **settled(said, function))


def derived(unit: str, *, time: str = "date", **said: Unpack[Said]) -> Callable[[Callable[..., Exact]], Indicator]:
    """Turn a function of exact values, each parameter named after an indicator, into an indicator.

    A parameter ``x_at_base`` is indicator ``x`` at the base date; ``said`` are ``Indicator``'s further attributes.
    """
    return lambda function: Indicator(function, unit, time, True, **settled(said, function))
