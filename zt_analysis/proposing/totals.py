"""Rows that are none of the parts: totals and parts of parts, by their label or by their numbers; rows without a label.

A total is left out and held against the rows it sums. A row that is the sum of the others of its group is one, whatever
it is called. What lacks the label or the time that the others have is refused by its cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Any

from zt_analysis.errors import InputError
from zt_analysis.proposing.shaping import REMARK, Shaped, tidy
from zt_analysis.proposing.values import is_nothing, is_of_a_part, is_total, number, with_unit

TIMES = ("year", "date", "period")
GROUP = "小计"
# of a group: the sum, and what it is made of
FEWEST_PARTS = 2
NEAR = 20
MOST_LABELS = 4


@dataclass(frozen=True)
class Row:
    """A row: where it stands, the cells that say what it is of, its numbers, and its first cells, to be shown."""

    place: int
    labels: tuple[Any, ...]
    numbers: tuple[Decimal | None, ...]
    shown: str


@dataclass(frozen=True)
class Kinds:
    """What each column is: where times, parts and measures stand, and the first column that names a row."""

    times: tuple[int, ...]
    parts: tuple[int, ...]
    measures: tuple[int, ...]
    first: int | None


def kinds_of(kinds: Sequence[str], headers: Sequence[str]) -> Kinds:
    """Where the columns of each kind stand; what only remarks on a row is none."""
    said = [at for at, header in enumerate(headers) if not REMARK.fullmatch(header)]
    parts = [at for at in said if kinds[at] == "part"]
    names = [at for at in said if kinds[at] in ("part", "text")]
    return Kinds(
        tuple(at for at in said if kinds[at] in TIMES), tuple(parts),
        tuple(at for at in said if kinds[at] == "measure"), names[0] if names else None,
    )  # fmt: skip


def parts_only(found: Shaped) -> Shaped:
    """The table without the rows that their label says to sum others."""
    kept = [at for at, place in enumerate(found.places) if place not in found.totals]
    return replace(found, rows=[found.rows[at] for at in kept], places=[found.places[at] for at in kept])


def told(found: Shaped, kinds: Kinds, totals: Sequence[Row], parts: Sequence[Row]) -> Iterator[str]:
    """Each row of ``totals`` as it is left out, and where it is not the sum of the rows that it sums."""
    for one in totals:
        what = f"row {one.place} ({one.shown})"
        if any(map(is_of_a_part, one.labels)):
            yield f"{what}: a part of another row"
            continue
        own = _summed(one, totals, parts)
        if not own or any(_sums(of, one) for of in own):
            yield what
            continue
        best = own[0]
        wrong = [
            f"{found.headers[column]} {_plain(total)}"
            for column, value, total in zip(kinds.measures, one.numbers, _total(best), strict=True)
            if value is not None and value != total
        ]
        yield f"{what}: it is NOT the sum of rows {best[0].place} to {best[-1].place}, {', '.join(wrong)}"


def silent_totals(parts: Sequence[Row], kinds: Kinds) -> tuple[dict[int, str], list[str]]:
    """Rows that no label calls a total and that sum the others of their group, by place; what nearly does."""
    sums: dict[int, str] = {}
    near: dict[int, str] = {}
    for by in _groupings(kinds):
        groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
        for one in parts:
            groups[tuple(one.labels[at] for at in by)].append(one)
        names = [at for at in kinds.parts if at not in by] or [at for at in (kinds.first,) if at is not None]
        found: dict[tuple[Any, ...], list[tuple[Row, int, bool]]] = defaultdict(list)
        for group in groups.values():
            for one, equal, nearly in _judged(group):
                # what it is called, whichever group it stands in: a part may be the sum of the others once
                found[tuple(one.labels[at] for at in names)].append((one, equal, nearly))
        for rows in found.values():
            # of many small groups one has such a part by chance
            proven = all(equal for _, equal, _ in rows) and sum(equal for _, equal, _ in rows) > len(by) - len(
                kinds.times
            )
            (sums if proven else near).update(
                {one.place: one.shown for one, equal, nearly in rows if equal or (nearly and by == kinds.times)}
            )
    left = {
        place: f"row {place} ({shown}): the sum of the other rows of its group, so a total; if it is a part, "
               "add it to the package" for place, shown in sums.items()
    }  # fmt: skip
    noted = [
        f"row {place} ({shown}) is the sum of the others of its group, or nearly: read as a part; if it is a total, "
        "call it 合计"
        for place, shown in near.items() if place not in sums
    ]  # fmt: skip
    return left, noted


def refuse_blank(found: Shaped, kinds: Kinds) -> list[int]:
    """Refuse a row without the time or the label that the others have: it would be in no figure, or in no part.

    Returns:
        The columns of words that rows may leave empty: they are named by others.

    Raises:
        InputError: names the cell.
    """
    spare = []
    first = [] if kinds.first is None else [kinds.first]
    for at in dict.fromkeys((*kinds.times, *first, *kinds.parts)):
        blank = [place for place, row in zip(found.places, found.rows, strict=True) if is_nothing(row[at])]
        if not blank:
            continue
        others = {one for one in (*kinds.times, *first, *kinds.parts) if one != at}
        named = {tuple(str(row[one]) for one in others) for row in found.rows}
        if at not in (*kinds.times, *first) and (2 * len(blank) > len(found.rows) or len(named) == len(found.rows)):
            spare.append(at)
            continue
        many = f", and in {len(blank) - 1} more" if len(blank) > 1 else ""
        raise InputError(
            found.cell(at, blank[0]), found=f"nothing under {found.headers[at]}{many}", expected="it in each row",
            hint="write it in each row, also where the row above says it; of a total, write 合计",
        )  # fmt: skip
    return spare


def rows_of(found: Shaped, kinds: Kinds) -> list[Row]:
    """The rows, with what they are judged by."""
    rows = []
    for place, row in zip(found.places, found.rows, strict=True):
        labels = tuple(
            tidy(one) if not is_nothing(one) and at not in kinds.measures else None for at, one in enumerate(row)
        )
        shown = " ".join(str(one) for one in row if one is not None)[:40]
        rows.append(Row(place, labels, tuple(_number(row[at]) for at in kinds.measures), shown))
    return rows


def _number(value: Any) -> Decimal | None:
    written = None if is_nothing(value) else with_unit(value)
    return written[0] if written else number(value)


def _summed(one: Row, totals: Sequence[Row], parts: Sequence[Row]) -> list[list[Row]]:
    """The rows that a total may sum: those that share its other labels, those since the total above, those below."""
    said = [at for at, label in enumerate(one.labels) if label is not None and not is_total(label)]
    alike = [row for row in parts if all(row.labels[at] in (one.labels[at], None) for at in said)]
    before = max((row.place for row in totals if row.place < one.place), default=0)
    after = min((row.place for row in totals if row.place > one.place), default=one.place + len(parts) + len(totals))
    above = [row for row in parts if before < row.place < one.place]
    below = [row for row in parts if one.place < row.place < after]
    found = [alike, above, below, [row for row in parts if row.place < one.place], list(parts)]
    if any(GROUP in label for label in one.labels if label):
        stands_above = min(row.place for row in totals) < min((row.place for row in parts), default=0)
        found = [below, above, alike] if stands_above else [above, below, alike]
    return [rows for rows in found if rows]


def _total(rows: Sequence[Row]) -> list[Decimal]:
    return [sum((one for one in column if one is not None), Decimal(0))
            for column in zip(*(row.numbers for row in rows), strict=True)]  # fmt: skip


def _sums(rows: Sequence[Row], one: Row) -> bool:
    return all(value in (None, total) for value, total in zip(one.numbers, _total(rows), strict=True))


def _groupings(kinds: Kinds) -> Iterator[tuple[int, ...]]:
    """By time alone, and by time with one or two of the parts: 2024, or 2024 and 甲县."""
    parts = kinds.parts[:MOST_LABELS]
    for size in range(min(2, len(parts)) + 1):
        for some in combinations(parts, size):
            yield (*kinds.times, *some)


def _judged(group: Sequence[Row]) -> Iterator[tuple[Row, int, bool]]:
    """Each row with the number of its numbers that are the sum of the others', if all are; whether all nearly are."""
    totals = _total(group)
    filled = [sum(bool(one.numbers[at]) for one in group) for at in range(len(totals))]
    for one in group:
        # beside two numbers or more: otherwise it only is like another one
        own = [(value, total - value) for value, total, some in zip(one.numbers, totals, filled, strict=True)
               if value and some > FEWEST_PARTS]  # fmt: skip
        equal = all(value is None or 2 * value == total for value, total in zip(one.numbers, totals, strict=True))
        nearly = bool(own) and all(abs(value - rest) * NEAR <= abs(rest) for value, rest in own)
        yield one, len(own) if equal else 0, nearly


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
