"""County workbooks with one row of data planted in them, spoiled in the ways in which rows have vanished."""

import datetime
import unicodedata
from dataclasses import replace

from zt_analysis.submissions import Field, Layout
from zt_analysis.submissions.grid import Broken, Merge, Sheet

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
    """A row of data as counties write it."""
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
    """A sheet that holds the rows."""
    filled = {
        number: {column: value for column, value in enumerate(row, 1) if value is not None}
        for number, row in enumerate(rows, 1)
    }
    return Sheet("Sheet1", {number: cells for number, cells in filled.items() if cells}, list(merges))


def found(reading, row):
    """Whether the row was read, or the file refused by it; by its header where the row stands inside the header."""
    read_rows = {int(next(iter(at.values())).rpartition("!")[2].lstrip("ABCDEFGHIJ")) for at in reading.places}
    refused = {place.lstrip("ABCDEFGHIJ") for place in (one.place.rpartition("!")[2] for one in reading.problems)}
    return row in read_rows or str(row) in refused or any(one.kind in ("header", "sheet") for one in reading.problems)


NESTED = replace(
    BY_CODE,
    fields=tuple(
        replace(one, headers=(*one.headers, f"学校情况/{one.headers[0]}", f"{one.headers[0]}(人)"))
        for one in BY_CODE.fields
    ),
)
TEXTS_ONLY = Layout(
    tuple(one for one in BY_CODE.fields if not one.is_numeric),
    ignored=(*BY_CODE.ignored, "人数", "金额"),
    key=("row_id",),
)


def rest(*read):
    """The headers that are not read where ``read`` are; 补助/人数 is the same column as 人数."""
    return tuple(one for one in [*COLUMNS, "补助/人数", "补助/金额"] if one.rpartition("/")[2] not in read)


LAYOUTS = [
    (BY_CODE, 1),
    (BY_SCHOOL, 2),
    (replace(BY_CODE, zero_report=True), 1),
    (replace(BY_CODE, key=()), 1),
    (replace(BY_CODE, key=("row_id", "school")), 1),
    (TEXTS_ONLY, 1),
    # most columns are not read, or the key has a type of its own
    (Layout(BY_CODE.fields[:1], ignored=rest("编号"), key=("row_id",)), 1),
    (replace(TEXTS_ONLY, key=("row_id", "paid_on")), 1),
    (Layout((BY_CODE.fields[0], BY_CODE.fields[3]), ignored=rest("编号", "人数"), key=("row_id",)), 1),
]
MORE_MARKS = [
    *MARKS,
    "来源:",
    "联系电话：",
    "统计员(章)：",
    "填报单位：",
    "填报时间：",
    "填表日期：",
    "截止时间：",
    "单位：",
    "学年：",
    "1.",
    "2、",
    "①",
    "-",
    "—",
    "其中：",
    "备注说明：",
    "一、",
    "（二）",
    "附表1：",
    "表",
    "No.",
    "编号：",
    "合计镇",
]
MORE_TOTALS = [
    *TOTALS,
    "全县合计",
    "见合计",
    "合计人数",
    "人数合计",
    "小计：",
    "共计12户",
    "合计镇",
    "总计村小计小学",
    "合计镇合计",
    "共计",
]
OTHERS = [
    "P-900",
    "示例小学",
    "2018-11-09",
    0,
    7,
    "注：A901",
    "负责人：张三",
    "—",
    "无",
    "\u3000",
    "\u200b",
    "\xa0",
    "填报时间：7",
    "单位：",
    "2018年11月",
    "（一）东河镇",
    "合计镇中心小学",
    datetime.date(2018, 11, 9),
    0.5,
    True,
]
INSIDE = ["\xa0", "\u3000", "\u200b", " ", "\n", "\ufeff", "\t"]
BEHIND = ["（含合计）", " 合计", "小计", " ", "：", "\xa0", "（人）", "合计镇", "\n注：", "；"]
GROUPS = [
    ["一、东河镇"],
    [None, "（一）西河镇"],
    ["合计镇"],
    [None, None, "合计镇", None, 0, 0],
    ["续表"],
    [1, 2, 3, 4, 5, 6, 7, 8],
]


def spoiled(rng, key):
    """A planted row with more of the same, a formula without its result, its cells changed about."""
    row = plant(rng, key)
    for _ in range(rng.choice([0, 0, 1, 1, 2, 3, 5])):
        at, other = rng.randrange(8), rng.randrange(8)
        how = rng.randrange(8)
        if how == 0 and row[at] is not None:
            row[at] = f"{rng.choice(MORE_MARKS)}{row[at]}"
        elif how == 1:
            row[at] = rng.choice(MORE_TOTALS)
        elif how == 2:
            row[at] = Broken("=1+1", is_formula=rng.random() < 0.5)
        elif how == 3:
            row[at], row[other] = row[other], row[at]
        elif how == 4 and row[at] is not None:
            row[at] = f"{row[at]}{rng.choice(BEHIND)}"
        elif how == 5 and isinstance(row[at], str) and row[at]:
            where = rng.randrange(len(row[at]) + 1)
            row[at] = row[at][:where] + rng.choice(INSIDE) + row[at][where:]
        elif how == 6 and row[at] is not None and row[other] is not None:
            row[at], row[other] = f"{row[at]}{rng.choice(['', ' ', '：', '、'])}{row[other]}", None
        else:
            row[at] = rng.choice(OTHERS)
    return row


def has_its_key(row):
    """Whether the code of a planted row is still in it."""
    text = unicodedata.normalize("NFKC", "|".join(map(str, row)))
    return "P-900" in "".join(text.replace("\u200b", "").replace("\ufeff", "").split())


def harsh(rng):
    """Sheets, layout, and the number of the planted row: anywhere, with merged cells, hidden, between two headers."""
    layout, key = rng.choice(LAYOUTS)
    head = rng.choice([ONE_ROW, TWO_ROWS])
    rows = county(rng, head)
    if rng.random() < 0.2:
        again = rng.randrange(len(rows))
        rows[again:again] = [[], *head]
    if rng.random() < 0.2:
        where = rng.randrange(len(rows))
        rows[where:where] = [list(rng.choice(GROUPS))]
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
    sheets = [sheet]
    if rng.random() < 0.1:
        other = sheet_of(county(rng, head))
        other.name, other.hidden = "去年", rng.random() < 0.8
        sheets.insert(rng.randrange(2), other)
    return sheets, layout, at + 1, row
