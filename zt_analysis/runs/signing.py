"""Sign-off: who approved which figures of a case. It is void as soon as a value changes, and can be taken back.

The file is written before the outputs that show it and gets its name after them: a process that ends in between leaves
a record that knows the new file by its checksum, and whoever reads next gives the file its name (``settle``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from zt_analysis.contents import plain_bytes
from zt_analysis.decision import EXPLAIN, item_of, to_explain
from zt_analysis.errors import InputError
from zt_analysis.jsons import read_json
from zt_analysis.reviewing import AGREE, RETURN, Review, items_of, values_sha256
from zt_analysis.runs.people import check_text, is_entry
from zt_analysis.runs.record import read_record
from zt_analysis.terms import label
from zt_analysis.typed import person, says_nothing

ROLES = ("maker", "checker")
LONGEST_NAME = 100

Entry = dict[str, Any]


@dataclass(frozen=True)
class Signer:
    """Who signs: as maker or checker, by which name, and with which private key if any (PEM, Ed25519).

    Attributes:
        remark: what the person says of it; needed where something has to be explained before the issue is signed.
    """

    role: str
    by: str
    key: Path | None = None
    remark: str = ""


def path_of(folder: Path) -> Path:
    """Where the sign-offs of the case in ``folder`` are kept: beside it, so that a new run does not take them."""
    return folder.with_name(f"{folder.name}.signoffs.json")


def draft_of(folder: Path) -> Path:
    """Where they are written first."""
    return folder.with_name(f".{folder.name}.signoffs.json")


def settle(folder: Path) -> None:
    """Give new sign-offs their name if the record in ``folder`` is already the one that shows them."""
    draft = draft_of(folder)
    with suppress(OSError):  # none, or nothing can be written here
        found = hashlib.sha256(plain_bytes(draft)).hexdigest()
        if read_record(folder).get("signoffs_sha256") == found:
            draft.replace(path_of(folder))


def recorded(folder: Path) -> dict[str, str]:
    """What a run record says of the sign-offs of the case in ``folder``: their checksum, if there are any."""
    settle(folder)
    path = path_of(folder)
    return {"signoffs_sha256": hashlib.sha256(plain_bytes(path)).hexdigest()} if path.exists() else {}


def history(folder: Path) -> list[Entry]:
    """Every sign-off of the case, oldest first, those that were taken back too.

    Raises:
        InputError: the file cannot be read.
    """
    settle(folder)
    path = path_of(folder)
    if not path.exists():
        return []
    try:
        found = read_json(plain_bytes(path))
        if not isinstance(found, list) or not all(is_entry(one) for one in found):
            raise ValueError("no list of sign-offs")
    except (OSError, ValueError) as error:
        raise InputError(
            path.name, found=str(error), expected="the sign-offs of a case", hint="restore it, or take it away"
        ) from error
    return found


def shown(entries: list[Entry], ledger: Mapping[str, Any]) -> list[Entry]:
    """What a page shows: sign-offs that stand and reviews, each with whether it is ``valid`` and which ticks are void.

    A returned issue is shown until its role signs, and no longer.
    """
    now, items = values_sha256(ledger), items_of(ledger)
    found = [one for one in entries if "withdrawn" not in one]
    signed = {one["role"]: place for place, one in enumerate(found) if not _is_returned(one)}
    kept = [one for place, one in enumerate(found) if not _is_returned(one) or place > signed.get(one["role"], -1)]
    return [
        one
        | {
            "valid": one.get("values_sha256") == now,
            "items": [each | {"valid": items.get(each["id"]) == each["sha256"]} for each in one.get("items", ())],
        }
        for one in kept
    ]


def signed_roles(entries: list[Entry]) -> set[str]:
    """The roles in which somebody signed and did not take it back."""
    return {str(one["role"]) for one in _signed(entries)}


def signoffs(folder: Path, ledger: Mapping[str, Any]) -> list[Entry]:
    """Every sign-off of the case that was not taken back, oldest first, each with whether it is ``valid``: for the
    figures of ``ledger``.

    Raises:
        InputError: the file cannot be read.
    """
    return standing(history(folder), ledger)


def standing(entries: list[Entry], ledger: Mapping[str, Any]) -> list[Entry]:
    """Those of ``entries`` that were not taken back, each with whether it is ``valid``."""
    now = values_sha256(ledger)
    return [one | {"valid": one.get("values_sha256") == now} for one in _signed(entries)]


def impossible(entries: list[Entry], ledger: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Sign-offs for the figures of ``ledger`` that signing refuses, so that somebody wrote them by hand: what is found
    and what is expected.
    """
    valid = [one for one in standing(entries, ledger) if one["valid"]]
    for place, one in enumerate(valid):
        if one["role"] not in ROLES:
            yield f"a sign-off as {one['role']!r}", " or ".join(ROLES)
        for other in valid[:place]:
            if one["role"] == other["role"]:
                yield f"{other['by']} and {one['by']}, both as {one['role']}", "one sign-off a role"
            elif person(one["by"]) == person(other["by"]):
                yield f"{one['by']} as {other['role']} and as {one['role']}", "two people"
            elif one.get("key") and one.get("key") == other.get("key"):
                yield f"one key of {other['by']} and {one['by']}", "two keys"


