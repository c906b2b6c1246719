"""What several tables have in common: one header, one name; one unit, one scale; a table of codes with their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from zt_analysis.proposing.columns import CODE, Column, Proposed
from zt_analysis.proposing.papers import TIMES
from zt_analysis.submissions.units import dimension

# names that say nothing of what the column is: another header may not have the same
SAYS_NOTHING = re.compile(r"column_\d+|place")
NAME = re.compile(r"名|name|title", re.IGNORECASE)
CODED = re.compile(r"\s*(?:代码|编号|编码|\bcode|\bno\.?|\bid)$", re.IGNORECASE)
ENGLISH_NAME = re.compile(r"英文|英语|外文|english|name_en", re.IGNORECASE)


@dataclass
class Register:
    """The members of a part, each with its names: a table of the office's own, or the values that its tables hold.

    Attributes:
        table: the table it is, if it is one; ``zh`` and ``en`` are its columns that hold the names.
        members: key and both names of each.
        added: members that tables name and that one lacks.
    """

    table: Proposed | None
    members: dict[str, tuple[str, str]]
    zh: Column | None = None
    en: Column | None = None
    added: list[str] = field(default_factory=list)


def bring_together(tables: Sequence[Proposed]) -> None:
    """Give columns of one header one name over all tables, and those of one unit one scale."""
    _name_once(tables)
    _scale_once(tables)


def _name_once(tables: Sequence[Proposed]) -> None:
    """灌区编码 is one part whichever table has it; 灌区编码 and 灌区名称 are two, in whichever place they stand."""
    named: dict[str, str] = {}
    taken: dict[str, str] = {}
    for table in sorted(tables, key=lambda one: one.stacked is not None):
        settled = {one.name for one in table.columns if not SAYS_NOTHING.fullmatch(one.name)}
        renamed: dict[str, str] = {}
        for column in table.columns:
            if column.kind in ("series", "value", "year") or not SAYS_NOTHING.fullmatch(column.name):
                continue
            name = named.get(column.header, column.name)
            number = 1
            while taken.get(name, column.header) != column.header or name in settled:
                name, number = f"column_{number}", number + 1
            named.setdefault(column.header, name)
            taken[name] = column.header
            settled.add(name)
            renamed[column.name], column.name = name, name
        _follow(table, renamed)


def _follow(table: Proposed, renamed: dict[str, str]) -> None:
    """The new names wherever the table says its columns."""
    table.key = [renamed.get(one, one) for one in table.key]
    if table.stacked:
        entry = table.stacked.entry
        entry["columns"] = {renamed.get(key, key): header for key, header in entry["columns"].items()}
        for old, new in renamed.items():
            entry["unpivot"]["headers"] = entry["unpivot"]["headers"].replace(f"{{{old}}}", f"{{{new}}}")


def _scale_once(tables: Sequence[Proposed]) -> None:
    """What is printed in one unit is kept in one: 万立方米 to a tenth in one column, and whole in another, add up."""
    by_unit: dict[str, list[Column]] = defaultdict(list)
    for table in tables:
        for column in table.columns:
            if column.kind == "measure" and column.unit and dimension(column.unit) != "money":
                by_unit[column.unit].append(column)
    for columns in by_unit.values():
        scale = max(one.scale for one in columns)
        for column in columns:
            column.unit_of = columns[0].name
            column.values = [None if one is None else one * (scale // column.scale) for one in column.values]
            column.scale, column.decimals = scale, max(one.decimals for one in columns)


def called(column: Column) -> str:
    """What a part is called: 灌区 of the column 灌区编码."""
    return CODED.sub("", column.header) or column.header


def registers_of(tables: Sequence[Proposed]) -> dict[str, Register]:
    """The register of each part: a table that is one, else the names of places that the tables hold."""
    held: dict[str, dict[str, None]] = {}
    places: set[str] = set()
    for table in tables:
        for column in table.columns:
            if column.kind == "part":
                held.setdefault(column.name, {}).update(dict.fromkeys(one for one in column.values if one))
                places |= {column.name} if column.is_place else set()
    found = {table.key[0]: made for table in tables if (made := _as_register(table, tables))}
    for name in places - set(found):
        # what stands only in a register is a name, and no part of its own
        if any(column.name == name for table in tables if not _is(table, found) for column in table.columns):
            found[name] = Register(None, {one: (one, one) for one in held[name]})
    return {name: found[name] for name in held if name in found}


def above(name: str, registers: dict[str, Register]) -> list[str]:
    """The parts that members of ``name`` lie in, by their register and by those of these: a town's county."""
    found: list[str] = []
    left = [name]
    while left:
        table = registers[one].table if (one := left.pop()) in registers else None
        wholes = [column.name for column in (table.columns if table else ()) if column.name in registers]
        new = [whole for whole in wholes if whole not in (name, *found)]
        found, left = [*found, *new], [*left, *new]
    return found


def _is(table: Proposed, found: dict[str, Register]) -> bool:
    return any(one.table is table for one in found.values())


def _as_register(table: Proposed, tables: Sequence[Proposed]) -> Register | None:
    """Whether a table lists the members of a part that others have figures of, with their names."""
    counted = [one for one in table.columns if one.kind in (*TIMES, "measure", "rate")]
    if table.stacked or counted or len(table.key) != 1 or len(table.columns) < 2:
        return None
    key = next(one for one in table.columns if one.name == table.key[0])
    known = dict.fromkeys(str(one) for one in key.values)
    used = dict.fromkeys(
        one for other in tables if other is not table for column in other.columns
        if column.name == key.name and column.kind in ("part", "text") for one in column.values if one
    )  # fmt: skip
    if not used or len(used.keys() & known.keys()) * 2 < len(used):
        return None
    texts = [one for one in table.columns if one is not key and one.kind in ("text", "part") and not one.personal]
    texts = [one for one in texts if not CODE.search(one.header) and all(one.values)]
    en = next((one for one in texts if ENGLISH_NAME.search(one.header)), None)
    zh = next((one for one in texts if one is not en and NAME.search(one.header)), None)
    zh = zh or next((one for one in texts if one is not en), None) if CODE.search(key.header) else zh
    if zh is None and en is None and CODE.search(key.header):
        return None
    zh, en = zh or key, en or zh or key
    rows = zip(key.values, zh.values, en.values, strict=True)
    members = {str(one): (str(chinese), str(english)) for one, chinese, english in rows}
    added = [one for one in used if one not in known]
    return Register(table, members | {one: (one, one) for one in added}, zh, en, added)
