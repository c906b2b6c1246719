"""Nothing false goes green: statements of our own, false by class and right in officials' styles, against a case."""

from dataclasses import replace

import pytest
import statements
from packages import ROOT
from shipped import tied_case

from zt_analysis.documents import read_document, read_plain
from zt_analysis.tying import tie_out

GREEN = ("agree", "agree_rounded", "within_bound")
FALSE = list(statements.false_statements())
RIGHT = list(statements.right_statements())
SOME_AND_ALL = pytest.mark.parametrize(
    "some",
    [pytest.param(slice(0, None, 4), id="a quarter"), pytest.param(slice(None), id="all", marks=pytest.mark.thorough)],
)


@pytest.fixture(scope="module")
def case():
    return tied_case()


@pytest.fixture(scope="module")
def tie(case):
    bare = replace(case, claims=())
    return lambda text: tie_out(read_plain(text, "text"), bare)


def numbers(found):
    """The numbers that state something: no dates, names, ordinals, list words."""
    return [
        one
        for one in found.ties
        if one.mention.kind not in ("date", "ordinal") and one.mention.role == "figure" and one.status != "excused"
    ]


def meant(found, surface):
    """The numbers that are false: those with ``surface`` (of several the n-th, after #), or every number."""
    text, _, place = (surface or "").partition("#")
    ones = [one for one in numbers(found) if not text or "".join(one.mention.surface.split()) == text]
    return [ones[int(place) - 1]] if place else ones


def test_enough_is_tried():
    assert len(FALSE) >= 400
    assert len({text for _, text, _ in FALSE}) == len(FALSE)
    assert len(RIGHT) >= 240


@pytest.mark.slow
@SOME_AND_ALL
def test_nothing_false_is_green(tie, some):
    green, seen = [], 0
    for kind, text, surface in FALSE[some]:
        ones = meant(tie(text), surface)
        seen += len(ones)
        green += [(kind, text, one.mention.surface) for one in ones if one.status in GREEN]
    assert seen >= len(FALSE[some])
    assert green == []


@pytest.mark.slow
@SOME_AND_ALL
def test_what_is_right_is_tied_and_never_called_wrong(tie, some):
    left, wrong, seen = [], [], 0
    for text in RIGHT[some]:
        found = tie(text)
        ones = numbers(found)
        seen += len(ones)
        wrong += [(text, one.mention.surface, one.status) for one in ones if one.fails]
        wrong += [(text, remark.text["zh"]) for remark in found.remarks]
        left += [(text, one.mention.surface) for one in ones if one.status not in GREEN]
    assert seen >= len(RIGHT[some])
    assert seen >= 270 or some.step
    assert wrong == []
    assert len(left) <= seen // 20, left


def lines(name):
    return (ROOT / "tests/texts" / name).read_text(encoding="utf-8").split("\n")[:-1]


@pytest.mark.thorough
def test_a_blind_set_of_false_statements_has_no_green_number(tie):
    """Written before the words were looked at; the right ones of the same day follow."""
    texts = lines("false-2018-11.txt")
    assert len(texts) > 930
    assert [text for text in texts if any(one.status in GREEN for one in tie(text).ties)] == []


@pytest.mark.thorough
def test_a_blind_set_of_right_statements_is_tied_nearly_whole(tie):
    ones = [(text, one) for text in lines("right-2018-11.txt") for one in numbers(tie(text))]
    assert [(text, one.mention.surface) for text, one in ones if one.fails] == []
    left = [(text, one.mention.surface) for text, one in ones if one.status not in GREEN]
    assert len(ones) > 700
    assert len(left) <= len(ones) // 12, left


@pytest.mark.slow
def test_a_blind_set_of_tables_and_headings_has_no_green_number(case, tmp_path):
    """What is false here is the heading above, or the row or column of a table."""
    bare, path, green = replace(case, claims=()), tmp_path / "text.md", []
    texts = [
        line.replace("\\n", "\n" if line.startswith("|") else "\n\n") for line in lines("false-marked-2018-11.txt")
    ]
    for text in texts:
        path.write_text(text, encoding="utf-8")
        green += [(text, one.mention.surface) for one in tie_out(read_document(path), bare).ties if one.status in GREEN]
    assert len(texts) > 25
    assert green == []


