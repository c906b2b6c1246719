"""Lists as people type them into messages: names without their end, numbers without a unit."""

import pytest
from shipped import statuses_of

from zt_analysis.tying.tie import GREEN


@pytest.mark.parametrize(
    "text",
    [
        "截至11月8日，绥江劝返51，上门送教22，远程送教32。",
        "截至11月8日，劝返复学人数1915，上门送教人数823，远程送教人数1208。",
        "截至11月8日，初中劝返1585，上门送教563，远程送教1118。",
        "9月20日至11月8日，全市新立案798，销案1846。",
        "截至11月8日，盐津县劝返120人，上门52人，远程74人。",
        "截至11月8日，初中劝返复学1585人，上门563人，远程1118人。",
        "春季学期，全市学生资助资金发放35836.91万元，覆盖学生488235人。",
        "（单位：人）\n截至11月8日，劝返1915，上门送教823。",
    ],
)
def test_it_is_read(text):
    found = statuses_of(text)
    assert len(found) > 1
    assert set(found.values()) <= {*GREEN}, found


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("text", "surface", "status"),
    [
        ("截至11月8日，绥江劝返52，上门送教22。", "52", "differs"),
        ("截至11月8日，初中劝返1585，上门送教823。", "823", "ambiguous"),
        ("截至11月8日，全市劝返1915，上门送教823，单位：户。", "1915", "unproven"),
        ("（人数单位：万人）\n截至11月8日，劝返1915，上门送教823。", "823", "unproven"),
        ("截至11月8日，按户计，全市劝返1915，上门送教823。", "1915", "unproven"),
        ("截至11月8日，全市未劝返1915，上门送教823。", "1915", "unproven"),
        ("截至11月8日，全市上门劝返823人、远程1208人。", "823人", "unproven"),
        ("截至11月8日，教师上门823人，远程培训1208人。", "1208人", "unproven"),
        ("截至11月8日，上门走访823人，远程1208人。", "823人", "unproven"),
        ("截至11月8日，教师上门823人。", "823人", "unproven"),
        ("春季学期，全市学生资助资金发放35836.91万元，覆盖教师488235人。", "488235人", "unproven"),
    ],
)
def test_what_it_says_is_held_against_the_tables(text, surface, status):
    assert statuses_of(text)[surface] == status
