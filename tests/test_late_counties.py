"""A county's file that is not there: refused, or published without by the case's declared policy, and said so."""

import csv
import json
import re
import shutil

import jsonschema
import pytest
from click.testing import CliRunner
from packages import ROOT, SHIPPED, add_office, link
from test_sources_yml import SOURCES
from workbooks import fund_rows, write_county_workbooks

import zt_analysis
from zt_analysis import notebooks, params, reports
from zt_analysis.checks.partial import mark
from zt_analysis.cli.entry import zt
from zt_analysis.errors import InputError, SourceError
from zt_analysis.ledger import LEDGER_MIME
from zt_analysis.reports.index_page import Entry, render_index
from zt_analysis.runs import build_index, run
from zt_analysis.runs.completion import moved_since
from zt_analysis.runs.record import read_record, write_record
from zt_analysis.show.papers import completed
from zt_analysis.sources import open_package
from zt_analysis.sources.sources_yml import Source, with_expected

LATE = "镇雄县"


@pytest.fixture(scope="module")
def late_package(tmp_path_factory):
    """A project whose fund allocations come from eleven files, that of one county among them."""
    root = tmp_path_factory.mktemp("late")
    (root / "params").mkdir()
    (root / "notebooks").symlink_to(ROOT / "notebooks")
    add_office(root)
    text = (ROOT / "params" / "2018-11.yml").read_text(encoding="utf-8")
    (root / "params" / "2018-11.yml").write_text(text + 'late: "publish_without"\n', encoding="utf-8")
    shutil.copytree(ROOT / "papers", root / "papers")
    package = root / "data" / "zhaotong-2018"
    shutil.copytree(SHIPPED, package, copy_function=link)
    (package / "fund_allocations.csv").unlink()
    (package / "sources.yml").write_text(SOURCES, encoding="utf-8")
    write_county_workbooks(package / "submissions/funds", fund_rows(SHIPPED))
    return root


def late_file(root):
    return next((root / "data/zhaotong-2018/submissions/funds").glob(f"*{LATE}*"))


@pytest.fixture(scope="module")
def late_project(late_package):
    """Run without the county's file, then with it."""
    root, late = late_package, late_file(late_package)
    kept = late.rename(root / late.name)
    first = run("2018-11", root, engine="warm")
    shutil.copytree(root / "outputs", root / "first")
    kept.rename(late)
    return root, first, run("2018-11", root, engine="warm")


def figure(done, indicator):
    return next(one for one in done.ledger["figures"] if (one["indicator"], one["scope"]) == (indicator, {}))


