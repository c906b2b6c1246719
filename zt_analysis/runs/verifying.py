"""Verify a case's outputs: nothing that was read, left or recorded has changed since the run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from zt_analysis.errors import InputError
from zt_analysis.runs.crate import CRATE, crate
from zt_analysis.runs.record import EXIT_CODES, code_sha256, read_record
from zt_analysis.runs.signatures import SIGNATURE, is_signed_by
from zt_analysis.runs.unchanged import DESCRIPTOR, declared, sha256_of

RECORD = "run.json"
OWN = (RECORD, CRATE, SIGNATURE)


@dataclass(frozen=True)
class Verified:
    """What verifying found: how many things were checked, and those that are not as recorded (what, found, expected).

    ``notes`` are differences that change no output: another version of the code has been installed since.
    """

    checked: int
    problems: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether something was checked and all of it holds."""
        return self.checked > 0 and not self.problems


def verify(folder: Path, root: Path, *, key: Path | None = None) -> Verified:
    """Hold the outputs in ``folder`` and what they were made from against the run's record.

    Args:
        key: a public key (PEM, Ed25519) that must have signed the record.

    Raises:
        InputError: no record, or a key that is none.
    """
    record = _record(folder)
    found = [*_record_problems(record, folder), *_outputs(record, folder), *_inputs(record, root)]
    checked = 2 + len(record.get("outputs", ())) + len(record.get("inputs", ()))
    if key is not None:
        checked += 1
        if not is_signed_by(folder / RECORD, folder / SIGNATURE, key):
            found.append((SIGNATURE, "no signature of this key", f"one over {RECORD}"))
    notes = () if record["code"]["sha256"] == code_sha256() else ("the code is not the one that ran",)
    return Verified(checked, tuple(found), notes)


def schema() -> dict[str, Any]:
    """The JSON Schema of run records."""
    return dict(json.loads((files(__package__) / "run.schema.json").read_text(encoding="utf-8")))


def schema_problems(record: Any) -> list[str]:
    """Where a record is not what the schema says; empty when it is."""
    from zt_analysis.notebooks.execution import skip_slow_import

    skip_slow_import()
    from jsonschema import Draft202012Validator

    errors = sorted(Draft202012Validator(schema()).iter_errors(record), key=lambda one: one.json_path)
    return [f"{one.json_path}: {one.message}" for one in errors]


def _record(folder: Path) -> dict[str, Any]:
    record = read_record(folder)
    if record.get("status") not in EXIT_CODES:
        raise InputError(
            f"{folder.name}/{RECORD}",
            found=f"a run that is {record['status']}" if record.get("status") else "no readable record",
            expected="the record of a completed run",
            hint=f"zt run {folder.name}",
        )
    return record


def _record_problems(record: dict[str, Any], folder: Path) -> Iterator[tuple[str, str, str]]:
    """The record against its schema, and against the crate that was written after it."""
    broken = schema_problems(record)
    if broken:
        yield RECORD, broken[0], "what run.schema.json says"
        return
    path = folder / CRATE
    try:
        same = path.read_text(encoding="utf-8") == crate(record, folder)
    except (OSError, UnicodeDecodeError) as error:
        yield CRATE, getattr(error, "strerror", None) or "no text", "the crate of this run"
        return
    if not same:
        yield f"{RECORD} or {CRATE}", "they do not belong together", "the crate that was written after the record"


def _outputs(record: dict[str, Any], folder: Path) -> Iterator[tuple[str, str, str]]:
    for one in record["outputs"]:
        yield from _held(folder / one["path"], one, f"output {one['path']}")
    known = {*(one["path"] for one in record["outputs"]), *OWN}
    for path in sorted(folder.iterdir()):
        if path.name not in known:
            yield f"output {path.name}", "a file that the run did not leave", "none"


def _inputs(record: dict[str, Any], root: Path) -> Iterator[tuple[str, str, str]]:
    package = root / record["parameters"]["package"]
    for one in record["inputs"]:
        if root / one["path"] == package / DESCRIPTOR:
            yield from _declared(record, package, one)
        else:
            yield from _held(root / one["path"], one, f"input {one['path']}")


def _declared(record: dict[str, Any], package: Path, one: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """A descriptor may change with tables that the case does not read; what it says of those it reads may not."""
    if not list(_held(package / DESCRIPTOR, one, "")):
        return
    prefix = one["path"].removesuffix(DESCRIPTOR)
    read = [other["path"].removeprefix(prefix) for other in record["inputs"] if other["path"].startswith(prefix)]
    try:
        same = declared(package, read) == record["declared_sha256"]
    except (OSError, ValueError, KeyError):
        same = False
    if not same:
        yield f"input {one['path']}", "other declarations of the files read", "those of the run"


def _held(path: Path, one: dict[str, str], name: str) -> Iterator[tuple[str, str, str]]:
    try:
        found = sha256_of(path)
    except OSError as error:
        yield name, str(error.strerror), "a readable file"
        return
    if found != one["sha256"]:
        yield name, f"sha256 {found[:12]}…", f"{one['sha256'][:12]}…"
