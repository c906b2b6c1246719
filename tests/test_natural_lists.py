"""Sentences as a bulletin has them: money and pupils side by side, whole and by parts."""

import pytest
from test_judged_texts import GREEN, WRONG, statuses

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
