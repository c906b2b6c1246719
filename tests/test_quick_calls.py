"""What an analyst types in a hurry of an open case: the right answer, or an error that names the nearest."""

import re
import warnings

import pandas as pd
import pytest
from packages import ROOT

import zt_analysis as zt
from zt_analysis.errors import InputError
from zt_analysis.opened import asked, table_cards

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def book():
    return zt.case("2018-11", project=ROOT)


@pytest.fixture(scope="module")
def english():
    return zt.case("2018-11", project=ROOT, language="en")


@pytest.fixture(scope="module")
def children(book):
    return book.figure("失辍学人数")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("growth(失辍学人数)", "失辍学人数比基期增长率 2018-11-08: -18.18%"),
        ("growth（失辍学人数）", "失辍学人数比基期增长率 2018-11-08: -18.18%"),
        ("change(children out of school)", "失辍学人数比基期增减 2018-11-08: -1048人"),
        ("total(失辍学人数, 县区='镇雄县+昭阳区')", "合计 2018-11-08: 2095人"),
        ("top(失辍学人数, 3, by=县区)", "失辍学人数前3位县区合计占比 2018-11-08: 54.31%"),
        ("parts(失辍学率 > 0.0055, by=县区)", "失辍学率大于11/2000的县区数 2018-11-08: 11个"),
        ("ratio(失辍学人数，劝返复学学生数)", "2.46:1"),
    ],
)
def test_a_view_in_the_words_of_its_office(book, name, said):
    assert repr(book.figure(name)).endswith(said)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("growth(失学率)", "did you mean '失辍学率'"),
        ("growht(失辍学人数)", "did you mean 'growth'"),
        ("rank(失辍学率, by=县)", "did you mean '县区'"),
        ("total(失辍学人数, 县区='镇雄县+昭阳')", "did you mean 昭阳区"),
        ("growth(失辍学人数", "docs/views.md"),
    ],
)
def test_a_view_that_is_none_is_said_when_it_is_asked_for(book, name, hint):
    with pytest.raises(InputError, match="found") as caught:
        book.figure(name)
    assert hint in str(caught.value.hint)


@pytest.mark.parametrize(
    ("call", "hint"),
    [
        (lambda book, f: f == 4717, "f.value"),
        (lambda book, f: f == "0.57%", "f.check('0.57%')"),
        (lambda book, f: book.figure("失辍学人数", "镇雄县"), "dimension='镇雄县'"),
        (lambda book, f: book.figure("失辍学人数", county=["镇雄县", "昭阳区"]), 'county="镇雄县+昭阳区"'),
        (lambda book, f: f.over("月份"), "did you mean"),
        (lambda book, f: book.tables.dropout_case, "dropout_cases"),
        (lambda book, f: book.figur, "figure"),
        (lambda book, f: f.growht, "growth"),
        (lambda book, f: zt.indicators("辍学").head, "did you mean"),
        (lambda book, f: book.relation("C07").explan, "explain"),
    ],
)
@pytest.mark.part(2)
def test_an_error_names_the_nearest(book, children, call, hint):
    with pytest.raises(InputError) as caught:
        call(book, children)
    assert hint in str(caught.value.hint)
    assert len(caught.value._render_traceback_()) <= 10


def test_what_python_asks_of_a_thing_is_answered_as_ever(book, children):
    assert not hasattr(book, "figur")
    assert not hasattr(children, "_repr_png_")
    assert children in [children]
    assert children not in [book.figure("失辍学率")]
    assert len({children, children}) == 1


def test_several_forms_of_one_call(children):
    assert children.by(["county", "stage"]).equals(children.by("县区", "学段"))
    assert children.over("月")["value"].tolist() == children.over("month")["value"].tolist()
    assert children.over("月")._repr_html_().count(">月<") == 1


