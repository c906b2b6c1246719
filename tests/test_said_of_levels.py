"""Numbers said of the number before them, in texts of figures of a day: each right form beside a false one."""

import pytest
from test_judged_texts import GREEN, WRONG, statuses


@pytest.mark.parametrize(
    "text",
    [
        "截至11月8日，全市劝返复学1915人，较9月20日增加895人。",
        "截至11月8日，全市劝返复学1915人，较9月20日净增895人。",
        "截至11月8日，全市累计劝返复学1915人，比9月20日的1020人增加895人。",
        "劝返复学1915人，较9月20日增加895人；上门送教823人，增加383人；远程送教1208人，增加568人。",
        "截至11月8日，绥江县劝返复学51人，比9月20日增加24人。",
    ],
)
def test_what_a_level_has_grown_since_the_base_date_is_tied(text):
    assert {status for _, status in statuses(text)} <= set(GREEN)


@pytest.mark.parametrize(
    "said",
    [
        "失辍学人数比9月20日减少1000人以上",
        "失辍学人数比9月20日减少一千多人",
        "失辍学率比9月20日下降0.1个百分点以上",
        "失辍学人数比9月20日下降近两成",
        "失辍学人数比9月20日下降18.18%",
        "失辍学4717人，较9月20日下降18.18%",
        "劝返复学人数比9月20日增长八成以上",
    ],
)
def test_a_fall_is_held_against_its_bound_by_its_size(said):
    assert statuses(f"截至11月8日，全市{said}。")[-1][1] in GREEN


@pytest.mark.parametrize("said", ["减少1000至1100人", "减少1100至1200人"])
def test_a_second_number_may_be_the_level(said):
    assert statuses(f"截至11月8日，全市失辍学人数比9月20日{said}。")[-1][1] == "unproven"


@pytest.mark.parametrize(
    "said",
    [
        "失辍学人数比9月20日减少2000人以上",
        "失辍学人数比9月20日减少不到1000人",
        "失辍学率比9月20日下降0.5个百分点以上",
        "失辍学人数比9月20日下降三成以上",
        "失辍学人数比9月20日增加800人以上",
        "劝返复学人数比9月20日减少800人以上",
        "失辍学4717人，较9月20日下降81.82%",
    ],
)
def test_another_bound_on_a_fall_is_wrong(said):
    assert statuses(f"截至11月8日，全市{said}。")[-1][1] in WRONG


def test_numbers_before_their_names_are_theirs_in_turn():
    right, false = (
        [status for _, status in statuses(f"{numbers}分别接受上门送教、远程送教。")]
        for numbers in ("823人、1208人", "1208人、823人")
    )
    assert set(right) <= set(GREEN)
    assert set(false) <= set(WRONG)


@pytest.mark.parametrize("said", ["以上为秋季学期数据", "以上数据为秋季学期", "这是秋季学期的数"])
def test_what_is_said_of_another_term_is_no_figure_of_this_one(said):
    assert statuses(f"春季学期受助学生488235人。{said}。")[0][1] == "unproven"


def test_another_term_with_a_subject_of_its_own_says_nothing():
    assert statuses("春季学期受助学生488235人。以上为春季学期数据。")[0][1] in GREEN
    assert statuses("春季学期受助学生488235人。秋季学期的资助工作已经启动。")[0][1] in GREEN


def test_a_move_begins_below_the_day_up_to_which_it_goes():
    found = statuses("截至11月8日，全市上门送教由440人增至823人，远程送教由640人增至1208人。")
    assert {status for _, status in found} <= {*GREEN, "excused"}


def test_a_share_of_a_named_whole_is_not_of_the_city():
    text = "镇雄县春季学期建档立卡户受助学生86983人，占受助学生的67.22%。"
    assert statuses(text)[-1][1] in GREEN


@pytest.mark.parametrize("said", ["增加896人", "减少895人"])
def test_another_change_is_wrong(said):
    assert statuses(f"劝返复学1915人，较9月20日{said}。")[-1][1] in WRONG


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    [
        "劝返复学1915人，较10月20日增加895人。",
        "劝返复学1915人，较去年9月20日增加895人。",
        "劝返复学1915人，较宣威市9月20日增加895人。",
        "劝返复学1915人，兄弟市较9月20日增加895人。",
        "劝返复学1915人，较9月20日增加895名教师。",
        "劝返复学1915人，较9月20日增加895人（镇雄县）。",
        "劝返复学1915人，较9月20日增加895人的目标。",
        "劝返复学1915人，较9月20日增加895人，均为镇雄县。",
        "计划劝返复学1915人，较9月20日增加895人。",
        "截至9月20日，劝返复学1020人，较9月20日增加895人。",
        "劝返复学1915人，增加895人。",
    ],
)
def test_what_may_be_another_change_is_unproven(text):
    assert next(status for surface, status in statuses(text) if surface.startswith("895")) == "unproven"


