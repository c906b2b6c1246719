"""Files as a tired clerk or a hostile program leaves them: the right values, or refused by file, sheet and cell."""

import datetime as dt
import io
import re
import zipfile

import pytest
import xlsxwriter
import xlwt

from zt_analysis.errors import InputError
from zt_analysis.submissions import Field, FromName, Layout, read

FIELDS = (
    Field("id", "string", ("编号",), required=True, width=6),
    Field("school", "string", ("学校",), required=True),
    Field("stage", "string", ("学段",), values={"小学": "primary", "初中": "junior"}, required=True),
    Field("persons", "integer", ("人数",), unit="人"),
    Field("amount_fen", "integer", ("金额",), unit="万元", base="分"),
    Field("paid_on", "date", ("日期",)),
)
LAYOUT = Layout(FIELDS, constants={"county_code": FromName({"镇雄县": "530627"})}, ignored=("序号", "备注"))
HEADER = ["编号", "学校", "学段", "人数", "金额", "日期"]
ROWS = [
    ["000001", "一小", "小学", 12, 3.5, dt.date(2018, 11, 8)],
    ["000002", "二中", "初中", 30, 2, dt.date(2018, 11, 9)],
    ["000003", "三小", "小学", 7, 1.25, dt.date(2018, 11, 7)],
]
FOURTH = ["000004", "四小", "小学", 1, 1, dt.date(2018, 11, 7)]
RIGHT = [
    ("000001", "一小", "primary", "12", "3500000", "2018-11-08"),
    ("000002", "二中", "junior", "30", "2000000", "2018-11-09"),
    ("000003", "三小", "primary", "7", "1250000", "2018-11-07"),
]
RIGHT_FOURTH = ("000004", "四小", "primary", "1", "1000000", "2018-11-07")
TEXT = "\n".join(",".join(map(str, line)) for line in [HEADER, *ROWS]) + "\n"
REFUSED = "refused"


def outcome(path):
    """The rows read, or that it was refused, which names the file and never by another error than ours."""
    try:
        reading = read(path, LAYOUT)
    except InputError as error:
        return REFUSED if path.name in str(error) else f"no file named: {error}"
    if reading.problems:
        assert all(path.name in one.place for one in reading.problems)
        return REFUSED
    return [tuple(row[one.name] for one in FIELDS) for row in reading.rows]


def second(**values):
    """The right rows, but for the second, of which these are."""
    row = dict(zip((one.name for one in FIELDS), RIGHT[1], strict=True)) | values
    return [RIGHT[0], tuple(row.values()), RIGHT[2]]


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("content", "right"),
    [
        *((TEXT.encode(name), RIGHT) for name in ("utf-8", "utf-8-sig", "gb18030", "utf-16")),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), RIGHT),
        *((TEXT.encode(name), REFUSED) for name in ("utf-16-le", "utf-16-be", "utf-32")),
        *((TEXT.replace(",", mark).encode(), RIGHT) for mark in ";\t"),
        (TEXT.replace(",", "|").encode(), REFUSED),
        (TEXT.replace(",", ";").replace("3.5", "3,5").encode(), REFUSED),
        *((TEXT.replace("\n", end).encode(), RIGHT) for end in ("\r", "\r\n", "\n\r")),
        (TEXT.replace("一小", '"一小').encode(), REFUSED),
        (TEXT.replace("一小", '"一"小').encode(), REFUSED),
        (TEXT.replace("2018-11-07", '"2018-11-07').encode(), REFUSED),
        (TEXT.replace("000002", "0000\t02").encode(), REFUSED),
        *((TEXT.encode() + end, REFUSED) for end in (b"\0", b"\0" * 5000, b"\x1a")),
        (TEXT.replace("二中", "二\0中").encode(), REFUSED),
        (TEXT.replace(",12,", ",\u00a012\u00a0,").encode(), RIGHT),
        (TEXT.replace("2018-11-09", "2018-11-09,").encode(), RIGHT),
        (TEXT.replace("2018-11-09", "2018-11-09,x").encode(), REFUSED),
        (b"sep=,\n" + TEXT.encode(), REFUSED),
        # a row that ends early: a separator is gone, or the end of the file
        (TEXT.replace(",2018-11-09", "").encode(), REFUSED),
        (TEXT.replace("初中,30,", "初中,").encode(), REFUSED),
        (TEXT[: TEXT.index(".25")].encode(), REFUSED),
        (TEXT.replace(",", "\t").replace("\t2018-11-07", "").encode(), REFUSED),
        (TEXT.replace(",2018-11-09", ",").encode(), second(paid_on=None)),
    ],
)
def test_a_text_file(tmp_path, content, right):
    path = tmp_path / "镇雄县.csv"
    path.write_bytes(content)
    assert outcome(path) == right


