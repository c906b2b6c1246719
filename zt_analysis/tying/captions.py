"""What the caption of a table gives each of its cells: a heading, times and places; and what in it is not known."""

from __future__ import annotations

from datetime import date

import zt_analysis.expressions as re
from zt_analysis.documents.tabled import GOES_ON
from zt_analysis.documents.tables import Table
from zt_analysis.numbers import read_numbers
from zt_analysis.tying.as_meant import meant
from zt_analysis.tying.as_one_reads import of_a_table
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import LONG, TIMES, caption_left, words_left
from zt_analysis.tying.marks import HIDDEN
from zt_analysis.tying.named_places import without_counted_places
from zt_analysis.tying.noted import NOTED, STAMP
from zt_analysis.tying.table_notes import without_base_day, without_listed_heads, without_statements
from zt_analysis.tying.time_words import BASE, OTHER
from zt_analysis.tying.vocabulary import pattern

# 表1, 附件2：, 附表
NUMBER_OF_TABLE = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．])?\s*"
    r"(?:(?:附件|附表|表|续表|附)\s*[0-9一二三四五六七八九十]*(?:[-—.]\d+)?\s*[：:、.]?\s*)?"
)
# of a heading over prose they say little, of every cell below too much
RATHER = re.compile(r"部分|建议|目标|预[计测估期]|测算")

# 分县区分学段: by what the rows are; 教育脱贫: what all of it is part of
SPLIT = re.compile(r"(?:[分按](?:县市区|县区|县|地区|学段|阶段|类别|项目)(?:分|划分)?)+")
CAMPAIGN = re.compile(r"(?:教育)?(?:脱贫|扶贫)攻坚|教育(?:脱贫|扶贫)")


class Captions:
    """The captions of a document's tables."""

    def __init__(self, case: Case, dated: date) -> None:
        self._case, self._dated = case, dated
        self._above: dict[int, tuple[str, str]] = {}
        self._groups: dict[int, set[str]] = {}
        self._named: dict[Table, set[tuple[str, ...]]] = {}

    def above(self, table: Table) -> tuple[str, str]:
        """What the caption and the note give every cell (a heading, then times and places), and a word not known."""
        if table.number not in self._above:
            caption = meant(NUMBER_OF_TABLE.sub("", of_a_table(table.caption)), self._case).replace(HIDDEN, "")
            caption = without_counted_places(GOES_ON.sub("", caption), self._members(table))
            caption = without_listed_heads(caption, table, self._case.figure_words)
            caption = SPLIT.sub("", CAMPAIGN.sub("", STAMP.sub("", caption)))
            some = RATHER.search(caption)
            left = some[0] if some else self._undeclared(caption)
            opening = "，".join([*self.times(caption), *self._places(caption, table)])
            self._above[table.number] = (f"{caption}\n{opening}{'，' if opening else ''}", left)
        return self._above[table.number]

    def _members(self, table: Table) -> int:
        """How many members of a register the labels and headings of a table name."""
        pages = table.pages or [table]
        return len(set[tuple[str, ...]]().union(*map(self.places, pages)))

    def places(self, table: Table) -> set[tuple[str, ...]]:
        """The members of registers that the labels and headings of a table name; every cell under a note asks."""
        if table not in self._named:
            words = {word for spot, word in table.words.items() if not table.is_body(*spot)}
            named = (one for word in words for one in self._case.parts.named(word))
            self._named[table] = {one.values for one in named if one.dimension in self._case.registers}
        return self._named[table]

    def narrows(self, table: Table, said: str) -> str:
        """The group that the caption is about and that no table divides by, where row and column do not say it."""
        if table.number not in self._groups:
            long = [one for one in self._case.names if len(one) > LONG]
            caption = CAMPAIGN.sub("", table.caption)
            every = self._case.parts.named(caption, long)
            every = [*every, *(one for one in self._case.parts.named(caption) if one.text in self._case.names)]
            self._groups[table.number] = {one.text for one in every if one.dimension == "beyond" or one.family}
        return min((one for one in self._groups[table.number] if one not in said), default="")

    def unknown(self, said: str) -> str:
        """The first words of a note or remark that nobody has declared, its dates aside."""
        doubted = pattern("doubt").search(said)  # 本表为快报数: of declared words, and yet no figure
        said = without_base_day(without_statements(said, self._case.figure_words), self._case.paper.period.base_on)
        left = words_left(self._undated(said), self._case.parts, self._case.names, "caption", *NOTED)
        return doubted[0] if doubted else left

    def _undeclared(self, caption: str) -> str:
        # words that say little of a heading over prose (重点, 问题, 基层) narrow what every cell counts
        return caption_left(self._undated(caption), self._case.parts, self._case.names, "caption", "of_caption")

    def _undated(self, said: str) -> str:
        for one in reversed(read_numbers(said, dated=self._dated)):
            if one.kind == "date":
                said = f"{said[: one.start]}，{said[one.end :]}"
        return said

    def times(self, caption: str) -> list[str]:
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

    def _places(self, caption: str, table: Table) -> list[str]:
        # 学生资助与营养改善计划执行情况: which of them say the columns
        heads = [word for spot, word in table.words.items() if not table.is_body(*spot)]
        long = [one for one in self._case.names if len(one) > LONG]
        named = [one for one in self._case.parts.named(caption, long) if one.dimension != "whole"]
        named = [
            one for one in named if not (self._is_of_a_figure(one.text) and any(one.text in word for word in heads))
        ]
        return ["、".join(one.text for one in named)] if named else []

    def other_time(self, said: str) -> str:
        """The first words of a note that are of another time than the paper's; a note is no heading that gives one."""
        period = self._case.paper.period
        said = without_base_day(said, period.base_on)
        days = [one for one in read_numbers(said, dated=self._dated) if one.kind == "date"]
        own = {period.as_of.isoformat(), self._case.paper.issued_on}
        other = [one.surface for one in days if not own & {str(one.value), str(one.resolved)}]
        other += [found[0] for times in (OTHER, BASE) if (found := times.search(said))]
        return other[0] if other else ""

    def _is_of_a_figure(self, text: str) -> bool:
        return any(one in text for one in self._case.figure_words)
