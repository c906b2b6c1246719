"""Tables as people keep them, proposed as a project: captions, merged headers, years in columns, gaps, two sheets."""

import openpyxl
import pytest
from click.testing import CliRunner

from zt_analysis.cli import zt
from zt_analysis.errors import InputError
from zt_analysis.proposing import read_tables

HEAD = ("年份", "区县", "在校生人数")


@pytest.fixture
def book(tmp_path):
    """A workbook of sheets, each its rows and merges, in a folder of its own."""

    def of(*sheets, name="t.xlsx"):
        found = openpyxl.Workbook()
        found.remove(found.active)
        for number, (rows, merges) in enumerate(sheets, start=1):
            sheet = found.create_sheet(f"表{number}")
            for row in rows:
                sheet.append(row)
            for merge in merges:
                sheet.merge_cells(merge)
        found.save(tmp_path / name)
        return tmp_path / name

    return of


def columns(table):
    return {one.header: (one.kind, one.unit, one.values) for one in table.columns}


def test_captions_blank_rows_totals_and_notes_are_none_of_the_table(book):
    rows = [
        ("海湾市2024年教育统计表", None, None, "2024年"), ("单位：万元",), (), ("年份", "区县", "在校生人数", "经费"),
        (2023, "东岸区", 120, 3.5), (), (2024, "东岸区", 130, 4.25), ("全市合计", None, 250, 7.75), ("注：年报",),
    ]  # fmt: skip
    (found,) = read_tables(book((rows, ["A1:C1"])), 1)
    assert columns(found) == {
        "年份": ("year", "", [2023, 2024]),
        "区县": ("part", "", ["东岸区", "东岸区"]),
        "在校生": ("measure", "人", [120, 130]),
        "经费": ("measure", "万元", [3500000, 4250000]),
    }
    assert found.left_out == ["row 8 (全市合计 250 7.75)", "row 9 (注：年报)"]


def test_a_header_of_two_rows_is_read_through_its_merges(book):
    rows = [
        ("区县", "学生数（人）", None, "教师数（人）", None), (None, "小学", "初中", "小学", "初中"),
        ("东岸区", 100, 50, 10, 5), ("西岸区", 80, 40, 8, 4),
    ]  # fmt: skip
    (merged,) = read_tables(book((rows, ["A1:A2", "B1:C1", "D1:E1"])), 1)
    assert [one.header for one in merged.columns] == ["区县", "小学学生数", "初中学生数", "小学教师数", "初中教师数"]
    assert {one.unit for one in merged.columns[1:]} == {"人"}
    (blank,) = read_tables(book((rows, [])), 1)  # as a CSV file has it
    assert columns(blank) == columns(merged)


def test_words_merged_over_rows_are_of_each_and_a_number_is_of_none(book):
    rows = [("区县", "学段", "在校生（人）"), ("东岸区", "小学", 100), (None, "初中", 50), ("西岸区", "小学", 80)]
    (found,) = read_tables(book((rows, ["A2:A3"])), 1)
    assert columns(found)["区县"][2] == ["东岸区", "东岸区", "西岸区"]
    with pytest.raises(InputError, match=r"t.xlsx!表1!C2; found 100 in merged cells of 2 rows"):
        read_tables(book((rows, ["C2:C3"])), 1)


def test_years_over_kinds_are_stacked_with_a_column_a_kind(book):
    rows = [("区县", 2022, None, 2023, None), (None, "学生（人）", "教师（人）", "学生（人）", "教师（人）"),
            ("东岸区", 110, 11, 120, 12)]  # fmt: skip
    (found,) = read_tables(book((rows, ["A1:A2", "B1:C1", "D1:E1"])), 1)
    assert columns(found)["学生"] == ("measure", "人", [110, 120])
    assert columns(found)["教师"] == ("measure", "人", [11, 12])
    assert columns(found)["年份"][2] == [2022, 2023]


def test_every_sheet_is_a_table_and_others_are_named(book):
    one, two = [HEAD, (2023, "东岸区", 100)], [("年份", "教师人数"), (2023, 10), (2024, 11)]
    found = read_tables(book((one, []), (two, []), ([("说明：由各区填报",)], [])), 1)
    assert [table.name for table in found] == ["t_1", "t_2"]
    assert [table.source for table in found] == ["t.xlsx!表1", "t.xlsx!表2"]
    assert found[0].left_out == ["sheet '表3': no table in it"]


