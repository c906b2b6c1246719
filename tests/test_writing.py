"""``zt write``: papers written from their figures, held against their own words, and read back by ``zt tie``."""

import copy
import json
import re
import shutil
import subprocess
import zipfile
from fractions import Fraction
from pathlib import Path

import docx
import pytest
from commands import zt
from lxml import etree
from packages import ROOT
from sweeps import each_with_each

from conftest import copy_folder, copy_project
from zt_analysis.cli.case import paper_named, tables_of
from zt_analysis.errors import InputError
from zt_analysis.figures import Figure
from zt_analysis.writing.filling import fill
from zt_analysis.writing.letterhead import read_letterhead
from zt_analysis.writing.pdf import renumbered
from zt_analysis.writing.places import read_place
from zt_analysis.writing.printing import printed, printed_parameter
from zt_analysis.writing.source import read_text

WRITTEN = {"2018-11": 38, "2018-W45": 26}
FORMS = ("md", "html", "docx")
# drafts of each form and each case are read by default, every form of every case in the thorough tests
# the other forms are read as documents of another hand are (test_documents)
TYPED = (("docx", "2018-11"),)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def papers(once):
    """The shipped project with its texts written, twice, in every form that needs no browser; read only.

    The second time from the answers that the first has kept beside the rows, as do the tests that change a text.
    """

    def make(folder):
        copy_project(folder)
        shutil.copytree(ROOT / "papers", folder / "papers")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ZT_KEPT_ROWS", "on")
            for case in WRITTEN:
                for to in ("written", "again"):
                    done = zt("write", case, *(f"--to={form}" for form in FORMS), "-o", str(folder / to), cwd=folder)
                    assert done.returncode == 0, done.stdout + done.stderr

    return once("written papers", make)


@pytest.fixture
def project(papers, tmp_path, monkeypatch):
    """A copy of that project whose texts may be changed, and the working folder in it."""
    copy_folder(papers, tmp_path / "office project")
    root = tmp_path / "office project"
    monkeypatch.chdir(root)
    return root


def edited(project, before, after, case="2018-11"):
    file = project / "papers" / f"{case}.md"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def write(project, case="2018-11", *words):
    return zt("write", case, "--to", "md", *words, cwd=project)


@each_with_each(("case", "form"), list(WRITTEN), FORMS)
def test_what_is_written_ties_back_whole(papers, case, form):
    done = zt("tie", f"written/{case}.{form}", "--case", case, "--require", "100%", "--format", "json", cwd=papers)
    counts = json.loads(done.stdout)["counts"]
    assert done.returncode == 0, done.stdout
    assert (counts["unproven"], counts["tied"] + counts["excused"]) == (0, counts["mentions"])
    # the page number of a .docx is one more
    assert WRITTEN[case] <= counts["mentions"] <= WRITTEN[case] + 2


def test_the_same_inputs_give_the_same_bytes(papers):
    names = sorted(one.name for one in (papers / "written").iterdir())
    assert {f"{case}.{form}" for case in WRITTEN for form in FORMS} < set(names)
    for name in names:
        assert (papers / "written" / name).read_bytes() == (papers / "again" / name).read_bytes(), name


MARK = "不可签发：有数字、勾稽或数据文件不符，解决之前不得印发"


@pytest.mark.thorough
def test_what_must_not_be_signed_says_so_in_each_form(project):
    """An explanation that has expired: no number of the text is wrong, and nothing else on it would tell."""
    file = project / "data" / "zhaotong-2018" / "explanations" / "2018-11.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("2018-12-31", "2018-11-01", 1), encoding="utf-8")
    done = zt("write", "2018-11", *(f"--to={form}" for form in FORMS), "--format", "json", cwd=project)
    found = json.loads(done.stdout)
    assert (done.returncode, found["holds"], found["decision"]["word"]) == (1, False, "decision_refused")
    assert {one["kind"] for one in found["numbers"] if not one["typed"]} == {"proven"}
    assert "C01" in [one["id"] for one in found["decision"]["lines"]]
    for form in FORMS:
        content = (project / "written" / f"2018-11.{form}").read_bytes()
        if form == "docx":
            content = zipfile.ZipFile(project / "written" / "2018-11.docx").read("word/document.xml")
        assert content.decode().count(MARK) == 1, form
    (project / "papers" / "2018-11.md").unlink()
    file.write_text(text, encoding="utf-8")
    done = zt("write", "2018-11", "--from", "written/2018-11.docx", "--format", "json", cwd=project)
    assert MARK in json.loads(done.stdout)["dropped"]


@pytest.mark.thorough
def test_what_may_be_signed_has_no_mark_and_says_what_is_open(project):
    done = write(project)
    assert done.returncode == 0
    assert "签发前须说明" in done.stdout
    assert "C07" in done.stdout
    assert MARK not in (project / "written" / "2018-11.md").read_text(encoding="utf-8")


def test_a_wrong_name_is_told_with_line_and_nearest_three(project):
    edited(project, "{劝返复学学生数}", "{劝返复学人数}")
    done = write(project)
    assert done.returncode == 2
    assert "papers/2018-11.md line 6, {劝返复学人数}" in done.stderr
    assert done.stderr.count("、") + done.stderr.split("nearest: ")[1].count(", ") == 2
    assert "劝返复学学生数" in done.stderr.split("nearest: ")[1]


