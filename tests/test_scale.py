"""Large packages: views of Parquet files, county folders, a memory limit, proofs of unique keys; at small scale."""

import hashlib
import importlib.util
import json
import os
import random
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from packages import SHIPPED

from zt_analysis.errors import InputError, SourceError
from zt_analysis.indicators import Measure, Wanted, by_group, compute, proofs, sql
from zt_analysis.indicators.passes import ask
from zt_analysis.indicators.question import Asked
from zt_analysis.periods import period as zt_period
from zt_analysis.runs.inputs import files_read
from zt_analysis.sources import Proof, in_memory, loading, open_package, proving, read_package

pytestmark = pytest.mark.slow

FIELDS = [
    {"name": "student_id", "type": "integer", "constraints": {"required": True, "minimum": 1}},
    {"name": "county_code", "type": "string", "constraints": {"required": True, "pattern": "53[0-9]{4}"}},
    {"name": "meal_days", "type": "integer", "constraints": {"required": True, "maximum": 100}},
]
COUNTIES = {"530602": [1, 2, 3], "530621": [4, 5]}


def partition(folder, county, ids, days=95, name="part-0.parquet"):
    path = folder / f"students/county_code={county}" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table({"student_id": ids, "meal_days": pa.array([days] * len(ids), "int16")}), path)
    return path


