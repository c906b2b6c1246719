"""County files as they come: what is read, what is noted, and what is refused with file, sheet and cell."""

import datetime
from dataclasses import replace

import openpyxl
import pytest
import xlwt
from packages import SHIPPED
from workbooks import FUNDS, fund_rows, layout_of_another_unit, packaged, write_county_workbooks

from zt_analysis.errors import InputError, SourceError
from zt_analysis.submissions import Field, FromName, Layout, inside, read

COUNTY = Field("county", "string", ("县区", "县（市、区）"))
PERSONS = Field("persons", "integer", ("补助/人数", "人数"), unit="人")
AMOUNT = Field("amount_fen", "integer", ("补助/金额", "金额"), unit="万元", base="分")
PAID = Field("paid_on", "date", ("发放日期",))
LAYOUT = Layout((COUNTY, PERSONS, AMOUNT, PAID), ignored=("序号", "备注"))
SIMPLE = Layout((COUNTY, Field("persons", "integer", ("人数",))))
HEAD = ["县区", "人数"]


def xlsx(path, *lines, sheet="Sheet1", merges=(), change=None):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for line in lines:
        book.active.append(line)
    for merge in merges:
        book.active.merge_cells(merge)
    if change:
        change(book)
    book.save(path)
    return path


def text(path, content, encoding="utf-8"):
    path.write_bytes(content.encode(encoding))
    return path


def report(path, *extra, merges=(), change=None):
    """A county's report with a title, a unit line and a header of two merged rows."""
    lines = [
        ["2018年补助发放情况统计表"],
        ["填报单位：镇雄县教育局", None, None, "单位：人、万元"],
        ["序号", "县区", "补助", None, "发放日期"],
        [None, None, "人数", "金额", None],
        *extra,
    ]
    merged = ["A1:E1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", *merges]
    return xlsx(path, *lines, merges=merged, change=change)


ROW1 = [1, "镇雄县", 1234, 12.5, datetime.date(2018, 11, 8)]
ROW2 = [2, "彝良县", "１，０００", "3.05", "2018年11月9日"]


def only(reading, kind, cell, *words):
    """The reading's one problem, of ``kind``, at ``cell``, whose text holds ``words``."""
    assert [(one.kind, one.place) for one in reading.problems] == [(kind, cell)], reading.problems
    problem = reading.problems[0]
    assert problem.hint
    assert problem.expected
    for word in words:
        assert word in str(problem)
    return problem


def values(reading, column):
    return [row[column] for row in reading.rows]


