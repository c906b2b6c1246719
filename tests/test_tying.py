"""Tie-out: every number of a text of our own is tied or excused, and a wrong one is named with the right value."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import commands
import docx
import pytest
from bs4 import BeautifulSoup
from packages import ROOT
from shipped import INDICATORS, RULES, shipped_tables, tied_case
from sweeps import one_in

from zt_analysis import params, reports
from zt_analysis.bulletins import paper_of, read_claims
from zt_analysis.documents import read_document
from zt_analysis.errors import InputError
from zt_analysis.figures import Figure
from zt_analysis.indicators import Wanted, breakdown, compute, find
from zt_analysis.numbers import read_numbers
from zt_analysis.tying import annotated, case_of, draft_claims, page_record, record, tie_out
from zt_analysis.tying.excuses import constants
from zt_analysis.tying.matching import phrases
from zt_analysis.tying.verdicts import judge

DRAFT = ROOT / "tests" / "texts" / "draft-2018-11.txt"
TEXT = DRAFT.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tables():
    return shipped_tables()


@pytest.fixture(scope="module")
def paper():
    return paper_of(params.load("2018-11", ROOT))


@pytest.fixture(scope="module")
def case():
    return tied_case()


@pytest.fixture(scope="module")
def bare():
    """The case of an issue whose claims nobody has written down yet."""
    return tied_case(printed=False)


@pytest.fixture
def tied(tmp_path, case):
    def tie(text, against=case):
        path = tmp_path / "draft.txt"
        path.write_text(text, encoding="utf-8")
        return tie_out(read_document(path), against)

    return tie


def of(found, surface):
    (one,) = (tie for tie in found.ties if "".join(tie.mention.surface.split()) == surface)
    return one


@pytest.mark.slow
class TestDraft:
    """The forty numbers of the issue in a text of our own: line ends and spaces inside numbers, full-width digits."""

    def test_forty_of_forty_are_read(self, paper):
        left = list(read_numbers(TEXT, dated=paper.period.as_of))
        claims = paper.printed()[0]
        assert len(claims) == 40
        for claim in claims:
            for value in claim.value.split():
                found = next((one for one in left if as_claimed(one, claim, value)), None)
                assert found, f"{claim.id} {claim.surface}: not read as {value} {claim.unit} {claim.kind}"
                left.remove(found)
        assert {one.role for one in left} == {"name", "enumerator"}

    def test_every_number_is_tied_or_excused(self, tied):
        found = tied(TEXT)
        assert found.holds
        assert found.coverage == 1
        assert found.counts == {"mentions": 51, "tied": 15, "excused": 36, "unproven": 0}
        assert found.unprinted == ()
        assert found.misread == ()
        assert sum(found.counts[word] for word in ("tied", "excused", "unproven")) == found.counts["mentions"]

    def test_thirteen_statistics_are_tied_to_their_own_figures(self, tied, paper):
        printed = {tie.figure.key for tie in tied(TEXT).ties if tie.figure}
        claims = [claim for claim in paper.printed()[0] if claim.headline]
        assert len(claims) == 13
        for claim in claims:
            wanted = claim.wanted(paper.period)
            assert Figure(wanted.indicator, wanted.at, "", None, wanted.scope).key in printed

    def test_without_claims_the_statistics_are_tied_all_the_same(self, tied, bare):
        found = tied(TEXT, bare)
        assert found.counts["tied"] == 15
        assert found.holds
        assert [tie.mention.surface for tie in found.ties if tie.status == "unproven"] == ["5 次", "20 以内", "70 多岁"]


def as_claimed(mention, claim, value):
    """Whether a mention reads as a claim's row says: value in base units, unit, qualifier and kind."""
    unit = {"万元": "元", "亿元": "元"}.get(claim.unit, claim.unit)
    qualifier = {"many": "more-than"}.get(claim.qualifier, claim.qualifier)
    if claim.unit == "万元":
        value = f"{(Decimal(value) * 10000).to_integral():f}"
    found = mention.as_dict()["value"]
    found = "-".join(found) if isinstance(found, list) else found
    same_unit = mention.unit in (unit, "县区" if unit == "个" else unit) or claim.id == "F14"
    return (
        value in (found, mention.resolved)
        and same_unit
        and mention.qualifier == qualifier
        and mention.kind == claim.kind
        and mention.role == "figure"
    )


