"""Engines: the same answers on PostgreSQL (and Spark, where it is installed), and no secret anywhere."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import traceback
from importlib.util import find_spec

import postgres
import pyarrow.parquet as pq
import pytest
from commands import zt as typed
from engines import CASES, SCHEMA, answers, differing, missing
from packages import ROOT, SHIPPED, shorten

from zt_analysis.errors import InputError, SourceError
from zt_analysis.runs import unchanged
from zt_analysis.settings import DUCKDB, engine_setting, read_setting
from zt_analysis.sources import open_package, verification
from zt_analysis.sources.descriptor import CONSTRAINTS
from zt_analysis.sources.uploading import upload

SECRET = "s3cret-word"
needs_spark = pytest.mark.needs("spark")


def zt(*words, cwd):
    """Exit code and everything that the command said."""
    done = subprocess.run(
        [sys.executable, "-m", "zt_analysis.cli", *words], cwd=cwd, env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


@pytest.fixture(scope="module")
def server():
    with postgres.server() as found:
        yield found


@pytest.fixture
def office(server, monkeypatch):
    """The server, with the name and password of its reader in the environment."""
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    yield server
    with server.connect() as connection:
        # opened tables keep a snapshot, and with it a lock on what they may read
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'zt_analysis'"
        )
        connection.execute("DROP SCHEMA IF EXISTS small CASCADE")


@pytest.fixture
def loaded(office, small):
    """The small package in the schema ``small``: its engine."""
    setting = read_setting(office.url("small"), where="test")
    assert upload(open_package("data", engine=DUCKDB), setting) == {"counties": 2, "payments": 2}
    return setting


@pytest.fixture(scope="module")
def shipped(server):
    """The shipped package in a schema of the server: its engine."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        setting = read_setting(server.url(SCHEMA), where="test")
        upload(open_package(SHIPPED, roles=("table", "system"), engine=DUCKDB), setting)
        return setting


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("duckdb", "duckdb"),
        ("postgres://db.office.cn/zt", "postgres://db.office.cn:5432/zt?schema=public"),
        ("postgresql://127.0.0.1:5433/zt?schema=y2018", "postgres://127.0.0.1:5433/zt?schema=y2018"),
        ("spark://local[2]", "spark://local[2]"),
        ("spark://local[*]?database=zt", "spark://local[*]?database=zt"),
        ("spark://master.office.cn:7077", "spark://master.office.cn:7077"),
    ],
)
def test_setting_names_its_engine_in_full(text, full):
    assert str(read_setting(text, where="here")) == full
    assert str(read_setting(full, where="here")) == full


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("duckbd", "found 'duckbd'"),
        ("postgres:///zt", "found an address of another form"),
        ("postgres://host", "found an address of another form"),
        ("postgres://host/zt?schema=a&schema=b", "found an address of another form"),
        ("postgres://host/zt?schema=x;drop", "found an address of another form"),
        ("spark://host", "found an address of another form"),
        ("spark://local[0]", "found an address of another form"),
        (5, r"found no text \(int\)"),
    ],
)
def test_other_settings_are_refused(text, found):
    with pytest.raises(InputError, match=f"here; {found}; expected duckdb, postgres://"):
        read_setting(text, where="here")


@pytest.mark.parametrize(
    "text",
    [
        f"postgres://reader:{SECRET}@host/zt",
        f"postgres://reader:{SECRET}/with?signs#@host/zt",
        f"postgres://{SECRET}@host/zt",
        f"postgres://host/zt?password={SECRET}",
        f"postgres://host/zt?schema=a&PASSWORD={SECRET}",
        f"mysql://reader:{SECRET}@host/zt",
        f"host=h password={SECRET}",
        f"postgres://host:{SECRET}/zt",
        f"spark://reader:{SECRET}@host:7077",
    ],
)
def test_secret_in_a_setting_is_refused_and_not_repeated(text):
    with pytest.raises(InputError) as caught:
        read_setting(text, where="here")
    assert SECRET not in str(caught.value)


