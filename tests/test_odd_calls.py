"""What somebody types in a hurry into a notebook: the right answer, or a ZtError that names what is wrong with it."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

import zt_analysis as zt
from zt_analysis.errors import ZtError

DAY, BASE = "2025-09-20", "2024-09-20"
# pupils of the demonstration: on the day, and in town t01
WHOLE, TOWN = 8880, 4068
WRONG_NAMES = [None, 5, ["pupils"], "", {}, float("nan"), "pupil", " pupils ", b"pupils", ("pupils",), pd.NA]
WRONG_DAYS = [
    None, -1, [DAY], "", "2025/9/20", "0000-00-00", "2025-02-30", "9999-12-31", "2025-09-21", pd.NaT,
    np.datetime64("NaT", "D"), dt.datetime(2025, 9, 20, tzinfo=dt.UTC), dt.time(3), {}, float("nan"), b"2025-09-20",
]  # fmt: skip
RIGHT_DAYS = [DAY, dt.date(2025, 9, 20), dt.datetime(2025, 9, 20, 12), pd.Timestamp(DAY)]
WRONG_SCOPES = [
    "x", 3, {"xx": "1"}, {1: 2}, {"town_code": None}, {"town_code": ["t01"]}, {"town_code": np.int64(1)}, {"town": "t"},
    {"town_code": {}}, {"town_code": ""}, {"town_code": "T01"}, [("town_code",)], {"town_code": float("nan")}, b"t01",
]  # fmt: skip
RIGHT_SCOPES = [{"town_code": "t01"}, {"town_code": np.str_("t01")}, (("town_code", "t01"),)]
WRONG_GROUPS = [1, ["town_code", "town_code"], "town", "", [None], [[]], ["town_code", 3]]
RIGHT_GROUPS = ["town_code", ("town_code",), ["town_code"], np.array(["town_code"]), {"town_code"}]


@pytest.fixture
def tables(brief):
    return zt.open_package("data/demo")


@pytest.fixture
def period():
    return zt.period(DAY, BASE)


def refused(call, *values):
    for value in values:
        with pytest.raises(ZtError) as caught:
            call(value)
        assert caught.value.exit_code == 2, value
        assert "found" in str(caught.value), value


def test_a_figure_s_name(tables, period):
    refused(lambda value: zt.compute(zt.Wanted(value, period), tables), *WRONG_NAMES)
    refused(lambda value: zt.breakdown(value, tables, period, by="town_code"), *WRONG_NAMES)
    refused(zt.case("2025").figure, *WRONG_NAMES)
    (figure,) = zt.compute(zt.Wanted(np.str_("pupils"), period), tables).values()
    assert figure.exact == WHOLE


def test_a_day(tables):
    def asked(day):
        (figure,) = zt.compute(zt.Wanted("pupils", zt.period(day, BASE)), tables).values()
        return figure.exact

    refused(asked, *WRONG_DAYS)
    assert [asked(day) for day in RIGHT_DAYS] == [WHOLE] * len(RIGHT_DAYS)
    case = zt.case("2025")
    # of an open case, no day is the case's own
    refused(
        lambda day: case.figure("pupils", at=day).value, *(day for day in WRONG_DAYS if day != "" and day is not None)
    )
    assert [case.figure("pupils", at=day).value for day in RIGHT_DAYS] == [WHOLE] * len(RIGHT_DAYS)


def test_a_part(tables, period):
    def asked(scope):
        (figure,) = zt.compute(zt.Wanted("pupils", period, scope), tables).values()
        return figure.exact

    refused(asked, *WRONG_SCOPES)
    assert [asked(scope) for scope in RIGHT_SCOPES] == [TOWN] * len(RIGHT_SCOPES)
    refused(lambda scope: zt.breakdown("pupils", tables, period, by="town_code", scope=scope), *WRONG_SCOPES)


def test_what_it_is_broken_down_by(tables, period):
    refused(lambda by: zt.breakdown("pupils", tables, period, by=by), *WRONG_GROUPS)
    for by in RIGHT_GROUPS:
        frame = zt.breakdown("pupils", tables, period, by=by)
        assert (frame.exact.sum(), frame.exact[0]) == (WHOLE, TOWN), by


def test_tables_papers_and_cases(tables, period):
    wanted = zt.Wanted("pupils", period)
    refused(lambda given: zt.compute(wanted, given), None, "data/demo", pd.DataFrame(), {}, 3)
    refused(lambda given: zt.compute(given, tables), None, "pupils", [wanted, None], 3, {})
    refused(lambda given: zt.rows(given, tables), None, "pupils", [wanted], 3)
    refused(lambda given: zt.sql(given, tables), None, "pupils", [wanted], 3)
    refused(lambda given: zt.review(given, tables), None, "2025", {}, 3)
    refused(zt.case, None, 2025, ["2025"], "params/2025.yml", "", "../2025", b"2025", "2025\0")
    refused(zt.open_package, None, 3, "data/demo/pupils.csv", "nowhere", "", ["data/demo"], "data\0")
    refused(lambda engine: zt.open_package("data/demo", engine=engine), "sqlite", 5, ["duckdb"])
    refused(lambda names: zt.open_package("data/demo", names=names), ["x"], [1], "towns pupils")
    refused(lambda late: zt.open_package("data/demo", late=late), "maybe", 1)


def test_rows_and_queries(tables):
    refused(lambda name: tables[name], "nope", 0, None, ["pupils"], slice(1))
    refused(tables.rows, None, "pupils", 3, [tables["pupils"]], pd.DataFrame())
    refused(
        tables.sql, None, "", "select 1; select 2", "drop table pupils", "delete from pupils", b"select 1", "select", 3
    )
    refused(tables.sql, "copy (select 1) to 'x.csv'", "attach 'x.db'")
    assert tables.sql("select count(*) n from pupils").n[0] == len(tables.rows(tables["pupils"])) == 6
    refused(zt.read_numbers, None, 3, b"x", ["x"])


@pytest.fixture
def book(brief):
    return zt.case("2025")


def test_an_open_case_s_questions(book, tmp_path):
    refused(lambda case: zt.case("2025").compare(case), None, 3, ["2025"], "nope", "")
    refused(lambda given: zt.case("2025", project=given), 5, "/nonexistent", [])
    refused(lambda given: zt.case("2025", package=given), "../..", str(tmp_path), "/")
    refused(
        lambda given: zt.case("2025", **given), {"nope": 1}, {"as_of": "2025-13-01"}, {"rows": "x"}, {"engine": "x"}
    )
    refused(book.tie, None, 5, b"x")
    refused(book.relation, None, 3, "nope")
    refused(book.what_if, None, "x", {}, [{}], {"nope": 1})
    refused(book.indicators, 3, None, "zzz")
    refused(lambda name: book.tables[name], "nope", 0, None)


def test_a_figure_s_questions(book):
    pupils = book.figure("pupils")
    assert pupils.value == WHOLE
    refused(pupils.over, None, 7, "", "day", "weeks", [], {})
    refused(pupils.by, "nope", None, 3, ["nope"], {})
    refused(lambda name: pupils.by(name, name), "town_code")
    refused(pupils.rows, -1, "5", 2.5, True, 10**30, float("nan"), [])
    refused(pupils.cells, -1, "5", 10**30)
    refused(lambda part: pupils.rows(5, **part), {"nope": "x"}, {"town": "x"}, {"town": None})
    refused(pupils.change, "nope", 5, "2018-02-30")
    refused(pupils.growth, "nope", 5)
    refused(pupils.check, None, "约", "", 8880.0, float("nan"), [8880], {})
    assert [pupils.check(text).word for text in ("8880人", 8880, "8,880人", "八千八百八十人")] == ["agree"] * 4
    assert pupils.check("8881人").word == "differs"
    refused(pupils.chart, "nope", 1)


def test_a_query_of_one_s_own(book, capfd):
    refused(
        book.sql, None, 5, b"select 1", "", "select", "select * from nope", "select nope from pupils",
        "drop table pupils", "select 1; drop table pupils", "insert into pupils select * from pupils",
        "copy pupils to 'x.csv'", "call x()",
        "select * from read_csv('/etc/passwd')", "select * from '/etc/passwd'", "attach 'x.db'", "set threads=1",
        "pragma database_list", "select getenv('HOME')", "select cast('x' as int)", "create temp table x as select 1",
        "install httpfs", "/* */",
    )  # fmt: skip
    assert book.sql("select count(*) n from pupils").n[0] == 6
    assert not book.sql("explain select 1").empty
    assert "sqlglot" not in "".join(capfd.readouterr())
    assert "unsupported" not in "".join(capfd.readouterr())


def test_charts_and_files(book, tmp_path):
    parts = book.figure("pupils").by("town")
    refused(zt.chart, None, "x", [], pd.DataFrame(), book.figure("pupils"))
    refused(lambda given: zt.chart(parts, **given), *({name: 5} for name in ("title", "by", "value")))
    refused(lambda given: zt.chart(parts, **given), {"by": "nope"}, {"value": "nope"}, {"value": [3]})
    refused(
        parts.zt.to_excel,
        None,
        5,
        "x.csv",
        str(tmp_path),
        str(tmp_path / "no/x.xlsx"),
        f"{tmp_path}/a\0.xlsx",
        b"x.xlsx",
        "",
    )
    refused(parts.zt.to_csv, None, 5, "x.xlsx", f"{tmp_path}/a\0.csv")
    assert parts.zt.to_excel(tmp_path / "a.xlsx").exists()
