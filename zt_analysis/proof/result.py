"""What is read from a document to be held against itself, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from zt_analysis.numbers import Mention
from zt_analysis.proof.intervals import Interval

RATES = frozenset(("%", "‰", "成", "1", "×", "百分点", "基点", "ratio"))
SHARES = {"%": Fraction(1, 100), "‰": Fraction(1, 1000), "成": Fraction(1, 10), "1": Fraction(1)}


@dataclass(eq=False, slots=True)
class Quantity:
    """A number of a sentence, with what the words say of it.

    Attributes:
        start, end: where it stands in the text that was read.
        interval: what its printed precision allows.
        lead: the words between the number before it (dates aside) and this one; ``tail``: up to the next number.
        subject: what is counted, in the words of its clause; ``topic``: what its sentence is about, where the subject
            alone names only a measure (招生); ``scope``: words that narrow it to a place or a time.
    """

    mention: Mention
    start: int
    end: int
    interval: Interval
    unit: str
    lead: str = ""
    tail: str = ""
    subject: str = ""
    topic: str = ""
    key: str = ""
    time: str = ""
    depth: int = 0
    sentence: int = 0
    paragraph: int = 0

    @property
    def is_level(self) -> bool:
        """Whether it is an amount, not a change, share or ratio."""
        return self.is_amount and not self.mention.per

    @property
    def is_amount(self) -> bool:
        """Whether it is an amount of something, also for each (每生1000元)."""
        return self.mention.kind in ("count", "money") and self.unit not in RATES

    @property
    def is_rate(self) -> bool:
        """Whether it is a share or rate and no change."""
        return self.mention.kind == "rate" and self.unit in SHARES

    @property
    def is_change(self) -> bool:
        """Whether it is the size of a rise or fall."""
        return self.mention.kind == "change"


@dataclass(eq=False, slots=True)
class Sentence:
    """The quantities of one sentence, in order, and its text."""

    text: str
    start: int
    paragraph: int
    number: int
    quantities: list[Quantity] = field(default_factory=list)
    marks: list[Mention] = field(default_factory=list)
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A relation between numbers of the text, checked.

    Attributes:
        kind: a term ``proof_<kind>``.
        holds: True, False, or None where it cannot be told whether it is meant.
        numbers: the numbers it is about, as spans of the text; none for what is missing.
        states: what is printed; computed: what follows from the other numbers; difference: printed minus computed,
            empty where it holds or is no number.
        at: the number that is held against the others; the last one where None.
    """

    kind: str
    holds: bool | None
    numbers: tuple[tuple[int, int], ...]
    states: str
    computed: str
    difference: str = ""
    at: tuple[int, int] | None = None


@dataclass(frozen=True)
class Proof:
    """A document held against itself: every number, and what was found, in the order of the text."""

    document: str
    text: str
    numbers: Sequence[tuple[int, int]]
    findings: Sequence[Finding]
    unread: tuple[str, ...] = ()

    @property
    def held(self) -> frozenset[tuple[int, int]]:
        """The numbers that stand in at least one relation that was checked."""
        known = frozenset(self.numbers)
        return frozenset(one for found in self.findings if found.holds is not None for one in found.numbers) & known

    @property
    def contradictions(self) -> list[Finding]:
        """What contradicts."""
        return [found for found in self.findings if found.holds is False]

    @property
    def doubtful(self) -> list[Finding]:
        """What may contradict and cannot be told."""
        return [found for found in self.findings if found.holds is None]

    @property
    def coverage(self) -> Fraction:
        """The share of the numbers that were held against others."""
        return Fraction(len(self.held), len(self.numbers)) if self.numbers else Fraction(0)
