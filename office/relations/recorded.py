"""Relations over the rows of the source tables that no single statement says; the others are ``statements.csv``."""

from __future__ import annotations

import ibis
from ibis import _

from zt_analysis.define import Book, Finding, no_rows, relation

CIRCULAR = ("circular",)


@relation(
    "T02",
    "hard",
    zh="适龄人口＝在校生＋未销案，逐周逐县逐学段",
    en="School-age = enrolled + open cases, by date, county and stage",
)
def enrolled_and_out_of_school(book: Book) -> Finding:
    """School-age children = enrolled pupils + open cases, on each reporting date in every county and stage."""
    enrolment, cases = book.tables["enrolment"], book.tables["dropout_cases"]
    open_cases = (
        enrolment.select("reported_on", "county_code", "stage")
        .inner_join(cases.select("county_code", "stage", "opened_on", "outcome_on"), ["county_code", "stage"])
        .filter(
            (_["opened_on"] <= _["reported_on"]) & (_["outcome_on"].isnull() | (_["outcome_on"] > _["reported_on"]))
        )
        .group_by("reported_on", "county_code", "stage")
        .aggregate(open_cases=_.count())
    )
    joined = enrolment.left_join(open_cases, ["reported_on", "county_code", "stage"]).select(
        "reported_on",
        "county_code",
        "stage",
        "school_age_persons",
        "enrolled_persons",
        open_cases=ibis.coalesce(open_cases["open_cases"], 0),
    )
    wrong = joined.filter(_["school_age_persons"] != _["enrolled_persons"] + _["open_cases"])
    return no_rows(book, wrong, enrolment, touches=("out_of_school_children", "rate_population"))


@relation(
    "T03", "hard", zh="每份资金文件：各县合计＝文件总额", en="Counties' amounts add up to each fund document's total"
)
def documents_add_up(book: Book) -> Finding:
    """The counties' amounts of each fund document add up to its total."""
    documents, rows = book.tables["fund_documents"], book.tables["fund_allocations"]
    sums = rows.group_by("document_no").aggregate(allocated_fen=_["amount_fen"].sum())
    joined = documents.left_join(sums, "document_no").select("document_no", "total_fen", "allocated_fen")
    wrong = joined.filter(ibis.coalesce(_["allocated_fen"], 0) != _["total_fen"])
    return no_rows(book, wrong, documents, touches=("funds_allocated",))


@relation("T04", "hard", zh="每笔资助金额＝该学段该项目标准", en="Each payment equals its standard")
def payments_match_standard(book: Book) -> Finding:
    """Each payment is the standard of its stage and programme."""
    payments, standards = book.tables["aid_payments"], book.tables["aid_standards"]
    joined = payments.inner_join(standards.select("stage", "programme", "standard_fen"), ["stage", "programme"])
    wrong = joined.filter(_["amount_fen"] != _["standard_fen"])
    columns = ["student_id", "county_code", "school_code", "stage", "programme", "amount_fen", "standard_fen"]
    return no_rows(book, wrong.select(columns), payments, touches=("aid_paid",))


@relation(
    "T06",
    "hard",
    zh="同一学生同一学期只有一所学校、一种建档立卡身份",
    en="One school and one registered-poor status per student",
)
def one_status_per_student(book: Book) -> Finding:
    """All payments to a student in a term name one school and one registered-poor status."""
    payments = book.tables["aid_payments"]
    several = (
        payments.group_by("student_id", "term")
        .aggregate(
            schools=_["school_code"].min() != _["school_code"].max(),
            # PostgreSQL has no minimum of booleans, and casts one to no smaller number
            statuses=_["registered_poor"].cast("int32").min() != _["registered_poor"].cast("int32").max(),
        )
        .filter(_["schools"] | _["statuses"])
    )
    return no_rows(book, several, payments, touches=("aided_students", "registered_poor_aided_students"))


