"""What each row of a sheet is. One that carries the table's key, or could, is data or refused: no note, no total."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zt_analysis.submissions.captions import FOOTNOTE, is_footnote
from zt_analysis.submissions.cells import is_missing, read_cell
from zt_analysis.submissions.faults import CellError
from zt_analysis.submissions.grid import Broken, Merge, Sheet
from zt_analysis.submissions.headers import Header, plain
from zt_analysis.submissions.shapes import CHINESE, CODE_OF_LETTERS, OF_A_TIME, PERIOD, form, is_bare_code
from zt_analysis.submissions.sheet_layout import Field, Layout
from zt_analysis.submissions.totals import rows_stated, total_label

Cells = dict[int, Any]
# "unclear": neither a row of data nor a total nor a note with certainty, so the file is refused by it
ROW, TOTAL, UNCLEAR_TOTAL, NOTE, LINE, HEADER, BLANK = "row", "total", "unclear", "footnote", "line", "header", "blank"
# only columns that are not read are filled, as if the row's own values stood in the wrong ones
UNREAD = "unread"
SIGNATURE = re.compile(
    r"(?:填表|填报|制表|审核|负责|统计|经办|联系|报送|复核|编制|分管|单位负责|主要负责)[^:：]{0,6}[:：]"
)
BARE = re.compile(r"[^:：]{2,10}[:：]")
PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")
NUMBERED = re.compile("([1-9][0-9]?)[.、．)](?=.*[\u4e00-\u9fff])")
FIRST_NOTE = re.compile("[^0-9]{1,5}1[.、．)]")
SUM_WITH_WORD = re.compile("[0-9.]+")


@dataclass
class Kinds:
    """Judges the rows of ``sheet`` around the table under ``header``."""

    sheet: Sheet
    layout: Layout
    header: Header

    def of(self, row: int, cells: Cells) -> str:
        """The kind of a row below the header."""
        if _line(cells) in self._header_lines:
            return HEADER
        labels = [(column, label) for column in sorted(cells) if (label := self.label(cells[column]))]
        if labels:
            return self._with_label(cells, *labels[0])
        if is_footnote(cells) and (kind := self._footnote(row, cells)):
            return kind
        if self._is_one_text(cells) and self._continues_notes(row, cells):
            return NOTE
        if self._is_one_text(cells):
            return ROW if self.layout.blank_rows and min(cells) in self.keys else LINE
        return ROW if set(cells) & set(self.header.columns) else self._unread(cells)

    def _unread(self, cells: Cells) -> str:
        """BLANK for a row with nothing but what is not read where a template left it so: a number, a word."""
        said = {column: plain(value) for column, value in cells.items() if plain(value)}
        is_of_a_template = (
            len(said) <= 2
            and not any(isinstance(value, Broken) for value in cells.values())
            and all(
                text.isdecimal() or not re.search("[0-9]", text) or form(text) in self._unread_forms.get(column, ())
                for column, text in said.items()
            )
        )
        return BLANK if is_of_a_template else UNREAD

    @cached_property
    def _unread_forms(self) -> dict[int, set[str]]:
        """The forms of the values in each column that is not read, in rows whose key is there."""
        found: dict[int, set[str]] = {column: set() for column in self.header.ignored}
        for row, cells in self.sheet.rows.items():
            if row > self.header.bottom and all(column in cells for column in self.keys):
                for column in found.keys() & cells.keys():
                    found[column].add(form(plain(cells[column])))
        return found

    @cached_property
    def keys(self) -> list[int]:
        """The columns without whose values a row is none: the key, else what is required, else every text and date."""
        columns = self.header.columns
        texts = [column for column, one in columns.items() if not one.is_numeric]
        return (
            [column for column, one in columns.items() if one.name in self.layout.key]
            or [column for column in texts if columns[column].required]
            or texts
            or list(columns)
        )

    @cached_property
    def telling(self) -> set[int]:
        """The columns whose values tell a row from a note: the key, and texts that are required."""
        required = {column for column, one in self.header.columns.items() if one.required and not one.is_numeric}
        return required | set(self.keys)

    @cached_property
    def _header_lines(self) -> set[tuple[tuple[int, str], ...]]:
        rows = range(self.header.top, self.header.bottom + 1)
        return {line for row in rows if (line := _line(self.sheet.rows.get(row, {})))}

    def label(self, value: Any) -> str | None:
        """The words that make ``value`` the label of a total, if it is one."""
        return total_label([value], self.layout.totals)

    def _with_label(self, cells: Cells, at: int, label: str) -> str:
        """A row in which a word of totals stands: in its label, or in a remark of a row of data."""
        texts = [column for column in self._texts(cells) if column != at]
        numbers = [column for column in self.filled(cells) if column != at and self.header.columns[column].is_numeric]
        if SUM_WITH_WORD.match(label) and not PERIOD.match(label):
            return UNCLEAR_TOTAL  # 0合计: a value with the word behind it
        is_field, behind = at in self.header.columns, bool(numbers) and at > min(numbers)
        if all(column in texts or column in numbers for column in self.keys):
            is_full = len(texts) == sum(not one.is_numeric for one in self.header.columns.values()) - is_field
            is_remark = is_full and label not in self.layout.totals if is_field else is_full or behind
            return ROW if is_remark else UNCLEAR_TOTAL
        if behind and at not in self.keys:
            return UNCLEAR_TOTAL
        # 东河县 beside 小计 names a part; a number or name of a row beside it does not
        others = self.telling - set(self.keys) if at in self.telling else self.telling
        if (at not in self.telling or at in self.keys) and others & set(texts):
            return UNCLEAR_TOTAL
        if self._holds_more(cells, texts, at, label):
            return UNCLEAR_TOTAL
        own = [column for column in texts if column > at or not is_field]
        has_sums = any(one.is_numeric and one.summed for one in self.header.columns.values())
        states_rows = not has_sums and len(own) <= 1 and rows_stated(list(cells.values())) is not None
        return UNCLEAR_TOTAL if own and not states_rows else TOTAL

    def _holds_more(self, cells: Cells, texts: list[int], at: int, label: str) -> bool:
        """Whether a note or a code stands beside the label of a total, or its texts beside a code in the label."""
        beside = {column: plain(value) for column, value in cells.items() if column != at and isinstance(value, str)}
        return (
            any(FOOTNOTE.match(text) or CODE_OF_LETTERS.search(text) for text in beside.values())
            or any(column in self.keys and is_bare_code(cells[column]) for column in texts)
            or bool((any(beside.values()) or FOOTNOTE.match(label)) and is_bare_code(self.behind_marks(label)))
        )

    def _footnote(self, row: int, cells: Cells) -> str | None:
        """NOTE or LINE for a row that begins as a note does; None where it is one of data."""
        if len(cells) == 1:
            ((column, value),) = cells.items()
            if len(self.header.columns) < 2 and self.like_a_key(row, column, value):
                return None
            is_code = is_bare_code(self.behind_marks(plain(value))) and not OF_A_TIME.search(plain(value))
            return LINE if is_code or self.like_a_key(row, column, value) else NOTE
        if self._is_signature(row, cells):
            return NOTE
        is_row = all(column in self.filled(cells) for column in self.keys) or any(
            self.is_number(column, value) for column, value in cells.items()
        )
        return None if is_row or not set(cells) & set(self.header.columns) else LINE

    def _continues_notes(self, row: int, cells: Cells) -> bool:
        """Whether the line is the second or a later one of notes that are numbered: 注：1. … and below it 2. …"""
        number = _numbered(cells)
        while number is not None and number > 1:
            row, number = row - 1, number - 1
            before = self.sheet.rows.get(row, {})
            if len(before) != 1:
                return False
            if number == 1 and is_footnote(before):
                return bool(FIRST_NOTE.match(plain(before[min(before)])))
            if _numbered(before) != number:
                return False
        return False

    def _is_signature(self, row: int, cells: Cells) -> bool:
        """填表人：张三 and so on, each in a cell of its own, a name perhaps in the cell after."""
        before = ""
        for column, value in sorted(cells.items()):
            text = plain(value) if isinstance(value, str) else ""
            named = PERSON.fullmatch(text) or OF_A_TIME.search(before) or isinstance(value, datetime.date)
            if not (SIGNATURE.match(text) or (before and named and column not in self.keys)):
                return False
            is_number = re.search("[0-9]", text) and (self.is_typed(column) or not OF_A_TIME.search(text))
            if SIGNATURE.match(text) and (is_number or self.like_a_key(row, column, value)):
                return False
            before = text if BARE.fullmatch(text) else ""
        return True

    def like_a_key(self, row: int, column: int, value: Any) -> bool:
        """Whether what stands behind the mark of a note could be a key: a code among codes, a name among names.

        Behind a word (注：) a name does not count: any note in words has its form.
        """
        if column not in self.telling:
            return False
        merge = self.merge(row, column)
        is_wide = merge is not None and merge.right > merge.left
        text = plain(value)
        rest = self.behind_marks(text)
        word = text.partition(rest)[0] if rest else text
        known = self._forms[column]
        if not CHINESE.search(rest):
            is_code = bool(re.search("[0-9A-Za-z]", rest)) and not OF_A_TIME.search(word)
            is_title = is_wide and bool(PERIOD.fullmatch(rest)) and form(rest) not in known
            return is_code and not is_title and not all(CHINESE.search(form) for form in known or [""])
        if is_wide:
            return False
        return form(rest) in known and len(rest) <= max(map(len, known.values())) and text.startswith(("*", "※"))

    def behind_marks(self, text: str) -> str:
        """What stands behind the marks of notes and words of totals that ``text`` begins with."""
        text = next((text.removesuffix(word) for word in self.layout.totals if text.endswith(word)), text)
        while True:
            found = FOOTNOTE.match(text)
            word = found.group() if found else next(filter(text.startswith, self.layout.totals), "")
            if not word:
                return text
            text = text.removeprefix(word)

    @cached_property
    def _forms(self) -> dict[int, dict[str, str]]:
        """By key column the forms of its values, each with the longest value that has it."""
        found: dict[int, dict[str, str]] = {column: {} for column in self.telling}
        for row, cells in self.sheet.rows.items():
            if row <= self.header.bottom or is_footnote(cells) or len(cells) < min(2, len(self.header.columns)):
                continue
            for column in self.telling:
                text = plain(cells.get(column, ""))
                if text and not self.label(text) and len(text) > len(found[column].get(form(text), "")):
                    found[column][form(text)] = text
        return found

    def filled(self, cells: Cells) -> list[int]:
        """The columns of fields that hold something."""
        fields = self.header.columns
        return [
            column for column in sorted(cells) if column in fields and not is_missing(cells[column], fields[column])
        ]

    def _texts(self, cells: Cells) -> list[int]:
        return [column for column in self.filled(cells) if not self.header.columns[column].is_numeric]

    def is_typed(self, column: int) -> bool:
        """Whether the column is one of numbers or days."""
        one = self.header.columns.get(column)
        return one is not None and (one.is_numeric or one.type == "date")

    def is_number(self, column: int, value: Any) -> bool:
        """Whether ``value`` is a number in a column of numbers."""
        one = self.header.columns.get(column)
        return one is not None and one.is_numeric and _is_read(value, one)

    def _is_one_text(self, cells: Cells) -> bool:
        if len(cells) > 1 or len(self.header.columns) < 2:
            return False
        ((column, value),) = cells.items()
        one = self.header.columns.get(column)
        return isinstance(value, str) and not (one and one.is_numeric)

    def merge(self, row: int, column: int) -> Merge | None:
        """The merged cells that the cell belongs to."""
        return self.sheet.is_merged(row, column)


def _numbered(cells: Cells) -> int | None:
    """The number that a line of words begins with (2. …); None for other lines."""
    (value,) = cells.values() if len(cells) == 1 else (None,)
    found = NUMBERED.match(plain(value)) if isinstance(value, str) else None
    return int(found[1]) if found else None


def _is_read(value: Any, one: Field) -> bool:
    try:
        return read_cell(value, one).text is not None
    except CellError as error:
        # 约3000 is no number, and still what a row of data says
        return isinstance(value, int | float) or error.kind in ("approximate", "scaled", "integer", "separators")


def _line(cells: Cells) -> tuple[tuple[int, str], ...]:
    return tuple((column, plain(value)) for column, value in sorted(cells.items()))