@pytest.mark.thorough
@pytest.mark.slow
class TestPublishedWithout:
    def test_it_is_partial_and_no_green(self, late_project):
        _, first, _ = late_project
        assert (first.record["status"], first.exit_code) == ("partial", 1)
        assert first.record["summary"]["missing"] == [LATE]
        assert first.ledger["package"]["quality"]["missing"] == [
            {
                "table": "fund_allocations", "by": "county_code", "code": "530627", "name": LATE,
                "name_en": "Zhenxiong County",
            }
        ]  # fmt: skip

    def test_the_figure_says_so(self, late_project):
        root, first, _ = late_project
        rows = fund_rows(SHIPPED)
        found = figure(first, "funds_allocated")
        assert int(found["exact"]) == sum(int(row["amount_fen"]) for row in rows if row["county_code"] != "530627")
        assert found["missing"] == [LATE]
        assert found["display"]["zh"].endswith("（部分）")
        (own,) = (part for part in found["parts"]["rows"] if part["code"] == "530627")
        assert (own["exact"], own["display"]["zh"]) == (None, "未报")
        assert "missing" not in figure(first, "aid_paid")
        with (root / "first/2018-11/figures.csv").open(encoding="utf-8-sig") as file:
            cells = {row["key"]: row for row in csv.DictReader(file)}
        assert (cells[found["key"]]["missing"], cells[figure(first, "aid_paid")["key"]]["missing"]) == (LATE, "")

    def test_nothing_is_judged_of_the_whole(self, late_project):
        _, first, last = late_project
        partial = {one["key"] for one in first.ledger["figures"] if one.get("missing")}
        judged = {one["claim"]: one["verdict"] for one in first.ledger["verdicts"] if one["figure"] in partial}
        assert judged
        assert set(judged.values()) == {"incomplete"}
        assert first.record["summary"]["verdicts"]["incomplete"] == len(judged)
        assert first.record["summary"]["comparisons"] == last.record["summary"]["comparisons"] - len(judged)
        touched = {one["id"]: one["status"] for one in first.ledger["relations"] if partial & set(one["figures"])}
        assert touched
        assert set(touched.values()) == {"incomplete"}
        assert all(one["breaking_rows"] is None for one in first.ledger["relations"] if one["status"] == "incomplete")
        whole = {one["id"]: one["status"] for one in last.ledger["relations"]}
        same = {one["id"]: one["status"] for one in first.ledger["relations"] if one["status"] != "incomplete"}
        assert same.items() <= whole.items()
        assert len(same) > 20

    def test_report_card_and_index_say_so(self, late_project):
        root, first, _ = late_project
        page = (root / "first/2018-11/report.html").read_text(encoding="utf-8")
        assert "表fund_allocations缺报：镇雄县" in page
        cards = re.findall(r'<article class="card".*?</article>', page, re.S)
        partial = [card for card in cards if f"缺报县区<dd><b>{LATE}</b>" in card]
        late = [one["key"] for one in first.ledger["figures"] if one.get("missing")]
        assert late
        assert all(any(f'data-figure="{key}"' in card for card in partial) for key in late)
        assert all("（部分）" in card for card in partial)
        assert page.count("图中数为部分数") > 0
        index = build_index(root, root / "first").read_text(encoding="utf-8")
        assert f"缺报县区：{LATE}" in index
        assert "不可签发" in index
        decision = first.record["summary"]["decision"]
        assert decision["word"] == "decision_refused"
        assert LATE in decision["lines"][0]["text"]["zh"]
        late = sum(one["verdict"] == "incomplete" for one in first.ledger["verdicts"])
        assert decision["numbers"]["late"] == late > 0
        assert f'<data value="{late}">{late}</data> 缺报未核' in index

    def test_its_text_says_so(self, late_project):
        """A number of the text that lacks a county is not proven, and says that it is partial."""
        root, first, last = late_project
        part, whole = (
            next(
                run
                for block in done.ledger["text"]["blocks"]
                for run in block["runs"]
                if run.get("figure") == "funds_allocated@2018-11-08"
            )
            for done in (first, last)
        )
        assert (part["text"].endswith("万元（部分）"), part["number"]) == (True, "open")
        assert (whole["text"], whole["number"]) == ("133715.32万元", "proven")
        page = (root / "first/2018-11/report.html").read_text(encoding="utf-8")
        assert f'>{part["text"]}</data><span aria-hidden="true">？</span>' in page

    def test_the_record_fits_its_schema(self, late_project):
        root, *_ = late_project
        schema = json.loads((ROOT / "zt_analysis/runs/run.schema.json").read_text(encoding="utf-8"))
        for folder in ("first", "outputs"):
            jsonschema.validate(read_record(root / folder / "2018-11"), schema)


@pytest.mark.thorough
@pytest.mark.slow
class TestWhenItArrives:
    def test_all_agrees_again(self, late_project):
        _, _, last = late_project
        assert (last.record["status"], last.exit_code) == ("agrees", 0)
        reference = json.loads((ROOT / "outputs/2018-11/figures.json").read_text(encoding="utf-8"))
        assert [(one["key"], one["exact"]) for one in last.ledger["figures"]] == [
            (one["key"], one["exact"]) for one in reference["figures"]
        ]

    def test_what_moved_is_said(self, late_project):
        root, first, last = late_project
        moved = last.record["moved"]
        assert (moved["missing"], moved["arrived"]) == ([LATE], [LATE])
        found = {one["key"]: one for one in moved["figures"]}
        key = figure(last, "funds_allocated")["key"]
        assert found[key]["before"] == figure(first, "funds_allocated")["display"]
        assert found[key]["now"] == figure(last, "funds_allocated")["display"]
        assert figure(last, "aid_paid")["key"] not in found
        page = (root / "outputs/2018-11/report.html").read_text(encoding="utf-8")
        assert 'id="moved"' in page
        assert found[key]["before"]["zh"] in page


