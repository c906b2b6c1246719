"""What a person types in a notebook: rows are read and never written, and a wrong word gets an error that names it."""

import sys
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import duckdb
import ibis
import nbformat
import pandas as pd
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell
from packages import PAYMENTS, SHIPPED, SmallPackage
from sweeps import examples
from traitlets.config import Config

import zt_analysis as zt
from zt_analysis.errors import InputError, SourceError, ZtError
from zt_analysis.indicators import compute, indicators, sql
from zt_analysis.notebooks.laid_out import text_of
from zt_analysis.sources.kept_rows import KEPT


@pytest.fixture(scope="module", params=[True, False], ids=["in a batch", "alone"])
def once_opened(request, tmp_path_factory):
    """The small package, as a notebook opens it: once for all that only try to change it, which sees what one did."""
    root = tmp_path_factory.mktemp("opened")
    package = SmallPackage(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        if request.param:
            (root / "kept").mkdir()
            patch.setenv(KEPT, str(root / "kept"))
        return package, zt.open_package("data")


@pytest.fixture
def tables(once_opened, monkeypatch):
    package, opened = once_opened
    monkeypatch.chdir(package.root)
    return opened


@pytest.fixture(params=[True, False], ids=["in a batch", "alone"])
def own_tables(request, small, tmp_path, monkeypatch):
    """The same opened by itself, to leave something in."""
    if request.param:
        (tmp_path / "kept").mkdir()
        monkeypatch.setenv(KEPT, str(tmp_path / "kept"))
    return zt.open_package("data")


WRITING = {
    "raw_sql": lambda tables: tables.backend.raw_sql("DELETE FROM payments"),
    "execute": lambda tables: tables.backend.con.execute("UPDATE payments SET amount_fen = 1"),
    "sql": lambda tables: tables.backend.con.sql("DROP TABLE payments"),
    "with": lambda tables: tables.backend.con.execute("WITH d AS (DELETE FROM payments RETURNING *) FROM d"),
    "view": lambda tables: tables.backend.con.execute("CREATE OR REPLACE VIEW payments AS SELECT 1 AS amount_fen"),
    "temporary": lambda tables: tables.backend.con.execute('CREATE TEMP TABLE "Payments" AS SELECT 1 AS amount_fen'),
    "macro": lambda tables: tables.backend.con.execute("CREATE MACRO sum(x) AS 5"),
    "function": lambda tables: tables.backend.con.create_function("strftime", str, ["VARCHAR"], "VARCHAR"),
    "out and in": lambda tables: tables.backend.con.execute("ROLLBACK; DELETE FROM payments"),
    "commit": lambda tables: tables.backend.con.execute("COMMIT"),
    "begin": lambda tables: tables.backend.con.begin(),
    "cursor": lambda tables: tables.backend.con.cursor().execute("INSERT INTO payments SELECT * FROM payments"),
    "prepared": lambda tables: tables.backend.con.execute("PREPARE p AS DELETE FROM payments; EXECUTE p"),
    "append": lambda tables: tables.backend.con.append("counties", pd.DataFrame({"a": ["1"], "b": ["2"]})),
    "relation": lambda tables: tables.backend.con.table("counties").insert(["530699", "x"]),
    "relation's view": lambda tables: tables.backend.con.sql("SELECT 1 AS a").create_view("payments"),
    "register": lambda tables: tables.backend.con.register("payments", pd.DataFrame({"amount_fen": [1]})),
    "elsewhere": lambda tables: tables.backend.con.execute("ATTACH ':memory:' AS w; USE w"),
    "files": lambda tables: tables.backend.con.execute("COPY (SELECT 1) TO 'data/payments.csv'"),
    "file of a URL": lambda tables: tables.backend.con.sql(
        f"COPY (SELECT 1) TO 'file://{Path('data').resolve()}/payments.csv'"
    ),
    "file given": lambda tables: tables.backend.con.execute("COPY (SELECT 1) TO ?", ["data/payments.csv"]),
    "file named": lambda tables: tables.backend.con.execute("COPY (SELECT 1) TO $x", {"x": "data/payments.csv"}),
    "file worked out": lambda tables: tables.backend.con.execute("COPY (SELECT 1) TO ('data/' || 'payments.csv')"),
    "file in dollars": lambda tables: tables.backend.con.execute("COPY (SELECT 1) TO $$data/payments.csv$$"),
    "file prepared": lambda tables: tables.backend.con.execute(
        "PREPARE p AS COPY (SELECT 1) TO $1; EXECUTE p('data/payments.csv')"
    ),
    "file explained": lambda tables: tables.backend.con.execute(
        "EXPLAIN ANALYZE COPY (SELECT 1) TO 'data/payments.csv'"
    ),
    "folder": lambda tables: tables.backend.con.execute("EXPORT DATABASE 'data'"),
    "relation's file": lambda tables: tables.backend.con.sql("SELECT 1").write_csv("data/payments.csv"),
    "relation's file, by name": lambda tables: tables.backend.con.sql("SELECT 1").to_csv(file_name="data/payments.csv"),
    "relation's Parquet": lambda tables: (
        tables.backend.con.table("payments").filter("poor").to_parquet("data/payments.csv")
    ),
    "relation's query": lambda tables: tables.backend.con.table("payments").query("p", "COPY p TO 'data/payments.csv'"),
    "ibis table": lambda tables: tables.backend.create_table("payments", {"n": [1]}, overwrite=True),
    "ibis view": lambda tables: tables.backend.create_view("payments", tables["counties"], overwrite=True),
    "ibis drop": lambda tables: tables.backend.drop_table("payments"),
    "ibis truncate": lambda tables: tables.backend.truncate_table("payments"),
    "ibis insert": lambda tables: tables.backend.insert("counties", tables["counties"]),
    "as written": lambda tables: tables.verified.execute("DELETE FROM raw_payments"),
    "query": lambda tables: tables.sql("DELETE FROM payments"),
}


@pytest.mark.part(4)
@pytest.mark.slow
@pytest.mark.parametrize("way", WRITING)
def test_verified_rows_cannot_be_written(tables, way):
    file = Path("data/payments.csv").read_bytes()
    assert file == PAYMENTS.encode()
    with pytest.raises((ZtError, duckdb.Error, AttributeError)):
        WRITING[way](tables)
    assert tables["payments"].count().execute() == 2
    assert tables.sql("SELECT count(*) AS n, sum(amount_fen) AS fen FROM payments").values.tolist() == [[2, 112500]]
    total = tables["payments"].aggregate(fen=tables["payments"]["amount_fen"].sum())
    assert tables.rows(total) == [{"fen": 112500}]
    assert Path("data/payments.csv").read_bytes() == file
    assert tables.summary()["as_declared"].tolist() == [True, True]


def test_ones_own_files_are_written_elsewhere(own_tables, tmp_path):
    con, out = own_tables.backend.con, tmp_path / "out"
    out.mkdir()
    both = con.sql("FROM payments").join(con.sql("FROM counties"), "county_code")
    both.write_csv(str(out / "a.csv"))
    con.execute("COPY (FROM 'data/payments.csv') TO 'out/b.csv' (HEADER)")
    con.execute("COPY payments TO ?", [str(out / "c.csv")])
    con.table("counties").order("county_code").to_parquet(str(out / "d.parquet"))
    own_tables["payments"].to_csv("out/e.csv")
    assert {one.name: len(con.read_csv(str(one))) for one in sorted(out.glob("*.csv"))} == dict.fromkeys(
        ("a.csv", "b.csv", "c.csv", "e.csv"), 2
    )
    assert con.read_parquet("out/d.parquet").fetchall() == [("530602", "昭阳区"), ("530621", "鲁甸县")]
    assert "昭阳区" in repr(con.table("counties"))


def test_what_was_to_be_written_is_said(tables):
    with pytest.raises(
        InputError, match=r"verified rows; found .*(read-only mode|Can only delete).*expected statements that read"
    ):
        tables.backend.raw_sql("DELETE FROM counties")
    with pytest.raises(
        ZtError, match=r"temporary table 'payments'; found the name of verified rows.*call it my_payments"
    ):
        tables.backend.con.register("payments", pd.DataFrame({"n": [1]}))


def test_frames_and_temporary_tables_of_ones_own_stay_possible(own_tables):
    con = own_tables.backend.con
    con.execute("CREATE TEMP TABLE mine AS SELECT * FROM payments")
    con.execute("INSERT INTO mine SELECT * FROM payments")
    con.register("codes", pd.DataFrame({"county_code": ["530602"]}))
    assert con.sql("SELECT count(*) FROM mine JOIN codes USING (county_code)").fetchall() == [(2,)]
    payments = own_tables["payments"]
    asked = payments.semi_join(ibis.memtable({"county_code": ["530602"]}), "county_code")
    assert own_tables.rows(asked.aggregate(fen=asked["amount_fen"].sum())) == [{"fen": 50000}]


def test_what_hides_rows_is_found_however_it_was_made(own_tables):
    own_tables.backend.con.execute("CREATE TEMP TABLE mine AS SELECT 5 AS amount_fen")
    own_tables.backend.con.execute("ALTER TABLE mine RENAME TO payments")
    total = own_tables["payments"].aggregate(fen=own_tables["payments"]["amount_fen"].sum())
    assert own_tables.rows(total) == [{"fen": 112500}]  # figures are asked where nothing temporary is seen
    with pytest.raises(SourceError, match="temporary table 'payments'; found the name of verified rows"):
        own_tables.rows(total.cross_join(ibis.memtable({"n": [1]})))


READING = {
    "sql": lambda tables: tables["payments"].sql("SELECT count(*) AS n FROM payments").execute()["n"][0],
    "backend": lambda tables: tables.backend.sql("SELECT count(*) AS n FROM payments").execute()["n"][0],
    "batches": lambda tables: tables["payments"].to_pyarrow_batches(chunk_size=1).read_all().num_rows,
    "half a batch": lambda tables: 1 + tables["payments"].to_pyarrow_batches(chunk_size=1).read_next_batch().num_rows,
    "frame": lambda tables: len(tables["payments"].to_pandas()),
    "not fetched": lambda tables: len(tables.backend.raw_sql("FROM payments").fetchmany(1)) + 1,
    "arrow": lambda tables: tables["payments"].to_pyarrow().num_rows,
    "pandas": lambda tables: pd.read_sql("SELECT count(*) AS n FROM payments", tables.backend.con)["n"][0],
    "own": lambda tables: tables.sql("FROM payments").shape[0],
}


@pytest.mark.part(3)
@pytest.mark.filterwarnings("ignore:pandas only supports")
@pytest.mark.parametrize("way", READING)
def test_every_way_to_read_works_and_leaves_the_connection_free(tables, way):
    assert READING[way](tables) == 2
    assert tables["payments"].count().execute() == 2
    with pytest.raises(duckdb.Error):
        tables.backend.con.execute("SELECT nothing FROM payments")
    assert READING[way](tables) == 2


def test_sql_gives_whole_numbers_however_large(tables):
    found = tables.sql("SELECT sum(9007199254740993) AS n, NULL AS m, DATE '2018-11-08' AS d, 'x' AS t FROM payments")
    assert found["n"][0] == 18014398509481986
    assert list(found.columns) == ["n", "m", "d", "t"]
    assert tables.sql("SELECT county_code FROM payments WHERE false").to_dict("list") == {"county_code": []}


@pytest.mark.part(3)
@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT stagee FROM payments", "stagee.*expected SQL over counties, payments"),
        ("SELECT * FROM payment", "found .*payment does not exist.*expected SQL over counties, payments"),
        ("SELECT 1; SELECT 2", "found 2 statements; expected one query that reads"),
        ("", "found no query; expected one query"),
        ("SELEC 1", "syntax error"),
        (5, "query 5; found no query"),
        ("CREATE TABLE x AS SELECT 1", "found no query"),
    ],
)
def test_query_that_is_none_is_named(tables, query, message):
    with pytest.raises(InputError, match=message):
        tables.sql(query)
    assert tables.sql("SELECT 1 AS n").values.tolist() == [[1]]


