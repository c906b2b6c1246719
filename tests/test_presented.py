"""Clauses that only present the numbers behind them, sums of named figures, and what most of a number are."""

import pytest
from test_judged_texts import GREEN, WRONG, statuses

TIED = {*GREEN, "excused"}


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    [
        "督查组查阅台账：失辍学4717人，小学329人，初中4388人。",
        "财务科汇总，春季学期营养改善计划支出28495.92万元。",
        "水富市本期汇总：劝返复学39人，上门送教16人，远程送教25人。",
        "来信所问送教一事答复如下：截至11月8日，我市上门送教学生823人。",
        "您反映的春季学期资助问题，经查全市受助学生为488235人，特此回复。",
        "关于代表所提盐津县控辍问题，现答复：该县失辍学学生293人，比9月20日的359人减少66人。",
        "现将永善县数据报上：劝返复学131人、上门送教56人。",
        "一组数字令人欣慰：初中失辍学率从9月20日的1.91%下降到1.59%。",
        "经对账，春季学期资助资金发放35836.91万元，受助学生488235人，与报表一致。",
        # sums of named figures
        "春季学期营养改善计划支出与资助发放合计64332.83万元。",
        "资助发放与营养改善两项支出共计64332.83万元，占下达额的48.11%。",
        "营养改善计划支出28495.92万元，学生资助发放35836.91万元，合计64332.83万元，占下达额的48.11%。",
        "镇雄、昭阳两地合计劝返复学851人。",
        # of whom most are
        "远程送教以初中为主，1208人中初中1118人，小学90人。",
        "远程送教学生以初中生为主，计1118人，小学仅90人。",
        # since when
        "9月20日以来劝返复学新增895人，上门送教新增383人，远程送教新增568人。",
        "对照9月20日，小学与初中失辍学率分别回落到0.06%、1.59%。",
        "以9月20日为基期，小学失辍学率降至0.06%。",
        "失辍学 4717人（9月20日：5765人）",
        # two divisions of one number
        "从学段看，失辍学学生小学329人、初中4388人；从县区看，镇雄县1250人、昭阳区845人。",
    ],
)
def test_a_right_sentence_is_tied(text):
    assert {status for _, status in statuses(text)} <= TIED


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("督查组查阅去年台账：失辍学4717人。", "4717人"),
        ("督查组查阅曲靖台账：失辍学4717人。", "4717人"),
        ("省督导组汇总：失辍学4717人。", "4717人"),
        ("镇雄县台账汇总：劝返复学1915人。", "1915人"),
        ("教师台账汇总：劝返复学1915人。", "1915人"),
        ("群众反映：失辍学4717人。", "4717人"),
        ("家长来信反映，劝返复学1915人。", "1915人"),
        ("待核对名单：劝返复学1915人。", "1915人"),
        ("问题数据汇总：劝返复学1915人。", "1915人"),
        ("前期汇总：劝返复学1915人。", "1915人"),
        ("上报计划：劝返复学1915人。", "1915人"),
        ("去年营养改善支出与资助发放合计64332.83万元。", "64332.83万元"),
        ("曲靖营养改善支出与资助发放合计64332.83万元。", "64332.83万元"),
        ("营养改善支出与校舍支出合计64332.83万元。", "64332.83万元"),
        ("不含营养改善支出与资助发放合计64332.83万元。", "64332.83万元"),
        ("营养改善支出与资助退回合计64332.83万元。", "64332.83万元"),
        ("营养改善支出与资助发放合计64333.83万元。", "64333.83万元"),
        ("镇雄、彝良两地合计劝返复学851人。", "851人"),
        ("远程送教以小学为主，1208人中初中1118人，小学90人。", "1118人"),
        ("9月20日以来失辍学新增1048人。", "1048人"),
        ("对照去年9月20日，小学失辍学率回落到0.06%。", "0.06%"),
        ("从学段看，失辍学学生小学329人、初中4388人；从县区看，昭阳区1250人、镇雄县845人。", "1250人"),
    ],
)
def test_a_false_word_leaves_it_unproven(text, surface):
    assert dict(statuses(text))[surface] not in GREEN


def test_a_fall_since_the_base_date_is_no_level_of_it():
    assert not {status for _, status in statuses("对照9月20日，小学失辍学率回落到0.06%。")} & set(WRONG)


@pytest.mark.parametrize(
    "text",
    [
        # the programme is that of the number that 其中 is said of
        "今年以来下达营养改善计划资金42642.70万元，其中中央38581.49万元，省级4061.21万元。",
        # of both measures together
        "上门送教823人，远程送教1208人；从学段看，小学350人，初中1681人。",
    ],
)
def test_what_a_list_is_of_is_taken_along(text):
    assert {status for _, status in statuses(text)} <= TIED


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        # of the programme again, or of all
        ("下达镇雄县的营养改善计划资金11302.43万元，下达昭阳区7634.62万元。", "7634.62万元"),
        # of the county, or of its junior secondary pupils
        ("鲁甸县失辍学369人，小学25人、初中344人，较9月20日减少82人。", "82人"),
    ],
)
def test_what_may_be_of_either_is_not_called_wrong(text, surface):
    assert dict(statuses(text))[surface] not in WRONG


def test_the_part_of_another_programme_is_still_wrong():
    text = "今年以来下达营养改善计划资金42642.70万元，其中中央93306.29万元。"
    assert dict(statuses(text))["93306.29万元"] in WRONG
