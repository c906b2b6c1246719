"""A figure of a notebook becomes a file of the office, and what a person has written there stays."""

import shutil

import pytest
from packages import ROOT

import zt_analysis as zt
from zt_analysis.errors import InputError
from zt_analysis.office import Office, office_of
from zt_analysis.opened.defining import forget

pytestmark = pytest.mark.slow

LIMIT = 12


@pytest.fixture
def office(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "office", tmp_path / "office", ignore=shutil.ignore_patterns("__pycache__", "synthetic"))
    (tmp_path / "params").mkdir()
    shutil.copy(ROOT / "zt.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    yield tmp_path / "office"
    forget(office_of(tmp_path))


def young(tables, period):
    """Cases of children below twelve.

    ``period`` is not asked."""
    return tables["dropout_cases"].filter(lambda row: row.age_years < 12)


def per_case(out_of_school_children, opened_cases):
    return None if not opened_cases else out_of_school_children


def needs_more(tables, period):
    return tables["dropout_cases"].filter(lambda row: row.age_years < LIMIT)


def test_it_is_a_module_that_an_office_reads(office):
    own = zt.define(unit="件", zh='十二岁以下"案件"', en="cases below twelve")(young)
    place = own.to_office()
    assert place == office / "indicators" / "young.py"
    found = Office(office).indicators["young"]
    assert (found.unit, found.zh, found.en) == ("cases", '十二岁以下"案件"', "cases below twelve")
    assert found.definition == "Cases of children below twelve."
    assert found.section("算式") == "TODO"
    with pytest.raises(InputError, match="a file that is there"):
        own.to_office()


def test_a_derived_one_too(office):
    place = zt.define(unit="人", zh="每案", en="per case")(per_case).to_office("mine.py")
    assert place.name == "mine.py"
    assert Office(office).indicators["per_case"](3, 1) == 3


@pytest.mark.parametrize("name", ["../mine.py", "mine.txt", "/tmp/mine.py", "a b.py"])
def test_only_a_module_of_the_folder(office, name):
    before = sorted((office / "indicators").glob("*.*"))
    with pytest.raises(InputError, match="the name of a module"):
        zt.define(unit="件", zh="十二岁以下")(young).to_office(name)
    assert sorted((office / "indicators").glob("*.*")) == before


def test_a_function_that_needs_the_notebook_is_no_file(office):
    own = zt.define(unit="件", zh="小于界限")(needs_more)
    with pytest.raises(InputError, match="LIMIT, which stands elsewhere"):
        own.to_office()
    assert not (office / "indicators" / "needs_more.py").exists()


@pytest.mark.parametrize(
    ("given", "function", "said"),
    [
        ({"unit": "人", "zh": "失辍学率"}, young, "a figure of the office"),
        ({"unit": "头", "zh": "甲"}, young, "no such unit"),
        ({"unit": "人", "zh": "甲"}, lambda: None, "without parameters"),
        ({"unit": "人", "zh": "甲"}, lambda tables: tables, "a function of tables"),
        ({"unit": "人", "zh": "甲", "distinct": "a", "sum": "b"}, young, "one of the two"),
        ({"unit": "人", "zh": "甲", "time": "day"}, young, "date, span"),
    ],
)
def test_what_cannot_be_is_said(office, given, function, said):
    with pytest.raises(InputError, match=said):
        zt.define(**given)(function)


def test_rows_without_the_column_that_is_counted(office):
    own = zt.define(unit="人", zh="甲", distinct="person")(young)
    tables = zt.open_package(ROOT / "data" / "zhaotong-2018", names=["dropout_cases"])
    with pytest.raises(InputError, match="did you mean person_id"):
        own.measure(tables, zt.period("2018-11-08", "2018-09-20"))


def test_a_day_that_was_not_counted_is_no_0(brief):
    book = zt.case("2025")
    with pytest.raises(InputError, match="2024-09-20, 2025-09-20"):
        book.figure("pupils", at="2025-03-01")
    assert book.figure("pupils").over("year")["value"].isna().tolist() == [True, False]


def test_nor_is_a_sum_of_no_row_of_a_definition_that_does_not_say_so(brief):
    def counted(tables, period):
        return tables["pupils"].filter(lambda row: row.counted_on == period.as_of)

    zt.define(unit="人", zh="点到人数", sum="pupils")(counted)
    book = zt.case("2025")
    try:
        assert book.figure("点到人数").value == 8880
        with pytest.raises(InputError, match="no row of that day"):
            book.figure("点到人数", at="2025-03-01")
        assert book.figure("点到人数").over("year")["value"].isna().tolist() == [True, False]
    finally:
        forget(office_of(brief))