@pytest.mark.parametrize(
    "text",
    [
        "我市现有失辍学学生4717人（截至2018年11月8日），初中占93.03%。",
        "答记者问：截至11月8日，昭阳区劝返复学343人，镇雄县508人，两地占全市的44.4%。",
        "镇雄县劝返复学508人，居全市首位；昭阳区343人，彝良县189人。",
        "镇雄县劝返复学508人，居全市首位，昭阳区343人，居全市第二，彝良县189人。",
    ],
)
def test_shares_and_lists_after_a_number_are_tied(text):
    assert {status for _, status in statuses(text)} <= {*GREEN, "excused"}


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("text", "surface", "status"),
    [
        ("失辍学学生4717人，初中占93.13%。", "93.13%", "differs"),
        ("失辍学学生4717人，女生占93.03%。", "93.03%", "unproven"),
        ("失辍学学生4717人，初中教师占93.03%。", "93.03%", "unproven"),
        ("失辍学学生4717人，宣威市初中占93.03%。", "93.03%", "unproven"),
        ("昭阳区劝返复学343人，镇雄县508人，两地占全市的44.14%。", "44.14%", "differs"),
        ("昭阳区劝返复学343人，镇雄县508人，三地占全市的44.4%。", "44.4%", "unproven"),
        ("昭阳区劝返复学343人，镇雄县508人，两地占全省的44.4%。", "44.4%", "unproven"),
        ("昭阳区劝返复学343人，镇雄县508人，两地占全市失辍学人数的44.4%。", "44.4%", "unproven"),
        ("镇雄县劝返复学508人，居全市首位；昭阳区345人。", "345人", "differs"),
        ("镇雄县劝返复学508人，居全市第三；昭阳区343人。", "508人", "unproven"),
        ("镇雄县劝返复学508人，居全市首位；宣威市343人。", "343人", "unproven"),
        ("镇雄县劝返复学508人，居全省首位；昭阳区343人。", "343人", "unproven"),
    ],
)
def test_another_share_or_list_is_not(text, surface, status):
    assert (surface, status) in statuses(text)


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    [
        "截至11月8日，全市劝返复学1915人，这个数字凝聚着大家的心血。",
        "今天，我向大家报告：截至11月8日，全市上门送教823人。",
        "该负责人介绍，春季学期全市受助学生488235人。",
        "会议指出，截至11月8日，全市劝返复学1915人，成绩值得肯定。",
        "截至11月8日全市仍有4717人失辍学，各县区不得松懈。",
        "全市共劝返复学1915人，为下一步工作打下了坚实基础。",
        "全市劝返复学1915人；下一步，将巩固成果。",
        "报告如下：截至11月8日，我市劝返复学1915人。",
        "通过“控辍保学月”活动，全市劝返复学1915人。",
        "截至11月8日，我县（彝良县）劝返复学189人。",
    ],
)
def test_what_speakers_add_changes_nothing(text):
    assert {status for _, status in statuses(text)} <= set(GREEN)


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    [
        "劝返复学1915人，这个数字凝聚着大家的想象。",
        "今天劝返复学1915人。",
        "今天，我向大家报告：去年劝返复学1915人。",
        "该校负责人介绍，劝返复学1915人。",
        "劝返复学1915人，不得公布。",
        "为下一步劝返复学1915人打下基础。",
        "下一步，将劝返复学1915人。",
        "劝返复学1915人；下一步，将核实人数。",
        "我县劝返复学1915人。",
        "我县（宣威市）劝返复学1915人。",
        "我县（宁南县）劝返复学1915人。",
    ],
)
def test_what_they_add_that_changes_it_leaves_it_unproven(text):
    assert ("1915人", "unproven") in statuses(text)


DATED = "{0}情况（单位：人）\n\n|县区|{1}|{2}|\n|---|---|---|\n|昭阳区|182|343|\n"


@pytest.mark.parametrize(
    ("table", "found"),
    [
        # the caption names the figure, the columns the two days of the paper
        (DATED.format("各县（市）劝返复学", "9月20日", "11月8日"), ["agree", "agree"]),
        (DATED.format("控辍保学", "9月20日劝返复学", "11月8日劝返复学"), ["agree", "agree"]),
        (DATED.format("劝返复学", "9月20日", "11月8日").replace("182", "128"), ["differs", "agree"]),
        (DATED.format("劝返复学、上门送教", "9月20日", "11月8日"), ["unproven", "unproven"]),
        (DATED.format("教师劝返复学", "9月20日", "11月8日"), ["unproven", "unproven"]),
        (DATED.format("劝返复学", "9月20日当天", "11月8日"), ["unproven", "agree"]),
        (DATED.format("劝返复学", "去年9月20日", "11月8日"), ["unproven", "agree"]),
        (DATED.format("劝返复学", "9月20日", "9月21日"), ["agree", "unproven"]),
    ],
)
def test_columns_of_two_days(table, found):
    assert [status for _, status in statuses(table)] == found


def test_labelled_numbers_under_each_other_are_a_list():
    said = "一图读懂控辍保学\n截至11月8日\n劝返复学：1915人\n上门送教：823人\n远程送教：{}人"
    assert [status for _, status in statuses(said.format(1208))] == ["agree", "agree", "agree"]
    assert [status for _, status in statuses(said.format(1280))] == ["agree", "agree", "differs"]
    # what is no number under them may say of what they are
    assert statuses("劝返复学：1915人\n数据来源：会泽县")[0][1] == "unproven"


def test_the_addressee_of_a_report_says_nothing_of_its_numbers():
    assert statuses("省教育厅：\n截至11月8日，我市劝返复学1915人。") == [("1915人", "agree")]
    assert statuses("省教育厅数据：\n劝返复学1915人。") == [("1915人", "unproven")]
    assert statuses("省教育厅：\n全省劝返复学1915人。") == [("1915人", "unproven")]
