"""The page a reviewer opens: it fetches nothing, is the same each time, links every number, and lets nothing run."""

import copy
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import nbformat
import pytest
from packages import ROOT

from zt_analysis import reports
from zt_analysis.drawing import Chart, theme
from zt_analysis.drawing.panels import Panel, draw
from zt_analysis.errors import NotebookError, ReportError
from zt_analysis.figures import both_languages, difference_unit
from zt_analysis.ledger import CHART_MIME, LEDGER_MIME
from zt_analysis.reports.escaping import anchors
from zt_analysis.reports.svg import inline
from zt_analysis.terms import label, vocabulary

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title>",
    "javascript:alert(1)",
    "a\u202eb",
]
AT, BASE = "2018-11-08", "2018-09-20"


def both(text):
    return {"zh": text, "en": text}


def figure(indicator, exact, shown, *, unit="persons", at=AT, stage=None, **more):
    scope = {"stage": stage} if stage else {}
    within = f"[stage={stage}]" if stage else ""
    return {
        "key": f"{indicator}{within}@{at}",
        "indicator": indicator,
        "at": at,
        "scope": scope,
        "label": {"zh": "劝返复学学生数", "en": "students returned"},
        "unit": unit,
        "exact": exact,
        "display": both(shown),
        "definition": {"zh": "已返校就读的学生。", "en": "Students back at school."},
        "formula": "distinct person_id",
        "null_rule": "no case gives 0",
        "source": "bulletin",
        "sql": ["SELECT COUNT(*) FROM \"cases\" WHERE a < 1 AND b = 'x'"],
        "tables": ["cases"],
        "parts": {
            "by": "county_code",
            "label": {"zh": "县区", "en": "county"},
            "rows": [{"code": "1", "label": {"zh": "甲县", "en": "County A"}, "exact": exact, "display": both(shown)}],
        },
        "rows": {"columns": ["case_id"], "rows": [["c1"], [None]], "total": 7},
    } | more


def claim(number, surface, key, verdict, **more):
    return {
        "claim": number,
        "surface": surface,
        "class": "statistic" if key else "policy",
        "headline": bool(key),
        "label": {"zh": "劝返复学", "en": "returned"},
        "paragraph": "6",
        "section": "lead",
        "figure": key,
        "printed": "1",
        "unit": "人",
        "computed": both("12人") if key else None,
        "verdict": verdict,
        "difference": "0" if key else None,
        "difference_unit": {"zh": "人", "en": " persons"} if key else {"zh": "", "en": ""},
        "reason": None if key else {"zh": "政策常数", "en": "set by policy"},
    } | more


def relation(name, status, *figures, **more):
    return {
        "id": name,
        "severity": "hard",
        "title": {"zh": "部分不大于总体", "en": "parts within the whole"},
        "statement": "parts <= whole",
        "left": "14",
        "operator": "≤",
        "right": "12",
        "imbalance": "2",
        "display": {side: both(f"{value}人") for side, value in (("left", 14), ("right", 12), ("imbalance", 2))},
        "unit": "persons",
        "status": status,
        "reason": None,
        "expires_on": None,
        "figures": list(figures),
        "breaking_rows": None,
    } | more


def sample(language="zh"):
    """A small ledger: four figures, three claims, two relations, two files."""
    returned = figure("returned_students", "12", "12人")
    rate = figure("out_of_school_rate", "1/200", "0.50%", unit="ratio", stage="primary")
    base = figure("out_of_school_rate", "1/100", "1.00%", unit="ratio", stage="primary", at=BASE)
    change = figure("out_of_school_rate_change", "-1/200", "-0.50个百分点", unit="ratio_change", stage="primary")
    file = {
        "name": "cases",
        "path": "cases.csv",
        "rows": 7,
        "sha256": "a" * 64,
        "declared_sha256": "a" * 64,
        "matches": True,
    }
    return {
        "schema": "zt-ledger/1",
        "case": {
            "kind": "bulletin",
            "case": "2018-11", "language": language, "issued_on": "2018-11-15", "issue_year": 2018, "issue_number": 11,
            "issue_total": 28, "as_of": AT, "base_on": BASE, "term": "2018-spring", "denominator": "school_age",
            "edition": "final", "package": "data/small", "title": {"zh": "教育简报", "en": "Education Bulletin"},
        },
        "package": {
            "name": "small", "path": "data/small", "title": "两张表", "synthetic": True,
            "files": [file, file | {"name": "schools", "path": "schools.csv"}],
        },
        "figures": [returned, base, rate, change],
        "verdicts": [
            claim("F01", "12人", returned["key"], "agree"),
            claim("F02", "0.5%", rate["key"], "agree_rounded", unit="%", computed=both("0.50%")),
            claim("F03", "7天", None, "explained"),
        ],
        "relations": [
            relation("C02", "holds", returned["key"], left="12"), relation("C01", "unexplained", returned["key"])
        ],
        "summary": {
            "status": "agrees", "claims": 3, "comparisons": 2,
            "verdicts": {"agree": 1, "agree_rounded": 1, "explained": 1},
            "relations": {"holds": 1, "unexplained": 1},
        },
    }  # fmt: skip


