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
]


@pytest.mark.part(3)
@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_proven(text):
    assert {status for _, status in statuses(text)} <= TIED


@pytest.mark.part(3)
@pytest.mark.parametrize(("text", "surface"), FALSE)
def test_what_is_false_is_not(text, surface):
    assert dict(statuses(text))[surface] not in GREEN


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
