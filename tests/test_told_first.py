"""Who tells a number and out of what, and what a sentence says of its subject first."""

from __future__ import annotations

import pytest
from test_judged_texts import GREEN, statuses

RIGHT = (
    "发言人最后补充说，全市劝返复学1915人。",
    "新闻发言人强调，全市劝返复学1915人。",
    "督查组查阅台账发现，全市劝返复学1915人。",
    "督查人员核对资金文件后确认，全市受助学生488235人。",
    "督查组核定镇雄县春季学期受助学生129406人。",
    "鲁甸县教育局报：全县已劝返复学149人。",
    "巧家县关于控辍保学工作的报告称，截至11月8日，全县劝返复学174人。",
    "现将我县（巧家县）截至11月8日情况报告如下：劝返复学174人。",
    "为便于对账，现将永善县有关数据列示：今年下达额9167.72万元。",
    "现就失辍学率计算说明如下：11月8日小学失辍学率0.06%。",
    "受助幼儿41234人。以上为春季学期全市数，特此说明。",
    "初中始终是控辍保学的重点，截至11月8日失辍学4388人。",
    "营养改善计划是实实在在的民生工程，今年春季学期我市享受学生743740名。",
    "营养改善计划资金使用较为规范，春季学期支出28495.92万元。",
    "绥江县学生基数小，今年下达资金3556.95万元。",
)
FALSE = (
    "督查组发现虚报，全市劝返复学1915人。",
    "督查发现问题：全市劝返复学1915人。",
    "督查组要求，全市劝返复学1915人。",
    "督查组在宣威市核对后认定，全市劝返复学1915人。",
    "宣威市教育局报：全市劝返复学1915人。",
    "鲁甸县教育局报：劝返复学1915人。",
    "初中始终是控辍保学的重点，截至11月8日失辍学4717人。",
    "上门送教是残疾儿童的工程，目前有823人。",
    "上门送教是去年的重点，目前有823人。",
    "绥江县学生基数小，今年下达资金133715.32万元。",
)


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_told_first_changes_nothing(text: str) -> None:
    assert all(status in GREEN for _, status in statuses(text))


@pytest.mark.parametrize("text", FALSE)
def test_what_narrows_or_doubts_is_read(text: str) -> None:
    assert not any(status in GREEN for _, status in statuses(text))
