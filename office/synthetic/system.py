"""The working system behind the ledger, invented: who is responsible, notices, rosters, reports, checks, cards.

Every table obeys its rule but for a known number of rows (``BREACHES``), so that each rule has something to find.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import numpy as np

from .ledger import Counts, reporting_days
from .published import AS_OF, COUNTIES
from .schools import Schools, townships

Row = dict[str, object]
OPENING = date(2018, 9, 1)
SEEN = date(2018, 9, 3)
# rule: how many rows break it in the shipped package
BREACHES = {
    "R01": 4, "R02": 6, "R07": 5, "R08": 3, "R09": 9, "R10": 7, "R11": 8, "R12": 5, "R13": 6, "R14": 4, "R15": 4,
    "R17": 3, "R18": 12, "R19": 10, "R20": 15, "R21": 6, "R24": 3, "R25": 9,
}  # fmt: skip
ROLES = ("county_head", "township_head", "village_head", "bureau_head", "school_head")
LINES = {"county_head": "government", "township_head": "government", "village_head": "government",
         "bureau_head": "education", "school_head": "education"}  # fmt: skip
# of the 88 reports, in the order of week and county
MISSING_REPORTS, LATE_REPORTS, WRONG_REPORTS = (29, 58), (47, 80), {15: -3, 51: 4, 84: 2}
SEVEN = ("has_bag", "has_books", "has_teacher", "has_plan", "has_marking", "has_tests", "has_file")
VILLAGES = 12  # villages of a township, as the ledger draws them
GROUPS = 4


def make_system(rng: np.random.Generator, schools: Schools, cases: list[Row], copy: int) -> dict[str, list[Row]]:
    """The small tables of the system, for one copy of the city."""
    compulsory = [row for row in schools.rows if row["stage"] in ("primary", "junior")]
    taught = [case for case in cases if case["outcome"] in ("home", "remote")]
    units = list(_units())
    return {
        "units": units if copy == 0 else [],
        "responsibility": _without(list(_officers(units)), "R01") if copy == 0 else [],
        "five_heads": _without([row for school in compulsory for row in _heads(school)], "R02"),
        "activities": _without([row for school in schools.rows for row in _activities(school)], "R07"),
        "catchment_counts": _without([_catchment(rng, school) for school in compulsory], "R08"),
        "roster_reports": _late_rosters([_roster(rng, school) for school in compulsory]),
        "attendance_spells": _spells(rng, cases, copy),
        "household_plans": _without([_plan(case) for case in cases if case["outcome"] == "open"], "R11"),
        "case_visits": _without([_visit(rng, case) for case in cases], "R13"),
        "refusals": (refusals := [_refusal(case) for case in cases if case["outcome"] == "open"][::40]),
        "legal_documents": _without([_document(row) for row in refusals if _due(row)], "R14"),
        "aid_filings": _without([_filing(school) for school in schools.rows], "R17"),
        "seven_have": _incomplete([_seven(case) for case in taught if case["outcome"] == "home"]),
        "certificates": _unpassed([_certificate(rng, case) for case in taught[::9]]),
        "clearances": _without([_cleared(case) for case in cases], "R25"),
    }


def make_weekly(counts: Counts) -> dict[str, list[Row]]:
    """What counties reported each week and the city's circulars, from the counts of all cases."""
    return {
        "weekly_reports": _faulty_reports(list(_weekly_reports(counts))),
        "circulars": [{"week_on": day, "issued_on": day + timedelta(days=1)} for day in reporting_days()],
    }