class TestAReport:
    def test_rows_places_and_notes(self, tmp_path):
        path = report(tmp_path / "镇雄县.xlsx", ROW1, ROW2, ["合 计", None, 2234, 15.55], ["注：数据截至11月8日"])
        reading = read(path, LAYOUT)
        assert reading.problems == []
        assert reading.rows == [
            {"county": "镇雄县", "persons": "1234", "amount_fen": "12500000", "paid_on": "2018-11-08"},
            {"county": "彝良县", "persons": "1000", "amount_fen": "3050000", "paid_on": "2018-11-09"},
        ]
        assert reading.places[1]["amount_fen"] == "镇雄县.xlsx!Sheet1!D6"
        assert [(one.kind, one.place, one.text) for one in reading.notes] == [
            ("title", "镇雄县.xlsx!Sheet1!A1", "2018年补助发放情况统计表"),
            ("title", "镇雄县.xlsx!Sheet1!A2", "填报单位：镇雄县教育局"),
            ("unit", "镇雄县.xlsx!Sheet1!D2", "单位：人、万元"),
            ("footnote", "镇雄县.xlsx!Sheet1!A8", "注：数据截至11月8日"),
        ]
        assert [(one.place, one.column, one.stated, one.agrees) for one in reading.totals] == [
            ("镇雄县.xlsx!Sheet1!C7", "persons", "2234", True),
            ("镇雄县.xlsx!Sheet1!D7", "amount_fen", "15550000", True),
        ]
        reading.refuse()

    def test_a_refusal_names_the_cells(self, tmp_path):
        reading = read(report(tmp_path / "镇雄县.xlsx", [1, "镇雄县", "约3000", "3万", 2018]), LAYOUT)
        with pytest.raises(SourceError) as caught:
            reading.refuse()
        for cell in ("C5", "D5", "E5"):
            assert f"镇雄县.xlsx!Sheet1!{cell} (" in str(caught.value)
        assert caught.value.exit_code == 2
        assert [one.kind for one in reading.problems] == ["approximate", "scaled", "date"]
        assert reading.rows == [{"county": "镇雄县", "persons": None, "amount_fen": None, "paid_on": None}]

    def test_the_same_table_without_merged_cells(self, tmp_path):
        head = "2018年统计表,,,,\n单位：万元，人,,,,\n序号,县区,补助,,发放日期\n,,人数,金额,\n"
        content = head + '1,镇雄县,"1,234",12.5,2018/11/8\n'
        reading = read(text(tmp_path / "a.csv", content), LAYOUT)
        assert reading.problems == []
        assert reading.rows[0]["amount_fen"] == "12500000"
        assert reading.places[0]["amount_fen"] == "a.csv!D5"

    def test_three_header_rows(self, tmp_path):
        lines = [["县区", "小学", None], [None, "辍学", None], [None, "人数", "复学"], ["镇雄县", 3, 2]]
        layout = Layout(
            (COUNTY, Field("out", "integer", ("小学/辍学/人数",)), Field("back", "integer", ("小学/辍学/复学",)))
        )
        reading = read(xlsx(tmp_path / "a.xlsx", *lines, merges=["A1:A3", "B1:C1", "B2:C2"]), layout)
        assert reading.problems == []
        assert reading.rows == [{"county": "镇雄县", "out": "3", "back": "2"}]


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    @pytest.mark.parametrize("tab", [",", "\t", ";"])
    def test_encodings_and_delimiters(self, tmp_path, encoding, tab):
        content = f"县区{tab}人数\r\n㙍䶮县{tab}１２\r\n"
        reading = read(text(tmp_path / "a.csv", content, encoding), SIMPLE)
        assert reading.problems == []
        assert reading.rows == [{"county": "㙍䶮县", "persons": "12"}]

    def test_rows_are_numbered_as_excel_does(self, tmp_path):
        reading = read(text(tmp_path / "a.csv", '县区,人数\n\n"镇\n雄",3\n彝良县,x\n'), SIMPLE)
        only(reading, "number", "a.csv!B4", "'x'")

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            ("县区,人数\n镇雄县,1\n\0".encode(), "line 3; found a NUL"),
            ("县区,人数\n镇雄县,1\n".encode("utf-16-le"), "NUL.*UTF-16 without a mark"),
            ('县区,人数\n"镇雄县,1\n彝良县,2\n'.encode(), "line 3; found unexpected end of data"),
            ("县区,人数\n镇雄县,1\n".encode() + b"\xff\xff", "line 3; found byte 0xFF; expected text in utf-8"),
            (("县区,人数\n" + "," * 100_000).encode(), "row 2; found 100,001 columns; expected at most 500"),
            (("县区,人数\n镇雄县," + "1" * 200_000).encode(), "line 2; found field larger than field limit"),
        ],
    )
    def test_refused(self, tmp_path, content, words):
        (tmp_path / "a.csv").write_bytes(content)
        with pytest.raises(InputError, match=words) as caught:
            read(tmp_path / "a.csv", SIMPLE)
        assert "a.csv" in str(caught.value)
        assert "Hint: " in str(caught.value)

    def test_another_encoding_is_not_taken_for_gb18030(self, tmp_path):
        reading = read(text(tmp_path / "a.csv", "縣區,人數\n鎮雄縣,1\n", "big5"), SIMPLE)
        assert reading.rows == []
        assert "encoding" in only(reading, "header", "a.csv").hint


def one_cell(tmp_path, value, **options):
    declared = Field("x", options.pop("type", "integer"), ("值",), **options)
    return read(
        xlsx(tmp_path / "a.xlsx", ["县区", "值", "序号"], ["镇雄县", value, 1]),
        Layout((COUNTY, declared), ignored=("序号",)),
    )


