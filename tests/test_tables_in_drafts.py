"""Tables as drafts have them: continued, with notes, shares, places, 其中 rows; what is said of them is of cells."""

import pytest
from shipped import tied_case

from zt_analysis.documents import read_document
from zt_analysis.tying import tie_out

pytestmark = pytest.mark.slow

CAPTION = "控辍保学情况（截至11月8日，单位：人）"
ROWS = (("县区", "劝返复学", "上门送教"), ("昭阳区", "343", "148"), ("鲁甸县", "149", "64"))
FOUR = ["agree"] * 4
NONE = ["unproven"] * 4


@pytest.fixture(scope="module")
def case():
    return tied_case(printed=False)


@pytest.fixture
def tied(tmp_path, case):
    """The statuses of a draft's numbers in tables, in their order; list numbers and marks aside."""

    def tie(text, name="draft.md"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        document = read_document(path)
        found = tie_out(document, case)
        cells = [one for one in found.ties if document.block_at(one.start).kind == "table-cell"]
        return [one.status for one in cells if one.status != "excused"], found

    return tie


def table(*rows, caption=CAPTION, note=""):
    lines = ["|" + "|".join(row) + "|" for row in rows or ROWS]
    lines.insert(1, "|---" * len((rows or ROWS)[0]) + "|")
    return f"{caption}\n\n" + "\n".join(lines) + f"\n\n{note}\n\n"


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("注：“—”表示未单独统计。", FOUR),
        ("注：部分数据因四舍五入，合计与分项之和不完全相等。", FOUR),
        ("注：“—”表示未单独统计，其余为上年数。", NONE),
        ("注：1.“—”表示未统计。\n2.数据为去年同期数。", NONE),
        ("注：数据截至9月20日。", NONE),
        # what follows a table is said of all of it
        ("均为外县学生。", NONE),
        ("这些数据有误。", NONE),
        ("以上数据为去年同期数。", NONE),
        # the paragraph behind a table is none of its last cell's
        ("下一步，我县将继续落实各项措施。", FOUR),
    ],
)
def test_a_note_under_a_table_is_said_of_every_cell(tied, note, expected):
    assert tied(table(note=note))[0] == expected


@pytest.mark.parametrize(
    ("cells", "note", "expected"),
    [
        (("昭阳区", "343①", "148"), "①为去年同期数。", ["unproven", "agree", "agree", "agree"]),
        (("昭阳区①", "343", "148"), "注：①含外来人口。", ["unproven", "unproven", "agree", "agree"]),
        (("昭阳区", "343*", "148"), "", ["unproven", "agree", "agree", "agree"]),
        (("昭阳区", "343①", "148"), "注：①截至11月8日。", FOUR),
    ],
)
def test_the_note_of_a_mark_is_of_the_cells_that_bear_it(tied, cells, note, expected):
    assert tied(table(ROWS[0], cells, ROWS[2], note=note))[0] == expected


def test_a_continued_table_has_one_caption_and_one_total(tied):
    names = [
        "昭阳区",
        "鲁甸县",
        "巧家县",
        "盐津县",
        "大关县",
        "永善县",
        "绥江县",
        "镇雄县",
        "彝良县",
        "威信县",
        "水富市",
    ]
    values = ["343", "149", "174", "120", "78", "131", "51", "508", "189", "133", "39"]
    rows = [("县区", "劝返复学"), *zip(names, values, strict=True)]
    more = [("县区", "劝返复学"), *rows[7:], ("合计", "1915")]
    found, _ = tied(table(*rows[:7]) + table(*more, caption="续表"))
    assert found == ["agree"] * 12
    # other columns under 续表 are another table
    assert "agree" not in tied(table() + table(("县区", "辍学教师"), ("巧家县", "174"), caption="续表"))[0][4:]


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("部分县区控辍保学情况", FOUR),
        ("两县区控辍保学情况", FOUR),
        ("六县控辍保学情况", NONE),
        ("部分乡镇控辍保学情况", NONE),
    ],
)
def test_a_caption_may_count_the_places_of_its_rows(tied, caption, expected):
    assert tied(table(caption=f"{caption}（截至11月8日，单位：人）"))[0] == expected


