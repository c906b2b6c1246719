"""Ordinary right paragraphs: no number of them is called wrong, and no contradiction is told of them."""

import pytest
from ordinary import FIXED, Writer
from ordinary_crossed import AllocationWriter, PlacesWriter, RatesWriter, SpendingWriter
from ordinary_days import DaysWriter
from ordinary_funds import FundsWriter
from shipped import statuses_of, tied_case

from zt_analysis.tying.texts import tie_text

WRONG = ("differs", "unit_differs", "not_derivable")
GREEN = ("agree", "agree_rounded", "within_bound")
LEAST_TIED = 0.8


def judged(
    seed: int, number: int, *, case: str = "2018-11", then: str = "9月20日", writes: type[Writer] = Writer
) -> tuple[list[str], int, int]:
    """The paragraphs in which something is called wrong; how many numbers there are, and how many are tied.

    Args:
        then: how the base date is called; writes: who writes them.
    """
    case_of = tied_case(case, printed=False)
    writer = writes(case_of, seed)
    alarms, numbers, tied = [], 0, 0
    for _ in range(number):
        text = writer.paragraph().replace("9月20日", then)
        found = tie_text(text, case_of)
        counted = [one for one in found.ties if one.mention.kind != "date" and one.status != "excused"]
        wrong = [one.mention.surface for one in counted if one.status in WRONG]
        if wrong or found.remarks:
            alarms.append(f"{text} {wrong} {[one.text['zh'] for one in found.remarks]}")
        numbers += len(counted)
        tied += sum(one.status in GREEN for one in counted)
    return alarms, numbers, tied


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, *(pytest.param(one, marks=pytest.mark.thorough) for one in range(2, 9))])
def test_nothing_right_is_called_wrong(seed: int) -> None:
    alarms, numbers, tied = judged(seed, 60 if seed > 1 else 25)
    assert not alarms, "\n".join(alarms)
    assert numbers > 100
    assert tied >= LEAST_TIED * numbers


@pytest.mark.parametrize("seed", [1, *(pytest.param(one, marks=pytest.mark.thorough) for one in range(2, 6))])
def test_nothing_right_of_funds_is_called_wrong(seed: int) -> None:
    alarms, numbers, tied = judged(seed, 60 if seed > 1 else 15, writes=FundsWriter)
    assert not alarms, "\n".join(alarms)
    assert numbers > 50
    assert tied >= LEAST_TIED * numbers


@pytest.mark.parametrize("seed", [1, *(pytest.param(one, marks=pytest.mark.thorough) for one in range(2, 5))])
@pytest.mark.parametrize("writes", [DaysWriter, RatesWriter, AllocationWriter, SpendingWriter, PlacesWriter])
def test_no_order_of_words_is_called_wrong(seed: int, writes: type[Writer]) -> None:
    alarms, numbers, tied = judged(seed, 60 if seed > 1 else 8, writes=writes)
    assert not alarms, "\n".join(alarms)
    assert numbers > 20
    assert tied >= LEAST_TIED * numbers or seed == 1


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("text", "number", "status"),
    [
        ("失辍学4717人，比9月20日减少1048人，其中小学329人、初中4388人。", "329人", "agree"),
        ("劝返复学1915人，比9月20日增加895人，其中初中745人。", "745人", "agree"),
        ("失辍学4717人，其中小学329人（占7.0%）；初中4388人。", "4388人", "agree"),
        ("失辍学4717人，其中小学329人（占8.0%）；初中4388人。", "8.0%", "differs"),
        ("9月20日，劝返复学1020人、上门送教440人；11月8日，两项分别为1915人、823人。", "823人", "agree"),
        ("9月20日，劝返复学1020人、上门送教440人；11月8日，两项分别为823人、1915人。", "823人", "differs"),
        ("9月20日，劝返复学1020人、上门送教440人；11月8日，两项分别为1915人、823人。", "两项", "excused"),
        ("失辍学4717人，比9月20日减少1048人，其中小学328人。", "328人", "ambiguous"),
        ("失辍学4717人，其中小学329人，较9月20日减少164人，初中4388人，较9月20日减少884人。", "164人", "agree"),
        ("失辍学4717人，其中初中4388人，比9月20日减少1048人。", "1048人", "differs"),
        ("失辍学4717人，其中小学329人、初中4388人，比9月20日减少1048人。", "1048人", "ambiguous"),
        ("失辍学4717人，其中小学329人、初中4388人；比9月20日减少1048人。", "1048人", "agree"),
        ("远程送教1208人（9月20日为640人），其中小学90人，初中1118人。", "90人", "agree"),
        ("远程送教1208人（9月20日为641人）。", "641人", "differs"),
        ("上门送教823人，其中水富市16人；远程送教1208人。", "1208人", "agree"),
        ("全市劝返复学1915人，其中镇雄县508人、上门送教823人。", "823人", "ambiguous"),
        ("镇雄县劝返复学508人；上门送教823人。", "823人", "ambiguous"),
        ("上门送教最多的镇雄县有218人，是最少的水富市的13.6倍。", "13.6倍", "agree_rounded"),
        ("上门送教最多的昭阳区有148人。", "148人", "unproven"),
        ("劝返人数最多的镇雄县有1250人失辍学。", "1250人", "unproven"),
        ("镇雄县上门送教218人，是最少的绥江县的9.9倍。", "9.9倍", "unproven"),
        ("劝返复学1915人，此外还有初中1585人、小学330人。", "330人", "unproven"),
        ("春季学期资助发放35836.91万元，其中营养改善支出28495.92万元。", "28495.92万元", "unproven"),
        ("小学段上门送教260人。", "260人", "agree"),
        ("初中段上门送教260人。", "260人", "differs"),
        # one clause is of one part; behind a comma it may be of all, but is read of the part
        ("营养改善计划春季学期小学支出18929.40万元、受益494586人。", "494586人", "agree"),
        ("营养改善计划春季学期小学支出18929.40万元、受益494587人。", "494587人", "ambiguous"),
        ("营养改善计划春季学期小学支出18929.40万元，受益494586人。", "494586人", "agree"),
        ("营养改善计划春季学期小学支出18929.40万元，受益743740人。", "743740人", "ambiguous"),
        ("营养改善计划春季学期小学支出18929.40万元、各学段受益494586人。", "494586人", "ambiguous"),
        ("小学劝返复学330人、上门送教823人。", "823人", "ambiguous"),
        ("小学劝返复学330人、各学段上门送教260人。", "260人", "ambiguous"),
        ("小学劝返复学330人、各学段上门送教823人。", "823人", "agree"),
        ("小学劝返复学331人、上门送教260人。", "331人", "differs"),
        # a programme holds for its pupils until another opens
        ("寄宿生生活补助发放21500.05万元，受助384001人；免学费3540万元，受助63000人。", "63000人", "agree"),
        ("寄宿生生活补助发放21500.05万元，受助384001人；免学费3540万元，受助384001人。", "384001人", "differs"),
        ("寄宿生生活补助发放21500.05万元，受助384001人；免学费3540万元，受助488235人。", "488235人", "differs"),
        # by how much, not how many
        ("失辍学4717人，小学比9月20日少164人，初中少884人。", "884人", "unproven"),
        ("今春营养改善计划支出28495.92万元。", "28495.92万元", "agree"),
        ("上门送教823人，远程送教1208人，后者多385人。", "385人", "agree"),
        ("上门送教823人，远程送教1208人，前者多385人。", "385人", "differs"),
        ("远程送教的学生92.5%在初中，7.5%在小学。", "7.5%", "agree_rounded"),
        ("远程送教的学生92.5%在小学，7.5%在初中。", "7.5%", "differs"),
        ("上门送教学生中，镇雄县占26.5%，水富市仅占1.9%。", "1.9%", "agree_rounded"),
    ],
)
def test_what_may_be_meant(text: str, number: str, status: str) -> None:
    assert statuses_of(text)[number] == status


