"""Numbers that a person sees otherwise than they are stored; text struck out, comments, what a format hides."""

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.comments import Comment
from openpyxl.styles import Font

from zt_analysis.submissions import Field, Layout, read

CODE = Field("code", "string", ("编号",))
PERSONS = Field("persons", "integer", ("人数",))


def layout(unit="万元", base="分", kind="number"):
    return Layout((CODE, PERSONS, Field("amount", kind, ("金额",), unit=unit, base=base)), ignored=("备注",))


def workbook(tmp_path, value, code, *, column="C", change=None):
    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    for line in (["编号", "人数", "金额", "备注"], ["A1", 3, 12.5, None]):
        book.active.append(line)
    book.active[f"{column}2"] = value
    book.active[f"{column}2"].number_format = code
    if change:
        change(book.active)
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def told(reading):
    return [(one.place, one.text) for one in reading.notes if one.kind == "appearance"]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (32719811, '0!.0,"万"', "3272.0万"),
        (12000, "#,##0,", "12"),
        (1234567, "0.00,,", "1.23"),
        (0.125, "0.0%", "12.5%"),
        (12.5, '0.00,,"亿"', "0.00亿"),
        (12.5, '"1"0.0', "112.5"),
        (-12.5, "0.0;0.0", "12.5"),
    ],
)
def test_another_number_than_the_stored_is_refused(tmp_path, value, code, shown):
    reading = read(workbook(tmp_path, value, code), layout())
    (problem,) = reading.problems
    assert (problem.kind, problem.place, problem.column) == ("shown", "a.xlsx!Sheet1!C2", "amount")
    assert f"{value}, which Excel shows as {shown!r}" in problem.found


@pytest.mark.parametrize(
    ("value", "code", "unit", "base"),
    [
        (12.5, '0.0"元"', "万元", "分"),
        (12.5, '0.0"万元"', "元", "分"),
        (12.5, '0.0"%"', "", ""),
        (12.5, '0.0"万"', "元", "分"),
    ],
)
def test_another_unit_than_the_declared_is_refused(tmp_path, value, code, unit, base):
    (problem,) = read(workbook(tmp_path, value, code), layout(unit, base)).problems
    assert (problem.kind, problem.place) == ("unit", "a.xlsx!Sheet1!C2")


@pytest.mark.parametrize(
    ("value", "code", "unit", "base"),
    [
        (12.5, "0.00_ ;[Red]-0.00", "万元", "分"),
        (12.5, '#,##0.0"万元"', "万元", "分"),
        (12.5, '0.0"万"', "万元", "分"),
        (0.125, "0.0%", "", ""),
        (12.5, '0.0"%"', "%", ""),
        (1234.56, "¥#,##0.00", "元", "分"),
        (12.6, "0", "万元", "分"),
        (-12.5, "0.0;(0.0)", "万元", "分"),
        (0, '0.0;-0.0;"-"', "万元", "分"),
    ],
)
def test_the_same_number_is_read_without_a_word(tmp_path, value, code, unit, base):
    reading = read(workbook(tmp_path, value, code), layout(unit, base))
    assert reading.problems == []
    assert told(reading) == []


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        (3000, '"约"0"余"', "shows with words: B2"),
        (3000, ";;;", "hides: B2"),
        (0, "0;-0;;@", "hides: B2"),
        (3000, '"已核"', "not understood here: B2"),
        (3000, "0.00E+00", "not understood here: B2"),
        (30000, '0.0,"千"', "in another unit: B2"),
    ],
)
def test_what_a_format_hides_or_words_is_noted_by_cell(tmp_path, value, code, words):
    reading = read(workbook(tmp_path, value, code, column="B"), layout())
    assert reading.problems == []
    ((place, text),) = told(reading)
    assert (place, reading.rows[0]["persons"]) == ("a.xlsx!Sheet1!B2", str(value))
    assert text.endswith(words)


def test_a_code_shown_with_zeros_is_refused_unless_its_width_is_declared(tmp_path):
    path = workbook(tmp_path, 12, "000000", column="A")
    assert [(one.kind, one.place) for one in read(path, layout()).problems] == [("shown", "a.xlsx!Sheet1!A2")]
    wide = Layout((Field("code", "string", ("编号",), width=6), *layout().fields[1:]), ignored=("备注",))
    assert read(path, wide).rows[0]["code"] == "000012"


def test_struck_text_a_comment_and_white_text_are_noted(tmp_path):
    def change(sheet):
        sheet["A2"].font = Font(strike=True)
        sheet["B2"].font = Font(color="FFFFFFFF")
        sheet["C2"].comment = Comment("此数待核实", "某某")

    reading = read(workbook(tmp_path, 12.5, "General", change=change), layout())
    assert reading.problems == []
    texts = dict(told(reading))
    assert texts["a.xlsx!Sheet1!A2"] == "text struck out, all or a part; read all the same: A2"
    assert texts["a.xlsx!Sheet1!B2"].startswith("white text")
    assert "此数待核实" in texts["a.xlsx!Sheet1!C2"]


def test_a_text_struck_out_in_part_is_noted(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("Sheet1")
    sheet.write_row(0, 0, ["编号", "人数", "金额"])
    sheet.write_row(1, 0, ["", 3, 12.5])
    sheet.write_rich_string(1, 0, "A", book.add_format({"font_strikeout": True}), "1", "2")
    book.close()
    reading = read(tmp_path / "a.xlsx", layout())
    assert reading.rows[0]["code"] == "A12"
    assert [place for place, _ in told(reading)] == ["a.xlsx!Sheet1!A2"]


def test_the_same_in_an_old_workbook(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for column, header in enumerate(["编号", "人数", "金额"]):
        sheet.write(0, column, header)
    sheet.write(1, 0, "A1", xlwt.easyxf("font: struck_out on"))
    sheet.write(1, 1, 3)
    sheet.write(1, 2, 12000, xlwt.easyxf(num_format_str="#,##0,"))
    book.save(str(tmp_path / "a.xls"))
    reading = read(tmp_path / "a.xls", layout())
    assert [(one.kind, one.place) for one in reading.problems] == [("shown", "a.xls!Sheet1!C2")]
    assert [place for place, _ in told(reading)] == ["a.xls!Sheet1!A2"]


@pytest.mark.parametrize(("value", "unit", "base"), [(0.125, "元", "分"), (3, "人", "")])
def test_a_share_of_what_is_counted_is_refused(tmp_path, value, unit, base):
    (problem,) = read(workbook(tmp_path, value, "0.0%"), layout(unit, base)).problems
    assert (problem.kind, problem.place) == ("shown", "a.xlsx!Sheet1!C2")