def test_environment_comes_before_the_case(monkeypatch):
    monkeypatch.setenv("ZT_ENGINE", "spark://local[2]")
    assert str(engine_setting("duckdb")) == "spark://local[2]"
    monkeypatch.setenv("ZT_ENGINE", f"postgres://a:{SECRET}@h/d")
    with pytest.raises(InputError, match="environment variable ZT_ENGINE; found a user name or password") as caught:
        engine_setting("duckdb")
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("command", ["run", "check"])
def test_password_in_a_case_is_refused_before_anything_is_written(project, command):
    path = project / "params" / "2018-11.yml"
    engine = f"postgres://reader:{SECRET}@host/zt"
    path.write_text(path.read_text(encoding="utf-8").replace('engine: "duckdb"', f'engine: "{engine}"'), "utf-8")
    done = typed(command, "2018-11", cwd=project)
    said = done.stdout + done.stderr
    assert done.returncode == 2
    assert "params/2018-11.yml, key 'engine'; found a user name or password in it" in said
    assert SECRET not in said
    path.unlink()
    assert [one for one in project.rglob("*") if one.is_file() and SECRET.encode() in one.read_bytes()] == []


def test_digest_is_what_python_computes(small):
    tables = open_package("data")
    cells = [
        ["a1", "530602", "primary", "50000", "2018-04-01", "true"],
        ["a2", "530621", "junior", "62500", "2018-04-02", "false"],
    ]
    hashes = [hashlib.md5("".join(f"{len(cell)}:{cell}" for cell in row).encode()).hexdigest() for row in cells]
    expected = "".join(f"{sum(int(one[part], 16) for one in hashes):016x}" for part in (slice(15), slice(15, 30)))
    assert tables.digest(tables.package.tables["payments"]) == expected


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("50000", "50001", False),
        ("a1,530602,primary,50000,2018-04-01,true\na2,530621,junior,62500,2018-04-02,false\n",
         "a2,530621,junior,62500,2018-04-02,false\na1,530602,primary,50000,2018-04-01,true\n", True),
        ("62500,2018-04-02,", "62500,,", False),
        ("50000,2018-04-01,true\na2,530621,junior,62500", "62500,2018-04-01,true\na2,530621,junior,50000", False),
    ],
)  # fmt: skip
def test_digest_tells_changed_rows_and_not_their_order(small, before, after, same):
    first = open_package("data")
    path = small.folder / "payments.csv"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    second = open_package("data")
    table = first.package.tables["payments"]
    assert (first.digest(table) == second.digest(table)) is same


def test_the_command_loads_a_package(office, small):
    done = typed("load", "data", "--into", office.url("small"), cwd=small.root)
    assert (done.returncode, "payments: 2 rows" in done.stdout + done.stderr) == (0, True), done
    there = open_package("data", engine=office.url("small"))
    assert (there.count("counties"), there.count("payments")) == (2, 2)


def test_package_in_postgres_holds_the_same_rows(loaded):
    here, there = open_package("data"), open_package("data", engine=str(loaded))
    for table in here.declared:
        assert there.rows(there[table.name].order_by(table.primary_key[0])) == here.rows(here[table.name])
        assert there.digest(table) == here.digest(table)
    assert there.files == there.changed == []
    assert list(there.summary().columns) == ["table", "rows", "rows_digest"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("UPDATE payments SET amount_fen = -1 WHERE payment_id = 'a2'",
         r"table payments, row payment_id = a2, column 'amount_fen': found '-1'; expected at least 0"),
        ("UPDATE payments SET stage = 'high'",
         r"row payment_id = a1, column 'stage': found 'high'; expected one of primary, junior \(and 1 more row\)"),
        ("UPDATE payments SET poor = NULL WHERE payment_id = 'a1'", r"column 'poor': found an empty cell"),
        ("UPDATE payments SET paid_on = 'infinity' WHERE payment_id = 'a1'",
         r"column 'paid_on': found 'infinity'; expected at most 2018-07-31"),
        ("UPDATE payments SET paid_on = '2018-02-28' WHERE payment_id = 'a1'", r"expected at least 2018-03-01"),
        ("UPDATE counties SET county_code = E'530621\\n' WHERE county_code = '530621'",
         r"column 'county_code': found '530621\\n'; expected text matching 5306\[0-9\]\{2\}"),
        ("UPDATE payments SET county_code = '530699' WHERE payment_id = 'a2'",
         r"row payment_id = a2: found county_code = 530699; expected a row of counties with these values"),
        ("INSERT INTO payments SELECT * FROM payments WHERE payment_id = 'a1'",
         r"table payments: found payment_id = a1 in 2 rows; expected each payment_id once"),
        ("DELETE FROM payments", r"table payments: found no rows; expected at least one"),
        ("ALTER TABLE payments DROP COLUMN poor", r"table payments: columns; found missing poor"),
        ("ALTER TABLE payments ALTER COLUMN amount_fen TYPE numeric",
         r"column 'amount_fen': type; found numeric; expected smallint or integer or bigint \(declared: integer\)"),
        ("ALTER TABLE payments ALTER COLUMN paid_on TYPE text", r"'paid_on': type; found text; expected date"),
        ("DROP TABLE payments", r"table payments: columns; found no such table, or none to be read"),
    ],
)  # fmt: skip
@pytest.mark.part(6)
def test_bad_table_in_postgres_is_refused(office, loaded, change, message):
    with office.connect(options="-c search_path=small") as connection:
        connection.execute(change)
    with pytest.raises(SourceError, match=message) as caught:
        open_package("data", engine=str(loaded))
    assert caught.value.exit_code == 2
    assert "Hint:" in str(caught.value)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({"maxLength": 2}, r"column 'name_zh': found '[^']{3}'; expected at most 2 characters \(and 1 more row\)"),
        ({"minLength": 4}, r"column 'name_zh': found '[^']{3}'; expected at least 4 characters \(and 1 more row\)"),
    ],
)
def test_length_of_text_is_held_in_postgres_as_on_duckdb(loaded, small, rules, message):
    path = small.folder / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    for field in content["resources"][0]["schema"]["fields"]:
        if field["name"] == "name_zh":
            field.setdefault("constraints", {}).update(rules)
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        open_package("data", engine=str(loaded))
    with pytest.raises(SourceError, match=message.split("; ")[1].split(" \\(")[0]):
        open_package("data", engine=DUCKDB)


