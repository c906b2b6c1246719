"""The index: latest case first, failures named, neighbours linked."""

import json
import shutil

import nbformat
import pytest
from bs4 import BeautifulSoup
from packages import ROOT

from zt_analysis import params, reports
from zt_analysis.decision import decide
from zt_analysis.runs import build_index

REFERENCE = ROOT / "outputs" / "2018-11"


def decide_again(folder):
    """The decision of the code of today in the record of a run."""
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    ledger = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    record["summary"]["decision"] = decide(ledger)
    (folder / "run.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A project of three issues, of which one was run and one failed."""
    (tmp_path / "params").mkdir()
    text = (ROOT / "params" / "2018-11.yml").read_text(encoding="utf-8")
    for case, as_of in (("2018-10", "2018-10-11"), ("2018-11", "2018-11-08"), ("2018-12", "2018-12-06")):
        changed = text.replace('"2018-11"', f'"{case}"').replace("2018-11-08", as_of)
        (tmp_path / "params" / f"{case}.yml").write_text(changed, encoding="utf-8")
    shutil.copytree(REFERENCE, tmp_path / "outputs" / "2018-11", ignore=shutil.ignore_patterns("*.html"))
    decide_again(tmp_path / "outputs" / "2018-11")
    failed = tmp_path / "outputs" / "2018-12.failed"
    failed.mkdir()
    record = {"status": "failed", "error": {"message": "row 3: found <b>-1</b>"}, "times": {"ended": "2018-12-07"}}
    (failed / "run.json").write_text(json.dumps(record))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_cases_are_in_the_order_of_their_dates(root):
    assert params.ordered(root) == ["2018-10", "2018-11", "2018-12"]
    assert params.neighbours("2018-11", root) == ("2018-10", "2018-12")
    assert params.neighbours("2018-10", root) == (None, "2018-11")


def test_index_shows_the_latest_first_and_failures(root):
    page = BeautifulSoup(build_index(root).read_text(encoding="utf-8"), "html.parser")
    assert [row.find("th").text for row in page.select("tbody tr")] == ["2018-12", "2018-11", "2018-10"]
    newest = page.select_one(".newest").text
    assert "2018-12" in newest
    assert "row 3: found <b>-1</b>" in newest
    states = [row.select("td")[1].get_text(" ", strip=True) for row in page.select("tbody tr")]
    assert ["运行失败" in state for state in states] == [True, False, False]
    assert states[1] == "△ 签发前须说明"
    assert states[2] == "○ 尚未运行"
    links = [link["href"] for link in page.select("tbody a")]
    assert {"2018-11/figures.csv", "2018-11/ro-crate-metadata.json"} <= set(links)
    assert all((root / "outputs" / link).exists() for link in links)


def test_a_failure_before_the_last_good_run_is_history(root):
    folder = root / "outputs" / "2018-11.failed"
    folder.mkdir()
    record = {"status": "failed", "error": {"message": "old"}, "times": {"ended": "2000-01-01"}}
    (folder / "run.json").write_text(json.dumps(record))
    assert "old" not in build_index(root).read_text(encoding="utf-8").split("<main")[1].split("<script")[0]


def test_a_failure_is_not_shown_together_with_the_word_of_the_run_before(root):
    folder = root / "outputs" / "2018-11.failed"
    folder.mkdir()
    record = {"status": "failed", "error": {"message": "late"}, "times": {"ended": "2999-01-01"}}
    (folder / "run.json").write_text(json.dumps(record))
    page = BeautifulSoup(build_index(root).read_text(encoding="utf-8"), "html.parser")
    state = page.select("tbody tr")[1].select("td")[1]
    assert [one.get_text(" ", strip=True) for one in state.select(".badge")] == ["× 运行失败"]
    assert state.small.text == "上次完成：签发前须说明"


def test_of_one_day_the_bulletin_comes_before_the_circular(root):
    text = (ROOT / "params" / "2018-W45.yml").read_text(encoding="utf-8")
    (root / "params" / "2018-W45.yml").write_text(text, encoding="utf-8")
    page = BeautifulSoup(build_index(root).read_text(encoding="utf-8"), "html.parser")
    names = [row.find("th").text for row in page.select("tbody tr")]
    assert names == ["2018-12", "2018-11", "2018-W45", "2018-10"]


@pytest.mark.thorough
@pytest.mark.slow
def test_report_links_to_the_issues_beside_it(root):
    page = BeautifulSoup(reports.render(nbformat.read(REFERENCE / "bulletin.ipynb", 4)), "html.parser")
    assert page.select_one("a[rel=prev]")["href"] == "../2018-10/report.html"
    assert page.select_one("a[rel=next]")["href"] == "../2018-12/report.html"


def test_same_index_twice(root):
    assert build_index(root).read_bytes() == build_index(root).read_bytes()
