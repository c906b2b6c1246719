"""Dimensions: columns whose values are parts of the whole, and the names of those parts.

A dimension is declared by the data package: the key of a register (a table with the names of its rows, such as one of
counties or schools) or a column with a list of words. Nothing here knows which there are.
"""

from __future__ import annotations

from collections.abc import Iterable

from zt_analysis.sources import Table, Tables
from zt_analysis.terms import named

Name = dict[str, str]
NAMES = ("name_zh", "name_en", "name")


def registers(tables: Tables) -> dict[str, Table]:
    """The tables that name parts, by the column that is their key, in the order of the package."""
    found: dict[str, Table] = {}
    for table in tables.declared:
        if len(table.primary_key) == 1 and _name_columns(table):
            found.setdefault(table.primary_key[0], table)
    return found


def split_by(columns: Iterable[str], tables: Tables, preferred: str = "") -> str:
    """The dimension that a figure over ``columns`` is broken down by: ``preferred``, else the first register's key that
    is one of them; empty where there is none.
    """
    having = set(columns)
    return next((name for name in (preferred, *registers(tables)) if name in having), "")


def dimension_named(text: str, tables: Tables) -> str:
    """The dimension that ``text`` means: a column, the word for one in either language (county: ``area_code``).

    What means none is given back as it is: whoever asks for a figure by it says which there are.
    """
    known = {column.name for table in tables.declared for column in table.columns}
    if text in known:
        return text
    words = (name for name in sorted(known) if text in dimension_label(name).values())
    return next(words, f"{text}_code" if f"{text}_code" in known else text)


def dimension_label(name: str) -> Name:
    """What a dimension is called in both languages; its column's name where the office has no word for it."""
    term = named(name)
    return {"zh": term.zh, "en": term.en} if term else {"zh": name, "en": name}


def part_names(dimension: str, tables: Tables) -> dict[str, Name]:
    """The name of each part of a dimension that has a register, by code, in the order of the codes."""
    register = registers(tables).get(dimension)
    if register is None:
        return {}
    return dict(tables.keep(("part names", dimension), lambda: _of_register(register, dimension, tables)))


def part_name(dimension: str, code: str, tables: Tables) -> Name:
    """The name of one part: of its register, else the word for its code, else the code."""
    found = part_names(dimension, tables).get(code)
    if found is not None:
        return found
    term = named(code)
    return {"zh": term.zh, "en": term.en} if term else {"zh": code, "en": code}


def _of_register(register: Table, key: str, tables: Tables) -> dict[str, Name]:
    columns = _name_columns(register)
    rows = tables.rows(tables[register.name].select(key, *columns).order_by(key))
    first = columns[0]
    return {
        str(row[key]): {"zh": str(row.get("name_zh", row[first])), "en": str(row.get("name_en", row[first]))}
        for row in rows
    }


def _name_columns(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.name in NAMES]