@relation(
    "T07",
    "hard",
    zh="每个送教案件恰有一条同方式、同日开始的送教记录",
    en="Each taught case has one teaching row, same mode, same day",
)
def taught_as_recorded(book: Book) -> Finding:
    """Each case that ended in teaching has one teaching row of that mode, begun the day it ended; and no other has."""
    cases, teaching = book.tables["dropout_cases"], book.tables["teaching"]
    rows = teaching.group_by("case_id").aggregate(
        teachings=_.count(), mode=_["mode"].min(), started_on=_["started_on"].min()
    )
    taught = cases.filter(_["outcome"].isin(["home", "remote"])).select("case_id", "outcome", "outcome_on")
    joined = taught.outer_join(rows, "case_id")
    right = (_["teachings"] == 1) & (_["mode"] == _["outcome"]) & (_["started_on"] == _["outcome_on"])
    touches = ("home_taught_students", "remote_taught_students")
    return no_rows(book, joined.filter(~ibis.coalesce(right, False)), taught, touches=touches)


@relation("T08", "hard", zh="案件日期先后合理（缺勤超过7天立案，立案后销案）", en="Case dates in order")
def case_dates_in_order(book: Book) -> Finding:
    """A case opens after more than 7 days of absence and ends after it opened; an open case has no outcome date."""
    cases = book.tables["dropout_cases"]
    too_early = cases["opened_on"].delta(cases["absent_from_on"], unit="day") <= 7
    backwards = cases["outcome_on"] <= cases["opened_on"]
    undated = (cases["outcome"] == "open") != cases["outcome_on"].isnull()
    wrong = cases.filter(too_early | ibis.coalesce(backwards, False) | undated)
    return no_rows(book, wrong, cases, touches=("out_of_school_children", "returned_students"))


@relation("T09", "hard", zh="同一人不同时有两个未销案件", en="No person with two open cases on one day")
def no_overlapping_spells(book: Book) -> Finding:
    """No person has two cases open on one day."""
    cases = book.tables["dropout_cases"].select("case_id", "person_id", "opened_on", "outcome_on")
    order = ibis.window(group_by="person_id", order_by=["opened_on", "case_id"])
    spells = cases.mutate(
        first=ibis.row_number().over(order) == 0,
        previous_end=_["outcome_on"].lag().over(order),
    )
    overlapping = ~_["first"] & (_["previous_end"].isnull() | (_["previous_end"] > _["opened_on"]))
    return no_rows(book, spells.filter(overlapping), cases, touches=("out_of_school_children",))


@relation("T12", "hard", zh="同一人不在复学当日开始送教", en="Nobody is taught at home from the day of return")
def taught_or_returned(book: Book) -> Finding:
    """No child is taught at home or at a distance from the day on which it returned to school."""
    cases, teaching = book.tables["dropout_cases"], book.tables["teaching"]
    returned = cases.filter(_["outcome"] == "returned").select("person_id", "outcome_on", returned_case="case_id")
    both = returned.inner_join(
        teaching.select("person_id", "mode", "county_code", "stage", outcome_on="started_on", taught_case="case_id"),
        ["person_id", "outcome_on"],
    )
    return no_rows(book, both, teaching, touches=("returned_students", "home_taught_students"))


@relation(
    "T20", "hard", zh="案件的村在乡镇内、乡镇在县内", en="A case's village lies in its township, that in its county"
)
def villages_lie_where_they_should(book: Book) -> Finding:
    """The village of a case lies in its township, and that in its county."""
    cases = book.tables["dropout_cases"]
    inside = _["village_code"].startswith(_["township_code"]) & _["township_code"].startswith(_["county_code"])
    return no_rows(book, cases.filter(~ibis.coalesce(inside, False)), cases)


