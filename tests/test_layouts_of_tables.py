"""Layouts and captions of tables as offices draw them: what is right is tied, what is altered named, and no other."""

import pytest
from packages import ROOT, SHIPPED

from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.sources import open_package
from zt_analysis.tying import case_of
from zt_analysis.tying.texts import tie_text

pytestmark = pytest.mark.slow

ROWS = [
    ["县区", "劝返复学（人）", "上门送教（人）"],
    ["昭阳区", "343", "148"],
    ["鲁甸县", "149", "65"],
    ["合计", "492", "212"],
]
ALTERED = {"343": "agree", "148": "agree", "149": "agree", "65": "differs", "492": "agree", "212": "agree"}


@pytest.fixture(scope="module")
def case():
    return case_of(paper_of(params.load("2018-11", ROOT)), open_package(SHIPPED))


def markdown(rows):
    lines = ["|" + "|".join(row) + "|" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


@pytest.fixture
def tied(case):
    def tie(caption, rows, below=""):
        found = tie_text(f"{caption}\n\n{markdown(rows)}\n\n{below}\n", case)
        return {one.mention.surface: one.status for one in found.ties if one.mention.kind != "date"}, found

    return tie


@pytest.mark.parametrize(
    "caption",
    [
        "各县区控辍保学劝返与送教安置情况一览表",
        "各县区劝返和送教任务完成情况表",
        "控辍保学工作进度对照表",
        "各县区控辍保学情况日报表",
        "控辍保学“清零”行动进展情况",
        "昭通市教育体育局控辍保学情况统计",
        "统计时间：2018年11月8日",
        "控辍保学情况（按县区分）",
        "控辍保学专项督查情况简表",
        "教育惠民政策落实情况",
    ],
)
@pytest.mark.part(2)
def test_captions_that_only_say_what_a_table_is(tied, caption):
    assert tied(caption, ROWS)[0] == ALTERED


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "caption",
    [
        *(
            "重点学校控辍保学情况",
            "困难学生劝返情况",
            "问题学生劝返情况",
            "示范学校控辍保学情况",
            "基层学校控辍保学情况",
        ),
        *("建档立卡户学生控辍保学情况", "家长劝返情况", "代表学校控辍保学情况", "应急劝返情况", "重点学生劝返情况"),
        *(
            "控辍保学问题县区情况",
            "监测学生劝返情况",
            "安置学生劝返情况",
            "统计时间：2018年10月11日",
            "主要学校控辍保学情况",
        ),
    ],
)
def test_captions_that_narrow_what_is_counted(tied, caption):
    assert not {"agree"} & {*tied(caption, ROWS)[0].values()}


def test_a_group_of_the_caption_that_a_column_names_itself(tied):
    rows = [["县区", "受助学生（人）"], ["全市", "488235"]]
    assert tied("建档立卡户学生资助情况", rows)[0] == {"488235": "unproven"}
    assert tied("学生资助情况", rows)[0] == {"488235": "agree"}


@pytest.mark.parametrize("first", [["县区", "劝返复学（人）"], ["序号", "县区", "劝返复学（人）"]])
def test_tables_side_by_side_are_several_and_their_total_is_of_both(tied, first):
    left, right = (["1", "昭阳区", "343"], ["2", "鲁甸县", "150"]), (["3", "巧家县", "174"], ["4", "合计", "666"])
    rows = [[*a[-len(first) :], *b[-len(first) :]] for a, b in zip(left, right, strict=True)]
    found, whole = tied("部分县区劝返复学情况", [[*first, *first], *rows])
    assert {one: status for one, status in found.items() if len(one) > 1} == {
        **{"343": "agree", "150": "differs"},
        **{"174": "agree", "666": "agree"},
    }
    assert not whole.remarks


def test_a_column_of_increases_between_the_two_days(tied):
    rows = [["县区", "9月20日", "11月8日", "增加"], ["昭阳区", "182", "343", "161"], ["鲁甸县", "80", "149", "70"]]
    found, _ = tied("劝返复学变化情况（单位：人）", rows)
    assert (found["161"], found["70"]) == ("agree", "differs")
    rows[0][1] = "10月20日"
    assert tied("劝返复学变化情况（单位：人）", rows)[0]["161"] == "unproven"


@pytest.mark.parametrize("blank", ["", "—", "/"])
def test_a_total_over_a_cell_without_a_number_is_of_nobody_knows_which(tied, blank):
    rows = [ROWS[0], ["昭阳区", "343", "148"], ["鲁甸县", "149", blank], ["合计", "492", "148"]]
    found = tie = tied("各县区控辍保学情况", rows)[1]
    assert [one.status for one in tie.ties][-2:] == ["agree", "unproven"], found


