"""At the door: no column of a table names a person unless it is declared to (``"personal": true``).

Every column is looked at, on every engine. The engine says in one pass over a table which columns could hold personal
data at all, then which of their distinct values; only those are read here. What was found is counted and never quoted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zt_analysis.personal import column_kind, counted, is_amount
from zt_analysis.personal.forms import KINDS, WORTH_A_LOOK, WORTH_IN_ASCII
from zt_analysis.personal.names import is_name
from zt_analysis.personal.numbers import is_old_resident, is_resident
from zt_analysis.personal.parted import parted
from zt_analysis.sources.descriptor import Column, Package, Table
from zt_analysis.sources.dialects import literal, quoted
from zt_analysis.sources.personal_shapes import shape as shape_of
from zt_analysis.sources.problems import PERSONAL, Problem, refusal
from zt_analysis.sources.rows import DECLARED, OTHER, Engine, Rows

EXPECTED = 'none, or the column declared "personal": true in datapackage.json'
AROUND = "none outside the columns that are declared personal"
HINT = "take it out, or declare its column personal: values are then masked wherever they are shown"
# full-width digits, and what cannot be seen: as ``personal.forms`` reads a text
WIDE, NARROW = "０１２３４５６７８９Ｘｘ＠：（）－", "0123456789Xx@:()-"
UNSEEN = "[\u00ad\u200b-\u200f\u2060\ufeff]"
CODE = re.compile(r"(?:^|_)(?:id|code|no|number|key)$|编号|代码|编码|文号|序号|学号")
# by chance one code in twenty begins like a telephone number; telephone numbers all do
SHARE_OF_CODES = 0.5
RESIDENT, OLD, OLD_FROM = 18, 15, 2
SEVENTEEN = "'^[1-9][0-9]{16}[0-9Xx]$'"
PART = re.compile("[0-9]{0,17}[0-9Xx]")
WORDS = "'^[^0-9_]+$'"
NAMES_FROM, SHARE_OF_NAMES, NAMES_SEEN = 3, 0.6, 1000
Counts = dict[str, Counter[str]]
_CELL = re.compile(r"!([A-Z]+)([0-9]+)$")


def look(engine: Engine, package: Package, tables: Sequence[Table]) -> None:
    """See that no column of ``tables`` names a person unasked.

    Raises:
        SourceError: naming each such column, what is in it and how often; never a value.
    """
    refuse_unasked(engine.each(tables, lambda rows: Looking(rows, package).problems()))


def refuse_unasked(found: Iterable[Sequence[Problem]]) -> None:
    """Refuse a package of which ``problems`` found something in a table.

    Raises:
        SourceError: with all of it.
    """
    if problems := [one for each in found for one in each]:
        raise refusal(problems, HINT)


@dataclass(frozen=True)
class Looking:
    """A table that is looked at."""

    rows: Rows
    package: Package

    @property
    def table(self) -> Table:
        """What is declared of it."""
        return self.rows.table

    def problems(self) -> list[Problem]:
        """One for each column and file that names persons unasked, and for each place around the rows of a file."""
        found = [one for seen in self._open() for one in self._column(seen)] or list(self._parted())
        if self.table.source and not self.table.in_database:
            for path in self.table.parts.paths:
                found += self._around(path)
        return found

    def _open(self) -> list[Seen]:
        """The columns in which personal data could stand.

        Left out is what the declaration bounds to a list of words, or to the cells of a column that is looked at
        itself: any other value is refused by the verification that follows, and masked.
        """
        kinds = {one.name: column_kind(headers(self.table, one), one.type) for one in self.table.columns}
        bound = self._bound()
        free = [
            one
            for one in self.table.columns
            if not one.personal and (kinds[one.name] or not (one.name in bound or "enum" in one.constraints))
        ]
        shapes = self._shapes([one for one in free if one.type in ("string", "integer")])
        return [
            Seen(one, self.rows.sheet(one), kinds[one.name], shapes.get(one.name, "ascii"))
            for one in free
            if kinds[one.name] or shapes.get(one.name)
        ]

    def _bound(self) -> set[str]:
        """Columns whose values are those of another table's columns that are not personal."""
        return {
            here
            for key in self.table.foreign_keys
            if key.table in self.package.tables
            for here, there in zip(key.columns, key.references, strict=True)
            if there not in self.package.tables[key.table].personal
        }

    def _shapes(self, columns: list[Column]) -> dict[str, str]:
        """``ascii``, ``wide`` or nothing for each column: how to look at it, if at all."""
        if not columns:
            return {}
        asked = ", ".join(shape_of(one, self.rows) for one in columns)
        found = self._ask(f"SELECT {asked} FROM {self.rows.written}")[0]
        return {one.name: shape for one, shape in zip(columns, found, strict=True) if shape}

    def _column(self, seen: Seen) -> Iterator[Problem]:
        if seen.announced not in ("", "maybe_name"):
            counts: Counts = {place: Counter({seen.announced: count}) for place, count in self._filled(seen)}
        elif seen.column.type in ("string", "integer"):
            counts = self._forms(seen) or self._names(seen) or self._old_numbers(seen)
        else:
            return
        for place, kinds in counts.items():
            yield self._problem(seen.column.name, place, kinds, EXPECTED)

    def _forms(self, seen: Seen) -> Counts:
        """How many personal data of each kind stand in a column, by file and sheet."""
        words = self.rows.dialect
        plain, worth = "v", WORTH_IN_ASCII
        if seen.shape == "wide":
            narrow = f"translate(v, {words.literal(WIDE)}, {words.literal(NARROW)})"
            plain, worth = words.without.format(narrow, words.literal(UNSEEN)), WORTH_A_LOOK
        found: Counts = {}
        for place, value, count in self._ask(
            f"SELECT * FROM (SELECT {seen.place} AS s, {self.rows.text(seen.column)} AS v, count(*) AS n "
            f"{self._cells(seen)} GROUP BY 1, 2) AS g WHERE {words.finds.format(plain, words.literal(worth))}"
        ):
            if kinds := counted([(value, count)]):
                found.setdefault(place, Counter()).update(kinds)
        return self._without_codes(seen, found) if found else {}

    def _without_codes(self, seen: Seen, found: Counts) -> Counts:
        """``found`` without what amounts and codes have by chance in common with telephone numbers and cards."""
        names = headers(self.table, seen.column)
        amounts = seen.column.type == "integer" and any(map(is_amount, names))
        if not (amounts or seen.column.type == "integer" or any(CODE.search(one) for one in names)):
            return found
        rows = self._ask(f"SELECT count(*) {self._cells(seen)}")[0][0]
        for kind in ("mobile", "card"):
            if amounts or sum(one[kind] for one in found.values()) < SHARE_OF_CODES * rows:
                for one in found.values():
                    del one[kind]
        return {place: one for place, one in found.items() if one}

    def _names(self, seen: Seen) -> Counts:
        """A column whose values are names, whatever it is called."""
        latin = seen.announced == "maybe_name"
        if not latin and seen.shape != "wide":
            return {}
        name = self.rows.cell(seen.column)
        texts = self._ask(
            f"SELECT DISTINCT {name} AS v {self._cells(seen)} AND length({name}) BETWEEN 2 AND 40 "
            f"AND {self.rows.dialect.finds.format(name, WORDS)} ORDER BY 1 LIMIT {NAMES_SEEN}"
        )
        named = sum(is_name(text, latin=latin) for (text,) in texts)
        if named < (1 if latin else NAMES_FROM) or named < SHARE_OF_NAMES * len(texts):
            return {}
        return {place: Counter(name=count) for place, count in self._filled(seen)}

    def _old_numbers(self, seen: Seen) -> Counts:
        """A column of residents' numbers of fifteen digits, which have no check character: one code in eighty."""
        text = self.rows.text(seen.column)
        values = self._ask(f"SELECT {text} AS v {self._cells(seen)} AND length({text}) = {OLD} LIMIT {NAMES_SEEN}")
        old = sum(is_old_resident(value) for (value,) in values if value.isascii() and value.isdigit())
        if old < OLD_FROM or old < SHARE_OF_NAMES * len(values):
            return {}
        return {place: Counter(resident=count) for place, count in self._filled(seen)}

    def _parted(self) -> Iterator[Problem]:
        """Residents' numbers that stand in two or three columns side by side."""
        columns = [one for one in self.table.columns if one.type in ("string", "integer") and not one.personal]
        bound = self._bound()
        free = [one.name for one in columns if not (one.name in bound or "enum" in one.constraints)]
        digits = self._of_digits([one for one in columns if one.name in free])
        runs = [columns[at : at + width] for width in (2, 3) for at in range(len(columns) - width + 1)]
        # the first part may be a county's code; the others are in no list
        runs = [
            run for run in runs if run[-1].name in digits and all(one.name in digits for one in run if one.name in free)
            and sum(digits.get(one.name, RESIDENT) for one in run) >= RESIDENT
        ]  # fmt: skip
        if not runs:
            return
        whole = [" || ".join(map(self.rows.text, run)) for run in runs]
        lengths = [" + ".join(f"length({self.rows.text(one)})" for one in run) for run in runs]
        fits = [
            f"{length} = {RESIDENT} AND {self.rows.dialect.finds.format(text, SEVENTEEN)}"
            for length, text in zip(lengths, whole, strict=True)
        ]
        asked = ", ".join(f"bool_or({one})" for one in fits)
        found = self._ask(f"SELECT {asked} FROM {self.rows.written}")[0]
        for run, text, fit, has in zip(runs, whole, fits, found, strict=True):
            values = self._ask(f"SELECT {text} FROM {self.rows.written} WHERE {fit} LIMIT {NAMES_SEEN}") if has else []
            count = sum(is_resident(value) for (value,) in values)
            if count and count >= SHARE_OF_NAMES * len(values):
                names = " + ".join(one.name for one in run)
                yield self._problem(names, self.rows.place.file, Counter(resident=count), EXPECTED)
                return

    def _of_digits(self, columns: list[Column]) -> dict[str, int]:
        """The columns of which the first and the last cell in order are digits, and how many digits a cell has at most.

        Of whole numbers that are held as such the least says it: each one as text takes three times as long.
        """
        if not columns:
            return {}
        asked = ", ".join(
            f"min({self.rows.cell(one)}), max({self.rows.cell(one)}), 0" if self._is_whole(one)
            else f"min({self.rows.text(one)}), max({self.rows.text(one)}), max(length({self.rows.text(one)}))"
            for one in columns
        )  # fmt: skip
        found = self._ask(f"SELECT {asked} FROM {self.rows.written}")[0]
        digits: dict[str, int] = {}
        for one, least, most, longest in zip(columns, found[::3], found[1::3], found[2::3], strict=True):
            if type(least) is int:
                digits |= {one.name: len(str(most))} if least >= 0 else {}
            elif all(PART.fullmatch(str(end or "")) for end in (least, most)):
                digits[one.name] = longest
        return digits

    def _is_whole(self, column: Column) -> bool:
        return column.type == "integer" and self.rows.held_as(column) in (OTHER, DECLARED)

    def _around(self, path: Path) -> Iterator[Problem]:
        """What a submitted file says outside the rows read of it: captions, other sheets, comments, printed headers."""
        from zt_analysis.submissions.texts import texts_of

        if kinds := counted([(path.name, 1)]):
            yield self._problem("", path.name, kinds, "a file name that names no person")
        rows, found = self._rows_read(path), Counter[tuple[str, str]]()
        outside = [(place, text) for place, text in texts_of(path) if _CELL.sub(r"!\2", place) not in rows]
        for place, text in [*outside, *parted([outside, *self._lines(path)])]:
            found.update({(_CELL.sub("", place), kind): count for kind, count in counted([(text, 1)]).items()})
        for (place, kind), count in sorted(found.items()):
            yield self._problem("", place, Counter({kind: count}), AROUND)

    def _lines(self, path: Path) -> list[list[tuple[str, str]]]:
        """The cells read of a file row by row and column by column, but for those of personal columns."""
        columns = [one for one in self.table.columns if one.type in ("string", "integer") and not one.personal]
        asked = ", ".join(f"{quoted(f'_cell_{one.name}')}, {self.rows.text(one)}" for one in columns)
        if not columns:
            return []
        read = self._ask(f"SELECT {asked} FROM {self.rows.written} WHERE _file = {literal(path.name)}")
        rows, below = [], dict[str, list[tuple[str, str]]]()
        for row in read:
            cells = []
            for place, text in zip(row[::2], row[1::2], strict=True):
                if text and (at := _CELL.search(place or "")):
                    cells.append((len(at[1]), at[1], place, text))
            cells.sort()
            rows.append([(place, text) for _, _, place, text in cells])
            for _, letters, place, text in cells:
                below.setdefault(letters, []).append((place, text))
        return [*rows, *below.values()]

    def _rows_read(self, path: Path) -> set[str]:
        """The rows read of a file, each as ``file!sheet!row``."""
        rows = f"FROM {self.rows.written} WHERE _file = {literal(path.name)}"
        read = " UNION ".join(
            f"SELECT regexp_replace({quoted('_cell_' + one.name)}, '![A-Z]+([0-9]+)$', '!\\1') {rows}"
            for one in self.table.columns
        )
        return {row for (row,) in self._ask(read)}

    def _filled(self, seen: Seen) -> list[tuple[str, int]]:
        return self._ask(f"SELECT {seen.place}, count(*) {self._cells(seen)} GROUP BY 1")

    def _cells(self, seen: Seen) -> str:
        return f"FROM {self.rows.written} WHERE {self.rows.cell(seen.column)} IS NOT NULL"

    def _problem(self, column: str, place: str, kinds: Counter[str], expected: str) -> Problem:
        found = ", ".join(f"{count} {KINDS[kind]}" for kind, count in sorted(kinds.items()))
        return Problem(
            place.split("!", maxsplit=1)[0], place, self.table.name, None, column, found, expected, PERSONAL
        )  # fmt: skip

    def _ask(self, sql: str) -> list[tuple[Any, ...]]:
        return self.rows.ask(sql)


@dataclass(frozen=True)
class Seen:
    """A column to look at: SQL for where its cells stand, the kind its headers announce, ``ascii`` or ``wide``."""

    column: Column
    place: str
    announced: str
    shape: str


def headers(table: Table, column: Column) -> tuple[str, ...]:
    """What a column is called: in the package, in words, and in the files it is sent in."""
    sent = table.source.columns.get(column.name, ()) if table.source else ()
    return (column.name, column.title, *sent)
