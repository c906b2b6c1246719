"""Rows to files, the same bytes each time: CSV for what a person reads in a diff, Parquet for a million rows."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from zt_analysis.sources.partitions import files_of

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


def file_facts(folder: Path, declared: str) -> dict[str, Any]:
    """What a resource declares of its file (or folder or pattern): sha256, rows, and for CSV its size.

    Raises:
        SourceError: it is missing or cannot be read.
        ValueError: it is not what its ending says.
    """
    files = files_of(declared, folder, declared)
    parquet = files.paths[0].suffix == ".parquet"
    sha256 = files.sha256()
    # frictionless 5.21 counts no bytes of Parquet and would call the file invalid
    size = {} if parquet else {"bytes": files.size_bytes}
    return {"hash": f"sha256:{sha256}", **size, "rows": sum(_rows(path) for path in files.paths)}


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write JSON through a file beside it, so that a reader sees the old or the new one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    draft.replace(path)


def _rows(path: Path) -> int:
    if path.suffix == ".parquet":
        return int(pq.read_metadata(path).num_rows)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def text(value: object) -> object:
    """A cell of a CSV: empty for None, true or false for a boolean."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value
