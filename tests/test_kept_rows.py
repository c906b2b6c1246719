"""What a batch keeps of answers and SQL; and tables worked on abreast."""

import hashlib
import json
import os
import signal
import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import reduce
from itertools import combinations
from operator import or_
from pathlib import Path

import duckdb
import ibis
import ibis.expr.operations as ops
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from packages import COUNTIES, EXAMPLE, PAYMENTS, ROOT, SHIPPED, SMALL_FIELDS

from zt_analysis.errors import InputError, SourceError
from zt_analysis.sources import filling, kept_rows, loading, open_package, parallel, quality, read_package
from zt_analysis.sources.duckdb_memory import settings
from zt_analysis.sources.guarding import ReadOnly
from zt_analysis.sources.kept_manifest import identity
from zt_analysis.sources.parallel import on_each
from zt_analysis.sources.sources_yml import Source

pytestmark = pytest.mark.slow

CORRECTION = """
- table: counties
  where: {county_code: "530602"}
  column: name_zh
  from: 昭阳区
  to: 别的
  reason: "for a test"
  by: "a tester"
  date: 2018-11-01
"""


@pytest.fixture
def kept(tmp_path, monkeypatch):
    folder = tmp_path / "kept"
    folder.mkdir()
    monkeypatch.setenv(kept_rows.KEPT, str(folder))
    return folder


def asked(tables, least=0):
    rows = tables["payments"]
    return rows.filter(rows["amount_fen"] > least).group_by("stage").aggregate(fen=rows["amount_fen"].sum())


def files(kept):
    return sorted(path.name for path in kept.glob("answers-*/*"))


def named(tables, expression):
    """What names a question, where it has a name."""
    return tables.reader.question(expression.op())


