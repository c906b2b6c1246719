"""Numbers as a person reads them: a minus that is one, a sign where something moved, no change that is called 0."""

import copy
import io
import json
import re
from fractions import Fraction

import nbformat
import openpyxl
import pytest
from bs4 import BeautifulSoup
from packages import ROOT

from zt_analysis import reports
from zt_analysis.checks.part import difference
from zt_analysis.figures import both_languages
from zt_analysis.ledger import LEDGER_MIME
from zt_analysis.numbers import read_numbers
from zt_analysis.reports.downloads import figures_csv, figures_xlsx
from zt_analysis.show.papers import decided

pytestmark = pytest.mark.slow  # it renders whole pages

BULLETIN, WEEK = (
    json.loads((ROOT / "outputs" / case / "figures.json").read_text(encoding="utf-8"))
    for case in ("2018-11", "2018-W45")
)  # fmt: skip
HYPHEN = re.compile(r"(?<![0-9A-Za-z_./−-])-\d")


def page_of(ledger):
    cell = nbformat.v4.new_code_cell("x = -1")
    cell.outputs = [nbformat.v4.new_output("display_data", {LEDGER_MIME: ledger})]
    html = reports.render(nbformat.v4.new_notebook(cells=[cell]), neighbours=())
    return html, BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize("ledger", [BULLETIN, WEEK], ids=["bulletin", "circular"])
@pytest.mark.part(2)
def test_no_hyphen_stands_for_a_minus(ledger):
    html, page = page_of(ledger)
    assert page.select('data[value^="-"]'), "what a program reads keeps its hyphen"
    assert "x = -1" in html, "code is quoted as it is"
    for aside in page.select("code, pre, script, style, table.raw"):
        aside.extract()
    assert HYPHEN.findall(page.get_text(" ")) == []
    assert "−" in page.get_text()
    assert "−" not in figures_csv(ledger).decode("utf-8-sig"), "a machine's file has the hyphen"


def imbalance(page, relation):
    row = page.select_one(f"#relation-{relation['id']}")
    if row.name == "article":  # what is open stands in the section of its figures
        return row.p.get_text()
    # cells are not closed, so each holds those after it: its own text is the first
    return next(row.select("td")[5].strings)


@pytest.mark.thorough
def test_a_bound_that_is_kept_leaves_no_difference_of_nothing():
    _, page = page_of(BULLETIN)
    bounds = [one for one in BULLETIN["relations"] if one["operator"] in ("<", ">", "≤", "≥") and one["left"]]
    kept = [one for one in bounds if one["imbalance"] == "0"]
    assert kept
    for one in kept:
        assert imbalance(page, one) == "—"


@pytest.mark.thorough
def test_what_is_apart_is_not_called_nothing():
    ledger = copy.deepcopy(BULLETIN)
    one = next(one for one in ledger["relations"] if one["unit"] == "ratio" and one["left"])
    one |= {"operator": "=", "imbalance": "1/25000", "status": "fails", "display": one["display"] | {
        "imbalance": both_languages(Fraction(1, 25000), "ratio")}}  # fmt: skip
    _, page = page_of(ledger)
    assert "差额 0.004%" in imbalance(page, one)


@pytest.mark.thorough
def test_a_rate_that_hardly_moved_is_told_from_what_it_was():
    ledger = copy.deepcopy(WEEK)
    stage = {"stage": "primary"}
    base_on = ledger["case"]["base_on"]
    for one in ledger["figures"]:
        if one["indicator"] == "out_of_school_rate" and one["scope"] == stage:
            exact = Fraction(714, 10**6) if one["at"] == base_on else Fraction(700, 10**6)
            one |= {"exact": str(exact), "display": both_languages(exact, "ratio")}
            assert one["display"]["zh"] == "0.07%"
    _, page = page_of(ledger)
    assert "小学失辍学率由0.071%变为0.070%" in page.select_one("#section-rates").get_text()


def test_a_rise_has_its_sign():
    assert difference(150, "persons")["display"] == {"zh": "+150人", "en": "+150 persons"}
    assert difference(0, "persons")["display"]["zh"] == "0人"
    assert difference(None, "persons")["display"]["zh"] == "—"
    ledger = copy.deepcopy(WEEK)
    change = next(one for one in ledger["figures"] if one["key"] == "out_of_school_change@2018-11-01/2018-11-08")
    change |= {"exact": "12", "display": both_languages(12, "persons")}
    _, page = page_of(ledger)
    assert "较上周+12人" in page.select_one("#section-flows").get_text()


@pytest.mark.parametrize("ledger", [BULLETIN, WEEK], ids=["bulletin", "circular"])
def test_a_spreadsheet_can_add_the_figures_up(ledger):
    sheet = openpyxl.load_workbook(io.BytesIO(figures_xlsx(ledger))).active
    head, *rows = sheet.iter_rows(values_only=True)
    value, exact, unit = (head.index(name) for name in ("value", "exact", "unit"))
    assert all(isinstance(row[value], (int, float)) for row in rows if row[exact])
    counted = [row for row in rows if row[unit] == "persons"]
    assert sum(row[value] for row in counted) == sum(int(row[exact]) for row in counted) > 0
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_the_terminal_says_minus(capsys):
    decided(BULLETIN)
    said = capsys.readouterr().out
    assert "差−867人" in said
    assert HYPHEN.findall(said) == []


@pytest.mark.parametrize("text", ["增长−0.32%", "较上周−230人", "为−5.1%"])
def test_a_written_minus_is_read_back(text):
    """What is printed with a minus sign is the number that it is with a hyphen."""
    with_hyphen = read_numbers(text.replace("−", "-"))
    assert [one.value for one in read_numbers(text)] == [one.value for one in with_hyphen] != []
