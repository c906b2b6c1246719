import pytest
from proof_sentences import SENTENCES
from proof_styles import PAIRS

from zt_analysis.documents.plain import read_markdown
from zt_analysis.numbers import read_numbers
from zt_analysis.proof import prove
from zt_analysis.proof.intervals import interval_of


def proved(text):
    return prove(read_markdown(text, "draft.md"))


CASES = [
    (kind, holds, text)
    for kind, both in SENTENCES.items()
    for holds, texts in zip((True, False), both, strict=True)
    for text in texts
]


@pytest.mark.part(3)
@pytest.mark.parametrize(("kind", "holds", "text"), CASES)
def test_what_agrees_is_told_from_what_does_not(kind, holds, text):
    found = proved(text)
    assert (not found.contradictions) is holds, found.findings
    assert holds or kind in {one.kind for one in found.contradictions}, found.findings


@pytest.mark.part(3)
@pytest.mark.parametrize(("right", "wrong"), PAIRS)
def test_other_styles_are_read_too(right, wrong):
    assert not proved(right).contradictions
    assert proved(wrong).contradictions


PARTS = (
    "全县高中教育（包括普通高中、职业高中）共有学校12所，比上年增加2所；招生5200人，比上年增加300人。\n\n"
    "普通高中9所，比上年增加1所；招生4100人，比上年增加180人。\n\n"
    "职业高中3所，比上年增加1所；招生{}人，比上年增加120人。"
)


def test_parts_that_are_named_are_summed_wherever_they_stand():
    assert len(proved(PARTS.format(1100)).held) == 12
    assert [one.difference for one in proved(PARTS.format(1200)).contradictions] == ["-100人"]


def test_a_total_of_a_row_leaves_out_the_year_before():
    table = "| 项目 | 中央 | 县级 | 合计 | 上年 |\n|---|---|---|---|---|\n| 公用经费 | 24 | 8 | {} | 30 |\n| 营养餐 | 46 | 1 | 47 | 45 |"
    assert len(proved(table.format(32)).held) == 6
    assert [one.states for one in proved(table.format(33)).contradictions] == ["33"]


def test_english_tables_and_weekdays_are_read():
    table = "| County | Schools | Rate |\n|---|---|---|\n| A | 12 | 3 |\n| B | 2 | 4 |\n| Total | {} | 5 |"
    assert [one.states for one in proved(table.format(15)).contradictions] == ["15"]
    assert len(proved(table.format(14)).held) == 3
    assert [one.computed for one in proved("Opened on 2018-11-08 (Friday).").contradictions] == ["Thursday"]
    assert not proved("Opened on 2018-11-08, Thursday.").contradictions


def test_a_note_names_the_parts_too():
    noted = PARTS.replace("（包括普通高中、职业高中）", "[1]") + "\n\n[1]高中教育包括普通高中、职业高中。"
    assert len(proved(noted.format(1100)).held) == 12
    assert [one.difference for one in proved(noted.format(1200)).contradictions] == ["-100人"]


def test_a_mean_outside_those_of_its_parts_cannot_be_told():
    text = "校均规模{}人，其中，小学320人，初中980人。"
    assert [one.holds for one in proved(text.format(560)).findings] == [True]
    assert [one.holds for one in proved(text.format(1560)).findings] == [None]


def test_compulsory_pupils_are_those_of_both_stages():
    text = "小学在校生41280人。初中在校生18960人。义务教育阶段共有在校生{}人。"
    assert [one.holds for one in proved(text.format(60240)).findings] == [True]
    assert [one.holds for one in proved(text.format(60420)).findings] == [None]


def test_a_share_of_few_is_of_the_only_whole():
    assert not proved("幼儿园96所，其中公办园36所、民办园60所，优质园占37.7%。").contradictions
    assert proved("30名教师中，36.1%为女教师。").contradictions
    # of the households, not of the counties
    assert not proved("检查覆盖11个县区，其中东川县检查户数占23.5%。").contradictions
    assert proved("检查覆盖11个县区，其中山区县占23.5%。").contradictions


def test_a_measure_of_which_nothing_adds_up_is_counted_another_way():
    found = proved(PARTS.format(1200).replace("增加300人", "增加330人"))
    assert not found.contradictions
    assert len(found.doubtful) == 2


def test_a_share_of_all_is_held_against_the_whole_wherever_it_stands():
    text = "全县共有幼儿园80所。\n\n## 民办教育\n\n民办幼儿园60所，占全县幼儿园总数的{}。"
    assert not proved(text.format("75%")).contradictions
    assert [one.computed for one in proved(text.format("57%")).contradictions] == ["60所 ÷ 80所 = 75%"]


def test_a_share_behind_a_bracket_may_be_of_what_is_left():
    text = "全县学生2000人。\n\n民办学校学生500人（含购买学位200人），占全县学生总数的15%。"
    found = proved(text)
    assert not found.contradictions
    assert [one.kind for one in found.doubtful] == ["share"]


def test_a_list_that_adds_up_elsewhere_is_whole():
    text = "招收研究生45人，其中博士生10人，硕士生35人。在学研究生100人，其中博士生30人，硕士生70人。毕业研究生38人，其中博士生8人，硕士生{}人。"
    assert not proved(text.format(30)).contradictions
    assert [one.computed for one in proved(text.format(20)).contradictions] == ["8人 + 20人 = 28人"]