# what all rows of BROKEN break, by the constraint that they break; one of them has no mark of poverty
BREAKS = {
    "required": ("poor", True, "a value", 1),
    "unique": ("stage", True, "each stage once", 1),
    "minimum": ("amount_fen", 70000, "at least 70000", 2),
    "maximum": ("paid_on", "2018-01-01", "at most 2018-01-01", 2),
    "enum": ("stage", ["it's"], "one of it's", 2),
    "pattern": ("payment_id", "[a-z]\\d\\d|'", "text matching [a-z]\\d\\d|'", 2),
    "minLength": ("payment_id", 3, "at least 3 characters", 2),
    "maxLength": ("payment_id", 1, "at most 1 characters", 2),
}
BROKEN = (
    "payment_id,county_code,stage,amount_fen,paid_on,poor\n"
    "a1,,primary,50000,2018-04-01,\n"
    "a2,530621,primary,62500,2018-04-02,false\n"
)


def declare(small, rules=None, **more):
    """The payments without any constraint but ``rules``, by column; ``more`` for columns too."""
    path = small.folder / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    for field in content["resources"][1]["schema"]["fields"]:
        field.update({"constraints": (rules or {}).get(field["name"], {})} | more.get(field["name"], {}))
    path.write_text(json.dumps(content), encoding="utf-8")


@pytest.fixture
def broken(office, small):
    """The small package with BROKEN rows in files and in PostgreSQL: its engine there. As declared nothing is wrong."""
    small.write("payments.csv", BROKEN)
    small.declare()
    declare(small)
    setting = read_setting(office.url("small"), where="test")
    upload(open_package("data", engine=DUCKDB), setting)
    return str(setting)


def refused(engine):
    with pytest.raises(SourceError) as caught:
        open_package("data", engine=engine)
    return caught.value


@pytest.mark.thorough
def test_every_constraint_is_held_on_every_engine(broken, small):
    """And neither engine takes an empty cell for a repeated one, or for a reference."""
    assert set(BREAKS) == set(CONSTRAINTS)
    assert open_package("data", engine=broken).count("payments") == 2
    for word, (column, rule, expected, count) in BREAKS.items():
        declare(small, {column: {word: rule}})
        found = [refused(engine).problems for engine in (DUCKDB, broken)]
        for problems in found:
            assert [(one.column, one.expected) for one in problems] == [(column, expected)] * count, word
        assert [one.kind for one in found[0]] == [one.kind for one in found[1]]
        if count == 2:
            assert [one.place for one in found[1]] == [f"{broken}, table payments, row payment_id = a{n}" for n in "12"]
    declare(small, {"county_code": {"unique": True}})
    assert open_package("data", engine=broken).count("payments") == 2


