"""Cases nearest their deadline: guardians who refused, and the day by which the child has to be in school."""

from __future__ import annotations

from datetime import date
from typing import Any

import ibis
from ibis import _

from zt_analysis.define import Cell, Part, Tables, code, day, labels, number, word, words

from ..papers import Circular
from .places import county_names

SHOWN = 15
COLUMNS = ("part_case", "county_code", "stage", "part_educated_on", "part_deadline_on", "part_days_left", "part_state")


def nearest_deadlines(circular: Circular, tables: Tables) -> Part:
    """Open cases whose deadline has not passed, nearest first, after those that passed without a legal document."""
    as_of = circular.period.as_of
    found = _open_refusals(circular, tables)
    overdue = [row for row in found if row["deadline_on"] < as_of and not row["served"]]
    coming = [row for row in found if row["deadline_on"] >= as_of]
    names = county_names(tables)
    rows = tuple(_row(row, names, as_of) for row in (overdue + coming)[:SHOWN])
    return Part("deadlines", COLUMNS, rows, {"overdue": len(overdue), "coming": len(coming), "shown": len(rows)})


def _open_refusals(circular: Circular, tables: Tables) -> list[dict[str, Any]]:
    on = ibis.literal(circular.period.as_of)
    cases = tables["dropout_cases"].filter((_["opened_on"] <= on) & (_["outcome_on"].isnull() | (_["outcome_on"] > on)))
    told = tables["refusals"].filter(_["educated_on"] <= on).semi_join(cases, "case_id")
    documents = tables["legal_documents"].filter(_["issued_on"] <= on).select(document_of="case_id").distinct()
    joined = told.left_join(documents, told["case_id"] == documents["document_of"])
    wanted = joined.select(
        "case_id", "county_code", "stage", "educated_on", "deadline_on", served=_["document_of"].notnull()
    )
    return tables.rows(wanted.order_by("deadline_on", "case_id"))


def _row(row: dict[str, Any], names: dict[str, dict[str, str]], as_of: date) -> tuple[Cell, ...]:
    left = (row["deadline_on"] - as_of).days
    state = "deadline_overdue" if left < 0 else ("deadline_soon" if left <= 7 else "deadline_later")
    return (
        code(row["case_id"]), words(names[row["county_code"]]), words(labels(row["stage"])), day(row["educated_on"]),
        day(row["deadline_on"]), number(left, "calendar_days"), word(state),
    )  # fmt: skip
