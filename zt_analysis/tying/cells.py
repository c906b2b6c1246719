"""Numbers in tables: each cell read as a clause made of its row, its column and its unit, and tied like prose.

A cell's clause has the words of its row and column in the orders in which people write them; the caption governs it
as a heading does, and gives it its time and place. What the caption, a remark of the row or the note under the table
say has to be understood word by word too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from zt_analysis.documents import Document
from zt_analysis.documents.tables import NO_UNIT, NUMERIC, TOTALS, Table, tables_of
from zt_analysis.numbers import Mention, read_numbers
from zt_analysis.tying.as_one_reads import simplified
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import TIMES, without_places, words_left
from zt_analysis.tying.sentences import Sentences
from zt_analysis.tying.table_notes import said_of_cell, without_listed_heads
from zt_analysis.tying.units import COUNTED, FAMILIES

# 表1, 附件2：, 附表
NUMBER_OF_TABLE = re.compile(r"^\s*(?:附件|附表|表|续表|附)\s*[0-9一二三四五六七八九十]*(?:[-—.]\d+)?\s*[：:、.]?\s*")
IN_BRACKETS = re.compile(rf"[（(]\s*(?:单位[:：])?\s*{NO_UNIT}(?:[^（）()\d]{{1,4}}|[%％‰])\s*[）)]\s*$")
# 劝返复学（11月8日，人）, 受助学生（春季学期）: a time and a unit behind a name
SAID_OF_IT = re.compile(r"[（(]\s*([^（）()]+?)\s*[）)]\s*$")
APART = re.compile(r"[，,、；;\s]+")
A_UNIT = re.compile(r"(?:单位[:：])?([^\d年月日周季期]{1,4}|[%％‰])")
# 部分县区情况: which they are say the rows
SOME = re.compile(r"部分(?=县|区|市)")
LIST_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+|\d+|[（(][一二三四五六七八九十\d]+[）)])[、.．]\s*|^其中[：:]?")
# a heading that says only that numbers stand under it
VALUES = re.compile(r"数值|数据|数量|数额|指标值|统计数|统计值|统计结果|结果|数字")
DAY = re.compile(r"(?:(?:19|20)\d\d年)?(\d{1,2}月\d{1,2}日)")
SHORT = 14
BARE = ""
LEAST = 2


@dataclass(frozen=True)
class Clause:
    """A number of a cell in a sentence made of its row and column."""

    mention: Mention
    sentences: Sentences


@dataclass(frozen=True)
class CellReading:
    """How a number of a table can be read: the clauses to try, the words that nobody has declared, or an excuse.

    ``note``: that under its table, which was judged for it.
    """

    clauses: tuple[Clause, ...]
    unknown: str = ""
    excuse: str = ""
    note: str = ""


class Cells:
    """The numbers in the tables of a document."""

    def __init__(self, document: Document, case: Case) -> None:
        self._document = document
        self._case = case
        self._dated = date.fromisoformat(case.paper.issued_on)
        self._tables = {one.number: one for one in tables_of(document)}
        self._above: dict[int, tuple[str, str]] = {}
        self._days: dict[int, bool] = {}

    def __bool__(self) -> bool:
        return bool(self._tables)

    def reading(self, mention: Mention) -> CellReading | None:
        """How a number of the text can be read as a cell; None where it stands in no row of numbers or labels."""
        block = self._document.block_at(self._document.prose.span(mention.start, mention.end)[0])
        if mention.role == "enumerator" or mention.kind not in COUNTED or block is None:
            return None
        row, column = block.place.row, block.place.column
        table = self._tables.get(block.place.table or 0)
        if block.kind != "table-cell" or table is None or not row or not column or table.is_one_row:
            return None
        if table.is_list_number(row, column):
            return CellReading((), excuse="tie_enumerator")
        return self._cell(table, row, column, mention)

    def _cell(self, table: Table, row: int, column: int, mention: Mention) -> CellReading | None:
        before, line, after = self._line(mention)
        if not table.is_body(row, column):
            return self._in_words(table, row, column, mention, line, len(before))
        above, unknown = self._said_above(table)
        unknown = unknown or self._unknown(said_of_cell(table, row, column, self._case.parts))
        remark = self._remark(table, row)
        if unknown:
            return CellReading((), unknown)
        unit = self._units(table, row, column, after) if NUMERIC.fullmatch("".join(line.split())) else (BARE,)
        found = [
            self._clause(mention, above, f"{words}{before}", f"{mention.surface}{after}{one}{remark}")
            for words in self._orders(table, row, column)
            for one in unit
        ]
        return CellReading(tuple(one for one in found if one), note=table.note)

    def _in_words(
        self, table: Table, row: int, column: int, mention: Mention, line: str, place: int
    ) -> CellReading | None:
        """A number in a cell of words: what stands first in its row, if it is short, says of what."""
        first = min((at for one, at in table.words if one == row), default=column)
        label = table.words.get((row, first), "")
        if first >= column or len(label) > SHORT or row < table.first_row:
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
        said = [self._apart(one) for one in self._label(table, row)]
        label = "".join(name for name, _, _ in said)
        over = [self._apart(one) for one in self._headings(table, column)]
        headings = [IN_BRACKETS.sub("", name).rstrip("%％‰") for name, _, _ in over]
        headings = [self._until_then(table, one) for one in headings if not VALUES.fullmatch(one)]
        when = "，".join(time for _, time, _ in (*said, *over) if time)
        label = f"{when}，{label}" if when else label
        subject = "" if self._names_figure(f"{label}{''.join(headings)}") else self._subject(table)
        headings = [*headings, subject] if subject else headings
        orders = [
            f"{label}{''.join(headings)}",
            f"{label}{''.join(reversed(headings))}",
            f"{''.join(headings)}{label}",
        ]
        # 建档立卡户 under 学生资助情况: what the caption is about, where the row and column say too little
        about = [one for one in self._case.figure_words if one in table.caption and one not in orders[0]]
        about = about if self._names_figure(f"{label}{''.join(headings)}") and not subject else []
        longest = [one for one in about if not any(one != other and one in other for other in about)]
        yield from dict.fromkeys([*orders, *(f"{one}{orders[0]}" for one in longest)])

    def _apart(self, text: str) -> tuple[str, str, str]:
        """A label without the brackets behind it, and the time and unit in them; as it is where they hold more."""
        found = SAID_OF_IT.search(text)
        pieces = [one for one in APART.split(found[1]) if one] if found else []
        times = [one for one in pieces if self._is_time(one)]
        units = [one for one in pieces if one not in times and A_UNIT.fullmatch(one)]
        if found is None or not times or len(times) + len(units) < len(pieces) or len(units) > 1:
            return text, "", ""
        unit = A_UNIT.fullmatch(units[0]) if units else None
        return text[: found.start()], "".join(times), unit[1] if unit else ""

    def _is_time(self, text: str) -> bool:
        dates = [one for one in read_numbers(text, dated=self._dated) if one.kind == "date"]
        rest = text
        for one in reversed(dates):
            rest = rest[: one.start] + rest[one.end :]
        for times in TIMES:
            rest = times.sub("", rest)
        return rest != text and not rest.strip("截至止到年")

    def _until_then(self, table: Table, heading: str) -> str:
        """A heading with a day, where the columns are of the base date and the paper's: what was counted until then."""
        if not DAY.match(heading):
            return heading
        if table.number not in self._days:
            columns = {column for _, column in table.words}
            said = [DAY.match(one) for column in columns for one in table.headings(column)]
            period = self._case.paper.period
            both = {f"{day.month}月{day.day}日" for day in (period.base_on, period.as_of)}
            self._days[table.number] = both == {day[1] for day in said if day}
        return f"截至{heading}" if self._days[table.number] else heading

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

    def _label(self, table: Table, row: int) -> list[str]:
        labels = [LIST_NUMBER.sub("", IN_BRACKETS.sub("", one)) for one in table.labels(row)]
        if labels and labels[0] in TOTALS:
            return [self._whole(table, row), *labels[1:]]
        if len(labels) > 1 and labels[-1] in TOTALS:
            same = [table.labels(one) for one in self._rows(table) if table.labels(one)[:-1] == table.labels(row)[:-1]]
            return [*labels[:-1], "、".join(one[-1] for one in same if one and one[-1] not in TOTALS)]
        return labels

    def _whole(self, table: Table, row: int) -> str:
        """What a row of totals is of: everything, where the rows name all members of a register, or else its parts."""
        names = list(dict.fromkeys(self._first(table, one) for one in self._rows(table) if one != row))
        parts = [one for name in names for one in self._case.parts.named(name)]
        for key, members in self._case.registers.items():
            if {code for one in parts if one.dimension == key for code in one.values} >= set(members):
                return "合计"  # a word of every office's whole
        return "、".join(one for one in names if one not in TOTALS) or "合计"

    def _first(self, table: Table, row: int) -> str:
        labels = table.labels(row)
        return labels[0] if labels else ""

    def _rows(self, table: Table) -> list[int]:
        return sorted({row for row, _ in table.words if row >= table.first_row})

    def _headings(self, table: Table, column: int) -> list[str]:
        headings = list(table.headings(column))
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
        said = [self._apart(one)[2] for one in (*reversed(table.headings(column)), *reversed(table.labels(row)))]
        if unit := next((one for one in said if one), ""):
            return (unit,)
        return table.units or self._of_words(table, column)

    def _of_words(self, table: Table, column: int) -> Sequence[str]:
        """Where nobody gives a unit, 人数, 户数, 个数 name it themselves; a bare number is one of persons."""
        last = table.headings(column)[-1:] or ("",)
        named = [one for family in FAMILIES.values() for one in family.units if last[0].endswith(f"{one}数")]
        return named[:1] or (("人",) if last[0] else (BARE,))

    def _said_above(self, table: Table) -> tuple[str, str]:
        """What the caption and the note give every cell (a heading, then times and places), and a word not known."""
        if table.number not in self._above:
            caption = NUMBER_OF_TABLE.sub("", table.caption)
            if SOME.search(caption) and self._members(table) >= LEAST:
                caption = SOME.sub("", caption)
            caption = without_listed_heads(caption, table, self._case.figure_words)
            left = self._unknown(caption)
            opening = "，".join([*self._times(caption), *self._places(caption)])
            self._above[table.number] = (f"{caption}\n{opening}{'，' if opening else ''}", left)
        return self._above[table.number]

    def _members(self, table: Table) -> int:
        """How many members of a register the labels and headings of a table name."""
        words = {word for (row, column), word in table.words.items() if not table.is_body(row, column)}
        named = (one for word in words for one in self._case.parts.named(word))
        return len({one.values for one in named if one.dimension in self._case.registers})

    def _unknown(self, said: str) -> str:
        """The first words of a caption or note that nobody has declared, its dates aside."""
        for one in reversed(read_numbers(said, dated=self._dated)):
            if one.kind == "date":
                said = f"{said[: one.start]}，{said[one.end :]}"
        return words_left(said, self._case.parts, self._case.phrases, "caption")

    def _times(self, caption: str) -> list[str]:
        """The times that the caption names; the case's own day is what every figure is for anyway."""
        today = self._case.paper.period.as_of.isoformat()
        dates = [one for one in read_numbers(caption, dated=self._dated) if one.kind == "date"]
        spans = [(one.start, one.end) for one in dates if today not in (one.value, one.resolved)]
        spans += [one.span() for times in TIMES for one in times.finditer(caption)]
        merged: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return [f"{self._until(caption, start)}{caption[start:end]}" for start, end in merged]

    def _until(self, caption: str, start: int) -> str:
        found = re.search(r"(?:截至|截止|截止到|至)$", caption[:start])
        return found[0] if found else ""

    def _places(self, caption: str) -> list[str]:
        named = [one for one in self._case.parts.named(caption) if one.dimension != "whole"]
        return ["、".join(one.text for one in named)] if named else []

    def _remark(self, table: Table, row: int) -> str:
        said = table.remark(row)
        return f"（{said}）" if said and said not in ("—", "-", "/", "无") else ""


def printed(clause: Clause, mention: Mention) -> Mention:
    """The number as its clause reads it, where it stands in the text."""
    return replace(clause.mention, start=mention.start, end=mention.end, surface=mention.surface)
