"""Who reported in time, who late, who not, and what they reported beside what the ledger holds."""

from __future__ import annotations

from typing import Any

import ibis

from zt_analysis.define import (
    Cell,
    Group,
    NoDataError,
    Part,
    Tables,
    Wanted,
    counted,
    day,
    key_of,
    not_received,
    number,
    values_by,
    word,
    words,
)

from ..papers import Circular
from .places import county_names

COLUMNS = ("county_code", "report_state", "report_on", "report_out", "report_out_ledger", "report_returned",
           "report_returned_ledger", "report_compared")  # fmt: skip
NAMES = {"out_persons": "out_of_school_children", "returned_persons": "returned_cases"}
NOTHING = words({"zh": "—", "en": "—"})
Ledger = tuple[int | None, int | None]
FIRST = ("report_missing", "report_late", "report_in_time")


def asks(circular: Circular) -> list[tuple[Wanted, Group]]:
    """What the ledger holds of each county's report."""
    return [(one, ("county_code",)) for one in _asked(circular).values()]


def county_reports(circular: Circular, tables: Tables) -> Part:
    """One row a county, missing and late ones first: state, day, counts reported and counts of the ledger."""
    reports = {row["county_code"]: row for row in _reports(circular, tables)}
    ledger = _ledger(circular, tables)
    names = county_names(tables)
    states = {code: _state(reports.get(code)) for code in names}
    by_county = {
        code: (words(names[code]), word(states[code]), *_compared(reports.get(code), ledger[code], circular))
        for code in sorted(names, key=lambda code: (FIRST.index(states[code]), code))
    }
    counts = {state: list(states.values()).count(state) for state in FIRST}
    unsettled = [states[code] != "report_in_time" or row[-1] == word("differs") for code, row in by_county.items()]
    return Part("reports", COLUMNS, tuple(by_county.values()), counts, to_do=sum(unsettled))


def refuse_no_data(circular: Circular, tables: Tables) -> None:
    """Refuse a week of which nothing has come: it would balance, 0 = 0, and say that nobody was out of school.

    Raises:
        NoDataError: there is neither a county's report for the day nor a case that began or ended in the week.
    """
    if _reports(circular, tables) or _moved(circular, tables):
        return
    last = max((row["week_on"] for row in tables.rows(tables["weekly_reports"])), default="none")
    raise NoDataError(
        f"{circular.case}: {_file(tables, 'weekly_reports')}, {_file(tables, 'dropout_cases')}",
        found=f"no data: no report for {circular.as_of} (the last is for {last}), no case since {circular.base_on}",
        expected="rows of the week", hint=f"add them, then zt seal {circular.package}",
    )  # fmt: skip


def _moved(circular: Circular, tables: Tables) -> bool:
    """Whether a case began or ended in the week."""
    cases, period = tables["dropout_cases"], circular.period
    dated = [
        (cases[name] > ibis.literal(period.base_on)) & (cases[name] <= ibis.literal(period.as_of))
        for name in ("opened_on", "outcome_on")
    ]
    return bool(tables.rows(cases.filter(dated[0] | dated[1]).aggregate(n=ibis._.count()))[0]["n"])


def _file(tables: Tables, name: str) -> str:
    return tables.package.tables[name].path.name if tables.package else name


def compared_numbers(circular: Circular, tables: Tables) -> int:
    """How many reported numbers can be compared with the ledger."""
    return 2 * len(_reports(circular, tables))


def _reports(circular: Circular, tables: Tables) -> list[dict[str, Any]]:
    return [row for row in tables.rows(tables["weekly_reports"]) if row["week_on"] == circular.period.as_of]


def _ledger(circular: Circular, tables: Tables) -> dict[str, Ledger]:
    """By county: children out of school, and cases that ever ended by return, on the day; None where none came."""
    values = values_by(_asked(circular), tables, ("county_code",))
    return {code: (counted(values["out"], code), counted(values["returned"], code)) for code in county_names(tables)}


def _asked(circular: Circular) -> dict[str, Wanted]:
    period = circular.period
    return {
        "out": Wanted("out_of_school_children", period),
        # a report counts returned cases, the bulletin returned children: someone may have returned twice
        "returned": Wanted("returned_cases", type(period)(period.as_of, period.as_of.replace(month=1, day=1))),
    }


def _state(report: dict[str, Any] | None) -> str:
    if report is None:
        return "report_missing"
    return "report_in_time" if report["submitted_on"] <= report["week_on"] else "report_late"


def _compared(report: dict[str, Any] | None, ledger: Ledger, circular: Circular) -> list[Cell]:
    out, returned = (
        not_received() if count is None else number(count, unit)
        for count, unit in zip(ledger, ("persons", "cases"), strict=True)
    )
    out["figure"] = key_of("out_of_school_children", circular.period)
    if report is None:
        return [NOTHING, NOTHING, out, NOTHING, returned, NOTHING]
    same = "agree" if (report["out_persons"], report["returned_persons"]) == ledger else "differs"
    return [
        day(report["submitted_on"]),
        number(report["out_persons"], "persons"),
        out,
        number(report["returned_persons"], "cases"),
        returned,
        word("incomplete" if None in ledger else same),
    ]
