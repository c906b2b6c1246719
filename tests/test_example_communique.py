"""The second office, examples/communique: levels from raw files, the rest by views, another year by parameters."""

import contextlib
import difflib
import json
import re
from collections import Counter

import pytest
from commands import zt
from packages import EXAMPLE, ROOT

from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.checks import review
from zt_analysis.checks.causes import cause_of, check_causes
from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, compute
from zt_analysis.office import office_of
from zt_analysis.sources import open_package
from zt_analysis.sources.sealing import seal
from zt_analysis.tying import case_of, tie_text

pytestmark = pytest.mark.slow


def checked(root, case):
    paper = paper_of(params.load(case, root))
    return review(paper, open_package(root / paper.package))


def states(found):
    return {verdict.claim.id: verdict.word for verdict in found.verdicts}


@pytest.fixture(scope="module")
def opened():
    with contextlib.chdir(EXAMPLE):
        return open_package(EXAMPLE / "data" / "yearbook")


@pytest.fixture
def untouched(opened, monkeypatch):
    """The tables of the example as it is, opened once, and the working folder in it: to change nothing."""
    monkeypatch.chdir(EXAMPLE)
    return opened


@pytest.mark.parametrize("case", ["2019", "2018"])
@pytest.mark.part(2)
def test_every_printed_number_agrees(untouched, case):
    """Fifteen numbers a year: levels, changes, growths, a sum, a share, a rank, a ratio; 2018 by its parameters."""
    found = review(paper_of(params.load(case, EXAMPLE)), untouched)
    assert len(states(found)) == 15
    assert set(states(found).values()) <= {"agree", "agree_rounded"}
    assert [one.status for one in found.relations] == ["holds"] * 9


def twice(found, name):
    """How many numbers a relation compared, and the causes of those that differ."""
    finding = next(one.finding for one in found.relations if one.relation.id == name)
    return finding.checked, Counter(row["cause"] for row in finding.breaking)


@pytest.mark.thorough
def test_each_difference_from_the_rounded_national_tables_is_a_row_with_its_cause(example):
    """The issue of 2018 measures from 2017, which the national tables round; that of 2019 does not."""
    levels, since = (
        "2018年以前全国表的人数按万人保留一位小数", "与2017年相比；2018年以前全国表的人数按万人保留一位小数",
    )  # fmt: skip
    found = checked(example, "2018")
    assert twice(found, "R12") == (50, {})
    assert twice(found, "R13") == (140, {levels: 112})
    assert twice(found, "R14") == (19, {since: 14})
    assert twice(checked(example, "2019"), "R14") == (19, {})
    # one person more than rounding explains has no cause
    cell(example, "persons/各级各类教育在校学生数.csv", "2017", "普通小学在校学生数", 0.1)
    found = checked(example, "2018")
    assert {one.relation.id: one.status for one in found.relations}["R14"] == "fails"
    assert twice(found, "R13")[1]["原因未声明"] == twice(found, "R14")[1]["原因未声明"] == 1
    row = next(one.finding.breaking[0] for one in found.relations if one.relation.id == "R14")
    assert (row["figure"], row["at"]) == ("primary_pupils", "2018")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("R14,,,,a,b", "a cause of everything is none"),
        ("R14,year ~ 2017,,,a,b", "such as: year <= 2017"),
        ("R14,year = 2017,500美元,,a,b", "a number with its unit"),
        ("R14,year = 2017,,1,a,b", "a whole number above 1"),
        ("R14,anno = 2017,,,a,b", "found anno"),
        ("R99,year = 2017,,,a,b", "found R99"),
        ("R14,year = 2017,,,a", "more or fewer cells"),
    ],
)
def test_a_cause_that_cannot_be_is_refused(example, row, said):
    path = example / "office/causes/causes.csv"
    path.write_text(f"relations,where,within,rounded,zh,en\n{row}\n", encoding="utf-8")

    def ask():
        check_causes({"R14"})
        return cause_of("R14", {"figure": "primary_pupils", "at": "2018"}, 1, 2, "persons")

    with office_of(example).active(), pytest.raises(InputError, match=r"causes\.csv") as error:
        ask()
    assert said in str(error.value)


