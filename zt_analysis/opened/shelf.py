"""The tables of a case: ``book.tables.dropout_cases`` is a card, ``book.tables["dropout_cases"]`` the rows to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

from zt_analysis.errors import InputError, SourceError
from zt_analysis.opened.missing import Named, refuse
from zt_analysis.opened.naming import close, words_of
from zt_analysis.sources import Column, Table, Tables

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from zt_analysis.opened.frames import Shown


@dataclass(frozen=True, eq=False, repr=False)
class Shelf(Tables):
    """Verified tables that show themselves, each by a card.

    Attributes:
        language: in which they do: that of the case, or ``in_language``'s.
    """

    language: str = "zh"

    @classmethod
    def of(cls, tables: Tables, language: str = "zh") -> Self:
        """The same tables, asked in the same words."""
        return cls(**{one.name: getattr(tables, one.name) for one in fields(tables)}, language=language)

    def __getattr__(self, name: str) -> Card:
        if not name.startswith("_") and name in self.names:
            return self.card(name)
        refuse(self, name, "tables")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.names]

    def _ipython_key_completions_(self) -> list[str]:
        return list(self.names)

    def __iter__(self) -> Iterator[Card]:
        return (self.card(name) for name in self.names)

    def __len__(self) -> int:
        return len(self.names)

    def card(self, name: str) -> Card:
        """What is declared of a table, and its rows.

        Raises:
            SourceError: no such table; names the nearest.
        """
        if name not in self.names:
            raise self._no_table(name)
        declared = next((one for one in self.declared if one.name == name), None)
        if declared is None:
            raise SourceError(f"table {name!r}", found="a table in memory", expected="one of a package")
        return Card(self, declared)

    @property
    def unopened(self) -> list[Table]:
        """What the package declares beside these."""
        return [one for one in self.package.tables.values() if one.name not in self.names] if self.package else []

    def __repr__(self) -> str:
        return f"{len(self.names)} tables: {', '.join(self.names)}"

    def _repr_html_(self) -> str:
        from zt_analysis.opened.table_cards import tables_html

        return tables_html(self)


@dataclass(frozen=True, eq=False)
class Card(Named):
    """One table: its columns with what they mean, where its rows come from, what was checked of it."""

    tables: Shelf
    declared: Table

    @property
    def language(self) -> str:
        """In which it shows itself."""
        return self.tables.language

    @property
    def name(self) -> str:
        """Its name in the package."""
        return self.declared.name

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns as they are declared: name, title, type, what has to be true of them."""
        return self.declared.columns

    @property
    def count(self) -> int:
        """How many rows it has."""
        return self.tables.count(self.name)

    @property
    def rows(self) -> ir.Table:
        """Its rows, to be asked; the same as ``book.tables[name]``."""
        return self.tables[self.name]

    @property
    def schema(self) -> Shown:
        """Its columns as a frame: name, meaning, type, what it has to be."""
        from zt_analysis.opened.table_cards import schema

        return schema(self)

    def head(self, limit: int = 5) -> Shown:
        """Its first rows, personal columns masked."""
        import pandas as pd

        from zt_analysis.opened import frames

        if not isinstance(limit, int) or limit < 0:
            raise InputError("limit", found=repr(limit), expected="how many rows", hint="head(5)")
        found = pd.DataFrame(self.tables.rows(self.rows.limit(limit)), columns=[one.name for one in self.columns])
        heads = {one.name: frames.head(_header(one, self)) for one in self.columns}
        shown: Shown = frames.named(found, heads, language=self.language, title=self.name)
        return shown

    def __getitem__(self, column: str) -> Any:
        if column not in self._ipython_key_completions_():
            near = close(str(column), [each for one in self.columns for each in (one.name, one.title) if each])
            raise SourceError(
                f"table {self.name!r}, column {column!r}", found="no such column",
                expected=", ".join(self._ipython_key_completions_()),
                hint=f"did you mean {' or '.join(map(repr, near))}?" if near else "choose one of these",
            )  # fmt: skip
        return self.rows[column]

    def _ipython_key_completions_(self) -> list[str]:
        return [one.name for one in self.columns]

    def __repr__(self) -> str:
        from zt_analysis.opened.table_cards import card_lines

        return "\n".join(card_lines(self))

    def _repr_html_(self) -> str:
        from zt_analysis.opened.table_cards import card_html

        return card_html(self)


def _header(one: Column, card: Card) -> str:
    """A column over its values: a title, for which English has the words of its name."""
    return one.title if one.title and card.language == "zh" else words_of(one.name, card.tables)[card.language]
