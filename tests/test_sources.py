"""Bad tables: each refused with its file, row, column, what was found and what was expected."""

import csv
import io
import json
import random

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from packages import COUNTIES, PAYMENTS

from zt_analysis.errors import InputError, SourceError
from zt_analysis.sources import find_root, in_memory, numbered, open_package, read_package
from zt_analysis.sources.numbered import Numbered
from zt_analysis.sources.sealing import file_facts


def refused(small, match):
    with pytest.raises(SourceError, match=match) as caught:
        open_package("data")
    assert caught.value.exit_code == 2
    assert "Hint:" in str(caught.value)
    return str(caught.value)


def test_good_package_opens_and_counts(small):
    tables = open_package("data")
    assert tables.count("payments") == 2
    assert tables.changed == []
    assert tables.rows(tables["payments"])[0]["amount_fen"] == 50000
    assert list(tables.summary()["as_declared"]) == [True, True]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("50000", "abc", r"payments.csv row 1 \(line 2\), column 'amount_fen': found 'abc'; expected a whole number"),
        ("50000", "12.5", r"row 1 \(line 2\), column 'amount_fen': found '12.5'; expected a whole number"),
        ("50000", "-1", r"row 1 \(line 2\), column 'amount_fen': found '-1'; expected at least 0"),
        ("50000", "", r"row 1 \(line 2\), column 'amount_fen': found an empty cell; expected a value"),
        ("62500,2018-04-02", "62500,2018-13-02", r"row 2 \(line 3\), column 'paid_on': found '2018-13-02'"),
        ("2018-04-02", "2019-04-02", r"row 2 .*'paid_on': found '2019-04-02'; expected at most 2018-07-31"),
        ("junior", "high", r"row 2 .*column 'stage': found 'high'; expected one of primary, junior"),
        ("true", "yes please", r"row 1 .*column 'poor': found 'yes please'; expected true or false"),
        ("a2,", "a1,", r"payments.csv row 2 \(line 3\): found payment_id = a1, as in row 1; expected each"),
        ("530621", "530699", r"row 2 \(line 3\): found county_code = 530699; expected a row of counties"),
        (PAYMENTS.split("\n", 1)[1], "", r"payments.csv: found no rows; expected at least one"),
        (",poor", "", r"payments.csv: columns; found missing poor"),
        (",poor", ",poor,note", r"payments.csv: columns; found extra note"),
        ("stage,amount_fen", "amount_fen,stage", r"columns; found the order"),
        ("a1,530602,primary,50000,2018-04-01,true", "a1,530602", r"unreadable content"),
    ],
)
@pytest.mark.part(6)
def test_bad_cell_is_named(small, before, after, message):
    assert before in PAYMENTS
    small.write("payments.csv", PAYMENTS.replace(before, after, 1))
    small.declare()
    refused(small, message)


def test_pattern_is_held(small):
    small.write("counties.csv", COUNTIES.replace("530621", "630621"))
    small.declare()
    refused(small, r"counties.csv row 2 \(line 3\), column 'county_code': found '630621'; expected text matching 5306")


CODES = [*["530602"] * 300, *["530621"] * 80, *["630621"] * 7, *[None] * 3, "53062", "5306211", "530\n21", ""]