@pytest.mark.thorough
def test_two_downloads_of_a_series_are_held_against_each_other(example):
    """Eight restated values, each with its cause; one without is listed first and the exit code says so."""
    assert zt("restated", "--between", "data/yearbook", cwd=example).returncode == 0
    cell(example, "persons/各级各类教育在校学生数.csv", "2018", "普通小学在校学生数", 0.0051)
    found = zt("restated", "--between", "data/yearbook", cwd=example)
    assert found.returncode == 1
    assert found.stdout.count("重述：初中阶段教育不再含成人初中") == 1 + 8
    assert "原因未声明: 1" in found.stdout
    listed = zt("restated", "--between", "data/yearbook", "--all", cwd=example).stdout
    assert listed.count("其中一次按万人保留两位小数") == 1 + 1
    assert zt("restated", "--all", cwd=example).returncode == 2


def test_nothing_is_measured_across_a_change_of_definition(untouched):
    paper, tables = paper_of(params.load("2019", EXAMPLE)), untouched
    with pytest.raises(InputError, match="another definition since 2019-01-01"):
        compute([Wanted("growth(kindergarten_entrants)", paper.period)], tables)
    level = compute([Wanted("kindergarten_entrants", paper.period)], tables)
    assert [one.exact for one in level.values()] == [620000]
    before = paper_of(params.load("2018", EXAMPLE)).period
    assert compute([Wanted("growth(kindergarten_entrants)", before)], tables)
    (_, change) = tie_text("幼儿园招生62.00万人，比上年减少0.50万人", case_of(paper, tables)).ties
    assert (change.status, change.reason["zh"][:4]) == ("unproven", "口径有变")


@pytest.mark.thorough
def test_one_name_under_two_definitions_is_two_series_and_nothing_is_made_of_both(example):
    """初中阶段教育 as first published holds the adult schools; what is published since does not."""
    paper = paper_of(params.load("2019", example))
    tables = open_package(example / paper.package)
    (earlier, since) = (
        one.exact for one in compute(
            [Wanted(name, paper.period) for name in ("junior_stage_pupils", "junior_pupils")], tables
        ).values()
    )  # fmt: skip
    assert earlier - since == 12000
    assert compute([Wanted("growth(junior_stage_pupils)", paper.period)], tables)
    for view in (
        "share(junior_pupils, junior_stage_pupils)", "total(junior_pupils, junior_stage_pupils)",
        "change(ratio(junior_stage_pupils, junior_pupils))",
        "ratio(growth(junior_pupils), growth(junior_stage_pupils))",
    ):  # fmt: skip
        with pytest.raises(InputError, match=r"two definitions of one name.*初中阶段教育含成人初中"):
            compute([Wanted(view, paper.period)], tables)


@pytest.mark.thorough
def test_nor_is_a_statement_made_of_both(example):
    statements = example / "office/relations/statements.csv"
    line = 'R20,hard,figures,,,,"junior_pupils - at_base(junior_stage_pupils) < 10万人",跨口径,Across,\n'
    statements.write_text(statements.read_text(encoding="utf-8") + line, encoding="utf-8")
    found = zt("check", "2019", cwd=example)
    assert found.returncode == 2
    assert "two definitions of one name" in found.stderr
    assert "R20" in found.stderr


def test_a_renamed_series_is_one(untouched):
    """普通本专科 and 普通、职业本专科: one series in both downloads, compared year by year."""
    text = (EXAMPLE / "data/yearbook/sources.yml").read_text(encoding="utf-8")
    assert "普通本专科在校学生数: 普通、职业本专科在校学生数" in text
    for name in ("earlier", "later"):
        series = {row["series"] for row in untouched.rows(untouched[name].select("series").distinct())}
        assert "普通、职业本专科在校学生数" in series
        assert "普通本专科在校学生数" not in series


def cell(root, file, year, column, more):
    """Add to one cell of a raw table."""
    path = root / "data/yearbook/raw" / file
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    place = lines[0].split(",").index(column)
    for number, line in enumerate(lines):
        cells = line.split(",")
        if cells[0] == year:
            cells[place] = f"{float(cells[place]) + more:.4f}"
            lines[number] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.thorough
def test_a_wrong_digit_in_a_raw_file_is_found_by_both_computations(example):
    path = example / "data/yearbook/raw/provinces/普通小学基本情况.csv"
    text = path.read_text(encoding="utf-8-sig")
    line = next(one for one in text.splitlines() if one.startswith("990000") and ",2019," in one)
    cells = line.split(",")
    cells[5] = f"{float(cells[5]) + 30:.4f}"
    path.write_text(text.replace(line, ",".join(cells)), encoding="utf-8")
    found = checked(example, "2019")
    assert states(found)["2019-04"] == "differs"
    assert {one.relation.id: one.status for one in found.relations}["R01"] == "fails"


