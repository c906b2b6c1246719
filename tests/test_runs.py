"""Runs: complete ones leave everything, the others leave what was there."""

import csv
import json
import os
import signal
import subprocess
import sys
import time

import nbformat
import pytest
from bs4 import BeautifulSoup
from commands import zt
from packages import RAN, ROOT, shorten

from zt_analysis import ledger, runs
from zt_analysis.errors import InputError, NotebookError, SourceError
from zt_analysis.notebooks import compared_outputs
from zt_analysis.runs.record import read_record

FILES = [
    "bulletin.ipynb",
    "figures.csv",
    "figures.json",
    "figures.xlsx",
    "problems.csv",
    "report.html",
    "ro-crate-metadata.json",
    "run.json",
]


def shown(folder):
    """Names in an outputs folder, the locks aside."""
    return sorted(path.name for path in folder.iterdir() if path.name != ".locks")


def edit_notebook(project, source, *, position=-1):
    path = project / "notebooks" / "bulletin.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells[position].source = source
    nbformat.write(notebook, path)


def edit(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def done(finished):
    """A run of the shipped case, without its papers."""
    folder = finished / "outputs" / "2018-11"
    return runs.Run(read_record(folder), runs.read_ledger(folder), folder)


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """One run of the shipped case as it is into a folder of its own."""
    return runs.run("2018-11", ROOT, outputs=tmp_path_factory.mktemp("outputs"), engine="warm")


@pytest.mark.slow
class TestShippedCase:
    def test_agrees(self, done):
        assert done.exit_code == 0
        assert done.ledger["summary"]["status"] == "agrees"
        assert done.ledger["summary"]["claims"] == 40
        assert done.ledger["summary"]["comparisons"] == 15

    def test_leaves_every_file(self, done):
        assert sorted(path.name for path in done.folder.iterdir()) == FILES
        assert shown(done.folder.parent) == [*RAN, "catalogue.html", "index.html"]

    def test_thirteen_headlines_agree(self, done):
        headlines = [verdict for verdict in done.ledger["verdicts"] if verdict["headline"]]
        assert len(headlines) == 13
        assert {verdict["verdict"] for verdict in headlines} == {"agree", "agree_rounded"}

    def test_no_claim_is_without_a_verdict(self, done):
        assert all(verdict["verdict"] for verdict in done.ledger["verdicts"])
        excused = [one for one in done.ledger["verdicts"] if one["verdict"] == "explained"]
        assert all(one["reason"]["zh"] and one["reason"]["en"] for one in excused)

    def test_contradictions_are_shown(self, done):
        relations = {relation["id"]: relation for relation in done.ledger["relations"]}
        assert (relations["C01"]["left"], relations["C01"]["right"], relations["C01"]["imbalance"]) == (
            "2031",
            "1915",
            "116",
        )
        assert relations["C01"]["status"] == "explained"
        assert relations["C07"]["status"] == "unexplained"
        assert relations["C12"]["imbalance"] == "-1"

    def test_record_names_every_input(self, done):
        record = json.loads((done.folder / "run.json").read_text(encoding="utf-8"))
        paths = {one["path"] for one in record["inputs"]}
        assert {"params/2018-11.yml", "notebooks/bulletin.ipynb", "data/zhaotong-2018/claims/2018-11.csv"} <= paths
        assert "data/zhaotong-2018/aid_payments.parquet" in paths
        assert record["synthetic"] is True
        assert record["packages"]["duckdb"]
        assert record["times"]["seconds"] > 0

    def test_csv_opens_in_a_spreadsheet(self, done):
        content = (done.folder / "figures.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
        assert {row["claim"]: row["exact"] for row in rows}["F26"] == "133715320000"

    def test_notebook_carries_the_ledger(self, done):
        notebook = nbformat.read(done.folder / "bulletin.ipynb", 4)
        assert (
            ledger.from_notebook(notebook)
            == done.ledger
            == json.loads((done.folder / "figures.json").read_text("utf-8"))
        )
        assert compared_outputs(notebook) >= 9

    @pytest.mark.thorough
    def test_equals_the_committed_reference(self, alone):
        """Cell by cell the notebooks session of nox compares it too."""
        reference = ROOT / "outputs" / "2018-11"
        for name in ("bulletin.ipynb", "figures.csv", "figures.json"):
            assert (alone.folder / name).read_bytes() == (reference / name).read_bytes(), name
        volatile = ("times", "origin", "packages", "python", "code", "outputs")
        records = [json.loads((folder / "run.json").read_text("utf-8")) for folder in (alone.folder, reference)]
        ours, theirs = ({key: value for key, value in record.items() if key not in volatile} for record in records)
        assert ours == theirs

    def test_report_says_synthetic_and_loads_nothing(self, done):
        page = (done.folder / "report.html").read_text(encoding="utf-8")
        assert "合成" in page
        assert 'src="http' not in page


def previous(project):
    """Outputs of an earlier run that must survive."""
    folder = project / "outputs" / "2018-11"
    folder.mkdir(parents=True)
    (folder / "report.html").write_text("the last good one")
    return folder / "report.html"


@pytest.mark.thorough
@pytest.mark.slow
def test_a_changed_payment_is_named_and_the_exit_code_is_1(project):
    edit(project / "data/zhaotong-2018/aid_standards.csv", "50000", "50001")
    shorten(project)
    result = zt("run", "2018-11", "--engine", "warm", cwd=project)
    assert result.returncode == 1
    assert "T04" in result.stdout
    page = (project / "outputs/2018-11/report.html").read_text(encoding="utf-8")
    alarm = BeautifulSoup(page, "html.parser").select_one("[role=alert]").text
    assert "T04" in alarm
    assert "学生资助发放额 35836.91万元" in alarm
    assert "amount_fen = 50000, standard_fen = 50001" in alarm


@pytest.mark.thorough
@pytest.mark.slow
def test_a_changed_file_that_moves_no_figure_is_exit_code_2(project):
    path = project / "data/zhaotong-2018/counties.csv"
    edit(path, "Zhaoyang District", "Zhaoyang district")
    result = zt("check", "2018-11", cwd=project)
    assert result.returncode == 2
    assert "counties.csv" in result.stdout
    assert "Hint: zt seal" in result.stdout
    assert zt("seal", "data/zhaotong-2018", cwd=project).stdout == "declared anew: counties\n"
    assert zt("check", "2018-11", cwd=project).returncode == 0


@pytest.mark.slow
def test_a_wrong_row_is_refused_and_keeps_what_was_there(project):
    kept = previous(project)
    edit(project / "data/zhaotong-2018/fund_allocations.csv", "provincial", "city")
    with pytest.raises(SourceError, match=r"fund_allocations.csv row \d+ \(line \d+\), column 'level': found 'city'"):
        runs.run("2018-11", project, engine="warm")
    assert kept.read_text() == "the last good one"
    failed = project / "outputs" / "2018-11.failed"
    assert sorted(path.name for path in failed.iterdir()) == [
        "bulletin.ipynb",
        "problems.csv",
        "report.html",
        "run.json",
    ]
    assert "fund_allocations.csv" in (failed / "report.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_failing_cell_is_named(project):
    kept = previous(project)
    edit_notebook(project, "1 / 0", position=3)
    with pytest.raises(NotebookError, match=r"notebook bulletin.ipynb, cell \d+; found ZeroDivisionError") as caught:
        runs.run("2018-11", project, engine="warm")
    assert caught.value.exit_code == 3
    assert kept.read_text() == "the last good one"
    assert json.loads((project / "outputs/2018-11.failed/run.json").read_text())["status"] == "failed"


@pytest.mark.slow
def test_a_dying_kernel_is_named(project):
    edit_notebook(project, "import os\nos._exit(1)", position=3)
    with pytest.raises(NotebookError, match="the kernel died"):
        runs.run("2018-11", project, engine="warm")


def test_wrong_parameters_are_refused_before_a_kernel_starts(project):
    edit(project / "params/2018-11.yml", "issue_total: 28", 'issue_totl: "28"')
    edit_notebook(project, "open('kernel-was-here', 'w')", position=3)
    with pytest.raises(InputError, match="key 'issue_totl': unknown"):
        runs.run("2018-11", project)
    assert not (project / "kernel-was-here").exists()
    assert not (project / "outputs" / "2018-11.failed").exists()


def test_an_output_folder_that_cannot_be_written(project):
    (project / "outputs").write_text("a file, not a folder")
    with pytest.raises(InputError, match=r"output folder .*; found .*; expected a folder that can be written"):
        runs.run("2018-11", project)


@pytest.mark.thorough
@pytest.mark.slow
def test_interrupted_run_leaves_130_and_the_last_good_one(project):
    kept = previous(project)
    edit_notebook(project, "import time, pathlib\npathlib.Path('started').touch()\ntime.sleep(60)", position=3)
    command = [sys.executable, "-m", "zt_analysis.cli", "run", "2018-11"]
    process = subprocess.Popen(command, cwd=project, env=os.environ | {"PYTHONPATH": str(ROOT)}, start_new_session=True)
    deadline = time.monotonic() + 60
    while not (project / "started").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(timeout=60) == 130
    assert kept.read_text() == "the last good one"
    assert not list((project / "outputs").glob(".2018-11*"))


@pytest.mark.slow
@pytest.mark.parametrize("words", [("run", "2019-01"), ("check", "2019-01"), ("figures", "2019-01")])
def test_unknown_case_is_exit_code_2_without_a_traceback(words):
    result = zt(*words, cwd=ROOT)
    assert result.returncode == 2
    assert "zt: case '2019-01'; found no params/2019-01.yml; expected one of 2018-11" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.thorough
@pytest.mark.slow
def test_figures_by_county_and_as_data():
    result = zt("figures", "2018-11", "--by", "county", "--format", "csv", cwd=ROOT)
    rows = [row for row in csv.DictReader(result.stdout.splitlines()) if row["indicator"] == "returned_students"]
    assert len(rows) == 11
    assert sum(int(row["exact"]) for row in rows) == 1915
    whole = json.loads(zt("figures", "2018-11", "--format", "json", cwd=ROOT).stdout)
    assert {row["claim"] for row in whole} >= {"F06", "F13", "F31"}
    assert zt("figures", "2018-11", "--by", "colour", cwd=ROOT).returncode == 2


def test_list_shows_the_case():
    result = zt("list", cwd=ROOT)
    assert result.returncode == 0
    assert "2018-11" in result.stdout


@pytest.mark.thorough
@pytest.mark.slow
def test_what_we_did_not_foresee_is_never_exit_code_1(project):
    (project / "outputs").mkdir()
    (project / "outputs" / "index.html").mkdir()  # the index cannot take this place
    result = zt("index", cwd=project)
    assert result.returncode in (2, 3)
    assert "Traceback" not in result.stderr
    command = f"PYTHONPATH={ROOT} {sys.executable} -m zt_analysis.cli check 2018-11 | head -1"
    reader = subprocess.run(command, shell=True, cwd=project, capture_output=True, text=True, check=False)
    assert "Traceback" not in reader.stderr


@pytest.mark.thorough
@pytest.mark.slow
def test_tables_may_lie_outside_the_project(project, tmp_path_factory, monkeypatch):
    elsewhere = tmp_path_factory.mktemp("office") / "tables"
    monkeypatch.setenv("ZT_PACKAGES", str(elsewhere.parent))
    (project / "data" / "zhaotong-2018").rename(elsewhere)
    edit(project / "params/2018-11.yml", '"data/zhaotong-2018"', f'"{elsewhere}"')
    shorten(project)
    done = runs.run("2018-11", project, engine="warm")
    assert done.exit_code == 0
    assert f"{elsewhere}/aid_payments.parquet" in {one["path"] for one in done.record["inputs"]}


@pytest.mark.thorough
@pytest.mark.slow
def test_a_report_rendered_again_is_the_page_of_its_run(ran):
    """Rendered without its run's sign-offs, links and former figures, it was another page, and the record broken."""
    folder = ran / "outputs" / "2018-11"
    (folder / "report.html").unlink()
    assert zt("report", "outputs/2018-11/bulletin.ipynb", cwd=ran).returncode == 0
    assert zt("verify", "2018-11", cwd=ran).returncode == 0
    notebook = nbformat.read(folder / "bulletin.ipynb", as_version=4)
    notebook.metadata["mine"] = True
    nbformat.write(notebook, folder / "bulletin.ipynb")
    left = (folder / "report.html").read_bytes()
    asked = zt("report", "outputs/2018-11/bulletin.ipynb", cwd=ran)
    assert asked.returncode == 2
    assert "not as the run of this folder left it" in asked.stderr
    assert (folder / "report.html").read_bytes() == left
    assert zt("report", "outputs/2018-11/bulletin.ipynb", "-o", "mine.html", cwd=ran).returncode == 0
    assert (ran / "mine.html").stat().st_size > 100_000


def test_claims_without_a_statistic_are_no_green(brief):
    path = brief / "data/demo/claims/2025.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert any(",statistic," in line for line in lines)
    path.write_text("\n".join(line for line in lines if ",statistic," not in line) + "\n", encoding="utf-8")
    assert zt("seal", "data/demo", cwd=brief).returncode == 0
    result = zt("check", "2025", cwd=brief)
    assert result.returncode == 1
    assert "没有任何公布数与计算值比对" in result.stdout
