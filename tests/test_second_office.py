"""A second office, of another province's invented city, begun by ``zt init --from``: 12 of 12 numbers of its text tied.

Yearly periods, districts, revenue in 亿元, floor area, a ratio to one; no school, term or stage. What its people add to
what was proposed is at most 120 lines, and none of it, nor of what was proposed, holds a word of the shipped office.
"""

import csv
import io
import json
import re

import commands
import openpyxl
import pytest
from packages import ROOT

from zt_analysis.office import office_of

pytestmark = pytest.mark.slow

TABLE = (
    ("海湾市各区年度统计表",),
    ("年份", "区县", "在校生人数", "财政收入（亿元）", "校舍面积（平方米）", "专任教师（人）"),
    (2023, "东岸区", 12040, 32.15, 86000, 702),
    (2023, "西岸区", 9811, 21.4, 61500, 588),
    (2024, "东岸区", 12310, 35.02, 88000, 731),
    (2024, "西岸区", 9690, 23.18, 64000, 601),
    ("合计", None, 43851, 111.75, None, None),
)
ADDED = '''

@derived("to_one", time="year", zh="生师比", en="pupils per teacher", words=("生师比",))
def pupils_per_teacher(pupils: Exact, teachers: Exact) -> Exact:
    """Pupils to one teacher.

    定义：每名专任教师对应的在校生数。
    """
    return ratio(pupils, teachers)


@derived("ratio", time="year", zh="在校生增幅", en="growth of pupils", words=("在校生;*增长|下降",))
def pupils_growth(pupils: Exact, pupils_at_base: Exact) -> Exact:
    """Change of pupils against the year before, as a share of it.

    定义：在校生比上年的增减幅度。
    """
    return None if pupils is None or pupils_at_base is None else ratio(pupils - pupils_at_base, pupils_at_base)
'''
IMPORTS = (
    "import Measure, Period, Tables, measured",
    "import Exact, Measure, Period, Tables, derived, measured, ratio",
)
UNIT = "to_one,:1, to 1,1,2,\n"
TEXT = """2024年，全市在校生22000人，专任教师1332人，生师比为16.52:1。
全市财政收入58.2亿元，其中东岸区财政收入35.02亿元，西岸区财政收入23.18亿元。
东岸区在校生12310人，专任教师731人。
西岸区在校生9690人，专任教师601人。
全市校舍面积15.2万平方米，其中东岸区校舍面积8.8万平方米。
"""
SHIPPED = re.compile(r"昭通|Zhaotong|zhaotong|5306\d\d|控辍|劝返|county_code|stage|学期|\bterm\b|denominator|资助|2018")


def zt(root, *words):
    return commands.zt(*words, cwd=root)


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    folder = tmp_path_factory.mktemp("second")
    book = openpyxl.Workbook()
    for row in TABLE:
        book.active.append(row)
    book.save(folder / "yearbook.xlsx")
    done = zt(folder, "init", "bay", "--from", "yearbook.xlsx")
    assert done.returncode == 0, done.stderr
    root = folder / "bay"
    indicators = root / "office/indicators.py"
    indicators.write_text(indicators.read_text(encoding="utf-8").replace(*IMPORTS) + ADDED, encoding="utf-8")
    papers = root / "office/papers.py"
    names = '"teachers")'
    papers.write_text(
        papers.read_text(encoding="utf-8")
        .replace('"teachers",)', names)
        .replace(names, '"teachers", "pupils_per_teacher", "pupils_growth")'),
        encoding="utf-8",
    )
    with (root / "office/words/texts/units.csv").open("a", encoding="utf-8") as file:
        file.write(UNIT)
    (root / "draft.txt").write_text(TEXT, encoding="utf-8")
    return root, done.stdout


def test_the_proposal_says_what_to_check(second):
    root, said = second
    assert "yearbook.xlsx!Sheet -> data/proposed/yearbook.csv, key year + county" in said
    assert "left out: row 7 (合计 43851 111.75)" in said
    assert "财政收入 -> revenue: measure in 亿元, kept as whole 1/10000000000 of it" in said
    package = json.loads((root / "data/proposed/datapackage.json").read_text(encoding="utf-8"))
    assert "confirm" in package["proposed"]
    rows = list(csv.DictReader(io.StringIO((root / "data/proposed/yearbook.csv").read_text(encoding="utf-8"))))
    assert [row["revenue"] for row in rows] == ["321500000000", "214000000000", "350200000000", "231800000000"]


def test_it_is_small_and_knows_nothing_of_the_shipped_office(second):
    root, _ = second
    assert len(ADDED.splitlines()) + 2 + len(UNIT.splitlines()) + len(TEXT.splitlines()) <= 120
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in root.rglob("*")
        if path.suffix in (".py", ".csv", ".yml", ".md", ".toml", ".ipynb", ".json")
    }
    assert len(texts) > 12
    assert {path: SHIPPED.findall(text) for path, text in texts.items() if SHIPPED.search(text)} == {}
    mine, shipped = office_of(root).indicators, office_of(ROOT).indicators
    assert set(mine) == {"pupils", "revenue", "floor_area", "teachers", "pupils_per_teacher", "pupils_growth"}
    assert not set(mine) & set(shipped)


def test_twelve_numbers_of_twelve_are_tied(second):
    root, _ = second
    done = zt(root, "tie", "draft.txt", "--case", "2024", "--require", "100%")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "tied 12; " in done.stdout
    assert "unproven 0" in done.stdout


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("2023年，全市在校生21851人，专任教师1290人。", 2),
        ("上年全市在校生21851人，东岸区专任教师702人。", 2),
        ("2024年全市在校生22000人。去年西岸区在校生9811人。", 2),
        ("截至2024年12月31日，全市在校生22000人。", 1),
    ],
)
def test_a_number_of_the_year_before_is_tied_to_that_year(second, text, tied):
    root, _ = second
    (root / "years.txt").write_text(text, encoding="utf-8")
    done = zt(root, "tie", "years.txt", "--case", "2024")
    assert f"tied {tied}; " in done.stdout, done.stdout
    assert "wrong 0" in done.stdout


@pytest.mark.parametrize(
    "text", ["2022年，全市在校生21851人。", "2025年，全市在校生22000人。", "2024年6月30日，全市在校生22000人。"]
)
def test_a_number_of_a_year_without_rows_is_not_proven(second, text):
    root, _ = second
    (root / "years.txt").write_text(text, encoding="utf-8")
    done = zt(root, "tie", "years.txt", "--case", "2024", "--require", "100%")
    assert done.returncode == 1
    assert "unproven 0; coverage 100.0%; wrong 0" not in done.stdout


def test_a_wrong_ratio_and_a_wrong_part_are_caught(second):
    root, _ = second
    (root / "wrong.txt").write_text(TEXT.replace("16.52:1", "16.51:1").replace("35.02亿", "35.03亿"), encoding="utf-8")
    done = zt(root, "tie", "wrong.txt", "--case", "2024")
    assert done.returncode == 1
    assert "wrong 2" in done.stdout


@pytest.mark.thorough
@pytest.mark.slow
def test_its_drafted_numbers_run_to_a_report(second):
    root, _ = second
    drafted = zt(root, "claims", "draft.txt", "--case", "2024").stdout
    claims = root / "data/proposed/claims/2024.csv"
    claims.write_text(drafted, encoding="utf-8")
    done = zt(root, "run", "2024", "--engine", "warm")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "58.20亿元" in (root / "outputs/2024/report.html").read_text(encoding="utf-8")
    assert zt(root, "doctor").returncode == 0