@pytest.mark.slow
@pytest.mark.parametrize("altered", ["{", None, "another"])
@pytest.mark.part(3)
def test_it_arrives_though_what_was_published_is_altered(tmp_path, capsys, altered):
    """The run goes on, and says in record, page and on the terminal that what moved cannot be told."""
    shipped, folder = ROOT / "outputs" / "2018-W45", tmp_path / "2018-W45"
    shutil.copytree(shipped, folder)
    now = json.loads((shipped / "figures.json").read_text(encoding="utf-8"))
    record = read_record(shipped)
    assert moved_since(folder, now) == {}
    record["summary"] |= {"missing": [LATE]}
    write_record(record, folder)
    path = folder / "figures.json"
    text = path.read_text(encoding="utf-8") + " " if altered == "another" else altered
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    found = moved_since(folder, now)
    assert found == {"missing": [LATE], "arrived": [LATE], "compared": 0, "figures": [], "untold": True}
    schema = json.loads((ROOT / "zt_analysis/runs/run.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(read_record(shipped) | {"moved": found}, schema)
    assert "变动无从得知" in reports.render(notebooks.read(shipped / "weekly.ipynb"), moved=found)
    completed(found, "zh")
    assert "变动无从得知" in capsys.readouterr().out


class TestThePolicy:
    @pytest.mark.thorough
    @pytest.mark.slow
    def test_without_it_the_file_is_refused(self, late_package):
        root, package, late = late_package, late_package / "data/zhaotong-2018", late_file(late_package)
        kept = late.rename(root / late.name)
        try:
            with pytest.raises(InputError, match=LATE):
                open_package(package, names=("fund_allocations",), late="refuse")
            opened = open_package(package, names=("fund_allocations",), late="publish_without")
            assert "530627" not in {row["county_code"] for row in opened.rows(opened["fund_allocations"])}
        finally:
            kept.rename(late)

    @pytest.mark.thorough
    @pytest.mark.slow
    def test_what_judges_a_whole_refuses_whatever_the_case_says(self, late_package, tmp_path, monkeypatch):
        root, late = late_package, late_file(late_package)
        monkeypatch.chdir(root)
        text = tmp_path / "a.txt"
        text.write_text("全市下达资金1亿元。", encoding="utf-8")
        lines = tmp_path / "a.jsonl"
        lines.write_text('{"id": 1, "text": "全市下达资金1亿元。"}\n', encoding="utf-8")
        kept = late.rename(root / late.name)
        try:
            for words in (
                ["tie", str(text), "--case", "2018-11"], ["tie", str(lines), "--case", "2018-11", "--format", "jsonl"],
                ["claims", str(text), "--case", "2018-11"], ["rules", "2018-11"], ["what-if", "2018-11"],
            ):  # fmt: skip
                done = CliRunner().invoke(zt, words, standalone_mode=False)
                assert isinstance(done.exception, InputError), words
                assert f"one file with {LATE!r}" in str(done.exception), words
            with pytest.raises(InputError, match=LATE):
                zt_analysis.case("2018-11", project=root).tie("全市下达资金1亿元。")
        finally:
            kept.rename(late)

    def test_a_table_of_which_nothing_came_is_refused(self, tmp_path):
        from test_arrivals import Office

        office = Office(tmp_path)
        for path in office.sent.iterdir():
            path.unlink()
        with pytest.raises(InputError, match="3 missing"):
            open_package(office.folder, late="publish_without")

    def test_another_word_is_named(self, tmp_path):
        (tmp_path / "params").mkdir()
        (tmp_path / "params/2018-11.yml").write_text('case: "2018-11"\nlate: "whatever"\n', encoding="utf-8")
        with pytest.raises(InputError, match="key 'late'; found 'whatever'; expected refuse or publish_without"):
            params.load("2018-11", tmp_path)
        with pytest.raises(InputError, match="argument 'late'"):
            open_package(SHIPPED, late="never")


@pytest.fixture(scope="module")
def marked_ledger():
    found = json.loads((ROOT / "outputs/2018-W45/figures.json").read_text(encoding="utf-8"))
    found["package"]["quality"]["missing"] = [
        {"table": "dropout_cases", "by": "county_code", "code": "530627", "name": LATE}
    ]
    return mark(found, {f"rates_{stage}": ("rate_against", "rate_places") for stage in ("primary", "junior")})


class TestTheCircular:
    """Of a week the ledger of which is marked as if a county's cases had not come."""

    def rows(self, ledger, key):
        (part,) = (one for one in ledger["parts"] if one["key"] == key)
        return {row[0].get("code") or row[0]["text"]["zh"]: row[1:] for row in part["rows"]}

    def test_city_rows_are_partial_and_the_county_was_not_received(self, marked_ledger):
        for key in ("flows_by_county_code", "units", "rates_junior"):
            rows = self.rows(marked_ledger, key)
            assert rows["全市"][0]["display"]["zh"].endswith("（部分）"), key
            assert (rows[LATE][0]["display"]["zh"], rows[LATE][0]["exact"]) == ("未报", None), key
            assert "部分" not in rows["昭阳区"][0]["display"]["zh"], key
        assert self.rows(marked_ledger, "headline")["失辍学人数"][0]["display"]["zh"] == "4717人（部分）"

    def test_no_county_is_held_against_the_city(self, marked_ledger):
        rows = self.rows(marked_ledger, "rates_junior")
        assert {cell["word"] for row in rows.values() for cell in row if "word" in cell} == {"incomplete"}
        assert {cell["text"]["zh"] for row in rows.values() for cell in row if "text" in cell} == {"—"}
        # a denominator of another table is whole
        assert rows["全市"][-1]["display"]["zh"] == "276000人"

    def test_a_rule_that_holds_is_not_judged(self, marked_ledger):
        words = {row[1]["word"] for row in self.rows(marked_ledger, "rules").values()}
        assert words == {"fails", "incomplete"}

    @pytest.mark.slow
    def test_the_page_can_be_made(self, marked_ledger):
        executed = notebooks.read(ROOT / "outputs/2018-W45/weekly.ipynb")
        for cell in executed["cells"]:
            for output in cell.get("outputs", []):
                if LEDGER_MIME in output.get("data", {}):
                    output["data"][LEDGER_MIME] = marked_ledger | {
                        "summary": marked_ledger["summary"] | {"status": "partial"}
                    }
        page = reports.render(executed)
        assert f"缺报：{LATE}。全市行只含已报县区" in page
        assert f"表dropout_cases缺报：{LATE}" in page


@pytest.fixture(scope="module")
def page():
    """In English, of two counties that are missing, one that arrived, and a file sent again."""
    found = json.loads((ROOT / "outputs/2018-W45/figures.json").read_text(encoding="utf-8"))
    found["case"]["language"] = "en"
    left_out = {"table": "dropout_cases", "by": "county_code"}
    found["package"]["quality"]["missing"] = [
        left_out | {"code": "530627", "name": LATE, "name_en": "Zhenxiong County"},
        left_out | {"code": "530681", "name": "水富市"},
    ]
    found = mark(found, {})
    executed = notebooks.read(ROOT / "outputs/2018-W45/weekly.ipynb")
    for cell in executed["cells"]:
        for output in cell.get("outputs", []):
            if LEDGER_MIME in output.get("data", {}):
                output["data"][LEDGER_MIME] = found
    moved = {
        "missing": [LATE, "巧家县"], "arrived": ["巧家县"], "english": {"巧家县": "Qiaojia County"}, "compared": 9,
        "figures": [],
    }  # fmt: skip
    resent = [{"file": "data/sent/昭阳区<b>.csv", "case": "2018-W44"}]
    return reports.render(executed, moved=moved, resent=resent)


@pytest.mark.slow
class TestTheEnglishPage:
    def test_counties_have_their_english_names(self, page):
        assert "table dropout_cases lacks Zhenxiong County, 水富市: every total" in page
        assert "<b>Zhenxiong County, 水富市</b>" in page  # the cards
        assert "Missing: Zhenxiong County, 水富市" in page  # tables and charts
        assert f"Published without {LATE}, Qiaojia County; since arrived: Qiaojia County." in page
        assert f"{LATE}、" not in page

    def test_files_sent_again_are_listed(self, page):
        (block,) = re.findall(r'<div id="resent">.*?</div>', page, re.S)
        assert "the very ones that the case before has read, sent again unchanged" in block
        assert block.count("<li>") == 1
        assert "<code>data/sent/昭阳区&lt;b&gt;.csv</code> (read by 2018-W44)" in block

    def test_without_any_there_is_no_such_block(self):
        executed = notebooks.read(ROOT / "outputs/2018-W45/weekly.ipynb")
        assert 'id="resent"' not in reports.render(executed)

    def test_the_index_names_them(self):
        one = Entry("2018-W45", "2018-11-08", "partial", missing=(LATE,), english={LATE: "Zhenxiong County"})
        assert "Zhenxiong County" in render_index([one], language="en")
        assert LATE in render_index([one])


def test_two_counties_of_one_name_or_none_are_refused(tmp_path):
    for name in ("甲县", ""):
        register = tmp_path / "counties.csv"
        register.write_text(f"county_code,name_zh\n1,甲县\n2,{name}\n", encoding="utf-8")
        with pytest.raises(SourceError, match=f"counties.csv.*name_zh '{name}', which tells no row"):
            with_expected(Source("cases", "sent", {}, one_per="counties"), register, "county_code")


@pytest.mark.thorough
def test_a_notebook_says_that_a_whole_is_partial_and_judges_nothing(late_project):
    root, *_ = late_project
    (late,) = (root / "data" / "zhaotong-2018" / "submissions" / "funds").glob(f"{LATE}*")
    kept = late.rename(root / late.name)
    try:
        book = zt_analysis.case("2018-11", project=root)
        funds = book.figure("学生资助资金下达额")
        assert funds.lacking == [LATE]
        assert str(funds).endswith("（部分）")
        assert funds.check("133715.32万元").word == "incomplete"
        table = funds.by("county").pivot()
        assert table.index[-1] == "合计（部分）"
        assert table.iloc[:, 0].isna().sum() == 1
        assert LATE in table._repr_html_()
        assert book.figure("劝返复学学生数").lacking == []
        with pytest.raises(InputError, match="submissions"):
            book.tie("下达资金133715.32万元。")
    finally:
        kept.rename(late)
