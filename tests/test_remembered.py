"""Answers kept beside verified rows: for these rows, this statement and this user, and for nothing else."""

import json
import shutil
import subprocess
import sys
from datetime import date

import duckdb
import ibis
import pytest
from packages import ROOT

from zt_analysis.sources import kept_files, kept_manifest, open_package, remembered
from zt_analysis.sources.guarding import ReadOnly

pytestmark = pytest.mark.slow

# what takes long to import; a command that needs none of it answers at once
HEAVY = ("arrow", "ibis", "duckdb", "jsonschema", "jinja2", "matplotlib", "nbformat", "numpy", "openpyxl", "pandas",
         "papermill", "pyarrow", "sqlglot")  # fmt: skip


@pytest.fixture
def reached(monkeypatch):
    """The statements that reached DuckDB."""
    found, rows = [], ReadOnly.rows
    monkeypatch.setattr(ReadOnly, "rows", lambda self, query: found.append(query) or rows(self, query))
    return found


def asked(**named):
    """Rows with texts, whole numbers, days, truth values and nothing; several questions asked together."""
    tables = open_package("data", **named)
    payments = tables["payments"]
    for name in ("counties", "payments"):
        tables.later(tables[name].aggregate(n=tables[name].count()))
    nothing = payments.mutate(nothing=ibis.null("string")).order_by(payments.columns)
    return tables.rows(nothing), tables.count("counties"), tables.count("payments")


def answers(folder):
    return sorted(folder.glob("answers-*/*.json"))


def test_what_was_asked_is_not_asked_again(keeping, reached):
    first = asked()
    assert [type(one) for one in first[0][0].values()].count(date) == 1
    assert (len(reached), len(answers(keeping))) == (2, 2)
    assert asked() == first
    assert len(reached) == 2
    assert asked(anew=True) == first
    assert len(reached) == 4


def test_other_rows_are_asked_anew(keeping, reached, small):
    first = asked()
    file = small.folder / "payments.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), encoding="utf-8")
    then = asked()
    assert len(reached) == 4
    assert then[2] == first[2] - 1


@pytest.mark.parametrize("setting", ["off", "read"])
def test_nothing_is_written_where_nothing_is_to_be(keeping, monkeypatch, setting):
    asked()
    shutil.rmtree(answers(keeping)[0].parent)
    monkeypatch.setenv("ZT_KEPT_ROWS", setting)
    asked()
    assert answers(keeping) == []


@pytest.mark.parametrize("change", ["a value", "cut short", "empty", "another's", "no text", "of another key"])
@pytest.mark.part(6)
def test_what_is_not_ours_is_noticed_and_asked_anew(keeping, reached, monkeypatch, tmp_path, change):
    first = asked()
    one, other = answers(keeping)
    content = one.read_text(encoding="utf-8")
    if change == "a value":
        seal, _, text = content.partition("\n")
        found = json.loads(text)
        found["rows"][0][-2 if found["rows"][0][-1] is None else -1] = 7
        one.write_text(f"{seal}\n{json.dumps(found)}", encoding="utf-8")
    elif change == "another's":
        one.write_bytes(other.read_bytes())
    elif change == "of another key":
        text = content.partition("\n")[2]
        one.write_text(f"{remembered._seal(text, one.stem, b'?' * 32)}\n{text}", encoding="utf-8")
    else:
        one.write_bytes({"cut short": content.encode()[:-9], "empty": b"", "no text": b"\xff\xfe\x00"}[change])
    assert asked() == first
    assert len(reached) == 3
    if change != "no text":
        assert one.stem in (keeping / kept_files.NOTICED).read_text(encoding="utf-8")
    assert asked() == first
    assert len(reached) == 3


