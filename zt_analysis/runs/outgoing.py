"""What leaves a run is scanned before it is published: a page that names a person takes nobody's place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from zt_analysis import notebooks
from zt_analysis.errors import InputError, ZtError
from zt_analysis.personal import masked
from zt_analysis.personal.forms import KINDS
from zt_analysis.scanning import Earlier, Scanned, scan, texts_in
from zt_analysis.sources import open_package, read_package

WORD = re.compile(r"[\w·*]+")
# shorter values stand everywhere; names of persons have up to four characters, one of four words is an address
SHORTEST, PART, LONGEST, WORDS = 2, 3, 8, 4
AT_A_TIME = 100_000


def check_outgoing(folder: Path, ledger: Mapping[str, Any], earlier: Earlier | None = None) -> None:
    """Refuse outputs that hold personal data; files that were looked through ``earlier`` are not again.

    Raises:
        InputError: names the files and what is in them, no value.
    """
    found = scan(folder, earlier)
    if not found.files:
        raise InputError(f"outputs in {folder.name}", found="no file to scan", expected="outputs", hint="run it again")
    if found.found:
        raise InputError(
            f"outputs of case {ledger['case']['case']}", found=_said(found), expected="none",
            hint="a cell of the notebook, a claim or a note says it; what was published before stays",
        )  # fmt: skip


def check_declared(folder: Path, package: Path, engine: str = "") -> None:
    """Refuse outputs that say a value of a column declared personal, as a notebook does that prints a table itself.

    A value is looked for as the words it has; three or more Chinese characters also inside a longer text.

    Raises:
        InputError: names the files, the columns and how many values, none of them.
    """
    columns = _declared_columns(package)
    if not columns:
        return

    def texts() -> Iterator[tuple[str, str]]:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            yield from ((path.relative_to(folder).as_posix(), text) for text in _texts_of(path))

    if counts := _declared_in(texts, package, engine, columns):
        # the notebook that said them is kept as the failed one
        for path in folder.glob("*.ipynb"):
            _without_outputs(path)
        found = ", ".join(f"{count} values of {column} in {file}" for (file, column), count in sorted(counts.items()))
        raise InputError(
            f"outputs in {folder.name}", found=found, expected="none: the column is declared personal",
            hint="print tables.rows(...), which masks; what was published before stays",
        )  # fmt: skip


def _declared_columns(package: Path) -> list[tuple[str, str]]:
    return [(one.name, name) for one in read_package(package).tables.values() for name in sorted(one.personal)]


def _declared_in(
    texts: Callable[[], Iterator[tuple[str, str]]], package: Path, engine: str, columns: list[tuple[str, str]]
) -> Counter[tuple[str, str]]:
    """How many values of which of ``columns`` stand in which of the ``texts``, which are gone through twice.

    Of what a page says only the hashes are kept, eight bytes each; the rows of a package pass by.
    """
    import numpy as np

    runs = (hash(run) for _, text in texts() for run in _runs(WORD.findall(text)))
    pieces = []
    while (some := np.fromiter(islice(runs, AT_A_TIME * 10), np.int64)).size:
        pieces.append(np.unique(some))
    said = np.unique(np.concatenate(pieces)) if pieces else np.zeros(0, np.int64)
    if not said.size:
        return Counter()
    known: dict[str, set[str]] = {}
    for column, values in _declared_values(package, engine, columns):
        hashes = np.fromiter(map(hash, values), np.int64, len(values))
        at = np.minimum(np.searchsorted(said, hashes), said.size - 1)
        for place in np.flatnonzero(said[at] == hashes):
            known.setdefault(values[place], set()).add(column)
    found = {
        (name, run, column)
        for name, text in (texts() if known else ())
        for run in _runs(WORD.findall(text))
        for column in known.get(run, ())
    }
    return Counter((name, column) for name, _, column in found)


def _declared_values(package: Path, engine: str, columns: list[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """The words of the values of each of ``columns``, some at a time."""
    tables = open_package(package, names={table for table, _ in columns}, engine=engine, late="publish_without")
    for table, name in columns:
        for batch in tables[table].select(name).distinct().to_pyarrow_batches(chunk_size=AT_A_TIME):
            words = [WORD.findall(value) for value in batch[name].to_pylist() if isinstance(value, str)]
            yield f"{table}.{name}", [" ".join(one) for one in words if len("".join(one)) >= SHORTEST]


def _texts_of(path: Path) -> Iterator[str]:
    """What a file says; nothing where it is none of those that are looked through."""
    with suppress(InputError, OSError, ValueError, RecursionError):
        yield from (text for _, _, text in texts_in(path))


def _runs(words: list[str]) -> Iterator[str]:
    """What stands in a text: runs of up to ``WORDS`` words, and the parts of its Chinese words."""
    for start, word in enumerate(words):
        yield from (" ".join(words[start : start + width]) for width in range(1, WORDS + 1))
        if not word.isascii():
            yield from (
                word[at : at + width] for width in range(PART, LONGEST + 1) for at in range(len(word) - width + 1)
            )


def without_declared(error: ZtError, failed: Path | None, package: Path, engine: str = "") -> ZtError:
    """``error`` of a run, or one that quotes no value of a column declared personal; the ``failed`` notebook likewise.

    What a cell says that fails goes to the terminal, the log and the record before anybody scans it.
    """
    try:
        columns = _declared_columns(package)
    except ZtError:
        return error  # nothing was opened
    if failed is None or not columns:
        return error

    def texts() -> Iterator[tuple[str, str]]:
        yield "error", str(error)
        yield from (("notebook", text) for text in _texts_of(failed))

    try:
        said = {name for name, _ in _declared_in(texts, package, engine, columns)}
    except ZtError:
        said = {"notebook"}  # the rows themselves are refused, in words that mask
    if "notebook" in said:
        _without_outputs(failed)
    if "error" not in said:
        return error
    hint = "mask values before they are put into an error; the cell and its line are those of the failed notebook"
    return type(error)(error.thing, found="an error that quotes a value declared personal", hint=hint)


def mask_failed(path: Path) -> None:
    """Mask what the outputs of a failed notebook say of persons; take all of them out where that is not enough."""
    notebook = notebooks.read(path)
    for cell in notebook["cells"]:
        if "outputs" in cell:
            cell["outputs"] = _masked(cell["outputs"])
    notebooks.write(notebook, path)
    if not scan(path).found:
        return
    _without_outputs(path)


def _without_outputs(path: Path) -> None:
    notebook = notebooks.read(path)
    for cell in notebook["cells"]:
        cell["source"] = masked(cell["source"])
        if "outputs" in cell:
            cell["outputs"] = []
    notebooks.write(notebook, path)


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, list):
        return [_masked(one) for one in value]
    if isinstance(value, dict):
        return type(value)({name: _masked(one) for name, one in value.items()})
    return value


def _said(found: Scanned) -> str:
    counts = Counter((one.file, one.kind) for one in found.found)
    return ", ".join(f"{count} {KINDS[kind]} in {file}" for (file, kind), count in sorted(counts.items()))
