"""What the whole text is, or its part, by the lines above a number: whose, of which year, a draft, an example.

A title, an office, the number of the document and every heading above govern a number as its own clause does, however
neutral the lines between: each has to be understood word by word, and must not make the number another place's, time's
or kind of statement. So does the year in which the text is signed, of the numbers that name none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

import zt_analysis.expressions as re
from zt_analysis.documents import Document
from zt_analysis.indicators import Wanted, find
from zt_analysis.numbers import Mention
from zt_analysis.office import current
from zt_analysis.spans import WHOLE
from zt_analysis.terms import filled, label
from zt_analysis.tying import higher
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import place_elsewhere, without_places, words_left
from zt_analysis.tying.dates import MASTHEAD
from zt_analysis.tying.divisions import where, where_near
from zt_analysis.tying.headings import DAY, DAYS, HEADED, ISSUE, NUMBERED, REPORTED, heading_left
from zt_analysis.tying.meaning import Meaning
from zt_analysis.tying.named_places import without_counted_places
from zt_analysis.tying.named_spans import named_span, other_term, term_before
from zt_analysis.tying.noted import NOTED
from zt_analysis.tying.outline import ENDED, is_short, outline
from zt_analysis.tying.sentences import STATED, Sentences
from zt_analysis.tying.signed import DATED as DATED_AS_SENT
from zt_analysis.tying.signed import DATED_LINE, NOBODY, REFERS, SENT_TO, signer, without_label, years_of
from zt_analysis.tying.time_words import AT_END, AT_START, NOW, OTHER, WEEK
from zt_analysis.tying.vocabulary import pattern

YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)(?=\s*年|\s*[-—–~～至]\s*(?:20)?\d\d)")
A_UNIT = re.compile(r"\s*[（(]?单位[：:][^）)\n]{1,8}[）)]?\s*")
UNDONE = re.compile(r"\s*(?:[-*+]\s+)?(\[\s*\])\s")
PAPER = re.compile(
    r"[\s（(\[【]*(?:本|此|该)(?:简报|通报|快报|专报|周报|月报|报告|公报|公告|通知|总结|汇报|文件|材料|件|稿|表)(?![一-龥]{0,6}[：:])"
)
# 二、, 表1: what heads a section or a table
LISTED_HEAD = re.compile(
    r"[\s（(#]*(?:[一二三四五六七八九十\d]{1,3}(?:[、)）]|[.．](?!\d))|[图表附][表件录]?\s*[\d一二三四五六七八九十]{1,3}[\s：:])"
)
# a longer line is no signature
SIGNED = 60
ANY_YEAR = re.compile(r"(?:19|20)\d\d\s*年")


class Above:
    """The lines that govern the numbers of a text from above, and the year in which it is signed."""

    def __init__(self, sentences: Sentences, mentions: Sequence[Mention], document: Document, case: Case) -> None:
        self._sentences, self._mentions, self._document, self._case = sentences, mentions, document, case
        self._years = {str(case.paper.period.as_of.year), case.paper.issued_on[:4]}
        days = (case.paper.period.as_of, date.fromisoformat(case.paper.issued_on))
        self._days = {f"{one.month}月{one.day}日" for one in days}
        self._allowed = {*self._years, str(days[0].year + 1)}
        self._own_week = re.compile(rf"第\s*{days[0].isocalendar().week}\s*周")
        self._kept: dict[tuple[str, Wanted], Meaning | None] = {}

    def why(self, mention: Mention, wanted: Sequence[Wanted]) -> Meaning | None:
        """Why the lines above ``mention``, or the year of the text, leave it unproven; None where they do not."""
        position = self._sentences.position(mention.start)
        if box := UNDONE.match(self._sentences.sentence(position)):
            return Meaning(reason=filled("tie_doubted", words=box[1]))
        for line in self._heads[position]:
            if self._is_earlier(line, position):
                return Meaning(reason=filled("tie_other_time", words=line.strip()))
            for one in wanted:
                if (why := self._of_line(line, one)) or (why := self._of_place(line, one, position)):
                    return why
        if why := self._of_who_signs(wanted, position) or self._of_term_before(wanted, position):
            return why
        dated = "" if ANY_YEAR.search(self._sentences.sentence(position)) else self._signed
        dated = dated or (last if self._is_earlier(last := self._last, position) else "")
        return Meaning(reason=filled("tie_other_time", words=dated)) if dated else None

    def _of_term_before(self, wanted: Sequence[Wanted], position: int) -> Meaning | None:
        """Why the sentence right before leaves a number of a term unproven: 秋季学期资助工作已经收尾。"""
        if not position or not any(find(one.indicator).time == "term" for one in wanted):
            return None
        before, own = (self._sentences.sentence(one) for one in (position - 1, position))
        other = term_before(before, own, self._case.paper.period)
        return Meaning(reason=filled("tie_other_time", words=other)) if other else None

    def _of_who_signs(self, wanted: Sequence[Wanted], position: int) -> Meaning | None:
        """Why who signs, or what the paper says of itself, leaves the numbers of a sentence unproven."""
        if self._from_elsewhere and position in self._stating:
            return Meaning(reason=filled("tie_elsewhere", words=self._from_elsewhere))
        for line, who in self._signers:
            if why := self._of_signer(line, who, wanted, position):
                return why
        return Meaning(reason=filled("tie_pointed", words=self._taken_back)) if self._taken_back else None

    @cached_property
    def _heads(self) -> list[tuple[str, ...]]:
        lines: list[tuple[str, bool]] = []
        follows = False
        for place in range(len(self._sentences) - 1, -1, -1):
            line = self._sentences.sentence(place)
            inside = self._in_table(place)
            # right above a table stands its caption, which its cells are read with
            heads = is_short(line) and not inside and not follows and not A_UNIT.fullmatch(line)
            lines.append((line, heads and place not in self._stating))
            follows = inside or (follows and (not line.strip() or bool(A_UNIT.fullmatch(line))))
        return outline(lines[::-1])

    @cached_property
    def _stating(self) -> set[int]:
        """The sentences that state a number."""
        # 会泽、宣威两县经验 is a heading
        every = (one for one in self._mentions if one.role == "figure" and one.kind in STATED)
        figures = (one for one in every if one.unit not in ("县", "年"))
        return {self._sentences.position(one.start) for one in figures}

    @cached_property
    def _counting(self) -> set[int]:
        """The sentences that give a number with its unit: 2017-永久-12 is none."""
        every = (one for one in self._mentions if one.role == "figure" and one.kind in STATED and one.unit)
        return {self._sentences.position(one.start) for one in every}

    def _in_table(self, position: int) -> bool:
        begins = self._sentences.begins(position)
        if begins >= len(self._sentences.text):
            return False
        block = self._document.block_at(self._document.prose.span(begins, begins + 1)[0])
        return block is not None and block.place.table is not None

    @cached_property
    def _short_lines(self) -> list[tuple[int, str]]:
        """The sentences that may sign or date the text: short ones outside its tables, each with its position."""
        places = (one for one in range(len(self._sentences)) if not self._in_table(one))
        return [(place, one) for place in places if len(one := self._sentences.sentence(place)) <= SIGNED]

    @cached_property
    def _signed(self) -> str:
        """The line that dates the text in another year than the paper's; empty where none does."""
        forms = (DATED_LINE, DATED_AS_SENT, NUMBERED)
        dated = (found for _, one in self._short_lines for form in forms if (found := form.fullmatch(one.strip())))
        if full := next((one[0].strip() for one in dated if self._is_of_another_year(one)), ""):
            return full
        now = self._case.paper.period.as_of.year
        # 二、2017年情况 between numbers heads its own section, 表1 2017年情况 its own table
        first, last = min(self._counting, default=0), max(self._counting, default=-1)
        around = ((place, one) for place, one in self._short_lines if not first <= place <= last)
        lines = (one for place, one in around if place not in self._counting and not LISTED_HEAD.match(one))
        given = (years_of(one, now) for one in lines if not ENDED.search(one) and not REFERS.match(one))
        return next((one[0][0] for one in given if one and not {str(year) for _, year in one} & self._allowed), "")

    @cached_property
    def _last(self) -> str:
        """The line that dates the text below all that it states."""
        below = range(max(self._stating, default=-1) + 1, len(self._sentences))
        return next(
            (one.strip() for place in below if DATED_LINE.fullmatch(one := self._sentences.sentence(place))), ""
        )

    def _is_earlier(self, line: str, position: int) -> bool:
        """Whether a line dates a sentence that names no day to before the day that the tables reach."""
        found = DATED_LINE.fullmatch(line)
        if not found or DAY.search(self._sentences.sentence(position)):
            return False
        as_of = self._case.paper.period.as_of
        # compared as numbers: a clerk also writes the 31st of a month that has thirty days
        day = tuple(int(found[one]) for one in ("year", "month", "day"))
        return day < (as_of.year, as_of.month, as_of.day)

    @cached_property
    def _signers(self) -> list[tuple[str, str]]:
        """The lines that say whose the text is, each with the office that it names."""
        lines = (one for place, one in self._short_lines if place not in self._stating)
        return [(line, who) for line in lines if (who := signer(line))]

    def _of_signer(self, line: str, who: str, wanted: Sequence[Wanted], position: int) -> Meaning | None:
        """Why who signs, supplies or sends the text leaves a number of it unproven."""
        if nobody := NOBODY.search(line):
            return Meaning(reason=filled("tie_doubted", words=nobody[0]))
        if place := place_elsewhere(who, self._case.parts):
            return Meaning(reason=filled("tie_elsewhere", words=place))
        return next((why for one in wanted if (why := self._of_place(who, one, position))), None)

    @cached_property
    def _from_elsewhere(self) -> str:
        """The place elsewhere that a line below all that is stated names: 宣威市教体局 宣; 抄送：… says who gets it."""
        below = max(self._stating, default=len(self._sentences))
        lines = (one for place, one in self._short_lines if place > below and not ENDED.search(one))
        lines = (without_places(one, self._case.parts) for one in lines if not SENT_TO.match(one))
        return next((place for one in lines if (place := where(one) or where_near(one))), "")

    @cached_property
    def _taken_back(self) -> str:
        """The words by which a sentence takes the paper itself back: 本通报即日起收回."""
        for place in range(len(self._sentences)):
            text = self._sentences.sentence(place)
            ours = text.strip() == label("synthetic_line")
            found = None if place in self._stating or ours else PAPER.match(text)
            if found and (words := self._unknown(text[found.end() :])):
                return words
        return ""

    def _unknown(self, said: str) -> str:
        said = DAYS.sub("，", ISSUE.sub("，", said))
        return words_left(said, self._case.parts, self._case.names, *NOTED, "heading")

    def _is_of_another_year(self, line: re.Match[str]) -> bool:
        """Whether a line dates the text so that a day without a year is of another; signed in January, it is not."""
        if line["year"] in self._years:
            return False
        month, day = (int(line[one]) if one in line.re.groupindex else 1 for one in ("month", "day"))
        now = self._case.paper.period.as_of
        return not (int(line["year"]) == now.year + 1 and (month, day) < (now.month, now.day))

    def _of_line(self, line: str, wanted: Wanted) -> Meaning | None:
        asked = line, wanted
        if asked not in self._kept:
            self._kept[asked] = self._judged(line, wanted)
        return self._kept[asked]

    def _judged(self, line: str, wanted: Wanted) -> Meaning | None:
        plain = any(form.fullmatch(line) for form in (MASTHEAD, DATED_LINE, NUMBERED, DATED_AS_SENT))
        # whose paper it is, and what ``zt write`` prints over one that is not final
        if plain or line.strip() in (current().called, label("page_draft")):
            return None
        line = without_label(self._own_week.sub("，", line))
        if {name for name, _ in wanted.scope} & {*self._case.registers}:  # 部分县区情况, and the number names its own
            line = without_counted_places(line)
        other = next((one[0] for one in YEAR.finditer(line) if one["year"] not in self._years), "")
        # 本周进展与下周安排 is of both
        both = WEEK.search(line) or NOW.search(line)
        time = "" if both else next((one[0] for one in OTHER.finditer(line) if not self._is_of(one[0], wanted)), "")
        time = time or (other_term(line, wanted.period) if find(wanted.indicator).time == "term" else "")
        time = time or (AT_END if AT_END in line and AT_START not in line else "")
        days = [one[0] for one in DAY.finditer(line)]
        if other or time or (days and not self._days & {*days}):
            return Meaning(reason=filled("tie_other_time", words=other or time or days[0]))
        theirs = higher.NUMBERS.search(line)
        if place := place_elsewhere(line, self._case.parts) or (theirs[0] if theirs else ""):
            return Meaning(reason=filled("tie_elsewhere", words=place))
        if doubted := next((one[0] for kind in (*HEADED, "others") if (one := pattern(kind).search(line))), ""):
            return Meaning(reason=filled("tie_doubted", words=doubted))
        named = pattern("compound").sub("", line)  # 营养改善计划 is no plan
        plan = pattern("plan").search(named) or pattern("plan_clause").search(named)
        plan = plan or pattern("plan_title").search(named)
        if plan and not REPORTED.search(line):
            return Meaning(reason=filled("tie_planned", words=plan[0]))
        left = heading_left(line, self._case.parts, self._case.names)
        return (
            Meaning(reason=filled("tie_unknown_words", words=left[0]), unknown=left, said=line.strip())
            if left
            else None
        )

    def _is_of(self, time: str, wanted: Wanted) -> bool:
        """Whether a word of time names the period that the figure is of."""
        kind = find(wanted.indicator).time
        return kind in WHOLE and named_span(time, kind, [], self._case.paper.period) == wanted.period

    def _of_place(self, line: str, wanted: Wanted, position: int) -> Meaning | None:
        """The office of one part above a number of the whole."""
        parts = self._case.parts
        named = [one for one in parts.named(line) if one.dimension in parts.places and one.counted]
        if not named or {one.dimension for one in named} & {name for name, _ in wanted.scope}:
            return None
        if any(one.dimension == "whole" for one in parts.named(self._sentences.sentence(position))):
            return None
        return Meaning(reason=filled("tie_other_part", words=named[0].text))
