"""An office of another province that reports by quarter and by school year, of villages in townships in districts.

Terms that begin elsewhere, weeks that end on a Friday, money in 亿元; no word of the shipped office. Its figures are of
the quarter or the school year that the day of the count lies in, before and last year's follow from it.
"""

import contextlib
import csv
import json
import shutil
import subprocess
import sys

import nbformat
import pytest
from packages import ROOT, SHIPPED

from zt_analysis.cli import zt
from zt_analysis.define import measured, with_wholes
from zt_analysis.errors import InputError
from zt_analysis.indicators import breakdown
from zt_analysis.opened import case
from zt_analysis.sources import open_package
from zt_analysis.sources.descriptor import read_package
from zt_analysis.sources.sealing import seal

pytestmark = pytest.mark.slow

PERIODS = """
from dataclasses import dataclass
from typing import ClassVar

from zt_analysis.define import Calendar, Period, Term


@dataclass(frozen=True)
class Ours(Period):
    id: ClassVar[str] = "ours"
    calendar: ClassVar[Calendar] = Calendar(
        "Friday", (Term("first", 9, 5, "第一学期", "first term"), Term("second", 2, 20, "第二学期", "second term"))
    )
"""
INDICATORS = '''
from zt_analysis.define import Exact, Measure, Period, Tables, derived, measured, ratio, with_wholes


@measured("fen", time="quarter", zh="财政收入", en="revenue", words=("财政收入",))
def revenue(tables: Tables, period: Period) -> Measure:
    """Revenue of the quarter.

    定义：本季度财政收入。
    """
    rows, quarter = with_wholes("revenue", tables), str(period.of("quarter"))
    return Measure(rows, "sum", "amount", rows["quarter"] == quarter, only=("quarter", quarter))


@derived("ratio", time="quarter", zh="财政收入环比", en="growth of revenue", words=("财政收入;*环比|比上季度增长",))
def revenue_growth(revenue: Exact, revenue_at_base: Exact) -> Exact:
    """Growth of revenue against the base date's quarter.

    定义：财政收入比基期季度的增幅。
    """
    return ratio(revenue - revenue_at_base, revenue_at_base)


@measured("persons", time="school_year", zh="招生数", en="entrants", words=("招生",))
def entrants(tables: Tables, period: Period) -> Measure:
    """Pupils who entered in the school year.

    定义：本学年招生数。
    """
    rows, year = with_wholes("entrants", tables), str(period.of("school_year"))
    return Measure(rows, "sum", "persons", rows["school_year"] == year, only=("school_year", year))
'''
PAPERS = """
from dataclasses import dataclass
from typing import ClassVar

from zt_analysis.define import Paper


@dataclass(frozen=True, kw_only=True)
class Quarterly(Paper):
    id: ClassVar[str] = "quarterly"
    kind: ClassVar[str] = "quarterly"
    notebook: ClassVar[str] = "quarterly"
    every: ClassVar[str] = "quarter"
    case_pattern: ClassVar[tuple[str, str]] = (r"\\d{4}-Q[1-4]", "a quarter such as 2024-Q3")
    indicators: ClassVar[tuple[str, ...]] = ("revenue", "revenue_growth")


@dataclass(frozen=True, kw_only=True)
class SchoolYearly(Paper):
    id: ClassVar[str] = "school_yearly"
    kind: ClassVar[str] = "school_yearly"
    notebook: ClassVar[str] = "school_yearly"
    every: ClassVar[str] = "school_year"
    against: ClassVar[str] = "last_year"
    case_pattern: ClassVar[tuple[str, str]] = (r"\\d{4}-\\d{4}", "a school year such as 2023-2024")
    indicators: ClassVar[tuple[str, ...]] = ("entrants",)
"""
WORDS = """key,zh,en
quarterly_title,季度简报,Quarterly
school_yearly_title,学年简报,School yearly
the_whole,全省,the province
its_parts,州市,prefectures
district,区,district
township,乡镇,township
village,村,village
"""
TABLES = {
    "districts": (["district", "name_zh", "name_en"], [["d1", "东岸区", "East"], ["d2", "西岸区", "West"]]),
    "townships": (["township", "district", "name_zh", "name_en"],
                  [["t1", "d1", "河口镇", "Hekou"], ["t2", "d1", "山前镇", "Shan"], ["t3", "d2", "石桥镇", "Qiao"]]),
    "villages": (["village", "township", "name_zh", "name_en"],
                 [["v1", "t1", "甲村", "A"], ["v2", "t1", "乙村", "B"], ["v3", "t2", "丙村", "C"],
                  ["v4", "t3", "丁村", "D"]]),
    "revenue": (["quarter", "village", "amount"],
                [[f"{year}-Q{q}", f"v{v}", (year - 2020) * 10**9 * q * v] for year in (2023, 2024) for q in (1, 2, 3, 4)
                 for v in (1, 2, 3, 4)]),
    "entrants": (["school_year", "village", "persons"],
                 [[f"{y}-{y + 1}", f"v{v}", 100 * v + y - 2022] for y in (2022, 2023) for v in (1, 2, 3, 4)]),
}  # fmt: skip
KEYS = {"districts": ["district"], "townships": ["township"], "villages": ["village"],
        "revenue": ["quarter", "village"], "entrants": ["school_year", "village"]}  # fmt: skip

