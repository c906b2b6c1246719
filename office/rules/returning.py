"""Rules of keeping children in school: responsibility, notices, cases, placement, reports (R01 to R16)."""

from __future__ import annotations

from datetime import timedelta

import ibis
import ibis.expr.types as ir
from ibis import _

from zt_analysis.define import Applied, Tables, rule

from ..indicators.attendance import COMPULSORY
from ..indicators.weekly import absences
from ..periods import Period

HEADS = 5
BANDS = {"grade_1": (6, 8), "senior_primary": (10, 12), "vocational_junior": (13, 15)}


@rule(
    "R01",
    "hard",
    "responsibility",
    "9",
    zh="四包责任：每个乡镇、村、组有且仅有一名责任人",
    en="One officer for each township, village and group",
)
def one_officer_for_each_unit(tables: Tables, period: Period) -> Applied:
    """Every township, village and group has exactly one officer in charge (四包).

    Undecided: the fourth level, group cadre to household, is held by the visit of each case (R13).
    """
    units, officers = tables["units"], tables["responsibility"]
    day = ibis.literal(period.as_of)
    current = officers.filter((_["from_on"] <= day) & (_["to_on"].isnull() | (_["to_on"] > day)))
    counts = current.group_by("unit_code").aggregate(officers=_.count())
    joined = units.left_join(counts, "unit_code").select("level", "unit_code", "parent_code", "officers")
    joined = joined.mutate(county_code=_["unit_code"].substr(0, 6))
    return Applied(units, joined.filter(ibis.coalesce(_["officers"], 0) != 1))


@rule("R02", "hard", "five_heads", "10", zh="五长制：每所学校对应的五长齐全", en="Five heads named for each school")
def five_heads_for_each_school(tables: Tables, period: Period) -> Applied:
    """For each school of compulsory education the five heads of the two lines are named (五长制).

    Undecided: the list in brackets names five posts for both lines together; read as three and two.
    """
    heads = tables["five_heads"].group_by("school_code").aggregate(roles=_["role"].nunique())
    return _lacking(_compulsory(tables), heads, "roles", HEADS)


@rule("R03", "hard", "dropout_cases", "11", zh="6至8周岁复学者安置一年级", en="Ages 6 to 8 placed in grade 1")
def grade_1_from_6_to_8(tables: Tables, period: Period) -> Applied:
    """A returned child aged 6 to 8 is placed in grade 1.

    Undecided: the age on the day the case was opened stands for the age at placement.
    """
    return _placed(tables, period, "grade_1")


@rule(
    "R04",
    "hard",
    "dropout_cases",
    "11",
    zh="10至12周岁复学者安置小学高年级",
    en="Ages 10 to 12 placed in senior primary",
)
def senior_primary_from_10_to_12(tables: Tables, period: Period) -> Applied:
    """A returned child aged 10 to 12 is placed in senior primary.

    Undecided: the text gives no grades; senior primary is grades 4 to 6 by usage.
    """
    return _placed(tables, period, "senior_primary")


@rule(
    "R05",
    "hard",
    "dropout_cases",
    "11",
    zh="13至15周岁复学者安置职初班",
    en="Ages 13 to 15 placed in a vocational-junior class",
)
def vocational_junior_from_13_to_15(tables: Tables, period: Period) -> Applied:
    """A returned child aged 13 to 15 is placed in a vocational-junior class."""
    return _placed(tables, period, "vocational_junior")


@rule("R06", "decision", "dropout_cases", "11", zh="无安置规定的年龄，待决定", en="Ages without a rule, to be decided")
def ages_without_a_rule(tables: Tables, period: Period) -> Applied:
    """A returned child of another age has no rule: somebody has to decide.

    Undecided: age 9, under 6 and over 15; never guessed here, listed as needing a decision.
    """
    returned = _returned(tables, period)
    ruled = ibis.or_(*(_["age_years"].between(low, high) for low, high in BANDS.values()))
    return Applied(returned, returned.filter(~ruled))


