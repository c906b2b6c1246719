"""Notes under tables, lines of forms and papers of others: what they say governs their own numbers and no others."""

import pytest
from shipped import tied_case

from zt_analysis.documents import read_document
from zt_analysis.indicators import breakdown
from zt_analysis.tying import tie_out

pytestmark = pytest.mark.slow

COLUMNS = {"远程送教": "remote_taught_students", "受助学生": "aided_students"}


@pytest.fixture(scope="module")
def case():
    return tied_case(printed=False)


@pytest.fixture
def tied(tmp_path, case):
    def tie(text):
        path = tmp_path / "draft.md"
        path.write_text(text, encoding="utf-8")
        document = read_document(path)
        found = tie_out(document, case)
        return {(document.block_at(one.start).place.column, one.mention.surface): one.status for one in found.ties}

    return tie


@pytest.fixture(scope="module")
def rows(case):
    """Three counties with two figures each."""
    names = {one["county_code"]: one["name_zh"] for one in case.tables.rows(case.tables["counties"])}
    by = [breakdown(one, case.tables, case.paper.period).set_index("county_code")["exact"] for one in COLUMNS.values()]
    return [[names[code], *(str(int(one[code])) for one in by)] for code in list(names)[:3]]


def table(rows, note, caption="部分县区情况（截至11月8日，单位：人）"):
    lines = ["|县区|" + "|".join(COLUMNS) + "|", "|---|---|---|", *("|" + "|".join(row) + "|" for row in rows)]
    return caption + "\n\n" + "\n".join(lines) + f"\n\n{note}\n"


def by_column(found):
    """The statuses of each column of numbers."""
    return [{status for (column, _), status in found.items() if column == one} for one in (2, 3)]


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("注：远程送教学生主要为随家人外出的孩子。", ["agree", "agree"]),
        ("注：受助学生含学前教育、小学、初中、普通高中和中职教育学生。", ["agree", "agree"]),
        # about one column alone
        ("注：受助学生里有外省户籍的。", ["agree", "unproven"]),
        ("注：受助学生含小学、初中学生。", ["agree", "unproven"]),
        ("注：远程送教按网课登录人次填报。", ["unproven", "agree"]),
        # about all that the table holds
        ("注：受助学生为去年数，其余各列亦同。", ["unproven", "unproven"]),
        ("注：按旧口径填报。", ["unproven", "unproven"]),
        # who was counted is another
        ("注：远程送教对象主要为未复学的孩子。", ["unproven", "agree"]),
        ("注：远程送教对象主要为外省户籍的孩子。", ["unproven", "agree"]),
        ("注：远程送教数主要为预计数。", ["unproven", "agree"]),
    ],
)
def test_a_note_governs_what_it_names(tied, rows, note, expected):
    assert by_column(tied(table(rows, note))) == [{one} for one in expected]


def test_a_wrong_cell_is_named_beside_a_note_about_another_column(tied, rows):
    altered = [[name, str(int(remote) + 3), aided] for name, remote, aided in rows]
    assert by_column(tied(table(altered, "注：受助学生里有外省户籍的。"))) == [{"differs"}, {"unproven"}]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("时间：2018年11月13日上午9时30分", {"excused"}),
        ("会议地点：县政府三楼会议室", {"excused"}),
        ("填表人：办公室　2018年11月9日", {"excused"}),
        ("第 2 页", {"excused"}),
        # a place or a day beside which something is counted
        ("地点：三个安置点", {"unproven"}),
        ("时间：2018年10月30日，劝返复学1915人。", {"excused", "unproven"}),
    ],
)
def test_lines_of_a_form(tied, line, expected):
    found = tied(f"工作推进会纪要\n\n{line}\n\n会议研究了下一步工作。\n")
    assert set(found.values()) == expected


@pytest.mark.parametrize(("title", "status"), [("镇雄县教育简报", "unproven"), ("教育扶贫简报", "differs")])
def test_the_number_and_day_of_anothers_paper_are_not_ours(tied, title, status):
    found = tied(f"# {title}\n\n第3期\n\n2018年11月2日\n\n截至11月8日，全市劝返复学1915人。\n")
    assert found[None, "第3期"] == found[None, "2018年11月2日"] == status
    assert found[None, "1915人"] in ("agree", "unproven")


