"""Titles that say where, by which office or to whom a text was told, and those that make its numbers others'."""

import pytest
from shipped import tied_case

from zt_analysis.documents import read_plain
from zt_analysis.tying import tie_out

TOLD = """
    党组碰头会纪要 教研员联席会发言提纲 电视台晚间稿 市财政局协作函复
    市审计局联系函 财务科情况说明 值班室便条 图书馆开放日致辞
    基金会捐赠仪式答谢词 给全市教研员的一封信 致各位家长委员的公开信
    政协委员提案答复 市民来电回复 学籍管理工作提示 后勤工作简报
    财务协作简讯 晚间播报
    """
OTHERS = """
    孤儿座谈会纪要 谎报数据通报会纪要 反例讲评会记录 应急演练会记录
    中心校座谈会纪要 大井镇广播站晚间稿 会泽县人大常委会发言
    致曲靖市校长的信 去年会议记录 未经核实的会议记录 某村院坝会记录
    虚报问题专题会纪要 残疾学生开放日致辞 青年夜校学员受助一览
    作废稿汇编 假消息曝光台公告 民办幼儿园简报 外省来信选登
    明年工作会议材料 预计数说明会纪要
    """


def status(title):
    found = tie_out(read_plain(f"{title}\n\n截至11月8日，全市劝返复学1915人。", "text"), tied_case(printed=False))
    return next(one.status for one in found.ties if one.mention.surface.startswith("1915"))


@pytest.mark.part(3)
@pytest.mark.slow
@pytest.mark.parametrize(
    "title",
    TOLD.split(),
)
def test_where_by_whom_and_to_whom_a_text_was_told_narrows_nothing(title):
    assert status(title) == "agree"


@pytest.mark.part(3)
@pytest.mark.slow
@pytest.mark.parametrize(
    "title",
    OTHERS.split(),
)
def test_whoever_has_numbers_of_its_own_and_what_is_doubtful_keeps_them(title):
    assert status(title) == "unproven"