@pytest.mark.thorough
def test_a_figure_beside_the_words_of_another_is_found(project):
    edited(project, "上门送教{上门送教学生数}", "上门送教{远程送教学生数}")
    done = write(project, "2018-11", "--format", "json")
    found = [one for one in json.loads(done.stdout)["numbers"] if one["kind"] == "other"]
    assert done.returncode == 1
    assert [(one["surface"], one["place"], one["line"]) for one in found] == [("1208人", "{远程送教学生数}", 6)]


@pytest.mark.thorough
def test_a_typed_number_is_a_claim_wrong_or_open(project):
    def typed(*words):
        done = write(project, "2018-11", *words, "--format", "json")
        numbers = [one for one in json.loads(done.stdout)["numbers"] if one["typed"] and one["kind"] != "excuse"]
        return done.returncode, [(one["kind"], one["place"]) for one in numbers]

    edited(project, "typed: refuse", "typed: list")
    edited(project, "劝返复学{劝返复学学生数}", "劝返复学1915人")
    assert typed() == (0, [("claim", "")])
    edited(project, "## 三、", "全市劝返复学1951人。\n\n全市劝返复学教师1915人。\n\n## 三、")
    assert typed() == (1, [("claim", ""), ("wrong", "{劝返复学学生数}"), ("open", "")])


def test_typed_refuse_refuses_and_writes_nothing(project):
    before = {one.name: one.read_bytes() for one in (project / "written").iterdir()}
    edited(project, "截至{as_of | 月日}，中央", "劝返复学教师1915人。截至{as_of | 月日}，中央")
    done = write(project)
    assert done.returncode == 2
    assert "line 16 1915人" in done.stderr
    assert {one.name: one.read_bytes() for one in (project / "written").iterdir()} == before


@pytest.mark.thorough
def test_a_number_of_the_foot_that_no_issue_printed_is_told_where_it_stands(project):
    edited(project, "typed: refuse", "typed: refuse\ncopies: 5")
    done = write(project)
    assert (done.returncode, "1 typed by hand: masthead or foot 5份;" in done.stderr) == (2, True)


@pytest.mark.thorough
def test_figures_that_move_show_their_sentences(project):
    file = project / "params" / "2018-11.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('as_of: "2018-11-08"', 'as_of: "2018-11-01"'), encoding="utf-8")
    done = write(project, "2018-11", "--format", "json")
    found = json.loads(done.stdout)["moved"]
    assert [one["line"] for one in found] == [6, 6, 16, 24]
    assert found[3]["before"].startswith("市教育局组织工作组入户抽查300多户")
    assert found[0]["before"].startswith("截至11月8日，全市义务教育阶段劝返复学1915人，")
    assert re.match(r"截至11月1日，全市义务教育阶段劝返复学1[0-8]\d\d人，", found[0]["after"])
    # what was written is now what it is compared with
    assert json.loads(write(project, "2018-11", "--format", "json").stdout)["moved"] == []


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("spec", "exact", "unit", "shown"),
    [
        ("", 133715320000, "fen", "133715.32万元"),
        ("亿元 2", 133715320000, "fen", "13.37亿元"),
        ("亿元 2 约", 133715320000, "fen", "约13.37亿元"),
        ("亿元 超过", 133715320000, "fen", "超过13亿元"),
        ("亿元 余", 133715320000, "fen", "13亿余元"),
        ("万人 1 余", 19150, "persons", "1.9万余人"),
        ("余 -2", 1915, "persons", "1900余人"),
        ("近 -2", 1915, "persons", "近2000人"),
        ("不足 -2", 1915, "persons", "不足2000人"),
        ("-", 1915, "persons", "1915"),
        ("名", 1915, "persons", "1915名"),
        ("1", Fraction(329, 548000), "ratio", "0.1%"),
        ("增减", -230, "persons", "减少230人"),
        ("升降", Fraction(1, 1000), "ratio_change", "上升0.10个百分点"),
        ("绝对", -230, "persons", "230人"),
        ("增减", 0, "persons", "持平"),
        ("升降", Fraction(-1, 10**6), "ratio_change", "基本持平"),
        ("万人 ２", 1915, "persons", "0.19万人"),
    ],
)
def test_how_a_place_prints(spec, exact, unit, shown):
    place = read_place(f"数 | {spec}" if spec else "数", "a.md", 1)
    assert printed(Figure("n", "2018-11-08", unit, exact), place, "zh") == shown


@pytest.mark.parametrize(
    ("spec", "shown"),
    [
        ("", "8 November 2018"), ("年月日", "8 November 2018"), ("月日", "8 November"), ("年月", "November 2018"),
        ("年", "2018"), ("月", "November"), ("日", "8"),
    ],
)  # fmt: skip
def test_an_english_text_has_english_dates(spec, shown):
    place = read_place(f"as_of | {spec}" if spec else "as_of", "a.md", 1)
    assert printed_parameter("2018-11-08", place, "en") == shown


