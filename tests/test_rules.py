"""The 26 rules: each at its boundary on a few rows, and over the shipped package with its seeded breaches."""

import json
from dataclasses import replace
from datetime import date

import pytest
from commands import zt
from packages import ROOT
from shipped import OFFICE, RULES, shipped_tables

from zt_analysis import checks, params
from zt_analysis.bulletins import paper_of
from zt_analysis.checks.samples import first_rows, first_rows_later
from zt_analysis.errors import InputError
from zt_analysis.periods import period
from zt_analysis.rules import apply_rules, by_part, by_part_of_each
from zt_analysis.sources import in_memory
from zt_analysis.sources.guarding import ReadOnly

BREACHES = OFFICE.module("synthetic.system").BREACHES

READING = period("2018-11-08", "2018-09-20")
SEEDED = BREACHES | {"R03": 3, "R04": 5, "R05": 4, "R22": 6, "R23": 7, "R26": 0}


@pytest.fixture(scope="module")
def shipped():
    return shipped_tables(("table", "system"))


# what tells one child, household or visit from another, alone or with others
TELLING = {
    "case_id", "person_id", "student_id", "child_id", "household_id", "spell_id", "teaching_id", "inspection_id",
    "cadre_id", "village_code", "township_code", "group_code", "age_years", "grade", "reason", "category",
    "finer_category", "days_absent", "score",
}  # fmt: skip


@pytest.mark.thorough
def test_rows_of_a_rule_tell_no_child_unless_the_case_is_internal(shipped):
    told = {}
    for one in apply_rules(shipped, READING):
        rows = {allowed: first_rows(one.rows, shipped, allowed=allowed, most=3) for allowed in ("public", "internal")}
        # a village, a township, a school: rows that are about one have no child in them
        about_children = not {"unit_code", "name_zh", "officer_id", "opening_on"} & set(one.rows.columns)
        if about_children:
            assert TELLING.isdisjoint(rows["public"]["columns"]), one.rule.id
        told[one.rule.id] = rows
    assert told["R13"]["public"]["columns"] == [
        "county_code", "stage", "absent_from_on", "opened_on", "outcome", "outcome_on", "placement"
    ]  # fmt: skip
    assert told["R13"]["public"]["rows"][0][2][4:6] == "-W"
    assert "case_id" in told["R13"]["internal"]["columns"]


def test_deadlines_are_counted_by_week_unless_the_case_is_internal(shipped):
    circular = paper_of(params.load("2018-W45", ROOT))
    nearest = OFFICE.module("circular.deadlines").nearest_deadlines
    parts = {rows: nearest(replace(circular, rows=rows), shipped) for rows in ("none", "public", "internal")}
    assert len({(one.values["overdue"], one.values["coming"]) for one in parts.values()}) == 1
    assert parts["none"].rows == ()
    assert parts["internal"].rows[0][0]["code"].startswith("2018-53")
    assert all("day" not in cell for row in parts["public"].rows for cell in row)
    assert all(row[0]["code"][4:6] == "-W" for row in parts["public"].rows)
    counts = [int(row[3]["exact"]) for row in parts["public"].rows]
    assert sum(counts) == parts["public"].values["shown"] > 0


@pytest.mark.slow
def test_every_seeded_breach_is_found_and_no_other(shipped):
    found = {one.rule.id: one for one in apply_rules(shipped, READING)}
    assert list(found) == [f"R{number:02d}" for number in range(1, 27)]
    assert {name: one.breaking for name, one in found.items() if name not in ("R06", "R16")} == SEEDED
    assert all(one.checked > 0 for one in found.values())
    assert found["R06"].status == "needs_decision"
    assert found["R16"].status == "informative"


def test_open_townships_are_those_of_the_ledger(shipped):
    (found,) = apply_rules(shipped, READING, ids=["R16"])
    cases = shipped.rows(shipped["dropout_cases"])
    still = {case["township_code"] for case in cases if not case["outcome_on"] or case["outcome_on"] > READING.as_of}
    assert found.breaking == len(still)


def test_counties_add_up(shipped):
    for one in apply_rules(shipped, READING, ids=["R10", "R12", "R20"]):
        assert sum(by_part(one, shipped, "county_code")["breaking"]) == one.breaking


def test_a_shorter_limit_finds_more(shipped):
    counts = [
        apply_rules(shipped, replace(READING, absence_days=days), ids=["R12"])[0].breaking for days in (8, 7, 6, 5)
    ]
    assert counts[0] == 0
    assert counts[1] == 5
    assert counts[2] >= 45  # with more than 6 days, the forty absences of exactly 7 are cases too
    assert counts == sorted(counts)


