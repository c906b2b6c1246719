"""Rows and columns of totals, which a sum over the parts leaves out: counted with them, everybody is there twice."""

from __future__ import annotations

from typing import Any

import pandas as pd

COLUMNS = (1, "columns")


class OfParts:
    """What pandas asks of a frame or column, asked of its parts alone where it has a total of them."""

    def sum(self, axis: Any = 0, **further: Any) -> Any:
        """As of pandas, without rows or columns of totals."""
        return self._of_parts("sum", axis, further)

    def mean(self, axis: Any = 0, **further: Any) -> Any:
        """As of pandas, without rows or columns of totals."""
        return self._of_parts("mean", axis, further)

    def median(self, axis: Any = 0, **further: Any) -> Any:
        """As of pandas, without rows or columns of totals."""
        return self._of_parts("median", axis, further)

    def max(self, axis: Any = 0, **further: Any) -> Any:
        """As of pandas, without rows or columns of totals."""
        return self._of_parts("max", axis, further)

    def idxmax(self, axis: Any = 0, **further: Any) -> Any:
        """As of pandas, without rows or columns of totals."""
        return self._of_parts("idxmax", axis, further)

    def _of_parts(self, name: str, axis: Any, further: dict[str, Any]) -> Any:
        plain = pd.Series if isinstance(self, pd.Series) else pd.DataFrame
        return getattr(plain, name)(parts_alone(self, axis), axis=axis, **further)


def parts_alone(found: Any, axis: Any) -> Any:
    """``found`` without its rows, or by ``axis`` its columns, of totals."""
    known = found.attrs.get("zt", {})
    totals = {word for word in (known.get("totals"), known.get("total_column")) if word}
    if not totals:
        return found
    across = found.ndim > 1 and axis in COLUMNS
    labels = [one if isinstance(one, tuple) else (one,) for one in (found.columns if across else found.index)]
    kept = [place for place, one in enumerate(labels) if not set(one) <= totals]
    return found.iloc[:, kept] if across else found.iloc[kept]
