"""What a batch keeps: verified rows, answers and SQL; and tables worked on abreast."""

import threading
from itertools import combinations
from pathlib import Path

import ibis
import ibis.expr.operations as ops
import pyarrow as pa
import pytest
from packages import COUNTIES, PAYMENTS

from zt_analysis.errors import SourceError
from zt_analysis.sources import keeping, loading, open_package
from zt_analysis.sources.abreast import on_each
from zt_analysis.sources.answers import Answers


@pytest.fixture
def kept(tmp_path, monkeypatch):
    folder = tmp_path / "kept"
    folder.mkdir()
    monkeypatch.setenv(keeping.KEPT, str(folder))
    return folder


def asked(tables, least=0):
    rows = tables["payments"]
    return rows.filter(rows["amount_fen"] > least).group_by("stage").aggregate(fen=rows["amount_fen"].sum())


def files(kept):
    return sorted(path.name for path in kept.glob("*.answers/*"))


class TestAnswers:
    def test_what_one_case_asked_the_next_finds(self, small, kept, monkeypatch):
        first, second = open_package("data"), open_package("data")
        answer, sql = first.rows(asked(first)), first.sql(asked(first))
        there = files(kept)
        assert sorted(Path(name).suffix for name in there) == [".arrow", ".sql"]
        (kept_file,) = kept.glob("*.answers/*.arrow")
        with pa.memory_map(str(kept_file)) as file:
            assert pa.ipc.open_file(file).read_all().to_pylist() == answer
        monkeypatch.setattr(type(second.backend), "to_pyarrow", None)
        monkeypatch.setattr(ibis, "to_sql", None)
        assert (second.rows(asked(second)), second.sql(asked(second))) == (answer, sql)
        assert files(kept) == there

    def test_kept_answers_are_those_of_the_rows(self, small, kept, monkeypatch):
        found = [[tables.rows(asked(tables)), tables.sql(asked(tables))] for tables in (open_package("data"),) * 2]
        monkeypatch.delenv(keeping.KEPT)
        alone = open_package("data")
        assert [alone.rows(asked(alone)), alone.sql(asked(alone))] == found[0] == found[1]
        assert found[0][0]

    def test_other_bytes_have_other_answers(self, small, kept):
        before = open_package("data")
        amounts = before.rows(asked(before))
        small.write("payments.csv", PAYMENTS.replace("50000", "50001"))
        after = open_package("data")
        assert after.rows(asked(after)) != amounts

    def test_a_question_is_named_by_all_of_it(self, small):
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
        question = Answers(Path("kept"), tables.names).question
        names = [question(one) for one in asked_of]
        assert all(names)
        assert [pair for pair in combinations(names, 2) if pair[0] == pair[1]] == []
        assert question(asked(other)) == names[0]

    def test_what_may_change_is_asked_anew(self, small, kept):
        tables = open_package("data")
        rows = tables["payments"]
        tables.backend.con.execute("CREATE TEMP TABLE mine AS SELECT 1 AS n")
        mine = tables.backend.table("mine")
        for expression in (
            rows.mutate(n=ibis.now()),
            rows.mutate(n=ibis.today()),
            rows.mutate(n=ibis.random()),
            rows.mutate(n=ibis.uuid()),
            mine,
            rows.cross_join(mine),
        ):
            assert tables.answers.question(expression) is None
            assert tables.rows(expression)
        text = ("SELECT now() AS n", {"n": "timestamp"})
        own = [ops.SQLQueryResult(*text, tables.backend), ops.SQLStringView(rows.op(), *text)]
        assert [tables.answers.question(one.to_expr()) for one in own] == [None, None]
        assert files(kept) == []

    def test_a_function_of_a_notebook_is_asked_anew(self, small, kept):
        answers = []
        for amount in (1, 2):  # two notebooks, each with its own function of that name

            @ibis.udf.scalar.python(signature=((), "int64"))
            def amount_more():
                return amount  # noqa: B023

            tables = open_package("data")
            expression = tables["payments"].select(n=amount_more()).limit(1)
            assert tables.answers.question(expression) is None
            answers += tables.rows(expression)
        assert answers == [{"n": 1}, {"n": 2}]
        assert files(kept) == []


class TestAbreast:
    def test_answers_come_in_the_order_of_the_tables(self, small):
        tables = open_package("data")
        declared = list(tables.package.tables.values())
        gate = threading.Barrier(2, timeout=30)

        def name(connection, table):
            if len(declared) > 1 and connection is not tables.backend.con:
                gate.wait()  # passes only if both are at work at the same time
            return table.name

        tables.backend.con.execute("SET threads = 2")
        assert on_each(tables.backend.con, declared[:2], name) == [one.name for one in declared[:2]]

    def test_the_first_broken_table_is_named_whichever_is_found_first(self, small):
        small.write("counties.csv", "wrong" + COUNTIES)
        small.write("payments.csv", "wrong" + PAYMENTS)
        for _ in range(5):
            with pytest.raises(SourceError, match=r"counties\.csv"):
                open_package("data")

    def test_large_tables_are_alone(self, small, monkeypatch):
        tables = open_package("data")
        monkeypatch.setattr("zt_analysis.sources.abreast.is_held", lambda table: False)
        found = on_each(tables.backend.con, tables.files, lambda connection, table: connection)
        assert found == [tables.backend.con] * 2
        assert loading.is_held(tables.files[0])
