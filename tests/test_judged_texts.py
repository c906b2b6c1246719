"""Blind sets: statements labelled by who did not know the engine, and what other sentences make of a number."""

import json

import pytest
from packages import ROOT
from shipped import tied_case

from zt_analysis.tying.texts import tie_text

GREEN = ("agree", "agree_rounded", "within_bound")
WRONG = ("differs", "unit_differs", "not_derivable")
# texts in words of their own, first scored unseen: what holds of most sets does not yet of these
LEAST = {
    "judged-11": 0.01, "judged-12": 0.6, "judged-13": 0.38, "judged-14": 0.07, "judged-15": 0.35, "judged-16": 0.05,
    "judged-18": 0.1, "judged-20": 0.37, "judged-21": 0.05, "judged-22": 0.38, "judged-23": 0.48,
    "judged-24": 0.15, "judged-25": 0.42, "judged-26": 0.45, "judged-27": 0.07, "judged-28": 0.65, "judged-29": 0.48,
    "judged-30": 0.7, "judged-34": 0.5, "judged-36": 0.52, "judged-38": 0.1, "judged-40": 0.5,
    # passages with ordinary sentences around their numbers: none is tied; tested is that none is called wrong
    "judged-31": -1,
}  # fmt: skip
SETS = sorted((ROOT / "tests/texts").glob("judged-*.jsonl"))


def statuses(text, name="2018-11"):
    found = tie_text(text, tied_case(name, printed=False))
    return [(one.mention.surface, one.status) for one in found.ties if one.mention.kind not in ("date", "ordinal")]


@pytest.mark.thorough
@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_a_judged_set(path):
    """Labels: of false statements no number is right; of right ones none is called wrong, and most are tied."""
    green, wrong, tied, wanted = [], [], 0, 0
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        found = tie_text(one["text"], tied_case(one["case"], printed=False))
        for number in one["numbers"]:
            ends = number["start"] + len(number["surface"])
            tie = next((tie for tie in found.ties if tie.start < ends and tie.end > number["start"]), None)
            status = tie.status if tie else ""
            if one["label"] == "false":
                green += [(one["id"], one["text"])] if status in GREEN and not found.remarks else []
            else:
                wrong += [(one["id"], number["surface"])] if status in WRONG else []
                wanted += number["expect"] == "tied"
                tied += number["expect"] == "tied" and status in GREEN
        wrong += [(one["id"], remark.text["zh"]) for remark in found.remarks if one["label"] == "right"]
    assert green == []
    assert wrong == []
    assert wanted > 30
    assert tied > LEAST.get(path.stem, 0.75) * wanted


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    [
        "公办初中的劝返工作稳步推进。劝返复学1915人。",
        "劝返复学1915人。以上为会泽县数据。",
        "劝返复学1915人。这一数字未经核实。",
        "劝返复学1915人。该数据为2017年数据。",
        "劝返复学1915人。他们后来又走了。",
        "劝返复学1915人。单位应为户。",
        "劝返复学1915人。\n以上数据均为会泽县上报。",
        "以下数据均为去年数据。\n\n一、控辍保学\n全市劝返复学1915人。",
        "会泽县控辍保学情况如下。\n一、劝返。劝返复学1915人。",
        "劝返复学1915人①。\n①会泽县数。",
        "劝返复学1915人*。",
        "注：劝返复学1915人为会泽县数据。",
        "已删除内容\n全市劝返复学1915人。",
        "【反面示例】\n全市劝返复学1915人。",
        "教职工情况\n劝返复学1915人。",
        "小学情况\n受助学生488235人。",
        "劝返复学1915人。\n会议强调，要巩固成果。\n更正：本期第一段“劝返复学”人数有误。",
        "劝返复学1915人。\n各县区要认真整改。\n又及：劝返复学人数本期不发布，前段所列请自行划去。",
        "劝返复学1915人。\n注：人数按人次折算。",
        "劝返复学1915人。\n注：“全市”仅指中心城区。",
        "本简报人数均以百人为单位。\n劝返复学1915人。",
        "统计范围：全市民办学校。\n劝返复学1915人。",
        "统计时间：2017年11月8日。\n全市劝返复学1915人。",
        "数据来源：网络。\n劝返复学1915人。",
        "假设某市情况如下，请撰写一份简报。\n劝返复学1915人。",
        "会泽县简报\n一、进展\n劝返复学1915人。",
        "劝返复学1915人。——这是计划数。",
        "劝返复学1915人，留得住的不到半数。",
        "劝返复学1915人，准确地说是1851人。",
        "劝返复学-1915人。",
        "<!-- 劝返复学1915人 -->",
    ],
)
def test_another_sentence_that_makes_it_something_else_leaves_it_unproven(text):
    assert ("1915人" if "1915人" in text else "488235人", "unproven") in statuses(text)


