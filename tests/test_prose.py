"""A case's own text on its page: each number with its state, what is to be handled one after the other, or why not."""

import json
import shutil

import nbformat
import pytest
from bs4 import BeautifulSoup
from packages import ROOT
from shipped import shipped_tables

from zt_analysis import params, reports
from zt_analysis.bulletins import paper_of
from zt_analysis.ledger import LEDGER_MIME
from zt_analysis.runs.inputs import side_files
from zt_analysis.writing import told_text, writing

pytestmark = pytest.mark.slow  # it opens the shipped package and renders pages

LEDGER = json.loads((ROOT / "outputs" / "2018-11" / "figures.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def told():
    """The shipped bulletin's text."""
    return told_text(paper_of(params.load("2018-11", ROOT)), shipped_tables())


def page_of(text, ledger=LEDGER):
    cell = nbformat.v4.new_code_cell("review")
    cell.outputs = [nbformat.v4.new_output("display_data", {LEDGER_MIME: ledger | {"text": text}})]
    return BeautifulSoup(reports.render(nbformat.v4.new_notebook(cells=[cell]), neighbours=()), "html.parser")


def said(text):
    return "".join(run["text"] for block in text["blocks"] for run in block["runs"])


def test_no_word_of_the_text_is_lost_and_each_number_is_marked(told):
    page = page_of(told)
    shown = page.select_one("#prose .reading")
    for sign in shown.select(".mark span"):
        sign.extract()
    assert "".join(shown.get_text().split()) == "".join(said(told).split())
    numbers = [run for block in told["blocks"] for run in block["runs"] if "number" in run]
    assert len(numbers) == len(page.select("#prose .mark")) == len(page.select(".evidence")) == 33
    assert {one["number"] for one in numbers} == {"proven", "excuse"}
    left = [run["text"] for block in told["blocks"] for run in block["runs"] if "number" not in run]
    assert not any(digit in text for text in left for digit in "0123456789")


def test_a_number_that_a_relation_leaves_open_is_to_be_handled(told):
    page = page_of(told)
    assert [one.data.text for one in page.select("#prose .mark.open")] == ["1915人"]
    first = page.select_one("#prose > .note a[href^='#e-']")
    assert "C07" in page.select_one(first["href"]).text
    assert "33个数：17个与源表一致，15个不是统计数或已说明，1个待处理" in page.select_one("#prose .note").text


def test_to_be_handled_leads_round(told):
    wrong = json.loads(json.dumps(told))
    numbers = [run for block in wrong["blocks"] for run in block["runs"] if "number" in run]
    numbers[20]["number"], numbers[25]["number"] = "other", "open"
    page = page_of(wrong)
    at, seen = page.select_one("#prose > .note a[href^='#e-']")["href"], []
    while at not in seen:
        seen.append(at)
        at = page.select_one(f"{at} .onward a[href^='#e-']")["href"]
    assert len(seen) == 3
    assert at == seen[0]
    assert len(page.select("#prose .mark.bad")) == 1


def test_a_text_that_cannot_be_filled_says_why(tmp_path, monkeypatch):
    text = tmp_path / "papers" / "2018-11.md"
    text.parent.mkdir()
    shutil.copy(ROOT / "papers" / "letterhead.yml", text.parent)
    text.write_text("# 题目\n\n劝返复学{劝返学生}。\n", encoding="utf-8")
    monkeypatch.setattr(writing, "find_root", lambda: tmp_path)
    monkeypatch.setattr("zt_analysis.writing.telling.find_root", lambda: tmp_path)
    found = told_text(paper_of(params.load("2018-11", ROOT)), shipped_tables())
    assert "papers/2018-11.md line 3" in found["error"]
    shown = page_of(found).select_one("#prose .alarm").text
    assert "劝返学生" in shown
    text.unlink()
    assert told_text(paper_of(params.load("2018-11", ROOT)), shipped_tables()) is None


def test_the_text_is_an_input_of_its_case():
    parameters = params.load("2018-11", ROOT)
    names = [path.relative_to(ROOT).as_posix() for path in side_files(parameters, ROOT)]
    assert {"papers/2018-11.md", "papers/letterhead.yml"} <= set(names)
    week = params.load("2018-W38", ROOT)
    assert not any("papers/" in path.as_posix() for path in side_files(week, ROOT))
