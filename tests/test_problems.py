"""Every problem of a package is collected: all rows, each with its place, none twice, none lost."""

import csv
import json

import duckdb
import pytest
from packages import PAYMENTS

from zt_analysis import runs
from zt_analysis.errors import SourceError
from zt_analysis.sources import open_package, read_package, verification
from zt_analysis.sources.loading import load
from zt_analysis.sources.numbered import InDuckDB
from zt_analysis.sources.verification import problems

HEADER = PAYMENTS.splitlines()[0] + "\n"
BAD = HEADER + (
    "a1,530602,primary,abc,2018-04-01,true\n"
    "a2,530699,high,-5,2019-04-02,false\n"
    "a1,530621,junior,,2018-04-02,maybe\n"
    "a3,,primary,12.5,04/02/2018,true\n"
    "a1,530698,junior,3,2018-04-02,true\n"
)
EXPECTED = {
    ("type", "amount_fen", 1, "abc"),
    ("type", "amount_fen", 4, "12.5"),
    ("required", "amount_fen", 3, None),
    ("minimum", "amount_fen", 2, "-5"),
    ("enum", "stage", 2, "high"),
    ("maximum", "paid_on", 2, "2019-04-02"),
    ("type", "paid_on", 4, "04/02/2018"),
    ("type", "poor", 3, "maybe"),
    ("required", "county_code", 4, None),
    ("primary_key", "payment_id", 3, "payment_id = a1, as in row 1"),
    ("primary_key", "payment_id", 5, "payment_id = a1, as in row 1"),
    ("foreign_key", "county_code", 2, "county_code = 530699"),
    ("foreign_key", "county_code", 5, "county_code = 530698"),
}


def found_in(small, prepare=()):
    package = read_package(small.folder)
    tables = list(package.tables.values())
    with duckdb.connect() as connection:
        for table in tables:
            load(connection, table)
        for sql in prepare:
            connection.execute(sql)
        return problems(InDuckDB(connection), package, tables)


def write(small, text):
    small.write("payments.csv", text)
    small.declare()


def redeclare(small, change):
    path = small.folder / "datapackage.json"
    content = json.loads(path.read_text())
    change(content["resources"][1])
    path.write_text(json.dumps(content))


def test_every_problem_is_collected_once(small):
    write(small, BAD)
    found = found_in(small)
    assert [(one.kind, one.column, one.row, one.found) for one in found if one.file != "payments.csv"] == []
    assert len(found) == len(EXPECTED)
    assert {(one.kind, one.column, one.row, one.found) for one in found} == EXPECTED
    assert {one.place for one in found if one.row == 4} == {"payments.csv row 4 (line 5)"}


def test_a_right_package_has_none(small):
    assert found_in(small) == []


def test_the_message_counts_what_it_does_not_show(small):
    write(small, BAD)
    with pytest.raises(SourceError) as caught:
        open_package("data")
    assert "'amount_fen': found 'abc'; expected a whole number (and 1 more row)" in str(caught.value)
    assert "13 problems in all: " in str(caught.value)
    assert "2 foreign_key" in str(caught.value)
    assert len(caught.value.problems) == 13


def test_what_is_not_listed_is_counted(small, monkeypatch):
    monkeypatch.setattr(verification, "LISTED", 3)
    rows = [f"b{number},530602,primary,x,2018-04-01,perhaps" for number in range(10)]
    write(small, HEADER + "\n".join(rows) + "\n")
    found = found_in(small)
    assert [(one.column, one.row, one.count) for one in found] == [
        ("amount_fen", 1, 1),
        ("amount_fen", 2, 1),
        ("amount_fen", 3, 1),
        ("amount_fen", None, 7),
        ("poor", None, 10),
    ]
    with pytest.raises(SourceError, match="20 problems in all: 20 type"):
        open_package("data")


def test_rows_of_a_workbook_are_named_by_cell(small):
    write(small, BAD)
    found = found_in(
        small,
        [
            "ALTER TABLE raw_payments ADD COLUMN _file VARCHAR DEFAULT '镇雄县.xlsx'",
            "ALTER TABLE raw_payments ADD COLUMN _cell_amount_fen VARCHAR",
            "UPDATE raw_payments SET _cell_amount_fen = '镇雄县.xlsx!Sheet1!D' || (_row + 3)",
            "ALTER TABLE raw_payments ADD COLUMN _cell_stage VARCHAR DEFAULT 'Sheet1!C9'",
        ],
    )
    places = {(one.column, one.row): (one.file, one.place) for one in found}
    assert places["amount_fen", 4] == ("镇雄县.xlsx", "镇雄县.xlsx!Sheet1!D7")
    assert places["stage", 2] == ("镇雄县.xlsx", "镇雄县.xlsx!Sheet1!C9")
    assert places["poor", 3] == ("镇雄县.xlsx", "镇雄县.xlsx row 3")


