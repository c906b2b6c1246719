"""Sign a case that was proven first, and take a signature back: all of it is recorded, or nothing is."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zt_analysis.contents import plain_bytes, write_file, write_own
from zt_analysis.errors import InputError
from zt_analysis.reviewing import AGREE, Review, check_items, values_sha256
from zt_analysis.rooted import in_project
from zt_analysis.runs import signing
from zt_analysis.runs.ed25519 import Envelope, envelopes, key_id, signed, states, write_envelopes
from zt_analysis.runs.editions import OPEN, misplaced, standing
from zt_analysis.runs.figure_files import read_ledger
from zt_analysis.runs.issued import revising
from zt_analysis.runs.outputs import FROM_A_COPY, PAGE, Problem, folder_of, output_problem, output_record
from zt_analysis.runs.pages import is_page, page
from zt_analysis.runs.people import check_text
from zt_analysis.runs.publishing import draft, publish
from zt_analysis.runs.record import packages, read_record, write_record
from zt_analysis.runs.ro_crate import write_crate
from zt_analysis.runs.running import run_again
from zt_analysis.runs.signing import Entry, Signer
from zt_analysis.runs.since import outdated, since_now
from zt_analysis.runs.verifying import RECORD, verify

Record = dict[str, Any]
SHOWN = 3
# what a record says of its run and what a run of the same gives again
SAID = (
    "schema", "case", "status", "exit_code", "synthetic", "parameters", "engine", "summary", "tables", "quality",
    "files_of", "declared_sha256", "revision", "since",
)  # fmt: skip


@in_project
def sign(case: str, root: Path, signer: Signer, *, outputs: Path | None = None, engine: str = "stock") -> Entry:
    """Record that a person approves the figures of ``case`` as they are, and show it on the page; the entry.

    Before that everything that was read, left and recorded is verified and the case is run again: every output has to
    come out as it stands.

    Args:
        engine: what starts the kernel of that run, ``stock`` or ``warm``; the outputs are the same.

    Raises:
        InputError: never run, not as recorded, not what a run gives, a case that does not agree, something open without
            a word on it, a wrong key, a role that is taken, or one person for both. Nothing was recorded then.
    """
    signing.check_words(signer)
    key = key_id(signer.key) if signer.key else ""
    folder = _folder(case, root, outputs)
    with draft(folder.parent, case) as made:
        record = _as_recorded(folder, root)
        entries, ledger = signing.history(folder), read_ledger(folder)
        entry = signing.entry_of(signer, key, signing.standing(entries, ledger), ledger)
        signing.refuse_unexplained(entry, ledger)
        _refuse_others(folder, record, root, made / "again", engine)
        kept = _true(envelopes(folder), record, entries)
        entries = entries if entry in entries else [*entries, entry]
        record = _show(made, folder, record, entries)
        if signer.key:
            kept = [*(one for one in kept if one.keyid != key), signed(record, entry, signer.key)]
        _publish(made, folder, record, entries, kept)
    return entry


@in_project
def review(
    found: Review, path: Path, root: Path, *, outputs: Path | None = None, engine: str = "stock"
) -> tuple[Entry, tuple[str, ...]]:
    """Record what a person decided on the page of a case, and show it there; the entry, and its ticks that are void.

    An agreement to the values as they are is a sign-off, proven like one. One to values that have moved since is
    recorded as void, and an issue that is returned is no sign-off.

    Args:
        path: the file that ``found`` was read from, for messages.
        engine: as of ``sign``.

    Raises:
        InputError: a review of no such case, or recorded already, and what signing raises. Nothing was recorded then.
    """
    signing.check_words(Signer(found.role, found.by, remark=found.remark))
    for one in found.items:
        check_text(one.remark, str(path))
    folder = _folder(found.case, root, outputs)
    with draft(folder.parent, found.case) as made:
        record = _as_recorded(folder, root)
        entries, ledger = signing.history(folder), read_ledger(folder)
        void = check_items(found, ledger, path)
        entry = signing.review_entry(found, signing.standing(entries, ledger), ledger)
        if _is_recorded(entry, entries):
            raise InputError(str(path), found="a review that is recorded already", expected="another one")
        if entry["decision"] == AGREE and entry["values_sha256"] == values_sha256(ledger):
            signing.refuse_unexplained(entry, ledger)
            _refuse_others(folder, record, root, made / "again", engine)
        entries = [*entries, entry]
        kept = _true(envelopes(folder), record, entries)
        _publish(made, folder, _show(made, folder, record, entries), entries, kept)
    return entry, void


def _is_recorded(entry: Entry, entries: list[Entry]) -> bool:
    """Whether the same review stands already: whoever imports a file twice has said it once."""
    now = {name: value for name, value in entry.items() if name != "at"}
    return any({name: value for name, value in one.items() if name != "at"} == now for one in entries)


@in_project
def unsign(case: str, root: Path, signer: Signer, reason: str, *, outputs: Path | None = None) -> Entry:
    """Take back the sign-off of a role; it stays in the history with who took it back, when and why. The entry.

    Raises:
        InputError: never run, not as recorded, no such sign-off, or no reason. Nothing was recorded then.
    """
    signing.check_words(signer)
    folder = _folder(case, root, outputs)
    with draft(folder.parent, case) as made:
        record = _as_recorded(folder, root, own=True)
        before = signing.history(folder)
        entries = signing.withdrawn(before, signer.role, signer.by, reason)
        kept = _true(envelopes(folder), record, [one for one in entries if "withdrawn" not in one])
        _publish(made, folder, _show(made, folder, record, entries), entries, kept)
    return next(one for one in entries if one not in before)


def _folder(case: str, root: Path, outputs: Path | None) -> Path:
    folder = folder_of(outputs or root / "outputs", case)
    read_ledger(folder)  # before a lock or a draft is made for a case that is none
    return folder


def _as_recorded(folder: Path, root: Path, *, own: bool = False) -> Record:
    """The record of a case of which everything is as recorded; ``own``: its own files, whatever became of others."""
    found = verify(folder, root, former=own)
    problems = [*found.problems, *(misplaced(folder) if own else ())]
    if problems or not found.checked:
        shown = "; ".join(f"{what}: {now}, not {expected}" for what, now, expected in problems[:SHOWN])
        raise InputError(
            f"case {folder.name}", found=f"{len(problems)} of {found.checked} things not as recorded ({shown})",
            expected="what its run left, unchanged",
            hint=f"zt verify {folder.name} lists all; {_remedy(folder, root, problems)}",
        )  # fmt: skip
    return read_record(folder)


def _remedy(folder: Path, root: Path, problems: list[Problem]) -> str:
    """What helps: of an issue before that was altered nothing that is done here does."""
    record = read_record(folder)
    before = outdated(folder, root, record)
    of_others = bool(problems) and all(one in before for one in problems)
    altered = (since_now(folder, root, record) or {}).get("altered") if of_others else None
    if altered:
        return f"mend that issue first: zt verify {altered[0]} names the file"
    if standing(folder) == OPEN:
        return f"zt run {folder.name} --force makes the outputs anew"
    return f"{revising(folder.name)} makes an edition that says so" if of_others else FROM_A_COPY


def _refuse_others(folder: Path, record: Record, root: Path, again: Path, engine: str = "stock") -> None:
    """Refuse a page that is not that of its notebook, then outputs that running again does not give."""
    path = folder / PAGE
    if path.exists() and not is_page(plain_bytes(path).decode("utf-8"), folder, record):
        raise _other(folder.name, [PAGE], record, "made again from the notebook")
    again.mkdir()
    made = run_again(folder.name, root, again, folder, engine)
    shutil.rmtree(again)
    if others := unlike(record, made):
        raise _other(folder.name, others, record, "run again")


def unlike(record: Record, again: Record) -> list[str]:
    """What of ``record`` is not what a run gave ``again``: outputs, and what is said of the run and its grounds.

    Not told: what the machine says of itself, and what was found of something that is gone (files sent again, what
    moved since a county was missing). A file or definition that only the record has is held by verifying, as any is.
    """
    again = json.loads(json.dumps(again))
    left, now = ({one["path"]: one for one in each["outputs"]} for each in (record, again))
    outputs = [path for path in sorted(left | now) if path != PAGE and left.get(path) != now.get(path)]
    outputs += [PAGE] if (PAGE in left) != (PAGE in now) else []
    said = [name for name in SAID if record.get(name) != again.get(name)]
    read, reads = ({one["path"]: one["sha256"] for one in each["inputs"]} for each in (record, again))
    said += ["inputs"] if any(read.get(path) != sha256 for path, sha256 in reads.items()) else []
    used, uses = (_used(each) for each in (record, again))
    said += ["computed_by"] if any(used.get(one) != checksum for one, checksum in uses.items()) else []
    return outputs + [f"{RECORD} ({', '.join(said)})"] * bool(said)


def _used(record: Record) -> dict[tuple[str, str], str]:
    used = record.get("computed_by", {"kind": "", "definitions": {}})
    found = {(file, name): one for file, names in used["definitions"].items() for name, one in names.items()}
    return found | {("kind", ""): used["kind"]}


def _other(case: str, names: list[str], record: Record, how: str) -> InputError:
    moved = [name for name, version in packages().items() if record["packages"].get(name) != version]
    other = f"; {len(moved)} packages are not those of the record: {', '.join(moved[:SHOWN])}" if moved else ""
    return InputError(
        f"case {case}", found=f"{', '.join(names)}: {how}, something else comes out{other}",
        expected="outputs that a run gives",
        hint=f"zt run {case} --force makes them anew; zt restated {case} names figures that moved",
    )  # fmt: skip


def _true(found: list[Envelope], record: Record, entries: list[Entry]) -> list[Envelope]:
    """Those signatures that are over this run and a sign-off that stands."""
    return [one for one in found if any(states(one, record, entry) for entry in entries)]


def _show(made: Path, folder: Path, record: Record, entries: list[Entry]) -> Record:
    """Fill ``made`` with the outputs and a page that shows ``entries``; the record of them.

    What is copied is held against the record, not recorded anew.
    """
    outputs = []
    for one in record["outputs"]:
        if one["path"] != PAGE:
            shutil.copy2(folder / one["path"], made)
            if problem := output_problem(made / one["path"], one):
                raise InputError(
                    problem[0], found=problem[1], expected=problem[2], hint="it changed just now; try again"
                )
        outputs.append(one)
    write_file(made / PAGE, page(made, record, entries=entries))
    outputs = [output_record(made / PAGE, made) if one["path"] == PAGE else one for one in outputs]
    sha256 = hashlib.sha256(signing.text_of(entries).encode()).hexdigest()
    return record | {"outputs": outputs, "signoffs_sha256": sha256}


def _publish(made: Path, folder: Path, record: Mapping[str, Any], entries: list[Entry], kept: list[Envelope]) -> None:
    """Write all that is to be recorded under other names, then let two renames put it in its place."""
    aside = signing.draft_of(folder)
    try:
        write_record(record, made)
        write_envelopes(kept, made)
        write_crate(record, made)  # last: it holds the checksums of the record and of its signatures
        write_own(aside, signing.text_of(entries).encode())
        publish(made, folder)
        aside.replace(signing.path_of(folder))
    except OSError:
        signing.settle(folder)
        aside.unlink(missing_ok=True)
        raise
