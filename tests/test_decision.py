"""May it be signed: one word, computed once, the same in the page, its title, its print, index, terminal and record."""

import copy
import json
import re
import subprocess

import nbformat
import pytest
from bs4 import BeautifulSoup
from packages import ROOT

from zt_analysis import reports, show
from zt_analysis.decision import counts, decide, unheld
from zt_analysis.ledger import LEDGER_MIME
from zt_analysis.reports.index_page import Entry, render_index
from zt_analysis.reports.pdf import print_pdf
from zt_analysis.runs.batch import Result
from zt_analysis.runs.record import run_record, word_of
from zt_analysis.terms import label

pytestmark = pytest.mark.slow

BULLETIN = json.loads((ROOT / "outputs/2018-11/figures.json").read_text(encoding="utf-8"))
CIRCULAR = json.loads((ROOT / "outputs/2018-W45/figures.json").read_text(encoding="utf-8"))


def settled(ledger):
    """The ledger with nothing open: what it has that is unexplained holds."""
    found = copy.deepcopy(ledger)
    found["summary"].pop("decision", None)
    for one in found["relations"]:
        one["status"] = "holds" if one["status"] == "unexplained" else one["status"]
    for part in found.get("parts", ()):
        part.pop("to_do", None)
    return found


def unexplained():
    found = settled(BULLETIN)
    next(one for one in found["relations"] if one["id"] == "C07")["status"] = "unexplained"
    return found


def late_county():
    found = settled(BULLETIN)
    found["package"]["quality"]["missing"] = [{"table": "cases", "by": "county", "code": "530622", "name": "巧家县"}]
    found["summary"] |= {"status": "partial", "missing": ["巧家县"]}
    return found


def broken_rule():
    found = settled(CIRCULAR)
    next(one for one in found["parts"] if one["key"] == "rules")["to_do"] = 2
    return found


def nothing_compared():
    found = settled(BULLETIN)
    found["verdicts"] = [one for one in found["verdicts"] if one["figure"] is None]
    found["summary"] |= {"status": "differs", "comparisons": 0}
    return found


def wrong_number():
    found = settled(BULLETIN)
    for one in found["verdicts"][5:8]:
        one |= {"verdict": "differs", "difference": "1"}
    for one in found["relations"][:4]:
        one["status"] = "fails"
    found["summary"]["status"] = "differs"
    return found


# what is planted: the word in zh and en, and the counts
PLANTED = {
    unexplained: ("签发前须说明", "explain before signing", [
        "公布数40：15 核对一致 · 25 未对源表核对", "勾稽39：32 成立 · 4 供参考 · 2 例外 · 1 待解释",
    ]),
    late_county: ("不可签发", "must not be signed", [
        "公布数40：15 核对一致 · 25 未对源表核对", "勾稽39：33 成立 · 4 供参考 · 2 例外",
    ]),
    broken_rule: ("签发前须说明", "explain before signing", [
        "公布数5：5 核对一致", "报送数22已与台账比对", "勾稽22：22 成立", "待办2件：规则 2",
    ]),
    nothing_compared: ("未核对", "not checked", [
        "公布数25：25 未对源表核对", "勾稽39：33 成立 · 4 供参考 · 2 例外",
    ]),
    wrong_number: ("不可签发", "must not be signed", [
        "公布数40：12 核对一致 · 25 未对源表核对 · 3 不符", "勾稽39：30 成立 · 4 供参考 · 1 例外 · 4 不符",
    ]),
}  # fmt: skip