RETURNED = "劝返复学学生数 2018-11-08"
# what is printed instead, what it is reported against, the status, the right value
ALTERED = [
    # digits swapped
    ("1915人", "1951人", RETURNED, "differs", "1915人"),
    ("823人", "832人", "上门送教学生数 2018-11-08", "differs", "823人"),
    ("1208人", "1280人", "远程送教学生数 2018-11-08", "differs", "1208人"),
    ("0.09%", "0.90%", "小学失辍学率 2018-09-20", "differs", "0.09%"),
    ("0.06%", "0.60%", "小学失辍学率 2018-11-08", "differs", "0.06%"),
    ("1.91%", "1.19%", "初中失辍学率 2018-09-20", "differs", "1.91%"),
    ("1.59%", "1.95%", "初中失辍学率 2018-11-08", "differs", "1.59%"),
    ("133715.32\n万元", "137315.32\n万元", "学生资助资金下达额 2018-11-08", "differs", "133715.32万元"),
    ("28495.92 万元", "28495.29 万元", "营养改善计划支出 2018-spring", "differs", "28495.92万元"),
    ("７４３７４０ 人", "７３４７４０ 人", "营养改善计划受益学生数 2018-spring", "differs", "743740人"),
    ("35836.91 万元", "35836.19 万元", "学生资助发放额 2018-spring", "differs", "35836.91万元"),
    ("488235\n人", "488253\n人", "受助学生数 2018-spring", "differs", "488235人"),
    ("327802 人", "328702 人", "建档立卡户受助学生数 2018-spring", "differs", "327802人"),
    # units swapped
    ("1915人", "1915人次", RETURNED, "unit_differs", "1915人"),
    ("823人", "823人次", "上门送教学生数 2018-11-08", "unit_differs", "823人"),
    ("1208人", "1208人次", "远程送教学生数 2018-11-08", "unit_differs", "1208人"),
    ("0.09%", "0.09个百分点", "小学失辍学率 2018-09-20", "unit_differs", "0.09%"),
    ("0.06%", "0.06个百分点", "小学失辍学率 2018-11-08", "unit_differs", "0.06%"),
    ("1.91%", "1.91个百分点", "初中失辍学率 2018-09-20", "unit_differs", "1.91%"),
    ("1.59%", "1.59个百分点", "初中失辍学率 2018-11-08", "unit_differs", "1.59%"),
    ("133715.32\n万元", "133715.32\n元", "学生资助资金下达额 2018-11-08", "differs", "133715.32万元"),
    ("28495.92 万元", "28495.92 元", "营养改善计划支出 2018-spring", "differs", "28495.92万元"),
    ("７４３７４０ 人", "７４３７４０ 人次", "营养改善计划受益学生数 2018-spring", "unit_differs", "743740人"),
    ("35836.91 万元", "35836.91 亿元", "学生资助发放额 2018-spring", "differs", "35836.91万元"),
    ("488235\n人", "488235\n人次", "受助学生数 2018-spring", "unit_differs", "488235人"),
    ("327802 人", "327802 人次", "建档立卡户受助学生数 2018-spring", "unit_differs", "327802人"),
    # decimal points shifted
    ("1915人", "19150人", RETURNED, "differs", "1915人"),
    ("823人", "82.3人", "上门送教学生数 2018-11-08", "differs", "823人"),
    ("1208人", "120.8人", "远程送教学生数 2018-11-08", "differs", "1208人"),
    ("0.09%", "0.009%", "小学失辍学率 2018-09-20", "differs", "0.09%"),
    ("1.59%", "15.9%", "初中失辍学率 2018-11-08", "differs", "1.59%"),
    ("133715.32\n万元", "13371.532\n万元", "学生资助资金下达额 2018-11-08", "differs", "133715.32万元"),
    ("28495.92 万元", "284959.2 万元", "营养改善计划支出 2018-spring", "differs", "28495.92万元"),
    ("７４３７４０ 人", "７４３７４ 人", "营养改善计划受益学生数 2018-spring", "differs", "743740人"),
    ("35836.91 万元", "3583.691 万元", "学生资助发放额 2018-spring", "differs", "35836.91万元"),
    ("488235\n人", "4882350\n人", "受助学生数 2018-spring", "differs", "488235人"),
    ("327802 人", "32780.2 人", "建档立卡户受助学生数 2018-spring", "differs", "327802人"),
    # dates, and what the masthead says
    ("11月8日", "11月9日", "统计日", "differs", "2018-11-08"),
    ("9月20日", "9月21日", "基期日", "differs", "2018-09-20"),
    ("2018年11月15日", "2018年11月16日", "发文日期", "differs", "2018-11-15"),
    ("第11期", "第12期", "年内期号", "differs", "11"),
    ("总第28期", "总第29期", "总期号", "differs", "28"),
    # what policy sets, and what is counted beside the headline
    ("超过7天", "超过5天", "立案的缺勤天数", "differs", "7"),
    ("6至8周岁", "6至9周岁", "进一年级的年龄", "differs", "6-8"),
    ("11 县区", "12 县区", "县级行政区数 2018-11-08", "differs", "11个"),
    ("300 多户", "400 多户", "抽查户数 2018-11-08", "differs", "336户"),
]


@pytest.mark.part(3)
@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after", "name", "status", "right"), one_in(8, ALTERED, lambda case: f"{case[0]}-{case[1]}")
)
def test_altered_number_is_reported_against_the_right_figure(tied, before, after, name, status, right):
    assert before in TEXT
    found = tied(TEXT.replace(before, after, 1))
    assert not found.holds
    wrong = [(tie.name["zh"], tie.status, tie.expected["zh"]) for tie in found.wrong]
    assert (name, status, right) in wrong
    assert len(wrong) == 1


@pytest.mark.parametrize(
    ("before", "after"), [("0.09%降至0.06%", "0.09%升至0.06%"), ("1.91%降至1.59%", "1.91%上升到1.59%")]
)
def test_a_rise_that_is_a_fall_is_noticed(tied, before, after):
    found = tied(TEXT.replace(before, after))
    (remark,) = found.remarks
    assert remark.kind == "direction"
    assert not found.holds
    assert found.wrong == []


def status_of(found, surface):
    one = of(found, surface)
    return one.status, one.figure.key if one.figure else ""


GREEN = ("agree", "agree_rounded", "within_bound", "excused")


