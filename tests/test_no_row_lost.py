"""A row planted anywhere in a county's workbook is read or refused, whatever it looks like; every account closes."""

import random
import unicodedata
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from zt_analysis.submissions import Field, Layout, read
from zt_analysis.submissions.grid import Broken, Merge, Sheet
from zt_analysis.submissions.reading import read_sheets

# of each of four forms of table: 500 in all
PLANTS = 125
BY_CODE = Layout(
    (
        Field("row_id", "string", ("编号",), required=True),
        Field("school", "string", ("学校",)),
        Field("reason", "string", ("原因",)),
        Field("persons", "integer", ("补助/人数", "人数"), unit="人"),
        Field("amount_fen", "integer", ("补助/金额", "金额"), unit="万元", base="分"),
        Field("paid_on", "date", ("日期",)),
    ),
    ignored=("序号", "备注"),
    key=("row_id",),
)
BY_SCHOOL = Layout(BY_CODE.fields, ignored=BY_CODE.ignored, key=("school",))
COLUMNS = ["序号", "编号", "学校", "原因", "人数", "金额", "日期", "备注"]
KEYS = {BY_CODE.key: 1, BY_SCHOOL.key: 2}
ONE_ROW = [COLUMNS]
TWO_ROWS = [["序号", "编号", "学校", "原因", "补助", None, "日期", "备注"], [None, None, None, None, "人数", "金额"]]
CAPTIONS = [["补助发放情况统计表"], ["填报单位：镇雄县教育局", None, None, None, None, "单位：人、万元"]]
NOTES = [["注：数据截至统计日"], ["* 含寄宿生"], ["填表人：张三", None, "审核人：李四"]]
MARKS = [
    "*",
    "＊",
    "※",
    "注：",
    "注:",
    "（注）：",
    "备注：",
    "说明：",
    "负责人：",
    "填表人：",
    "审核人:",
    "* ",
    "合计",
    "小计",
]
TOTALS = ["两校合计", "春秋小计", "合计", "小 计", "共计：", "总计（人）", "含本月小计"]
WIDE = str.maketrans("0123456789P-.", "０１２３４５６７８９Ｐ－．")


def data(number, persons, amount):
    return [
        number,
        f"A{number:03}",
        f"第{'一二三四五六七八九'[number - 1]}小学",
        "外出务工",
        persons,
        amount,
        "2018-11-08",
    ]


def county(rng, head):
    """Rows as a county sends them: captions, header, data with or without parts and totals, notes."""
    rows = [data(number, number, number / 2) for number in range(1, 7)]
    if rng.random() < 0.5:
        rows.insert(3, [None, None, "小计", None, 6, 3])
        rows.append([None, None, "小计", None, 15, 7.5])
    if rng.random() < 0.7:
        rows.append(["合计", None, None, None, 21, 10.5])
    captions = CAPTIONS if rng.random() < 0.7 else CAPTIONS[:1]
    return [*captions, *head, *rows, *([[], *NOTES] if rng.random() < 0.7 else [])]


def plant(rng, key):
    """A row of data with what has made rows vanish: marks, words of totals, blanks, zeros, wide digits, texts."""
    zero = rng.random() < 0.5
    row = [7, "P-900", "示例小学", "厌学", 0 if zero else 21, 0 if zero else 10.5, "2018-11-09", None]
    if rng.random() < 0.5:
        row[7] = rng.choice(TOTALS)
    if rng.random() < 0.2:
        row[rng.choice([2, 3])] = rng.choice(TOTALS)
    for column in rng.sample([0, 2, 3, 4, 5, 6], rng.choice([0, 0, 1, 2, 4])):
        row[column] = None
    if rng.random() < 0.2:
        row[key] = None
        row[2 if key == 1 else 1], row[3], row[4] = "示例小学" if key == 1 else "P-900", "厌学", 0
    marked = [column for column in range(1, 7) if row[column] is not None][: rng.choice([0, 1, 1, 1, 2, 6])]
    mark = rng.choice(MARKS)
    for column in marked:
        row[column] = f"{mark}{row[column]}"
    if rng.random() < 0.2:
        row = [value if value is None else str(value).translate(WIDE) for value in row]
    return row


def sheet_of(rows, merges=()):
    filled = {
        number: {column: value for column, value in enumerate(row, 1) if value is not None}
        for number, row in enumerate(rows, 1)
    }
    return Sheet("Sheet1", {number: cells for number, cells in filled.items() if cells}, list(merges))


