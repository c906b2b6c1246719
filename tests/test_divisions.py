"""Places that no table of a package holds are known by the country's register, present and former."""

import pytest
from shipped import tied_case

from zt_analysis.documents import read_plain
from zt_analysis.tying import divisions, tie_out

pytestmark = pytest.mark.slow  # it opens the shipped package


@pytest.fixture(scope="module")
def tie():
    case = tied_case(printed=False)
    return lambda text: tie_out(read_plain(text, "text"), case).ties[-1]


def test_divisions_are_named_with_what_they_lie_in_and_until_when():
    assert list(divisions.named("宣威市和东川区都在")) == [(0, "宣威市"), (4, "东川区")]
    assert divisions.where("在宣威市的") == "宣威市（云南省曲靖市）"
    assert divisions.where("水富县").endswith("，2018年前的名称）")
    assert divisions.where("朝阳区").count("、") == 1
    assert not divisions.where("宣威的学校")


def test_what_heads_a_text_may_be_short_but_no_common_word():
    assert divisions.headed("会泽经验") == "会泽"
    assert divisions.headed("二、宣威市的做法") == "宣威市"
    assert not divisions.headed("合作模式")
    assert not divisions.headed("会泽在册")


def test_a_place_is_said_in_the_reason(tie):
    one = tie("宣威市劝返复学1915人。")
    assert (one.status, one.reason["zh"]) == ("unproven", "所写是宣威市（云南省曲靖市）的数，不是源表的地方")


def test_a_place_that_the_sentence_before_opens_with_governs(tie):
    assert tie("会泽经验如下。劝返复学1915人。").status == "unproven"
    assert tie("全市经验如下。劝返复学1915人。").status == "agree"


@pytest.mark.thorough
def test_two_hundred_other_places_are_never_green(tie):
    names = sorted(divisions._known()[0])[::23]
    others = [one for one in names if "云南省昭通市" not in {within for within, _, _ in divisions._known()[0][one]}]
    texts = [text for one in others for text in (f"{one}劝返复学1915人。", f"{one}经验：受助学生488235人。")]
    assert len(texts) > 250
    assert [text for text in texts if tie(text).status in ("agree", "agree_rounded", "within_bound")] == []
