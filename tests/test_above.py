"""What stands above a number, or dates the text: whose it is, of which year, a draft; neutral lines end none of it."""

import pytest
from shipped import tied_case

from zt_analysis.documents.plain import read_markdown
from zt_analysis.tying.outline import outline
from zt_analysis.tying.texts import tie_out, tie_text

GREEN = ("agree", "agree_rounded", "within_bound")
SAID = "截至11月8日，全市劝返复学1915人。"


def case():
    return tied_case(printed=False)


def tied(text):
    found = tie_text(text, case())
    return [one.status in GREEN for one in found.ties if one.mention.surface == "1915人"]


@pytest.mark.parametrize(
    "below",
    [
        "曲靖市财政局\n2018年11月12日",
        "\n丽江市教育局办公室",
        "填报单位：铜仁市教育局",
        "（宣威市教育局报送）",
        "（来源：凉山日报）\n",
        "某某市教育局\n20××年×月×日",
        "昭通市教育局\n2018年9月21日",
        "昭通市教育局 2017年12月1日印发",
    ],
)
@pytest.mark.part(2)
def test_who_signs_below_says_whose_the_text_is(below):
    assert tied(f"全市劝返复学1915人。\n{below}") == [False]


@pytest.mark.parametrize(
    "below",
    [
        "昭通市教育局\n2018年11月15日",
        "（昭通市教育局供稿）",
        "来源：昭通日报",
        "抄送：曲靖市教育局",
        "主送单位：铜仁市教育局",
        "昭通市教育局　昭通市财政局\n2018年11月15日印发",
    ],
)
def test_who_signs_for_the_whole_changes_nothing(below):
    assert tied(f"全市劝返复学1915人。\n{below}") == [True]


def test_who_supplies_for_one_county_says_nothing_of_all():
    assert tied("劝返复学1915人。\n供稿：镇雄县教育局") == [False]
    assert tied("全市劝返复学1915人。\n供稿：镇雄县教育局") == [True]


def test_the_head_of_a_letter_says_whose_it_is():
    assert tied(f"---------- 转发 ----------\n发件人：曲靖市财政局\n\n{SAID}") == [False]
    assert tied(f"发送时间：2017-11-15 09:00\n\n{SAID}") == [False]
    assert tied(f"发件人：昭通市教育局\n发送时间：2018年11月15日 09:00\n\n{SAID}") == [True]


def test_a_line_of_an_earlier_day_is_no_date_of_these_numbers():
    assert tied("2018年9月20日\n全市劝返复学1915人。") == [False]
    assert tied("昭通市教育局\n2018年11月15日\n全市劝返复学1915人。") == [True]


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "above",
    [
        "宣威市财政局\n工作汇报\n一、总体情况\n（一）劝返\n",
        "会泽篇\n工作进展\n",
        "外州简报\n\n## 一、进展\n\n",
        "昭教发〔2016〕3号\n关于控辍保学工作情况的通报\n",
        "前年\n一、劝返\n",
        "上年情况\n",
        "训练题库\n一、劝返\n",
        "剧本选段\n目录\n一、通报\n",
        "教育兴昭简报\n虚报案情\n一、进展\n",
        "昭通市教育局\n方案草案\n一、进展\n",
        "2016年工作\n一、进展\n（一）劝返\n",
    ],
)
def test_an_outer_line_governs_through_a_neutral_one(above):
    assert tied(f"{above}{SAID}") == [False]


def test_what_a_higher_office_counts_is_not_ours():
    assert tied(f"省财政厅数据\n{SAID}") == [False]
    assert tied(f"国家统计局公布数据：\n{SAID}") == [False]
    assert tied(f"昭通市教育体育局\n{SAID}") == [True]  # as the project is called


def test_a_draft_that_is_dropped_is_no_draft():
    assert tied(f"草稿作废\n\n{SAID}") == [False]
    assert tied(f"计划草案\n\n{SAID}") == [False]


def test_an_office_of_one_county_says_nothing_of_all():
    assert tied("彝良县教育局文件\n彝教发〔2018〕9号\n截至11月8日，劝返复学1915人。") == [False]
    assert tied("彝良县教育局文件\n彝教发〔2018〕9号\n截至11月8日，全市劝返复学1915人。") == [True]


def test_who_signs_in_another_year_dates_it():
    assert tied(f"{SAID}\n昭通市教育局\n2016年11月20日") == [False]
    assert tied(f"{SAID}\n昭通市教育局\n2018年11月15日") == [True]
    assert tied(f"{SAID}\n昭通市教育局 2017年11月15日") == [False]
    assert tied("截至2018年11月8日，全市劝返复学1915人。\n昭通市教育局\n2019年1月3日") == [True]


