"""Texts that are no values: names of errors, ditto marks, lost characters, halves of numbers, years of another time."""

import openpyxl
import pytest

from zt_analysis.submissions import Field, Layout, read
from zt_analysis.submissions.cells import read_cell
from zt_analysis.submissions.faults import CellError

SCHOOL = Field("school", "string", ("学校",))
PAID = Field("paid_on", "date", ("日期",))
LAYOUT = Layout(
    (SCHOOL, Field("persons", "integer", ("人数",)), Field("amount", "number", ("金额",))), ignored=("备注", "电话")
)
HEAD = "学校,人数,金额,备注"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((word, "error") for word in ("#N/A", "#n/a", "＃N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#####")),
        *((word, "error") for word in ("#引用!", "#名称？", "Err:502", "错误：504", "NaN", "NULL", "undefined")),
        *((word, "text") for word in ("同上", "同 上", "〃", "↓", '"', "示范\ufffd学", "???小学", "a\u202eb")),
        ("5E+17", "digits"),
    ],
)
def test_a_word_for_another_value_is_none(text, kind):
    for field in (SCHOOL, Field("n", "integer", ("n",)), PAID):
        with pytest.raises(CellError) as refused:
            read_cell(text, field)
        assert refused.value.kind == kind or (field.type != "string" and kind == "digits")


@pytest.mark.parametrize("text", ["见#N/A单元格", "错误:见附件", "Nan小学", "同上村小学", "A-5E17", "为什么?", "5E17"])
def test_a_text_that_holds_such_a_word_is_a_text(text):
    assert read_cell(text, SCHOOL).text == text


def test_a_word_declared_as_missing_is_missing():
    assert read_cell("#N/A", Field("school", "string", ("学校",), missing=("#N/A",))).text is None


@pytest.mark.parametrize(
    "text", ["1018-11-08", "3018年11月8日", "1818.11.8", "一〇一八年十一月八日", "18-11-08", "18年11月8日"]
)
def test_a_day_of_another_time_is_refused(text):
    with pytest.raises(CellError) as refused:
        read_cell(text, PAID)
    assert refused.value.kind == "date"


def test_an_older_day_is_read():
    assert read_cell("1958-09-01", PAID).text == "1958-09-01"


def csv_of(tmp_path, *lines):
    path = tmp_path / "a.csv"
    path.write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")
    return read(path, LAYOUT)


class TestUnquotedThousands:
    @pytest.mark.parametrize(
        ("row", "cell"),
        [
            ("甲,3,1,234,", "C2"),
            ("甲,3,2,500", "C2"),
            ("甲,2,500,12.5", "B2"),
            ("甲,2,500,12.5,", "B2"),
            ("甲,1,234,567,", "C2"),
        ],
    )
    def test_are_refused(self, tmp_path, row, cell):
        reading = csv_of(tmp_path, row, "乙,4,8,")
        assert ("separators", f"a.csv!{cell}") in [(one.kind, one.place) for one in reading.problems]

    @pytest.mark.parametrize(
        "rows", [["甲,12,500,", "乙,4,8,无"], ["甲,12,500,8001", "乙,4,8,8002"], ['甲,3,"2,500",']]
    )
    def test_what_is_none_is_read(self, tmp_path, rows):
        reading = csv_of(tmp_path, *rows)
        assert reading.problems == []
        assert len(reading.rows) == len(rows)


def test_escapes_of_ooxml_are_read_as_excel_shows_them(tmp_path):
    book = openpyxl.Workbook()
    for line in (
        HEAD.split(","),
        ["_x0033_40", 1, 1],
        ["示例_x000D_\n小学", 1, 1],
        ["_x005F_x0033_", 1, 1],
        ["_xD83D_", 1, 1],
    ):
        book.active.append(line)
    book.save(tmp_path / "a.xlsx")
    reading = read(tmp_path / "a.xlsx", LAYOUT)
    assert [row["school"] for row in reading.rows] == ["340", "示例\n小学", "_x0033_", None]
    assert [(one.kind, one.place) for one in reading.problems] == [("text", "a.xlsx!Sheet!A5")]
