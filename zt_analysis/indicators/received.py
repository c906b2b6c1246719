"""Parts of which nothing was received: a county's file that is not there, where a case is published without it.

What such a part has is not known. It is not 0: a figure of it has no value, and an absent row of a part that did report
stays a true 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zt_analysis.errors import InputError
from zt_analysis.indicators.indicator import Exact, Group, Scope
from zt_analysis.sources import Table, Tables
from zt_analysis.sources.arriving import left_out as left_out_of


@dataclass(frozen=True)
class Late:
    """The groups of a breakdown of which nothing was received; ``group in late`` asks for one.

    Attributes:
        parts: for each dimension of the breakdown the parts that are late.
        whole: the figure itself is of a late part.
    """

    parts: tuple[frozenset[str], ...] = ()
    whole: bool = False

    def __contains__(self, group: Group) -> bool:
        return self.whole or any(value in late for value, late in zip(group, self.parts, strict=False))

    def without(self, values: Mapping[Group, Exact]) -> dict[Group, Exact]:
        """``values`` with None for every late group, those that have no row included."""
        found: dict[Group, Exact] = {group: None if group in self else exact for group, exact in values.items()}
        for place, late in enumerate(self.parts):
            if late:
                around = dict.fromkeys((group[:place], group[place + 1 :]) for group in [*found])
                around |= {((), ()): None} if len(self.parts) == 1 else {}
                found |= {(*before, code, *after): None for before, after in around for code in sorted(late)}
        return found


def left_out(tables: Tables) -> list[dict[str, str]]:
    """Each part that a table was opened without: ``table``, ``by`` (its column), ``code``, ``name``."""
    return [one for one in left_out_of(tables.package) if one["table"] in tables.names] if tables.package else []


def late_groups(read: Iterable[str], by: Group, scope: Scope, tables: Tables) -> Late:
    """The late groups of a breakdown ``by`` of what the tables ``read`` hold within ``scope``."""
    names = frozenset(read)
    late = tuple(late_parts(names, dimension, tables) for dimension in by)
    return Late(late, any(value in late_parts(names, dimension, tables) for dimension, value in scope))


def late_parts(read: Iterable[str], dimension: str, tables: Tables) -> frozenset[str]:
    """Codes of the parts of ``dimension`` that one of the tables ``read`` was opened without.

    What lies in a late part is late with it: the schools whose register says that they are in a late county.
    """
    names, found = set(read), set()
    for one in left_out(tables):
        if one["table"] in names:
            found |= {one["code"]} if dimension == one["by"] else _within(dimension, one, tables)
    return frozenset(found)


def late_asked(indicator: str, read: Iterable[str], scope: Scope, tables: Tables) -> InputError:
    """What a person is told who asks for a figure of a late part."""
    names = set(read)
    late = dict.fromkeys(one["name"] for one in left_out(tables) if one["table"] in names)
    return InputError(
        f"indicator {indicator!r} of {', '.join(value for _, value in scope)}",
        found=f"not received: {', '.join(sorted(names))} without {', '.join(late)}", expected="a part that reported",
        hint="ask for another part, or wait for the file: what was not received is not 0",
    )  # fmt: skip


def _within(dimension: str, late: Mapping[str, str], tables: Tables) -> set[str]:
    """The parts that lie in a late one and nowhere else, as another table says: schools of a county, but no stage."""
    having = [one for one in tables.declared if one.name != late["table"] and _has(one, dimension, late["by"])]
    if not having:
        return set()
    register = min(having, key=lambda one: dimension not in one.primary_key)

    def ask() -> set[str]:
        rows = tables[register.name].filter(tables[register.name][dimension].notnull())
        inside = rows[late["by"]].cast("string") == late["code"]
        parts = rows.select(part=rows[dimension].cast("string"), outside=(~inside).cast("int"))
        found = parts.group_by("part").aggregate(outside=parts["outside"].sum())
        return {row["part"] for row in tables.rows(found) if row["outside"] == 0}

    found: set[str] = tables.keep(("late", register.name, dimension, late["by"], late["code"]), ask)
    return found


def _has(table: Table, *names: str) -> bool:
    return set(names) <= {column.name for column in table.columns}
