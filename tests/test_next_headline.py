"""The next headline of the shipped office, by files of the project only: a table, a figure, its share, a chart.

At most 25 lines stand outside data; no line of the engine is touched, and everything that shows figures knows them.
"""

import csv
import json

import nbformat
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from packages import own_office, shorten

from zt_analysis import runs
from zt_analysis.cli import zt
from zt_analysis.doctor import examine
from zt_analysis.glossary import glossary
from zt_analysis.sources.sealing import seal

pytestmark = pytest.mark.slow

PACKAGE = "data/zhaotong-2018"
INDICATORS = '''\
from zt_analysis.define import Exact, Measure, Period, Tables, derived, measured, ratio
@measured("persons", zh="寄宿生数", en="boarding pupils", words=("寄宿生",), headline=True)
def boarding_pupils(tables: Tables, period: Period) -> Measure:
    """Pupils who board at their school on the as-of date.
    定义：统计日在校寄宿的学生。"""
    return Measure(rows := tables["boarding"], "sum", "boarding_persons", rows["reported_on"] == period.as_of)
@measured("persons", zh="在校生数", en="pupils enrolled")
def enrolled_pupils(tables: Tables, period: Period) -> Measure:
    """Pupils on the registers on the as-of date.
    定义：统计日在册学生。"""
    return Measure(rows := tables["enrolment"], "sum", "enrolled_persons", rows["reported_on"] == period.as_of)
@derived("ratio", zh="寄宿生占在校生比例", en="boarding share", words=("寄宿生;*占在校生|占全部在校生",), headline=True)
def boarding_share(boarding_pupils: Exact, enrolled_pupils: Exact) -> Exact:
    """Boarding pupils among the pupils enrolled.
    定义：寄宿生占在校生的比例。"""
    return ratio(boarding_pupils, enrolled_pupils)
'''
CHART = '''\
def boarders_by_county(paper: Paper, tables: Tables) -> Chart:
    """Boarding pupils of each county among its pupils."""
    return part_of_whole(paper, tables, ("enrolled_pupils", "boarding_pupils"), by="county_code", key="boarding")
'''
CELL = "zt.charts.boarders_by_county(issue, tables)"
# file, the line after which each is put in (none: at the end), the line
LINES = (
    ("office/papers.py", "FIGURES_OF_BULLETIN = (", '    "boarding_pupils", "enrolled_pupils", "boarding_share",'),
    (
        "office/relations/statements.csv",
        None,
        "B01,hard,figures,,county_code stage,,boarding_pupils <= enrolled_pupils,,,寄宿生不超过在校生,Boarders within",
    ),
    (
        "office/words/paper.csv",
        None,
        "page_say_boarding,全市寄宿生{boarding_pupils}，占在校生的{boarding_share}。,"
        '"{boarding_pupils} board, {boarding_share} of those enrolled.",',
    ),
    ("office/words/paper.csv", None, "page_section_boarding,寄宿,Boarding,"),
    (
        "office/layout.py",
        '        Section("inspections", ("page_say_inspected",)),',
        '        Section("boarding", ("page_say_boarding",), ("boarding",)),',
    ),
)
CLAIM = "F41,{n}人,{n},人,exact,count,statistic,yes,9,boarding,boarding_pupils,as_of,,,,,寄宿生,boarding pupils\n"
TEXT = "截至2018年11月8日，全市寄宿生{n}人，占在校生的{share}%。其中镇雄县有寄宿生{part}人。\n"


def put(root, name, after, line):
    path = root / name
    text = path.read_text(encoding="utf-8")
    place = len(text) if after is None else text.index(after) + len(after) + 1
    path.write_text(f"{text[:place]}{line}\n{text[place:]}", encoding="utf-8")


