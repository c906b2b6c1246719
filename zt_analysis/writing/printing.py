"""How a figure is printed where a place stands: its unit, its decimals, and 约, 余, 超过 by rule.

约 prints the value rounded half up to the decimals asked for; 余, 多, 超过 and 逾 print it rounded down, 近, 不足 and
不到 rounded up. A bound that the value does not keep is refused: 超过 of a value that is that very number, 近 of one
further off than the office calls near.
"""

from __future__ import annotations

import math
import re
from calendar import month_name
from decimal import Decimal
from fractions import Fraction

from zt_analysis.errors import InputError
from zt_analysis.figures import Figure, Printed, round_half_up, with_minus
from zt_analysis.periods import calendar
from zt_analysis.terms import label
from zt_analysis.units import PRINTED_UNITS, UNITS
from zt_analysis.writing.places import BARE, BOUNDS, DATES, DIRECTIONS, INSIDE, Place

DOWN = ("余", "多", "超过", "逾")
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def printed(figure: Figure, place: Place, language: str) -> str:
    """``figure`` as ``place`` prints it.

    Raises:
        InputError: it cannot be computed; a unit of another kind; a bound that the value does not keep.
    """
    exact = figure.exact
    if exact is None:
        raise InputError(
            place.where, found=f"{figure.key}, which cannot be computed", expected="a value",
            hint="its card in the report says why",
        )  # fmt: skip
    if place.direction:
        exact, word = _directed(Fraction(exact), figure, place)
        if not exact:
            return label("write_unchanged", language)
    else:
        exact, word = Fraction(exact), ""
    unit, factor = _unit(figure.unit, place, language)
    decimals = place.decimals if place.decimals is not None else _decimals(figure.unit, place)
    value = exact / factor
    number = _rounded(value, decimals, place.bound)
    if language != "zh" and unit == UNITS[figure.unit].en:
        unit = UNITS[figure.unit].english(number)
    if not number and value and place.direction and word:
        return label("write_nearly_unchanged", language)
    if place.bound:
        _hold(figure, place, number, value, unit)
    elif not number and value and (place.unit or place.decimals is not None):
        raise InputError(
            place.where, found=f"{figure.display()}, printed as {_worded(number, unit, '', 'zh')}",
            expected="a number that is not 0, as the figure is not", hint="a smaller unit, or more decimals",
        )  # fmt: skip
    return word + _worded(number, unit, place.bound, language)


def printed_parameter(value: object, place: Place, language: str) -> str:
    """A parameter of the case as ``place`` prints it: a date in the parts asked for, anything else as it is."""
    found = DAY.fullmatch(str(value))
    if found is None:
        if place.dated:
            raise InputError(place.where, found=f"{value}, no date", expected="a date", hint=f"without {place.dated}")
        return _named(str(value), language)
    parts = dict(zip("年月日", found.groups(), strict=True))
    wanted = place.dated or DATES[0]
    if language == "zh":
        return "".join(f"{int(parts[part])}{part}" for part in wanted)
    shown = {"年": parts["年"], "月": month_name[int(parts["月"])], "日": str(int(parts["日"]))}
    # 8 November 2018: as figures elsewhere in an English text, without an abbreviation
    return " ".join(shown[part] for part in reversed(wanted))


def _named(text: str, language: str) -> str:
    """A term as a reader writes it; anything else as it is."""
    if not re.fullmatch(r"\d{4}-[a-z]+", text):
        return text
    try:
        return str(calendar().parse(text).name[language])
    except InputError:
        return text


def _directed(exact: Fraction, figure: Figure, place: Place) -> tuple[Fraction, str]:
    rise, fall = DIRECTIONS[place.direction]
    if place.bound:
        raise InputError(
            place.where, found=f"{place.bound} and {place.direction}", expected="one of them",
            hint="write the direction yourself",
        )  # fmt: skip
    return abs(exact), fall if exact < 0 else rise


def _unit(kind: str, place: Place, language: str) -> tuple[str, Fraction]:
    """The unit printed after the number, and how many exact units it is."""
    own = UNITS[kind]
    shown = own.zh if language == "zh" else own.en
    if place.unit == BARE:
        return "", own.per(language)
    if not place.unit or place.unit == shown:
        return shown, own.per(language)
    factor = PRINTED_UNITS.get(place.unit, {}).get(kind)
    if factor is None:
        fitting = [unit for unit, kinds in PRINTED_UNITS.items() if kind in kinds]
        raise InputError(
            place.where, found=f"unit {place.unit}", expected=f"a unit of {kind}: {', '.join(fitting) or shown}",
            hint="leave it out for the figure's own",
        )  # fmt: skip
    return place.unit, factor


def _decimals(kind: str, place: Place) -> int:
    """Without a bound as many decimals as the unit shows; with one none."""
    return 0 if place.bound else UNITS[kind].decimals


def _rounded(value: Fraction, decimals: int, bound: str) -> Decimal:
    if not bound or bound == "约":
        return round_half_up(value, decimals) if decimals >= 0 else _to_place(value, decimals)
    scaled = value * Fraction(10) ** decimals
    whole = math.floor(scaled) if bound in DOWN else math.ceil(scaled)
    return _as_decimal(whole, decimals)


def _to_place(value: Fraction, decimals: int) -> Decimal:
    """``value`` rounded half up to tens (-1), hundreds (-2) …"""
    return _as_decimal(int(round_half_up(value * Fraction(10) ** decimals, 0)), decimals)


def _as_decimal(whole: int, decimals: int) -> Decimal:
    return Decimal(whole).scaleb(-decimals) if decimals >= 0 else Decimal(whole * 10**-decimals)


def _hold(figure: Figure, place: Place, number: Decimal, value: Fraction, unit: str) -> None:
    """Refuse a bound that the value does not keep."""
    holds = number > 0 and (place.bound == "约" or value != Fraction(number))
    if holds and figure.unit in PRINTED_UNITS.get(unit, {}):
        holds = Printed(number, unit, BOUNDS[place.bound], figure.unit).allows(Fraction(figure.exact or 0))
    if not holds:
        raise InputError(
            place.where, found=f"{figure.display()}, which is not {_worded(number, unit, place.bound, 'zh')}",
            expected=f"a value that keeps {place.bound}", hint="print it as it is, or with other decimals",
        )  # fmt: skip


def _worded(number: Decimal, unit: str, bound: str, language: str) -> str:
    digits = with_minus(f"{number:f}" if language == "zh" else f"{number:,f}")
    if bound in INSIDE:
        # 1.9万余人, 13亿余元, 1900余人
        large = unit[:1] if unit[:1] in ("万", "亿") else ""
        return f"{digits}{large}{bound}{unit.removeprefix(large)}"
    return f"{bound}{digits}{unit}"