def test_a_note_that_says_where_the_numbers_come_from(tied):
    assert tied("控辍保学情况", ROWS, "注：本表数据来源于各县区台账。")[0] == ALTERED
    found, _ = tied("控辍保学情况", ROWS, "注：1.本表数据来源于各县区台账。2.昭阳区含外县户籍学生。")
    assert (found["343"], found["148"], found["149"], found["65"]) == ("unproven", "unproven", "agree", "differs")


@pytest.mark.parametrize("first", ["排名", "名次", "位次", "No.", ""])
def test_a_column_before_the_names_of_the_rows_says_more_of_them_or_numbers_them(tied, first):
    """What stood right of it was read as the number of the whole."""
    names = [("镇雄县", "508"), ("昭阳区", "343"), ("彝良县", "190")]
    rows = [[first, "县区", "劝返复学（人）"], *([str(at), *one] for at, one in enumerate(names, 1))]
    found, _ = tied("部分县区劝返复学情况", [*rows, ["", "合计", "1040"]])
    assert [found[one] for one in ("508", "343", "190", "1040")] == ["agree", "agree", "differs", "agree"]
    assert {found[one] for one in "123"} == {"agree" if first in ("排名", "名次", "位次") else "excused"}
    rows[1][0], rows[2][0] = "2", "1"
    wrong = tied("部分县区劝返复学情况", rows)[1].wrong
    assert [one.mention.surface for one in wrong] == (["2", "1", "190"] if first.endswith(("名", "次")) else ["190"])


@pytest.mark.parametrize("first", ["批次", "年度", "户数"])
def test_numbers_before_the_names_of_the_rows_may_narrow_them(tied, first):
    rows = [[first, "县区", "劝返复学（人）"], ["1", "昭阳区", "343"], ["1", "鲁甸县", "150"], ["", "合计", "1915"]]
    assert {one.status for one in tied("部分县区劝返复学情况", rows)[1].ties} == {"unproven"}


HALVES = ([["镇雄县", "508"], ["昭阳区", "343"]], [["鲁甸县", "149"], ["彝良县", "189"]])
HEAD = ["县区", "劝返复学（人）"]


def test_a_subtotal_is_of_the_rows_since_the_one_before_it(tied):
    first, second = HALVES
    rows = [HEAD, *first, ["小计", "851"], *second, ["小计", "338"], ["合计", "1189"]]
    found, whole = tied("部分县区劝返复学情况", rows)
    assert {found[one] for one in ("851", "338", "1189")} == {"agree"}
    assert not whole.remarks
    rows[3][1] = "852"
    found, whole = tied("部分县区劝返复学情况", rows)
    assert (found["852"], found["338"], found["1189"]) == ("differs", "agree", "agree")
    assert [one.kind for one in whole.remarks] == ["table"]


@pytest.mark.parametrize(
    "totals",
    [
        # above its rows, amid those of all, one word for two totals
        {0: ["小计", "851"], 2: ["小计", "338"], 4: ["合计", "1189"]},
        {2: ["合计", "1915"]},
        {2: ["合计", "851"], 4: ["合计", "338"]},
    ],
)
def test_a_total_of_which_nobody_can_say_what_it_sums_proves_nothing(tied, totals):
    rows = [one for half in HALVES for one in half]
    rows = [one for at in range(5) for one in (*([totals[at]] if at in totals else []), *rows[at : at + 1])]
    found, whole = tied("部分县区劝返复学情况", [HEAD, *rows])
    of_some = [number for word, number in totals.values() if number != "1189"]
    assert {found[one] for one in of_some} == {"unproven"}
    assert {found[one] for one in ("508", "343", "149", "189")} == {"agree"}
    assert not whole.wrong


@pytest.mark.parametrize("apart", [["平均", "298"], ["县均", "298"], ["中位数", "266"], ["占比", "26"]])
def test_a_mean_row_is_no_part_of_a_total(tied, apart):
    rows = [HEAD, *HALVES[0], *HALVES[1], apart, ["合计", "1189"]]
    whole = tied("部分县区劝返复学情况", rows)[1]
    assert [one.status for one in whole.ties[-2:]] == ["unproven", "agree"]
    assert not whole.remarks


@pytest.mark.parametrize(("total", "kinds"), [("64332.83", []), ("64332.93", ["table"])])
def test_a_total_of_spending_sums_what_is_spent(tied, total, kinds):
    rows = [["项目", "金额（万元）"], ["学生资助资金下达额", "133715.32"], ["营养改善计划支出", "28495.92"]]
    found, whole = tied("资金情况", [*rows, ["学生资助支出", "35836.91"], ["支出合计", total]])
    assert found["133715.32"] == "agree"
    assert [one.kind for one in whole.remarks] == kinds
    # which of the rows above it sums nobody says
    assert not tied("资金情况", [*rows, ["学生资助发放额", "35836.91"], ["支出合计", total]])[1].remarks


