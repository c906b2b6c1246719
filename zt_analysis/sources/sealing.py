"""Declare the files of a package as they are now, after a change that was meant."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from zt_analysis.contents import plain_bytes, replace_own
from zt_analysis.errors import SourceError
from zt_analysis.jsons import read_json
from zt_analysis.project import find_root
from zt_analysis.sources.descriptor import DESCRIPTOR, read_package
from zt_analysis.sources.table_files import files_of

CHUNK_BYTES = 1 << 20


def seal(folder: Path) -> list[str]:
    """Write sha256, size and rows of every file of the package at ``folder`` anew.

    Tables that ``sources.yml`` gives are declared by no checksum: they may change from week to week.

    Returns:
        Names of the resources whose file was not the declared one.

    Raises:
        SourceError: no such package, or a file of it is missing.
    """
    folder = folder if folder.is_absolute() else find_root() / folder
    package = read_package(folder)
    content = read_json(plain_bytes(folder / DESCRIPTOR))
    own = [name for name, table in package.tables.items() if table.source is None]
    changed = [name for name in own if package.tables[name].sha256 != package.tables[name].declared_sha256]
    for resource in (one for one in content["resources"] if one["name"] in own):
        try:
            resource.update(file_facts(folder, resource["path"]))
        except (OSError, ValueError) as error:
            raise SourceError(
                resource["path"], found=f"unreadable ({error})", expected="the table's file", hint="restore it"
            ) from error
    write_json(folder / DESCRIPTOR, content)
    return changed


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
    replace_own(path, json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def _rows(path: Path) -> int:
    if path.suffix == ".parquet":
        return int(pq.read_metadata(path).num_rows)
    found = _plain_lines(path)
    if found is None:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = sum(1 for _ in csv.reader(file))
    return found - 1


def _plain_lines(path: Path) -> int | None:
    """The lines of a file in which a line is a record: no quotation mark, no carriage return by itself; else None.

    Raises:
        UnicodeDecodeError: it is no UTF-8.
    """
    decode = codecs.getincrementaldecoder("utf-8-sig")().decode
    lines, last = 0, ""
    with path.open("rb") as file:
        while part := file.read(CHUNK_BYTES):
            text = decode(part)
            if '"' in text or "\r" in text:
                return None
            lines, last = lines + text.count("\n"), text[-1:] or last
    decode(b"", final=True)
    return lines + (last not in ("\n", ""))