def test_school_days_find_fewer(shipped):
    by_days = {
        days: apply_rules(shipped, replace(READING, days=days), ids=["R12"])[0] for days in ("calendar", "school")
    }
    assert by_days["calendar"].breaking == 5  # 3 September and 8 days: 6 school days
    assert by_days["school"].breaking == 0


def test_a_rule_sees_nothing_of_what_comes_after_its_day(shipped):
    early = {one.rule.id: one for one in apply_rules(shipped, READING.at(date(2018, 9, 20)))}
    late = {one.rule.id: one for one in apply_rules(shipped, READING)}
    for name in ("R03", "R05", "R13", "R22", "R23"):
        assert 0 < early[name].checked < late[name].checked
    assert early["R15"].checked == 11


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "said"),
    [(["--rule", "R12"], "person_id"), pytest.param([], "case_id", marks=pytest.mark.thorough)],
    ids=["one", "all"],
)
@pytest.mark.parametrize("by", ["contry", "week", ""])
def test_a_dimension_that_no_row_has_is_refused(by, words, said):
    done = zt("rules", "2018-W45", *words, "--by", by, cwd=ROOT)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"rules by {by!r}" in done.stderr
    assert said in done.stderr
    assert by != "contry" or "did you mean 'county'" in done.stderr


def test_a_limit_beyond_the_calendar_is_refused():
    done = zt("rules", "2018-W45", "--rule", "R12", "--absence-days", "800000", cwd=ROOT)
    assert (done.returncode, done.stdout) == (2, "")
    assert "rule 'R12'; found date value out of range, with absence_days = 800000" in done.stderr


def test_unknown_rule():
    with pytest.raises(InputError, match="rule 'R99'; found no such rule"):
        apply_rules(in_memory(t=[{"a": 1}]), READING, ids=["R99"])


@pytest.mark.parametrize("name", RULES)
def test_rule_is_described(name):
    assert RULES[name].meaning
    assert RULES[name].severity in ("hard", "soft", "decision", "info")
    assert all(RULES[name].title.values())


def school(code, stage="primary"):
    return {"school_code": code, "county_code": "1", "stage": stage}


def case(name, **more):
    base = {
        "case_id": name, "person_id": name, "county_code": "1", "stage": "junior", "township_code": "11",
        "absent_from_on": "2018-09-01", "opened_on": "2018-09-10", "outcome": "open", "outcome_on": None,
        "age_years": 14, "placement": None, "reason": "work_away",
    }  # fmt: skip
    return base | more


def returned(name, age, placement):
    return case(name, outcome="returned", outcome_on="2018-10-01", age_years=age, placement=placement)


