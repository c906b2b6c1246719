"""Views of figures: change, growth, share, ratio, sum, rank ... of any indicator and part, none of them declared."""

import contextlib
import sys
import textwrap
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from packages import ROOT

from zt_analysis import indicators
from zt_analysis.errors import InputError
from zt_analysis.figures import displayed
from zt_analysis.indicators import Wanted, breakdown, compute, example, find
from zt_analysis.indicators.view_kinds import KINDS
from zt_analysis.periods import period

OFFICE = '''
"""Figures of an invented province."""

from zt_analysis.define import Exact, Measure, Period, Tables, derived, measured, ratio


@measured("persons", time="year", zh="小学在校生", en="primary pupils")
def pupils(tables: Tables, period: Period) -> Measure:
    """Pupils of primary schools.

    定义：小学在校学生。
    出处：示例统计年鉴
    Source: a yearbook of examples
    """
    rows = tables["years"]
    return Measure(rows, "sum", "pupils", rows.year == period.as_of.year)


@measured("persons", time="year", zh="专任教师", en="teachers")
def teachers(tables: Tables, period: Period) -> Measure:
    """Teachers.

    定义：专任教师。
    """
    rows = tables["years"]
    return Measure(rows, "sum", "teachers", rows.year == period.as_of.year)


@measured("schools", time="year", zh="小学", en="primary schools")
def schools(tables: Tables, period: Period) -> Measure:
    """Schools.

    定义：学校。
    """
    rows = tables["years"]
    return Measure(rows, "count", where=rows.year == period.as_of.year)


@measured("fen", time="year", zh="拨款", en="money paid")
def paid(tables: Tables, period: Period) -> Measure:
    """A yuan a pupil.

    定义：每生一元。
    """
    rows = tables["years"]
    return Measure(rows, "sum", "paid", rows.year == period.as_of.year)


@derived("ratio", time="year", zh="师生比率", en="teachers to pupils")
def teacher_share(teachers: Exact, pupils: Exact) -> Exact:
    """Teachers to pupils.

    定义：教师与学生之比。
    """
    return ratio(teachers, pupils)


@measured("persons", time="year", zh="在校生", en="pupils, all published")
def published(tables: Tables, period: Period) -> Measure:
    """Pupils of a year in which each county has published its own.

    定义：各县均已公布的年份的在校生。
    """
    rows = tables["years"]
    return Measure(rows, "sum", "pupils", rows.year == period.as_of.year, complete=True)
'''
ROWS = """
a 2018 1000 50
b 2018 3000 160
c 2018 500 25
a 2019 1100 50
b 2019 2900 170
c 2019 500 20
"""
PAID = "\n".join(f"{line} {int(line.split()[2]) * 100}" for line in ROWS.strip().splitlines())
YEAR = period("2019-12-31", "2018-12-31")


def province_at(root):
    (root / "office/indicators").mkdir(parents=True)
    (root / "zt.toml").write_text('name = { zh = "示例省" }\n', encoding="utf-8")
    (root / "office/indicators/schools.py").write_text(textwrap.dedent(OFFICE), encoding="utf-8")
    return root


def rows_of(province):
    with contextlib.chdir(province):
        return example("years", "county_code year pupils teachers paid", PAID)


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """The office and its rows, made once; read only."""
    root = province_at(tmp_path_factory.mktemp("province"))
    return root, rows_of(root)


@pytest.fixture
def tables(province, monkeypatch):
    monkeypatch.chdir(province[0])
    return province[1]


def value(view, tables, scope=()):
    (figure,) = compute([Wanted(view, YEAR, scope)], tables).values()
    return figure.exact