@pytest.mark.parametrize(
    "text",
    [
        "劝返复学1915人，另有823人由教师上门送教、1208人接受远程送教。",
        "9月20日，劝返复学1020人、上门送教440人、远程送教640人；11月8日，三项分别为1915人、823人、1208人。",
        "失辍学4717人（9月20日为5765人）。其中镇雄县1250人，彝良县467人，占9.9%；上门送教823人。",
        "劝返复学1915人，其中：小学330人（占17.2%）；失辍学4717人。",
        "上门送教823人（9月20日为440人）。其中水富市16人，比9月20日增加8人。",
        "抽查11个县（市、区）共336户，平均每个县30多户。",
        "劝返复学人数1915人。失辍学中，小学329人，占6.97%；初中4388人，占93.0%。",
        "彝良县远程送教119人；镇雄县失辍学最多，为1250人，占全市的26.5%。",
    ],
)
def test_no_contradiction_is_told(text: str) -> None:
    assert not tie_text(text, tied_case("2018-11", printed=False)).remarks


@pytest.mark.thorough
@pytest.mark.parametrize("then", ["11月1日", "上周"])
def test_a_weekly_paper_is_read_as_well(then: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ordinary.FIXED", FIXED[5:7] + FIXED[8:])  # what they state is not of that base date
    alarms, numbers, tied = judged(1, 20, case="2018-W45", then=then)
    assert not alarms, "\n".join(alarms)
    assert tied >= LEAST_TIED * numbers > 0


@pytest.mark.parametrize(
    ("text", "number", "status"),
    [
        ("全市劝返复学1915人，比上周的1765人增加150人。", "1765人", "agree"),
        ("全市劝返复学1915人，比上周的1766人增加150人。", "1766人", "differs"),
        ("全市劝返复学1915人（上周为1765人），其中小学330人。", "330人", "agree"),
        ("全市劝返复学1915人（上月为1765人）。", "1765人", "unproven"),
    ],
)
def test_the_week_before_is_a_base(text: str, number: str, status: str) -> None:
    assert statuses_of(text, "2018-W45")[number] == status


@pytest.mark.parametrize(
    "caption", ["各县(市、区)劝返复学情况统计表", "各县（市、区）劝返复学人数统计表（截至11月8日）"]
)
def test_a_caption_of_each_county(caption: str) -> None:
    table = f"{caption}\n\n| 县区 | 劝返复学（人） |\n|---|---|\n| 彝良县 | 189 |\n"
    assert statuses_of(table)["189"] == "agree"


def test_where_the_table_is_changes_nothing() -> None:
    assert statuses_of("全市失辍学4717人，各县区情况见下表。")["4717人"] == "agree"
