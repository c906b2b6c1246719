"""Declared corrections: applied where they say, shown everywhere, refused when they do not fit."""

import json
import re
from datetime import date, timedelta

import pytest
from packages import PAYMENTS, shorten

from zt_analysis import runs
from zt_analysis.errors import SourceError
from zt_analysis.sources import kept_rows, loading, open_package, quality

GOOD = {
    "table": "payments",
    "where": "{payment_id: a2}",
    "column": "amount_fen",
    "from": '"62500"',
    "to": '"61500"',
    "reason": "the county sent a corrected list",
    "by": "desk-2",
    "date": "2018-11-20",
}


def declare(small, *entries):
    blocks = ("\n".join(f"  {name}: {value}" for name, value in one.items()).replace("  ", "- ", 1) for one in entries)
    small.write("corrections.yml", "\n".join(blocks) + "\n")


def refused(small, match):
    with pytest.raises(SourceError, match=match) as caught:
        open_package("data")
    assert str(caught.value).startswith("corrections.yml")
    assert "Hint:" in str(caught.value)


def amounts(tables):
    found = tables.rows(tables["payments"].order_by("payment_id"))
    return [row["amount_fen"] for row in found]


def test_a_correction_is_applied_and_shown(small):
    declare(small, GOOD)
    tables = open_package("data")
    assert amounts(tables) == [50000, 61500]
    assert (small.folder / "payments.csv").read_text() == PAYMENTS
    (only,) = quality(tables)["corrections"]
    assert only["places"] == ["payments.csv row 2 (line 3)"]
    assert (only["written"], only["right"], only["by"]) == ("62500", "61500", "desk-2")
    assert quality(tables)["corrections_file"]["path"] == "corrections.yml"


def test_no_file_is_no_correction(small):
    assert quality(open_package("data"))["corrections"] == []


def test_what_was_checked_is_counted(small):
    found = {one["table"]: one for one in quality(open_package("data"))["tables"]}
    # county_code: required, pattern; the key
    assert found["counties"] == {
        "table": "counties", "rows": 2, "columns": 2, "checks": 3, "problems": 0, "keys": ["county_code"],
    }  # fmt: skip
    # five required, three types, one code, three bounds; a key, a reference
    assert found["payments"]["checks"] == 14


def test_a_table_that_declares_nothing_is_refused(small):
    path = small.folder / "datapackage.json"
    content = json.loads(path.read_text())
    content["resources"][0]["schema"] = {"fields": [{"name": n, "type": "string"} for n in ("county_code", "name_zh")]}
    path.write_text(json.dumps(content))
    with pytest.raises(SourceError, match="table 'counties'; found nothing that could be checked"):
        open_package("data")


def test_a_correction_makes_a_refused_row_right(small):
    small.write("payments.csv", PAYMENTS.replace("62500", "abc").replace("50000", ""))
    small.declare()
    declare(small, GOOD | {"from": "abc"}, GOOD | {"where": "{payment_id: a1}", "from": '""', "to": "7"})
    assert amounts(open_package("data")) == [7, 61500]
    declare(small, GOOD | {"from": "abc"}, GOOD | {"where": "{payment_id: a1}", "from": '""', "to": "seven"})
    with pytest.raises(SourceError, match=r"row 1 .*'amount_fen': found 'seven'; expected a whole number"):
        open_package("data")


def test_several_rows_only_where_it_says_so(small):
    small.write("payments.csv", PAYMENTS.replace("62500", "50000"))
    small.declare()
    both = GOOD | {"where": '{amount_fen: "50000"}', "from": '"50000"'}
    declare(small, both)
    refused(small, r"correction 1: rows of payments; found 2 rows, first payments.csv row 1 \(line 2\); expected 1")
    declare(small, both | {"rows": 2})
    assert amounts(open_package("data")) == [61500, 61500]