class TestPartsOfTheWhole:
    """A number of a part is held against that part, computed from the same definition; never against the whole."""

    @pytest.mark.part(3)
    @pytest.mark.parametrize(
        ("text", "surface", "key"),
        [
            ("镇雄县劝返复学1915人。", "1915人", "returned_students[county_code=530627]@2018-11-08"),
            ("镇雄县抓紧抓实，截至11月8日，劝返复学1915人。", "1915人", "returned_students[county_code=530627]@2018-11-08"),
            ("在全市走在前列的镇雄县劝返复学1915人。", "1915人", "returned_students[county_code=530627]@2018-11-08"),
            ("劝返1915名镇雄县学生复学。", "1915名", "returned_students[county_code=530627]@2018-11-08"),
            ("镇雄县行动早。劝返复学1915人。", "1915人", "returned_students[county_code=530627]@2018-11-08"),
            ("镇雄县\n劝返复学1915人。", "1915人", "returned_students[county_code=530627]@2018-11-08"),
            ("小学阶段劝返复学1915人。", "1915人", "returned_students[stage=primary]@2018-11-08"),
            ("小学方面进展快。劝返复学1915人。", "1915人", "returned_students[stage=primary]@2018-11-08"),
            ("初中上门送教823人。", "823人", "home_taught_students[stage=junior]@2018-11-08"),
            ("普通高中受助学生488235人。", "488235人", "aided_students[stage=senior]@2018-spring"),
            ("中央下达学生资助资金133715.32万元。", "133715.32万元", "funds_allocated[level=central]@2018-11-08"),
            ("下达营养改善计划资金133715.32万元。", "133715.32万元", "funds_allocated[programme=nutrition]@2018-11-08"),
            ("镇雄县小学失辍学率为0.06%，初中为0.06%。", "0.06%", ""),
        ],
    )  # fmt: skip
    def test_the_part_is_computed(self, tied, text, surface, key):
        found = tied(text)
        ones = [tie for tie in found.ties if tie.mention.surface == surface]
        if key:
            assert [(tie.status, tie.figure.key) for tie in ones] == [("differs", key)]
        else:
            assert [tie.figure.scope for tie in ones] == [
                (("county_code", "530627"), ("stage", "primary")), (("county_code", "530627"), ("stage", "junior")),
            ]  # fmt: skip

    def test_each_county_of_a_list_has_its_own(self, tied, tables, paper):
        by = breakdown("returned_students", tables, paper.period).set_index("county_code")["exact"]
        first, second = by["530602"], by["530627"]
        found = tied(f"昭阳区、镇雄县分别劝返复学{first}人、{second}人，全市共1915人。")
        assert [(tie.status, tie.figure.scope) for tie in found.ties] == [
            ("agree", (("county_code", "530602"),)), ("agree", (("county_code", "530627"),)), ("agree", ()),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "text",
        [
            "板栗镇劝返复学1915人。", "镇雄县第一中学劝返复学1915人。", "女生劝返复学1915人。", "全省劝返复学1915人。",
            "建档立卡户劝返复学1915人。", "七年级劝返复学1915人。",
            "劝返1915名女生复学。", "全县劝返复学1915人。", "留守儿童劝返复学1915人。",
        ],
    )  # fmt: skip
    def test_a_part_that_no_table_gives_is_unproven(self, tied, text):
        one = of(tied(text), "1915名" if "名" in text else "1915人")
        assert one.status == "unproven"
        assert "不能算出" in one.reason["zh"]

    def test_the_whole_is_not_held_against_a_part_named_before(self, tied):
        found = tied("镇雄县行动早，全市劝返复学1915人。")
        assert status_of(found, "1915人") == ("agree", "returned_students@2018-11-08")


