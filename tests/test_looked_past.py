"""A clause of another thing behind a number is looked past by its shape; one that may speak of the number is not."""

import pytest
from test_judged_texts import GREEN, statuses

SAID = "截至11月8日，全市劝返复学1915人"


def of_it(text):
    return [status for surface, status in statuses(text) if surface == "1915人"]


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "clause",
    [
        "保学态势持续向好",
        "帮扶机制日趋健全",
        "厨房设备已全部配齐",
        "校车线路陆续开通",
        "包保责任压得紧、督导力度明显加强",
        "下一步将围绕初中阶段抓实教学",
        "接下来重点是把课堂办得更有吸引力",
        "今后要在留住人心上多下功夫",
        "各县区要压实包保责任、严防松劲",
        "三县要进一步加大家访力度",
        "请各校举一反三",
        "希望大家再接再厉",
        "抓好控辍宣传",
        "有效减轻了山区家庭负担",
        "镇雄县工作力度值得肯定",
        "初中阶段教学秩序较为平稳",
        "任务依然很重，各地务必绷紧这根弦",
    ],
)
def test_another_thing_is_looked_past(clause):
    assert set(of_it(f"{SAID}，{clause}。")) <= set(GREEN)


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "clause",
    [
        # it points, corrects, doubts
        "上述数字正在完善", "该数进一步核实", "工作组要求重新填报", "请以系统为准", "请各校补录",
        "各校要把重名的剔出来", "督查组认为偏高", "学校反映水分较大", "纪检部门已全面介入", "务必把虚报的挤掉",
        "各县区要如实更正", "请勿外传", "班主任都说记不清", "统计口径较为宽泛", "台账正在完善", "名单陆续公布",
        # what they are or where they went
        "学籍全部转到外地", "均为外省户籍", "年龄较大", "大部分已成家", "孩子们陆续离校", "学生已全部毕业",
        "资金正在落实", "受助家庭基本稳定", "教学点全部停办", "老师又劝回一批", "家长普遍不认可", "工作刚刚启动",
        "反弹较为明显",
        # what it means, from where it is
        "是曲靖市的数", "系去年同期数", "含远程送教", "不含会泽县", "仅限城区", "其中多数已就业", "比上年全面提升",
        "宣威市工作稳步推进", "会泽经验值得肯定", "与我市基本一致", "任务目标全面落实", "计划稳步落实",
        "预算要加快落实", "争取全部到位", "力争再提升", "草案正在优化", "演练顺利开展", "抽样工作有序推进",
        "今后再行核定", "下一步按新口径提升", "后续还要增加", "下一步将剔除外省籍学生", "接下来要把重复的合并",
        "应落实未落实的占多数", "落实得不好", "做实的不足一半", "加强了水分",
        "校长说数字虚高", "食堂工作人员包括在内", "教职工也要算上", "希望不是真的", "请核对后再用", "请于明日前更正",
    ],
)  # fmt: skip
def test_what_may_speak_of_the_number_is_not(clause):
    found = of_it(f"{SAID}，{clause}。")
    assert found
    assert not set(found) & set(GREEN)


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "before",
    [
        "昭阳区行动较早，全市跟进较快，", "镇雄县抓实“网格”责任制，全市",
        "我市控辍工作成效是明显的：", "保学氛围日益浓厚，",
        "现将11月8日全市控辍保学情况通报如下：", "关于劝返复学的情况说明：",
        "请各位领导审阅：", "向调研组汇报的主要数据：",
        "同志们都要清醒地认识到，", "检查组讲评时指出，", "教学秩序良好。家访工作有序推进。",
    ],
)  # fmt: skip
def test_what_is_told_before_a_number_changes_nothing(before):
    place = "" if before.endswith("全市") else "全市"
    assert set(of_it(f"{before}截至11月8日，{place}劝返复学1915人。")) <= set(GREEN)


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "before",
    [
        "若工作推进有力，", "各县区要加大力度，", "请各地加快进度，", "民办学校进展较快，", "初中阶段进展较快，",
        "宣威市行动较早，",
        "现将上年全市控辍保学情况通报如下：", "现将曲靖市控辍保学情况通报如下：",
        "关于民办学校劝返的说明：", "关于宣威劝返的说明：",
        "会议明确了方向，下达", "督查组认为不实，", "教职工待遇明显提升，", "大家要清醒地以为，",
    ],
)  # fmt: skip
def test_what_governs_a_number_from_before_is_read(before):
    found = of_it(f"{before}劝返复学1915人。")
    assert found
    assert not set(found) & set(GREEN)


def test_a_term_that_is_introduced_holds():
    (found,) = [
        one
        for surface, one in statuses("现将秋季学期资助情况通报如下：发放资助资金35836.91万元。")
        if "万元" in surface
    ]
    assert found == "unproven"
