"""Right sentences of two measures at two days of places, each order of words crossed with the others by chance.

An order is a text with keys: which measures (small letters), of which parts (capitals), and what is said of them. What
stands for a key is computed from the same rows as the figures: ``{abZv}`` is what both did in Z since the base date,
and who did not both rise or fall is written of in another order, ``{aP_X1}`` how
many of the primary schools of P, ``{aPQ1}`` those of P and Q together.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from ordinary import STAGES, Writer

from zt_analysis.indicators import Scope, Wanted
from zt_analysis.tying.case import Case

KEY = re.compile(r"([a-z]+)([A-Z]+)(?:_([A-Z]))?([10dvgs])\Z")


class UnfitError(Exception):
    """An order that cannot be said of these measures and parts."""


@dataclass(frozen=True)
class Measure:
    """What is measured: its name in a sentence, its figure, what a printed unit is worth, that unit, its places."""

    name: str
    figure: str
    worth: Fraction = Fraction(1)
    unit: str = "人"
    places: int = 0
    moved: str = ""  # the unit of its change, where it is another


PUPILS = (
    Measure("劝返复学", "returned_students"),
    Measure("上门送教", "home_taught_students"),
    Measure("远程送教", "remote_taught_students"),
    Measure("失辍学", "out_of_school_children"),
)


class OrdersWriter(Writer):
    """Who writes sentences in given orders; the same ``seed`` writes the same texts."""

    measures: tuple[Measure, ...] = PUPILS
    orders: tuple[str, ...] = ()

    def __init__(self, case: Case, seed: int) -> None:
        super().__init__(case, seed)
        self._known: dict[tuple[str, Scope, bool], Fraction] = {}

    def paragraph(self) -> str:
        """One sentence, in an order by chance."""
        return self.in_order(self._one(self.orders))

    def in_order(self, order: str, *, tries: int = 200) -> str:
        """A sentence of this order."""
        for _ in range(tries):
            try:
                return order.format_map(_Said(self, self._chosen(), self._parts_chosen()))
            except UnfitError:
                continue
        raise AssertionError(f"nothing fits {order}")

    def exact(self, figure: str, scope: Scope, *, then: bool = False) -> Fraction:
        """The exact value, computed once."""
        asked = (figure, scope, then)
        if asked not in self._known:
            period = self._case.paper.period
            wanted = Wanted(figure, period.at(period.base_on) if then else period, scope)
            value = self._case.computed([wanted])[wanted.key].exact
            assert value is not None
            self._known[asked] = Fraction(value)
        return self._known[asked]

    def ranked(self, measure: Measure) -> list[str]:
        """The counties from the most to the least."""
        return sorted(self._counties, key=lambda name: -self.exact(measure.figure, self._counties[name]))

    def county(self, name: str) -> Scope:
        """The rows of a county."""
        return self._counties[name]

    def _chosen(self) -> dict[str, Measure]:
        some = self._chance.sample(self.measures, min(3, len(self.measures)))
        return dict(zip("abc", some, strict=False))

    def _parts_chosen(self) -> dict[str, tuple[str, Scope]]:
        """W is the whole, X and Y the stages, P, Q and R counties, Z any of these."""
        stages = dict(zip("XY", STAGES.items(), strict=True))
        counties = dict(zip("PQR", self._chance.sample([*self._counties.items()], 3), strict=True))
        anything = self._one([("全市", ()), counties["P"], stages["X"], stages["Y"]])
        return {"W": ("全市", ()), "Z": anything, **stages, **counties}


class _Said(dict[str, str]):
    """What stands for each key of an order."""

    def __init__(self, writer: OrdersWriter, measures: dict[str, Measure], parts: dict[str, tuple[str, Scope]]) -> None:
        super().__init__()
        self._writer, self._measures, self._parts = writer, measures, parts
        self._says: dict[str, Callable[[list[tuple[Measure, Scope]]], str]] = {
            "1": lambda of: _number(of[0][0], self._sum(of)),
            "0": lambda of: _number(of[0][0], self._sum(of, then=True)),
            "d": lambda of: _number(of[0][0], abs(self._sum(of) - self._sum(of, then=True)), moved=True),
            "v": self._verb,
            "g": lambda of: _percent(abs(self._sum(of) - self._sum(of, then=True)) / self._sum(of, then=True)),
            "s": lambda of: _percent(self._sum(of) / self._sum([(of[0][0], self._part("W")[1])])),
        }

    def __missing__(self, key: str) -> str:
        if key in self._measures:
            return self._measures[key].name
        if len(key) == 1:
            return self._part(key)[0]
        found = KEY.match(key)
        assert found, key
        named, places, within, what = found.groups()
        narrowed = self._part(within)[1] if within else ()
        scopes = [(*self._part(place)[1], *narrowed) for place in places]
        return self._says[what]([(self._measures[one], scope) for one in named for scope in scopes])

    def _part(self, letter: str) -> tuple[str, Scope]:
        """The part of a letter: K, L, M are the counties with the most of the first measure, N that with the least."""
        if letter in "KLMN":
            ranked = self._writer.ranked(self._measures["a"])
            place = ranked["KLM".find(letter)]
            return place, self._writer.county(place)
        return self._parts[letter]

    def _sum(self, of: list[tuple[Measure, Scope]], *, then: bool = False) -> Fraction:
        return sum((self._writer.exact(one.figure, scope, then=then) for one, scope in of), Fraction(0))

    def _verb(self, of: list[tuple[Measure, Scope]]) -> str:
        rises = {self._sum([one]) > self._sum([one], then=True) for one in of}
        if len(rises) > 1 or any(self._sum([one]) == self._sum([one], then=True) for one in of):
            raise UnfitError
        worse, better = ("上升", "下降") if of[0][0].moved else ("增加", "减少")
        return worse if rises == {True} else better


def _number(measure: Measure, exact: Fraction, *, moved: bool = False) -> str:
    return (
        f"{rounded(exact / measure.worth, measure.places)}{measure.moved if moved and measure.moved else measure.unit}"
    )


def _percent(exact: Fraction) -> str:
    return f"{rounded(exact * 100, 2)}%"


def rounded(exact: Fraction, places: int) -> Decimal:
    """As offices round: half up."""
    return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


class DaysWriter(OrdersWriter):
    """Who writes of pupils at two days."""

    orders = (
        "9月20日{Z}{a}{aZ0}、{b}{bZ0}，11月8日{a}{aZ1}、{b}{bZ1}。",
        "{Z}{a}学生由9月20日的{aZ0}{aZv}到{aZ1}，{b}学生由{bZ0}{bZv}到{bZ1}。",
        "与9月20日相比，{Z}{a}{aZv}{aZd}，{b}{bZv}{bZd}。",
        "截至11月8日，{Z}{a}{aZ1}，{b}{bZ1}，比9月20日分别{abZv}{aZd}、{bZd}。",
        "截至11月8日，{Z}{a}{aZ1}，比9月20日{aZv}{aZd}；{b}{bZ1}，{bZv}{bZd}。",
        "{Z}{a}{aZ1}，9月20日为{aZ0}；{b}{bZ1}，9月20日为{bZ0}。",
        "{Z}{a}{aZ1}（9月20日{aZ0}），{b}{bZ1}（9月20日{bZ0}）。",
        "到11月8日，{Z}{a}、{b}分别为{aZ1}、{bZ1}，9月20日分别为{aZ0}、{bZ0}。",
        "{Z}{a}、{b}分别由9月20日的{aZ0}、{bZ0}{abZv}到{aZ1}、{bZ1}。",
        "{P}、{Q}{a}分别为{aP1}、{aQ1}，{b}分别为{bP1}、{bQ1}。",
        "{P}{a}{aP1}、{b}{bP1}，{Q}{a}{aQ1}、{b}{bQ1}，两县区{a}共{aPQ1}。",
        "{K}、{L}、{M}{a}人数较多，分别为{aK1}、{aL1}、{aM1}，合计{aKLM1}。",
        "{W}{a}{aW1}，其中小学{aX1}、初中{aY1}，{P}{aP1}。",
        "{W}{a}{aW1}、{b}{bW1}，其中{P}分别为{aP1}、{bP1}。",
        "{W}{a}{aW1}，{b}{bW1}。其中，{P}{a}{aP1}，{b}{bP1}；{Q}{a}{aQ1}，{b}{bQ1}。",
        "{a}学生中，{X}{aX1}，比9月20日{aXv}{aXd}；{Y}{aY1}，{aYv}{aYd}。",
        "{P}{a}由{aP0}{aPv}到{aP1}，{Q}由{aQ0}{aQv}到{aQ1}。",
        "9月20日，{P}、{Q}{a}分别为{aP0}、{aQ0}；11月8日，分别为{aP1}、{aQ1}。",
    )
