"""What-if: the same indicators with a parameter moved, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zt_analysis.bulletins import Paper
from zt_analysis.checks.to_ledger import figure_label
from zt_analysis.checks.verdicts import computable
from zt_analysis.errors import InputError
from zt_analysis.figures import displayed
from zt_analysis.indicators import Wanted, compute, find, source_tables
from zt_analysis.indicators.indicator import Exact
from zt_analysis.periods import Period
from zt_analysis.sources import Tables
from zt_analysis.terms import label

if TYPE_CHECKING:
    import pandas as pd


def what_if(paper: Paper, tables: Tables, changes: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> pd.DataFrame:
    """Every figure of the paper as it is and with each change, and by how much it moves.

    Args:
        changes: one column each, such as ``{"absence_days": 5}``, ``{"days": "school"}``,
            ``{"denominator": "enrolled"}``; parameters not named stay as they are.

    Returns:
        One row a figure that any change moves: name, date, value as it is, then for each change its value and the
        difference, as displayed in the paper's language.

    Raises:
        InputError: no change, or a parameter or value that cannot be.
        SourceError: the tables that a change moves were not opened.
    """
    import pandas as pd

    if isinstance(changes, Mapping):
        changes = [changes] if changes else []
    rows = [
        [figure_label(one)[paper.language], one.at, *_cells(exact, one, paper.language)]
        for one, exact in moved(paper, tables, changes)
    ]
    names = [name for change in changes for name in (change_name(change), label("difference", paper.language))]
    columns = [
        label("indicator", paper.language),
        label("page_at", paper.language),
        label("whatif_as_is", paper.language),
    ]
    return pd.DataFrame(rows, columns=[*columns, *names])


def moved(paper: Paper, tables: Tables, changes: Sequence[Mapping[str, Any]]) -> list[tuple[Wanted, list[Exact]]]:
    """Every figure of the paper that one of ``changes`` moves: its exact value as it is, then with each of them."""
    if not changes or not isinstance(changes, Sequence):
        expected = f"a reading to move: {_known(paper.period)}"
        raise InputError("what-if", found="no change", expected=expected, hint="see office/periods.py, readings")
    periods = [paper.period, *(_moved(paper.period, change) for change in changes)]
    for change, period in zip(changes, periods[1:], strict=True):
        for name in (one for reading in change for one in paper.moved.get(reading, ())):
            source_tables(Wanted(name, period), tables)  # what it moves has to have its tables
    wanted = [[replace(one, period=period) for one in _wanted(paper, tables)] for period in periods]
    values = [list(compute(column, tables).values()) for column in wanted]
    found = [(one, [column[place].exact for column in values]) for place, one in enumerate(wanted[0])]
    return [(one, exact) for one, exact in found if len(set(exact)) > 1]


def _wanted(paper: Paper, tables: Tables) -> list[Wanted]:
    names = dict.fromkeys([*paper.stated, *(name for moved in paper.moved.values() for name in moved)])
    asked = [Wanted(name, paper.period, scope) for name in names for scope in ((), *find(name).parts_stated)]
    return computable(asked, tables)


def _cells(exact: list[Any], one: Wanted, language: str) -> list[str]:
    unit = find(one.indicator).unit
    cells = [displayed(exact[0], unit, language)]
    for value in exact[1:]:
        gap = None if value is None or exact[0] is None else value - exact[0]
        cells += [
            displayed(value, unit, language),
            displayed(gap, "ratio_change" if unit == "ratio" else unit, language),
        ]
    return cells


def _moved(period: Period, change: Mapping[str, Any]) -> Period:
    if not isinstance(change, Mapping) or not change:
        raise InputError(
            "argument 'changes'", found=repr(change), expected='dicts such as {"absence_days": 5}',
            hint=f"each moves one of {_known(period)}",
        )  # fmt: skip
    unknown = [name for name in change if name not in period.readings]
    if unknown:
        expected = _known(period)
        raise InputError(f"parameter {unknown[0]!r}", found="nothing to move", expected=expected, hint="check the name")
    return replace(period, **change)


def _known(period: Period) -> str:
    return ", ".join(period.readings) or "none, this office declares no readings"


def change_name(change: Mapping[str, Any]) -> str:
    """A change as it is written: ``absence_days = 5``."""
    return ", ".join(f"{name} = {value}" for name, value in change.items())
