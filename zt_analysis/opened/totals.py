"""Rows and columns of totals, which what is reckoned over the parts leaves out: with them everybody is there twice."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import pandas as pd

COLUMNS = (1, "columns")


class Reckoned:
    """A method of pandas that reckons over rows or columns, asked of the parts alone."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, found: Any, owner: type) -> Callable[..., Any]:
        method = getattr(pd.Series if issubclass(owner, pd.Series) else pd.DataFrame, self._name)
        if found is None:
            return method  # type: ignore[no-any-return]

        @functools.wraps(method)
        def of_parts(*given: Any, **further: Any) -> Any:
            return method(parts_alone(found, _axis(method, found, given, further)), *given, **further)

        return of_parts


class AsItStands:
    """A method of pandas that asks what ``Reckoned`` answers of the parts; it is about every row there is."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, found: Any, owner: type) -> Any:
        stock = pd.Series if issubclass(owner, pd.Series) else pd.DataFrame
        if found is None:
            return getattr(stock, self._name)
        asked = getattr(stock(found), self._name)
        if not callable(asked):
            return asked

        @functools.wraps(asked)
        def of_all(*given: Any, **further: Any) -> Any:
            told = asked(*given, **further)
            return found._constructor(told).__finalize__(found) if type(told) is stock else told

        return of_all


class OfParts:
    """What pandas reckons over the rows or columns of a frame, of its parts alone where it has a total of them."""

    agg, aggregate, describe = Reckoned(), Reckoned(), Reckoned()
    count, nunique, value_counts, mode = Reckoned(), Reckoned(), Reckoned(), Reckoned()
    sum, prod, product, mean, median = Reckoned(), Reckoned(), Reckoned(), Reckoned(), Reckoned()
    min, max, idxmin, idxmax, argmin, argmax = (
        Reckoned(), Reckoned(), Reckoned(), Reckoned(), Reckoned(), Reckoned(),
    )  # fmt: skip
    quantile, std, var, sem, skew, kurt, kurtosis = (
        Reckoned(), Reckoned(), Reckoned(), Reckoned(), Reckoned(), Reckoned(), Reckoned(),
    )  # fmt: skip
    rank, nlargest, nsmallest = Reckoned(), Reckoned(), Reckoned()
    cumsum, cumprod, cummin, cummax = Reckoned(), Reckoned(), Reckoned(), Reckoned()
    diff, pct_change, corr, cov = Reckoned(), Reckoned(), Reckoned(), Reckoned()
    groupby, rolling, expanding, ewm = Reckoned(), Reckoned(), Reckoned(), Reckoned()
    dropna, info, transform, is_unique = AsItStands(), AsItStands(), AsItStands(), AsItStands()


def _axis(method: Callable[..., Any], found: Any, given: tuple[Any, ...], further: dict[str, Any]) -> Any:
    """Over what it is reckoned: rows where nothing else is said, None for all there is."""
    if "axis" in further:
        return further["axis"]
    try:
        # pandas still takes in order what its signatures take by name alone
        return inspect.signature(inspect.unwrap(method)).bind(found, *given, **further).arguments.get("axis", 0)
    except TypeError:  # wrong arguments, of which pandas says what is wrong
        return 0


def parts_alone(found: Any, axis: Any) -> Any:
    """``found`` without its rows, or by ``axis`` its columns or both, of totals."""
    known = found.attrs.get("zt", {})
    totals = {word for word in (known.get("totals"), known.get("total_column")) if word}
    if not totals:
        return found
    if found.ndim > 1 and (axis is None or axis in COLUMNS):
        found = found.iloc[:, _kept(found.columns, totals)]
        if axis is not None:
            return found
    return found.iloc[_kept(found.index, totals)]


def _kept(labels: pd.Index, totals: set[str]) -> list[int]:
    several = (one if isinstance(one, tuple) else (one,) for one in labels)
    return [place for place, one in enumerate(several) if not totals.intersection(one)]
