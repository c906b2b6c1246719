import json
import subprocess
import sys

import docx
import pytest
from bounds import within
from bs4 import BeautifulSoup
from click.testing import CliRunner

from zt_analysis.cli import zt
from zt_analysis.documents import read_document
from zt_analysis.documents.plain import read_markdown
from zt_analysis.errors import InputError
from zt_analysis.proof import page_record, prove
from zt_analysis.reports import render_proved

WRONG = "全县有小学120所，比上年增加20所，增长25%。"
RIGHT = "全县有小学120所，比上年增加20所，增长20%。"


def invoked(*arguments, given=None):
    return CliRunner().invoke(zt, ["proof", *map(str, arguments)], input=given, standalone_mode=False)


@pytest.fixture
def draft(tmp_path):
    def write(text, name="draft.md"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_contradiction_is_named_with_what_follows(draft):
    found = invoked(draft(WRONG))
    assert found.return_value == 1
    for word in ("25%", "20所 ÷ (120所 - 20所) = 20%", "+5%", "3 个数字，3 个与其他数字核对，1 处对不上"):
        assert word in found.output


def test_what_agrees_passes_and_tells_its_coverage(draft):
    found = invoked(draft(f"{RIGHT}另有教学点7个。"), "--language", "en")
    assert found.return_value == 0
    assert "4 numbers, 3 held against others, 0 contradict" in found.output
    assert invoked(draft(f"{RIGHT}另有教学点7个。"), "--require", "80%").return_value == 1
    assert invoked(draft(f"{RIGHT}另有教学点7个。"), "--require", "75%").return_value == 0


def test_nothing_held_is_no_success(draft):
    found = invoked(draft("全县有小学120所。"))
    assert found.return_value == 1
    assert "没有一个数字能与其他数字核对" in found.output


def test_lines_of_json_are_answered_one_by_one():
    lines = [{"id": 7, "text": WRONG}, {"id": "b", "text": RIGHT}, {"id": None, "text": "没有数字。"}]
    found = invoked("-", "--format", "jsonl", given="\n".join(json.dumps(one) for one in lines))
    assert found.return_value == 1
    answers = [json.loads(line) for line in found.output.splitlines()]
    assert [(one["id"], one["numbers"], one["held"]) for one in answers] == [(7, 3, 3), ("b", 3, 3), (None, 0, 0)]
    assert answers[0]["findings"] == [
        {
            "kind": "growth",
            "holds": False,
            "numbers": [
                {"surface": "120所", "start": 5, "end": 9, "place": "line 1"},
                {"surface": "20所", "start": 15, "end": 18, "place": "line 1"},
                {"surface": "25%", "start": 21, "end": 24, "place": "line 1"},
            ],
            "states": "25%",
            "computed": "20所 ÷ (120所 - 20所) = 20%",
            "difference": "+5%",
        }
    ]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("{", "line 1"),
        ('{"id": 1}', "line 1"),
        ("[]", "line 1"),
        ('{"id":1,"text":"a"}\n{"text":5}', "line 2"),
        ("", "nothing"),
    ],
)
def test_a_line_that_is_no_text_is_named(given, words):
    found = invoked("-", "--format", "jsonl", given=given)
    assert isinstance(found.exception, InputError)
    assert words in str(found.exception)


def test_standard_input_is_lines_only(draft):
    assert "--format table" in str(invoked("-").exception)
    assert isinstance(invoked("-", draft(RIGHT), "--format", "jsonl").exception, InputError)


def test_an_output_is_never_the_text(draft):
    path = draft(RIGHT)
    assert isinstance(invoked(path, "--html", path).exception, InputError)
    assert isinstance(invoked(path, path, "--html", path.with_suffix(".html")).exception, InputError)
    assert path.read_text(encoding="utf-8") == RIGHT


def test_comments_stand_on_the_number(tmp_path):
    document = docx.Document()
    document.add_paragraph(WRONG)
    document.save(tmp_path / "draft.docx")
    found = invoked(tmp_path / "draft.docx", "--comments", tmp_path / "copy.docx")
    assert found.return_value == 1
    comments = list(docx.Document(tmp_path / "copy.docx").comments)
    assert [one.text for one in comments] == ["增长率与增量: 所写 25%; 推算 20所 ÷ (120所 - 20所) = 20%; 相差 +5%"]


@pytest.mark.slow
def test_the_page_marks_and_links_each_number():
    document = read_markdown(f"{WRONG}\n\n罕见字𠮷。", "a.md")
    page = render_proved(page_record(prove(document), document, "zh"))
    assert '<a class="mark bad" id="n-21" href="#f-0" data-in="0">25%<span>×</span></a>' in page
    assert '<a class="mark against" id="n-15" href="#f-0" data-in="0">20所<span>≠</span></a>' in page
    assert '<script type="application/json" id="arcs">{"0":["bad",21]}</script>' in page
    first = BeautifulSoup(page, "html.parser").select_one(".findings > li")
    assert first["id"] == "f-0"
    assert " ".join(first.select_one(".say").get_text().split()) == "所写 25% × 推算 20% 相差 +5%"
    assert [(one["class"], one.get_text()) for one in first.select(".quote b")] == [
        (["with"], "120所"),
        (["with"], "20所"),
        (["at"], "25%"),
    ]
    assert first.select_one(".where").get_text() == "增长率与增量：20所 ÷ (120所 - 20所) = 20% · 第1行"
    assert "罕见字〓。" in page


