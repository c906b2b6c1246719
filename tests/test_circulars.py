"""The weekly circular: it balances, agrees with the bulletin, names what is impossible, and does not shame by noise."""

import copy
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages import ROOT, SHIPPED, add_office
from shipped import OFFICE, Circular, shipped_tables
from sweeps import examples
from test_since import publish

from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.checks import every_relation, review, what_if
from zt_analysis.checks.relation import Book
from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, by_group, compute
from zt_analysis.indicators.intervals import Interval, places, wilson
from zt_analysis.periods import Period, period
from zt_analysis.runs import agreement
from zt_analysis.runs.notice import notice
from zt_analysis.runs.restatement import restate
from zt_analysis.sources import in_memory, open_package

unusual, system = (OFFICE.module(name) for name in ("circular.unusual", "synthetic.system"))
balance = OFFICE.module("circular.flows").balance
judgement, probability = unusual.judgement, unusual.probability
LATE_REPORTS, MISSING_REPORTS, WRONG_REPORTS = system.LATE_REPORTS, system.MISSING_REPORTS, system.WRONG_REPORTS

pytestmark = pytest.mark.slow

WEEKS = [f"2018-W{number}" for number in range(38, 46)]
# the first and the last two by default
EACH = [pytest.param(week, marks=[pytest.mark.thorough] * (week in WEEKS[1:])) for week in WEEKS]
GOOD = {
    "case": "2018-W45", "package": "data/zhaotong-2018", "issued_on": "2018-11-09", "as_of": "2018-11-08",
    "base_on": "2018-11-01",
}  # fmt: skip


@pytest.fixture(scope="module")
def tables():
    return shipped_tables(("table", "system"))


@pytest.fixture(scope="module")
def reviews(tables):
    class Reviews(dict):
        def __missing__(self, week):
            self[week] = review(paper_of(params.load(week, ROOT)), tables)
            return self[week]

    return Reviews()


def part(reviewed, key):
    (found,) = (one for one in reviewed.parts if one.key == key)
    return found


class TestParameters:
    def test_case_is_named_after_its_week(self):
        with pytest.raises(InputError, match="found 2018-11-08, a day of 2018-W45; expected a day of 2018-W44"):
            Circular(**GOOD | {"case": "2018-W44"})

    def test_base_is_one_week_before(self):
        with pytest.raises(
            InputError, match="'base_on'; found 2018-10-25; expected 2018-11-01, the last day of 2018-W44"
        ):
            Circular(**GOOD | {"base_on": "2018-10-25"})

    @pytest.mark.parametrize(
        ("name", "value", "expected"),
        [("case", "2018-45", "ISO week"),
         ("bulletin", "2018", "such as 2018-11"), ("days", "work", "calendar or school"),
         ("absence_days", 0, "1 or more"), ("issued_on", "2018-11-07", "not after issued_on")],
    )  # fmt: skip
    def test_bad_parameter_is_named(self, name, value, expected):
        with pytest.raises(InputError, match=expected):
            Circular(**GOOD | {name: value})

    def test_first_and_last_week_of_a_year(self):
        week = Circular(
            **GOOD | {"case": "2020-W53", "as_of": "2020-12-31", "base_on": "2020-12-24", "issued_on": "2021-01-01"}
        )
        assert week.parameters["week_number"] == 53


