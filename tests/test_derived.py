"""Numbers that follow from others: differences, multiples, means, what is left."""

from dataclasses import replace

import pytest
from shipped import tied_case

from zt_analysis.tying.texts import tie_text
from zt_analysis.tying.tie import GREEN


@pytest.fixture(scope="module")
def case():
    return replace(tied_case(), claims=())


def statuses(text, case):
    found = tie_text(text, case)
    assert not found.remarks, [one.text for one in found.remarks]
    return {one.mention.surface: one.status for one in found.ties}


RIGHT = [
    ("小学失辍学率0.06%，初中1.59%，初中比小学高1.53个百分点。", "1.53个百分点"),
    ("初中失辍学率1.59%，比小学的0.06%高出1.53个百分点。", "1.53个百分点"),
    ("全市初中失辍学率比小学高1.53个百分点。", "1.53个百分点"),
    ("春季学期营养改善计划支出28495.92万元，学生资助发放35836.91万元，后者比前者多7340.99万元。", "7340.99万元"),
    ("盐津县失辍学293人、大关县失辍学193人，两县相差恰为100人。", "100人"),
    ("初中失辍学4388人，小学329人，初中失辍学人数是小学的13倍多。", "13倍多"),
    ("初中劝返人数约为小学的4.8倍。", "4.8倍"),
    ("目前劝返复学1915人，约为9月20日的1.88倍。", "1.88倍"),
    ("9月20日至11月8日新立案798件、销案1846件，销案比新立案多1048件。", "1048件"),
    ("威信县劝返133人，比永善县多2人。", "2人"),
    ("2018年春季学期营养改善计划受益学生743740人，支出资金28495.92万元，按受益学生平均，每人约383元。", "约383元"),
    ("销案1846件，是新立案的2.3倍。", "2.3倍"),
]


@pytest.mark.parametrize(("text", "surface"), RIGHT)
def test_a_number_that_follows_from_others_is_computed_from_them(case, text, surface):
    found = statuses(text, case)
    assert found[surface] in GREEN, found
    # what it is computed from is as proven as without it
    assert [one for one, status in found.items() if status not in (*GREEN, "excused")] in ([], ["两县"])


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("初中失辍学率比小学低1.53个百分点。", "1.53个百分点"),
        ("威信县劝返133人，比永善县多3人。", "3人"),
        ("威信县劝返133人，比永善县少2人。", "2人"),
        ("小学劝返人数约为初中的4.8倍。", "4.8倍"),
        ("学生资助发放35836.91万元，营养改善计划支出28495.92万元，后者比前者多7340.99万元。", "7340.99万元"),
        ("盐津县失辍学293人、大关县失辍学193人，两县相差110人。", "110人"),
    ],
)
def test_one_that_does_not_follow_is_wrong(case, text, surface):
    found = {one.mention.surface: one.status for one in tie_text(text, case).ties}
    assert found[surface] == "differs", found


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        # of others, of another time, planned, doubted, denied
        ("初中失辍学4388人，小学329人，初中教师是小学的13倍多。", "13倍多"),
        ("城区初中失辍学率比小学高1.53个百分点。", "1.53个百分点"),
        ("初中失辍学率比高中高1.53个百分点。", "1.53个百分点"),
        ("初中女生劝返人数约为小学的4.8倍。", "4.8倍"),
        ("初中劝返人数约为小学教师的4.8倍。", "4.8倍"),
        ("曲靖市初中劝返人数约为小学的4.8倍。", "4.8倍"),
        ("2017年，初中劝返人数约为小学的4.8倍。", "4.8倍"),
        ("劝返复学1915人，是去年同期的1.88倍。", "1.88倍"),
        ("劝返复学1915人，约为8月20日的1.88倍。", "1.88倍"),
        ("威信县劝返133人，计划比永善县多2人。", "2人"),
        ("威信县劝返133人，可能比永善县多2人。", "2人"),
        ("威信县劝返133人，不比永善县多2人。", "2人"),
        ("威信县劝返133人，比永善县平均多2人。", "2人"),
        ("威信县劝返133人，比永善县送教多2人。", "2人"),
        ("有人说初中失辍学率比小学高1.53个百分点。", "1.53个百分点"),
        ("初中劝返人数应为小学的4.8倍。", "4.8倍"),
        ("初中劝返人数约为小学的4.8倍，这是错的。", "4.8倍"),
        # of what is not one thing, or has no mean
        ("盐津县失辍学293人、大关县劝返78人，两县相差215人。", "215人"),
        ("春季学期受助学生488235人，营养改善计划支出28495.92万元，每人约583.65元。", "约583.65元"),
        ("春季学期营养改善计划受益学生743740人，支出资金28495.92万元，每名教师约383元。", "约383元"),
        # what it would be computed from is not proven
        ("教师1915人，约为9月20日的1.88倍。", "1.88倍"),
        ("后者比前者多7340.99万元。", "7340.99万元"),
    ],
)
def test_one_of_which_it_is_not_certain_is_unproven(case, text, surface):
    found = {one.mention.surface: one.status for one in tie_text(text, case).ties}
    assert found[surface] == "unproven", found


def test_a_number_is_not_proven_by_one_that_is_wrong(case):
    found = statuses("销案1856件，是新立案的2.3倍。", case)
    assert found == {"1856件": "differs", "2.3倍": "unproven"}
