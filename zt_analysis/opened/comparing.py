"""Two cases side by side, and other readings of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import pandas as pd

from zt_analysis.checks import figure_label, whatif
from zt_analysis.errors import InputError
from zt_analysis.figures import Figure, round_half_up
from zt_analysis.indicators import Wanted, compute, find
from zt_analysis.indicators.indicator import Exact, Scope
from zt_analysis.opened import frames
from zt_analysis.opened.parts import _unit
from zt_analysis.terms import label
from zt_analysis.units import UNITS, Unit

if TYPE_CHECKING:
    from zt_analysis.opened.open_case import OpenCase


def compare(book: OpenCase, other: OpenCase, names: Sequence[str]) -> frames.Shown:
    """The figures that both papers state, those of ``book`` first; spans of another length are not compared."""
    with book._here():
        if names:
            stated = [book._indicator(name).id for name in names]
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
        columns = ["figure", cases[0], cases[1], "difference", "unit"]
        frame = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[1:4], "float64"))
        heads = {
            "figure": frames.head(label("indicator", language)),
            "difference": frames.head(label("difference", language)),
            "unit": frames.head(label("opened_unit", language)),
        }  # fmt: skip
        names_out = ("、" if language == "zh" else ", ").join(find(name).label[language] for name in left_out)
        note = f"≠ {days[0]}/{days[1]} {_unit(UNITS['calendar_days'], language)}: {names_out}" if left_out else ""
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
    shown = [*(_number(one, unit, language) for one in pair), _number(gap, gap_unit, language)]
    named = figure_label(Wanted(name, books[0].paper.period, scope))[language]
    return [named, *shown, _units(unit, gap_unit, language)]


def what_if(book: OpenCase, changes: Sequence[Mapping[str, Any]]) -> frames.Shown:
    """Every figure of the paper that a change moves, as it is and as it would be, as numbers.

    Several values of a reading are several changes: a row then shows how a figure goes with it.
    """
    with book._here():
        several = [one for change in changes for one in _each(change)]
        moved = whatif.moved(book.paper, book.every_table, several)
        language = book.paper.language
        columns = ["figure", "at", "as_is", *(name for one in several for name in _two(one)), "unit"]
        frame = pd.DataFrame([_moved_row(one, exact, language) for one, exact in moved], columns=columns)
        heads = {
            "figure": label("indicator", language), "at": label("page_at", language),
            "as_is": label("whatif_as_is", language), "unit": label("opened_unit", language),
        }  # fmt: skip
        heads |= {_two(one)[1]: label("difference", language) for one in several}
        found: frames.Shown = frames.named(
            frame.astype(dict.fromkeys(columns[2:-1], "float64")),
            {key: frames.head(word) for key, word in heads.items()},
            language=language, title="; ".join(map(whatif.change_name, several)),
        )  # fmt: skip
        return found


def _each(change: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if not isinstance(change, Mapping):
        return [change]  # said to be none by what it is handed to
    values = [list(one) if isinstance(one, (list, tuple, range)) else [one] for one in change.values()]
    return [dict(zip(change, one, strict=True)) for one in product(*values)]


def _two(change: Mapping[str, Any]) -> tuple[str, str]:
    name = whatif.change_name(change)
    return name, f"difference, {name}"


def _moved_row(one: Wanted, exact: list[Exact], language: str) -> list[Any]:
    unit = UNITS[find(one.indicator).unit]
    gap_unit = UNITS["ratio_change"] if unit.key == "ratio" else unit
    shown = [_number(exact[0], unit, language)]
    for value in exact[1:]:
        gap = None if value is None or exact[0] is None else value - exact[0]
        shown += [_number(value, unit, language), _number(gap, gap_unit, language)]
    return [figure_label(one)[language], one.at, *shown, _units(unit, gap_unit, language)]


def _number(exact: Exact, unit: Unit, language: str) -> float | None:
    return None if exact is None else float(round_half_up(exact / unit.per(language), unit.decimals))


def _units(unit: Unit, of_difference: Unit, language: str) -> str:
    """The unit of a row, and that of its difference where it is another: a rate's are percentage points."""
    said = _unit(unit, language)
    if unit is of_difference:
        return said
    far = f"{label('difference', language)} {_unit(of_difference, language)}"
    return f"{said}（{far}）" if language == "zh" else f"{said} ({far})"
