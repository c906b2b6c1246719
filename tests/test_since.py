"""What changed since the last issue is read from what that one published, and told, or a dash says why it is not."""

import copy
import json
import re
import shutil

import jsonschema
import nbformat
import pytest
from bs4 import BeautifulSoup
from packages import ROOT

from zt_analysis import params, reports
from zt_analysis.catalogue.gathering import gather
from zt_analysis.cli import zt
from zt_analysis.cli.running import _say_altered
from zt_analysis.errors import InputError
from zt_analysis.ledger import LEDGER_MIME
from zt_analysis.runs.figure_files import LEDGER
from zt_analysis.runs.outputs import output_record
from zt_analysis.runs.proving import sign, unsign
from zt_analysis.runs.record import write_record
from zt_analysis.runs.ro_crate import CRATE, write_crate
from zt_analysis.runs.signing import Signer
from zt_analysis.runs.since import earlier, outdated, since_last
from zt_analysis.runs.standing import unchanged
from zt_analysis.runs.verifying import verify
from zt_analysis.scanning import scan

pytestmark = pytest.mark.slow  # it renders whole pages

WEEK = json.loads((ROOT / "outputs" / "2018-W45" / "figures.json").read_text(encoding="utf-8"))
RECORD = json.loads((ROOT / "outputs" / "2018-W45" / "run.json").read_text(encoding="utf-8"))
UNBELIEVED = {"case": "2018-W44", "published": False, "altered": ["2018-W44"]}
RETURNED = "returned_students@2018-11-08"
CORRECTION = {
    "number": 1, "table": "t", "places": ["t.csv 2"], "column": "c", "written": "1", "right": "2",
    "reason": {"zh": "x", "en": "x"}, "by": "desk-1", "date": "2018-11-08",
}  # fmt: skip


def week_before():
    """The ledger of the week before, made of this one's: a week earlier, 150 fewer returned."""
    found = json.loads(json.dumps(WEEK).replace("2018-11-01", "2018-10-25").replace("2018-11-08", "2018-11-01"))
    figures = {one["key"]: one for one in found["figures"]}
    figures["returned_students@2018-11-01"]["exact"] = "1765"
    now = {one["key"]: one["exact"] for one in WEEK["figures"]}
    for key in figures.keys() & now.keys():  # what was counted then is what this week starts from
        figures[key]["exact"] = now[key]
    return found


@pytest.fixture
def root(tmp_path):
    """A project of two weeks, of which the first has published."""
    (tmp_path / "params").mkdir()
    for case in ("2018-W44", "2018-W45"):
        text = (ROOT / "params" / f"{case}.yml").read_text(encoding="utf-8")
        (tmp_path / "params" / f"{case}.yml").write_text(text, encoding="utf-8")
    publish(tmp_path, week_before())
    return tmp_path


def publish(root, ledger):
    folder = root / "outputs" / "2018-W44"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / LEDGER).write_text(json.dumps(ledger), encoding="utf-8")
    outputs = [output_record(folder / LEDGER, folder)]
    record = {
        **RECORD,
        "case": "2018-W44",
        "inputs": [],
        "outputs": outputs,
        "since": {"case": None, "published": False},
    }
    write_record(record, folder)
    write_crate(record, folder)


def since(root, now=WEEK):
    found = since_last("2018-W45", root, root / "outputs", now)
    text = (ROOT / "zt_analysis" / "runs" / "run.schema.json").read_text(encoding="utf-8")
    jsonschema.validate(found, json.loads(text)["properties"]["since"])
    return found


def page_of(found, ledger=WEEK):
    cell = nbformat.v4.new_code_cell("review")
    cell.outputs = [nbformat.v4.new_output("display_data", {LEDGER_MIME: ledger})]
    html = reports.render(nbformat.v4.new_notebook(cells=[cell]), neighbours=(), since=found)
    return BeautifulSoup(html, "html.parser")


