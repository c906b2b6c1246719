"""Eleven county files as offices make them, out of the shipped (synthetic) fund_allocations: each in a form of its own.

Read with ``FUNDS`` the files give back the package's rows; with ``spoiled=True`` each holds one horror to be refused.
"""

import csv
import datetime
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt

from zt_analysis.submissions import Field, FromName, Layout

COUNTIES = {
    "昭阳区": "530602", "鲁甸县": "530621", "巧家县": "530622", "盐津县": "530623", "大关县": "530624",
    "永善县": "530625", "绥江县": "530626", "镇雄县": "530627", "彝良县": "530628", "威信县": "530629",
    "水富市": "530681",
}  # fmt: skip
LEVELS = {"中央": "central", "省级": "provincial"}
PROGRAMMES = {
    "寄宿生生活补助": "boarder_subsidy", "营养改善计划": "nutrition", "学前教育助学金": "preschool_grant",
    "公用经费": "public_funds", "建档立卡生活补助": "registered_poor_living", "普通高中助学金": "senior_grant",
    "普通高中免学杂费": "senior_waiver", "免费教科书": "textbooks", "中职助学金": "vocational_grant",
    "中职免学费": "vocational_waiver",
}  # fmt: skip
FUNDS = Layout(
    fields=(
        Field("allocation_id", "string", ("编号",), required=True),
        Field("document_no", "string", ("文号",), required=True),
        Field("issued_on", "date", ("下达日期",), required=True),
        Field("level", "string", ("资金/层级",), values=LEVELS, required=True),
        Field("programme", "string", ("资金/项目",), values=PROGRAMMES, required=True),
        Field("amount_fen", "integer", ("资金/金额",), unit="万元", base="分", required=True),
    ),
    constants={"county_code": FromName(COUNTIES)},
    ignored=("序号",),
)
HEADER = ["序号", "编号", "文号", "下达日期", "资金", None, None]
SECOND = [None, None, None, None, "层级", "项目", "金额（万元）"]
TITLE = ["教育资金下达情况表（合成的演示数据）"]
CAPTION = ["填报单位：县教育局", None, None, None, None, None, "单位：万元"]
NOTE = ["注：数据截至统计日"]
SIGNED = ["填表人：　　　　审核人："]
# the first row of data, and its cells, in every file
FIRST, LAST_HEADER = 5, 4
MERGES = ("A1:G1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:G3")


@dataclass(frozen=True)
class Submission:
    """One file: its county's code, and where it is spoiled, the kind and the place of the problem it must give."""

    path: Path
    county_code: str
    kind: str = ""
    place: str = ""


def fund_rows(package):
    """The rows of fund_allocations in the package's folder, as text."""
    with (package / "fund_allocations.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_county_workbooks(folder, rows, *, spoiled=False):
    """Eleven files in ``folder`` from ``rows`` of fund_allocations; what they must give, in the order of COUNTIES."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        writer(folder, name, [row for row in rows if row["county_code"] == code], spoil if spoiled else None)
        for (name, code), (writer, spoil) in zip(COUNTIES.items(), FORMS, strict=True)
    ]


def lines_of(rows, *, amount=float, day=datetime.date.fromisoformat):
    """A table's data lines and its total in 万元."""
    level = {value: key for key, value in LEVELS.items()}
    programme = {value: key for key, value in PROGRAMMES.items()}
    lines, total = [], Decimal(0)
    for number, row in enumerate(rows, 1):
        value = Decimal(row["amount_fen"]) / 10**6
        total += value
        names = [level[row["level"]], programme[row["programme"]]]
        lines.append([number, row["allocation_id"], row["document_no"], day(row["issued_on"]), *names, amount(value)])
    return lines, amount(total)


def submission(path, name, spoil, sheet="Sheet1"):
    kind, cell = spoil[:2] if spoil else ("", "")
    return Submission(path, COUNTIES[name], kind, "!".join(filter(None, (path.name, sheet, cell))) if spoil else "")


def put(lines, spoil):
    """The lines with what spoils them at its cell."""
    if spoil and len(spoil) > 2:
        column, row = ord(spoil[1][0]) - ord("A"), int(spoil[1][1:]) - 1
        lines[row] = [*lines[row], *[None] * (column + 1 - len(lines[row]))]
        lines[row][column] = spoil[2]
    return lines


def excel(folder, name, lines, spoil, *, merges=MERGES, change=None):
    path = folder / f"{name}.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    if change:
        change(book)
    for line in put(lines, spoil):
        book.active.append(line)
    for merge in merges:
        book.active.merge_cells(merge)
    book.save(path)
    return submission(path, name, spoil)


def plain_workbook(folder, name, rows, spoil):
    lines, total = lines_of(rows)
    whole = [TITLE, CAPTION, HEADER, SECOND, *lines, ["合　计", None, None, None, None, None, total], NOTE, SIGNED]
    return excel(folder, name, whole, spoil)


def wide_digits(folder, name, rows, spoil):
    wide = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
    lines, total = lines_of(rows, amount=lambda value: f"{value:,f}".translate(wide))
    return excel(folder, name, [TITLE, CAPTION, HEADER, SECOND, *lines, [None, "总计：", *[None] * 4, total]], spoil)


def total_on_top(folder, name, rows, spoil):
    lines, total = lines_of(rows, day=lambda text: datetime.date.fromisoformat(text).strftime("%Y.%-m.%-d"))
    return excel(folder, name, [TITLE, CAPTION, HEADER, SECOND, ["全县合计", *[None] * 5, total], *lines], spoil)


def subtotals(folder, name, rows, spoil):
    """A 小计 for each level, one hidden row, and last year's table on a hidden sheet."""

    def hide(book):
        book.create_sheet("2017年").append(["旧", 1])
        book["2017年"].sheet_state = "hidden"
        book.active.row_dimensions[FIRST + 1].hidden = True

    whole = [TITLE, CAPTION, HEADER, SECOND]
    for level in LEVELS.values():
        lines, total = lines_of([row for row in rows if row["level"] == level])
        whole += [*lines, [None, None, None, None, "小计", None, total]]
    whole.append(["合计", *[None] * 5, lines_of(rows)[1]])
    merges = (*MERGES, "B5:B6") if spoil else MERGES
    return excel(folder, name, whole, spoil, merges=merges, change=hide)


def since_1904(folder, name, rows, spoil):
    def from_1904(book):
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    first = datetime.date(1904, 1, 1)
    lines, total = lines_of(rows, day=lambda text: (datetime.date.fromisoformat(text) - first).days)
    whole = [TITLE, CAPTION, HEADER, SECOND, *lines, [], ["合计", *[None] * 5, total]]
    return excel(folder, name, whole, spoil, change=from_1904)


def formulas(folder, name, rows, spoil):
    """The total is a formula with its result."""
    path = folder / f"2018年{name}（定稿）.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Sheet1")
    lines, total = lines_of(rows, day=lambda text: text.replace("-", "/"))
    for row, line in enumerate(put([TITLE, CAPTION, [*HEADER[:4], *["资金"] * 3], SECOND, *lines], spoil)):
        sheet.write_row(row, 0, line)
    last = LAST_HEADER + len(lines)
    sheet.write(last, 0, "合计")
    sheet.write_formula(last, 6, f"=SUM(G{FIRST}:G{last})", value=total)
    book.close()
    return submission(path, name, spoil)