class TestAnswers:
    def test_what_one_case_asked_the_next_finds(self, small, kept, monkeypatch):
        first, second = open_package("data"), open_package("data")
        answer, sql = first.rows(asked(first)), first.compile(asked(first))
        there = files(kept)
        assert [Path(name).suffix for name in there] == [".json"]
        monkeypatch.setattr(ReadOnly, "rows", None)
        monkeypatch.setattr(ReadOnly, "arrow", None)
        monkeypatch.setattr(ibis, "to_sql", None)
        assert (second.rows(asked(second)), second.compile(asked(second))) == (answer, sql)
        assert files(kept) == there

    def test_kept_answers_are_those_of_the_rows(self, small, kept, monkeypatch):
        found = [[tables.rows(asked(tables)), tables.compile(asked(tables))] for tables in (open_package("data"),) * 2]
        monkeypatch.delenv(kept_rows.KEPT)
        alone = open_package("data")
        assert [alone.rows(asked(alone)), alone.compile(asked(alone))] == found[0] == found[1]
        assert found[0][0]

    def test_other_bytes_have_other_answers(self, small, kept):
        before = open_package("data")
        amounts = before.rows(asked(before))
        small.write("payments.csv", PAYMENTS.replace("50000", "50001"))
        after = open_package("data")
        assert after.rows(asked(after)) != amounts

    def test_a_question_is_named_by_all_of_it(self, small, kept):
        tables, other = open_package("data"), open_package("data")
        rows = tables["payments"]
        asked_of = [
            asked(tables),
            asked(tables, least=1),
            asked(tables, least=1.0),
            rows,
            rows.limit(1),
            rows.order_by("stage"),
            rows.order_by(ibis.desc("stage")),
            rows.select("stage"),
            rows.select(level="stage"),
            tables["counties"],
        ]
        names = [named(tables, one) for one in asked_of]
        assert all(names)
        assert [pair for pair in combinations(names, 2) if pair[0] == pair[1]] == []
        assert named(other, asked(other)) == names[0]

    def test_what_may_change_is_asked_anew(self, small, kept):
        tables = open_package("data")
        rows = tables["payments"]
        tables.backend.con.execute("CREATE TEMP TABLE mine AS SELECT 1 AS n")
        with duckdb.connect(kept / "other.db") as other:
            other.execute("CREATE TABLE payments AS SELECT 1 AS n")
        tables.backend.con.execute(f"ATTACH '{kept / 'other.db'}' AS other (READ_ONLY)")
        mine = tables.backend.table("mine")
        for expression in (
            rows.mutate(n=ibis.now()),
            rows.mutate(n=ibis.today()),
            rows.mutate(n=ibis.random()),
            rows.mutate(n=ibis.uuid()),
            rows.sample(0.5).count().as_table(),  # a row, whatever the chance
            ibis.memtable({"n": [1]}),
            ibis.table({"n": "int32"}, name="mine"),
            tables.backend.table("payments", database=("other", "main")),
            mine,
            rows.cross_join(mine),
        ):
            assert named(tables, expression) is None
            assert tables.rows(expression)
        text = ("SELECT now() AS n", {"n": "timestamp"})
        own = [ops.SQLQueryResult(*text, tables.backend), ops.SQLStringView(rows.op(), *text)]
        assert [named(tables, one.to_expr()) for one in own] == [None, None]
        assert files(kept) == []

    def test_rows_cannot_be_put_in_the_place_of_a_table(self, small, kept):
        first = open_package("data")
        with pytest.raises(SourceError, match="temporary table 'payments'; found the name of verified rows"):
            first.backend.con.execute("CREATE TEMP TABLE payments AS SELECT * REPLACE (1 AS amount_fen) FROM payments")
        for tables in (first, open_package("data")):
            assert sum(row["fen"] for row in tables.rows(asked(tables))) == 50000 + 62500

    def test_a_question_too_deep_to_be_named_is_asked(self, small, kept):
        tables = open_package("data")
        rows = tables["payments"]
        condition = reduce(or_, (rows["amount_fen"] == number for number in range(400)))
        assert named(tables, rows.filter(condition)) is None

    def test_rows_of_another_connection_answer_for_no_other_case(self, small, kept):
        tables = open_package("data")
        other = ibis.duckdb.connect()
        other.con.execute("CREATE TABLE payments AS SELECT 1 AS amount_fen, 'primary' AS stage")
        assert named(tables, other.table("payments")) is None
        assert named(tables, tables["payments"])

    @pytest.mark.parametrize("in_a_batch", [True, False])
    def test_a_setting_that_would_change_figures_is_refused(self, small, kept, monkeypatch, in_a_batch):
        """It would hold for every connection to the rows, and what is kept for others would be its answer."""
        if not in_a_batch:
            monkeypatch.delenv(kept_rows.KEPT)
        tables, again = open_package("data"), open_package("data")
        for connection in (tables.backend.con, again.backend.con, tables.backend.con.cursor()):
            for change in ("SET integer_division = true", "SET GLOBAL default_null_order = 'nulls_first'"):
                with pytest.raises(duckdb.InvalidInputException, match="the configuration has been locked"):
                    connection.execute(change)
            with pytest.raises(duckdb.InvalidInputException):
                connection.execute("SET lock_configuration = false")
            connection.execute("SET threads = 2; SET memory_limit = '1GiB'")
        with pytest.raises(duckdb.InvalidInputException):
            tables.backend.con.execute("SET TimeZone = 'Asia/Shanghai'")
        rows = tables["payments"]
        assert tables.rows(rows.limit(1).select(half=rows["amount_fen"] / 100000)) == [{"half": 0.5}]

    def test_no_name_in_sql_is_a_variable(self, small, kept):
        payments_of_mine = pa.table({"n": [1]})
        cursor = open_package("data").verified
        with pytest.raises(duckdb.CatalogException, match="payments_of_mine"):
            cursor.execute("SELECT * FROM payments_of_mine")
        assert payments_of_mine.num_rows == 1

    @pytest.mark.parametrize("in_a_batch", [True, False])
    def test_an_answer_over_changed_rows_is_not_kept(self, small, kept, monkeypatch, in_a_batch):
        """What was asked of a large file while it was another must not be found when it is itself again."""
        if not in_a_batch:
            monkeypatch.delenv(kept_rows.KEPT)
            monkeypatch.setattr(kept_rows, "WORTH_BYTES", 0)
        monkeypatch.setattr(loading, "LARGE_BYTES", 0)
        path = small.folder / "pupils.parquet"
        for number in (5, 7):
            pq.write_table(pa.table({"n": [number]}), small.folder / f"{number}.parquet")
        right, other = ((small.folder / f"{number}.parquet").read_bytes() for number in (5, 7))
        path.write_bytes(right)
        fields = [{"name": "n", "type": "integer"}]
        digest = hashlib.sha256(right).hexdigest()
        table = {"name": "pupils", "path": path.name, "hash": f"sha256:{digest}", "schema": {"fields": fields}}
        small.declare(resources=[table])
        tables = open_package("data", names="pupils")
        path.write_bytes(other)
        with pytest.raises(SourceError, match="a change since their checksum was taken"):
            tables.rows(tables["pupils"])
        path.write_bytes(right)
        tables = open_package("data", names="pupils")
        assert tables.rows(tables["pupils"]) == [{"n": 5}]

    def test_a_full_disk_keeps_nothing_and_answers(self, small, kept, monkeypatch):
        monkeypatch.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
        tables = open_package("data")
        assert tables.rows(asked(tables))
        assert files(kept) == []

    def test_a_function_of_a_notebook_is_asked_anew(self, small, kept):
        answers = []
        for amount in (1, 2):  # two notebooks, each with its own function of that name

            @ibis.udf.scalar.python(signature=((), "int64"))
            def amount_more():
                return amount  # noqa: B023

            tables = open_package("data")
            expression = tables["payments"].select(n=amount_more()).limit(1)
            assert named(tables, expression) is None
            answers += tables.rows(expression)
        assert answers == [{"n": 1}, {"n": 2}]
        assert files(kept) == []


