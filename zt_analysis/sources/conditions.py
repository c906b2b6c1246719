"""What a column's declaration forbids, as SQL over a written row, in the words of the engine that holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zt_analysis.sources.descriptor import Column
from zt_analysis.sources.rows import DECLARED, FLOAT, TEXT, Rows

# how a value of a type is written as text
WRITTEN = {
    "integer": "[-+]?[0-9]+",
    "date": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "boolean": "[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]",
}
NAMES = {"integer": "a whole number", "date": "a date (YYYY-MM-DD)", "boolean": "true or false"}
UNREADABLE = "\ufffd"  # what a byte that is not UTF-8 is read as, where it is not refused


@dataclass(frozen=True)
class Condition:
    """Something that must not be true of a cell: SQL over the written row, and what was expected instead."""

    column: Column
    kind: str
    broken: str
    expected: str


def conditions(rows: Rows) -> list[Condition]:
    """Every condition on one cell that the table of ``rows`` declares."""
    return [one for column in rows.table.columns for one in _conditions(column, rows)]


def _conditions(column: Column, rows: Rows) -> Iterator[Condition]:
    yield from _types(column, rows)
    rules, text = column.constraints, rows.text(column)
    if rules.get("required") or column.name in rows.table.primary_key:
        yield Condition(column, "required", f"{rows.cell(column)} IS NULL", "a value")
    yield from _bounds(column, rows)
    for word, comparison, bound in (("minLength", "<", "at least"), ("maxLength", ">", "at most")):
        if word in rules:
            broken = f"length({text}) {comparison} {int(rules[word])}"
            yield Condition(column, "length", broken, f"{bound} {rules[word]} characters")
    if "enum" in rules:
        allowed = ", ".join(rows.dialect.literal(word) for word in rules["enum"])
        expected = "one of " + ", ".join(str(word) for word in rules["enum"])
        yield Condition(column, "enum", f"{text} NOT IN ({allowed})", expected)
    if "pattern" in rules:
        broken = f"NOT {rows.dialect.is_whole(text, rules['pattern'])}"
        yield Condition(column, "pattern", broken, f"text matching {rules['pattern']}")


def _types(column: Column, rows: Rows) -> Iterator[Condition]:
    """Whether a cell is of its type; a check that cannot fail is none."""
    held, cell = rows.held_as(column), rows.cell(column)
    if held == DECLARED:
        return
    if column.type == "string" and held == TEXT:
        if rows.replaces_bytes:
            broken = rows.dialect.holds.format(cell, rows.dialect.literal(UNREADABLE))
            yield Condition(column, "type", broken, "text in UTF-8")
        return
    broken = f"({cell} IS NOT NULL AND ({_mistyped(column, rows, held)}))"
    yield Condition(column, "type", broken, NAMES.get(column.type, "text"))


def _bounds(column: Column, rows: Rows) -> Iterator[Condition]:
    for word, comparison, bound in (("minimum", "<", "at least"), ("maximum", ">", "at most")):
        if word in column.constraints:
            limit = column.constraints[word]
            # not as a cell is cast: a bound that is none must not become NULL
            least = f"CAST({rows.dialect.literal(limit)} AS {rows.dialect.types[column.type]})"
            yield Condition(column, word, f"{rows.value(column)} {comparison} {least}", f"{bound} {limit}")


def _mistyped(column: Column, rows: Rows, held: str) -> str:
    """SQL that is true of a cell which is not of the declared type, given how it is held."""
    value, cell = rows.value(column), rows.cell(column)
    if held == TEXT and column.type in WRITTEN:
        # DuckDB would cast '12.5' to 13 and '2018-4-1 10:00' to a date without a word
        return f"{value} IS NULL OR NOT {rows.dialect.is_whole(cell, WRITTEN[column.type])}"
    if held == FLOAT and column.type == "integer":
        return f"{value} IS NULL OR {value} != {cell}"
    return f"{value} IS NULL"