def found(reading, row):
    """Whether the row was read, or the file refused by it; by its header where the row stands inside the header."""
    read_rows = {int(next(iter(at.values())).rpartition("!")[2].lstrip("ABCDEFGH")) for at in reading.places}
    refused = {place.lstrip("ABCDEFGH") for place in (one.place.rpartition("!")[2] for one in reading.problems)}
    return row in read_rows or str(row) in refused or any(one.kind == "header" for one in reading.problems)


@pytest.mark.parametrize("layout", [BY_CODE, BY_SCHOOL], ids=["code", "school"])
@pytest.mark.parametrize("head", [ONE_ROW, TWO_ROWS], ids=["one", "two"])
def test_a_planted_row_is_read_or_refused(layout, head):
    rng = random.Random(20181108)
    lost, unclosed, read_whole = [], [], 0
    for _ in range(PLANTS):
        rows = county(rng, head)
        at = rng.randrange(len(rows) + 1)
        planted = plant(rng, KEYS[layout.key])
        rows = [*rows[:at], planted, *rows[at:]]
        reading = read_sheets(Path("镇雄县.xlsx"), [sheet_of(rows)], layout)
        lost += [(at + 1, planted)] * (not found(reading, at + 1))
        unclosed += [reading.account] * (bool(reading.rows) and not reading.account.closes)
        read_whole += not reading.problems
    assert not lost, lost[:5]
    assert not unclosed
    # a test that refuses everything proves nothing
    assert read_whole > PLANTS / 20


NESTED = replace(
    BY_CODE,
    fields=tuple(
        replace(one, headers=(*one.headers, f"学校情况/{one.headers[0]}", f"{one.headers[0]}(人)"))
        for one in BY_CODE.fields
    ),
)
LAYOUTS = [
    (BY_CODE, 1),
    (BY_SCHOOL, 2),
    (replace(BY_CODE, zero_report=True), 1),
    (replace(BY_CODE, key=()), 1),
    (replace(BY_CODE, key=("row_id", "school")), 1),
    (
        Layout(
            tuple(one for one in BY_CODE.fields if not one.is_numeric),
            ignored=(*BY_CODE.ignored, "人数", "金额"),
            key=("row_id",),
        ),
        1,
    ),
]
MORE_MARKS = [
    *MARKS,
    "来源:",
    "联系电话：",
    "统计员(章)：",
    "填报单位：",
    "1.",
    "2、",
    "①",
    "-",
    "—",
    "其中：",
    "备注说明：",
]
MORE_TOTALS = [*TOTALS, "全县合计", "见合计", "合计人数", "小计：", "共计12户"]
OTHERS = ["P-900", "示例小学", "2018-11-09", 0, 7, "注：A901", "负责人：张三", "—", "无", "\u3000", "\u200b"]


def spoiled(rng, key):
    """A planted row with more of the same, a formula without its result, its cells changed about."""
    row = plant(rng, key)
    for _ in range(rng.choice([0, 0, 1, 1, 2, 3])):
        at, other = rng.randrange(8), rng.randrange(8)
        how = rng.randrange(6)
        if how == 0 and row[at] is not None:
            row[at] = f"{rng.choice(MORE_MARKS)}{row[at]}"
        elif how == 1:
            row[at] = rng.choice(MORE_TOTALS)
        elif how == 2:
            row[at] = Broken("=1+1", is_formula=rng.random() < 0.5)
        elif how == 3:
            row[at], row[other] = row[other], row[at]
        elif how == 4 and row[at] is not None:
            row[at] = f"{row[at]}{rng.choice(['（含合计）', ' 合计', '小计', ' ', '：'])}"
        else:
            row[at] = rng.choice(OTHERS)
    return row


def has_its_key(row):
    """Whether the code of a planted row is still in it."""
    return "P-900" in unicodedata.normalize("NFKC", "".join(map(str, row)))


def harsh(rng):
    """Sheet, layout, and the number of the planted row: anywhere, with merged cells, hidden, between two headers."""
    layout, key = rng.choice(LAYOUTS)
    head = rng.choice([ONE_ROW, TWO_ROWS])
    rows = county(rng, head)
    if rng.random() < 0.2:
        again = rng.randrange(len(rows))
        rows[again:again] = [[], *head]
    at = rng.randrange(4) if rng.random() < 0.35 else rng.randrange(len(rows) + 1)
    row, merges = spoiled(rng, key), []
    if rng.random() < 0.2:
        left = rng.randrange(1, 8)
        top = max(1, at + 1 - rng.randrange(2))
        merges = [Merge(top, left, at + 1 + rng.choice([0, 0, 1]), rng.randrange(left, 9))]
        if rng.random() < 0.5:
            row[left : merges[0].right] = [None] * (merges[0].right - left)
    sheet = sheet_of([*rows[:at], row, *rows[at:]], merges)
    sheet.hidden_rows = {at + 1} if rng.random() < 0.2 else set()
    return sheet, layout, at + 1, row


