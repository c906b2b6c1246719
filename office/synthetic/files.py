"""The files of a package while they are written, copy by copy of the city: no table is ever whole in memory."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from .descriptor import tables
from .writing import as_table, csv_writer, parquet_writer, text

PARTITION = "county_code"


class Files:
    """Open files of a package in ``folder``; a context manager, which closes them.

    Args:
        partitioned: large tables are folders with a folder a county, as a city keeps what its counties send.
    """

    def __init__(self, folder: Path, *, partitioned: bool) -> None:
        self._folder = folder
        self._partitioned = partitioned
        self._csv: dict[str, csv.DictWriter[str]] = {}
        self._parquet: dict[Path, Any] = {}
        self._open = ExitStack()

    def __enter__(self) -> Files:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._open.close()

    def add_rows(self, name: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Add rows to the CSV file of table ``name``."""
        columns = [field["name"] for field in tables()[name]["fields"]]
        if name not in self._csv:
            file = self._open.enter_context((self._folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            self._csv[name] = csv_writer(file, columns)
        self._csv[name].writerows({column: text(row[column]) for column in columns} for row in rows)

    def add_columns(self, name: str, columns: Mapping[str, np.ndarray]) -> None:
        """Add rows, given as parallel columns, to the Parquet of table ``name``."""
        if not self._partitioned:
            self._write(self._folder / f"{name}.parquet", columns)
            return
        for county in np.unique(columns[PARTITION]):
            mine = columns[PARTITION] == county
            rest = {column: values[mine] for column, values in columns.items() if column != PARTITION}
            self._write(self._folder / name / f"{PARTITION}={county}" / "part-0.parquet", rest)

    def _write(self, path: Path, columns: Mapping[str, np.ndarray]) -> None:
        if path not in self._parquet:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._parquet[path] = self._open.enter_context(parquet_writer(path, columns))
        self._parquet[path].write_table(as_table(columns))