@pytest.fixture(scope="module")
def shipped():
    return zt.open_package(SHIPPED)


SEEN = zt.period("2018-11-08", "2018-09-20")


def wanted(indicator="returned_students", *, as_of="2018-11-08", base_on="2018-09-20", term="2018-spring", scope=()):
    return zt.Wanted(indicator, zt.period(as_of, base_on, term=term), scope)


WRONG = [
    (wanted(scope={"stage": "juniour"}), r"scope 'stage'; found 'juniour'; expected primary, junior\..*mean 'junior'"),
    (wanted(scope={"county_code": "镇雄县"}), r"'county_code'; found '镇雄县'; expected 530602.*镇雄县 is 530627"),
    (wanted(scope={"county_code": "530699"}), r"found '530699'; expected 530602, 530621"),
    (wanted("aid_paid", scope={"programme": "bourder"}), r"scope 'programme'; found 'bourder'; expected boarder"),
    (wanted("aid_paid", scope={"stag": "junior"}), r"dimension 'stag'; .*did you mean 'stage'"),
    (wanted("counties", scope={"stage": "junior"}), r"dimension 'stage'; found no such column"),
    (wanted(as_of="2018-11-09"), r"on 2018-11-09; found a day outside the rows; expected a day from 2018-03-03 to 201"),
    (wanted(as_of="2018-03-01", base_on="2018-03-01"), r"on 2018-03-01; found a day outside the rows"),
    (wanted("out_of_school_children", as_of="2019-01-01"), r"on 2019-01-01; found a day outside the rows"),
    (wanted("out_of_school_rate", as_of="2018-11-07"), r"'rate_population', reported_on 2018-11-07; found no row in e"),
    (wanted("out_of_school_rate_change", base_on="2018-09-21"), r"reported_on 2018-09-21; found no row.*2018-09-20, "),
    (wanted("aid_per_student", term="2018-autumn"), r"'aid_paid', term 2018-autumn; found no row.*one of 2018-spring"),
]


