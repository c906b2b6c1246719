"""Two cases side by side, and other readings of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from zt_analysis import checks
from zt_analysis.checks import figure_label
from zt_analysis.errors import InputError
from zt_analysis.figures import Figure, round_half_up
from zt_analysis.indicators import Wanted, compute, find
from zt_analysis.indicators.indicator import Exact, Scope
from zt_analysis.opened import frames
from zt_analysis.opened.naming import indicator_named
from zt_analysis.opened.parts import _unit
from zt_analysis.terms import label
from zt_analysis.units import UNITS

if TYPE_CHECKING:
    from zt_analysis.opened.open_case import OpenCase


def compare(book: OpenCase, other: OpenCase, names: Sequence[str]) -> frames.Shown:
    """The figures that both papers state, those of ``book`` first; spans of another length are not compared."""
    with book._here():
        if names:
            stated = [indicator_named(name, book.office).id for name in names]
        else:
            stated = [name for name in book.paper.stated if name in other.paper.stated]
        days = [(one.paper.period.as_of - one.paper.period.base_on).days for one in (book, other)]
        left_out = [name for name in stated if find(name).time == "span" and days[0] != days[1]]
        asked = [(name, scope) for name in stated if name not in left_out for scope in _scopes(name)]
        if not asked:
            raise InputError(
                f"{book.paper.case} and {other.paper.case}", found="no figure that can be compared",
                expected="two papers that state the same figures, over spans of one length",
                hint="name figures behind the case: book.compare(case, figure)",
            )  # fmt: skip
        language = book.paper.language
        values = [_values(one, asked) for one in (book, other)]
        rows = [_row(name, scope, pair, (book, other)) for (name, scope), *pair in zip(asked, *values, strict=True)]
        cases = [one.paper.case for one in (book, other)]
        if cases[0] == cases[1]:
            cases[1] += " *"
        columns = ["figure", cases[0], cases[1], "difference", "unit", "of_difference"]
        frame = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[1:4], "float64"))
        heads = {
            "figure": frames.head(label("indicator", language)),
            "difference": frames.head(label("difference", language)),
            "unit": frames.head(label("opened_unit", language)), "of_difference": frames.head(hidden=True),
        }  # fmt: skip
        names_out = "、".join(find(name).label[language] for name in left_out)
        note = f"≠ {days[0]}/{days[1]} {UNITS['calendar_days'].zh}: {names_out}" if left_out else ""
        ends = " / ".join(one.paper.as_of for one in (book, other))
        found: frames.Shown = frames.named(frame, heads, language=language, title=f"{cases[0]} — {cases[1]} ({ends})",
                                           note=note)  # fmt: skip
        return found


def _scopes(name: str) -> list[Scope]:
    return [(), *find(name).parts_stated]


def _values(book: OpenCase, asked: Sequence[tuple[str, Scope]]) -> list[Exact]:
    with book._here():
        wanted = [Wanted(name, book.paper.period, scope) for name, scope in asked]
        by_tables: dict[int, list[Wanted]] = {}
        for one in wanted:
            by_tables.setdefault(id(book._tables_of(one.indicator)), []).append(one)
        figures: dict[str, Figure] = {}
        for several in by_tables.values():
            figures |= compute(several, book._tables_of(several[0].indicator))
        return [figures[one.key].exact for one in wanted]


def _row(name: str, scope: Scope, pair: Sequence[Exact], books: Sequence[OpenCase]) -> list[Any]:
    language = books[0].paper.language
    unit = UNITS[find(name).unit]
    gap_unit = UNITS["ratio_change"] if unit.key == "ratio" else unit
    gap = pair[0] - pair[1] if pair[0] is not None and pair[1] is not None else None
    shown = [None if one is None else float(round_half_up(one / unit.per(language), unit.decimals)) for one in pair]
    far = None if gap is None else float(round_half_up(gap / gap_unit.per(language), gap_unit.decimals))
    named = figure_label(Wanted(name, books[0].paper.period, scope))[language]
    return [named, *shown, far, _unit(unit, language), _unit(gap_unit, language)]


def what_if(book: OpenCase, changes: Sequence[Mapping[str, Any]]) -> frames.Shown:
    """Every figure of the paper that a change moves, as it is and as it would be."""
    with book._here():
        moved = checks.what_if(book.paper, book.every_table, changes)
        title = "; ".join(", ".join(f"{name} = {value}" for name, value in one.items()) for one in changes)
        found: frames.Shown = frames.named(moved, {}, language=book.paper.language, title=title)
        return found
