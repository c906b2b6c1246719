"""The page of a case made again from its executed notebook: the same bytes, or it is not the page of that run."""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zt_analysis import ledger, notebooks, reports
from zt_analysis.contents import replace_own
from zt_analysis.errors import InputError, ZtError
from zt_analysis.runs.outputs import PAGE
from zt_analysis.runs.record import read_record, sha256_of_file
from zt_analysis.runs.signing import Entry, history, shown

Neighbours = tuple[str | None, ...]
# to the issue before, to the one after, and to the paper of the same day
LINKS = ("prev", "next", "bookmark")


def page(folder: Path, record: Mapping[str, Any], *, entries: list[Entry], neighbours: Neighbours | None = None) -> str:
    """The page of the run in ``folder`` with the sign-offs ``entries``, its links to ``neighbours`` or to those of now.

    Raises:
        ZtError: the notebook cannot be read, or carries no ledger.
    """
    executed = notebooks.read(folder / next(one["path"] for one in record["outputs"] if one["path"].endswith(".ipynb")))
    revision, moved = record.get("revision"), record.get("moved")
    found = shown(entries, ledger.from_notebook(executed) | ({"revision": revision} if revision else {}))
    return reports.render(
        executed, signoffs=found, neighbours=neighbours, moved=moved, revision=revision,
        resent=record.get("resent", ()), since=record.get("since"),
    )  # fmt: skip


def page_of(notebook: Path, target: Path) -> str:
    """The report of an executed notebook, to be written to ``target``: of one that a run left, the page of that run.

    Raises:
        InputError: the notebook is not the one its run left, and ``target`` is the page of that run.
        ZtError: the notebook cannot be read, or carries no ledger.
    """
    folder = notebook.resolve().parent
    record = read_record(folder)
    left = {one["path"]: one["sha256"] for one in record.get("outputs", ())}
    if notebook.name in left and left[notebook.name] == sha256_of_file(notebook):
        return page(folder, record, entries=history(folder))
    if PAGE in left and target.resolve() == folder / PAGE:
        raise InputError(
            str(notebook),
            found="a notebook that is not as the run of this folder left it",
            expected=f"the bytes that run.json names, as {PAGE} is the page of that run",
            hint="--output FILE writes its report elsewhere; zt run makes this one anew",
        )
    return reports.render(notebooks.read(notebook))


def is_page(text: str, folder: Path, record: Mapping[str, Any]) -> bool:
    """Whether ``text`` is what this code makes of the notebook and sign-offs in ``folder``.

    Its links to the cases before and after are those of its day: a later case does not make it wrong.
    """
    try:
        return text == page(folder, record, entries=history(folder), neighbours=_linked(text))
    except ZtError:
        return False


def only_unbuilt(path: Path, record: Mapping[str, Any]) -> bool:
    """Whether the page at ``path`` was only not built here: git leaves it out, and building gives the recorded one."""
    missing = not path.exists() and not path.is_symlink()
    return missing and _is_left_out(path) and _rebuilt(path.parent, record) is not None


def _is_left_out(path: Path) -> bool:
    """Whether ``path`` is a file that git is told to leave out: a clone has none until it is built."""
    try:
        asked = subprocess.run(
            ["git", "check-ignore", "-q", path.name], cwd=path.parent, capture_output=True, check=False
        )
    except OSError:  # no git
        return False
    return asked.returncode == 0


def lay_page(folder: Path, record: Mapping[str, Any]) -> bool:
    """Build the page that is not here, if this code makes the recorded one; whether it is here now."""
    path = folder / PAGE
    if path.exists():
        return True
    text = _rebuilt(folder, record)
    if text is not None:
        replace_own(path, text)
    return text is not None


def _rebuilt(folder: Path, record: Mapping[str, Any]) -> str | None:
    """The page that a record names, made again; None where this code makes another."""
    wanted = next((one["sha256"] for one in record["outputs"] if one["path"] == PAGE), None)
    entries = history(folder)
    try:
        now = page(folder, record, entries=entries)
        before, after, beside = _linked(now)
        # the newest case linked to none after it when it was run, and to no paper of its day that came later
        older = [(before, None, beside)] * bool(after) + [(before, after, None), (before, None, None)] * bool(beside)
        found = (now, *(page(folder, record, entries=entries, neighbours=one) for one in dict.fromkeys(older)))
    except ZtError:
        return None
    return next((text for text in found if hashlib.sha256(text.encode()).hexdigest() == wanted), None)


def _linked(text: str) -> Neighbours:
    links = [re.search(rf'<a rel="{rel}" href="\.\./([\w.-]+)/report\.html">', text) for rel in LINKS]
    return tuple(found and found[1] for found in links)