def test_a_list_of_some_parts_is_no_sum():
    assert not proved("全县共有教师3200人，其中骨干教师120人，学科带头人45人。").contradictions


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    [
        "学生1200人，比上年增加100人，教师增长5%。",
        "学生1200人，比上年增加100人，比2010年增长35%。",
        "学生1200人，比上年增加100人，年均增长3%。",
        "共有学校45所、教师120名，合计投入300万元。",
        "校均规模1200人，其中高中2100人，初中800人。",
        "甲县学校12所。乙县学校15所。",
        "其中56至65人的大班12个，占3%。",
        "约有学生1.2万人，比上年增加近千人，增长9%。",
        "由45人增加到50人左右，增加5人。",
        "完成80%，比上月提高5个百分点，超额3%。",
        "小学由12所调整为10所，初中增加2所。",
        "2018年11月30日至2019年1月5日。",
        "共有学生0人，其中小学0人，初中0人。",
        "今年资助12000人，其中小学5000人，初中4000人。",
        "小学5.2万人、初中2.8万人、高中1.9万人，合计9.9万人，占全市的比重分别为30%、28%和35%。",
        "全市11个县（市、区）、146个乡（镇、街道）已报送。",
        "建有5个校区（含东校区、西校区）。",
        "东川县、西山县的3个乡镇已完成。",
        "东川、西山、南河完成2项任务。",
        "教育、公安部门召开3类会议。",
        "见outputs/2018-11/，电话0870-212，编号18-3。",
        "投入资金500万元，比上年增加50万元，其中县级增长20%。",
        "与2017年的412个教学点相比，今年保留378个，撤并24个。",
        "下拨资金956万元。其中：县一中320万元，县二中286万元，职教中心250万元。",
        "高校在校生20000人。高校专任教师1000人，生师比17.50:1。",
        "小学教职工549人，专任教师558人。",
        "义务教育学校86所，其中小学60所，初中20所。",
        "教师600人，其中男骨干教师40人，女骨干教师60人。",
        "全县小学120所，其中寄宿制学校60所，五年巩固率98.2%。",
        "报名1250人，录取200人，本科录取率12%。",
        "计划新建12所，已开工8所，结余资金30万元。",
        "毛入学率105.3%，比上年下降0.3个百分点。",
        "月均补助450元，连续补助10个月，全年共4500元。",
        "高考报名3150人，上线2868人，上线率91.0%，其中一本上线412人，一本上线率13.1%。",
        "截至11月8日，全市劝返复学1915人。\n\n截至10月25日，全市劝返复学1614人，到11月8日增加301人。",
        "亿人与万人并用：在校生2.82亿人，比上年增加660.62万人。",
        "全县在校生1.2万人。小学在校生27000人、专任教师1500人，生师比为18:1。",
        "全年出生人口1465人，出生率为10.48‰；死亡人口998人，死亡率为7.14‰；自然增长率为3.34‰。",
        "巩固率由2015年的91.2%提高到95.6%，年均提高0.88个百分点。",
        "新改建农村公路312公里，其中硬化215公里，总里程达4860公里。",
        "抽检食堂样品156批次，合格154批次，不合格2批次，合格率98.7%。",
        "按辍学率排名依次为北坪镇（0.1%）、石门镇（0.3%）、河口镇（0.6%）。",
        "抽样惠及所有9个县（市、区），请各地对照检查。",
        "图书比6月1日的400册增加380册，增长超过九成。",
        "女生巩固率比男生的1.2%高出3.4个百分点。",
        "城区优良率98.4%，比乡镇的91.1%高出7.3个百分点。",
    ],
)
def test_what_is_perhaps_not_the_same_thing_is_left_alone(text):
    assert not proved(text).contradictions


@pytest.mark.parametrize(
    ("text", "right", "wrong", "computed"),
    [
        ("投入资金由800万元增加到1200万元，增幅{}。", "50%", "40%", "(1200万元 - 800万元) ÷ 800万元 = 50%"),
        ("辍学率由1.2%下降到0.6%，降幅达{}。", "50%", "80%", "-56～-43.5%"),
        ("毛入园率85.6%，较上年提升2.3个百分点；上年为{}。", "83.3%", "82.3%", "85.6% - 82.3% = 3.20～3.40个百分点"),
        ("完成投资8.6亿元，占年度计划10亿元的{}。", "86%", "68%", "8.6亿元 ÷ 10亿元 = 85.1～86.9%"),
        ("招聘教师500名，其中语文120名、数学110名、其他{}。", "270名", "280名", "120名 + 110名 + 280名 = 510名"),
        ("男生312人，女生288人，全校共{}。", "600人", "610人", "312人 + 288人 = 600人"),
        ("现有学校1200所（小学900所，初中220所，高中{}）。", "80所", "90所", "900所 + 220所 + 90所 = 1210所"),
        ("教师4.2万人，比上年的3.5万人增加{}。", "7000人", "9000人", "4.2万人 - 3.5万人 = 6000～8000人"),
    ],
)
def test_what_follows_is_said(text, right, wrong, computed):
    assert not proved(text.format(right)).contradictions
    assert [one.computed for one in proved(text.format(wrong)).contradictions] == [computed]


@pytest.mark.parametrize(
    ("surface", "low", "high"),
    [("340多户", 341, 349), ("300多人", 301, 399), ("1200余所", 1201, 1299), ("3亿多元", 3 * 10**8, 4 * 10**8)],
)
def test_a_round_number_and_more_ends_below_the_next(surface, low, high):
    (mention,) = read_numbers(surface)
    found = interval_of(mention)
    assert (found.low, found.high) == (low, high)


def test_a_figure_of_two_times_is_printed_once_each():
    """What opens a sentence with its period is of that period; a second number of the same one is a slip."""
    now, again = "2024年上半年，全市门诊33万人次，床位2440张。", "全市门诊31.25万人次。"
    assert not proved(f"{now}\n\n2023年下半年，{again}").findings
    for opening in ("2024年上半年，", ""):
        assert [one.holds for one in proved(f"{now}\n\n{opening}{again}").findings] == [False]
