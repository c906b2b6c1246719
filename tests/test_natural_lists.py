"""Sentences as a bulletin has them: money and pupils side by side, whole and by parts."""

import pytest
from shipped import tied_case
from test_judged_texts import GREEN, WRONG, statuses

from zt_analysis.tying.texts import tie_text

TIED = {*GREEN, "excused"}


@pytest.mark.parametrize(
    "text",
    [
        # what 其中 says of two figures is of one part
        "营养改善计划春季学期支出28495.92万元，受益学生743740人，其中小学支出18929.40万元，受益学生494586人。",
        "春季学期全市营养改善计划支出28495.92万元，受益学生743740人。其中，初中支出9566.52万元，受益学生249154人。",
        "营养改善计划支出28495.92万元，受益743740人，其中小学支出18929.40万元，受益494586人；初中支出9566.52万元，"
        "受益249154人。",
        "春季学期受助学生488235人，发放35836.91万元，其中小学受助学生200001人，发放10000.05万元。",
        # a sum of the places that stand before it
        "劝返复学超过150人的有镇雄、昭阳、彝良、巧家四县区，合计1214人。",
        "镇雄、昭阳、彝良三县区劝返复学人数较多，合计1040人。",
        "累计劝返复学1915名失辍学学生，其中小学生330名、初中生1585名。",
        # numbers of one day in the turn of those of another
        "9月20日，全市上门送教440人、远程送教640人，到11月8日分别增加到823人和1208人。",
        "小学失辍学率9月20日为0.09%、初中为1.91%，11月8日分别降至0.06%和1.59%。",
    ],
)
def test_a_right_sentence_is_tied(text):
    found = statuses(text)
    assert len(found) > 1
    assert {status for _, status in found} <= TIED, found


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("营养改善计划支出28495.92万元，受益学生743740人，其中小学支出18929.40万元，受益学生743740人。", "743740人"),
        ("营养改善计划支出28495.92万元，受益学生743740人，其中小学支出18929.40万元，受益学生249154人。", "249154人"),
        ("劝返复学超过150人的有镇雄、昭阳、彝良、巧家四县区，合计1915人。", "1915人"),
        ("9月20日，上门送教440人、远程送教640人，到11月8日分别减少到823人和1208人。", "823人"),
        ("9月20日，上门送教440人、远程送教640人，到11月8日分别增加到1208人和823人。", "823人"),
        ("9月20日，劝返复学1020人、上门送教440人、远程送教640人，11月8日分别为823人和1208人。", "823人"),
        ("9月20日，上门送教440人、远程送教640人，去年11月8日分别为823人和1208人。", "823人"),
    ],
)
def test_a_false_one_is_not(text, surface):
    assert [status for found, status in statuses(text) if found == surface][-1] not in GREEN


def test_what_is_named_anew_behind_parts_is_of_all():
    found = dict(statuses("劝返复学1915人，其中初中1585人，上门送教823人。"))
    assert found["823人"] in GREEN
    assert set(found.values()).isdisjoint(WRONG)


@pytest.mark.parametrize(
    "text",
    [
        # shares of a part in its place, of those that the number before is called
        "巧家县初中失辍学398人，占全县失辍学人数的93.0%。",
        "巧家县失辍学428人，其中初中398人，占93.0%。",
        "巧家县初中失辍学398人，占全县的93.0%。",
        "昭阳区营养改善计划受益学生133157人，占全市受益学生总数的17.9%。",
        "劝返复学的学生在水富、绥江两地，合计90人。",
        "为确保学生不因家庭经济困难而失学，春季学期共资助建档立卡学生327802人。",
        "春季学期全市共资助学生488235人，资助资金35836.91万元。",
    ],
)
def test_a_right_share_is_tied(text):
    assert {status for _, status in statuses(text)} <= TIED, statuses(text)


@pytest.mark.parametrize(
    "text",
    [
        "巧家县初中失辍学398人，占全县劝返复学人数的93.0%。",
        "巧家县初中失辍学398人，占全县小学的93.0%。",
        "巧家县初中失辍学398人，占镇雄县的93.0%。",
        "巧家县失辍学428人，初中398人，占93.0%据传。",
        "巧家县失辍学428人，其中初中398人，占全市的93.0%。",
        "去年巧家县初中失辍学398人，占全县失辍学人数的93.0%。",
        "巧家县初中失辍学398人，占全县失辍学人数的9.30%。",
        "昭阳区营养改善计划受益学生133157人，占全市受助学生的17.9%。",
        "昭阳区建档立卡户受助学生25706人，占全市受助学生的17.9%。",
    ],
)
def test_a_false_share_is_not(text):
    assert [status for found, status in statuses(text) if found.endswith("%")][-1] not in GREEN


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("失辍学由9月20日的5765人减少到11月8日的4717人。", True),
        ("失辍学由9月20日的5765人增加到11月8日的4717人。", False),
        ("小学失辍学率由9月20日的0.09%提升到11月8日的0.06%。", False),
        ("劝返复学由9月20日的1020人回落到11月8日的1915人。", False),
        ("到9月20日，资助资金下达122648.52万元；到11月8日，达到133715.32万元。", True),
        ("11月8日劝返复学人数比9月20日增长87.7%。", True),
    ],
)
def test_a_verb_says_which_way_it_went(text, holds):
    found = tie_text(text, tied_case("2018-11", printed=False))
    green = all(one.status in TIED for one in found.ties)
    assert (green and found.holds) is holds


def test_a_number_of_another_day_behind_a_semicolon_goes_the_way_its_verb_says():
    assert dict(statuses("9月20日，失辍学5765人；11月8日降至4717人。"))["4717人"] in GREEN
    assert dict(statuses("9月20日，失辍学5765人；11月8日增至4717人。"))["4717人"] not in GREEN
