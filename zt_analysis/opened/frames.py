"""Frames that know what their columns are called: shown with words and units, written to files with them.

What is known stands in ``frame.attrs["zt"]``, plain values that pandas hands on: ``language``, ``title``, ``note`` and
for each column its ``label``, ``unit``, ``decimals`` and whether it is ``hidden`` (a code beside its name).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from zt_analysis.opened import html
from zt_analysis.opened.totals import OfParts

KEY = "zt"
MOST = 60
MOST_PLAIN = 12
NONE = "—"


class Column(OfParts, pd.Series):  # type: ignore[misc]  # pandas has no types
    """A column or row of such a frame, as pandas has it; a sum of it is of its parts."""

    @property
    def _constructor(self) -> Callable[..., Column]:
        return Column

    @property
    def _constructor_expanddim(self) -> Callable[..., Shown]:
        return Shown


class Shown(OfParts, pd.DataFrame):  # type: ignore[misc]  # pandas has no types
    """A frame as pandas has it, that shows its columns by their names and writes numbers as the office does."""

    @property
    def _constructor(self) -> Callable[..., Shown]:
        return Shown

    @property
    def _constructor_sliced(self) -> Callable[..., Column]:
        return Column

    def _repr_html_(self) -> str:
        known = said(self)
        columns, rows, numbers = shown(self, MOST)
        foot = foot_of(self)
        if len(self) > MOST:
            foot = f"{foot} {_first(MOST, len(self), self)}".strip()
        return html.output(
            html.table(columns, rows, caption=known.get("title", ""), numbers=numbers, sums=_sums(self)),
            html.note(foot),
        )

    def __repr__(self) -> str:
        known = said(self)
        columns, rows, numbers = shown(self, MOST_PLAIN)
        lines = [known["title"]] if known.get("title") else []
        lines += aligned(columns, rows, numbers)
        if len(self) > MOST_PLAIN:
            lines.append(_first(MOST_PLAIN, len(self), self))
        return "\n".join([*lines, *filter(None, [foot_of(self)])])


def said(frame: pd.DataFrame) -> dict[str, Any]:
    """What a frame knows of itself."""
    found: dict[str, Any] = frame.attrs.get(KEY, {})
    return found


def foot_of(frame: pd.DataFrame) -> str:
    """What stands below a frame; where it says of how many rows, and some of them were chosen since, so is said."""
    known = said(frame)
    note, counted = str(known.get("note", "")), known.get("counted")
    if counted is None or counted == len(frame):
        return note
    from zt_analysis.terms import label

    return label("opened_chosen", known.get("language", "zh")).format(chosen=len(frame), note=note)


def head(label: str = "", *, unit: str = "", decimals: int | None = None, hidden: bool = False) -> dict[str, Any]:
    """What is known of one column."""
    return {"label": label, "unit": unit, "decimals": decimals, "hidden": hidden}


def named(
    frame: pd.DataFrame, heads: Mapping[str, Mapping[str, Any]], *, language: str, title: str = "", note: str = "",
    kind: type[Shown] = Shown, **further: Any,
) -> Any:  # fmt: skip
    """``frame`` with what is known of it."""
    found = kind(frame)
    found.attrs[KEY] = {
        "language": language, "title": title, "note": note, "heads": {key: dict(one) for key, one in heads.items()},
        **further,
    }  # fmt: skip
    return found


def shown(frame: pd.DataFrame, most: int) -> tuple[list[str], list[list[str]], list[int]]:
    """The headers, the cells of the first rows as text, and which columns hold numbers."""
    known = said(frame)
    heads, language = known.get("heads", {}), known.get("language", "zh")
    seen = [place for place, name in enumerate(frame.columns) if not _head(heads, name).get("hidden")]
    index = levels(frame)
    columns = [str(frame.index.names[level] or "") for level in index]
    columns += [header(frame.columns[place], heads, language) for place in seen]
    texts = [
        _texts(frame.iloc[:most, place], _head(heads, frame.columns[place]).get("decimals"), language) for place in seen
    ]
    first = [[str(one) for one in frame.index.get_level_values(level)[:most]] for level in index]
    rows = [list(row) for row in zip(*first, *texts, strict=True)]
    numbers = [
        len(index) + at for at, place in enumerate(seen) if pd.api.types.is_numeric_dtype(frame.dtypes.iloc[place])
    ]
    return columns, rows, numbers


def levels(frame: pd.DataFrame) -> list[int]:
    """The levels of the index that say something: the numbers that rows had before they were chosen do not."""
    index = frame.index
    if index.nlevels == 1 and index.name is None and pd.api.types.is_integer_dtype(index.dtype):
        return []
    return list(range(index.nlevels))


def header(name: object, heads: Mapping[str, Mapping[str, Any]], language: str = "zh") -> str:
    """A column's header: its label, else its name, and its unit once."""
    found = heads.get(str(name), {})
    label = found.get("label") or (" · ".join(map(str, name)) if isinstance(name, tuple) else str(name))
    return with_unit(label, str(found.get("unit", "")), language)


def with_unit(label: str, unit: str, language: str) -> str:
    """A header with its unit, in the brackets of its language."""
    return label if not unit else f"{label}（{unit}）" if language == "zh" else f"{label} ({unit})"


def number_text(value: Any, decimals: int | None, language: str) -> str:
    """A number as it is printed: grouped in English alone."""
    if pd.isna(value):
        return NONE
    if decimals is None:
        decimals = 0 if float(value).is_integer() else 2
    return f"{float(value):.{decimals}f}" if language == "zh" else f"{float(value):,.{decimals}f}"


def aligned(columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> list[str]:
    """Lines of a table for a terminal; a Chinese character takes two places."""
    cells = [list(map(str, columns)), *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            " " * (width - _width(cell)) + cell if place in numbers else cell + " " * (width - _width(cell))
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]


def _width(cell: str) -> int:
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(one) in "WF" else 1 for one in cell)


def _head(heads: Mapping[str, Any], name: object) -> dict[str, Any]:
    found: dict[str, Any] = heads.get(str(name), {}) or heads.get("*", {})
    return found


def _texts(column: pd.Series, decimals: int | None, language: str) -> list[str]:
    kind = column.dtype
    if pd.api.types.is_bool_dtype(kind):
        return [NONE if pd.isna(one) else "✓" if one else "×" for one in column]
    if pd.api.types.is_numeric_dtype(kind):
        places = decimals
        if places is None:
            places = 0 if pd.api.types.is_integer_dtype(kind) else None
        return [number_text(one, places, language) for one in column]
    if pd.api.types.is_datetime64_any_dtype(kind):
        return [NONE if pd.isna(one) else one.date().isoformat() for one in column]
    return [NONE if _is_none(one) else str(one) for one in column]


def _is_none(cell: Any) -> bool:
    """Whether a cell has nothing; a list of its own is something."""
    return bool(pd.api.types.is_scalar(cell) and pd.isna(cell))


def _sums(frame: pd.DataFrame) -> list[int]:
    return [place for place, whole in enumerate(wholes(frame)) if whole]


def wholes(frame: pd.DataFrame) -> list[bool]:
    """Of each row, whether it is that of all together, wherever it was moved to."""
    word = said(frame).get("totals")
    if not word or not len(frame.columns):
        return [False] * len(frame)
    first = frame.index.get_level_values(0) if levels(frame) else frame.iloc[:, 0]
    return [one == word for one in first]


def _first(count: int, total: int, frame: pd.DataFrame) -> str:
    from zt_analysis.terms import label

    return label("opened_first", said(frame).get("language", "zh")).format(shown=count, total=total)