@pytest.mark.part(6)
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"where": "{payment_id: a9}"}, "found no row; expected 1"),
        ({"from": '"99"'}, r"payments.csv row 2 \(line 3\), column 'amount_fen'; found '62500'; expected '99'"),
        ({"from": '"1"', "to": '"62500"'}, "found '62500', which is right already; .*no longer needed"),
        ({"to": '"62500"'}, "found '62500' twice"),
        ({"table": "pupils"}, "key 'table'; found 'pupils'; expected one of counties, payments"),
        ({"column": "amount"}, "column; found 'amount'; expected one of payment_id"),
        ({"where": "{id: a2}"}, "column; found 'id'"),
        ({"where": "a2"}, "key 'where'; found 'a2'"),
        ({"where": "{}"}, "found no where"),
        ({"reason": '""'}, "found no reason"),
        ({"reason": '" "'}, "key 'reason'; found '', no word; expected why"),
        ({"reason": '"。"'}, "key 'reason'; found '。', no word; expected why"),
        ({"reason": '"xx"'}, "key 'reason'; found 'xx', no word"),
        ({"by": '"\\u200b"'}, "key 'by'; found nobody"),
        ({"by": None}, "found no by"),
        ({"date": None}, "found no date"),
        ({"date": "20.11.2018"}, "key 'date'; found '20.11.2018'"),
        ({"date": "20181120"}, "key 'date'; found '20181120'"),
        ({"date": (date.today() + timedelta(days=2)).isoformat()}, "not one to come"),
        ({"rows": "0"}, "key 'rows'; found '0'"),
        ({"rows": "[1]"}, "key 'rows'; found"),
        ({"form": "x"}, "unknown form"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(small, changes, message):
    declare(small, {name: value for name, value in (GOOD | changes).items() if value is not None})
    refused(small, message)


def test_a_cell_is_corrected_once(small):
    declare(small, GOOD, GOOD | {"where": '{county_code: "530621"}', "to": '"1"'})
    refused(small, "correction 2; found column 'amount_fen' of row 2 of payments, as in correction 1")


@pytest.mark.part(3)
@pytest.mark.parametrize("text", ["[", "{}", "", "- a\n", "- {table: payments, table: counties}\n", b"\xff\xfe\x00"])
def test_a_file_that_is_no_list(small, text):
    small.write("corrections.yml", text)
    refused(small, "corrections.yml")


def test_kept_rows_are_made_anew(small, tmp_path, monkeypatch):
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setenv(kept_rows.KEPT, str(kept))
    assert amounts(open_package("data")) == [50000, 62500]
    declare(small, GOOD)
    again = open_package("data")
    assert amounts(again) == [50000, 61500]
    assert len(quality(again)["corrections"]) == 1


@pytest.mark.thorough
@pytest.mark.parametrize("held", [True, False])
def test_parquet_is_corrected_too(project, held, monkeypatch):
    if not held:
        monkeypatch.setattr(loading, "LARGE_BYTES", 0)
    tables = open_package("data/zhaotong-2018", names=("aid_cards",))
    cards = tables["aid_cards"]
    first = tables.rows(cards.order_by(cards.columns[0]).limit(1))[0]
    key, column = cards.columns[0], "county_code"
    other = "530621" if first[column] != "530621" else "530602"
    entry = GOOD | {
        "table": "aid_cards", "where": f'{{{key}: "{first[key]}"}}', "column": column, "from": f'"{first[column]}"',
        "to": f'"{other}"',
    }  # fmt: skip
    lines = "\n".join(f"  {name}: {value}" for name, value in entry.items()).replace("  ", "- ", 1)
    (project / "data/zhaotong-2018/corrections.yml").write_text(lines, encoding="utf-8")
    corrected = open_package("data/zhaotong-2018", names=("aid_cards",))
    found = corrected.rows(corrected["aid_cards"].filter(corrected["aid_cards"][key] == first[key]))
    assert [row[column] for row in found] == [other]
    assert corrected.count("aid_cards") == tables.count("aid_cards")


@pytest.mark.thorough
@pytest.mark.slow
def test_a_run_shows_its_corrections(project):
    shorten(project)
    lines = (project / "data/zhaotong-2018/teaching.csv").read_text(encoding="utf-8").splitlines()
    first = dict(zip(lines[0].split(","), lines[1].split(","), strict=True))
    entry = GOOD | {
        "table": "teaching", "where": f"{{teaching_id: {first['teaching_id']}}}", "column": "visits_count",
        "from": f'"{first["visits_count"]}"', "to": '"1"',
    }  # fmt: skip
    text = "\n".join(f"  {name}: {value}" for name, value in entry.items()).replace("  ", "- ", 1)
    done = None
    for corrected in (False, True):
        if corrected:
            assert runs.unchanged(project, done.folder) is not None
            (project / "data/zhaotong-2018/corrections.yml").write_text(text, encoding="utf-8")
            assert runs.unchanged(project, done.folder) is None
        done = runs.run("2018-11", project, engine="warm")
        page = (done.folder / "report.html").read_text(encoding="utf-8")
        assert ("desk-2" in page, "the county sent a corrected list" in page) == (corrected, corrected)
        assert ('href="#correction-1"' in page) == corrected
        assert done.record["quality"]["corrections"] == int(corrected)
    assert "data/zhaotong-2018/corrections.yml" in {one["path"] for one in done.record["inputs"]}
    assert done.record["quality"]["checks"] > 100
    assert (
        (done.folder / "problems.csv").read_text(encoding="utf-8-sig").startswith("file,place,table,row,column,found")
    )
    touched = [one for one in done.ledger["figures"] if one["corrections"]]
    assert touched
    assert all("teaching" in one["tables"] for one in touched)
    assert len(re.findall('id="correction-1"', page)) == 1