# a county that is late has the word that a wrong number has
@pytest.mark.part(3)
@pytest.mark.parametrize(
    "plant",
    [pytest.param(one, marks=[pytest.mark.thorough] * (one is late_county)) for one in PLANTED],
    ids=lambda one: one.__name__,
)
def test_six_places_say_the_same(plant, capsys, tmp_path):
    ledger = plant()
    word, english, said = PLANTED[plant]
    found = decide(ledger)
    ledger["summary"]["decision"] = found
    assert label(found["word"]) == word
    assert counts(found, "zh") == said

    html = reports.render(
        carrying(ledger), neighbours=(None, None), files=dict.fromkeys(("figures.csv", "figures.xlsx"), b"-")
    )
    page = BeautifulSoup(html, "html.parser")
    first = page.select_one("#decision")
    assert first.select_one(".badge").get_text(" ", strip=True)[2:] == word
    assert [one.text.strip() for one in first.select(".counts li")] == said
    assert page.title.text.endswith(f" · {word}")
    assert re.search(rf'@top-right {{[^}}]*content: "{word}', html), "the head of each printed page"

    entry = Entry("2018-11", "2018-11-08", ledger["summary"]["status"], decision=found)
    row = BeautifulSoup(render_index([entry]), "html.parser").select_one("tbody tr")
    assert word in row.text
    assert all(line in row.text for line in said)

    show.ledger(ledger)
    told = capsys.readouterr().out
    assert told.splitlines()[-1].split(" (")[0] == word
    assert all(line in told.splitlines() for line in said)
    list(show.progress([Result("a", ledger["summary"]["status"], decision=found["word"])], 1))
    assert f"{word} ({english})" in capsys.readouterr().err

    record = run_record(ledger, {}, inputs=[], folder=tmp_path)
    assert label(word_of(record)) == word
    assert record["summary"]["decision"]["numbers"] == found["numbers"]


@pytest.mark.thorough
@pytest.mark.needs("chromium", "chinese-font", "pdftotext")
@pytest.mark.parametrize("plant", PLANTED, ids=lambda one: one.__name__)
def test_the_printed_page_says_it_too(plant, tmp_path):
    """Read off the PDF's own text: the head of every page, and on the first the counts and what is open."""
    ledger = plant()
    ledger["summary"]["decision"] = decide(ledger)
    word, _, said = PLANTED[plant]
    files = dict.fromkeys(("figures.csv", "figures.xlsx"), b"-")
    page = tmp_path / "page.html"
    page.write_text(reports.render(carrying(ledger), neighbours=(None, None), files=files), encoding="utf-8")
    print_pdf(page, tmp_path / "page.pdf")
    told = subprocess.run(["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True).stdout
    *pages, rest = ("".join(one.split()) for one in told.split("\f"))
    assert rest == ""
    assert [word in one for one in pages] == [True] * len(pages)
    other = {one for one, *_ in PLANTED.values()} - {word}
    assert not [one for one in pages if any(wrong in one for wrong in other)]
    assert all("".join(line.split()) in pages[0] for line in said)
    assert all(one["id"] in pages[0] for one in decide(ledger)["lines"] if one["kind"] in ("claim", "relation"))


def carrying(ledger):
    cell = nbformat.v4.new_code_cell("review")
    cell.outputs = [nbformat.v4.new_output("display_data", {LEDGER_MIME: ledger})]
    return nbformat.v4.new_notebook(cells=[cell])


def test_nothing_open_may_be_signed():
    found = decide(settled(BULLETIN))
    assert (label(found["word"]), found["lines"], found["more"]) == ("可签发", [], 0)
    assert label(decide(settled(CIRCULAR))["word"]) == "可签发"


@pytest.mark.parametrize("plant", PLANTED, ids=lambda one: one.__name__)
def test_counts_add_up(plant):
    found = decide(plant())
    for name in ("numbers", "relations"):
        states = dict(found[name])
        assert states.pop("all") == sum(states.values())
    assert sum(one["count"] for one in found["unheld"]) == found["numbers"]["unheld"]


def test_what_is_open_is_said_with_what_would_settle_it():
    (line,) = decide(unexplained())["lines"]
    assert line["text"]["zh"] == "C07 失辍学人数的减少应等于劝返复学人数：1048人对1915人，差-867人"
    assert "explanations.csv" in line["settle"]["zh"]
    (line,) = decide(late_county())["lines"]
    assert "巧家县" in line["text"]["zh"]
    (line,) = decide(broken_rule())["lines"]
    assert (line["kind"], line["text"]["en"]) == ("part", "rules: 2 to be done")


def test_five_lines_and_how_many_more():
    found = decide(wrong_number())
    assert (len(found["lines"]), found["more"]) == (5, 2)
    assert [one["id"] for one in found["lines"]] == ["F06", "F07", "F08", "C01", "C02a"]
    assert unheld(found, "zh").startswith("政策规定的常数，无需计算 10；")


def test_numbers_and_what_is_to_be_done_are_told_apart():
    found = decide(broken_rule())
    assert (label(found["word"]), label(found["checking"])) == ("签发前须说明", "可签发")
    found = decide(
        broken_rule() | {"relations": [next(one for one in unexplained()["relations"] if one["id"] == "C07")]}
    )
    assert found["checking"] == "decision_explain"
