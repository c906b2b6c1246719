"""Cases nearest their deadline: guardians who refused, and the day by which the child has to be in school.

Case by case where the case's ``rows`` is ``internal``; counted by county, stage and week where it is ``public``.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import ibis
from ibis import _

from zt_analysis.define import Cell, Part, Tables, code, day, labels, number, word, words

from ..papers import Circular
from .places import county_names

SHOWN = 15
BY_CASE = ("part_case", "county_code", "stage", "part_educated_on", "part_deadline_on", "part_days_left", "part_state")
BY_WEEK = ("part_deadline_week", "county_code", "stage", "part_cases", "part_state")


def nearest_deadlines(circular: Circular, tables: Tables) -> Part:
    """Open cases whose deadline has not passed, nearest first, after those that passed without a legal document."""
    as_of = circular.period.as_of
    found = _open_refusals(circular, tables)
    overdue = [row for row in found if row["deadline_on"] < as_of and not row["served"]]
    coming = [row for row in found if row["deadline_on"] >= as_of]
    names = county_names(tables)
    counts = {"overdue": len(overdue), "coming": len(coming)}
    if circular.rows == "internal":
        nearest = (overdue + coming)[:SHOWN]
        rows = tuple(_row(row, names, as_of) for row in nearest)
        return Part("deadlines", BY_CASE, rows, counts | {"shown": len(rows)}, to_do=counts["overdue"])
    groups = Counter(_group(row, as_of) for row in overdue + coming) if circular.rows == "public" else Counter()
    # as they came: overdue ones first, then the nearest
    weeks = list(groups.items())[:SHOWN]
    rows = tuple(_week(*group, count, names) for group, count in weeks)
    shown = counts | {"shown": sum(count for _, count in weeks)}
    return Part("deadlines", BY_WEEK, rows, shown, to_do=counts["overdue"])


def _open_refusals(circular: Circular, tables: Tables) -> list[dict[str, Any]]:
    on = ibis.literal(circular.period.as_of)
    cases = tables["dropout_cases"].filter((_["opened_on"] <= on) & (_["outcome_on"].isnull() | (_["outcome_on"] > on)))
    told = tables["refusals"].filter(_["educated_on"] <= on).semi_join(cases, "case_id")
    documents = tables["legal_documents"].filter(_["issued_on"] <= on).select(document_of="case_id").distinct()
    joined = told.left_join(documents, told["case_id"] == documents["document_of"])
    wanted = joined.select(
        "case_id", "county_code", "stage", "educated_on", "deadline_on", served=_["document_of"].notnull()
    )
    return tables.rows(wanted.order_by("deadline_on", "county_code", "case_id"))


def _group(row: dict[str, Any], as_of: date) -> tuple[str, str, str, str]:
    year, week, _ = row["deadline_on"].isocalendar()
    return f"{year}-W{week:02}", row["county_code"], row["stage"], _state(row, as_of)


def _week(
    week: str, county: str, stage: str, state: str, count: int, names: dict[str, dict[str, str]]
) -> tuple[Cell, ...]:
    return code(week), words(names[county]), words(labels(stage)), number(count, "cases"), word(state)


def _row(row: dict[str, Any], names: dict[str, dict[str, str]], as_of: date) -> tuple[Cell, ...]:
    left = (row["deadline_on"] - as_of).days
    return (
        code(row["case_id"]), words(names[row["county_code"]]), words(labels(row["stage"])), day(row["educated_on"]),
        day(row["deadline_on"]), number(left, "calendar_days"), word(_state(row, as_of)),
    )  # fmt: skip


def _state(row: dict[str, Any], as_of: date) -> str:
    left = (row["deadline_on"] - as_of).days
    return "deadline_overdue" if left < 0 else ("deadline_soon" if left <= 7 else "deadline_later")
