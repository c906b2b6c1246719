"""A row planted anywhere in a county's workbook is read or refused, whatever it looks like; every account closes."""

import random
from pathlib import Path

import openpyxl
import pytest
from planted_rows import (
    BY_CODE,
    BY_SCHOOL,
    CAPTIONS,
    COLUMNS,
    KEYS,
    NESTED,
    ONE_ROW,
    TWO_ROWS,
    county,
    data,
    found,
    harsh,
    has_its_key,
    plant,
    rest,
    sheet_of,
)  # fmt: skip
from sweeps import each_with_each

from zt_analysis.submissions import Layout, read
from zt_analysis.submissions.grid import Merge
from zt_analysis.submissions.reading import read_sheets

pytestmark = pytest.mark.slow

# of each of four forms of table: 500 in all
PLANTS = 125


@each_with_each(("layout", "head"), {"code": BY_CODE, "school": BY_SCHOOL}, {"one": ONE_ROW, "two": TWO_ROWS})
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


def lost_of(count, seed):
    lost, tried, read_whole = [], 0, 0
    for number in range(count):
        sheets, layout, at, row = harsh(random.Random(seed + number))
        if not has_its_key(row):
            continue
        reading = read_sheets(Path("镇雄县.xlsx"), sheets, layout)
        tried += 1
        lost += [(seed + number, at, row)] * (not found(reading, at) and not is_a_caption(reading, row))
        read_whole += not reading.problems
    assert read_whole > tried / 25
    return lost


def is_a_caption(reading, row):
    """Whether all that is left of the row is one cell of words, which stands above the table among its captions."""
    (text, *more) = [str(value) for value in row if value is not None and str(value).strip(" \xa0\u3000\u200b—")]
    is_words = any("\u4e00" <= sign <= "\u9fff" for sign in text)
    return not more and is_words and any(note.kind == "title" and note.text == text for note in reading.notes)


@pytest.mark.thorough
def test_no_row_with_its_code_is_lost():
    assert lost_of(150, seed=0) == []


@pytest.mark.thorough
def test_no_row_of_many_with_its_code_is_lost():
    assert lost_of(20_000, seed=10_000_000) == []


@pytest.mark.parametrize("head", [ONE_ROW, pytest.param(TWO_ROWS, marks=pytest.mark.thorough)], ids=["one", "two"])
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

    @pytest.mark.parametrize(
        "row",
        [
            [None, "合计P-900小计", "示例小学", "厌学", 21, 10.5, "2018-11-09"],
            [7, "两校合计", "共计12户", "厌学", 0, 0, "其中：2018-11-09", "小计P-900"],
            ["７", None, None, "春秋小计", "０", None, None, "０、注:Ｐ－９００"],
        ],
    )
    def test_a_total_that_holds_a_code_is_refused(self, row):
        reading = one(FIRST, row)
        assert ("total", "A3") in {
            (one.kind, one.place.rpartition("!")[2].replace("B", "A")) for one in reading.problems
        }
        assert len(reading.rows) == 1

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
            [None, "填报时间：7", None, "填报时间：（注）：P-900"],
            ["\xa0", None, None, None, "小计Ｐ－９００", "小计１０．５"],
            [None, None, "示例小学", None, None, "10.5：P-900"],
            ["7 填表人：P-900", None, "（一）东河镇", "厌学"],
            ["7 0\n注：", None, "示例小学", "厌学：* P-900", None, None, "2018-11-09"],
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


class TestColumnsNotRead:
    """A row whose values all stand in columns that are not read: of a template, or a row in the wrong place."""

    LAYOUT = Layout(BY_CODE.fields[:1], ignored=rest("编号"), key=("row_id",))

    @pytest.mark.parametrize("row", [[5], [5, None, "示例小学"], [5, None, None, None, None, None, None, "空"]])
    def test_a_blank_row_of_a_template_is_noted(self, row):
        reading = one(FIRST, row, layout=self.LAYOUT)
        assert reading.problems == []
        assert (len(reading.rows), reading.account.blank) == (1, 1)

    @pytest.mark.parametrize(
        "row", [[7, None, "示例小学", "厌学", 0], [7, None, None, "P-900"], [None, None, "*P-900"]]
    )
    def test_a_row_in_the_wrong_columns_is_refused(self, row):
        reading = one(FIRST, row, layout=self.LAYOUT)
        (problem,) = reading.problems
        assert (problem.kind, problem.place[-1]) == ("line", "3")
        assert problem.expected.startswith("a row ")
        assert reading.account.closes

    def test_a_code_where_codes_stand_is_a_template(self):
        first = [1, "A001", None, "P-1"]
        assert one(first, [2, None, None, "P-2"], layout=self.LAYOUT).problems == []


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
