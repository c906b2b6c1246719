"""Members named together, their places among all, their share of the whole: computed, and never believed."""

import pytest
from shipped import tied_case

from zt_analysis.documents import read_plain
from zt_analysis.tying import tie_out

GREEN = ("agree", "agree_rounded")


@pytest.fixture(scope="module")
def case():
    return tied_case(printed=False)


@pytest.fixture(scope="module")
def tied(case):
    return lambda text: [one for one in tie_out(read_plain(text, "text"), case).ties if one.mention.kind == "count"]


class TestTogether:
    @pytest.mark.parametrize(
        "text",
        [
            "镇雄、昭阳、彝良三县区劝返复学1040人。", "镇雄县、昭阳区和彝良县共劝返复学1040人。",
            "镇雄、昭阳等2个县区劝返复学851人。", "镇雄县和昭阳区劝返复学851人。",
        ],
    )  # fmt: skip
    def test_one_number_of_several_members_is_their_sum(self, tied, text):
        counted, *_ = [one for one in tied(text) if one.mention.unit == "人"]
        assert counted.status == "agree"
        assert counted.wanted.indicator.startswith("total(returned_students,county_code=")

    @pytest.mark.parametrize(
        ("text", "status"),
        [
            ("镇雄县、彝良县共劝返复学1915人。", "differs"), ("镇雄、昭阳、彝良三县区劝返复学1041人。", "differs"),
            ("镇雄、昭阳等县区劝返复学851人。", "unproven"), ("镇雄、昭阳等5个县区劝返复学851人。", "unproven"),
            ("镇雄、昭阳各劝返复学851人。", "unproven"), ("镇雄县或昭阳区劝返复学851人。", "unproven"),
            ("昭阳区、宣威市劝返复学851人。", "unproven"), ("除镇雄县、昭阳区外劝返复学851人。", "unproven"),
        ],
    )  # fmt: skip
    def test_what_is_no_sum_of_them_is_none(self, tied, text, status):
        assert [one.status for one in tied(text) if one.mention.unit == "人"] == [status]

    def test_how_many_they_are_is_held_against_the_list(self, tied):
        right, wrong = "镇雄、昭阳、彝良三县区劝返复学1040人。", "镇雄、昭阳、彝良两县区劝返复学1040人。"
        assert tied(right)[0].status == "excused"
        assert (tied(wrong)[0].status, tied(wrong)[0].expected["zh"]) == ("differs", "3县区")

    def test_rates_of_members_do_not_add_up(self, tied):
        assert all(one.status not in GREEN for one in tied("镇雄县、昭阳区初中失辍学率为1.14%。"))


class TestSaidBehindTheList:
    @pytest.mark.parametrize(
        "text",
        [
            "昭阳区343人、镇雄县508人劝返复学。", "镇雄县（508人）、昭阳区（343人）劝返复学。",
            "截至11月8日，昭阳区343名、镇雄县508名学生劝返复学。",
        ],
    )  # fmt: skip
    def test_each_number_is_of_its_own_member(self, tied, text):
        assert {(one.wanted.scope[0][1], one.figure.exact, one.status) for one in tied(text)} == {
            ("530602", 343, "agree"), ("530627", 508, "agree"),
        }  # fmt: skip

    @pytest.mark.parametrize(
        "text",
        [
            "昭阳区508人、镇雄县343人劝返复学。", "昭阳区343人、镇雄县508人尚未劝返复学。",
            "昭阳区343人、镇雄县508人拟劝返复学。", "昭阳区343人、宣威市508人劝返复学。",
            "去年，昭阳区343人、镇雄县508人劝返复学。", "昭阳区教师343人、镇雄县508人劝返复学。",
        ],
    )  # fmt: skip
    def test_nothing_false_of_them_is_green(self, tied, text):
        assert all(one.status not in GREEN for one in tied(text))