def chart(county="甲县"):
    title, names = f"{county}最多（8人）", (county, "乙县")
    svg = draw(title, names, [Panel("劝返复学", (8, 4), ("8", "4"), theme.BLUE)])
    rows = tuple(zip(names, ("8", "4"), strict=True))
    return Chart(
        "outcomes", title, "合计劝返复学12人", "人", "台账", ("县区", "劝返复学"), rows, svg
    )._repr_mimebundle_()


DRAWN = {}


def notebook(ledger, *bundles):
    """An executed notebook that carries a ledger and charts."""
    v4 = nbformat.v4
    if not bundles:
        DRAWN.setdefault("chart", chart())
        bundles = (DRAWN["chart"],)
    cells = [v4.new_markdown_cell("# 题目\n\n每个数字`核对`了吗？\n\n- 一\n- 二"), v4.new_code_cell("review = 1")]
    cells[1].outputs = [v4.new_output("display_data", {LEDGER_MIME: ledger})]
    cells += [v4.new_code_cell("chart", outputs=[v4.new_output("display_data", bundle)]) for bundle in bundles]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    return v4.new_notebook(cells=cells)


@pytest.fixture(scope="module")
def page():
    return reports.render(notebook(sample()))


class Seen(HTMLParser):
    """Elements, attributes and text of a page as a browser reads them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text, self.skip = [], "", 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.skip += tag in ("style", "script")

    def handle_endtag(self, tag):
        self.skip -= tag in ("style", "script")

    def handle_data(self, data):
        self.text += "" if self.skip else data

    def attributes(self, name):
        return [attrs[name] for _, attrs in self.tags if name in attrs]


def elsewhere(seen):
    """Where links lead that neither stay in the page nor are one of its downloads."""
    inside = ("#", "data:text/csv", "data:application/")
    return [target for target in seen.attributes("href") if not target.startswith(inside)]


@pytest.mark.slow
class TestOneFile:
    def test_nothing_is_fetched(self, page):
        without_namespace = page.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert "://" not in without_namespace
        assert re.findall(r"url\((?!data:font/woff;|#)", page) == []
        assert "@import" not in page
        seen = Seen(page)
        assert seen.attributes("src") == []
        assert {tag for tag, _ in seen.tags} & {"link", "iframe", "object", "embed", "img", "base"} == set()
        beside = "../2018-W45/report.html"  # the circular of the same day
        assert {one.partition("#")[0] for one in elsewhere(seen)} == {"../index.html", "../catalogue.html", beside}

    def test_only_the_own_script_may_run(self, page):
        policy = next(attrs["content"] for tag, attrs in Seen(page).tags if attrs.get("http-equiv"))
        assert "default-src 'none'" in policy
        assert "script-src 'sha256-" in policy
        assert page.count("<script") == 1

    def test_is_small(self, page):
        assert len(page.encode()) < 200_000

    def test_every_anchor_exists_once(self, page):
        seen = Seen(page)
        ids = seen.attributes("id")
        assert len(ids) == len(set(ids))
        assert {target[1:] for target in seen.attributes("href") if target.startswith("#")} <= set(ids)
        named = [one for words in seen.attributes("aria-labelledby") for one in words.split()]
        assert set(named) <= set(ids)

    def test_no_character_is_left_to_a_font_that_may_be_missing(self):
        ledger = sample()
        ledger["figures"][0]["parts"]["rows"][0]["label"]["zh"] = "\u9fa5\u3400县"
        with pytest.raises(ReportError, match=r"U\+3400.*found it in .*县.*Hint"):
            reports.render(notebook(ledger))


@pytest.mark.slow
@pytest.mark.parametrize(("language", "code"), [("zh", "zh-CN"), ("en", "en")])
def test_page_says_its_language(language, code):
    html = reports.render(notebook(sample(language)))
    assert f'<html lang="{code}">' in html
    assert ("Verification report" in html) == (language == "en")
    assert ("核对报告" in html) == (language == "zh")


@pytest.mark.slow
class TestReading:
    def test_synthetic_data_is_said_first(self, page):
        text = " ".join(Seen(page).text.split())
        assert text.index("合成数据") < text.index("核对报告")

    def test_real_data_is_not_called_synthetic(self):
        ledger = sample()
        ledger["package"]["synthetic"] = False
        assert "合成" not in Seen(reports.render(notebook(ledger))).text

    def test_parts_come_in_the_order_a_reader_expects(self, page):
        parts = [
            "summary",
            "headline",
            "section-returns",
            "section-teaching",
            "claims",
            "relations",
            "quality",
            "method",
            "provenance",
        ]
        places = [page.index(f'<section id="{part}"') for part in parts]
        assert places == sorted(places)

    def test_summary_is_made_of_figures(self, page):
        summary = page[page.index('<section id="summary"') : page.index('<section id="headline"')]
        assert "劝返复学" not in summary, "a sentence that lacks a figure is not said"
        assert '本期<data value="3">3</data>个公布数中，<data value="2">2</data>个一致' in summary

    def test_change_since_the_base_date_stands_with_the_rate(self, page):
        table = page[page.index('<section id="headline"') : page.index('<section id="section-returns"')]
        assert 'data-figure="out_of_school_rate_change[stage=primary]@2018-11-08">−0.50个百分点' in table

    def test_what_does_not_add_up_stands_with_its_theme(self, page):
        found = page.index('id="relation-C01"')
        assert page.rindex('<section id="', 0, found) == page.index('<section id="section-returns"')
        assert '<article class="finding' in page[found - 40 : found]
        assert page.index('<section id="relations"') < page.index('<tr id="relation-C02"'), "what holds is folded there"

    def test_verdict_has_sign_colour_and_word(self, page):
        assert '<span class="badge good"><span aria-hidden="true">✓</span> 一致</span>' in page

    def test_no_digit_of_the_prose_is_untagged(self, page):
        main = page[page.index("<main") : page.index('<section id="claims"')]
        prose = "".join(re.findall(r'<p(?: class="lead")?>.*?</p>', main, re.DOTALL))
        bare = re.sub(r"<(data|time)\b.*?</\1>", "", prose, flags=re.DOTALL)
        assert re.findall(r"\d", re.sub(r"<[^>]*>", "", bare)) == []

    def test_chart_has_words_number_and_data(self, page):
        svg = re.search(r"<svg[^>]*>", page[page.index("<figure") :])[0]
        assert 'role="img"' in svg
        assert "合计劝返复学12人" in svg
        assert "<b>图 1</b>" in page
        assert '<th scope="row">甲县<td class="num">8' in page

    def test_code_and_text_of_the_notebook_are_kept(self, page):
        assert "<code>核对</code>了吗" in page
        assert "<pre><code>review = 1</code></pre>" in page


@pytest.mark.slow
class TestTwoClicks:
    def test_every_number_leads_to_a_card(self, page):
        seen = Seen(page)
        # a date after the first of its figure is a column of the card
        cards = {
            attrs["id"] for tag, attrs in seen.tags if tag in ("article", "th") and "figure-" in attrs.get("id", "")
        }
        ledger = sample()
        known = anchors("figure", [one["key"] for one in ledger["figures"]])
        assert cards == set(known.values())
        assert "figure-out_of_school_rate-stage-primary-2018-11-08" in cards
        tagged = [attrs for tag, attrs in seen.tags if tag == "data" and attrs.get("class") == "figure"]
        assert {attrs["data-figure"] for attrs in tagged} == set(known)
        exact = {one["key"]: one["exact"] for one in ledger["figures"]}
        assert all(attrs["value"] == exact[attrs["data-figure"]] for attrs in tagged)

    def test_printed_and_computed_numbers_link(self, page):
        row = re.search(r'<tr id="claim-F01"[^>]*>.*?\n', page)[0]
        assert row.count('href="#figure-returned_students-2018-11-08"') == 3

    def test_card_links_back(self, page):
        card = page[page.index('<article class="card" id="figure-returned_students') :]
        card = card[: card.index("</article>")]
        for target in ("#claim-F01", "#relation-C01", "#headline", "#files"):
            assert f'href="{target}"' in card
        assert "WHERE a &lt; 1 AND b = 'x'" in card
        assert f">{'a' * 12}<" in card
        assert "a" * 64 in page
        assert "<td>c1" in card
        assert "分县区数来自合成的演示数据，不是事实" in card

    def test_a_figure_without_value_says_so(self):
        ledger = sample()
        ledger["figures"][2] |= {"exact": None, "display": both("—"), "parts": None, "rows": None}
        assert "无法计算" in reports.render(notebook(ledger))

    def test_a_figure_that_is_not_there_is_an_error(self):
        ledger = sample()
        ledger["verdicts"][0]["figure"] = "gone@2018-11-08"
        with pytest.raises(ReportError, match=r"gone@2018-11-08.*no such figure"):
            reports.render(notebook(ledger))

    def test_keys_with_one_slug_get_two_anchors(self):
        assert anchors("figure", ["a[b]", "a-b"]) == {"a[b]": "figure-a-b", "a-b": "figure-a-b--2"}


@pytest.mark.slow
class TestNotToBeSigned:
    def test_differing_claim_and_relation_are_named_with_the_difference(self):
        ledger = sample()
        ledger["verdicts"][0] |= {"verdict": "differs", "difference": "2", "surface": "10人"}
        ledger["relations"][1] |= {"status": "fails"}
        ledger["summary"] |= {"status": "differs"}
        html = reports.render(notebook(ledger))
        alarm = html[html.index('class="decision alarm bad"') : html.index("<main")]
        text = re.sub(r"<[^>]*>", "", alarm)
        assert "F01 劝返复学 不一致：公布 10人，计算 12人，差额 +2人。" in text
        assert "C01 部分不大于总体 不成立：14人 ≤ 12人，差额 2人。" in text
        assert 'data-figure="returned_students@2018-11-08"' in alarm

    def test_a_run_from_before_files_could_be_unregistered(self):
        ledger = sample()
        assert "registered" not in ledger["package"]["files"][0]
        ledger["package"]["files"][0] |= {"matches": None}
        page = reports.render(notebook(ledger))
        assert ("在数据库中" in page, "未登记" in page) == (True, False)

    def test_changed_file_is_named(self):
        ledger = sample()
        ledger["package"]["files"][1] |= {"sha256": "b" * 64, "matches": False}
        ledger["summary"] |= {"status": "inputs_changed"}
        html = reports.render(notebook(ledger))
        assert "schools.csv" in html[html.index('class="decision alarm bad"') : html.index("<main")]
        assert html.index('<th scope="row">schools') < html.index('<th scope="row">cases<')

    def test_an_issue_with_nothing_wrong_has_no_alarm(self, page):
        assert 'role="alert"' not in page

    def test_the_title_and_every_printed_page_say_the_word(self, page):
        assert "<title>教育简报 2018年第11期（总第28期） · 签发前须说明</title>" in page
        assert re.search(r'@top-right \{[^}]*content: "签发前须说明"', page)

    def test_failed_run_says_what_where_and_what_holds(self):
        failed = notebook(sample())
        failed.cells[1].outputs = [
            nbformat.v4.new_output(
                "error", ename="SourceError", evalue="cases.csv, row 3 <b>", traceback=["secret/path"]
            )
        ]
        html = reports.render_failure(
            "2018-11", {"name": "SourceError", "message": "cases.csv, row 3 <b>. Hint"}, failed
        )
        text = " ".join(Seen(html).text.split())
        for words in (
            "运行失败",
            "2018-11",
            "单元格 2",
            "SourceError",
            "cases.csv, row 3 <b>",
            "没有替换任何结果",
            "不能签发",
        ):
            assert words in text
        assert "secret" not in html
        assert "://" not in html

    def test_failed_run_leads_to_its_cell_and_files(self):
        failed = notebook(sample())
        failed.cells[1].outputs = [nbformat.v4.new_output("error", ename="E", evalue="x", traceback=[])]
        links = [("problems.csv", "problems.csv"), ("before", "../2018-11/report.html")]
        seen = Seen(reports.render_failure("2018-11", {"name": "E", "message": "x"}, failed, links=links))
        leads = set(seen.attributes("href"))
        assert {"problems.csv", "../2018-11/report.html", "../index.html", "#failed-cell-2"} <= leads
        assert "failed-cell-2" in seen.attributes("id")

    def test_failed_run_without_a_failed_cell(self):
        html = reports.render_failure("2018-11", {"name": "ReportError", "message": "no <font>"}, notebook(sample()))
        assert "no &lt;font&gt;" in html

    def test_stripped_notebook_is_refused(self):
        with pytest.raises(NotebookError, match="0 outputs"):
            reports.render(nbformat.v4.new_notebook(cells=[]))


@pytest.mark.slow
class TestHostileText:
    @pytest.fixture(scope="class")
    @classmethod
    def hostile(cls):
        """Every text of the ledger a reader could meet, and a chart's county, made hostile."""
        text = " ".join(HOSTILE)
        ledger = sample()
        for one in ledger["figures"]:
            one |= {
                "label": both(text),
                "definition": both(text),
                "formula": text,
                "sql": [text],
                "key": one["key"] + text,
            }
            one["parts"]["rows"][0]["label"] = both(text)
            one["rows"] = {"columns": [text], "rows": [[text]], "total": 1}
        for one in ledger["verdicts"]:
            one |= {"label": both(text), "surface": text, "reason": both(text), "figure": None}
        for one in ledger["relations"]:
            one |= {
                "title": both(text),
                "figures": [],
                "breaking_rows": {"columns": [text], "rows": [[text]], "total": 1},
            }
        ledger["case"] |= {"denominator": text, "title": both(text), text: text}
        ledger["package"]["files"][0] |= {"path": text}
        executed = notebook(ledger, chart(text))
        executed.cells[0].source = f"# {text}\n\n[{text}]({HOSTILE[3]}) `{text}`"
        return reports.render(executed)

    def test_nothing_becomes_an_element_or_an_attribute(self, hostile):
        seen = Seen(hostile)
        tags = [tag for tag, _ in seen.tags]
        assert tags.count("script") == tags.count("style") == tags.count("title") == 1
        assert "img" not in tags
        assert [name for _, attrs in seen.tags for name in attrs if name.startswith("on")] == []
        beside = "../2018-W45/report.html"  # the circular of the same day
        assert {one.partition("#")[0] for one in elsewhere(seen)} == {"../index.html", "../catalogue.html", beside}

    def test_it_is_all_there_as_text(self, hostile):
        text = Seen(hostile).text
        for one in HOSTILE[:4]:
            assert text.count(one) > 10
        assert "a〈U+202E〉b" in text
        assert "\u202e" not in hostile

    def test_a_drawing_is_let_through_and_nothing_else(self):
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            'viewBox="0 0 9 9" onload="x()">'
            "<style>*{display:none}</style><script>x()</script><foreignObject/><metadata>m</metadata>"
            '<g id="a" onclick="x()"><path d="M0 0" style="fill: url(https://e.example/x)"/><use xlink:href="#a"/>'
            '<use xlink:href="https://e.example/#a"/><rect clip-path="url(#a)" width="1"/></g></svg>'
        )
        assert inline(svg, "c1", 'say "it"') == (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img" aria-label=\'say "it"\' '
            'stroke-linejoin="round" stroke-linecap="butt"><g id="c1-a"><path d="M0 0"/><use href="#c1-a"/><use/>'
            '<rect clip-path="url(#c1-a)" width="1"/></g></svg>'
        )

    @pytest.mark.parametrize("svg", ["<svg", "<html/>", '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'])
    def test_what_is_no_drawing_is_an_error(self, svg):
        with pytest.raises(ReportError, match="chart c1"):
            inline(svg, "c1", "")


