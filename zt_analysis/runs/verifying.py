"""Verify a case's outputs: nothing that was read, left or recorded has changed since the run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis.contents import plain_bytes, plain_file
from zt_analysis.errors import InputError
from zt_analysis.jsons import read_json
from zt_analysis.rooted import in_project
from zt_analysis.runs.computed_by import differences, unused_changes
from zt_analysis.runs.ed25519 import SIGNATURE, Envelope, covers_page, envelopes, public_key_id, states
from zt_analysis.runs.editions import FIGURES, displaced, is_former, misplaced
from zt_analysis.runs.figure_files import read_ledger
from zt_analysis.runs.outputs import PAGE, Problem, never_run, no_links, output_problem, saved_again, strays
from zt_analysis.runs.pages import is_page, only_unbuilt
from zt_analysis.runs.record import EXIT_CODES, code_sha256
from zt_analysis.runs.ro_crate import CRATE, crate
from zt_analysis.runs.signing import Entry, history, impossible, path_of, settle
from zt_analysis.runs.since import outdated
from zt_analysis.runs.standing import added, declares_the_same
from zt_analysis.sources.descriptor import DESCRIPTOR

if TYPE_CHECKING:
    from zt_analysis.sources import Tables

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


@in_project
def verify(folder: Path, root: Path, *, key: Path | Sequence[Path] | None = None, former: bool = False) -> Verified:
    """Hold the outputs in ``folder`` and what they were made from against the run's record.

    Args:
        key: one or several public keys (PEM, Ed25519), each of which must have signed this run and its figures.
        former: an edition that another has taken the place of: what it was made from may have changed since, which is
            noted and is no problem.

    Raises:
        InputError: no record, or a key that is none.
    """
    keys = [key] if isinstance(key, Path) else list(key or ())
    for one in keys:
        public_key_id(one)
    links = list(no_links(folder, (RECORD, CRATE, SIGNATURE)))
    # else not resolved: of a symbolic link its own name counts, as of sign-offs beside it
    folder = folder.resolve() if folder.name in ("", "..") else folder.absolute()
    name = folder.name
    record, broken = _record(folder)
    if broken:  # nothing it says can be held against anything
        return Verified(1, ((RECORD, broken, "the record that the run left"),), ())
    outputs, notes = _outputs(record, folder)
    signatures, unproven, counted = _signatures(record, folder, keys)
    read = list(_inputs(record, root))
    own = [*_record_problems(record, folder, name), *_ledger_problems(record, folder)]
    grounds = [] if former else [*read, *outdated(folder, root, record), *misplaced(folder)]
    place = displaced(folder) if is_former(folder) else ()
    found = [*links, *own, *outputs, *grounds, *place, *signatures]
    used = record.get("computed_by")
    checked = 2 + len(record["outputs"]) + len(record["inputs"]) + ("signoffs_sha256" in record) + counted
    checked += bool(not former and record.get("since", {}).get("case"))
    checked += sum(len(names) for names in used["definitions"].values()) if used else 0
    since = [f"{name} is no longer what this edition was made from: {now}; then {then}" for name, now, then in read]
    written = (f"{one} has changed, and no definition in it that this case used" for one in unused_changes(used, root))
    return Verified(checked, tuple(found), (*_notes(record), *notes, *unproven, *written, *(since if former else ())))


def table_problems(folder: Path, tables: Tables) -> list[tuple[str, str, str]]:
    """Tables of a database that do not hold the rows they held at the run, by their digests."""
    recorded = _record(folder)[0].get("tables", ())
    now = {one.name: (tables.count(one.name), tables.digest(one)) for one in tables.declared} if recorded else {}
    found = []
    for one in recorded:
        rows, digest = now.get(one["name"], (0, "none"))
        if (rows, digest) != (one["rows"], one["rows_digest"]):
            expected = f"{one['rows']} rows, {one['rows_digest'][:12]}…"
            found.append((f"table {one['name']}", f"{rows} rows, {digest[:12]}…", expected))
    return found


def engine_of(folder: Path) -> str:
    """The engine that the run in ``folder`` read its rows from."""
    return str(_record(folder)[0].get("engine", ""))


def _notes(record: dict[str, Any]) -> Iterator[str]:
    if record["code"]["sha256"] != code_sha256():
        yield "the code is not the one that ran"
    if tables := record.get("tables"):
        yield (
            f"the rows of {len(tables)} tables are in a database and are not held against the record here; "
            "--recompute reads them again"
        )


def schema() -> dict[str, Any]:
    """The JSON Schema of run records."""
    return dict(json.loads((files(__package__) / "run.schema.json").read_text(encoding="utf-8")))


def schema_problems(record: Any) -> list[str]:
    """Where a record is not what the schema says; empty when it is."""
    from zt_analysis.notebooks.libraries import skip_slow_import

    skip_slow_import()
    from jsonschema import Draft202012Validator

    errors = sorted(Draft202012Validator(schema()).iter_errors(record), key=lambda one: one.json_path)
    return [f"{one.json_path}: {one.message}" for one in errors]


def _record(folder: Path) -> tuple[dict[str, Any], str]:
    """The record in ``folder``, and what makes it no record of a completed run; the second is empty where nothing does.

    Raises:
        InputError: there is none, or it says that the run failed: nothing stands here that could be verified.
    """
    try:
        content = plain_bytes(folder / RECORD)
    except OSError as error:
        raise (_no_record(folder, str(error.strerror)) if folder.is_dir() else never_run(folder)) from error
    try:
        record = read_json(content)
    except ValueError as error:
        return {}, f"no JSON: {error}"
    broken = schema_problems(record)
    if broken:
        return {}, broken[0]
    if record["status"] == "failed":
        raise _no_record(folder, "a run that is failed")
    return dict(record), ""


def _no_record(folder: Path, found: str) -> InputError:
    hint = f"zt run {folder.name}"
    return InputError(f"{folder.name}/{RECORD}", found=found, expected="the record of a completed run", hint=hint)


def _record_problems(record: dict[str, Any], folder: Path, name: str) -> Iterator[tuple[str, str, str]]:
    """The record against its folder's name, and the crate written after it, which holds its checksum and all of it."""
    if record["case"] != name:
        yield RECORD, f"the run of case {record['case']}", f"that of case {name}, as its folder is named"
    path = folder / CRATE
    try:
        # bytes: reading text would turn one kind of line end into another
        same = plain_bytes(path) == crate(record, folder).encode()
    except OSError as error:
        yield CRATE, str(error.strerror), "the crate of this run"
        return
    if not same:
        yield f"{RECORD} or {CRATE}", "they do not belong together", "the crate that was written after the record"