@pytest.mark.slow
def test_tables_of_the_text_are_tables_of_the_page():
    document = read_markdown("| 县 | 校数 |\n|---|---|\n| 甲 | 12 |\n| 乙 | 2 |\n| 合计 | 15 |\n\n见上表。", "a.md")
    page = BeautifulSoup(render_proved(page_record(prove(document), document, "zh")), "html.parser")
    rows = [[cell.get_text() for cell in row("td")] for row in page.select(".reading tr")]
    assert rows == [["县", "校数"], ["甲", "12≠"], ["乙", "2≠"], ["合计", "15×"]]


class TestAgainst:
    THEN = "# 2018年公报\n\n全县小学100所，在校生2.4万人，巩固率95.1%。"

    @pytest.mark.parametrize(
        ("text", "wrong"),
        [
            ("全县小学120所，比上年增加20所。", None),
            ("全县小学120所，比上年增加30所。", "+10所"),
            ("全县小学120所，比上年增长15%。", "-5%"),
            ("全县小学120所。巩固率95.4%，比上年提高0.3个百分点。", None),
            ("全县小学90所，比上年有所增加。", ""),
            ("全县小学90所，比上年有所减少。", None),
            ("全县小学120所，比上年的110所增加10所。", "+10所"),
            ("全县小学320所，比上年增加20所。", None),
            ("全县小学90所，呈上升趋势。", ""),
            ("全县小学120所，持续增长。", None),
            ("全县小学由上年的110所增加到120所。", "+10所"),
            ("全县小学由上年的100所增加到120所。", None),
            ("全县小学120所，2018年为110所。", "+10所"),
            ("全县小学120所，同口径比上年增加30所。", None),
            ("全县小学120所，比上年（调整后）增加30所。", None),
        ],
    )
    def test_the_change_is_between_the_two_issues(self, text, wrong):
        found = prove(read_markdown(f"# 2019年公报\n\n{text}", "b.md"), against=[read_markdown(self.THEN, "a.md")])
        assert [one.difference for one in found.contradictions] == ([] if wrong is None else [wrong]), found.findings

    def test_the_command_takes_the_earlier_issue(self, draft):
        then = draft(self.THEN, "a.md")
        for more, code in ((20, 0), (30, 1)):
            now = draft(f"# 2019年公报\n\n全县小学120所，比上年增加{more}所。", "b.md")
            assert invoked(now, "--against", then, "--require", "50%").return_value == code

    def test_what_the_text_says_it_counted_anew_cannot_be_told(self):
        now = read_markdown("# 2019年公报\n\n全县小学120所，比上年（调整后）增加30所。", "b.md")
        found = prove(now, against=[read_markdown(self.THEN, "a.md")])
        assert [(one.kind, one.computed) for one in found.doubtful] == [("earlier", "120所 - 100所 (a.md) = 20所")]

    def test_a_figure_a_third_away_without_a_word_is_told(self):
        now = "# 2019年公报\n\n全县小学{}所{}。"
        for number, words, kinds in ((180, "", ["break"]), (120, "", []), (180, "，比上年有所增加", [])):
            found = prove(read_markdown(now.format(number, words), "b.md"), against=[read_markdown(self.THEN, "a.md")])
            assert [one.kind for one in found.doubtful] == kinds
            assert not found.contradictions

    def test_definitions_that_changed_are_told(self):
        notes = "[1]巩固率，是指毕业人数占入学人数的{}。\n\n[2]寄宿生包括住在校外公寓的学生。\n"
        then = read_markdown(f"# 2018年公报\n\n巩固率95.1%。\n\n{notes.format('百分比')}", "a.md")
        same = read_markdown(f"# 2019年公报\n\n巩固率95.4%。\n\n{notes.format(' 百分比').replace('，', '')}", "b.md")
        assert not prove(same, against=[then]).doubtful
        now = f"# 2019年公报\n\n寄宿生95人，巩固率95.4%。\n\n{notes.format('比例，不含转学').partition('[2]')[0]}"
        found = prove(read_markdown(now, "b.md"), against=[then])
        assert [(one.kind, one.states, one.computed) for one in found.doubtful if one.kind == "definition"] == [
            ("definition", "寄宿生", "a.md: 寄宿生包括住在校外公寓的学生。"),
            (
                "definition",
                "巩固率，是指毕业人数占入学人数的比例，不含转学。",
                "a.md: 巩固率，是指毕业人数占入学人数的百分比。",
            ),
        ]
        page = render_proved(page_record(found, read_markdown(now, "b.md"), "zh"))
        assert "定义或注释与上期不同" in page
        assert found.text[slice(*found.doubtful[-1].at)].startswith("巩固率，是指")

    def test_an_issue_two_years_before_tells_nothing_of_last_year(self):
        now = read_markdown("# 2020年公报\n\n全县小学120所，比上年增加5所。", "b.md")
        assert not prove(now, against=[read_markdown(self.THEN, "a.md")]).contradictions

    def test_what_every_earlier_issue_prints_is_missed(self):
        before = [
            read_markdown(f"# {year}年公报\n\n全县小学100所。全县幼儿园30所。", f"{year}.md") for year in (2017, 2018)
        ]
        found = prove(read_markdown("# 2019年公报\n\n全县小学100所。", "b.md"), against=before)
        assert [(one.kind, one.states, one.holds) for one in found.doubtful] == [("missing", "幼儿园", None)]


