"""What a sentence takes from those before it: a day, part or place, a question, the number whose parts it lists."""

from dataclasses import replace

import pytest
from shipped import tied_case

from zt_analysis.documents.plain import read_plain
from zt_analysis.tying import tie_out
from zt_analysis.tying.tie import GREEN

# the number that is not to be green
FALSE = {
    "先看9月20日的情况。全市失辍学5765人。劝返复学1915人。": "1915人",
    "9月20日，全市失辍学5765人。上门送教440人。劝返复学1915人。": "1915人",
    "截至9月20日，全市失辍学5765人。上门送教823人。": "823人",
    "去年全市失辍学5765人。上门送教440人。劝返复学1915人。": "1915人",
    "2017年，全市失辍学6000人。其中初中5000人。劝返复学1915人。": "1915人",
    "三、初中阶段（截至11月8日）。劝返复学1915人。": "1915人",
    "（二）小学。上门送教823人。": "823人",
    "截至11月8日，全市劝返复学1915人，其中初中1585人，镇雄县508人，昭阳区343人，两地占全市的44.44%。": "44.44%",
    "截至11月8日，全市上门送教823人，劝返复学镇雄县508人，昭阳区343人，两地占44.44%。": "44.44%",
    "截至11月8日，劝返复学1915人，其中镇雄县508人，昭阳区343人，两地占全省的44.44%。": "44.44%",
    "问：截至9月20日，我市劝返复学了多少学生？答：1915人。": "1915人",
    "昭阳区是全市的中心，镇雄县人口多。该县劝返复学508人。": "508人",
    "虽未劝返复学1915人。": "1915人",
    "虽然劝返复学1915人，但多数又走了。": "1915人",
}
RIGHT = (
    "9月20日，全市失辍学5765人。上门送教440人。远程送教640人。",
    "9月20日，市里召开推进会。劝返复学1915人。",
    "9月20日以来，新立案798件。劝返复学1915人。",
    "9月20日全市失辍学5765人。目前劝返复学1915人。上门送教823人。",
    "9月20日全市失辍学5765人，11月8日为4717人。劝返复学1915人。",
    "三、初中阶段（截至11月8日）。劝返复学1585人，上门送教563人，失辍学4388人。",
    "（二）小学。劝返复学330人。",
    "关于初中。劝返复学1585人。",
    "一、初中情况。全市劝返复学1915人。",
    "初中难。劝返复学1915人。",
    "小学失辍学人数从9月20日的493人减到329人，降幅33.3%；初中从5272人减到4388人，降幅16.8%。",
    "截至11月8日，全市劝返复学1915人。镇雄县508人，昭阳区343人，两地合计851人，占全市的44.4%。",
    "截至11月8日，全市劝返复学1915人，其中镇雄县508人，昭阳区343人，两地占全市的44.44%。",
    "截至11月8日，全市劝返复学1915人，其中镇雄县508人，昭阳区343人，两地合计占44.44%。",
    "问：截至11月8日，我市劝返复学了多少学生？答：1915人。",
    "问：截至9月20日，我市劝返复学了多少学生？答：1020人。",
    "镇雄县是全市的重点。该县劝返复学508人。",
    "失辍学率的分母为824000人，其中小学548000人、初中276000人。",
    "虽然全市劝返复学1915人，全市上门送教823人。",
)


@pytest.fixture(scope="module")
def tie():
    bare = replace(tied_case(), claims=())
    return lambda text: tie_out(read_plain(text, "text"), bare)


def statuses(tie, text):
    return {one.mention.surface: one.status for one in tie(text).ties if one.mention.kind != "date"}


@pytest.mark.parametrize("text", FALSE)
def test_a_number_of_another_day_or_part_is_not_green(tie, text):
    assert statuses(tie, text)[FALSE[text]] not in GREEN


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_of_the_sentences_together_is_tied(tie, text):
    found = statuses(tie, text)
    assert found
    assert {one for one in found.values() if one != "excused"} <= set(GREEN), found


def test_what_fits_neither_day_is_wrong(tie):
    assert statuses(tie, "9月20日，全市失辍学5765人。劝返复学508人。")["508人"] == "differs"
