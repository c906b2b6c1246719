"""Rules of aid and of teaching sent to the home (R17 to R26)."""

from __future__ import annotations

import ibis
from ibis import _

from zt_analysis.define import Applied, Tables, rule

from ..periods import Period

SEVEN = ("has_bag", "has_books", "has_teacher", "has_plan", "has_marking", "has_tests", "has_file")
PASS = 60


@rule("R17", "hard", "aid_filings", "14", zh="不漏一校：每校申报资助", en="No school left out of the filing")
def every_school_files(tables: Tables, period: Period) -> Applied:
    """No school is left out of the filing of students in need (不漏一校)."""
    schools = tables["schools"]
    return Applied(schools, schools.anti_join(tables["aid_filings"], "school_code"))


@rule("R18", "hard", "aid_categories", "15", zh="重点对象全部受助", en="Everyone in a category of need is aided")
def whoever_has_a_category_is_aided(tables: Tables, period: Period) -> Applied:
    """A student in any category of need is aided (全覆盖).

    Undecided: orphaned and disabled are one category as printed, as are disaster and emergency; finer codes are kept.
    """
    students = tables["aid_categories"]
    return Applied(students, students.anti_join(tables["aid_payments"].select("student_id"), "student_id"))


@rule(
    "R19",
    "hard",
    "fees",
    "15",
    zh="镇雄、彝良、威信免费教育学段不收费",
    en="No fees in the three free-education counties",
)
def no_fees_in_the_free_counties(tables: Tables, period: Period) -> Applied:
    """Students of the counties with 14 years of free education pay no fees.

    Undecided: the years covered are not listed; preschool, senior secondary and vocational are read.
    """
    free = tables["counties"].filter(_["has_free_education_14_years"])
    fees = tables["fees"].semi_join(free, "county_code")
    return Applied(fees, fees.filter(_["amount_fen"] > 0))


@rule("R20", "hard", "aid_cards", "15", zh="每个受助学生家庭张贴明白卡", en="A posted card for each aided household")
def a_posted_card_for_each_household(tables: Tables, period: Period) -> Applied:
    """The household of each aided student has a card on its wall (明白卡)."""
    aided = tables["aid_payments"].select("student_id", "county_code", "stage").distinct()
    return Applied(aided, aided.anti_join(tables["aid_cards"].filter(_["posted"]), "student_id"))


@rule("R21", "hard", "seven_have", "18", zh="上门送教“七有”齐全", en="All seven things for each pupil taught at home")
def seven_things_for_each_pupil(tables: Tables, period: Period) -> Applied:
    """A pupil taught at home has all seven: bag, books, teacher, plan, marking, tests, file (七有)."""
    checks = tables["seven_have"]
    return Applied(checks, checks.filter(~ibis.and_(*(_[name] for name in SEVEN))))


@rule(
    "R22",
    "hard",
    "teaching",
    "18",
    zh="上门送教对象为重度残疾或已婚学生",
    en="Home teaching for severely disabled or married pupils",
)
def taught_at_home_for_its_reasons(tables: Tables, period: Period) -> Applied:
    """Teachers visit pupils who are severely disabled or married.

    Undecided: whether others may be visited too; read as no.
    """
    return _reasons(tables, period, "home", ["severe_disability", "married"])


@rule("R23", "hard", "teaching", "19", zh="远程送教对象为外出务工学生", en="Distance teaching for pupils working away")
def taught_at_a_distance_for_its_reason(tables: Tables, period: Period) -> Applied:
    """Pupils working away are taught by group chat or posted books."""
    return _reasons(tables, period, "remote", ["work_away"])


@rule("R24", "hard", "certificates", "18", zh="考试合格方可发证", en="A certificate only after a passed test")
def a_certificate_after_a_test(tables: Tables, period: Period) -> Applied:
    """A pupil with a certificate passed the test.

    Undecided: the pass mark is not printed; 60 of 100.
    """
    certified = tables["certificates"].filter(_["certified_on"].notnull())
    return Applied(certified, certified.filter(_["score"] < PASS))


@rule("R25", "hard", "clearances", "20", zh="台账学生逐人清零登记", en="Each pupil of the ledger cleared")
def each_pupil_is_cleared(tables: Tables, period: Period) -> Applied:
    """Each pupil of the ledger has a cleared record (控辍保学生生清).

    Undecided: the clearing of counties and of households (县县清, 户户清) is kept with inspections and cards.
    """
    cases = tables["dropout_cases"]
    return Applied(cases, cases.anti_join(tables["clearances"], "case_id"))


@rule("R26", "hard", "household_inspections", "20", zh="抽查覆盖全部县区", en="Every county inspected")
def each_county_is_inspected(tables: Tables, period: Period) -> Applied:
    """Each county was inspected; that more than 300 households were is a printed number with a verdict of its own."""
    counties = tables["counties"]
    visited = tables["household_inspections"].filter(_["inspected_on"] <= ibis.literal(period.as_of))
    return Applied(counties, counties.anti_join(visited, "county_code"))


def _reasons(tables: Tables, period: Period, mode: str, allowed: list[str]) -> Applied:
    reasons = tables["dropout_cases"].select("case_id", "reason")
    begun = tables["teaching"].filter((_["mode"] == mode) & (_["started_on"] <= ibis.literal(period.as_of)))
    taught = begun.inner_join(reasons, "case_id")
    return Applied(taught, taught.filter(~_["reason"].isin(allowed)))
