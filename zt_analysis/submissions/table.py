"""The table of one sheet: each row below the header is data, a total, a note, or a problem; none is left out."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zt_analysis.submissions import kinds
from zt_analysis.submissions.appearance import Appearance
from zt_analysis.submissions.cells import digits, number_in, quoted, read_cell, shown, tidy
from zt_analysis.submissions.faults import CellError
from zt_analysis.submissions.grid import Sheet, cell_name, letters
from zt_analysis.submissions.headers import Header, plain
from zt_analysis.submissions.kinds import Cells, Kinds
from zt_analysis.submissions.ragged import broken_off, split_numbers
from zt_analysis.submissions.sheet_layout import Field, Layout, Note, Problem, Total, shortened
from zt_analysis.submissions.totals import ROWS, Ledger, Stated, rows_stated, total_label
from zt_analysis.submissions.units import factor

CELLS_QUOTED = 6


@dataclass
class Table:
    """Reads ``sheet`` below ``header``; the results stand in its lists."""

    file: str
    sheet: Sheet
    layout: Layout
    header: Header
    constants: dict[str, str]
    rows: list[dict[str, str | None]] = field(default_factory=list)
    places: list[dict[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    padded: dict[str, list[str]] = field(default_factory=dict)
    data_rows: list[int] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    kinds: Kinds = field(init=False)

    def __post_init__(self) -> None:
        self.kinds = Kinds(self.sheet, self.layout, self.header)

    def read(self) -> None:
        """Everything below the header, each row once."""
        for row, cells in self.sheet.rows.items():
            if row > self.header.bottom:
                self._take(row, cells)
        self._compare_totals()
        self._find_merges()
        self._find_strays()
        for row, at, found in split_numbers(self.sheet, self.header, self.data_rows):
            hint = "put numbers with a comma in quotation marks, or write them without it; or save as .xlsx"
            self._problem(row, at, "", found, CellError("separators", "each number in one cell", hint))
        for row, at, found in broken_off(self.sheet, self.header, self.data_rows):
            hint = "send the whole file, with its blank cells, or save it as .xlsx"
            why = CellError("header", "a cell for each column that is read, if a blank one", hint)
            self._problem(row, at, self.header.columns[at].name, found, why)
        self._find_appearances()
        for column, cells_padded in self.padded.items():
            text = f"leading zeros put back in {len(cells_padded)} cells of {column}"
            self.notes.append(Note(cells_padded[0], "zeros", text))

    def _take(self, row: int, cells: Cells) -> None:
        kind = self.kinds.of(row, cells)
        self.counts[kind] += 1
        if kind == kinds.ROW:
            self._take_row(row, cells)
        elif kind == kinds.TOTAL:
            self._take_total(row, cells)
        elif kind == kinds.LINE:
            hint = "write — into the cells of a row that has no values; begin a footnote, in one cell, with 注："
            self.refuse_row(row, cells, CellError("line", "a row of the table, not a line of text", hint))
        elif kind == kinds.UNREAD:
            hint = "put the row's values under their own headers, or take the row out"
            why = CellError("line", "a row with its key; only columns that are not read are filled", hint)
            self.refuse_row(row, cells, why)
        elif kind == kinds.UNCLEAR_TOTAL:
            expected = "a row with all its texts, or a total with nothing but its label and its numbers"
            hint = "fill in the row, or leave the texts of a total blank; the word of totals is what makes it unclear"
            self.refuse_row(row, cells, CellError("total", expected, hint))
        else:
            # a template numbers its blank rows beforehand
            self._note(row, cells, kind)

    def refuse_row(self, row: int, cells: Cells, why: CellError) -> None:
        """A problem of the whole row, which is named by its first cell."""
        found = ", ".join(shown(value) for _, value in sorted(cells.items())[:CELLS_QUOTED])
        self._problem(row, min(cells), "", found, why)

    def _take_row(self, row: int, cells: Cells) -> None:
        values: dict[str, str | None] = dict(self.constants)
        places = dict.fromkeys(self.constants, self.file)
        unread: list[str] = []
        for column, one in self.header.columns.items():
            place = self._place(row, column)
            values[one.name], places[one.name] = None, place
            try:
                cell = read_cell(cells.get(column), one, is_1904=self.sheet.is_1904)
                values[one.name] = cell.text
                self._check_constant(row, column, one, cell.text)
            except CellError as error:
                if self._is_covered(row, column):
                    continue
                unread.append(one.name)
                self._problem(row, column, one.name, quoted(cells.get(column)), error)
            else:
                if cell.padded:
                    self.padded.setdefault(one.name, []).append(place)
        summed = {one.name: Decimal(text) for one in self._summed() if (text := values[one.name]) is not None}
        self.ledger.add_row(dict(summed), unread)
        self.rows.append(values)
        self.places.append(places)
        self.data_rows.append(row)

    def _take_total(self, row: int, cells: Cells) -> None:
        label = total_label([cells[column] for column in sorted(cells)], self.layout.totals) or ""
        stated = {}
        for column, one in self.header.columns.items():
            value = cells.get(column)
            # the label of a merge over number columns stands in the first of them
            if not one.summed or not one.is_numeric or self._says(value, label) or self._is_blank(value, one):
                continue
            try:
                stated[one.name] = number_in(value, one)
            except CellError as error:
                self._problem(row, column, one.name, quoted(value), error)
                return
        if not any(one.summed and one.is_numeric for one in self.header.columns.values()):
            count = rows_stated(list(cells.values()))
            stated = {} if count is None else {ROWS: Decimal(count)}
        if not stated:
            hint = "fill in the total, or take its row out"
            why = CellError("total", "the total of a column", hint)
            self._problem(row, min(cells), "", f"{label!r} without a number", why)
        self.ledger.add_total(Stated(row, label, stated))

    def _compare_totals(self) -> None:
        columns = {one.name: column for column, one in self.header.columns.items()}
        for stated, computed in self.ledger.compared():
            for name, value in stated.values.items():
                column = columns.get(name, min(self.sheet.rows[stated.row]))
                expected = computed[name]
                place = self._place(stated.row, column)
                total = Total(place, stated.label, name, digits(value), None if expected is None else digits(expected))
                self.totals.append(total)
                if expected is not None and expected != value:
                    self._total_differs(stated.row, column, total)

    def _total_differs(self, row: int, column: int, total: Total) -> None:
        one = self.header.columns.get(column)
        unit = f" {one.unit}" if one and one.unit else ""
        # in the unit of the cell, as its reader thinks of it
        computed = digits(Decimal(total.computed or 0) / factor(one.unit, one.base)) if one else total.computed
        what = f"the sum of its rows, {computed}{unit}" if total.column else f"{total.computed} rows"
        raw = shown(self.sheet.rows[row].get(column))
        found = f"{raw} as {total.label}" if total.column else f"{total.stated} rows as {total.label}"
        hint = "a row is missing, doubled or mistyped, or the total is old; the total itself is never counted"
        self._problem(row, column, total.column, found, CellError("total", what, hint))

    def _find_merges(self) -> None:
        fields = self.header.columns
        for merge in self.sheet.merges:
            named = [column for column in fields if merge.left <= column <= merge.right]
            first = bisect_left(self.data_rows, max(merge.top, self.header.bottom + 1))
            if named and first < len(self.data_rows) and self.data_rows[first] <= merge.bottom:
                found = f"merged cells {merge}"
                hint = "undo the merge and write the value into each cell it holds for"
                expected = "a value of its own in each cell"
                self._problem(merge.top, named[0], fields[named[0]].name, found, CellError("merged", expected, hint))

    def _find_strays(self) -> None:
        known = set(self.header.columns) | self.header.ignored | set(self.header.repeated)
        reported: set[int] = set()
        for row, cells in self.sheet.rows.items():
            if row <= self.header.bottom:
                continue
            for column in cells.keys() - known - reported - set(self.header.texts):
                reported.add(column)
                found = f"{shown(cells[column])} in column {letters(column)}, which has no header"
                hint = "give the column a header, or take the cell out"
                self._problem(row, column, "", found, CellError("header", "nothing beside the table", hint))

    def _find_appearances(self) -> None:
        seen = Appearance(self.sheet, self.header, self.data_rows)
        for row, column, found, why in seen.problems():
            self._problem(row, column, self.header.columns[column].name, found, why)
        self.notes += [Note(place, "appearance", text) for place, text in seen.notes(self.file)]

    def _check_constant(self, row: int, column: int, one: Field, text: str | None) -> None:
        wanted = self.constants.get(one.name)
        if wanted is not None and text is not None and text != wanted:
            raise CellError(
                "name", f"{wanted}, as the file's name or folder says", "move the row to the file it belongs to"
            )

    def _is_covered(self, row: int, column: int) -> bool:
        """Whether the cell is blank because it is merged with another, which is a problem of its own."""
        merge = self.sheet.is_merged(row, column)
        return merge is not None and (row, column) != (merge.top, merge.left)

    def _summed(self) -> list[Field]:
        return [one for one in self.header.columns.values() if one.is_numeric and one.summed]

    def _says(self, value: Any, label: str) -> bool:
        return isinstance(value, str) and plain(value).rstrip(":：") == label

    def _is_blank(self, value: Any, one: Field) -> bool:
        return value is None or (isinstance(value, str) and (tidy(value) == "" or tidy(value) in one.missing))

    def _note(self, row: int, cells: Cells, kind: str) -> None:
        text = shortened(" ".join(tidy(str(value)) for _, value in sorted(cells.items())))
        self.notes.append(Note(self._place(row, min(cells)), kind, text))

    def _place(self, row: int, column: int) -> str:
        return cell_name(self.file, self.sheet.name, row, column)

    def _problem(self, row: int, column: int, name: str, found: str, why: CellError) -> None:
        self.problems.append(Problem(self._place(row, column), name, found, why.expected, why.kind, why.hint))
