"""Words of a sentence by which its number is another than its name says, and numbers in the turn of a part's."""

import pytest
from shipped import statuses_of, tied_case

from zt_analysis.tying.texts import tie_text
from zt_analysis.tying.tie import GREEN

FALSE = {
    "昭阳区在镇雄县劝返复学508人。": "508人",
    "镇雄县为昭阳区上门送教148人。": "148人",
    "小学由初中劝返复学1585人。": "1585人",
    "镇雄县比昭阳区劝返复学343人。": "343人",
    "全市失辍学4717人，已全部劝返复学。": "4717人",
    "劝返复学1915人，又失辍学。": "1915人",
    "全市下达学生资助资金133715.32万元，全部用于营养改善计划。": "133715.32万元",
    "受助学生488235人，全部在小学。": "488235人",
    "2018年春季学期，资助建档立卡户学生327802人，人均734.01元。": "734.01元",
    "送教学生2031人，其中劝返复学1915人。": "2031人",
    "失辍学4717人，其中新立案798件。": "4717人",
    "上门送教823人，占劝返复学人数的42.98%。": "42.98%",
}
RIGHT = (
    "昭阳区劝返复学343人、上门送教148人；镇雄县508人、218人；彝良县189人、82人。",
    "小学劝返复学330人、上门送教260人、远程送教90人，初中分别为1585人、563人、1118人。",
    "镇雄县（失辍学1250人，劝返复学508人）、昭阳区（845人，343人）。",
    "小学、初中、全市失辍学人数分别为329人、4388人、4717人。",
    "全市、小学、初中失辍学率分别为0.57%、0.06%、1.59%。",
    "失辍学率：小学0.06%，初中1.59%，合计0.57%。",
    "送教学生2031人，其中上门送教823人，远程送教1208人。",
    "昭阳区失辍学845人，已劝返复学343人，上门送教148人。",
)
OPEN = (
    "初中失辍学率由1.91%降至1.59%，降幅16.8%。",
    "劝返复学100至200人的6个，100人以下的3个。",
    "昭阳区劝返复学343人、上门送教148人；镇雄县508人、218人、319人。",
)
HOW = (
    "全市通过集中采购，让743740名学生享受营养改善计划。",
    "面对繁重的控辍任务，昭通市把初中失辍学率降到1.59%。",
    "为推进义务教育均衡发展，永善县对82名学生实施远程送教。",
    "昭通市苦口婆心地劝返1915名学生复学。",
    "绥江县科学合理地上门送教22人。",
    "全市将失辍学率降至0.57%。",
    "大关县为50名学生提供远程送教。",
    "平心而论，全市上门送教823人。",
)
HOW_FALSE = (
    "女生主动地上门送教823人。",
    "全市重复地上门送教823人。",
    "力争将失辍学率降至0.57%。",
    "按照方案，劝返复学1915人。",
    "通过社会捐助，春季学期受助学生488235人。",
    "在教师编制补齐的前提下，上门送教823人。",
    "在理想情况下，威信县劝返复学133人。",
    "为留守儿童，全市上门送教823人。",
)


@pytest.mark.part(3)
@pytest.mark.parametrize("text", FALSE)
def test_a_number_that_its_sentence_makes_anothers_is_open(text):
    assert statuses_of(text)[FALSE[text]] in ("unproven", "ambiguous")


@pytest.mark.parametrize("text", RIGHT)
def test_each_is_the_figure_in_whose_turn_it_is(text):
    found = statuses_of(text)
    assert len(found) > 1
    assert [one for one, status in found.items() if status not in GREEN] == []


@pytest.mark.parametrize(
    "text", [RIGHT[0].replace("218", "219"), RIGHT[1].replace("563", "564"), RIGHT[3].replace("329", "330")]
)
def test_a_wrong_one_in_its_turn_is_wrong(text):
    assert [status for status in statuses_of(text).values() if status not in GREEN] == ["differs"]


@pytest.mark.parametrize("text", OPEN)
def test_what_nobody_can_tell_is_not_called_wrong(text):
    found = tie_text(text, tied_case(printed=False))
    assert not [one.mention.surface for one in found.ties if one.fails]
    assert any(one.status == "unproven" for one in found.ties)
    assert found.remarks == ()


@pytest.mark.parametrize("text", HOW)
def test_how_and_why_change_no_number(text):
    assert set(statuses_of(text).values()) <= set(GREEN)


@pytest.mark.parametrize("text", HOW_FALSE)
def test_what_may_narrow_or_plan_is_no_manner(text):
    assert not set(statuses_of(text).values()) & set(GREEN)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("永善、威信两县上门送教人数持平，均为56人。", "agree"),
        ("永善县和威信县上门送教人数相同，都是56人。", "agree"),
        ("永善、镇雄两县上门送教人数持平，均为56人。", "unproven"),
        ("镇雄县、永善县上门送教人数相同，均为56人。", "differs"),
        ("永善县、威信县三县上门送教各为56人。", "unproven"),
    ],
)
def test_what_is_said_of_each_of_several_places_holds_of_every_one(text, status):
    assert statuses_of(text)["56人"] == status


@pytest.mark.parametrize(
    ("around", "is_open"),
    [
        ("{}下一步，我局将继续加大工作力度。", False),
        ("各位领导：现将全市控辍保学工作汇报如下。{}", False),
        ("{}下一步，将核实上述数字。", True),
        ("{}要剔除重复登记。", True),
        ("各位领导：以下为模拟数据。{}", True),
    ],
)
def test_what_is_to_be_done_next_and_whom_a_text_addresses_leave_a_number(around, is_open):
    assert (statuses_of(around.format("全市劝返复学1915人。"))["1915人"] == "unproven") is is_open
