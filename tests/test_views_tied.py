"""Numbers said of the number before them (比上年增加…，增长…; 占…的…%) are views of its figure, in yearly texts."""

import pytest
from packages import copy_example

from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.sources import open_package
from zt_analysis.tying import case_of, tie_text

pytestmark = pytest.mark.slow  # it opens a package of its own


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    root = copy_example(tmp_path_factory.mktemp("views") / "communique")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        paper = paper_of(params.load("2019", root))
        yield case_of(paper, open_package(root / paper.package))


def read(text, case):
    return [
        (tie.mention.surface, tie.status, tie.wanted.indicator if tie.wanted else None)
        for tie in tie_text(text, case).ties
        if tie.mention.role == "figure" and tie.mention.kind != "ordinal"
    ]


def test_levels_changes_and_growths(case):
    text = "普通小学2.44万所，比上年减少658所，下降2.63%。在校生1557.42万人，比上年增加13.80万人，增长0.89%。"
    assert read(text, case) == [
        ("2.44万所", "agree_rounded", "primary_schools"),
        ("658所", "agree", "change(primary_schools)"),
        ("2.63%", "agree_rounded", "growth(primary_schools)"),
        ("1557.42万人", "agree_rounded", "primary_pupils"),
        ("13.80万人", "agree_rounded", "change(primary_pupils)"),
        ("0.89%", "agree_rounded", "growth(primary_pupils)"),
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        # the other direction, another digit, the unit of the level
        ("普通小学2.44万所，比上年增加658所", "658所"),
        ("普通小学2.44万所，比上年减少657所", "657所"),
        ("普通小学2.44万所，比上年减少658所，下降2.36%", "2.36%"),
        ("普通小学2.44万所，比上年减少658万所", "658万所"),
        ("普通小学2.45万所，比上年减少658所", "2.45万所"),
    ],
)
def test_what_is_wrong_is_called_wrong(case, text, wrong):
    assert [surface for surface, status, _ in read(text, case) if status == "differs"] == [wrong]


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    [
        # not from the year before, or not said from when
        "普通小学2.44万所，比前年减少658所", "普通小学2.44万所，比2017年减少658所",
        "普通小学2.44万所，比“十二五”末减少658所",
        "普通小学2.44万所，减少658所", "普通小学2.44万所，下降2.63%", "普通小学2.44万所，比上年末减少658所",
        # of what nobody knows
        "小学教学点2.44万所，比上年减少658所", "民办教育：普通小学2.44万所，比上年减少658所",
        "普通小学2.44万所，其中某地比上年减少658所", "普通小学2.44万所，计划比上年减少658所",
        "普通小学2.44万所，教师比上年减少658人",
    ],
)  # fmt: skip
def test_what_is_not_certain_is_unproven(case, text):
    assert read(text, case)[-1][1] == "unproven"


def test_a_share_of_a_total_and_what_a_bracket_holds(case):
    found = read("中等职业教育招生57.40万人，占高中阶段教育招生总数的61.00%", case)
    assert [one[2] for one in found] == ["vocational_entrants", "share(vocational_entrants,senior_stage_entrants)"]
    assert read("中等职业教育招生57.40万人，占各类招生总数的61.00%", case)[1][1] == "unproven"
    found = read("普通高等学校268所（含独立学院26所），比上年增加3所", case)
    assert [one[2] for one in found] == ["college_schools", "independent_schools", "change(college_schools)"]


def test_a_ratio_by_a_name_of_its_own(case):
    assert read("普通小学专任教师97.27万人，生师比16.01:1", case)[1] == (
        "16.01:1", "agree_rounded", "ratio(primary_pupils,primary_teachers)",
    )  # fmt: skip
    assert read("普通小学专任教师97.27万人，生师比16.10:1", case)[1][1] == "differs"
