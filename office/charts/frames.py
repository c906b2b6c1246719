"""Data frames for the charts of a bulletin, each from indicators broken down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import wraps
from typing import Any

import pandas as pd

from zt_analysis.define import (
    UNITS,
    Exact,
    Paper,
    Tables,
    Wanted,
    bound,
    by_group,
    compute,
    counted,
    label,
    ratio,
    round_half_up,
    wrong_argument,
)

from ..indicators.attendance import COMPULSORY
from ..papers import Issue

Make = Callable[..., pd.DataFrame]


def _checked(make: Make) -> Make:
    """Name an argument that is no paper or no tables."""

    @wraps(make)
    def call(paper: Paper, tables: Tables, **named: Any) -> pd.DataFrame:
        if not isinstance(paper, Paper):
            raise wrong_argument("paper", paper, "a zt.Issue or zt.Circular", "see the shipped notebooks")
        if not isinstance(tables, Tables):
            raise wrong_argument("tables", tables, "tables that were opened", "open them with zt.open_package(...)")
        if not isinstance(named.get("weeks", 1), int | None):
            raise wrong_argument("weeks", named["weeks"], "a whole number of weeks", "such as weeks=8")
        return make(paper, tables, **named)

    return call


# the relations that hold the rates against the norm
NORMS = {"primary": "C13a", "junior": "C13b"}
AID_STAGES = ("preschool", "compulsory", "senior", "vocational")


@_checked
def rates(issue: Issue, tables: Tables) -> pd.DataFrame:
    """Out-of-school rate by stage: ``stage``, ``base_pct``, ``as_of_pct``, ``target_pct`` (Decimal, %)."""
    now, base = issue.period, issue.period.at(issue.period.base_on)
    rows = []
    for stage in COMPULSORY:
        pair = [Wanted("out_of_school_rate", seen_from, (("stage", stage),)) for seen_from in (base, now)]
        values = [figure.exact for figure in compute(pair, tables).values()]
        shown = [_displayed(value, "ratio") for value in (*values, bound(NORMS[stage]))]
        rows.append([label(stage, issue.language), *shown])
    return pd.DataFrame(rows, columns=["stage", "base_pct", "as_of_pct", "target_pct"])


@_checked
def outcomes_by_county(issue: Issue, tables: Tables) -> pd.DataFrame:
    """Students returned, taught at home and at a distance by county: ``county``, ``returned``, ``home``, ``remote``.

    A county of which nothing was received has None.
    """
    names = {
        "returned": "returned_students",
        "home": "home_taught_students",
        "remote": "remote_taught_students",
    }
    frame = _counties(issue, tables)
    split = by_group([Wanted(indicator, issue.period) for indicator in names.values()], tables, by=("county_code",))
    for column, exact in zip(names, split, strict=True):
        frame[column] = pd.Series([counted(exact, code) for code in frame["county_code"]], dtype="object")
    return frame.drop(columns="county_code")


@_checked
def aid_by_stage(issue: Issue, tables: Tables) -> pd.DataFrame:
    """Aid by the four stages: ``stage``, ``students``, ``registered_poor_students``, ``amount_10k_yuan`` (Decimal)."""
    names = ("aided_students", "registered_poor_aided_students", "aid_paid")
    found = by_group([Wanted(name, issue.period) for name in names], tables, by=("stage",))
    rows = [
        [label(stage, issue.language), *(_sum(counted(values, code) for code in _codes(stage)) for values in found)]
        for stage in AID_STAGES
    ]
    frame = pd.DataFrame(rows, columns=["stage", "students", "registered_poor_students", "amount_10k_yuan"])
    frame["amount_10k_yuan"] = [_displayed(value, "fen") for value in frame["amount_10k_yuan"]]
    return frame


@_checked
def allocation_and_spending(issue: Issue, tables: Tables) -> pd.DataFrame:
    """Funds allocated beside what was spent: ``item``, ``amount_10k_yuan`` (Decimal)."""
    names = ("funds_allocated", "aid_paid", "nutrition_spending")
    figures = compute([Wanted(name, issue.period) for name in names], tables).values()
    rows = [
        [label(name, issue.language), _displayed(figure.exact, "fen")]
        for name, figure in zip(names, figures, strict=True)
    ]
    return pd.DataFrame(rows, columns=["item", "amount_10k_yuan"])


@_checked
def weekly_cases(paper: Paper, tables: Tables, *, weeks: int | None = None) -> pd.DataFrame:
    """Open cases at each reporting date and the week's flow: ``reported_on``, ``open_cases``, ``opened``, ``closed``.

    The first date is the base date, or ``weeks`` before the as-of date: its flow lies before and is left empty (0).
    """
    names = ("out_of_school_children", "opened_cases", "ended_cases")
    period = paper.period
    if weeks is not None:
        period = replace(period, base_on=period.as_of - timedelta(weeks=weeks))
    found = by_group([Wanted(name, period) for name in names], tables, by=("week",))
    rows = [[week, *(counted(values, week) for values in found)] for (week,) in found[0]]
    return pd.DataFrame(rows, columns=["reported_on", "open_cases", "opened", "closed"])


def _counties(issue: Issue, tables: Tables) -> pd.DataFrame:
    rows = sorted(tables.rows(tables["counties"]), key=lambda row: row["county_code"])
    names = [[row["county_code"], row[f"name_{issue.language}"]] for row in rows]
    return pd.DataFrame(names, columns=["county_code", "county"])


def _sum(counts: Iterable[int | None]) -> int | None:
    """Several parts together; None where nothing was received of one."""
    known = list(counts)
    return None if None in known else sum(count for count in known if count is not None)


def _codes(stage: str) -> tuple[str, ...]:
    return COMPULSORY if stage == "compulsory" else (stage,)


def _displayed(value: Exact, unit: str) -> Decimal | None:
    kind = UNITS[unit]
    shown = ratio(value, kind.per_display)
    return None if shown is None else round_half_up(shown, kind.decimals)