def declare(folder, path="students", sha256=""):
    resource = {"name": "students", "path": path, "hash": f"sha256:{sha256}"}
    resource["schema"] = {"fields": FIELDS, "primaryKey": ["student_id"]}
    content = {"name": "large", "title": "invented rows", "synthetic": True, "resources": [resource]}
    (folder / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.fixture
def package(tmp_path):
    """Five invented students in two county folders."""
    for county, ids in COUNTIES.items():
        partition(tmp_path, county, ids)
    return declare(tmp_path)


@pytest.fixture
def as_views(monkeypatch):
    """Every Parquet table is read where it is."""
    monkeypatch.setattr(loading, "LARGE_BYTES", 0)


def counted(tables):
    rows = tables["students"]
    found = tables.rows(rows.group_by("county_code").aggregate(n=rows.count(), days=rows["meal_days"].sum()))
    return {row["county_code"]: (row["n"], row["days"]) for row in found}


class TestPartitions:
    @pytest.mark.parametrize("path", ["students", "students/*/*.parquet", "students/**/*.parquet"])
    def test_folder_and_pattern_hold_the_same_rows(self, package, path):
        declare(package, path)
        assert counted(open_package(package)) == {"530602": (3, 285), "530621": (2, 190)}

    def test_views_hold_the_same_rows(self, package, as_views):
        tables = open_package(package)
        assert counted(tables) == {"530602": (3, 285), "530621": (2, 190)}
        views = tables.backend.con.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        assert ("students",) in views

    def test_small_parquet_is_read_where_it_is(self, package):
        tables = open_package(package)
        assert [one.how for one in tables.proofs] == ["verified when opened"]
        assert not (package / proving.FILE).exists()
        assert ("students",) not in tables.backend.con.sql("SELECT table_name FROM duckdb_tables()").fetchall()
        partition(package, "530602", [1, 2, 3], days=94)
        with pytest.raises(SourceError, match="found a change since their checksum was taken"):
            counted(tables)

    def test_question_about_one_county_opens_one_file(self, package, as_views):
        tables = open_package(package)
        (package / "students/county_code=530621/part-0.parquet").write_bytes(b"no Parquet")
        rows = tables["students"]
        asked = rows.filter(rows["county_code"] == "530602").select("student_id")
        assert tables.backend.to_pyarrow(asked).num_rows == 3
        with pytest.raises(duckdb.Error):
            tables.backend.to_pyarrow(rows.select("student_id"))

    def test_file_written_after_verification_is_refused(self, package, as_views):
        tables = open_package(package)
        assert counted(tables)
        partition(package, "530621", [4, 5], days=96)
        rows = tables["students"]
        with pytest.raises(SourceError, match="found a change since their checksum was taken"):
            tables.rows(rows.aggregate(days=rows["meal_days"].sum()))

    def test_checksum_is_what_sha256sum_prints(self, package):
        lines = "".join(
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(package / 'students').as_posix()}\n"
            for path in sorted((package / "students").rglob("*.parquet"))
        )
        table = read_package(package).tables["students"]
        assert table.sha256 == hashlib.sha256(lines.encode()).hexdigest()
        if shutil.which("sha256sum") and os.name == "posix":
            command = "find . -name '*.parquet' -printf '%P\\n' | LC_ALL=C sort | xargs sha256sum | sha256sum"
            said = subprocess.check_output(command, shell=True, cwd=package / "students", text=True)
            assert said.split()[0] == table.sha256

    @pytest.mark.parametrize(
        "change",
        [
            lambda folder: partition(folder, "530602", [1, 2, 3], days=94),
            lambda folder: partition(folder, "530621", [6], name="part-1.parquet"),
            lambda folder: (folder / "students/county_code=530621/part-0.parquet").unlink(),
            lambda folder: (folder / "students/county_code=530621").rename(folder / "students/county_code=530622"),
        ],
        ids=["changed", "added", "lost", "moved"],
    )
    def test_any_change_is_another_checksum(self, package, change):
        before = read_package(package).tables["students"].sha256
        change(package)
        assert read_package(package).tables["students"].sha256 != before

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            (
                lambda folder: partition(folder, "530621", [4, 5], days=101),
                r"students row 1 of county_code=530621/part-0.parquet, column 'meal_days': found '101'",
            ),
            (
                lambda folder: partition(folder, "530621", [4, 3]),
                r"row 2 of county_code=530621/part-0.parquet: found student_id = 3, "
                "as in row 3 of county_code=530602/part-0.parquet",
            ),
            (
                lambda folder: partition(folder, "990000", [9]),
                r"row 1 of county_code=990000/part-0.parquet, column 'county_code': found '990000'",
            ),
            (
                lambda folder: partition(folder, "530621", ["4", "5"]),
                r"part-0.parquet: columns of table 'students'; found .*student_id VARCHAR; expected .* BIGINT",
            ),
        ],
        ids=["cell", "duplicate", "folder", "type"],
    )
    @pytest.mark.parametrize("held", [True, False])
    @pytest.mark.part(2)
    def test_wrong_part_is_named(self, package, change, message, held, monkeypatch):
        if not held:
            monkeypatch.setattr(loading, "LARGE_BYTES", 0)
        change(package)
        with pytest.raises(SourceError, match=message):
            open_package(package)

    @pytest.mark.parametrize("path", ["students", "students/*/*.parquet"])
    def test_run_record_holds_every_file(self, package, path):
        declare(package, path)
        names = ["datapackage.json", *(f"students/county_code={code}/part-0.parquet" for code in ("530602", "530621"))]
        assert [one.relative_to(package).as_posix() for one in files_read(read_package(package), ["students"])] == names
        before = read_package(package).tables["students"].sha256
        partition(package, "530621", [4, 5], days=94)
        assert read_package(package).tables["students"].sha256 != before
        partition(package, "530622", [9])
        assert len(files_read(read_package(package), ["students"])) == len(names) + 1

    def test_nothing_there_is_refused(self, package):
        shutil.rmtree(package / "students")
        with pytest.raises(SourceError, match="No such file"):
            open_package(package)
        (package / "students").mkdir()
        with pytest.raises(SourceError, match="students: files of table 'students'; found no file"):
            open_package(package)

    def test_pattern_over_other_files_is_refused(self, package):
        (package / "students/county_code=530602/notes.csv").write_text("x\n1\n")
        declare(package, "students/*/*")
        with pytest.raises(SourceError, match=r"found notes.csv; expected at least one file, each .parquet"):
            open_package(package)


def counts_each_key(monkeypatch):
    """The keys that are counted anew from here on."""
    found = []
    counted_before = proving._is_unique
    monkeypatch.setattr(
        proving, "_is_unique", lambda *given: found.append((given[1].name, given[2])) or counted_before(*given)
    )
    return found


