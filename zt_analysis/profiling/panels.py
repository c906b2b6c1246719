"""A table as numbers by time, part and measure, whatever its shape: long, or a column a measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zt_analysis.sources import Table, Tables

YEAR = re.compile(r"(?:19|20)\d\d(?:\D.*)?")
FIRST_YEAR, LAST_YEAR = 1900, 2100
# a table of more parts, or of more room than this, is of single cases, not of sums that a person could judge one by one
MOST_CELLS, MOST_PARTS = 200_000, 5_000


@dataclass(frozen=True)
class Panel:
    """The numbers of one table.

    Attributes:
        table: its name.
        time: the column that orders its rows in time, empty where none does.
        times, parts, measures: what the axes of ``values`` stand for; a part has one text for each key column.
        values: by time, part and measure; NaN where there is none.
    """

    table: str
    time: str
    times: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    measures: tuple[str, ...]
    values: NDArray[np.float64]

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return int(np.isfinite(self.values).sum())

    def place(self, time: int | None, part: int | None) -> str:
        """Where a value stands: its part and time, as the table writes them."""
        texts = [] if part is None else [one for one in self.parts[part] if one]
        if time is not None and self.time:
            texts.append(f"{self.time} {self.times[time]}")
        return ", ".join(texts)


def panels(tables: Tables) -> Iterator[tuple[str, Panel | None]]:
    """Each declared table by name with its numbers; None where a person could not judge them one by one."""
    for table in tables.declared:
        found = _panel(table, tables)
        yield table.name, found if found is not None and found.count else None


def _panel(table: Table, tables: Tables) -> Panel | None:
    numbers = [one.name for one in table.columns if one.type == "integer"]
    keys = list(table.primary_key)
    if not keys or not numbers:
        return None
    columns = [*keys, *(name for name in numbers if name not in keys)]
    rows = tables[table.name].select(*columns)
    if tables.rows(rows.aggregate(n=rows.count()))[0]["n"] * len(columns) > MOST_CELLS:
        return None
    frame = pd.DataFrame(tables.rows(rows), columns=columns)
    time = next((name for name in keys if _is_time(table, name, frame[name])), "")
    dimensions = [name for name in keys if name != time]
    measures = [name for name in numbers if name not in keys]
    series = _series(table, dimensions) if len(measures) == 1 else ""
    if not measures or (not time and not dimensions):
        return None
    if series:
        dimensions.remove(series)
        index = [*([time] if time else []), *dimensions]
        frame = frame.pivot(index=index or None, columns=series, values=measures[0]).reset_index()
        measures = [one for one in frame.columns if one not in index]
    return _cube(table.name, time, dimensions, [str(one) for one in measures], frame.rename(columns=str))


def _cube(table: str, time: str, dimensions: list[str], measures: list[str], frame: pd.DataFrame) -> Panel | None:
    times = sorted(frame[time].dropna().unique()) if time else [""]
    keys = (
        [tuple(map(str, row)) for row in frame[dimensions].itertuples(index=False)] if dimensions else [()] * len(frame)
    )
    parts = sorted(set(keys))
    if len(parts) > MOST_PARTS or len(times) * len(parts) * len(measures) > MOST_CELLS:
        return None
    at = {one: place for place, one in enumerate(times)}
    of = {one: place for place, one in enumerate(parts)}
    values = np.full((len(times), len(parts), len(measures)), np.nan)
    first = [at[one] for one in frame[time]] if time else [0] * len(frame)
    values[first, [of[one] for one in keys]] = frame[measures].to_numpy(dtype=float, na_value=np.nan)
    return Panel(table, time, tuple(map(str, times)), tuple(parts), tuple(measures), values)


def _is_time(table: Table, name: str, values: pd.Series) -> bool:
    column = next(one for one in table.columns if one.name == name)
    if column.type == "date":
        return True
    known = values.dropna()
    if column.type == "integer":
        return not known.empty and bool(known.between(FIRST_YEAR, LAST_YEAR).all())
    return not known.empty and all(YEAR.fullmatch(str(one)) for one in known.unique())


def _series(table: Table, dimensions: list[str]) -> str:
    """The key column whose values are measures: one with a list of words, where the table has a single value."""
    listed = [one.name for one in table.columns if one.name in dimensions and "enum" in one.constraints]
    return listed[-1] if listed else ""