@pytest.mark.part(3)
@pytest.mark.slow
@pytest.mark.parametrize(("asked", "message"), WRONG)
def test_figure_that_does_not_exist_is_an_error_that_lists_what_does(shipped, asked, message):
    calls = (
        lambda: zt.compute(asked, shipped),
        lambda: zt.sql(asked, shipped),
        lambda: zt.rows(asked, shipped),
        lambda: zt.breakdown(asked.indicator, shipped, asked.period, by="county_code", scope=asked.scope),
    )
    for call in calls:
        with pytest.raises(InputError, match=message):
            call()


def test_arguments_in_the_forms_people_type(shipped):
    exact = 508
    as_typed = (
        zt.Wanted("returned_students", SEEN, {"county_code": "530627"}),
        zt.Wanted(indicators()["returned_students"], SEEN, [["county_code", 530627]]),
        zt.Wanted("returned_students", zt.period(date(2018, 11, 8), datetime(2018, 9, 20, 8)), {"county_code": 530627}),
        zt.Wanted("returned_students", zt.Period("2018-11-08", "2018-09-20"), (("county_code", "530627"),)),
    )
    for one in as_typed:
        assert [figure.exact for figure in zt.compute(one, shipped).values()] == [exact]
    whole = zt.breakdown("returned_students", shipped, SEEN, by="county_code")
    assert whole.set_index("county_code")["exact"]["530627"] == exact
    assert zt.open_package(SHIPPED, names="counties", roles="table").names == ("counties",)


