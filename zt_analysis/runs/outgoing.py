"""What leaves a run is scanned before it is published: a page that names a person takes nobody's place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from zt_analysis import notebooks
from zt_analysis.errors import InputError
from zt_analysis.personal import masked
from zt_analysis.personal.forms import KINDS
from zt_analysis.scanning import Scanned, scan, texts_in
from zt_analysis.sources import open_package, read_package

WORD = re.compile(r"[\w·*]+")
# shorter values stand everywhere; names of persons have up to four characters, one of four words is an address
SHORTEST, PART, LONGEST, WORDS = 2, 3, 8, 4
AT_A_TIME = 100_000


def check_outgoing(folder: Path, ledger: Mapping[str, Any]) -> None:
    """Refuse outputs that hold personal data.

    Raises:
        InputError: names the files and what is in them, no value.
    """
    found = scan(folder)
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
    columns = [(one.name, name) for one in read_package(package).tables.values() for name in sorted(one.personal)]
    if not columns:
        return
    said: dict[tuple[str, ...], set[str]] = {}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        for words in _words_of(path):
            said.setdefault(words, set()).add(path.relative_to(folder).as_posix())
    # what pages say is bounded; the rows of a package are not, and pass by
    found_in = {(words, column) for words, column in _declared_values(package, engine, columns) if words in said}
    counts = Counter((file, column) for words, column in found_in for file in said[words])
    if counts:
        # the notebook that said them is kept as the failed one
        for path in folder.glob("*.ipynb"):
            _without_outputs(path)
        found = ", ".join(f"{count} values of {column} in {file}" for (file, column), count in sorted(counts.items()))
        raise InputError(
            f"outputs in {folder.name}", found=found, expected="none: the column is declared personal",
            hint="print tables.rows(...), which masks; what was published before stays",
        )  # fmt: skip


def _declared_values(
    package: Path, engine: str, columns: list[tuple[str, str]]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """The words of every value of ``columns``, and the column it is of, some at a time."""
    tables = open_package(package, names={table for table, _ in columns}, engine=engine, late="publish_without")
    for table, name in columns:
        for batch in tables[table].select(name).distinct().to_pyarrow_batches(chunk_size=AT_A_TIME):
            for value in batch[name].to_pylist():
                words = tuple(WORD.findall(str(value)))
                if isinstance(value, str) and len("".join(words)) >= SHORTEST:
                    yield words, f"{table}.{name}"


def _words_of(path: Path) -> set[tuple[str, ...]]:
    """What a file says, in runs of up to ``WORDS`` words, and in the parts of its Chinese words."""
    try:
        texts = {text for _, _, text in texts_in(path)}
    except (InputError, OSError, ValueError, RecursionError):
        return set()
    return {run for text in texts for run in _runs(WORD.findall(text))}


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    for start, word in enumerate(words):
        yield from (tuple(words[start : start + width]) for width in range(1, WORDS + 1))
        if not word.isascii():
            yield from (
                (word[at : at + width],) for width in range(PART, LONGEST + 1) for at in range(len(word) - width + 1)
            )


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