class TestNumbers:
    @pytest.mark.part(3)
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("１２３，４５６", "123456"), (" 1,234 ", "1234"), ("1 234", "1234"), ("−5", "-5"), ("12.0", "12"),
            (12.0, "12"), ("+7", "7"), ("\u200b8\u3000", "8"), ("—", None), ("/", None), (None, None), ("  ", None),
        ],
    )  # fmt: skip
    def test_read(self, tmp_path, value, expected):
        reading = one_cell(tmp_path, value)
        assert reading.problems == []
        assert values(reading, "x") == [expected]

    @pytest.mark.part(3)
    @pytest.mark.parametrize(
        ("value", "kind"),
        [
            ("约3000", "approximate"), ("3000余", "approximate"), ("3万", "scaled"), (12.5, "integer"),
            ("1,23", "separators"), ("1,2345", "separators"), ("十二", "scaled"), ("12人", "number"),
            ("5%", "number"), ("12.5", "integer"),
            ("#REF!", "error"), ("无", "number"), (True, "number"), (datetime.date(2018, 11, 8), "number"),
            ("5.3E+17", "digits"), (5.3e17, "digits"), ("1e999", "digits"), ("12-", "number"), ("1 23", "number"),
        ],
    )  # fmt: skip
    def test_refused_with_its_cell(self, tmp_path, value, kind):
        reading = one_cell(tmp_path, value)
        only(reading, kind, "a.xlsx!Sheet1!B2")
        assert values(reading, "x") == [None]

    @pytest.mark.parametrize(
        ("value", "unit", "base", "expected"),
        [
            (0.1 + 0.2, "万元", "分", "300000"), ("1,234.5678", "万元", "元", "12345678"),
            (3, "亿元", "分", "30000000000"), (199.99, "元", "分", "19999"),
            ("1.5", "万人", "人", "15000"), (7, "万元", "", "7"),
        ],
    )  # fmt: skip
    def test_units_are_multiplied_exactly(self, tmp_path, value, unit, base, expected):
        reading = one_cell(tmp_path, value, unit=unit, base=base)
        assert reading.problems == []
        assert values(reading, "x") == [expected]

    def test_a_fraction_of_the_base_is_refused(self, tmp_path):
        only(one_cell(tmp_path, 1.2345678, unit="万元", base="元"), "integer", "a.xlsx!Sheet1!B2", "whole number of 元")

    def test_a_number_keeps_its_decimals(self, tmp_path):
        assert values(one_cell(tmp_path, 0.07, type="number"), "x") == ["0.07"]
        assert values(one_cell(tmp_path, "12.50", type="number"), "x") == ["12.5"]

    def test_a_missing_value_that_is_required(self, tmp_path):
        only(one_cell(tmp_path, "—", required=True), "missing", "a.xlsx!Sheet1!B2")


class TestCodes:
    @pytest.mark.parametrize(
        ("value", "options", "expected"),
        [
            ("0012345", {}, "0012345"), (530621, {}, "530621"), (530621.0, {}, "530621"),
            ("５３０６２１", {}, "530621"), (123456789012345, {}, "123456789012345"), (12345, {"width": 7}, "0012345"),
            ("（）㎡", {}, "（）㎡"),
            ("小学", {"values": {"小学": "primary"}}, "primary"), ("530621199901010012", {}, "530621199901010012"),
        ],
    )  # fmt: skip
    def test_read(self, tmp_path, value, options, expected):
        reading = one_cell(tmp_path, value, type="string", **options)
        assert reading.problems == []
        assert values(reading, "x") == [expected]

    def test_zeros_put_back_are_noted(self, tmp_path):
        (note,) = one_cell(tmp_path, 12345, type="string", width=7).notes
        assert (note.kind, note.place) == ("zeros", "a.xlsx!Sheet1!B2")
        assert one_cell(tmp_path, "0012345", type="string", width=7).notes == []

    @pytest.mark.parametrize(
        ("value", "options", "kind"),
        [
            (5.3062119990101e17, {}, "digits"), (530621199901010012, {}, "digits"), ("5.30621E+17", {}, "digits"),
            (12345678, {"width": 7}, "width"), ("小 学", {"values": {"小学": "primary"}}, "word"),
            (datetime.date(2018, 1, 2), {}, "text"), ("A12", {"width": 7}, "width"),
        ],
    )  # fmt: skip
    def test_refused_with_its_cell(self, tmp_path, value, options, kind):
        only(one_cell(tmp_path, value, type="string", **options), kind, "a.xlsx!Sheet1!B2")


