"""Tables as an office has them, proposed as a package: what each column is taken for, and what hostile files do."""

import json

import commands
import openpyxl
import pytest
from click.testing import CliRunner

from zt_analysis.cli import zt
from zt_analysis.doctor import examine
from zt_analysis.errors import InputError
from zt_analysis.proposing import read_tables

pytestmark = pytest.mark.slow  # they propose whole projects


@pytest.fixture
def table(tmp_path):
    def of(text, name="t.csv"):
        path = tmp_path / name
        path.write_bytes(text.encode("gb18030"))
        return read_tables(path, 1)[0]

    return of


def kinds(found):
    return {one.header: (one.name, one.kind, one.unit) for one in found.columns}


def test_types_units_and_keys_come_from_the_values(table):
    found = table(
        "统计日,乡镇,类别,代码,在校生人数,经费（万元）,公路(公里),出勤率(%),备注\n"
        '2024-09-01,桃园镇,甲,001,"1,204",12.5,3.25,97.1,x\n2024-09-01,柳林镇,乙,002,88,0.01,4,98,y\n'
        "2024-09-01,石桥乡,甲,003,,7,5.5,96.25,z\n小计,,,,1292,,,,\n"
    )
    assert kinds(found) == {
        "统计日": ("counted_on", "date", ""),
        "乡镇": ("town", "part", ""),
        "类别": ("column_3", "part", ""),
        "代码": ("column_4", "text", ""),
        "在校生": ("pupils", "measure", "人"),
        "经费": ("funds", "measure", "万元"),
        "公路": ("roads", "measure", "公里"),
        "出勤率": ("column_8", "rate", "%"),
        "备注": ("column_9", "text", ""),
    }
    by_name = {one.name: one.values for one in found.columns}
    assert by_name["pupils"] == [1204, 88, None]
    assert by_name["funds"] == [12500000, 10000, 7000000]  # fen
    assert by_name["roads"] == [325, 400, 550]  # hundredths of a kilometre
    assert by_name["column_4"] == ["001", "002", "003"]
    assert found.key == ["counted_on", "town"]
    assert found.left_out == ["row 5 (小计 1292)"]


def test_money_below_a_fen_is_refused(table):
    with pytest.raises(InputError, match=r"t\.csv!B2; found 0\.125 元, money of less than one fen"):
        table("乡镇,经费（元）\n甲镇,0.125\n乙镇,1\n")


@pytest.mark.parametrize("head", ["乡镇,乡镇,人数", "年份,乡镇,乡镇,人数,教师（万人）", "乡镇,人数,人数"])
def test_a_header_that_stands_twice_is_refused_by_its_cells(table, head):
    rows = "\n".join(",".join("2023" for _ in head.split(",")) for _ in range(2))
    with pytest.raises(InputError, match=r"t\.csv!.1 and .1; found header '.*' twice"):
        table(
            f"{head}\n{rows.replace('2023', '甲', 1)}\n"
            if head[0] == "乡"
            else f"{head}\n2023,甲,甲,1,2\n2024,乙,乙,,3\n"
        )


COUNTIES = "年份,县,学生数\n2023,甲县,10\n2023,乙县,20\n2024,甲县,11\n2024,乙县,21\n"


@pytest.mark.parametrize(
    "label",
    [
        "合计",
        "合 计",
        "合计（人）",
        "小计（含民办）",
        "总数",
        "累计",
        "全部",
        "全县",
        "县属合计",
        "Total",
        "其中：女生",
        "昭通市",
        "",
    ],
)
def test_a_row_that_sums_others_is_left_out_whatever_it_is_called(table, label):
    found = table(f"{COUNTIES}2024,{label},32\n")
    assert found.columns[2].values == [10, 20, 11, 21]
    assert found.key == ["year", "county"]
    (said,) = found.left_out
    assert said.startswith(f"row 6 (2024 {label} 32)".replace("  ", " "))
    assert "NOT" not in said


def test_a_part_that_once_is_the_sum_of_the_others_stays_and_is_told(table):
    found = table("年份,县,人数\n2023,甲县,5\n2023,乙县,3\n2023,丙县,2\n2024,甲县,6\n2024,乙县,3\n2024,丙县,2\n")
    assert found.left_out == []
    assert found.columns[2].values == [5, 3, 2, 6, 3, 2]
    (said,) = found.remarks
    assert said.startswith("row 2 (2023 甲县 5) is the sum of the others of its group, or nearly")


