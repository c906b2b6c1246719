"""Eleven county files of one table, each with another of the ways in which offices really send them."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import xlwt
from openpyxl import Workbook
from openpyxl.styles import Alignment

LEVELS = {"central": "中央", "provincial": "省级", "municipal": "市级", "county": "县级"}
SOURCES = """
fund_allocations:
  from: "submissions/funds"
  one_per: "counties"
  due_on: "2999-12-31"
  columns:
    allocation_id: "编号"
    document_no: "文号"
    issued_on: "下达日期"
    level: "级次"
    programme: "项目"
    amount_fen: ["资金/金额", "资金/下达/金额", "金额"]
  units: {amount_fen: "万元"}
  values:
    level: {中央: central, 省级: provincial, 市级: municipal, 县级: county}
  ignored: ["序号"]
"""
HEADER = ["编号", "文号", "下达日期", "级次", "项目", "金额（万元）"]


def rows_by_county(package):
    """The shipped rows of fund_allocations by the county's name."""
    with (package / "counties.csv").open(encoding="utf-8") as file:
        names = {row["county_code"]: row["name_zh"] for row in csv.DictReader(file)}
    found = {name: [] for name in names.values()}
    with (package / "fund_allocations.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[names[row["county_code"]]].append(row)
    return found


def write_all(package, folder):
    """One file for each county; what is in them adds up to the package's table."""
    folder.mkdir(parents=True)
    for (name, rows), write in zip(rows_by_county(package).items(), WRITERS, strict=True):
        write(folder, name, rows)


def amount(row):
    """In 万元, exactly."""
    return Decimal(row["amount_fen"]) / 1_000_000


def cells(row, day=lambda one: one, number=lambda one: float(one)):
    """One row as it stands in a file."""
    return [
        row["allocation_id"], row["document_no"], day(row["issued_on"]), LEVELS[row["level"]], row["programme"],
        number(amount(row)),
    ]  # fmt: skip


def total(rows):
    return sum(amount(row) for row in rows)


def captioned(folder, name, rows):
    """Title, caption with the unit, two merged header rows, 合计, a line of notes."""
    book = Workbook()
    sheet = book.active
    sheet.append([f"{name}教育资金下达情况表"])
    sheet.merge_cells("A1:G1")
    sheet.append(["单位：万元"])
    sheet.append(["序号", "编号", "文号", "下达日期", "级次", "项目", "资金"])
    sheet.append([None, None, None, None, None, None, "金额"])
    for column in "ABCDEF":
        sheet.merge_cells(f"{column}3:{column}4")
    for number, row in enumerate(rows, 1):
        sheet.append([number, *cells(row, day=date.fromisoformat)])
    sheet.append([None, "合 计", None, None, None, None, float(total(rows))])
    sheet.append(["注：本表数字为合成数据。"])
    sheet["A1"].alignment = Alignment(horizontal="center")
    book.save(folder / f"{name}.xlsx")


def old_excel(folder, name, rows):
    """Excel 97-2003 with dates as serials, and a merged title."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("资金")
    sheet.write_merge(0, 0, 0, 5, "教育资金")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for column, text in enumerate(HEADER):
        sheet.write(1, column, text)
    for line, row in enumerate(rows, 2):
        for column, cell in enumerate(cells(row, day=date.fromisoformat)):
            sheet.write(line, column, cell, day) if column == 2 else sheet.write(line, column, cell)
    book.save(str(folder / f"{name}.xls"))


def text(encoding, *, suffix=".csv", delimiter=",", day=lambda one: one, number=str):
    """A writer of text files."""

    def write(folder, name, rows):
        with (folder / f"{name}{suffix}").open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=delimiter)
            writer.writerow(HEADER)
            writer.writerows(cells(row, day=day, number=number) for row in rows)
            writer.writerow(["合计", "", "", "", "", number(total(rows))])

    return write


def hidden(folder, name, rows):
    """A hidden row of data, which counts, and a hidden sheet, which does not."""
    book, sheet = _plain(rows)
    sheet.row_dimensions[5].hidden = True
    other = book.create_sheet("旧表")
    other.append(HEADER)
    other.append(cells(rows[0]))
    other.sheet_state = "hidden"
    book.save(folder / f"{name}.xlsx")


def wide_digits(folder, name, rows):
    """Full-width digits, thousands separators, blanks around."""
    wide = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
    book, _ = _plain(
        rows, day=lambda one: one.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        number=lambda one: f" {one:,} ".translate(wide),
    )  # fmt: skip
    book.save(folder / f"{name}.xlsx")


def subtotals(folder, name, rows):
    """Three header rows, a 小计 below each level, a 合计 below all."""
    book = Workbook()
    sheet = book.active
    sheet.append(["编号", "文号", "下达日期", "级次", "项目", "资金"])
    sheet.append([None] * 5 + ["下达"])
    sheet.append([None] * 5 + ["金额"])
    for column in "ABCDE":
        sheet.merge_cells(f"{column}1:{column}3")
    for level in dict.fromkeys(row["level"] for row in rows):
        part = [row for row in rows if row["level"] == level]
        for row in part:
            sheet.append(cells(row, day=date.fromisoformat))
        sheet.append([f"{LEVELS[level]}小计", None, None, None, None, float(total(part))])
    sheet.append(["合计", None, None, None, None, float(total(rows))])
    book.save(folder / f"{name}.xlsx")


def chinese_dates(folder, name, rows):
    """2018年1月12日, and a column of numbers that nobody asked for but everybody has."""
    book, _ = _plain(rows, day=lambda one: "{0.year}年{0.month}月{0.day}日".format(date.fromisoformat(one)))
    book.save(folder / f"{name}.xlsx")


def serials(folder, name, rows):
    """Dates as bare serials of days, without a format."""
    book, _ = _plain(rows, day=lambda one: (date.fromisoformat(one) - date(1899, 12, 30)).days)
    book.save(folder / f"{name}.xlsx")


def _plain(rows, **how):
    book = Workbook()
    sheet = book.active
    sheet.append(HEADER)
    for row in rows:
        sheet.append(cells(row, **how))
    return book, sheet


WRITERS = (
    captioned,
    old_excel,
    text("gb18030"),
    text("utf-8-sig", number=lambda one: f"{one:,}"),
    text("utf-16", suffix=".tsv", delimiter="\t"),
    hidden,
    wide_digits,
    subtotals,
    chinese_dates,
    text("utf-8", day=lambda one: one.replace("-", "/")),
    serials,
)


def find(folder: Path, name: str) -> Path:
    """The file of one county."""
    return next(folder.glob(f"{name}.*"))
