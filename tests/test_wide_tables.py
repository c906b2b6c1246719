"""Tables that stand side by side, as bureaus publish them: stacked by declaration, each value with its cell."""

import json
from dataclasses import replace

import openpyxl
import pytest

from zt_analysis.errors import InputError, SourceError
from zt_analysis.sources import open_package
from zt_analysis.submissions import Field, Layout, Unpivot, pattern_of, read

# two marks, tab before comma, one comma too many, newest first, notes below, no line end: as such sites export
EXPORT = (
    "\ufeff\ufeff数据库：示例年度数据\n时间：\n指标\t,2019年\t,2018年\t,2017年\t,\n"
    "小学学校数(万所)\t,1.25\t,1.3\t,1.3001\t,\n小学在校学生数 (万人)\t,50.1234\t,49\t,\t,\n"
    "停办班数(个)\t,\t,\t,\t,\n小学生师比(教师人数=1)\t,16.85\t,17．02\t,17.1\t,\n"
    "注：1. 2018年起含教学点。\n2. 空白为尚未公布。\n数据来源：示例统计局"
)
MEANS = {"小学学校数": "schools", "小学在校学生数": "pupils", "小学生师比(教师人数=1)": "ratio"}
SERIES = Field("series", "string", ("指标",), required=True, values=MEANS)
YEAR, VALUE = Field("year", "integer", ("year",)), Field("value", "number", ("value",))


def unpivot(headers="{year}年", into="value", unit_from="series", *, others=True):
    return Unpivot(headers, *pattern_of(headers), into, unit_from, others)


LAYOUT = Layout((SERIES, YEAR, VALUE), key=("series", "year"), unpivot=unpivot())
DISTRICTS = (
    Field("district", "string", ("地区",), required=True),
    YEAR,
    Field("pupils", "integer", ("pupils",), unit="万人", base="人"),
)
BY_DISTRICT = Layout(DISTRICTS, key=("district", "year"), unpivot=unpivot(into="pupils", unit_from=""))


def export(folder, content=EXPORT, name="示例.csv"):
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def values(reading, *names):
    return [tuple(row[name] for name in names) for row in reading.rows]


class TestRowsOfYears:
    def test_each_value_is_a_row_in_ones_with_its_cell(self, tmp_path):
        found = read(export(tmp_path), LAYOUT)
        assert not found.problems
        assert values(found, "series", "year", "value") == [
            *(("schools", "2019", "12500"), ("schools", "2018", "13000"), ("schools", "2017", "13001")),
            *(("pupils", "2019", "501234"), ("pupils", "2018", "490000"), ("pupils", "2017", None)),
            *(("ratio", "2019", "16.85"), ("ratio", "2018", "17.02"), ("ratio", "2017", "17.1")),
        ]
        assert [place["value"] for place in found.places[3:6]] == ["示例.csv!B5", "示例.csv!C5", "示例.csv!D5"]
        assert found.places[3]["series"] == "示例.csv!A5"

    def test_the_account_closes_and_what_is_left_out_is_said(self, tmp_path):
        found = read(export(tmp_path), LAYOUT)
        assert (found.account.seen, found.account.read, found.account.notes) == (10, 4, 5)
        assert found.account.closes
        assert [note.text for note in found.notes if note.kind == "label"] == [
            "left out, as other_labels says: 停办班数(个)"
        ]

    def test_a_label_without_a_meaning_refuses(self, tmp_path):
        found = read(export(tmp_path), Layout((SERIES, YEAR, VALUE), key=LAYOUT.key, unpivot=unpivot(others=False)))
        (problem,) = found.problems
        assert (problem.place, problem.kind) == ("示例.csv!A6", "word")
        assert "停办班数(个)" in problem.found

    def test_where_no_label_is_declared_nothing_would_be_read(self, tmp_path):
        other = EXPORT.replace("小学", "幼儿园")
        (problem,) = read(export(tmp_path, other), LAYOUT).problems
        assert "no row with a declared label" in problem.found

    @pytest.mark.parametrize("lines", ["3. 空白为尚未公布。", "2. 2018"])
    def test_notes_that_are_not_numbered_on_are_no_notes(self, tmp_path, lines):
        """2. behind 注：1. is a note; 3., or a number without words, could be a row."""
        found = read(export(tmp_path, EXPORT.replace("2. 空白为尚未公布。", lines)), LAYOUT)
        assert found.account.notes == 4

    def test_a_value_that_is_not_whole_in_ones(self, tmp_path):
        whole = Layout((SERIES, YEAR, Field("value", "integer", ("value",))), key=LAYOUT.key, unpivot=unpivot())
        found = read(export(tmp_path), whole)
        assert [(one.place, one.kind) for one in found.problems] == [
            (f"示例.csv!{cell}", "integer") for cell in ("B7", "C7", "D7")
        ]

    def test_error_words_and_texts_are_refused_by_their_cell(self, tmp_path):
        found = read(export(tmp_path, EXPORT.replace("50.1234", "约50").replace("1.3001", "#N/A")), LAYOUT)
        assert [(one.place, one.column) for one in found.problems] == [
            ("示例.csv!D4", "value"),
            ("示例.csv!B5", "value"),
        ]