@pytest.mark.parametrize(
    "text",
    [
        "劝返复学1915人。这离不开教师的付出。",
        "劝返复学1915人。以上数据由各县区上报。",
        "劝返复学1915人。\n说明：远程送教学生多随父母外出。",
        "劝返复学1915人。这一成绩的取得，离不开市委、市政府的坚强领导。",
        "控辍保学工作情况\n\n劝返复学1915人。",
        "### 二、控辍保学工作\n\n劝返复学1915人。",
        "有关情况如下。\n\n劝返复学1915人。",
        "勸返復學1915人，上門送教823人。",
        "全 市 劝 返 复 学 1915 人。",
        "除上门送教823人外，还对1208人实施远程送教。",
        "送教学生共2031人，其中上门823人，远程1208人。",
        "劝返复学居前三位的县区合计1040人。",
        "劝返复学人数前三位的镇雄县、昭阳区、彝良县合计1040人。",
        "劝返复学、上门送教、远程送教三项合计3946人。",
        "上门送教823人，含小学260人、初中563人。",
        "小学失辍学率：0.09%→0.06%。",
        "小学失辍学率由9月20日的0.09%下降0.03个百分点至0.06%。",
        "受助学生48.82万人（建档立卡32.78万人）。",
        "|县区|劝返复学（人）|\n|---|---|\n|昭阳区|343|\n|镇雄县|508|",
    ],
)
def test_what_says_nothing_else_stays_tied(text):
    found = [status for surface, status in statuses(text) if status != "excused"]
    assert found
    assert set(found) <= set(GREEN)


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("劝返复学人数前三位的镇雄县、昭阳区、巧家县合计1025人。", "1025人"),
        ("劝返复学1915人，含高中阶段。", "1915人"),
        ("劝返复学1915人，其中上门送教823人。", "1915人"),
        ("受助学生占建档立卡户受助学生的67.14%。", "67.14%"),
        ("镇雄县劝返复学508人，占失辍学学生的26.5%。", "26.5%"),
        ("小学失辍学率约占0.06%。", "0.06%"),
        ("累计劝返复学人数的一半为1915人。", "1915人"),
        ("2017年、2018年劝返复学分别为1915人、1800人。", "1915人"),
        ("历年春季学期，全市受助学生488235人。", "488235人"),
        ("劝返复学升至1915人。", "1915人"),
        ("会泽县勸返復學1915人。", "1915人"),
    ],
)
def test_what_looks_like_it_is_unproven(text, surface):
    assert (surface, "unproven") in statuses(text)


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "said",
    [
        "说来惭愧，是编的。",
        "也有人认为没有这么多。",
        "年份是2016年。",
        "包含了外省学生。",
        "隔壁市也这么说。",
        "之后又有人退出。",
        "凑出来的。",
        "连转学的也算进去了。",
        "口径改了三回。",
        "多写了一个零。",
        "县里报多了。",
        "财政部门不这么看。",
        "各县另有一本账。",
        "有意思的是，无人见过这些老师。",
        "目前已降为零。",
        "失辍学的另有一倍。",
        "半数以上已离开。",
        "（演示用）",
        "成绩来之不易。\n\n其实是编的。",
        "市政府要求重新上报。",
        "各县区落实自查，查实的不到一千。",
        "学校组织拍照，拍完就散。",
        "媒体关注后，市里悄悄撤下了它。",
        "任务完成时间是年底。",
        "工作由曲靖市完成。",
        "学校宣传时用的是去年的材料。",
        "财政部门开展审计，结论完全相反。",
        "孩子们学习两天，便不来了。",
        "昭阳区已完成整改，减去两百。",
        "工作推进到一半。",
        "张老师说，班上来的只有一半。",
        "钱还躺在专户上。",
        "各县区要先把水挤干。",
        "感谢曲靖市教育局供稿。",
        "村里人都知道怎么回事。",
    ],
)
def test_a_sentence_without_a_subject_of_its_own_governs_the_number_before_it(said):
    assert ("1915人", "unproven") in statuses(f"截至11月8日，全市劝返复学1915人。{said}")


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "said",
    [
        "各地高度重视控辍保学工作，层层压实责任。",
        "工作取得阶段性成效。",
        "下一步，市教育局将继续加大劝返力度。",
        "下一步要持续用力，久久为功。",
        "同时，各学校建立了帮扶台账。",
        "教师们翻山越岭，风雨无阻。",
        "要坚持问题导向，补齐短板。",
        "家长普遍反映良好。",
        "技术人员定期检修设备。",
        "请各县区于11月15日前报送整改情况。",
        "较9月20日减少1048人。",
        "召开会议12次，印发文件8份。",
        "受到社会各界好评。",
        "\n\n二、学生资助\n\n资助政策深入人心。",
        "镇雄县把控辍保学作为脱贫攻坚的硬任务来抓。",
        "会议强调，要压实县、乡、村三级责任。",
        "不少家长转变了观念，主动送孩子上学。",
        "冬季将至，各校要做好防寒保暖工作。",
        "学校食堂实行“明厨亮灶”，确保饭菜质量。",
        "记者 李明 通讯员 王强",
        "感人的故事还有很多。",
        "张老师就是送教队伍中的一员。",
        "这说明控辍保学工作依然任重道远。",
        "各县区要找准原因，精准施策。",
        "感谢您对教育工作的关心。",
        "这些做法受到群众普遍欢迎。",
        "要把立德树人贯穿始终。",
        "驻村队员扑下身子，沉到一线。",
        "审计未发现挤占挪用。",
    ],
)
def test_a_sentence_about_something_of_its_own_changes_nothing(said):
    assert ("1915人", "agree") in statuses(f"截至11月8日，全市劝返复学1915人。{said}")


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "said",
    [
        "隔壁的经验值得一学。",
        "我们到宜宾学习了三天。",
        "让我们想象一下明年的今天。",
        "微信群里流传着一段话。",
        "下面这段请删去。\n",
        "只说民办学校。",
        "把高中也算上。",
        "回顾去年。",
        "这是五年前的旧事。",
        "计划书第三页写道。",
        "与我市相邻的宜宾市经验值得借鉴。",
    ],
)
def test_a_sentence_before_a_number_may_lead_elsewhere(said):
    assert ("1915人", "unproven") in statuses(f"{said}截至11月8日，全市劝返复学1915人。")