class TestDates:
    @pytest.mark.part(3)
    @pytest.mark.parametrize(
        "value",
        [
            "2018年11月8日", "2018.11.8", "2018/11/8", "2018-11-08", "20181108", 20181108, "２０１８年１１月８日",
            "2018 年 11 月 8 日", "二〇一八年十一月八日", "2018-11-08 00:00:00", 43412, 43412.0,
            datetime.date(2018, 11, 8),
        ],
    )  # fmt: skip
    def test_read(self, tmp_path, value):
        reading = one_cell(tmp_path, value, type="date")
        assert reading.problems == []
        assert values(reading, "x") == ["2018-11-08"]

    @pytest.mark.part(3)
    @pytest.mark.parametrize(
        "value",
        [
            2018, 2018.11, 201811, "2018年11月", "18.11.8", "8/11/2018", "2018-13-01", "2018-02-30", "11月8日", True,
            datetime.datetime(2018, 11, 8, 14, 30), datetime.time(8, 0), datetime.date(1905, 7, 10), 80000, "待定",
            "2018.11/8", "2018-11-08 14:30",
        ],
    )  # fmt: skip
    def test_refused_with_its_cell(self, tmp_path, value):
        only(one_cell(tmp_path, value, type="date"), "date", "a.xlsx!Sheet1!B2")

    def test_days_since_1904(self, tmp_path):
        def in_1904(book):
            book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

        layout = Layout((COUNTY, Field("on", "date", ("日期",))))
        lines = [["县区", "日期"], ["镇雄县", 43412 - 1462], ["彝良县", datetime.date(2018, 11, 8)]]
        reading = read(xlsx(tmp_path / "a.xlsx", *lines, change=in_1904), layout)
        assert reading.problems == []
        assert values(reading, "on") == ["2018-11-08", "2018-11-08"]


class TestBooleans:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [("是", "true"), ("否", "false"), ("√", "true"), ("×", "false"), (True, "true"), (0, "false"), ("Ｙ", "true")],
    )
    def test_read(self, tmp_path, value, expected):
        assert values(one_cell(tmp_path, value, type="boolean"), "x") == [expected]

    def test_refused(self, tmp_path):
        only(one_cell(tmp_path, "部分", type="boolean"), "boolean", "a.xlsx!Sheet1!B2")


def table(tmp_path, *lines, layout=SIMPLE, **options):
    return read(xlsx(tmp_path / "a.xlsx", HEAD, *lines, **options), layout)