def test_of_many_small_groups_one_that_adds_up_by_chance_is_left_as_it_is(table):
    rows = "".join(
        f"2024,{town},{school},{n}\n" for town in "甲乙丙" for school, n in zip("一二三", (9, 4, 6), strict=True)
    )
    found = table("年份,乡镇,学校,人数\n" + rows.replace("甲,一,9", "甲,一,10"))
    assert len(found.columns[3].values) == 9
    assert found.left_out == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("2024,合计,9999\n", "row 6 (2024 合计 9999): it is NOT the sum of rows 4 to 5, 学生数 32"),
        ("2024,小计,31\n", "row 6 (2024 小计 31): it is NOT the sum of rows 2 to 5, 学生数 62"),
        ("合计,,62\n", "row 6 (合计 62)"),
        ("合计,,63\n", "row 6 (合计 63): it is NOT the sum of rows 2 to 5, 学生数 62"),
    ],
)
def test_a_total_that_is_left_out_is_held_against_its_rows(table, rows, said):
    assert table(COUNTIES + rows).left_out == [said]


def test_subtotals_are_held_against_the_rows_they_stand_above_or_below(table):
    below = "县,学校,人数\n甲县,一小,1\n甲县,二小,2\n小计,,3\n乙县,三小,4\n乙县,四小,6\n小计,,10\n总计,,13\n"
    assert table(below).left_out == ["row 4 (小计 3)", "row 7 (小计 10)", "row 8 (总计 13)"]
    above = "县,学校,人数\n小计,,3\n甲县,一小,1\n甲县,二小,2\n小计,,11\n乙县,三小,4\n乙县,四小,6\n"
    assert table(above).left_out == ["row 2 (小计 3)", "row 5 (小计 11): it is NOT the sum of rows 6 to 7, 人数 10"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        (
            "年份,县,学生数\n2023,甲县,10\n,乙县,20\n2024,甲县,11\n,乙县,21\n",
            "A3; found nothing under 年份, and in 1 more",
        ),
        ("县,学段,学生数\n甲县,小学,10\n,初中,5\n乙县,小学,11\n,初中,9\n", "A3; found nothing under 县"),
        (f"{COUNTIES}2024,,57\n", "B6; found nothing under 县"),
    ],
)
def test_a_row_without_the_time_or_label_of_the_others_is_refused(table, text, cell):
    with pytest.raises(InputError, match=rf"t\.csv!{cell}"):
        table(text)


def test_words_that_no_row_needs_may_be_blank(table):
    found = table("年份,县,类别,人数\n2023,甲县,城,1\n2023,乙县,,2\n2024,甲县,城,3\n2024,乙县,,4\n")
    assert [(one.kind, one.remark[:5]) for one in found.columns][2] == ("text", "empty")


@pytest.mark.parametrize("text", ["a\n1\n", "1,2\n3,4\n", "年份,在校生\n", "2023,甲\n2024,乙\n"])
def test_what_is_no_table_is_refused(table, text):
    with pytest.raises(InputError, match=r"no table|no rows"):
        table(text)


def test_a_column_that_names_people_is_said_and_masked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text("姓名,乡镇,人数\n某甲,桃园镇,1\n某乙,柳林镇,2\n", encoding="utf-8")
    done = CliRunner().invoke(zt, ["init", "x", "--from", "t.csv"], standalone_mode=False)
    assert done.return_value == 0, done.exception
    assert "PERSONAL" in done.output
    assert '"personal": true' in (tmp_path / "x/data/proposed/datapackage.json").read_text(encoding="utf-8")


def test_headers_that_are_code_stay_words(tmp_path, monkeypatch):
    """A header goes into a module and among the words of texts: it can neither end a text there nor be a pattern."""
    monkeypatch.chdir(tmp_path)
    head = '"县","x"", headline=True) or open(\'owned\',\'w\')#","class","人数"""";{}|*\\"'
    (tmp_path / "t.csv").write_text(f"{head}\n东(县,1,2,3\n西|县,4,5,6\n", encoding="utf-8")
    done = CliRunner().invoke(zt, ["init", "x", "--from", "t.csv"], standalone_mode=False)
    assert done.return_value == 0, done.exception
    found = examine(tmp_path / "x")
    assert found.lacks == ()
    assert found.counts["figures"] == 3
    assert not (tmp_path / "owned").exists()
    assert not (tmp_path / "x" / "owned").exists()


def test_tables_of_one_name_and_no_tables_are_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("t.csv", "T.csv"):
        (tmp_path / name).write_text("乡镇,人数\n甲镇,1\n乙镇,2\n", encoding="utf-8")
    for words, found in (
        (["x", "--from", "t.csv", "T.csv"], "a name of its own"),
        (["x", "--from"], "no tables"),
        (["x", "t.csv"], "1 tables"),
    ):
        done = CliRunner().invoke(zt, ["init", *words], standalone_mode=False)
        assert isinstance(done.exception, InputError)
        assert found in str(done.exception)
        assert not (tmp_path / "x").exists()


