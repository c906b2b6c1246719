"""Relations over the rows of the source tables (T01 to T11): what makes one changed cell show."""

from __future__ import annotations

from itertools import pairwise

import ibis
from ibis import _

from zt_analysis.checks.definition import Book, Finding, equal, no_rows, relation
from zt_analysis.indicators import INDICATORS, Wanted, breakdowns
from zt_analysis.indicators.aid import NUTRITION_FEN_PER_DAY
from zt_analysis.periods import reporting_dates


@relation("T01", "hard")
def stock_and_flow_balance(book: Book) -> Finding:
    """Open cases at each week's end = open a week before + opened - ended, in every county and stage."""
    stock = [Wanted("out_of_school_children", book.period)]
    flows = [Wanted("opened_cases", book.period), Wanted("ended_cases", book.period)]
    by = ("week", "county_code", "stage")
    open_, opened, ended = (
        dict(zip(frame[list(by)].itertuples(index=False, name=None), frame["exact"], strict=True))
        for frame in breakdowns(stock + flows, book.tables, by=by)
    )
    weeks = [day.isoformat() for day in reporting_dates(book.period.base_on, book.period.as_of)]
    places = sorted({group[1:] for frame in (open_, opened, ended) for group in frame})
    unbalanced = [
        place
        for place in places
        for before, week in pairwise(weeks)
        if open_.get((week, *place), 0)
        != open_.get((before, *place), 0) + opened.get((week, *place), 0) - ended.get((week, *place), 0)
    ]
    return equal(len(unbalanced), 0, "items", checked=len(places) * (len(weeks) - 1))


@relation("T02", "hard")
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


@relation("T03", "hard")
def documents_add_up(book: Book) -> Finding:
    """The counties' amounts of each fund document add up to its total."""
    documents, rows = book.tables["fund_documents"], book.tables["fund_allocations"]
    sums = rows.group_by("document_no").aggregate(allocated_fen=_["amount_fen"].sum())
    joined = documents.left_join(sums, "document_no").select("document_no", "total_fen", "allocated_fen")
    wrong = joined.filter(ibis.coalesce(_["allocated_fen"], 0) != _["total_fen"])
    return no_rows(book, wrong, documents, touches=("funds_allocated",))


@relation("T04", "hard")
def payments_match_standard(book: Book) -> Finding:
    """Each payment is the standard of its stage and programme."""
    payments, standards = book.tables["aid_payments"], book.tables["aid_standards"]
    joined = payments.inner_join(standards.select("stage", "programme", "standard_fen"), ["stage", "programme"])
    wrong = joined.filter(_["amount_fen"] != _["standard_fen"])
    columns = ["student_id", "county_code", "school_code", "stage", "programme", "amount_fen", "standard_fen"]
    return no_rows(book, wrong.select(columns), payments, touches=("aid_paid",))


@relation("T05", "hard")
def nutrition_is_days_times_standard(book: Book) -> Finding:
    """Nutrition spending on each student = days of meals x 4 yuan."""
    students = book.tables["nutrition_students"]
    wrong = students.filter(_["spending_fen"] != _["meal_days"] * NUTRITION_FEN_PER_DAY)
    return no_rows(book, wrong, students, touches=("nutrition_spending",))


@relation("T06", "hard")
def one_status_per_student(book: Book) -> Finding:
    """All payments to a student in a term name one school and one registered-poor status."""
    payments = book.tables["aid_payments"]
    several = (
        payments.group_by("student_id", "term")
        .aggregate(
            schools=_["school_code"].min() != _["school_code"].max(),
            statuses=_["registered_poor"].cast("int8").min() != _["registered_poor"].cast("int8").max(),
        )
        .filter(_["schools"] | _["statuses"])
    )
    return no_rows(book, several, payments, touches=("aided_students", "registered_poor_aided_students"))


@relation("T07", "hard")
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


@relation("T08", "hard")
def case_dates_in_order(book: Book) -> Finding:
    """A case opens after more than 7 days of absence and ends after it opened; an open case has no outcome date."""
    cases = book.tables["dropout_cases"]
    too_early = cases["opened_on"].delta(cases["absent_from_on"], unit="day") <= 7
    backwards = cases["outcome_on"] <= cases["opened_on"]
    undated = (cases["outcome"] == "open") != cases["outcome_on"].isnull()
    wrong = cases.filter(too_early | ibis.coalesce(backwards, False) | undated)
    return no_rows(book, wrong, cases, touches=("out_of_school_children", "returned_students"))


@relation("T09", "hard")
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


@relation("T10", "hard")
def counties_add_up_to_city(book: Book) -> Finding:
    """For each measured indicator the counties add up to the city: nobody is counted in two counties."""
    wanted = [Wanted(name, book.period) for name, indicator in INDICATORS.items() if not indicator.derived]
    frames = breakdowns(wanted, book.tables, by=("county_code",))
    sums = [sum(frame["exact"]) == book(one.indicator) for one, frame in zip(wanted, frames, strict=True)]
    return equal(sum(sums), len(sums), "items", checked=len(sums))


@relation("T11", "hard")
def stages_add_up_to_city(book: Book) -> Finding:
    """Children out of school, rate population and aided students by stage add up to the whole."""
    names = ("out_of_school_children", "rate_population", "aided_students", "nutrition_students", "aid_paid")
    frames = breakdowns([Wanted(name, book.period) for name in names], book.tables, by=("stage",))
    sums = [sum(frame["exact"]) == book(name) for name, frame in zip(names, frames, strict=True)]
    return equal(sum(sums), len(sums), "items", checked=len(sums))


RECORDED_RELATIONS = (
    stock_and_flow_balance,
    enrolled_and_out_of_school,
    documents_add_up,
    payments_match_standard,
    nutrition_is_days_times_standard,
    one_status_per_student,
    taught_as_recorded,
    case_dates_in_order,
    no_overlapping_spells,
    counties_add_up_to_city,
    stages_add_up_to_city,
)
