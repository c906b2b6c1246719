"""The outputs of a case: where they are, and whether each is what its run left.

Byte for byte, or, for a notebook that an editor saved again, cell for cell.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from zt_analysis.contents import plain_bytes
from zt_analysis.errors import InputError

PAGE, PDF = "report.html", "report.pdf"
# pages of single counties, for internal handling
COUNTY = "county"
# what editors and file managers leave beside a file that somebody looks at; docs/runs.md lists them
DROPPINGS = (".DS_Store", "._*", "Thumbs.db", "desktop.ini", "*~", ".*.sw[a-p]", "#*#", ".~*", "~$*")
DROPPED_FOLDERS = (".ipynb_checkpoints",)
# what Jupyter writes anew when it saves: which kernel it found, and whether it trusts what it shows
OF_THE_EDITOR, OF_THE_CELL = ("kernelspec", "language_info"), ("trusted",)

Problem = tuple[str, str, str]
# a file system takes 255 bytes; locks, drafts and sign-offs are named after the case
LONGEST = 200
FROM_A_COPY = "put the files back from a copy"


def folder_of(outputs: Path, case: str, *, expected: str = "the name of a case") -> Path:
    """Where the outputs of ``case`` are; a path for a name would lead elsewhere, with another lock.

    Raises:
        InputError: what cannot be the name of a case.
    """
    named = Path(case).name == case and case not in ("", "..") and case.isprintable()
    if not named or len(os.fsencode(case)) > LONGEST:
        shown = repr(case[:LONGEST])
        raise InputError("case", found=shown, expected=expected, hint="zt list shows the cases")
    return outputs / case


def never_run(folder: Path) -> InputError:
    """The error for outputs that are asked for and are not there."""
    case = folder.name
    failed, signed = (folder.with_name(f"{case}.{what}") for what in ("failed", "signoffs.json"))
    if signed.exists():
        found, hint = f"no {folder.parent.name}/{case}/, though {signed.name} says who signed it", FROM_A_COPY
    elif failed.is_dir():
        found, hint = f"no {folder.parent.name}/{case}/: no run of it has completed", f"{failed.name}/ says why"
    else:
        found, hint = f"no {folder.parent.name}/{case}/: it was never run", f"zt run {case}; zt list shows the cases"
    return InputError(f"case {case!r}", found=found, expected="the outputs of a completed run", hint=hint)


def output_record(path: Path, folder: Path) -> dict[str, str]:
    """An output's path in ``folder`` and its sha256; of a notebook also that of its content."""
    data = plain_bytes(path)
    found = {"path": path.relative_to(folder).as_posix(), "sha256": hashlib.sha256(data).hexdigest()}
    return found | ({"content_sha256": content_sha256(data)} if path.suffix == ".ipynb" else {})


def output_problem(path: Path, one: Mapping[str, str]) -> Problem | None:
    """How the output at ``path`` is not the one that ``one`` records; None where it is."""
    name = f"output {one['path']}"
    if wrong := _no_file(path):
        return name, wrong, "the file that the run left"
    try:
        data = plain_bytes(path)
    except OSError as error:
        return name, str(error.strerror), "a readable file"
    found = hashlib.sha256(data).hexdigest()
    if found == one["sha256"] or saved_again(data, one):
        return None
    return name, f"sha256 {found[:12]}…", f"{one['sha256'][:12]}…"


def saved_again(data: bytes, one: Mapping[str, str]) -> bool:
    """Whether ``data`` is another file than the recorded one, but a notebook with the same content."""
    if "content_sha256" not in one or hashlib.sha256(data).hexdigest() == one["sha256"]:
        return False
    try:
        return content_sha256(data) == one["content_sha256"]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):  # whatever it is, no such notebook
        return False


def content_sha256(data: bytes) -> str:
    """A checksum over what a notebook says: cells, outputs (with the ledger), parameters; not over its layout.

    Raises:
        ValueError: no JSON, or JSON that two readers could read in two ways.
    """
    text = data.decode("utf-8")
    notebook = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_plain)
    cells = [_cell(one) for one in notebook["cells"]]
    rest = {name: value for name, value in notebook.items() if name not in ("cells", "metadata", "nbformat_minor")}
    content = rest | {"cells": cells, "metadata": _without(notebook["metadata"], OF_THE_EDITOR)}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def strays(folder: Path, known: set[str]) -> tuple[list[Problem], list[str]]:
    """What stands in ``folder`` beside the ``known`` files: what is too many, and notes on what is let pass."""
    problems, notes = [], []
    for path in sorted(folder.iterdir()):
        if path.name in known:
            continue
        if is_dropping(path):
            notes.append(f"{path.name} was left by an editor; it is no output and not looked into")
        elif path.name == PDF and not _no_file(path):
            notes.append(f"{PDF} is not proven: printed from the page, it can say anything; zt pdf prints it again")
        elif path.name == COUNTY and path.is_dir() and not path.is_symlink():
            notes.append(f"{COUNTY}/ is not proven: pages for internal handling; zt county makes them again")
        else:
            problems.append((f"output {path.name}", "a file that the run did not leave", "none"))
    return problems, notes


def no_links(folder: Path, names: tuple[str, ...]) -> Iterator[Problem]:
    """Those of the files ``names`` that are there as something else than a file of their own."""
    for path in (folder, *(folder / name for name in names)):
        if path.is_symlink():
            yield path.name, "a symbolic link", f"a {'folder' if path == folder else 'file'} of its own"


def is_dropping(path: Path) -> bool:
    """Whether an editor or a file manager leaves such a file or folder: it is no output."""
    if path.is_symlink():
        return False
    if path.is_dir():
        return path.name in DROPPED_FOLDERS
    return path.is_file() and any(fnmatchcase(path.name, pattern) for pattern in DROPPINGS)


def _no_file(path: Path) -> str:
    """What stands at ``path`` where that is no regular file; opening a pipe would wait for ever."""
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return str(error.strerror)
    if stat.S_ISLNK(mode):
        return "a symbolic link"
    return "" if stat.S_ISREG(mode) else "no regular file"


def _cell(cell: Mapping[str, Any]) -> dict[str, Any]:
    outputs = {"outputs": [_output(one) for one in cell["outputs"]]} if "outputs" in cell else {}
    return {**cell, "source": _text(cell["source"]), "metadata": _without(cell["metadata"], OF_THE_CELL)} | outputs


def _output(output: Mapping[str, Any]) -> dict[str, Any]:
    """An output with its texts whole: a file may keep them as lists of lines; JSON stays as it is."""
    found = {**output}
    if "text" in found:
        found["text"] = _text(found["text"])
    if "data" in found:
        found["data"] = {kind: value if _is_json(kind) else _text(value) for kind, value in found["data"].items()}
    return found


def _is_json(kind: str) -> bool:
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def _text(value: Any) -> Any:
    return "".join(value) if isinstance(value, list) else value


def _plain(number: str) -> float:
    """A number with a point or exponent, as a browser writes it: it does not tell 1.0 from 1."""
    value = float(number)
    return int(value) if value.is_integer() else value


def _without(metadata: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in metadata.items() if name not in names}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice in one object")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")