class TestAbreast:
    @pytest.fixture(autouse=True)
    def _however_few_rows(self, monkeypatch):
        monkeypatch.setattr(parallel, "AT_ONCE_BYTES", -1)

    def test_answers_come_in_the_order_of_the_tables(self, small):
        tables = open_package("data")
        declared = list(tables.package.tables.values())
        gate = threading.Barrier(2, timeout=30)

        def name(connection, table):
            if len(declared) > 1 and connection is not con:
                gate.wait()  # passes only if both are at work at the same time
            return table.name

        con = duckdb.connect(config={"threads": 2})
        assert on_each(con, declared[:2], name) == [one.name for one in declared[:2]]

    def test_the_first_broken_table_is_named_whichever_is_found_first(self, small):
        small.write("counties.csv", "wrong" + COUNTIES)
        small.write("payments.csv", "wrong" + PAYMENTS)
        for _ in range(5):
            with pytest.raises(SourceError, match=r"counties\.csv"):
                open_package("data")

    def test_large_tables_are_alone_and_so_is_what_refers_to_them(self, small, monkeypatch):
        monkeypatch.setattr(parallel, "AT_ONCE_BYTES", -1)  # these are too small to be worth a thread
        tables = open_package("data")
        con, declared = duckdb.connect(), tables.files  # payments refer to counties
        assert [one.name for one in declared] == ["counties", "payments"]
        size = {one.name: one.parts.size_bytes for one in declared}
        for most, alone in (
            (0, ["counties", "payments"]),
            (size["payments"], []),
            (size["counties"], ["payments"]),
        ):
            monkeypatch.setattr(parallel, "LARGE_BYTES", most)
            assert self.alone(con, declared) == alone
        small.write("counties.csv", COUNTIES + "530622,巧家县\n" * 20)
        assert declared[0].parts.size_bytes > size["payments"]
        monkeypatch.setattr(parallel, "LARGE_BYTES", size["payments"])
        assert self.alone(con, declared) == ["counties", "payments"]

    def test_a_handful_of_rows_is_worked_on_in_this_thread(self, small, monkeypatch):
        declared = open_package("data").files
        monkeypatch.setattr(parallel, "AT_ONCE_BYTES", sum(one.parts.size_bytes for one in declared))
        assert self.alone(duckdb.connect(), declared) == ["counties", "payments"]
        monkeypatch.setattr(parallel, "AT_ONCE_BYTES", parallel.AT_ONCE_BYTES - 1)
        assert self.alone(duckdb.connect(), declared) == []

    def alone(self, con, declared):
        found = on_each(con, declared, lambda connection, table: connection)
        return [one.name for one, used in zip(declared, found, strict=True) if used is con]

    @pytest.mark.thorough
    def test_a_missing_table_is_named_in_its_turn(self, project):
        (project / "data/zhaotong-2018/aid_payments.parquet").unlink()
        with pytest.raises(SourceError, match=r"aid_payments\.parquet.*found No such file"):
            open_package("data/zhaotong-2018")
        counties = project / "data/zhaotong-2018/counties.csv"
        counties.write_text("wrong" + counties.read_text(encoding="utf-8"), encoding="utf-8")
        with pytest.raises(SourceError, match=r"counties\.csv"):
            open_package("data/zhaotong-2018")

    @pytest.fixture(params=[True, False], ids=["python", "polars"])
    def heard(self, request):
        """Whether an interrupt ends a system call: as Python sets it, and as polars does that a notebook imports."""
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.siginterrupt(signal.SIGINT, request.param)
        yield
        signal.siginterrupt(signal.SIGINT, True)

    @pytest.mark.parametrize("threads", [1, 2])
    @pytest.mark.part(4)
    def test_an_interrupt_stops_what_is_under_way_and_what_waits(self, small, heard, threads):
        tables = open_package("data")
        con = duckdb.connect(config={"threads": threads})
        declared = [*tables.files, *(replace(one, name=f"{one.name}_too") for one in tables.files)]
        interrupts = iter([signal.SIGINT])  # one, by the thread that is first; the main thread is waiting by then
        begun = []

        def work(connection, table):
            begun.append(table.name)
            time.sleep(0.5)  # until all that can be given out are
            for number in interrupts:
                signal.pthread_kill(threading.main_thread().ident, number)
            return connection.execute("SELECT count(*) FROM range(1000000000000) a, range(1000000) b").fetchall()

        started = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            on_each(con, declared, work)
        assert time.monotonic() - started < 60  # the count itself would take years
        assert len(begun) <= threads

    def test_no_memory_in_a_thread_is_said_as_elsewhere(self, small, monkeypatch):
        monkeypatch.setattr(filling, "load", lambda *_: (_ for _ in ()).throw(duckdb.OutOfMemoryException("no memory")))
        with pytest.raises(InputError, match="memory for the package's rows"):
            open_package("data")


