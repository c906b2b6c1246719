"""A number as it stands in a text: where, what it says, and in which role."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Value = Decimal | str | tuple[Decimal, ...] | tuple[str, ...] | None

# Unknown lengths aside, more digits than this are a code, not a quantity.
LONGEST = 40
ONE = Decimal(1)


@dataclass(frozen=True)
class Mention:
    """One number of a text.

    Attributes:
        surface: the characters printed, ``text[start:end]``; words that bound or soften the number are part of it when
            they touch it (超过7天, 近八成, 300多户, 1周内).
        value: Decimal in base units (yuan, persons; percent as printed), ISO text for a date (``--03`` a month without
            year, ``--03-15`` a recurring day, ``---16`` a bare day), a pair for a range or a ratio; a fall is negative.
        unit: the measure word or noun beside the number; 元, %, ‰, 百分点, 成, × (倍, 番), 1 (a fraction), ratio, or
            empty.
        qualifier: exact, approx, more-than or less-than; inclusive: whether the bound itself is allowed (以上, 不超过).
        kind: count, money, rate, date, change or ordinal.
        direction: up or down for a change, else empty.
        per: what a price is for, joined by ``·`` (生·年), else empty.
        role: figure, name (part of a name or code) or enumerator.
        decimals: decimals printed: 97.10 has two.
        step: one in the last printed place, in base units: 100 for 133715.32万元.
        exact: a fraction's ratio, else None.
        resolved: what a month or day without year means for the issue's date, else empty.
    """

    surface: str
    start: int
    end: int
    value: Value
    unit: str
    qualifier: str
    kind: str
    direction: str = ""
    per: str = ""
    role: str = "figure"
    inclusive: bool = False
    decimals: int = 0
    step: Decimal = Decimal(1)
    exact: Fraction | None = None
    resolved: str = ""

    @property
    def beyond(self) -> Fraction | None:
        """How far 多 behind a fraction in words reaches: 四分之一多 is less than a third; None of any other number."""
        if self.exact is None or self.unit != "1" or not 0 < self.exact < 1:
            return None
        part, whole = self.exact.numerator, self.exact.denominator
        following = Fraction(part, whole - 1) if whole - 1 > part else Fraction(1)
        return min(following - self.exact, Fraction(1, 2 * whole))

    def as_dict(self) -> dict[str, object]:
        """The mention as JSON: numbers as text, a range as a list of two."""
        return {
            "surface": self.surface,
            "start": self.start,
            "end": self.end,
            "value": as_json(self.value),
            "unit": self.unit,
            "qualifier": self.qualifier,
            "kind": self.kind,
            "direction": self.direction,
            "per": self.per,
            "role": self.role,
            "inclusive": self.inclusive,
            "decimals": self.decimals,
            "exact": str(self.exact) if self.exact is not None else None,
            "resolved": self.resolved,
        }


def as_json(value: Value) -> str | list[str] | None:
    """``value`` with every number as text.

    >>> as_json((Decimal("3"), Decimal("5"))), as_json(Decimal("97.10")), as_json("--03")
    (['3', '5'], '97.10', '--03')
    """
    if isinstance(value, tuple):
        return [_as_text(one) for one in value]
    return None if value is None else _as_text(value)


def _as_text(value: Decimal | str) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else value


@dataclass(slots=True)
class Reading:
    """A mention in the making: its context (list, clause, title) may still change it."""

    start: int
    end: int
    value: Value
    unit: str = ""
    kind: str = "count"
    qualifier: str = "exact"
    inclusive: bool = False
    direction: str = ""
    per: str = ""
    role: str = "figure"
    decimals: int = 0
    exact: Fraction | None = None
    resolved: str = ""
    scale: Decimal = Decimal(1)
    words: bool = False
    shared: bool = False

    def mention(self, text: str) -> Mention:
        """What it has become, over the text as given."""
        return Mention(
            surface=text[self.start : self.end],
            start=self.start,
            end=self.end,
            value=self.value,
            unit=self.unit,
            qualifier=self.qualifier,
            kind=self.kind,
            direction=self.direction,
            per=self.per,
            role=self.role,
            inclusive=self.inclusive,
            decimals=self.decimals,
            step=self.scale.scaleb(-self.decimals),
            exact=self.exact,
            resolved=self.resolved,
        )


@dataclass(slots=True)
class Numeral:
    """A numeral read from ``start`` to ``end``.

    Attributes:
        low: the value, 万 and 亿 expanded; high: the other end where the numeral itself is a range (七八个, 几百).
        scale: what 万, 亿, 千 behind Arabic digits multiplied by; decimals: decimals printed.
        qualifier: more-than for 余 and 多, approx for 几 and 来.
        words: written in Chinese; length: its characters; bare: only 百, 千, 万 without a digit before.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal | None = None
    scale: Decimal = ONE
    decimals: int = 0
    qualifier: str = "exact"
    words: bool = False
    length: int = 1
    bare: bool = False
