"""Submissions that are damaged, disguised or made to harm: an InputError, in seconds and in little memory."""

import contextlib
import os
import random
import re
import time
import tracemalloc
import zipfile

import bounds
import openpyxl
import pytest
import xlwt
from bounds import within
from documents import equal_bytes
from hypothesis import given
from hypothesis import strategies as st
from sweeps import examples

from zt_analysis.errors import InputError
from zt_analysis.submissions import Field, Layout, Reading, limits, read
from zt_analysis.submissions.cells import read_cell
from zt_analysis.submissions.faults import CellError

LAYOUT = Layout((Field("county", "string", ("县区",)), Field("persons", "integer", ("人数",))))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
SECONDS = 5
MOST_MEMORY = 120 << 20


def workbook(path, lines=(("县区", "人数"), ("甲", 1))):
    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


def altered(path, changes):
    """The workbook at ``path`` with other parts: text, bytes, or a function of the old text; None takes one out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        parts[name] = change(parts.get(name, b"").decode()) if callable(change) else change
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if content is not None:
                archive.writestr(name, content)
    return path


def inline(address, text):
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def refused(path, words):
    tracemalloc.start()
    try:
        with within(SECONDS), pytest.raises(InputError, match=words) as caught:
            read(path, LAYOUT)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert caught.value.exit_code == 2
    assert path.name in str(caught.value)
    assert "Hint: " in str(caught.value)
    assert peak < MOST_MEMORY


def ending(path):
    """The Reading of the file, or the InputError that names it."""
    try:
        return read(path, LAYOUT)
    except InputError as error:
        return error


class TestKinds:
    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "found an HTML or XML page; expected a .xls"),
            ("a.xlsx", b"<?xml version='1.0'?><Workbook/>", "HTML or XML page"),
            ("a.xls", "县区\t人数\n".encode("gb18030"), "found plain text; expected a .xls"),
            ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password.*remove the password"),
            ("a.xlsx", OLE + "Workbook".encode("utf-16-le"), r"found an Excel 97-2003 workbook.*rename it to \.xls"),
            ("a.xls", OLE + "WordDocument".encode("utf-16-le"), "old Office file without a workbook"),
            ("a.xls", OLE + "Workbook".encode("utf-16-le"), "damaged file"),
            ("a.csv", b"%PDF-1.7", "found a PDF"),
            ("a.csv", b"PK\x03\x04 cut", "zip archive that holds no workbook"),
            ("a.xlsx", b"PK\x03\x04 xl/ cut", "damaged or unfinished"),
            ("a.docx", b"x", r"the ending '\.docx'; expected \.xlsx"),
            ("a", b"x", "no ending"),
            ("a.xlsx", b"", "an empty file"),
            ("a.csv", b" \n\n", "an empty file"),
        ],
    )
    def test_the_real_kind_is_named(self, tmp_path, name, content, words):
        (tmp_path / name).write_bytes(content)
        refused(tmp_path / name, words)

    def test_a_workbook_by_another_name(self, tmp_path):
        refused(workbook(tmp_path / "a.xls"), r"found an Excel workbook \(\.xlsx\); expected a \.xls.*rename it to")
        refused(workbook(tmp_path / "a.csv"), r"found an Excel workbook")

    def test_paths(self, tmp_path):
        refused(tmp_path / "none.xlsx", "No such file")
        (tmp_path / "a.xlsx").mkdir()
        refused(tmp_path / "a.xlsx", "no file")
        os.mkfifo(tmp_path / "b.xlsx")
        refused(tmp_path / "b.xlsx", "no file")

    def test_a_large_file(self, tmp_path):
        with (tmp_path / "a.csv").open("wb") as stream:
            stream.truncate(2 << 30)
        refused(tmp_path / "a.csv", "found 2,147,483,648 bytes")


@pytest.mark.slow
class TestWorkbooks:
    def test_truncated(self, tmp_path):
        path = workbook(tmp_path / "a.xlsx")
        content = path.read_bytes()
        for size in range(1, len(content) - 30, len(content) // 12):
            path.write_bytes(content[:size])
            refused(path, "found")

    @pytest.mark.slow
    def test_a_zip_bomb_is_refused_before_it_is_unpacked(self, tmp_path):
        path = workbook(tmp_path / "a.xlsx")
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            equal_bytes(archive, "xl/media/a.bin", 300 << 20)
        assert path.stat().st_size < 1 << 20
        refused(path, "bytes unpacked; expected at most 268,435,456")

    def test_a_part_packed_too_well(self, tmp_path):
        bomb = HEAD + "<sheetData>" + " " * (20 << 20) + "</sheetData></worksheet>"
        refused(altered(workbook(tmp_path / "a.xlsx"), {SHEET: bomb}), r"sheet1\.xml; found packed \d+ to 1")

    @pytest.mark.parametrize(
        "part", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml"]
    )
    def test_an_xml_bomb(self, tmp_path, part):
        lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        doctype = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]>'

        def bomb(text):
            return re.sub(r"(<\?xml[^>]*>)?", lambda head: head.group() + doctype, text, count=1)

        refused(altered(workbook(tmp_path / "a.xlsx"), {part: bomb}), r"document type \(DTD\)|damaged part")

    def test_a_file_named_from_outside(self, tmp_path):
        secret = tmp_path / "secret.txt"
        secret.write_text("SECRET")
        outside = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>{HEAD}<sheetData/></worksheet>'
        refused(altered(workbook(tmp_path / "a.xlsx"), {SHEET: outside}), "document type")

    def test_a_declared_dimension_of_two_gigabytes_costs_nothing(self, tmp_path):
        def lie(text):
            return re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', text)

        path = altered(workbook(tmp_path / "a.xlsx"), {SHEET: lie})
        with zipfile.ZipFile(path) as archive:
            assert "XFD1048576" in archive.read(SHEET).decode()
        with within(1):
            assert read(path, LAYOUT).rows == [{"county": "甲", "persons": "1"}]

    @pytest.mark.thorough
    def test_a_merge_of_the_whole_sheet_costs_nothing(self, tmp_path):
        def merge(text):
            return text.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')

        with within(1):
            reading = read(altered(workbook(tmp_path / "a.xlsx"), {SHEET: merge}), LAYOUT)
        assert reading.problems

    @pytest.mark.thorough
    @pytest.mark.slow
    def test_merges_that_overlap(self, tmp_path):
        def merge(text):
            merges = "".join('<mergeCell ref="A1:XFD1048576"/>' for _ in range(5000))
            return text.replace("</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>")

        path = altered(workbook(tmp_path / "a.xlsx"), {SHEET: merge})
        refused(path, r"a\.xlsx!Sheet1!A1; found two merges over one cell")

    @pytest.mark.thorough
    @pytest.mark.slow
    def test_shared_texts_without_end(self, tmp_path):
        texts = f'<sst xmlns="{HEAD.split(chr(34))[1]}">{"<si><t/></si>" * (limits.MAX_TEXTS + 1)}</sst>'
        assert len(texts) < limits.RATIO_COUNTS_FROM_BYTES
        refused(altered(workbook(tmp_path / "a.xlsx"), {"xl/sharedStrings.xml": texts}), "found 300,001 texts")

    def test_styles_without_end(self, tmp_path, monkeypatch):
        monkeypatch.setattr(limits, "MAX_HELD_BYTES", 20_000)
        refused(
            altered(workbook(tmp_path / "a.xlsx"), {"xl/styles.xml": f"<a>{'<b/>' * 8000}</a>"}),
            "styles.xml; found 32,007",
        )

    @pytest.mark.thorough
    @pytest.mark.slow
    def test_a_wide_sheet_without_a_header(self, tmp_path):
        wide = [["x", *[None] * 499]] + [[f"列{n}" for n in range(500)] for _ in range(44)]
        with within(SECONDS):
            (problem,) = read(workbook(tmp_path / "a.xlsx", wide), LAYOUT).problems
        assert problem.kind == "header"

    @pytest.mark.parametrize(("address", "words"), [("XFD1", "16,384 columns"), ("A1048576", "1,048,576 rows")])
    def test_a_cell_at_the_far_end(self, tmp_path, address, words):
        def far(text):
            row = re.search(r"\d+", address).group()
            return text.replace("</sheetData>", f'<row r="{row}">{inline(address, "x")}</row></sheetData>')

        refused(altered(workbook(tmp_path / "a.xlsx"), {SHEET: far}), words)

    @pytest.mark.parametrize("address", ["A0", "ZZZ1", "A9999999", "1A", "", "A-1", "甲1"])
    def test_an_address_that_is_none(self, tmp_path, address):
        sheet = (
            f'{HEAD}<sheetData><row r="1">{inline(address, "县区")}{inline("B1", "人数")}</row></sheetData></worksheet>'
        )
        path = altered(workbook(tmp_path / "a.xlsx"), {SHEET: sheet})
        if address:
            refused(path, "address|damaged")
        else:
            assert read(path, LAYOUT).problems

    def test_two_cells_of_one_address_are_not_one(self, tmp_path):
        rows = f'<row r="1">{inline("A1", "县区")}{inline("B1", "人数")}</row>'
        twice = f'<row r="2">{inline("A2", "甲")}<c r="B2"><v>1</v></c><c r="B2"><v>2</v></c></row>'
        sheet = f"{HEAD}<sheetData>{rows}{twice}</sheetData></worksheet>"
        refused(altered(workbook(tmp_path / "a.xlsx"), {SHEET: sheet}), "5 filled cells of which 4")

    def test_rows_out_of_order_are_not_dropped(self, tmp_path):
        rows = [f'<row r="{n}">{inline(f"A{n}", "县区")}{inline(f"B{n}", "人数")}</row>' for n in (3, 1)]
        sheet = f"{HEAD}<sheetData>{''.join(rows)}</sheetData></worksheet>"
        refused(altered(workbook(tmp_path / "a.xlsx"), {SHEET: sheet}), "4 filled cells of which 2")

    def test_deep_nesting(self, tmp_path):
        sheet = f"{HEAD}<sheetData>{'<a>' * 5000}{'</a>' * 5000}</sheetData></worksheet>"
        refused(altered(workbook(tmp_path / "a.xlsx"), {SHEET: sheet}), "damaged sheet")

    @pytest.mark.parametrize(
        "part", [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "[Content_Types].xml"]
    )
    def test_a_part_that_is_missing_or_no_xml(self, tmp_path, part):
        refused(altered(workbook(tmp_path / "a.xlsx"), {part: None}), "no part|damaged")
        refused(altered(workbook(tmp_path / "b.xlsx"), {part: "no XML"}), "damaged")

    def test_values_that_are_none(self, tmp_path):
        for cell in ('<c r="A1"><v>x</v></c>', '<c r="A1" t="s"><v>99999</v></c>', '<c r="A1" s="999"><v>1</v></c>'):
            sheet = f"{HEAD}<sheetData><row>{cell}</row></sheetData></worksheet>"
            path = altered(workbook(tmp_path / "a.xlsx"), {SHEET: sheet})
            end = ending(path)
            assert end.problems if isinstance(end, Reading) else path.name in str(end)

    def test_two_parts_of_one_name(self, tmp_path):
        path = workbook(tmp_path / "a.xlsx")
        with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(SHEET, "<a/>")
        refused(path, "two parts of one name")

    def test_paths_out_of_the_archive_touch_nothing(self, tmp_path):
        folder = tmp_path / "in"
        folder.mkdir()
        path = altered(workbook(folder / "a.xlsx"), {"../../evil.txt": "x", "/evil.txt": "x"})
        assert read(path, LAYOUT).problems == []
        assert sorted(one.name for one in tmp_path.rglob("*")) == ["a.xlsx", "in"]

    def test_more_cells_than_allowed(self, tmp_path, monkeypatch):
        monkeypatch.setattr(limits, "MAX_CELLS", 3)
        refused(workbook(tmp_path / "a.xlsx"), "found 4 cells; expected at most 3")
        monkeypatch.setattr(limits, "MAX_MEMBERS", 2)
        refused(workbook(tmp_path / "b.xlsx"), "parts; expected at most 2")


def old_workbook(path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for row, line in enumerate([("县区", "人数"), ("甲", 1), ("乙", 2.0), ("合计", 3)]):
        for column, value in enumerate(line):
            sheet.write(row, column, value)
    book.save(str(path))
    return path


@pytest.mark.slow
class TestFuzz:
    """Whatever the bytes: a Reading or an InputError."""

    @pytest.mark.slow
    @pytest.mark.parametrize("make", [workbook, pytest.param(old_workbook, marks=pytest.mark.thorough)])
    def test_damaged_bytes(self, tmp_path, make):
        path = make(tmp_path / ("a.xlsx" if make is workbook else "a.xls"))
        content = path.read_bytes()
        dice = random.Random(7)
        ends, longest = {"read": 0, "refused": 0}, 0.0
        for _ in range(250):
            damaged = bytearray(content)
            for _ in range(dice.randint(1, 12)):
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            path.write_bytes(damaged)
            begun = time.process_time()
            end = ending(path)
            longest = max(longest, time.process_time() - begun)
            assert isinstance(end, Reading) or path.name in str(end)
            ends["read" if isinstance(end, Reading) else "refused"] += 1
        bounds.check(longest, SECONDS)
        assert min(ends.values()) > 0, ends

    @pytest.mark.slow
    @examples(150)
    @given(
        st.lists(
            st.lists(
                st.one_of(st.text(max_size=8), st.sampled_from(["县区", "人数", "合计", "注：", "３，０００"])),
                max_size=4,
            ),
            max_size=6,
        )
    )
    def test_any_text(self, tmp_path_factory, lines):
        path = tmp_path_factory.getbasetemp() / "any.csv"
        content = "县区,人数\n" + "\n".join(",".join(line) for line in lines)
        path.write_bytes(content.encode("utf-8", "replace"))
        end = ending(path)
        if isinstance(end, InputError):
            assert "any.csv" in str(end)
            return
        assert len(end.rows) == len(end.places)
        assert all(row.keys() == place.keys() for row, place in zip(end.rows, end.places, strict=True))

    @examples(100)
    @given(
        st.sampled_from(["string", "integer", "number", "boolean", "date"]),
        st.one_of(
            st.text(max_size=12), st.floats(), st.integers(), st.booleans(), st.datetimes(), st.times(),
            st.from_regex(r"[0-9]{1,4}[年./-][0-9]{1,3}[月./-][0-9]{1,3}日?", fullmatch=True), st.timedeltas(),
        ),
    )  # fmt: skip
    def test_any_cell(self, kind, value):
        # anything but a text, None or a CellError fails the test
        with contextlib.suppress(CellError):
            cell = read_cell(value, Field("x", kind, ("x",)))
            assert cell.text is None or isinstance(cell.text, str)


@pytest.mark.thorough
@pytest.mark.slow
def test_twenty_thousand_rows_in_seconds(tmp_path):
    lines = [("县区", "人数")] + [(f"县{number}", number) for number in range(20_000)]
    layout = Layout((*LAYOUT.fields, *(Field(f"f{n}", "number", (f"列{n}",)) for n in range(3))))
    wide = [(*lines[0], "列0", "列1", "列2"), *((*line, 1.5, 2, 3) for line in lines[1:])]
    path = workbook(tmp_path / "a.xlsx", wide)
    with within(10):
        reading = read(path, layout)
    assert reading.problems == []
    assert len(reading.rows) == 20_000
    assert reading.places[-1]["f2"] == "a.xlsx!Sheet1!E20001"