@pytest.mark.slow
class TestSameBytes:
    @pytest.mark.thorough
    def test_in_any_process_and_through_nbconvert(self, tmp_path, page):
        path = tmp_path / "executed.ipynb"
        nbformat.write(notebook(sample()), path)
        program = (
            "import json, sys; from zt_analysis import reports;"
            "sys.stdout.buffer.write(reports.render(json.load(open(sys.argv[1], encoding='utf-8'))).encode())"
        )
        command = [sys.executable, "-c", program, str(path)]
        for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York")):
            environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
            found = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
            assert hashlib.sha256(found).hexdigest() == hashlib.sha256(page.encode()).hexdigest()
        words = ["nbconvert", "--to", "zt_report", str(path), "--output-dir", str(tmp_path)]
        subprocess.run(
            [sys.executable, "-m", *words], env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=True
        )
        assert (tmp_path / "executed.html").read_text(encoding="utf-8") == page

    def test_rendering_changes_nothing(self):
        executed = notebook(sample())
        before = copy.deepcopy(executed)
        reports.render(executed)
        assert executed == before

    @pytest.mark.thorough
    def test_rendering_imports_no_nbconvert(self, tmp_path):
        path = tmp_path / "executed.json"
        path.write_text(json.dumps(notebook(sample())), encoding="utf-8")
        program = (
            "import json, sys; from zt_analysis import reports; reports.render(json.load(open(sys.argv[1])));"
            "print([m for m in ('nbconvert', 'matplotlib', 'pandas', 'ibis') if m in sys.modules])"
        )
        result = subprocess.run(
            [sys.executable, "-c", program, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert result.stdout.strip() == "[]"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "unit", "shown"),
    [
        ("zh", "万元", "133715.32万元"), ("zh", "亿元", "13.371532亿元"), ("zh", "元", "1337153200.00元"),
        ("en", "万元", "133,715.32 ×10,000 yuan"), ("en", "元", "1,337,153,200.00 yuan"),
    ],
)  # fmt: skip
def test_a_row_about_a_printed_number_has_one_unit_of_money(language, unit, shown):
    ledger = sample(language)
    display = both_languages(133715320000, "fen")
    funds = figure("funds_allocated", "133715320000", "", unit="fen", display=display)
    funds["parts"]["rows"][0]["display"] = both("")
    ledger["figures"].append(funds)
    ledger["verdicts"] = [
        claim("F26", f"13.37{unit}", funds["key"], "agree", unit=unit, computed=display, difference="0.5",
              difference_unit=difference_unit(unit))
    ]  # fmt: skip
    seen = reports.render(notebook(ledger))
    row = re.sub("<[^>]+>", " ", seen[seen.index('id="claim-') :][:1800])
    assert shown in row
    assert f"+0.5{difference_unit(unit)[language]}" in row


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_rows_have_titles_units_and_words_for_codes(language):
    ledger = sample(language)
    said = {"amount_fen": {"title": "金额", "unit": "fen"}, "stage": {"title": "学段", "coded": True},
            "note": {"title": "备注"}}  # fmt: skip
    rows = {"columns": list(said), "rows": [[120, "primary", "primary"]], "total": 1, "said": said}
    ledger["figures"][0]["rows"] = rows
    seen = reports.render(notebook(ledger))
    assert ("金额（分）" in seen) == (language == "zh")
    assert ("amount_fen (fen)" in seen) == (language == "en")
    shown = label("primary", language)
    assert f'<td class="num">120<td>{shown}<td>primary' in seen, "a code in words, free text as it is"


def test_words_of_the_page_are_all_used():
    folder = ROOT / "zt_analysis" / "reports"
    sources = [path for path in folder.rglob("*") if path.suffix in (".py", ".j2")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    # said by other layers
    dated = "section|term|issued_on|as_of|base_on|edition|since_(opened|closed|expired)"
    made = rf"page_({dated})|notice_|whatif_|sign_(maker|checker)"
    unused = [
        key
        for key, term in vocabulary().items()
        if term.group == "page" and key not in text and not re.match(made, key)
    ]
    assert unused == []


@pytest.mark.slow
def test_charts_bundle_is_what_the_page_reads():
    assert set(chart()[CHART_MIME]) == {"key", "title", "alt", "unit", "source", "columns", "rows", "missing"}
