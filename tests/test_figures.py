"""Rounding, display intervals, units: examples worked by hand, and properties."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sweeps import examples

from zt_analysis.errors import InputError
from zt_analysis.figures import Printed, displayed, figure_key, last_place, ratio, round_half_up

decimals = st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False, allow_infinity=False)
places = st.integers(min_value=0, max_value=5)
fractions = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)


@pytest.mark.parametrize(
    ("value", "places_", "rounded"),
    [("2.675", 2, "2.68"), ("1.005", 2, "1.01"), ("0.055", 2, "0.06"), ("-2.5", 0, "-3"), ("0.0649", 2, "0.06")],
)
def test_rounds_half_up_on_the_magnitude(value, places_, rounded):
    assert round_half_up(Fraction(value), places_) == Decimal(rounded)


@examples()
@given(decimals, places)
def test_rounding_is_that_of_decimal_half_up(value, digits):
    assert round_half_up(Fraction(value), digits) == value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


@examples()
@given(fractions, places)
def test_rounding_moves_by_half_a_unit_at_most(value, digits):
    assert abs(Fraction(round_half_up(value, digits)) - value) <= Fraction(1, 2 * 10**digits)


@examples()
@given(fractions, places)
def test_a_number_allows_what_it_was_rounded_from(value, digits):
    printed = Printed(round_half_up(value, digits), "人")
    assert printed.allows(value)


@examples()
@given(decimals, st.integers(min_value=1, max_value=10**6))
def test_a_number_allows_nothing_half_a_unit_away(value, distance):
    half = Fraction(1, 2 * 10**6)
    beyond = half + Fraction(distance, 10**9)
    printed = Printed(value, "人")
    assert not printed.allows(Fraction(value) + beyond)
    assert not printed.allows(Fraction(value) - beyond)


@pytest.mark.parametrize(
    ("printed", "inside", "outside"),
    [
        (Printed(Decimal("0.06"), "%"), Fraction(55, 10**5), Fraction(65, 10**5)),
        (Printed(Decimal("133715.32"), "万元"), 133715_315000, 133715_325000),
        (Printed(Decimal("300"), "户", "many"), 301, 300),
        (Printed(Decimal("300"), "户", "many"), 399, 400),
        (Printed(Decimal("300"), "户", "more-than"), 301, 300),
        (Printed(Decimal("20"), "个", "less-than"), 19, 20),
    ],
)
def test_interval_ends(printed, inside, outside):
    assert printed.allows(inside)
    assert not printed.allows(outside)


def test_unknown_unit_and_qualifier_are_refused():
    with pytest.raises(InputError, match="人次"):
        Printed(Decimal(1), "人次").allows(1)
    with pytest.raises(InputError, match="roughly"):
        Printed(Decimal(1), "人", "roughly").allows(1)


def test_printed_decimals_are_kept():
    assert Printed(Decimal("97.10"), "%").decimals == 2
    assert Printed(Decimal("1915"), "人").decimals == 0


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (743740, "persons", "743740人", "743,740 persons"),
        (133715320000, "fen", "133715.32万元", "1,337,153,200.00 yuan"),
        (Fraction(-32, 10000), "ratio_change", "-0.32个百分点", "-0.32 pp"),
        (None, "ratio", "—", "—"),
    ],
)
def test_display(value, unit, zh, en):
    assert displayed(value, unit, "zh") == zh
    assert displayed(value, unit, "en") == en


def test_ratio_has_a_declared_zero_rule():
    assert ratio(1, 3) == Fraction(1, 3)
    assert ratio(1, 0) is None
    assert ratio(None, 1) is None


def test_keys_and_places():
    assert figure_key("x", "2018-11-08") == "x@2018-11-08"
    assert figure_key("x", "t", (("b", "2"), ("a", "1"))) == "x[a=1,b=2]@t"
    assert last_place(Decimal("70")) == 10