class TestPlaces:
    @pytest.mark.parametrize(
        "text",
        [
            "镇雄县劝返复学508人，居全市第一。", "镇雄县劝返复学508人，位居全市首位。",
            "镇雄县劝返复学508人，为各县区最多。",
            "昭阳区劝返复学343人，居全市第二位。", "水富市劝返复学39人，居全市末位。", "镇雄县劝返学生最多，达508人。",
            "镇雄县劝返复学508人，列全市第1位。",
        ],
    )  # fmt: skip
    def test_a_place_that_holds_is_understood(self, tied, text):
        assert [one.status for one in tied(text) if one.mention.unit in ("人", "名")] == ["agree"]

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("昭阳区劝返复学343人，居全市第一。", "第2"), ("昭阳区劝返复学343人，排名第三。", "第2"),
            ("水富市劝返复学39人，为全市最多。", "第11"), ("镇雄县劝返复学508人，为全市最少。", "第1"),
            ("昭阳区劝返学生最多，达343人。", "第2"),
        ],
    )  # fmt: skip
    def test_a_false_place_leaves_its_number_unproven_and_says_the_right_one(self, tied, text, place):
        (one,) = [one for one in tied(text) if one.mention.unit == "人"]
        assert one.status == "unproven"
        assert place in one.reason["zh"]


class TestShareOfTheWhole:
    @pytest.mark.parametrize(
        ("text", "status"),
        [
            ("镇雄县劝返复学508人，占全市的26.53%。", "agree_rounded"),
            ("镇雄、昭阳两县区劝返复学851人，占全市的44.4%。", "agree_rounded"),
            ("镇雄县劝返复学508人，占全市的26.5%，居全市第一。", "agree_rounded"),
            ("镇雄县劝返复学508人，占全市的62.5%。", "differs"),
            ("昭阳区劝返复学343人，占全市的26.5%。", "differs"),
            ("镇雄县劝返复学508人，占全省的26.5%。", "unproven"),
            ("镇雄县劝返复学508人，占全市失辍学学生的26.5%。", "unproven"),
        ],
    )
    def test_it_is_that_of_the_number_before_it(self, case, text, status):
        (one,) = [one for one in tie_out(read_plain(text, "text"), case).ties if one.mention.unit == "%"]
        assert one.status == status


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        # a closed bracket with numbers of its own holds no further
        ("上门送教823人（小学260人，初中563人）；远程送教1208人（小学90人，初中1118人）。", "agree " * 6),
        # what opens a sentence is what it is about; what then fits no part is left open, not called wrong
        ("中职学校受助学生1.7万人，发放资助资金2800万元。", "agree agree"),
        ("小学劝返复学330人，上门送教823人。", "agree ambiguous"),
        ("劝返复学小学330人、初中1585人，上门送教823人。", "agree agree ambiguous"),
        # a sentence that begins with 其中 hangs on the one before
        ("已下达学生资助资金133715.32万元。其中，中央93306.29万元，省级40409.03万元。", "agree agree agree"),
        # several figures added up
        ("上门送教和远程送教合计2031人。", "agree"),
        ("上门送教和远程送教合计1208人。", "differs"),
        ("送教学生共2031人，其中上门送教823人，远程送教1208人。", "agree agree agree"),
        ("远程送教学生1208人。", "agree"),
        # what each of them has is no sum
        ("全市11个县区均有1915人劝返复学。", "agree unproven"),
        ("劝返复学的1915名学生中，初中生1585名，小学生330名。", "agree agree agree"),
        ("劝返复学的1915名学生中，教师1585名。", "agree unproven"),
        ("劝返复学人数最多的是镇雄县，为508人，最少的是水富市，为39人。", "agree agree"),
        ("劝返复学人数最多的是昭阳区，为343人，最少的是水富市，为39人。", "unproven agree"),
        ("工作组走访抽查336户，其中镇雄县79户、昭阳区55户。", "agree agree agree"),
        ("彝良、威信、水富三县市分别劝返复学189人、133人、39人。", "excused agree agree agree"),
        ("十三周岁以上劝返复学1915人。", "unproven unproven"),
        ("十九大以来劝返复学1915人。", "excused unproven"),
    ],
)  # fmt: skip
def test_lists_and_what_hangs_on_them(case, text, statuses):
    found = tie_out(read_plain(text, "text"), case)
    said = [one.status.replace("agree_rounded", "agree") for one in found.ties]
    assert said == statuses.split()
    assert not found.remarks


def test_a_list_of_every_county_is_read_to_its_end(tied):
    counts = (
        "昭阳区343 鲁甸县149 巧家县174 盐津县120 大关县78 永善县131 绥江县51 镇雄县508 彝良县189 威信县133 水富市39"
    )
    items = counts.split()
    for text in (f"从县区看，劝返复学人数：{'人，'.join(items)}人。", f"劝返复学：{'人、'.join(items)}人。"):
        assert [one.status for one in tied(text)] == ["agree"] * 11
        wrong = text.replace("水富市39", "水富市93")
        assert [one.status for one in tied(wrong)] == ["agree"] * 10 + ["differs"]
