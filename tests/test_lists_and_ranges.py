"""Places that keep a bound, the rest of a list, ranges, parts of a hundred, sums behind semicolons; and false ones."""

from dataclasses import replace

import pytest
from shipped import tied_case

from zt_analysis.tying.texts import tie_text
from zt_analysis.tying.tie import GREEN


@pytest.fixture(scope="module")
def case():
    return replace(tied_case(), claims=())


BELOW = "上门送教823人，其中镇雄县218人，昭阳区148人，彝良县82人，巧家县75人，鲁甸县64人"
RIGHT = [
    # the places that keep a bound, all of them and no other
    "失辍学人数超过400人的有镇雄、昭阳、彝良、巧家四个县区，不足200人的有大关、绥江、水富三个县市。",
    "失辍学人数在400人以上的县区有镇雄、昭阳、彝良、巧家。",
    "劝返复学300人以上的县区有镇雄（508人）、昭阳（343人）。",
    f"{BELOW}。其余县（市）均在60人以下。",
    f"{BELOW}，其余县均不足60人。",
    # from the least to the most, or each by itself
    "全市劝返复学人数从水富市的39人到镇雄县的508人不等，全市合计1915人。",
    "失辍学人数最少的水富市为97人，最多的镇雄县为1250人。",
    # of a hundred, and of what is printed
    "镇雄县劝返复学508人，占全市1915人的四分之一多。",
    "全市劝返复学1915人，其中镇雄县508人，占四分之一多。",
    "下达学生资助资金133715.32万元；春季学期资助发放35836.91万元，占26.80%；营养改善计划支出28495.92万元，占21.31%。",
    "春季学期受助学生488235人，建档立卡户受助学生327802人，后者占前者的67.14%。",
    # sums of what stands since the semicolon, of bare numbers, and turns behind a sum
    "失辍学4717人；劝返复学1915人、上门送教823人、远程送教1208人，合计3946人。",
    "鲁甸县失辍学369人；劝返复学149人、上门送教64人、远程送教95人，合计308人。",
    "11月8日远程送教：镇雄319、昭阳216、彝良119，共654人。",
    "彝良县劝返复学189人、上门送教82人、远程送教119人，三项合计390人；威信县分别为133人、56人、85人，合计274人。",
    # compared with the whole, and with one another
    "初中失辍学率为1.59%，仍高于全市平均的0.57%。",
    "9月20日，我们的失辍学人数是5765人；到11月8日，这个数字是4717人。",
    "9月20日至11月8日，小学失辍学人数下降33.27%，初中下降16.77%。",
    "9月20日至11月8日，全市新增失辍学立案798件，销案1846件。",
    # what a rate is of
    "小学失辍学329人，以54.8万人为分母计算，失辍学率为0.06%。",
    "以54.8万人为分母计算，小学失辍学率为0.06%。",
    "失辍学率以全市824000名学生为分母，其中小学548000名、初中276000名。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_it_is_proven_whole(case, text):
    found = tie_text(text, case)
    assert [one for one in found.ties if one.status not in (*GREEN, "excused")] == []
    assert not found.remarks


def test_so_many_of_a_hundred(case):
    found = tie_text("每100名受助学生中约有67名来自建档立卡户。", case)
    assert found.ties[1].status in GREEN


# the text, and the number that must not be green
FALSE = [
    ("失辍学人数超过400人的有镇雄、昭阳、彝良三个县区。", "超过400人"),
    ("失辍学人数超过400人的有镇雄、昭阳、彝良、水富四个县区。", "超过400人"),
    ("失辍学人数超过400人的有镇雄、昭阳、彝良、巧家、鲁甸。", "超过400人"),
    ("上门送教超过400人的有镇雄、昭阳、彝良、巧家四个县区。", "超过400人"),
    ("拟让失辍学人数超过400人的有镇雄、昭阳、彝良、巧家四个县区。", "超过400人"),
    (f"{BELOW}。其余县（市）均在50人以下。", "50人以下"),
    (f"{BELOW}，其余5个县均不足60人。", "不足60人"),
    (f"{BELOW}，其余学校均不足60人。", "不足60人"),
    ("全市劝返复学人数从绥江县的51人到镇雄县的508人不等。", "51人"),
    ("全市劝返复学人数从水富市的39人到昭阳区的343人不等。", "343人"),
    ("失辍学人数最少的水富市为97人，最多的昭阳区为845人。", "845人"),
    ("每100名受助学生中约有76名来自建档立卡户。", "76名"),
    ("每100名上门送教学生中约有67名来自建档立卡户。", "67名"),
    ("镇雄县劝返复学508人，占全市1916人的四分之一多。", "1916人"),
    ("镇雄县劝返复学508人，占全市1915人的三分之一多。", "三分之一多"),
    ("下达学生资助资金133715.32万元；春季学期资助发放35836.91万元，占21.31%。", "21.31%"),
    ("上门送教823人，远程送教1208人，前者占后者的68.13%。", "68.13%"),
    ("鲁甸县失辍学369人；劝返复学149人、上门送教64人、远程送教95人，合计309人。", "309人"),
    ("11月8日远程送教：镇雄319、昭阳216、彝良119，共655人。", "655人"),
    ("小学失辍学率为0.06%，高于全市平均的0.57%。", "0.06%"),
    ("失辍学人数9月20日为5765人；到11月8日，这一数字升至4717人。", "4717人"),
    ("9月20日至11月8日，小学失辍学人数下降33.27%，初中下降16.77%，小学降幅约为初中的13.3倍。", "13.3倍"),
    ("小学失辍学329人，以27.6万人为分母计算，失辍学率为0.06%。", "27.6万人"),
    ("失辍学率以全市548000名学生为分母。", "548000名"),
    # counted at another time
    ("春节前夕，市教育局作了一次摸底。全市劝返复学1915人。", "1915人"),
    ("开学伊始，各校作了排查。全市上门送教823人。", "823人"),
]


@pytest.mark.parametrize(("text", "surface"), FALSE)
def test_a_false_one_is_not_green(case, text, surface):
    tie = next(one for one in tie_text(text, case).ties if one.mention.surface == surface)
    assert tie.status not in GREEN


NOT_WRONG = [
    "9月20日至11月8日，小学失辍学人数下降33.27%，初中下降16.77%，小学降幅约为初中的两倍。",
    f"{BELOW}，其余县均不足60人。",
    "近日，市教育局作了一次摸底。全市劝返复学1915人。",
]


@pytest.mark.parametrize("text", NOT_WRONG)
def test_what_is_right_is_not_called_wrong(case, text):
    found = tie_text(text, case)
    assert not found.remarks
    assert not [one for one in found.ties if one.status in ("differs", "unit_differs")]


def test_a_share_in_words_is_shown_as_one(case):
    (remark,) = tie_text("全市劝返复学1915人，其中镇雄县508人，占三分之一。", case).remarks
    assert "= 26.53%" in remark.text["zh"]