def no(*given, **named):
    return lambda name, tables: getattr(zt, name)(*[tables if one is TABLES else one for one in given], **named)


TABLES = object()
ONE = zt.Wanted("aid_paid", SEEN)


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("name", "call", "message"),
    [
        ("breakdown", no("aid_pad", TABLES, SEEN), r"indicator 'aid_pad'; .*did you mean 'aid_paid'"),
        ("breakdown", no(5, TABLES, SEEN), "argument 'indicator'; found 5"),
        ("breakdown", no("aid_paid", "tables", SEEN), "argument 'tables'; found 'tables'; expected tables that"),
        ("breakdown", no("aid_paid", TABLES, "2018-11-08"), "argument 'period'; found '2018-11-08'"),
        ("breakdown", no("aid_paid", TABLES, SEEN, by="county"), r"dimension 'county'; .*mean 'county_code'"),
        ("breakdown", no("aid_paid", TABLES, SEEN, by=5), "argument 'by'; found 5"),
        ("breakdown", no("aid_paid", TABLES, SEEN, by=[]), r"argument 'by'; found \[\]"),
        ("breakdown", no("aid_paid", TABLES, SEEN, by=["stage", "stage"]), "argument 'by'.*each once"),
        ("breakdown", no("aid_paid", TABLES, SEEN, scope="junior"), "argument 'scope'; found 'junior'; expected a"),
        ("breakdown", no("aid_paid", TABLES, SEEN, scope={"stage": ["a"]}), "argument 'scope, stage'; found"),
        ("compute", no("aid_paid", TABLES), "argument 'wanted'; found 'aid_paid'"),
        ("compute", no(5, TABLES), "argument 'wanted'; found 5"),
        ("compute", no([], TABLES), r"argument 'wanted'; found \[\]"),
        ("compute", no([ONE], None), "argument 'tables'; found None"),
        ("rows", no("aid_paid", TABLES), "argument 'wanted'; found 'aid_paid'"),
        ("sql", no([ONE], TABLES), "argument 'wanted'"),
        ("Wanted", no("aid_paid", None), "argument 'period'; found None"),
        ("period", no("8 November", "2018-09-20"), "parameter 'as_of'; found '8 November'"),
        ("period", no("2018-11-08", 5), "parameter 'base_on'; found 5"),
        ("period", no("2018-11-08", "2018-12-20"), "parameter 'base_on'; found 2018-12-20"),
        ("period", no("2018-11-08", "2018-09-20", term="spring"), "parameter 'term'; found 'spring'"),
        ("period", no("2018-11-08", "2018-09-20", days="all"), "parameter 'days'; found 'all'"),
        ("period", no("2018-11-08", "2018-09-20", absence_days="7"), "parameter 'absence_days'; found '7'"),
        ("Period", no("2018-11-08", None), "parameter 'base_on'; found None"),
        ("review", no("2018-11", TABLES), "argument 'paper'; found '2018-11'"),
        ("what_if", no(5, TABLES, {}), "argument 'paper'; found 5"),
        ("read_numbers", no(5), "argument 'text'; found 5"),
        ("read_numbers", no("三人", dated="today"), "parameter 'dated'; found 'today'"),
        ("open_package", no(5), "argument 'path'; found 5"),
        ("open_package", no(SHIPPED, names="county"), r"argument 'names'; found 'county'; .*mean 'counties'"),
        ("open_package", no(SHIPPED, roles=["tables"]), r"argument 'roles'; found 'tables'; expected one of"),
        ("open_package", no(SHIPPED, roles=5), "argument 'roles'; found 5"),
        ("open_package", no(SHIPPED, engine=5), "argument 'engine'; found 5"),
    ],
)  # fmt: skip
def test_wrong_argument_is_named(shipped, name, call, message):
    with pytest.raises(InputError, match=message):
        call(name, shipped)