class TestProofs:
    def test_held_table_is_proved_by_its_verification(self, package):
        tables = open_package(package)
        assert tables.proof("students", "student_id") == Proof(
            "students", tables.files[0].sha256, ("student_id",), 5, "verified when opened"
        )
        assert tables.proof("students", "meal_days") is None
        assert not (package / proving.FILE).exists()

    def test_proof_is_kept_beside_the_package(self, package, as_views, monkeypatch):
        keys = counts_each_key(monkeypatch)
        first = open_package(package)
        assert keys == [("students", ("student_id",))]
        (proof,) = json.loads((package / proving.FILE).read_text())
        assert proof["sha256"] == first.files[0].sha256
        assert (proof["table"], proof["key"], proof["rows"]) == ("students", ["student_id"], 5)
        assert open_package(package).proofs == first.proofs
        assert len(keys) == 1

    def test_changed_file_voids_the_proof(self, package, as_views, monkeypatch):
        open_package(package)
        partition(package, "530621", [4, 6])
        keys = counts_each_key(monkeypatch)
        tables = open_package(package)
        assert len(keys) == 1
        assert [proof.sha256 for proof in tables.proofs] == [tables.files[0].sha256]
        assert len(json.loads((package / proving.FILE).read_text())) == 1

    def test_planted_duplicate_is_refused_though_the_proof_stands(self, package, as_views):
        open_package(package)
        partition(package, "530621", [4, 3])
        with pytest.raises(SourceError, match="student_id = 3"):
            open_package(package)

    def test_empty_key_is_refused(self, package, as_views):
        partition(package, "530621", pa.array([4, None], "int64"))
        with pytest.raises(SourceError, match=r"column 'student_id'.*found an empty cell"):
            open_package(package)

    @pytest.mark.parametrize(
        "forged",
        [
            {"sha256": "0" * 64},
            {"table": "pupils"},
            {"key": ["county_code"]},
            {"rows": 6},
            {"rows": "many"},
            {"key": 1},
        ],
        ids=str,
    )
    @pytest.mark.part(2)
    def test_forged_proof_is_not_looked_at(self, package, as_views, monkeypatch, forged):
        open_package(package)
        path = package / proving.FILE
        (proof,) = json.loads(path.read_text())
        path.write_text(json.dumps([proof | forged]))
        keys = counts_each_key(monkeypatch)
        partition(package, "530621", [4, 3]) if "sha256" in forged else None
        if "sha256" in forged:
            with pytest.raises(SourceError, match="student_id = 3"):
                open_package(package)
        else:
            assert open_package(package).proof("students", "student_id").rows == 5
        assert keys == [("students", ("student_id",))]

    def test_folder_that_cannot_be_written_is_counted_again(self, package, as_views, monkeypatch):
        (package / proving.FILE).mkdir()
        keys = counts_each_key(monkeypatch)
        for _ in range(2):
            assert len(open_package(package).proofs) == 1
        assert len(keys) == 2
        assert sorted(path.name for path in package.iterdir()) == [proving.FILE, "datapackage.json", "students"]

    @pytest.mark.parametrize("ids", [[1, 2, 3, 4, 5, 6, 7, 900], [2**63 - 1, 3, 2**62, 2, 5, 6, 7, 1]])
    def test_ranges_meet_every_row_once(self, package, as_views, monkeypatch, ids):
        monkeypatch.setattr(proving, "KEYS_A_PASS", 3)
        partition(package, "530602", ids[:5])
        partition(package, "530621", ids[5:])
        assert open_package(package).proof("students", "student_id").rows == 8
        partition(package, "530621", [ids[4], *ids[6:]])
        with pytest.raises(SourceError, match=f"student_id = {ids[4]}"):
            open_package(package)


@pytest.fixture(scope="module")
def shipped():
    return open_package(SHIPPED, names=("nutrition_students", "aid_payments", "household_inspections"))