@relation("T19", "soft", papers=CIRCULAR, zh="各县周报数与台账一致", en="Counties' weekly reports equal the ledger")
def counties_reported_what_is_recorded(book: Book) -> Finding:
    """What each county reported for the weeks of the period is what the ledger holds for them."""
    reports = book.tables["weekly_reports"]
    first, last = ibis.literal(book.period.base_on), ibis.literal(book.period.as_of)
    mine = reports.filter((_["week_on"] >= first) & (_["week_on"] <= last))
    cases = book.tables["dropout_cases"].select("county_code", "opened_on", "outcome", "outcome_on")
    seen = mine.left_join(cases, "county_code").filter(_["opened_on"] <= _["week_on"])
    ended = ibis.coalesce(_["outcome_on"] <= _["week_on"], False)
    ledger = seen.group_by("county_code", "week_on").aggregate(
        out_in_ledger=(~ended).sum(), returned_in_ledger=(ended & (_["outcome"] == "returned")).sum()
    )
    joined = mine.left_join(ledger, ["county_code", "week_on"]).select(
        "week_on", "county_code", "out_persons", "returned_persons",
        out_in_ledger=ibis.coalesce(_["out_in_ledger"], 0),
        returned_in_ledger=ibis.coalesce(_["returned_in_ledger"], 0),
    )  # fmt: skip
    same = (_["out_persons"] == _["out_in_ledger"]) & (_["returned_persons"] == _["returned_in_ledger"])
    return no_rows(book, joined.filter(~same), mine, touches=("out_of_school_children", "returned_students"))


@relation(
    "T21",
    "hard",
    papers=CIRCULAR,
    zh="每个案件都有对应的无故缺勤记录，天数相符",
    en="Each case has its recorded absence of the same length",
)
def cases_have_their_absence(book: Book) -> Finding:
    """Each case follows from a recorded absence without leave, as long as from its first day to the opening."""
    cases, spells = book.tables["dropout_cases"], book.tables["attendance_spells"]
    unexcused = spells.filter(~_["excused"]).select("person_id", "absent_from_on", "days_absent")
    joined = cases.left_join(unexcused, ["person_id", "absent_from_on"]).select(
        "case_id", "county_code", "stage", "absent_from_on", "opened_on", "days_absent"
    )
    right = _["days_absent"] == _["opened_on"].delta(_["absent_from_on"], unit="day")
    wrong = joined.filter(~ibis.coalesce(right, False))
    return no_rows(book, wrong, cases, touches=("long_absences", "out_of_school_children"))


@relation(
    "T22",
    "hard",
    papers=CIRCULAR,
    zh="组在村、村在乡镇、乡镇在县；走访的组在案件所在村",
    en="Groups lie in villages, villages in townships, visits in the case's village",
)
def units_lie_in_units(book: Book) -> Finding:
    """A group lies in a village, a village in a township, a township in a county; a case's visit in its village."""
    units, counties = book.tables["units"], book.tables["counties"]
    above = {"group": "village", "village": "township", "township": "county"}
    known = units.select("level", "unit_code").union(
        counties.select("county_code").mutate(level=ibis.literal("county")).select("level", unit_code="county_code")
    )
    parents = known.rename(parent_code="unit_code", parent_level="level")
    levels = units["level"].cases(*above.items(), else_="")
    leveled = units.mutate(parent_level=levels)
    orphans = leveled.anti_join(parents, ["parent_code", "parent_level"]).select("level", "unit_code", "parent_code")
    # a code begins with the code of the unit it lies in
    elsewhere = units.filter(~_["unit_code"].startswith(_["parent_code"])).select("level", "unit_code", "parent_code")
    villages = book.tables["dropout_cases"].select("case_id", "village_code")
    visits = book.tables["case_visits"].select("case_id", "group_code").inner_join(villages, "case_id")
    astray = visits.filter(~_["group_code"].startswith(_["village_code"]))
    wrong = orphans.union(elsewhere, distinct=True).union(
        astray.select(level=ibis.literal("visit"), unit_code="group_code", parent_code="village_code")
    )
    return no_rows(book, wrong, units, touches=("villages_without_cases", "townships_without_cases"))
