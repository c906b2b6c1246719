"""Is a case as it was when it was last run: the same parameters, notebook, data, code and packages.

What a run read is in its record. A case is left alone only if all of it has the checksum it had then, what the package
declares about those files is the same, every output is still what the run left, and the issues before it still say what
its page was held against.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from zt_analysis import contents
from zt_analysis.contents import plain_bytes, plain_file
from zt_analysis.errors import InputError, SourceError
from zt_analysis.jsons import read_json
from zt_analysis.rooted import in_project
from zt_analysis.runs.computed_by import differences, other_files
from zt_analysis.runs.inputs import files_read, side_files
from zt_analysis.runs.outputs import PAGE, saved_again
from zt_analysis.runs.pages import only_unbuilt
from zt_analysis.runs.publishing import tidy
from zt_analysis.runs.record import EXIT_CODES, code_sha256, later_failure, packages, read_record, shown_path
from zt_analysis.runs.since import since_now
from zt_analysis.settings import engine_setting
from zt_analysis.sources.descriptor import DESCRIPTOR, read_package


@in_project
def unchanged(root: Path, folder: Path) -> dict[str, Any] | None:
    """The record of the completed run in ``folder``, if running it again would give the same; None otherwise."""
    tidy(folder.parent, folder.name)
    record = read_record(folder)
    if record.get("status") not in EXIT_CODES or not record.get("inputs") or not record.get("outputs"):
        return None
    if record.get("tables"):  # what a database holds now is not known before it is asked
        return None
    same = _same_engine(record) and _same_ground(record) and _same_files(record, root, folder)
    return record if same and _same_before(record, root, folder) else None


@in_project
def standing_failure(root: Path, folder: Path) -> dict[str, Any]:
    """The record of the failed run after the one that left the outputs in ``folder``; empty where none counts.

    One that failed for what has since come back does not: the outputs are what a run would give again.
    """
    failed = later_failure(folder.parent, folder.name)
    return failed if failed and unchanged(root, folder) is None else {}


def declared(package: Path, tables: Iterable[str]) -> str:
    """A checksum over what the package at ``package`` declares about itself and ``tables``."""
    content = read_json(contents.content(package / DESCRIPTOR))
    wanted = set(tables)
    content["resources"] = [one for one in content["resources"] if one["name"] in wanted]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def declares_the_same(record: Mapping[str, Any], package: Path) -> bool:
    """Whether a descriptor is as it was for a case, or changed only in what it says of tables that the case does not
    read.
    """
    try:
        return bool(declared(package, record["files_of"]) == record["declared_sha256"])
    except (OSError, ValueError, KeyError, TypeError):  # the last two: a descriptor of another shape
        return False


def sha256_of(path: Path) -> str:
    """The checksum of a file; read once for as long as it does not change."""
    stat = path.stat()
    return _sha256(path, stat.st_size, stat.st_mtime_ns, stat.st_ino)


@cache
def _sha256(path: Path, *_: int) -> str:
    with plain_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _same_engine(record: Mapping[str, Any]) -> bool:
    """Whether the rows would come from the same files; what a database holds now is not known before it is asked."""
    setting = engine_setting(str(record["parameters"].get("engine", "")))
    return setting.reads_files and str(setting) == record.get("engine")


def _same_ground(record: Mapping[str, Any]) -> bool:
    """Whether code, Python and packages are those of the run."""
    ground = (record.get("code", {}).get("sha256"), record.get("python"), record.get("packages"))
    return ground == (code_sha256(), platform.python_version(), packages())


@in_project
def added(record: Mapping[str, Any], root: Path) -> list[str]:
    """Files that a run would read now and that were not there.

    Explanations, which a case may do without; a further file in a folder of submissions; a declaration of sources;
    a file of the office that defines nothing by name.
    """
    read = {root / one["path"] for one in record["inputs"]}
    try:
        now = files_read(read_package(root / record["parameters"]["package"]), record["files_of"])
    except SourceError:
        now = []  # what is wrong with it shows in the files that have changed
    now += [*side_files(record["parameters"], root), *other_files(root)]
    return [shown_path(path, root) for path in now if path not in read and path.exists()]


def _same_before(record: Mapping[str, Any], root: Path, folder: Path) -> bool:
    """Whether the issues before are what the page was held against, by a record that is the one the run left."""
    try:
        return since_now(folder, root, record) in (None, record.get("since"))
    except InputError:
        return False


def _same_files(record: Mapping[str, Any], root: Path, folder: Path) -> bool:
    package = root / record["parameters"]["package"]
    inputs = {root / one["path"]: one["sha256"] for one in record["inputs"]}
    # the descriptor as a whole changes with any table; what counts is what it says about the files that are read
    inputs.pop(package / DESCRIPTOR, None)
    try:
        if not declares_the_same(record, package) or added(record, root):
            return False
        read = all(sha256_of(path) == sha256 for path, sha256 in inputs.items())
        same = read and not any(differences(record["computed_by"], root))
        return same and all(_same_output(folder, record, one) for one in record["outputs"])
    except (OSError, ValueError, KeyError):
        return False


def _same_output(folder: Path, record: Mapping[str, Any], one: Mapping[str, str]) -> bool:
    """As ``zt verify`` judges: a notebook may have been saved again, a page may not have been built in this clone."""
    path = folder / one["path"]
    if path.name == PAGE and only_unbuilt(path, record):
        return True
    return sha256_of(path) == one["sha256"] or saved_again(plain_bytes(path), one)
