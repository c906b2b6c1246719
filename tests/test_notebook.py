"""What a person types in a notebook: rows are read and never written, and a wrong word gets an error that names it."""

import duckdb
import ibis
import pandas as pd
import pytest

import zt_analysis as zt
from zt_analysis.errors import InputError, SourceError, ZtError
from zt_analysis.sources.keeping import KEPT


@pytest.fixture(params=[True, False], ids=["in a batch", "alone"])
def tables(request, small, tmp_path, monkeypatch):
    """The small package, as a notebook opens it."""
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
    "ibis table": lambda tables: tables.backend.create_table("payments", {"n": [1]}, overwrite=True),
    "ibis view": lambda tables: tables.backend.create_view("payments", tables["counties"], overwrite=True),
    "ibis drop": lambda tables: tables.backend.drop_table("payments"),
    "ibis truncate": lambda tables: tables.backend.truncate_table("payments"),
    "ibis insert": lambda tables: tables.backend.insert("counties", tables["counties"]),
    "as written": lambda tables: tables.verified.execute("DELETE FROM raw_payments"),
    "query": lambda tables: tables.sql("DELETE FROM payments"),
}


@pytest.mark.parametrize("way", WRITING)
def test_verified_rows_cannot_be_written(tables, small, way):
    file = (small.folder / "payments.csv").read_bytes()
    with pytest.raises((ZtError, duckdb.Error, AttributeError)):
        WRITING[way](tables)
    assert tables["payments"].count().execute() == 2
    assert tables.sql("SELECT count(*) AS n, sum(amount_fen) AS fen FROM payments").values.tolist() == [[2, 112500]]
    total = tables["payments"].aggregate(fen=tables["payments"]["amount_fen"].sum())
    assert tables.rows(total) == [{"fen": 112500}]
    assert (small.folder / "payments.csv").read_bytes() == file
    assert tables.summary()["as_declared"].tolist() == [True, True]


def test_what_was_to_be_written_is_said(tables):
    with pytest.raises(InputError, match=r"verified rows; found .*read-only mode.*expected statements that read them"):
        tables.backend.raw_sql("DELETE FROM counties")
    with pytest.raises(
        ZtError, match=r"temporary table 'payments'; found the name of verified rows.*call it my_payments"
    ):
        tables.backend.con.register("payments", pd.DataFrame({"n": [1]}))


def test_frames_and_temporary_tables_of_ones_own_stay_possible(tables):
    con = tables.backend.con
    con.execute("CREATE TEMP TABLE mine AS SELECT * FROM payments")
    con.execute("INSERT INTO mine SELECT * FROM payments")
    con.register("codes", pd.DataFrame({"county_code": ["530602"]}))
    assert con.sql("SELECT count(*) FROM mine JOIN codes USING (county_code)").fetchall() == [(2,)]
    payments = tables["payments"]
    asked = payments.semi_join(ibis.memtable({"county_code": ["530602"]}), "county_code")
    assert tables.rows(asked.aggregate(fen=asked["amount_fen"].sum())) == [{"fen": 50000}]


def test_what_hides_rows_is_found_however_it_was_made(tables):
    tables.backend.con.execute("CREATE TEMP TABLE mine AS SELECT 5 AS amount_fen")
    tables.backend.con.execute("ALTER TABLE mine RENAME TO payments")
    total = tables["payments"].aggregate(fen=tables["payments"]["amount_fen"].sum())
    assert tables.rows(total) == [{"fen": 112500}]  # figures are asked where nothing temporary is seen
    with pytest.raises(SourceError, match="temporary table 'payments'; found the name of verified rows"):
        tables.rows(total.cross_join(ibis.memtable({"n": [1]})))


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