@pytest.mark.parametrize("as_parquet", [True, False])
def test_patterns_asked_of_each_value_find_what_they_find_in_each_row(small, as_parquet, monkeypatch):
    rules = {"required": True, "pattern": "53[0-9]{4}", "maxLength": 6, "enum": ["530602", "530621", "630621"]}
    random.Random(20).shuffle(codes := list(CODES))
    resource = {"name": "many", "path": "many.parquet" if as_parquet else "many.csv", "hash": "sha256:"}
    resource["schema"] = {"fields": [{"name": name, "type": "string", "constraints": rules} for name in ("a", "b")]}
    content = {"name": "many", "title": "invented rows", "synthetic": True, "resources": [resource]}
    (small.folder / "datapackage.json").write_text(json.dumps(content), "utf-8")
    if as_parquet:
        pq.write_table(pa.table({"a": codes, "b": codes[::-1]}), small.folder / "many.parquet")
    else:
        with (small.folder / "many.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("a", "b"), *zip(codes, codes[::-1], strict=True)])

    def found(**bounds):
        for name, value in bounds.items():
            monkeypatch.setattr(numbered, name, value)
        with pytest.raises(SourceError) as caught:
            open_package("data")
        return caught.value.problems

    by_row = found(MANY=10**9)
    asked = []
    by_value = Numbered.by_value
    monkeypatch.setattr(Numbered, "by_value", lambda *given: asked.append(given[1].name) or by_value(*given))
    assert found(MANY=1, LOOKED_AT=100, ROWS_A_VALUE=5) == by_row
    assert {*asked} == {"a", "b"}
    # pattern, required, length, enum; what a CSV leaves empty is no text
    assert len(by_row) == 2 * (11 + 3 + 1 + 4 if as_parquet else 10 + 4 + 1 + 3)


def test_values_of_their_own_are_asked_row_by_row(small, monkeypatch):
    monkeypatch.setattr(numbered, "MANY", 1)
    monkeypatch.setattr(Numbered, "by_value", None)
    small.write("counties.csv", "county_code,name_zh\n" + "".join(f"53{at:04},县\n" for at in range(500)))
    small.declare()
    refused(small, "county_code")


def test_several_problems_come_in_one_message(small):
    small.write("payments.csv", PAYMENTS.replace("50000", "abc").replace("junior", "high"))
    small.declare()
    message = refused(small, "amount_fen")
    assert "'stage'" in message


def test_missing_file(small):
    (small.folder / "payments.csv").unlink()
    refused(small, r"payments.csv: file of table 'payments'; found No such file")


def test_text_in_another_encoding(small):
    small.write("counties.csv", COUNTIES.encode("gb18030"))
    small.declare()
    refused(small, r"counties.csv: file of table 'counties'; found unreadable content .*expected CSV in UTF-8")


def test_changed_file_is_listed_not_hidden(small):
    small.write("counties.csv", COUNTIES + "530622,巧家县\n")
    tables = open_package("data")
    assert [table.name for table in tables.changed] == ["counties"]


def test_byte_order_mark_is_accepted(small):
    small.write("counties.csv", COUNTIES.encode("utf-8-sig"))
    small.declare()
    assert open_package("data").count("counties") == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "no JSON"),
        ('{"name": "x"}', "'resources'"),
        ('{"name": "x", "resources": [], "title": ""}', "'synthetic'"),
        ("null", "no JSON object"),
        ("[]", "'resources'"),
        ('{"resources": 5}', "expected name, title"),
        ('{"resources": [1]}', "expected name, title"),
        ('{"resources": [], "name": 5, "title": ""}', "'name' of the package; found 5; expected text in quotes"),
        (
            '{"resources": [], "name": "", "title": "", "synthetic": "false"}',
            "'synthetic' of the package; found \"false\"; expected true or false",
        ),
    ],
)
def test_bad_descriptor(small, content, message):
    (small.folder / "datapackage.json").write_text(content)
    refused(small, message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"path": "counties.csv"', '"path": 5', "'path' of resource 'counties'; found 5; expected text in quotes"),
        ('"hash": "', '"hash": null, "was": "', "'hash' of resource 'counties'; found null; expected text"),
        ('"name": "counties"', '"name": ["counties"]', r"'name' of a resource; found \[\"counties\"\]; expected text"),
        ('"type": "string"', '"type": 1', "'type' of a column; found 1; expected text"),
        (
            '"constraints": {}',
            '"constraints": []',
            r"'constraints' of column 'name_zh'; found \[\]; expected an object",
        ),
    ],
)
def test_declared_as_another_type(small, old, new, message):
    path = small.folder / "datapackage.json"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    refused(small, message)


def test_a_key_of_one_column_may_be_text(small):
    """Table Schema has it so, too."""
    path = small.folder / "datapackage.json"
    for name in ("county_code", "payment_id"):
        text = path.read_text()
        assert text.count(f'["{name}"]')
        path.write_text(text.replace(f'["{name}"]', f'"{name}"'))
    tables = open_package("data")
    assert tables.count("payments") == 2
    assert [table.primary_key for table in tables.declared] == [("county_code",), ("payment_id",)]
    (key,) = tables.package.tables["payments"].foreign_keys
    assert (key.columns, key.references) == (("county_code",), ("county_code",))


