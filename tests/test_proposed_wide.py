"""``zt init --from`` a table that stands side by side, as bureaus export it: kept as it comes."""

import json

import openpyxl
import pytest
from click.testing import CliRunner

from zt_analysis.cli import zt
from zt_analysis.doctor import examine
from zt_analysis.office import office_of
from zt_analysis.params import load
from zt_analysis.sources import open_package
from zt_analysis.yamls import read_yaml

pytestmark = pytest.mark.slow

# two marks, captions, tab before comma, one comma too many, newest first, full-width digits, notes, no line end
EXPORT = (
    "\ufeff\ufeff数据库：示例年度数据\n时间：\n指标\t,2020年\t,2019年\t,2018年\t,\n"
    "小学学校数(万所)\t,\t,1.25\t,1.3001\t,\n小学在校学生数 (万人) \t,\t,50.1234\t,\t,\n"
    "教育经费(万元)\t,9\t,1234.56\t,8\t,\n"
    "停办班数(个)\t,\t,\t,\t,\n小学生师比(教师人数=1)\t,\t,16.85\t,17．02\t,\n图书(万册)\t,\t,１２.5\t,3\t,\n"
    "注：1. 2018年起含教学点。\n2. 空白为尚未公布。\n数据来源：示例统计局"
)
# a file of the bureau's yearbook of parts: the series stands in its name, and a row of the whole among the parts
BY_PLACE = (
    "数据库：示例分省数据\n时间：\n地区\t,2019年\t,2018年\t,\n"
    "甲省\t,12.5\t,12\t,\n乙省\t,7.25\t,\t,\n全国\t,19.75\t,12\t,\n"
)
ROWS_OF_YEARS = (
    "省份编码,省份,年份,小学学校数(所),小学在校学生数 (万人),备注\n"
    "1,甲省,2019,12,1.2345,x\n1,甲省,2018,11,1.2,y\n2,乙省,2019,7,,z\n2,乙省,2018,8,0.9,w\n"
)
PLACES_ACROSS = "单位：万人\n指标：小学在校学生数\n年份,甲省,乙省,合计\n2019年,1.5,2,3.5\n2018年,1.4,1.9,3.3\n"
NO_UNIT = "年份,普通小学在校学生数,成人小学在校学生数,学校数,生师比\n2019,105.6124,,12,16.9\n2018,103.4,2.5,13,17\n"


@pytest.fixture
def proposed(tmp_path, monkeypatch):
    """A project proposed from a file: what it said, its declaration, and figures by Chinese name at a year."""

    def of(content, name="示例.csv", refused=""):
        monkeypatch.chdir(tmp_path)
        path = tmp_path / name
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            content.save(path)
        done = CliRunner().invoke(zt, ["init", "x", "--from", name], standalone_mode=False)
        assert done.return_value == 0, done.exception
        root = tmp_path / "x"
        lacks = examine(root).lacks
        assert [one for one in lacks if not refused or refused not in one.what] == []
        assert bool(lacks) == bool(refused)
        kept = next((root / "data/proposed/raw").rglob("*.*"))
        assert kept.read_bytes() == path.read_bytes()
        return done.output, read_yaml((root / "data/proposed/sources.yml").read_bytes()), root

    return of


def figures(root, case):
    """The figures of the case's paper as they are printed, by Chinese name."""
    with office_of(root).active():
        from zt_analysis.bulletins import paper_of
        from zt_analysis.indicators import Wanted, compute, find

        paper = paper_of(load(case, root))
        tables = open_package(root / paper.package)
        found = compute([Wanted(one, paper.period) for one in paper.indicators], tables)
        return {find(one.indicator).zh: one.display("zh") for one in found.values()}


