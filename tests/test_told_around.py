"""Clauses before a number and behind it that tell how the work went, and such as say something of it."""

import pytest
from test_judged_texts import GREEN, statuses

AROUND = [
    "通过大数据比对，全市劝返复学1915人。",
    "经学校评审、公示，春季学期资助学生488235人。",
    "到目前为止，全市劝返复学1915人。",
    "资金通过银行卡发放到学生手中，春季学期资助学生488235人。",
    "广大教师利用周末时间入户家访，全市劝返复学1915人。",
    "全市失辍学学生4717人，仍是下一步工作的重点。",
    "全市劝返复学1915人，均已建立台账。",
    "全市劝返复学1915人，名单附后。",
    "全市劝返复学1915人，以上数据均经县区核实。",
]
OF_IT = [
    "全市劝返复学1915人，名单有误。",
    "全市劝返复学1915人，以上数据未经县区核实。",
    "全市劝返复学1915人，是下一步工作的目标。",
    "全市应劝返复学1915人，均未建立台账。",
]


@pytest.mark.parametrize("text", AROUND)
def test_what_is_told_around_changes_nothing(text):
    found = statuses(text)
    assert found
    assert {status for _, status in found} <= {*GREEN, "excused"}, found


@pytest.mark.parametrize("text", OF_IT)
def test_what_is_said_of_it_does(text):
    assert not {status for _, status in statuses(text)} & {*GREEN}
