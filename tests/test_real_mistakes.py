"""Kinds of faults that stood in published tables, planted in our own: the profile lists each, a relation stops it.

docs/sources.md tells which tables they stood in; no cell of those is here.
"""

import csv
import json
import random

import pytest
from commands import zt

from zt_analysis.profiling import profile
from zt_analysis.sources import open_package

PERSONS = "data/yearbook/raw/persons/民办教育学生情况.csv"
LATER = "data/yearbook/raw/later/年度数据-在校学生数（示例）.csv"


def odd(root, package="data/yearbook"):
    return {(one.table, one.column, one.place): one.reason for one in profile(open_package(root / package)).oddities}


def halve(root):
    """The pupils of private primary schools of 2018, as in one of two tables of a bureau: 0.489 of what they were."""
    path = root / PERSONS
    lines = [line.split(",") for line in path.read_text(encoding="utf-8-sig").splitlines()]
    place = lines[0].index("民办普通小学在校生数")
    for line in lines[1:]:
        line[place] = f"{float(line[place]) * 0.489:.4f}" if line[0] == "2018" else line[place]
    path.write_text("\n".join(map(",".join, lines)) + "\n", encoding="utf-8")


@pytest.mark.thorough
def test_a_clean_yearbook_has_none_of_them(example):
    assert list(odd(example).values()) == [
        "rounded before it was published: changes against these periods are not exact"
    ]


def test_a_cell_that_is_half_of_its_neighbours(example):
    halve(example)
    found = odd(example)
    assert found["persons", "value", "private_primary_pupils, year 2018"] == (
        "it leaps and comes back; what stands beside it does not"
    )
    assert found["earlier", "value", "民办普通小学在校生数, year 2018"]
    assert len(found) == 3


@pytest.mark.thorough
def test_as_a_relation_it_stops_the_issue(example):
    halve(example)
    statements = example / "office/relations/statements.csv"
    line = "R21,soft,figures,,,,growth(private_primary_pupils) < 50%,一年增长不到一半,Less than half more in a year,\n"
    statements.write_text(statements.read_text(encoding="utf-8") + line, encoding="utf-8")
    said = zt("check", "2019", cwd=example).stdout
    assert "1 待解释" in said
    assert "R21" in said


@pytest.mark.thorough
def test_blanks_that_were_filled_with_zeros(example):
    """A cleaned copy writes 0.0 where nothing was published: each series of the newest year ends in 0."""
    path = example / LATER
    lines = path.read_text(encoding="utf-8").split("\n")
    blank = [place for place, line in enumerate(lines) if " \t,\t," in line]
    for place in blank:
        lines[place] = lines[place].replace(" \t,\t,", " \t,0.0\t,", 1)
    path.write_text("\n".join(lines), encoding="utf-8")
    reasons = list(odd(example).values())
    assert reasons.count("it ends in 0: was nothing published yet?") == len(blank) > 5
    assert len(reasons) == len(blank) + 1


DISTRICTS = [f"{sign}区" for sign in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"]
FIELDS = ("district", "year", "share", "growth", "revenue_growth", "difference")


@pytest.fixture
def funds(tmp_path):
    """Sixteen districts in hundredths of a per cent; of the last year two columns stand in each other's place."""
    dice, rows = random.Random(3), []
    for district in DISTRICTS:
        share = dice.randint(1600, 2300)
        for year in range(2019, 2026):
            growth, revenue = dice.randint(300, 450), dice.randint(500, 700)
            rows.append([district, year, share + dice.randint(-60, 60), growth, revenue, growth - revenue])

    def write(*, exchanged):
        lines = [
            [*row[:2], row[3], row[2], *row[4:]] if exchanged and row[1] == 2025 else row for row in rows
        ]  # fmt: skip
        with (tmp_path / "funds.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([FIELDS, *lines])
        fields = [{"name": name, "type": "integer", "constraints": {"required": True}} for name in FIELDS]
        fields[0]["type"] = "string"
        resource = {
            "name": "funds", "path": "funds.csv", "hash": "", "schema": {"fields": fields, "primaryKey": FIELDS[:2]},
        }  # fmt: skip
        content = {"name": "funds", "title": "Invented districts", "synthetic": True, "resources": [resource]}
        (tmp_path / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
        (tmp_path / "zt.toml").write_text('name = { zh = "示例" }\n', encoding="utf-8")
        assert zt("seal", str(tmp_path), cwd=tmp_path).returncode == 0
        return tmp_path

    return write


@pytest.mark.slow
def test_two_columns_that_were_exchanged_in_one_year(funds):
    assert profile(open_package(funds(exchanged=False))).oddities == ()
    found = profile(open_package(funds(exchanged=True))).oddities
    said = {(one.column, one.place): one for one in found}
    assert said["share, growth", "year 2025"].reason == "each is usual for the other: exchanged?"
    assert {one.place for one in found} == {"year 2025"}
    # what the office would declare: growth less that of revenue is the difference
    kept = [one for one in found if one.expected.startswith("true, as in 2019 to 2024")]
    assert any({"growth", "revenue_growth", "difference"} <= set(one.column.replace(" =", "").replace(" +", "").split())
               for one in kept)  # fmt: skip