NUMBERS = {
    **dict.fromkeys(("３０", "30.0", "030", " 30 ", "+30", "30", "\u00a030"), "30"),
    **dict.fromkeys(("1,030", "１，０３０", "1 030", "1\u2009030", "1，030"), "1030"),
    "-30": "-30",
    "−30": "-30",
    "-0": "0",
    "—": None,
    "/": None,
    "": None,
    **dict.fromkeys(
        (
            "1'030",
            "1.030",
            "10,30",
            "3,0",
            "(30)",
            "（30）",
            "30-",
            "30人",
            "30 人",
            "12名",
            "约30",
            "近30",
            "30余",
            "<30",
            "≈30",
            "30以上",
            "30左右",
            "30-40",
            "30~40",
            "30—40",
            "30、31",
            "30/40",
            "3e1",
            "1E5",
            "0x1E",
            "30.5",
            "三十",
            "3万",
            "30%",
            "30‰",
            "30*",
            "30①",
            "Ⅻ",
            "3²",
            "٣٠",
            "½",
            "inf",
            "NaN",
            "None",
            "NULL",
            "#N/A",
            "#REF!",
            "……",
            "零",
            "3O",
            "3l",
            "3\t0",
            "=30",
            "'30",
            "3_0",
            "¥30",
            "30.",
            ".5",
            "?",
            "同上",
            "〃",
            "不详",
            "待定",
            "○",
            "空",
            "30,",
            "30 31",
            "30;31",
        ),
        REFUSED,
    ),
}
DATES = {
    **dict.fromkeys(
        (
            "2018年11月9日",
            "２０１８－１１－０９",
            "2018.11.09",
            "2018/11/9",
            "20181109",
            "二〇一八年十一月九日",
            "2018-11-09 00:00:00",
            "2018-11-09T00:00:00",
        ),
        "2018-11-09",
    ),
    **dict.fromkeys(
        (
            "43413",
            "41951",
            "43413.5",
            "09/11/2018",
            "11/9/2018",
            "18-11-9",
            "11月9日",
            "2018-11-09 08:30",
            "2018-11",
            "2018-02-30",
            "1018-11-09",
            "0018-11-09",
            "Nov 9 2018",
            "2018-11-09至10",
            "民国107年11月9日",
            "十月初二",
            "2018-13-01",
            "2018-11-31",
        ),
        REFUSED,
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "name", "words"), [("30", "persons", NUMBERS), ("2018-11-09", "paid_on", DATES)], ids=["numbers", "dates"]
)
def test_a_cell(tmp_path, old, name, words):
    path = tmp_path / "镇雄县.csv"
    wrong = {}
    for word, right in words.items():
        path.write_text(TEXT.replace(f",{old}", f',"{word}"'), encoding="utf-8")
        found = outcome(path)
        if found != (REFUSED if right == REFUSED else second(**{name: right})):
            wrong[word] = found
    assert wrong == {}


def lay(sheet, rows=ROWS, top=0, left=0):
    sheet.write_row(top, left, HEADER)
    for number, row in enumerate(rows, top + 1):
        sheet.write_row(number, left, row)