class TestEveryWeek:
    @pytest.mark.thorough
    @pytest.mark.parametrize("week", WEEKS)
    def test_holds_with_its_seeded_faults(self, reviews, week):
        reviewed = reviews[week]
        assert reviewed.status == "agrees"
        assert reviewed.comparisons > 0
        unexplained = [one.relation.id for one in reviewed.relations if one.status == "unexplained"]
        assert unexplained in ([], ["T19"])

    @pytest.mark.parametrize("week", EACH)
    def test_stock_and_flow_balance_in_every_county_and_stage(self, reviews, week):
        for key in ("flows_by_county_code", "flows_by_stage"):
            rows = part(reviews[week], key).rows
            assert [row[-1]["exact"] for row in rows] == ["0"] * len(rows)
            city, *parts = ([int(cell["exact"]) for cell in row[1:]] for row in rows)
            assert city == [sum(column) for column in zip(*parts, strict=True)]

    @pytest.mark.thorough
    @pytest.mark.parametrize("weeks", [WEEKS[-2:], pytest.param(WEEKS, marks=pytest.mark.thorough)], ids=len)
    def test_each_week_begins_where_the_last_ended(self, reviews, weeks):
        for before, now in pairwise(weeks):
            ended = {key: one.exact for key, one in reviews[before].figures.items()}
            begun = {
                key: one.exact for key, one in reviews[now].figures.items() if one.at == reviews[before].paper.as_of
            }
            assert len(begun) >= 9
            assert {key: ended[key] for key in begun} == begun

    @pytest.mark.thorough
    def test_seeded_reports_are_found(self, reviews):
        counted = {week: part(reviews[week], "reports").values for week in WEEKS}
        assert sum(one["report_missing"] for one in counted.values()) == len(MISSING_REPORTS)
        assert sum(one["report_late"] for one in counted.values()) == len(LATE_REPORTS)
        differing = [
            row for week in WEEKS for row in part(reviews[week], "reports").rows if row[-1].get("word") == "differs"
        ]
        assert len(differing) == len(WRONG_REPORTS)

    def test_first_week_has_no_rate_before_it(self, reviews):
        figures = reviews["2018-W38"].figures
        assert figures["out_of_school_rate[stage=junior]@2018-09-13"].exact is None
        assert figures["out_of_school_rate_change[stage=junior]@2018-09-13/2018-09-20"].exact is None


@examples(25)
@given(
    st.lists(st.sampled_from(["county_code", "stage", "school_code", "reason"]), unique=True, min_size=1, max_size=3),
    st.integers(0, 7),
)
def test_any_partition_adds_up_to_the_whole(opened, by, week):
    names = ("out_of_school_children", "opened_cases", "returned_cases", "home_cases", "remote_cases")
    last = date.fromordinal(date(2018, 9, 20).toordinal() + 7 * week)
    wanted = [Wanted(name, Period(last, date.fromordinal(last.toordinal() - 7))) for name in names]
    whole = compute(wanted, opened)
    for values, figure in zip(by_group(wanted, opened, by=tuple(by)), whole.values(), strict=True):
        assert sum(values.values()) == figure.exact > 0


@pytest.fixture(scope="module")
def opened():
    return open_package(SHIPPED, names=("dropout_cases",))


class TestImpossibleHistories:
    CASE = {"county_code": "530602", "stage": "junior", "absent_from_on": "2018-09-01"}  # noqa: RUF012

    def named(self, relation, **rows):
        book_tables = in_memory(**rows)
        (found,) = (one for one in every_relation() if one.id == relation)
        finding = found.function(Book(book_tables, period("2018-11-08", "2018-11-01"), {}))
        assert finding.holds is False
        return [row["case_id" if "case_id" in row else "taught_case"] for row in book_tables.rows(finding.breaking)]

    def test_returned_before_opened(self):
        cases = [
            self.CASE
            | {"case_id": "good", "opened_on": "2018-09-12", "outcome": "returned", "outcome_on": "2018-09-13"},
            self.CASE
            | {"case_id": "bad", "opened_on": "2018-09-12", "outcome": "returned", "outcome_on": "2018-09-11"},
        ]
        assert self.named("T08", dropout_cases=cases) == ["bad"]

    def test_two_open_spells(self):
        cases = [
            {"case_id": "one", "person_id": "ann", "opened_on": "2018-09-12", "outcome_on": None},
            {"case_id": "two", "person_id": "ann", "opened_on": "2018-10-12", "outcome_on": None},
            {"case_id": "bob", "person_id": "bob", "opened_on": "2018-10-12", "outcome_on": None},
        ]
        assert self.named("T09", dropout_cases=cases) == ["two"]

    def test_taught_at_home_and_returned_on_one_day(self):
        cases = [
            {"case_id": name, "person_id": name, "outcome": "returned", "outcome_on": "2018-10-12"}
            for name in ("ann", "bob")
        ]
        teaching = [
            self.CASE | {"case_id": f"{name} home", "person_id": name, "mode": "home", "started_on": day}
            for name, day in (("ann", "2018-10-12"), ("bob", "2018-10-11"))
        ]
        assert self.named("T12", dropout_cases=cases, teaching=teaching) == ["ann home"]


