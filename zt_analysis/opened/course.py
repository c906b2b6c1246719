"""A figure in the course of months and quarters, and the place that each row behind it was read from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, column, compute, find, rows, source_tables
from zt_analysis.indicators.computing import check, leaves, measure_of
from zt_analysis.indicators.views import View
from zt_analysis.opened import frames
from zt_analysis.opened.naming import close
from zt_analysis.opened.parts import Parts, _unit, numbers
from zt_analysis.periods import Period
from zt_analysis.sources import Table, Tables, places
from zt_analysis.sources.dialects import literal, quoted
from zt_analysis.sources.problems import place
from zt_analysis.spans import WHOLE
from zt_analysis.terms import label
from zt_analysis.units import UNITS

if TYPE_CHECKING:
    from zt_analysis.opened.asked import Asked

PLACE = "cell"


def kind_of(word: object) -> str:
    """A kind of period, by its key or its word in Chinese.

    Raises:
        InputError: none of that name.
    """
    found = {label(f"over_{kind}", "zh"): kind for kind in WHOLE} | {kind: kind for kind in WHOLE}
    if not isinstance(word, str) or word not in found:
        near = close(str(word), found)
        raise InputError(
            f"over {word!r}", found="no kind of period",
            expected=", ".join(f"{kind} {label(f'over_{kind}', 'zh')}" for kind in WHOLE),
            hint=f"did you mean {near[0]!r}?" if near else "choose one of these",
        )  # fmt: skip
    return found[word]


def over(asked: Asked, kind: str, dimensions: tuple[str, ...]) -> Parts:
    """A figure at the end of each span of ``kind`` from the base date to the as-of date, or within each."""
    if dimensions:
        raise InputError(
            f"over {kind!r} by {', '.join(dimensions)}", found="parts of each", expected="the whole of each",
            hint='name a part when the figure is asked for, or use over("week", ...)',
        )  # fmt: skip
    # what runs on from a day of its own does so within each too
    flows = find(asked.wanted.indicator).time == "span" and not _runs_on(asked.wanted.indicator)
    ends = _ends(asked.wanted.period, kind)
    if flows:  # what came about in each, from the end of the one before
        before = [asked.wanted.period.base_on, *(one.as_of for one in ends)]
        ends = [replace(one, base_on=since) for one, since in zip(ends, before, strict=False)]
    wanted = [replace(asked.wanted, period=one) for one in ends]
    there = [one for one in wanted if _is_there(one, asked.tables)]
    found = {one.key: figure.exact for one, figure in zip(there, compute(there, asked.tables).values(), strict=True)}
    unit, language = UNITS[find(asked.wanted.indicator).unit], asked.language
    exact = [found.get(one.key) for one in wanted]
    frame = pd.DataFrame({
        kind: [str(one.period.of(kind)) for one in wanted], "day": pd.to_datetime([one.period.as_of for one in wanted]),
        "value": numbers(exact, unit.key, language), "exact": pd.Series(exact, dtype="object"),
    })  # fmt: skip
    heads = {
        kind: frames.head(label(f"over_{kind}", language)),
        "day": frames.head(label("opened_day", language)), "exact": frames.head(hidden=True),
        "value": frames.head(asked.label[language], unit=_unit(unit, language), decimals=unit.decimals),
    }  # fmt: skip
    note = label("opened_within" if flows else "opened_at_ends", language)
    result: Parts = frames.named(frame, heads, language=language, title=asked.label[language], note=note, kind=Parts)
    result.asked, result.by = asked, ()
    return result


def _runs_on(name: str) -> bool:
    view = find(name)
    return isinstance(view, View) and any(one.since or _runs_on(one.indicator) for one in view.needs)


def _ends(period: Period, kind: str) -> list[Period]:
    """The period seen from the end of each span it reaches into; the last from its own as-of date."""
    found = [period]
    span = period.of(kind)
    while span.first > period.base_on:
        span = span.before
        found.append(period.within(span))
    return found[::-1]


def _is_there(wanted: Wanted, tables: Tables) -> bool:
    """Whether there is such a figure: of another day than the case's own there may have been no count."""
    try:
        check([wanted], tables)
    except InputError:
        return False
    return not nothing_of(wanted, tables)


def nothing_of(wanted: Wanted, tables: Tables) -> bool:
    """Whether a sum is of no row at all: what was not counted on a day is not 0 on it."""
    return any(_is_of_nothing(leaf, tables) for leaf in leaves(wanted))


def _is_of_nothing(leaf: Wanted, tables: Tables) -> bool:
    measure = measure_of(leaf, tables)
    if measure.how != "sum" or measure.dated:
        return False
    rows_of = measure.within()
    return int(tables.rows(rows_of.table.aggregate(n=rows_of.table.count()))[0]["n"]) == 0


def with_cells(asked: Asked, limit: int | None) -> frames.Shown:
    """The first rows behind a figure, each with its cell or row."""
    from zt_analysis.opened.asked import _rows_shown, _whole, typed

    tables = asked.tables
    behind = rows(asked.wanted, tables)
    total = tables.rows(behind.aggregate(n=behind.count()))[0]["n"]
    found = tables.rows(behind if limit is None else behind.limit(_whole(limit)))
    where = places(tables, found, column(asked.wanted, tables)) or _rows_of_files(asked, found, tables)
    frame = typed(found, behind)
    frame.insert(0, PLACE, pd.Series(where, dtype="object", index=frame.index))
    return _rows_shown(frame, asked, int(total), (PLACE,))


def _rows_of_files(asked: Asked, found: list[dict[str, Any]], tables: Tables) -> list[str]:
    """The row of its file for each, by the key of the table it is of."""
    names = source_tables(asked.wanted, tables)
    whole = [one for one in tables.files if one.name in names and one.primary_key]
    table = next((one for one in whole if not found or set(one.primary_key) <= found[0].keys()), None)
    if table is None:
        raise InputError(
            f"cells of {find(asked.wanted.indicator).label['zh']}", found="rows that name no row of a file",
            expected="rows that hold the key of a table read from files", hint="f.rows() shows the rows themselves",
        )  # fmt: skip
    return [_row_of(table, row, tables) for row in found]


def _row_of(table: Table, row: dict[str, Any], tables: Tables) -> str:
    same = " AND ".join(f"{quoted(name)} = {literal(str(row[name]))}" for name in table.primary_key)
    number = tables.verified.execute(f"SELECT _row FROM {quoted('raw_' + table.name)} WHERE {same}").fetchall()
    return place(table, int(number[0][0])) if number else ""