@pytest.mark.thorough
def test_more_problems_of_a_database_are_counted(broken, small, monkeypatch):
    monkeypatch.setattr(verification, "LISTED", 1)
    declare(small, {"payment_id": {"maxLength": 1}})
    assert str(refused(broken)).startswith(
        f"{broken}, table payments, row payment_id = a1, column 'payment_id': found 'a1'; "
        "expected at most 1 characters (and 1 more row)\n2 problems in all: 2 length"
    )


def test_a_bound_that_is_none_is_refused_on_postgres(broken, small):
    declare(small, {"amount_fen": {"minimum": "few"}})
    assert "found invalid input syntax for type bigint" in str(refused(broken))


MOBILE = "13912345678"


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("sql", "found"),
    [
        (f"UPDATE small.counties SET name_zh = '电话' || '{MOBILE}' WHERE county_code = '530602'",
         "column 'name_zh': found 1 mobile numbers"),
        ("UPDATE small.counties SET name_zh = '联系１３９-1234\u200b-5678' WHERE county_code = '530602'",
         "column 'name_zh': found 1 mobile numbers"),
        ("UPDATE small.payments SET amount_fen = 13912345678", None),  # an amount
        ("UPDATE small.payments SET payment_id = 'x@y.cn' WHERE payment_id = 'a1'",
         "column 'payment_id': found 1 mail addresses"),
    ],
)  # fmt: skip
def test_personal_data_in_a_database_are_refused_at_the_door(office, broken, sql, found):
    with office.connect() as connection:
        connection.execute(sql)
    if found is None:
        assert open_package("data", engine=broken).count("payments") == 2
        return
    error = refused(broken)
    assert found in str(error)
    assert error.exit_code == 2
    assert not any(one in str(error) for one in (MOBILE, "5678", "x@y"))


@pytest.mark.thorough
def test_names_in_a_database_are_refused_unless_declared(office, broken, small):
    with office.connect() as connection:
        for number, name in enumerate(("张小三", "李四", "王建国")):
            connection.execute("INSERT INTO small.counties VALUES (%s, %s)", (f"5306{number + 30}", name))
        connection.execute("DELETE FROM small.counties WHERE county_code = '530602'")
    assert "column 'name_zh': found 4 names of persons" in str(refused(broken))
    path = small.folder / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["resources"][0]["schema"]["fields"][1]["personal"] = True
    path.write_text(json.dumps(content), encoding="utf-8")
    tables = open_package("data", engine=broken)
    found = {row["name_zh"] for row in tables.rows(tables["counties"].select("name_zh"))}
    assert found == {"张*三", "李*", "王*国", "鲁*县"}


def test_a_personal_key_of_a_database_is_masked(broken, small):
    declare(small, {"stage": {"enum": ["none"]}}, payment_id={"personal": True})
    error = refused(broken)
    assert "row payment_id = a*, column 'stage'" in str(error)
    assert [one.place[-2:] for one in error.problems] == ["a*", "a*"]


@pytest.mark.thorough
def test_more_columns_and_smaller_types_of_an_office_are_read(office, loaded):
    with office.connect(options="-c search_path=small") as connection:
        connection.execute("ALTER TABLE payments ADD COLUMN remark text")
        connection.execute("ALTER TABLE payments ALTER COLUMN amount_fen TYPE integer")
        connection.execute("ALTER TABLE payments ALTER COLUMN stage TYPE character(10)")
    here, there = open_package("data"), open_package("data", engine=str(loaded))
    table = here.package.tables["payments"]
    assert there.digest(table) == here.digest(table)
    total = there["payments"].aggregate(total=there["payments"]["amount_fen"].sum())
    assert there.rows(total) == [{"total": 112500}]
    assert type(there.rows(total)[0]["total"]) is int


def test_text_is_in_the_order_of_its_code_points(office, loaded):
    names = ["昭阳区", "鲁甸县", "Äa", "b", "B", "a-b", "ab"]
    with office.connect(options="-c search_path=small") as connection:
        for number, name in enumerate(names):
            connection.execute("INSERT INTO counties VALUES (%s, %s)", (f"5306{number + 30}", name))
        own = [row[0] for row in connection.execute("SELECT DISTINCT name_zh FROM counties ORDER BY name_zh")]
    tables = open_package("data", engine=str(loaded))
    found = tables.rows(tables["counties"].select("name_zh").distinct().order_by("name_zh"))
    assert [row["name_zh"] for row in found] == sorted(names)
    assert own != sorted(names)  # the database sorts in another way, or this shows nothing


