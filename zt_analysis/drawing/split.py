"""Figures of a paper by part or date, as a chart shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypedDict, Unpack

from zt_analysis.bulletins import Paper
from zt_analysis.drawing.say import Say
from zt_analysis.drawing.series import Series, Split
from zt_analysis.errors import InputError, nearest, wrong_argument
from zt_analysis.indicators import Wanted, broken_down, compute, find, is_stock, not_received, source_tables
from zt_analysis.indicators.dimensions import dimension_label, part_name
from zt_analysis.indicators.indicator import Exact, Group, Scope
from zt_analysis.indicators.received import Late, left_out
from zt_analysis.periods import Period, calendar, reporting_dates
from zt_analysis.sources import Tables

WEEK = "week"
# what can be looked at, at once
DRAWN = 120
Parts = Sequence[str] | Mapping[str, Sequence[str]]


class Said(TypedDict, total=False):
    """What every primitive can be told beside the figures it draws.

    ``key`` by which a section takes the chart, the first figure's name when not given; ``scope`` the part of the whole
    the figures are of, such as ``{"stage": "junior"}``; ``parts`` the codes shown, in order, all when not given, or by
    a term the codes that are added up under it; ``period`` the paper's when not given; ``source`` a term that says
    where the rows come from, the tables' names when not given; ``note`` a term at the end of the text alternative;
    ``units`` those in which Chinese labels have their numbers, such as ``("万人",)``.
    """

    key: str
    scope: Mapping[str, str] | Scope
    parts: Parts
    period: Period
    source: str
    note: str
    units: tuple[str, ...]


def split(paper: Paper, tables: Tables, indicators: Sequence[str], *, by: str, **said: Unpack[Said]) -> Split:
    """Figures of a paper broken down by a dimension, named in its language.

    Args:
        by: a column that the rows of every figure have, or ``week``.
        said: see ``Said``; of it ``scope``, ``parts`` and ``period``.

    Raises:
        InputError: an argument of another kind; an unknown indicator, dimension or part; nothing to show.
    """
    say = Say(checked(paper, tables, said).language, said.get("units", ()))
    wanted = [_wanted(name, said.get("period", paper.period), said) for name in indicators]
    if not wanted:
        raise wrong_argument("indicators", indicators, "the name of an indicator, or several", "see docs/glossary.md")
    measured = zip(wanted, broken_down(wanted, tables, by=(by,)), strict=True)
    values = [_within(one, found, by, tables) for one, found in measured]
    late = [not_received(one, tables, (by,)) for one in wanted]
    parts = said.get("parts", ())
    groups = _groups(values, by, parts, wanted[0].period)
    held = parts if isinstance(parts, Mapping) else {}
    names = [_part(code, by, code in held, tables, say.language) for code in groups]
    series = tuple(
        _series(one, tables, say, [_together(found, missing, codes, one) for codes in groups.values()])
        for one, found, missing in zip(wanted, values, late, strict=True)
    )
    return Split(say, _called(by, say), tuple(groups), tuple(names), series, _scoped(wanted[0], tables, say))


def over(
    paper: Paper, tables: Tables, indicators: Sequence[str], periods: Sequence[Period], **said: Unpack[Said]
) -> Split:
    """Figures of a paper at several periods, such as the same day of five years."""
    say = Say(checked(paper, tables, said).language, said.get("units", ()))
    if not periods or not indicators:
        raise wrong_argument("periods", periods, "one zt.period or several", "write [zt.period(as_of, base_on), ...]")
    asked = [[_wanted(name, one, said) for one in periods] for name in indicators]
    dates = tuple(one.at for one in asked[0])
    series = tuple(
        replace(
            _series(row[-1], tables, say, [_known(one, tables) for one in row]),
            whole=None,
        )
        for row in asked
    )
    return Split(say, say("date"), dates, dates, series, _scoped(asked[0][0], tables, say))


def whole(paper: Paper, tables: Tables, indicators: Sequence[str], **said: Unpack[Said]) -> tuple[Series, ...]:
    """Figures of the whole, as series of one part."""
    say = Say(checked(paper, tables, said).language, said.get("units", ()))
    wanted = [_wanted(name, said.get("period", paper.period), said) for name in indicators]
    return tuple(_series(one, tables, say, [_known(one, tables)]) for one in wanted)


def checked(paper: Paper, tables: Tables, said: Mapping[str, object] | None = None) -> Paper:
    """``paper``, where it, the tables and what else is said are what they have to be."""
    if not isinstance(paper, Paper):
        raise wrong_argument("paper", paper, "a paper, such as a zt.Issue", "see the shipped notebooks")
    if not isinstance(tables, Tables):
        raise wrong_argument("tables", tables, "tables that were opened", "open them with zt.open_package(...)")
    for name in said or {}:
        if name not in Said.__annotations__:
            known = ", ".join(Said.__annotations__)
            raise InputError(
                f"argument {name!r}", found="no such argument", expected=known, hint=nearest(name, Said.__annotations__)
            )
    return paper


def _wanted(name: str, period: Period, said: Said) -> Wanted:
    return Wanted(name, period, said.get("scope", ()))  # type: ignore[arg-type]


def _scoped(wanted: Wanted, tables: Tables, say: Say) -> str:
    return say.several(_part(value, name, False, tables, say.language) for name, value in wanted.scope)


def _groups(
    values: Sequence[Mapping[Group, Exact]], by: str, parts: Parts, period: Period
) -> dict[str, tuple[str, ...]]:
    """The codes that each part shown holds."""
    there = dict.fromkeys(code for one in values for (code,) in one)
    if by == WEEK:
        there = _weeks(period, there)
    wanted: dict[str, tuple[str, ...]] = {code: (code,) for code in parts or sorted(there)}
    if isinstance(parts, Mapping):
        wanted = {name: tuple(codes) for name, codes in parts.items()}
    if len(wanted) > DRAWN:
        raise InputError(
            f"parts by {by!r}", found=f"{len(wanted)} parts", expected=f"at most {DRAWN} in one chart",
            hint="choose some with parts=, or a larger dimension",
        )  # fmt: skip
    unknown = [code for codes in wanted.values() for code in codes if code not in there]
    if unknown or not wanted:
        raise InputError(
            f"parts by {by!r}", found=", ".join(unknown) or "none", expected=", ".join(there) or "a part with rows",
            hint="choose among these",
        )  # fmt: skip
    return wanted


def _weeks(period: Period, there: Iterable[str]) -> dict[str, None]:
    """The reporting dates of the period; refused where what flowed falls into weeks that end on other days."""
    dates = [day.isoformat() for day in reporting_dates(period.base_on, period.as_of)]
    other = [day for day in there if day not in dates]
    if other:
        raise InputError(
            f"weeks from {period.base_on} to {period.as_of}", found=f"a week that ends on {other[0]}",
            expected=f"periods that begin and end with a reporting week, on a {calendar().week_ends}",
            hint="choose such days, or set week_ends in office/periods.py",
        )  # fmt: skip
    return dict.fromkeys(dates)


def _series(wanted: Wanted, tables: Tables, say: Say, values: Sequence[tuple[Exact, bool]]) -> Series:
    indicator = find(wanted.indicator)
    exact, received = tuple(value for value, _ in values), tuple(came for _, came in values)
    lacks, read = _lacks(wanted, tables, say), tuple(source_tables(wanted, tables))
    name = say.name(indicator.id)
    return Series(indicator.id, name, indicator.unit, exact, received, _one(wanted, tables), lacks, read)


def _within(wanted: Wanted, values: Mapping[Group, Exact], by: str, tables: Tables) -> Mapping[Group, Exact]:
    """Values by week: what flowed in the week before the first date lies before the period, and is not 0."""
    if by != WEEK or is_stock(wanted, tables):
        return values
    return {(wanted.period.base_on.isoformat(),): None} | dict(values)


def _together(values: Mapping[Group, Exact], late: Late, codes: Sequence[str], wanted: Wanted) -> tuple[Exact, bool]:
    """What is measured in several parts together, and whether all of them were received."""
    if len(codes) > 1 and find(wanted.indicator).derived:
        raise InputError(
            f"parts of indicator {wanted.indicator!r}", found=", ".join(codes), expected="one code a part",
            hint="a calculated figure of several parts is not their sum",
        )  # fmt: skip
    return _sum([values.get((code,), 0) for code in codes]), not any((code,) in late for code in codes)


def _known(wanted: Wanted, tables: Tables) -> tuple[Exact, bool]:
    return _one(wanted, tables), () not in not_received(wanted, tables)


def _one(wanted: Wanted, tables: Tables) -> Exact:
    return next(iter(compute([wanted], tables).values())).exact


def _sum(values: Sequence[Exact]) -> Exact:
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    return known[0] if len(known) == 1 else sum(known)


def _lacks(wanted: Wanted, tables: Tables, say: Say) -> tuple[str, ...]:
    """Names of the parts that a figure's tables were opened without, unless its own scope keeps them out."""
    scope, read = dict(wanted.scope), set(source_tables(wanted, tables)) if left_out(tables) else set()
    return tuple(
        dict.fromkeys(
            _part(one["code"], one["by"], False, tables, say.language)
            for one in left_out(tables)
            if one["table"] in read and scope.get(one["by"], one["code"]) == one["code"]
        )
    )


def _called(by: str, say: Say) -> str:
    return say("week") if by == WEEK else dimension_label(by)[say.language]


def _part(code: str, by: str, named: bool, tables: Tables, language: str) -> str:
    if named:
        return Say(language).term(code)
    return code if by == WEEK else part_name(by, code, tables)[language]