TOTAL = ["合计", "", "", 49, 6.75]
WORKBOOKS = {
    "blank columns and rows around": (lambda book, one: lay(one, top=7, left=3), RIGHT),
    "a total, and a row behind it": (
        lambda book, one: (lay(one), one.write_row(4, 0, TOTAL), one.write_row(5, 0, FOURTH)),
        [*RIGHT, RIGHT_FOURTH],
    ),
    "a row without its key behind the total": (
        lambda book, one: (lay(one), one.write_row(4, 0, TOTAL), one.write_row(5, 0, ["", *FOURTH[1:]])),
        REFUSED,
    ),
    "a line behind the total": (
        lambda book, one: (lay(one), one.write_row(4, 0, TOTAL), one.write(5, 0, "补报：四小1人")),
        REFUSED,
    ),
    "a total that does not add up": (
        lambda book, one: (lay(one), one.write_row(4, 0, ["合计", "", "", 48, 6.75])),
        REFUSED,
    ),
    "a subtotal in the middle": (
        lambda book, one: (
            lay(one, ROWS[:2]),
            one.write_row(3, 0, ["", "小计", "", 42, 5.5]),
            one.write_row(4, 0, ROWS[2]),
        ),
        RIGHT,
    ),
    "the total of a table of Excel in English": (
        lambda book, one: (lay(one), one.write_row(4, 0, ["Total", "", "", 49, 6.75])),
        REFUSED,
    ),
    "汇总": (lambda book, one: (lay(one), one.write_row(4, 0, ["汇总", "", "", 49, 6.75])), REFUSED),
    "two tables below each other": (lambda book, one: (lay(one), lay(one, [FOURTH], top=6)), [*RIGHT, RIGHT_FOURTH]),
    "two tables side by side": (lambda book, one: (lay(one), lay(one, [FOURTH], left=8)), REFUSED),
    "another table below": (
        lambda book, one: (lay(one), one.write_row(7, 0, ["项目", "数量"]), one.write_row(8, 0, ["书", 3])),
        REFUSED,
    ),
    "the header on each page": (lambda book, one: (lay(one, ROWS[:2]), lay(one, ROWS[2:], top=3)), RIGHT),
    "rows that a filter hides": (
        lambda book, one: (
            lay(one),
            one.autofilter("A1:F4"),
            one.filter_column("C", "x == 小学"),
            one.set_row(2, options={"hidden": True}),
        ),
        RIGHT,
    ),
    "rows grouped and shut": (
        lambda book, one: (lay(one), [one.set_row(at, options={"level": 1, "hidden": True}) for at in (1, 2)]),
        RIGHT,
    ),
    "two sheets": (lambda book, one: (lay(one), lay(book.add_worksheet())), REFUSED),
    "a merge over two rows": (lambda book, one: (lay(one), one.merge_range("C2:C3", "小学")), REFUSED),
    "a formula that nobody computed": (lambda book, one: (lay(one), one.write_formula("D2", "=6+6")), REFUSED),
    "a formula with its result": (lambda book, one: (lay(one), one.write_formula("D2", "=6+6", None, 12)), RIGHT),
    "another workbook's value": (
        lambda book, one: (lay(one), one.write_formula("D2", "='[b.xlsx]b'!A1", None, 12)),
        RIGHT,
    ),
    "an error": (lambda book, one: (lay(one), one.write_formula("D2", "=1/0", None, "#DIV/0!")), REFUSED),
    "percent": (lambda book, one: (lay(one), one.write(1, 3, 0.12, book.add_format({"num_format": "0%"}))), REFUSED),
    "a minus that only red shows": (
        lambda book, one: (lay(one), one.write(1, 3, -12, book.add_format({"num_format": "0;[Red]0"}))),
        REFUSED,
    ),
    "亿": (lambda book, one: (lay(one), one.write(1, 4, 3.5, book.add_format({"num_format": '0.0"亿"'}))), REFUSED),
    "struck out in part": (
        lambda book, one: (lay(one), one.write_rich_string("D2", book.add_format({"font_strikeout": 1}), "1", "2")),
        REFUSED,
    ),
    "a name struck out in part": (
        lambda book, one: (lay(one), one.write_rich_string("B2", book.add_format({"font_strikeout": 1}), "一", "小")),
        RIGHT,
    ),
    "true": (lambda book, one: (lay(one), one.write_boolean("D2", True)), REFUSED),
    "a code that is a date": (
        lambda book, one: (
            lay(one),
            one.write_datetime("A2", dt.datetime(2018, 11, 8), book.add_format({"num_format": "yyyy-mm-dd"})),
        ),
        REFUSED,
    ),
    "codes that are numbers": (lambda book, one: lay(one, [[int(row[0]), *row[1:]] for row in ROWS]), RIGHT),
    "serials": (lambda book, one: lay(one, [[*row[:5], (row[5] - dt.date(1899, 12, 30)).days] for row in ROWS]), RIGHT),
    "a time of day": (
        lambda book, one: (
            lay(one),
            one.write_datetime("F2", dt.datetime(2018, 11, 8, 8), book.add_format({"num_format": "yyyy-mm-dd"})),
        ),
        REFUSED,
    ),
    "a note that carries a key": (
        lambda book, one: (lay(one), one.write_row(4, 0, ["注：000004", *FOURTH[1:5]])),
        REFUSED,
    ),
    "同上": (lambda book, one: (lay(one), one.write("C3", "同上")), REFUSED),
    "a column twice": (lambda book, one: (lay(one), one.write("G1", "人数"), one.write("G2", 5)), REFUSED),
    "a header of another unit": (lambda book, one: (lay(one), one.write("E1", "金额（元）")), REFUSED),
    "a row of zeros": (lambda book, one: (lay(one), one.write_row(4, 0, [0, 0, 0, 0, 0])), REFUSED),
    "第1页": (lambda book, one: (lay(one), one.write("A5", "第1页 共1页")), REFUSED),
}