def test_an_english_text_is_laid_out_in_english_and_says_what_was_not_read(brief):
    case = brief / "params" / "2025.yml"
    case.write_text(case.read_text(encoding="utf-8").replace('"zh"', '"en"'), encoding="utf-8")
    (brief / "papers" / "letterhead.yml").write_text(
        "brief:\n  title: Education brief\n  office: Education office\n  printed_by: The bureau\n"
        "  lists: {To: County government.}\n  copies: 30\n",
        encoding="utf-8",
    )
    (brief / "papers" / "2025.md").write_text(
        "---\ntyped: refuse\n---\n# Boarding\n\nAs of {as_of}: {pupils enrolled}, of whom {boarding pupils} board.\n",
        encoding="utf-8",
    )
    done = zt("write", "2025", "--to", "docx", "--to", "md", "--format", "json", cwd=brief)
    found = json.loads(done.stdout)["numbers"]
    assert done.returncode == 1
    assert {(one["kind"], one["said"].get("en", "")[:25]) for one in found if not one["typed"]} == {
        ("unread", "English prose is not read"),
    }
    # the letterhead says how many are printed
    assert [(one["surface"], one["kind"]) for one in found if one["typed"]] == [("30", "excuse")]
    text = (brief / "written" / "2025.md").read_text(encoding="utf-8")
    said = (
        "As of 20 September 2025: 8,880 persons",
        "To: County",
        "The bureau　printed 10 October 2025",
        "(30 copies)",
    )
    assert [one for one in said if one not in text] == []
    assert not re.search("[年月日共印发：]", text)
    word = zipfile.ZipFile(brief / "written" / "2025.docx").read("word/styles.xml").decode()
    assert 'w:eastAsia="en-US"' in word


@pytest.mark.parametrize(
    ("spec", "exact", "unit"),
    [
        ("超过 -2", 1900, "persons"),
        ("余 -2", 1900, "persons"),
        ("近 -2", 2000, "persons"),
        ("近 -3", 1100, "persons"),
        ("约 -3", 1400, "persons"),
        ("余 -2", 15, "persons"),
        ("约", -230, "persons"),
        ("万元", 1915, "persons"),
        ("万人", 1915, "persons"),
        ("-5", -1915, "persons"),
        ("", None, "persons"),
    ],
)
def test_a_bound_that_the_value_does_not_keep_is_refused(spec, exact, unit):
    place = read_place(f"数 | {spec}", "a.md", 7)
    with pytest.raises(InputError, match=re.escape("a.md line 7, {数 |")):
        printed(Figure("n", "2018-11-08", unit, exact), place, "zh")


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("一{人数", "a.md line 1"),
        ("甲\n\n乙}丙", "a.md line 3"),
        ("{}", "no figure"),
        ("{数 | 公里}", "'公里' after |"),
        ("{数 | 约 超过}", "约 and 超过"),
        ("{数 at=now}", "at=now"),
        ("{数 stage=a stage=b}", "a dimension twice"),
        ("---\ntyped: maybe\n---\n甲", "a.md line 2, typed"),
        ("---\ntype: list\n---\n甲", "did you mean 'typed'"),
        ("---\ntyped: list\n甲", "without a second"),
        ("---\ncopies: 0\n---\n甲", "a.md line 2, copies"),
        ("| a | b |\n|---|---|\n| 1 |", "a.md line 3"),
        ("甲\n乙\x07", "U+0007"),
        ("甲\n\u202e5191\u202c", "line 2; found the control character U+202E"),
        ("19\u200b15", "U+200B"),
        ("甲\n乙**丙\n丁", "a.md line 2; found ** that nothing closes"),
        ("#题", "a heading without a space"),
        ("甲\n===", "an underlined heading"),
        ("甲\n\n***", "a line across the page"),
        ("> 甲", "a quotation"),
        ("```\n甲\n```", "a block of code"),
        ("| a | b |\n| 1 | 2 |", "a row of a table without"),
        ("- 甲\n  - 乙", "a.md line 2; found a list within a list"),
        ("甲[乙](https://example.org)", "a link"),
        ("甲[^1]", "a footnote"),
        ("甲`{数}`", "code in"),
        ("甲<b>乙</b>", "HTML in"),
        ("甲&nbsp;乙", "an HTML entity"),
        ("甲*{数}*乙", "emphasis of one *"),
        ("甲\\\n乙", "a line break"),
        ("甲 ![图](rates)", "a picture within a line"),
        ("| a |\n|---|\n| <b> |", "a.md line 3; found HTML"),
        ("甲<!-- 乙", "an unclosed comment"),
        ("<!-- -->", "no text"),
    ],
)
def test_a_text_that_cannot_be_read_names_its_line(text, said):
    with pytest.raises(InputError) as told:
        read_text(text, "a.md")
    assert said in str(told.value)


def test_markdown_is_read_as_it_is_written():
    text = read_text(
        "# 题\n\n甲\n乙 **重{a | 万元}** \\{x\\}\n- 丙\n\n![图](rates)\n\n| 头 | {b | 2} |\n|--|--|\n| c | d |\n",
        "a.md",
    )
    kinds = [(one.kind, one.line) for one in text.blocks]
    assert kinds == [("heading", 1), ("paragraph", 3), ("item", 5), ("picture", 7), ("table", 9)]
    paragraph = text.blocks[1].pieces
    assert "".join(one.text for one in paragraph) == "甲乙 重 {x}"
    assert [(one.place.name, one.bold, one.line) for one in paragraph if one.place] == [("a", True, 4)]
    assert text.blocks[4].rows[0][1][0].place.decimals == 2


def test_lines_that_begin_something_are_no_part_of_what_was_before():
    text = read_text("甲\n1. 乙\n2. 丙\n　　丁\n- 戊\n  己\n- **庚\n辛**\nabc\n{数}", "a.md")
    said = [(one.kind, "".join(piece.text for piece in one.pieces)) for one in text.blocks]
    assert said == [
        ("paragraph", "甲"), ("paragraph", "1. 乙"), ("paragraph", "2. 丙"), ("paragraph", "丁"), ("item", "戊己"),
        ("item", "庚辛abc "),
    ]  # fmt: skip
    assert [piece.bold for piece in text.blocks[-1].pieces if piece.text == "辛"] == [True]


