"""Of whom a number is some: of a sum that counts them, of the figure itself, or of another figure's."""

import pytest
from test_judged_texts import GREEN, WRONG, statuses

RIGHT = [
    "送教学生中，远程送教占59.5%，上门送教占40.5%。",
    "送教学生中，远程方式占59.5%，上门方式占40.5%。",
    "送教学生2031人，其中远程送教占59.5%。",
    "送教学生共2031人，其中远程送教1208人，占59.5%。",
    "镇雄县送教学生中，远程送教占59.4%。",
    "劝返复学、上门送教、远程送教三项合计3946人，其中劝返复学占48.5%，上门送教占20.9%。",
    "劝返复学的学生中，小学330名，初中1585名，初中占82.8%。",
    "剩余的失辍学学生中，初中生占93.0%。",
    "全市劝返复学学生中，小学330人、初中1585人。",
    "春季学期我市受助学生中，建档立卡户学生327802人。",
    "春季学期营养改善计划受益学生中，小学494586人，初中249154人。",
    "受助学生中，建档立卡户占67.1%。",
    "学生资助工作中，全市劝返复学1915人，受助学生488235人。",
    "1915名孩子回到了学校，但仍有4717名孩子失辍学，其中4388名是初中生。",
    "失辍学学生学段分布：小学329人，初中4388人。",
    "（一）小学。劝返复学330人，失辍学率0.06%。\n（二）初中。劝返复学1585人，失辍学率1.59%。",
    "以9月20日为基数，小学劝返复学增加150人，初中增加745人。",
    "绥江县送教学生共54人，其中上门送教22人，占40.7%。",
    "绥江县送教学生54人，其中远程送教32人，占59.3%，上门送教22人，占40.7%。",
]
FALSE = [
    ("送教学生中，远程送教占40.5%，上门送教占59.5%。", "59.5%"),
    ("去年送教学生中，远程送教占59.5%。", "59.5%"),
    ("劝返复学1915人，其中上门送教占43.0%。", "43.0%"),
    ("失辍学学生中，建档立卡户占67.1%。", "67.1%"),
    ("劝返复学学生中，建档立卡户受助学生327802人。", "327802人"),
    ("受助学生中，劝返复学1915人。", "1915人"),
    ("送教学生中，劝返复学1915人。", "1915人"),
    ("受助学生中，营养改善计划受益学生743740人。", "743740人"),
    ("失辍学学生中，人均受助734.01元。", "734.01元"),
    ("剩余的受助学生中，初中生占17.2%。", "17.2%"),
    ("剩余的劝返复学学生1915人。", "1915人"),
    ("绥江县送教学生54人，其中上门送教22人，占2.7%。", "2.7%"),
    ("绥江县送教学生54人，其中远程送教32人，占40.7%。", "40.7%"),
]
# what nobody can tell is not called wrong
UNKNOWN = [
    "送教学生中，建档立卡户占59.5%。",
    "聚焦建档立卡户学生，春季学期资助学生488235人。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_proven(text):
    found = statuses(text)
    assert found
    assert {status for _, status in found} <= {*GREEN, "excused"}, found


@pytest.mark.parametrize(("text", "surface"), FALSE)
def test_what_is_false_is_not(text, surface):
    assert dict(statuses(text))[surface] not in GREEN


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_nobody_can_tell_is_unproven(text):
    assert not {status for _, status in statuses(text)} & {*GREEN, *WRONG}
