"""A figure: an exact value with its unit, how it is displayed, and what a printed number allows it to be.

Values are integers or ratios of integers until displayed. Rounding is done here and nowhere else: half up, on the
magnitude (0.055 % prints as 0.06 %, -0.055 % as -0.06 %), because that is how offices round by hand and how
spreadsheets do; Python's ``round`` does not.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from zt_analysis.errors import InputError
from zt_analysis.office import current
from zt_analysis.units import PRINTED_UNITS, UNITS

_HYPHEN = re.compile(r"(?<![0-9A-Za-z_./−-])-(?=\d)")
# a difference that is smaller than this is told as 0
MOST_DECIMALS = 6


def round_half_up(value: Fraction | int, decimals: int) -> Decimal:
    """``value`` rounded half up on its magnitude to ``decimals`` decimals.

    >>> round_half_up(Fraction(2675, 1000), 2), round_half_up(Fraction(-5, 2), 0)
    (Decimal('2.68'), Decimal('-3'))
    """
    exact = value if isinstance(value, (int, Fraction)) else Fraction(value)
    # in whole numbers: a review rounds a thousand times
    above, below = abs(exact.numerator) * 10**decimals, exact.denominator
    units = (2 * above + below) // (2 * below)
    return Decimal(units if value >= 0 else -units).scaleb(-decimals)


def ratio(numerator: Fraction | int | None, denominator: Fraction | int | None) -> Fraction | None:
    """The exact ratio, or None where either is missing or the denominator is zero (then nothing can be derived).

    >>> ratio(3, 6), ratio(1, 0), ratio(None, 2)
    (Fraction(1, 2), None, None)
    """
    if numerator is None or denominator is None or denominator == 0:
        return None
    return Fraction(numerator) / Fraction(denominator)


def displayed(value: Fraction | int | None, unit: str, language: str = "zh") -> str:
    """``value`` as a reader of ``language`` sees it.

    >>> displayed(133715320000, "fen"), displayed(Fraction(329, 548000), "ratio"), displayed(1915, "persons", "en")
    ('133715.32万元', '0.06%', '1,915 persons')
    >>> displayed(1, "persons", "en"), displayed(1, "counties", "en"), displayed(0, "persons", "en")
    ('1 person', '1 county', '0 persons')
    """
    kind = UNITS[unit]
    if value is None:
        return "—"
    number = round_half_up(Fraction(value) / kind.per(language), kind.decimals)
    return f"{number:f}{kind.zh}" if language == "zh" else f"{number:,f}{kind.english(number)}"


def signed_display(value: Fraction | int, unit: str, language: str = "zh", *, plus: bool = True) -> str:
    """A difference as a reader sees it: with its sign, and with as many decimals as it takes not to be called 0.

    >>> signed_display(150, "persons"), signed_display(Fraction(-4, 100000), "ratio_change")
    ('+150人', '-0.004个百分点')
    """
    kind = UNITS[unit]
    whole = Fraction(value) / kind.per(language)
    decimals = kind.decimals
    while whole and not round_half_up(whole, decimals) and decimals < MOST_DECIMALS:
        decimals += 1
    number = round_half_up(whole, decimals)
    sign = "+" if plus and number > 0 else ""
    return f"{sign}{number:f}{kind.zh}" if language == "zh" else f"{sign}{number:,f}{kind.english(number)}"


def displayed_apart(values: Sequence[Fraction | int], unit: str, language: str = "zh") -> list[str]:
    """Values as a reader sees them, with as many decimals as it takes to tell those apart that are not the same.

    >>> displayed_apart([Fraction(700, 10**6), Fraction(714, 10**6)], "ratio")
    ['0.070%', '0.071%']
    """
    kind = UNITS[unit]
    for decimals in range(kind.decimals, MOST_DECIMALS + 1):
        found = [round_half_up(Fraction(one) / kind.per(language), decimals) for one in values]
        if len(set(found)) == len(set(values)):
            break
    return [f"{one:f}{kind.zh}" if language == "zh" else f"{one:,f}{kind.en}" for one in found]


def with_minus(text: str) -> str:
    """``text`` as a person reads it: a minus sign where a hyphen stands for one, and not in a date or a code.

    >>> with_minus("差-867人，2018-11-08，T990102-02，-0.03个百分点")
    '差−867人，2018-11-08，T990102-02，−0.03个百分点'
    """
    return _HYPHEN.sub("−", text)


def in_printed_unit(value: Fraction | int, unit: str, printed: str) -> str:
    """``value`` of ``unit`` in a unit that texts print, with two decimals where that is a multiple of its own.

    >>> in_printed_unit(105612358, "persons", "万人"), in_printed_unit(658, "schools", "所")
    ('10561.24', '658')

    Raises:
        InputError: such a unit is none that figures of ``unit`` are printed in.
    """
    factors = PRINTED_UNITS.get(printed, {})
    if unit not in factors:
        known = " ".join(one for one in PRINTED_UNITS if unit in PRINTED_UNITS[one])
        raise InputError("printed unit", found=printed, expected=known, hint=f"a figure in {unit}")
    own = UNITS[unit]
    decimals = own.decimals if factors[unit] <= own.per("zh") else max(2, own.decimals)
    return f"{round_half_up(Fraction(value) / factors[unit], decimals):f}"


def both_languages(value: Fraction | int | None, unit: str) -> dict[str, str]:
    """``value`` displayed in zh and en."""
    return {language: displayed(value, unit, language) for language in ("zh", "en")}


@dataclass(frozen=True)
class Figure:
    """A value of an indicator at a date and scope.

    Attributes:
        exact: integer or ratio in the unit's exact unit (fen, persons, a plain ratio); None where not computable.
        at: the date or term the value is for, as text.
        scope: the part of the whole it covers, e.g. ``(("stage", "primary"),)``; empty for the whole city.
    """

    indicator: str
    at: str
    unit: str
    exact: Fraction | int | None
    scope: tuple[tuple[str, str], ...] = field(default=())

    @property
    def key(self) -> str:
        """What names this figure in a ledger: ``indicator[scope]@date``."""
        return figure_key(self.indicator, self.at, self.scope)

    def display(self, language: str = "zh") -> str:
        """The value as displayed in ``language``."""
        return displayed(self.exact, self.unit, language)


def figure_key(indicator: str, at: str, scope: tuple[tuple[str, str], ...] = ()) -> str:
    """The name of a figure.

    >>> figure_key("absence_rate", "2018-11-08", (("stage", "primary"),))
    'absence_rate[stage=primary]@2018-11-08'
    """
    within = ",".join(f"{name}={value}" for name, value in sorted(scope))
    return f"{indicator}[{within}]@{at}" if within else f"{indicator}@{at}"


@dataclass(frozen=True)
class Printed:
    """A number as printed: value and unit as read, and the qualifier beside it.

    The qualifier says which exact values agree: ``exact`` those that round half up to what is printed;
    ``more-than`` those above it, ``less-than`` those below it, ``at-least`` and ``at-most`` with the number itself;
    ``many`` (多 after a round number: 300 多) those above it and below the next step of its last place that is not 0
    (above 300, below 400; above 340, below 350); ``nearly`` (近) those below it, ``approx`` (约) those around it, each
    within its ``width``.

    Attributes:
        of: the unit of the figure it is held against, where one printed unit is of several kinds.
    """

    value: Decimal
    unit: str
    qualifier: str = "exact"
    of: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The units of the figures this number can be tied to (keys of UNITS)."""
        return tuple(self._factors())

    @property
    def decimals(self) -> int:
        """Decimals printed: 97.10 has two."""
        return max(0, -int(self.value.as_tuple().exponent))

    @property
    def exact(self) -> Fraction:
        """The printed value in the figure's exact unit."""
        return Fraction(self.value) * self._factor()

    def in_printed_unit(self, value: Fraction | int) -> Fraction:
        """``value`` (exact unit) in the printed unit."""
        return Fraction(value) / self._factor()

    def allows(self, value: Fraction | int) -> bool:
        """Whether a computed ``value`` (exact unit) agrees with what is printed.

        >>> Printed(Decimal("0.06"), "%").allows(Fraction(55, 100000))
        True
        >>> Printed(Decimal("0.06"), "%").allows(Fraction(65, 100000))
        False
        >>> Printed(Decimal("300"), "户", "many").allows(300)
        False
        """
        found = self.in_printed_unit(value)
        if self.qualifier == "exact":
            return round_half_up(found, self.decimals) == self.value
        if self.qualifier in QUALIFIERS:
            return keeps(self.qualifier, found, Fraction(self.value), last_place(self.value), self.of or self.kinds[0])
        raise InputError(
            "qualifier", found=repr(self.qualifier), expected=", ".join(QUALIFIERS), hint="correct the claims file"
        )

    def _factor(self) -> Fraction:
        factors = self._factors()
        return factors.get(self.of) or next(iter(factors.values()))

    def _factors(self) -> Mapping[str, Fraction]:
        if self.unit not in PRINTED_UNITS:
            raise InputError(
                "printed unit",
                found=repr(self.unit),
                expected=" ".join(PRINTED_UNITS),
                hint="a number ties to a figure only if its unit is known",
            )
        return PRINTED_UNITS[self.unit]