def boarders(root):
    """A table of boarders, a quarter of the pupils of each county and stage; its rows."""
    folder = root / PACKAGE
    with (folder / "enrolment.csv").open(encoding="utf-8") as file:
        rows = [
            (*list(row.values())[:3], int(row["enrolled_persons"]) // 4, int(row["enrolled_persons"]))
            for row in csv.DictReader(file)
            if row["reported_on"] in ("2018-09-20", "2018-11-08")
        ]
    lines = ["reported_on,county_code,stage,boarding_persons", *(",".join(map(str, row[:4])) for row in rows)]
    (folder / "boarding.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    like = next(one for one in package["resources"] if one["name"] == "enrolment")
    schema = json.loads(json.dumps(like["schema"]))
    schema["fields"] = [*schema["fields"][:3], schema["fields"][4] | {"name": "boarding_persons", "title": "寄宿生"}]
    package["resources"].append(
        like | {"name": "boarding", "path": "boarding.csv", "schema": schema, "title": "寄宿生"}
    )
    (folder / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    seal(folder)
    return [row for row in rows if row[0] == "2018-11-08"]


@pytest.fixture
def added(project):
    """A copy of the shipped project with an office of its own, the new table in it, and the table's rows of the day."""
    own_office(project)
    (project / "office" / "indicators" / "boarding.py").write_text(INDICATORS, encoding="utf-8")
    for one in LINES:
        put(project, *one)
    put(project, "office/charts.py", None, f"\n\n{CHART}".rstrip())
    shorten(project)
    path = project / "notebooks" / "bulletin.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells.append(nbformat.v4.new_code_cell(CELL))
    nbformat.write(notebook, path)
    rows = boarders(project)
    whole = sum(row[3] for row in rows)
    put(project, f"{PACKAGE}/claims/2018-11.csv", None, CLAIM.format(n=whole).rstrip())
    seal(project / PACKAGE)
    return project, rows, whole


def plant(root, row):
    """More boarders than pupils in one row of the table."""
    table = root / PACKAGE / "boarding.csv"
    right, wrong = (",".join(map(str, (*row[:3], number))) for number in (row[3], row[4] + 1))
    text = table.read_text(encoding="utf-8")
    assert text.count(right) == 1
    table.write_text(text.replace(right, wrong), encoding="utf-8")
    seal(table.parent)


def typed(*words):
    return CliRunner().invoke(zt, words, standalone_mode=False)


def test_it_takes_at_most_25_lines_outside_data():
    assert sum(len(text.splitlines()) for text in (INDICATORS, CHART, CELL)) + len(LINES) <= 25


@pytest.mark.thorough
def test_everything_knows_the_new_headline(added):
    root, rows, whole = added
    share = f"{100 * whole / sum(row[4] for row in rows):.2f}"
    runs.run("2018-11", root, engine="warm")
    page = BeautifulSoup((root / "outputs/2018-11/report.html").read_text(encoding="utf-8"), "html.parser")
    card = next(one for one in page.select("article") if "统计日在校寄宿的学生" in one.text)  # not a word of English
    assert f"{whole}人" in card.text
    assert "boarding" in card.text  # the table of its rows
    assert "镇雄县" in card.text  # its breakdown
    assert any("寄宿生占在校生的比例" in one.text for one in page.select("article"))
    section = next(one.parent for one in page.select("h2") if one.text.strip() == "寄宿")
    assert f"全市寄宿生{whole}人，占在校生的{share}%" in section.text
    assert "寄宿生" in section.find("svg").text
    assert "寄宿生" in section.find("svg")["aria-label"]  # its text alternative
    ledger = json.loads((root / "outputs/2018-11/figures.json").read_text(encoding="utf-8"))
    figure = next(one for one in ledger["figures"] if one["indicator"] == "boarding_pupils" and not one["scope"])
    assert ledger["summary"]["status"] == "agrees"
    assert len(figure["parts"]["rows"]) == 11
    assert next(one["status"] for one in ledger["relations"] if one["id"] == "B01") == "holds"
    assert next(one["verdict"] for one in ledger["verdicts"] if one["claim"] == "F41") == "agree"
    assert "寄宿生" in typed("figures", "2018-11", "--format", "csv").output
    assert typed("figures", "2018-11", "--by", "stage", "--format", "csv").output.count("boarding_pupils") == 2
    assert "寄宿生数" in glossary()
    part = sum(row[3] for row in rows if row[1] == "530627")
    (root / "draft.txt").write_text(TEXT.format(n=whole, share=share, part=part), encoding="utf-8")
    tied = typed("tie", "draft.txt", "--case", "2018-11")
    assert "tied 3; excused 1; unproven 0" in tied.output
    assert "wrong 0" in tied.output
    drafted = typed("claims", "draft.txt", "--case", "2018-11").output
    assert "boarding_share" in drafted
    assert "boarding_pupils.530627" in drafted
    index = BeautifulSoup(runs.build_index(root).read_text(encoding="utf-8"), "html.parser")
    row = next(one.text for one in index.select("tbody tr") if "2018-11" in one.text)
    assert f"公布数{ledger['summary']['claims']}：" in row
    assert ledger["summary"]["claims"] == 41
    (root / "zt.toml").write_text('name = { zh = "昭通", en = "Zhaotong" }\n', encoding="utf-8")
    found = examine(root)
    assert [one for one in found.lacks if "boarding" in one.place or "boarding" in one.what] == []


@pytest.mark.thorough
def test_an_error_planted_in_it_is_caught(added):
    root, rows, whole = added
    plant(root, rows[0])
    runs.run("2018-11", root, engine="warm")
    ledger = json.loads((root / "outputs/2018-11/figures.json").read_text(encoding="utf-8"))
    assert ledger["summary"]["status"] == "differs"
    assert next(one["status"] for one in ledger["relations"] if one["id"] == "B01") == "fails"
    assert [one["claim"] for one in ledger["verdicts"] if one["verdict"] == "differs"] == ["F41"]
    share = f"{100 * whole / sum(row[4] for row in rows):.2f}"
    (root / "draft.txt").write_text(TEXT.format(n=whole, share=share, part=1), encoding="utf-8")
    tied = typed("tie", "draft.txt", "--case", "2018-11")
    assert tied.return_value == 1
    assert "wrong 3" in tied.output