class TestOtherTimes:
    def test_a_masthead_of_another_year_dates_nothing(self, tied):
        found = tied("2019年第1期（总第30期）\n2019年1月3日\n\n全市劝返复学1915人。")
        assert of(found, "1915人").status == "agree"

    @pytest.mark.parametrize(
        "date",
        ["2019年1月3日", "示例市教育局　　2019年1月3日", "示例市教育局 2019年1月3日", "2019年1月3日 示例市教育局"],
    )
    def test_a_masthead_of_single_lines_is_its_own(self, tied, date):
        found = tied(f"2019年第1期（总第30期）\n{date}\n全市劝返复学1915人。")
        assert of(found, "1915人").status == "agree"
        assert of(found, "2019年1月3日").name["zh"] == "发文日期"  # held against the parameter, which is another

    @pytest.mark.parametrize(
        "text",
        [
            "去年同期劝返复学1915人。", "2017年，全市劝返复学1915人。", "以下为上一年度数据：劝返复学1915人。", "本周劝返复学1915人。", "上学期劝返复学1915人。",
            "9月20日以来劝返复学1915人。", "截至12月1日，劝返复学1915人。", "11月1日劝返复学1915人。", "去年工作扎实。劝返复学1915人。",
        ],
    )  # fmt: skip
    def test_a_time_that_the_tables_do_not_cover_is_unproven(self, tied, text):
        assert of(tied(text), "1915人").status == "unproven"

    @pytest.mark.parametrize(
        "text", ["今年以来，发放资助资金35836.91万元。", "2017年秋季学期发放资助资金35836.91万元。"]
    )
    def test_another_term_is_unproven(self, tied, text):
        assert of(tied(text), "35836.91万元").status == "unproven"

    def test_an_earlier_day_is_computed(self, tied, tables, paper):
        wanted = Wanted("returned_students", paper.period.at(date(2018, 10, 11)))
        right = compute([wanted], tables)["returned_students@2018-10-11"].exact
        found = tied(f"截至10月11日，全市劝返复学{right}人。")
        assert status_of(found, f"{right}人") == ("agree", "returned_students@2018-10-11")
        assert status_of(found, "10月11日") == ("excused", "")
        wrong = tied("截至10月11日，全市劝返复学1915人。")
        assert {tie.status for tie in wrong.ties} == {"differs"}

    def test_what_is_compared_with_another_time_is_of_now(self, tied):
        assert of(tied("与去年同期相比，劝返复学1915人。"), "1915人").status == "agree"
        one = of(tied("初中失辍学率较去年同期下降0.32个百分点。"), "0.32个百分点")
        assert one.status == "unproven"


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    [
        # denied
        "尚有1915人未劝返复学。", "1915人未能劝返复学。", "全市没有劝返复学1915人。", "劝返复学1915人的说法不属实。",
        # planned
        "计划劝返复学1915人。", "力争劝返复学1915人。", "年度目标：劝返复学1915人。", "全市应劝返复学1915人。", "预计劝返复学1915人。",
        "劝返复学1915人的目标。", "确保劝返复学1915人。",
        # doubted
        "如果劝返复学1915人，任务就完成了。", "网传劝返复学1915人。", "劝返复学1915人？",
        # another thing counted
        "劝返复学1915名教师。", "参与劝返复学的教师1915人。", "劝返复学家长1915人。", "劝返复学1915户。", "劝返复学，参会1915人。",
        "劝返复学823人，教师1915人。",
        # another event, a flow or a mean
        "劝返复学后又辍学1915人。", "新增劝返复学1915人。", "平均每县劝返复学1915人。", "劝返复学任务1915人。",
    ],
)  # fmt: skip
def test_what_is_no_statement_of_the_figure_is_unproven(tied, text):
    surfaces = {"1915名", "1915户"} & {tie.mention.surface for tie in tied(text).ties} or {"1915人"}
    assert of(tied(text), *surfaces).status == "unproven"


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    [
        "除镇雄县外，全市劝返复学1915人。", "劝返复学（不含职初班）1915人。", "“劝返复学1915人”是去年的数字。", "劝返复学1915人（11月1日数据）。",
        "全市已连续14年劝返复学1915人。", "抽调干部1915人开展劝返复学。", "申请劝返复学1915人。", "5个县区劝返复学1915人。", "三所学校劝返复学1915人。",
        "部分学校劝返复学1915人。", "A县劝返复学1915人。", "某教师劝返复学1915人。", "云南劝返复学1915人。", "上门送教823人中有1915人劝返复学。",
    ],
)  # fmt: skip
def test_what_is_only_some_of_the_whole_is_unproven(tied, text):
    assert of(tied(text), "1915人").status == "unproven"


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    [  # other words for what is right: all of it is tied and agrees
        "截至目前，全市累计劝返复学学生1915名，其中小学330名、初中1585名。", "通过多方努力，全市已成功劝返1915名失学儿童重返校园。",
        "全市上门送教惠及学生823人，远程送教覆盖1208人。", "春季学期，全市共有743740名学生享受营养改善计划，支出资金2.85亿元。",
        "全市48.82万名学生受助，其中建档立卡户学生32.78万名。", "各级下达学生资助资金13.37亿元，发放资助资金3.58亿元。",
        "建档立卡户学生占受助学生的67.14%。", "发放春季学期学生资助资金35836.91万元，惠及学生488235人，人均资助734.01元。",
        "小学、初中失辍学率分别从0.09%、1.91%降至0.06%、1.59%，分别下降0.03个和0.32个百分点。", "营养改善计划生均支出383.14元。",
        "劝返复学：全市1915人，镇雄508人。", "劝返复学近2000人，上门送教800多人，远程送教1200余人。", "仍有4717名学生失辍学。",
        "失辍学学生由9月20日的5765人减少到4717人，比期初减少1048人。", "小学失辍学率控制在0.06%以内。",
    ],
)  # fmt: skip
def test_other_words_for_what_is_right_are_tied(tied, text):
    found = tied(text)
    assert [tie.mention.surface for tie in found.ties if tie.status not in GREEN] == []
    assert found.remarks == ()


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("text", "surface", "status", "indicator"),
    [
        ("发放资助资金133715.32万元。", "133715.32万元", "differs", "aid_paid"),
        ("下达学生资助资金35836.91万元。", "35836.91万元", "differs", "funds_allocated"),
        ("支出资助资金133715.32万元。", "133715.32万元", "unproven", ""),
        ("下达资助资金133715.33万元，结余资助资金133715.32万元。", "133715.32万元", "differs", "allocation_remainder"),
        ("营养改善计划支出28495.92万元，参训学生743740人。", "743740人", "unproven", ""),
        ("建档立卡户学生327802人。", "327802人", "unproven", ""),
        ("小学失辍学率为零。", "零", "differs", "out_of_school_rate"),
        ("小学失辍学率0%。", "0%", "differs", "out_of_school_rate"),
        ("小学失辍学率接近零。", "接近零", "unproven", ""),
        ("劝返复学1900至2000人。", "1900至2000人", "within_bound", "returned_students"),
        ("劝返复学1920至2000人。", "1920至2000人", "differs", "returned_students"),
    ],
)
def test_events_and_bounds_are_told_apart(tied, text, surface, status, indicator):
    one = of(tied(text), surface)
    assert (one.status, one.figure.indicator if one.figure else "") == (status, indicator)


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("免费午餐14年。", "14年"), ("共印宣传册100份。", "100份"), ("第11期培训班开班。", "第11期"), ("交通补助每人每天4元。", "4元"),
        ("培训持续7天。", "7天"), ("会议开了14年。", "14年"), ("午餐4元，营养好。", "4元"), ("返校学生5次考试合格。", "5次"),
        ("全市累计上门服务5次。", "5次"), ("分3组走访。", "3组"), ("印制宣传单200份。", "200份"), ("10月24日，工作组出发。", "10月24日"),
        ("失辍学目标已实现，降至0人。", "0人"), ("干部70多岁。", "70多岁"),
    ],
)  # fmt: skip
def test_an_excuse_applies_only_beside_its_words(tied, text, surface):
    assert of(tied(text), surface).status not in GREEN


@pytest.mark.parametrize("name", ["两免一补", "七有", "一县一案", "一区一县", "四包", "三清"])
def test_a_number_in_a_name_is_a_name(tied, name):
    assert of(tied(f"各地落实“{name}”要求。"), name).reason["en"] == "part of a name; not a figure"


def test_a_day_that_a_change_is_measured_from_is_no_event(tied, case):
    """Of a case without claims a date is an event's where nothing is held against it."""
    bare = replace(case, claims=())
    assert of(tied("失辍学人数比9月20日下降一半。", bare), "9月20日").status == "unproven"
    assert of(tied("9月20日，全市召开会议。", bare), "9月20日").status == "excused"


