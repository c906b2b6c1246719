"""The synthetic package: same seed, same bytes; every published total exact; apportionment."""

import csv
import hashlib
import json
import shutil
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages import SHIPPED
from shipped import OFFICE, synthesize

from zt_analysis.errors import InputError, SourceError
from zt_analysis.sources import open_package, read_package
from zt_analysis.sources.descriptor import DESCRIPTOR

apportionment = OFFICE.module("synthetic.apportionment")
at_least, largest_remainder = apportionment.at_least, apportionment.largest_remainder
placement = OFFICE.module("synthetic.ledger").placement
_publish = OFFICE.module("synthetic.package")._publish

pytestmark = pytest.mark.slow


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rows(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def again(once):
    return once("again", lambda folder: synthesize(folder / "zhaotong-2018")) / "zhaotong-2018"


@pytest.fixture(scope="module")
def other(once):
    """Another seed, twice the size."""
    return once("other", lambda folder: synthesize(folder / "double", seed=1, scale=2)) / "double"


@pytest.mark.thorough
def test_same_seed_same_bytes(again):
    tables = [table for table in read_package(SHIPPED).tables.values() if table.role == "table"]
    assert len(tables) == 11
    for table in tables:
        assert sha256(again / table.path.name) == table.declared_sha256 == sha256(table.path), table.name


def totals(folder):
    cases = rows(folder, "dropout_cases")
    ended = {
        kind: {case["person_id"] for case in cases if case["outcome"] == kind}
        for kind in ("returned", "home", "remote")
    }
    nutrition = pq.read_table(read_package(folder).tables["nutrition_students"].path)
    payments = pq.read_table(read_package(folder).tables["aid_payments"].path)
    poor = payments.filter(payments["registered_poor"])
    return {
        **{kind: len(persons) for kind, persons in ended.items()},
        "allocated": sum(int(row["amount_fen"]) for row in rows(folder, "fund_allocations")),
        "fed": pc.count_distinct(nutrition["student_id"]).as_py(),
        "meals": pc.sum(nutrition["spending_fen"].cast("int64")).as_py(),
        "aided": pc.count_distinct(payments["student_id"]).as_py(),
        "poor": pc.count_distinct(poor["student_id"]).as_py(),
        "paid": pc.sum(payments["amount_fen"].cast("int64")).as_py(),
    }


PUBLISHED = {
    "returned": 1915,
    "home": 823,
    "remote": 1208,
    "allocated": 1337153200_00,
    "fed": 743740,
    "meals": 284959200_00,
    "aided": 488235,
    "poor": 327802,
    "paid": 358369100_00,
}


def test_every_published_total_is_exact():
    assert totals(SHIPPED) == PUBLISHED


@pytest.mark.thorough
def test_every_table_of_a_scaled_package_is_verified(other):
    tables = open_package(other, roles=("table", "system"))
    assert len(tables.names) == 33
    assert not tables.changed
    folders = {name for name, table in tables.package.tables.items() if table.parts.many}
    assert folders == {
        *("nutrition_students", "aid_payments", "admission_notices", "aid_categories", "aid_cards", "fees")
    }
    assert len(tables.package.tables["aid_payments"].parts.paths) == 11
    assert tables.count("aid_payments") == 2 * 581235


def test_other_form_of_a_table_is_taken_away(tmp_path):
    draft, folder = tmp_path / "draft", tmp_path / "package"
    for path in (folder / "fees.parquet", folder / "cards/part-0.parquet", draft / "fees/part-0.parquet"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("old" if folder in path.parents else "new")
    (draft / "cards.parquet").write_text("new")
    (folder / "claims").mkdir()
    (draft / DESCRIPTOR).write_text("{}")
    _publish(draft, folder)
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    assert found == ["cards.parquet", "claims", DESCRIPTOR, "fees", "fees/part-0.parquet"]


@pytest.mark.thorough
def test_scale_and_seed_keep_the_totals(other):
    assert totals(other) == {name: 2 * value for name, value in PUBLISHED.items()}
    assert sha256(other / "dropout_cases.csv") != sha256(SHIPPED / "dropout_cases.csv")
    assert len(rows(other, "counties")) == 11


def open_on(case, day):
    return case["opened_on"] <= day and not (case["outcome_on"] and case["outcome_on"] <= day)


@pytest.mark.parametrize(
    ("stage", "day", "printed"),
    [
        ("primary", "2018-09-20", "0.09"),
        ("primary", "2018-11-08", "0.06"),
        ("junior", "2018-09-20", "1.91"),
        ("junior", "2018-11-08", "1.59"),
    ],
)
def test_rates_round_to_the_published(stage, day, printed):
    count = sum(open_on(case, day) for case in rows(SHIPPED, "dropout_cases") if case["stage"] == stage)
    children = sum(
        int(row["school_age_persons"])
        for row in rows(SHIPPED, "enrolment")
        if row["stage"] == stage and row["reported_on"] == day
    )
    assert (Decimal(count * 100) / children).quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal(printed)


def test_stock_and_flow_balance_each_week():
    # the stock is read from enrolment and the flow from the ledger: two tables that know nothing of each other
    stock = {
        (row["reported_on"], row["county_code"], row["stage"]): int(row["school_age_persons"])
        - int(row["enrolled_persons"])
        for row in rows(SHIPPED, "enrolment")
    }
    days = sorted({day for day, _, _ in stock})
    assert len(stock) == 8 * 11 * 2
    assert min(stock.values()) >= 0
    flow = Counter()
    for case in rows(SHIPPED, "dropout_cases"):
        place = (case["county_code"], case["stage"])
        for before, after in pairwise(days):
            flow[after, *place] += before < case["opened_on"] <= after
            flow[after, *place] -= bool(case["outcome_on"]) and before < case["outcome_on"] <= after
    for before, after in pairwise(days):
        for _, *place in (key for key in stock if key[0] == after):
            assert stock[after, *place] == stock[before, *place] + flow[after, *place], (after, place)


@pytest.mark.thorough
def test_stock_is_what_the_ledger_has_open():
    cases = rows(SHIPPED, "dropout_cases")
    for row in rows(SHIPPED, "enrolment"):
        mine = [c for c in cases if (c["county_code"], c["stage"]) == (row["county_code"], row["stage"])]
        missing = int(row["school_age_persons"]) - int(row["enrolled_persons"])
        assert sum(open_on(case, row["reported_on"]) for case in mine) == missing, row


def test_some_persons_have_a_second_spell_and_none_two_at_once():
    spells = {}
    for case in rows(SHIPPED, "dropout_cases"):
        spells.setdefault(case["person_id"], []).append((case["opened_on"], case["outcome_on"] or "9999"))
    several = [sorted(found) for found in spells.values() if len(found) > 1]
    assert 20 <= len(several) <= 60
    assert all(first[1] <= second[0] for first, second in several)


def test_county_shares_follow_the_census():
    people = {row["county_code"]: int(row["population_2020_persons"]) for row in rows(SHIPPED, "counties")}
    students = Counter(pq.read_table(SHIPPED / "nutrition_students.parquet")["county_code"].to_pylist())
    for code, count in students.items():
        assert abs(count - 743740 * people[code] / sum(people.values())) < 2


def test_synthetic_is_said_everywhere():
    content = json.loads((SHIPPED / "datapackage.json").read_text(encoding="utf-8"))
    assert content["synthetic"] is True
    assert "synthetic" in content["title"]
    assert "合成" in content["title"]
    tables = [one for one in content["resources"] if one.get("role") is None]
    assert all(one["synthetic"] for one in tables)


def test_every_table_and_column_is_described():
    content = json.loads((SHIPPED / "datapackage.json").read_text(encoding="utf-8"))
    tables = [one for one in content["resources"] if one.get("role") is None]
    assert all(one["description"] for one in tables)
    assert all(field["title"] and field["description"] for one in tables for field in one["schema"]["fields"])


def test_no_column_names_a_person():
    for table in read_package(SHIPPED).tables.values():
        names = {column.name for column in table.columns if table.role == "table"}
        assert not names & {"name", "student_name", "id_number", "phone", "address", "birth_date"}


@pytest.mark.thorough
def test_claims_already_there_are_kept_and_declared(tmp_path, monkeypatch):
    folder = tmp_path / "package"
    (folder / "claims").mkdir(parents=True)
    (folder / "claims" / "2018-12.csv").write_text("claim_id\nF01\n")
    monkeypatch.chdir(folder)
    assert synthesize(Path(".")) == folder / "datapackage.json"
    assert (folder / "claims" / "2018-12.csv").read_text() == "claim_id\nF01\n"
    assert read_package(folder).tables["claims-2018-12"].role == "claims"


def test_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="expected a folder that can be written"):
        synthesize(tmp_path / "file" / "package")


@pytest.mark.thorough
@pytest.mark.parametrize(("content", "found"), [(b"", "no header"), ("编号\n甲\n".encode("gb18030"), "not UTF-8")])
def test_claims_that_cannot_be_read_leave_the_package_whole(tmp_path, again, content, found):
    folder = shutil.copytree(again, tmp_path / "package")
    before = {path.name: sha256(path) for path in folder.iterdir()}
    (folder / "claims").mkdir()
    (folder / "claims" / "2018-12.csv").write_bytes(content)
    with pytest.raises(SourceError, match=f"claims/2018-12.csv; found {found}"):
        synthesize(folder, seed=7)
    assert {path.name: sha256(path) for path in folder.iterdir() if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


@pytest.mark.parametrize("wrong", [{"seed": -1}, {"scale": 0}])
def test_numbers_that_make_no_package(tmp_path, wrong):
    with pytest.raises(InputError, match="or more"):
        synthesize(tmp_path / "package", **wrong)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("age", "place"),
    [
        (6, "grade_1"),
        (8, "grade_1"),
        (9, "undecided"),
        (10, "senior_primary"),
        (13, "vocational_junior"),
        (16, "undecided"),
    ],
)
def test_placement_bands(age, place):
    assert placement(age) == place


weights = st.lists(st.integers(min_value=0, max_value=10**7), min_size=1, max_size=40).filter(any)


@given(st.integers(min_value=0, max_value=10**12), weights)
def test_parts_add_up_and_keep_their_quota(total, shares):
    parts = largest_remainder(total, shares)
    assert sum(parts) == total
    assert all(abs(part * sum(shares) - total * share) < sum(shares) for part, share in zip(parts, shares, strict=True))
    assert parts == largest_remainder(total, shares)


@given(st.integers(min_value=100, max_value=10**6), weights, st.integers(min_value=0, max_value=2))
def test_minimum_is_kept(total, shares, minimum):
    parts = at_least(total, shares, minimum)
    assert sum(parts) == total
    assert min(parts) >= minimum


@pytest.mark.parametrize(("total", "shares"), [(-1, [1]), (1, [0, 0]), (1, [2, -1])])
def test_what_cannot_be_split(total, shares):
    with pytest.raises(ValueError, match="cannot split"):
        largest_remainder(total, shares)