def _ledger_problems(record: dict[str, Any], folder: Path) -> Iterator[Problem]:
    """What the record says of its run and the ledger, an output, does not; sign-offs that nobody could have made."""
    try:
        ledger = read_ledger(folder)
        said = {
            "status": ledger["summary"]["status"], "exit_code": EXIT_CODES[ledger["summary"]["status"]],
            "summary": ledger["summary"], "synthetic": ledger["package"]["synthetic"],
            "engine": ledger["package"]["engine"], "revision": ledger.get("revision"),
        }  # fmt: skip
        for name, expected in said.items():
            if record.get(name) != expected:
                yield RECORD, f"another {name} than that of {FIGURES}", "what the ledger of the run says"
        yield from ((path_of(folder).name, *one) for one in impossible(history(folder), ledger))
    except (InputError, KeyError, TypeError):  # no such ledger or sign-offs: told as an output, and as a file
        return


def _outputs(record: dict[str, Any], folder: Path) -> tuple[list[Problem], list[str]]:
    """Outputs and sign-offs that are not as recorded, files too many, and notes on what is let pass."""
    found, notes = [], []
    for one in record["outputs"]:
        path = folder / one["path"]
        problem = output_problem(path, one)
        if problem and one["path"] == PAGE and only_unbuilt(path, record):
            notes.append(f"{PAGE} is not here: it is built, not committed; zt run {folder.name} builds the same page")
        elif problem:
            found.append(problem)
        elif saved_again(plain_bytes(path), one):
            notes.append(f"{path.name} was saved again by an editor; its cells, outputs and ledger are unchanged")
    many, passed = strays(folder, {*(one["path"] for one in record["outputs"]), *OWN})
    return [*found, *_signoffs(record, folder), *many], [*notes, *passed]


