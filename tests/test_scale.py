"""Large packages: views of Parquet files, county folders, a memory limit, proofs of unique keys; at small scale."""

import hashlib
import json
import os
import shutil
import subprocess

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zt_analysis.errors import InputError, SourceError
from zt_analysis.sources import loading, open_package, read_package

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
    monkeypatch.setattr(loading, "HELD_BYTES", 0)


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

    def test_question_about_one_county_opens_one_file(self, package, as_views):
        tables = open_package(package)
        (package / "students/county_code=530621/part-0.parquet").write_bytes(b"no Parquet")
        rows = tables["students"]
        assert len(tables.rows(rows.filter(rows["county_code"] == "530602").select("student_id"))) == 3

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
                r"rows 3 of county_code=530602/part-0.parquet and 2 of county_code=530621/part-0.parquet: "
                "found student_id = 3 twice",
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
    def test_wrong_part_is_named(self, package, change, message, held, monkeypatch):
        if not held:
            monkeypatch.setattr(loading, "HELD_BYTES", 0)
        change(package)
        with pytest.raises(SourceError, match=message):
            open_package(package)

    def test_nothing_there_is_refused(self, package):
        shutil.rmtree(package / "students")
        with pytest.raises(SourceError, match="No such file"):
            open_package(package)
        (package / "students").mkdir()
        with pytest.raises(SourceError, match="students: files of table 'students'; found no Parquet file"):
            open_package(package)

    def test_pattern_over_other_files_is_refused(self, package):
        (package / "students/county_code=530602/notes.csv").write_text("x\n1\n")
        declare(package, "students/*/*")
        with pytest.raises(SourceError, match=r"found notes.csv; expected at least one file, each .parquet"):
            open_package(package)


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
        tables.backend.con.execute("CREATE VIEW many AS SELECT list(i) AS all_of_them FROM range(20000000) t(i)")
        with pytest.raises(InputError, match=r"raise ZT_MEMORY_LIMIT"):
            tables.rows(tables.backend.table("many"))
