"""Editions: a case that was issued is frozen, and a revision keeps what was issued before it.

Issued means: the run completed, its parameters say ``edition: "final"``, and maker and checker have signed the values
that stand there. What was signed by both and cannot be read or is not as recorded any more is frozen all the same.

An edition is kept as a folder of outputs of its own (``outputs/<case>.editions/v1/<case>/``, its sign-offs beside it),
so that whatever reads or verifies outputs reads it in the same way.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis import params
from zt_analysis.errors import InputError
from zt_analysis.rooted import in_project
from zt_analysis.runs.believed import believed_bytes, believed_ledger
from zt_analysis.runs.figure_files import read_ledger
from zt_analysis.runs.outputs import FROM_A_COPY, Problem, is_dropping
from zt_analysis.runs.people import check_text
from zt_analysis.runs.publishing import keeping_place
from zt_analysis.runs.record import read_record
from zt_analysis.runs.signing import ROLES, history, impossible, path_of, recorded, settle, signed_roles, signoffs

if TYPE_CHECKING:
    from zt_analysis.runs.restatement import Restatement

OPEN, ISSUED, DAMAGED = "open", "issued", "damaged"
FIGURES = "figures.json"
LINK = "a symbolic link"


def standing(folder: Path) -> str:
    """How the case whose outputs are in ``folder`` stands.

    ``open`` (a run may replace it), ``issued``, or ``damaged``: something says that it was signed, and what was signed
    is not as recorded any more. The last two are frozen.
    """
    settle(folder)
    record, path = read_record(folder), path_of(folder)
    if not path.exists():
        lost = "signoffs_sha256" in record or (not record and bool(kept(folder)))
        return DAMAGED if lost else OPEN
    try:
        # before any of it is believed: a sign-off taken out of the file would make an issued case an open one
        altered = bool(record) and record.get("signoffs_sha256") != recorded(folder)["signoffs_sha256"]
        signed = signed_roles(history(folder)) >= set(ROLES)
    except (InputError, OSError):
        return DAMAGED
    if altered or (signed and not _holds(folder)):
        return DAMAGED
    if not signed or record["parameters"].get("edition") != "final":
        return OPEN
    valid = {one["role"] for one in signoffs(folder, read_ledger(folder)) if one["valid"]}
    return ISSUED if valid >= set(ROLES) else OPEN


def _holds(folder: Path) -> bool:
    """Whether the figures are as recorded, and nobody wrote the sign-offs by hand."""
    return _as_recorded(folder) and not any(impossible(history(folder), read_ledger(folder)))


def number_of(record: Mapping[str, Any]) -> int:
    """The number of the edition that a run record, or a ledger, is of."""
    return int((record.get("revision") or {}).get("edition", 1))


def kept(folder: Path) -> list[int]:
    """Numbers of the former editions kept of the case whose outputs are in ``folder``."""
    found = (re.fullmatch(r"v([1-9][0-9]*)", path.name) for path in _editions(folder).glob("v*"))
    return sorted(int(one[1]) for one in found if one)


def misplaced(folder: Path) -> Iterator[Problem]:
    """Former editions of the case in ``folder`` that are not kept any more, and what no revision left among them."""
    place, number, there = _editions(folder), number_of(read_record(folder)), kept(folder)
    for one in range(1, number):
        if one not in there:
            yield f"edition v{one}", f"no {place.name}/v{one}/", "what was issued before, kept"
    # a revision that was killed has kept the edition that still stands
    known = {place / f"v{one}": None for one in range(1, number + 1)}
    for path in (place, *known):
        if path.is_symlink():
            yield path.relative_to(place.parent).as_posix(), LINK, "a folder of its own"
    own = (folder.name, path_of(folder).name)
    found = list(place.iterdir()) if place.is_dir() else []
    below = [each for path in found if path in known and path.is_dir() for each in path.iterdir()]
    strange = [path for path in found if path not in known] + [each for each in below if each.name not in own]
    for path in sorted(strange):
        if not is_dropping(path):
            yield path.relative_to(place.parent).as_posix(), "what no revision left", "none"


def displaced(folder: Path) -> Iterator[Problem]:
    """How the former edition in ``folder`` does not stand where its revision kept it."""
    place, number = folder.absolute().parent, number_of(read_record(folder))
    for path in (place.parent, place):
        if path.is_symlink():
            yield path.relative_to(place.parent.parent).as_posix(), LINK, "a folder of its own"
    if place.name != f"v{number}":
        yield f"edition {place.name}", f"edition v{number}, by its record", f"v{number}/"


def edition(folder: Path, name: str) -> Path:
    """The folder of edition ``name`` (v1) of the case whose outputs are in ``folder``; that may be ``folder`` itself.

    Raises:
        InputError: there is none of that name.
    """
    record = read_record(folder)
    folders = {f"v{number}": _kept(folder, number) for number in kept(folder)}
    if record:
        folders[f"v{number_of(record)}"] = folder
    if name not in folders:
        raise InputError(
            f"case {folder.name}, edition", found=repr(name),
            expected=" or ".join(folders) or "no edition: it was never run",
            hint=f"{folder.name}.editions/ holds the former ones" if folders else "zt list shows the cases",
        )  # fmt: skip
    return folders[name]


def is_former(folder: Path) -> bool:
    """Whether ``folder`` holds an edition that another has taken the place of."""
    # not resolved: one that is a symbolic link is told, wherever it leads
    folder = folder.absolute()
    return folder.parent.parent.name == f"{folder.name}.editions"


def next_revision(folder: Path, reason: str) -> dict[str, Any] | None:
    """What a run that replaces the outputs in ``folder`` is: a revision with its number and reason, or None.

    A revision that nobody has signed yet is run again as the same one.

    Raises:
        InputError: an issued case and no reason, a reason and no issued case, or one that is damaged.
    """
    case, state, record = folder.name, standing(folder), read_record(folder)
    check_text(reason, "--revise")
    reason = " ".join(reason.split())
    if state == DAMAGED:
        raise not_as_signed(case)
    if state == ISSUED and not reason:
        raise InputError(
            f"case {case}", found="an issued case: final, signed by maker and checker",
            expected="no run that replaces it",
            hint=f'zt run {case} --revise "why" keeps it as v{number_of(record)} and makes the next edition',
        )  # fmt: skip
    if state == ISSUED:
        return {"edition": number_of(record) + 1, "reason": reason}
    if record.get("revision"):
        return {"edition": number_of(record), "reason": reason or record["revision"]["reason"]}
    if reason:
        raise InputError(
            f"case {case}, --revise", found="a case that is not issued", expected="one that is final and signed by two",
            hint=f"zt run {case}",
        )  # fmt: skip
    return None


@in_project
def unfiled(root: Path, outputs: Path) -> list[str]:
    """Issued cases whose file of parameters is gone: it is not said any more that there is such a case."""
    marks = (path_of(outputs / "*"), _editions(outputs / "*"))
    found = {path.name.removesuffix(mark.name[1:]) for mark in marks for path in outputs.glob(mark.name)}
    known = {"", *params.cases(root)}
    # a draft of sign-offs begins with a dot, as no case does
    return sorted(
        one for one in found - known if not one.startswith(".") and standing(outputs / one) in (ISSUED, DAMAGED)
    )


@in_project
def see_file(case: str, root: Path, outputs: Path) -> None:
    """Refuse an issued case whose file of parameters is gone.

    Raises:
        InputError: what ``without_file`` says.
    """
    if case in unfiled(root, outputs):
        raise without_file(case)


def without_file(case: str) -> InputError:
    """The error of an issued case whose file of parameters is gone."""
    return InputError(
        f"case {case}", found=f"no {params.FOLDER}/{case}.yml, though it was issued", expected="its file of parameters",
        hint="put it back from a copy: run.json says what stood in it",
    )  # fmt: skip


def not_as_signed(case: str) -> InputError:
    """The error of running a damaged case anew."""
    return InputError(
        f"case {case}", found="an issued case whose outputs or sign-offs are not what was signed",
        expected="them as they were", hint=f"zt verify {case} says what; {FROM_A_COPY}",
    )  # fmt: skip


def former(folder: Path, number: int) -> Path:
    """Where the edition before ``number`` stands: still in its place, or kept."""
    return folder if number_of(read_record(folder)) < number else _kept(folder, number - 1)


def before(folder: Path) -> Path | None:
    """The edition that the one in ``folder`` has taken the place of, if any."""
    number = number_of(read_record(folder))
    return _kept(folder, number - 1) if number > 1 and not is_former(folder) else None


def described(revision: Mapping[str, Any], folder: Path, now: Mapping[str, Any]) -> dict[str, Any]:
    """``revision`` with what moved against the edition before: figures, sentences, verdicts; for record and page."""
    from zt_analysis.runs.restatement import compare

    found = compare(folder.name, believed_ledger(former(folder, revision["edition"])), now)
    return {**revision, "former": revision["edition"] - 1, **moved(found)}


def moved(found: Restatement) -> dict[str, Any]:
    """What moved, as plain JSON types."""
    figures = [
        {
            "key": one.now["key"], "label": one.now["label"], "at": one.now["at"],
            "before": one.before["display"], "now": one.now["display"], "shown": one.shown,
        }
        for one in found.moved
    ]  # fmt: skip
    return {
        "figures": figures,
        "missing": list(found.missing),
        "sentences": [list(pair) for pair in found.sentences],
        "verdicts": [list(one) for one in found.verdicts],
    }


def keep(folder: Path) -> None:
    """Keep the outputs in ``folder``, with their sign-offs, as the edition that they are; they stay where they are.

    The copy gets its name in one step when it is whole. One that a killed run has left is of this same edition, which
    still stands in its place, and is made anew.
    """
    place = _kept(folder, number_of(read_record(folder))).parent
    with keeping_place(folder) as copy:
        shutil.copytree(folder, copy / folder.name, symlinks=True)
        if path_of(folder).exists():
            shutil.copy2(path_of(folder), copy)
        place.parent.mkdir(exist_ok=True)
        shutil.rmtree(place, ignore_errors=True)
        copy.rename(place)


def _editions(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.editions")


def _kept(folder: Path, number: int) -> Path:
    return _editions(folder) / f"v{number}" / folder.name


def _as_recorded(folder: Path) -> bool:
    """Whether the figures are those that the record of a completed run names, and the record that of its crate."""
    try:
        believed_bytes(folder)
    except InputError:
        return False
    return True