def lost_of(count, seed):
    lost, tried, read_whole = [], 0, 0
    for number in range(count):
        sheet, layout, at, row = harsh(random.Random(seed + number))
        if not has_its_key(row):
            continue
        reading = read_sheets(Path("镇雄县.xlsx"), [sheet], layout)
        tried += 1
        lost += [(seed + number, at, row)] * (not found(reading, at))
        read_whole += not reading.problems
    assert read_whole > tried / 20
    return lost


def test_no_row_with_its_code_is_lost():
    assert lost_of(300, seed=0) == []


@pytest.mark.thorough
def test_no_row_of_many_with_its_code_is_lost():
    assert lost_of(20_000, seed=10_000_000) == []


@pytest.mark.parametrize("head", [ONE_ROW, TWO_ROWS], ids=["one", "two"])
def test_what_counties_send_is_read(head):
    rng = random.Random(1)
    for _ in range(50):
        rows = county(rng, head)
        reading = read_sheets(Path("镇雄县.xlsx"), [sheet_of(rows)], BY_CODE)
        assert reading.problems == []
        account = reading.account
        assert (account.seen, account.read, account.header) == (len(rows), 6, len(head))
        assert account.closes


def test_through_real_files(tmp_path):
    rng = random.Random(7)
    for number in range(12):
        rows = county(rng, ONE_ROW)
        at = rng.randrange(len(rows) + 1)
        planted = plant(rng, 1)
        book = openpyxl.Workbook()
        book.active.title = "Sheet1"
        for line in [*rows[:at], planted, *rows[at:]]:
            book.active.append(line)
        path = tmp_path / f"{number}.xlsx"
        book.save(path)
        assert found(read(path, BY_CODE), at + 1), (at + 1, planted)


def one(*rows, layout=BY_CODE, merges=()):
    return read_sheets(Path("a.xlsx"), [sheet_of([COLUMNS, *rows], merges)], layout)


FIRST, SECOND = data(1, 3, 10), data(2, 3, 10)