@rule("R07", "hard", "activities", "11", zh="3月和9月均开展控辍保学月活动", en="Activities in March and September")
def activities_in_both_months(tables: Tables, period: Period) -> Applied:
    """Each school holds its activity in March and in September (控辍保学月)."""
    months = tables["activities"].filter(_["month"].isin([3, 9]))
    return _lacking(tables["schools"], months.group_by("school_code").aggregate(n=_["month"].nunique()), "n", 2)


@rule("R08", "hard", "catchment_counts", "11", zh="摸清一年级、七年级新生数", en="New pupils of grades 1 and 7 counted")
def entrants_are_counted(tables: Tables, period: Period) -> Applied:
    """Each primary school has a count of grade 1, each junior school one of grade 7."""
    counts = tables["catchment_counts"]
    entry = counts.filter(_["grade"] == ibis.ifelse(_["stage"] == "primary", 1, 7))
    return _lacking(_compulsory(tables), entry.group_by("school_code").aggregate(n=_.count()), "n", 1)


@rule(
    "R09",
    "hard",
    "admission_notices",
    "11",
    zh="入学通知书两章齐全、开学前送达监护人",
    en="Notices sealed twice and received before opening",
)
def notices_are_sealed_and_received(tables: Tables, period: Period) -> Applied:
    """A notice carries the seals of the county bureau and the township and reaches a guardian before school opens.

    Undecided: the opening day is not printed; 1 September.
    """
    notices = tables["admission_notices"]
    opening = ibis.literal(period.as_of.replace(month=9, day=1))
    right = _["has_county_seal"] & _["has_township_seal"] & _["received"] & (_["sent_on"] < opening)
    return Applied(notices, notices.filter(~right))


@rule(
    "R10",
    "hard",
    "roster_reports",
    "11",
    zh="新生名单开学1周内报乡镇和县区",
    en="Rosters to township and county within a week",
)
def rosters_within_a_week(tables: Tables, period: Period) -> Applied:
    """A school reports its new pupils to township and county within one week of opening.

    Undecided: 1周内 is read as 7 calendar days, the seventh included (parameter ``roster_days``).
    """
    rosters = tables["roster_reports"]
    late = [rosters[name].delta(rosters["opening_on"], unit="day") > period.roster_days
            for name in ("to_township_on", "to_county_on")]  # fmt: skip
    return Applied(rosters, rosters.filter(ibis.or_(*late)))


@rule(
    "R11",
    "hard",
    "household_plans",
    "11",
    zh="一户一案：每个未销案家庭一份方案",
    en="One plan for each household with an open case",
)
def one_plan_for_each_household(tables: Tables, period: Period) -> Applied:
    """Each household with an open case has one plan (一户一案)."""
    cases = _open(tables, period)
    plans = tables["household_plans"].group_by("case_id").aggregate(plans=_.count())
    joined = cases.left_join(plans, "case_id").select("case_id", "person_id", "county_code", "stage", "plans")
    return Applied(cases, joined.filter(ibis.coalesce(_["plans"], 0) != 1))


@rule(
    "R12",
    "hard",
    "attendance_spells",
    "11",
    zh="无故缺勤超过7天必须立案",
    en="Absence of more than 7 days without leave is a case",
)
def long_absences_are_cases(tables: Tables, period: Period) -> Applied:
    """An absence without leave of more than 7 days is a case of the ledger; exactly 7 days is none.

    Undecided: school or calendar days are not stated; calendar days unless the parameter ``days`` says school; the
    limit is the parameter ``absence_days``. An absence counts once the limit has passed by the as-of date.
    """
    spells = absences(tables, period.days)
    reached = _["absent_from_on"] < ibis.literal(period.as_of - timedelta(days=period.absence_days))
    long = spells.filter(~_["excused"] & (_["length_days"] > period.absence_days) & reached)
    return Applied(spells, long.anti_join(tables["dropout_cases"], ["person_id", "absent_from_on"]))


