"""The figures of an issue or edition that was published, held against the record of its own run before they are used.

What another page, a notice or a comparison says of them is signed and sent out: a ledger that was altered since would
be repeated there, and nothing of that page would show it.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from zt_analysis.contents import plain_bytes
from zt_analysis.errors import InputError
from zt_analysis.jsons import read_json
from zt_analysis.runs.figure_files import LEDGER, read_ledger
from zt_analysis.runs.outputs import output_problem
from zt_analysis.runs.record import EXIT_CODES
from zt_analysis.runs.ro_crate import CRATE

RECORD = "run.json"
# a run of that case may change places with the folder while it is read
ATTEMPTS = 3


def believed_ledger(folder: Path) -> dict[str, Any]:
    """The ledger that the run in ``folder`` left, byte for byte what its record says.

    Raises:
        InputError: there is none, it is not what was left, or there is no record to tell that by.
    """
    if not is_there(folder):
        return read_ledger(folder)  # says what is missing
    try:
        return dict(read_json(believed_bytes(folder)))
    except (ValueError, TypeError) as error:
        raise _unlike(folder, LEDGER, f"no ledger ({error})", "the ledger of a run") from error


def believed_bytes(folder: Path) -> bytes:
    """The bytes of that ledger, as ``believed_ledger``.

    Raises:
        InputError: as there.
    """
    for attempt in range(ATTEMPTS):
        before = _bytes(folder, RECORD)
        try:
            return _held(folder, before)
        except InputError:
            if attempt + 1 == ATTEMPTS or _bytes(folder, RECORD) == before:
                raise
    raise AssertionError


def is_there(folder: Path) -> bool:
    """Whether a run has left anything in ``folder`` that could be held against anything."""
    return any((folder / name).is_symlink() or (folder / name).exists() for name in (RECORD, LEDGER))


def _held(folder: Path, content: bytes) -> bytes:
    """The ledger, held against a record that says ``content``, and that against the crate written after it."""
    wanted = _recorded(content)
    if wanted is None:
        raise _unlike(folder, RECORD, "no record of a completed run", "the record that its run left")
    if hashlib.sha256(content).hexdigest().encode() not in _bytes(folder, CRATE):
        raise _unlike(folder, RECORD, f"not the record that {CRATE} names", "the record that its run left")
    if problem := output_problem(folder / LEDGER, wanted):
        raise _unlike(folder, LEDGER, *problem[1:])
    data = _bytes(folder, LEDGER)
    if hashlib.sha256(data).hexdigest() != wanted["sha256"]:
        raise _unlike(folder, LEDGER, "another file a moment later", "the file that the run left")
    return data


@lru_cache(maxsize=16)
def _recorded(content: bytes) -> dict[str, Any] | None:
    """What a record that says ``content`` says of the ledger; None of one that is none. Seven later issues ask it."""
    try:
        record = read_json(content)
        outputs = {one["path"]: one for one in record["outputs"]} if record["status"] in EXIT_CODES else {}
        return {"path": LEDGER, "sha256": str(outputs[LEDGER]["sha256"])}
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _bytes(folder: Path, name: str) -> bytes:
    try:
        return plain_bytes(folder / name)
    except OSError as error:
        raise _unlike(folder, name, str(error.strerror), "the file that the run left") from error


def _unlike(folder: Path, name: str, found: str, expected: str) -> InputError:
    place = f"{folder.parent.name}/{folder.name}" if folder.parent.name.startswith("v") else folder.name
    return InputError(
        f"{place}/{name}", found=found, expected=expected,
        hint=f"nothing is taken from it; {_ask(folder)} says what is not as it was left; put it back from a copy",
    )  # fmt: skip


def _ask(folder: Path) -> str:
    kept = folder.parent.parent.name == f"{folder.name}.editions"
    return f"zt verify {folder.name}" + (f" --edition {folder.parent.name}" if kept else "")