ENDED = case("ended", outcome="returned", outcome_on="2018-11-08")
ROSTER = {"county_code": "1", "opening_on": "2018-09-01", "to_township_on": "2018-09-08"}
SEVEN = dict.fromkeys(("has_bag", "has_books", "has_teacher", "has_plan", "has_marking", "has_tests"), True)
NOTICE = {"has_county_seal": True, "has_township_seal": True, "received": True, "sent_on": "2018-08-31"}
# rule, tables on both sides of its boundary, the column that names a row, the rows that break it
BOUNDARIES = [
    ("R01", {
        "units": [{"level": "group", "unit_code": c, "parent_code": "p"} for c in ("one", "none", "two", "past")],
        "responsibility": [
            {"unit_code": c, "from_on": "2018-01-01", "to_on": t}
            for c, t in (("one", "2018-11-09"), ("two", None), ("two", None), ("past", "2018-11-08"))
        ],
    }, "unit_code", ["none", "past", "two"]),
    ("R02", {
        "schools": [school("five"), school("four"), school("none"), school("other", "senior")],
        "five_heads": [{"school_code": c, "role": r} for c, n in (("five", 5), ("four", 4)) for r in "abcde"[:n]],
    }, "school_code", ["four", "none"]),
    ("R03", {"dropout_cases": [returned("6", 6, "grade_1"), returned("8", 8, "undecided"), returned("9", 9, "undecided")]},
     "case_id", ["8"]),
    ("R04", {"dropout_cases": [returned("9", 9, "grade_1"), returned("10", 10, "grade_1"), returned("12", 12, "senior_primary")]},
     "case_id", ["10"]),
    ("R05", {"dropout_cases": [returned("12", 12, None), returned("13", 13, None), returned("15", 15, "vocational_junior")]},
     "case_id", ["13"]),
    ("R06", {"dropout_cases": [returned(str(age), age, None) for age in (5, 6, 8, 9, 10, 12, 13, 15, 16)]},
     "case_id", ["16", "5", "9"]),
    ("R07", {
        "schools": [school("both"), school("one"), school("wrong")],
        "activities": [{"school_code": c, "month": m} for c, m in (("both", 3), ("both", 9), ("one", 3), ("wrong", 4), ("wrong", 9))],
    }, "school_code", ["one", "wrong"]),
    ("R08", {
        "schools": [school("p1"), school("p7"), school("j7", "junior"), school("none", "junior")],
        "catchment_counts": [
            {"school_code": c, "stage": s, "grade": g}
            for c, s, g in (("p1", "primary", 1), ("p7", "primary", 7), ("j7", "junior", 7))
        ],
    }, "school_code", ["none", "p7"]),
    ("R09", {"admission_notices": [
        NOTICE | {"child_id": "good"}, NOTICE | {"child_id": "late", "sent_on": "2018-09-01"},
        NOTICE | {"child_id": "unsealed", "has_township_seal": False}, NOTICE | {"child_id": "lost", "received": False},
    ]}, "child_id", ["late", "lost", "unsealed"]),
    ("R10", {"roster_reports": [
        ROSTER | {"school_code": "seventh", "to_county_on": "2018-09-08"},
        ROSTER | {"school_code": "eighth", "to_county_on": "2018-09-09"},
    ]}, "school_code", ["eighth"]),
    ("R11", {
        "dropout_cases": [case("one"), case("none"), case("two"), ENDED],
        "household_plans": [{"case_id": c} for c in ("one", "two", "two")],
    }, "case_id", ["none", "two"]),
    ("R12", {
        "attendance_spells": [
            {"spell_id": s, "person_id": p, "absent_from_on": "2018-09-01", "days_absent": d, "excused": e}
            for s, p, d, e in (("case", "ann", 8, False), ("seven", "bob", 7, False), ("eight", "cai", 8, False), ("leave", "dan", 20, True))
        ],
        "dropout_cases": [case("ann")],
    }, "spell_id", ["eight"]),
    ("R13", {"dropout_cases": [case("seen"), case("not")], "case_visits": [{"case_id": "seen"}]}, "case_id", ["not"]),
    ("R14", {
        "refusals": [{"case_id": c, "deadline_on": d} for c, d in (
            ("served", "2018-11-01"), ("unserved", "2018-11-07"), ("today", "2018-11-08"), ("ended", "2018-11-01"))],
        "dropout_cases": [case("served"), case("unserved"), case("today"), ENDED],
        "legal_documents": [{"case_id": "served"}],
    }, "case_id", ["unserved"]),
    ("R15", {
        "circulars": [{"week_on": "2018-11-08"}, {"week_on": "2018-11-15"}],
        "counties": [{"county_code": c} for c in ("in time", "late", "silent")],
        "weekly_reports": [
            {"county_code": c, "week_on": "2018-11-08", "submitted_on": s}
            for c, s in (("in time", "2018-11-08"), ("late", "2018-11-09"))
        ],
    }, "county_code", ["late", "silent"]),
    ("R16", {
        "units": [{"level": "township", "unit_code": c, "parent_code": "1"} for c in ("11", "12")],
        "dropout_cases": [case("a"), ENDED | {"township_code": "12"}],
    }, "unit_code", ["11"]),
    ("R17", {"schools": [school("filed"), school("not")], "aid_filings": [{"school_code": "filed"}]}, "school_code", ["not"]),
    ("R18", {"aid_categories": [{"student_id": 1}, {"student_id": 2}], "aid_payments": [{"student_id": 1}]}, "student_id", [2]),
    ("R19", {
        "counties": [{"county_code": "free", "has_free_education_14_years": True},
                     {"county_code": "other", "has_free_education_14_years": False}],
        "fees": [{"student_id": n, "county_code": c, "amount_fen": a} for n, c, a in ((1, "free", 0), (2, "free", 1), (3, "other", 1))],
    }, "student_id", [2]),
    ("R20", {
        "aid_payments": [{"student_id": n, "county_code": "1", "stage": "primary"} for n in (1, 1, 2, 3)],
        "aid_cards": [{"student_id": 1, "posted": True}, {"student_id": 2, "posted": False}],
    }, "student_id", [2, 3]),
    ("R21", {"seven_have": [SEVEN | {"case_id": "all", "has_file": True}, SEVEN | {"case_id": "six", "has_file": False}]},
     "case_id", ["six"]),
    ("R22", {
        "teaching": [{"case_id": c, "mode": m, "started_on": "2018-10-01"} for c, m in (("ill", "home"), ("idle", "home"), ("away", "remote"))],
        "dropout_cases": [case("ill", reason="married"), case("idle", reason="unwilling"), case("away")],
    }, "case_id", ["idle"]),
    ("R23", {
        "teaching": [{"case_id": c, "mode": m, "started_on": "2018-10-01"} for c, m in (("away", "remote"), ("ill", "remote"), ("wed", "home"))],
        "dropout_cases": [case("away"), case("ill", reason="illness"), case("wed", reason="married")],
    }, "case_id", ["ill"]),
    ("R24", {"certificates": [
        {"case_id": c, "score": s, "certified_on": d}
        for c, s, d in (("pass", 60, "2018-11-01"), ("fail", 59, "2018-11-01"), ("none", 10, None))
    ]}, "case_id", ["fail"]),
    ("R25", {"dropout_cases": [case("clear"), case("not")], "clearances": [{"case_id": "clear"}]}, "case_id", ["not"]),
    ("R26", {
        "counties": [{"county_code": c} for c in ("seen", "later", "never")],
        "household_inspections": [
            {"county_code": c, "inspected_on": d} for c, d in (("seen", "2018-11-08"), ("later", "2018-11-09"))
        ],
    }, "county_code", ["later", "never"]),
]  # fmt: skip


