"""Units of an office's own: displayed, printed in a claims file, read in a text; 个 is whatever the figure counts."""

from decimal import Decimal
from fractions import Fraction

import pytest
from packages import ROOT

from zt_analysis.errors import InputError
from zt_analysis.figures import Printed, displayed
from zt_analysis.numbers import read_numbers
from zt_analysis.office import Office, office_of
from zt_analysis.tying.units import exact_value, families_of_mention
from zt_analysis.units import UNITS

ROWS = (
    "key,zh,en,exact,decimals,printed\n"
    "square_metres,平方米, m²,1,0,万平方米=10000\n"
    "seats,个, seats,1,0,个学位 学位\n"
    "kilometres,公里, km,1,1,\n"
    "tonnes,万吨, ×10⁴ t,10000,2,吨\n"
    "wan_yuan,亿元, ×10⁸ yuan,10000,2,万元 元=1/10000\n"
    "to_one,:1,:1,1,2,\n"
)


@pytest.fixture
def units(tmp_path):
    def of(text=ROWS):
        folder = tmp_path / "office"
        (folder / "words" / "texts").mkdir(parents=True, exist_ok=True)
        (folder / "words" / "texts" / "units.csv").write_text(text, encoding="utf-8")
        return Office(folder)

    return of


def test_a_value_is_displayed_in_the_offices_unit(units):
    with units().active():
        assert displayed(421500, "wan_yuan") == "42.15亿元"
        assert displayed(421500, "wan_yuan", "en") == "42.15 ×10⁸ yuan"
        assert displayed(Fraction(337, 20), "to_one") == "16.85:1"
        assert displayed(356, "kilometres") == "356.0公里"


def test_a_printed_number_is_of_the_kind_it_is_held_against(units):
    with units().active():
        assert Printed(Decimal("42.2"), "亿元", of="wan_yuan").allows(421500)  # 42.15 rounds half up
        assert not Printed(Decimal("42.1"), "亿元", of="wan_yuan").allows(421500)
        assert Printed(Decimal("42.15"), "亿元", of="fen").exact == 4215 * 10**8  # of the engine, as before
        assert Printed(Decimal("12.41"), "万吨", of="tonnes").allows(124_099)


@pytest.mark.parametrize(
    ("text", "unit", "exact"),
    [
        ("提供学位300个", "seats", 300),
        ("新增300个学位", "seats", 300),
        ("校舍1.2万平方米", "square_metres", 12000),
        ("公路35.6公里", "kilometres", Fraction("35.6")),
        ("粮食12.4万吨", "tonnes", 124000),
        ("收入42.15亿元", "wan_yuan", 421500),
        ("生师比16.85:1", "to_one", Fraction("16.85")),
        ("师生比1:16.85", "to_one", Fraction("16.85")),
        ("提供学位300个", "square_metres", None),
        ("有300人", "seats", None),
    ],
)
def test_a_number_of_a_text_is_exact_in_the_figures_unit(units, text, unit, exact):
    with units().active():
        (mention,) = read_numbers(text)
        assert exact_value(mention, unit) == exact


def test_pieces_are_of_whatever_the_figure_counts(units):
    with units().active():
        # of the engine's counties, townships and villages, and of what the office counts so
        assert families_of_mention(read_numbers("300个")[0]) == {"places", "parts", "seats"}
    with units("key,zh,en,exact,decimals,printed\n").active():
        assert families_of_mention(read_numbers("300个")[0]) == {"places", "parts"}


def test_one_office_does_not_know_the_units_of_another(units):
    with units().active():
        assert "square_metres" in UNITS
    with office_of(ROOT).active():
        assert "square_metres" not in UNITS
        assert displayed(133715320000, "fen") == "133715.32万元"


@pytest.mark.parametrize("row", ["m,米,m,0,0,", "m,米,m,1,x,", "m,米,m,1,0,万米=y", ",米,m,1,0,", "m,米"])
def test_a_row_that_is_no_unit_is_named(units, row):
    with units(f"{ROWS}{row}\n").active(), pytest.raises(InputError, match=r"units\.csv line 8"):
        displayed(1, "persons")
