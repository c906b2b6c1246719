"""Sentences that speak of numbers in other sentences: 以上为东川县数据。 这一数字有误。 下面是一则假消息。 * 为上年数.

What points at a number governs it as its own clause does. A sentence that says what the numbers around it are has to be
understood word by word; a note, and what introduces a list (情况如下), must not make them another place's, time's or
kind of statement. Where one does, the numbers that it points at are unproven, with its words. The sentence after a
number speaks of it too, unless it has a subject of its own (``subjects``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import zt_analysis.expressions as re
from zt_analysis.indicators import find
from zt_analysis.numbers import Mention
from zt_analysis.terms import filled, label
from zt_analysis.tying import pointers
from zt_analysis.tying.apart import is_apart
from zt_analysis.tying.case import Case
from zt_analysis.tying.cell_reading import CellReading
from zt_analysis.tying.closed import words_left
from zt_analysis.tying.dating_notes import dated_by, fits
from zt_analysis.tying.footnotes import Footnotes
from zt_analysis.tying.letters import opening
from zt_analysis.tying.looked_past import is_told_beside
from zt_analysis.tying.marks import CLAUSE_END, COUNTED, DATED
from zt_analysis.tying.meaning import Meaning
from zt_analysis.tying.named_spans import is_of_now, other_term
from zt_analysis.tying.noted import LABEL, LABELLED, NOTED, SIGNED, TEXT, is_written_on, without_label
from zt_analysis.tying.said_of_it import OF_BEFORE, first, moved, other_statement
from zt_analysis.tying.sentences import STATED, Sentences
from zt_analysis.tying.shown import is_stated
from zt_analysis.tying.subjects import KNOWN, counts_something, is_named_or_known, own_subject, takes_back
from zt_analysis.tying.table_notes import without_descriptions
from zt_analysis.tying.vocabulary import pattern
from zt_analysis.tying.wording import SOME_ARE_NOT

POINTING, OPEN = ("pointing",), ()
# how many sentences after a number may speak of it
FOLLOWING = 4
# notes of one figure that are looked at; no table has as many
MOST_NOTES = 12
# how long a word is that names a figure in a note: 学校 may be whose all numbers are
NAMES = 4
ENDED = re.compile(r"[。！？!?…；;][”’）)\s]*$")
# what every national number leaves out
WITHOUT = re.compile(r"[未不](?:包括|包含|含)(?:香港|港澳台)")
DASHES = re.compile(r"^[\s\-–—#>*]+")
CHINESE = re.compile(r"[一-龥]")
OF_TABLE = re.compile(r"[本此该]表(?!述|示|现|明)")
NOTE_SIGN = re.compile(r"^\s*[*＊†‡※]+\s*")


class Pointing:
    """The sentences of a text that point at others."""

    def __init__(
        self, sentences: Sentences, mentions: Sequence[Mention], case: Case,
        of: tuple[str, Collection[int], Collection[int]] = ("", (), ()),
    ) -> None:  # fmt: skip
        """Read ``sentences``.

        Args:
            of: the notes under tables (those on 本表 are about no prose); where numbers begin that follow others, and
                where those that mean a figure by the words around them.
        """
        self._of_tables, self._derived, self._understood = of
        self._sentences, self._case, self._mentions = sentences, case, mentions
        self._footnotes = Footnotes(sentences)
        self._places = [one.start for one in mentions]
        self._judged: dict[tuple[int, tuple[str, ...]], str] = {}
        self._undeclared: dict[int, str] = {}
        self._own: dict[int, bool] = {}
        self._said: dict[int, list[tuple[int, str]]] = {}

    def why(self, mention: Mention, figures: Sequence[str] = (), cell: CellReading | None = None) -> Meaning | None:
        """Why a sentence that points at ``mention`` leaves it unproven; None where none does.

        Args:
            figures: what the number can be; a note that names figures is about these alone.
            cell: how it was read as a cell: the note under its table was judged for it; None of a number of prose.
        """
        here = self._sentences.position(mention.start)
        note = cell.note if cell else None
        of_a_term = any(find(one).time == "term" for one in figures)
        if found := self._of_document(here, figures, note):
            return self._told(*found)
        if words := self._beside(mention, here):
            return Meaning(reason=filled("tie_pointed", words=words))
        for position, kinds in (*self._near(here, cell), *self._far(here), *(() if cell else self._notes(mention))):
            words = self._judge(position, kinds)
            if words and not fits(self._dates(position), figures):
                return self._told(position, words, self._besides(here, cell))
            if of_a_term and (other := other_term(self._sentences.sentence(position), self._case.paper.period)):
                return self._told(position, other, self._besides(here, cell))
        if not cell and (mark := self._footnotes.mark(mention)) and not self._footnotes.of(mention):
            return Meaning(reason=filled("tie_no_note", words=mark))
        return None

    def said(self, position: int, kinds: tuple[str, ...]) -> Meaning | None:
        """Why a sentence leaves the numbers that it is about unproven; ``kinds``: the words that it may be made of."""
        return self._told(position, words) if (words := self._judge(position, kinds)) else None

    def _told(self, position: int, words: str, beside: tuple[str, ...] = ()) -> Meaning:
        """That a sentence speaks of the number; a word of it that nobody has declared is one to confirm."""
        unknown = (words,) if self._undeclared.get(position) == words else ()
        said = self._sentences.as_printed(position).strip() if unknown else ""
        return Meaning(reason=filled("tie_pointed", words=words), unknown=unknown, said=said, beside=beside)

    def _besides(self, here: int, cell: CellReading | None) -> tuple[str, ...]:
        """All sentences right after a number that are read for their words alone."""
        near = (position for position, kinds in self._near(here, cell) if kinds is KNOWN)
        return tuple(self._sentences.as_printed(one).strip() for one in near if self._judge(one, KNOWN))

    def _near(self, here: int, cell: CellReading | None) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The sentences after a number, up to the first that is about something else, and what they may be made of."""
        in_cell = cell is not None and cell.last is not None
        if cell and cell.last:  # what follows a table is said of all of it
            here = self._sentences.position(cell.last.start)
        for position in range(here + 1, min(here + 1 + FOLLOWING, len(self._sentences))):
            text = self._sentences.sentence(position)
            if not text.strip() or is_apart(self._sentences.as_printed(position)):
                continue
            if SIGNED.fullmatch(text) or text.strip() == label("synthetic_line"):
                return
            begins = self._sentences.sentence(position - 1).endswith("\n")
            if begins and pointers.RAISED.match(text) and self._footnotes.is_read_there(text):  # where its mark is
                return
            if raised := pointers.RAISED.match(text):  # …人。¹: the note is of the sentence before
                yield from ((one, KNOWN) for one in self._footnotes.by_mark.get(raised[0].strip(), ()))
            # a heading, a row, who signs, 报： and the line about rows that every paper of ours ends with
            apart = begins and (not ENDED.search(text) or LABELLED.match(text))
            if pointers.NEAR.match(text):
                yield position, POINTING
            elif apart or in_cell or self._of_its_own(position):
                if pattern("verdict").search(text):
                    yield position, OPEN
                return
            elif not is_told_beside(text, self._case):  # what comes after it may still be of the number
                yield position, KNOWN

    def _dates(self, position: int) -> str:
        return dated_by(self._sentences.sentence(position), self._case.paper.period)

    def _of_its_own(self, position: int) -> bool:
        if position not in self._own:
            text, inside = self._plain(position)
            counted = [one for one in inside if one.role == "figure" and one.kind in STATED]
            states = any(not OF_BEFORE.search(one.surface) for one in counted)
            # 推进到一半, 减去两百: of what was counted before, whoever does it
            bare = any(one.kind == "rate" or not one.unit for one in counted)
            text = NOTE_SIGN.sub("", without_label(text))
            # 。--假的: a dash opens an item at the beginning of a line only, as does （二）初中。
            line = not position or self._sentences.sentence(position - 1).endswith("\n")
            text = text if line else DASHES.sub("", text)
            head = text.strip(f"{COUNTED}。 \n")
            own = line and any(one.text == head for one in self._case.parts.named(head))
            own = own or (own_subject(text, self._case) and not bare) or self._is_understood(position)
            self._own[position] = own or (states and counts_something(text, self._case))
        return self._own[position]

    def _is_understood(self, position: int) -> bool:
        """Whether all numbers of a sentence mean figures by its own words, and none of these takes a number back."""
        text, inside = self._plain(position)
        counted = [one for one in inside if one.role == "figure" and one.kind in STATED]
        known = bool(counted) and all(one.start in self._understood for one in counted)
        return known and not takes_back(text)

    def _far(self, here: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        back, ahead, _ = self._pointers
        yield from ((one, POINTING) for one in back[bisect_right(back, here) :])
        yield from ((one, POINTING if closed else OPEN) for one, closed in ahead if one < here)

    def _of_document(self, here: int, figures: Sequence[str], note: str | None) -> tuple[int, str] | None:
        """A note, anywhere, and its words by which the numbers of these figures, or all, are something else."""
        for named, found in self._notes_of_document.items():
            if named and not any(one in figure for one in named for figure in figures):
                continue
            others = (one for one in found if one[0] != here and not self._judged_there(note, one[0]))
            if other := next(others, None):
                return other
        return None

    def _judged_there(self, note: str | None, position: int) -> bool:
        """Whether a sentence is one of the table's note; a number of prose is in no table (注：本表…)."""
        text = self._sentences.sentence(position).strip()
        if note is None:
            if not OF_TABLE.match(without_label(text).lstrip()):
                return False
            note = self._of_tables
        labelled = LABEL.match(text)
        said = text[labelled.end() :] if labelled else text
        return bool(note and said) and said.rstrip("。；;") in re.split(r"[。；;]", note)

    @cached_property
    def _notes_of_document(self) -> dict[frozenset[str], list[tuple[int, str]]]:
        """The sentences that take back all numbers of the figures that they name, or of the text."""
        found: dict[frozenset[str], list[tuple[int, str]]] = {}
        for position, kinds in self._pointers[2]:
            if words := self._judge(position, kinds):
                text = self._sentences.sentence(position)
                named = frozenset(
                    one.indicator for one in self._case.phrases if any(len(w) >= NAMES and w in text for w in one.words)
                )
                kept = found.setdefault(named, [])
                if len(kept) < MOST_NOTES:  # a sentence says nothing of its own number, a table's note was judged
                    kept.append((position, words))
        return found

    def _beside(self, mention: Mention, here: int) -> str:
        """What clauses behind a number, that hold another number, say of it: 近2000人，准确地说是1951人."""
        if here not in self._said:
            self._said[here] = [*self._unnamed(here)]
        first = CLAUSE_END.search(self._sentences.text, mention.end)
        ends = first.end() if first else len(self._sentences.text)
        return next((words for begins, words in self._said[here] if begins >= ends), "")

    def _unnamed(self, position: int) -> Iterator[tuple[int, str]]:
        """The clauses of a sentence whose number has no name, none of which means a figure, and where they begin."""
        text, inside = self._plain(position)
        begins = self._sentences.begins(position)
        counted = [one.start - begins for one in inside if one.role == "figure" and one.kind in STATED]
        marks = [(0, 0), *(one.span() for one in CLAUSE_END.finditer(text)), (len(text), len(text))]
        for (_, start), (end, _) in pairwise(marks):
            clause = text[start:end]
            here = counted[bisect_left(counted, start) : bisect_left(counted, end)]
            known = all(begins + one in self._understood for one in here)
            states = bool(here) and not known and not any(begins + one in self._derived for one in here)
            if states and CHINESE.search(clause) and not is_named_or_known(clause, self._case):
                yield begins + start, clause.strip()

    @cached_property
    def _pointers(self) -> tuple[list[int], list[tuple[int, bool]], list[tuple[int, tuple[str, ...]]]]:
        """Sentences that point at all before, at all after (and whether word by word), and at all (by which words)."""
        back: list[int] = []
        ahead: list[tuple[int, bool]] = []
        everywhere: list[tuple[int, tuple[str, ...]]] = []
        goes_on = False  # a note of several sentences
        last = max((self._sentences.position(one.start) for one in self._mentions if is_stated(one)), default=0)
        for position in range(len(self._sentences)):
            text = self._sentences.sentence(position)
            labelled = LABEL.match(text) is not None or (goes_on and bool(text.strip()))
            goes_on = labelled and not text.endswith("\n")
            text = without_label(text).lstrip()
            if WITHOUT.search(text) or text.strip() == label("synthetic_line"):
                continue
            if pointers.BACK.match(text):
                back.append(position)
            elif pointers.ALL.match(text) or (
                pattern("document").search(text)
                and not self._footnotes.is_read_there(text)
                and not self._is_understood(position)
            ):
                everywhere.append((position, POINTING))
            elif pointers.AHEAD.match(text):
                ahead.append((position, True))
            elif pointers.INTRODUCED.search(text):
                ahead.append((position, False))
            elif (
                labelled or TEXT.match(text) or (position > last and self._handles(position))
            ) and not self._of_its_own(position):
                everywhere.append((position, NOTED))
        return back, ahead, everywhere

    def _handles(self, position: int) -> bool:
        """Whether a line below all that is stated is what somebody wrote on it: 批示：数字不对。 ※照默认值填列。"""
        text = self._sentences.sentence(position)
        noted = pointers.OPENING.match(text) is not None and not self._footnotes.is_read_there(text)
        return self._sentences.sentence(position - 1).endswith("\n") and (noted or is_written_on(text))

    def _notes(self, mention: Mention) -> list[tuple[int, tuple[str, ...]]]:
        mark = self._footnotes.mark(mention)
        kinds = KNOWN if pointers.RAISED.match(mark) else OPEN
        return [(one, kinds) for one in self._footnotes.of(mention)] if mark else []

    def _judge(self, position: int, kinds: tuple[str, ...]) -> str:
        """The words by which a sentence makes the numbers that it points at something else; empty where it does not.

        Args:
            kinds: the words that it may be made of beside those of figures and parts; ``OPEN``: any.
        """
        asked = position, kinds
        if asked not in self._judged:
            self._judged[asked] = "" if self._dates(position) == "day" else self._words(position, kinds)
        return self._judged[asked]

    def _words(self, position: int, kinds: tuple[str, ...]) -> str:
        text, inside = self._plain(position)
        text = without_label(text)
        text = text[opening(text, 0) :]  # 各位领导：现将有关情况汇报如下。
        if before := next(
            (one.surface for one in inside if one.kind == "date" and not is_of_now(one, self._case.paper.period)), ""
        ):
            return before
        if kinds is KNOWN and (now := moved(text, inside)):
            return now
        if position and self._sentences.sentence(position - 1).endswith("\n"):
            text = pointers.RAISED.sub("", text)
        text = without_descriptions(text, self._case.parts)
        found = other_statement(text, self._case.parts, closed=bool(kinds))
        found = found or first(text, SOME_ARE_NOT, pattern("verdict"))
        if found or not kinds:
            return found
        left = words_left(text, self._case.parts, self._case.names, *kinds)
        if left:
            self._undeclared[position] = left
        return left

    def _plain(self, position: int) -> tuple[str, Sequence[Mention]]:
        """A sentence with its numbers blanked, and these."""
        text = self._sentences.sentence(position)
        begins = self._sentences.begins(position)
        inside = self._mentions[bisect_left(self._places, begins) : bisect_left(self._places, begins + len(text))]
        for one in inside:
            first, last = one.start - begins, min(one.end - begins, len(text))
            text = text[:first] + (DATED if one.kind == "date" else COUNTED) * (last - first) + text[last:]
        return text, inside
