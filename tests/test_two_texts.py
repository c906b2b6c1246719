"""Two right texts, one behind the other: what the first says of others makes no number of the second wrong."""

import pytest
from shipped import tied_case

from zt_analysis.tying.texts import tie_text


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    [
        # a figure's name in the sentence before, where this one names its own
        "截至11月8日，巧家县失辍学428人，比9月20日减少97人。截至11月8日，全市劝返复学学生1915人，比9月20日增加895人。",
        "失辍学率9月20日为0.70%，11月8日为0.57%。各县区上门送教人数：昭阳区148、鲁甸县64、巧家县75、盐津县52、大关县34、永善县56。",
        "小学失辍学率：0.06%\n初中失辍学率：1.59%\n\n截至11月8日，昭阳343人、镇雄508人、彝良189人，三地劝返复学共1040人。",
        # a part of the sentence before, which has numbers of its own
        "镇雄县劝返复学508人，占全市四分之一强。春季学期，营养改善计划支出2.8亿余元。",
        "永善县劝返131人。截至11月8日，劝返复学的1915人中，小学330人，初中1585人。",
        "绥江县远程送教32人。截至11月8日，远程送教比上门送教多385人。",
        # what a text proves of itself
        "截至11月8日，全市劝返复学1915人。春季学期，受助学生中有建档立卡户学生327802人，占67.14%。",
        "截至11月8日，全市失辍学4717人。截至11月8日，全市劝返复学学生中，初中生1585人，占82.77%。",
        "全市远程送教1208人。下表为上门送教学生，共823人。",
        "大关县全县劝返复学78人。\n截至11月8日，全市劝返复学1915人。",
        "镇雄县：劝返复学508人。截至11月8日，全市劝返复学1915人。",
        "成果：截至11月8日，全市劝返复学1915人。9月20日，全市劝返复学1020人，这是起点。",
        "春季学期，学生资助资金发放35836.91万元。春季学期，全市学生资助发放资金3.58亿元。",
        # a day of counting is no base date
        "据11月8日统计，全市失辍学4717人。超过四分之一的劝返复学学生来自镇雄县。",
    ],
)
def test_no_number_is_called_wrong(text):
    found = tie_text(text, tied_case(printed=False))
    assert not found.wrong, [(one.mention.surface, one.expected) for one in found.wrong]
    assert not found.remarks, [one.text["zh"] for one in found.remarks]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("镇雄县行动早。劝返复学1915人。", "1915人"),
        ("镇雄县劝返复学1915人。", "1915人"),
        ("截至11月8日，初中失辍学率1.59%。截至11月8日，全市劝返复学1951人。", "1951人"),
    ],
)
def test_what_is_wrong_is_said(text, surface):
    assert [one.mention.surface for one in tie_text(text, tied_case(printed=False)).wrong] == [surface]


@pytest.mark.parametrize(
    "text",
    [
        "截至11月8日，全市劝返复学1915人。经过努力，全市劝返复学1951人。",
        "大关县全县劝返复学78人。各校用心，全县劝返复学87人。",
        "春季学期，全市学生资助发放3.58亿元。春季学期，全市学生资助发放3.85亿元。",
    ],
)
def test_one_figure_with_two_values_is_told(text):
    assert tie_text(text, tied_case(printed=False)).remarks