def test_answers_go_with_what_the_rows_were_declared_by(keeping, reached, small):
    asked()
    before = answers(keeping)
    descriptor = small.folder / "datapackage.json"
    descriptor.write_text(descriptor.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    asked()
    assert len(reached) == 4
    assert [path.exists() for path in before] == [False, False]
    assert len(answers(keeping)) == 2


@pytest.mark.thorough
def test_answers_of_another_version_of_the_code_go(keeping, reached, monkeypatch):
    asked()
    monkeypatch.setattr(kept_files, "made_by", lambda: kept_manifest.made_by() | {"duckdb": "0.0.0"})
    asked()
    assert len(reached) == 4
    assert len(answers(keeping)) == 2


def test_columns_that_are_now_declared_personal_take_all_answers_away(keeping, small):
    asked()
    assert answers(keeping)
    descriptor = small.folder / "datapackage.json"
    content = json.loads(descriptor.read_text(encoding="utf-8"))
    (payments,) = (one for one in content["resources"] if one["name"] == "payments")
    next(one for one in payments["schema"]["fields"] if one["type"] == "string")["personal"] = True
    descriptor.write_text(json.dumps(content), encoding="utf-8")
    open_package("data")
    assert answers(keeping) == []


def test_what_changes_with_time_is_not_kept(keeping, reached):
    for _ in range(2):
        tables = open_package("data")
        tables.rows(tables["counties"].select(today=ibis.now().date()).limit(1))
    assert answers(keeping) == []


def test_only_whole_answers_of_a_few_rows_are_kept(keeping, reached, monkeypatch):
    monkeypatch.setattr(remembered, "MOST_ROWS", 1)
    first = asked()
    assert len(answers(keeping)) == 0
    assert asked() == first
    assert len(reached) == 4


def test_old_answers_make_room(keeping, monkeypatch):
    monkeypatch.setattr(remembered, "MOST_FILES", 4)
    tables = open_package("data")
    for least in range(9):
        tables.rows(tables["counties"].limit(least + 1))
    assert 1 < len(answers(keeping)) <= 5


@pytest.mark.thorough
def test_where_no_file_can_be_written_every_question_is_asked(keeping, reached):
    first = asked()
    folder = answers(keeping)[0].parent
    shutil.rmtree(folder)
    folder.write_bytes(b"")
    assert [asked(), asked()] == [first, first]
    assert len(reached) == 6
    assert answers(keeping) == []


@pytest.mark.thorough
def test_a_writer_that_was_killed_leaves_nothing_that_is_read(keeping, reached):
    first = asked()
    for path in answers(keeping):
        path.rename(path.with_suffix(".json.4711"))
    assert asked() == first
    assert (len(reached), len(answers(keeping))) == (4, 2)


def test_a_question_at_fault_says_so_each_time(keeping):
    for _ in range(2):
        tables = open_package("data")
        with pytest.raises(duckdb.Error):
            tables.rows(tables["counties"].select(n=tables["counties"]["name_zh"].cast("int64")))
    assert answers(keeping) == []


@pytest.mark.parametrize(
    "words",
    [["--help"], ["numbers", "-"], ["list"], ["proof", "-", "--format", "jsonl"], ["tie", "--help"]],
    ids=lambda words: words[0],
)
@pytest.mark.part(3)
def test_a_command_imports_nothing_heavy(words):
    """Of a command that asks no table."""
    code = (
        "import sys\nfrom zt_analysis.cli import main\n"
        f"sys.argv = ['zt', *{words}]\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        f"print(*({set(HEAVY)} & set(sys.modules)), file=sys.stderr)"
    )
    text = '{"id": "1", "text": "学生12人，其中小学5人、初中7人。"}\n'
    done = subprocess.run(
        [sys.executable, "-c", code], input=text, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stderr.strip()) == (0, "")
    assert done.stdout


@pytest.mark.thorough
def test_a_check_imports_neither_what_reads_submissions_nor_what_makes_pages():
    code = (
        "import sys\nfrom zt_analysis.cli import main\nsys.argv = ['zt', 'check', '2018-11']\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    found = set(done.stderr.split())
    ours = {"zt_analysis.submissions.reading", "zt_analysis.reports.page", "zt_analysis.runs.running"}
    assert found & (ours | {"jsonschema", "jinja2", "nbformat", "papermill", "openpyxl", "matplotlib"}) == set()
    assert {"zt_analysis.checks.review", "duckdb", "ibis"} <= found