@pytest.mark.thorough
@pytest.mark.slow
def test_no_data_library_is_loaded(draft):
    code = (
        "import sys; from zt_analysis.cli import zt; "
        f"zt.main(['proof', {str(draft(RIGHT))!r}], standalone_mode=False); "
        "print([one for one in ('pandas', 'ibis', 'duckdb', 'matplotlib', 'numpy') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


HOSTILE = {
    "one sentence": "小学120所、" * 2_000,
    "其中": "其中小学120所，占5%，" * 4_000,
    "brackets": "（含12所）" * 8_000 + "（" * 2_000,
    "paragraphs": "全县共有小学120所，比上年增加20所，增长20%。\n\n" * 2_000,
    "list": "一是抓，" * 2_000,
    "names": "甲、" * 40_000 + "3个县",
    "letters": "比上年" * 40_000 + "增加3所",
    "captions": "图1 甲\n\n见图2\n\n" * 2_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.part(2)
def test_hostile_texts_cost_little(name):
    text = HOSTILE[name]
    document = read_markdown(text[-len(text) // 4 :], "a.md")
    with within(8):
        prove(document)


@pytest.mark.thorough
@pytest.mark.parametrize("name", HOSTILE)
def test_longer_ones_do_not_cost_more_than_their_length(name):
    document = read_markdown(HOSTILE[name], "a.md")
    with within(30):
        prove(document)


@pytest.mark.thorough
@pytest.mark.slow
def test_large_tables_cost_little():
    rows = "\n".join(f"| 县{i} | {i} | {2 * i} |" for i in range(2_000))
    document = read_markdown(f"| 县 | 甲 | 乙 |\n|---|---|---|\n{rows}\n| 合计 | 1999000 | 3998000 |", "a.md")
    with within(30):
        found = prove(document)
    assert not found.contradictions
    assert len(found.held) == 4_002


def test_places_are_those_of_the_file(tmp_path):
    document = docx.Document()
    document.add_paragraph("说明。")
    table = document.add_table(rows=3, cols=2)
    for row, cells in enumerate((("县", "校数"), ("甲", "12"), ("合计", "13"))):
        for column, word in enumerate(cells):
            table.cell(row, column).text = word
    extra = table.add_row()
    extra.cells[0].text, extra.cells[1].text = "乙", "2"
    document.save(tmp_path / "a.docx")
    read = read_document(tmp_path / "a.docx")
    found = prove(read)
    assert [(one.states, one.computed) for one in found.contradictions] == [("13", "14")]
    assert str(read.place_of(found.contradictions[0].at[0])) == "table 1, row 3, column 2"


def test_headings_over_several_columns_and_labels_down_several_rows(tmp_path):
    document = docx.Document()

    def table(rows, *merged):
        made = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, cells in enumerate(rows):
            for column, word in enumerate(cells):
                made.cell(row, column).text = word
        for first, last in merged:
            word = made.cell(*first).text
            made.cell(*first).merge(made.cell(*last)).text = word

    top = [["县区", "学校", "", ""], ["", "合计", "小学", "初中"]]
    table([*top, ["甲县", "30", "20", "10"], ["乙县", "15", "10", "5"], ["合计", "45", "30", "16"]], ((0, 1), (0, 3)))
    document.add_paragraph("另表")
    head = ["序号", "县区", "学段", "学校", "其中：寄宿制"]
    first = [["1", "甲县", "小学", "20", "5"], ["2", "", "初中", "10", "4"], ["3", "甲县小计", "", "30", "9"]]
    second = [["4", "乙县", "小学", "12", "6"], ["5", "", "初中", "8", "4"], ["6", "乙县小计", "", "21", "10"]]
    table([head, *first, *second, ["", "合计", "", "50", "19"]])
    document.save(tmp_path / "a.docx")
    found = prove(read_document(tmp_path / "a.docx"))
    assert [(one.states, one.computed) for one in found.contradictions] == [("16", "15"), ("45", "46"), ("21", "20")]


@pytest.mark.thorough
def test_reports_of_ours_are_clean(finished):
    reports = sorted(finished.glob("outputs/*/report.html"))
    assert len(reports) > 1
    for one in reports:
        found = prove(read_document(one))
        assert found.held
        assert not found.contradictions
