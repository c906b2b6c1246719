"""A row planted anywhere in a county's workbook is read or refused, whatever it looks like; every account closes."""

import random
from pathlib import Path

import openpyxl
import pytest

from zt_analysis.submissions import Field, Layout, read
from zt_analysis.submissions.grid import Merge, Sheet
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
    read_rows = {int(place["row_id"].rpartition("!")[2].lstrip("ABCDEFGH")) for place in reading.places}
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
    reading = one(FIRST, [None, "*A002"], merges=[Merge(3, 2, 3, 7)])
    assert reading.problems == []
    assert [one.kind for one in reading.notes] == ["footnote"]
