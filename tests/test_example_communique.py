"""The second office, examples/communique: levels from raw files, the rest by views, another year by parameters."""

import json
import re
import shutil

import pytest
from packages import ROOT

from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.checks import review
from zt_analysis.office import office_of
from zt_analysis.sources import open_package
from zt_analysis.sources.sealing import seal

EXAMPLE = ROOT / "examples/communique"


@pytest.fixture
def example(tmp_path, monkeypatch):
    root = tmp_path / "communique"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns("outputs", "__pycache__", ".*"))
    monkeypatch.chdir(root)
    return root


def checked(root, case):
    paper = paper_of(params.load(case, root))
    return review(paper, open_package(root / paper.package))


def states(found):
    return {verdict.claim.id: verdict.word for verdict in found.verdicts}


@pytest.mark.parametrize("case", ["2019", "2018"])
def test_every_printed_number_agrees(example, case):
    """Fifteen numbers a year: levels, changes, growths, a sum, a share, a rank, a ratio; 2018 by its parameters."""
    found = checked(example, case)
    assert len(states(found)) == 15
    assert set(states(found).values()) <= {"agree", "agree_rounded"}
    assert [one.status for one in found.relations] == ["holds"] * 11


def test_a_wrong_digit_in_a_raw_file_is_found_by_both_computations(example):
    path = example / "data/yearbook/raw/provinces/普通小学基本情况.csv"
    text = path.read_text(encoding="utf-8-sig")
    line = next(one for one in text.splitlines() if one.startswith("990000") and ",2019," in one)
    cells = line.split(",")
    cells[5] = f"{float(cells[5]) + 30:.4f}"
    path.write_text(text.replace(line, ",".join(cells)), encoding="utf-8")
    found = checked(example, "2019")
    assert states(found)["2019-04"] == "differs"
    assert {one.relation.id: one.status for one in found.relations}["R02"] == "fails"


def test_a_year_that_was_not_published_is_no_0(example):
    path = example / "data/yearbook/raw/provinces/普通小学基本情况.csv"
    text = path.read_text(encoding="utf-8-sig")
    line = next(one for one in text.splitlines() if one.startswith("991000") and ",2018," in one)
    cells = line.split(",")
    cells[5] = ""
    path.write_text(text.replace(line, ",".join(cells)), encoding="utf-8")
    found = states(checked(example, "2019"))
    assert found["2019-04"] == "agree_rounded"
    assert found["2019-05"] == found["2019-06"] == "not_derivable"


def test_the_office_is_small_and_the_engine_knows_no_word_of_it():
    code = [path for path in EXAMPLE.rglob("*") if path.suffix in (".py", ".csv", ".toml") and "office" in path.parts]
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in code) <= 250
    engine = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "zt_analysis").rglob("*.py"))
    assert not re.search("of_the_country|kindergarten_|普通小学|communique_title|province_code", engine)
    assert not set(office_of(EXAMPLE).indicators) & set(office_of(ROOT).indicators)


def test_what_sources_yml_gives_is_sealed_by_no_checksum(example):
    (example / "data/yearbook/places.csv").write_bytes((EXAMPLE / "data/yearbook/places.csv").read_bytes() + b"\n")
    before = (example / "data/yearbook/datapackage.json").read_text(encoding="utf-8")
    assert seal(example / "data/yearbook") == ["places"]
    declared = json.loads((example / "data/yearbook/datapackage.json").read_text(encoding="utf-8"))["resources"]
    then = json.loads(before)["resources"]
    assert declared[0]["hash"] != then[0]["hash"]
    assert declared[1:] == then[1:]