def test_charts_name_a_wrong_argument(shipped):
    with pytest.raises(InputError, match="argument 'paper'; found 'x'"):
        zt.charts.rates_against_norm("x", shipped)
    with pytest.raises(InputError, match="argument 'tables'; found None"):
        zt.charts.weekly_cases(circular(), None)


def circular():
    return zt.Circular(
        case="2018-W45", package=str(SHIPPED), issued_on=date(2018, 11, 9), as_of="2018-11-08", base_on="2018-11-01"
    )


def test_paper_names_a_wrong_argument():
    with pytest.raises(InputError, match="argument 'absence_days'; found '7'; expected int"):
        zt.Circular(
            case="2018-W45", package="p", issued_on="2018-11-09", as_of="2018-11-08", base_on="2018-11-01",
            absence_days="7",
        )  # fmt: skip


def test_what_if_without_the_tables_it_moves_is_an_error(shipped):
    for change in ({"absence_days": 5}, [{"denominator": "enrolled"}, {"days": "school"}]):
        with pytest.raises(
            SourceError, match=r"'attendance_spells'; found one of role 'system', .*roles=\(\"table\", \"sy"
        ):
            zt.what_if(circular(), shipped, change)
    assert len(zt.what_if(circular(), shipped, {"denominator": "enrolled"}))  # moves what the opened tables hold
    with pytest.raises(SourceError, match=r"found one of role 'system', which was not opened"):
        zt.review(circular(), shipped)


