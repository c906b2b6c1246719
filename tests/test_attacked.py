"""False sentences that were proven once, found by changing each word of right ones; each kind with its right one."""

import pytest
from test_judged_texts import GREEN, WRONG, statuses

RIGHT = [
    "镇雄县劝返复学508人，昭阳区845人失辍学。",
    "镇雄县劝返复学508人，昭阳区343人劝返复学。",
    "失辍学人数居前三位的依次是镇雄、昭阳、彝良，三县区合计2562人。",
    "劝返复学人数由高到低依次是镇雄508人、昭阳343人、彝良189人。",
    "劝返复学1915人，统计截止日期为11月8日。",
    "全市受助学生488235人，发放资助资金35836.91万元，统计口径为2018年春季学期。",
    "尊敬的各位代表，全市劝返复学1915人。",
    "盐津、大关、绥江三县失辍学学生还有611人（11月8日统计）。",
    "彝良县营养改善计划受益学生73515人，居全市第三位（2018年春季学期）。",
    "镇雄县劝返复学508人，居全市首位（11月8日）。",
    "吃营养餐的学生中，小学占66.5%，初中占33.5%（春季学期）。",
    "失辍学人数镇雄县以1250人位居全市第一，昭阳区以845人排第二。",
    "镇雄、昭阳两县区劝返复学851人。",
    "小学失辍学率0.06%，初中1.59%。",
]
# each with the number that its false word is said of
FALSE = [
    # a name right behind a number is its own
    ("镇雄县劝返复学508人，昭阳区343人失辍学。", "343人"),
    # an order that the figures do not have
    ("劝返复学人数最多的三个县区依次是镇雄、彝良、昭阳，分别为508人、189人、343人。", "508人"),
    ("失辍学人数最多的三个县区依次是昭阳、镇雄、彝良，分别还有845人、1250人、467人。", "467人"),
    ("失辍学人数居前三位的依次是镇雄、彝良、昭阳，三县区合计2562人。", "2562人"),
    ("劝返复学人数由高到低依次是镇雄508人、彝良189人、昭阳343人。", "189人"),
    # what stands between the last number and a day or year behind it
    ("劝返复学1915人，据传11月8日统计。", "1915人"),
    ("劝返复学1915人，女生截至11月8日。", "1915人"),
    ("劝返复学1915人，传闻时间为11月8日。", "1915人"),
    ("劝返复学1915人，计划截止日期为11月8日。", "1915人"),
    ("劝返复学由1020人增至1915人，女生截至11月8日。", "1915人"),
    ("全市受助学生488235人，统计口径不为2018年春季学期。", "488235人"),
    ("全市受助学生488235人，计划口径为2018年春季学期。", "488235人"),
    ("全市受助学生488235人，统计口径为2018年上半年。", "488235人"),
    ("全市受助学生488235人，统计口径为2018年镇雄县。", "488235人"),
    # another day, term or year behind the last number, or before a day that is noted
    ("镇雄县劝返复学508人，居全市首位（10月20日）。", "508人"),
    ("镇雄县劝返复学508人，居全市首位（2017年）。", "508人"),
    ("彝良县营养改善计划受益学生73515人，居全市第三位（2017年春季学期）。", "73515人"),
    ("营养改善计划受益学生数第三位为彝良县，计73515人（2017年春季学期）。", "73515人"),
    ("盐津、大关、绥江三县去年失辍学学生还有611人（11月8日统计）。", "611人"),
    ("吃营养餐的学生中，小学占66.5%，初中占33.5%（秋季学期）。", "66.5%"),
    ("吃营养餐的学生中，小学占66.5%，初中占33.5%（秋季学期）。", "33.5%"),
    ("去年吃营养餐的学生中，小学占66.5%，初中占33.5%。", "66.5%"),
    ("镇雄县劝返复学508人，占全市的26.5%近一个月。", "26.5%"),
    # whom no mark shows to be addressed
    ("全市教师失辍学4717人。", "4717人"),
    ("全市校长失辍学4717人。", "4717人"),
    ("尊敬的学生家长，教师全市已有1915名孩子重返校园。", "1915名"),
    # a part with nothing between it and the whole or another of its kind
    ("截至11月8日，高中全市上门送教823人。", "823人"),
    ("高中初中失辍学率为1.59%。", "1.59%"),
    # the place of a second one by another name, one in itself, places of another kind
    ("失辍学人数镇雄县以1250人位居全市第一，昭阳区以845人传闻排第二。", "845人"),
    ("镇雄县以508人居镇雄县劝返复学人数首位。", "508人"),
    ("镇雄、昭阳两乡镇劝返复学851人。", "851人"),
    ("镇雄、昭阳两个乡镇劝返复学851人。", "851人"),
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_proven(text):
    found = statuses(text)
    assert found
    assert {status for _, status in found} <= {*GREEN, "excused"}, found


@pytest.mark.parametrize(("text", "surface"), FALSE)
def test_what_is_false_is_not(text, surface):
    assert dict(statuses(text))[surface] not in GREEN


def test_a_name_behind_leaves_the_right_number_alone():
    assert not {status for _, status in statuses("镇雄县劝返复学508人，昭阳区845人失辍学。")} & {*WRONG}
