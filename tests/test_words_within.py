"""Words and forms within a number's own clause: what says the same figure, day or place, and what says another."""

import pytest
from test_judged_texts import GREEN, statuses


def of(text, surface):
    return [status for printed, status in statuses(text) if printed == surface]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("9月20日上门送教440人。", "440人"),
        ("9月20日，全市劝返1020人，目前达到1915人。", "1020人"),
        ("9月20日摸底时，全市失辍学学生5765人。", "5765人"),
        ("自9月20日以来，全市失辍学率由0.70%降为0.57%。", "0.70%"),
        ("自9月20日起至11月8日，全市新立案798件。", "798件"),
        ("9月20日至11月8日，全市销案1846件，同期新立案798件。", "798件"),
        ("现在全市劝返复学1915人。", "1915人"),
    ],
)
def test_the_base_day_is_a_day_of_the_tables(text, surface):
    assert of(text, surface)
    assert set(of(text, surface)) <= set(GREEN)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("9月20日当天上门送教440人。", "440人"),
        ("9月21日上门送教440人。", "440人"),
        ("去年9月20日上门送教440人。", "440人"),
        ("9月20日以来上门送教440人。", "440人"),
        ("9月20日至11月8日，全市销案1846件，去年同期新立案798件。", "798件"),
        ("同期，全市新立案798件。", "798件"),
        ("自10月1日起至11月8日，全市新立案798件。", "798件"),
        ("截至9月20日劝返复学1915人。", "1915人"),
    ],
)
def test_another_time_is_not_proven(text, surface):
    assert of(text, surface)
    assert not set(of(text, surface)) & set(GREEN)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("全市11个县（市、区）均已建立台账。", "11个"),
        ("抽查实现11个县（市、区）全覆盖。", "11个"),
        ("共抽查336户，涉及全部11个县（市、区）。", "11个"),
        ("全市11个县（市）区都有抽查样本。", "11个"),
        ("市教育局督查组分赴11个县（市、区）入户抽查。", "11个"),
        ("镇雄县劝返复学508人，为各县（市、区）最多。", "508人"),
        ("督查组共入户336户。", "336户"),
        ("本次共抽查336户。", "336户"),
    ],
)
def test_all_places_are_as_many_as_there_are(text, surface):
    assert of(text, surface)
    assert set(of(text, surface)) <= set(GREEN)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("曲靖市11个县（市、区）全部建立台账。", "11个"),
        ("镇雄县11个县（市、区）全覆盖。", "11个"),
        ("实现10个县（市、区）全覆盖。", "10个"),
        ("全市11个县（市、区）均已清零。", "11个"),
        ("全市有11个县（市、区）未建立台账。", "11个"),
        ("11个乡镇全覆盖。", "11个"),
        ("本次劝返复学1915人。", "1915人"),
    ],
)
def test_some_places_are_not_all(text, surface):
    assert of(text, surface)
    assert not set(of(text, surface)) & set(GREEN)


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("全市仍有4717名学生失学辍学。", "4717名"),
        ("全市失辍学存量还剩4717人。", "4717人"),
        ("全市劝返复学学生先后达到1915人。", "1915人"),
        ("失辍学学生中，初中生就有4388人。", "4388人"),
        ("全市1208名学生通过远程方式接受教育。", "1208名"),
        ("全市返校学生达1915人。", "1915人"),
        ("9月20日至11月8日，失辍学案件新立案798件。", "798件"),
        ("大关县劝返学生78人，县里上门送教34人。", "34人"),
        ("春季学期，全市及时足额发放学生资助资金3.58亿元。", "3.58亿元"),
        ("9月20日上门送教440人，现在是823人。", "823人"),
        ("关于失辍学人数变动：9月20日5765人，11月8日4717人。", "4717人"),
        ("关于全市失辍学率变化，9月20日为0.70%，11月8日为0.57%。", "0.57%"),
    ],
)
def test_words_of_holding_and_reaching_change_nothing(text, surface):
    assert of(text, surface)
    assert set(of(text, surface)) <= set(GREEN)


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("劝返复学还剩1915人。", "1915人"),
        ("全市上门送教823人。以上系测算结果。", "823人"),
        ("核定受助学生488235人。", "488235人"),
        ("全市劝返教师现在是1915人。", "1915人"),
        ("曲靖市上门送教440人，现在是823人。", "823人"),
        ("上门送教剩余823人。", "823人"),
        ("全市失学教师4717人。", "4717人"),
        ("全市曾有失辍学学生4717人。", "4717人"),
        ("全市失辍学一度达4717人。", "4717人"),
        ("全市远程学习教师1208人。", "1208人"),
        ("国庆后返校学生1915人。", "1915人"),
        ("全市劝返复学1915人，涉及3省。", "1915人"),
        ("会泽县劝返有序，县里劝返复学1915人。", "1915人"),
    ],
)
def test_words_that_change_a_number_leave_it_unproven(text, surface):
    assert of(text, surface)
    assert not set(of(text, surface)) & set(GREEN)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("盐津县、大关县推进劝返工作，两县劝返人数分别为120人和78人。", "78人"),
        ("盐津县、大关县推进劝返工作。两县劝返人数分别为120人和78人。", "120人"),
        ("镇雄县、昭阳区积极开展控辍保学，两地失辍学共2095人。", "2095人"),
        ("全市劝返复学1915人。镇雄县508人、昭阳区343人。", "508人"),
        ("学生资助资金保障到位，截至11月8日累计下达13.37亿元。", "13.37亿元"),
        ("春季学期学生资助发放工作全面完成，共发放3.58亿元。", "3.58亿元"),
    ],
)
def test_what_was_named_before_is_meant(text, surface):
    assert of(text, surface)
    assert set(of(text, surface)) <= set(GREEN)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("盐津县、大关县、会泽县推进劝返工作，两县劝返人数分别为120人和78人。", "120人"),
        ("盐津县、大关县推进劝返工作，三县劝返人数分别为120人、78人和508人。", "78人"),
        ("盐津县、大关县推进劝返工作。会泽、宣威两县劝返人数分别为120人和78人。", "120人"),
        ("盐津县、大关县推进劝返工作，两县劝返人数分别为78人和120人。", "78人"),
        ("上门送教823人，远程送教1208人。镇雄县218人、昭阳区148人。", "218人"),
        ("全市共有教师1915人。镇雄县508人、昭阳区343人。", "508人"),
        ("学生资助工作有序推进，教育经费下达133715.32万元。", "133715.32万元"),
        ("营养改善计划有序实施，食堂投入2.85亿元。", "2.85亿元"),
        ("学生资助资金下达及时，校舍建设下达13.37亿元。", "13.37亿元"),
    ],
)
def test_what_was_not_named_before_is_not_meant(text, surface):
    assert of(text, surface)
    assert not set(of(text, surface)) & set(GREEN)