def test_part_with_none_is_there_as_0(shipped):
    rows = shipped.sql("SELECT DISTINCT county_code FROM household_inspections")
    assert len(rows) == 11
    early = zt.period("2018-10-23", "2018-09-20")
    found = zt.breakdown("inspected_households", shipped, early, by="county_code")
    counted = shipped.sql(
        "SELECT county_code, count(DISTINCT household_id) AS n FROM household_inspections "
        "WHERE inspected_on <= DATE '2018-10-23' GROUP BY county_code"
    )
    assert 0 < len(counted) < len(found) == 11
    assert dict(zip(found["county_code"], found["exact"], strict=True)) == {
        code: dict(counted.values.tolist()).get(code, 0) for code in found["county_code"]
    }
    both = zt.breakdown("inspected_households", shipped, early, by=("county_code",), scope={"county_code": "530602"})
    assert both["county_code"].tolist() == ["530602"]


def test_indicator_defined_anew_answers_anew(tables, monkeypatch):
    """A cell that is run again; what it stands on; and a function that autoreload changes in place."""
    from zt_analysis.indicators.indicator import Measure, derived, measured

    def paid(condition):
        @measured("persons")
        def my_paid(tables, period):
            """Payments."""
            return Measure(tables["payments"], "count", "", condition(tables["payments"]))

        @derived("ratio")
        def my_share(my_paid):
            """Half of them."""
            return Fraction(my_paid, 2)

        my_paid.function.__module__ = "__main__"
        return my_paid, my_share

    seen = zt.period("2018-06-08", "2018-04-01")
    first, share = paid(lambda rows: rows["amount_fen"] > 0)
    monkeypatch.setitem(indicators(), "my_paid", first)
    monkeypatch.setitem(indicators(), "my_share", share)

    def answers():
        asked = [zt.Wanted(name, seen) for name in ("my_paid", "my_share")]
        counted = zt.breakdown("my_paid", tables, seen, by="stage")["exact"].sum()
        return [one.exact for one in compute(asked, tables).values()], counted, sql(asked[1], tables)

    before = answers()
    second, _ = paid(lambda rows: rows["amount_fen"] > 60000)
    monkeypatch.setitem(indicators(), "my_paid", second)
    after = answers()
    assert (before[0], before[1]) == ([2, 1], 2)
    assert (after[0], after[1]) == ([1, Fraction(1, 2)], 1)
    assert before[2] != after[2]
    cell = second.function.__code__.co_freevars.index("condition")
    second.function.__closure__[cell].cell_contents = lambda rows: rows["amount_fen"] < 0
    assert answers()[0] == [0, 0]
    # run again without being registered again
    monkeypatch.setitem(indicators(), "my_paid", first)
    monkeypatch.setattr(sys.modules["__main__"], "my_paid", second, raising=False)
    assert answers()[0] == [0, 0]


