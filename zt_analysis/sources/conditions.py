"""What a column's declaration forbids, as SQL over a raw row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zt_analysis.sources.descriptor import Column, Table
from zt_analysis.sources.loading import SQL_TYPES, literal, quoted, typed

# how a value of a type is written as text
WRITTEN = {"integer": "[-+]?[0-9]+", "date": "[0-9]{4}-[0-9]{2}-[0-9]{2}", "boolean": "(?i)true|false"}
NAMES = {"integer": "a whole number", "date": "a date (YYYY-MM-DD)", "boolean": "true or false"}


@dataclass(frozen=True)
class Condition:
    """Something that must not be true of a cell: SQL over the raw row, and what was expected instead."""

    column: str
    kind: str
    broken: str
    expected: str


def conditions(table: Table, stored: dict[str, str]) -> list[Condition]:
    """Every condition on one cell that ``table`` declares, given the type each column has in its file."""
    return [one for column in table.columns for one in _conditions(column, table, stored[column.name])]


def _conditions(column: Column, table: Table, stored: str) -> Iterator[Condition]:
    name, rules = quoted(column.name), column.constraints
    # any text is a text: a check that cannot fail is none
    if not (column.type == "string" and stored == "VARCHAR"):
        broken = f"({name} IS NOT NULL AND ({_mistyped(column, stored)}))"
        yield Condition(column.name, "type", broken, NAMES.get(column.type, "text"))
    if rules.get("required") or column.name in table.primary_key:
        yield Condition(column.name, "required", f"{name} IS NULL", "a value")
    yield from _bounds(column)
    text = f"CAST({name} AS VARCHAR)"
    for word, comparison, bound in (("minLength", "<", "at least"), ("maxLength", ">", "at most")):
        if word in rules:
            broken = f"length({text}) {comparison} {int(rules[word])}"
            yield Condition(column.name, "length", broken, f"{bound} {rules[word]} characters")
    if "enum" in rules:
        allowed = ", ".join(literal(word) for word in rules["enum"])
        expected = "one of " + ", ".join(str(word) for word in rules["enum"])
        yield Condition(column.name, "enum", f"{text} NOT IN ({allowed})", expected)
    if "pattern" in rules:
        broken = f"NOT regexp_full_match({text}, {literal(rules['pattern'])})"
        yield Condition(column.name, "pattern", broken, f"text matching {rules['pattern']}")


def _bounds(column: Column) -> Iterator[Condition]:
    for word, comparison, bound in (("minimum", "<", "at least"), ("maximum", ">", "at most")):
        if word in column.constraints:
            limit = column.constraints[word]
            broken = f"{typed(column)} {comparison} CAST({literal(limit)} AS {SQL_TYPES[column.type]})"
            yield Condition(column.name, word, broken, f"{bound} {limit}")


def _mistyped(column: Column, stored: str) -> str:
    """SQL that is true of a cell which is not of the declared type, given the type its file stores."""
    name, value = quoted(column.name), typed(column)
    if stored == "VARCHAR" and column.type in WRITTEN:
        # DuckDB would cast '12.5' to 13 and '2018-4-1 10:00' to a date without a word
        return f"{value} IS NULL OR NOT regexp_full_match({name}, {literal(WRITTEN[column.type])})"
    if stored in ("DOUBLE", "FLOAT") and column.type == "integer":
        return f"{value} IS NULL OR {value} != {name}"
    return f"{value} IS NULL"