def test_an_export_of_a_bureau_is_declared_as_it_comes(proposed):
    said, declared, root = proposed(EXPORT)
    assert declared == {
        "table_1": {
            "from": "raw/table_1", "columns": {"series": "指标"},
            "unpivot": {"headers": "{year}年", "into": "value", "unit_from": "series", "other_labels": "left_out"},
            "values": {"series": {"小学学校数": "series_1", "小学在校学生数": "series_2", "图书": "series_3"}},
        },
        # money is kept in fen, apart from what is counted
        "table_1_2": {
            "from": "raw/table_1_2", "columns": {"series": "指标"}, "units": {"value": ["元", "分"]},
            "unpivot": {"headers": "{year}年", "into": "value", "unit_from": "series", "other_labels": "left_out"},
            "values": {"series": {"教育经费": "series_1"}},
        },
    }  # fmt: skip
    for line in (
        "note: 2. 空白为尚未公布。", "停办班数 (个): no value", "小学生师比(教师人数=1): 16.85 is not whole in ones",
        "小学在校学生数 -> series_2: measure in 人",
    ):  # fmt: skip
        assert line in said
    # 2020 has one series of four: no year to begin with
    assert [path.stem for path in (root / "params").iterdir()] == ["2019"]
    assert figures(root, "2019") == {
        "小学学校数": "12500所", "小学在校学生数": "501234人", "图书": "125000册", "教育经费": "1234.56万元",
    }  # fmt: skip


@pytest.mark.thorough
def test_what_was_not_published_is_not_0(proposed):
    _, _, root = proposed(EXPORT)
    text = (root / "params/2019.yml").read_text(encoding="utf-8")
    for old, new in (("2018-12", "2017-12"), ("2019-12", "2018-12"), ("2020-", "2019-"), ('"2019"', '"2018"')):
        text = text.replace(old, new)
    (root / "params/2018.yml").write_text(text, encoding="utf-8")
    assert figures(root, "2018")["小学学校数"] == "13001所"
    assert figures(root, "2018")["小学在校学生数"] == "—"


def test_a_row_of_the_whole_is_not_added_to_its_parts(proposed):
    said, declared, root = proposed(BY_PLACE, "分省数据-普通、职业在校学生数（万人）.csv")
    assert declared["table_1"] == {
        "from": "raw/table_1", "columns": {"place": "地区"}, "units": {"value": ["万人", "人"]},
        "unpivot": {"headers": "{year}年", "into": "value"},
    }  # fmt: skip
    assert "全国: a whole among its parts, not added to them" in said
    assert figures(root, "2019") == {"普通、职业在校学生数": "197500人"}


@pytest.mark.parametrize(
    ("whole", "expected"), [("30,60", "60人"), ("30,61", "121人")], ids=["the sum in every period", "in one"]
)
def test_a_row_that_is_the_sum_of_the_others_is_the_whole_whatever_it_is_called(proposed, whole, expected):
    content = f"指标：学生数（人）,,\n地区,2018年,2019年\n昭通市,{whole}\n昭阳区,10,25\n鲁甸县,12,20\n镇雄县,8,15\n"
    said, _, root = proposed(content)
    assert ("昭通市: the sum of the others in every period, so a whole among its parts" in said) == (expected == "60人")
    assert list(figures(root, "2019").values()) == [expected]


@pytest.mark.thorough
def test_rows_of_years_with_the_unit_in_the_header(proposed):
    _, declared, root = proposed(ROWS_OF_YEARS)
    assert declared["table_1"]["columns"] == {"place": "省份", "year": "年份"}
    assert declared["table_1"]["ignored"] == ["省份编码", "备注"]
    assert declared["table_1"]["unpivot"]["headers"] == "{series}"
    assert figures(root, "2019") == {"小学学校数": "19所", "小学在校学生数": "—"}
    # of those with a value in each part the parts are held against the whole
    assert ",place,,series_1,各省份合计" in (root / "office/relations/statements.csv").read_text(encoding="utf-8")