class TestTotals:
    def test_subtotals_and_total(self, tmp_path):
        lines = [["甲", 1], ["乙", 2], ["镇雄县小计", 3], ["丙", 4], ["小 计", 4], ["全县合计", 7]]
        reading = table(tmp_path, *lines)
        assert reading.problems == []
        assert values(reading, "persons") == ["1", "2", "4"]
        assert [(one.label, one.computed) for one in reading.totals] == [
            ("镇雄县小计", "3"), ("小计", "4"), ("全县合计", "7"),
        ]  # fmt: skip

    def test_totals_above_their_rows(self, tmp_path):
        lines = [["合计", 7], ["甲镇小计", 3], ["甲一", 1], ["甲二", 2], ["乙镇小计", 4], ["乙一", 4]]
        reading = table(tmp_path, *lines)
        assert reading.problems == []
        assert [one.computed for one in reading.totals] == ["7", "3", "4"]

    def test_a_subtotal_of_all_rows_is_wrong(self, tmp_path):
        only(
            table(tmp_path, ["甲", 1], ["小计", 1], ["乙", 2], ["小计", 3]), "total", "a.xlsx!Sheet1!B5", "its rows, 2"
        )

    def test_totals_of_parts(self, tmp_path):
        lines = [["甲", 1], ["赤水源镇合计", 1], ["乙", 2], ["乌峰镇合计", 2], ["总计", 3]]
        assert table(tmp_path, *lines).problems == []
        lines[-1] = ["总计", 2]
        only(table(tmp_path, *lines), "total", "a.xlsx!Sheet1!B6", "3")

    @pytest.mark.parametrize("label", ["合计", "小计", "总计：", "共　计", "合计（人）", "镇雄县小计"])
    def test_a_total_that_does_not_add_up(self, tmp_path, label):
        reading = table(tmp_path, ["甲", 1], ["乙", 2], [label, 4])
        only(reading, "total", "a.xlsx!Sheet1!B4", "found 4 as", "the sum of its rows, 3")
        assert len(reading.rows) == 2

    def test_a_total_is_shown_in_the_unit_of_its_cell(self, tmp_path):
        path = report(tmp_path / "a.xlsx", ROW1, ROW2, ["合计", None, 2234, 15.5])
        only(read(path, LAYOUT), "total", "a.xlsx!Sheet1!D7", "found 15.5 as 合计", "the sum of its rows, 15.55 万元")

    def test_a_total_over_an_unreadable_row_is_not_compared(self, tmp_path):
        reading = table(tmp_path, ["甲", 1], ["乙", "约2"], ["合计", 3])
        only(reading, "approximate", "a.xlsx!Sheet1!B3")
        assert [(one.computed, one.agrees) for one in reading.totals] == [(None, False)]

    def test_a_total_without_a_number_is_a_problem(self, tmp_path):
        only(table(tmp_path, ["甲", 1], ["合计", None]), "total", "a.xlsx!Sheet1!A3")
        only(table(tmp_path, ["甲", 1], ["合计", "约1"]), "approximate", "a.xlsx!Sheet1!B3")

    def test_a_column_that_is_no_sum(self, tmp_path):
        layout = Layout((*SIMPLE.fields, Field("age", "integer", ("年龄",), summed=False)))
        reading = read(
            xlsx(tmp_path / "a.xlsx", [*HEAD, "年龄"], ["甲", 1, 12], ["乙", 1, 13], ["合计", 2, 12.5]), layout
        )
        assert reading.problems == []

    def test_a_list_states_its_number_of_rows(self, tmp_path):
        layout = Layout((COUNTY, Field("name", "string", ("学校",))))
        lines = [["县区", "学校"], ["甲", "一"], ["乙", "二"], ["合计", "2所"]]
        assert read(xlsx(tmp_path / "a.xlsx", *lines), layout).problems == []
        lines[-1] = ["共计3所"]
        only(read(xlsx(tmp_path / "a.xlsx", *lines), layout), "total", "a.xlsx!Sheet1!A4", "3 rows", "2 rows")

    def test_a_total_in_merged_cells(self, tmp_path):
        reading = report(tmp_path / "a.xlsx", ROW1, ["合计", None, 1234, 12.5], merges=["A6:B6"])
        assert read(reading, LAYOUT).problems == []


class TestUnits:
    @pytest.mark.parametrize("caption", ["单位：元", "单位:元、人", "金额单位：千元", "单位：美元"])
    def test_a_caption_that_contradicts_the_layout(self, tmp_path, caption):
        path = xlsx(tmp_path / "a.xlsx", [caption], ["县区", "金额"], ["甲", 1])
        only(read(path, Layout((COUNTY, AMOUNT))), "unit", "a.xlsx!Sheet1!A1")

    def test_a_caption_that_the_layout_leaves_unread(self, tmp_path):
        path = xlsx(tmp_path / "a.xlsx", ["单位：万元"], HEAD, ["甲", 1])
        only(read(path, SIMPLE), "unit", "a.xlsx!Sheet1!A1")

    @pytest.mark.parametrize("caption", ["填报单位：镇雄县教育局", "单位：镇雄县教育局（盖章）", "单位：万元"])
    def test_captions_that_agree(self, tmp_path, caption):
        path = xlsx(tmp_path / "a.xlsx", [caption], ["县区", "金额（万元）"], ["甲", 1])
        assert read(path, Layout((COUNTY, AMOUNT))).problems == []

    @pytest.mark.parametrize("header", ["金额（元）", "金额(千元)", "金额，元"])
    def test_a_header_that_contradicts_the_layout(self, tmp_path, header):
        path = xlsx(tmp_path / "a.xlsx", ["县区", header], ["甲", 1])
        only(read(path, Layout((COUNTY, AMOUNT))), "unit", "a.xlsx!Sheet1!B1", "万元")
        bare = replace(AMOUNT, unit="", base="")
        only(read(path, Layout((COUNTY, bare))), "unit", "a.xlsx!Sheet1!B1")

    def test_wrong_declarations(self):
        for change in (
            {"unit": "斤"},
            {"base": "人"},
            {"type": "int"},
            {"headers": ()},
            {"type": "string"},
            {"width": 2},
        ):
            with pytest.raises(InputError, match="field 'amount_fen'"):
                replace(AMOUNT, **change)
        for fields in ((), (COUNTY, COUNTY), (COUNTY, replace(AMOUNT, headers=("县 区",)))):
            with pytest.raises(InputError, match="layout"):
                Layout(fields)


