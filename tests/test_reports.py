"""The report: one file, the same bytes each time, nothing from outside, nothing from data that acts."""

import json
import os
import re
import subprocess
import sys

import matplotlib as mpl
import nbformat
import pandas as pd
import pytest
from packages import ROOT

from zt_analysis import reports
from zt_analysis.errors import NotebookError, ReportError
from zt_analysis.ledger import LEDGER_MIME, failures, from_notebook
from zt_analysis.reports import charts, theme
from zt_analysis.reports.escaping import inline_svg

REFERENCE = ROOT / "outputs" / "2018-11" / "bulletin.ipynb"
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)></style>javascript:alert(1)\u202eabc'


@pytest.fixture
def notebook():
    return nbformat.read(REFERENCE, 4)


@pytest.fixture(scope="module")
def page():
    return reports.render(nbformat.read(REFERENCE, 4))


def ledger_of(notebook):
    return next(
        o["data"][LEDGER_MIME] for c in notebook.cells for o in c.get("outputs", []) if LEDGER_MIME in o.get("data", {})
    )


def test_loads_nothing_from_outside(page):
    assert not re.findall(
        r'(?:src|href|action)\s*=\s*["\']?(?!#)(?!data:)[^"\'>\s]+', page.replace("xlink:href", "href")
    )
    assert "@import" not in page
    assert set(re.findall(r"url\(([^)]{1,5})", page)) <= {"data:", *re.findall(r"url\((#[^)]{1,4})", page)}
    assert set(re.findall(r"https?://[a-z0-9./-]+", re.sub(r'xmlns(:\w+)?="[^"]*"', "", page))) == set()


def test_is_small_and_whole(page):
    assert len(page.encode()) < 500_000
    assert page.startswith("<!DOCTYPE html>")
    assert page.rstrip().endswith("</html>")
    assert '<html lang="zh-CN">' in page


def test_every_link_of_a_figure_has_its_card(page):
    linked = set(re.findall(r'class="figure" href="#([^"]+)"', page))
    cards = re.findall(r'<article class="card" id="([^"]+)"', page)
    assert len(linked) >= 30
    assert len(cards) == len(set(cards)) == 42
    assert linked <= set(cards)


def test_two_steps_to_the_sql(page):
    (card,) = re.findall(
        r'<a class="figure" href="#([^"]+)"><data value="133715320000"[^>]*>133715\.32万元</data>', page
    )[:1]
    article = page.split(f'<article class="card" id="{card}">')[1].split("</article>")[0]
    assert "SUM" in article
    assert "fund_allocations.csv" in article


def test_synthetic_banner_comes_first(page):
    body = page.split("<body")[1]
    assert body.index('class="banner"') < body.index("<h1>")
    assert "合成" in body[: body.index("<h1>")]


def test_same_bytes_in_another_process_time_zone_and_hash_seed():
    code = (
        "import nbformat, hashlib; from zt_analysis import reports; "
        f"print(hashlib.sha256(reports.render(nbformat.read({str(REFERENCE)!r}, 4)).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }
    assert len(found) == 1


def test_nbconvert_gives_the_same_file(tmp_path, page):
    command = ["jupyter", "nbconvert", "--to", "zt_report", str(REFERENCE), "--output-dir", str(tmp_path)]
    subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True)
    assert (tmp_path / "bulletin.html").read_text(encoding="utf-8") == page


def test_text_from_data_is_inert(notebook):
    clean, ledger = reports.render(notebook), ledger_of(notebook)
    ledger["verdicts"][5]["surface"] = HOSTILE
    ledger["figures"][0]["by_county"][0]["label"]["zh"] = HOSTILE
    ledger["package"]["files"][0]["path"] = HOSTILE
    ledger["case"]["note"] = HOSTILE
    page = reports.render(notebook)
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert page.count("〈U+202E〉") >= 4
    assert page.count("</style>") == clean.count("</style>")


def test_hostile_alternative_text_stays_an_attribute():
    svg = inline_svg('<svg width="1pt" height="2pt" id="a"><use xlink:href="#b"/></svg>', "k", 'x" onload="alert(1)')
    assert 'onload="' not in svg
    assert 'id="k-a"' in svg
    assert 'xlink:href="#k-b"' in svg
    assert 'role="img"' in svg


def test_a_difference_stands_at_the_top_in_words(notebook):
    ledger = ledger_of(notebook)
    ledger["summary"]["status"] = "differs"
    ledger["verdicts"][5] |= {
        "verdict": "differs",
        "difference": "-1",
        "computed": {"zh": "1914人", "en": "1,914 persons"},
    }
    page = reports.render(notebook)
    banner = page.split('role="alert"')[1].split("</section>")[0]
    assert "F06" in banner
    assert "1914人" in banner
    assert "-1" in banner
    assert failures(ledger, "en")[0].startswith("F06 students persuaded back to school: differs; printed 1915人")


def test_english_page(notebook):
    ledger = ledger_of(notebook)
    ledger["case"]["language"] = "en"
    page = reports.render(notebook)
    assert '<html lang="en">' in page
    assert "1,915 persons" in page
    assert "Headline figures" in page


def test_notebook_without_ledger_is_refused(notebook):
    for cell in notebook.cells:
        cell.pop("outputs", None)
    with pytest.raises(NotebookError, match="found 0 outputs"):
        from_notebook(notebook)


def test_failure_page_names_cell_and_error(notebook):
    failed = next(cell for cell in notebook.cells if cell.cell_type == "code" and "review" in cell.source)
    failed.outputs = [{"output_type": "error", "ename": "E", "evalue": "x", "traceback": []}]
    page = reports.render_failure("2018-11", {"name": "NotebookError", "message": "<b>no</b>"}, notebook)
    assert "&lt;b&gt;no&lt;/b&gt;" in page
    assert "zt.review(issue, tables)" in page
    assert 'role="alert"' in page


FRAME = pd.DataFrame([["预算", 10], ["支出", 4]], columns=["item", "amount_10k_yuan"])


def test_chart_is_text_and_the_same_each_time():
    first, second = (charts.allocation_and_spending(FRAME) for _ in range(2))
    assert first.svg == second.svg
    assert "预算" in first.svg
    assert "40.00" in first.title
    assert json.dumps(first._repr_mimebundle_())


def test_missing_glyph_is_an_error():
    with pytest.raises(ReportError, match="Glyph"):
        charts.allocation_and_spending(FRAME.assign(item=["预算", "\U00020000"]))


def test_readers_settings_are_left_alone():
    before = dict(mpl.rcParams)
    with theme.house():
        assert mpl.rcParams["font.family"][0] == "Noto Sans SC"
    assert dict(mpl.rcParams) == before
