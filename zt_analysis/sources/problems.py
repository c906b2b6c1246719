"""What is wrong with the rows of a package: every problem with its place, what was found and what was expected.

A refusal carries all of them. Its message shows the first of each kind; a notebook that was refused carries the rest as
one structured output, from which a run writes ``problems.csv``.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from zt_analysis.errors import SourceError
from zt_analysis.ledger import PROBLEMS_MIME
from zt_analysis.personal import masked, masked_cell
from zt_analysis.submissions.sheet_layout import shortened

if TYPE_CHECKING:
    from zt_analysis.sources.descriptor import Table

SHOWN = 10
# problems of these kinds are about a row or a table and say so in full; the others quote one cell
PERSONAL = "personal"
WHOLE = ("primary_key", "unique", "foreign_key", "rows", "declaration")
# what a reader of submitted files says of a header, a sheet or a file in words of its own
OF_FILES = ("header", "sheet", "empty", "unit", "merged", "missing", "extra", "file", "total", "line")


@dataclass(frozen=True)
class Problem:
    """One thing that is not as declared.

    Attributes:
        file: the file that holds the row.
        place: where a person looks: file, row and line, or the cell of a workbook.
        table: the table's name in the package.
        row: number of the row from 1; None where the problem is not in one row.
        column: the column, or those of a key joined by ``, ``.
        found: the cell as written; None where it is empty.
        expected: what the declaration asks for.
        kind: ``type``, ``required``, ``minimum``, ``maximum``, ``enum``, ``pattern``, ``length``, ``primary_key``,
            ``unique``, ``foreign_key``, ``rows``, ``personal`` or ``declaration``.
        personal: whether its column is declared personal; what was found of it is masked.
        hint: what to do about it, where that is known.
        count: 1, or how many more there are of this kind that are not listed one by one.
    """

    file: str
    place: str
    table: str
    row: int | None
    column: str
    found: str | None
    expected: str
    kind: str
    count: int = 1
    personal: bool = field(default=False, repr=False)
    hint: str = ""

    def __post_init__(self) -> None:
        # a problem goes to the terminal, a log, a hook, a file and a page: here is the one place before all of them
        for name in ("file", "place"):  # a sheet's name, a file's
            object.__setattr__(self, name, masked(getattr(self, name)))
        if self.found is not None and self.kind != PERSONAL:
            is_cell = self.kind not in (*WHOLE, *OF_FILES)
            found = masked_cell(self.found, self.column if is_cell else "", personal=self.personal and is_cell)
            object.__setattr__(self, "found", found)

    @property
    def text(self) -> str:
        """The problem as one line; a long cell is shortened in it."""
        return f"{self._said}. Hint: {self.hint}" if self.hint else self._said

    @property
    def _said(self) -> str:
        whole = "" if self.found is None else shortened(self.found)
        if self.kind in WHOLE:
            return f"{self.place}: found {whole}; expected {self.expected}"
        if self.kind == PERSONAL:
            column = f", column {self.column!r}" if self.column else ""
            return f"{self.place}{column}: found {whole}; expected {self.expected}"
        found = "an empty cell" if self.found is None else repr(whole)
        if not self.column:
            return f"{self.place}: found {found}; expected {self.expected}"
        return f"{self.place}, column {self.column!r}: found {found}; expected {self.expected}"

    @property
    def check(self) -> tuple[str, ...]:
        """What the problem has in common with the others that one check found."""
        # where persons are named is said of each sheet
        place = (self.place,) if self.kind == PERSONAL else ()
        return (self.table, self.kind, self.column, self.expected, *place)


def place(table: Table, row: int, file: str | None = None, cell: str | None = None) -> str:
    """Where a person looks for a row of ``table``.

    Rows gathered from several files name their own ``file``, and those of a workbook the ``cell``
    (``东河县.xlsx!Sheet1!D17``, with or without the file in front).
    """
    if cell:
        return cell if not file or cell.startswith(file) else f"{file}!{cell}"
    name = file or table.path.name
    # a CSV's first line is its header, so a person looks one line further down
    line = "" if file or table.is_parquet else f" (line {row + 1})"
    return f"{name} row {row if file else table.parts.row(row)}{line}"


def message(problems: Sequence[Problem]) -> str:
    """The first problem of each check, up to ten, and how many there are of each kind."""
    checks = [list(each) for _, each in groupby(problems, key=lambda one: one.check)]
    lines = [_first(each) for each in checks[:SHOWN]]
    total = sum(one.count for one in problems)
    if total > 1:
        kinds: Counter[str] = Counter()
        for one in problems:
            kinds[one.kind] += one.count
        counted = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
        lines.append(f"{total} problems in all: {counted}")
    return "\n".join(lines)


def refusal(problems: Sequence[Problem], hint: str) -> SourceError:
    """The error of rows that are refused; it carries every problem."""
    error = SourceError(message(problems), hint=hint)
    error.problems = tuple(problems)
    return error


@contextmanager
def shown() -> Iterator[None]:
    """Let a notebook that is refused carry every problem, not only those that fit its error message."""
    try:
        yield
    except SourceError as error:
        if error.problems:
            _display(error.problems)
        raise


def _first(problems: Iterable[Problem]) -> str:
    first, *others = problems
    more = sum(one.count for one in others)
    return first.text + (f" (and {more} more {'rows' if more > 1 else 'row'})" if more else "")


def _display(problems: Sequence[Problem]) -> None:
    # outside a notebook nobody has imported it, and the message is all that can be shown
    module = sys.modules.get("IPython")
    if module is None or module.get_ipython() is None:
        return
    from IPython.display import display

    content = {"problems": [asdict(one) for one in problems]}
    display({PROBLEMS_MIME: content, "text/plain": message(problems)}, raw=True)  # type: ignore[no-untyped-call]