def test_rows_stay_as_they_were_when_the_package_was_opened(office, loaded):
    tables = open_package("data", engine=str(loaded))
    with office.connect(options="-c search_path=small") as connection:
        connection.execute("DELETE FROM payments")
    assert tables.count("payments") == 2


def test_nothing_can_be_written_to_the_office(loaded):
    tables = open_package("data", engine=str(loaded))
    with pytest.raises(SourceError, match="cannot execute DELETE in a read-only transaction"):
        tables.connection.query('DELETE FROM small."payments"')


def test_query_of_a_notebook_is_answered_and_writes_nothing(loaded):
    tables = open_package("data", engine=str(loaded))
    assert tables.sql("SELECT sum(amount_fen) AS fen FROM payments").to_dict("list") == {"fen": [112500]}
    for query, message in (
        ("SELECT nothing FROM payments", 'found column "nothing" does not exist; expected SQL over counties, payments'),
        ("DELETE FROM small.payments", "found no query"),
        ("WITH d AS (DELETE FROM small.payments RETURNING *) SELECT * FROM d", "found no query"),
    ):
        with pytest.raises(InputError, match=message):
            tables.sql(query)
    assert tables.count("payments") == 2  # the snapshot has outlived the errors


@pytest.mark.thorough
def test_load_replaces_nothing(loaded):
    with pytest.raises(SourceError, match='found relation "counties" already exists; expected new tables'):
        upload(open_package("data", engine=DUCKDB), loaded)


def test_load_takes_postgres_only(small):
    with pytest.raises(InputError, match="an engine that reads the package's files itself"):
        upload(open_package("data", engine=DUCKDB), read_setting("spark://local[2]", where="test"))


def test_what_an_engine_cannot_do_is_said(loaded):
    tables = open_package("data", engine=str(loaded))
    unknown = tables["counties"].select(h=tables["counties"]["name_zh"].hexdigest("md5"))
    with pytest.raises(SourceError, match=r"found an expression that it cannot compute \(.*HexDigest"):
        tables.rows(unknown)


@pytest.mark.parametrize("name", ["PGPASSWORD", "PGUSER"])
def test_wrong_secret_is_not_repeated(office, loaded, monkeypatch, name):
    monkeypatch.setenv(name, SECRET)
    with pytest.raises(SourceError, match="password authentication failed") as caught:
        open_package("data", engine=str(loaded))
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None


def test_name_has_to_be_in_the_environment(loaded, monkeypatch):
    monkeypatch.delenv("PGUSER")
    with pytest.raises(InputError, match="found no PGUSER in the environment"):
        open_package("data", engine=str(loaded))


def test_server_that_is_not_there_is_named(office, small):
    with pytest.raises(SourceError, match=r"engine postgres://127.0.0.1:1/zt\?schema=public; found connection failed"):
        open_package("data", engine="postgres://127.0.0.1:1/zt")


@pytest.mark.thorough
@pytest.mark.slow
def test_every_answer_is_the_same_on_postgres(office, shipped):
    roles = ("table", "system")
    here, _ = answers(open_package(SHIPPED, roles=roles, engine=DUCKDB))
    there, _ = answers(open_package(SHIPPED, roles=roles, engine=shipped))
    assert missing(here) == missing(there) == []
    assert differing(here, there) == []


@pytest.mark.thorough
@pytest.mark.slow
def test_row_changed_in_postgres_is_caught(office, shipped, project):
    """The run on the server's rows, verified, then verified again after one row has changed there."""
    for case in CASES:
        path = project / "params" / f"{case}.yml"
        path.write_text(path.read_text("utf-8").replace('engine: "duckdb"', f'engine: "{shipped}"'), "utf-8")
    shorten(project)
    assert zt("run", "2018-11", cwd=project)[0] == 0
    record = json.loads((project / "outputs" / "2018-11" / "run.json").read_text(encoding="utf-8"))
    assert record["engine"] == str(shipped)
    assert {one["name"]: one["rows"] for one in record["tables"]}["nutrition_students"] == 743740
    assert not any("counties" in one["path"] for one in record["inputs"])
    page = (project / "outputs" / "2018-11" / "report.html").read_text(encoding="utf-8")
    assert [one["rows_digest"] in page for one in record["tables"]] == [True] * 11
    assert page.count(">在数据库中<") == 11
    assert "全部数据文件与登记的校验和相符" not in page
    assert unchanged(project, project / "outputs" / "2018-11") is None  # what the database holds now is not known
    for word in (postgres.PASSWORD, postgres.ROLE):
        assert [one for one in project.rglob("*") if one.is_file() and word.encode() in one.read_bytes()] == []
    code, said = zt("verify", "2018-11", "--recompute", cwd=project)
    assert (code, "the rows of 11 tables are in a database" in said) == (0, True)
    _change(office, -1)
    try:
        code, said = zt("verify", "2018-11", "--recompute", cwd=project)
    finally:
        _change(office, 1)
    assert (code, "table dropout_cases: found 8663 rows" in said) == (1, True)