def difference_unit(printed_unit: str) -> dict[str, str]:
    """The unit of a difference between two numbers printed in ``printed_unit``, in both languages.

    >>> difference_unit("%")["zh"], difference_unit("万元")["en"], difference_unit("期")["zh"]
    ('个百分点', ' ×10,000 yuan', '')
    >>> difference_unit("万人")["en"]
    ' ×10,000 persons'
    """
    if printed_unit not in PRINTED_UNITS:
        return {"zh": "", "en": ""}
    if printed_unit == "%":  # the difference of two shares is no share
        return {"zh": "个百分点", "en": " pp"}
    kind = UNITS[next(iter(PRINTED_UNITS[printed_unit]))].en
    scaled = {"万元": " ×10,000 yuan", "亿元": " ×100,000,000 yuan"} | dict.fromkeys(
        ("万人", "万名", "万户"), f" ×10,000{kind}"
    )
    english = scaled.get(printed_unit, kind)
    return {"zh": printed_unit, "en": english}


QUALIFIERS = ("exact", "more-than", "less-than", "at-least", "at-most", "many", "nearly", "approx")
# how near is 近 and how wide is 约, as a share of what is printed, where the office does not say
WIDTHS = {"nearly": Fraction(1, 10), "approx": Fraction(1, 20)}