@pytest.fixture
def moments(project, tmp_path, monkeypatch):
    """A package of a file whose rows have moments where dates are declared: an evening, on the next day in Shanghai."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    folder = tmp_path / "moments"
    folder.mkdir()
    seen = [datetime(2018, 11, 4, 16, 30, tzinfo=UTC)]
    pq.write_table(pa.table({"id": [1], "seen_on": pa.array(seen, pa.timestamp("us", "UTC"))}), folder / "seen.parquet")
    digest = hashlib.sha256((folder / "seen.parquet").read_bytes()).hexdigest()
    fields = [{"name": "id", "type": "integer"}, {"name": "seen_on", "type": "date"}]
    table = {"name": "seen", "path": "seen.parquet", "hash": f"sha256:{digest}", "schema": {"fields": fields}}
    content = {"name": "moments", "title": "Moments", "synthetic": True, "resources": [table]}
    (folder / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.mark.parametrize("abreast_bytes", [2**20, 0])
@pytest.mark.parametrize("held_bytes", [2**20, 0])
@pytest.mark.parametrize("in_a_batch", [True, False])
@pytest.mark.part(2)
def test_a_moment_falls_on_its_day_in_utc(moments, tmp_path, monkeypatch, abreast_bytes, held_bytes, in_a_batch):
    """Whatever the machine's zone, however large the file, alone and in a batch."""
    monkeypatch.setattr(parallel, "LARGE_BYTES", abreast_bytes)
    monkeypatch.setattr(loading, "LARGE_BYTES", held_bytes)
    if in_a_batch:
        (tmp_path / "kept").mkdir()
        monkeypatch.setenv(kept_rows.KEPT, str(tmp_path / "kept"))
    tables = open_package(moments)
    assert tables.rows(tables["seen"]) == [{"id": 1, "seen_on": date(2018, 11, 4)}]