@pytest.mark.parametrize(
    ("rows", "proven"),
    [
        ([["劝返方", "被劝返方", "劝返复学（人）"], ["昭阳区", "镇雄县", "508"], ["镇雄县", "昭阳区", "343"]], 0),
        ([["县区", "昭阳区", "镇雄县"], ["昭阳区", "343", "343"], ["镇雄县", "508", "508"]], 0),
        ([["学段", "县区", "劝返复学（人）"], ["义务教育", "镇雄县", "508"], ["义务教育", "昭阳区", "343"]], 2),
    ],
)
def test_two_columns_of_places_say_which_place_of_none(tied, rows, proven):
    whole = tied("截至11月8日劝返复学情况", rows)[1]
    assert sum(one.status == "agree" for one in whole.ties) == proven


@pytest.mark.parametrize(
    ("rows", "excluded"),
    [
        ([["失辍学", "4717"], ["其中：上门送教", "823"], ["其中：劝返复学", "1915"]], ["823", "1915"]),
        ([["失辍学", "4717"], ["其中：上门送教", "823"], ["远程送教", "1208"]], ["823", "1208"]),
        ([["劝返复学", "1915"], ["其中：上门送教", "823"]], ["823"]),
        ([["失辍学", "4717"], ["其中：小学", "329"], ["劝返复学", "1915"]], []),
        ([["受助学生", "488235"], ["其中：建档立卡户受助学生", "327802"]], []),
    ],
)
def test_what_excludes_a_figure_is_no_part_of_its_row(tied, rows, excluded):
    found, _ = tied("控辍保学和学生资助情况", [["项目", "人数（人）"], *rows])
    assert [one for one, status in found.items() if status == "unproven"] == excluded
    head = ["县区", *(f"{name}（人）" for name, _ in rows[:2])]
    across = tied("控辍保学和学生资助情况", [head, ["全市", *(number for _, number in rows[:2])]])[0]
    if excluded:
        assert list(across.values()) == ["agree", "unproven"]


DAYS = ["学段", "9月20日", "11月8日"]


@pytest.mark.part(3)
@pytest.mark.parametrize("word", ["下降", "减少", "回落", "压减", "降低", "下降（人）"])
def test_a_number_under_a_word_of_fall_is_a_fall(tied, word):
    rows = [
        [*DAYS, word],
        ["小学", "493", "329", "164"],
        ["初中", "5272", "4388", "885"],
        ["合计", "5765", "4717", "1048"],
    ]
    found, whole = tied("失辍学人数（单位：人）", rows)
    assert [one.mention.surface for one in whole.wrong] == ["885"]
    assert (found["164"], found["329"], found["1048"]) == ("agree", "agree", "agree")
    across = [["时间", "小学", "初中"], ["9月20日", "493", "5272"], ["11月8日", "329", "4388"], [word, "164", "884"]]
    assert not tied("失辍学人数（单位：人）", across)[1].wrong


@pytest.mark.parametrize(
    ("word", "number", "status"),
    [
        ("增减", "-164", "agree"),
        ("变化", "-164", "agree"),
        ("上升", "164", "differs"),
        ("降幅（%）", "33.27", "agree_rounded"),
        ("增长", "-33.27%", "agree_rounded"),
        ("降幅", "33.27", "unproven"),  # of whom or of a hundred nobody says
        ("下降", "-164", "unproven"),
    ],
)
def test_words_of_change_head_changes_alike(tied, word, number, status):
    found, _ = tied("失辍学人数（单位：人）", [[*DAYS, word], ["小学", "493", "329", number]])
    assert (found["329"], found[number]) == ("agree", status)


@pytest.mark.parametrize(
    ("word", "number", "status"),
    [
        ("下降（百分点）", "0.03", "agree_rounded"),
        ("下降", "0.03个百分点", "agree_rounded"),
        ("变化（个百分点）", "-0.03", "agree_rounded"),
        ("回落（百分点）", "0.04", "differs"),
        ("降幅（%）", "33.27", "unproven"),
    ],
)
def test_a_column_of_changes_of_a_rate_is_in_points(tied, word, number, status):
    found, _ = tied("失辍学率", [[*DAYS, word], ["小学", "0.09%", "0.06%", number]])
    assert (found["0.06%"], found[number]) == ("agree_rounded", status)


@pytest.mark.parametrize("columns", [2, 3])
def test_a_row_that_stands_there_twice_is_told_by_each_total(tied, columns):
    rows = [ROWS[0], *ROWS[1:3], ROWS[2], ["合计", "492", "213"]]
    rows = [row[:columns] for row in rows]
    assert [one.kind for one in tied("部分县区控辍保学情况", rows)[1].remarks] == ["table"] * (columns - 1)