def _without(rows: list[Row], rule: str) -> list[Row]:
    """The rows but for as many, evenly spread, as break ``rule`` by their absence."""
    count = BREACHES[rule]
    gone = {(number + 1) * len(rows) // (count + 1) for number in range(count)}
    return [row for number, row in enumerate(rows) if number not in gone]


def _units() -> Iterator[Row]:
    """Townships, villages and groups with the unit above each."""
    for county in COUNTIES:
        for township in townships(county.code):
            yield {"level": "township", "unit_code": township, "parent_code": county.code}
            for village in range(201, 201 + VILLAGES):
                code = f"{township}{village}"
                yield {"level": "village", "unit_code": code, "parent_code": township}
                for group in range(1, GROUPS + 1):
                    yield {"level": "group", "unit_code": f"{code}{group:02d}", "parent_code": code}


def _officers(units: Iterable[Row]) -> Iterator[Row]:
    for number, unit in enumerate(units, start=1):
        yield {**unit, "officer_id": f"O{number:07d}", "from_on": date(2018, 3, 1), "to_on": None}


def _heads(school: Row) -> Iterator[Row]:
    for role in ROLES:
        officer = f"O{school['school_code']}{role[0]}"
        yield {**_school(school), "line": LINES[role], "role": role, "officer_id": officer}


def _school(school: Row) -> Row:
    return {name: school[name] for name in ("school_code", "county_code", "stage")}


def _activities(school: Row) -> Iterator[Row]:
    for month in (3, 9):
        yield {**_school(school), "month": month, "held_on": date(2018, month, 12)}


def _catchment(rng: np.random.Generator, school: Row) -> Row:
    expected = int(rng.integers(30, 180))
    registered = expected - int(rng.integers(0, 3))
    grade = 1 if school["stage"] == "primary" else 7
    return {**_school(school), "grade": grade, "expected_persons": expected, "registered_persons": registered}


def _roster(rng: np.random.Generator, school: Row) -> Row:
    days = [timedelta(days=int(rng.integers(1, 8))) for _ in range(2)]
    return {**_school(school), "term": "2018-autumn", "opening_on": OPENING,
            "to_township_on": OPENING + days[0], "to_county_on": OPENING + days[1]}  # fmt: skip


def _late_rosters(rows: list[Row]) -> list[Row]:
    for row in rows[10 :: len(rows) // BREACHES["R10"]][: BREACHES["R10"]]:
        row["to_county_on"] = OPENING + timedelta(days=8)
    return rows


def _spells(rng: np.random.Generator, cases: list[Row], copy: int) -> list[Row]:
    """One long absence for each case of the autumn, short ones that are no case, some of exactly 7 days, and a few
    long ones without a case."""
    found = [
        {**_place(case), "person_id": case["person_id"], "absent_from_on": case["absent_from_on"],
         "days_absent": (_day(case["opened_on"]) - _day(case["absent_from_on"])).days, "excused": False}
        for case in cases
    ]  # fmt: skip
    extra = [7] * 40 + [int(days) for days in rng.integers(1, 8, 1500)] + [8] * BREACHES["R12"]
    for number, days in enumerate(extra):
        case = cases[number * len(cases) // len(extra)]
        found.append({**_place(case), "person_id": f"Q{number:08x}", "absent_from_on": SEEN,
                      "days_absent": days, "excused": False})  # fmt: skip
    found += [
        {**row, "person_id": f"R{n:08x}", "days_absent": 12, "excused": True} for n, row in enumerate(found[:200])
    ]
    first = copy * len(found) + 1
    return [{"spell_id": f"S{number:07d}", **row} for number, row in enumerate(found, start=first)]


def _place(case: Row) -> Row:
    return {name: case[name] for name in ("school_code", "county_code", "stage")}


def _case(case: Row) -> Row:
    return {name: case[name] for name in ("case_id", "person_id", "county_code", "stage")}


def _plan(case: Row) -> Row:
    household = f"H{str(case['person_id'])[1:]}"
    return {**_case(case), "household_id": household, "planned_on": _day(case["opened_on"])}


def _visit(rng: np.random.Generator, case: Row) -> Row:
    group = f"{case['village_code']}{int(rng.integers(1, GROUPS + 1)):02d}"
    return {**_case(case), "group_code": group, "cadre_id": f"O{group}", "visited_on": _day(case["opened_on"])}


def _refusal(case: Row) -> Row:
    educated = _day(case["opened_on"])
    return {**_case(case), "educated_on": educated, "deadline_on": educated + timedelta(days=30)}


def _due(row: Row) -> bool:
    return _day(row["deadline_on"]) < AS_OF


def _document(row: Row) -> Row:
    issued = min(_day(row["deadline_on"]) + timedelta(days=3), AS_OF)
    case = {name: row[name] for name in ("case_id", "person_id", "county_code", "stage")}
    return {**case, "type": "notice_of_duty", "authority": "justice", "issued_on": issued}


def _weekly_reports(counts: Counts) -> Iterator[Row]:
    for day in reporting_days():
        for county in COUNTIES:
            out = sum(counts.open[day, county.code, stage] for stage in ("primary", "junior"))
            yield {"county_code": county.code, "week_on": day, "submitted_on": day,
                   "out_persons": out, "returned_persons": counts.returned[day, county.code]}  # fmt: skip


def _faulty_reports(rows: list[Row]) -> list[Row]:
    """The reports but for two; two that came a day late, three with a count that is not the ledger's."""
    for number in LATE_REPORTS:
        rows[number]["submitted_on"] = _day(rows[number]["week_on"]) + timedelta(days=1)
    for number, more in WRONG_REPORTS.items():
        rows[number]["out_persons"] = int(str(rows[number]["out_persons"])) + more
    return [row for number, row in enumerate(rows) if number not in MISSING_REPORTS]


def _filing(school: Row) -> Row:
    return {**_school(school), "term": "2018-spring", "filed_on": date(2018, 3, 20)}


def _seven(case: Row) -> Row:
    return {**_case(case), **dict.fromkeys(SEVEN, True), "checked_on": AS_OF}


def _incomplete(rows: list[Row]) -> list[Row]:
    for number, row in enumerate(rows[5 :: len(rows) // BREACHES["R21"]][: BREACHES["R21"]]):
        row[SEVEN[number % 7]] = False
    return rows


def _certificate(rng: np.random.Generator, case: Row) -> Row:
    return {**_case(case), "tested_on": date(2018, 10, 30), "score": int(rng.integers(60, 100)),
            "certified_on": date(2018, 11, 5)}  # fmt: skip


def _unpassed(rows: list[Row]) -> list[Row]:
    for row in rows[3 :: len(rows) // BREACHES["R24"]][: BREACHES["R24"]]:
        row["score"] = 41
    return rows


def _cleared(case: Row) -> Row:
    return {"case_id": case["case_id"], "county_code": case["county_code"], "stage": case["stage"],
            "cleared_on": date(2018, 11, 1)}  # fmt: skip


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value
