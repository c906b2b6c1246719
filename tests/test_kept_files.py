"""Rows kept beside their package: used for the bytes and the code they were made by, and for no others."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from packages import COUNTIES, PAYMENTS, ROOT

from zt_analysis.cli.case import paper_named, tables_anew
from zt_analysis.errors import InputError, SourceError
from zt_analysis.office import Office
from zt_analysis.sources import (
    filling,
    kept_files,
    kept_manifest,
    kept_rows,
    loading,
    open_package,
    quality,
    read_package,
)
from zt_analysis.sources.kept_manifest import identity
from zt_analysis.sources.sources_yml import Source

pytestmark = pytest.mark.slow

HOLDS = "INSERT INTO payments VALUES ('a3', '530602', 'primary', 1, '2018-04-01', true)"


@pytest.fixture
def fills(monkeypatch):
    """How often tables are loaded and verified."""
    done = []
    monkeypatch.setattr(kept_rows, "fill", lambda *of: done.append(of[2]) or filling.fill(*of))
    return done


def asked(**named):
    """All there is to know of the package, as it is opened."""
    tables = open_package("data", **named)
    rows = {name: tables.verified.execute(f"FROM {name}").fetchall() for name in tables.names}
    raw = {name: tables.verified.execute(f"FROM raw_{name}").fetchall() for name in tables.names}
    ours = [tables.rows(tables[name]) for name in tables.names]
    return rows, raw, ours, quality(tables), tables.proofs, tables.names, [tables.digest(one) for one in tables.files]


def rows_of(folder):
    return sorted(folder.glob("*.duckdb"))


def the_rows(folder):
    (path,) = rows_of(folder)
    return path


def forge(rows, manifest):
    """Other rows, and a manifest that names them."""
    with duckdb.connect(rows) as connection:
        connection.execute("UPDATE payments SET amount_fen = 1")
    content = json.loads(manifest.read_text(encoding="utf-8"))
    content |= {"sha256": hashlib.sha256(rows.read_bytes()).hexdigest(), "size": rows.stat().st_size}
    manifest.write_text(json.dumps(content), encoding="utf-8")


def change_manifest(manifest, key, value):
    content = json.loads(manifest.read_text(encoding="utf-8")) | {key: value}
    manifest.write_text(json.dumps(content), encoding="utf-8")


class TestUsed:
    def test_rows_are_verified_once_and_are_the_same(self, keeping, fills, monkeypatch):
        first = asked()
        assert (len(fills), [path.suffix for path in rows_of(keeping)]) == (1, [".duckdb"])
        assert asked() == first
        assert len(fills) == 1
        assert asked(anew=True) == first
        monkeypatch.setenv("ZT_KEPT_ROWS", "off")
        assert asked() == first
        assert len(fills) == 3

    def test_some_of_the_tables_are_found_among_all(self, keeping, fills, monkeypatch):
        asked()
        some = asked(names="counties")
        assert len(fills) == 1
        monkeypatch.setenv("ZT_KEPT_ROWS", "off")
        assert asked(names="counties") == some

    @pytest.mark.thorough
    def test_all_take_the_place_of_some(self, keeping, fills):
        asked(names="counties")
        asked()
        assert (len(fills), len(rows_of(keeping))) == (2, 1)

    def test_a_package_that_has_moved_is_the_same(self, keeping, fills, small):
        first = asked()
        shutil.copytree(small.folder, small.root / "other")
        tables = open_package("other")
        assert tables.rows(tables["payments"]) == first[2][1]
        assert len(fills) == 1

    def test_large_parquet_stays_where_it_is(self, project, fills, monkeypatch, tmp_path_factory):
        """Rows are read from its files, of the folder that is opened."""
        monkeypatch.setenv("ZT_KEPT_ROWS", "on")
        monkeypatch.setattr(kept_rows, "WORTH_BYTES", 0)
        monkeypatch.setattr(loading, "LARGE_BYTES", 0)
        folder = project / "data" / "zhaotong-2018"
        shutil.rmtree(folder / kept_rows.FOLDER)
        first = open_package(folder, names=("fees",))
        assert first.rows(first["fees"].limit(5)) == open_package(folder, names=("fees",)).rows(first["fees"].limit(5))
        moved = project / "data" / "moved"
        folder.rename(moved)
        tables = open_package(moved, names=("fees",))
        (seen,) = tables.verified.execute("SELECT sql FROM duckdb_views() WHERE view_name = 'raw_fees'").fetchall()
        assert f"'{moved}/fees.parquet'" in seen[0]
        assert tables.count("fees") == tables.verified.execute("SELECT count(*) FROM raw_fees").fetchall()[0][0] > 0
        assert len(fills) == 1

    def test_rows_cannot_be_written_and_no_others_put_in_their_place(self, keeping):
        tables = open_package("data")
        other = keeping.parent.parent / "other.db"
        with duckdb.connect(other) as forged:
            forged.execute("CREATE TABLE payments AS SELECT 1 AS amount_fen")
        for statement in (
            HOLDS,
            HOLDS.replace("payments", f"{kept_files.AS}.main.payments"),
            f"DROP TABLE {kept_files.AS}.main.payments",
            f"DETACH {kept_files.AS}",
            f'DETACH DATABASE "{kept_files.AS.upper()}"',
            f"SELECT 1; DETACH {kept_files.AS}; ATTACH '{other}' AS {kept_files.AS}",
        ):
            for connection in (tables.backend.con, tables.verified):
                with pytest.raises(InputError, match="verified rows; found"):
                    connection.execute(statement)
        assert sum(row["amount_fen"] for row in tables.rows(tables["payments"])) == 50000 + 62500

    @pytest.mark.thorough
    def test_many_processes_share_it(self, keeping):
        asked()
        code = "import zt_analysis as zt; print(zt.open_package('data').count('payments'))"
        running = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)]
        here = open_package("data")
        assert [one.communicate()[0] for one in running] == ["2\n", "2\n"]
        assert here.count("payments") == 2


class TestNotUsed:
    def test_for_other_bytes(self, keeping, fills, small):
        asked()
        small.write("payments.csv", PAYMENTS.replace("50000", "50001"))
        assert sum(row["amount_fen"] for row in asked()[2][1]) == 50001 + 62500
        assert (len(fills), len(rows_of(keeping))) == (2, 1)  # the old bytes are nobody's any more

    @pytest.mark.thorough
    def test_for_other_declarations(self, keeping, fills, small):
        asked()
        small.declare(title="Another")
        asked()
        assert (len(fills), len(rows_of(keeping))) == (2, 1)

    @pytest.mark.parametrize("name", ["code", "duckdb", "python"])
    @pytest.mark.part(3)
    def test_for_other_code(self, keeping, fills, monkeypatch, name):
        first, other = asked(), kept_manifest.made_by() | {name: "another"}
        for module in (kept_files, kept_manifest):
            monkeypatch.setattr(module, "made_by", lambda: other)
        assert asked() == first
        assert (len(fills), len(rows_of(keeping))) == (2, 1)

    @pytest.mark.thorough
    def test_of_another_version_of_the_format(self, keeping, fills, monkeypatch):
        first = asked()
        monkeypatch.setattr(kept_manifest, "VERSION", kept_manifest.VERSION + 1)
        assert asked() == first
        assert len(fills) == 2

    @pytest.mark.thorough
    def test_of_another_user(self, keeping, fills, monkeypatch, tmp_path_factory):
        first = asked()
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("theirs")))
        assert asked() == first
        assert (len(fills), len(rows_of(keeping))) == (2, 2)
        assert not (keeping / kept_files.NOTICED).exists()

    @pytest.mark.thorough
    def test_without_a_key_that_is_the_users_own(self, keeping, fills):
        first = asked()
        (key,) = Path(os.environ["XDG_STATE_HOME"]).rglob("*.key")
        for change in (lambda: key.chmod(0o644), lambda: key.write_bytes(b"short")):
            change()
            assert asked() == first
        assert len(fills) == 3

    @pytest.mark.parametrize(
        "change",
        [
            lambda rows, manifest: rows.write_bytes(rows.read_bytes()[:-1]),
            lambda rows, manifest: rows.write_bytes(b""),
            lambda rows, manifest: rows.write_bytes(rows.read_bytes().replace(b"a1", b"a7")),
            lambda rows, manifest: rows.with_name(f"{rows.name}.wal").write_bytes(b"forged"),
            lambda rows, manifest: manifest.write_bytes(manifest.read_bytes()[:-20]),
            lambda rows, manifest: manifest.write_text("[]"),
            lambda rows, manifest: manifest.write_bytes(b"\xff"),
            forge,
            lambda rows, manifest: change_manifest(manifest, "quality", {}),
            lambda rows, manifest: change_manifest(manifest, "seal", "0" * 64),
        ],
    )
    @pytest.mark.part(6)
    def test_changed_or_forged(self, keeping, fills, change):
        first = asked()
        rows = the_rows(keeping)
        change(rows, rows.with_suffix(".json"))
        assert asked() == first
        assert len(fills) == 2
        # noticed, taken away, and made anew
        assert "not used and taken away" in (keeping / kept_files.NOTICED).read_text(encoding="utf-8")
        assert asked() == first
        assert len(fills) == 2

    @pytest.mark.thorough
    def test_rows_or_manifest_alone(self, keeping, fills):
        first = asked()
        the_rows(keeping).unlink()
        assert asked() == first
        the_rows(keeping).with_suffix(".json").unlink()
        assert asked() == first
        assert len(fills) == 3

    def test_what_lies_beside_submitted_files_and_what_the_office_calls_a_unit_counts(self, small, monkeypatch):
        (small.folder / "sent").mkdir()
        small.write("sent/东河县.csv", PAYMENTS)
        package = read_package(small.folder)
        names = []
        for change in (
            lambda: None,
            lambda: small.write("sent/东河县.docx", "a file of another kind"),
            lambda: monkeypatch.setattr(kept_manifest, "current", lambda: Office(small.folder)),
        ):
            change()
            table = replace(package.tables["payments"], source=Source("payments", "sent", {}))
            names += [identity(package, table)] * 2
        assert len(set(names)) == 3


class TestPersonal:
    def test_what_is_refused_is_in_no_file(self, keeping, small):
        small.write("counties.csv", COUNTIES.replace("鲁甸县", "13987654321"))
        with pytest.raises(SourceError, match="mobile"):
            open_package("data")
        assert rows_of(keeping) == []
        assert [path.name for path in keeping.iterdir()] == [".lock"]

    def test_no_row_is_written_before_it_was_looked_at(self, keeping, small, monkeypatch):
        """A process killed at any time leaves no column that nobody has looked at."""
        seen = []
        looked = filling.refuse_unasked
        monkeypatch.setattr(
            filling,
            "refuse_unasked",
            lambda found: seen.append([one.name for one in keeping.iterdir()]) or looked(found),
        )
        open_package("data")
        assert seen == [[".lock"]]

    def test_a_column_declared_personal_takes_kept_rows_away(self, keeping, small):
        open_package("data")
        path = small.folder / "datapackage.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        content["resources"][0]["schema"]["fields"][1]["personal"] = True
        path.write_text(json.dumps(content), encoding="utf-8")
        assert open_package("data").count("payments") == 2
        assert rows_of(keeping) == []

    def test_only_the_user_can_read_it(self, keeping):
        open_package("data")
        assert keeping.stat().st_mode & 0o077 == 0


class TestWriting:
    @pytest.mark.thorough
    def test_a_process_killed_in_the_middle_leaves_nothing_that_counts(self, keeping, fills):
        first = asked(anew=True)
        code = (
            "import os, signal\n"
            "from zt_analysis.sources import kept_rows, kept_files, open_package\n"
            "kept_rows.WORTH_BYTES = 0\n"
            "kept_files.made_by = lambda: os.kill(os.getpid(), signal.SIGKILL)\n"
            "open_package('data')"
        )
        done = subprocess.run([sys.executable, "-c", code], check=False)
        assert done.returncode == -9
        left = [path.name for path in keeping.iterdir() if path.name != ".lock"]
        assert any(kept_files.DRAFT in name for name in left)
        assert rows_of(keeping) == []
        assert asked() == first
        assert len(rows_of(keeping)) == 1
        assert not [path.name for path in keeping.iterdir() if kept_files.DRAFT in path.name]

    @pytest.mark.thorough
    @pytest.mark.parametrize("most_bytes", [1, 100_000, 600_000])
    def test_a_full_disk_changes_no_answer(self, small, keeping, most_bytes):
        """A limit of the system on the size of a file stands for it."""
        code = (
            "import resource, signal\n"
            "from zt_analysis.sources import kept_rows, open_package\n"
            "kept_rows.WORTH_BYTES = 0\n"
            "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
            f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most_bytes},) * 2)\n"
            "tables = open_package('data')\n"
            "print(tables.rows(tables['payments'].count().as_table()), len(tables.proofs))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert done.stdout.startswith("[{"), done.stderr
        assert done.stdout.rstrip().endswith("2")
        assert rows_of(keeping) == []

    def test_a_folder_that_cannot_be_written(self, small, keeping, fills):
        first = asked(anew=True)
        keeping.write_text("no folder")
        assert [asked(), asked()] == [first, first]
        assert len(fills) == 3

    def test_a_package_in_a_folder_of_others(self, small, keeping, fills, monkeypatch):
        def mkdir(path, *of, **named):
            raise PermissionError(13, "Permission denied")

        first = asked(anew=True)
        monkeypatch.setattr(Path, "mkdir", mkdir)
        assert asked() == first
        assert len(fills) == 2

    def test_rows_removed_while_they_are_in_use(self, keeping):
        tables = open_package("data")
        shutil.rmtree(keeping)
        assert tables.count("payments") == 2
        assert open_package("data").count("payments") == 2

    @pytest.mark.thorough
    def test_two_at_once_make_one(self, keeping):
        code = (
            "from zt_analysis.sources import kept_rows, open_package\nkept_rows.WORTH_BYTES = 0\n"
            "print(open_package('data').count('payments'))"
        )
        running = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)]
        assert [one.communicate()[0] for one in running] == ["2\n", "2\n"]
        assert len(rows_of(keeping)) == 1

    def test_a_setting_that_is_none(self, keeping, monkeypatch):
        monkeypatch.setenv("ZT_KEPT_ROWS", "yes")
        with pytest.raises(InputError, match="ZT_KEPT_ROWS; found 'yes'; expected on, read, off"):
            open_package("data")

    @pytest.mark.thorough
    def test_what_is_read_only_is_read(self, keeping, fills, monkeypatch, small):
        monkeypatch.setenv("ZT_KEPT_ROWS", "read")
        asked()
        assert not keeping.exists()
        monkeypatch.setenv("ZT_KEPT_ROWS", "on")
        asked()
        monkeypatch.setenv("ZT_KEPT_ROWS", "read")
        asked()
        assert len(fills) == 2

    @pytest.mark.thorough
    def test_what_is_read_only_is_left_as_it_is(self, keeping, fills, monkeypatch):
        first = asked()
        forge(the_rows(keeping), the_rows(keeping).with_suffix(".json"))
        there = {path.name: path.read_bytes() for path in keeping.rglob("*") if path.is_file()}
        monkeypatch.setenv("ZT_KEPT_ROWS", "read")
        assert asked() == first
        assert len(fills) == 2
        assert {path.name: path.read_bytes() for path in keeping.rglob("*") if path.is_file()} == there


def test_a_small_package_is_verified_each_time(small, monkeypatch):
    monkeypatch.setenv("ZT_KEPT_ROWS", "on")
    open_package("data")
    assert not (small.folder / kept_rows.FOLDER).exists()


def test_the_code_that_counts_is_all_that_opening_imports():
    """Otherwise rows would be taken for verified by code that has changed since."""
    code = (
        "import sys, zt_analysis\nfrom zt_analysis.sources import open_package\n"
        "open_package('data/zhaotong-2018', names=('counties',), anew=True)\n"
        "print(*(name for name in sys.modules if name.startswith('zt_analysis.')))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    parts = {name.split(".")[1] for name in found.stdout.split()}
    assert parts - {Path(one).stem for one in kept_manifest.CODE} == set()
    assert parts


@pytest.mark.thorough
def test_a_question_whose_sql_is_kept_brings_in_no_compiler(tmp_path):
    """Nor Arrow or pandas, for rows of the types that a package declares."""
    code = (
        "import sys\nfrom zt_analysis.sources import open_package\n"
        "tables = open_package('data/zhaotong-2018', names=('fund_documents', 'counties'))\n"
        "rows = tables['fund_documents']\n"
        "[tables.later(tables[one].aggregate(n=tables[one].count())) for one in ('counties', 'fund_documents')]\n"
        "print(tables.rows(rows.order_by('document_no').limit(2)), tables.count('counties'))\n"
        "print(*({'pandas', 'numpy', 'pyarrow', 'ibis.backends.sql.compilers', 'ibis.backends.duckdb'}"
        " & set(sys.modules)), file=sys.stderr)"
    )
    own = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}
    words = [sys.executable, "-c", code]
    ways = [subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT, env=own) for _ in range(2)]
    assert ways[0].stdout == ways[1].stdout
    assert "datetime.date(" in ways[0].stdout
    assert [one.stderr.split() for one in ways] == [["ibis.backends.sql.compilers"], []]


def test_a_table_is_the_same_before_and_after_ibis_is_brought_in(keeping):
    tables = open_package("data")
    table = tables["payments"]
    assert tables.backend.made is None
    again = tables.backend.table("payments")
    assert tables.backend.made is not None
    assert table.op() == again.op()
    assert hash(table.op()) == hash(again.op())
    assert table.schema() == again.schema()
    stages = [one.group_by("stage").aggregate(n=one.count()) for one in (table, again)]
    assert len({tables._reader.question(one.op()) for one in stages}) == 1
    assert table.join(again.select("stage").distinct(), "stage").count().execute() == len(tables.rows(table))
    assert sorted(map(repr, stages[0].execute().itertuples())) == sorted(map(repr, stages[1].execute().itertuples()))
    assert open_package("data")["payments"].op() != table.op()


def test_backends_share_nothing_and_the_second_opens_no_database_of_ibis(keeping, monkeypatch):
    first = open_package("data").backend
    assert first.table("payments").count().execute() == 2
    opened, connect = [], duckdb.connect
    monkeypatch.setattr(duckdb, "connect", lambda *of, **named: opened.append(of) or connect(*of, **named))
    second = open_package("data").backend
    assert second.table("payments").count().execute() == 2
    assert len(opened) == 1
    held = [{name: id(value) for name, value in vars(one.made).items() if isinstance(value, (set, dict))}
            for one in (first, second)]  # fmt: skip
    assert held[0].keys() == held[1].keys() != set()
    assert not set(held[0].values()) & set(held[1].values())


@pytest.mark.thorough
def test_recomputing_uses_nothing_that_is_kept(project, fills):
    paper = paper_named("2018-W45")
    tables_anew(paper)
    assert len(fills) == 1