@pytest.mark.parametrize("title", ["关于全市控辍保学情况的通报", "附件1"])
def test_a_circular_about_the_whole_and_the_number_of_an_annex_are_no_other_place(tied, title):
    assert tied(f"# {title}\n\n截至11月8日，全市劝返复学1915人。\n")[None, "1915人"] == "agree"


@pytest.mark.part(3)
@pytest.mark.parametrize("word", ["测算", "估算", "预计", "模拟", "演示", "暂估", "初步", "快报"])
@pytest.mark.parametrize("note", ["注：本表为{}数。", "备注：{}数据", "注：1.数据截至11月8日。2.本表为{}数。"])
def test_numbers_that_a_note_calls_reckoned_are_none(tied, rows, note, word):
    assert by_column(tied(table(rows, note.format(word)))) == [{"unproven"}, {"unproven"}]


@pytest.mark.parametrize(
    "note",
    [
        "注：远程送教合计1208人，受助学生合计488235人。",
        "注：全市远程送教1208人，其中小学90人、初中1118人。",
        "注：失辍学率的分母为824000人，其中小学548000人、初中276000人。",
        "注：比重以全市远程送教1208人为分母。",
        "注：9月20日为基数日。",
        "注：三县远程送教合计400人。",
    ],
)
def test_figures_that_a_note_states_change_no_cell(tied, rows, note):
    assert by_column(tied(table(rows, note))) == [{"agree"}, {"agree"}]


@pytest.mark.parametrize(
    "note",
    [
        "注：远程送教含外省转入120人。",
        "注：远程送教以10人为一组。",
        "注：远程送教乘以10人。",
        "注：远程送教1208人为全年目标。",
        "注：远程送教为初中。",
        "注：远程送教为男生。",
        "注：远程送教为建档立卡户。",
        "注：远程送教1208人，远程送教为初中。",
        "注：远程送教单位为户。",
    ],
)
def test_a_note_that_makes_its_cells_of_others_leaves_them_open(tied, rows, note):
    assert by_column(tied(table(rows, note))) == [{"unproven"}, {"agree"}]


@pytest.mark.parametrize(
    "note",
    [
        "注：单位为户。", "注：单位为元。", "注：10月8日为基数日。", "注：2017年9月20日为基数日。",
        "注：数据均为盐津县。",
        "注：数据为初中，截至11月8日。", "注：全市失辍学4717人，本表为初中。",
    ],
)  # fmt: skip
def test_a_note_of_another_unit_day_place_or_part_leaves_all_of_its_cells_open(tied, rows, note):
    found = tied(table(rows, note))
    assert [one - {"excused"} for one in by_column(found)] == [{"unproven"}, {"unproven"}]


def test_a_title_of_the_first_of_all_leaves_its_rows_open(tied):
    text = (
        "# 劝返复学人数前两位的县区（截至11月8日，单位：人）\n\n|县区|劝返复学|\n|---|---|\n|水富市|39|\n|绥江县|51|\n"
    )
    assert "agree" not in tied(text).values()


def test_a_note_of_one_place_leaves_the_whole_open(tied):
    text = "# 情况表（截至11月8日，单位：人）\n\n| 范围 | 远程送教 |\n|---|---|\n| 全市 | 1208 |\n\n注：数据为{}。\n"
    found = [set(tied(text.format(place)).values()) - {"excused"} for place in ("镇雄县", "全市")]
    assert found == [{"unproven"}, {"agree"}]


@pytest.mark.parametrize(
    "caption",
    [
        "二、部分县区情况",
        "（一）部分县区情况",
        "西部三县区一览",
        "北部片区三县数据",
        "县区横排表",
        "两个时点对照",
    ],
)
def test_titles_that_name_how_a_table_stands_change_no_cell(tied, rows, caption):
    found = tied(table(rows, "", f"{caption}（截至11月8日，单位：人）"))
    assert by_column({one: status for one, status in found.items() if one[0]}) == [{"agree"}, {"agree"}]


@pytest.mark.parametrize(
    ("heading", "statuses"),
    [
        ("失辍学人数（11月8日，人）", {"agree"}),
        ("失辍学人数（单位：人；截至11月8日）", {"agree"}),
        ("失辍学人数（11月8日，万元）", {"unproven"}),
    ],
)
def test_a_time_and_a_unit_in_one_bracket_are_of_each_line(tied, heading, statuses):
    found = tied(f"## 一、{heading}\n\n- 昭阳区：845\n- 鲁甸县：369\n")
    assert set(found.values()) - {"excused"} == statuses