def test_figures_of_the_issue_before_stand_beside_those_of_this_one(root):
    found = since(root)
    assert found["figures"][RETURNED] == "1765"
    assert found["line"][RETURNED] == [["2018-11-01", "1765"]]
    key = next(one for one in page_of(found).select(".keys li") if "劝返复学" in one.h3.text)
    assert key.dd.get_text() == "↑+150人"
    assert key.select_one("svg.spark")


def test_a_published_number_that_is_another_now_is_named(root):
    before = week_before()
    base = next(one for one in before["figures"] if one["key"] == "out_of_school_children@2018-11-01")
    now = next(one for one in WEEK["figures"] if one["key"] == "out_of_school_children@2018-11-01")
    assert since(root)["moved"] == []
    base["exact"] = str(int(now["exact"]) - 3)
    publish(root, before)
    found = since(root)
    assert found["moved"] == [{"key": base["key"], "before": base["exact"]}]
    said = page_of(found).select_one("#since").get_text()
    assert re.search(rf"上期公布{base['exact']}人，现为{now['exact']}人", said)


@pytest.mark.thorough
def test_definitions_corrections_and_exceptions_are_told(root):
    now = copy.deepcopy(WEEK)
    relations = {one["id"]: one for one in now["relations"]}
    relations["T01"]["status"], relations["T02"]["status"] = "explained", "stale"
    next(one for one in now["figures"] if one["key"] == RETURNED)["sql"] = ["SELECT 1 + x"]
    now["package"]["quality"]["corrections"] = [CORRECTION]
    before = week_before()
    then = {one["id"]: one for one in before["relations"]}
    then["T02"]["status"], then["T03"]["status"], then["T19"]["status"] = "explained", "explained", "unexplained"
    publish(root, before)
    found = since(root, now)
    assert (found["opened"], found["closed"], found["expired"]) == (["T01"], ["T03"], ["T02"])
    assert found["definitions"] == ["returned_students"]
    assert found["corrections"] == 1
    said = page_of(found, now).select_one("#since").get_text()
    assert "定义改1处，更正1处；例外新增1、了结1、过期1" in said


def test_days_in_a_statement_are_no_change_of_its_definition(root):
    assert since(root)["definitions"] == []


@pytest.mark.thorough
def test_a_dash_says_why(root):
    shutil.rmtree(root / "outputs" / "2018-W44")
    found = since(root)
    assert found == {"case": "2018-W44", "published": False}
    page = page_of(found)
    assert "上期2018-W44没有运行记录" in page.select_one("#since").get_text()
    assert "zt run 2018-W44" in page.select_one("#since").get_text()
    assert not page.select(".keys dt:-soup-contains(较上期)"), "said once, not beside each of six figures"
    (root / "params" / "2018-W44.yml").unlink()
    assert since(root) == {"case": None, "published": False}
    dashes = [one.get_text() for one in page_of(since(root)).select(".keys dd") if one.get_text().startswith("—")]
    assert dashes
    assert all(len(one) > 3 for one in dashes), "a dash without its reason"


@pytest.mark.thorough
def test_exact_numbers_of_another_issue_are_no_telephones(root, tmp_path):
    before = week_before()
    rates = [one for one in before["figures"] if one["unit"] == "ratio" and one["exact"]]
    for one in rates:
        one["exact"] = "18462045923/41079957748989000"
    publish(root, before)
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "figures.json").write_text(json.dumps(WEEK), encoding="utf-8")
    page = page_of(since(root))
    (folder / "report.html").write_text(str(page), encoding="utf-8")
    assert len(rates) > 2
    assert scan(folder).found == []
    moved = [one for one in page.select("#since data") if "个百分点" in one.get_text()]
    assert moved
    assert all(one["value"] in one.get_text().replace("−", "-") for one in moved)


