"""Files as no template has them: read as their sender sees them, or refused by cell or line."""

import datetime

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from zt_analysis.errors import InputError
from zt_analysis.submissions import Field, Layout, read

LAYOUT = Layout(
    (
        Field("code", "string", ("编号",), required=True),
        Field("persons", "integer", ("人数",)),
        Field("amount", "number", ("金额",)),
        Field("day", "date", ("日期",)),
    ),
    key=("code",),
)
HEAD, ROW = "编号,人数,金额,日期\n", "A1,3,1.5,2018-11-08\n"
TABLE = HEAD + ROW
READ = [{"code": "A1", "persons": "3", "amount": "1.5", "day": "2018-11-08"}]


def sent(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read(path, LAYOUT)


@pytest.mark.parametrize(
    "content",
    [
        TABLE.replace("\n", "\r"), TABLE.replace("\n", "\r\n"), HEAD.replace("\n", "\r\n") + ROW.replace("\n", "\r"),
        HEAD + "\ufeff" + ROW, "\ufeff\ufeff" + TABLE, TABLE.replace(",", ";"), TABLE.replace(",", "\t"),
        TABLE.encode("utf-16"), TABLE.encode("gb18030"), HEAD + '"A1","3","1.5","2018-11-08"\n',
    ],
)  # fmt: skip
def test_read_as_it_stands(tmp_path, content):
    reading = sent(tmp_path, content)
    assert reading.problems == []
    assert reading.rows == READ


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (TABLE.encode("utf-16-le"), "UTF-16 without a mark"),
        (TABLE.encode("utf-16-be"), "gb18030"),
        (HEAD.encode() + ROW.encode() + "乙\n".encode("gbk"), "line 3; found byte"),
        (HEAD + '"A1,3,1.5,2018-11-08\nA2,4,2,2018-11-08\n', "quotation mark"),
        (HEAD + "A\x001,3,1,2018-11-08\n", "line 2; found a NUL"),
        (HEAD.strip() + "," * 1_000_000 + "\n" + ROW, "1,000,004 columns; expected at most 500"),
        ("", "an empty file"),
        (" \n\t\n", "an empty file"),
    ],
    ids=["le", "be", "mixed", "quote", "nul", "columns", "empty", "blank"],
)
def test_refused_as_a_file(tmp_path, content, words):
    with pytest.raises(InputError, match=words):
        sent(tmp_path, content)


@pytest.mark.part(3)
@pytest.mark.parametrize(
    ("row", "kind", "cell"),
    [
        ("A1;3;1,5;2018-11-08", "separators", "C2"), ("A1;3;1.234,56;2018-11-08", "separators", "C2"),
        ("A1,1.234,5,2018-11-08", "integer", "B2"), ("A1,(3),5,2018-11-08", "number", "B2"),
        ("A1,（3）,5,2018-11-08", "number", "B2"), ("A1,三十二,5,2018-11-08", "scaled", "B2"),
        ("A1,叁,5,2018-11-08", "number", "B2"), ("A1,3²,5,2018-11-08", "number", "B2"),
        ("A1,3①,5,2018-11-08", "number", "B2"), ("A1,③,5,2018-11-08", "number", "B2"),
        ("A1,3½,5,2018-11-08", "number", "B2"), ("A1,Ⅲ,5,2018-11-08", "number", "B2"),
        ("A1,1_000,5,2018-11-08", "number", "B2"), ("A1,1'000,5,2018-11-08", "number", "B2"),
        ("A1,3-,5,2018-11-08", "number", "B2"), ("A1,0x10,5,2018-11-08", "number", "B2"),
        ("A1,inf,5,2018-11-08", "number", "B2"), ("A1,1e3,5,2018-11-08", "digits", "B2"),
        ("A1,3,5%,2018-11-08", "number", "C2"), ("A1,3,¥5,2018-11-08", "number", "C2"),
        ("A1,3,5,08/11/2018", "date", "D2"), ("A1,3,5,18-11-08", "date", "D2"), ("A1,3,5,2018-2-30", "date", "D2"),
        ("A1,3,5,2018-11-0⑧", "date", "D2"),
        ('"A\n1",3,5,2018-11-08', "text", "A2"), ("A\t1,3,5,2018-11-08", "text", "A2"),
    ],
)  # fmt: skip
def test_refused_by_its_cell(tmp_path, row, kind, cell):
    reading = sent(tmp_path, (HEAD.replace(",", ";") if ";" in row else HEAD) + row + "\n")
    (problem,) = reading.problems
    assert (problem.kind, problem.place.rpartition("!")[2]) == (kind, cell)
    assert problem.hint


def test_a_header_twice(tmp_path):
    reading = sent(tmp_path, HEAD.replace("日期", "日期,人数") + "A1,3,5,2018-11-08,4\n")
    assert [one.kind for one in reading.problems] == ["header"]


class TestWorkbooks:
    def book(self, tmp_path, cell="", value=None, shown=None, *, change=None):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["编号", "人数", "金额", "日期"])
        if change:
            change(book)
        sheet.append(["A1", 3, 1.5, datetime.date(2018, 11, 8)])
        if cell:
            sheet[cell] = value
            sheet[cell].number_format = shown or "General"
        book.save(tmp_path / "a.xlsx")
        return read(tmp_path / "a.xlsx", LAYOUT)

    @pytest.mark.parametrize("code", ["A\t1", "A\n1", "A_x000A_1", "A_x0009_1", "A\r\n1"])
    def test_a_break_in_a_code(self, tmp_path, code):
        (problem,) = self.book(tmp_path, "A2", code).problems
        assert (problem.kind, problem.expected) == ("text", "a code or word in one line")

    def test_one_at_its_end_is_none(self, tmp_path):
        assert self.book(tmp_path, "A2", "A1\n").rows == READ

    def test_days_from_1904(self, tmp_path):
        def since_1904(book):
            book.epoch = CALENDAR_MAC_1904

        assert self.book(tmp_path, change=since_1904).rows == READ

    @pytest.mark.parametrize(("value", "shown", "text"), [(-3, "0;(0)", "-3"), (32, "[DBNum1]General", "32")])
    def test_what_a_format_shows(self, tmp_path, value, shown, text):
        assert self.book(tmp_path, "B2", value, shown).rows == [READ[0] | {"persons": text}]

    @pytest.mark.parametrize(
        ("cell", "value"), [("B2", "三十二"), ("C2", "1.234,56"), ("D2", "08.11.2018"), ("B2", True)]
    )
    def test_a_text_that_is_none(self, tmp_path, cell, value):
        (problem,) = self.book(tmp_path, cell, value).problems
        assert problem.place.endswith(cell)
