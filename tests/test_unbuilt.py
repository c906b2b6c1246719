"""Questions that are named by what they are made from: the same SQL, and another name where anything differs."""

from dataclasses import replace

import pytest
from packages import ROOT
from sweeps import ALL

import zt_analysis as zt
from zt_analysis import kept_texts
from zt_analysis.indicators import Measure, Wanted, compute, find, sql
from zt_analysis.indicators.indicator import Indicator
from zt_analysis.indicators.passes import ask
from zt_analysis.indicators.question import Asked
from zt_analysis.periods import period
from zt_analysis.sources import Tables, Unbuilt, in_memory, opening, unbuilt
from zt_analysis.sources.asking import kinds_of

pytestmark = pytest.mark.slow
WEEK = (("week", "2018-11-08"),)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where SQL is kept, empty; answers beside the rows are not looked at."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(opening, "memory_of", lambda *_: None)
    kept_texts._folder.cache_clear()
    yield tmp_path / "zt-analysis" / "sql"
    kept_texts._folder.cache_clear()


@pytest.fixture
def builds(monkeypatch):
    """How often a question was built that is named by what it is made from."""
    found, own = [], vars(Unbuilt)["expression"].func

    def counted(one):
        if "made" not in vars(one):
            vars(one)["made"] = own(one)
            found.append(one)
        return vars(one)["made"]

    monkeypatch.setattr(Unbuilt, "expression", property(counted))
    return found


@pytest.mark.thorough
@pytest.mark.parametrize("case", ["2018-11", "2018-W45"])
def test_each_has_the_columns_and_the_sql_of_its_expression(folder, builds, monkeypatch, case):
    """And what is kept is not built again."""
    every = []
    for name in ("later", "rows", "compile"):
        asked = getattr(Tables, name)
        monkeypatch.setattr(
            Tables, name, lambda self, one, *, _do=asked, **more: (every.append((self, one)), _do(self, one, **more))[1]
        )
    first = zt.case(case, project=ROOT).review.ledger
    assert len(builds) > 40
    builds.clear()
    unbuilt = {one.name: (tables, one) for tables, one in every if isinstance(one, Unbuilt)}
    assert len(unbuilt) > 40
    assert {one.of[0] for _, one in unbuilt.values()} >= {
        "one pass",
        "scalar",
        "first rows",
        "no rows",
        "ends",
        "values",
    }
    for tables, one in list(unbuilt.values())[:: 1 if ALL else 5]:
        assert one.kinds is None or list(one.kinds.items()) == list(kinds_of(one.expression).items())
        assert tables.compile(one) == tables._reader.sql(None, lambda: one.expression)  # noqa: B023
    builds.clear()
    assert zt.case(case, project=ROOT).review.ledger == first
    assert builds == []


def test_another_day_part_or_code_is_built_anew(folder, builds, monkeypatch):
    tables = zt.open_package(ROOT / "data/zhaotong-2018")
    days = [period(day, "2018-09-20") for day in ("2018-11-08", "2018-11-01")]
    several = [Wanted("opened_cases", day, scope) for day in days for scope in ((), (("stage", "junior"),), WEEK)]
    with zt.case("2018-11", project=ROOT).office.active():
        said = [sql(one, tables) for one in several]
        assert len(builds) == len({*map(tuple, said)}) == 6
        for _ in range(2):
            fresh = replace(tables, _kept={})
            assert [sql(one, fresh) for one in several] == said
            assert len(builds) == 6
        monkeypatch.setattr(unbuilt, "made_by", lambda: "another")
        assert [sql(one, replace(tables, _kept={})) for one in several] == said
        assert len(builds) == 12


def test_weeks_that_end_on_another_day_are_asked_anew(folder, monkeypatch):
    from zt_analysis.indicators import question

    tables = zt.case("2018-11", project=ROOT).tables
    rows = tables["dropout_cases"]
    measure = Measure(rows, "count", dated="opened_on")
    found = []
    for day in (None, 2):
        if day is not None:
            monkeypatch.setattr(question.calendar().__class__, "weekday", day)
        (one,) = ask([Asked(measure, (), ("week",))], replace(tables, _kept={}))
        found.append(one.values)
    assert found[0] != found[1]
    assert sum(found[0].values()) == sum(found[1].values())


def test_an_indicator_defined_anew_gives_its_own_figure(folder, monkeypatch):
    """By the same name, over the same rows, in a process that has kept what it was before."""
    book = zt.case("2018-11", project=ROOT)
    wanted = Wanted("opened_cases", book.paper.period)
    before = compute([wanted], book.tables).popitem()[1].exact
    text = sql(wanted, book.tables)

    def opened_cases(tables, period):
        rows = tables["dropout_cases"]
        return Measure(rows, "count", "", rows["opened_on"] <= period.as_of, dated="opened_on")

    own = find("opened_cases")
    monkeypatch.setattr(
        Indicator, "measure", lambda self, tables, at: (opened_cases if self == own else self.function)(tables, at)
    )
    fresh = replace(book.tables, _kept={})
    assert compute([wanted], fresh).popitem()[1].exact > before
    assert sql(wanted, fresh) != text


def test_a_measure_of_the_offices_own_kind_is_built(folder):
    class Twice(Measure):
        def value(self, scope=()):
            return super().value(scope) * 2

    tables = zt.case("2018-11", project=ROOT).tables
    question = Asked(Twice(tables["dropout_cases"], "count"))
    from zt_analysis.indicators.question import made_of

    assert made_of(question.measure, ("x",), lambda: tables["dropout_cases"]) is tables["dropout_cases"]


def test_a_notebooks_own_rows_are_never_answered_from_what_is_kept(folder):
    import ibis

    tables = zt.case("2018-11", project=ROOT).tables
    for amounts in ([1, 2], [3, 4, 5]):
        own = ibis.memtable({"n": amounts})
        asked = Unbuilt(("one pass", own.op()), lambda: own.aggregate(n=own["n"].sum()), {"n": "integer"})  # noqa: B023
        assert tables.rows(asked) == [{"n": sum(amounts)}]


def test_where_no_sql_is_kept_it_is_asked_by_its_expression():
    tables = in_memory(payments=[{"fen": 3}, {"fen": 4}])
    rows = tables["payments"]
    asked = Unbuilt(("sum", rows.op()), lambda: rows.aggregate(n=rows["fen"].sum()), {"n": "integer"})
    assert tables.rows(asked) == [{"n": 7}]
    assert [key for key in tables._kept if key[0] == "rows"] == [("rows", asked.expression.op())]
