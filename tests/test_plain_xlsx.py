"""A workbook without looks is read without openpyxl, and gives what openpyxl gives; any other is left to it."""

import io
import subprocess
import sys

import pytest
import xlsxwriter

from zt_analysis.submissions import xlsx

TEXTS = ("姓名 ", " a\nb", "", " ", "<&>", "12", "=1", "０", "学生")
NUMBERS = (0, 1, -7, 0.5, -0.25, 1e21, 13371532000, 123456789012345678, 1e-7)


def made(fill, **options):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **options}) as book:
        fill(book, book.add_worksheet("一"))
    return buffer.getvalue()


def plain(book, sheet):
    bold = book.add_format({"bold": True})
    for column, text in enumerate(TEXTS):
        sheet.write_string(0, column, text, bold)
    for row, number in enumerate(NUMBERS, start=2):
        sheet.write_number(row, row % 3, number)
    sheet.merge_range("E5:F6", "合")
    sheet.set_row(4, None, None, {"hidden": True})
    sheet.set_column("H:H", None, None, {"hidden": True})
    book.add_worksheet("empty")
    other = book.add_worksheet("二")
    other.write("B2", "末")


OTHERS = {
    "a day": lambda book, sheet: sheet.write_number(0, 0, 43412, book.add_format({"num_format": "yyyy-mm-dd"})),
    "a format of its own": lambda book, sheet: sheet.write_number(0, 0, 0.5, book.add_format({"num_format": 9})),
    "struck out": lambda book, sheet: sheet.write(0, 0, "x", book.add_format({"font_strikeout": True})),
    "white": lambda book, sheet: sheet.write(0, 0, "x", book.add_format({"font_color": "white"})),
    "a fill": lambda book, sheet: sheet.write(0, 0, "x", book.add_format({"bg_color": "black"})),
    "a formula": lambda book, sheet: sheet.write_formula(0, 0, "=1+1", None, 2),
    "a truth": lambda book, sheet: sheet.write_boolean(0, 0, True),
    "pieces": lambda book, sheet: sheet.write_rich_string(0, 0, "a", book.add_format({"bold": True}), "b", "c"),
    "an escape": lambda book, sheet: sheet.write_string(0, 0, "_x0041_ x005F_"),
    "a comment": lambda book, sheet: (sheet.write(0, 0, "x"), sheet.write_comment(0, 0, "see")),
    "a hidden sheet": lambda book, sheet: (sheet.write(0, 0, 1), book.add_worksheet("h").hide()),
}


def both(content, monkeypatch):
    found = xlsx.read_xlsx(content, "x.xlsx")
    monkeypatch.setattr(xlsx, "plain_sheets", lambda *_: None)
    return found, xlsx.read_xlsx(content, "x.xlsx")


@pytest.mark.parametrize("options", [{}, {"constant_memory": True, "in_memory": False}], ids=["shared", "inline"])
def test_it_gives_what_openpyxl_gives(monkeypatch, options):
    content = made(plain, **options)
    mine, theirs = both(content, monkeypatch)
    assert mine == theirs
    assert [len(sheet.rows) for sheet in mine] == [len(NUMBERS) + 1, 0, 1]


@pytest.mark.parametrize("name", OTHERS)
def test_what_may_be_read_otherwise_is_left_to_it(monkeypatch, name):
    content = made(OTHERS[name])
    asked = []
    monkeypatch.setattr(
        xlsx, "_sheets_of_either", lambda *given, do=xlsx._sheets_of_either: asked.append(1) or do(*given)
    )
    mine, theirs = both(content, monkeypatch)
    assert mine == theirs
    assert len(asked) == 2


def test_days_from_1904_are_left_to_it(monkeypatch):
    mine, theirs = both(made(lambda _, sheet: sheet.write(0, 0, 1), date_1904=True), monkeypatch)
    assert mine == theirs
    assert mine[0].is_1904


@pytest.mark.slow
def test_a_plain_one_is_read_without_openpyxl(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(made(plain))
    code = "import sys\nfrom pathlib import Path\nfrom zt_analysis.scanning import scan\n"
    code += "print(scan(Path(sys.argv[1])).texts, 'openpyxl' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    ).stdout.split()
    assert int(said[0]) > len(TEXTS)
    assert said[1] == "False"
