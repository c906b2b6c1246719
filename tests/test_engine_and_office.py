"""The engine knows no office: it names none of its places, figures, columns or codes."""

import csv
import json
import re

import pytest
from packages import ROOT, SHIPPED
from shipped import INDICATORS

SUFFIXES = (".py", ".csv", ".json", ".j2", ".js", ".css", ".toml")
ENGINE = sorted(path for path in (ROOT / "zt_analysis").rglob("*") if path.suffix in SUFFIXES and path.is_file())
# what the engine itself calls so: a date of every paper
ENGINES_OWN = {"issued_on"}


def office_words():
    """Every word that only this office has: its counties, its indicators, the columns of its package."""
    with (SHIPPED / "counties.csv").open(encoding="utf-8") as file:
        counties = {row["name_zh"] for row in csv.DictReader(file)}
    resources = json.loads((SHIPPED / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    tables = [one for one in resources if one.get("role") not in ("claims", "explanations")]
    columns = {field["name"] for one in tables for field in one["schema"]["fields"]}
    own = {name for name in columns | set(INDICATORS) if "_" in name and not name.startswith("name_")} - ENGINES_OWN
    assert len(counties) == 11
    assert len(own) > 80
    return counties | {"昭通", "教育兴昭"}, own


CHINESE, NAMES = office_words()
FOUND = re.compile("|".join([*map(re.escape, sorted(CHINESE)), r"5306\d\d", rf"\b(?:{'|'.join(sorted(NAMES))})\b"]))


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_engine_names_no_office(path):
    found = sorted({one[0] for one in FOUND.finditer(path.read_text(encoding="utf-8"))})
    assert found == []


def test_engine_asks_for_no_kind_of_paper():
    """What a paper is said to be is asked of its class: no name of one, no day of the week, no school term."""
    asked = re.compile(r"""paper\.(?:kind|notebook|every)\s*[!=]=\s*["']|["'](?:bulletin|weekly|circular)["']""")
    found = [
        (path.relative_to(ROOT).as_posix(), one[0]) for path in ENGINE if path.suffix == ".py"
        for one in asked.finditer(path.read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert found == []


def test_engine_imports_no_office():
    imports = re.compile(r"^\s*(?:from|import) office\b", re.MULTILINE)
    assert [path for path in ENGINE if path.suffix == ".py" and imports.search(path.read_text(encoding="utf-8"))] == []


def test_office_imports_only_what_it_writes_with():
    files = sorted((ROOT / "office").rglob("*.py"))
    imports = re.compile(r"^\s*(?:from|import) (zt_analysis[\w.]*)", re.MULTILINE)
    found = {module for path in files for module in imports.findall(path.read_text(encoding="utf-8"))}
    assert len(files) > 30
    assert found == {"zt_analysis.define", "zt_analysis.drawing"}