class TestAgreementWithTheBulletin:
    def test_five_printed_numbers_of_the_last_week(self, reviews):
        verdicts = {one.claim.id: one.word for one in reviews["2018-W45"].verdicts}
        assert len(verdicts) == 5
        assert set(verdicts.values()) == {"agree", "agree_rounded"}
        assert [one.claim.value for one in reviews["2018-W38"].verdicts] == ["0.09", "1.91"]

    @pytest.mark.thorough
    def test_planted_disagreement_is_caught(self, project):
        claims = project / "data" / "zhaotong-2018" / "claims" / "2018-11.csv"
        text = claims.read_text(encoding="utf-8")
        claims.write_text(text.replace("1915", "1916"), encoding="utf-8")
        circular = paper_of(params.load("2018-W45", project))
        reviewed = review(circular, open_package(circular.package, roles=circular.roles))
        (failed,) = (one for one in reviewed.verdicts if one.fails)
        assert (failed.claim.indicator, failed.difference) == ("returned_students", "-1")
        assert reviewed.status == "differs"

    @pytest.mark.thorough
    def test_cases_that_disagree_are_named(self, reviews):
        ledgers = {week: reviews[week].ledger for week in WEEKS[-2:]}
        assert agreement(ledgers).shared >= 9
        assert agreement(ledgers).disagreements == ()
        other = copy.deepcopy(ledgers["2018-W45"])
        (figure,) = (one for one in other["figures"] if one["key"] == "home_taught_students@2018-11-08")
        figure["exact"] = "824"
        (found,) = agreement(ledgers | {"2018-11": other}).disagreements
        assert (found.at, found.label["en"]) == ("2018-11-08", "students taught at home")
        assert {case: text.split("(")[1] for case, text in found.values.items()} == {
            "2018-W45": "823)",
            "2018-11": "824)",
        }


class TestUncertainty:
    def test_interval_of_a_known_case(self):
        # Newcombe 1998, table II: 81 of 263, Wilson without correction: 0.2553 to 0.3662
        low, high = wilson(81, 263)
        assert (round(float(low), 4), round(float(high), 4)) == (0.2553, 0.3662)
        assert wilson(0, 0) == (0, 1)

    def test_more_comparisons_are_wider(self):
        assert wilson(10, 100, comparisons=11)[0] < wilson(10, 100)[0]

    def test_clear_difference_is_named_and_noise_is_not(self):
        apart = Interval("a", 50, 100, *wilson(50, 100, comparisons=2))
        near = Interval("b", 12, 100, *wilson(12, 100, comparisons=2))
        assert apart.against(Fraction(10, 100)) == "rate_higher"
        assert near.against(Fraction(10, 100)) == "rate_alike"
        assert places(apart, [apart, near]) == (1, 1)
        assert places(near, [near, near]) == (1, 2)

    def test_probability_by_hand(self):
        assert probability(0, [0, 0]) is None
        assert probability(2, [0]) == Fraction(1, 2)  # both heads, or both tails
        assert probability(1, [1]) == 1

    def test_unusual_week(self):
        quiet, burst = [3, *[3] * 8], [30, *[3] * 8]
        assert judgement(quiet, probability(quiet[0], quiet[1:]), tests=22) == "usual"
        assert judgement(burst, probability(burst[0], burst[1:]), tests=22) == "unusual_high"
        assert judgement([0, *[9] * 8], probability(0, [9] * 8), tests=22) == "unusual_low"

    @given(st.integers(0, 40), st.lists(st.integers(0, 40), min_size=8, max_size=8))
    def test_probability_is_one(self, count, history):
        found = probability(count, history)
        assert found is None or 0 < found <= 1


def test_balance_by_hand():
    assert balance(10, 3, 2, 1, 1, 9) == 0
    assert balance(10, 3, 2, 1, 1, 8) == -1