class TestDeclarations:
    """Rows are kept under what they were read with, whatever becomes of the files meanwhile."""

    def test_a_descriptor_written_before_the_rows_are_loaded(self, small, kept):
        package = read_package(small.folder)
        fields = json.loads(json.dumps(SMALL_FIELDS["counties"]))
        fields[0]["constraints"]["enum"] = ["000000"]
        path = small.folder / "datapackage.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        content["resources"][0]["schema"]["fields"] = fields
        path.write_text(json.dumps(content), encoding="utf-8")
        kept_rows.ready(duckdb.connect(), package, ("counties",))
        assert len(list(kept.glob("*.duckdb"))) == 1
        with pytest.raises(SourceError, match="enum"):
            open_package("data", names=("counties",))

    def test_corrections_written_while_the_rows_are_loaded_and_taken_away(self, small, kept, monkeypatch):
        path = small.folder / "corrections.yml"

        def load(*of):
            path.write_text(CORRECTION, encoding="utf-8")
            loading.load(*of)

        monkeypatch.setattr(filling, "load", load)
        first = open_package("data", names=("counties",))
        path.unlink()
        second = open_package("data", names=("counties",))
        for tables in (first, second):
            assert quality(tables)["corrections_file"] is None
            assert [row["name_zh"] for row in tables.rows(tables["counties"])] == ["昭阳区", "鲁甸县"]
        monkeypatch.undo()
        monkeypatch.setenv(kept_rows.KEPT, str(kept))
        monkeypatch.chdir(small.root)
        path.write_text(CORRECTION, encoding="utf-8")
        corrected = open_package("data", names=("counties",))
        assert [row["name_zh"] for row in corrected.rows(corrected["counties"])] == ["别的", "鲁甸县"]

    def test_the_files_a_source_expects_count(self, small, kept):
        """They are counted by another table's rows, which need not be among those wanted."""
        package = read_package(small.folder)
        table = package.tables["payments"]
        names = [
            identity(package, replace(table, source=Source("payments", "payments.csv", {}, expected=expected)))
            for expected in ({"昭阳区": "530602"}, {"昭阳区": "530602", "鲁甸县": "530621"})
        ]
        assert names[0] != names[1]


@pytest.mark.parametrize("anew", [True, False])
@pytest.mark.parametrize(
    ("root", "package", "roles"),
    [(ROOT, SHIPPED, ("table", "system")), (EXAMPLE, EXAMPLE / "data" / "yearbook", "table")],
)
def test_columns_are_as_declared_without_being_asked(root, package, roles, anew, kept, monkeypatch):
    """Of text, Parquet and submitted files, kept or not: what ibis finds where it asks is what nobody has asked."""
    monkeypatch.chdir(root)
    tables, asked = open_package(package, roles=roles, anew=anew), []
    call, unguarded = ReadOnly._call, ReadOnly._unguarded
    monkeypatch.setattr(ReadOnly, "_call", lambda *given, **named: asked.append(given) or call(*given, **named))
    monkeypatch.setattr(ReadOnly, "_unguarded", lambda *given: asked.append(given) or unguarded(*given))
    found = {name: tables[name].schema() for name in tables.names}
    assert (len(found) > 3, asked) == (True, [])
    assert found == {name: tables.backend.table(name).schema() for name in tables.names}
    assert len(asked) >= len(found)


def test_two_databases_of_a_process_spill_into_two_folders():
    assert settings() != settings()


@pytest.fixture(autouse=True)
def zone_as_it_was():
    yield
    os.environ.pop("TZ", None)
    time.tzset()
