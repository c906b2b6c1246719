"""The sentence, clause and stretch around a number, and what the paragraph is about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import zt_analysis.expressions as re
from zt_analysis.numbers import Mention
from zt_analysis.tying.marks import CLAUSE_END, COUNTED, DATED, SENTENCE_END
from zt_analysis.tying.shown import is_in_passing, is_noted, is_shown

LISTED = re.compile(r"\s*(?:、|/|／|以及|和|与|及)?\s*")
STATED = ("count", "money", "rate", "change")
OPENERS = " 、另有还和并对为仍尚但却且"
LIST_END = re.compile(r"[，,；;：:、]")
PART_AHEAD = re.compile(r"[（(]?\s*(?:其中|包括|包含|含)")
OPENED = re.compile(r"[（(][^（）()]*$")
OF_THINGS = re.compile(r"^[^\d，,。；;]*[一两二三四五六七八九十几](?:件事|个方面|点|项|步|招|问|则)[^\d，,。；;]{0,6}$")
HEADING = 25
REPEATED = ("遍", "回")


@dataclass(frozen=True)
class Context:
    """A number in its sentence.

    Attributes:
        before, after: the sentence's text on both sides of the number; ``after`` ends with the sentence's mark.
        clause_before, clause_after: the same up to the next comma, semicolon or colon; ``clause_after`` begins with
            the number itself, which may hold its noun (11县区).
        numbers_before: where the other numbers of ``before`` begin, dates and names aside.
        previous: the sentence before, for what a sentence takes for granted.
        stretch: the end of ``before`` after the last number in it, dates, names and ordinals aside; ``masked``: the
            same with its dates blanked.
        near_after: what follows the number in its clause, up to the next number.
        dates: the dates of ``before``, with where they begin in it.
        last: the number that ``stretch`` follows; earlier: all such numbers before.
        plain_before: ``before`` with its numbers and dates blanked, but for ordinals and spans of time, which may say
            for when it is; plain_after: the same of what follows in the clause and after the sentence's last number;
            plain_rest: of all that follows in the sentence.
        run: of a list of numbers that only 、 and 和 part, which this one is and how many they are; ``run_starts``:
            where the first begins in ``before``.
        topics: the sentences of the paragraph before this one, the nearest first, then its heading.
        title: the first line of the text, where it is a short one that states no number.
    """

    before: str
    after: str
    clause_before: str
    clause_after: str
    previous: str
    numbers_before: tuple[int, ...]
    stretch: str
    masked: str
    near_after: str
    dates: tuple[tuple[int, Mention], ...]
    last: Mention | None
    earlier: tuple[Mention, ...]
    plain_before: str
    plain_after: str
    plain_rest: str
    run: tuple[int, int]
    run_starts: int
    topics: tuple[str, ...]
    title: str = ""

    @cached_property
    def after_next(self) -> str:
        """What of ``clause_after`` follows the next number in it."""
        clause = CLAUSE_END.split(self.after, maxsplit=1)[0]
        return clause[len(self.near_after) :]

    @cached_property
    def own_after(self) -> str:
        """``clause_after`` without what is said of its parts: 488235人（其中建档立卡户."""
        own = PART_AHEAD.split(self.clause_after, maxsplit=1)[0]
        if not self.plain_rest.startswith(COUNTED, len(self.near_after)):
            return own
        # 48.82万人（建档立卡32.78万人, 复学150件、远程送教95件: what stands right before the next number is said of it
        opened, listed = OPENED.search(self.near_after), self.near_after.rfind("、")
        ends = [opened.start()] if opened else [listed] if listed >= 0 else []
        begins = len(self.clause_after) - len(CLAUSE_END.split(self.after, maxsplit=1)[0])
        return own[: begins + ends[0]] if ends else own

    @cached_property
    def own_begins(self) -> int:
        """Where in ``before`` the number's own words may begin: what names the number before it after that is not its.

        1915名学生劝返复学，823名学生上门送教: both are named after.
        """
        names = LIST_END.split(self.stretch)
        labelled = self.stretch.rstrip().endswith(("：", ":"))
        first = not labelled and len(names) > 1 and not names[-1].strip(OPENERS) and len(names[0].strip()) > 1
        return len(self.before) - len(names[-1]) if first and self.last is not None else 0

    def distance(self, place: int) -> int:
        """How many numbers stand between ``before[place]`` and this one."""
        return len(self.numbers_before) - bisect_right(self.numbers_before, place)


# 营养：…: what a sentence is about that opens with a label takes nothing from the one before
LABELLED = re.compile(r"\s*(?!其中|主要|具体|分别|截)[一-龥]{2,6}[：:](?!\s*\n)")
# （单位：人）: between a table and its caption
UNIT_LINE = re.compile(r"[（(]?(?:计量)?单位\s*[：:][^）)\n]{1,12}[）)]?")


class Sentences:
    """The sentences of a prose text and the numbers in them."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        aside: Collection[int] = (),
        in_table: Callable[[int], bool] = lambda _: False,
        printed: str = "",
    ) -> None:
        """``aside``: where numbers begin that name nothing themselves (比上年增加…): what is said goes on past them;
        ``in_table``: whether a place lies in a table of numbers, whose cells head nothing below it; ``printed``: the
        text, as long, before any of it was read in other words.
        """
        self.text, self._printed = text, printed or text
        self._in_table, self._aside, self._mentions = in_table, aside, mentions
        self._last: tuple[Mention, Context] | None = None
        self._kept, self._places = ((0, 0), ""), [one.start for one in mentions]
        # a number that crosses a line belongs to the first
        self._starts = [0, *(self._past(found.end()) for found in SENTENCE_END.finditer(text))]

    def __len__(self) -> int:
        return len(self._starts)

    def position(self, place: int) -> int:
        """Which sentence, from 0, holds the character at ``place``."""
        return bisect_right(self._starts, place) - 1

    def begins(self, position: int) -> int:
        """Where a sentence begins."""
        return self._starts[position]

    def sentence(self, position: int) -> str:
        """A sentence with its mark; empty past the last."""
        if position >= len(self._starts):
            return ""
        return self.text[slice(*(*self._starts[position : position + 2], None)[:2])]

    def as_printed(self, position: int) -> str:
        """The same sentence as the text has it, whatever was read in other words or looked past."""
        begins = self._starts[position]
        return self._printed[begins : begins + len(self.sentence(position))]

    def around(self, mention: Mention) -> Context:
        """What stands around ``mention``; asked for again and again of the same one."""
        if self._last is None or self._last[0] is not mention:
            self._last = mention, self._around(mention)
        return self._last[1]

    def _around(self, mention: Mention) -> Context:
        start, end = self.bounds(mention)
        before, after = self.text[start : mention.start], self.text[mention.end : end]
        position = bisect_right(self._starts, mention.start) - 1
        inside = self.inside(mention)
        earlier = [one for one in inside if one.start < mention.start and one.role == "figure"]
        earlier_names = [one for one in inside if one.start < mention.start and one.role == "name"]
        figures = [one for one in earlier if one.kind != "date"]
        counted = [one for one in figures if one.kind != "ordinal"]
        since = counted[-1].end if counted else start
        dates = [one for one in earlier if one.kind == "date"]
        run = self._run(mention, inside)
        labelled = LABELLED.match(self.text, start) is not None
        following = next((one.start for one in inside if one.start >= mention.end), end)
        return Context(
            before=before,
            after=after,
            clause_before=CLAUSE_END.split(before)[-1],
            clause_after=mention.surface + CLAUSE_END.split(after, maxsplit=1)[0],
            previous=self.text[self._starts[position - 1] : start] if position and not labelled else "",
            numbers_before=tuple(one.start - start for one in figures if one.start not in self._aside),
            stretch=self.text[since : mention.start],
            masked=self._masked(since, mention.start, dates),
            near_after=CLAUSE_END.split(self.text[mention.end : following], maxsplit=1)[0],
            dates=tuple((one.start - start, one) for one in dates),
            last=counted[-1] if counted else None,
            earlier=tuple(counted),
            plain_before=self._with_names(
                self._plain(start, end, inside)[: mention.start - start], mention, earlier_names
            ),
            plain_after=self._tail(mention, inside, start, end),
            plain_rest=self._plain(start, end, inside)[mention.end - start :],
            run=(_position(mention, run), len(run)),
            run_starts=run[0].start - start,
            topics=tuple(self._topics(position)),
            title=self._title,
        )

    def _states(self, position: int) -> bool:
        """Whether the sentence at ``position`` is an item of a list, with a number of its own: 劝返复学508人."""
        first, last = (bisect_left(self._places, place) for place in self._starts[position : position + 2])
        return any(one.role == "figure" and one.kind in STATED for one in self._mentions[first:last])

    def _with_names(self, plain: str, mention: Mention, names: Sequence[Mention]) -> str:
        """``plain`` with the names that stand in the number's own clause: “一对一”劝返复学1915人 says how."""
        start = mention.start - len(plain)
        for one in names:
            if not CLAUSE_END.search(self.text, one.end, mention.start) and one.start >= start:
                plain = plain[: one.start - start] + self.text[one.start : one.end] + plain[one.end - start :]
        return plain

    def _past(self, place: int) -> int:
        """``place``, or the end of the number that it lies in."""
        position = bisect_left(self._places, place) - 1
        return max(place, self._mentions[position].end) if position >= 0 else place

    def inside(self, mention: Mention) -> Sequence[Mention]:
        """All numbers of the mention's sentence."""
        start, end = self.bounds(mention)
        first, last = bisect_right(self._places, start - 1), bisect_right(self._places, end - 1)
        return self._mentions[first:last]

    def bounds(self, mention: Mention) -> tuple[int, int]:
        """Where the mention's sentence begins and ends."""
        position = bisect_right(self._starts, mention.start)
        end = self._starts[position] if position < len(self._starts) else len(self.text)
        return self._starts[position - 1], max(end, mention.end)

    def _run(self, mention: Mention, inside: Sequence[Mention]) -> list[Mention]:
        """The list of numbers, with nothing but 、 or 和 between them, that the mention is one of."""
        place = _position(mention, inside)
        first, last = place, place
        while first and LISTED.fullmatch(self.text, inside[first - 1].end, inside[first].start):
            first -= 1
        while last + 1 < len(inside) and LISTED.fullmatch(self.text, inside[last].end, inside[last + 1].start):
            last += 1
        return list(inside[first : last + 1])

    def _tail(self, mention: Mention, inside: Sequence[Mention], start: int, end: int) -> str:
        """The rest of the number's clause up to the next number, and what follows the sentence's last number."""
        plain = self._plain(start, end, inside)
        following = [one for one in inside if one.start >= mention.end and not is_noted(self.text, one)]
        following = [one for one in following if not is_in_passing(one)]
        # 主要集中在三个乡 bounds this one, 要求重做一遍 is of no number of its own, nor is 据传11月8日统计
        while following and (
            following[-1].unit in REPEATED or following[-1].kind == "date" or is_shown(self.text, following[-1])
        ):
            following.pop()
        if not following:
            return plain[mention.end - start :]
        near = CLAUSE_END.split(self.text[mention.end : following[0].start], maxsplit=1)[0]
        last, tail = following[-1], plain[following[-1].end - start :]
        if CLAUSE_END.search(self.text, mention.end, last.start):  # its own clause is the last number's
            tail = tail[len(CLAUSE_END.split(tail, maxsplit=1)[0]) :]
        return f"{near}，{tail}"

    def _plain(self, start: int, end: int, inside: Sequence[Mention]) -> str:
        if self._kept[0] == (start, end):
            return self._kept[1]
        text = self.text[start:end]
        for one in inside:
            first, last = max(one.start, start) - start, min(one.end, end) - start
            if first < last and not is_shown(self.text, one):
                sign = DATED if one.kind == "date" else COUNTED
                text = text[:first] + sign * (last - first) + text[last:]
        self._kept = (start, end), text
        return text

    def _masked(self, start: int, end: int, dates: Sequence[Mention]) -> str:
        text = self.text[start:end]
        for one in dates:
            if one.start >= start:
                text = text[: one.start - start] + DATED * (one.end - one.start) + text[one.end - start :]
        return text

    def _topics(self, position: int) -> list[str]:
        """Sentences before the one at ``position``: those of its paragraph, then the last short line above it."""
        found = []
        for number in range(position - 1, -1, -1):
            sentence = self.text[self._starts[number] : self._starts[number + 1]]
            if sentence.endswith("\n"):
                break
            found.append(sentence)
        heading = self._headings[position]
        return [*found, heading] if heading else found

    @cached_property
    def _title(self) -> str:
        return next((one for one in self._headings if one), "")

    @cached_property
    def _headings(self) -> list[str]:
        """For each sentence the last short line above it that states no number itself."""
        found = [""]
        of_tables = self._of_tables
        for number, (start, end) in enumerate(pairwise(self._starts)):
            line = self.text[start:end]
            # 近期的三件事 says of how many things
            states = self._states(number) and not OF_THINGS.search(line.strip())
            heads = line.endswith("\n") and 1 < len(line.strip()) <= HEADING and not states
            found.append(line.strip() if heads and number not in of_tables else found[-1])
        return found

    @cached_property
    def _of_tables(self) -> set[int]:
        """The lines in tables of numbers, and right above one its caption."""
        found: set[int] = set()
        follows = False
        for number in range(len(self._starts) - 2, -1, -1):
            start, end = self._starts[number], self._starts[number + 1]
            inside, line = self._in_table(start), self.text[start:end].strip()
            if inside or (follows and line):
                found.add(number)
            follows = inside or (follows and (not line or UNIT_LINE.fullmatch(line) is not None))
        return found


def _position(mention: Mention, among: Sequence[Mention]) -> int:
    """Where a number stands among others, by its place: a cell's is read with its unit."""
    return bisect_left([one.start for one in among], mention.start)
