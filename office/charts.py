"""The charts of its papers: each says its message in its title and in words."""

from __future__ import annotations

from zt_analysis.define import Paper, Tables, bound
from zt_analysis.drawing import Chart, before_after, part_of_whole, rates, shares, side_by_side, stock_and_flow

from .indicators.attendance import COMPULSORY

# the relations that hold the rates against the norm
NORMS = {"primary": "C13a", "junior": "C13b"}
AID_STAGES = {"preschool": ["preschool"], "compulsory": COMPULSORY, "senior": ["senior"], "vocational": ["vocational"]}
OUTCOMES = ("returned_students", "home_taught_students", "remote_taught_students")
LEDGER = "chart_source_ledger"


def rates_against_norm(paper: Paper, tables: Tables) -> Chart:
    """Out-of-school rate of each stage at both dates, with the norm it must stay below."""
    norms = {stage: bound(rule) for stage, rule in NORMS.items()}
    return before_after(paper, tables, "out_of_school_rate", by="stage", parts=COMPULSORY, norms=norms,
                        key="rates", source="chart_source_rates", note="chart_norm_note")  # fmt: skip


def outcomes_by_county(paper: Paper, tables: Tables) -> Chart:
    """Returned, taught at home and at a distance, of the children of school age; no bulletin says that they add up."""
    return shares(paper, tables, *OUTCOMES, of="rate_population", by="county_code", key="outcomes",
                  source="chart_source_outcomes")  # fmt: skip


def weekly_cases(paper: Paper, tables: Tables, *, weeks: int | None = None) -> Chart:
    """Children out of school at each reporting date, and cases opened and ended in the week before it."""
    return stock_and_flow(paper, tables, "out_of_school_children", ("opened_cases", "ended_cases"), weeks=weeks,
                          key="weekly", source=LEDGER)  # fmt: skip


def aid_by_stage(paper: Paper, tables: Tables) -> Chart:
    """Aided students by stage with the share from registered-poor households, and the amounts paid."""
    return part_of_whole(paper, tables, ("aided_students", "registered_poor_aided_students"), beside=["aid_paid"],
                         by="stage", parts=AID_STAGES, key="aid", source="chart_source_aid")  # fmt: skip


def allocation_and_spending(paper: Paper, tables: Tables) -> Chart:
    """Funds allocated beside what was spent."""
    return side_by_side(paper, tables, "funds_allocated", "aid_paid", "nutrition_spending", key="money",
                        source="chart_source_money", note="chart_money_note")  # fmt: skip


def county_rates(paper: Paper, tables: Tables, *, stage: str) -> Chart:
    """Out-of-school rate of each county with its interval, and the city's rate as a line."""
    return rates(paper, tables, "out_of_school_rate", of=("out_of_school_children", "rate_population"),
                 by="county_code", scope={"stage": stage}, key="county_rates", source="chart_source_rates")  # fmt: skip
