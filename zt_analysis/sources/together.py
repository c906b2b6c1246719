"""Several small questions in one statement: each gives its rows in columns that they share, filled up with NULL.

An engine takes as long to begin a question as to answer a small one. What a question gives is what it gives alone: its
own SQL stands in the statement as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zt_analysis.errors import SourceError
from zt_analysis.sources.asking import Reader, kinds_of
from zt_analysis.sources.dialects import DUCKDB, Dialect
from zt_analysis.sources.engines import Connection
from zt_analysis.sources.unbuilt import Unbuilt, built, name_in

if TYPE_CHECKING:
    import ibis.expr.types as ir

# the types that every engine has (``Dialect.types``)
KINDS = ("string", "integer", "boolean", "date")


@dataclass(frozen=True, eq=False)
class Question:
    """A question of a few rows, and the columns that order them."""

    asked: ir.Table | Unbuilt
    order: tuple[str, ...] = ()

    def built(self) -> ir.Table:
        """The expression, for whoever writes its SQL."""
        return built(self.asked)

    @property
    def columns(self) -> dict[str, str] | None:
        """Each column with its type; None where one has another than engines share."""
        return kinds_of(self.asked)


def from_reader(reader: Reader, asked: Iterable[Question]) -> list[tuple[Question, list[dict[str, Any]]]]:
    """The rows of those questions that ask verified tables in DuckDB and fit into one statement; none where it fails:
    asked alone, the question at fault says what is wrong."""
    import duckdb

    named = [(one, reader.question(name_in(one.asked))) for one in asked if one.columns is not None]
    fitting = [(one, reader.sql(name, one.built)) for one, name in named if name is not None]
    if len(fitting) < 2:
        return []
    try:
        _, rows = reader.found(statement(fitting, DUCKDB), named=True)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        return []
    return _with_rows(fitting, rows)


def from_connection(connection: Connection, asked: Iterable[Question]) -> list[tuple[Question, list[dict[str, Any]]]]:
    """As ``from_reader``, of another engine."""
    try:
        fitting = [(one, connection.sql(one.built())) for one in asked if one.columns is not None]
        if len(fitting) < 2:
            return []
        return _with_rows(fitting, connection.query(statement(fitting, connection.dialect)))
    except SourceError:
        return []


def _with_rows(
    asked: Sequence[tuple[Question, str]], rows: Iterable[Sequence[Any]]
) -> list[tuple[Question, list[dict[str, Any]]]]:
    questions = [one for one, _ in asked]
    return list(zip(questions, rows_of(questions, rows), strict=True))


def statement(asked: Sequence[tuple[Question, str]], dialect: Dialect) -> str:
    """One statement for questions given with their SQL; ``rows_of`` tells its rows apart."""
    slots = _slots(question for question, _ in asked)
    return "\nUNION ALL\n".join(
        _part(number, question, sql, slots, dialect) for number, (question, sql) in enumerate(asked)
    )


def rows_of(asked: Sequence[Question], rows: Iterable[Sequence[Any]]) -> list[list[dict[str, Any]]]:
    """The rows of each question, in its order."""
    slots = list(_slots(asked))
    places = [{name: slots.index(slot) + 2 for name, slot in _named(one).items()} for one in asked]
    found: list[list[dict[str, Any]]] = [[] for _ in asked]
    for row in sorted(rows, key=lambda row: (row[0], row[1])):
        found[row[0]].append({name: row[place] for name, place in places[row[0]].items()})
    return found


def _part(number: int, question: Question, sql: str, slots: Mapping[str, str], dialect: Dialect) -> str:
    name = dialect.quoted
    mine = {slot: name(column) for column, slot in _named(question).items()}
    ordered = ", ".join(f"{name(column)} ASC NULLS LAST" for column in question.order)
    place = f"ROW_NUMBER() OVER (ORDER BY {ordered})" if ordered else "1"
    cells = [f"CAST({mine.get(slot, 'NULL')} AS {dialect.types[kind]}) AS {name(slot)}" for slot, kind in slots.items()]
    columns = ", ".join((f"{number} AS {name('question')}", f"{place} AS {name('place')}", *cells))
    return f"SELECT {columns} FROM (\n{sql}\n) AS {name(f'question_{number}')}"


def _slots(asked: Iterable[Question]) -> dict[str, str]:
    """The shared columns with their types: of each type as many as the question needs that needs most."""
    found: dict[str, str] = {}
    for question in asked:
        found |= {slot: slot.rpartition("_")[0] for slot in _named(question).values()}
    return dict(sorted(found.items()))


def _named(question: Question) -> dict[str, str]:
    """The shared column that each column of a question is in."""
    counts = dict.fromkeys(KINDS, 0)
    found = {}
    for name, kind in (question.columns or {}).items():
        found[name] = f"{kind}_{counts[kind]}"
        counts[kind] += 1
    return found