ABOVE = {"townships": ["district"], "villages": ["township"], "revenue": ["village"], "entrants": ["village"]}


def package(folder):
    resources = []
    for name, (head, rows) in TABLES.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *rows])
        fields = [{"name": one, "type": "integer" if one in ("amount", "persons") else "string", "title": one,
                   "constraints": {"required": True}} for one in head]  # fmt: skip
        above = {"townships": ["district"], "villages": ["township"]}.get(
            name, ["village"] * (name not in KEYS["districts"])
        )
        foreign = [{"fields": [one], "reference": {"resource": f"{one}s", "fields": [one]}} for one in above
                   if one in head and f"{one}s" != name]  # fmt: skip
        resources.append({"name": name, "path": f"{name}.csv", "hash": "sha256:", "schema": {
            "fields": fields, "primaryKey": KEYS[name], "foreignKeys": foreign}})  # fmt: skip
    content = {"profile": "data-package", "name": "bay", "title": "Bay", "synthetic": True, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    seal(folder)


@pytest.fixture(scope="module")
def bay(tmp_path_factory):
    root = tmp_path_factory.mktemp("periods") / "bay"
    assert zt.main(["init", str(root)], standalone_mode=False) == 0
    for name in ("data", "params", "tests", "drafts", "office/words", "office/relations", "office/layout.py"):
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (root / "params").mkdir()
    for name, text in (("periods", PERIODS), ("indicators", INDICATORS), ("papers", PAPERS)):
        (root / f"office/{name}.py").write_text(text, encoding="utf-8")
    (root / "office/__init__.py").write_text(
        'NOTEBOOK = {"Quarterly": "papers:Quarterly", "SchoolYearly": "papers:SchoolYearly"}\n', encoding="utf-8"
    )
    (root / "office/words").mkdir()
    (root / "office/words/own.csv").write_text(WORDS, encoding="utf-8")
    cells = nbformat.read(root / "notebooks/brief.ipynb", 4)
    cells.cells = [one for one in cells.cells if not one["id"].startswith("charts")]
    brief = nbformat.writes(cells)
    for name, kind in (("quarterly", "Quarterly"), ("school_yearly", "SchoolYearly")):
        text = brief.replace("zt.Brief", f"zt.{kind}").replace('\\"brief\\"', f'\\"{name}\\"')
        (root / f"notebooks/{name}.ipynb").write_text(text.replace("data/demo", "data/bay"), encoding="utf-8")
    (root / "notebooks/brief.ipynb").unlink()
    (root / "data/bay").mkdir(parents=True)
    package(root / "data/bay")
    return root


@pytest.fixture(scope="module")
def opened(bay):
    """Two of its cases, each opened once for all texts that are tied to it; read only."""
    with contextlib.chdir(bay):
        for name in ("2024-Q3", "2023-2024"):
            assert zt.main(["new", name], standalone_mode=False) == 0
        return {name: case(name, project=bay) for name in ("2024-Q3", "2023-2024")}


@pytest.fixture
def here(bay, monkeypatch):
    monkeypatch.chdir(bay)
    for path in (bay / "params").iterdir():
        path.unlink()
    return bay


def test_due_and_new_follow_from_the_period(here, capsys):
    assert zt.main(["due", "--on", "2024-10-02", "--format", "json"], standalone_mode=False) == 1
    due = {one["case"]: one for one in json.loads(capsys.readouterr().out)}
    assert {case: (one["due_on"], one["hint"]) for case, one in due.items()} == {
        "2024-Q3": ("2024-09-30", "zt new 2024-Q3"), "2023-2024": ("2024-09-04", "zt new 2023-2024"),
    }  # fmt: skip
    assert zt.main(["new", "2024-Q3"], standalone_mode=False) == 0
    assert zt.main(["new", "2023-2024"], standalone_mode=False) == 0
    written = {path.stem: path.read_text(encoding="utf-8") for path in (here / "params").iterdir()}
    assert written["2024-Q3"].startswith("# 季度简报 2024年第三季度. ")
    assert 'as_of: "2024-09-30"\nbase_on: "2024-06-30"' in written["2024-Q3"]
    assert written["2023-2024"].startswith("# 学年简报 2023—2024学年. ")
    assert 'as_of: "2024-09-04"\nbase_on: "2023-09-04"' in written["2023-2024"]
    assert zt.main(["new", "2024-Q4"], standalone_mode=False) == 0
    assert 'base_on: "2024-09-30"' in (here / "params/2024-Q4.yml").read_text(encoding="utf-8")
    capsys.readouterr()


def test_figures_are_of_the_whole_period(here):
    for name in ("2024-Q3", "2023-2024"):
        assert zt.main(["new", name], standalone_mode=False) == 0
    quarter, year = case("2024-Q3", project=here), case("2023-2024", project=here)
    found = [quarter.figure("revenue", at=at).figure for at in ("", "base")]
    assert [(one.at, one.display("zh")) for one in found] == [("2024-Q3", "120000.00万元"), ("2024-Q2", "80000.00万元")]
    assert quarter.figure("revenue_growth").figure.display("zh") == "50.00%"
    assert [year.figure("entrants", at=at).figure.exact for at in ("", "base")] == [1004, 1000]
    assert year.figure("entrants").figure.at == "2023-2024"


def test_a_hierarchy_is_declared_once(here):
    """The table names villages; the registers say what villages and townships are part of."""
    assert zt.main(["new", "2024-Q3"], standalone_mode=False) == 0
    book = case("2024-Q3", project=here)
    by = {}
    for name in ("district", "township", "village"):
        frame = breakdown("revenue", book.tables, book.paper.period, by=name)
        by[name] = dict(zip(frame[name], [int(one) // 10**9 for one in frame["exact"]], strict=True))
    assert by == {
        "district": {"d1": 72, "d2": 48}, "township": {"t1": 36, "t2": 36, "t3": 48},
        "village": {"v1": 12, "v2": 24, "v3": 36, "v4": 48},
    }  # fmt: skip
    assert book.figure("revenue", township="河口镇").figure.display("zh") == "36000.00万元"
    assert book.figure("revenue", district="d2").figure.display("zh") == "48000.00万元"
    with pytest.raises(InputError, match=r"区 'd3'; found no such part; expected 东岸区 \(d1\), 西岸区 \(d2\)"):
        book.figure("revenue", district="d3")


def test_registers_in_a_circle_are_told(here, tmp_path):
    shutil.copytree(here / "data/bay", tmp_path / "bay")
    path = tmp_path / "bay/datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    villages = next(one for one in content["resources"] if one["name"] == "villages")
    villages["schema"]["foreignKeys"].append(
        {"fields": ["village"], "reference": {"resource": "villages", "fields": ["village"]}}
    )
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="foreign keys; found revenue -> villages -> villages"):
        with_wholes("revenue", open_package(tmp_path / "bay"))


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("2024年第三季度，全省财政收入12亿元。", 1),
        ("2024年三季度，全省财政收入12亿元，其中东岸区财政收入7.2亿元。", 2),
        ("本季度，全省财政收入12亿元。上季度，全省财政收入8亿元。", 2),
        ("去年同期，全省财政收入9亿元。", 1),
        ("一季度，全省财政收入4亿元。", 1),
        ("2023年第4季度，全省财政收入12亿元。", 1),
        ("截至2024年9月30日，全省财政收入12亿元。", 1),
        ("全省财政收入12亿元，河口镇财政收入3.6亿元。", 2),
    ],
)
def test_texts_name_their_quarters(opened, here, text, tied):
    found = opened["2024-Q3"].tie(text)
    assert [one.status for one in found.ties if one.figure] == ["agree"] * tied, [
        (one.status, one.figure and one.figure.key) for one in found.ties
    ]


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    ["2024年第二季度，全省财政收入12亿元。", "四季度，全省财政收入16亿元。", "去年同期，全省财政收入12亿元。",
     "2022年第三季度，全省财政收入12亿元。", "2024年，全省财政收入12亿元。", "2024年9月，全省财政收入12亿元。",
     "2024年第4季度，全省财政收入12亿元。", "截至2024年8月31日，全省财政收入12亿元。",
     "上半年，全省财政收入12亿元。", "上季度，全省财政收入12亿元。"],
)  # fmt: skip
def test_a_number_of_another_quarter_is_not_taken_for_this_one(opened, here, text):
    found = opened["2024-Q3"].tie(text)
    assert "agree" not in [one.status for one in found.ties]


