"""The rows of a declared table where an engine holds them: what the checks that are the same everywhere stand on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from zt_analysis.personal import masked_cell
from zt_analysis.sources.descriptor import Column, Table
from zt_analysis.sources.dialects import Dialect

Answer = TypeVar("Answer")
# how cells are held: as they were written, as a number with a fraction, as some type, as the declared type
TEXT, FLOAT, OTHER, DECLARED = "text", "float", "other", "declared"


@dataclass(frozen=True)
class Place:
    """Where a person looks for a row: its file, the row in words, and its number in the file, if it has one."""

    file: str
    words: str
    number: int | None = None


class Rows(ABC):
    """The rows of ``table``: how they are called, told apart and asked for.

    Attributes:
        table: what is declared of them.
        replaces_bytes: whether bytes that are not UTF-8 have been read as U+FFFD instead of being refused.
    """

    table: Table
    replaces_bytes: bool = False

    @property
    @abstractmethod
    def dialect(self) -> Dialect:
        """The words of the engine."""

    @property
    @abstractmethod
    def place(self) -> Place:
        """Where all of the rows are."""

    @property
    @abstractmethod
    def written(self) -> str:
        """SQL for the rows as they are written."""

    @abstractmethod
    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """What the engine answers."""

    @abstractmethod
    def held_as(self, column: Column) -> str:
        """``TEXT``, ``FLOAT``, ``OTHER`` or ``DECLARED``."""

    @abstractmethod
    def cell(self, column: Column) -> str:
        """SQL for a cell as it is written, over ``written``; NULL where it is empty."""

    @abstractmethod
    def value(self, column: Column) -> str:
        """SQL for a cell as the declared type, over ``written``; NULL where it cannot be read as one."""

    @abstractmethod
    def label(self, column: str, key: Sequence[str] = ()) -> list[str]:
        """SQL for what tells a row from the others, over ``written``, where ``column`` is to be shown.

        Args:
            column: whose cell is looked for.
            key: columns that a message names anyhow.
        """

    @abstractmethod
    def labelled(self, label: Sequence[Any], key: Sequence[str] = ()) -> Place:
        """Where the row with this ``label``, asked for with ``key``, is."""

    @abstractmethod
    def twin(self, partition: str) -> str:
        """SQL that says of rows with one key where the others are, over a window of them; the label is ``_at0``, …"""

    @abstractmethod
    def twins(self, found: Any) -> str:
        """What ``twin`` found, in words."""

    @abstractmethod
    def sheet(self, column: Column) -> str:
        """SQL for the file and sheet a cell stands in."""

    def in_order(self, key: Sequence[str]) -> bool:
        """Whether the order of the rows shows that no two share ``key``; otherwise they have to be counted."""
        return False

    def repeating(self, columns: Sequence[Column]) -> list[Column]:
        """Those of ``columns`` that hold few values for their rows, so that ``by_value`` pays; none where the engine
        would have to count them to know."""
        return []

    def by_value(self, column: Column, conditions: Sequence[str]) -> list[int]:
        """In how many rows each of ``conditions`` is true: SQL over the cell of ``column``, asked once a value."""
        raise NotImplementedError

    def is_fault(self, error: Exception) -> bool:
        """Whether ``error`` says that a declaration cannot be evaluated."""
        return False

    @property
    def typed(self) -> str:
        """SQL for the rows as their declared types."""
        return self.dialect.quoted(self.table.name)

    def text(self, column: Column) -> str:
        """SQL for a cell as text."""
        return self.dialect.as_text(self.cell(column))


class Engine(Protocol):
    """Where tables are held: asks them one after another, or abreast."""

    def each(self, tables: Sequence[Table], work: Callable[[Rows], Answer]) -> list[Answer]:
        """What ``work`` gives for the rows of each table, in their order."""


def pairs(table: Table, names: Iterable[str], values: Iterable[object]) -> str:
    """The columns of a key with their values, as a message quotes them."""
    return ", ".join(
        f"{name} = {masked_cell(str(value), name, personal=name in table.personal)}"
        for name, value in zip(names, values, strict=True)
    )