class TestDistinctCounts:
    """Over rows of the shipped package's shape: the figure is the same with and without the proof."""

    def test_proved_key_is_counted_plainly(self, shipped):
        wanted = Wanted("nutrition_students", zt_period("2018-11-08", "2018-09-20"))
        (text,) = sql(wanted, shipped)
        (proof,) = proofs(wanted, shipped)
        assert proof.sha256 == hashlib.sha256((SHIPPED / "nutrition_students.parquet").read_bytes()).hexdigest()
        assert text.startswith(f"-- student_id is unique in nutrition_students: verified when opened, 743740 rows, "
                               f"sha256 {proof.sha256}\n")  # fmt: skip
        assert "DISTINCT" not in text
        assert compute([wanted], shipped).popitem()[1].exact == 743740
        assert shipped.backend.con.sql(text).fetchall() == [(743740,)]

    def test_column_without_a_proof_is_counted_distinct(self, shipped):
        wanted = Wanted("aided_students", zt_period("2018-11-08", "2018-09-20"))
        assert "COUNT(DISTINCT" in sql(wanted, shipped)[0]
        assert proofs(wanted, shipped) == []
        assert compute([wanted], shipped).popitem()[1].exact == 488235

    @pytest.mark.thorough
    def test_figures_do_not_change(self, shipped):
        unproved = replace(shipped, proofs=(), _kept={})
        period = zt_period("2018-11-08", "2018-09-20")
        names = ("nutrition_students", "inspected_households", "inspected_counties", "aided_students")
        wanted = [Wanted(name, period) for name in names]
        wanted += [Wanted("nutrition_students", period, (("county_code", "530602"), ("stage", "junior")))]
        assert any(proofs(one, shipped) for one in wanted)
        assert not any(proofs(one, unproved) for one in wanted)
        assert compute(wanted, shipped) == compute(wanted, unproved)
        for by in (("county_code",), ("stage", "county_code")):
            found = by_group(wanted[:1], shipped, by=by)
            assert len(found[0]) > 1
            assert found == by_group(wanted[:1], unproved, by=by)

    def test_proof_of_a_table_says_nothing_about_a_join(self, package):
        tables = open_package(package)
        rows, other = tables["students"], tables["students"].view()
        joined = rows.join(other, rows["county_code"] == other["county_code"])
        for table, proved in ((rows, True), (rows.filter(rows["student_id"] > 1), True), (joined, False)):
            measure = Measure(table, "distinct", "student_id").proved(tables)
            assert bool(measure.proof) is proved
        assert tables.rows(joined.aggregate(n=Measure(joined, "distinct", "student_id").proved(tables).value())) == [
            {"n": 5}
        ]

    def test_batch_has_the_same_proofs(self, package, monkeypatch, tmp_path_factory):
        alone = open_package(package)
        monkeypatch.setenv("ZT_KEPT_PACKAGES", str(tmp_path_factory.mktemp("kept")))
        assert [open_package(package).proofs for _ in range(2)] == [alone.proofs] * 2