class TestKinds:
    @pytest.mark.parametrize("mark", ["*", "※", "注：", "负责人："])
    def test_a_marked_row_with_its_key_is_data(self, mark):
        marked = [None, f"{mark}A002", None, "厌学"]
        reading = one(FIRST, marked)
        assert [row["row_id"] for row in reading.rows] == ["A001", f"{mark}A002"]
        school = one(FIRST, [None, "A002", f"{mark}示例小学", "厌学"], layout=BY_SCHOOL)
        assert [row["school"] for row in school.rows] == ["第一小学", f"{mark}示例小学"]

    @pytest.mark.parametrize("remark", ["春秋合计", "小计"])
    @pytest.mark.parametrize("numbers", [(3, 10), (0, 0)])
    def test_a_remark_makes_no_total_of_a_row_with_a_key(self, remark, numbers):
        reading = one(FIRST, [*data(2, *numbers), remark])
        assert reading.problems == []
        assert (len(reading.rows), reading.totals) == (2, [])

    def test_a_total_with_a_number_of_its_own_is_refused_not_counted(self):
        # 编号 goes on through the rows of totals
        reading = one(FIRST, SECOND, [3, "A003", "合计", None, 6, 20])
        assert [(one.kind, one.place) for one in reading.problems] == [("total", "a.xlsx!Sheet1!A4")]
        assert len(reading.rows) == 2

    def test_a_row_that_lost_its_key_is_no_total(self):
        reading = one(FIRST, [2, None, "第二小学", "厌学", 3, 10, "2018-11-08", "两校合计"])
        assert [(one.kind, one.place) for one in reading.problems] == [("total", "a.xlsx!Sheet1!A3")]

    @pytest.mark.parametrize("text", ["*A002", "※A002", "注：A002", "负责人：A002"])
    def test_a_key_alone_behind_a_mark_is_refused(self, text):
        reading = one(FIRST, [None, text])
        assert [(one.kind, one.place) for one in reading.problems] == [("line", "a.xlsx!Sheet1!B3")]

    @pytest.mark.parametrize("note", ["*2018年数据", "※ 含附属幼儿园，不含民办", "注：A001 为新建", "负责人：张三"])
    def test_what_cannot_be_a_row_is_a_note(self, note):
        reading = one(FIRST, [None, note])
        assert reading.problems == []
        assert [(one.kind, one.text) for one in reading.notes] == [("footnote", note)]
        assert reading.account.notes == 1

    def test_signatures_in_cells_of_their_own(self):
        line = ["填表人：", "张三", None, "审核人：李四", None, None, "填表日期：", "2018-11-09"]
        reading = one(FIRST, [None, *line[:1], line[1], line[3]])
        assert [one.kind for one in reading.notes] == ["footnote"]
        assert reading.problems == []

    @pytest.mark.parametrize("row", [SECOND, [None, "*A002", None, None, 0, 0], [None, "A002", "第二小学"]])
    def test_a_row_above_the_header_is_refused(self, row):
        reading = read_sheets(Path("a.xlsx"), [sheet_of([*CAPTIONS, row, COLUMNS, FIRST])], BY_CODE)
        assert [(one.kind, one.place.rpartition("!")[2][1:]) for one in reading.problems] == [("line", "3")]

    @pytest.mark.parametrize(
        "row",
        [
            [7, "负责人：P-900", None, "负责人：厌学"],
            [7, "注：A900", None, None, None, None, None, "小计"],
            [None, None, "示例小学", "厌学", "注：0"],
            ["共计：", "示例小学", "P-900"],
            [None, "-（注）：P-900", None, "（注）：厌学"],
            [None, "填报单位：", "*示例小学", "*厌学", "*0"],
            ["７", None, "示例小学", "其中：女生"],
        ],
    )
    @pytest.mark.parametrize("merges", [[], [Merge(2, 2, 2, 3)]], ids=["", "merged"])
    def test_a_row_behind_words_of_captions_is_refused(self, row, merges):
        reading = read_sheets(Path("a.xlsx"), [sheet_of([CAPTIONS[0], row, COLUMNS, FIRST], merges)], BY_CODE)
        assert [(one.kind, one.place.rpartition("!")[2][1:]) for one in reading.problems] == [("line", "2")]
        assert reading.account.closes

    @pytest.mark.parametrize("merge", [Merge(2, 6, 3, 6), Merge(2, 1, 3, 8)], ids=["beside", "covered"])
    def test_a_row_that_merged_cells_draw_into_the_header_is_refused(self, merge):
        row = [None, *SECOND[1:]]
        reading = read_sheets(Path("a.xlsx"), [sheet_of([CAPTIONS[0], row, COLUMNS, FIRST], [merge])], BY_CODE)
        assert [(one.kind, one.place) for one in reading.problems if one.kind == "line"] == [
            ("line", "a.xlsx!Sheet1!B2")
        ]
        assert reading.account.closes

    def test_words_and_units_belong_to_a_header_by_merged_cells(self):
        upper = ["序号", "编号", "学校情况", None, "补助", None, "日期", "备注"]
        units = [None, None, None, None, "（人）", "（万元）"]
        merges = [Merge(1, 1, 3, 1), Merge(1, 2, 3, 2), Merge(1, 3, 1, 4)]
        merges += [Merge(1, 5, 1, 6), Merge(1, 7, 3, 7), Merge(1, 8, 3, 8)]
        lower = [None, None, "学校", "原因", "人数", "金额"]
        reading = read_sheets(Path("a.xlsx"), [sheet_of([upper, lower, units, FIRST], merges)], NESTED)
        assert reading.problems == []
        assert (len(reading.rows), reading.account.header) == (1, 3)

    def test_captions_of_two_cells_are_captions(self):
        above = [["镇雄县教育局", None, None, "2018年11月9日"], ["2018年补助情况"]]
        reading = read_sheets(Path("a.xlsx"), [sheet_of([*above, COLUMNS, FIRST])], BY_CODE)
        assert reading.problems == []
        assert reading.account.notes == 2


class TestAccount:
    def test_it_closes_with_each_kind(self):
        blank = [5, None, None, None, None, None, None, "空"]
        rows = [FIRST, COLUMNS, SECOND, [], ["合计", None, None, None, 6, 20], blank, ["注：一"]]
        reading = one(*rows)
        assert reading.problems == []
        account = reading.account
        assert (account.seen, account.header, account.read, account.totals) == (8, 1, 2, 1)
        assert (account.notes, account.blank, account.refused) == (2, 2, 0)
        assert account.closes

    def test_one_that_does_not_close_says_so(self):
        reading = one(FIRST, SECOND, ["一行字"])
        assert (reading.account.refused, reading.account.closes) == (1, True)


def test_merged_titles_and_notes_are_notes():
    reading = one(FIRST, [None, "*示例小学"], layout=BY_SCHOOL, merges=[Merge(3, 2, 3, 7)])
    assert reading.problems == []
    assert [one.kind for one in reading.notes] == ["footnote"]
