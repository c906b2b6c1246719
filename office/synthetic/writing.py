"""Rows to files, the same bytes each time: CSV for what a person reads in a diff, Parquet for a million rows."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

PARQUET = {
    "compression": "zstd",
    "compression_level": 12,
    "data_page_version": "1.0",
    "store_schema": False,
}


def csv_writer(file: TextIO, columns: Sequence[str]) -> csv.DictWriter[str]:
    """A writer of such columns to ``file``, with ``\\n``; the header is written."""
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writeheader()
    return writer


def parquet_writer(path: Path, columns: Mapping[str, np.ndarray]) -> pq.ParquetWriter:
    """A Parquet writer for such columns: ids delta-encoded (they increase), everything else by dictionary."""
    schema = as_table(columns).schema
    return pq.ParquetWriter(
        path,
        schema,
        use_dictionary=[name for name in columns if name != "student_id"],
        column_encoding={"student_id": "DELTA_BINARY_PACKED"},
        **PARQUET,
    )


def as_table(columns: Mapping[str, np.ndarray]) -> pa.Table:
    """Columns as an Arrow table; text stays plain text."""
    return pa.table({name: pa.array(values) for name, values in columns.items()})


def text(value: object) -> object:
    """A cell of a CSV: empty for None, true or false for a boolean."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value