def old_excel(folder, name, rows, spoil, *, dates_1904=False):
    """.xls with merged headers, date cells, the header once more in the middle, and a hidden row."""
    path = folder / f"{name}.xls"
    book = xlwt.Workbook()
    book.dates_1904 = dates_1904
    sheet = book.add_sheet("Sheet1")
    lines, total = lines_of(rows)
    middle = len(lines) // 2
    whole = [TITLE, CAPTION, HEADER, SECOND, *lines[:middle], HEADER, SECOND, *lines[middle:]]
    whole.append(["合计", *[None] * 5, total])
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for row, line in enumerate(put(whole, spoil)):
        for column, value in enumerate(line):
            if value is not None and (row, column) != (2, 4):
                sheet.write(row, column, value, *([day] if isinstance(value, datetime.date) else []))
    sheet.write_merge(2, 2, 4, 6, "资金")
    sheet.row(FIRST).hidden = True
    book.save(str(path))
    return submission(path, name, spoil)


def old_excel_1904(folder, name, rows, spoil):
    return old_excel(folder, name, rows, spoil, dates_1904=True)


def delimited(encoding, delimiter, ending):
    def write(folder, name, rows, spoil):
        path = folder / f"{name}{ending}"
        lines, total = lines_of(
            rows,
            amount=lambda value: f"{value:,f}",
            day=lambda text: "{}年{}月{}日".format(*(int(part) for part in text.split("-"))),
        )
        whole = [TITLE, CAPTION, HEADER, SECOND, *lines, ["合计", *[None] * 5, total], NOTE]
        with path.open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream, delimiter=delimiter).writerows(put(whole, spoil))
        return submission(path, name, spoil, sheet="")

    return write


# each county's form, and what spoils it: the kind of problem, its cell, what is put there
FORMS = (
    (plain_workbook, ("approximate", "G5", "约3000")),
    (old_excel, ("date", "D5", 2018)),
    (delimited("gb18030", ",", ".csv"), ("scaled", "G6", "3万")),
    (delimited("utf-8-sig", ",", ".csv"), ("total", "G28", "1.0")),
    (delimited("utf-16", "\t", ".tsv"), ("unit", "G4", "金额（元）")),
    (wide_digits, ("error", "G7", "#REF!")),
    (since_1904, ("formula", "G5", "=1+1")),
    (subtotals, ("merged", "B5")),
    (total_on_top, ("missing", "C7", None)),
    (old_excel_1904, ("word", "E6", "市级")),
    (formulas, ("header", "H4", "联系电话")),
)


def packaged(rows, county_code):
    """The package's rows of one county, in the shape in which a Reading gives them."""
    columns = {"county_code", *(one.name for one in FUNDS.fields)}
    return [{key: row[key] for key in columns} for row in rows if row["county_code"] == county_code]


def layout_of_another_unit():
    """FUNDS as it would be if someone took the amounts for 元."""
    amount = replace(FUNDS.fields[-1], unit="元")
    return replace(FUNDS, fields=(*FUNDS.fields[:-1], amount))