class TestHeaders:
    def test_missing_and_extra_and_twice(self, tmp_path):
        only(read(xlsx(tmp_path / "a.xlsx", ["县区"], ["甲"]), SIMPLE), "header", "a.xlsx!Sheet1", "人数")
        only(
            read(xlsx(tmp_path / "b.xlsx", [*HEAD, "电话"], ["甲", 1, 2]), SIMPLE), "header", "b.xlsx!Sheet1!C1", "电话"
        )
        twice = read(xlsx(tmp_path / "c.xlsx", [*HEAD, "人 数"], ["甲", 1, 2]), SIMPLE)
        only(twice, "header", "c.xlsx!Sheet1!C1", "the first is B")

    def test_another_table(self, tmp_path):
        reading = read(xlsx(tmp_path / "a.xlsx", ["姓名", "电话"], ["甲", 1]), SIMPLE)
        only(reading, "header", "a.xlsx!Sheet1", "'姓名', '电话'", "县区, 人数")

    def test_a_value_beside_the_table(self, tmp_path):
        only(table(tmp_path, ["甲", 1, None, "上年3"]), "header", "a.xlsx!Sheet1!D2", "上年3")

    def test_a_header_repeated_on_each_page(self, tmp_path):
        reading = table(tmp_path, ["甲", 1], HEAD, ["乙", 2])
        assert reading.problems == []
        assert values(reading, "persons") == ["1", "2"]
        assert [(one.kind, one.place) for one in reading.notes] == [("header", "a.xlsx!Sheet1!A3")]

    def test_no_rows(self, tmp_path):
        only(table(tmp_path), "empty", "a.xlsx!Sheet1")


class TestLines:
    @pytest.mark.parametrize(
        "line", ["注：不含民办", "备注: 无", "填表人：某某  审核人：某某", "* 截至11月", "说明：一"]
    )
    def test_notes_below(self, tmp_path, line):
        reading = table(tmp_path, ["甲", 1], [line])
        assert reading.problems == []
        assert [one.kind for one in reading.notes] == ["footnote"]

    def test_a_note_with_a_number_in_the_table_is_a_row(self, tmp_path):
        assert len(table(tmp_path, ["甲", 1], ["注：乙", 2]).rows) == 2

    def test_a_line_of_text(self, tmp_path):
        only(table(tmp_path, ["甲", 1], ["以上数据已核"]), "line", "a.xlsx!Sheet1!A3")

    def test_a_numbered_row_without_values_is_noted(self, tmp_path):
        reading = read(report(tmp_path / "a.xlsx", ROW1, [2]), LAYOUT)
        assert reading.problems == []
        assert len(reading.rows) == 1
        assert ("blank", "a.xlsx!Sheet1!A6") in [(one.kind, one.place) for one in reading.notes]