@pytest.mark.parametrize(
    ("text", "tied"),
    [("2023—2024学年，全省招生1004人。", 1), ("上学年，全省招生1000人。", 1), ("本学年，全省招生1004人。", 1)],
)
def test_texts_name_their_school_years(opened, here, text, tied):
    found = opened["2023-2024"].tie(text)
    assert [one.status for one in found.ties if one.figure] == ["agree"] * tied


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("2024-Q5", [], "found no name of a case; expected a quarter such as 2024-Q3, or a school year"),
        ("2023-2025", [], "case '2023-2025'; found '2023-2025'; expected a school year such as"),
        ("2024-Q3", ["--as-of", "2024-10-01"], "--base-on|a day of 2024-Q4"),
        ("2024-Q3", ["--base-on", "2024-06-29"], "found 2024-06-29; expected 2024-06-30, the last day of 2024-Q2"),
        ("2024-Q3", ["--term", "2024-first"], "option '--term'; found no such option"),
    ],
)
def test_what_is_no_case_of_a_period_is_told(here, name, given, message):
    with pytest.raises(InputError, match=message):
        zt.main(["new", name, *given], standalone_mode=False)
    assert list((here / "params").iterdir()) == []


@pytest.mark.thorough
def test_both_run_to_a_page(here):
    for name in ("2024-Q3", "2023-2024"):
        assert zt.main(["new", name], standalone_mode=False) == 0
    done = subprocess.run(
        [sys.executable, "-m", "zt_analysis.cli", "run", "--all"], cwd=here, capture_output=True, text=True, check=False
    )
    # nobody has printed a number of it yet, and a case that checked nothing is not ready to be signed
    assert (done.returncode, done.stderr.count("not checked")) == (1, 2), done.stdout + done.stderr
    page = (here / "outputs/2024-Q3/report.html").read_text(encoding="utf-8")
    assert "2024年第三季度" in page
    assert "2023—2024学年" in (here / "outputs/2023-2024/report.html").read_text(encoding="utf-8")
    assert str(ROOT) not in page