@pytest.mark.thorough
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


@pytest.mark.thorough
def test_a_series_is_added_in_six_lines_at_most(example):
    """Without the teachers of kindergartens; then their label, their word, and what the page says of them."""
    sources, office = example / "data/yearbook/sources.yml", example / "office"
    places = {
        sources: ("      学前教育教职工数: kindergarten_staff\n", "      学前教育专任教师数: kindergarten_teachers\n"),
        office / "indicators.py": ('"schools entrants pupils staff', " teachers"),
    }
    for path, (_, added) in places.items():
        text = path.read_text(encoding="utf-8")
        assert text.count(f"{places[path][0]}{added}") == 1
        path.write_text(text.replace(f"{places[path][0]}{added}", places[path][0]), encoding="utf-8")
    before = {path: path.read_text(encoding="utf-8").splitlines() for path in example.rglob("*") if _is_text(path)}
    assert not any("kindergarten_teachers" in line for lines in before.values() for line in lines)
    for path, (there, added) in places.items():
        path.write_text(path.read_text(encoding="utf-8").replace(there, f"{there}{added}", 1), encoding="utf-8")
    papers = office / "papers.py"
    stated = '        "kindergarten_teachers", "growth(kindergarten_teachers)",\n'
    text = papers.read_text(encoding="utf-8").replace("        *LEVELS,\n", f"        *LEVELS,\n{stated}")
    papers.write_text(text, encoding="utf-8")
    after = {path: path.read_text(encoding="utf-8").splitlines() for path in before}
    changed = sum(
        line.startswith("+") and not line.startswith("+++")
        for path in before
        for line in difflib.unified_diff(before[path], after[path], n=0)
    )
    assert 0 < changed <= 6
    said = zt("figures", "2019", "--format", "csv", cwd=example).stdout
    (line,) = [one for one in said.splitlines() if one.startswith("kindergarten_teachers@2019")]
    assert "幼儿园专任教师数" in line
    assert re.search(r",\d+人", line)
    assert "growth(kindergarten_teachers)@2019" in said
    paper = paper_of(params.load("2019", example))
    value = re.search(r",(\d+)人", line)[1]
    (tie,) = tie_text(f"幼儿园专任教师{value}人。", case_of(paper, open_package(example / paper.package))).ties
    assert (tie.status, tie.wanted.indicator) == ("agree", "kindergarten_teachers")


def _is_text(path):
    return path.suffix in (".py", ".csv", ".yml", ".toml") and "raw" not in path.parts


def test_what_sources_yml_gives_is_sealed_by_no_checksum(example):
    (example / "data/yearbook/places.csv").write_bytes((EXAMPLE / "data/yearbook/places.csv").read_bytes() + b"\n")
    before = (example / "data/yearbook/datapackage.json").read_text(encoding="utf-8")
    assert seal(example / "data/yearbook") == ["places"]
    declared = json.loads((example / "data/yearbook/datapackage.json").read_text(encoding="utf-8"))["resources"]
    then = json.loads(before)["resources"]
    assert declared[0]["hash"] != then[0]["hash"]
    assert declared[1:] == then[1:]


def test_its_charts_show_provinces_with_their_growth_and_the_years_that_are_known(untouched):
    from zt_analysis.office import current

    paper = paper_of(params.load("2019", EXAMPLE))
    tables = untouched
    charts = current().module("charts")
    chart = charts.by_province(paper, tables, "primary", "primary_pupils")
    assert chart.rows == (
        ("海晏省", "690.44", "1.72%"), ("云岭省", "520.46", "0.36%"), ("澄江省", "346.52", "0.07%"),
    )  # fmt: skip
    assert (chart.key, chart.title) == ("primary", "普通小学在校生数1557.42万人，海晏省最多（690.44万人）")
    chart = charts.over_the_years(paper, tables, "primary", "primary_schools", "primary_pupils")
    # of twenty years asked for the tables have ten
    assert [row[0] for row in chart.rows] == [str(year) for year in range(2010, 2020)]
    assert chart.rows[-1] == ("2019", "24408", "1557.42")