def test_going_somewhere_says_nothing_of_a_number(tied):
    assert of(tied("工作组分赴各县区，全市劝返复学1915人。"), "1915人").status == "agree"


# every excused number of the draft, altered: it must not stay green
EXCUSED = [
    ("2018年第11期", "2017年第11期"), ("第11期", "第21期"), ("总第28期", "总第82期"), ("2018年11月15日", "2018年11月5日"),
    ("截至11月8日", "截至11月18日"), ("9月20日", "9月2日"), ("6至8周岁的", "6至9周岁的"), ("进一年级，", "进三年级，"),
    ("10至12周岁", "10至13周岁"), ("13至15周岁", "13至16周岁"), ("每年3月和9月", "每年4月和9月"), ("每年3月和9月", "每年3月和10月"),
    ("一年级新生", "二年级新生"), ("七年级新生", "八年级新生"), ("1周内", "2周内"), ("超过7天", "超过9天"), ("第二颗", "第三颗"),
    ("14 年免费", "15 年免费"), ("16 小组", "61 小组"), ("自 9 月起", "自 8 月起"), ("服务 5 次", "服务 8 次"), ("20 以内", "200 以内"),
    ("70 多岁", "80 多岁"), ("10 月 23 日", "10 月 24 日"), ("11 县区", "12 县区"), ("300 多户", "400 多户"), ("共印 100 份", "共印 1000 份"),
]  # fmt: skip


@pytest.fixture(scope="module")
def as_it_is(case):
    """How many numbers of the text are green where nothing is altered."""
    return sum(tie.status in GREEN for tie in tie_out(read_document(DRAFT), case).ties)


@pytest.mark.part(3)
@pytest.mark.slow
@pytest.mark.parametrize(("before", "after"), one_in(8, EXCUSED, lambda case: case[1]))
def test_altered_excuse_is_not_excused(tied, as_it_is, before, after):
    assert TEXT.count(before) == 1
    found = tied(TEXT.replace(before, after))
    assert sum(tie.status in GREEN for tie in found.ties) < as_it_is
    assert found.coverage < 1 or not found.holds


def test_a_direction_is_held_against_the_base_date(tied):
    found = tied("小学失辍学率上升到0.06%。")
    assert [remark.kind for remark in found.remarks] == ["direction"]
    assert tied("小学失辍学率降至0.06%。").remarks == ()


@pytest.mark.slow
class TestWords:
    """One sentence each: what the number is tied to, by the words around it."""

    @pytest.mark.part(3)
    @pytest.mark.parametrize(
        ("text", "surface", "key", "status"),
        [  # one sentence, one line
            ("到11月8日，小学、初中失辍学率分别为0.06%、1.59%。", "0.06%", "out_of_school_rate[stage=primary]@2018-11-08", "agree_rounded"),
            ("到11月8日，小学、初中失辍学率分别为0.06%、1.59%。", "1.59%", "out_of_school_rate[stage=junior]@2018-11-08", "agree_rounded"),
            ("初中失辍学率下降0.32个百分点。", "0.32个百分点", "out_of_school_rate_change[stage=junior]@2018-09-20/2018-11-08", "agree_rounded"),
            ("初中失辍学率下降0.32%。", "0.32%", "out_of_school_rate_change[stage=junior]@2018-09-20/2018-11-08", "unit_differs"),
            ("初中失辍学率上升0.32个百分点。", "0.32个百分点", "out_of_school_rate_change[stage=junior]@2018-09-20/2018-11-08", "differs"),
            ("全市发放资助资金3.58亿元。", "3.58亿元", "aid_paid@2018-spring", "agree_rounded"),
            ("全市发放资助资金约3.6亿元。", "约3.6亿元", "aid_paid@2018-spring", "within_bound"),
            ("受助学生48.8万余人。", "48.8万余人", "aided_students@2018-spring", "within_bound"),
            ("受助学生近49万人。", "近49万人", "aided_students@2018-spring", "within_bound"),
            ("受助学生超过49万人。", "超过49万人", "aided_students@2018-spring", "differs"),
            ("受助学生近六十万人。", "近六十万人", "aided_students@2018-spring", "differs"),
            ("劝返复学一千九百一十五人。", "一千九百一十五人", "returned_students@2018-11-08", "agree"),
        ],
    )  # fmt: skip
    def test_tied_by_words(self, tied, bare, text, surface, key, status):
        one = of(tied(text, bare), surface)
        assert (one.figure.key, one.status) == (key, status)

    def test_what_no_words_explain_is_unproven(self, tied):
        one = of(tied("会议室里坐着1915人。"), "1915人")
        assert one.status == "unproven"

    def test_value_alone_ties_nothing(self, tied):
        one = of(tied("上门送教1915人。"), "1915人")
        assert (one.figure.indicator, one.status) == ("home_taught_students", "differs")

    def test_two_figures_that_fit_are_both_shown(self, tied):
        one = of(tied("劝返复学、送教上门共计1915人。"), "1915人")
        assert one.status in ("ambiguous", "differs", "agree")
        both = of(tied("上门送教和远程送教：823人。"), "823人")
        assert both.status == "ambiguous"
        assert [name["en"].rsplit(" ", 1)[0] for name in both.candidates] == [
            "students taught at home", "students taught at a distance",
        ]  # fmt: skip

    def test_part_above_its_whole(self, tied):
        found = tied("受助学生327802人，其中建档立卡户受助学生488235人。")
        assert [remark.kind for remark in found.remarks] == ["part"]

    def test_share_is_recomputed(self, tied):
        right = tied("受助学生488235人，其中建档立卡户受助学生327802人，占67.14%。")
        assert right.remarks == ()
        wrong = tied("受助学生488235人，其中建档立卡户受助学生327802人，占76.14%。")
        assert "67.14%" in wrong.remarks[0].text["zh"]

    def test_printed_twice_must_agree(self, tied):
        found = tied("全市劝返复学1915人。各县区共劝返复学1951人。")
        assert [remark.kind for remark in found.remarks] == ["twice"]

    def test_headline_figures_that_are_not_printed_are_listed(self, tied):
        found = tied("全市劝返复学1915人。")
        assert len(found.unprinted) == 12
        assert "home_taught_students@2018-11-08" in [one.key for one in found.unprinted]

    def test_mistyped_claim_is_found(self, tied, paper, tables):
        from dataclasses import replace

        claims = [
            replace(one, value="1951", surface="1951人") if one.id == "F06" else one for one in paper.printed()[0]
        ]
        found = tied(TEXT, case_of(paper, tables, claims))
        assert [one["claim"] for one in found.misread] == ["F06"]

    @pytest.mark.parametrize(
        "text", ["下达学生资助资金13.37亿元。", "春季学期受助学生近49万人。", "劝返复学1900余人。"]
    )
    def test_a_claim_printed_with_fewer_digits_is_printed(self, tied, paper, tables, text):
        found = case_of(paper, tables, paper.printed()[0])
        out = tied(text, found)
        assert out.coverage == 1
        assert [one for one in out.misread if one["text"] != "—"] == []

    def test_a_text_without_numbers_is_refused(self, tied):
        with pytest.raises(InputError, match=r"draft\.txt; found no number"):
            tied("没有数。")


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("text", "exact", "status"),
    [
        ("300多户", 301, "within_bound"), ("300多户", 300, "differs"), ("300多户", 400, "differs"),
        ("300户以上", 300, "within_bound"), ("300户以上", 299, "differs"), ("超过300户", 300, "differs"),
        ("不足300户", 299, "within_bound"), ("不足300户", 300, "differs"), ("不超过300户", 300, "within_bound"),
        ("近300户", 299, "within_bound"), ("近300户", 269, "differs"), ("近300户", 301, "differs"),
        ("340多户", 341, "within_bound"), ("340多户", 350, "differs"), ("2.3万余户", 23900, "within_bound"),
        ("2.3万余户", 24000, "differs"), ("至少300户", 299, "differs"), ("0.03万户以上", 299, "differs"),
        ("约300户", 315, "within_bound"), ("约300户", 316, "differs"), ("300户", 300, "agree"), ("300户", 301, "differs"),
        ("0.03万户", 300, "agree"), ("0.03万户", 349, "agree_rounded"), ("0.03万户", 350, "differs"),
    ],
)  # fmt: skip
def test_bound_of_a_word(text, exact, status):
    (mention,) = read_numbers(text)
    assert judge(mention, Figure("inspected_households", "2018-11-08", "households", exact))[0] == status


