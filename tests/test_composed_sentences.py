"""Kinds of right sentences that were called wrong or contradicted when ``ordinary_crossed`` composed them."""

import pytest
from shipped import tied_case
from test_judged_texts import GREEN, WRONG

from zt_analysis.tying.texts import tie_text


def read(text):
    found = tie_text(text, tied_case("2018-11", printed=False))
    ties = [one for one in found.ties if one.mention.kind not in ("date", "ordinal") and one.status != "excused"]
    return [(one.mention.surface, one.status) for one in ties], found.remarks


RIGHT = [
    # a level and a programme hold on to where their money has moved, and to where it came from
    "全市学生资助资金下达额由9月20日的122648.52万元增加到133715.32万元，其中中央由85183.87万元增加到93306.29万元，"
    "省级由37464.66万元增加到40409.03万元。",
    "营养改善计划下达资金42642.70万元（9月20日为35535.58万元）。",
    # shares of listed parts, each of the number of its turn
    "永善县、大关县下达额分别为9167.72万元、5490.70万元，占全市的6.86%、4.11%。",
    "绥江县、彝良县抽查户数分别为12户、33户，占3.57%、9.82%。",
    "巧家县、盐津县抽查户数分别为31户、23户，占9.23%、6.85%。",
    # a sum of what is rounded
    "公用经费、普高免学费分别下达30966.72万元、2030.60万元，合计32997.33万元。",
    # a sum over the places that stand before
    "昭阳区、鲁甸县、威信县营养改善计划支出分别为5085.98万元、2219.88万元、1976.52万元，合计9282.38万元，"
    "受益学生合计242801人。",
    # parts of what a bracket stands behind
    "劝返复学1915人，其中小学330人（威信县23人、昭阳区59人），初中1585人（威信县110人、昭阳区284人）。",
    # shares of whom nobody is part
    "大关县、巧家县受助学生分别为20049人、44310人，其中建档立卡户学生分别为13441人、29743人，分别占67.04%、67.12%。",
    "镇雄县受助学生129406人，居全市首位，占26.50%；昭阳区87413人，占17.90%。",
    "全市失辍学4717人，失辍学率0.57%；其中小学失辍学329人，失辍学率0.06%；初中失辍学4388人，失辍学率1.59%。",
    # parts of several figures, and of several kinds
    "全市失辍学、上门送教、远程送教分别为4717人、823人、1208人，其中镇雄县1250人、218人、319人。",
    "全市远程送教1208人，其中小学90人、初中1118人，大关县50人。",
    # changes of money
    "昭阳区、水富市下达学生资助资金分别为23939.99万元、2718.41万元，较9月20日分别增加1981.37万元、224.99万元。",
    "威信县下达学生资助资金9250.72万元，比9月20日增加765.63万元；大关县下达5490.70万元，增加454.43万元。",
]  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_a_right_sentence_is_tied(text):
    ties, remarks = read(text)
    assert {status for _, status in ties} <= {*GREEN}, ties
    assert not remarks


@pytest.mark.parametrize(
    "text",
    [
        "全市下达学生资助资金133715.32万元（中央93306.29万元、省级40409.03万元），较9月20日增加11066.80万元"
        "（中央8122.42万元、省级2944.38万元）。",
        "全市劝返复学1915人，比9月20日增加895人，增加较多的是镇雄县（237人）、昭阳区（161人）。",
        "全市下达学生资助资金133715.32万元。其中：建档立卡户生活费7817.83万元（占5.85%），公用经费30966.72万元（占23.16%）。",
    ],
)  # fmt: skip
def test_a_right_sentence_is_not_called_wrong(text):
    ties, remarks = read(text)
    assert {status for _, status in ties}.isdisjoint(WRONG), ties
    assert not remarks


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        # of another level, of the whole, of another day
        (
            "全市学生资助资金下达额由122648.52万元增加到133715.32万元，"
            "其中中央由85183.87万元增加到40409.03万元。",
            "40409.03万元",
        ),
        (
            "全市学生资助资金下达额由122648.52万元增加到133715.32万元，"
            "其中中央由85183.87万元增加到133715.32万元。",
            "133715.32万元",
        ),
        ("营养改善计划下达资金42642.70万元（9月20日为122648.52万元）。", "122648.52万元"),
        ("营养改善计划下达资金42642.70万元（9月20日为42642.70万元）。", "42642.70万元"),
        # of another turn
        ("永善县、大关县下达额分别为9167.72万元、5490.70万元，占全市的4.11%、6.86%。", "4.11%"),
        ("绥江县、彝良县抽查户数分别为12户、33户，占9.82%、3.57%。", "9.82%"),
        # a sum of others
        ("公用经费、普高免学费分别下达30966.72万元、2030.60万元，合计32997.31万元。", "32997.31万元"),
        ("公用经费、普高免学费分别下达30966.72万元、2030.60万元，合计32997.34万元。", "32997.34万元"),
        (
            "昭阳区、鲁甸县营养改善计划支出分别为5085.98万元、2219.88万元，"
            "合计7305.86万元，受益学生合计242801人。",
            "242801人",
        ),
        (
            "昭阳区、鲁甸县营养改善计划支出分别为5085.98万元、2219.88万元，"
            "合计7305.86万元，受益学生合计743740人。",
            "743740人",
        ),
        # the county in all stages, another county, another stage
        ("劝返复学1915人，其中小学330人（威信县133人、昭阳区59人）。", "133人"),
        ("劝返复学1915人，其中小学330人（威信县59人、昭阳区23人）。", "23人"),
        ("劝返复学1915人，其中小学330人（威信县110人），初中1585人（威信县23人）。", "110人"),
        # how many there are, the change of another place
        ("全市劝返复学1915人，比9月20日增加895人（小学330人、初中1585人）。", "330人"),
        ("全市劝返复学1915人，比9月20日增加895人（小学745人、初中150人）。", "745人"),
        ("全市劝返复学1915人，比9月20日增加895人，增加较多的是镇雄县（237人）、昭阳区（343人）。", "343人"),
        (
            "昭阳区、水富市下达学生资助资金分别为23939.99万元、2718.41万元，"
            "较9月20日分别增加224.99万元、1981.37万元。",
            "224.99万元",
        ),
        (
            "昭阳区、水富市下达学生资助资金分别为23939.99万元、2718.41万元，"
            "较去年同期分别增加1981.37万元、224.99万元。",
            "224.99万元",
        ),
        (
            "威信县下达学生资助资金9250.72万元，比9月20日增加765.63万元；大关县下达5490.70万元，"
            "增加765.63万元。",
            "765.63万元",
        ),
        (
            "威信县下达学生资助资金9250.72万元，比9月20日增加765.63万元；大关县下达5490.70万元，"
            "减少454.43万元。",
            "454.43万元",
        ),
    ],
)  # fmt: skip
def test_a_false_neighbour_is_not_green(text, surface):
    ties, _ = read(text)
    assert [status for found, status in ties if found == surface][-1] not in GREEN, ties


@pytest.mark.parametrize(
    "text",
    [
        "大关县受助学生20049人，其中建档立卡户学生13441人，占60.04%。",
        "失辍学4717人，其中小学329人，占8.97%。",
        "劝返复学1915人，其中小学330人、初中1605人。",
        "上门送教823人，其中小学860人。",
        "应到50人，实到45人，到会率80%。",
    ],
)
def test_a_contradiction_is_told_still(text):
    ties, remarks = read(text)
    assert remarks or {status for _, status in ties} & {*WRONG}
