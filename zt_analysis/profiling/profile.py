"""A package read for what is odd in it."""

from __future__ import annotations

from dataclasses import dataclass

from zt_analysis.errors import SourceError
from zt_analysis.profiling.columns import copies, exchanged, relations
from zt_analysis.profiling.oddity import Oddity
from zt_analysis.profiling.panels import panels
from zt_analysis.profiling.series import leaps, rounded, zeros
from zt_analysis.sources import Tables

LOOKS = (leaps, zeros, rounded, copies, exchanged, relations)


@dataclass(frozen=True)
class Profile:
    """What was looked at (table, its measures, how many numbers), what was left (rows of single cases), what is odd."""

    looked: tuple[tuple[str, int, int], ...]
    left: tuple[str, ...]
    oddities: tuple[Oddity, ...]


def profile(tables: Tables) -> Profile:
    """Everything odd in the numbers of verified tables, for a person to judge.

    Raises:
        SourceError: no table has numbers under a key: nothing would be looked at.
    """
    looked: list[tuple[str, int, int]] = []
    left: list[str] = []
    found: list[Oddity] = []
    for name, panel in panels(tables):
        if panel is None:
            left.append(name)
            continue
        looked.append((panel.table, len(panel.measures), panel.count))
        found += [one for look in LOOKS for one in look(panel)]
    if not looked:
        raise SourceError(
            tables.package.name if tables.package else "tables", found="no table with numbers under a primary key",
            expected="at least one", hint="declare a primaryKey in datapackage.json",
        )  # fmt: skip
    return Profile(tuple(looked), tuple(left), tuple(dict.fromkeys(found)))