def test_rows_are_all_of_them_or_say_so(children, monkeypatch):
    """What is counted of the first rows is no count: a call that asks for none in particular gives all."""
    assert len(children.rows()) == 4717
    assert children.rows().groupby("stage").size().to_dict() == {"junior": 4388, "primary": 329}
    monkeypatch.setattr(asked.Asked.rows, "__defaults__", (asked.MOST_ROWS,))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(children.rows(10)) == 10
    monkeypatch.setattr(asked, "MOST_ROWS", 30)
    monkeypatch.setattr(asked.Asked.rows, "__defaults__", (30,))
    with pytest.warns(UserWarning, match="只取前30行，共4717行"):
        assert len(children.rows()) == 30


def test_rows_that_were_chosen_are_not_called_all(children):
    found = children.rows(county="镇雄县")
    assert "共1250行" in repr(found)
    chosen = found[found.opened_on < "2018-10-09"]
    assert repr(chosen).endswith("其中1152行（共1250行）")
    assert "其中1152行（共1250行）" in chosen._repr_html_()


@pytest.mark.thorough
def test_a_total_is_one_wherever_it_stands(children):
    table = children.by("county", "stage").pivot()
    turned = table.sort_values("合计", ascending=False)
    assert turned._repr_html_().index('class="sum"') < turned._repr_html_().index("镇雄县")
    assert table.head(3)._repr_html_().count('class="sum"') == 0
    charts = [zt.chart(one) for one in (table, turned)]
    assert [len(one.rows) for one in charts] == [11, 11]
    assert all("合计" not in [row[0] for row in one.rows] for one in charts)
    assert [row[0] for row in zt.chart(table.head(3)).rows] == ["昭阳区", "鲁甸县", "巧家县"]


def test_readings_side_by_side_are_numbers_with_their_unit_said_once(book):
    frame = book.what_if(absence_days=[3, 5, 9])
    (row,) = frame.to_dict("records")
    names = ["as_is", "absence_days = 3", "absence_days = 5", "difference, absence_days = 9"]
    assert [row[name] for name in names] == [8668, 9543, 9149, -5732]
    assert frame.columns.is_unique
    assert frame._repr_html_().count("次") == 1
    rates = book.compare(zt.case("2018-W38", project=ROOT), "失辍学率")
    assert set(rates["unit"]) == {"%（差额 个百分点）"}
    assert all(pd.api.types.is_float_dtype(frame[one]) for one in frame.columns if "absence" in one)


HAN = re.compile(r"[一-鿿]")
ENGLISH = [
    "book", "book.tables.dropout_cases", "book.tables.dropout_cases.schema", "book.tables.enrolment.head(2)",
    "book.figure('失辍学人数').rows(2)", "book.figure('失辍学人数').by('county')", "book.relation('C07')",
    "book.relation('C07').explain()", "book.what_if(absence_days=5)", "book.unusual()", "book.compare('2018-W45')",
    "book.figure('失辍学人数').over('week').pivot()",
    "book.sql('SELECT * FROM counties LIMIT 0')",
]  # fmt: skip


@pytest.mark.parametrize("cell", ENGLISH)
@pytest.mark.part(6)
def test_a_case_in_english_is_so_everywhere(english, cell):
    shown = eval(cell, {"book": english})._repr_html_().rpartition("</style>")[2]
    assert HAN.findall(shown) == []


def test_what_is_called_in_both_languages_says_both(english):
    page = english.indicators("out of school")._repr_html_()
    assert ">definition<" in page
    assert "失辍学人数" in page
    assert "Share of children" in english.figure("失辍学率")._repr_html_()
    (column,) = [one for one in english.tables.dropout_cases.columns if one.name == "age_years"]
    card = table_cards.column_html(column)
    assert "立案时年龄" in card
    assert "Age in full years" in card
    assert "years" in card


def test_a_card_has_the_unit_of_each_column(book, english):
    assert ">persons<" in english.tables.enrolment._repr_html_()
    schema = book.tables.enrolment.schema.set_index("column")["unit"]
    assert (schema["enrolled_persons"], schema["stage"]) == ("人", "")
