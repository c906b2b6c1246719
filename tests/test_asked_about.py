"""What somebody asks before an answer: it changes nothing of the answer's numbers but the place or part asked about."""

from __future__ import annotations

import pytest
from test_judged_texts import GREEN, statuses

RIGHT = (
    "有家长问起劝返工作的进展，市教育局发言人介绍，到11月8日全市劝返复学1915人。",
    "对资助经费来源的询问，发言人回应：春季学期全市受助学生488235人。",
    "就“上门送教是不是走过场”的提问，发言人说，目前全市上门送教823人。",
    "记者追问鲁甸县的底数，发言人答：截至11月8日鲁甸县失辍学学生还有369人。",
    "被问及中职学生的资助，发言人表示，春季学期受助学生17000人。",
    "您关心的农村学生营养餐问题，现答复如下：今年春季学期全市743740名学生享受营养改善计划。",
    "关于巧家县代表反映的问题，该县截至11月8日劝返复学174人。",
    "谈到小学阶段，发言人说，失辍学人数由9月20日的493人减到11月8日的329人。",
    "以初中为例，劝返复学1585人。",
    "截至11月8日，就小学而言，失辍学人数为329人。",
)
FALSE = (
    "谈到小学阶段，失辍学人数为4717人。",
    "就初中来说，劝返复学1915人。",
    "以初中为例，劝返复学1915人。",
    "就残疾学生而言，劝返复学1915人。",
    "就学龄前幼儿来说，全市上门送教823人。",
    "被问及中职学生的资助，发言人表示，春季学期受助学生488235人。",
    "被问及宣威市的资助，发言人表示，春季学期受助学生488235人。",
    "有记者问起去年的进展，发言人介绍，劝返复学1915人。",
    "有记者问起残疾学生的情况，发言人说，劝返复学1915人。",
    "针对数据造假的提问，发言人说，劝返复学1915人。",
    "关于镇雄县控辍保学问题的答复：截至11月8日，失辍学学生4717人。",
    "记者追问昭阳区的底数，发言人答：截至11月8日失辍学学生还有4717人。",
)


@pytest.mark.parametrize("text", RIGHT)
def test_an_answer_is_read_whatever_was_asked(text: str) -> None:
    assert all(status in GREEN for _, status in statuses(text))


@pytest.mark.parametrize("text", FALSE)
def test_what_was_asked_about_holds_for_the_answer(text: str) -> None:
    assert not any(status in GREEN for _, status in statuses(text))