def test_share_in_other_forms():
    figure = Figure("registered_poor_share", "2018-spring", "ratio", Fraction(327802, 488235))
    for text, status in (
        ("67.14%", "agree_rounded"),
        ("近七成", "within_bound"),
        ("三分之二", "differs"),
        ("6.7成", "agree_rounded"),
    ):
        (mention,) = read_numbers(text)
        assert judge(mention, figure)[0] == status


@pytest.mark.slow
class TestOutputs:
    @pytest.fixture
    def wrong(self):
        return TEXT.replace("1915人", "1951人").replace("0.09%降至", "0.09%升至")

    def word_file(self, path, text):
        document = docx.Document()
        for line in text.splitlines():
            document.add_paragraph(line)
        document.save(path)

    def test_comments_on_a_copy(self, tmp_path, case, wrong):
        path, copy = tmp_path / "draft.docx", tmp_path / "checked.docx"
        self.word_file(path, wrong)
        before = path.read_bytes()
        found = tie_out(read_document(path), case)
        assert annotated(path, found, copy, "zh") == 2
        comments = [comment.text for comment in docx.Document(copy).comments]
        assert comments == ["不一致; 劝返复学学生数 2018-11-08; 应为 1915人", "“升至”与数值方向不符：0.09%之后是0.06%"]
        assert path.read_bytes() == before
        with pytest.raises(InputError):
            annotated(path, found, path, "zh")

    def test_a_comment_says_why_nothing_is_proven(self, tmp_path, case):
        path, copy = tmp_path / "draft.docx", tmp_path / "checked.docx"
        self.word_file(path, "宣威市劝返复学1915人。")
        assert annotated(path, tie_out(read_document(path), case), copy, "zh") == 1
        (comment,) = docx.Document(copy).comments
        assert comment.text == "未证实; 所写是宣威市（云南省曲靖市）的数，不是源表的地方"

    @pytest.mark.parametrize(("text", "status"), [("— 1 —", "excused"), ("- 12 -", "excused"), ("12", "unproven")])
    def test_a_page_number_is_excused_by_its_form(self, tied, text, status):
        assert tied(f"全市劝返复学1915人。\n\n{text}\n").ties[-1].status == status

    @pytest.mark.thorough
    @pytest.mark.slow
    def test_page_marks_every_number_in_reading_order(self, tmp_path, case, tables, wrong):
        path = tmp_path / "draft.txt"
        path.write_text(wrong, encoding="utf-8")
        document = read_document(path)
        found = tie_out(document, case)
        page = BeautifulSoup(reports.render_tied(page_record(found, document, case, tables)), "html.parser")
        marks = page.select(".reading a.mark")
        assert len(marks) == len(found.ties) == 51
        assert [mark["id"] for mark in marks] == [f"tie-{number}" for number in range(1, 52)]
        (bad,) = page.select(".reading a.mark.bad")
        assert bad.get_text() == "1951人×"
        card = page.find(id=bad["href"][1:])
        assert card.find("data", class_="figure").get_text() == "1915人"
        assert card.find("summary", string="SQL")
        text = re.sub(r"\s", "", "".join(one.get_text() for one in page.select(".reading p")))
        assert "1951人×；对不能到校的学生" in text
        ids = [one["id"] for one in page.find_all(id=True)]
        assert len(ids) == len(set(ids))
        assert {link["href"][1:] for link in page.select("a[href^='#']")} <= set(ids)
        assert not re.findall(r'(?:src|href)="(?!#|data:)', str(page.find("body")))

    @pytest.mark.thorough
    @pytest.mark.slow
    def test_page_names_the_county_and_the_reason(self, tmp_path, case, tables):
        path = tmp_path / "draft.txt"
        path.write_text("镇雄县劝返复学509人，女生1915人劝返复学。", encoding="utf-8")
        document = read_document(path)
        page = reports.render_tied(page_record(tie_out(document, case), document, case, tables))
        text = BeautifulSoup(page, "html.parser").get_text()
        assert "镇雄县劝返复学学生数" in text
        assert "所写是“女生”的数" in text

    def test_record_is_plain_json(self, tied):
        found = record(tied(TEXT))
        assert json.loads(json.dumps(found, ensure_ascii=False)) == found
        assert found["coverage"] == "1"

    def test_drafted_claims_are_those_of_the_issue(self, tmp_path, paper, bare, tied):
        path = tmp_path / "draft.txt"
        path.write_text(TEXT, encoding="utf-8")
        drafted = draft_claims(read_document(path), tied(TEXT, bare), paper)
        rows = list(csv.DictReader(io.StringIO(drafted)))
        statistics = {(row["indicator"], row["at"], row["scope"]): row for row in rows if row["class"] == "statistic"}
        known = [claim for claim in paper.printed()[0] if claim.cls == "statistic"]
        assert len(known) == len(statistics) == 15
        for claim in known:
            row = statistics[claim.indicator, claim.at, " ".join("=".join(part) for part in claim.scope)]
            assert (Decimal(row["value"]), row["unit"] in (claim.unit, "县区")) == (Decimal(claim.value), True)
        assert [row["surface"] for row in rows if not row["class"]] == [
            "5 次",
            "20 以内",
            "70 多岁",
        ]

    def test_drafted_claims_run_as_they_are(self, project, tmp_path, paper, bare):
        path, claims = tmp_path / "draft.txt", project / "claims.csv"

        def drafted(text):
            path.write_text(text, encoding="utf-8")
            document = read_document(path)
            claims.write_text(draft_claims(document, tie_out(document, bare), paper), encoding="utf-8")
            return {one.id: one for one in read_claims(claims)}

        text = "一、概况\n\n劝返复学1900多名学生。\n\n二、资助\n\n发放资助资金约3.6亿元，受助学生近49万名。截至11月8日，全市共11个县区。\n"
        found = drafted(text)
        assert {one.id: (one.value, one.unit, one.qualifier, one.at, one.section) for one in found.values()} == {
            "returned_students": ("1900", "名", "many", "as_of", "一、概况"),
            "aid_paid": ("3.6", "亿元", "approx", "term", "二、资助"),
            "aided_students": ("49", "万名", "nearly", "term", "二、资助"),
            "as_of": ("2018-11-08", "", "exact", "", "二、资助"),
            "counties": ("11", "个", "exact", "as_of", "二、资助"),
        }
        exact = compute([one.wanted(paper.period) for one in found.values() if one.cls == "statistic"], bare.tables)
        assert all(
            one.printed.allows(exact[bare_key(one, paper)].exact) for one in found.values() if one.cls == "statistic"
        )
        # an edit elsewhere, and an order of its own: every number keeps its id
        assert set(drafted("远程送教1208人。\n\n" + text)) == {*found, "remote_taught_students"}

    def test_drafted_claims_are_refused_until_a_person_has_confirmed_them(self, project, tmp_path, paper, bare, tied):
        path = tmp_path / "draft.txt"
        path.write_text(TEXT, encoding="utf-8")
        claims = project / "claims.csv"
        claims.write_text(draft_claims(read_document(path), tied(TEXT, bare), paper), encoding="utf-8")
        with pytest.raises(InputError, match=r"column 'class'; found nothing, for '.+zt tie says why it is unproven"):
            read_claims(claims)