def test_module_read_again_defines_anew(shipped, monkeypatch):
    asked = zt.Wanted("returned_students", SEEN)
    assert next(iter(zt.compute(asked, shipped).values())).exact == 1915
    old = indicators()["returned_students"]
    attendance = sys.modules[old.function.__module__]

    def returned_students(tables, period):
        """All of them."""
        return old.function(tables, period).__class__(tables["dropout_cases"], "count")

    returned_students.__module__ = attendance.__name__
    monkeypatch.setattr(attendance, "returned_students", replace(old, function=returned_students))
    assert next(iter(zt.compute(asked, shipped).values())).exact == shipped.count("dropout_cases")


def test_what_is_registered_and_is_no_indicator_is_named(shipped, monkeypatch):
    monkeypatch.setitem(indicators(), "mine", lambda tables, period: None)
    with pytest.raises(InputError, match=r"indicator 'mine'; found function among the indicators; "):
        zt.Wanted("mine", SEEN)


OWN = '''from zt_analysis.define import Measure, derived, measured


@measured("persons")
def paid(tables, period):
    """Payments above a sum."""
    return Measure(tables["payments"], "count", "", tables["payments"]["amount_fen"] > {above})


@derived("persons")
def twice(paid):
    """Of each two."""
    return {times} * paid
'''


def test_an_indicator_of_the_office_changed_under_autoreload_answers_anew(small):
    """IPython's own extension, in a shell: the file is saved, the next cell has its new figures."""
    module = Path("office/indicators/mine.py")
    Path("office").unlink()  # a link to the shipped one
    module.parent.mkdir(parents=True)
    module.write_text(OWN.format(above=0, times=2), encoding="utf-8")
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))

    def run(*lines):
        done = shell.run_cell("\n".join(lines), store_history=True)
        done.raise_error()
        return done.result

    asked = "{n: next(iter(zt.compute(zt.Wanted(n, seen), tables).values())).exact for n in ('paid', 'twice')}"
    try:
        run("%load_ext autoreload", "%autoreload 2", "import zt_analysis as zt")
        run("tables, seen = zt.open_package('data'), zt.period('2018-06-08', '2018-04-01')")
        assert run(asked) == {"paid": 2, "twice": 4}
        module.write_text(OWN.format(above=60000, times=3), encoding="utf-8")
        assert run(asked) == {"paid": 1, "twice": 3}
    finally:
        shell.reset()
        InteractiveShell.clear_instance()


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
KINDS = ("text/html", "text/plain", "image/svg+xml", "image/png", "application/json", "application/vnd.zt-ledger+json")


@examples(suppress_health_check=[HealthCheck.too_slow])  # the first text of all takes a second
@given(JSONS, st.text(), st.sampled_from(KINDS))
def test_a_notebook_is_written_as_nbformat_writes_it(value, text, kind):
    v4 = nbformat.v4
    shown = value if kind.endswith("json") else text
    outputs = [
        v4.new_output("execute_result", data={kind: shown, "text/plain": text}, execution_count=1),
        v4.new_output("stream", text=text),
        v4.new_output("error", ename="E", evalue=text, traceback=[text]),
    ]
    cells = [
        v4.new_markdown_cell(text, attachments={"a.png": {kind: text}}, metadata={"trusted": True}),
        v4.new_code_cell(text, outputs=outputs, metadata={"said": value, "trusted": True}),
        v4.new_code_cell(""),
    ]
    notebook = v4.new_notebook(cells=cells, metadata={"signature": "x", "said": value})
    before = repr(notebook)
    assert text_of(notebook) == v4.writes(notebook)
    assert repr(notebook) == before