@pytest.mark.parametrize("name", [LEDGER, "run.json", CRATE])
def test_nothing_is_taken_from_an_issue_before_that_was_altered(root, name):
    path = root / "outputs" / "2018-W44" / name
    text = path.read_text(encoding="utf-8")
    other = text.replace("1765", "1", 1) if name == LEDGER else text.replace('"2018-W44"', '"2018-W43"', 1)
    for altered in (*([] if name == CRATE else [other]), "{", None):
        path.unlink() if altered is None else path.write_text(altered, encoding="utf-8")
        assert since(root) == UNBELIEVED


@pytest.mark.thorough
def test_the_page_says_that_the_issue_before_was_altered():
    said = page_of(UNBELIEVED).select_one("#since").get_text()
    assert "上期2018-W44的数据与其运行记录不符" in said
    assert "zt verify 2018-W44" in said


def test_a_record_made_to_fit_an_altered_ledger_is_not_believed(root):
    folder = root / "outputs" / "2018-W44"
    path = folder / LEDGER
    path.write_text(path.read_text(encoding="utf-8").replace("1765", "1"), encoding="utf-8")
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    write_record(record | {"outputs": [output_record(path, folder)]}, folder)
    assert since(root)["altered"] == ["2018-W44"]


@pytest.mark.thorough
def test_an_altered_issue_further_back_is_left_out_and_named(root):
    text = (root / "params" / "2018-W44.yml").read_text(encoding="utf-8")
    text = text.replace("2018-W44", "2018-W43").replace("2018-11-01", "2018-10-25")
    (root / "params" / "2018-W43.yml").write_text(text, encoding="utf-8")
    shutil.copytree(root / "outputs" / "2018-W44", root / "outputs" / "2018-W43")
    assert "altered" not in since(root)
    path = root / "outputs" / "2018-W43" / LEDGER
    path.write_text(path.read_text(encoding="utf-8").replace("1765", "1"), encoding="utf-8")
    found = since(root)
    assert found["altered"] == ["2018-W43"]
    assert found["line"][RETURNED] == [["2018-11-01", "1765"]]
    assert "2018-W43的数据与其运行记录不符" in page_of(found).select_one("#since").get_text()
    own = root / "outputs" / "2018-W45"
    own.mkdir()
    (own / LEDGER).write_text(json.dumps(WEEK), encoding="utf-8")
    record = RECORD | {"outputs": [output_record(own / LEDGER, own)], "since": found}
    write_record(record, own)
    write_crate(record, own)
    path.write_text((root / "outputs" / "2018-W44" / LEDGER).read_text(encoding="utf-8"), encoding="utf-8")
    ((what, now, _),) = outdated(own, root, record)
    assert (what, now) == ("the issue before, 2018-W43", "as its run left it")


def test_the_paper_of_the_same_day(root):
    text = (ROOT / "params" / "2018-11.yml").read_text(encoding="utf-8")
    assert params.beside("2018-W45", root) is None
    (root / "params" / "2018-11.yml").write_text(text, encoding="utf-8")
    assert params.beside("2018-W45", root) == "2018-11"
    assert params.beside("2018-11", root) == "2018-W45"


def typed(*words):
    return zt.main(list(words), standalone_mode=False)


def other_denominator(root):
    """Have the week before say other figures when it is run again."""
    path = root / "params" / "2018-W44.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("(?m)^denominator:.*", 'denominator: "enrolled"', text), encoding="utf-8")


