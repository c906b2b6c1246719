"""What changed since the last issue is read from what that one published, and told, or a dash says why it is not."""

import copy
import json
import re

import jsonschema
import nbformat
import pytest
from bs4 import BeautifulSoup
from packages import ROOT

from zt_analysis import params, reports
from zt_analysis.ledger import LEDGER_MIME
from zt_analysis.runs.since import since_last
from zt_analysis.scanning import scan

pytestmark = pytest.mark.slow  # it renders whole pages

WEEK = json.loads((ROOT / "outputs" / "2018-W45" / "figures.json").read_text(encoding="utf-8"))
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
    (folder / "figures.json").write_text(json.dumps(ledger), encoding="utf-8")


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


def test_a_dash_says_why(root):
    (root / "outputs" / "2018-W44" / "figures.json").unlink()
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


def test_a_broken_record_of_the_issue_before_is_no_record(root):
    (root / "outputs" / "2018-W44" / "figures.json").write_text("{", encoding="utf-8")
    assert since(root) == {"case": "2018-W44", "published": False}


def test_the_paper_of_the_same_day(root):
    text = (ROOT / "params" / "2018-11.yml").read_text(encoding="utf-8")
    assert params.beside("2018-W45", root) is None
    (root / "params" / "2018-11.yml").write_text(text, encoding="utf-8")
    assert params.beside("2018-W45", root) == "2018-11"
    assert params.beside("2018-11", root) == "2018-W45"
