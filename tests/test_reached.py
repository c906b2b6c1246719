"""How far a level has come, whom most of it is, and what was done beside it: each form right, and with a false word."""

import pytest
from test_judged_texts import GREEN, statuses

RIGHT = [
    "9月20日至11月8日，全市新增劝返复学895人，累计达到1915人。",
    "9月20日以来，镇雄县新增劝返复学237人，累计508人。",
    "9月20日至11月8日期间，镇雄县劝返复学新增237人。",
    "彝良县在9月20日101人的基础上再劝返88人，累计189人重返校园。",
    "鲁甸县9月20日有失辍学学生451名，到11月8日还有369名。",
    "小学失辍学率由0.09%降至0.06%，初中同期由1.91%降至1.59%。",
    "失辍学人数由9月20日的5765人压减至11月8日的4717人，减少1048人。",
    "远程送教学生多于上门送教学生，两者相差385人。",
    "接受上门送教和远程送教的学生合计2031人，前者823人，后者1208人。",
    "巧家县失辍学学生428人，绝大多数是初中生，有398人。",
    "失辍学学生4717人，以初中为主，有4388人。",
    "失辍学人数从少到多，排在前面的是水富（97人）、绥江（125人）、大关（193人）。",
    "县区：威信县\n统计日期：11月8日\n劝返复学：133人\n上门送教：56人",
]
# each with the number that its false word is said of
FALSE = [
    ("9月20日至10月8日，全市新增劝返复学895人，累计达到1915人。", "1915人"),
    ("9月20日以来，计划新增劝返复学895人，累计达到1915人。", "1915人"),
    ("9月20日以来，全市新增劝返复学895人，累计达到1020人。", "1020人"),
    ("9月20日以来，新增失辍学1048人，累计4717人。", "4717人"),
    ("9月20日以来，失辍学新增1048人。", "1048人"),
    ("彝良县在9月20日189人的基础上再劝返88人，累计101人重返校园。", "101人"),
    ("小学失辍学率由0.09%降至0.06%，初中去年同期由1.91%降至1.59%。", "1.59%"),
    ("失辍学人数由9月20日的4717人压减至11月8日的5765人。", "5765人"),
    ("远程送教学生少于上门送教学生，两者相差385人。", "385人"),
    ("接受上门送教和远程送教的学生合计2031人，前者1208人，后者823人。", "1208人"),
    ("失辍学学生4717人，以小学为主，有329人。", "329人"),
    ("失辍学人数从少到多，排在前面的是镇雄（1250人）、昭阳（845人）。", "845人"),
    ("县区：威信县\n统计日期：9月20日\n劝返复学：133人", "133人"),
    ("县区：威信县\n统计日期：2017年11月8日\n劝返复学：133人", "133人"),
]
# what was done beside is of another number
BESIDE = [
    "全市派出工作队146支，累计劝返学生1915人。",
    "全市抽调412名教师，劝返学生1915人。",
    "全市设立咨询电话12部，劝返学生1915人。",
    "全市印发宣传单3万份，劝返学生1915人。",
]
NOT_BESIDE = [
    "由412名教师劝返学生1915人。",
    "第三中学派出20名教师，劝返学生1915人。",
    "去年派出教师20名，劝返学生1915人。",
    "计划派出教师20名，劝返学生1915人。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_proven(text):
    found = statuses(text)
    assert found
    assert {status for _, status in found} <= {*GREEN, "excused"}, found


@pytest.mark.parametrize(("text", "surface"), FALSE)
def test_what_is_false_is_not(text, surface):
    assert dict(statuses(text))[surface] not in GREEN


@pytest.mark.parametrize("text", BESIDE)
def test_what_was_done_beside_leaves_the_number_alone(text):
    assert dict(statuses(text))["1915人"] in GREEN


@pytest.mark.parametrize("text", NOT_BESIDE)
def test_whose_work_it_was_does_not(text):
    assert dict(statuses(text))["1915人"] not in GREEN