@pytest.mark.part(3)
@pytest.mark.parametrize(("name", "tables", "column", "breaking"), BOUNDARIES, ids=[one[0] for one in BOUNDARIES])
def test_rule_at_its_boundary(name, tables, column, breaking):
    opened = in_memory(**tables)
    (found,) = apply_rules(opened, READING, ids=[name])
    assert sorted(row[column] for row in opened.rows(found.rows)) == breaking
    assert found.breaking == len(breaking)


def test_every_rule_has_a_boundary_test():
    assert [one[0] for one in BOUNDARIES] == list(RULES)


def unasked(tables):
    """The same rows, of which nothing has been asked."""
    return replace(tables, reader=replace(tables.reader, memory=None), _kept={})


def alone(tables):
    """The same, of which no two things are asked together."""
    found = unasked(tables)
    object.__setattr__(found, "later", lambda *_, **__: None)
    return found


@pytest.fixture
def statements(monkeypatch):
    """The statements that reached DuckDB, of those whose answers are plain values."""
    asked, rows = [], ReadOnly.rows
    monkeypatch.setattr(ReadOnly, "rows", lambda self, query: asked.append(query) or rows(self, query))
    return asked


@pytest.mark.thorough
def test_each_rule_asked_alone_says_what_all_say_together(shipped, statements):
    """Its verdict, its counts by county, its rows: each asked by a statement of its own, and by shared ones."""
    shipped = unasked(shipped)
    together = apply_rules(shipped, READING)
    parts = by_part_of_each(together, shipped, "county_code")
    first_rows_later([one.rows for one in together], shipped, allowed="internal")
    rows = [first_rows(one.rows, shipped, allowed="internal") for one in together]
    by_all, failed = len(statements), 0
    for one, part, shown in zip(together, parts, rows, strict=True):
        by_itself = alone(shipped)
        (single,) = apply_rules(by_itself, READING, ids=[one.rule.id])
        assert (single.rule, single.checked, single.breaking, single.status) == (
            one.rule, one.checked, one.breaking, one.status
        )  # fmt: skip
        assert by_part(single, by_itself, "county_code").equals(part), one.rule.id
        assert first_rows(single.rows, by_itself, allowed="internal") == shown, one.rule.id
        failed += one.breaking > 0
    assert len(together) == 26
    assert failed > 10
    assert by_all * 5 < len(statements) - by_all


@pytest.mark.thorough
@pytest.mark.parametrize("case", ["2018-11", "2018-W45"])
def test_a_case_whose_questions_are_asked_alone_has_the_same_ledger(case, shipped, statements):
    """Figures, verdicts, relations with their rows, and the circular's rules: byte for byte."""
    paper, found, asked = paper_of(params.load(case, ROOT)), [], []
    for tables in (unasked(shipped), alone(shipped)):
        before = len(statements)
        found.append(json.dumps(checks.review(paper, tables).ledger, ensure_ascii=False))
        asked.append(len(statements) - before)
    assert found[0] == found[1]
    assert asked[0] < asked[1]
