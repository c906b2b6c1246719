"""Figures by the names that offices give them: balances, programmes, days of meals, shares that may be two things."""

import pytest
from shipped import tied_case

from zt_analysis.tying.texts import tie_text

GREEN = ("agree", "agree_rounded", "within_bound")


def statuses(text):
    found = tie_text(text, tied_case("2018-11", printed=False))
    return {one.mention.surface: one.status for one in found.ties if one.mention.kind not in ("date", "ordinal")}


@pytest.mark.parametrize(
    "text",
    [
        "昭阳区余额12445.58万元。",
        "永善、绥江、威信余额依次为4754.83、1844.59、4790.74万元。",
        "镇雄营养餐人均支出383.82元，折合供餐96.0天。",
        "大关县支出比例48.22%，列各县区之首。",
        "寄宿生生活补助下达24367.26万元，春季学期发放21500.05万元。",
        "普高助学金下达11472.92万元，普高免学费下达2030.60万元。",
        "春季学期中职国家助学金发放1100万元，享受学生11000人。",
        "免费教科书专款下达4771.92万元，公用经费下达30966.72万元。",
        "学前资助：下达2233.67万元，发放618.51万元。",
        "普高一等助学金惠及22567人。",
        "巧家县下达额比鲁甸县多1673.23万元。",
        "9月20日小学失辍学率为0.09%，现为0.06%。",
        "鲁甸县建档立卡户受助25706人，占67.29%。",
        "镇雄县建档立卡户受助86983人，占26.5%。",
        "全市建档立卡户受助学生中镇雄占26.5%，达86983人。",
        "永善县失辍学率降幅0.12个百分点，低于全市的0.13个百分点。",
        "威信县春季学期受助学生33776人，其中建档立卡户学生22721人，占67.27%。",
        "2018年春季学期中职教育受助17000人，发放2800.00万元，人均1647.06元。",
        "镇雄县劝返复学508人最多，水富市39人最少。",
        "巧家县人均资助735.44元最高，鲁甸县732.62元最低。",
        "巧家县失辍学学生比9月20日少了97人，现有428人。",
        "威信、永善新立案都是55件。",
        "受助学生里，建档立卡户占比67.14%。",
        "水富市失辍学率0.58%，高于全市0.57%的总体水平。",
        "小学失辍学率已压到0.06%。",
        "劝返复学1915人。食堂阿姨早早备好了热汤。",
    ],
)
def test_it_is_read_by_that_name(text):
    found = statuses(text)
    assert found
    assert set(found.values()) <= set(GREEN), found


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("镇雄县专户余额18373.14万元。", "18373.14万元"),
        ("大学助学金发放1100万元。", "1100万元"),
        ("市级公用经费下达30966.72万元。", "30966.72万元"),
        ("普高助学金发放11472.92万元。", "11472.92万元"),
        ("春季学期中职国家助学金发放1100万元，享受学生17000人。", "17000人"),
        ("巧家县下达额比鲁甸县多1673.33万元。", "1673.33万元"),
        ("鲁甸县建档立卡户受助25706人，占66.29%。", "66.29%"),
        ("小学失辍学率降幅0.03个百分点，初中上升0.32个百分点。", "0.32个百分点"),
        ("小学失辍学率降幅0.03个百分点，高于初中的0.32个百分点。", "0.03个百分点"),
        ("近79万名学生享受营养改善计划。", "79万名"),
        ("受助学生约47万人。", "47万人"),
        ("全市下达学生资助资金133715.32万元，用于普高助学金。", "133715.32万元"),
        ("全市下达学生资助资金133715.32万元，全部用于公用经费。", "133715.32万元"),
        ("受助学生488235人，均享受免学费。", "488235人"),
        ("镇雄县劝返复学508人最多，绥江县51人最少。", "51人"),
    ],
)
def test_it_is_no_other(text, surface):
    found = statuses(text)
    assert not any(status in GREEN for one, status in found.items() if surface in one), found


@pytest.mark.parametrize(
    "text",
    [
        "三类安置中劝返复学占48.5%，为1915人。",
        "失辍学4717人，摊到11个县区，平均每县429人。",
        "9月20日累计下达122648.52万元，11月8日达到133715.32万元，一个多月新增11066.80万元，增长约9.0%。",
    ],
)
def test_it_contradicts_nothing(text):
    assert tie_text(text, tied_case("2018-11", printed=False)).remarks == ()


def test_a_mean_that_is_off_contradicts_its_total():
    found = tie_text("失辍学4717人，摊到11个县区，平均每县439人。", tied_case("2018-11", printed=False))
    assert len(found.remarks) == 1


def test_parts_that_open_a_sentence_leave_what_follows_open():
    text = "高中阶段（普高和中职）春季学期受助学生合计63000人，发放资金13718.35万元。"
    assert statuses(text) == {"63000人": "agree", "13718.35万元": "ambiguous"}