def test_signs_that_are_meant_are_printed():
    signs = r"\[a\](b) \`c\` \~~d~~ \<b\> \&lt; \*e\* \_f\_ \#g \{h\} \｛i｝ 5 * 3 a_b 1<2"
    (block,) = read_text(signs.replace("｝", "\\｝"), "a.md").blocks
    said = "".join(piece.text for piece in block.pieces)
    assert said == "[a](b) `c` ~~d~~ <b> &lt; *e* _f_ #g {h} ｛i｝ 5 * 3 a_b 1<2"


def test_a_place_may_be_typed_by_a_chinese_keyboard():
    (block,) = read_text("｛失辍学率　stage＝初中　｜　约　２｝", "a.md").blocks
    (piece,) = block.pieces
    wanted = read_place("失辍学率 stage=初中 | 约 2", "a.md", 1)
    assert (piece.place.name, piece.place.parts, piece.place.bound, piece.place.decimals) == (
        wanted.name, wanted.parts, wanted.bound, wanted.decimals,
    )  # fmt: skip


NONSENSE = {
    "{劝返复学学生数}人": "found 1915人人; expected 1915人",
    "{学生资助资金下达额}元": "133715.32万元元",
    "减少{失辍学人数的变化}": "found 减少−1048人; expected a direction once",
    "减少{失辍学人数的变化 | 增减}": "减少减少1048人",
    "约{劝返复学学生数 | 约 -2}": "约约1900人",
    "{劝返复学学生数 | 增减}": "which is no change",
    "{失辍学人数的变化 at=base}": "at=base of a change",
    "{失辍学人数的占比}": "the share of the whole in the whole",
    "{失辍学率 stage=高中}": "found '高中'; expected 小学、初中",
    "{失辍学率 county=镇雄}": "nearest: 镇雄县",
    "{RETURNED_STUDENTS}": "nearest: returned_students",
    "{发文时间}": "发文日期",
    "{as_of | 月日}日": "found 11月8日日; expected 11月8日",
    "{change(失辍学率, by=stage)}": "found the argument 'by' of change; expected since=",
}


def test_a_place_that_would_print_nonsense_is_refused(project):
    paper = paper_named("2018-11")
    tables, head = (
        tables_of(paper, whole=True),
        read_letterhead(b"bulletin: {title: a, office: b}", "l.yml", "bulletin"),
    )
    for written, said in NONSENSE.items():
        text = read_text(f"甲\n\n乙{written}", "a.md")
        with pytest.raises(InputError) as told:
            fill(text, head, paper, tables)
        assert f"a.md line 3, {{{written.partition('{')[2].partition('}')[0]}}}" in str(told.value)
        assert said in str(told.value)


def test_a_table_stands_as_its_rule_says(project):
    edited(project, "## 三、", "| 甲 | 乙 | 丙 |\n|:--|:-:|--:|\n| 丁 | **戊**{as_of} | 己 |\n\n1. 庚\n\n## 三、")
    done = zt("write", "2018-11", *(f"--to={form}" for form in FORMS), cwd=project)
    assert done.returncode in (0, 1), done.stderr
    text = (project / "written" / "2018-11.md").read_text(encoding="utf-8")
    assert "| 甲 | 乙 | 丙 |\n|:---|:---:|---:|\n" in text
    assert "1\\. 庚" in text
    assert '<td class="right">己</td>' in (project / "written" / "2018-11.html").read_text(encoding="utf-8")
    table = docx.Document(project / "written" / "2018-11.docx").tables[0]
    assert [cell.paragraphs[0].alignment for cell in table.rows[1].cells] == [0, 1, 2]


@pytest.mark.thorough
def test_the_page_has_the_title_of_a_chart_and_parts_a_long_table(project):
    rows = "".join(f"| 甲{'乙' * number} | {{劝返复学学生数}} |\n" for number in range(13))
    edited(project, "## 三、", f"| 县 | 数 |\n|---|--:|\n{rows}\n## 三、", case="2018-W45")
    zt("write", "2018-W45", "--to", "html", cwd=project)
    page = (project / "written" / "2018-W45.html").read_text(encoding="utf-8")
    assert re.findall("<table[^>]*>", page) == ["<table>", '<table class="long">']
    assert "没有县区与全市有明显差别</text>" in page


@pytest.mark.thorough
def test_places_side_by_side_are_bold_together(project):
    edited(project, "上门送教{上门送教学生数}", "**上门送教{上门送教学生数}**")
    write(project)
    assert "**上门送教823人**，" in (project / "written" / "2018-11.md").read_text(encoding="utf-8")


@pytest.mark.part(4)
@pytest.mark.parametrize("form", ["md", "docx"])
@pytest.mark.parametrize("folder", ["papers", "papers/../papers", "link"])
def test_the_text_is_not_written_over_by_what_it_is_filled_to(project, folder, form):
    (project / "link").symlink_to("papers")
    there = {path.name: path.read_bytes() for path in (project / "papers").iterdir()}
    done = zt("write", "2018-11", "--to", form, "-o", folder, cwd=project)
    assert done.returncode == 2
    assert "the folder of the texts that are filled" in done.stderr
    assert {path.name: path.read_bytes() for path in (project / "papers").iterdir()} == there
    inside = zt("-C", "..", "write", "2018-11", "--to", form, "-o", ".", cwd=project / "papers")
    assert inside.returncode == 2
    assert {path.name: path.read_bytes() for path in (project / "papers").iterdir()} == there


