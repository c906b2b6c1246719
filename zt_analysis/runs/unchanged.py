"""Is a case as it was when it was last run: the same parameters, notebook, data, code and packages.

What a run read is in its record. A case is left alone only if all of it has the checksum it had then, what the package
declares about those files is the same, and every output is still what the run left.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from zt_analysis.runs.publishing import tidy
from zt_analysis.runs.record import EXIT_CODES, code_sha256, packages, read_record
from zt_analysis.sources import path_sha256

DESCRIPTOR = "datapackage.json"


def unchanged(root: Path, folder: Path) -> dict[str, Any] | None:
    """The record of the completed run in ``folder``, if running it again would give the same; None otherwise."""
    tidy(folder.parent, folder.name)
    record = read_record(folder)
    if record.get("status") not in EXIT_CODES or not record.get("inputs") or not record.get("outputs"):
        return None
    return record if _same_ground(record) and _same_files(record, root, folder) else None


def declared(package: Path, paths: Iterable[str]) -> str:
    """A checksum over what the package at ``package`` declares about itself and the files ``paths`` in it."""
    content = json.loads((package / DESCRIPTOR).read_text(encoding="utf-8"))
    wanted = set(paths)
    content["resources"] = [one for one in content["resources"] if one["path"] in wanted]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def sha256_of(path: Path) -> str:
    """The checksum of a file, read once for as long as it does not change; or of a table's folder or pattern."""
    if not path.is_file():
        return path_sha256(path)
    stat = path.stat()
    return _sha256(path, stat.st_size, stat.st_mtime_ns, stat.st_ino)


@cache
def _sha256(path: Path, *_: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _same_ground(record: Mapping[str, Any]) -> bool:
    """Whether code, Python and packages are those of the run."""
    ground = (record.get("code", {}).get("sha256"), record.get("python"), record.get("packages"))
    return ground == (code_sha256(), platform.python_version(), packages())


def _same_files(record: Mapping[str, Any], root: Path, folder: Path) -> bool:
    package = root / record["parameters"]["package"]
    inputs = {root / one["path"]: one["sha256"] for one in record["inputs"]}
    # the descriptor as a whole changes with any table; what counts is what it says about the files that are read
    inputs.pop(package / DESCRIPTOR, None)
    read = [path.relative_to(package).as_posix() for path in inputs if path.is_relative_to(package)]
    try:
        if declared(package, read) != record.get("declared_sha256"):
            return False
        outputs = {folder / one["path"]: one["sha256"] for one in record["outputs"]}
        return all(sha256_of(path) == sha256 for path, sha256 in (inputs | outputs).items())
    except (OSError, ValueError, KeyError):
        return False
