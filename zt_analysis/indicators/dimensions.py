"""Dimensions: columns whose values are parts of the whole, and the names of those parts.

A dimension is declared by the data package: the key of a register (a table with the names of its rows, such as one of
counties or schools) or a column with a list of words. Nothing here knows which there are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

import ibis.expr.types as ir

from zt_analysis.errors import InputError, SourceError
from zt_analysis.sources import Table, Tables
from zt_analysis.sources.descriptor import DESCRIPTOR, ForeignKey
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
    return _worded(name)


def _worded(key: str) -> Name:
    """The word for a key in both languages; the key itself where there is none."""
    term = named(key)
    return {"zh": term.zh, "en": term.en} if term else {"zh": key, "en": key}


def part_names(dimension: str, tables: Tables) -> dict[str, Name]:
    """The name of each part of a dimension that has a register, by code, in the order of the codes."""
    register = registers(tables).get(dimension)
    if register is None:
        return {}
    return dict(tables.keep(("part names", dimension), lambda: _of_register(register, dimension, tables)))


def see_names(tables: Tables) -> None:
    """Refuse a package whose registers do not tell their rows apart by name; of those that other tables refer to.

    Raises:
        SourceError: names both rows.
    """
    referred = {key.table for table in tables.declared for key in table.foreign_keys}
    for column, register in registers(tables).items():
        if register.name in referred and not register.foreign_keys:
            part_names(column, tables)


def part_name(dimension: str, code: str, tables: Tables) -> Name:
    """The name of one part: of its register, else the word for its code, else the code."""
    found = part_names(dimension, tables).get(code)
    return _worded(code) if found is None else found


def _of_register(register: Table, key: str, tables: Tables) -> dict[str, Name]:
    columns = _name_columns(register)
    rows = tables.rows(tables[register.name].select(key, *columns).order_by(key))
    first = columns[0]
    _refuse_shared(register, rows)
    return {
        str(row[key]): {"zh": str(row.get("name_zh", row[first])), "en": str(row.get("name_en", row[first]))}
        for row in rows
    }


def _refuse_shared(register: Table, rows: Iterable[Mapping[str, object]]) -> None:
    """Refuse a register of wholes (part of no other) that calls two of them the same: nothing that is said of one of
    them could be told from what is said of the other. Parts of two wholes may well share a name.

    Raises:
        SourceError: names both rows.
    """
    if register.foreign_keys:
        return
    key, known = register.primary_key[0], dict[tuple[str, str], object]()
    for row in rows:
        for column in _name_columns(register):
            name = str(row[column] or "")
            looks = "".join(unicodedata.normalize("NFKC", name).split())
            other = known.setdefault((column, looks), row[key])
            if looks and other != row[key]:
                raise SourceError(
                    f"{register.path.name}, {key} {row[key]}, column {column!r}",
                    found=f"{name!r}, the name of {key} {other} too", expected="a name that no other row has",
                    hint="correct it: pages and texts tell the rows by it",
                )  # fmt: skip


def _name_columns(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.name in NAMES]


def with_wholes(name: str, tables: Tables) -> ir.Table:
    """The rows of table ``name`` with a column for each dimension that its parts are part of.

    A hierarchy is declared once, by the foreign keys of registers: villages name their township, townships their
    county. A table that names villages only is then broken down by townships and counties, too.

    Raises:
        InputError: registers that are part of each other.
    """
    rows, declared = tables[name], {table.name: table for table in tables.declared}
    waiting: list[tuple[ForeignKey, tuple[str, ...]]] = [(key, (name,)) for key in declared[name].foreign_keys]
    while waiting:
        key, path = waiting.pop(0)
        register = declared.get(key.table)
        if register is None or len(key.columns) != 1 or key.references != register.primary_key:
            continue
        if register.name in path:
            raise InputError(
                "foreign keys", found=" -> ".join((*path, register.name)),
                expected="each register part of a larger one", hint=f"correct the foreign keys in {DESCRIPTOR}",
            )  # fmt: skip
        further = [one for one in register.foreign_keys if len(one.columns) == 1]
        columns = [one.columns[0] for one in further if one.columns[0] not in rows.columns]
        if columns:
            own, above = key.columns[0], tables[register.name]
            above = above.select(above[key.references[0]].name("_above"), *columns)
            rows = rows.left_join(above, rows[own] == above["_above"]).drop("_above")
        waiting += [(one, (*path, register.name)) for one in further]
    return rows