def width(qualifier: str, unit: str) -> Fraction:
    """How far a figure of ``unit`` may lie from what is printed, as a share of it, for ``nearly`` and ``approx``.

    An office says otherwise in ``words/texts/widths.csv``: qualifier, unit (a key of UNITS; empty for every), share.
    """
    declared = {(row["qualifier"], row["unit"]): row["share"] for row in current().rows("widths")}
    share = declared.get((qualifier, unit)) or declared.get((qualifier, ""))
    try:
        return Fraction(share) if share else WIDTHS[qualifier]
    except (ValueError, ZeroDivisionError) as error:
        raise InputError(
            f"office/words/texts/widths.csv: share of {qualifier!r}", found=repr(share),
            expected="a share of the number printed", hint="write 0.05 or 1/20",
        ) from error  # fmt: skip


def keeps(qualifier: str, found: Fraction, printed: Fraction, place: Fraction, unit: str) -> bool:
    """Whether a value keeps the bound that a qualifier sets; ``place`` is the number's last place that is not 0.

    >>> [keeps("many", Fraction(value), Fraction(340), Fraction(10), "persons") for value in (340, 349, 350)]
    [False, True, False]

    A number written to two places or more claims them: 近79万 is more than 78万, 近80万 more than 72万.

    >>> [keeps("nearly", Fraction(743740), Fraction(one), Fraction(10**4), "persons") for one in (750000, 790000)]
    [True, False]
    """
    if qualifier == "many":
        return printed < found < printed + place
    if qualifier in WIDTHS:
        share = width(qualifier, unit) * abs(printed)
        apart = min(share, place) if abs(printed) > place else share
        return printed - apart <= found < printed if qualifier == "nearly" else abs(found - printed) <= apart
    kept = {"more-than": operator.gt, "at-least": operator.ge, "less-than": operator.lt, "at-most": operator.le}
    return bool(kept[qualifier](found, printed))


def as_displayed(figure: Figure) -> Fraction:
    """A figure's value, in its exact unit, rounded as a paper displays it; 0 where it has none.

    >>> float(as_displayed(Figure("", "", "fen", 12345678)))
    12350000.0
    """
    kind = UNITS[figure.unit]
    return Fraction(round_half_up(Fraction(figure.exact or 0) / kind.per_display, kind.decimals)) * kind.per_display


def last_place(value: Decimal) -> Fraction:
    """The size of the last place whose digit is not 0: 100 for 300, 10 for 340.

    >>> last_place(Decimal("300")), last_place(Decimal("340")), last_place(Decimal("0.06"))
    (Fraction(100, 1), Fraction(10, 1), Fraction(1, 100))
    """
    return Fraction(10) ** int(value.normalize().as_tuple().exponent)