def _change(office, days):
    with office.connect(options=f"-c search_path={SCHEMA}") as connection:
        found = connection.execute(
            "UPDATE dropout_cases SET outcome_on = outcome_on + %s WHERE case_id = "
            "(SELECT min(case_id) FROM dropout_cases WHERE outcome = 'returned')",
            (days,),
        )
        assert found.rowcount == 1


@pytest.mark.skipif(bool(find_spec("pyspark")), reason="pyspark is installed")
def test_spark_has_to_be_installed(small):
    with pytest.raises(InputError, match="found no package pyspark; expected pyspark 4"):
        open_package("data", engine="spark://local[2]")


@needs_spark
def test_package_on_spark_holds_the_same_rows(small):
    here, there = open_package("data"), open_package("data", engine="spark://local[2]")
    for table in here.declared:
        assert there.rows(there[table.name].order_by(table.primary_key[0])) == here.rows(here[table.name])
        assert there.digest(table) == here.digest(table)
    assert [one.name for one in there.files] == ["counties", "payments"]


@needs_spark
@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("50000", "abc", r"payments.csv, row payment_id = a1, column 'amount_fen': found 'abc'; expected a whole num"),
        ("50000", "12.5", r"column 'amount_fen': found '12.5'; expected a whole number"),
        ("50000", " 5", r"column 'amount_fen': found ' 5'; expected a whole number"),
        ("50000", "", r"column 'amount_fen': found an empty cell; expected a value"),
        ("2018-04-02", "2018-13-02", r"column 'paid_on': found '2018-13-02'; expected a date"),
        ("2018-04-02", "2018-4-2", r"column 'paid_on': found '2018-4-2'; expected a date"),
        ("true", "yes please", r"column 'poor': found 'yes please'; expected true or false"),
        ("junior", "high", r"column 'stage': found 'high'; expected one of primary, junior"),
        ("a2,530621", "a2,530699", r"found county_code = 530699; expected a row of counties"),
        ("a2,", "a1,", r"found payment_id = a1 in 2 rows"),
        ("paid_on,poor", "poor,paid_on", r"payments.csv: columns; found the order"),
        (",false", "", r"engine spark://local\[2\]; found .*MALFORMED"),
    ],
)
def test_bad_file_on_spark_is_refused(small, before, after, message):
    path = small.folder / "payments.csv"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(SourceError, match=message) as caught:
        open_package("data", engine="spark://local[2]")
    assert caught.value.exit_code == 2
    assert "62500" not in "".join(traceback.format_exception(caught.value))  # a whole line is quoted nowhere


@needs_spark
def test_file_in_another_encoding_is_refused_on_spark(small):
    path = small.folder / "counties.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    with pytest.raises(SourceError, match=r"counties.csv, .*column 'name_zh': .*expected text in UTF-8"):
        open_package("data", engine="spark://local[2]")


@needs_spark
def test_folders_of_parquet_are_read_on_spark(small):
    plain = open_package("data")
    rows = plain.backend.to_pyarrow(plain["payments"])
    (small.folder / "payments.csv").unlink()
    small.folder.joinpath("payments").mkdir()
    pq.write_to_dataset(rows, small.folder / "payments", partition_cols=["county_code"])
    path = small.folder / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace('"payments.csv"', '"payments"'), encoding="utf-8")
    there = open_package("data", engine="spark://local[2]")
    table = there.package.tables["payments"]
    assert table.parts.keys == ("county_code",)
    assert there.digest(table) == plain.digest(table)


