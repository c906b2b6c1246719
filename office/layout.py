"""What each paper says, in which order: its sections with their sentences, charts and parts."""

from __future__ import annotations

from zt_analysis.define import Layout, Section

# each paper follows the order of the text it belongs to
BULLETIN = Layout(
    "bulletin",
    (
        Section(
            "returns",
            ("page_say_primary", "page_say_junior", "page_say_returned", "page_say_cases"),
            ("rates", "weekly"),
            relations=("C12",),  # it compares ages and touches no figure
        ),
        Section("teaching", ("page_say_taught",), ("outcomes",)),
        Section("aid", ("page_say_allocated", "page_say_aid", "page_say_per_aided"), ("aid", "money")),
        Section("nutrition", ("page_say_nutrition", "page_say_days")),
        Section("inspections", ("page_say_inspected",)),
    ),
    title="page_issue",
    dates=("issued_on", "as_of", "base_on", "term"),
    summary=("page_say_checked", "page_say_relations", "page_say_outcomes", "page_say_rates", "page_say_funds"),
    keys=(
        "returned_students", "out_of_school_rate[primary]", "out_of_school_rate[junior]", "funds_allocated",
        "aided_students", "nutrition_students",
    ),
)  # fmt: skip
CIRCULAR = Layout(
    "circular",
    (
        Section(
            "rates",
            ("page_say_primary", "page_say_junior", "page_say_uncertain"),
            ("county_rates",),
            ("rates_junior", "rates_primary"),
        ),
        Section(
            "flows",
            ("page_say_week_flow", "page_say_week_ended"),
            ("weekly",),
            ("flows_by_stage", "flows_by_county_code"),
        ),
        Section("units", ("page_say_units",), (), ("units",)),
        Section("rules", ("page_say_rules",), (), ("rules",)),
        Section("reports", ("page_say_reports",), (), ("reports",), ("T19",)),
        Section("deadlines", ("page_say_deadlines",), (), ("deadlines",)),
        Section("unusual", ("page_say_unusual",), (), ("unusual",)),
    ),
    summary=(
        "page_say_week_flow", "page_say_week_ended", "page_say_rates", "page_say_reports", "page_say_week_checked",
        "page_say_relations",
    ),
    title="page_week",
    claims_title="page_claims_circular",
    keys=(
        "out_of_school_children", "out_of_school_rate[primary]", "out_of_school_rate[junior]", "opened_cases",
        "returned_students", "reports_in_time",
    ),
)  # fmt: skip
