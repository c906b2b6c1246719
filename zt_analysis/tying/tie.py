"""What tying gives: each number of a text tied to a figure, excused with a reason, ambiguous, or unproven."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from zt_analysis.figures import Figure
from zt_analysis.indicators import Wanted
from zt_analysis.numbers import Mention
from zt_analysis.tying.excuses import Excuse

if TYPE_CHECKING:
    from zt_analysis.proof import Proof

TIED = ("agree", "agree_rounded", "within_bound", "differs", "unit_differs", "not_derivable")
GREEN = ("agree", "agree_rounded", "within_bound")
FAILING = ("differs", "unit_differs", "not_derivable")
UNPROVEN = ("ambiguous", "unproven")


@dataclass(frozen=True)
class Tie:
    """One number of the text and what it is.

    Attributes:
        start, end: where it stands in the document's text; place: the same for a reader.
        status: a verdict (``agree``, ``agree_rounded``, ``within_bound``, ``differs``, ``unit_differs``,
            ``not_derivable``), ``excused``, ``ambiguous`` or ``unproven``.
        figure: the figure it is tied to; name: what that figure, parameter or constant is called, in zh and en.
        expected: what should be printed, in zh and en, where something is known.
        reason: why it is excused (``excuse`` holds more), or why it is not taken for the figure that its words name.
        candidates: names of figures between which nothing decides.
        wanted: how ``figure`` is asked for again.
    """

    mention: Mention
    start: int
    end: int
    place: Mapping[str, str]
    status: str
    figure: Figure | None = None
    name: Mapping[str, str] | None = None
    expected: Mapping[str, str] | None = None
    reason: Mapping[str, str] | None = None
    candidates: tuple[Mapping[str, str], ...] = ()
    difference: str = ""
    excuse: Excuse | None = None
    wanted: Wanted | None = None

    @property
    def fails(self) -> bool:
        """Whether the number is wrong."""
        return self.status in FAILING


@dataclass(frozen=True)
class Remark:
    """What the wording around numbers says that their values do not: where, which kind, and in words."""

    start: int
    end: int
    place: Mapping[str, str]
    kind: str
    text: Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """A word to confirm, or a sentence.

    Attributes:
        surface: the number that it leaves unproven; families: the kinds of figure that number can be.
        names: whether the words stand where a figure's name would: they can only mean a figure, or narrow.
        apart: whether the sentence may be of another thing as a whole; ``words`` are all of it where ``names`` holds.
    """

    words: str
    surface: str
    families: tuple[str, ...]
    sentence: str
    place: Mapping[str, str]
    names: bool = False
    apart: bool = False

    @property
    def of(self) -> str:
        """What is asked of once: a sentence that may be of another thing, or a word."""
        return self.sentence if self.apart else self.words


@dataclass(frozen=True)
class TieOut:
    """A text held against a case, both ways.

    Attributes:
        ties: every number of the text, in its order.
        remarks: wording that contradicts values.
        unprinted: headline figures that the text does not print.
        misread: claims of the case that the text prints otherwise or not at all.
        unread: parts of the document that hold no text to read.
        questions: words that nobody has declared, for a person to confirm.
        proof: the document held against itself; what contradicts there is a remark.
    """

    document: str
    case: str
    ties: tuple[Tie, ...]
    remarks: tuple[Remark, ...]
    unprinted: tuple[Figure, ...]
    misread: tuple[Mapping[str, str], ...]
    unread: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    proof: Proof | None = None

    @cached_property
    def counts(self) -> dict[str, int]:
        """Mentions = tied + excused + unproven."""
        found = Counter(
            "tied" if one.status in TIED else "excused" if one.status == "excused" else "unproven" for one in self.ties
        )
        return {"mentions": len(self.ties)} | {word: found[word] for word in ("tied", "excused", "unproven")}

    @property
    def coverage(self) -> Fraction:
        """The share of numbers that are tied or excused; 0 of a text without numbers."""
        counts = self.counts
        return Fraction(counts["tied"] + counts["excused"], counts["mentions"]) if self.ties else Fraction(0)

    @property
    def wrong(self) -> list[Tie]:
        """The numbers that are not what they should be."""
        return [one for one in self.ties if one.fails]

    @property
    def holds(self) -> bool:
        """Whether some number is tied to a figure and nothing is wrong; a text that proves nothing does not hold."""
        return self.counts["tied"] > 0 and not (self.wrong or self.remarks or self.misread)