def review_entry(review: Review, before: list[Entry], ledger: Mapping[str, Any]) -> Entry:
    """What is kept of a review: a sign-off with its ticks where it agrees, or an issue that was returned.

    Args:
        before: the sign-offs that stand.

    Raises:
        InputError: as of a sign-off; of a returned one, a person who signed in the other role.
    """
    said = {
        "decision": review.decision,
        "values_sha256": review.values,
        "remark": review.remark,
        "items": [{name: value for name, value in asdict(one).items() if value} for one in review.items],
    }
    signer = Signer(review.role, review.by)
    if review.decision == AGREE and review.values == values_sha256(ledger):
        return entry_of(signer, "", before, ledger) | said
    who = " ".join(review.by.split())
    _refuse_same_person([one for one in before if one["valid"] and one["role"] != review.role], who, "")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return {"role": review.role, "by": who, "at": at, "figures": len(ledger["figures"])} | said


def text_of(entries: list[Entry]) -> str:
    """The file of sign-offs."""
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def entry_of(signer: Signer, key: str, before: list[Entry], ledger: Mapping[str, Any]) -> Entry:
    """The sign-off of ``signer`` for the figures of ``ledger``, by the key of this id if it is not empty.

    One that stands already for the same person, role and key is returned as it is.

    Args:
        before: the sign-offs that stand.

    Raises:
        InputError: a case that does not agree, nobody's name, a role that somebody has, or one person for both.
    """
    if ledger["summary"]["status"] != "agrees":
        raise InputError(
            f"case {ledger['case']['case']}", found=ledger["summary"]["status"], expected="a case that agrees",
            hint="settle what the report lists first",
        )  # fmt: skip
    who = " ".join(signer.by.split())
    valid = [one for one in before if one["valid"]]
    for one in valid:
        if one["role"] == signer.role:
            return _signed_already(one, person(who), key)
    _refuse_same_person(valid, who, key)
    return {
        "role": signer.role,
        "by": who,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "figures": len(ledger["figures"]),
        "values_sha256": values_sha256(ledger),
    } | {name: value for name, value in (("key", key), ("remark", _line(signer.remark))) if value}


def refuse_unexplained(entry: Entry, ledger: Mapping[str, Any]) -> None:
    """Refuse a sign-off that passes over in silence what has to be explained before the issue is signed (签发前须说明).

    A remark on the whole will do, and so does having ticked each open finding as it stands.

    Raises:
        InputError: names what is open.
    """
    now = items_of(ledger)
    ticked = {one["id"] for one in entry.get("items", ()) if now.get(one["id"]) == one["sha256"]}
    left = [one for one in to_explain(ledger) if item_of(one) not in ticked]
    if not left or not says_nothing(entry.get("remark", "")):
        return
    language = ledger["case"]["language"]
    said = "; ".join(f"{number}. {one['text'][language]}" for number, one in enumerate(left, 1))
    raise InputError(
        f"case {ledger['case']['case']}, {label(EXPLAIN, language)}", found=f"no word on {len(left)} open: {said}",
        expected="why it may be signed all the same",
        hint='--remark "…" says it; on the page: a remark, or tick each of them, and zt review import',
    )  # fmt: skip


def check_words(signer: Signer) -> None:
    """Refuse an unknown role, a name that shows as nothing, a name or remark that is not fit for the page.

    Raises:
        InputError: one of these.
    """
    if signer.role not in ROLES:
        raise InputError("role", found=repr(signer.role), expected=" or ".join(ROLES), hint="--as checker")
    if not person(signer.by):
        raise InputError("--by", found="nobody", expected="who signs", hint="a name or an account")
    check_text(signer.by, "--by", LONGEST_NAME)
    check_text(signer.remark, "--remark")


def withdrawn(entries: list[Entry], role: str, by: str, reason: str) -> list[Entry]:
    """``entries`` with the last one of ``role`` taken back by somebody who says why.

    Raises:
        InputError: no reason or one that cannot be shown, or nothing signed in that role.
    """
    check_text(reason, "--reason")
    if says_nothing(reason):
        raise InputError("--reason", found=f"{reason!r}, no word", expected="why it is taken back", hint="a sentence")
    places = [place for place, one in enumerate(entries) if one["role"] == role and "withdrawn" not in one]
    if not places:
        raise InputError(f"role {role}", found="no sign-off", expected="one to take back", hint="zt sign makes one")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    taken = {"withdrawn": {"by": " ".join(by.split()), "at": now, "reason": " ".join(reason.split())}}
    return [one | taken if place == places[-1] else one for place, one in enumerate(entries)]


def _line(text: str) -> str:
    return " ".join(text.split())


def _signed(entries: list[Entry]) -> list[Entry]:
    """The sign-offs among ``entries`` that were not taken back: an issue that was returned is none."""
    return [one for one in entries if "withdrawn" not in one and not _is_returned(one)]


def _is_returned(one: Entry) -> bool:
    return one.get("decision") == RETURN


def _signed_already(one: Entry, who: str, key: str) -> Entry:
    """The sign-off again, for a signature of the same key over a new run of the same values."""
    if key and one.get("key") == key and person(one["by"]) == who:
        return {name: value for name, value in one.items() if name != "valid"}
    raise InputError(
        f"role {one['role']}", found=f"signed by {one['by']} already", expected="one signature a role",
        hint="nothing is left to sign for these figures; zt unsign takes one back, with a reason",
    )  # fmt: skip


def _refuse_same_person(valid: list[Entry], who: str, key: str) -> None:
    for one in valid:
        if person(one["by"]) == person(who):
            raise InputError(
                "--by", found=f"{who}, who signed as {one['role']}", expected="somebody else",
                hint="maker and checker have to be two people",
            )  # fmt: skip
        if key and one.get("key") == key:
            raise InputError(
                "--key", found=f"the key that {one['by']} signed with as {one['role']}", expected="another key",
                hint="maker and checker have to be two people, each with a key that nobody else holds",
            )  # fmt: skip