class TestIssueBefore:
    """What has become of the issue before since its figures were put beside those of this one."""

    def alter(self, root, name="figures.json"):
        path = root / "outputs" / "2018-W44" / name
        path.write_text(path.read_text(encoding="utf-8").replace('"1765"', '"1"'), encoding="utf-8")

    def due(self, capsys):
        capsys.readouterr()
        typed("due", "--on", "2018-11-09", "--format", "json")
        return next(one for one in json.loads(capsys.readouterr().out) if one["case"] == "2018-W45")

    def test_an_altered_one_is_named_and_the_next_is_not_signed(self, ran):
        self.alter(ran)
        self.named(ran)

    @pytest.mark.thorough
    def test_nothing_on_the_next_page_comes_from_an_altered_one(self, ran, capfd):
        folder = ran / "outputs" / "2018-W45"
        self.alter(ran)
        assert self.run(capfd) == [("2018-W45", "2018-W44")]
        page = (folder / "report.html").read_text(encoding="utf-8")
        assert "上期2018-W44的数据与其运行记录不符" in page
        assert "+1914人" not in page
        row = self.due(capfd)
        assert (row["state"], row["hint"]) == ("agrees", "the issue before, 2018-W44: not as its run left it")

    @pytest.mark.thorough
    def test_it_is_so_until_that_one_is_mended(self, ran, capfd):
        self.alter(ran)
        for _ in range(3):  # the page that was made before, one made of what is left, and that one left alone
            self.named(ran)
            assert self.run(capfd) == [("2018-W45", "2018-W44")]

    def named(self, root):
        """What helps is to mend that one, not to run this one."""
        found = verify(root / "outputs" / "2018-W45", root).problems
        assert [what for what, *_ in found] == ["the issue before, 2018-W44"]
        with pytest.raises(InputError, match=r"the issue before, 2018-W44: not as its run left it") as caught:
            sign("2018-W45", root, Signer("maker", "desk-1", remark="known"), engine="warm")
        assert "mend that issue first: zt verify 2018-W44" in str(caught.value)
        assert "--force" not in str(caught.value)

    def run(self, capfd):
        """Each case that says whose figures it takes nothing from, and whose."""
        capfd.readouterr()
        assert typed("run", "2018-W45", "--log-format", "json") == 0
        said = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
        return [(one["case"], one["before"]) for one in said if one["event"] == "altered"]

    @pytest.mark.parametrize("said", [None, {"case": None, "published": False}])
    def test_a_record_that_says_nothing_of_it_is_not_believed(self, ran, capfd, said):
        self.silent(ran, said)
        row = self.due(capfd)
        assert row["state"] != "agrees" or row["hint"]

    @pytest.mark.thorough
    @pytest.mark.parametrize("said", [None, {"case": None, "published": False}])
    def test_a_run_mends_a_record_that_says_nothing_of_it(self, ran, said):
        self.silent(ran, said)
        assert typed("run", "2018-W45") == 0
        assert verify(ran / "outputs" / "2018-W45", ran).holds

    def silent(self, root, said):
        folder = root / "outputs" / "2018-W45"
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        write_record(record | {"since": said}, folder)
        assert unchanged(root, folder) is None
        assert not verify(folder, root).holds
        _say_altered(record | {"since": None})  # names nothing, and is no traceback

    def test_other_figures_of_it_are_told_and_run_the_next_anew(self, ran, capfd):
        """As a run of that one leaves them."""
        folder = ran / "outputs" / "2018-W45"
        ledger = json.loads((ran / "outputs" / "2018-W44" / LEDGER).read_text(encoding="utf-8"))
        next(one for one in ledger["figures"] if one["key"] == "returned_students@2018-11-01")["exact"] = "1"
        assert unchanged(ran, folder) is not None
        publish(ran, ledger)
        assert unchanged(ran, folder) is None
        (problem,) = verify(folder, ran).problems
        assert problem[:2] == ("the issue before, 2018-W44", "other figures, definitions or verdicts")
        assert self.due(capfd)["hint"].startswith("zt run 2018-W45; the issue before, 2018-W44: other figures")
        with pytest.raises(InputError, match="the issue before, 2018-W44: other figures"):
            sign("2018-W45", ran, Signer("maker", "desk-1", remark="known"), engine="warm")
        shutil.rmtree(ran / "outputs" / "2018-W44")
        assert [one[:2] for one in verify(folder, ran).problems] == [("the issue before, 2018-W44", "no figures")]

    def test_the_issues_before_one_are_run_before_it(self, root):
        assert earlier(["2018-W43", "2018-W44", "2018-W45"])["2018-W45"] == ["2018-W44", "2018-W43"]

    @pytest.mark.thorough
    def test_an_issue_is_taken_back_whatever_another_says_now(self, ran, capsys):
        for role, by in (("maker", "desk-1"), ("checker", "desk-2")):
            sign("2018-W45", ran, Signer(role, by, remark="known"), engine="warm")
        other_denominator(ran)
        assert typed("run", "2018-W44") == 0
        with pytest.raises(InputError, match="zt run 2018-W45 --revise"):
            sign("2018-W45", ran, Signer("maker", "desk-1", remark="known"), engine="warm")
        before = ran / "outputs" / "2018-W45.editions" / "v3"
        before.mkdir(parents=True)
        with pytest.raises(InputError, match="put the files back from a copy"):
            unsign("2018-W45", ran, Signer("maker", "desk-1"), "why")
        shutil.rmtree(before.parent)
        assert "withdrawn" in unsign("2018-W45", ran, Signer("maker", "desk-1"), "why")

    @pytest.mark.thorough
    def test_none_is_left_out_that_lost_its_figures(self, ran, capsys):
        (ran / "outputs" / "2018-W44" / "figures.json").unlink()
        assert typed("restated") == 2
        assert "2018-W44/figures.json" in capsys.readouterr().err
        assert any("2018-W44/figures.json" in one for one in gather(ran).untold)

    @pytest.mark.thorough
    @pytest.mark.parametrize("words", [["2018-W44"], ["2018-W44", "--edition", "v1"], []])
    def test_an_altered_one_gives_no_notice(self, ran, words):
        self.alter(ran)
        with pytest.raises(InputError, match=r"2018-W44/figures\.json; found sha256"):
            typed("restated", *words, "--notice", "note.md")
        assert not (ran / "note.md").exists()

    @pytest.mark.thorough
    def test_one_that_is_run_later_is_told_and_runs_the_next_anew(self, ran, capsys):
        folder = ran / "outputs" / "2018-W45"
        shutil.rmtree(ran / "outputs" / "2018-W44")
        assert [one[:2] for one in verify(folder, ran).problems] == [("the issue before, 2018-W44", "no figures")]
        assert typed("run", "2018-W45") == 0
        assert "上期2018-W44没有运行记录" in (folder / "report.html").read_text(encoding="utf-8")
        assert verify(folder, ran).holds
        assert typed("run", "2018-W44") == 0
        (problem,) = verify(folder, ran).problems
        assert problem[:2] == ("the issue before, 2018-W44", "figures that it has published since")
        assert self.due(capsys)["hint"].startswith("zt run 2018-W45; the issue before, 2018-W44: figures")
        with pytest.raises(InputError, match="the issue before, 2018-W44: figures that it has published since"):
            sign("2018-W45", ran, Signer("maker", "desk-1", remark="known"), engine="warm")
        assert typed("run", "2018-W45") == 0
        assert verify(folder, ran).holds
        assert "较上期" in (folder / "report.html").read_text(encoding="utf-8")

    @pytest.mark.thorough
    def test_a_batch_that_runs_it_runs_the_next_too(self, ran, capfd):
        folder = ran / "outputs" / "2018-W45"
        other_denominator(ran)
        typed("run", "2018-11", "2018-W44", "2018-W45", "--log-format", "json")
        said = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
        ran_anew = [one["case"] for one in said if one["event"] == "case" and not one["unchanged"]]
        assert ran_anew == ["2018-W44", "2018-W45"]
        assert verify(folder, ran).holds

    @pytest.mark.thorough
    def test_after_a_failure_the_next_is_not_run(self, ran, capfd):
        other_denominator(ran)
        (ran / "notebooks" / "bulletin.ipynb").write_text("{", encoding="utf-8")
        words = ["run", "2018-W44", "2018-11", "2018-W45", "--jobs", "1", "--log-format", "json"]
        for more, seen in (([], "not_run"), (["--keep-going"], "agrees")):
            assert typed(*words, *more) > 1
            said = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
            assert [one["status"] for one in said if one.get("case") == "2018-W45"] == (
                [] if seen == "not_run" else [seen]
            )
