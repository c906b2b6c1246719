"""A review done on the page: what was ticked and remarked, bound to the values that were there, agreed to or returned.

A page saves it as a small file (``zt-review/1``, JSON). Every number and finding has a checksum on the page; a review
of values that have moved since is void, each tick by itself and the agreement as a whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zt_analysis.contents import plain_bytes
from zt_analysis.errors import InputError, nearest
from zt_analysis.jsons import read_json
from zt_analysis.typed import says_nothing

SCHEMA = "zt-review/1"
AGREE, RETURN = "agree", "return"
DECISIONS = (AGREE, RETURN)
LARGEST, LONGEST = 1 << 20, 2000
NEEDED = ("schema", "case", "values_sha256", "role", "by", "decision", "items")
HINT = "the file that the page saves"


@dataclass(frozen=True)
class Item:
    """A number or finding that a person ticked: its id on the page, its checksum there, what the person said of it."""

    id: str
    sha256: str
    remark: str = ""


@dataclass(frozen=True)
class Review:
    """What a person decided on a page.

    Attributes:
        case: whose page; values: the checksum of all its values there; role, by: who.
        decision: ``agree`` or ``return``.
        remark: of the whole; items: what was ticked or remarked.
    """

    case: str
    values: str
    role: str
    by: str
    decision: str
    remark: str
    items: tuple[Item, ...]


def items_of(ledger: Mapping[str, Any]) -> dict[str, str]:
    """Every number and finding of a page by its id, with a checksum over what is said of it."""
    exact = {one["key"]: one["exact"] for one in ledger["figures"]}
    claims = {
        f"claim:{one['claim']}": _sha256(
            [one["surface"], one["figure"], one["computed"], one["verdict"], exact.get(one["figure"])]
        )
        for one in ledger["verdicts"]
    }
    relations = {
        f"relation:{one['id']}": _sha256([one["left"], one["right"], one["imbalance"], one["status"]])
        for one in ledger["relations"]
    }
    return claims | relations


def values_sha256(ledger: Mapping[str, Any]) -> str:
    """A checksum over every figure's key and exact value, and the number of a revision: it is signed anew."""
    values = sorted((figure["key"], figure["exact"]) for figure in ledger["figures"])
    if revision := ledger.get("revision"):
        values.append(("edition", str(revision["edition"])))
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


def read_review(path: Path) -> Review:
    """The review that a page saved as the file ``path``.

    Raises:
        InputError: no such file, not of that form, larger than a page makes one, or returned without a word why.
    """
    try:
        data = plain_bytes(path)
    except OSError as error:
        raise InputError(str(path), found=str(error.strerror), expected="a file", hint=HINT) from error
    if len(data) > LARGEST:
        raise InputError(str(path), found=f"{len(data)} bytes", expected=f"at most {LARGEST}", hint=HINT)
    try:
        found = read_json(data.decode("utf-8-sig"))
    except ValueError as error:
        raise InputError(str(path), found=f"no JSON ({error})", expected="a review", hint=HINT) from error
    lacking = [name for name in NEEDED if not isinstance(found, dict) or name not in found]
    if lacking or found["schema"] != SCHEMA:
        said = f"no {', '.join(lacking)}" if lacking else repr(found["schema"])
        raise InputError(str(path), found=said, expected=f"a review of schema {SCHEMA}", hint=HINT)
    if found["decision"] not in DECISIONS:
        raise InputError(f"{path}, decision", found=repr(found["decision"]), expected=" or ".join(DECISIONS), hint=HINT)
    if not isinstance(found["items"], list):
        raise InputError(f"{path}, items", found=type(found["items"]).__name__, expected="a list", hint=HINT)
    items = tuple(_item(one, place, path) for place, one in enumerate(found["items"], 1))
    repeated = sorted({one.id for one in items if sum(other.id == one.id for other in items) > 1})
    if repeated:
        raise InputError(f"{path}, items", found=f"{repeated[0]} twice", expected="each once", hint=HINT)
    words = {name: _text(found.get(name, ""), f"{path}, {name}") for name in (*NEEDED[1:5], "remark")}
    said_of_it = (words["remark"], *(one.remark for one in items))
    if found["decision"] == RETURN and all(map(says_nothing, said_of_it)):
        raise InputError(
            f"{path}, remark", found="no word on a returned issue, nor on any item",
            expected="why it is returned", hint="on the page: write what you think, or a word beside an item",
        )  # fmt: skip
    return Review(
        words["case"], words["values_sha256"], words["role"], words["by"], found["decision"], words["remark"], items
    )


def check_items(review: Review, ledger: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    """The ids of what was ticked and says something else now.

    Raises:
        InputError: an id that the page of that case does not have.
    """
    now = items_of(ledger)
    for one in review.items:
        if one.id not in now:
            raise InputError(
                f"{path}, items", found=repr(one.id), expected=f"a number or finding of {review.case}",
                hint=nearest(one.id, now) or HINT,
            )  # fmt: skip
    return tuple(one.id for one in review.items if now[one.id] != one.sha256)


def _item(one: Any, place: int, path: Path) -> Item:
    where = f"{path}, item {place}"
    if not isinstance(one, dict) or not {"id", "sha256"} <= set(one):
        raise InputError(where, found=type(one).__name__, expected="an id and a sha256", hint=HINT)
    return Item(*(_text(one.get(name, ""), f"{where}, {name}") for name in ("id", "sha256", "remark")))


def _text(value: Any, where: str) -> str:
    """A text of one line that can be shown."""
    if not isinstance(value, str) or len(value) > LONGEST:
        said = type(value).__name__ if not isinstance(value, str) else f"{len(value)} characters"
        raise InputError(where, found=said, expected=f"a text of at most {LONGEST} characters", hint=HINT)
    return " ".join(value.split())


def _sha256(said: list[Any]) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]
