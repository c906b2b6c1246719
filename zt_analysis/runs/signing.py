"""Sign-off: who approved which figures of a case. It is void as soon as a value changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from zt_analysis.errors import InputError
from zt_analysis.runs.results import read_ledger

ROLES = ("maker", "checker")


def values_sha256(ledger: Mapping[str, Any]) -> str:
    """A checksum over every figure's key and exact value."""
    values = sorted((figure["key"], figure["exact"]) for figure in ledger["figures"])
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


def path_of(folder: Path) -> Path:
    """Where the sign-offs of the case in ``folder`` are kept: beside it, so that a new run does not take them."""
    return folder.with_name(f"{folder.name}.signoffs.json")


def recorded(folder: Path) -> dict[str, str]:
    """What a run record says of the sign-offs of the case in ``folder``: their checksum, if there are any."""
    path = path_of(folder)
    return {"signoffs_sha256": hashlib.sha256(path.read_bytes()).hexdigest()} if path.exists() else {}


def signoffs(folder: Path, ledger: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every sign-off of the case, oldest first, each with whether it is ``valid`` for the figures of ``ledger``.

    Raises:
        InputError: the file cannot be read.
    """
    path = path_of(folder)
    if not path.exists():
        return []
    try:
        found = list(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise InputError(
            path.name, found=str(error), expected="the sign-offs of a case", hint="restore it, or take it away"
        ) from error
    now = values_sha256(ledger)
    return [one | {"valid": one.get("values_sha256") == now} for one in found]


def sign_off(folder: Path, role: str, who: str) -> dict[str, Any]:
    """Record that ``who`` approves the figures in ``folder`` as ``role`` (maker or checker); the entry.

    Raises:
        InputError: never run, a case that does not agree, an unknown role, a maker and checker that are one person, or
            a role already taken by somebody for these figures.
    """
    ledger = read_ledger(folder)
    if role not in ROLES:
        raise InputError("role", found=repr(role), expected=" or ".join(ROLES), hint="--as checker")
    if ledger["summary"]["status"] != "agrees":
        raise InputError(
            f"case {folder.name}", found=ledger["summary"]["status"], expected="a case that agrees",
            hint="settle what the report lists first",
        )  # fmt: skip
    before = signoffs(folder, ledger)
    _refuse_same_person(before, role, who.strip())
    entry = {
        "role": role,
        "by": who.strip(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "figures": len(ledger["figures"]),
        "values_sha256": values_sha256(ledger),
    }
    kept = [{name: value for name, value in one.items() if name != "valid"} for one in before]
    draft = path_of(folder).with_suffix(".draft")
    draft.write_text(json.dumps([*kept, entry], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(path_of(folder))
    return entry


def _refuse_same_person(before: list[dict[str, Any]], role: str, who: str) -> None:
    if not who:
        raise InputError("--by", found="nobody", expected="who signs", hint="a name or an account")
    for one in before:
        if not one["valid"]:
            continue
        if one["role"] == role:
            raise InputError(
                f"role {role}", found=f"signed by {one['by']} already", expected="one signature a role",
                hint="nothing is left to sign for these figures",
            )  # fmt: skip
        if one["by"].casefold() == who.casefold():
            raise InputError(
                "--by", found=f"{who}, who signed as {one['role']}", expected="somebody else",
                hint="maker and checker have to be two people",
            )  # fmt: skip
