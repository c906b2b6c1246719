"""A case opened for questions: by its own words, in its own project, wherever the process stands."""

import io
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from packages import ROOT

import zt_analysis as zt
from zt_analysis.errors import InputError


@pytest.fixture(scope="module")
def book():
    return zt.case("2018-11", project=ROOT)


@pytest.mark.slow
class TestFigure:
    @pytest.mark.parametrize("name", ["returned_students", "劝返复学学生数", "students persuaded back to school"])
    def test_by_any_of_its_names(self, book, name):
        assert book.figure(name).value == 1915

    def test_of_a_part_by_code_or_name(self, book):
        by_code = book.figure("out_of_school_rate", stage="junior", county_code="530627")
        by_name = book.figure("失辍学率", stage="初中", county="镇雄县")
        assert by_code.wanted == by_name.wanted
        assert by_code.wanted.scope == (("stage", "junior"), ("county_code", "530627"))

    def test_at_the_base_date(self, book):
        before, now = book.figure("失辍学率", stage="小学", at="base"), book.figure("失辍学率", stage="小学")
        assert (before.figure.at, now.figure.at) == ("2018-09-20", "2018-11-08")
        assert before.value > now.value > Fraction(0)

    @pytest.mark.slow
    def test_broken_down_adds_up(self, book):
        parts = book.figure("受助学生数").by("county")
        assert list(parts.columns) == ["county_code", "县区", "value", "exact"]
        assert str(parts["value"].dtype) == "int64"
        assert parts["exact"].sum() == 488235

    def test_in_the_course_of_months_a_flow_is_what_came_about_in_each(self, book):
        flows, stock = book.figure("新立案数").over("month"), book.figure("失辍学人数").over("month")
        assert flows["value"].tolist() == [186, 514, 98]
        assert flows["value"].sum() == book.figure("新立案数").value
        assert stock["value"].iloc[-1] == 4717
        with pytest.raises(InputError, match="did you mean 'month'"):
            book.figure("失辍学人数").over("months")

    @pytest.mark.part(3)
    @pytest.mark.parametrize(
        "name",
        [
            "劝返复学学生数", "失辍学人数", "失辍学人数变化", "cumulative(新立案数)", "share(失辍学人数)",
            "ratio(失辍学人数,劝返复学学生数)", "total(失辍学人数,劝返复学学生数)", "mean(劝返复学学生数,by=县区)",
            "change(失辍学人数)",
            "growth(劝返复学学生数)", "change(ratio(失辍学人数,劝返复学学生数))",
        ],
    )  # fmt: skip
    def test_in_the_course_of_weeks_what_stands_on_a_day_ends_as_it_stands(self, book, name):
        figure = book.figure(name)
        weeks = figure.over("week")
        assert weeks["exact"].tolist()[-1] == figure.value
        assert weeks["exact"].tolist() == figure.by("week")["exact"].tolist()
        day = weeks["week"].dt.date.tolist()[-2]
        assert weeks["exact"].tolist()[-2] == book.figure(name, at=day).value
        assert "各期末的数" in repr(weeks)
        with pytest.raises(InputError, match="what happened in a week"):
            book.figure(name, week="2018-11-08")

    def test_in_the_course_of_weeks_a_flow_is_what_came_about_in_each(self, book):
        weeks = book.figure("新立案数").over("week")
        assert weeks["value"].sum() == 798
        assert book.figure("新立案数", week="2018-11-08").value == weeks["value"].tolist()[-1] == 82
        assert "各期内发生的数" in repr(weeks)
        share = book.figure("share(复学销案数,销案数)")
        assert share.over("week")["exact"].tolist()[-1] == Fraction(25, 52)
        assert "各期内发生的数" in repr(share.over("week"))
        assert "各期末的数" in repr(book.figure("cumulative(新立案数)").over("month"))

    def test_weeks_by_part_of_what_grows_up_to_a_day_are_levels(self, book):
        table = book.figure("劝返复学学生数").by("week", "county").pivot()
        assert table["合计"].tolist()[-1] == 1915
        assert table.iloc[-1].drop("合计").sum() == 1915

    def test_what_is_refused_says_so_in_words_that_were_typed(self, book):
        with pytest.raises(InputError, match=r"its level is whole; docs/views\.md"):
            book.figure("cumulative(失辍学人数)")
        with pytest.raises(InputError, match=r"did you mean 'year'\? docs/views\.md"):
            book.figure("cumulative(新立案数, since=years)")
        with pytest.raises(InputError, match=r"Hint: \.by\(\) shows each"):
            book.figure("失辍学率", stage=["初中", "小学"])
        with pytest.raises(InputError, match="scope 'county_code'; found '530627' and '530602'"):
            book.figure("失辍学人数", county="镇雄县").rows(county="昭阳区")

    @pytest.mark.parametrize("days", [800_000, 10**9, 10**30])
    def test_days_beyond_the_calendar_are_refused_by_the_reading(self, book, days):
        with pytest.raises(InputError, match=f"absence_days = {days}"):
            book.what_if(absence_days=days)

    def test_a_part_without_a_name_is_said_by_its_code(self, book):
        assert repr(book.figure("失辍学人数", township="530627118")).startswith("530627118 失辍学人数 ")

    @pytest.mark.slow
    def test_a_sum_over_a_pivot_counts_nobody_twice(self, book):
        """The row and the column of totals are figures beside the parts, not parts of them."""
        table = book.figure("失辍学人数").by("county", "stage").pivot()
        total = table["合计"]
        assert (total.sum(), total.iloc[-1], len(total)) == (4717, 4717, 12)
        assert table.sum().to_dict() == {"小学": 329, "初中": 4388, "合计": 4717}
        assert table.sum(axis=1)["镇雄县"] == table.loc["镇雄县"].sum() == table.loc["镇雄县", "合计"] == 1250
        assert (total.max(), total.idxmax(), table["初中"].max()) == (1250, "镇雄县", 1163)
        assert total.mean() == total.head(11).mean() == pytest.approx(4717 / 11)
        assert total.iloc[:3].sum() == sum(total.iloc[:3])
        assert table.T.sum()["镇雄县"] == 1250
        # what has no total is as pandas has it
        assert book.figure("失辍学人数").by("county")["value"].sum() == 4717

    @pytest.mark.part(3)
    @pytest.mark.parametrize(
        "reckon",
        [
            *("mean", "std", "var", "sem", "median", "count", "nunique", "min", "idxmin", "idxmax", "describe", "rank"),
            *("cumsum", "diff", "pct_change", "mode", "value_counts", "skew", "prod"),
            lambda column: column.quantile([0.1, 0.5]),
            lambda column: column.nlargest(1),
            lambda column: column.agg(["mean", "std", "count"]),
            lambda column: column.agg("sum"),
            lambda column: column.groupby(column > 300).sum(),
            lambda column: column.rolling(2).sum(),
            np.std,
        ],
    )
    def test_whatever_is_reckoned_of_a_pivot_is_of_its_parts(self, book, reckon):
        column = book.figure("失辍学人数").by("county", "stage").pivot()["合计"]
        parts = pd.Series(column.to_numpy()[:-1], index=column.index[:-1])
        found, expected = (
            getattr(one, reckon)() if isinstance(reckon, str) else reckon(one) for one in (column, parts)
        )
        assert pd.Series(found).to_dict() == pytest.approx(pd.Series(expected).to_dict(), nan_ok=True)

    def test_what_pandas_asks_for_itself_is_of_every_row(self, book):
        table = book.figure("失辍学人数").by("county", "stage").pivot()
        column, plain = table["合计"], pd.Series(table["合计"])
        assert (table.dropna(thresh=3).shape, len(table.dropna()), len(column.dropna())) == ((12, 3), 12, 12)
        assert table.dropna().sum()["合计"] == 4717
        assert column.is_unique == plain.is_unique
        assert column.transform("cumsum").iloc[-1] == plain.cumsum().iloc[-1]
        told = io.StringIO()
        table.info(buf=told)
        assert "12 non-null" in told.getvalue()
        assert column.index[column.argmax()] == column.idxmax() == "镇雄县"

    @pytest.mark.filterwarnings("ignore:.*keyword-only")
    def test_a_pivot_is_reckoned_over_its_columns_without_their_total(self, book):
        table = book.figure("失辍学人数").by("county", "stage").pivot()
        assert table.sum(1)["镇雄县"] == table.agg("sum", axis=1)["镇雄县"] == 1250
        assert list(table.rank(axis=1)) == ["小学", "初中"]
        assert table.mean(axis=None) == pytest.approx(4717 / 22)
        assert (table.stack().sum(), len(table.describe()), len(table.rank())) == (4717, 8, 11)

    def test_a_pivot_of_a_rate_adds_nothing_up(self, book):
        table = book.figure("失辍学率").by("stage", "county").pivot()
        assert table.loc["合计", "合计"] == 0.57
        assert table.loc[["小学", "初中"], "合计"].tolist() == [0.06, 1.59]
        weekly = book.figure("失辍学人数").by("week", "stage").pivot()
        assert "合计" not in [str(one) for one in weekly.index]  # of what there is on a day there is none over days
        assert weekly["合计"].iloc[-1] == 4717

    def test_a_table_of_one_part_has_its_zero_parts(self, book):
        assert len(book.figure("劝返复学学生数", stage="小学").by("county")) == 11

    def test_reads_as_its_name_and_value(self, book):
        assert repr(book.figure("劝返复学学生数")) == "劝返复学学生数 2018-11-08: 1915人"

    def test_its_sql_and_rows(self, book):
        figure = book.figure("returned_students")
        assert "COUNT(DISTINCT" in figure.sql[0]
        assert len(figure.rows(3)) == 3

    def test_a_wrong_name_is_told_with_the_nearest(self, book):
        with pytest.raises(InputError, match="did you mean '失辍学率'"):
            book.figure("失学率")

    def test_a_part_that_does_not_exist(self, book):
        with pytest.raises(InputError, match="juniour"):
            book.figure("失辍学率", stage="juniour")


@pytest.mark.slow
def test_text_is_tied(book):
    found = book.tie("截至11月8日，全市劝返复学1915人。")
    assert [one.figure.key for one in found.ties if one.figure] == ["returned_students@2018-11-08"]


def test_parameters_take_the_place_of_those_in_the_file():
    book = zt.case("2018-11", project=ROOT, as_of="2018-10-11")
    assert book.figure("劝返复学学生数").figure.at == "2018-10-11"
    with pytest.raises(InputError, match="languge"):
        zt.case("2018-11", project=ROOT, languge="en")


@pytest.mark.slow
def test_stands_in_its_own_project(book, tmp_path, monkeypatch):
    (tmp_path / "params").mkdir()
    monkeypatch.chdir(tmp_path)
    assert book.figure("受助学生数").value == 488235
    with pytest.raises(InputError, match="2018-11"):
        zt.case("2018-11")
