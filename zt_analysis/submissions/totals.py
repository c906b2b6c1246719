"""Rows of totals (合计, 小计): known by their label, held against the rows they sum, never counted."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from zt_analysis.submissions.cells import INVISIBLE

GROUP = "小计"
# a label is short: a remark that mentions a sum is none
LONGEST_NAME = 16
ROWS = ""


@dataclass(frozen=True)
class Stated:
    """A row of totals: its number, its label, and by column what it states (``ROWS``: how many rows)."""

    row: int
    label: str
    values: dict[str, Decimal]


@dataclass
class Sums:
    """The sums so far; ``unread`` counts the values in each column that could not be read."""

    rows: int = 0
    values: dict[str, Decimal] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)

    def copy(self) -> Sums:
        """As they are now."""
        return Sums(self.rows, dict(self.values), dict(self.unread))

    def between(self, before: Sums, column: str) -> Decimal | None:
        """The sum of ``column`` over the rows since ``before``; None where a value is unread."""
        if column == ROWS:
            return Decimal(self.rows - before.rows)
        if self.unread.get(column, 0) != before.unread.get(column, 0):
            return None
        return self.values.get(column, Decimal(0)) - before.values.get(column, Decimal(0))


@dataclass
class Ledger:
    """The table's rows and totals in their order, the sums at each total kept."""

    sums: Sums = field(default_factory=Sums)
    totals: list[tuple[Stated, Sums]] = field(default_factory=list)

    def add_row(self, values: dict[str, Decimal | None], unread: list[str]) -> None:
        """One row of data; a missing value adds nothing."""
        self.sums.rows += 1
        for column, value in values.items():
            if value is not None:
                self.sums.values[column] = self.sums.values.get(column, Decimal(0)) + value
        for column in unread:
            self.sums.unread[column] = self.sums.unread.get(column, 0) + 1

    def add_total(self, stated: Stated) -> None:
        """One row of totals, where the table has it."""
        self.totals.append((stated, self.sums.copy()))

    def compared(self) -> list[tuple[Stated, dict[str, Decimal | None]]]:
        """Each row of totals with what its columns come to.

        小计 sums the rows since the total before it; where the first one stands above its rows, the rows down to the
        next 小计. Any other total sums all rows above it, or all below where it stands first. One that names a part
        (赤水源镇合计) and is not the sum of all may sum its part.
        """
        return [(stated, self._computed(at)) for at, (stated, _) in enumerate(self.totals)]

    def _computed(self, at: int) -> dict[str, Decimal | None]:
        stated, now = self.totals[at]
        whole = self._span(now, self.sums) if now.rows == 0 else self._span(Sums(), now)
        part = self._part(at)
        if GROUP in stated.label:
            return {column: part[1].between(part[0], column) for column in stated.values}
        computed = {column: whole[1].between(whole[0], column) for column in stated.values}
        if names_a_part(stated.label) and computed != stated.values:
            of_part: dict[str, Decimal | None] = {c: part[1].between(part[0], c) for c in stated.values}
            return of_part if of_part == stated.values else computed
        return computed

    @staticmethod
    def _span(first: Sums, last: Sums) -> tuple[Sums, Sums]:
        return first, last

    def _part(self, at: int) -> tuple[Sums, Sums]:
        now = self.totals[at][1]
        if self._parts_stand_first():
            following = (sums for stated, sums in self.totals[at + 1 :] if GROUP in stated.label)
            return now, next(following, self.sums)
        return (self.totals[at - 1][1] if at else Sums()), now

    def _parts_stand_first(self) -> bool:
        first = next((sums for stated, sums in self.totals if GROUP in stated.label), None)
        return first is not None and first.rows == 0


def total_label(values: list[Any], words: tuple[str, ...]) -> str | None:
    """The label among a row's ``values`` that makes it a row of totals, without white space.

    >>> [total_label(values, ("合计", "小计")) for values in ([3, "合 计", 120], ["东河县小计："], ["设计室"])]
    ['合计', '东河县小计', None]
    """
    pattern = _pattern(words)
    for value in values:
        if not isinstance(value, str) or len(value) > 60:
            continue
        text = "".join(INVISIBLE.sub("", unicodedata.normalize("NFKC", value)).split())
        if pattern.fullmatch(text):
            return text.rstrip(":：")
    return None


def rows_stated(values: list[Any]) -> int | None:
    """The number of rows that a total states in words: 共计12人.

    >>> rows_stated(["合计", "12人"]), rows_stated(["共计：12 户"]), rows_stated(["合计", "甲"])
    (12, 12, None)
    """
    for value in values:
        text = "".join(unicodedata.normalize("NFKC", value).split()) if isinstance(value, str) else str(value)
        found = re.search(r"(?<![0-9.])([0-9]+)(?:\.0)?[人名条例户所个件]?$", text)
        if found and not isinstance(value, bool):
            return int(found[1])
    return None


def names_a_part(label: str) -> bool:
    """Whether something stands before 合计 that is not the whole (全县, 全市).

    >>> names_a_part("赤水源镇合计"), names_a_part("全县合计"), names_a_part("合计")
    (True, False, False)
    """
    return not re.match(r"全|总|合计|共计|本[表县市区]", label)


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(map(re.escape, words))
    return re.compile(
        rf".{{0,{LONGEST_NAME}}}(?:{listed})(?:[数额人户]|人数|金额)?(?:\([^()]*\))?:?(?:[0-9]+[人名条例户所个件]?)?"
    )