def _signoffs(record: dict[str, Any], folder: Path) -> Iterator[Problem]:
    settle(folder)
    path = path_of(folder)
    if path.is_symlink():
        yield path.name, "a symbolic link", "a file of its own"
    if "signoffs_sha256" in record:
        yield from _held(path, {"sha256": record["signoffs_sha256"]}, path.name)
    elif path.exists():
        yield path.name, "sign-offs that the record does not know", "none"


def _signatures(record: dict[str, Any], folder: Path, keys: Sequence[Path]) -> tuple[list[Problem], list[str], int]:
    """Signatures that are not over what stands here, keys that did not sign; notes on what no key was given for or
    nobody signed with; and how many of both were looked at.
    """
    try:
        found = envelopes(folder)
        entries = [one for one in history(folder) if "withdrawn" not in one]
    except InputError as error:
        return [(str(error.thing), str(error.found), str(error.expected))], [], 1
    problems = [
        (SIGNATURE, f"a signature by {one.keyid[:12]}… over something else", "one over this run and a sign-off of it")
        for one in found
        if not _stands(one, record, entries)
    ]
    by_key = {key: [one for one in found if _stands(one, record, entries) and one.is_by(key)] for key in keys}
    problems += [
        (SIGNATURE, f"no signature of {key.name}", "one over this run") for key, signed in by_key.items() if not signed
    ]
    signed = [one for several in by_key.values() for one in several]
    if signed and not any(covers_page(one, record) for one in signed) and not _page_stands(folder, record):
        problems.append((PAGE, "neither signed by these keys nor what this code makes of the notebook", "either"))
    notes = [
        f"a signature by {one.keyid[:12]}… that no key given proves; --key with the public key does"
        for one in found
        if one not in signed
    ]
    notes += [
        f"{one['by']} signed as {one['role']} with key {one['key'][:12]}…, and no signature of it is here"
        for one in entries
        if one.get("key") and not any(each.statement.get("predicate", {}).get("key") == one["key"] for each in found)
    ]
    return problems, notes, len(found) + len(keys)


def _stands(envelope: Envelope, record: dict[str, Any], entries: list[Entry]) -> bool:
    return any(states(envelope, record, entry) for entry in entries)


def _page_stands(folder: Path, record: dict[str, Any]) -> bool:
    """Whether the page, which shows who signed later, is what its notebook and the sign-offs give."""
    path = folder / PAGE
    return not path.exists() or is_page(plain_bytes(path).decode("utf-8", "replace"), folder, record)


def _inputs(record: dict[str, Any], root: Path) -> Iterator[tuple[str, str, str]]:
    descriptor = root / record["parameters"]["package"] / DESCRIPTOR
    for one in record["inputs"]:
        problems = list(_held(root / one["path"], one, f"input {one['path']}"))
        if problems and root / one["path"] == descriptor and declares_the_same(record, descriptor.parent):
            name, found, expected = problems[0]
            yield name, f"{found}, though it declares the same of the files read", expected
        else:
            yield from problems
    for name, now, then in differences(record.get("computed_by"), root):
        yield f"definition {name}", now, then
    for path in added(record, root):
        yield f"input {path}", "a file that was not there", "none"


def _held(path: Path, one: dict[str, str], name: str) -> Iterator[tuple[str, str, str]]:
    try:
        # read anew each time: a time stamp is no proof
        with plain_file(path) as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        yield name, str(error.strerror), "a readable file"
        return
    if found != one["sha256"]:
        yield name, f"sha256 {found[:12]}…", f"{one['sha256'][:12]}…"
