"""Keys that the order of their rows proves unique: counting the different ones takes ten times as long, and memory.

Files are written in the order of their key as a rule, or are put together from such files. A run is a stretch of rows
in which a number of the key rises by small steps. Where no two runs reach into each other, no number is there twice.
A run ends wherever it falls or jumps; where it ends decides only whether the proof is found, not whether it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from zt_analysis.sources.descriptor import Table
from zt_analysis.sources.dialects import literal, quoted

# rows that are counted at once anyway; runs looked at before it is given up; groups of which each has runs of its own
FEW_ROWS, MOST_RUNS, MOST_GROUPS = 1_000_000, 50_000, 30
# a step that is so many times as wide as all are on average is a jump
JUMP = 30
FAR = 2**62
Ask = Callable[[str], list[tuple[Any, ...]]]


def in_order(ask: Ask, table: Table, key: Sequence[str]) -> bool:
    """Whether order shows that no two rows of the loaded ``table`` share ``key``, and no cell of it is empty.

    False says nothing: they have to be counted.
    """
    if len(key) == 1 and _rises(ask, table, key[0]):
        return True
    numbers = [one.name for one in table.columns if one.name in key and one.type == "integer"]
    if not numbers or ask(f"SELECT count(*) FROM {quoted(table.name)}")[0][0] < FEW_ROWS:
        return False
    return _in_runs(ask, quoted(table.name), numbers[0], [name for name in key if name != numbers[0]])


def _rises(ask: Ask, table: Table, column: str) -> bool:
    """In the order of the file, which DuckDB goes through once, holding one row."""
    rows = f"SELECT {quoted(column)} AS here, lag({quoted(column)}) OVER () AS before FROM {quoted(table.name)}"
    return bool(ask(f"SELECT count_if(before >= here OR here IS NULL) = 0 FROM ({rows}) AS r")[0][0])


def _in_runs(ask: Ask, name: str, number: str, others: Sequence[str]) -> bool:
    """Whether, for each of the few values of ``others``, the runs of ``number`` lie apart."""
    value, columns = quoted(number), ", ".join(map(quoted, others))
    groups = ask(
        f"SELECT count(*), count({value}), min({value}), max({value}){', ' if others else ''}{columns} FROM {name} "
        f"{f'GROUP BY {columns}' if others else ''} LIMIT {MOST_GROUPS + 1}"
    )
    if len(groups) > MOST_GROUPS or any(None in one or one[0] != one[1] or one[3] - one[2] >= FAR for one in groups):
        return False
    conditions = [
        " AND ".join(f"{quoted(other)} = {literal(cell)}" for other, cell in zip(others, one[4:], strict=True))
        or "true"
        for one in groups
    ]
    # a row that is in no group would have a key that nobody looked at
    counted = ask(f"SELECT {', '.join(f'count_if({one})' for one in conditions)} FROM {name}")[0]
    if list(counted) != [one[0] for one in groups]:
        return False
    return all(
        _lie_apart(ask(_edges(name, value, condition, jump := (most - least) // rows * JUMP + 1)), jump)
        for condition, (rows, _, least, most, *_) in zip(conditions, groups, strict=True)
    )


def _edges(name: str, value: str, condition: str, jump: int) -> str:
    """SQL for the rows at which a run begins or ends, each between its neighbours."""
    rows = (
        f"SELECT lag({value}) OVER () AS before, {value} AS here, lead({value}) OVER () AS after "
        f"FROM {name} WHERE {condition}"
    )
    return (
        f"SELECT * FROM ({rows}) AS r WHERE before IS NULL OR after IS NULL OR here <= before OR after <= here "
        f"OR here - before > {jump} OR after - here > {jump} LIMIT {2 * MOST_RUNS}"
    )


def _lie_apart(edges: Sequence[tuple[int | None, int, int | None]], jump: int) -> bool:
    if len(edges) == 2 * MOST_RUNS:
        return False
    begins = sorted(here for before, here, _ in edges if before is None or not 0 < here - before <= jump)
    ends = sorted(here for _, here, after in edges if after is None or not 0 < after - here <= jump)
    # in order of number, each run has ended before the next begins
    places = [number for pair in zip(begins, ends, strict=True) for number in pair]
    return all(before < here if place % 2 else before <= here for place, (before, here) in enumerate(pairwise(places)))