def test_a_whole_row_has_one_place(small):
    write(small, BAD)
    found = found_in(small, ["ALTER TABLE raw_payments ADD COLUMN _place VARCHAR DEFAULT '巧家县.xls!表1!A5'"])
    assert {one.place for one in found if one.row} == {"巧家县.xls!表1!A5"}


def test_numbers_written_differently_are_one_key(small):
    def key_by_amount(table):
        table["schema"]["primaryKey"] = ["amount_fen", "poor"]

    write(small, PAYMENTS.replace("62500", "+050000").replace("false", "TRUE"))
    redeclare(small, key_by_amount)
    (only,) = found_in(small)
    assert (only.kind, only.row, only.found) == ("primary_key", 2, "amount_fen = 50000, poor = True, as in row 1")


def test_empty_cells_repeat_nothing_and_refer_to_nothing(small):
    def optional(table):
        for field in table["schema"]["fields"]:
            field["constraints"].pop("required", None)
        table["schema"]["fields"][3]["constraints"]["unique"] = True

    write(small, HEADER + "a1,,primary,,2018-04-01,true\na2,,junior,,2018-04-01,true\na3,,junior,7,,true\n")
    redeclare(small, optional)
    assert found_in(small) == []
    write(small, HEADER + "a1,,primary,7,2018-04-01,true\na2,,junior,7,2018-04-01,true\n")
    redeclare(small, optional)
    assert [(one.kind, one.row) for one in found_in(small)] == [("unique", 2)]


def test_lengths_are_held(small):
    redeclare(small, lambda table: table["schema"]["fields"][0]["constraints"].update(minLength=3, maxLength=4))
    assert [one.text for one in found_in(small)] == [
        "payments.csv row 1 (line 2), column 'payment_id': found 'a1'; expected at least 3 characters",
        "payments.csv row 2 (line 3), column 'payment_id': found 'a2'; expected at least 3 characters",
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t["schema"]["fields"][3]["constraints"].update(minimum="few"), "cannot be evaluated"),
        (lambda t: t["schema"]["fields"][0]["constraints"].update(pattern="(["), "cannot be evaluated"),
        (lambda t: t["schema"].update(primaryKey=["nothing"]), "cannot be evaluated"),
        (lambda t: t["schema"]["fields"][0]["constraints"].update(jsonSchema={}), "found the constraint 'jsonSchema'"),
        (
            lambda t: t["schema"]["fields"][0].update(identifing=True),
            "column 'payment_id'; found the key 'identifing'.*did you mean 'identifying'",
        ),
        (lambda t: t["schema"].update(primarykey=[]), "'payments'; found the key 'primarykey'.*'primaryKey'"),
        (lambda t: t.update(rol="table"), "resource 'payments'; found the key 'rol'.*did you mean 'role'"),
        (
            lambda t: t["schema"]["foreignKeys"][0]["reference"].update(field=[]),
            "foreign key county_code; found the key 'field'.*did you mean 'fields'",
        ),
        (lambda t: t["schema"]["fields"][0].update(type="geopoint"), "found the type 'geopoint'"),
        (
            lambda t: t["schema"]["foreignKeys"][0]["reference"].update(fields=["county_code", "name_zh"]),
            "refers to 2 columns of 'counties' by 1",
        ),
    ],
)
def test_a_declaration_that_cannot_be_held_is_refused(small, change, message):
    redeclare(small, change)
    with pytest.raises(SourceError, match=message) as caught:
        open_package("data")
    assert "datapackage.json" in str(caught.value)


def test_what_the_standard_lets_say_is_let_alone(small):
    said = {"example": "a1", "format": "default", "rdfType": "x", "missingValues": [""], "description": "its number"}
    redeclare(small, lambda table: table["schema"]["fields"][0].update(said))
    assert found_in(small) == []


def test_nothing_to_check_is_an_error(small):
    small.declare(resources=[])
    with pytest.raises(SourceError, match="found no tables to check"):
        open_package("data")


@pytest.mark.thorough
@pytest.mark.slow
def test_a_run_leaves_every_problem(project):
    path = project / "data/zhaotong-2018/teaching.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    broken = [lines[0], *(line.rsplit(",", 1)[0] + ",=nonsense" for line in lines[1:])]
    path.write_text("\n".join(broken) + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"Every problem: outputs/2018-11\.failed/problems\.csv"):
        runs.run("2018-11", project, engine="warm")
    failed = project / "outputs/2018-11.failed"
    with (failed / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["row"]) for row in rows] == list(range(1, len(lines)))
    assert {row["found"] for row in rows} == {"'=nonsense"}
    assert {row["file"] for row in rows} == {"teaching.csv"}
    assert list(rows[0])[-1] == "hint"
    assert json.loads((failed / "run.json").read_text())["error"]["message"].endswith("problems.csv")
