"""Claims, verdicts, relations and explanations: each at its boundary, on a table of a few rows."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from packages import add_office
from shipped import OFFICE

from zt_analysis.bulletins import Claim, read_claims
from zt_analysis.checks.explanations import Explanation, check_known, read_explanations
from zt_analysis.checks.relation import Book, Finding, Relation, at_most, below, equal, near, no_rows
from zt_analysis.checks.relations import evaluate
from zt_analysis.checks.verdicts import compare, explain, judge
from zt_analysis.errors import SourceError
from zt_analysis.figures import Figure
from zt_analysis.indicators import example
from zt_analysis.periods import period
from zt_analysis.sources import in_memory

recorded = OFFICE.module("relations.recorded")
case_dates_in_order, no_overlapping_spells = recorded.case_dates_in_order, recorded.no_overlapping_spells
one_status_per_student, payments_match_standard = recorded.one_status_per_student, recorded.payments_match_standard
taught_as_recorded = recorded.taught_as_recorded
PERIOD = period("2018-11-08", "2018-09-20")


def claim(**changes):
    good = {
        "id": "F06", "surface": "1915人", "value": "1915", "unit": "人", "qualifier": "exact", "kind": "count",
        "cls": "statistic", "headline": True, "paragraph": "6", "section": "lead", "indicator": "returned_students",
        "at": "as_of", "scope": (), "parameter": "", "reason": "", "label": {"zh": "x", "en": "x"},
    }  # fmt: skip
    return Claim(**(good | changes))


def figure(exact, unit="persons"):
    return Figure("returned_students", "2018-11-08", unit, exact)


@pytest.mark.parametrize(
    ("changes", "exact", "unit", "word", "difference"),
    [
        ({}, 1915, "persons", "agree", "0"),
        ({}, 1914, "persons", "differs", "-1"),
        ({"value": "0.06", "unit": "%"}, Fraction(55, 100000), "ratio", "agree_rounded", "-0.005"),
        ({"value": "0.06", "unit": "%"}, Fraction(65, 100000), "ratio", "differs", "0.005"),
        ({"value": "0.06", "unit": "%"}, Fraction(6, 10000), "ratio", "agree", "0"),
        ({"value": "300", "unit": "户", "qualifier": "many"}, 336, "households", "within_bound", "36"),
        ({"value": "300", "unit": "户", "qualifier": "many"}, 300, "households", "differs", "0"),
        ({"value": "133715.32", "unit": "万元"}, 133715_324999, "fen", "agree_rounded", "0.004999"),
        ({"value": "133715.32", "unit": "万元"}, 133715_325000, "fen", "differs", "0.005"),
    ],
)
def test_verdict_by_display_interval(changes, exact, unit, word, difference):
    assert compare(claim(**changes), figure(exact, unit)) == (word, difference)


def test_verdicts_without_a_value():
    assert judge(claim(), {}, PERIOD, {}).word == "no_source"
    empty = figure(None)
    assert judge(claim(), {empty.key: empty}, PERIOD, {}).word == "not_derivable"
    assert judge(claim(), {empty.key: empty}, PERIOD, {}).fails


def test_metadata_is_held_against_its_parameter():
    dated = claim(cls="metadata", parameter="as_of", value="2018-11-08", indicator="")
    assert judge(dated, {}, PERIOD, {"as_of": "2018-11-08"}).word == "agree"
    differs = judge(dated, {}, PERIOD, {"as_of": "2018-11-01"})
    assert (differs.word, differs.difference) == ("differs", "2018-11-01 ≠ 2018-11-08")
    with pytest.raises(SourceError, match="column 'parameter'"):
        judge(claim(cls="metadata", parameter="as_off"), {}, PERIOD, {"as_of": ""})


@pytest.mark.parametrize(
    ("exact", "expires_on", "word"),
    [
        (1914, date(2018, 11, 15), "explained"),
        (1914, date(2018, 11, 14), "stale"),
        (1915, date(2018, 12, 31), "stale"),
    ],
)
def test_accepted_difference_of_a_claim(exact, expires_on, word):
    found = figure(exact)
    judged = judge(claim(), {found.key: found}, PERIOD, {})
    explained = explain(judged, Explanation("F06", {"zh": "因", "en": "because"}, expires_on), date(2018, 11, 15))
    assert (explained.word, explained.fails) == (word, word == "stale")
    assert explained.difference == str(exact - 1915)
    assert explain(judged, None, date(2018, 11, 15)) is judged


def test_narrative_is_excused_with_a_reason():
    found = judge(claim(cls="narrative", reason="reason_privacy"), {}, PERIOD, {})
    assert found.word == "explained"
    assert "privacy" in found.reason["en"]


HEADER = (
    "claim_id,surface,value,unit,qualifier,kind,class,headline,paragraph,section,indicator,at,scope,parameter,reason,"
    "label_zh,label_en\n"
)
GOOD = "F06,1915人,1915,人,exact,count,statistic,yes,6,lead,returned_students,as_of,,,,a,b\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEADER, "found no rows"),
        (HEADER + GOOD + GOOD, "claim F06; found the id twice"),
        (HEADER + GOOD.replace("人,exact", "人次,exact"), r"row 1 \(line 2\): printed unit; found '人次'"),
        (
            HEADER + GOOD.replace("人,exact", "万元,exact"),
            r"row 1 \(line 2\), column 'unit'; found '万元' \(counts fen\)",
        ),
        (HEADER + GOOD.replace(",1915,", ",many,"), r"column 'value'; found 'many'; expected a number"),
        (HEADER + GOOD.replace("returned_students", "returnees"), "indicator 'returnees'; found no such indicator"),
        (HEADER + GOOD.replace("statistic", "statistics"), "column 'class'; found 'statistics'"),
        (HEADER + GOOD.replace("exact", "roughly"), "column 'qualifier'; found 'roughly'"),
        (HEADER + GOOD.replace("as_of", "today"), "column 'at'; found 'today'"),
        (HEADER + GOOD.replace("as_of", "term"), "column 'at'; found 'term'; expected as_of, base"),
        (HEADER + GOOD.replace("as_of,,", "as_of,primary,"), r"row 1 \(line 2\), column 'scope'; found 'primary'"),
        (HEADER + GOOD.replace("statistic", "policy"), "found neither parameter nor reason"),
        (HEADER + GOOD.replace(",b\n", "\n"), "too many or too few cells"),
        ("claim_id,surface\n1,2\n", "columns; found claim_id, surface"),
    ],
)
def test_bad_claims_are_named(tmp_path, monkeypatch, text, message):
    (tmp_path / "params").mkdir()
    add_office(tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "claims.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        read_claims("claims.csv")


def test_missing_claims_file(tmp_path, monkeypatch):
    (tmp_path / "params").mkdir()
    add_office(tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError, match=r"claims.csv; found no such file"):
        read_claims("claims.csv")


@pytest.mark.parametrize(
    ("finding", "holds", "imbalance"),
    [
        (at_most(2031, 1915, "persons"), False, 116),
        (at_most(1915, 1915, "persons"), True, 0),
        (below(1, 1, "persons"), False, 0),
        (below(0, 1, "persons"), True, 0),
        (equal(5, 3, "persons"), False, 2),
        (near(380, 400, "persons", within=Fraction(5, 100)), True, -20),
        (near(379, 400, "persons", within=Fraction(5, 100)), False, -21),
        (at_most(None, 1, "persons"), False, None),
    ],
)
def test_comparisons_at_their_boundary(finding, holds, imbalance):
    assert (finding.holds, finding.imbalance) == (holds, imbalance)


ISSUED = date(2018, 11, 15)
HOLDING, BROKEN = at_most(1, 2, "rows"), at_most(2, 1, "rows")


def test_a_relation_without_its_number_is_not_judged():
    one = Relation("X01", "hard", lambda book: at_most(int(book.stated("teams")[0]), 1, "rows"), "x", "x")
    book = Book(in_memory(t=[{"a": 1}]), PERIOD, {})
    (found,) = evaluate((one,), book, {}, issued_on=ISSUED)
    assert (found.status, found.fails) == ("not_stated", False)
    assert found.reason == {"zh": "本期未载“teams”", "en": "this issue does not state “teams”"}


def test_a_relation_that_saw_no_rows_says_so():
    one = Relation("X01", "hard", lambda _: Finding(0, "=", 0, "rows", 0, True, checked=0), "x", "x")
    (found,) = evaluate((one,), Book(in_memory(t=[{"a": 1}]), PERIOD, {}), {}, issued_on=ISSUED)
    assert (found.status, found.finding.left, found.finding.right) == ("fails", None, None)
    assert found.reason["en"] == "no rows to look at: nothing was checked"


@pytest.mark.parametrize(
    ("severity", "finding", "expires_on", "status"),
    [
        ("hard", HOLDING, None, "holds"),
        ("hard", BROKEN, None, "fails"),
        ("soft", BROKEN, None, "unexplained"),
        ("info", BROKEN, None, "informative"),
        ("hard", BROKEN, date(2018, 11, 15), "explained"),
        ("hard", BROKEN, date(2018, 11, 14), "stale"),
        ("hard", HOLDING, date(2018, 12, 31), "stale"),
        ("hard", Finding(0, "=", 0, "rows", 0, True, checked=0), None, "fails"),
    ],
)
def test_status_of_a_relation(severity, finding, expires_on, status):
    one = Relation("X01", severity, lambda _: finding, "x", "x")
    reason = {"X01": Explanation("X01", {"zh": "因", "en": "because"}, expires_on)} if expires_on else {}
    book = Book(in_memory(t=[{"a": 1}]), PERIOD, {})
    (found,) = evaluate((one,), book, reason, issued_on=ISSUED)
    assert found.status == status
    assert found.fails == (status in ("fails", "stale"))


def test_explanations_are_read_strictly(tmp_path, monkeypatch):
    (tmp_path / "params").mkdir()
    add_office(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert read_explanations("none.csv") == {}
    path = tmp_path / "e.csv"
    path.write_text("id,reason_zh,reason_en,expires_on\nC01,晚报,because,2018-12-31\n", encoding="utf-8")
    assert read_explanations("e.csv")["C01"].expires_on == date(2018, 12, 31)
    for words, column in ((",because", "zh"), ("—,because", "zh"), ("晚报,。", "en"), ("晚报,\u3000\u200b", "en")):
        path.write_text(f"id,reason_zh,reason_en,expires_on\nC01,{words},2018-12-31\n", encoding="utf-8")
        with pytest.raises(SourceError, match=rf"row 1 .*, column 'reason_{column}'; found .*, no word; expected why"):
            read_explanations("e.csv")
    path.write_text("id,reason_zh,reason_en,expires_on\nC01,晚报,because,soon\n", encoding="utf-8")
    with pytest.raises(SourceError, match="'expires_on'; found 'soon'"):
        read_explanations("e.csv")
    with pytest.raises(SourceError, match="explanations for C99"):
        check_known(["C99"], ["C01"])


def found_in(relation, tables):
    finding = relation.function(Book(tables, PERIOD, {}))
    assert finding.checked > 0
    return finding.left


def test_absence_of_seven_days_is_no_case():
    tables = example("dropout_cases", "case_id absent_from_on opened_on outcome outcome_on", """
        seven 2018-09-01 2018-09-08 open -
        eight 2018-09-01 2018-09-09 open -
        same_day 2018-09-01 2018-09-09 returned 2018-09-09
        undated 2018-09-01 2018-09-09 returned -
        dated 2018-09-01 2018-09-09 open 2018-09-20""")  # fmt: skip
    finding = case_dates_in_order.function(Book(tables, PERIOD, {}))
    broken = sorted(row["case_id"] for row in tables.rows(finding.breaking))
    assert broken == ["dated", "same_day", "seven", "undated"]


def test_spells_may_meet_but_not_overlap():
    tables = example("dropout_cases", "case_id person_id opened_on outcome_on", """
        1 ann 2018-03-20 2018-09-01
        2 ann 2018-09-01 -
        3 bob 2018-03-20 2018-09-02
        4 bob 2018-09-01 -
        5 cai 2018-03-20 -
        6 cai 2018-10-01 -""")  # fmt: skip
    assert found_in(no_overlapping_spells, tables) == 2


def test_payment_one_fen_off():
    tables = in_memory(
        aid_payments=[
            {
                "student_id": n,
                "county_code": "5",
                "school_code": "s",
                "stage": "primary",
                "programme": "p",
                "amount_fen": a,
            }
            for n, a in ((1, 50000), (2, 50001))
        ],
        aid_standards=[{"stage": "primary", "programme": "p", "standard_fen": 50000}],
    )
    assert found_in(payments_match_standard, tables) == 1


def test_student_with_two_statuses():
    tables = example("aid_payments", "student_id term school_code registered_poor", """
        1 t a true
        1 t a true
        2 t a true
        2 t a false
        3 t a true
        3 t b true""")  # fmt: skip
    assert found_in(one_status_per_student, tables) == 2


def test_teaching_must_match_its_case():
    cases = [
        {"case_id": name, "outcome": outcome, "outcome_on": "2018-10-01"}
        for name, outcome in (
            ("right", "home"),
            ("none", "home"),
            ("mode", "home"),
            ("day", "remote"),
            ("back", "returned"),
        )
    ]
    teaching = [
        {"case_id": name, "mode": mode, "started_on": day}
        for name, mode, day in (
            ("right", "home", "2018-10-01"),
            ("mode", "remote", "2018-10-01"),
            ("day", "remote", "2018-10-02"),
            ("back", "home", "2018-10-01"),
        )
    ]
    assert found_in(taught_as_recorded, in_memory(dropout_cases=cases, teaching=teaching)) == 4


def test_a_relation_that_looked_at_nothing_fails():
    tables = example("counties", "county_code", "530602")
    empty = tables["counties"].filter(tables["counties"]["county_code"] == "none")
    finding = no_rows(Book(tables, PERIOD, {}), empty, empty)
    assert (finding.holds, finding.checked) == (True, 0)
    (found,) = evaluate(
        (Relation("X", "hard", lambda _: finding, "x", "x"),), Book(tables, PERIOD, {}), {}, issued_on=ISSUED
    )
    assert found.status == "fails"


def test_printed_value_keeps_its_decimals():
    assert claim(value="97.10", unit="%").printed.value == Decimal("97.10")
