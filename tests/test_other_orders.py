"""Numbers named behind them, plain words for others, places without a number, lists with their unit, dating notes."""

from dataclasses import replace

import pytest
from shipped import tied_case

from zt_analysis.numbers import read_numbers
from zt_analysis.tying.texts import tie_text
from zt_analysis.tying.tie import GREEN


@pytest.fixture(scope="module")
def case():
    return replace(tied_case(), claims=())


RIGHT = [
    # named behind, alone and in turn
    "1915人，这是全市劝返复学的总数。",
    "0.57%，为11月8日全市义务教育失辍学率。",
    "1020人是9月20日的劝返复学数。",
    "39人、51人、78人分别系水富、绥江、大关劝返复学数。",
    "212件、144件、78件，分别为镇雄、昭阳、彝良三地9月20日以来的新立案数。",
    "2.85亿元和3.58亿元，分别是春季学期营养改善计划支出额和学生资助发放额。",
    "镇雄319人、昭阳216人，远程送教合计535人。",
    # plain words
    "初中失辍学率由1.91%回落到1.59%。",
    "小学失辍学人数由493人变为329人。",
    "失辍学学生93%集中在初中。",
    "镇雄县劝返复学人数即占全市的26.5%。",
    "大关、绥江、水富三地失辍学学生加起来415人。",
    "昭阳、镇雄两地资助资金下达额之和为59381.20万元。",
    "初中失辍学率高出小学1.53个百分点。",
    "学生资助发放额比营养改善计划支出多7340.99万元。",
    "镇雄县资助资金下达额接近昭阳区的1.5倍。",
    "远程送教1208人（其中初中占1118人）。",
    "巧家县人均资助735.44元，略高于全市的734.01元。",
    # a list and the unit at its head, or that of its name
    "学生资助发放额（万元）：小学10000.05、初中11500。",
    "受助学生（万人）：镇雄12.94、昭阳8.74。",
    "抽查户数：大关17、永善24、威信24。",
    "从受助人数看，镇雄12.94万、昭阳8.74万、彝良4.83万。",
    # some of the places are no contradiction of the whole
    "全市抽查336户（昭阳55户，镇雄79户）。",
    # numerals
    "全市已下达学生资助资金十三亿三千七百多万元。",
    # when it was
    "劝返复学1915人。以上为11月8日数。",
    "新立案798件，销案1846件。时间段为9月20日至11月8日。",
]


@pytest.mark.part(3)
@pytest.mark.parametrize("text", RIGHT)
def test_it_is_proven_whole(case, text):
    found = tie_text(text, case)
    assert [one for one in found.ties if one.status not in (*GREEN, "excused")] == []
    assert any(one.status in GREEN for one in found.ties)
    assert not found.remarks


FALSE = [
    ("1916人，这是全市劝返复学的总数。", "1916人", "differs"),
    ("1915人是全市劝返复学的目标。", "1915人", "unproven"),
    ("1915人，这是全市劝返复学的一半。", "1915人", "unproven"),
    ("1915人，这是不含初中的劝返复学数。", "1915人", "unproven"),
    ("51人、39人分别系水富、绥江劝返复学数。", "51人", "differs"),
    ("镇雄319人、昭阳216人，远程送教合计1208人。", "1208人", "differs"),
    ("初中失辍学率由1.91%回落到1.95%。", "1.95%", "differs"),
    ("失辍学学生94%集中在初中。", "94%", "differs"),
    ("学生资助发放额（万元）：小学11500、初中10000.05。", "11500", "differs"),
    ("全市已下达学生资助资金十三亿三千八百多万元。", "十三亿三千八百多万元", "differs"),
    ("劝返复学1915人。以上数据均为9月20日数。", "1915人", "unproven"),
    ("劝返复学1915人。统计时段为9月20日至11月8日。", "1915人", "unproven"),
    ("劝返复学1915人。以上系2018年春季学期数。", "1915人", "unproven"),
    ("劝返复学1915人。以上数据截至2017年11月8日。", "1915人", "unproven"),
    # denied, and a line that must not be crossed
    ("截至11月8日，镇雄县劝返复学508人；镇雄县教育局已公开否认。", "508人", "unproven"),
    ("大关县为自己定的红线是，该县失辍学学生193人。", "193人", "unproven"),
]


@pytest.mark.part(3)
@pytest.mark.parametrize(("text", "surface", "status"), FALSE)
def test_what_is_false_of_it_is_not(case, text, surface, status):
    found = tie_text(text, case)
    assert {one.status for one in found.ties if one.mention.surface == surface} == {status}


RANKS = [
    ("劝返复学人数镇雄县居第一，昭阳区列第二，彝良县排第三。", ["agree", "agree", "agree"]),
    ("劝返复学人数镇雄县居第二，昭阳区列第一。", ["differs", "differs"]),
    ("巧家县资助资金下达额在全市排第4位。", ["agree"]),
    ("巧家县资助资金下达额在全市排第9位。", ["differs"]),
    ("鲁甸县失辍学学生数由多到少居全市第5位。", ["agree"]),
    ("按受助学生多少排，盐津县排名第八。", ["agree"]),
    ("按受助学生多少排，盐津县排名第一。", ["differs"]),
    ("按上门送教人数由多到少排列，镇雄县第一，昭阳区第二。", ["agree", "agree"]),
    ("大关县新立案数位列全市倒数第3。", ["agree"]),
    ("大关县新立案数位列全市倒数第2。", ["differs"]),
    # nothing names the figure, or it is another
    ("镇雄县综合考评居全市第一。", ["unproven"]),
    ("镇雄县劝返复学人数居全市第一，不含初中。", ["unproven"]),
    ("预计镇雄县劝返复学人数居全市第一。", ["unproven"]),
    ("2017年，镇雄县劝返复学人数居全市第一。", ["unproven"]),
    ("会泽县劝返复学居全市第一。", ["unproven"]),
    # no place of a part
    ("镇雄县在会上作第一个发言。", ["excused"]),
]


@pytest.mark.part(3)
@pytest.mark.parametrize(("text", "expected"), RANKS)
def test_a_place_among_all_is_computed(case, text, expected):
    found = tie_text(text, case)
    assert [one.status for one in found.ties if one.mention.kind == "ordinal"] == expected


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("十三亿三千七百多万元", [1337000000]),
        ("一亿二千三百余万元", [123000000]),
        ("三千五百多万元", [35000000]),
        ("三万五千多亿元", [3500000000000]),
        ("受助学生（万人）：", []),
        ("（单位：万人）", []),
        ("上百人", [100]),
    ],
)
def test_a_scale_behind_more_counts_what_stands_behind_the_larger_one(text, values):
    assert [one.value for one in read_numbers(text)] == values