@pytest.mark.slow
def test_right_statements_of_a_circular_are_tied(case):
    weekly = tied_case("2018-W44", printed=False)
    ones = [
        (text, one)
        for text in lines("right-2018-W44.txt")
        for one in numbers(tie_out(read_plain(text, "text"), weekly))
    ]
    assert [(text, one.mention.surface) for text, one in ones if one.fails] == []
    left = [(text, one.mention.surface) for text, one in ones if one.status not in GREEN]
    assert len(ones) > 30
    assert len(left) <= len(ones) // 12, left


@pytest.mark.slow
def test_other_things_are_neither_tied_nor_wrong(tie):
    said = []
    for text in (*statements.OTHER_THINGS, *lines("other-2018-11.txt")):
        found = tie(text)
        said += [(text, one.mention.surface, one.status) for one in found.ties if one.status in GREEN or one.fails]
        said += [(text, remark.text["zh"]) for remark in found.remarks]
    assert said == []


@pytest.mark.slow
def test_words_that_are_known_prove_nothing_by_themselves(tie):
    green = []
    for text in statements.AGAINST_KNOWN_WORDS:
        ones = numbers(tie(text))
        assert ones, text
        green += [(text, one.mention.surface) for one in ones if one.status in GREEN]
    assert green == []


# phrases of the draft with another of their class in their place: the numbers are kept, the sentence is false
ALTERED = (
    *(("各县区累计", f"{place}累计") for place in ("宣威市", "茂林镇", "邻省", "两县")),
    *(("老区县实行", f"{place}实行") for place in ("宣威市", "茂林镇", "部分学校")),
    *(("中央和省共", f"{place}共") for place in ("外市", "城北片区")),
    *(("与前期相比，", f"{time}，") for time in ("去年", "上学期", "国庆前", "近一个月", "上半年")),
    *(("截至11月8日，各县区", f"{time}，各县区") for time in ("暑假", "10月份", "前三季度")),
    *(("春季学期累计支出", f"{time}累计支出") for time in ("去年", "秋季学期")),
    *(("累计劝返", f"{state}劝返") for state in ("拟", "尚未", "若", "据传", "应")),
    *(("共下达", f"共{verb}") for verb in ("滞留", "结余", "申请", "追缴")),
    *(("受助学生 488235", f"受助{people} 488235") for people in ("女生", "教师", "大学生")),
    *(("劝返复学1915", f"{verb}1915") for verb in ("流失", "劝返后失联", "转学")),
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "altered", [pytest.param(ALTERED[::6], id="a sixth"), pytest.param(ALTERED, id="all", marks=pytest.mark.thorough)]
)
def test_a_draft_with_one_phrase_made_false_is_not_published(case, altered):
    text = (ROOT / "tests" / "texts" / "draft-2018-11.txt").read_text(encoding="utf-8")
    passed = []
    for before, after in altered:
        assert before in text
        found = tie_out(read_plain(text.replace(before, after, 1), "draft"), case)
        passed += [(before, after)] * (found.holds and found.coverage == 1)
    assert passed == []


def test_an_unknown_word_is_named(tie):
    (one,) = tie("牛栏江流域劝返复学1915人。").ties
    assert (one.status, one.reason["zh"]) == ("unproven", "“牛栏江流域”不在词表中，不能确认它不改变这个数的含义")


@pytest.mark.parametrize(
    ("text", "statuses", "expected"),
    [
        ("上门送教823人、远程送教1208人，合计2031人。", ["agree", "agree", "agree"], "2031人"),
        ("上门送教823人、远程送教1208人，共计2030人。", ["agree", "agree", "differs"], "2031人"),
        ("上门送教832人、远程送教1208人，合计2040人。", ["differs", "agree", "unproven"], None),
        (
            "劝返复学1915人、上门送教823人、远程送教1208人，后两项合计2031人。",
            ["agree", "agree", "agree", "excused", "agree"],
            "2031人",
        ),
        (
            "劝返复学1915人、上门送教823人、远程送教1208人，三项合计3946人。",
            ["agree", "agree", "agree", "excused", "agree"],
            "3946人",
        ),
    ],
)
def test_a_sum_is_held_against_what_it_adds_up(tie, text, statuses, expected):
    ties = tie(text).ties
    assert [one.status for one in ties][: len(statuses)] == statuses
    if expected:
        assert ties[-1].expected["zh"] == expected


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("上门送教、远程送教分别为1208人、823人。", ["home_taught_students", "remote_taught_students"]),
        ("上门送教、远程送教1208人、823人。", ["home_taught_students", "remote_taught_students"]),
        ("小学/初中失辍学率：1.59%/0.06%。", ["out_of_school_rate[stage=primary]", "out_of_school_rate[stage=junior]"]),
    ],
)
def test_each_number_of_a_list_has_the_name_of_its_turn(tie, text, figures):
    ties = tie(text).ties
    assert [one.figure.key.split("@")[0] for one in ties] == figures
    assert {one.status for one in ties} == {"differs"}