class TestColumnsOfSeries:
    LAYOUT = Layout(
        (
            Field("district", "string", ("地区",), required=True),
            Field("year", "integer", ("年份",)),
            Field("series", "string", ("series",), values={"小学学校数": "schools", "小学在校学生数": "pupils"}),
            Field("value", "integer", ("value",)),
        ),
        key=("district", "year", "series"), ignored=("编码",),
        unpivot=unpivot("{series}", unit_from="series"),
    )  # fmt: skip
    CONTENT = (
        "编码,地区,年份,小学学校数(所),小学在校学生数 (万人),小学班数(个)\n1,甲县,2019,12,1.2345,30\n2,乙县,2019,7,,9\n"
    )

    def test_a_header_gives_series_and_unit(self, tmp_path):
        found = read(export(tmp_path, self.CONTENT), self.LAYOUT)
        assert not found.problems
        assert values(found, "district", "year", "series", "value") == [
            ("甲县", "2019", "schools", "12"), ("甲县", "2019", "pupils", "12345"),
            ("乙县", "2019", "schools", "7"), ("乙县", "2019", "pupils", None),
        ]  # fmt: skip
        assert found.places[1]["value"] == "示例.csv!E2"
        assert [note.text for note in found.notes if note.kind == "label"] == [
            "left out, as other_labels says: 小学班数(个)"
        ]

    def test_a_header_without_a_unit_is_in_the_declared_one(self, tmp_path):
        """A file in 万人 whose headers do not say so; one that says another of its kind is believed."""
        in_units = [replace(one, unit="万人", base="人") if one.name == "value" else one for one in self.LAYOUT.fields]
        layout = replace(self.LAYOUT, fields=tuple(in_units))
        found = read(export(tmp_path, "编码,地区,年份,小学学校数,小学在校学生数 (人)\n1,甲县,2019,1.2,34\n"), layout)
        assert values(found, "series", "value") == [("schools", "12000"), ("pupils", "34")]
        (problem,) = read(export(tmp_path, self.CONTENT), layout).problems
        assert ("小学学校数(所)" in problem.found, problem.expected) == (True, "a unit of 人")

    def test_a_renamed_series_is_one_and_other_labels_stay(self, tmp_path):
        fields = [
            replace(one, values={"小学在校学生数": "小学在校生数"}, kept=True) if one.name == "series" else one
            for one in self.LAYOUT.fields
        ]
        layout = replace(
            self.LAYOUT, fields=tuple(fields), unpivot=unpivot("{series}", unit_from="series", others=False)
        )
        found = read(
            export(tmp_path, "编码,地区,年份,小学在校学生数 (万人),小学学校数(所)\n1,甲县,2019,1.2,34\n"), layout
        )
        assert values(found, "series", "value") == [("小学在校生数", "12000"), ("小学学校数", "34")]

    def test_a_year_may_have_its_word_behind_it_and_a_count_may_not(self, tmp_path):
        found = read(export(tmp_path, self.CONTENT.replace("2019,12", "２０１９年,12")), self.LAYOUT)
        assert values(found, "year")[0] == ("2019",)
        (problem,) = read(export(tmp_path, self.CONTENT.replace("2019,12,", "2019,2012年,")), self.LAYOUT).problems
        assert problem.column == "value"

    def test_a_header_without_a_meaning_refuses(self, tmp_path):
        strict = replace(self.LAYOUT, unpivot=unpivot("{series}", unit_from="series", others=False))
        (problem,) = read(export(tmp_path, self.CONTENT), strict).problems
        assert "小学班数" in problem.found