@pytest.mark.slow
def test_a_first_text_is_proposed_and_written(tmp_path, monkeypatch):
    """Each figure in its place; one without a value in that period, whose place is refused, is left out and named."""
    monkeypatch.chdir(tmp_path)
    rows = "乡镇,统计日,在校学生数（人）,教职工数（人）\n甲镇,2025-09-01,120,\n乙镇,2025-09-01,80,7\n"
    (tmp_path / "schools.csv").write_text(rows, encoding="utf-8")
    done = CliRunner().invoke(zt, ["init", "x", "--from", "schools.csv"], standalone_mode=False)
    assert done.return_value == 0, done.exception
    (left,) = [line for line in done.output.splitlines() if "papers/" in line]
    assert left.startswith("papers/2025-09-01.md leaves out ")
    text = (tmp_path / "x" / "papers" / "2025-09-01.md").read_text(encoding="utf-8")
    assert text == "# 主要数字\n\n截至{as_of}：\n\n在校学生数{在校学生数}。\n"
    monkeypatch.chdir(tmp_path / "x")
    written = CliRunner().invoke(zt, ["write", "2025-09-01", "--to", "md"], standalone_mode=False)
    assert "numbers 3; typed 0; proven 3; coverage 100.0%" in written.output
    assert "在校学生数200人。" in (tmp_path / "x" / "written" / "2025-09-01.md").read_text(encoding="utf-8")
    assert '  office: "x"' in (tmp_path / "x" / "papers" / "letterhead.yml").read_text(encoding="utf-8")


def test_a_header_without_an_english_word_is_named_after_its_unit(tmp_path):
    """Not column_2: what stands in indicators.py and in SQL says at least what is counted, and where it stood."""
    head = "乡镇,用水户（户）,供水量（万立方米）,水费（万元）,甲,率（%）\n"
    rows = head + "桃园镇,1200,33.5,12.5,3,9.5\n柳林镇,900,21.25,3.25,5,8\n"
    (tmp_path / "water.csv").write_text(rows, encoding="utf-8")
    (table,) = read_tables(tmp_path / "water.csv", 1)
    assert [one.name for one in table.columns] == [
        "town", "households_2", "cubic_metres_3", "yuan_4", "pieces_5", "column_6",
    ]  # fmt: skip


@pytest.mark.parametrize("cut", ["", ",,"])
def test_two_tables_side_by_side_are_said(tmp_path, cut):
    """A blank column between headers, whether the rows of the shorter table are cut short or filled up."""
    rows = f"乡镇,人数（人）,,学校,教师（人）\n甲镇,12,,一小,5\n乙镇,7{cut}\n"
    (tmp_path / "t.csv").write_text(rows, encoding="utf-8")
    (table,) = read_tables(tmp_path / "t.csv", 1)
    assert table.remarks == ["column C is blank: if two tables stand side by side, put each into a file"]
    (tmp_path / "t.csv").write_text("乡镇,人数（人）\n甲镇,12\n乙镇,7\n", encoding="utf-8")
    (table,) = read_tables(tmp_path / "t.csv", 1)
    assert table.remarks == []


@pytest.mark.parametrize(
    ("filled", "case", "said"),
    [("", "2022", "成立"), ("120", "2023", "本期未载")],  # not due yet; begun, and nothing to hold the parts against
)
def test_a_blank_newest_period_is_not_due_and_a_blank_cell_makes_nothing_wrong(tmp_path, filled, case, said):
    rows = ["年份,乡镇编码,学生数（人）", "2022,530601,110", "2022,530602,210", f"2023,530601,{filled}", "2023,530602,"]
    (tmp_path / "yearbook.csv").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "towns.csv").write_text("乡镇编码,乡镇名称\n530601,东镇\n530602,西镇\n", encoding="utf-8")
    assert commands.zt("init", "mine", "--from", "yearbook.csv", "towns.csv", cwd=tmp_path).returncode == 0
    done = commands.zt("check", case, cwd=tmp_path / "mine")
    assert said in done.stdout
    assert done.stdout.splitlines()[-1] == "未核对", "no printed number yet: not that anything is wrong"


def test_rows_that_are_in_no_part_are_refused_by_their_table_and_column(tmp_path):
    """Of a package that a person declared, too: never a traceback for a cell that is blank."""
    (tmp_path / "t.csv").write_text(COUNTIES, encoding="utf-8")
    assert commands.zt("init", "mine", "--from", "t.csv", cwd=tmp_path).returncode == 0
    package = tmp_path / "mine" / "data" / "proposed"
    with (package / "t.csv").open("a", encoding="utf-8") as file:
        file.write("2024,,7\n")
    declared = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    schema = next(one for one in declared["resources"] if one["name"] == "t")["schema"]
    schema["primaryKey"] = []
    for one in schema["fields"]:
        one["constraints"].pop("required", None)
    (package / "datapackage.json").write_text(json.dumps(declared), encoding="utf-8")
    assert commands.zt("seal", "data/proposed", cwd=tmp_path / "mine").returncode == 0
    done = commands.zt("check", "2024", cwd=tmp_path / "mine")
    assert done.returncode == 2
    assert "table t, column county; found rows without a value, counted in pieces_3" in done.stderr


