"""What a county's file must hold, as declared, and what reading it gave."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from zt_analysis.errors import InputError, SourceError
from zt_analysis.submissions.units import known_unit, same_dimension

TYPES = ("string", "integer", "number", "boolean", "date")
# what offices type into a cell that has no value; a blank cell is always missing
MISSING = ("—", "——", "－", "-", "--", "–", "―", "/", "／")
TOTALS = ("合计", "小计", "总计", "共计")
SHOWN = 20
# of a text in a message, a report or on the terminal; files of problems have the whole
LONGEST_TEXT = 200


def shortened(text: str) -> str:
    """``text`` as far as a message quotes it.

    >>> len(shortened("长" * 30_000)), shortened("短")
    (222, '短')
    """
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}... ({len(text)} characters)"


# the kind of the note on a file that says that there is nothing to report
ZERO = "zero"


@dataclass(frozen=True)
class Field:
    """One column.

    Attributes:
        name: the column's name in the rows.
        type: string, integer, number, boolean or date.
        headers: the column's header, and others it may have; the parts of a nested header joined by ``/``
            (``补助/人数``). White space and the form of brackets do not count.
        unit: the unit in which the file gives the values (``万元``); base: the unit of the rows (``分``), into which
            they are multiplied exactly. Without ``base`` values stay as they are.
        missing: words that mean no value, besides a blank cell.
        required: a missing value is a problem.
        width: of a code in digits; leading zeros that Excel took are put back up to it, and noted.
        values: the value for each word a cell may hold (小学: primary); any other word is a problem, unless words are
            ``kept`` as they are.
        summed: rows of totals hold its sum; not so for a rate, a standard, an age.

    Raises:
        InputError: an unknown type or unit, units that do not convert, no header.
    """

    name: str
    type: str
    headers: tuple[str, ...]
    unit: str = ""
    base: str = ""
    missing: tuple[str, ...] = MISSING
    required: bool = False
    width: int = 0
    values: Mapping[str, str] | None = None
    summed: bool = True
    kept: bool = False

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            raise self._wrong("type", self.type, ", ".join(TYPES))
        if not self.headers or not all(header.strip() for header in self.headers):
            raise self._wrong("headers", list(self.headers), "at least one header, none of them blank")
        for name in ("unit", "base"):
            value = getattr(self, name)
            if value and not known_unit(value):
                raise self._wrong(name, value, "a unit such as 元, 万元, 分, 人, 万人")
        if self.base and not same_dimension(self.unit, self.base):
            raise self._wrong("base", self.base, f"a unit that {self.unit or 'no unit'} can be multiplied into")
        if (self.unit or self.base) and not self.is_numeric:
            raise self._wrong("unit", self.unit, f"no unit for a column of type {self.type}")
        if (self.width or self.values) and self.type != "string":
            raise self._wrong("width or values", self.type, "a column of type string")

    @property
    def is_numeric(self) -> bool:
        """Whether it holds numbers."""
        return self.type in ("integer", "number")

    def _wrong(self, part: str, found: object, expected: str) -> InputError:
        return InputError(f"field {self.name!r}, {part}", found=found, expected=expected, hint="correct the layout")


@dataclass(frozen=True)
class FromName:
    """A value by a word in the name of the file (``part="file"``) or of its folder (``part="folder"``)."""

    values: Mapping[str, str]
    part: str = "file"

    def __post_init__(self) -> None:
        if self.part not in ("file", "folder"):
            raise InputError("FromName, part", found=self.part, expected="file or folder", hint="correct the layout")


@dataclass(frozen=True)
class Unpivot:
    """A table written side by side, one column for each year: which headers, and what they and their cells give.

    Attributes:
        headers: how such a header reads, with the column it gives in braces: ``{year}年``.
        column: that column's name; pattern: the headers as they are matched.
        into: the column that the cells give.
        unit_from: a column of labels that state the unit of their row's cells (在校学生数 (万人)); it is taken off the
            label, and the cells are multiplied into ones (人). Empty where no label states one.
        others: whether rows with a label that has no meaning among the column's ``values`` are left out, with a note.
    """

    headers: str
    column: str
    pattern: re.Pattern[str]
    into: str
    unit_from: str = ""
    others: bool = False


@dataclass(frozen=True)
class Layout:
    """The table to be found in a file.

    Attributes:
        fields: its columns, in any order.
        sheet: the sheet's name; empty: the only visible sheet that holds something.
        constants: columns with one value for all rows: text, or ``FromName``. Where a field has the same name, each
            row must hold that value.
        ignored: headers of columns that are not read (序号, 备注).
        totals: words by which a row of totals is known.
        zero_report: whether a file may say that there is nothing to report (零报告).
        key: the columns without which a row is none; a row that has them is never taken for a note or a total. Without
            a key the required texts and dates stand for it.
        unpivot: how the table stands side by side, where it does.
        blank_rows: whether a row may hold nothing but its label: nothing was published for it.

    Raises:
        InputError: no fields, a name or header declared twice.
    """

    fields: tuple[Field, ...]
    sheet: str = ""
    constants: Mapping[str, str | FromName] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    totals: tuple[str, ...] = TOTALS
    zero_report: bool = False
    key: tuple[str, ...] = ()
    unpivot: Unpivot | None = None
    blank_rows: bool = False

    def __post_init__(self) -> None:
        if not self.fields:
            raise InputError("layout", found="no fields", expected="at least one", hint="declare the columns")
        names = [one.name for one in self.fields]
        headers = [re.sub(r"\s", "", header) for one in self.fields for header in set(one.headers)]
        for kind, words in (("field", names), ("header", [*headers, *self.ignored])):
            twice = sorted({word for word in words if words.count(word) > 1})
            if twice:
                raise InputError(f"layout, {kind}", found=f"{twice[0]!r} twice", expected="once", hint="rename one")


@dataclass(frozen=True)
class Problem:
    """What stops a file from being used: where, in which column, what was found, what was expected, what to do.

    ``kind`` is one word for machines: header, unit, total, merged, number, date, ...
    """

    place: str
    column: str
    found: str
    expected: str
    kind: str
    hint: str

    def __str__(self) -> str:
        column = f" ({self.column})" if self.column else ""
        return f"{self.place}{column}: found {shortened(self.found)}; expected {self.expected}. Hint: {self.hint}"


@dataclass(frozen=True)
class Note:
    """What a reader of the file should know and is no error: title, unit, footnote, hidden, formula, zeros, zero."""

    place: str
    kind: str
    text: str


@dataclass(frozen=True)
class Total:
    """One number of a row of totals, held against the rows it sums; both in the column's base unit.

    ``computed`` is None where one of those rows could not be read. ``column`` is empty for a number of rows.
    """

    place: str
    label: str
    column: str
    stated: str
    computed: str | None

    @property
    def agrees(self) -> bool:
        """Whether the sum was computed and is the stated one."""
        return self.stated == self.computed


@dataclass(frozen=True)
class Account:
    """What became of each row of the sheet, from the first to the last that is filled.

    Attributes:
        seen: all of them; header: those of the header; read: rows of data; totals: held against the rows they sum.
        notes: captions, footnotes, repeated headers, each listed; blank: nothing in them, or in ignored columns only.
        refused: neither data nor total nor note, each a problem.
    """

    seen: int = 0
    header: int = 0
    read: int = 0
    totals: int = 0
    notes: int = 0
    blank: int = 0
    refused: int = 0

    @property
    def closes(self) -> bool:
        """Whether every row seen is accounted for."""
        return self.seen == self.header + self.read + self.totals + self.notes + self.blank + self.refused


@dataclass(frozen=True)
class Reading:
    """One file, read.

    Attributes:
        rows: each row's canonical text by column: ``1234``, ``2018-11-08``, ``true``; None where missing or unreadable.
        places: each row's cells by column: ``东河县.xlsx!Sheet1!D17``; of a constant, the file.
        problems: empty where the rows may be used.
        notes, totals: what was seen besides rows, and the rows of totals with their comparison.
        sha256: of the file's bytes.
        account: what became of each row of the sheet.
    """

    name: str
    rows: list[dict[str, str | None]]
    places: list[dict[str, str]]
    problems: list[Problem]
    notes: list[Note]
    totals: list[Total]
    sha256: str
    account: Account = Account()

    @property
    def is_zero_report(self) -> bool:
        """Whether the file says that there is nothing to report."""
        return any(note.kind == ZERO for note in self.notes)

    def refuse(self) -> None:
        """Raise SourceError where there are problems; the message names the first twenty, cell by cell."""
        if not self.problems:
            return
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        more = len(self.problems) - len(lines)
        listed = "\n  ".join([*lines, *([f"... and {more} more"] if more else [])])
        raise SourceError(
            self.name,
            found=f"{len(self.problems)} problems\n  {listed}\n",
            expected="none",
            hint="correct the file where it was made, and send it again",
        )