A, B, C = ({"county_code": code} for code in "abc")


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("view", "scope", "exact", "shown"),
    [
        ("change(pupils)", (), 0, "0人"),
        ("change(pupils)", A, 100, "100人"),
        ("growth(pupils)", A, Fraction(1, 10), "10.00%"),
        ("growth(pupils)", B, Fraction(-100, 3000), "-3.33%"),
        ("change(teacher_share)", A, Fraction(50, 1100) - Fraction(50, 1000), "-0.45个百分点"),
        ("share(pupils)", A, Fraction(1100, 4500), "24.44%"),
        ("share(teachers, pupils)", A, Fraction(50, 1100), "4.55%"),
        ("change(share(pupils))", A, Fraction(1100, 4500) - Fraction(1000, 4500), "2.22个百分点"),
        ("ratio(pupils, teachers)", (), Fraction(4500, 240), "18.75:1"),
        ("total(pupils, teachers)", A, 1150, "1150人"),
        ('total(pupils, county_code="a+c")', (), 1600, "1600人"),
        ('growth(total(pupils, county_code="a+c"))', (), Fraction(1600, 1500) - 1, "6.67%"),
        ("rank(pupils, by=county_code)", A, 2, "2位"),
        ("rank(growth(pupils), by=county_code)", A, 1, "1位"),
        ('total(share(pupils), county_code="a+b")', (), Fraction(4000, 4500), "88.89%"),
        ("top(pupils, 2, by=county_code)", (), Fraction(4000, 4500), "88.89%"),
        ("top(pupils, 4, by=county_code)", (), None, "—"),
        ("ratio(paid, teachers)", (), Fraction(450000, 240), "18.75元"),
        ("ratio(pupils, schools)", (), 1500, "1500.00:1"),
        ("growth(" * 5 + "pupils" + ")" * 5, (), None, "—"),
        ("parts(pupils > 1_000, by=county_code)", (), 2, "2个"),
        ("parts(pupils >= 1100, by=county_code)", (), 2, "2个"),
        ("parts(growth(pupils) < 0, by=county_code)", (), 1, "1个"),
        ("mean(pupils, by=county_code)", (), 1500, "1500人"),
        ("median(pupils, by=county_code)", (), 1100, "1100人"),
        ("minimum(growth(pupils), by=county_code)", (), Fraction(-1, 30), "-3.33%"),
        ("maximum(pupils, by=county_code)", (), 2900, "2900人"),
        ("cumulative(pupils, since=2018)", (), 9000, "9000人"),
        ("cumulative(pupils, since='2019')", A, 1100, "1100人"),
        ("growth(cumulative(pupils, since=2018))", (), 1, "100.00%"),
    ],
)
def test_values_by_hand(tables, view, scope, exact, shown):
    assert value(view, tables, scope) == exact
    assert displayed(exact, find(view).unit) == shown


FLOWS = '''
from zt_analysis.define import Measure, measured


@measured("persons", time="{time}", zh="受理", en="received"{stock})
def received(tables, period):
    """Received.

    定义：受理。
    """
    rows = tables["days"]
    first, last = period.of("{time}").first, period.of("{time}").last
    return Measure(rows, "sum", "n", (rows.day >= str(first)) & (rows.day <= str(last)))
'''
# one a day: 10 in December 2018, then by month 1, 2, 4 and 8 of 2019
DAYS = "a 2018-12-31 10\na 2019-01-15 1\na 2019-02-28 2\nb 2019-03-01 4\na 2019-04-30 8"


