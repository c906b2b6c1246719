"""Back tests: the published statistics, recomputed a second time in plain pandas, without the package.

The expected numbers are those printed in 教育兴昭简报 2018年第11期. Nothing here imports an indicator.
"""

from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import pytest
from packages import SHIPPED

AS_OF, BASE = "2018-11-08", "2018-09-20"


@pytest.fixture(scope="module")
def cases():
    return pd.read_csv(SHIPPED / "dropout_cases.csv", dtype=str)


@pytest.fixture(scope="module")
def payments():
    return pd.read_parquet(SHIPPED / "aid_payments.parquet")


@pytest.fixture(scope="module")
def nutrition():
    return pd.read_parquet(SHIPPED / "nutrition_students.parquet")


def percent(part, whole):
    return (Decimal(int(part)) * 100 / Decimal(int(whole))).quantize(Decimal("0.01"), ROUND_HALF_UP)


def ten_thousand_yuan(fen):
    return (Decimal(int(fen)) / 10**6).quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_returned(cases):
    done = cases[(cases["outcome"] == "returned") & (cases["outcome_on"] <= AS_OF)]
    assert done["person_id"].drop_duplicates().size == 1915


@pytest.mark.parametrize(("mode", "published"), [("home", 823), ("remote", 1208)])
def test_taught(cases, mode, published):
    teaching = pd.read_csv(SHIPPED / "teaching.csv", dtype=str)
    joined = teaching.merge(cases[["case_id", "outcome", "outcome_on"]], on="case_id", validate="one_to_one")
    counted = joined[(joined["mode"] == mode) & (joined["outcome"] == mode) & (joined["outcome_on"] <= AS_OF)]
    assert set(counted["started_on"] <= AS_OF) == {True}
    assert len(set(counted["person_id"])) == published


@pytest.mark.parametrize(
    ("stage", "day", "published"),
    [("primary", BASE, "0.09"), ("primary", AS_OF, "0.06"), ("junior", BASE, "1.91"), ("junior", AS_OF, "1.59")],
)
def test_out_of_school_rate(cases, stage, day, published):
    mine = cases[cases["stage"] == stage]
    still_out = mine["outcome_on"].isna() | (mine["outcome_on"] > day)
    out = mine[(mine["opened_on"] <= day) & still_out]["person_id"].nunique()
    enrolment = pd.read_csv(SHIPPED / "enrolment.csv")
    base = enrolment[(enrolment["reported_on"] == day) & (enrolment["stage"] == stage)]
    assert percent(out, base["school_age_persons"].sum()) == Decimal(published)


def test_funds_allocated():
    funds = pd.read_csv(SHIPPED / "fund_allocations.csv")
    this_year = funds["issued_on"].between("2018-01-01", AS_OF)
    assert ten_thousand_yuan(funds[this_year & (funds["level"] != "city")]["amount_fen"].sum()) == Decimal("133715.32")


@pytest.mark.slow
def test_nutrition(nutrition):
    spring = nutrition[nutrition["term"] == "2018-spring"]
    assert len(set(spring["student_id"])) == 743740
    assert ten_thousand_yuan(spring["spending_fen"].astype("int64").sum()) == Decimal("28495.92")


@pytest.mark.slow
def test_aid(payments):
    spring = payments[payments["term"] == "2018-spring"]
    assert ten_thousand_yuan(spring["amount_fen"].astype("int64").sum()) == Decimal("35836.91")
    assert len(set(spring["student_id"])) == 488235
    assert len(set(spring["student_id"][spring["registered_poor"]])) == 327802


def test_counties_and_inspections():
    assert len(pd.read_csv(SHIPPED / "counties.csv")) == 11
    inspections = pd.read_csv(SHIPPED / "household_inspections.csv", dtype=str)
    assert 300 < inspections["household_id"].nunique() < 400
    assert inspections["county_code"].nunique() == 11
