"""A figure: an exact value with its unit, how it is displayed, and what a printed number allows it to be.

Values are integers or ratios of integers until displayed. Rounding is done here and nowhere else: half up, on the
magnitude (0.055 % prints as 0.06 %, -0.055 % as -0.06 %), because that is how offices round by hand and how
spreadsheets do; Python's ``round`` does not.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from zt_analysis.errors import InputError
from zt_analysis.office import current


@dataclass(frozen=True)
class Unit:
    """How values of one kind are displayed.

    Attributes:
        per_display: exact units in one displayed unit (10**6 fen in one 万元); per_display_en: the same in English.
        decimals: decimals displayed.
        zh, en: what follows the number.
    """

    key: str
    zh: str
    en: str
    per_display: Fraction = Fraction(1)
    decimals: int = 0
    per_display_en: Fraction | None = None

    def per(self, language: str) -> Fraction:
        """Exact units in one unit displayed in ``language``: Chinese counts money in 万元, English in yuan."""
        return self.per_display_en or self.per_display if language == "en" else self.per_display


UNITS = {
    unit.key: unit
    for unit in (
        Unit("persons", "人", " persons"),
        Unit("households", "户", " households"),
        Unit("counties", "个", " counties"),
        Unit("rows", "行", " rows"),
        Unit("cases", "件", " cases"),
        Unit("cases_per_week", "件/周", " a week", decimals=1),
        Unit("plain", "", ""),
        Unit("absences", "次", " absences"),
        Unit("schools", "所", " schools"),
        Unit("villages", "个", " villages"),
        Unit("townships", "个", " townships"),
        Unit("reports", "份", " reports"),
        Unit("visits", "次", " visits"),
        Unit("issues", "期", " issues"),
        Unit("days", "天", " days", decimals=1),
        Unit("calendar_days", "天", " days"),
        Unit("per_week", "次/周", " a week", decimals=2),
        Unit("items", "项", " items"),
        Unit("ages", "个年龄", " ages"),
        Unit("fen", "万元", " yuan", per_display=Fraction(10**6), decimals=2, per_display_en=Fraction(100)),
        Unit("fen_per_person", "元", " yuan", per_display=Fraction(100), decimals=2),
        Unit("ratio", "%", "%", per_display=Fraction(1, 100), decimals=2),
        Unit("ratio_change", "个百分点", " pp", per_display=Fraction(1, 100), decimals=2),
    )
}

# The unit printed after a number: the kinds of figure it can be tied to, and exact units in one printed unit.
# 人 is not 人次, 元 is not 万元, 百分点 is not %: what is not in this table ties to nothing.
_ONE = Fraction(1)
_EVENTS = ("cases", "rows", "absences")
_MONEY = ("fen", "fen_per_person")
PRINTED_UNITS: dict[str, tuple[tuple[str, ...], Fraction]] = {
    **dict.fromkeys(("人", "名", "位", "名学生", "学生", "个学生"), (("persons",), _ONE)),
    **dict.fromkeys(("户", "家"), (("households",), _ONE)),
    **dict.fromkeys(("件", "例", "起", "宗"), (_EVENTS, _ONE)),
    "个": (("counties", "townships", "villages"), _ONE),
    **dict.fromkeys(("县区", "县市区", "县", "区"), (("counties",), _ONE)),
    "乡镇": (("townships",), _ONE),
    "村": (("villages",), _ONE),
    **dict.fromkeys(("所", "校"), (("schools",), _ONE)),
    "份": (("reports",), _ONE),
    "元": (_MONEY, Fraction(100)),
    "万元": (_MONEY, Fraction(10**6)),
    "亿元": (_MONEY, Fraction(10**10)),
    "%": (("ratio",), Fraction(1, 100)),
    "‰": (("ratio",), Fraction(1, 1000)),
    "成": (("ratio",), Fraction(1, 10)),
    "1": (("ratio",), _ONE),
    **dict.fromkeys(("个百分点", "百分点"), (("ratio_change",), Fraction(1, 100))),
}


def round_half_up(value: Fraction | int, decimals: int) -> Decimal:
    """``value`` rounded half up on its magnitude to ``decimals`` decimals.

    >>> round_half_up(Fraction(2675, 1000), 2), round_half_up(Fraction(-5, 2), 0)
    (Decimal('2.68'), Decimal('-3'))
    """
    units = int(abs(Fraction(value)) * 10**decimals + Fraction(1, 2))
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
    """
    kind = UNITS[unit]
    if value is None:
        return "—"
    number = round_half_up(Fraction(value) / kind.per(language), kind.decimals)
    return f"{number:f}{kind.zh}" if language == "zh" else f"{number:,f}{kind.en}"


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
    """

    value: Decimal
    unit: str
    qualifier: str = "exact"

    @property
    def kinds(self) -> tuple[str, ...]:
        """The units of the figures this number can be tied to (keys of UNITS)."""
        return self._unit()[0]

    @property
    def decimals(self) -> int:
        """Decimals printed: 97.10 has two."""
        return max(0, -int(self.value.as_tuple().exponent))

    @property
    def exact(self) -> Fraction:
        """The printed value in the figure's exact unit."""
        return Fraction(self.value) * self._unit()[1]

    def in_printed_unit(self, value: Fraction | int) -> Fraction:
        """``value`` (exact unit) in the printed unit."""
        return Fraction(value) / self._unit()[1]

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
            return keeps(self.qualifier, found, Fraction(self.value), last_place(self.value), self.kinds[0])
        raise InputError(
            "qualifier", found=repr(self.qualifier), expected=", ".join(QUALIFIERS), hint="correct the claims file"
        )

    def _unit(self) -> tuple[tuple[str, ...], Fraction]:
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
    """
    if printed_unit not in PRINTED_UNITS:
        return {"zh": "", "en": ""}
    if printed_unit == "%":  # the difference of two shares is no share
        return {"zh": "个百分点", "en": " pp"}
    english = {"万元": " ×10,000 yuan", "亿元": " ×100,000,000 yuan"}.get(
        printed_unit, UNITS[PRINTED_UNITS[printed_unit][0][0]].en
    )
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
    """
    if qualifier == "many":
        return printed < found < printed + place
    if qualifier == "nearly":
        return printed - width(qualifier, unit) * abs(printed) <= found < printed
    if qualifier == "approx":
        return abs(found - printed) <= width(qualifier, unit) * abs(printed)
    kept = {"more-than": operator.gt, "at-least": operator.ge, "less-than": operator.lt, "at-most": operator.le}
    return bool(kept[qualifier](found, printed))


def last_place(value: Decimal) -> Fraction:
    """The size of the last place whose digit is not 0: 100 for 300, 10 for 340.

    >>> last_place(Decimal("300")), last_place(Decimal("340")), last_place(Decimal("0.06"))
    (Fraction(100, 1), Fraction(10, 1), Fraction(1, 100))
    """
    return Fraction(10) ** int(value.normalize().as_tuple().exponent)