def bare_key(claim, paper):
    wanted = claim.wanted(paper.period)
    return Figure(wanted.indicator, wanted.at, "", None, wanted.scope).key


def zt(*words, stdin=None):
    return commands.zt(*words, cwd=ROOT, stdin=stdin)


@pytest.mark.slow
class TestCommands:
    def test_tie_ends_well_and_covers_everything(self, tmp_path):
        page = tmp_path / "tied.html"
        done = zt("tie", str(DRAFT), "--case", "2018-11", "--require", "100%", "--html", str(page))
        assert done.returncode == 0, done.stderr
        assert "coverage 100.0%" in done.stdout
        assert page.exists()

    def test_wrong_number_and_low_coverage_fail(self, tmp_path):
        path = tmp_path / "draft.md"
        path.write_text(TEXT.replace("1915人", "1951人"), encoding="utf-8")
        done = zt("tie", str(path), "--case", "2018-11", "--format", "json")
        assert done.returncode == 1
        (wrong,) = (one for one in json.loads(done.stdout)["ties"] if one["status"] == "differs")
        assert (wrong["surface"], wrong["expected"]["zh"]) == ("1951人", "1915人")
        path.write_text("会场有1915人，受助学生488235人。", encoding="utf-8")
        assert zt("tie", str(path), "--case", "2018-11", "--require", "90%").returncode == 1

    def test_many_texts_are_tied_a_line_each(self):
        texts = {"a": "全市劝返复学1915人。", "b": "宣威市劝返复学1915人。", "c": "上门送教832人。", "d": "没有数。"}
        lines = "\n".join(json.dumps({"id": name, "text": text}) for name, text in texts.items())
        done = zt("tie", "-", "--case", "2018-11", "--format", "jsonl", stdin=lines + "\n")
        assert done.returncode == 1
        found = [json.loads(line) for line in done.stdout.splitlines()]
        assert [(one["id"], one["holds"], one["coverage"], len(one["ties"])) for one in found] == [
            ("a", True, 1.0, 1), ("b", False, 0.0, 1), ("c", False, 1.0, 1), ("d", False, 0.0, 0),
        ]  # fmt: skip
        assert found[0]["ties"] == [
            {
                "surface": "1915人", "start": 6, "end": 11, "kind": "count", "role": "figure", "status": "agree",
                "figure": "returned_students@2018-11-08", "expected": "1915人", "reason": None,
            }
        ]  # fmt: skip
        assert (found[1]["ties"][0]["status"], "宣威市" in found[1]["ties"][0]["reason"]) == ("unproven", True)
        assert (found[2]["ties"][0]["status"], found[2]["ties"][0]["expected"]) == ("differs", "823人")

    @pytest.mark.parametrize(
        ("lines", "message"),
        [("{", "line 1"), ('{"id": "a"}', "line 1"), ('{"id": "a", "text": "一"}\n[1]', "line 2"), ("", "no text")],
    )
    def test_a_line_that_is_no_text_is_named(self, lines, message):
        done = zt("tie", "-", "--case", "2018-11", "--format", "jsonl", stdin=lines)
        assert (done.returncode, message in done.stderr, done.stdout) == (2, True, "")

    def test_an_output_never_replaces_the_text(self, tmp_path):
        path, link = tmp_path / "draft.html", tmp_path / "link.html"
        path.write_text(f"<p>{TEXT}</p>", encoding="utf-8")
        before = path.read_bytes()
        link.hardlink_to(path)
        for name in (path, link, tmp_path / "." / "draft.html"):
            done = zt("tie", str(path), "--case", "2018-11", "--html", str(name))
            assert (done.returncode, "a file of its own" in done.stderr) == (2, True)
        assert path.read_bytes() == before

    @pytest.mark.parametrize("place", ["none/page.html", ".", "file.txt/page.html"])
    def test_an_output_that_cannot_be_written_is_named(self, tmp_path, place):
        (tmp_path / "file.txt").write_text("x", encoding="utf-8")
        done = zt("tie", str(DRAFT), "--case", "2018-11", "--html", str(tmp_path / place))
        assert done.returncode == 2
        assert "--html" in done.stderr
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize("share", ["100%%", "1e0", "95", "-1", "nan", "％", "", "101%"])
    def test_a_share_that_is_none_is_refused(self, share):
        done = zt("tie", str(DRAFT), "--case", "2018-11", "--require", share)
        assert (done.returncode, "--require" in done.stderr) == (2, True)

    @pytest.mark.parametrize("text", ["落实“四包”责任制。", "会场有1915人。"])
    def test_a_text_that_proves_nothing_is_not_green(self, tmp_path, text):
        path = tmp_path / "draft.txt"
        path.write_text(text, encoding="utf-8")
        done = zt("tie", str(path), "--case", "2018-11")
        assert (done.returncode, "没有一个数字" in done.stderr) == (1, True)

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (["tie", "none.txt", "--case", "2018-11"], "none.txt"),
            (["tie", str(DRAFT), "--case", "2019-01"], "expected one of"),
            (["tie", str(DRAFT), "--case", "2018-11", "--require", "all"], "a share such as 100%"),
            (["numbers", str(DRAFT), "--date", "15.11.2018"], "a date such as"),
            (["tie", str(DRAFT), "--case", "2018-11", "--comments", "x.docx"], "a .docx"),
        ],
    )
    def test_mistakes_are_named(self, words, message):
        done = zt(*words)
        assert done.returncode == 2
        assert message in done.stderr
        assert "Traceback" not in done.stderr

    def test_numbers_of_standard_input_and_of_a_file(self, tmp_path):
        text = "截至11月8日，劝返复学１９１５人，\n下降0.32个百分点，每生每天4元。\n"
        path = tmp_path / "text.txt"
        path.write_text(text, encoding="utf-8")
        piped = zt("numbers", "-", "--date", "2018-11-15", "--format", "jsonl", stdin=text)
        filed = zt("numbers", str(path), "--date", "2018-11-15", "--format", "jsonl")
        assert piped.stdout == filed.stdout
        found = [json.loads(line) for line in filed.stdout.splitlines()]
        assert [(one["value"], one["unit"], one["kind"]) for one in found] == [
            ("2018-11-08", "", "date"), ("1915", "人", "count"), ("-0.32", "百分点", "change"), ("4", "元", "money"),
        ]  # fmt: skip
        assert all(text[one["start"] : one["end"]] == one["surface"] for one in found)
        assert zt("numbers", "-", stdin="没有").returncode == 1

    def test_claims_are_drafted(self):
        done = zt("claims", str(DRAFT), "--case", "2018-11")
        assert done.returncode == 0
        assert len(done.stdout.splitlines()) == 40 + 1


def named_by(name):
    """The indicator of a phrase, or those that its view is made of."""
    return [name] if name in INDICATORS else [one.indicator for one in find(name).needs]


def test_phrases_and_constants_name_what_exists():
    assert {leaf for one in phrases() for leaf in named_by(one.indicator)} <= set(INDICATORS)
    assert {one.key for one in constants()} - set(RULES) == {"meal", "goal"}
    assert len([one for one in phrases() if one.headline]) == 11