def test_rows_that_name_the_same_are_told(table):
    found = table(f"{COUNTIES}2024,乙县,22\n")
    assert found.key == []
    (said,) = found.remarks
    assert said.startswith("rows 5, 6 name the same (2024 乙县): each is added up")
    rows = "".join(f"{town}镇,{n}\n" for town in "甲乙丙丁戊己庚" for n in (1, 2))
    assert table(f"乡镇,经费（元）\n{rows}").remarks[-1] == "so do the rows of 2 names more"


def test_a_name_spelt_with_blanks_is_one_name_and_a_short_one_is_told(table):
    found = table(COUNTIES.replace("2024,甲县", "2024,甲 县").replace("2024,乙县", "2024,乙"))
    assert found.columns[1].values == ["甲县", "乙县", "甲县", "乙"]
    assert found.columns[1].remark == "'甲 县' is read as '甲县'; '乙' stands beside '乙县': read as two names"


@pytest.mark.parametrize("blank", [" ", "\u3000"])
def test_blanks_within_a_number_part_its_thousands(table, blank):
    found = table(f"年份,县,人数,教师（人）\n2023,甲县,1{blank}204,1\n2024,甲县,12 345.0,2{blank}04\n")
    assert found.columns[2].values == [1204, 12345]
    assert (found.columns[3].kind, found.columns[3].remark[:26]) == ("text", "1 of 2 values are no numbe")


def test_codes_are_read_with_the_zeros_that_are_shown_and_long_numbers_refused(tmp_path):
    book = openpyxl.Workbook()
    for row in (["年份", "学校编码", "学生人数"], [2023, 123, 0.1 + 0.2], [2024, 45678, 5]):
        book.active.append(row)
        book.active.cell(book.active.max_row, 2).number_format = "00000"
    book.save(tmp_path / "t.xlsx")
    (found,) = read_tables(tmp_path / "t.xlsx", 1)
    assert found.columns[1].values == ["00123", "45678"]
    assert found.columns[2].values == [3, 50]
    assert found.remarks == ["1 rows have zeros that only a format shows: read as shown (00123)"]
    book.active["C3"] = 1234567890123456789
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(InputError, match=r"t\.xlsx!Sheet!C3; found a stored number of more than 15 digits"):
        read_tables(tmp_path / "t.xlsx", 1)


COUNTED = {
    "学校数": "学校", "民办学校数": "民办学校", "小学校数": "小学", "中学校数": "中学", "初中学校数": "初中学校",
    "小学学校数": "小学学校", "校数": "校数", "用户数": "用户", "户数": "户数", "工人数": "工人", "学生人数": "学生",
}  # fmt: skip


@pytest.mark.parametrize(("header", "name"), COUNTED.items())
def test_what_is_counted_keeps_a_name(table, header, name):
    assert table(f"年份,县,{header}\n2023,甲县,1\n2024,甲县,2\n").columns[2].header == name


def test_how_many_schools_there_are_is_no_school(table):
    found = table("学校,年份,学校数,人数\n一小,2023,1,4\n一小,2024,2,5\n")
    assert [one.name for one in found.columns][:3] == ["school", "year", "schools_3"]


def test_what_a_person_sees_otherwise_than_it_is_stored_is_said(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["统计日期", "乡镇", "在校生数", "教师数"], [45170, "甲镇", 4068, 12], [45536, "乙镇", 3055, 0]):
        sheet.append(row)
    sheet["C2"].number_format, sheet["D2"].number_format, sheet["D3"].number_format = "#,##0,", ";;;", '0;-0;"—"'
    sheet["C3"].font = openpyxl.styles.Font(strike=True)
    sheet.column_dimensions["D"].hidden = True
    book.save(tmp_path / "t.xlsx")
    (found,) = read_tables(tmp_path / "t.xlsx", 1)
    assert found.remarks == [
        "hidden column D is read like the others",
        "text struck out, all or a part; read all the same: C3",
        "numbers that their format shows as others: C2 holds 4068, shown as '4', D2 holds 12, shown as ''; "
        "read as stored",
    ]


@pytest.mark.parametrize("first", ["45170", "2023-09-01"])
def test_serials_under_a_header_of_days_are_days(table, first):
    found = table(f"统计日期,乡镇,在校生数\n{first},甲镇,1\n45536,乙镇,2\n")
    assert kinds(found)["统计日期"][1] == "date"
    assert [str(one) for one in found.columns[0].values] == ["2023-09-01", "2024-09-01"]
    assert kinds(table("工作日,乡镇,在校生数\n45170,甲镇,1\n45536,乙镇,2\n"))["工作日"][1] == "measure"
