"""What Excel opens is read, what cannot be read says why and what to do; long texts are shortened in messages only."""

import csv
import json
import zipfile

import openpyxl
import pytest
from bounds import within

from zt_analysis.runs.figure_files import write_problems
from zt_analysis.sources.checking import check_sources
from zt_analysis.sources.problems import Problem
from zt_analysis.submissions import Field, Layout, read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAYOUT = Layout((Field("school", "string", ("学校",)), Field("persons", "integer", ("人数",))))
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(path, *rows):
    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    for row in [["学校", "人数"], *rows]:
        book.active.append(row)
    book.save(path)
    return path


def changed(path, change):
    """The workbook with ``change`` made to the text of each of its parts."""
    with zipfile.ZipFile(path) as zipped:
        parts = {name: zipped.read(name).decode("utf-8") for name in zipped.namelist()}
    with zipfile.ZipFile(path, "w") as zipped:
        for name, text in parts.items():
            zipped.writestr(name, change(name, text))
    return path


def test_strict_ooxml_is_read(tmp_path):
    def strict(_, text):
        text = text.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
        return text.replace(LINKS, "http://purl.oclc.org/ooxml/officeDocument/relationships")

    reading = read(changed(workbook(tmp_path / "a.xlsx", ["甲", 12]), strict), LAYOUT)
    assert reading.problems == []
    assert reading.rows == [{"school": "甲", "persons": "12"}]


@pytest.mark.parametrize("fill", ["<fill/>", '<fill><patternFill patternType="none of these"/></fill>'])
def test_a_style_that_is_rejected_costs_no_value(tmp_path, fill):
    def spoil(name, text):
        return text.replace("<fill><patternFill/></fill>", fill, 1) if name == "xl/styles.xml" else text

    path = workbook(tmp_path / "a.xlsx", ["甲", 12])
    before = path.read_bytes()
    assert changed(path, spoil).read_bytes() != before
    with zipfile.ZipFile(path) as zipped:
        assert fill.encode() in zipped.read("xl/styles.xml")
    assert read(path, LAYOUT).rows == [{"school": "甲", "persons": "12"}]


def test_a_long_text_is_whole_in_the_file_of_problems_and_short_in_messages(tmp_path):
    text = "很长" * 15_000
    reading = read(workbook(tmp_path / "a.xlsx", ["甲", text]), LAYOUT)
    (one,) = reading.problems
    assert text in one.found
    assert len(str(one)) < 600
    problem = Problem("a.xlsx", one.place, "t", None, one.column, one.found, one.expected, one.kind, hint=one.hint)
    assert len(problem.text) < 600
    assert problem.text.endswith(f"Hint: {one.hint}")
    write_problems([vars(problem)], tmp_path)
    with (tmp_path / "problems.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert text in next(csv.DictReader(stream))["found"]


@pytest.mark.thorough
@pytest.mark.slow
def test_many_merges_and_many_bad_cells_are_refused_in_seconds(tmp_path):
    rows = [["甲", "约3"] for _ in range(4_000)]
    path = workbook(tmp_path / "a.xlsx", *rows)
    merges = "".join(f'<mergeCell ref="D{row}:E{row}"/>' for row in range(1, 20_001))

    def merged(name, text):
        found = text.replace("</sheetData>", f'</sheetData><mergeCells count="20000">{merges}</mergeCells>')
        return found if name.endswith("sheet1.xml") else text

    changed(path, merged)
    with within(10):
        reading = read(path, LAYOUT)
    assert len(reading.problems) == 4_000


def test_the_hint_and_the_line_reach_whoever_checks_the_package(tmp_path):
    columns = [{"name": "school", "type": "string"}, {"name": "persons", "type": "integer"}]
    table = {
        "name": "t",
        "path": "t.csv",
        "hash": "sha256:" + "0" * 64,
        "schema": {"fields": columns, "primaryKey": "school"},
    }
    package = {"name": "p", "title": "p", "synthetic": True, "resources": [table]}
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (tmp_path / "sources.yml").write_text('t: {from: in, columns: {school: "学校", persons: "人数"}}', encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.csv").write_bytes("学校,人数\n甲小学,1\n".encode() + "乙小学,2\n".encode("gb18030"))
    (tmp_path / "in/b.xlsx").write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    told = [problem.text for one in check_sources(tmp_path) for problem in one.problems]
    assert told[0].startswith("a.csv, line 3: found")
    assert told[0].endswith("Hint: save it as CSV UTF-8, or as .xlsx")
    assert told[1].endswith("Hint: open it, remove the password, and save it again")
