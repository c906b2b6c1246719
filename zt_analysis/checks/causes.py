"""Why two computations of one number may differ, declared once: ``office/causes/*.csv``, one row a cause.

``relations`` names the relations it is about; ``where`` says of which numbers (``year <= 2017; series = a|b``), by the
columns that name them; ``within`` (``500人``, ``0.1%``) how far apart they may be, ``rounded`` the multiple to which
one is the other rounded (1000: to whole thousands). A difference that no cause covers has none.
"""

from __future__ import annotations

import csv
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from zt_analysis.errors import InputError
from zt_analysis.office import FOLDER, Office, current
from zt_analysis.units import PRINTED_UNITS

COLUMNS = ("relations", "where", "within", "rounded", "zh", "en")
SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le, ">=": operator.ge, "!=": operator.ne, "=": operator.eq, "<": operator.lt, ">": operator.gt,
}  # fmt: skip
_CONDITION = re.compile(r"\s*(\w+)\s*(<=|>=|!=|=|<|>)\s*(.+?)\s*")
_WITHIN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(\D*?)\s*")
Condition = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True)
class Cause:
    """One row of a file of causes; ``place`` names the file and the row."""

    place: str
    relations: tuple[str, ...]
    where: tuple[Condition, ...]
    within: tuple[Fraction, str] | None
    rounded: int
    zh: str
    en: str

    def covers(self, row: Mapping[str, Any], left: Fraction | int, right: Fraction | int, unit: str) -> bool:
        """Whether it is why the two differ: the number named by ``row``, in ``unit``."""
        if not all(self._meets(row, *one) for one in self.where):
            return False
        if self.within is not None and abs(Fraction(left) - right) > self._apart(unit):
            return False
        return not self.rounded or _is_rounded(left, right, self.rounded)

    def _meets(self, row: Mapping[str, Any], column: str, sign: str, values: tuple[str, ...]) -> bool:
        if column not in row:
            raise self._wrong("where", column, f"a column of the numbers compared: {', '.join(row)}")
        found = row[column]
        meets = [SIGNS[sign](*_alike(found, value)) for value in values]
        return all(meets) if sign == "!=" else any(meets)

    def _apart(self, unit: str) -> Fraction:
        assert self.within is not None
        number, printed = self.within
        factor = PRINTED_UNITS.get(printed, {}).get(unit) if printed else Fraction(1)
        if factor is None:
            raise self._wrong("within", f"{number}{printed}", f"a number in a unit of {unit}")
        return number * factor

    def _wrong(self, column: str, found: object, expected: str) -> InputError:
        return InputError(f"{self.place}, {column}", found=found, expected=expected, hint="see docs/relations.md")


def causes_of(relation: str) -> tuple[Cause, ...]:
    """The causes that are declared for a relation, in the order of the files.

    Raises:
        InputError: a row that cannot be one; names file, row and column.
    """
    return tuple(one for one in _of_office(current()) if relation in one.relations)


def check_causes(known: Iterable[str]) -> None:
    """Refuse a cause of a relation that there is not: it would explain nothing.

    Raises:
        InputError: names file and row.
    """
    ids = sorted(known)
    for cause in _of_office(current()):
        if unknown := [one for one in cause.relations if one not in ids]:
            raise InputError(f"{cause.place}, relations", found=unknown[0], expected=", ".join(ids))


def cause_of(
    relation: str, row: Mapping[str, Any], left: Fraction | int, right: Fraction | int, unit: str
) -> Cause | None:
    """The first declared cause of one difference; None where there is none."""
    return next((one for one in causes_of(relation) if one.covers(row, left, right, unit)), None)


@cache
def _of_office(office: Office) -> tuple[Cause, ...]:
    return tuple(one for name, text in office.texts("causes", ".csv") for one in _read(f"{FOLDER}/causes/{name}", text))


def _read(file: str, text: str) -> Iterator[Cause]:
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise InputError(f"{file}, first row", found=", ".join(reader.fieldnames or ()), expected=", ".join(COLUMNS))
    for row in reader:
        place = f"{file}, row {reader.line_num}"
        if None in row or None in row.values():
            raise InputError(place, found="more or fewer cells than the first row", expected="a cell a column")
        yield _cause(place, {name: cell.strip() for name, cell in row.items()})


def _cause(place: str, cells: dict[str, str]) -> Cause:
    def wrong(column: str, expected: str) -> InputError:
        found = cells[column] or "nothing"
        return InputError(f"{place}, {column}", found=found, expected=expected, hint="see docs/relations.md")

    for column in ("relations", "zh", "en"):
        if not cells[column]:
            raise wrong(column, "a text")
    if not (cells["where"] or cells["within"] or cells["rounded"]):
        raise wrong("where", "which numbers, how far apart, or how one is rounded: a cause of everything is none")
    conditions = [_CONDITION.fullmatch(one) for one in filter(None, cells["where"].split(";"))]
    if None in conditions:
        raise wrong("where", "such as: year <= 2017; series = a|b")
    within = _WITHIN.fullmatch(cells["within"]) if cells["within"] else None
    if cells["within"] and not (within and (not within[2] or within[2] in PRINTED_UNITS)):
        raise wrong("within", "a number with its unit, such as 500人 or 0.1%")
    if cells["rounded"] and not (cells["rounded"].isdigit() and int(cells["rounded"]) > 1):
        raise wrong("rounded", "a whole number above 1, such as 1000")
    return Cause(
        place, tuple(cells["relations"].split()),
        tuple((one[1], one[2], tuple(one[3].split("|"))) for one in conditions if one),
        (Fraction(within[1]), within[2]) if within else None, int(cells["rounded"] or 0), cells["zh"], cells["en"],
    )  # fmt: skip


def _alike(found: Any, value: str) -> tuple[Any, Any]:
    """A cell and what it is compared with, as numbers where both are."""
    try:
        return Fraction(str(found)), Fraction(value)
    except ValueError:
        return str(found), value


def _is_rounded(left: Fraction | int, right: Fraction | int, to: int) -> bool:
    """Whether one is the other rounded to a multiple; a half may go either way, as programs differ in it."""
    return 2 * abs(Fraction(left) - right) <= to and (left % to == 0 or right % to == 0)