@rule("R13", "hard", "case_visits", "11", zh="案件落实到村组干部并入户", en="Cases named to a group cadre and visited")
def cases_reach_the_group(tables: Tables, period: Period) -> Applied:
    """Each case names its township, village and group cadre and was visited."""
    cases = tables["dropout_cases"].filter(_["opened_on"] <= ibis.literal(period.as_of))
    return Applied(cases, cases.anti_join(tables["case_visits"], "case_id"))


@rule(
    "R14",
    "hard",
    "legal_documents",
    "11",
    zh="逾期拒不送学者发放司法文书",
    en="Refusal past the deadline brings a legal document",
)
def refusal_brings_a_document(tables: Tables, period: Period) -> Applied:
    """A guardian who refuses past the deadline while the child is still out is served a legal document."""
    due = tables["refusals"].filter(_["deadline_on"] < ibis.literal(period.as_of))
    still_out = due.semi_join(_open(tables, period), "case_id")
    return Applied(due, still_out.anti_join(tables["legal_documents"], "case_id"))


@rule(
    "R15",
    "hard",
    "weekly_reports",
    "11",
    zh="每县每周一报、每周一通报",
    en="A report from each county and a circular each week",
)
def a_report_from_each_county_each_week(tables: Tables, period: Period) -> Applied:
    """Each county reports each week by its day, and each week has a circular.

    Undecided: the day is not printed; Thursday, the day of the printed counts.
    """
    weeks = tables["circulars"].filter(_["week_on"] <= ibis.literal(period.as_of)).select("week_on")
    expected = tables["counties"].select("county_code").cross_join(weeks)
    reports = tables["weekly_reports"]
    in_time = reports.filter(_["submitted_on"] <= _["week_on"])
    return Applied(expected, expected.anti_join(in_time, ["county_code", "week_on"]))


@rule(
    "R16",
    "info",
    "dropout_cases",
    "11",
    zh="仍有未销案的乡镇（目标：无辍学乡镇）",
    en="Townships that still have open cases",
)
def townships_with_open_cases(tables: Tables, period: Period) -> Applied:
    """The aim is that no township has an open case (无辍学乡镇); those that still have some are listed."""
    townships = tables["units"].filter(_["level"] == "township")
    cases = _open(tables, period).group_by("township_code").aggregate(open_cases=_.count())
    joined = townships.inner_join(cases, townships["unit_code"] == cases["township_code"])
    return Applied(townships, joined.select("unit_code", "open_cases", county_code="parent_code"))


def _compulsory(tables: Tables) -> ir.Table:
    return tables["schools"].filter(_["stage"].isin(COMPULSORY))


def _lacking(schools: ir.Table, counts: ir.Table, column: str, wanted: int) -> Applied:
    """Schools with fewer than ``wanted`` of what ``counts`` counts in ``column``."""
    kept = ["school_code", "county_code", "stage"]
    joined = schools.left_join(counts, "school_code").select(*kept, column)
    return Applied(schools, joined.filter(ibis.coalesce(_[column], 0) < wanted))


def _returned(tables: Tables, period: Period) -> ir.Table:
    by_then = _["outcome_on"] <= ibis.literal(period.as_of)
    return tables["dropout_cases"].filter((_["outcome"] == "returned") & by_then)


def _placed(tables: Tables, period: Period, placement: str) -> Applied:
    low, high = BANDS[placement]
    banded = _returned(tables, period).filter(_["age_years"].between(low, high))
    return Applied(banded, banded.filter(ibis.coalesce(_["placement"], "") != placement))


def _open(tables: Tables, period: Period) -> ir.Table:
    day = ibis.literal(period.as_of)
    ended = _["outcome_on"].isnull() | (_["outcome_on"] > day)
    return tables["dropout_cases"].filter((_["opened_on"] <= day) & ended)