def test_parts_above_their_whole_are_noticed(tie):
    (remark,) = tie("劝返复学1915人，其中上门送教823人、远程送教1208人。").remarks
    assert remark.kind == "parts"
    assert "总数1915人：823人 + 1208人 = 2031人" in remark.text["zh"]


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("劝返复学1915人，其中小学340人、初中1585人，合计1915人。", "sum", "340人 + 1585人 = 1925人"),
        ("会议室共有桌椅240套，其中新桌椅60套，占35%。", "share", "60套 ÷ 240套 = 25%"),
        ("资助金由每人500元提高到600元，增长25%。", "base", "20%"),
        ("11月8日（星期五）召开会议，劝返复学1915人。", "weekday", "星期四"),
    ],
)
def test_what_the_text_itself_contradicts_is_told(tie, text, kind, said):
    found = tie(text)
    told = [(one.kind, one.text["zh"]) for one in found.remarks]
    assert [one for one in told if one[0] == kind and said in one[1]], told
    assert not found.holds


@pytest.mark.parametrize(
    "text",
    [
        "劝返复学1915人，其中半数以上为重复上报。",
        "劝返复学1915人，经抽查有三成已不在校。",
        "劝返复学1915人的三倍。",
        "下达学生资助资金133715.32万元，其中一半为虚列。",
        "劝返复学率达1915人。",
        "失辍学学生4717人已返校。",
        "上年下达资金余额为69382.49万元。",
        "营养改善和学生资助两项共下达64332.83万元。",
    ],
)
def test_what_its_own_sentence_takes_back_is_unproven(tie, text):
    assert numbers(tie(text))[0].status == "unproven"


def test_a_share_of_ten_thousand_is_rounded_as_printed(tie):
    assert numbers(tie("小学失辍学率为万分之六。"))[0].status == "agree_rounded"
    assert numbers(tie("小学失辍学率为万分之七。"))[0].status == "differs"


def test_parts_in_brackets_are_their_own(tie):
    found = tie("劝返复学1915人（小学1585人、初中330人）。")
    assert [one.status for one in found.ties] == ["agree", "differs", "differs"]


@pytest.mark.parametrize(
    "text",
    [
        "劝返复学1915人，经核实减半。",
        "下达学生资助资金占133715.32万元。",
        "小学失辍学率不得高于0.06%。",
        "本学期受助学生488235人。",
    ],
)
def test_what_is_halved_shared_demanded_or_of_another_term_is_unproven(tie, text):
    assert numbers(tie(text))[0].status == "unproven"


def test_a_bullet_ends_what_stands_before_it(tie):
    found = tie("●劝返复学：1915人　●上门送教：823人　●远程送教：1208人")
    assert {one.status for one in numbers(found)} == {"agree"}


# two figures' words before one number: which is counted, and of whom, nothing says
TWO_FIGURES = [
    "劝返复学中上门送教823人。",
    "受助学生中劝返复学1915人。",
    "下达学生资助资金和发放资助资金35836.91万元。",
    "小学失辍学率、初中失辍学率1.59%。",
    "失辍学学生和劝返复学1915人。",
    "控辍任务：劝返复学1915人。",
    "工作要求：劝返复学1915人。",
    "劝返复学家庭1915人。",
    "劝返复学1915人，秋季学期。",
    "受助学生488235人（2018年秋季学期）。",
]


@pytest.mark.part(3)
@pytest.mark.parametrize("text", TWO_FIGURES)
def test_a_name_beside_the_name_a_demand_or_a_term_leaves_it_unproven(tie, text):
    assert {one.status for one in numbers(tie(text))} <= {"unproven", "ambiguous"}


def test_a_term_in_brackets_is_that_of_the_figure(tie):
    assert numbers(tie("受助学生488235人（2018年春季学期）。"))[0].status == "agree"
    assert numbers(tie("受助学生中，建档立卡户学生327802人。"))[0].status == "agree"