class TestPasses:
    """Many measures, whole and by groups, from one statement: the same numbers as one by one."""

    ROWS = (
        {"id": 1, "county_code": "a", "stage": "p", "poor": True, "fen": 5},
        {"id": 1, "county_code": "a", "stage": "j", "poor": False, "fen": 6},
        {"id": 1, "county_code": "b", "stage": "p", "poor": None, "fen": 7},
        {"id": 2, "county_code": "b", "stage": "p", "poor": None, "fen": 8},
        {"id": None, "county_code": "b", "stage": "j", "poor": True, "fen": 9},
        {"id": 3, "county_code": "c", "stage": "p", "poor": False, "fen": 10},
        {"id": 3, "county_code": None, "stage": "p", "poor": True, "fen": None},
        {"id": 4, "county_code": "c", "stage": None, "poor": True, "fen": 11},
    )
    BY = ((), ("county_code",), ("stage",), ("stage", "county_code"))

    @staticmethod
    def asked(tables):
        rows = tables["payments"]
        measures = [
            Measure(rows, "distinct", "id"),
            Measure(rows, "distinct", "id", rows["poor"]),
            Measure(rows, "distinct", "stage", rows["fen"] > 5),
            Measure(rows, "sum", "fen", rows["fen"] > 100),
            Measure(rows, "sum", "fen", rows["poor"]),
            Measure(rows, "count", "", rows["fen"] < 9),
        ]
        scopes = ((), (("county_code", "b"),), (("stage", "p"),), (("county_code", "nowhere"),))
        return [
            Asked(one, scope, by)
            for one in measures
            for scope in scopes
            for by in TestPasses.BY
            if not {name for name, _ in scope} & {*by}
        ]

    @pytest.mark.thorough
    def test_same_as_one_by_one(self):
        tables = in_memory(payments=list(self.ROWS))
        together = ask(self.asked(tables), tables)
        assert len(together) == 60
        for one, found in zip(self.asked(tables), together, strict=True):
            fresh = replace(tables, _kept={})
            measure = replace(one.measure, where=one.measure.condition(one.scope))
            (alone,) = ask([Asked(measure, (), one.by)], fresh)
            assert found.values == alone.values
            assert {group: n for group, n in found.rows.items() if n} == {
                group: n for group, n in alone.rows.items() if n
            }

    @pytest.mark.parametrize("how", ["some", "all"])
    def test_one_statement_a_table(self, how, monkeypatch):
        tables = in_memory(payments=list(self.ROWS))
        asked = self.asked(tables)
        ask(asked if how == "all" else asked[:9], tables)
        assert len([key for key in tables._kept if key[0] == "rows"]) == 1
        ask(asked[:3], tables)
        assert len([key for key in tables._kept if key[0] == "rows"]) == 1

    def test_values_are_grouped_once(self):
        tables = in_memory(payments=list(self.ROWS))
        rows = tables["payments"]
        ask([Asked(Measure(rows, "distinct", "id", rows["fen"] > fen)) for fen in (5, 6)], tables)
        ((_, op),) = [key for key in tables._kept if key[0] == "rows"]
        assert "DISTINCT" not in str(tables.backend.compile(op.to_expr()))

    def test_nobody_counts(self):
        tables = in_memory(payments=list(self.ROWS))
        rows = tables["payments"]
        asked = [Asked(Measure(rows, "distinct", "id", rows["fen"] > 100)) for _ in "ab"]
        assert [one.values for one in ask(asked, tables)] == [{(): 0}, {(): 0}]

    def test_values_in_many_groups_are_counted_once(self):
        """Each person lies in several counties and stages, and counts once in each and once in all."""
        chance = random.Random(20)
        rows = [
            {"id": chance.randrange(40), "county_code": chance.choice("abc"), "stage": chance.choice("pj"),
             "fen": chance.randrange(4)}
            for _ in range(400)
        ]  # fmt: skip
        tables = in_memory(payments=rows)
        table = tables["payments"]
        asked = [Asked(Measure(table, "distinct", "id", table["fen"] > n), (), by) for n in range(3) for by in self.BY]
        for one, found in zip(asked, ask(asked, tables), strict=True):
            least = asked.index(one) // len(self.BY)
            groups = {}
            for row in rows:
                if row["fen"] > least:
                    groups.setdefault(tuple(row[name] for name in one.by), set()).add(row["id"])
            assert found.values == {group: len(ids) for group, ids in groups.items()}


class TestBenchmark:
    """Four ways to the same figures: what the benchmark compares is the same work."""

    @pytest.mark.thorough
    @pytest.mark.parametrize("name", ["by_pandas", "by_polars", "by_duckdb"])
    def test_contenders_agree(self, name, contenders):
        theirs = getattr(contenders, name)(SHIPPED)["values"]
        assert theirs == contenders.ours(SHIPPED)["values"]
        assert theirs["aided_students"] == 488235
        assert len(theirs) == len(contenders.NAMES) == 18


@pytest.fixture(scope="module")
def contenders():
    path = Path(__file__).parent.parent / "benchmarks/scale.py"
    spec = importlib.util.spec_from_file_location("scale_benchmark", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestMemory:
    def test_limit_reaches_the_engine(self, package, monkeypatch):
        monkeypatch.setenv("ZT_MEMORY_LIMIT", "300MiB")
        assert open_package(package).backend.con.sql("SELECT current_setting('memory_limit')").fetchall() == [
            ("300.0 MiB",)
        ]

    @pytest.mark.parametrize("limit", ["much", "2", "0GiB", "-1GiB", "2GiB; x"])
    def test_no_size_is_refused(self, package, monkeypatch, limit):
        monkeypatch.setenv("ZT_MEMORY_LIMIT", limit)
        with pytest.raises(InputError, match="environment variable ZT_MEMORY_LIMIT; found"):
            open_package(package)

    def test_too_little_memory_is_an_error_with_advice(self, package, monkeypatch):
        tables = open_package(package)
        tables.backend.con.execute("SET memory_limit = '30MiB'; SET max_temp_directory_size = '0KiB'")
        tables.backend.con.execute("CREATE TEMP VIEW many AS SELECT list(i) AS all_of_them FROM range(20000000) t(i)")
        with pytest.raises(InputError, match=r"raise ZT_MEMORY_LIMIT"):
            tables.rows(tables.backend.table("many"))