@pytest.mark.parametrize(("folder", "found"), [("mine", "what is no folder"), ("papers", "the folder of the texts")])
def test_where_it_may_not_write_is_told_before_anything_is_filled(project, folder, found):
    (project / "mine").write_text("mine", encoding="utf-8")
    edited(project, "{劝返复学学生数}", "{劝返复学学生}")
    done = write(project, "2018-11", "-o", folder)
    assert done.returncode == 2
    assert found in done.stderr
    assert (project / "mine").read_text(encoding="utf-8") == "mine"


@pytest.mark.thorough
def test_what_it_did_not_write_is_not_written_over(project):
    (project / "mine").mkdir()
    mine = project / "mine" / "2018-11.md"
    mine.write_text("mine {as_of}", encoding="utf-8")
    done = write(project, "2018-11", "--to", "docx", "-o", "mine")
    assert done.returncode == 2
    assert "2018-11.md; found a file that zt write did not write" in done.stderr
    assert {path.name: path.read_bytes() for path in mine.parent.iterdir()} == {mine.name: b"mine {as_of}"}


@pytest.mark.thorough
def test_what_it_did_write_is_written_over(project):
    mine = project / "mine" / "2018-11.md"
    assert write(project, "2018-11", "-o", "mine").returncode == 0
    edited(project, "## 一、", "如下。\n\n## 一、")
    assert write(project, "2018-11", "-o", "mine").returncode == 0
    assert "如下。" in mine.read_text(encoding="utf-8")


@pytest.mark.parametrize("place", ["cumulative(新立案数)", "劝返复学学生数"])
def test_the_week_of_what_stands_on_a_day_is_no_place(project, place):
    edited(project, "## 一、", f"如下{{{place} week=2018-11-08}}。\n\n## 一、")
    done = write(project)
    assert done.returncode == 2
    assert "papers/2018-11.md line" in done.stderr
    assert "what happened in a week" in done.stderr


def test_a_case_without_a_text_says_which_there_are(project):
    done = zt("write", "2018-W44", cwd=project)
    assert done.returncode == 2
    assert "papers/2018-W44.md" in done.stderr
    assert "2018-11, 2018-W45" in done.stderr


@pytest.mark.thorough
def test_a_chart_that_is_none_is_told(project):
    edited(project, "county_rates?stage=junior", "county_rate?stage=junior", "2018-W45")
    done = write(project, "2018-W45")
    assert done.returncode == 2
    assert "papers/2018-W45.md line" in done.stderr
    assert "'county_rates'" in done.stderr


@pytest.mark.thorough
def test_views_and_parts_are_named_in_chinese(project):
    edited(project, "typed: refuse", "typed: list")
    edited(
        project,
        "## 一、",
        "昭阳区劝返复学{劝返复学学生数 county=昭阳区}，占{share(劝返复学学生数) county=昭阳区}。\n\n## 一、",
    )
    done = write(project, "2018-11", "--format", "json")
    record = json.loads((project / "written" / "2018-11.json").read_text(encoding="utf-8"))
    keys = [key for key in record["figures"] if "530602" in key]
    assert len(keys) == 2, done.stderr
    assert Fraction(record["figures"][next(key for key in keys if "share" in key)]) < 1


@pytest.mark.thorough
@pytest.mark.needs("chromium")
@pytest.mark.parametrize("case", WRITTEN)
def test_the_pdf_is_tagged_extractable_and_the_same_each_time(project, case):
    first, second = Path("first"), Path("second")
    for folder in (first, second):
        assert zt("write", case, "--to", "pdf", "-o", str(folder), cwd=project).returncode == 0
    content = (first / f"{case}.pdf").read_bytes()
    assert content == (second / f"{case}.pdf").read_bytes()
    assert b"/StructTreeRoot" in content
    assert b"/MarkInfo" in content
    assert b"/Subtype /Image" not in content
    done = zt("tie", str(first / f"{case}.pdf"), "--case", case, "--require", "100%", cwd=project)
    assert done.returncode == 0, done.stdout


def control(path, key):
    """The content control of ``key`` in a .docx that python-docx opened, and that document."""
    opened = docx.Document(str(path))
    found = [one for one in opened.element.body.iter(f"{W}sdt") if one.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == key]
    return opened, found[0]


def test_a_browser_that_counts_elements_from_elsewhere_prints_the_same():
    made = [b"%%PDF /ID (node%08d) /Headers [(node%08d) (node%08d)]" % (one, one, one + 7) for one in (34, 35)]
    first, second = (renumbered(one) for one in made)
    assert first == second == b"%PDF /ID (node00000001) /Headers [(node00000001) (node00000002)]"


