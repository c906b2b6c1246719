"""What the function of an indicator gives, held against the table that it is of."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis.errors import InputError, ZtError, nearest
from zt_analysis.periods import Period

if TYPE_CHECKING:
    from zt_analysis.indicators.indicator import Measure

AGGREGATES = ("count", "distinct", "sum")


def check_measure(name: str, function: Callable[..., Any], measure: Measure) -> None:
    """See that a measure can be asked of its table.

    Raises:
        InputError: an aggregate that is none, a column that the table lacks, a sum of what is no number.
    """
    where = _said(f"indicator {name!r}", function, function.__code__.co_firstlineno)
    if measure.how not in AGGREGATES:
        raise InputError(
            where, found=f"Measure(table, {measure.how!r})", expected=", ".join(AGGREGATES),
            hint=nearest(str(measure.how), AGGREGATES).strip() or "correct its Measure",
        )  # fmt: skip
    kinds = measure.table.schema()
    needed = [measure.column] if measure.how != "count" else []
    for column in (*needed, *filter(None, [measure.dated, *(measure.only or ())[:1]])):
        if column not in kinds:
            raise InputError(
                where, found=f"column {column!r}", expected=f"one of {', '.join(kinds)}",
                hint=nearest(str(column), kinds).strip() or "name a column of its table",
            )  # fmt: skip
    if measure.how == "sum" and not (kinds[measure.column].is_numeric() or kinds[measure.column].is_boolean()):
        numbers = ", ".join(one for one, kind in kinds.items() if kind.is_numeric())
        raise InputError(
            where, found=f"the sum of {measure.column!r}, a column of {kinds[measure.column]}",
            expected=f"a column of numbers: {numbers or 'the table has none'}", hint="count its rows",
        )  # fmt: skip


def called(name: str, function: Callable[..., Any], *given: object) -> Any:
    """What the function of an indicator gives; none where it is made from what there is not, and forgets to say so.

    Raises:
        InputError: it fails, naming its line.
    """
    try:
        return function(*given)
    except ZtError:
        raise
    except Exception as error:
        if isinstance(error, OverflowError) and any(isinstance(one, Period) for one in given):
            raise  # ``periods.within_dates`` says by which readings
        if None in given and isinstance(error, TypeError):
            return None
        raise failure(f"indicator {name!r}", function, error, "a function that gives its figure") from error


def failure(what: str, function: Callable[..., Any], error: Exception, expected: str) -> InputError:
    """The error of a function of the office that fails, naming its file and line."""
    own = function.__code__.co_filename
    lines = [at for frame, at in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == own]
    return InputError(
        _said(what, function, lines[-1] if lines else 0), found=f"{type(error).__name__}: {error}",
        expected=expected, hint="mend that line",
    )  # fmt: skip


def _said(what: str, function: Callable[..., Any], line: int) -> str:
    file = Path(function.__code__.co_filename)
    return what + (f" ({file.name} line {line})" if file.suffix == ".py" and line else "")