@pytest.mark.thorough
def test_places_across_and_the_series_in_a_caption(proposed):
    _, declared, root = proposed(PLACES_ACROSS)
    assert declared["table_1"]["unpivot"] == {"headers": "{place}", "into": "value"}
    assert declared["table_1"]["ignored"] == ["合计"]
    assert figures(root, "2019") == {"小学在校学生数": "35000人"}


def test_a_unit_that_nothing_states_is_supposed_aloud(proposed):
    said, declared, root = proposed(NO_UNIT)
    assert "by their decimals the cells are supposed to be in 万人" in said
    assert [one.get("units") for one in declared.values()] == [{"value": ["万人", "人"]}, None]
    assert "生师比: 16.9 is not whole in ones" in said
    assert figures(root, "2019") == {"普通小学在校学生数": "1056124人", "成人小学在校学生数": "—", "学校数": "12个"}


@pytest.mark.thorough
def test_a_workbook_with_two_forms_of_headers(proposed):
    book = openpyxl.Workbook()
    for line in (
        ["地区", "2018年学生（人）", "2019年学生（人）", "2018年教师（人）", "2019年教师（人）"],
        ["甲县", 100, 110, 9, 10], ["乙县", 50, 40, 5, 4], ["合计", 150, 150, 14, 14],
    ):  # fmt: skip
        book.active.append(line)
    book.create_sheet("说明").append(["无"])
    _, declared, root = proposed(book, "表.xlsx")
    assert [one["unpivot"]["headers"] for one in declared.values()] == ["{year}年学生(人)", "{year}年教师(人)"]
    assert {one["sheet"] for one in declared.values()} == {"Sheet"}
    assert figures(root, "2019") == {"学生": "150人", "教师": "14人"}


def test_a_label_twice_is_left_out_and_what_is_refused_is_said(proposed):
    text = "指标,2019年,2018年\n小学班数(个),1,2\n小学班数(个),3,4\n小学(所),5,约6\n小学生(人),5,6\n"
    said, _, _ = proposed(text, refused="示例.csv!C4")
    assert "小学班数 (个): the same label twice" in said
    assert "REFUSED: raw/table_1/示例.csv: 1, first 示例.csv!C4" in said


@pytest.mark.parametrize(
    "content",
    [
        # pupils of 1960 and 2010 persons, and of 2010 and 2012, are no years
        "乡镇,小学,初中\n甲镇,1960,2010\n乙镇,3,4\n", "乡镇,小学,初中\n甲镇,2010,2012\n乙镇,3,4\n",
        # an office's own list, a value in each cell
        "年份,乡镇,人数,教师(人)\n2019,甲镇,1,2\n2019,乙镇,3,4\n",
    ],
)  # fmt: skip
def test_what_does_not_stand_side_by_side_is_copied_as_before(tmp_path, monkeypatch, content):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text(content, encoding="utf-8")
    done = CliRunner().invoke(zt, ["init", "x", "--from", "t.csv"], standalone_mode=False)
    assert done.return_value == 0, done.exception
    assert not (tmp_path / "x/data/proposed/sources.yml").exists()


def test_columns_of_other_decimals_are_other_units_and_a_blank_is_no_0(tmp_path, monkeypatch):
    """99.94 kept in hundredths beside 12 in ones: each shows what its file says."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text("乡镇,甲,乙,丙\n甲镇,12,99.94,\n乙镇,3,0.06,4\n", encoding="utf-8")
    done = CliRunner().invoke(zt, ["init", "x", "--from", "t.csv"], standalone_mode=False)
    assert done.return_value == 0, done.exception
    (case,) = [path.stem for path in (tmp_path / "x/params").iterdir()]
    assert figures(tmp_path / "x", case) == {"甲": "15个", "乙": "100.00个", "丙": "—"}
    declared = json.loads((tmp_path / "x/data/proposed/datapackage.json").read_text(encoding="utf-8"))
    assert declared["resources"][-1]["name"] == "t"
