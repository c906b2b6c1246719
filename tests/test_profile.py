"""What is odd in a package's numbers: each kind, planted in an invented yearbook, is found there and nothing else."""

import csv
import hashlib
import json
import random

import pytest
from commands import zt

from zt_analysis.errors import SourceError
from zt_analysis.profiling import profile
from zt_analysis.sources import in_memory, open_package

pytestmark = pytest.mark.slow

YEARS = range(2008, 2020)
PARTS = ("a", "b", "c", "d", "e", "f")
MEASURES = ("pupils", "teachers", "rural", "urban", "boarders", "funds")


def yearbook():
    """By part and year: pupils are rural and urban ones, boarders some of them; everything moves slowly."""
    dice, rows = random.Random(7), {}
    for place, part in enumerate(PARTS):
        size = 40_000 * (place + 1)
        for year in YEARS:
            size = int(size * dice.uniform(0.97, 1.05))
            rural = int(size * dice.uniform(0.40, 0.44))
            rows[part, year] = {
                "pupils": size, "teachers": int(size / dice.uniform(15, 17)), "rural": rural, "urban": size - rural,
                "boarders": int(size * dice.uniform(0.20, 0.22)), "funds": int(size * dice.uniform(900, 1000)) + 1,
            }  # fmt: skip
    return rows


def write(folder, rows):
    names = ["part", "year", *MEASURES]
    with (folder / "yearbook.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(names)
        lines.writerows([part, year, *(row[name] for name in MEASURES)] for (part, year), row in rows.items())
    fields = [{"name": "part", "type": "string", "constraints": {"required": True}}]
    fields += [{"name": name, "type": "integer", "constraints": {"required": name == "year"}} for name in names[1:]]
    sha256 = hashlib.sha256((folder / "yearbook.csv").read_bytes()).hexdigest()
    resource = {
        "name": "yearbook", "path": "yearbook.csv", "hash": f"sha256:{sha256}",
        "schema": {"fields": fields, "primaryKey": ["part", "year"]},
    }  # fmt: skip
    content = {"name": "odd", "title": "An invented yearbook", "synthetic": True, "resources": [resource]}
    (folder / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def found(folder, rows):
    return profile(open_package(write(folder, rows))).oddities


def leap(rows):
    rows["c", 2013]["teachers"] = 2 * rows["c", 2013]["teachers"]


def last(rows):
    rows["b", 2019]["boarders"] = rows["b", 2019]["boarders"] // 10


def blank(rows):
    for year in (2018, 2019):
        rows["d", year]["funds"] = 0


def gap(rows):
    rows["a", 2012]["boarders"] = 0


def exchanged_cell(rows):
    row = rows["e", 2011]
    row["teachers"], row["boarders"] = row["boarders"], row["teachers"]


def exchanged_year(rows):
    for part in PARTS:
        row = rows[part, 2014]
        row["teachers"], row["funds"] = row["funds"], row["teachers"]


def sum_broken(rows):
    rows["f", 2016]["urban"] += 900


def part_above(rows):
    rows["a", 2015]["boarders"] = rows["a", 2015]["pupils"] + 10


def copied(rows):
    rows["b", 2010] = dict(rows["b", 2009])


def rounded(rows):
    for part in PARTS:
        for year in range(2008, 2013):
            rows[part, year]["funds"] = rows[part, year]["funds"] // 100_000 * 100_000


def test_a_clean_yearbook_has_nothing_odd(tmp_path):
    seen = profile(open_package(write(tmp_path, yearbook())))
    assert seen.oddities == ()
    assert seen.looked == (("yearbook", 6, 12 * 6 * 6),)


@pytest.mark.parametrize(
    ("plant", "column", "place", "why"),
    [
        (leap, "teachers", "c, year 2013", "leaps and comes back"),
        (last, "boarders", "b, year 2019", "the series was steady"),
        (blank, "funds", "d, year 2018", "was nothing published yet"),
        (gap, "boarders", "a, year 2012", "falls to 0 and comes back"),
        (exchanged_cell, "teachers, boarders", "e, year 2011", "exchanged"),
        (exchanged_year, "teachers, funds", "year 2014", "exchanged"),
        (sum_broken, "rural + urban = pupils", "f, year 2016", "nearly everywhere"),
        (part_above, "boarders <= pupils", "a, year 2015", "a part exceeds its whole"),
        (copied, "", "b, year 2010", "a row may have been copied"),
        (rounded, "funds", "year 2008 to 2012", "rounded before it was published"),
    ],
)
@pytest.mark.part(2)
def test_what_is_planted_is_found_at_its_place(tmp_path, plant, column, place, why):
    rows = yearbook()
    plant(rows)
    seen = found(tmp_path, rows)
    assert any((one.column, one.place) == (column, place) and why in one.reason for one in seen), seen
    # and what is said is about this place
    assert all(place.split(", ")[0].split()[-1] in one.place or "2014" in one.place for one in seen), seen


def test_what_leaps_everywhere_is_the_world_and_not_a_cell(tmp_path):
    rows = yearbook()
    for part in PARTS:
        for name in MEASURES:
            rows[part, 2013][name] *= 2
    assert found(tmp_path, rows) == ()


def test_a_table_without_numbers_would_be_no_profile():
    with pytest.raises(SourceError, match="no table with numbers under a primary key"):
        profile(in_memory(names=[{"code": "a", "name": "b"}]))


def test_the_command_says_what_it_looked_at(tmp_path):
    rows = yearbook()
    leap(rows)
    write(tmp_path, rows)
    done = zt("sources", "profile", str(tmp_path), cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "teachers" in done.stdout
    assert "looked at yearbook: 432 numbers in 6 columns\n1 to judge\n" in done.stdout