class TestColumnsOfPlaces:
    def test_a_workbook_with_a_total(self, tmp_path):
        book = openpyxl.Workbook()
        for line in (
            ["单位：万人"],
            ["地区", "2018年", "2019年"],
            ["甲县", 1.2, 1.25],
            ["乙县", 2, None],
            ["合计", 3.2, 1.25],
        ):
            book.active.append(line)
        book.save(tmp_path / "示例.xlsx")
        found = read(tmp_path / "示例.xlsx", BY_DISTRICT)
        assert not found.problems
        assert values(found, "district", "year", "pupils") == [
            *(("甲县", "2018", "12000"), ("甲县", "2019", "12500")),
            *(("乙县", "2018", "20000"), ("乙县", "2019", None)),
        ]
        assert [(one.column, one.stated, one.agrees) for one in found.totals] == [
            ("pupils", "32000", True), ("pupils", "12500", True),
        ]  # fmt: skip

    def test_a_total_that_differs_names_its_cell(self, tmp_path):
        found = read(export(tmp_path, "地区,2018年,2019年\n甲县,1,2\n合计,1,3\n"), BY_DISTRICT)
        assert [(one.place, one.column, one.kind) for one in found.problems] == [("示例.csv!C3", "pupils", "total")]

    def test_a_year_twice_is_refused(self, tmp_path):
        with pytest.raises(InputError, match=r"row 1.*'2018' twice.*take one of the columns out"):
            read(export(tmp_path, "地区,2018年,２０１８年\n甲县,1,2\n"), BY_DISTRICT)

    def test_no_header_that_fits(self, tmp_path):
        (problem,) = read(export(tmp_path, "地区,2018,2019\n甲县,1,2\n"), BY_DISTRICT).problems
        assert "no header that fits; the first row holds '地区', '2018', '2019'" in problem.found
        assert "{year}年" in problem.hint

    def test_an_undeclared_column_is_refused_as_anywhere(self, tmp_path):
        (problem,) = read(export(tmp_path, "地区,2018年,备用\n甲县,1,2\n"), BY_DISTRICT).problems
        assert "备用" in problem.found


FIELDS = [
    {"name": "series", "type": "string", "constraints": {"required": True, "enum": sorted(MEANS.values())}},
    {"name": "year", "type": "integer", "constraints": {"required": True, "minimum": 1990, "maximum": 2100}},
    {"name": "value", "type": "integer"},
]
DECLARED = {
    "from": "raw/*.csv",
    "columns": {"series": "指标"},
    "unpivot": {"headers": "{year}年", "into": "value", "unit_from": "series", "other_labels": "left_out"},
    "values": {"series": {label: name for label, name in MEANS.items() if name != "ratio"}},
}


@pytest.fixture
def package(tmp_path):
    (tmp_path / "zt.toml").write_text('name = { zh = "示例" }\n', encoding="utf-8")
    (tmp_path / "raw").mkdir()
    export(tmp_path / "raw")
    resource = {
        "name": "national", "path": "raw/national.csv", "format": "csv", "encoding": "utf-8", "hash": "", "bytes": 0,
        "schema": {"fields": FIELDS, "primaryKey": ["series", "year"]},
    }  # fmt: skip
    content = {"name": "wide", "title": "Side by side", "synthetic": True, "resources": [resource]}
    (tmp_path / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")

    def declare(**changed):
        entry = DECLARED | changed
        (tmp_path / "sources.yml").write_text(json.dumps({"national": entry}, ensure_ascii=False), encoding="utf-8")
        return tmp_path

    return declare


@pytest.mark.slow
class TestDeclared:
    def test_rows_of_a_package_are_numbers(self, package):
        opened = open_package(package())
        found = opened.rows(opened["national"].order_by("series", "year"))
        assert [(row["series"], row["year"], row["value"]) for row in found][:3] == [
            ("pupils", 2017, None), ("pupils", 2018, 490000), ("pupils", 2019, 501234),
        ]  # fmt: skip
        assert len(found) == 6

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"headers": "年", "into": "value"}, "'{year}年'"),
            ({"headers": "{a}{b}", "into": "value"}, "one column in braces"),
            ({"headers": "{year}年"}, "no key 'into'"),
            ({"headers": "{jahr}年", "into": "value"}, "jahr"),
            ({"headers": "{year}年", "into": "value", "unit": "series"}, "key 'unit'"),
            ({"headers": "{year}年", "into": "value", "other_labels": "left_out"}, "beside unit_from"),
            ({"headers": "{year}年", "into": 3}, "text in quotes"),
        ],
    )
    def test_a_wrong_declaration_is_named(self, package, changed, said):
        with pytest.raises(SourceError) as error:
            open_package(package(unpivot=changed))
        assert said in str(error.value)
        assert "sources.yml" in str(error.value)

    def test_a_unit_of_cells_and_of_rows(self, package):
        folder = package(
            units={"value": ["万所", "所"]}, unpivot={"headers": "{year}年", "into": "value"},
            values={"series": {"小学学校数": "schools"}},
        )  # fmt: skip
        export(folder / "raw", "指标,2019年\n小学学校数,1.2345\n")
        opened = open_package(folder)
        assert [row["value"] for row in opened.rows(opened["national"])] == [12345]