class TestSheets:
    def test_hidden_rows_columns_and_sheets_are_noted(self, tmp_path):
        def hide(book):
            book.active.row_dimensions[3].hidden = True
            book.active.column_dimensions["B"].hidden = True
            book.create_sheet("旧数据").append([1])
            book["旧数据"].sheet_state = "hidden"
            book.create_sheet("Sheet3")

        reading = table(tmp_path, ["甲", 1], ["乙", 2], change=hide)
        assert reading.problems == []
        assert values(reading, "persons") == ["1", "2"]
        assert [(one.kind, one.place) for one in reading.notes] == [
            ("hidden", "a.xlsx!旧数据"), ("hidden", "a.xlsx!Sheet1!A3"), ("hidden", "a.xlsx!Sheet1!B1"),
        ]  # fmt: skip

    def test_which_sheet(self, tmp_path):
        path = xlsx(tmp_path / "a.xlsx", HEAD, ["甲", 1], change=lambda book: book.create_sheet("二").append([1]))
        only(read(path, SIMPLE), "sheet", "a.xlsx", "Sheet1, 二")
        assert read(path, replace(SIMPLE, sheet="Sheet1")).problems == []
        only(read(path, replace(SIMPLE, sheet="三")), "sheet", "a.xlsx", "Sheet1, 二", "the sheet 三")

    def test_merged_data(self, tmp_path):
        reading = table(tmp_path, ["甲", 1], [None, 2], merges=["A2:A3"])
        only(reading, "merged", "a.xlsx!Sheet1!A2", "A2:A3")
        across = table(tmp_path, ["甲", 1], ["乙", None], merges=["A3:B3"])
        assert [one.place for one in across.problems] == ["a.xlsx!Sheet1!A3"]

    def test_formulas(self, tmp_path):
        only(table(tmp_path, ["甲", "=1+1"]), "formula", "a.xlsx!Sheet1!B2", "=1+1")
        total = table(tmp_path, ["甲", 1], ["合计", "=SUM(B2:B2)"])
        only(total, "formula", "a.xlsx!Sheet1!B3")

    def test_a_formula_with_its_result(self, tmp_path):
        import xlsxwriter

        book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["甲"])
        sheet.write_formula(1, 1, "=1+1", value=2)
        book.close()
        reading = read(tmp_path / "a.xlsx", SIMPLE)
        assert reading.problems == []
        assert values(reading, "persons") == ["2"]
        assert [one.kind for one in reading.notes] == ["formula"]


COUNTIES = FromName({"镇雄县": "530627", "彝良县": "530628", "镇雄": "530627"})


class TestConstants:
    def test_from_the_file_and_the_folder(self, tmp_path):
        folder = tmp_path / "彝良县"
        folder.mkdir()
        path = xlsx(folder / "附件1 镇雄县（定稿）.xlsx", HEAD, ["甲", 1])
        constants = {"county_code": COUNTIES, "folder_code": replace(COUNTIES, part="folder"), "year": "2018"}
        reading = read(path, replace(SIMPLE, constants=constants))
        assert reading.problems == []
        assert reading.rows == [
            {"county_code": "530627", "folder_code": "530628", "year": "2018", "county": "甲", "persons": "1"}
        ]
        assert reading.places[0]["county_code"] == path.name

    @pytest.mark.parametrize("name", ["昭阳区.xlsx", "镇雄县彝良县.xlsx"])
    def test_a_name_with_no_county_or_two(self, tmp_path, name):
        path = xlsx(tmp_path / name, HEAD, ["甲", 1])
        only(read(path, replace(SIMPLE, constants={"county_code": COUNTIES})), "name", name)

    def test_rows_of_another_county(self, tmp_path):
        layout = replace(SIMPLE, constants={"county": FromName({"镇雄县": "镇雄县"})})
        path = xlsx(tmp_path / "镇雄县.xlsx", HEAD, ["镇雄县", 1], ["彝良县", 2])
        only(read(path, layout), "name", "镇雄县.xlsx!Sheet1!A3", "'彝良县'", "expected 镇雄县")