def test_a_number_changed_in_word_is_found_by_key_and_by_words(project):
    path = project / "written" / "2018-11.docx"
    assert zt("write", "2018-11", "--check", str(path), cwd=project).returncode == 0
    opened, changed = control(path, "returned_students@2018-11-08")
    (text,) = changed.iter(f"{W}t")
    assert text.text == "1915人"
    text.text = "1951人"
    opened.save(path)
    done = zt("write", "2018-11", "--check", str(path), "--format", "json", cwd=project)
    found = json.loads(done.stdout)
    assert done.returncode == 1
    (by_key,) = [one for one in found["numbers"] if one["kind"] != "same"]
    assert by_key == {
        "tag": "returned_students@2018-11-08", "kind": "changed", "expected": "1915人", "found": "1951人", "line": 6,
    }  # fmt: skip
    (by_words,) = [one for one in found["tie"]["ties"] if one["status"] == "differs"]
    assert (by_words["surface"], by_words["figure"]) == ("1951人", "returned_students@2018-11-08")


@pytest.mark.thorough
def test_a_control_cut_or_retyped_in_word_is_found(project):
    path = project / "written" / "2018-W45.docx"
    opened, cut = control(path, "schools_without_cases@2018-11-08")
    run = opened.paragraphs[0].runs[0]._r.__copy__()
    cut.addprevious(run)
    run.text = "8所"
    cut.getparent().remove(cut)
    opened.save(path)
    done = zt("write", "2018-W45", "--check", str(path), cwd=project)
    assert done.returncode == 1
    assert "schools_without_cases@2018-11-08" in done.stdout
    assert "8所" in done.stdout


@pytest.mark.thorough
def test_a_number_that_is_hidden_or_broken_in_word_is_found(project):
    path = project / "written" / "2018-11.docx"
    opened, hidden = control(path, "returned_students@2018-11-08")
    (run,) = hidden.iter(f"{W}r")
    etree.SubElement(run.find(f"{W}rPr"), f"{W}vanish")
    (broken,) = [one for one in opened.element.iter(f"{W}sdt") if "home_taught" in etree.tostring(one).decode()]
    (run,) = broken.iter(f"{W}r")
    run.find(f"{W}t").text = "8"
    etree.SubElement(run, f"{W}br")
    etree.SubElement(run, f"{W}t").text = "23人"
    opened.save(path)
    done = zt("write", "2018-11", "--check", str(path), "--format", "json", cwd=project)
    found = [(one["kind"], one["found"]) for one in json.loads(done.stdout)["numbers"] if one["kind"] != "same"]
    assert (done.returncode, found) == (1, [("changed", ""), ("changed", "8\n23人")])


def test_a_change_that_word_tracks_counts_and_other_controls_do_not(project):
    path = project / "written" / "2018-11.docx"
    opened, changed = control(path, "home_taught_students@2018-11-08")
    run = next(changed.iter(f"{W}r"))
    deleted = etree.SubElement(run.getparent(), f"{W}del")
    inserted = etree.SubElement(run.getparent(), f"{W}ins")
    new = etree.SubElement(etree.SubElement(inserted, f"{W}r"), f"{W}t")
    new.text = "832人"
    deleted.append(run)
    next(run.iter(f"{W}t")).tag = f"{W}delText"
    foreign = opened.element.body[3]
    foreign.append(copy.deepcopy(changed))
    foreign[-1].find(f"{W}sdtPr/{W}tag").set(f"{W}val", "goog_rdk_7")
    opened.save(path)
    done = zt("write", "2018-11", "--check", str(path), "--format", "json", cwd=project)
    found = [(one["tag"], one["found"]) for one in json.loads(done.stdout)["numbers"] if one["kind"] != "same"]
    assert found == [("home_taught_students@2018-11-08", "832人")]


def test_what_is_no_written_file_is_told(project):
    plain = docx.Document()
    plain.add_paragraph("全市劝返复学1915人。")
    plain.save(project / "plain.docx")
    done = zt("write", "2018-11", "--check", "plain.docx", cwd=project)
    assert (done.returncode, "no content control" in done.stderr) == (2, True)
    done = zt("write", "2018-11", "--check", "written/2018-11.md", cwd=project)
    assert (done.returncode, "expected a .docx" in done.stderr) == (2, True)
    done = zt("write", "2018-11", "--check", "plain.docx", "--from", "plain.docx", cwd=project)
    assert (done.returncode, "--check and --from" in done.stderr) == (2, True)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("form", "case"),
    [
        pytest.param(form, case, marks=[pytest.mark.thorough] * ((form, case) not in TYPED))
        for case in WRITTEN
        for form in FORMS
    ],
)
def test_a_typed_draft_becomes_the_text_it_was_written_from(project, case, form):
    (project / "papers" / f"{case}.md").unlink()
    done = zt("write", case, "--from", f"written/{case}.{form}", "--format", "json", cwd=project)
    found = json.loads(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {one["kind"] for one in found["left"]} == {"excuse"}
    assert write(project, case, "-o", "again").returncode == 0
    # a draft holds no chart to draw again
    before = (project / "written" / f"{case}.md").read_text(encoding="utf-8")
    assert (project / "again" / f"{case}.md").read_text(encoding="utf-8") == re.sub(r"!\[\]\(.*\)\n\n", "", before)


def test_a_draft_is_no_reason_to_write_over_a_text(project):
    done = zt("write", "2018-11", "--from", "written/2018-11.docx", cwd=project)
    assert (done.returncode, "not written over" in done.stderr) == (2, True)


def test_what_of_a_draft_cannot_be_a_figure_is_listed(project):
    (project / "papers" / "2018-11.md").unlink()
    draft = "教育兴昭简报\n\n全市劝返复学1951人，上门送教 823 人，培训教师77人。\n\n报：省教育厅和另一家。\n"
    (project / "draft.txt").write_text(draft, encoding="utf-8")
    done = zt("write", "2018-11", "--from", "draft.txt", "--format", "json", cwd=project)
    found = json.loads(done.stdout)
    assert done.returncode == 1
    left = [(one["surface"], one["kind"], one["place"]) for one in found["left"]]
    assert left == [("1951人", "wrong", "{劝返复学学生数}"), ("77人", "open", "")]
    assert found["dropped"] == ["教育兴昭简报", "报：省教育厅和另一家。"]
    text = (project / "papers" / "2018-11.md").read_text(encoding="utf-8")
    assert text == "全市劝返复学1951人，上门送教{上门送教学生数}，培训教师77人。\n"


def test_the_docx_has_what_a_reader_of_word_needs(papers):
    with zipfile.ZipFile(papers / "written" / "2018-W45.docx") as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}
        assert archive.read("word/media/1.png").startswith(b"\x89PNG")
        assert archive.read("word/media/1.svg").startswith(b"<svg")
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    for text in parts.values():
        etree.fromstring(text.encode())
    document, styles = parts["word/document.xml"], parts["word/styles.xml"]
    assert re.search(r'<wp:docPr [^>]*descr="[^"]*初中失辍学率', document)
    assert "asvg:svgBlip" in document
    assert {one for one in ("仿宋", "黑体", "楷体", "方正小标宋简体") if f'w:eastAsia="{one}"' in styles} == {
        "仿宋", "黑体", "楷体", "方正小标宋简体",
    }  # fmt: skip
    assert 'w:linePitch="579"' in document
    assert " PAGE " in parts["word/footer1.xml"]
    assert "<w:evenAndOddHeaders/>" in parts["word/settings.xml"]
    ids = re.findall(r'<w:id w:val="(\d+)"/>', document)
    assert len(ids) == len(set(ids)) == 22


