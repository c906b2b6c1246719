"""What stands behind a list, in brackets or beside it: its figure, the base date's value, when it was asked."""

import pytest
from shipped import statuses_of, tied_case

from zt_analysis.tying.texts import tie_text
from zt_analysis.tying.tie import GREEN


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    [
        "巧家县174人、盐津县120人、大关县78人，以上为截至11月8日劝返复学人数。",
        "巧家县174人、盐津县120人，这是劝返复学人数。",
        "截至11月8日，260名小学生、563名初中生接受上门送教。",
        "检查期间，在11个县（市、区）抽查336户。",
        "失辍学人数（4717人）比9月20日（5765人）减少1048人。",
        "初中失辍学率1.59%（9月20日为1.91%）。",
        "春季学期，营养改善计划受益学生743740人，人均供餐95.8天。",
        "春季学期，营养改善计划支出28495.92万元，惠及学生743740人，人均支出383.14元，折算供餐95.8天。",
        "失辍学率分母为82.4万人，其中小学54.8万人、初中27.6万人。",
        "水富市和绥江县远程送教学生较少，分别为25人和32人。",
        "失辍学人数镇雄县最多，为1250人；水富市最少，为97人。",
        "9月20日时，小学失辍学率为0.09%，初中为1.91%。",
        "截至今年9月20日，全市下达学生资助资金122648.52万元。",
        "经核查，春季学期受助学生488235人。",
        "小学失辍学率比9月20日下降0.03个百分点，现为0.06%。",
        "注：截至11月8日，失辍学率为0.57%（小学0.06%，初中1.59%）。",
        "失辍学人数从多到少依次为：镇雄县1250人、昭阳区845人、彝良县467人。",
        "失辍学人数较多的县区有镇雄县（1250人）、昭阳区（845人）。",
    ],
)
def test_it_is_read(text):
    found = statuses_of(text)
    assert found
    assert set(found.values()) <= {*GREEN}, found


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("text", "surface", "status"),
    [
        ("巧家县174人、盐津县120人，以上为上门送教人数。", "174人", "differs"),
        ("巧家县174人、盐津县120人，以上为拟劝返复学人数。", "174人", "unproven"),
        ("巧家县174人、盐津县120人，以上为去年劝返复学人数。", "120人", "unproven"),
        ("巧家县174人、盐津县120人，以上均为上报后未核实的劝返复学人数。", "174人", "unproven"),
        ("563名小学生、260名初中生接受上门送教。", "563名", "differs"),
        ("260名小学生、563名初中生未接受上门送教。", "260名", "unproven"),
        ("260名小学生、563名初中生申请上门送教。", "260名", "unproven"),
        ("260名小学教师、563名初中生接受上门送教。", "260名", "unproven"),
        ("在5个县（市、区）抽查336户。", "336户", "unproven"),
        ("初中失辍学率1.59%（10月20日为1.91%）。", "1.91%", "unproven"),
        ("失辍学人数（4717人）比9月20日（5756人）减少1048人。", "5756人", "differs"),
        ("春季学期，营养改善计划受益学生743740人，人均供餐85.9天。", "85.9天", "differs"),
        ("失辍学率分母为82.4万人，其中小学27.6万人、初中54.8万人。", "27.6万人", "differs"),
        ("失辍学人数镇雄县最少，为1250人；水富市最多，为97人。", "97人", "unproven"),
    ],
)
def test_what_it_says_is_held_against_the_tables(text, surface, status):
    assert statuses_of(text)[surface] == status


@pytest.mark.parametrize(
    "text",
    [
        "春季学期，学生资助发放35836.91万元，各地要抓紧兑现。",
        "截至11月8日，劝返复学1915人，督查组要求学校重做一遍。",
        "截至11月8日，劝返复学1915人，各校要重新统计。",
    ],
)
def test_what_is_asked_for_is_still_to_come(text):
    assert "unproven" in statuses_of(text).values()
    assert not {*statuses_of(text).values()} & {*GREEN}


def test_other_work_that_is_asked_for_changes_nothing():
    assert statuses_of("截至11月8日，劝返复学1915人，各校要认真落实责任。") == {"1915人": "agree"}


def test_a_day_in_a_bracket_is_of_the_number_in_it():
    text = "截至11月8日，初中失辍学学生为4388人（9月20日为5272人），小学为329人（9月20日为493人）。"
    found = tie_text(text, tied_case(printed=False))
    assert not found.wrong
    assert not found.remarks
    assert {"329人", "493人"} <= {one.mention.surface for one in found.ties if one.status in GREEN}