@pytest.mark.thorough
def test_a_figure_has_a_life(here, monkeypatch):
    """A new one is stated from its first day on, an old one until its last; papers of other days stay as they were."""
    for name in ("2024-Q2", "2024-Q3"):
        assert zt.main(["new", name], standalone_mode=False) == 0
    path = here / "office/indicators.py"
    text = path.read_text(encoding="utf-8")
    life = text.replace('zh="财政收入环比"', 'since="2024-07-01", zh="财政收入环比"')
    assert life != text
    try:
        path.write_text(life, encoding="utf-8")
        said = {}
        for name in ("2024-Q2", "2024-Q3"):
            command = [sys.executable, "-m", "zt_analysis.cli", "figures", name, "--format", "json"]
            done = subprocess.run(command, cwd=here, capture_output=True, text=True, check=True)
            said[name] = {one["indicator"] for one in json.loads(done.stdout)}
    finally:
        path.write_text(text, encoding="utf-8")
    assert said == {"2024-Q2": {"revenue"}, "2024-Q3": {"revenue", "revenue_growth"}}


@pytest.mark.parametrize(
    ("life", "message"),
    [
        ({"since": "soon"}, "indicator 'f', since.*found 'soon'; expected a date"),
        ({"since": "2024-12-31", "until": "2024-01-01"}, "found since 2024-12-31, until 2024-01-01"),
        ({"time": "fortnight"}, "indicator 'f', time; found 'fortnight'; expected date, span, week, month"),
    ],
)
def test_a_life_or_time_that_cannot_be_is_told(life, message):
    def f(tables, period):
        """F."""

    with pytest.raises(InputError, match=message):
        measured("persons", **life)(f)


def test_columns_of_days_are_declared(here, tmp_path):
    """A day of a report or one to come: the package says so, and says nothing that nobody holds."""
    shutil.copytree(here / "data/bay", tmp_path / "bay")
    path = tmp_path / "bay/datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    revenue = next(one for one in content["resources"] if one["name"] == "revenue")
    revenue["schema"]["fields"][0]["days"] = "often"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="column 'quarter'; found the days 'often'; expected one of reported, planned"):
        read_package(tmp_path / "bay")
    shipped = {column.name: column.days for table in read_package(SHIPPED).tables.values() for column in table.columns}
    assert {name: days for name, days in shipped.items() if days} == {
        "reported_on": "reported", "week_on": "reported", "deadline_on": "planned", "day_on": "planned",
    }  # fmt: skip
