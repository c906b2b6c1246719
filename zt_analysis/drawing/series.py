"""What a chart shows: figures by their parts or dates, named in one language, with what was not received of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from zt_analysis.drawing.say import Say
from zt_analysis.errors import wrong_argument
from zt_analysis.indicators.indicator import Exact

# what can be listened to at once
SAID, FEW = 12, 5


@dataclass(frozen=True)
class Series:
    """One figure in each part.

    Attributes:
        values: exact, one a part; None where there is none.
        received: whether anything was received of the part.
        whole: the figure of all parts, from the same definition; None where there is none.
        lacks: names of the parts that the whole lacks because they were not received.
        read: the tables it is computed from.
    """

    indicator: str
    name: str
    unit: str
    values: tuple[Exact, ...]
    received: tuple[bool, ...]
    whole: Exact = None
    lacks: tuple[str, ...] = ()
    read: tuple[str, ...] = ()

    def texts(self, say: Say) -> list[str]:
        """What stands at each part: its number; a sign and words where nothing was received."""
        return [
            say.number(value, self.unit) if received else say.not_received()
            for value, received in zip(self.values, self.received, strict=True)
        ]

    def total(self, say: Say) -> str:
        """The whole with its unit, marked where it lacks parts."""
        return say.amount(self.whole, self.unit) + self.mark(say)

    def mark(self, say: Say) -> str:
        """What is said after the whole where it lacks parts."""
        return say.term("partial_mark") if self.lacks else ""


@dataclass(frozen=True)
class Split:
    """Figures by part. ``by`` is what the parts are called, ``scope`` what of the whole they are parts of."""

    say: Say
    by: str
    codes: tuple[str, ...]
    parts: tuple[str, ...]
    series: tuple[Series, ...]
    scope: str = ""

    @property
    def late(self) -> list[str]:
        """Names of the parts of which nothing was received for one of the figures."""
        return [part for place, part in enumerate(self.parts) if not all(one.received[place] for one in self.series)]

    @property
    def lacks(self) -> tuple[str, ...]:
        """Names of what the wholes lack."""
        return tuple(dict.fromkeys(name for one in self.series for name in one.lacks))

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables behind the figures."""
        return tuple(dict.fromkeys(name for one in self.series for name in one.read))

    @property
    def units(self) -> str:
        """The units of the figures, each once."""
        return self.say("comma").join(dict.fromkeys(filter(None, (self.say.unit(one.unit) for one in self.series))))

    def each(self, texts: Sequence[Sequence[str]]) -> str:
        """What stands at each part, as a sentence; of many parts the first, and where the others are."""
        shown = [
            f"{part} {self.say.several(cells)}" for part, *cells in zip(self.parts, *texts, strict=True)
        ]  # fmt: skip
        more = [self.say("more", count=len(shown) - FEW)] if len(shown) > SAID else []
        return self.say.listed(shown[:FEW] + more if more else shown)

    def ordered(self, order: str) -> Split:
        """The parts as they stand, or those with ``most`` of the first figure first; those without a value last."""
        if order == "listed":
            return self
        if order != "most":
            raise wrong_argument("order", order, "'most' or 'listed'", "leave it out")
        first = self.series[0].values
        places = sorted(range(len(self.parts)), key=lambda place: (first[place] is None, -Fraction(first[place] or 0)))
        return self.chosen(places)

    def chosen(self, places: Iterable[int]) -> Split:
        """The parts at ``places``, in that order."""
        taken = list(places)
        series = tuple(
            replace(
                one,
                values=tuple(one.values[place] for place in taken),
                received=tuple(one.received[place] for place in taken),
            )
            for one in self.series
        )
        codes, parts = (tuple(names[place] for place in taken) for names in (self.codes, self.parts))
        return replace(self, codes=codes, parts=parts, series=series)