def test_no_descriptor(small):
    (small.folder / "datapackage.json").unlink()
    refused(small, "datapackage.json; found No such file")


def test_parquet_with_a_wrong_cell_names_its_row(small):
    descriptor = json.loads((small.folder / "datapackage.json").read_text())
    descriptor["resources"][1]["path"] = "payments.parquet"
    (small.folder / "datapackage.json").write_text(json.dumps(descriptor))
    columns = {
        "payment_id": ["a1", "a2"],
        "county_code": ["530602", "530621"],
        "stage": ["primary", "junior"],
        "amount_fen": [1.0, 2.5],
        "paid_on": ["2018-04-01", "2018-04-01"],
        "poor": [True, False],
    }
    pq.write_table(pa.table(columns), small.folder / "payments.parquet")
    refused(small, r"payments.parquet row 2, column 'amount_fen': found '2.5'; expected a whole number")
    (small.folder / "payments.parquet").write_bytes(b"PAR1 not really")
    refused(small, "payments.parquet: file of table 'payments'; found unreadable content")


ROW = "{},530602,primary,50000,2018-04-01,true"


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("keys", "repeated"),
    [
        (["a1", "a2", "a3"], ""),
        (["a3", "a1", "a2"], ""),  # not in the order of the key: counted
        (["a1", "a2", "a2"], "a2, as in row 2"),
        (["a2", "a3", "a2"], "a2, as in row 1"),
        (["a1", "a3", "a2", "a1"], "a1, as in row 1"),
        ([f"b{one:05}" for one in (*range(5000), 17)], "b00017, as in row 18"),
    ],
)
def test_a_key_in_order_is_proved_by_it_and_any_other_is_counted(small, keys, repeated):
    head = PAYMENTS.split("\n", 1)[0]
    small.write("payments.csv", "\n".join([head, *map(ROW.format, keys)]) + "\n")
    small.declare()
    if repeated:
        refused(small, f"found payment_id = {repeated}; expected each")
    else:
        assert open_package("data").count("payments") == len(keys)


def test_an_empty_key_proves_nothing_of_those_after_it(small):
    """Where the key may be empty, as of a reference that is unique: what follows it is compared with nothing."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE payments AS SELECT * FROM (VALUES ('a1'), (NULL), ('a1')) AS t(payment_id)")
    rows = Numbered(connection, read_package(small.folder).tables["payments"])
    assert rows.in_order(("payment_id",)) is False
    connection.execute("DELETE FROM payments WHERE payment_id IS NULL")
    assert rows.in_order(("payment_id",)) is False
    connection.execute("UPDATE payments SET payment_id = 'a2' WHERE rowid > 0")
    assert rows.in_order(("payment_id",)) is True


def test_unknown_table_and_project(small, tmp_path_factory):
    with pytest.raises(SourceError, match="table 'pupils'; found no such table; expected counties, payments"):
        open_package("data")["pupils"]
    with pytest.raises(InputError, match="no params/ folder"):
        find_root(tmp_path_factory.mktemp("elsewhere"))


def test_in_memory_dates():
    tables = in_memory(t=[{"x_on": "2018-01-01"}, {"x_on": None}])
    assert str(tables.rows(tables["t"])[0]["x_on"]) == "2018-01-01"


def test_sealing_counts_the_records_that_csv_reads(small):
    """Lines are counted as bytes where they can be; a quotation mark, a lone return, a mark of order are not lines."""
    texts = [
        "",
        "\ufeff",
        "\n",
        "a",
        "a\n",
        "a\n\n",
        "a\nb",
        "a\rb\r\n",
        'a\n"1\n2"\n',
        "\ufeffa\n中\n",
        "a\x85b\u2028c\n",
    ]
    for text in texts:
        small.write("counties.csv", text)
        expected = sum(1 for _ in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        assert file_facts(small.folder, "counties.csv")["rows"] == expected - 1, repr(text)
    small.write("counties.csv", b"a\n\xe4\xb8")
    with pytest.raises(ValueError, match="utf-8"):
        file_facts(small.folder, "counties.csv")