@pytest.mark.parametrize(
    "above",
    [
        "昭通市教育局文件\n昭教发〔2018〕12号\n关于控辍保学工作情况的通报\n各县（市、区）教育局：\n",
        "教育兴昭简报\n昭通市教育兴昭战略领导小组办公室\n一、先把人找到，再把人劝回\n",
        "云南省昭通市教育局\n工作简报\n2018年11月15日\n一、工作进展\n（一）劝返情况\n",
        "控辍保学周通报\n\n（11月1日至11月8日）\n\n",
        "教育兴昭简报\n\n草稿：未定稿，不得对外使用\n\n一、进展\n\n",
    ],
)
def test_what_papers_are_headed_by_stays_tied(above):
    assert tied(f"{above}{SAID}") == [True]


@pytest.mark.parametrize(
    "line",
    [
        "✗全市劝返复学1915人",
        "× 全市劝返复学1915人",
        "全市劝返复学1915人 ❎",
        "☐全市劝返复学1915人",
        "- [ ] 全市劝返复学1915人",
    ],
)
def test_a_cross_takes_a_line_back(line):
    assert tied(line) == [False]


def test_a_paper_that_takes_itself_back():
    assert tied(f"{SAID}\n要再接再厉。\n本简报即日起收回。") == [False]
    assert tied(f"{SAID}\n要再接再厉。\n本简报由各县区教育局上报。") == [True]


def test_a_growth_is_held_against_the_level_of_the_day_it_names():
    text = "截至11月8日，昭阳区失辍学845人，较9月20日的1033人减少188人，降幅18.20%。"
    assert not tie_text(text, case()).remarks
    assert [one.kind for one in tie_text(text.replace("18.20", "18.02"), case()).remarks] == ["base"]


def test_an_open_task_of_markdown_is_not_done():
    opened = read_markdown("- [ ] 全市劝返复学1915人\n- [x] 全市上门送教823人\n", "tasks.md")
    status = {one.mention.surface: one.status for one in tie_out(opened, case()).ties}
    assert status == {"1915人": "unproven", "823人": "agree"}


def test_the_outline_keeps_all_of_the_front_and_one_heading_at_each_depth():
    plain = [("文。", False), ("篇\n", True), ("一、甲\n", True), ("文。", False), ("二、乙\n", True), ("文。", False)]
    assert outline(plain)[3::2] == [("篇", "一、甲"), ("二、乙",)]
    lines = ["题目\n", "办公室\n", "一、甲\n", "（一）乙\n", "文。", "（二）丙\n", "文。", "二、丁\n", "文。"]
    found = outline([(one, one.endswith("\n")) for one in lines])
    assert found[4] == ("题目", "办公室", "一、甲", "（一）乙")
    assert found[6] == ("题目", "办公室", "一、甲", "（二）丙")
    assert found[8] == ("题目", "办公室", "二、丁")


def test_a_title_of_this_week_and_the_next_is_of_this_one():
    above = "工作进展\n\n{}\n\n一、进展\n\n"
    assert tied(above.format("目前进展与下周工作") + SAID) == [True]
    assert tied(above.format("下周工作") + SAID) == [False]


def test_what_the_sentence_before_compares_with_is_no_time_of_the_next():
    assert tied("失辍学人数比上年减少。全市劝返复学1915人。") == [True]
    assert tied("上年的情况不乐观。全市劝返复学1915人。") == [False]


def test_a_declared_phrase_is_read_before_the_words_in_it():
    found = tie_text("工作组入户抽查300多户。查的是：资助是否到人，劝学是否到位，送学是否到课。", case())
    assert [one.status for one in found.ties] == ["within_bound"]


@pytest.mark.parametrize(
    "above",
    [
        "2018年工作要点\n一、",
        "控辍保学实施方案\n",
        "下文摘自一篇寓言。",
        "请找出下面一句话的毛病。",
        "省里给我们定了硬杠杠。",
    ],
)
def test_what_is_planned_or_quoted_above_is_no_statement(above):
    assert tied(f"{above}全市劝返复学1915人。") == [False]


def test_who_checks_or_gives_the_numbers_says_whose_they_are():
    assert tied(f"{SAID}\n数据提供：丽江市教育局") == [False]
    assert tied(f"{SAID}\n审核：王一　签发：李二") == [True]


def test_a_total_that_leaves_a_row_out_is_no_total():
    table = "|县区|劝返复学（人）|\n|---|---|\n|合计{}|1915|"
    found = [tie_text(table.format(said), case()).ties[-1].status for said in ("（人）", "（不含镇雄）")]
    assert found == ["agree", "unproven"]


def test_a_section_or_table_of_another_year_dates_only_itself():
    parts = (
        "控辍保学情况",
        f"一、进展\n{SAID}",
        "二、2017年工作回顾\n2017年，工作扎实开展。",
        "三、资助\n春季学期，受助学生488235人。",
    )
    found = {one.mention.surface: one.status for one in tie_text("\n\n".join(parts), case()).ties}
    assert {found["1915人"], found["488235人"]} <= {*GREEN}
    assert tied(f"{SAID}\n\n二〇一七年冬") == [False]
