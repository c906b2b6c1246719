"""What stands beside, above or below a number that makes it something else, and what looks like it and does not."""

import pytest
from shipped import tied_case

from zt_analysis.documents import read_plain
from zt_analysis.tying.texts import tie_text

GREEN = ("agree", "agree_rounded", "within_bound")
OURS = "截至11月8日，全市劝返复学1915人"


def statuses(text):
    found = tie_text(text, tied_case("2018-11", printed=False))
    return {one.mention.surface: one.status for one in found.ties}


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    [
        f"{OURS}，到校率为零。",
        f"{OURS}，巩固率不到一成。",
        f"{OURS}，任务完成一半。",
        "全市两次劝返复学1915人。",
        "全市三轮劝返复学1915人。",
        "全市劝返复学名额1915人。",
        "省级劝返复学1915人。",
        "劝返复学1915人，是上门送教823人的三倍。",
        "失辍学4717人，含劝返复学1915人。",
        f"{OURS}。\n妥否，请批示。\n批示：数字不对。",
        f"{OURS}。\n阅办：请某县核。",
        f"{OURS}。\n※照上线时的默认值填列。",
        f"{OURS}。\n抄送：市政府\n报送单位：宣威市教育局",
        f"{OURS}。\n——宣威教体",
        f"{OURS}。\n宣威市教体局 宣",
        f"{OURS}。\n2017年冬",
        f"{OURS}。\n二〇一七年十一月八日",
        f"{OURS}。\n丁酉年冬月",
        f"{OURS}。\n打印日期：17/11/15",
        "卷宗号：2017-45\n全市劝返复学1915人。",
        "在威宁，家长很支持。各校高度重视。截至11月8日，劝返复学1915人。",
        "学习会泽好榜样。截至11月8日，劝返复学1915人。",
        "【演示环境】页面数字由程序随机生成。\n全市劝返复学1915人。",
        "市教育局制定了方案。全市劝返复学1915人。",
        "会议要求如下。全市劝返复学1915人。",
        "考核指标\n全市劝返复学1915人。",
    ],
)
def test_what_makes_a_number_something_else_leaves_it_unproven(text):
    assert statuses(text)["1915人"] == "unproven"


def test_what_compares_two_numbers_has_to_hold():
    assert set(statuses("远程送教1208人，多于上门送教823人。").values()) == {"agree"}
    assert set(statuses("远程送教1208人，少于上门送教823人。").values()) == {"unproven"}
    assert statuses("初中失辍学率1.59%，高于小学的0.06%。") == {"1.59%": "agree_rounded", "0.06%": "agree_rounded"}
    assert statuses("初中失辍学率1.59%，比小学低。") == {"1.59%": "unproven"}


def test_a_number_of_two_terms_is_none_of_one():
    assert statuses("春季学期和秋季学期，受助学生488235人。") == {"488235人": "unproven"}


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    [
        f"{OURS}，较9月20日增加895人。",
        f"{OURS}。\n联系人：李老师　电话：0870-2130000",
        f"{OURS}。\n附件：全市控辍保学情况统计表",
        f"{OURS}。\n下一步打算：继续加大劝返力度，力争应返尽返。",
        f"{OURS}。\n抄送：市政府办公室",
        f"{OURS}。\n昭通市教育局\n二〇一八年十一月十五日",
        f"{OURS}。\n戊戌年冬月",
        "会议部署了控辍保学工作。截至11月8日，全市劝返复学1915人。",
        "围绕“控得住、劝得回、留得住”，全市劝返复学1915人。",
        "全市劝回学生1915人。",
    ],
)
def test_what_looks_like_it_changes_nothing(text):
    assert statuses(text)["1915人"] == "agree"


def test_the_first_of_january_begins_this_year():
    said = "今年1月1日至11月8日，中央和省下达全市学生资助资金133715.32万元。"
    assert statuses(said)["133715.32万元"] == "agree"


@pytest.mark.parametrize("label", ["备注：旧表。", "批示：再查。", "报送单位：甲市教育局"])
def test_a_label_opens_a_line_of_its_own(label):
    assert f"\n{label}" in read_plain(f"全市劝返复学1915人。\n签发：某科\n{label}", "text").prose.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("劝返复学人数较9月20日增加895人至1915人。", ["agree", "agree"]),
        ("劝返复学人数较9月20日增加895人至1951人。", ["agree", "differs"]),
        ("劝返复学人数较9月20日增加885人到1915人。", ["differs", "agree"]),
        ("失辍学人数较9月20日减少1048人至4771人。", ["agree", "differs"]),
        ("上门送教人数较9月20日多383人至832人。", ["agree", "differs"]),
        ("劝返复学人数较9月20日增加八百九十五人至一千九百五十一人。", ["agree", "differs"]),
        ("劝返复学人数较9月20日增加895至1951人。", ["unproven"]),
        ("劝返复学人数较9月20日增加895~1951人。", ["within_bound"]),
    ],
)
def test_what_a_change_leads_to_is_held_against_the_level(text, said):
    found = tie_text(text, tied_case("2018-11", printed=False)).ties
    assert [one.status for one in found if one.mention.kind != "date"] == said


@pytest.mark.parametrize("level", ["1915人、383人至823人", "1915人、增加383人至823人"])
def test_a_change_and_its_level_take_one_turn_of_a_list(level):
    said = statuses(f"较9月20日，劝返复学、上门送教分别增加895人至{level}。")
    assert (said["1915人"], said["823人"]) == ("agree", "agree")