@pytest.mark.parametrize(
    ("time", "view", "exact", "periods"),
    [
        ("month", "cumulative(received)", 7, 3), ("month", "cumulative(received, since=quarter)", 7, 3),
        ("month", "cumulative(received, since=half)", 7, 3), ("quarter", "cumulative(received)", 7, 1),
        ("span", "cumulative(received, since=month)", 4, 1), ("span", "cumulative(received, since=year)", 7, 1),
        # the weeks that end in the year
        ("week", "cumulative(received)", 17, 13),
    ],
)  # fmt: skip
def test_to_date_is_each_period_since(tmp_path, monkeypatch, time, view, exact, periods):
    (tmp_path / "office").mkdir()
    (tmp_path / "zt.toml").write_text('name = { zh = "示例省" }\n', encoding="utf-8")
    (tmp_path / "office/indicators.py").write_text(FLOWS.format(time=time, stock=""), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    days = example("days", "county_code day n", DAYS)
    wanted = Wanted(view, period("2019-03-31", "2019-03-10"))
    (figure,) = compute([wanted], days).values()
    assert figure.exact == exact
    assert len(indicators.inputs(wanted)) == periods
    assert sum(row["n"] for row in days.rows(indicators.rows(wanted, days))) == exact
    with pytest.raises(InputError, match="'day'; expected"):
        find("cumulative(received, since=day)")


def test_how_things_stand_is_not_added_up(tmp_path, monkeypatch):
    (tmp_path / "office").mkdir()
    (tmp_path / "zt.toml").write_text('name = { zh = "示例省" }\n', encoding="utf-8")
    (tmp_path / "office/indicators.py").write_text(FLOWS.format(time="month", stock=", stock=True"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for view in ("cumulative(received)", "cumulative(total(received, county_code='a+b'))"):
        with pytest.raises(InputError, match="how things stand"):
            find(view)


def test_a_view_typed_in_another_way_is_the_same_figure(tables):
    typed = [
        Wanted(one, YEAR) for one in ("growth(pupils)", "growth( pupils , since=year)", "growth(pupils,since='year')")
    ]
    assert len({one.indicator for one in typed}) == 1
    assert list(compute(typed, tables)) == ["growth(pupils)@2019"]
    (parts,) = {
        find(one).id for one in ("parts(pupils>1000,by=county_code)", "parts( pupils > 1_000, by='county_code')")
    }
    assert find(parts).id == parts


def test_views_by_group_are_those_of_each_part(tables):
    for view in ("growth(pupils)", "share(pupils)", "rank(pupils, by=county_code)", "change(share(pupils))"):
        frame = breakdown(view, tables, YEAR, by="county_code")
        alone = [value(view, tables, {"county_code": code}) for code in "abc"]
        assert list(frame["exact"]) == alone, view
    assert sum(breakdown("share(pupils)", tables, YEAR, by="county_code")["exact"]) == 1


def test_where_a_number_is_missing_nothing_is_said(tables):
    none = example("years", "county_code year pupils teachers", "a 2019 1100 0\nb 2019 5 5")
    assert value("growth(pupils)", none, A) is None
    assert value("ratio(pupils, teachers)", none, A) is None
    assert value("change(pupils)", none, A) == 1100
    assert value("mean(growth(pupils), by=county_code)", none) is None


def test_what_was_not_published_is_not_0(tables):
    rows = example("years", "county_code year pupils", "a 2018 10\nb 2018 -\na 2019 12\nb 2019 5")
    asked = [Wanted("published", YEAR.at(date(year, 12, 31))) for year in (2017, 2018, 2019)]
    assert [one.exact for one in compute(asked, rows).values()] == [None, None, 17]
    assert value("growth(published)", rows) is None
    assert value("growth(published)", rows, A) == Fraction(2, 10)
    frame = breakdown("published", rows, YEAR.last_year, by="county_code")
    assert list(frame["exact"]) == [10, None]
    (sql,) = indicators.sql(asked[1], rows)
    assert rows.backend.con.execute(sql).fetchone() == (None,)


def test_it_is_said_in_both_languages_and_in_neither_is_the_other(tables):
    for view in (
        "growth(pupils)", "change(teacher_share)", "share(pupils)", "ratio(pupils,teachers)", "total(pupils,teachers)",
        "rank(pupils,by=county_code)", "top(pupils,3,by=county_code)", "parts(pupils>=1000,by=county_code)",
        "mean(pupils,by=county_code)", 'total(pupils,county_code="a+b")', "minimum(pupils,by=county_code)",
    ):  # fmt: skip
        found = find(view)
        for section in ("Definition", "Formula", "NULL"):
            said = found.said(section)
            assert all(said.values()), (view, section)
            assert not any("\u4e00" <= sign <= "\u9fff" for sign in said["en"]), said
            assert "{" not in said["zh"] + said["en"]
    assert find("growth(pupils)").label == {
        "zh": "小学在校生比上年同期增长率", "en": "growth of primary pupils since the year before",
    }  # fmt: skip
    assert find("growth(pupils)").said("Source") == {"zh": "示例统计年鉴", "en": "a yearbook of examples"}


def test_what_is_said_of_all_parts_has_no_value_for_one(tables):
    wanted = Wanted("mean(pupils, by=county_code)", YEAR)
    assert indicators.by_group([wanted], tables, by=("county_code",)) == [{}]
    assert "county_code" not in indicators.columns(wanted, tables)
    assert "county_code" in indicators.columns(Wanted("rank(pupils, by=county_code)", YEAR), tables)


def test_sql_and_rows_are_those_of_what_it_is_made_from(tables):
    wanted = Wanted("growth(pupils)", YEAR, A)
    assert [one.count("SUM") for one in indicators.sql(wanted, tables)] == [1, 1]
    assert tables.rows(indicators.rows(wanted, tables)) == [
        {"county_code": "a", "year": 2019, "pupils": 1100, "teachers": 50, "paid": 110000}
    ]
    assert [one.indicator for one in indicators.inputs(wanted)] == ["pupils", "pupils"]
    assert indicators.source_tables(wanted, tables) == ["years"]


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("growth(pupil)", "indicator 'pupil'"),
        ("grow(pupils)", "growth"),
        ("growth()", "0 figures in growth"),
        ("growth(pupils, teachers)", "2 figures in growth"),
        ("growth(pupils, since=yesterday)", "'yesterday'; expected year, base, previous"),
        ("growth(pupils, by=county_code)", "the argument 'by'"),
        ("rank(pupils)", "rank without by="),
        ("top(pupils, by=county_code)", "top without a number"),
        ("top(pupils, 0, by=county_code)", "top without a number"),
        ("parts(pupils, by=county_code)", "parts without a condition"),
        ("parts(1 < pupils < 3, by=county_code)", "parts without a condition"),
        ("total(pupils)", "the total of one figure"),
        ("total(pupils, schools)", "persons and schools"),
        ('total(pupils, county_code="a")', "several parts"),
        ("share(pupils, schools)", "figures of one unit"),
        ('total(growth(pupils), county_code="a+b")', "rates of parts do not"),
        ('total(ratio(pupils, teachers), county_code="a+b")', "rates of parts do not"),
        ("top(growth(pupils), 2, by=county_code)", "rates of parts do not"),
        ("share(teacher_share)", "the share of teacher_share, a rate"),
        ("ratio(pupils, paid)", "persons and fen"),
        ("ratio(paid, schools)", "fen and schools"),
        ("ratio(teacher_share, pupils)", "ratio and persons"),
        ("total(pupils, pupils)", "one figure twice"),
        ("total(pupils, teachers, pupils)", "one figure twice"),
        ("growth(" * 6 + "pupils" + ")" * 6, "at most 5 of them"),
        ("growth(pupils) + 1", "a kind of view"),
        ("growth(pupils", "what is no view"),
        ("__import__('os').system('true')", "a kind of view"),
        ("growth(*pupils)", "a kind of view"),
        ("growth(pupils, **pupils)", "figure"),
        ("cumulative(pupils)", "no since=; expected the first year"),
        ("cumulative(pupils, since=year)", "'year'; expected the first year"),
        ("cumulative(growth(pupils), since=2018)", "a rate; expected what is counted"),
        ("cumulative(pupils, teachers, since=2018)", "2 figures in cumulative"),
        ("growth(" * 9 + "pupils" + ")" * 9, "at most 5 of them"),
    ],
)
def test_what_is_no_view_is_refused_by_what_is_wrong(tables, text, said):
    with pytest.raises(InputError) as error:
        find(text)
    assert said in str(error.value)


def test_a_part_that_the_view_names_itself_is_not_asked_for_twice(tables):
    with pytest.raises(InputError, match="the view names the parts itself"):
        value('total(pupils, county_code="a+c")', tables, A)
    with pytest.raises(InputError, match="no part whose place is asked for"):
        value("rank(pupils, by=county_code)", tables)


def test_an_indicator_that_is_defined_anew_gives_another_view(tmp_path, monkeypatch):
    """Nobody declares a view, so nobody has to declare it anew."""
    monkeypatch.chdir(province_at(tmp_path))
    before = find("growth(pupils)")
    assert find("growth(pupils)") is before
    changed = OFFICE.replace("小学在校生", "小学学生")
    path = Path("office/indicators/schools.py")
    path.write_text(changed, encoding="utf-8")
    module = sys.modules[find("pupils").function.__module__]
    exec(compile(changed, str(path), "exec"), vars(module))
    assert find("growth(pupils)").zh == "小学学生比上年同期增长率"


def test_the_page_lists_every_kind():
    text = (ROOT / "docs/views.md").read_text(encoding="utf-8")
    assert {name for name in KINDS if f"`{name}(" not in text and f"`{name}`" not in text} == set()
