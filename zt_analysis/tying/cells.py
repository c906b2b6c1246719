"""Numbers in tables: each cell read as a clause made of its row, its column and its unit, and tied like prose.

A cell's clause has the words of its row and column in the orders in which people write them; the caption governs it
as a heading does, and gives it its time and place. What the caption, a remark of the row or the note under the table
say has to be understood word by word too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import zt_analysis.expressions as re
from zt_analysis.documents import Block, Document
from zt_analysis.documents.tabled import tables_of
from zt_analysis.documents.tables import MARKS, NO_UNIT, NUMERIC, TOTALS, Table
from zt_analysis.numbers import Mention, read_numbers
from zt_analysis.tying.as_one_reads import simplified
from zt_analysis.tying.captions import Captions
from zt_analysis.tying.case import Case
from zt_analysis.tying.cell_columns import base_of_change, base_of_rank, base_of_share, moved, says_change
from zt_analysis.tying.cell_doubts import CellDoubts
from zt_analysis.tying.cell_reading import CellReading, Clause
from zt_analysis.tying.cell_times import apart
from zt_analysis.tying.closed import without_places
from zt_analysis.tying.row_labels import RowLabels
from zt_analysis.tying.sentences import Sentences
from zt_analysis.tying.table_notes import narrowing_part, said_of_cell
from zt_analysis.tying.time_words import AT_END, AT_START
from zt_analysis.tying.units import COUNTED, FAMILIES

IN_BRACKETS = re.compile(rf"[（(]\s*(?:单位[:：])?\s*{NO_UNIT}(?:[^（）()\d]{{1,4}}|[%％‰])\s*[）)]\s*$")
# a heading that says only that numbers stand under it
VALUES = re.compile(r"数值|数据|数量|数额|指标值|统计数|统计值|统计结果|结果|数字")
DAY = re.compile(r"(?:(?:19|20)\d\d年)?(\d{1,2}月\d{1,2}日)")
SHORT = 14
BARE = ""
# of what a share or a place is said: any number will do
ANY = "100"


class Cells:
    """The numbers in the tables of a document."""

    def __init__(self, document: Document, case: Case, mentions: Sequence[Mention]) -> None:
        self._document = document
        self._case = case
        self._mentions = mentions
        self._dated = date.fromisoformat(case.paper.issued_on)
        self._tables: dict[int, list[Table]] = {}  # several of one number stand side by side
        for one in tables_of(document):
            self._tables.setdefault(one.number, []).append(one)
        self._labels = RowLabels(case)
        self._doubts = CellDoubts(case, self._labels)
        self._captions = Captions(case, self._dated)
        self._both = [f"{day.month}月{day.day}日" for day in (case.paper.period.base_on, case.paper.period.as_of)]
        self._days: dict[int, bool] = {}
        self._starts: dict[int, bool] = {}
        self._bases: dict[tuple[int, int], tuple[int, str]] = {}
        self._ends: dict[int, Mention] = {}
        self._in_cells: dict[int, dict[tuple[int, int], list[Mention]]] = {}

    def __bool__(self) -> bool:
        return bool(self._tables)

    @property
    def notes(self) -> str:
        """The notes under all tables."""
        return "。".join(one.note for (one, *_) in self._tables.values() if one.note)

    def holds(self, place: int) -> bool:
        """Whether a place of the prose lies in a table of numbers; one that only lays out a page is none."""
        block = self._document.block_at(self._document.prose.span(place, place + 1)[0])
        table = self._table(block) if block and block.kind == "table-cell" else None
        return table is not None and not table.is_one_row and table.first_row > 0 and table.first_column > 0

    def _table(self, block: Block) -> Table | None:
        halves = self._tables.get(block.place.table or 0, [])
        column = block.place.column or 0
        return next((one for one in reversed(halves) if min(at for _, at in one.words) <= column), None)

    def reading(self, mention: Mention) -> CellReading | None:
        """How a number of the text can be read as a cell; None where it stands in no row of numbers or labels."""
        block = self._document.block_at(self._document.prose.span(mention.start, mention.end)[0])
        if mention.role == "enumerator" or mention.kind not in COUNTED or block is None:
            return None
        row, column = block.place.row, block.place.column
        table = self._table(block)
        if block.kind != "table-cell" or table is None or not row or not column or table.is_one_row:
            return None
        if table.is_list_number(row, column):
            return CellReading((), excuse="tie_enumerator")
        found = self._cell(table, row, column, mention)
        return replace(found, last=self._last(table.number)) if found else None

    def _cell(self, table: Table, row: int, column: int, mention: Mention) -> CellReading | None:
        before, line, after = self._line(mention)
        if not (table.is_body(row, column) or column in table.ranks_before):
            return self._in_words(table, row, column, mention, line, len(before))
        after = MARKS.sub("", after)
        above, unknown = self._captions.above(table)
        said, mark = said_of_cell(table, row, column, self._case.parts)
        unknown = unknown or mark or (self._captions.unknown(said) if said else "")
        words = "".join((*table.labels(row), *table.headings(column)))
        if said and not unknown:
            unknown = narrowing_part(said, words, self._captions.places(table), self._case.parts)
        unknown = unknown or self._captions.narrows(table, words)
        if said and (beyond := self._captions.other_time(said)):
            return CellReading((), beyond=beyond)
        remark = self._remark(table, row)
        if unknown or (why := self._doubts.why(table, row, column)):
            return CellReading((), unknown, why=None if unknown else why)
        if not table.labels(row) and table.is_labelled:
            return CellReading(())  # which row it is of nobody says
        whole = "".join(MARKS.sub("", line.strip("* ")).split())
        if NUMERIC.fullmatch(whole) and (viewed := self._viewed(table, row, column, mention, above, remark)):
            return viewed
        unit = self._units(table, row, column, after) if NUMERIC.fullmatch(whole) else (BARE,)
        found = [
            self._clause(mention, above, f"{words}{before}", f"{mention.surface}{after}{one}{remark}")
            for words in self._orders(table, row, column)
            for one in unit
        ]
        return CellReading(
            tuple(one for one in found if one), note=table.note, parts=self._summed(table, row, column, mention)
        )

    def _viewed(
        self, table: Table, row: int, column: int, mention: Mention, above: str, remark: str
    ) -> CellReading | None:
        """A share or a place among all of what another column counts, read by that column's clauses."""
        base, view = self._base(table, column)
        if not base:
            return None
        verb, unit = "", "%" if view == "share" else "位"
        in_hundred = table.words.get((row, base), "").endswith(("%", "％"))
        units = ("%",) if in_hundred else self._units(table, row, base, "")
        if view == "change":
            word, own = MARKS.sub("", table.words[row, column]), table.unit(row, column)
            view, verb, unit = moved(table.headings(column)[-1], word, own, units[0])
            if not view:
                return CellReading(())
        shown = self._clause(mention, "", verb, f"{mention.surface}{unit}")
        found = [
            self._clause(mention, above, words, f"{ANY}{one}{remark}")
            for words in self._orders(table, row, base)
            for one in units
        ]
        clauses = tuple(one for one in found if one)
        return CellReading(clauses, note=table.note, view=view, shown=shown.mention if shown else None)

    def _base(self, table: Table, column: int) -> tuple[int, str]:
        """The column of whose numbers a column gives the shares, places or changes, and which; 0 where of none."""
        asked = table.number, column
        if asked not in self._bases:
            heading = (table.headings(column)[-1:] or ("",))[0]
            names = self._case.figure_words
            share = base_of_share(table, column, heading, names)
            rank = 0 if share else base_of_rank(table, column, heading, names)
            change = 0 if share or rank else base_of_change(table, column, heading, self._both)
            self._bases[asked] = (share, "share") if share else (rank, "rank") if rank else (change, "change")
        return self._bases[asked]

    def _summed(self, table: Table, row: int, column: int, mention: Mention) -> tuple[Mention, ...]:
        """The numbers of the columns whose total a cell is said to be: 小计 under a wide heading."""
        heading = table.headings(column)[-1:]
        if not heading or MARKS.sub("", IN_BRACKETS.sub("", heading[0])) not in TOTALS:
            return ()
        found = [self._alone_in(table, (row, one)) for one in table.siblings(column)]
        several = len(found) > 1 and all(one is not None and one.kind == mention.kind for one in found)
        return tuple(one for one in found if one) if several else ()

    def _last(self, number: int) -> Mention:
        if number not in self._ends:
            inside = [one for found in self._numbers(number).values() for one in found]
            self._ends[number] = max(inside, key=lambda one: one.start)
        return self._ends[number]

    def _alone_in(self, table: Table, spot: tuple[int, int]) -> Mention | None:
        if spot not in self._numbers(table.number):
            return None
        (first, *rest) = self._numbers(table.number)[spot]
        return None if rest else first

    def _numbers(self, number: int) -> dict[tuple[int, int], list[Mention]]:
        if not self._in_cells:
            for one in self._mentions:
                block = self._document.block_at(self._document.prose.span(one.start, one.end)[0])
                if block and block.place.table and block.place.row and block.place.column:
                    spot = block.place.row, block.place.column
                    self._in_cells.setdefault(block.place.table, {}).setdefault(spot, []).append(one)
        return self._in_cells.get(number, {})

    def _in_words(
        self, table: Table, row: int, column: int, mention: Mention, line: str, place: int
    ) -> CellReading | None:
        """A number in a cell of words: what stands first in its row, if it is short, says of what."""
        first, label = table.opening(row)
        if not 0 < first < column or len(label) > SHORT or row < table.first_row:
            return None
        found = self._clause(mention, "", f"{label}：{line[:place]}", line[place:])
        return CellReading((found,)) if found else None

    def _line(self, mention: Mention) -> tuple[str, str, str]:
        """The cell's line before the number, whole, and after it."""
        text = self._document.prose.text
        begins = text.rfind("\n", 0, mention.start) + 1
        ends = text.find("\n", mention.end)
        line = text[begins : ends if ends >= 0 else len(text)]
        return line[: mention.start - begins], line, line[mention.end - begins :].strip()

    def _clause(self, mention: Mention, above: str, before: str, rest: str) -> Clause | None:
        text = simplified(f"{above}{before}{rest}。")
        place = len(above) + len(before)
        mentions = read_numbers(text, dated=self._dated)
        position = bisect_right([one.start for one in mentions], place) - 1
        found = mentions[position] if position >= 0 else None
        if found is None or not found.start <= place < found.end or found.kind not in COUNTED:
            return None
        return Clause(found, Sentences(text, mentions))

    def _orders(self, table: Table, row: int, column: int) -> Iterator[str]:
        """The words of a row and a column, in the orders in which they make a clause."""
        said = [apart(one, self._dated) for one in self._labels.of(table, row)]
        label = "".join(name for name, _, _ in said)
        over = [apart(one, self._dated) for one in self._headings(table, column)]
        headings = [IN_BRACKETS.sub("", name).rstrip("%％‰") for name, _, _ in over]
        headings = [self._until_then(table, one) for one in headings if not VALUES.fullmatch(one)]
        headings = [*map(self._only_when, headings[:-1]), *headings[-1:]]
        when = "，".join(time for _, time, _ in (*said, *over) if time)
        label = f"{when}，{label}" if when else label
        subject = "" if self._names_figure(f"{label}{''.join(headings)}") else self._subject(table)
        headings = [*headings, subject] if subject else headings
        orders = [
            f"{label}{''.join(headings)}",
            f"{label}{''.join(reversed(headings))}",
            f"{''.join(headings)}{label}",
        ]
        own = headings[: len(headings) - bool(subject)]
        # 下降 is said of the figure, never before its name
        if any(map(says_change, table.headings(column)[-1:])):
            orders = [f"{label}{subject}{''.join(own)}"]
        elif any(map(says_change, table.labels(row)[-1:])):
            orders = [f"{subject}{''.join(own)}{label}"]
        # 建档立卡户 under 学生资助情况: what the caption is about, where the row and column say too little
        about = [one for one in self._case.figure_words if one in table.caption and one not in orders[0]]
        about = about if self._names_figure(f"{label}{''.join(headings)}") and not subject else []
        longest = [one for one in about if not any(one != other and one in other for other in about)]
        yield from dict.fromkeys([*orders, *(f"{one}{orders[0]}" for one in longest)])

    def _until_then(self, table: Table, heading: str) -> str:
        """A heading with a day, where the columns are of the base date and the paper's: what was counted until then."""
        if heading.startswith(AT_END):
            if table.number not in self._starts:
                self._starts[table.number] = any(AT_START in one for one in table.words.values())
            if self._starts[table.number]:
                return f"目前{heading.removeprefix(AT_END)}"
        if not DAY.match(heading):
            return heading
        if table.number not in self._days:
            columns = {column for _, column in table.words}
            said = [DAY.match(one) for column in columns for one in table.headings(column)]
            self._days[table.number] = {*self._both} == {day[1] for day in said if day}
        return f"截至{heading}" if self._days[table.number] else heading

    def _only_when(self, heading: str) -> str:
        """Of a wide heading that names nothing that is counted (本周案件) the time alone; any other as it is."""
        if self._names_figure(heading) or self._case.parts.named(heading) or self._captions.unknown(heading):
            return heading
        return "，".join(self._captions.times(heading))

    def _names_figure(self, text: str) -> bool:
        return any(one in text for one in self._case.figure_words)

    def _subject(self, table: Table) -> str:
        """The one figure that the caption is about, where neither row nor column names any; empty for several."""
        rest, found = without_places(table.caption, self._case.parts), []  # 各县区 names no figure
        for one in sorted(self._case.figure_words, key=len, reverse=True):
            if one in rest:
                found.append(one)
                rest = rest.replace(one, " ")
        return found[0] if len(found) == 1 else ""

    def _headings(self, table: Table, column: int) -> list[str]:
        headings = [MARKS.sub("", one.strip("*")) for one in table.headings(column)]
        if len(headings) > 1 and IN_BRACKETS.sub("", headings[-1]) in TOTALS:
            others = [IN_BRACKETS.sub("", table.headings(one)[-1]) for one in table.siblings(column)]
            return [*headings[:-1], "、".join(one for one in others if one not in TOTALS)]
        return headings

    def _units(self, table: Table, row: int, column: int, after: str) -> Sequence[str]:
        """The unit of a bare number: that of its column or row, or each of those that the caption gives."""
        if after:
            return (BARE,)
        if unit := table.unit(row, column):
            return (unit,)
        said = [apart(one, self._dated)[2] for one in (*reversed(table.headings(column)), *reversed(table.labels(row)))]
        if unit := next((one for one in said if one), ""):
            return (unit,)
        over = self._labels.over(table, row)
        if over and (unit := table.unit(over, column)):
            return (unit,)
        return table.units or self._of_words(table, column)

    def _of_words(self, table: Table, column: int) -> Sequence[str]:
        """Where nobody gives a unit, 人数, 户数, 个数 name it themselves; a bare number is one of persons."""
        last = table.headings(column)[-1:] or ("",)
        named = [one for family in FAMILIES.values() for one in family.units if last[0].endswith(f"{one}数")]
        return named[:1] or (("人",) if last[0] else (BARE,))

    def _remark(self, table: Table, row: int) -> str:
        said = table.remark(row)
        return f"（{said}）" if said and said not in ("—", "-", "/", "无") else ""