def test_tens_of_thousands_are_kept_in_what_a_text_prints(tmp_path):
    (tmp_path / "t.csv").write_text(
        "区县,在校生（万人）,门诊（万人次）\n东岸区,1.2345,12.5\n西岸区,2,\n", encoding="utf-8"
    )
    (found,) = read_tables(tmp_path / "t.csv", 1)
    assert columns(found)["在校生"] == ("measure", "人", [12345, 20000])
    assert columns(found)["门诊"] == ("measure", "人次", [125000, None])
    assert found.columns[1].remark == "kept in 人: 万人 are 10000 each"


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_csv_file_is_read_in_the_encodings_people_save(tmp_path, encoding, sign):
    text = '海湾市统计表,,\n,,\n年份,区县,在校生人数\n2023年,东岸区,"1,204"\n2024年,东岸区,—\n填表人：甲,,审核：乙\n'
    (tmp_path / "t.csv").write_bytes(text.replace("1,204", "1204").replace(",", sign).encode(encoding))
    (found,) = read_tables(tmp_path / "t.csv", 1)
    assert columns(found)["年份"][2] == [2023, 2024]
    assert columns(found)["在校生"] == ("measure", "人", [1204, None])
    assert [one.remark for one in found.columns] == ["", "", "1 of 2 cells say nothing: empty, not 0"]


@pytest.mark.parametrize(
    ("head", "values", "kind", "every", "read"),
    [
        ("月份", ("2024年1月", "2024-02"), "period", "month", ["2024-01-31", "2024-02-29"]),
        ("季度", ("2024年第一季度", "2024Q2"), "period", "quarter", ["2024-03-31", "2024-06-30"]),
        ("Half", ("H1 2023", "2023H2"), "period", "half", ["2023-06-30", "2023-12-31"]),
        ("日期", ("2023/9/1", "2024年9月1日"), "date", "", ["2023-09-01", "2024-09-01"]),
        ("Quarter end", ("2024-03-31", "2024.6.30"), "date", "quarter", ["2024-03-31", "2024-06-30"]),
    ],
)
def test_periods_and_days_are_known_however_they_are_written(tmp_path, head, values, kind, every, read):
    (tmp_path / "t.csv").write_text(f"{head},床位（张）\n{values[0]},1\n{values[1]},2\n", encoding="utf-8")
    (found,) = read_tables(tmp_path / "t.csv", 1)
    assert (found.columns[0].kind, found.columns[0].every) == (kind, every)
    assert [str(one) for one in found.columns[0].values] == read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("年份,区县,,在校生\n2023,东岸区,3,100\n", "t.csv!C2; found '3' in a column without a header"),
        ("2023,东岸区,100\n2024,东岸区,105\n", "no table"),
        ("区县,入学率（%）\n东岸区,99.5\n西岸区,98\n", "入学率: a share or an average"),
        ("年份,在校生\n2023,约100\n2024,105\n2025,110\n", "1 of 3 values are no number, such as '约100' in row 2"),
    ],
)
def test_what_cannot_be_told_is_refused_by_its_place(tmp_path, monkeypatch, text, found):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(zt, ["init", "x", "--from", "t.csv"], standalone_mode=False)
    assert isinstance(done.exception, InputError)
    assert found in str(done.exception)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    "kind", [pytest.param("quarters in English", marks=pytest.mark.thorough), "years side by side"]
)
@pytest.mark.slow
def test_it_is_a_project_that_answers_at_once(tmp_path, monkeypatch, book, kind):
    monkeypatch.chdir(tmp_path)
    if kind == "years side by side":
        name, case, shown = (
            book(([("区县", 2022, 2023), ("东岸区", 110, 120), ("西岸区", 95, 98)], [])).name,
            "2023",
            "218",
        )
    else:
        name, case, shown = "t.csv", "2024-Q2", "0.75"
        (tmp_path / name).write_text(
            "Quarter,District,Revenue (CNY 100 million)\nQ1 2024,Harbour,0.5\nQ2 2024,Harbour,0.75\n", encoding="utf-8"
        )
    done = CliRunner().invoke(zt, ["init", "x", "--from", name], standalone_mode=False)
    assert done.return_value == 0, done.exception
    monkeypatch.chdir(tmp_path / "x")
    done = CliRunner().invoke(zt, ["figures", case], standalone_mode=False)
    assert done.return_value == 0, done.exception
    assert shown in done.output
    assert CliRunner().invoke(zt, ["doctor"], standalone_mode=False).return_value == 0
    done = CliRunner().invoke(zt, ["check", case], standalone_mode=False)  # nothing is printed: nothing was compared
    assert done.return_value == 1
