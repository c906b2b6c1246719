"""The invented ledger of dropout cases (台账), teaching sent to the home, and enrolment that balances with it.

Cases are drawn in groups whose sizes are fixed (opened before or after the base date, ended before or after it, how),
so that stocks, flows and outcomes come out exactly; dates, places and people within a group are drawn at random.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from .apportionment import largest_remainder
from .published import AS_OF, BASE, COUNTIES, OPEN_AT_BASE, OPEN_AT_END, SCHOOL_AGE, SHARES
from .schools import Schools

Row = dict[str, object]
SPRING = date(2018, 3, 13)  # more than 7 days into the spring term
# Not published: outcomes by stage, those up to the base date and those after; rows add up to 1915, 823, 1208.
ENDED_BEFORE = {
    "primary": {"returned": 180, "home": 120, "remote": 40},
    "junior": {"returned": 840, "home": 320, "remote": 600},
}
ENDED_AFTER = {
    "primary": {"returned": 150, "home": 140, "remote": 50},
    "junior": {"returned": 745, "home": 243, "remote": 518},
}
NEW_AND_RETURNED = {"primary": 44, "junior": 155}  # opened after the base date and returned by the as-of date
SECOND_SPELLS = 40  # persons who returned and dropped out again
REASONS = {
    "returned": ("unwilling", "hardship", "illness", "work_away", "other"),
    "home": ("severe_disability", "severe_disability", "married"),
    "remote": ("work_away",),
    "open": ("work_away", "unwilling", "married", "hardship", "illness", "other"),
}
AGES = {"primary": (6, 14), "junior": (12, 17)}  # from, up to but not including
# rows that break a rule: placement that should be / is, and how many; outcome, reason, how many
MISPLACED = (("grade_1", "senior_primary", 3), ("senior_primary", "grade_1", 5), ("vocational_junior", "undecided", 4))
WRONG_REASONS = (("home", "unwilling", 6), ("remote", "hardship", 7))
CHANNELS = ("wechat", "qq", "fetion", "post")


@dataclass(frozen=True)
class Group:
    """So many cases of one stage, opened and ended in given spans of days (``ended`` None: still open)."""

    stage: str
    outcome: str
    count: int
    opened: tuple[date, date]
    ended: tuple[date, date] | None


def groups(stage: str) -> Iterator[Group]:
    """The groups of a stage; what is open at the base date and not ended later stays open."""
    after_base = BASE + timedelta(days=1)
    new = NEW_AND_RETURNED[stage]
    for outcome, count in ENDED_BEFORE[stage].items():
        yield Group(stage, outcome, count, (SPRING, date(2018, 8, 31)), (SPRING + timedelta(days=14), BASE))
    old_ended = {name: count - (new if name == "returned" else 0) for name, count in ENDED_AFTER[stage].items()}
    for outcome, count in old_ended.items():
        yield Group(stage, outcome, count, (SPRING, BASE), (after_base, AS_OF))
    yield Group(stage, "open", OPEN_AT_BASE[stage] - sum(old_ended.values()), (SPRING, BASE), None)
    yield Group(stage, "returned", new, (after_base, date(2018, 10, 18)), (after_base, AS_OF))
    opened = OPEN_AT_END[stage] - OPEN_AT_BASE[stage] + sum(ENDED_AFTER[stage].values())
    yield Group(stage, "open", opened - new, (after_base, AS_OF), None)


def make_cases(rng: np.random.Generator, schools: Schools, copy: int) -> list[Row]:
    """All cases of one copy of the city, ordered by county and date, with their ids."""
    township = {row["school_code"]: str(row["township_code"]) for row in schools.rows}
    cases = [
        _case(rng, group, county.code, schools.codes[county.code, group.stage], township)
        for stage in ("primary", "junior")
        for group in groups(stage)
        for county, count in zip(COUNTIES, largest_remainder(group.count, SHARES), strict=True)
        for _ in range(count)
    ]
    cases.sort(key=lambda case: (case["county_code"], case["opened_on"], case["school_code"], case["outcome"]))
    for number, case in enumerate(cases):
        case["person_id"] = _pseudonym(copy * len(cases) + number)
    _misplace(cases)
    _second_spells(cases)
    _number(cases, copy)
    return cases


def make_teaching(rng: np.random.Generator, cases: list[Row]) -> list[Row]:
    """One row for each case that ended in teaching at home or at a distance."""
    taught = [case for case in cases if case["outcome"] in ("home", "remote")]
    return [
        {
            "teaching_id": f"T{str(case['case_id'])[5:]}",
            **{name: case[name] for name in ("case_id", "person_id", "county_code", "stage")},
            "mode": case["outcome"],
            "channel": "visit" if case["outcome"] == "home" else CHANNELS[int(rng.integers(len(CHANNELS)))],
            "started_on": case["outcome_on"],
            # between 0.3 and 2 visits a week since it began, the first included
            "visits_count": 1 + (AS_OF - _day(case["outcome_on"])).days * int(rng.integers(3, 21)) // 70,
        }
        for case in taught
    ]


@dataclass(frozen=True)
class Counts:
    """The ledger as counted on the eight reporting dates, added up copy by copy.

    Attributes:
        open: cases open on a day, by day, county and stage.
        returned: cases ended by a day because the child is back, by day and county.
    """

    open: Counter[tuple[date, str, str]] = field(default_factory=Counter)
    returned: Counter[tuple[date, str]] = field(default_factory=Counter)

    def add(self, cases: list[Row]) -> None:
        """Count ``cases`` as well."""
        for case in cases:
            county, stage = str(case["county_code"]), str(case["stage"])
            ended = _day(case["outcome_on"]) if case["outcome_on"] else date.max
            for day in reporting_days():
                if _day(case["opened_on"]) > day:
                    continue
                if day < ended:
                    self.open[day, county, stage] += 1
                elif case["outcome"] == "returned":
                    self.returned[day, county] += 1


def reporting_days() -> list[date]:
    """The eight Thursdays from the base date."""
    return [BASE + timedelta(weeks=week) for week in range(8)]


def make_enrolment(counts: Counts, scale: int) -> list[Row]:
    """School-age children and enrolled pupils on the eight reporting dates; enrolled = school-age - open cases."""
    return [
        {
            "reported_on": day,
            "county_code": county.code,
            "stage": stage,
            "school_age_persons": children,
            "enrolled_persons": children - counts.open[day, county.code, stage],
        }
        for day in reporting_days()
        for stage, total in SCHOOL_AGE.items()
        for county, children in zip(COUNTIES, largest_remainder(total * scale, SHARES), strict=True)
    ]


def _case(rng: np.random.Generator, group: Group, county: str, schools: list[str], township: dict[object, str]) -> Row:
    school = schools[int(rng.integers(len(schools)))]
    opened = _between(rng, *group.opened)
    ended = None
    if group.ended:
        ended = _between(rng, max(group.ended[0], opened + timedelta(days=1)), group.ended[1])
    age = int(rng.integers(*AGES[group.stage]))
    reasons = REASONS[group.outcome]
    return {
        "case_id": "",
        "person_id": "",
        "county_code": county,
        "township_code": township[school],
        "village_code": f"{township[school]}{200 + int(rng.integers(1, 13))}",
        "school_code": school,
        "stage": group.stage,
        "age_years": age,
        "absent_from_on": opened - timedelta(days=int(rng.integers(8, 11))),
        "opened_on": opened,
        "reason": reasons[int(rng.integers(len(reasons)))],
        "outcome": group.outcome,
        "outcome_on": ended,
        "placement": placement(age) if group.outcome == "returned" else None,
    }


def placement(age: int) -> str:
    """Where a returned child of ``age`` is placed; ages without a rule wait for a decision."""
    bands = {"grade_1": (6, 8), "senior_primary": (10, 12), "vocational_junior": (13, 15)}
    return next((name for name, (low, high) in bands.items() if low <= age <= high), "undecided")


def _misplace(cases: list[Row]) -> None:
    """A known number of cases that break a placement rule (R03 to R05) or have the wrong reason (R22, R23)."""
    for right, wrong, count in MISPLACED:
        mine = [case for case in cases if case["placement"] == right]
        for case in mine[:: max(1, len(mine) // count)][:count]:
            case["placement"] = wrong
    for outcome, reason, count in WRONG_REASONS:
        mine = [case for case in cases if case["outcome"] == outcome]
        for case in mine[7 :: max(1, len(mine) // count)][:count]:
            case["reason"] = reason


def _second_spells(cases: list[Row]) -> None:
    """Make some newly opened cases the second spell of somebody who had returned to the same school before."""
    returned: dict[tuple[object, object], list[Row]] = {}
    for case in cases:
        if case["outcome"] == "returned" and _day(case["outcome_on"]) <= BASE:
            returned.setdefault((case["county_code"], case["stage"]), []).append(case)
    again = [case for case in cases if case["outcome"] == "open" and _day(case["absent_from_on"]) > BASE]
    for case in again[:: max(1, len(again) // SECOND_SPELLS)][:SECOND_SPELLS]:
        candidates = returned.get((case["county_code"], case["stage"]), [])
        if candidates:
            first = candidates.pop()
            for name in ("person_id", "school_code", "township_code", "village_code", "age_years"):
                case[name] = first[name]


def _number(cases: list[Row], copy: int) -> None:
    counts: dict[object, int] = {}
    for case in cases:
        county = case["county_code"]
        counts[county] = counts.get(county, 0) + 1
        case["case_id"] = f"2018-{county}-{copy:02d}{counts[county]:05d}"


def _pseudonym(number: int) -> str:
    # an odd factor permutes the 32-bit numbers: ids do not repeat and their order says nothing
    return f"P{(number * 2654435761 + 20181115) % 2**32:08x}"


def _between(rng: np.random.Generator, first: date, last: date) -> date:
    return first + timedelta(days=int(rng.integers((last - first).days + 1)))


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value
