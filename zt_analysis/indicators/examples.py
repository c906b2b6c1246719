"""Tables of a few rows, written as text, for docstrings and tests."""

from __future__ import annotations

from zt_analysis.indicators.indicator import Exact, Scope
from zt_analysis.indicators.view_values import compute
from zt_analysis.indicators.wanted import Wanted
from zt_analysis.periods import Period, period
from zt_analysis.sources import Tables, in_memory


def example(name: str, columns: str, content: str) -> Tables:
    """One table of a few rows written as text: ``-`` is an empty cell.

    >>> tables = example("counties", "area_code n", "990102 1")
    >>> tables.rows(tables["counties"])
    [{'area_code': '990102', 'n': 1}]
    """
    names = columns.split()
    lines = (zip(names, line.split(), strict=True) for line in content.strip().splitlines())
    return in_memory(**{name: [{column: _cell(column, text) for column, text in line} for line in lines]})


def value(indicator: str, tables: Tables, *, seen_from: Period | None = None, scope: Scope = ()) -> Exact:
    """The exact value of one indicator; seen from 8 November 2018 unless told otherwise."""
    wanted = Wanted(indicator, seen_from or period("2018-11-08", "2018-09-20"), scope)
    return next(iter(compute([wanted], tables).values())).exact


def _cell(column: str, text: str) -> object:
    if text == "-":
        return None
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.isdigit() and not column.endswith("_code") else text