def test_a_part_below_another_row_hangs_on_it(tied):
    rows = [
        ("项目", "人数"),
        ("失辍学学生", "4717"),
        ("其中：小学", "329"),
        ("初中", "4389"),
        ("教师", "4717"),
        ("其中：小学", "329"),
    ]
    assert tied(table(*rows))[0] == ["agree", "agree", "differs", "unproven", "unproven"]


def test_shares_and_places_are_of_the_column_before(tied):
    head = ("县区", "劝返复学", "占全市比重（%）", "位次")
    rows = [head, ("镇雄县", "508", "26.5", "1"), ("昭阳区", "343", "17.8", "2"), ("水富市", "39", "2.0", "10")]
    found, _ = tied(table(*rows))
    assert found == [
        "agree",
        "agree_rounded",
        "agree",
        "agree",
        "differs",
        "agree",
        "agree",
        "agree_rounded",
        "differs",
    ]
    # of what, nobody says
    assert tied(table(("县区", "劝返复学", "占比（%）"), ("昭阳区", "343", "17.9")))[0] == ["agree", "unproven"]


def test_a_subtotal_under_a_wide_heading_is_the_sum_of_its_columns(tied):
    html = (
        "<p>控辍保学情况（截至11月8日）</p><table><tr><th rowspan=2>县区</th><th colspan=3>送教（人）</th></tr>"
        "<tr><th>上门送教</th><th>远程送教</th><th>小计</th></tr>"
        "<tr><td>昭阳区</td><td>148</td><td>216</td><td>364</td></tr>"
        "<tr><td>鲁甸县</td><td>64</td><td>95</td><td>160</td></tr></table>"
    )
    assert tied(html, "draft.html")[0] == ["agree", "agree", "agree", "agree", "agree", "differs"]


def test_a_subtotal_is_of_the_rows_of_its_own_group(tied):
    rows = [
        ("学段", "学段", "受助学生"),
        ("学前教育", "", "41234"),
        ("义务教育", "小学", "200001"),
        ("", "初中", "184000"),
    ]
    rows += [("", "小计", "384001"), ("普通高中", "", "46000")]
    _, found = tied(table(*rows, caption="2018年春季学期学生资助情况（单位：人）"))
    assert not found.remarks


def test_a_blank_before_a_number_is_no_sign(tied):
    assert tied(table(ROWS[0], ("昭阳区", "—", "148"), ROWS[2]))[0] == ["agree"] * 3


def test_cells_and_captions_head_nothing_below_a_table(tied):
    rows = [("指标", "11月8日"), ("失辍学学生（人）", "4717"), ("初中失辍学率（%）", "1.59")]
    _, found = tied(
        table(*rows, caption="主要指标（单位：见表）") + "截至11月8日，全市失辍学学生比9月20日减少1048人。\n"
    )
    assert found.ties[-1].status == "agree"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("期末，全市失辍学学生4717人。", "unproven"),
        ("期初失辍学学生5765人，期末4717人。", "agree"),
        ("与期末统计相比，小学失辍学率由0.09%降至0.06%。", "unproven"),
    ],
)
def test_the_end_of_a_term_is_not_today(tmp_path, case, text, expected):
    path = tmp_path / "draft.txt"
    path.write_text(text, encoding="utf-8")
    found = [one.status for one in tie_out(read_document(path), case).ties]
    assert expected in found
    assert ("unproven" in found) == (expected == "unproven")


def test_a_first_column_headed_unit_names_who_reports(tied):
    assert tied(table(("单位", *ROWS[0][1:]), *ROWS[1:]))[0] == FOUR
    # a row without a label beside rows with one is of nobody
    assert tied(table(ROWS[0], ("", "1915", "823"), ROWS[2]))[0] == ["unproven", "unproven", "agree", "agree"]


@pytest.mark.parametrize(
    "caption", ["分县区分学段控辍保学情况", "教育脱贫攻坚控辍保学推进情况", "控辍保学工作台账（续）"]
)
def test_a_caption_says_by_what_its_rows_are(tied, caption):
    assert tied(table(caption=f"{caption}（截至11月8日，单位：人）"))[0] == FOUR


@pytest.mark.parametrize("caption", ["部分学生控辍保学情况", "控辍保学目标", "脱贫户学生控辍保学情况", "信访案件情况"])
def test_a_caption_that_says_more_leaves_its_cells_unproven(tied, caption):
    assert tied(table(caption=f"{caption}（截至11月8日，单位：人）"))[0] == NONE
