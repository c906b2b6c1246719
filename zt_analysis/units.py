"""Units: how values of one kind are displayed, and what is printed after a number of that kind.

The engine's are below. An office adds its own, or says one of these anew, in ``words/texts/units.csv``:
``key,zh,en,exact,decimals,printed``. ``exact`` is how many exact units one displayed unit is; ``printed`` are further
forms that texts print, parted by spaces, each with how many exact units it is (``万吨=10000``) where that is not one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TypeVar

from zt_analysis.errors import InputError
from zt_analysis.office import Office, current

Value = TypeVar("Value")
FILE = "units"


class Known(Mapping[str, Value]):
    """What is known by name in the active office: the engine's, and what the office adds."""

    def __init__(self, of_office: Callable[[Office], Mapping[str, Value]]) -> None:
        self._of_office = of_office

    def __getitem__(self, key: str) -> Value:
        return self._of_office(current())[key]

    def __contains__(self, key: object) -> bool:
        return key in self._of_office(current())

    def __iter__(self) -> Iterator[str]:
        return iter(self._of_office(current()))

    def __len__(self) -> int:
        return len(self._of_office(current()))


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

    def english(self, number: Decimal) -> str:
        """What follows ``number`` in English: of one thing the singular of a name such as cases, counties, classes."""
        if abs(number) != 1 or number != number.to_integral_value() or self.decimals or not self.en.endswith("s"):
            return self.en
        for plural, one in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
            if self.en.endswith(plural):
                return self.en.removesuffix(plural) + one
        return self.en.removesuffix("s")

    def per(self, language: str) -> Fraction:
        """Exact units in one unit displayed in ``language``: Chinese counts money in 万元, English in yuan."""
        return self.per_display_en or self.per_display if language == "en" else self.per_display


_UNITS = {
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
        Unit("parts", "个", " parts"),
        Unit("place", "位", " in order"),
        Unit("to_one", ":1", " to 1", decimals=2),
        Unit("ages", "个年龄", " ages"),
        Unit("fen", "万元", " yuan", per_display=Fraction(10**6), decimals=2, per_display_en=Fraction(100)),
        Unit("fen_per_person", "元", " yuan", per_display=Fraction(100), decimals=2),
        Unit("ratio", "%", "%", per_display=Fraction(1, 100), decimals=2),
        Unit("ratio_change", "个百分点", " pp", per_display=Fraction(1, 100), decimals=2),
    )
}

# The unit printed after a number: exact units in one printed unit, by the kinds of figure it can be tied to.
# 人 is not 人次, 元 is not 万元, 百分点 is not %: what is not in this table ties to nothing.
_ONE = Fraction(1)
Factors = Mapping[str, Fraction]


def _each(kinds: tuple[str, ...], factor: Fraction, *forms: str) -> dict[str, Factors]:
    return {form: dict.fromkeys(kinds, factor) for form in forms}


_MONEY = ("fen", "fen_per_person")
_PRINTED: dict[str, Factors] = {
    **_each(("persons",), _ONE, "人", "名", "名学生", "学生", "个学生"),
    **_each(("persons",), Fraction(10**4), "万人", "万名"),
    **_each(("households",), _ONE, "户", "家"),
    **_each(("households",), Fraction(10**4), "万户"),
    **_each(("cases", "rows", "absences"), _ONE, "件", "例", "起", "宗"),
    **_each(("counties", "townships", "villages", "parts"), _ONE, "个"),
    **_each(("counties", "parts"), _ONE, "县区", "县市区", "县市", "县", "区"),
    **_each(("townships",), _ONE, "乡镇"),
    **_each(("villages",), _ONE, "村"),
    **_each(("schools",), _ONE, "所", "校"),
    **_each(("days",), _ONE, "天"),
    **_each(("reports",), _ONE, "份"),
    **_each(("persons", "place"), _ONE, "位"),
    **_each(("to_one",), _ONE, ":1"),
    **_each(_MONEY, Fraction(100), "元"),
    **_each(_MONEY, Fraction(10**6), "万元"),
    **_each(_MONEY, Fraction(10**10), "亿元"),
    **_each(("ratio",), Fraction(1, 100), "%"),
    **_each(("ratio",), Fraction(1, 1000), "‰"),
    **_each(("ratio",), Fraction(1, 10), "成"),
    **_each(("ratio",), _ONE, "1"),
    **_each(("ratio_change",), Fraction(1, 100), "个百分点", "百分点"),
}


@cache
def _declared(office: Office) -> tuple[tuple[Unit, Factors], ...]:
    """The units that an office adds, each with its printed forms."""
    return tuple(_of_row(row, line) for line, row in enumerate(office.rows(FILE), start=2))


def _of_row(row: Mapping[str, str], line: int) -> tuple[Unit, Factors]:
    try:
        exact, decimals = Fraction(row["exact"] or 1), int(row["decimals"] or 0)
        pairs = [form.partition("=") for form in row["printed"].split()]
        # what it is displayed in is printed, too
        printed = {row["zh"]: exact, **{form: Fraction(per) if per else _ONE for form, _, per in pairs}}
        if not row["key"] or not row["zh"] or decimals < 0 or min(printed.values()) <= 0:
            raise ValueError("no key, no unit in Chinese, or a number not above zero")
        return Unit(row["key"], row["zh"], row["en"], exact, decimals), printed
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError) as error:
        raise InputError(
            f"office/words/texts/{FILE}.csv line {line}", found=f"{row.get('key') or 'a row'}: {error}",
            expected="cells for key, zh, en, exact, decimals, printed",
            hint="such as: square_metres,平方米, m²,1,0,万平方米=10000",
        ) from error  # fmt: skip


@cache
def _units(office: Office) -> dict[str, Unit]:
    return _UNITS | {unit.key: unit for unit, _ in _declared(office)}


@cache
def _printed(office: Office) -> dict[str, Factors]:
    found = dict(_PRINTED)
    for unit, forms in _declared(office):
        for form, factor in forms.items():
            found[form] = {**found.get(form, {}), unit.key: factor}
    return found


UNITS: Known[Unit] = Known(_units)
PRINTED_UNITS: Known[Factors] = Known(_printed)


def added_forms() -> tuple[str, ...]:
    """The printed forms that the active office adds."""
    return tuple(dict.fromkeys(form for _, forms in _declared(current()) for form in forms))