def converted(source, to, folder, *others):
    """``source`` as a real LibreOffice converts it to another kind of file, into ``folder``; ``others`` with it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        to,
        "--outdir",
        str(folder),
        str(source),
        *map(str, others),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{source.stem}.{to}"


def pages(pdf):
    """The lines of each page of a PDF, without spaces."""
    told = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    found = [[re.sub(r"\s", "", line) for line in page.splitlines() if line.strip()] for page in told.split("\f")]
    assert found.pop() == []
    return found


@pytest.mark.thorough
@pytest.mark.needs("soffice")
def test_libreoffice_lays_out_22_lines_of_28_characters(project, tmp_path):
    edited(project, "## 三、", "各县区要把劝返和送教放在心上，" * 80 + "\n\n## 三、")
    assert zt("write", "2018-11", "--to", "docx", cwd=project).returncode == 0
    first, second, third, fourth = pages(converted(project / "written" / "2018-11.docx", "pdf", tmp_path))
    assert first[:3] == ["教育兴昭简报", "2018年第11期（总第28期）", "昭通市教育兴昭战略领导小组办公室2018年11月15日"]
    assert [page[-1] for page in (first, second, third, fourth)] == ["—1—", "—2—", "—3—", "—4—"]
    assert len(third[:-1]) == 22
    assert {len(line) for line in third[1:20]} <= {27, 28, 29}  # a comma may hang, two characters stay together
    assert max(len(line) for line in third[1:20]) >= 28


def feet(pdf):
    """Of each page of a PDF how far down, in points, its text begins and ends, without the page number."""
    told = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    found = []
    for page in told.split("<page ")[1:]:
        tops, ends = ([float(one) for one in re.findall(rf'{name}="([\d.]+)"', page)] for name in ("yMin", "yMax"))
        inside = [(top, end) for top, end in zip(tops, ends, strict=True) if end < FOOT + 10]
        found.append((min(inside)[0], max(end for _, end in inside)) if inside else None)
    return found


# where the type area ends: 35 mm above the edge of the paper
FOOT = (297 - 35) / 25.4 * 72
# lines of text that end well above the imprint of page 1 or 2, just above it, and where it finds no room
LENGTHS = {3: 2, 7: 2, 11: 2, 13: 2, 27: 2, 32: 4, 40: 4}


LINE = "各县区要把孩子放在心上。"


def lines(project, count):
    text = "\n\n".join(["截至{as_of | 月日}，全市劝返复学{劝返复学学生数}。", *[LINE] * (count - 1)])
    (project / "papers" / "2018-11.md").write_text(f"# 题\n\n{text}\n", encoding="utf-8")


@pytest.mark.thorough
@pytest.mark.needs("chromium", "pdftotext")
@pytest.mark.parametrize("count", LENGTHS)
def test_the_imprint_of_the_pdf_stands_at_the_foot_of_an_even_page(project, count):
    lines(project, count)
    # of the numbers that the issue printed most are not there
    assert zt("write", "2018-11", "--to", "pdf", cwd=project).returncode == 1
    found = feet(project / "written" / "2018-11.pdf")
    assert len(found) == LENGTHS[count]
    assert FOOT - 10 < found[-1][1] < FOOT + 4
    told = [line for page in pages(project / "written" / "2018-11.pdf") for line in page]
    assert (told.count(LINE), sum(line.startswith("报：") for line in told)) == (count - 1, 1)


@pytest.mark.thorough
@pytest.mark.needs("soffice")
def test_libreoffice_puts_the_imprint_at_the_foot_of_the_last_page(project, tmp_path):
    for count in LENGTHS:
        lines(project, count)
        assert zt("write", "2018-11", "--to", "docx", cwd=project).returncode == 1
        (project / "written" / "2018-11.docx").rename(project / "written" / f"{count}.docx")
    first, *others = (project / "written" / f"{count}.docx" for count in LENGTHS)
    converted(first, "pdf", tmp_path, *others)
    for count in LENGTHS:
        pdf = tmp_path / f"{count}.pdf"
        assert FOOT - 4 < feet(pdf)[-1][1] < FOOT + 4
        told = [line for page in pages(pdf) for line in page]
        assert told.count(LINE) == count - 1  # nothing lies under it


@pytest.mark.thorough
def test_a_second_office_writes_a_draft_without_a_number(brief):
    (brief / "zt.toml").write_text(
        'name = { zh = "青禾县教育局", en = "Education office of Qinghe County" }\n', encoding="utf-8"
    )
    (brief / "papers" / "letterhead.yml").write_text(
        "brief:\n  title: 年度简报\n  office: 青禾县教育局\n"
        "  printed_by: 青禾县教育局办公室\n  lists: {报: 县人民政府。}\n",
        encoding="utf-8",
    )
    (brief / "papers" / "2025.md").write_text(
        "---\ntyped: refuse\ncopies: 30\n---\n# 寄宿情况\n\n截至{as_of}，全县在校生{在校生数}，寄宿生{寄宿生数}。"
        "桃园镇在校生{在校生数 town=桃园镇}。\n",
        encoding="utf-8",
    )
    done = zt("write", "2025", "--to", "docx", "--to", "md", cwd=brief)
    assert done.returncode == 0, done.stdout + done.stderr
    done = zt("tie", "written/2025.docx", "--case", "2025", "--require", "100%", cwd=brief)
    assert done.returncode == 0, done.stdout
    text = (brief / "written" / "2025.md").read_text(encoding="utf-8")
    assert all(
        one in text for one in ("草稿", "青禾县教育局办公室　2025年10月10日印发", "（共印30份）", "合成的演示数据")
    )
    assert 'w:val="Draft"' in zipfile.ZipFile(brief / "written" / "2025.docx").read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("letterhead", "said"),
    [
        ("paper:\n  title: a\n", "brief; found no entry"),
        ("brief:\n  title: 年度简报\n", "found no office"),
        ("brief: {title: a, office: b, copys: 3}\n", "did you mean 'copies'"),
        ("brief: {title: a, office: b, copies: many}\n", "copies"),
        ("brief: {title: a, office: b, lists: c}\n", "lists"),
        ("brief: [\n", "line 2"),
        ("- a\n", "one entry a kind"),
        ("brief:\n  title: a\u200b\n  office: b\n", "letterhead.yml line 2; found the control character U+200B"),
    ],
)
def test_a_letterhead_that_cannot_be_is_told(letterhead, said):
    with pytest.raises(InputError) as told:
        read_letterhead(letterhead.encode(), "papers/letterhead.yml", "brief")
    assert "papers/letterhead.yml" in str(told.value)
    assert said in str(told.value)


@pytest.mark.parametrize(
    ("letterhead", "said"),
    [(None, "no such file"), ("brief: {title: a, office: b, number: '{nummer}'}\n", "{nummer}")],
)
def test_a_letterhead_that_a_paper_cannot_have_is_told(brief, letterhead, said):
    (brief / "papers" / "2025.md").write_text("# 题\n\n在校生{在校生数}。\n", encoding="utf-8")
    (brief / "papers" / "letterhead.yml").unlink()
    if letterhead is not None:
        (brief / "papers" / "letterhead.yml").write_text(letterhead, encoding="utf-8")
    done = zt("write", "2025", "--to", "md", cwd=brief)
    assert done.returncode == 2
    assert "papers/letterhead.yml" in done.stderr
    assert said in done.stderr


DRAFTED = [
    ("Title", "一个都不能少"), ("Body", "# 截至11月8日，劝返复学1915人。"), ("Heading 1", "集聚合力"),
    ("Body", "- 上门送教823人，[链接](x)与｛数｝、*星*。"), ("Heading 2", "包保"), ("Body", "（一）资助"),
    ("Body", "远程送教12\u200b08人。"),
]  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize("is_styled", [True, False])
def test_headings_and_signs_of_a_draft_are_those_of_its_author(project, tmp_path, is_styled):
    draft = docx.Document()
    for style, text in DRAFTED:
        paragraph = draft.add_paragraph(text)
        if is_styled and style != "Body":
            paragraph.style = style
    draft.save(tmp_path / "draft.docx")
    (project / "papers" / "2018-11.md").unlink()
    zt("write", "2018-11", "--from", str(tmp_path / "draft.docx"), cwd=project)
    text = (project / "papers" / "2018-11.md").read_text(encoding="utf-8")
    headings = ["# 一个都不能少", "### （一）资助"] + ["## 集聚合力", "### 包保"] * is_styled
    assert sorted(re.findall("^#.*", text, re.MULTILINE)) == sorted(headings)
    assert "远程送教{远程送教学生数}" in text
    write(project)
    written = (project / "written" / "2018-11.md").read_text(encoding="utf-8")
    assert "\\- 上门送教823人，\\[链接](x)与｛数｝、\\*星\\*。" in written
    assert "\\# 截至11月8日，劝返复学1915人。" in written
