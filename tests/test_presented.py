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
        "比起9月20日，上门送教多了383人，远程送教多了568人。",
        "小结：失辍学净减1048人，初中减884人，小学减164人（与9月20日比）。",
        "全市失辍学学生还有4717人，而在9月20日，这个数是5765人。",
        # whose they are
        "巧家县（174人）、鲁甸县（149人）、威信县（133人）三地共劝返复学456人。",
        "508名镇雄学生、343名昭阳学生、189名彝良学生劝返复学。",
        "春季学期，488235名学生拿到了资助，其中327802名来自建档立卡户。",
        "失辍学人数最多的镇雄、昭阳两地共2095人，占全市的44.4%。",
        "小学占劝返复学人数的17.23%，初中占82.77%。",
        # a programme whose name begins as 中 does
        "今年下达中职助学金3858.15万元、中职免学费补助3553.56万元。",
        # behind a semicolon the part that opens holds
        "春季学期小学受助学生200001人，发放10000.05万元；初中受助学生184000人，发放11500万元。",
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
        ("508名镇雄学生、343名彝良学生劝返复学。", "343名"),
        ("有3个县（市）劝返复学不足100人，分别是大关县、绥江县和盐津县。", "3个"),
        ("失辍学人数最多的镇雄、彝良两地共2095人。", "2095人"),
        ("小学占劝返复学人数的17.23%，初中占93.03%。", "93.03%"),
        ("受助学生488235人，其中327802名来自城镇家庭。", "327802名"),
        ("春季学期小学受助学生200001人，发放10000.05万元；初中受助学生184000人，发放35836.91万元。", "35836.91万元"),
        ("对照去年9月20日，小学失辍学率回落到0.06%。", "0.06%"),
        ("从学段看，失辍学学生小学329人、初中4388人；从县区看，昭阳区1250人、镇雄县845人。", "1250人"),
    ],
)
def test_a_false_word_leaves_it_unproven(text, surface):
    assert dict(statuses(text))[surface] not in GREEN


@pytest.mark.parametrize(
    ("text", "surface", "right"),
    [
        # 今年 moves no day that is named before it
        ("截至9月20日，全市今年已下达学生资助资金133715.32万元。", "133715.32万元", False),
        ("截至9月20日，今年已下达学生资助资金122648.52万元。", "122648.52万元", True),
        ("9月20日，全市今年劝返复学1915人。", "1915人", False),
        # what is compared with is the day of the first
        ("与9月20日相比，11月8日劝返复学由1020人增至1915人。", "1020人", True),
        ("与9月20日相比，11月8日劝返复学由1820人增至1915人。", "1820人", False),
        ("有3个县（市）劝返复学不足100人，分别是大关县、绥江县和水富市。", "3个", True),
    ],
)
def test_the_day_and_the_places_that_are_named_count(text, surface, right):
    assert (dict(statuses(text))[surface] in GREEN) is right


def test_money_behind_the_pupils_of_a_part_is_not_called_wrong():
    text = "经核实，镇雄县2018年春季学期普通高中受助学生12192人，发放资金2897.81万元。"
    assert dict(statuses(text))["2897.81万元"] not in WRONG


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