@needs_spark
def test_database_of_a_spark_catalog_is_read(small, tmp_path):
    files = open_package("data", engine="spark://local[2]")
    session = files.connection.session
    session.sql("CREATE DATABASE IF NOT EXISTS zt_small")
    for table in files.declared:
        session.sql(f"DROP TABLE IF EXISTS zt_small.{table.name}")
        path = (tmp_path / "warehouse" / table.name).as_uri()
        session.table(table.name).write.option("path", path).saveAsTable(f"zt_small.{table.name}")
    digests = [files.digest(table) for table in files.declared]
    for name in ("counties.csv", "payments.csv"):
        (small.folder / name).unlink()
    there = open_package("data", engine="spark://local[2]?database=zt_small")
    assert [there.digest(table) for table in there.declared] == digests
    assert there.files == []
    shutil.rmtree(tmp_path / "warehouse" / "payments")
    session.sql("DROP TABLE zt_small.payments")
    with pytest.raises(SourceError, match="TABLE_OR_VIEW_NOT_FOUND"):
        open_package("data", engine="spark://local[2]?database=zt_small")


@pytest.mark.thorough
def test_one_table_from_a_database(office, loaded, small):
    """The rest of the package stays in files; the columns and words of the database are its own."""
    with office.connect() as connection:
        connection.execute("ALTER TABLE small.payments RENAME TO grants")
        connection.execute("ALTER TABLE small.grants RENAME COLUMN stage TO xueduan")
        connection.execute("UPDATE small.grants SET xueduan = CASE xueduan WHEN 'primary' THEN '小学' ELSE '初中' END")
    sources = (
        f'payments:\n  from: "{loaded}"\n  table: "grants"\n  columns: {{stage: "xueduan"}}\n'
        "  values: {stage: {小学: primary, 初中: junior}}\n"
    )
    before = open_package("data", engine=DUCKDB)
    small.write("sources.yml", sources)
    (small.folder / "payments.csv").unlink()
    now = open_package("data", engine=DUCKDB)
    ordered = [one.rows(one["payments"].order_by("payment_id")) for one in (before, now)]
    assert ordered[0] == ordered[1]
    assert len(ordered[1]) == 2
    assert not now.changed
    table = now.package.tables["payments"]
    assert (table.sha256, now.digest(table)) == ("", before.digest(before.package.tables["payments"]))


def test_a_wrong_cell_of_a_database_table_is_named(office, loaded, small):
    with office.connect() as connection:
        connection.execute("UPDATE small.payments SET amount_fen = -1 WHERE payment_id = 'a2'")
    small.write("sources.yml", f'payments:\n  from: "{loaded}"\n')
    with pytest.raises(SourceError, match=r"postgres://.*, table payments row 2, column 'amount_fen': found '-1'"):
        open_package("data", engine=DUCKDB)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "entry", ['from: "postgres://me:pw@host/zt"', 'from: "postgres://host/zt"\n  one_per: "counties"']
)
def test_a_wrong_declaration_of_a_database_table(small, entry):
    small.write("sources.yml", f"payments:\n  {entry}\n")
    with pytest.raises(InputError, match=r"sources.yml, table 'payments'") as refused:
        open_package("data", engine=DUCKDB)
    assert "pw" not in str(refused.value)


@pytest.mark.thorough
def test_a_run_with_one_table_from_a_database(office, shipped, project):
    """The figures of the reference; the record says which table has no file, and verify tells a row that changed."""
    shorten(project)
    package = project / "data" / "zhaotong-2018"
    with (package / "sources.yml").open("w", encoding="utf-8") as file:
        file.write(f'dropout_cases:\n  from: "{shipped}"\n')
    (package / "dropout_cases.csv").unlink()
    code, said = zt("run", "2018-11", cwd=project)
    assert (code, said if code else "") == (0, "")
    figures = [(root / "outputs/2018-11/figures.csv").read_bytes() for root in (project, ROOT)]
    assert figures[0] == figures[1]
    record = json.loads((project / "outputs" / "2018-11" / "run.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in record["tables"]] == ["dropout_cases"]
    assert zt("verify", "2018-11", "--recompute", cwd=project)[0] == 0
    _change(office, -1)
    try:
        code, said = zt("verify", "2018-11", "--recompute", cwd=project)
    finally:
        _change(office, 1)
    assert (code, "table dropout_cases: found 8663 rows" in said) == (1, True)
