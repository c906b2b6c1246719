"""The run record: what was run, on which inputs, with which code and packages, and what came out."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import platform
import re
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import zt_analysis
from zt_analysis.contents import plain_bytes, plain_file, states_below, write_file
from zt_analysis.jsons import read_json
from zt_analysis.kept_texts import name_and_version
from zt_analysis.rooted import in_project
from zt_analysis.runs.outputs import output_record

EXIT_CODES = {"agrees": 0, "differs": 1, "partial": 1, "inputs_changed": 2}
GIT_SECONDS = 10
CODE = (".py", ".csv", ".json", ".j2", ".css", ".js", ".otf")
# what ``code_now`` has read last, and of which files
_READ: dict[str, Any] = {}


def run_record(
    ledger: Mapping[str, Any], parameters: Mapping[str, Any], *, inputs: list[dict[str, str]], folder: Path
) -> dict[str, Any]:
    """The record of a completed run; its times are added by ``with_times``, what is declared by its caller."""
    return {
        "schema": "zt-run/1",
        "case": ledger["case"]["case"],
        "status": ledger["summary"]["status"],
        "exit_code": EXIT_CODES[ledger["summary"]["status"]],
        "synthetic": ledger["package"]["synthetic"],
        "parameters": dict(parameters),
        "engine": ledger["package"]["engine"],
        "summary": ledger["summary"],
        "inputs": inputs,
        **_tables(ledger),
        "outputs": [output_record(path, folder) for path in sorted(folder.iterdir())],
        "code": {"version": zt_analysis.__version__, "sha256": code_sha256()},
        "python": platform.python_version(),
        "packages": packages(),
    }


def _tables(ledger: Mapping[str, Any]) -> dict[str, Any]:
    """Tables read from a database, each with what stands for a file's checksum; nothing where all are files."""
    names = ("name", "rows", "rows_digest")
    found = [{name: one[name] for name in names} for one in ledger["package"]["files"] if one["sha256"] is None]
    return {"tables": found} if found else {}


def failure_record(case: str, parameters: Mapping[str, Any], error: Exception) -> dict[str, Any]:
    """The record of a run that did not complete."""
    return {
        "schema": "zt-run/1",
        "case": case,
        "status": "failed",
        "exit_code": getattr(error, "exit_code", 3),
        "parameters": dict(parameters),
        "error": {"name": type(error).__name__, "message": str(error)},
        "code": {"version": zt_analysis.__version__, "sha256": code_sha256()},
    }


@in_project
def origin(root: Path, engine: str) -> dict[str, Any]:
    """Where a run was made: the commit of the project, host, account, and what started its kernel.

    Like the times it is what this machine says of itself, differs between equal runs, and stands in no other output.
    """
    return {**_checkout(root), "host": platform.node() or None, "user": account(), "engine": engine}


def account() -> str:
    """The account that this process runs under; its number where it has no name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else "unknown"


def _checkout(root: Path) -> dict[str, Any]:
    """The commit checked out at ``root`` and whether anything but outputs differs from it; None without one."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "status", "--porcelain=v2", "--branch", "--", ".", ":(exclude)outputs"]
    try:
        asked = subprocess.run(
            command, cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8", errors="replace",
            timeout=GIT_SECONDS, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return {"commit": None, "dirty": None}
    lines = asked.stdout.splitlines()
    commit = next((line.split()[-1] for line in lines if line.startswith("# branch.oid")), "")
    if not re.fullmatch(r"[0-9a-f]{40,64}", commit):  # nothing is committed yet
        return {"commit": None, "dirty": None}
    return {"commit": commit, "dirty": any(not line.startswith("#") for line in lines)}


def with_times(record: Mapping[str, Any], started: datetime) -> dict[str, Any]:
    """``record`` with its times, under a key of their own: with the origin all that differs between equal runs."""
    ended = datetime.now(UTC)
    times = {
        "started": started.isoformat(timespec="seconds"),
        "ended": ended.isoformat(timespec="seconds"),
        # a clock that was set back meanwhile says nothing of how long it took
        "seconds": max(0.0, round((ended - started).total_seconds(), 2)),
    }
    return {**record, "times": times}


def write_record(record: Mapping[str, Any], folder: Path) -> None:
    """Write ``run.json``."""
    text = json.dumps(record, ensure_ascii=False, indent=1)
    write_file(folder / "run.json", text + "\n")


def read_record(folder: Path) -> dict[str, Any]:
    """The record of the run that left ``folder``; empty where there is none that can be read."""
    try:
        return dict(read_json(plain_bytes(folder / "run.json")))
    except (OSError, ValueError, TypeError):
        return {}


def word_of(record: Mapping[str, Any]) -> str:
    """The word of a run's decision; empty where it did not complete, or is of before there was one."""
    return str(record.get("summary", {}).get("decision", {}).get("word", ""))


def later_failure(outputs: Path, case: str) -> dict[str, Any]:
    """The record of the failed run of ``case`` if it is the last one; empty where a later run completed."""
    done, failed = read_record(outputs / case), read_record(outputs / f"{case}.failed")
    if not failed:
        return {}
    if "after" in failed:  # a clock may have been set back: by what it found there
        return failed if failed["after"] == moments(done) else {}
    return failed if ended(failed) >= ended(done) else {}


def moments(record: Mapping[str, Any]) -> dict[str, str]:
    """What tells a run from every other of its case: when it began and ended; empty for no record."""
    times = record.get("times", {})
    return {name: str(times[name]) for name in ("started", "ended") if name in times}


def ended(record: Mapping[str, Any]) -> str:
    """When a run ended, as its machine had it; empty for no record."""
    return str(record.get("times", {}).get("ended", ""))


def file_record(path: Path, base: Path) -> dict[str, str]:
    """A file's path (below ``base`` where it lies there, whole where it does not) and its sha256."""
    return {"path": shown_path(path, base), "sha256": sha256_of_file(path)}


def sha256_of_file(path: Path) -> str:
    """The checksum of a file, read now."""
    with plain_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def shown_path(path: Path, base: Path) -> str:
    """``path`` below ``base`` where it lies there, whole where it does not."""
    return (path.relative_to(base) if path.is_relative_to(base) else path).as_posix()


@cache
def code_sha256() -> str:
    """Checksum over the package's own source files, so that a record says which code ran without git.

    As they were when this process first asked: what it has imported does not change with them.
    """
    return code_now()


def code_now() -> str:
    """The same as they are now: read again where one of them has another size, place or time than when it was read."""
    folder = Path(zt_analysis.__file__).parent
    states = states_below(folder, CODE)
    if states is None or _READ.get("states") != states:
        _READ.update(states=states, sha256=_code_read(folder))
    return str(_READ["sha256"])


def _code_read(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in CODE and path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def packages() -> dict[str, str]:
    """Installed packages and their versions."""
    return dict(_packages())


@cache
def _packages() -> tuple[tuple[str, str], ...]:
    found = {name.lower().replace("_", "-"): version for name, version in map(name_and_version, distributions())}
    return tuple(sorted(found.items()))
