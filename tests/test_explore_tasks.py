"""Twenty tasks an analyst brings, each a cell of at most three lines in a real kernel, its result held by value."""

import csv
import re
from fractions import Fraction

import openpyxl
import pytest
from kernels import Kernel
from packages import ROOT
from test_sources_yml import project as submitted_project

from zt_analysis.opened.html import STYLE

pytestmark = pytest.mark.slow

# what a cell leaves in ``r``, and what of it has to be
TASKS = {
    "1 tables with meanings": (
        "r = book.tables",
        "len(r), r.dropout_cases.columns[2].title, '案件编号' in r._repr_html_()",
        (11, "县区代码", True),
    ),
    "2 a schema": (
        "r = book.tables.dropout_cases.schema",
        "r.loc[r.column == 'stage', ['meaning', 'type']].values.tolist(), len(r)",
        ([["学段", "string"]], 14),
    ),
    "3 indicators": ("r = book.indicators()", "len(r) > 30, r[0].zh != ''", (True, True)),
    "4 search finds all": (
        'r = zt.indicators("辍学")',
        "len(r), {'out_of_school_rate', 'counties_without_cases', 'rate_population'} <= {*r.names}",
        (9, True),
    ),
    "5 a value": ('r = book.figure("失辍学率", stage="初中").value', "r", Fraction(4388, 276000)),
    "6 by county with names": (
        'r = book.figure("劝返复学学生数").by("county")',
        "r.set_index('县区')['value'].to_dict()['镇雄县'], str(r['value'].dtype), len(r)",
        (508, "int64", 11),
    ),
    "7 pivot": (
        'r = book.figure("失辍学率").by("county", "stage").pivot()',
        "list(r.columns), r.loc['合计'].tolist(), {str(one) for one in r.dtypes}, r.loc['水富市', '合计']",
        (["小学", "初中", "合计"], [0.06, 1.59, 0.57], {"float64"}, 0.58),
    ),
    "8 weekly by county, plotted": (
        'r = book.figure("新立案数").over("week", "county")\nc = zt.chart(r, title="各县每周新立案")',
        "int(r['value'].sum()), len(r), c.title, '昭阳区' in c.svg, '□' in c.svg",
        (798, 77, "各县每周新立案", True, False),
    ),
    "9 change in 百分点": (
        'r = book.figure("失辍学率", stage="初中").change()',
        "str(r), r.value",
        ("初中失辍学率比基期增减 2018-11-08: -0.32个百分点", Fraction(4388 - 5272, 276000)),
    ),
    "10 rows filtered": (
        'r = book.figure("失辍学人数", county="镇雄县").rows(limit=None, stage="初中").query("age_years < 13")',
        "set(r.stage), set(r.county_code), str(r.opened_on.dtype)[:10], len(r) > 0",
        ({"junior"}, {"530627"}, "datetime64", True),
    ),
    "11 SQL": (
        'r = book.sql("SELECT stage, count(*) AS n FROM dropout_cases GROUP BY stage ORDER BY n")',
        "r.values.tolist(), book.figure('失辍学人数').value",
        ([["primary", 1009], ["junior", 7654]], 4717),
    ),
    "12 source cell of a submitted package": (
        'r = zt.case("2018-11", project=SUBMITTED).figure("学生资助资金下达额", county="镇雄县").cells(3)',
        "r['cell'].tolist()[0].split('!')[0], len(r), r['cell'].nunique()",
        ("镇雄县.xlsx", 3, 3),
    ),
    "13 C07 explained": (
        'r = book.relation("C07").explain()',
        "r['value'].tolist(), '1020' in r._repr_html_()",
        ([1020, 798, -951, 867], True),
    ),
    "14 what-if": (
        "r = book.what_if(absence_days=5)",
        "r.iloc[0, [0, 2, 3, 4]].tolist(), len(r)",
        (["超期缺勤数", 8668.0, 9149.0, 481.0], 1),
    ),
    "15 own figure": (
        '@zt.define(unit="人", zh="外出务工失学", distinct="person_id")\n'
        'def away(tables, period): return tables["dropout_cases"].filter(REASON == "work_away", OUTCOME == "open")\n'
        'r = book.figure("外出务工失学")',
        "r.value, int(r.by('county').pivot().iloc[-1, 0]), r.check('803人').word, r.check('800人').difference",
        (803, 803, "agree", "+3"),
    ),
    "16 two weeks": (
        'r = zt.case("2018-W45").compare("2018-W44", "失辍学人数", "失辍学率")',
        "r.iloc[0, 1:4].tolist(), r.loc[r.figure == '初中失辍学率', 'difference'].tolist()",
        ([4717.0, 4947.0, -230.0], [-0.07]),
    ),
    "17 unusual": (
        "r = book.unusual()",
        "r.loc[0, ['part', 'count', 'direction']].tolist(), len(r), '385' in r.attrs['zt']['note']",
        (["镇雄县", 30, "▼"], 3, True),
    ),
    "18 export": (
        'r = book.figure("失辍学率").by("county", "stage").pivot().zt.to_excel(FOLDER + "/各县.xlsx")\n'
        's = book.figure("学生资助资金下达额").by("county").zt.to_csv(FOLDER + "/各县.csv")',
        "r.name, s.name",
        ("各县.xlsx", "各县.csv"),
    ),
    "19 house chart of one's own frame": (
        'r = zt.chart(pd.DataFrame({"学校": ["甲校", "乙校"], "人数": [3, 5]}), title="两校人数")',
        "r.title, r.rows, '甲校' in r.svg, 'currentColor' in r._repr_mimebundle_()['text/html']",
        ("两校人数", (("甲校", "3"), ("乙校", "5")), True, True),
    ),
    "20 a paragraph tied": (
        'r = book.tie("截至11月8日，全市劝返复学1916人，初中失辍学率1.59%。")',
        "[one.status for one in r.ties], r.holds, '<mark class=\"bad\"' in r._repr_html_()",
        (["excused", "differs", "agree_rounded"], False, True),
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("explore")


@pytest.fixture(scope="module")
def kernel(folder):
    submitted_project(folder / "submitted")
    found = Kernel(ROOT)
    found.shown(
        "import zt_analysis as zt\nimport pandas as pd\nfrom fractions import Fraction\nfrom ibis import _\n"
        'REASON, OUTCOME = _["reason"], _["outcome"]\n'
        f'SUBMITTED, FOLDER = {str(folder / "submitted")!r}, {str(folder)!r}\nbook = zt.case("2018-11")\n'
        'seen = book.figure("失辍学人数").rows(200)'
    )
    yield found
    found.stop()


# a package of submitted files is verified whole when it is opened
LONG = "12 source cell of a submitted package"
MARKED = [pytest.param(one, marks=pytest.mark.thorough) if one == LONG else one for one in TASKS]


@pytest.mark.part(5)
@pytest.mark.parametrize("task", MARKED)
def test_task(kernel, task):
    cell, asked, expected = TASKS[task]
    assert len(cell.splitlines()) <= 3
    kernel.shown(cell)
    found = kernel.value(f"True if (found := ({asked})) == {expected!r} else found")
    assert found == "True", f"expected {expected!r}"


def test_what_is_handed_over_is_numbers_under_chinese_headers(kernel, folder):
    kernel.shown(TASKS["18 export"][0])
    rows = list(openpyxl.load_workbook(folder / "各县.xlsx").active.values)
    assert rows[0] == ("县区", "小学", "初中", "合计")
    assert rows[1] == (None, "%", "%", "%")
    assert rows[-1] == ("合计", 0.06, 1.59, 0.57)
    text = (folder / "各县.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(text.decode("utf-8-sig").splitlines()))
    assert lines[0] == ["county_code", "县区", "学生资助资金下达额（万元）"]
    assert sum(float(line[2]) for line in lines[1:]) == pytest.approx(133715.32)


class TestCompletion:
    @pytest.mark.parametrize(
        ("typed", "offered"),
        [
            ('book.tables["', "dropout_cases"),
            ('book.tables["dropout_cases"]["', "opened_on"),
            ("book.tables.drop", "dropout_cases"),
            ('book.figure("失辍', "失辍学率"),
            ('book.figure("out_of', "out_of_school_rate"),
            ('book.figure("失辍学率", cou', "county="),
            ('book.figure("失辍学率", county="镇', "镇雄县"),
            ('book.figure("失辍学率", stage="jun', "junior"),
            ('book.figure("失辍学率").by("', "县区"),
            ('mine = book.figure("失辍学率")\nmine.by("county", "', "学段"),
            ('book.relation("C0', "C07"),
            ('zt.case("2018-W4', "2018-W44"),
            ("book.what_if(abs", "absence_days="),
            ("book.fig", "figure"),
            ("book.tables.", "dropout_cases"),
            ('book.figure("失辍学率").', "growth"),
            ('book.figure("失辍学率").by(', '"县区"'),
            ('book.figure("失辍学率").by("县区").', "pivot"),
            ('book.figure("失辍学率").by("县区").zt.', "to_excel"),
            ('book.figure("失辍学人数").rows(', "limit="),
            ("seen[seen.age_years > 9].", "opened_on"),
            ('seen[seen.age_years > 9].groupby("town', "township_code"),
            ('seen.groupby("township_code").si', "size"),
            ('book.sql("""\nSELECT stage, townsh', "township_code"),
            ('book.sql("SELECT * FROM drop', "dropout_cases"),
            ('book.relation("C07").', "explain"),
        ],
    )
    def test_offers_names(self, kernel, typed, offered):
        found = kernel.completions(typed)
        assert offered in found
        assert not any(one.startswith("%") or "/" in one for one in found)

    @pytest.mark.parametrize("typed", ["x = 'book.", "# book.", '"""\nbook.', "1.", "book.figure('无此指标')."])
    def test_offers_no_names_where_none_can_stand(self, kernel, typed):
        assert "figure" not in kernel.completions(typed)

    def test_looks_at_nothing_that_takes_seconds(self, kernel):
        """JupyterLab asks of each name that is marked in the list what it is; till then the kernel answers nothing."""
        kernel.shown(
            "from zt_analysis.opened import open_case\nother = zt.case('2018-11')\n"
            "def fail(*given, **named): raise AssertionError('read')\n"
            "kept, open_case.tables_of, open_case.review = (open_case.tables_of, open_case.review), fail, fail"
        )
        for name in kernel.completions("other."):
            kernel.told(f"other.{name}")
        kernel.shown("open_case.tables_of, open_case.review = kept")
        assert {"_tables", "_every_table", "_review"}.isdisjoint(eval(kernel.value("[*vars(other)]")))

    def test_leaves_other_calls_alone(self, kernel):
        assert "README.md" in kernel.completions('open("READ')

    def test_nothing_else_is_run(self, kernel):
        kernel.shown("ran = []\ndef act(): ran.append(1); return book")
        kernel.completions('act().figure("')
        assert kernel.value("ran") == "[]"


class TestErrors:
    def test_in_a_cell_is_a_few_lines_that_name_the_cells(self, kernel):
        found = kernel.error('x = 1\nbook.figure("失学率")')
        assert len(found) < 10
        assert found[0] == "InputError: figure '失学率'"
        assert [line.split()[0] for line in found if line.startswith("  ") and line[2] != " "] == [
            "found", "expected", "hint", "cell",
        ]  # fmt: skip
        number, _, line = found[-1].split(maxsplit=1)[1].partition(" ")
        assert re.fullmatch(r"\[\d+\]", number)
        assert line == 'line 2: book.figure("失学率")'
        said = "\n".join(found)
        assert said.count("失辍学率") >= 1
        assert "out_of_school_rate" in said

    @pytest.mark.parametrize(
        ("cell", "said"),
        [
            ('book.figure("失辍学率", stage="小学学")', "did you mean 小学 (primary)?"),
            ('book.figure("失辍学率", county="镇雄")', "镇雄县 (530627)"),
            ('book.figure("失辍学率", at="2019-10-01")', "a day outside the rows"),
            ('book.figure("新立案数", at="base")', "since the base date"),
            ('book.figure("失辍学率").by("乡镇")', "县区 (county_code)"),
            ('book.figure("失辍学率").check(0.0159)', "a float has lost what was printed"),
            ('book.sql("DROP TABLE counties")', "one query that reads"),
            ("book.sql(\"SELECT * FROM read_csv('/etc/passwd')\")", "no declared table"),
            ('book.sql("SELECT * FROM raw_counties")', "no declared table"),
            ('book.sql("SELECT * FROM dropout_case")', "did you mean 'dropout_cases'"),
            ('zt.define(unit="个", zh="甲")', "counties, villages"),
            ('zt.chart(pd.DataFrame({"甲": ["乙"]}))', "no column of numbers"),
            ('book.relation("C7")', "C07"),
            ('pd.DataFrame({"a": [1]}).zt.to_excel("a.csv")', ".xlsx"),
        ],
    )
    def test_says_what_to_do(self, kernel, cell, said):
        found = kernel.error(cell)
        assert 0 < len(found) <= 10
        assert said in " ".join(line.strip() for line in found)


def test_a_cell_run_again_replaces_its_figure_and_that_alone(kernel):
    cell = (
        '@zt.define(unit="人", zh="甲数")\ndef first_count(tables, period): '
        'return tables["dropout_cases"].filter(OUTCOME == "{}")'
    )
    kernel.shown(cell.format("open"))
    assert kernel.value('book.figure("甲数").value') == "4717"
    kernel.shown(cell.format("home"))
    assert kernel.value('book.figure("甲数").value != 4717') == "True"
    clash = kernel.error('@zt.define(unit="人", zh="失辍学率")\ndef mine(tables, period): return tables["counties"]')
    assert "a figure of the office" in " ".join(clash)


def test_help_is_the_definition_in_both_languages(kernel):
    kernel.shown('f = book.figure("失辍学率")')
    told = kernel.told("f")
    assert "失辍学人数除以分母" in told
    assert "Share of children out of school" in told
    assert "unit: str" in kernel.told("zt.define").replace("'str'", "str")


RICH = {
    "book": "统计日",
    "book.tables": "案件编号",
    "book.tables.dropout_cases": "必填",
    "book.tables.dropout_cases.columns[0]": "案件编号",
    "book.indicators()[0]": "定义",
    'book.figure("失辍学率")': "可分解",
    'book.figure("失辍学率").figure': "0.57%",
    'book.figure("失辍学率").check("1.2%")': "不一致",
    "book.review": "未解释",
    "book.review.verdicts[0]": "一致",
    "book.review.relations[0]": "并列的去向",
    "book.relations": "C07",
    'book.relation("C07")': "未解释",
    'book.figure("失辍学率").by("county")': "失辍学率（%）",
    'book.figure("失辍学率").sql': "SELECT",
}


@pytest.mark.parametrize("cell", RICH)
def test_shows_itself_richly_and_in_a_few_plain_lines(kernel, cell):
    shown = kernel.shown(cell)
    assert RICH[cell] in shown["text/html"]
    assert shown["text/html"].count("<style>") == 1
    plain = shown["text/plain"]
    assert len(plain.splitlines()) <= 40
    assert len(plain) < 3000
    assert "object at 0x" not in plain


def test_a_status_is_told_by_sign_colour_and_word(kernel):
    html = kernel.shown('book.figure("失辍学率").check("1.2%")')["text/html"]
    assert 'class="badge bad"' in html
    assert "×" in html
    assert "不一致" in html


def test_style_reaches_nothing_outside_an_output():
    import re

    rules = re.sub(r"@media[^{]*\{", "", STYLE.removeprefix("<style>").removesuffix("</style>"))
    selectors = [one for each in re.findall(r"([^{}]+)\{", rules) for one in each.split(",")]
    assert len(selectors) > 20
    assert [one for one in selectors if ".zt-out" not in one] == []
