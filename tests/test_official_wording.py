"""Official sentences in other words: what is right is proven, and no false one of its kind is."""

import pytest
from shipped import tied_case
from test_judged_texts import GREEN, WRONG, statuses

from zt_analysis.tying.texts import tie_text

TIED = {*GREEN, "excused"}
RIGHT = [
    # the second change is of the county, too
    "与9月20日比，镇雄县劝返复学多了237人，上门送教多了101人。",
    "昭阳区劝返复学较9月20日增加161人，上门送教增加69人，远程送教增加102人。",
    "镇雄县劝返复学较9月20日多了237人，其中初中多了197人。",
    # a group that sums are told of
    "彝良县建档立卡户学生春季学期领到资助2562.59万元，共32380人。",
    "春季学期发放资助资金35836.91万元，其中建档立卡户学生25906.00万元，占72.3%。",
    "春季学期人均资助734.01元，其中建档立卡户学生790.29元。",
    "建档立卡户初中生春季学期领到资助7500.00万元。",
    "受助学生488235人，其中建档立卡户327802人；发放资助资金35836.91万元。",
    # when, in other words
    "中职受助学生17000人，普通高中受助学生46000人，这是春季学期的数字。",
    "全市受助学生488235人，发放资助资金35836.91万元，统计口径为2018年春季学期。",
    "大关县小学失辍学率已降到0.06%，截止时间11月8日。",
    "全市劝返复学1020人，上门送教440人，均为9月20日数据。",
    "9月20日的时候，劝返复学1020人，到11月8日增至1915人。",
    "以9月20日为基数，到11月8日上门送教人数增长87.0%。",
    # lists, means, households
    "永善县营养改善计划春季学期支出1958.07万元，折合每名受益学生383.99元。",
    "抽查情况：巧家31户，鲁甸27户，永善24户。",
]
# each with the number that its false word is said of
FALSE = [
    # how often, and how old
    ("全市有1915人以上的学生两次以上被劝返。", "1915人以上"),
    ("全市有1915名学生三次以上接受劝返复学。", "1915名"),
    ("全市劝返复学1915人，两次以上。", "1915人"),
    ("春季学期有488235人以上的学生两次以上受助。", "488235人以上"),
    ("全市有1915人以上的学生先后两轮被劝返。", "1915人以上"),
    ("全市有1915人以上的学生16岁以上被劝返。", "1915人以上"),
    ("镇雄县劝返复学较9月20日多了237人，女生上门送教多了101人。", "101人"),
    ("镇雄县劝返复学较9月20日多了237人，昭阳区上门送教多了101人。", "101人"),
    ("与9月20日比，镇雄县劝返复学计划多237人，上门送教多了101人。", "101人"),
    ("镇雄县劝返复学较9月20日多了237人，其中初中多了745人。", "745人"),
    # another group, or the whole
    ("威信县建档立卡户学生春季学期领到资助2562.59万元。", "2562.59万元"),
    ("春季学期，建档立卡户学生领到资助35836.91万元。", "35836.91万元"),
    ("春季学期，非建档立卡户学生领到资助25906.00万元。", "25906.00万元"),
    ("春季学期，女生建档立卡户学生领到资助25906.00万元。", "25906.00万元"),
    ("彝良县建档立卡户学生春季学期应领到资助2562.59万元。", "2562.59万元"),
    ("彝良县建档立卡户学生春季学期领到慈善资助2562.59万元。", "2562.59万元"),
    ("建档立卡户学生营养改善计划支出25906.00万元。", "25906.00万元"),
    # another time, or of what it is
    ("全市受助学生488235人，统计口径为秋季学期。", "488235人"),
    ("全市受助学生488235人，统计口径为镇雄县。", "488235人"),
    ("全市受助学生488235人，统计口径为女生。", "488235人"),
    ("全市受助学生488235人，这是春季学期的计划数。", "488235人"),
    ("全市劝返复学1915人，这是9月20日的数字。", "1915人"),
    ("大关县小学失辍学率已降到0.06%，截止时间9月20日。", "0.06%"),
    ("去年9月20日的时候，劝返复学1020人。", "1020人"),
    ("以10月20日为基数，到11月8日上门送教人数增长87.0%。", "87.0%"),
    ("女生失辍学人数最多的县区依次是镇雄、昭阳，分别还有1250人、845人。", "845人"),
    ("永善县营养改善计划春季学期支出1958.07万元，折合每名在校学生383.99元。", "383.99元"),
    ("抽查计划：巧家31户，鲁甸27户。", "31户"),
    ("抽查情况：巧家31户，宣威9户。", "31户"),
]


@pytest.mark.part(3)
@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_proven(text):
    assert {status for _, status in statuses(text)} <= TIED


@pytest.mark.part(3)
@pytest.mark.parametrize(("text", "surface"), FALSE)
def test_what_is_false_is_not(text, surface):
    assert dict(statuses(text))[surface] not in GREEN


def test_the_first_of_the_highest_is_read_as_the_others_are():
    text = "失辍学人数最多的三个县区依次是镇雄、昭阳、彝良，分别还有1250人、845人、467人。"
    assert {status for surface, status in statuses(text) if surface.endswith("人")} <= {*GREEN}


@pytest.mark.parametrize(
    "text", ["建档立卡户学生327802人，资助发放35836.91万元。", "建档立卡户是重点，共发放资助资金35836.91万元。"]
)
def test_a_group_named_for_another_number_may_be_meant_or_not(text):
    assert dict(statuses(text))["35836.91万元"] == "ambiguous"


@pytest.mark.parametrize(
    "text",
    [
        "小学失辍学人数从493人减到329人，减少三分之一（9月20日至11月8日）。",
        "小学失辍学人数从493人减到329人，减少近三分之一（9月20日至11月8日）。",
        "受助学生488235人，其中建档立卡户327802人，占三分之二。",
    ],
)
def test_a_fraction_in_words_is_a_rounded_one(text):
    found = tie_text(text, tied_case("2018-11", printed=False))
    assert not found.remarks
    assert not {one.status for one in found.ties} & {*WRONG}


@pytest.mark.parametrize("share", ["四分之一", "一半", "五分之二"])
def test_a_fraction_in_words_that_is_not_near_contradicts(share):
    text = f"小学失辍学人数从493人减到329人，减少{share}（9月20日至11月8日）。"
    assert tie_text(text, tied_case("2018-11", printed=False)).remarks