@pytest.mark.part(3)
@pytest.mark.parametrize("name", WORKBOOKS)
@pytest.mark.parametrize("since_1904", [False, True])
def test_a_workbook(tmp_path, name, since_1904):
    if since_1904 and name == "serials":
        return  # of the other calendar
    write, right = WORKBOOKS[name]
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"default_date_format": "yyyy-mm-dd", "date_1904": since_1904})
    write(book, book.add_worksheet("表"))
    book.close()
    path = tmp_path / "镇雄县.xlsx"
    path.write_bytes(held.getvalue())
    assert outcome(path) == right


def test_an_old_workbook(tmp_path):
    path = tmp_path / "镇雄县.xls"
    for more, right in (
        ([], RIGHT),
        ([*enumerate(TOTAL)], RIGHT),
        ([(3, xlwt.Formula("SUM(D2:D4)"))], REFUSED),
        ([(0, "注：无")], RIGHT),
    ):
        book = xlwt.Workbook()
        sheet, day = book.add_sheet("表"), xlwt.easyxf(num_format_str="YYYY-MM-DD")
        for number, row in enumerate([HEADER, *ROWS]):
            for column, value in enumerate(row):
                sheet.write(number, column, value, *([day] if isinstance(value, dt.date) else []))
        for column, value in more:
            sheet.write(4, column, value)
        book.save(str(path))
        assert outcome(path) == right, more


RAW = {
    '<c r="D2" t="inlineStr"><is><t>12</t></is></c>': RIGHT,
    '<c r="D2" t="str"><v>12</v></c>': RIGHT,
    '<c r="D2"><v>\n 12 \n</v></c>': RIGHT,
    '<c r="D2"><v>1.2E+1</v></c>': RIGHT,
    '<c r="D2"><v>12.000000000000002</v></c>': RIGHT,
    '<c r="D2"><v>1<!-- x -->2</v></c>': RIGHT,
    "<c><v>12</v></c>": RIGHT,
    '<c r="D2"><f t="array" ref="D2:D3">{12;30}</f><v>12</v></c>': RIGHT,
    '<c r="D2" t="inlineStr"><is><t>12</t><rPh sb="0" eb="1"><t>99</t></rPh></is></c>': RIGHT,
    **dict.fromkeys(
        (
            '<c r="D2"><v>12</v><v>13</v></c>',
            '<c r="D2"><v>1<x/>2</v></c>',
            '<c r="D2" t="zzz"><v>12</v></c>',
            '<c r="D2" t="s"><v>-1</v></c>',
            '<c r="D2" t="s"><v>9999</v></c>',
            '<c r="D9"><v>12</v></c>',
            '<c r="D2"><v>12</v></c><c r="D2"><v>13</v></c>',
            '<c r="D2"><v>0xC</v></c>',
            '<c r="D2"><v>1e400</v></c>',
            '<c r="D2" t="b"><v>1</v></c>',
            '<c r="D2" t="d"><v>2018-11-08</v></c>',
            '<c r="D2"><f>6+6</f><v/></c>',
            '<c r="D2"><f t="shared" si="0"/></c>',
            '<c r="H2"><v>12</v></c>',
        ),
        REFUSED,
    ),
}


def raw(path, change):
    """The right workbook, the XML of its sheet changed."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"default_date_format": "yyyy-mm-dd"})
    lay(book.add_worksheet("表"))
    book.close()
    with zipfile.ZipFile(held) as packed, zipfile.ZipFile(path, "w") as made:
        for name in packed.namelist():
            content = packed.read(name)
            made.writestr(name, change(content.decode()) if name.endswith("sheet1.xml") else content)


@pytest.mark.part(3)
@pytest.mark.parametrize("cell", RAW)
def test_a_cell_as_no_office_writes_it(tmp_path, cell):
    path = tmp_path / "镇雄县.xlsx"
    raw(path, lambda text: text.replace('<c r="D2"><v>12</v></c>', cell))
    assert outcome(path) == RAW[cell]


def test_a_text_by_a_negative_number_is_not_the_last_one(tmp_path):
    path = tmp_path / "镇雄县.xlsx"
    raw(path, lambda text: re.sub(r'(<c r="B2" t="s"><v>)\d+', r"\1-1", text))
    assert outcome(path) == REFUSED


def test_rows_and_columns_of_no_height_are_hidden(tmp_path):
    path = tmp_path / "镇雄县.xlsx"
    columns = '<cols><col min="4" max="4" width="0" customWidth="1"/></cols><sheetData>'
    raw(
        path,
        lambda text: text.replace('<row r="3"', '<row r="3" ht="0" customHeight="1"').replace("<sheetData>", columns),
    )
    assert [note.text.partition(";")[0] for note in read(path, LAYOUT).notes] == ["hidden row 3", "hidden column D"]