@pytest.mark.parametrize(
    "said",
    [
        "深秋的山区，送教老师的身影格外忙碌。",
        "党的十九大以来，我市把教育扶贫摆在突出位置。",
        "会议听取了控辍保学工作情况汇报。",
        "来信已收到。",
        "钱花到哪里去了？",
    ],
)
def test_a_sentence_before_a_number_with_a_subject_of_its_own_changes_nothing(said):
    assert ("1915人", "agree") in statuses(f"{said}截至11月8日，全市劝返复学1915人。")


@pytest.mark.parametrize(
    "line",
    [
        "状态：未审核",
        "密级：内部测试",
        "版本：v0.1草稿，勿传",
        "昭阳区补报：我区漏计永丰镇。",
        "会后核对，人数并非如此。",
        "第二天，市教育局撤回了上面的说法。",
        "审签：不同意，数字存疑。",
        "上列各项均包括昆明市。",
    ],
)
def test_a_line_far_below_takes_a_number_back(line):
    assert ("1915人", "unproven") in statuses(f"截至11月8日，全市劝返复学1915人。\n各县区要再接再厉。\n{line}")


@pytest.mark.parametrize("line", ["严禁虚报、瞒报，一经查实，严肃处理。", "要防止漏报。", "会议由副市长主持。"])
def test_a_rule_far_below_takes_nothing_back(line):
    assert ("1915人", "agree") in statuses(f"截至11月8日，全市劝返复学1915人。\n各县区要再接再厉。\n{line}")


@pytest.mark.parametrize(
    "text",
    [
        "~~截至11月8日，全市劝返复学1915人。~~",
        "截至11月8日，全市劝返复学1915人👎",
        "截至11月8日，全市劝返复学1915人🤥。",
        "截至11月8日，全市劝返复学1915人<!--假的-->。",
        "一是劝返复学1915人；二是上门送教823人；三是上述数均待认定。",
    ],
)
def test_signs_and_items_that_take_a_number_back(text):
    assert ("1915人", "unproven") in statuses(text)


def test_an_age_and_a_birth_after_a_number_say_who_was_counted():
    for said in ("人均年龄17岁以上的高中生", "2010年出生的婴儿"):
        assert ("1208人", "unproven") in statuses(f"截至11月8日，全市远程送教1208人，{said}。")


def test_a_rule_of_others_is_not_excused():
    assert dict(statuses("返校学生按年龄安置：10至12周岁的进小学高年级。"))["10至12周岁"] == "excused"
    assert dict(statuses("返校职工按年龄安置：10至12周岁的进小学高年级。"))["10至12周岁"] == "unproven"


def test_the_surface_stays_as_it_is_written():
    found = tie_text("發放資助資金35836.91萬元。", tied_case(printed=False))
    assert [one.mention.surface for one in found.ties] == ["35836.91萬元"]