class TestWhatIf:
    def test_side_by_side(self, tables):
        circular = paper_of(params.load("2018-W45", ROOT))
        frame = what_if(circular, tables, [{"absence_days": 5}, {"denominator": "enrolled"}])
        rows = {row[0]: list(row) for row in frame.to_numpy().tolist()}
        assert rows["初中失辍学率"][2:] == ["1.59%", "1.59%", "0.00个百分点", "1.62%", "0.03个百分点"]
        before, five = (int(text.removesuffix("次")) for text in rows["超期缺勤数"][2:4])
        spells = tables.rows(tables["attendance_spells"])
        by_hand = [
            one
            for one in spells
            if not one["excused"] and one["days_absent"] > 5 and one["absent_from_on"] < date(2018, 11, 3)
        ]
        assert (five, before < five) == (len(by_hand), True)

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [([], "found no change"), ([{"term": "x"}], "nothing to move"), ([{"days": "work"}], "calendar or school"),
         ([{"absence_days": 0}], "1 or more")],
    )  # fmt: skip
    def test_bad_change_is_named(self, tables, changes, expected):
        with pytest.raises(InputError, match=expected):
            what_if(paper_of(params.load("2018-W45", ROOT)), tables, changes)


@pytest.fixture(scope="module")
def restated(tmp_path_factory, reviews):
    """W44 as published, recomputed after a return of 1 November was entered late."""
    import os
    import shutil

    from zt_analysis.sources.sealing import seal

    root = tmp_path_factory.mktemp("restated")
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    package = root / "data" / "zhaotong-2018"
    shutil.copytree(SHIPPED, package)
    add_office(root)
    publish(root, reviews["2018-W44"].ledger)
    published = root / "outputs" / "2018-W44"
    before = os.getcwd()
    os.chdir(root)
    try:
        circular = paper_of(params.load("2018-W44", root))
        unchanged = restate(circular, open_package(circular.package, roles=circular.roles), published)
        enter_late(package / "dropout_cases.csv")
        seal(package)
        moved = restate(circular, open_package(circular.package, roles=circular.roles), published)
    finally:
        os.chdir(before)
    return unchanged, moved


def enter_late(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    place = next(n for n, line in enumerate(lines) if ",primary," in line and line.endswith(",open,,"))
    lines[place] = lines[place].replace(",open,,", ",returned,2018-11-01,")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.thorough
class TestRestatement:
    def test_nothing_moves_while_nothing_changes(self, restated):
        unchanged, _ = restated
        assert unchanged.stands
        assert unchanged.compared == len(unchanged.ledger["figures"])
        assert "没有变化" in notice(unchanged)

    def test_each_figure_that_moved_is_named(self, restated):
        _, moved = restated
        assert not moved.stands
        differences = {one.now["key"]: one.difference("zh") for one in moved.moved}
        assert differences["returned_students@2018-11-01"] == "1人"
        assert differences["out_of_school_children[stage=primary]@2018-11-01"] == "−1人"
        assert differences["returned_cases@2018-10-25/2018-11-01"] == "1件"
        assert not [key for key in differences if key.endswith("@2018-10-25")]
        assert all(len(one.parts) <= 1 for one in moved.moved)
        assert moved.files == ("dropout_cases.csv",)

    def test_what_moves_within_rounding_is_told_apart(self, restated):
        _, moved = restated
        hidden = [one.now["key"] for one in moved.moved if not one.shown]
        assert "out_of_school_rate[stage=primary]@2018-11-01" in hidden

    def test_each_sentence_that_became_false_is_shown(self, restated):
        _, moved = restated
        before, now = zip(*moved.sentences, strict=True)
        assert any("本周复学销案" in text for text in before)
        assert all(then != today for then, today in moved.sentences)
        assert len(now) >= 2

    def test_notice_names_figures_and_sentences(self, restated):
        _, moved = restated
        text = notice(moved)
        assert text.startswith("# 更正说明（草稿）")
        assert "| 劝返复学学生数 | 2018-11-01 |" in text
        assert "下列表述不再成立" in text
        assert "合成" in text
        assert "dropout_cases.csv" in text
        assert notice(moved, "en").startswith("# Correction notice (draft)")

    def test_a_case_never_published_is_refused(self, tables, tmp_path):
        with pytest.raises(InputError, match="expected a case that was run"):
            restate(paper_of(params.load("2018-W44", ROOT)), tables, tmp_path)


@pytest.mark.thorough
def test_reading_another_week_changes_no_other(tables):
    """The same tables serve every week: what one keeps must not be seen by the next."""
    first = paper_of(params.load("2018-W40", ROOT))
    alone = review(first, tables).ledger
    review(replace(first, case="2018-W41", as_of="2018-10-11", base_on="2018-10-04", issued_on="2018-10-12"), tables)
    assert review(first, tables).ledger == alone