class TestOldExcel:
    def book(self, path, *, dates_1904=False, protect=False):
        book = xlwt.Workbook()
        book.dates_1904 = dates_1904
        sheet = book.add_sheet("Sheet1")
        day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
        sheet.write_merge(0, 0, 0, 3, "统计表 单位：万元")
        for column, header in enumerate(["县区", "金额", "发放日期", "编码"]):
            sheet.write(1, column, header)
        sheet.write_merge(2, 3, 0, 0, "甲")
        for row, value in ((2, 12.5), (3, 0.1)):
            sheet.write(row, 1, value)
            sheet.write(row, 2, datetime.date(2018, 11, 8), day)
            sheet.write(row, 3, 12345)
        sheet.row(3).hidden = True
        hidden = book.add_sheet("旧")
        hidden.write(0, 0, 1)
        hidden.visibility = 1
        sheet.write(4, 0, "乙")
        sheet.write(4, 1, xlwt.Formula("1/0"))
        sheet.write(5, 0, "合计")
        sheet.write(5, 1, 12.6)
        book.save(str(path))
        return path

    @pytest.mark.parametrize("dates_1904", [False, True])
    def test_dates_merges_hidden(self, tmp_path, dates_1904):
        code = Field("code", "string", ("编码",), width=7)
        layout = Layout((COUNTY, AMOUNT, PAID, code))
        reading = read(self.book(tmp_path / "a.xls", dates_1904=dates_1904), layout)
        assert [(one.kind, one.place) for one in reading.problems] == [
            ("formula", "a.xls!Sheet1!B5"),
            ("merged", "a.xls!Sheet1!A3"),
        ]
        assert values(reading, "paid_on")[:2] == ["2018-11-08", "2018-11-08"]
        assert values(reading, "amount_fen")[:2] == ["12500000", "100000"]
        assert values(reading, "code")[:2] == ["0012345", "0012345"]
        kinds = {(one.kind, one.place) for one in reading.notes}
        assert {("hidden", "a.xls!旧"), ("hidden", "a.xls!Sheet1!B4"), ("unit", "a.xls!Sheet1!A1")} <= kinds

    def test_serials_since_1904(self, tmp_path):
        book = xlwt.Workbook()
        book.dates_1904 = True
        sheet = book.add_sheet("Sheet1")
        for row, line in enumerate([("县区", "发放日期"), ("甲", 43412 - 1462)]):
            for column, value in enumerate(line):
                sheet.write(row, column, value)
        book.save(str(tmp_path / "a.xls"))
        assert values(read(tmp_path / "a.xls", Layout((COUNTY, PAID))), "paid_on") == ["2018-11-08"]


class TestInside:
    def test_a_file_in_the_folder(self, tmp_path):
        (tmp_path / "a.csv").write_text("1")
        assert inside(tmp_path, "a.csv") == (tmp_path / "a.csv").resolve()

    @pytest.mark.parametrize("path", ["../a.csv", "b/../../a.csv", "/a.csv", "link/a.csv", "link.csv"])
    def test_paths_out_of_it(self, tmp_path, path):
        folder, other = tmp_path / "in", tmp_path / "out"
        folder.mkdir()
        other.mkdir()
        (other / "a.csv").write_text("1")
        (folder / "link").symlink_to(other)
        (folder / "link.csv").symlink_to(other / "a.csv")
        with pytest.raises(InputError, match="out of its folder"):
            inside(folder, path)


class TestElevenCounties:
    @pytest.mark.slow
    def test_each_form_gives_back_the_rows_of_the_package(self, tmp_path):
        rows = fund_rows(SHIPPED)
        sent = write_county_workbooks(tmp_path, rows)
        assert len(sent) == 11
        for one in sent:
            reading = read(one.path, FUNDS)
            assert reading.problems == [], one.path.name
            expected = packaged(rows, one.county_code)
            assert len(expected) == 23
            assert sorted(map(sorted, map(dict.items, reading.rows))) == sorted(map(sorted, map(dict.items, expected)))
            assert reading.totals
            assert all(total.agrees for total in reading.totals)

    @pytest.mark.slow
    def test_each_horror_is_refused_with_its_cell(self, tmp_path):
        for one in write_county_workbooks(tmp_path, fund_rows(SHIPPED), spoiled=True):
            reading = read(one.path, FUNDS)
            assert (one.kind, one.place) in [(problem.kind, problem.place) for problem in reading.problems]
            with pytest.raises(SourceError, match=one.path.name.replace("（", ".")[:6]):
                reading.refuse()

    @pytest.mark.slow
    def test_a_layout_of_another_unit_fits_none(self, tmp_path):
        for one in write_county_workbooks(tmp_path, fund_rows(SHIPPED)):
            assert "unit" in {problem.kind for problem in read(one.path, layout_of_another_unit()).problems}
