"""A resident's number however it is written, parted or tucked away: found by its place, never quoted."""

import gzip
import io
import json
import random
import zipfile

import docx
import openpyxl
import pytest
import xlsxwriter
from commands import zt
from reportlab.pdfgen import canvas
from test_privacy import LINES, RESIDENT, refusal, workbook

from zt_analysis.personal import find, masked
from zt_analysis.personal.parted import parted
from zt_analysis.scanning import scan
from zt_analysis.sources import open_package
from zt_analysis.sources.checking import check_sources

PLACE, BORN, REST = RESIDENT[:6], RESIDENT[6:14], RESIDENT[14:]
HALVES = RESIDENT[:9], RESIDENT[9:]
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
WRITTEN = [
    *(f"该生{mark.join((PLACE, BORN, REST))}已返" for mark in [*"._/*·–\n\u2009", " / ", "\r\n"]),
    f"{PLACE}{BORN}/{REST}", "\n".join(HALVES), "\r\n".join(HALVES), "\u3000".join(HALVES), "\u200b".join(HALVES),
    *(RESIDENT.replace(*pair) for pair in ("0O", "0o", "1l", "1I")), RESIDENT.translate(WIDE),
    RESIDENT.translate(HAN), RESIDENT.translate(HAN).replace("〇", "零"), " ".join(RESIDENT), f"a_{RESIDENT}_b",
    f"'{RESIDENT}",
]  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN)
def test_however_it_is_written(text):
    (hit,) = find(text)
    assert hit.kind == "resident"
    assert not any(half in masked(text) for half in (BORN, *HALVES, RESIDENT.translate(HAN)))


@pytest.mark.parametrize(
    "text",
    [
        f"2{RESIDENT}", f"{RESIDENT}7", f"{PLACE},{BORN},{REST}", f"{PLACE}|{BORN}|{REST}", f"0.{RESIDENT}",
        f"{PLACE}\n\n\n{BORN}\n\n\n{REST}", "O" * 18, "l1lO01" * 3, "一二三四五六七八九十" * 2, f"{RESIDENT[:-1]}4",
    ],
)  # fmt: skip
def test_what_is_another_number(text):
    assert find(text) == []


class TestParted:
    @pytest.mark.parametrize(
        "texts",
        [
            HALVES, (PLACE, BORN, REST), (f"该生{HALVES[0]}", f"{HALVES[1]}已返"), tuple(RESIDENT),
            (RESIDENT[:-1], RESIDENT[-1]), tuple(one.translate(WIDE) for one in HALVES),
            ("县", *HALVES, "乡"), ("", *HALVES),
        ],
    )  # fmt: skip
    def test_it_is_found(self, texts):
        ((_, whole),) = parted([[(str(at), text) for at, text in enumerate(texts)]])
        assert whole == RESIDENT

    @pytest.mark.parametrize(
        "texts",
        [
            (HALVES[0], "县", HALVES[1]), (HALVES[0], f"{HALVES[1]}人"), (HALVES[0], f"{HALVES[1]}.5"),
            (f"1.{HALVES[0]}", HALVES[1]), (f"2018-{HALVES[0]}", HALVES[1]), (HALVES[0],),
            (*HALVES[0], HALVES[1]), (f"x{HALVES[0]}", HALVES[1]),
        ],
    )  # fmt: skip
    def test_what_is_not_one(self, texts):
        assert list(parted([[(str(at), text) for at, text in enumerate(texts)]])) == []

    def test_codes_that_are_one_by_chance(self):
        # of the codes of a whole column that hold a place and a day, each with a count, one in eleven is one
        chance = random.Random(1)
        rows = [[("A", f"530602{2000 + n % 9}0304"), ("B", str(chance.randint(1000, 9999)))] for n in range(400)]
        assert list(parted(rows)) == []


def sheet(change):
    """A workbook of xlsxwriter as bytes."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    first = book.add_worksheet("Sheet")
    for row, line in enumerate(LINES):
        first.write_row(row, 0, line)
    change(book, first)
    book.close()
    return held.getvalue()


def with_chart(book, first, *, title=None, axis=None, name=None, alt=None):
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Sheet!$D$2:$D$3"} | ({"name": name} if name else {}))
    if title:
        chart.set_title({"name": title})
    if axis:
        chart.set_x_axis({"name": axis})
    first.insert_chart("K2", chart, {"description": alt} if alt else {})


IN_WORKBOOK = {
    "formula": lambda book, first: first.write_formula("H9", f'=IF(A1="{RESIDENT}",1,0)', None, 0),
    "cached": lambda book, first: first.write_formula("H9", '=A1&"x"', None, RESIDENT),
    "format": lambda book, first: first.write_number("H9", 3, book.add_format({"num_format": f'"{RESIDENT}"0'})),
    "filter": lambda book, first: (first.autofilter("A1:G3"), first.filter_column("A", f"x == {RESIDENT}")),
    "condition": lambda book, first: first.conditional_format(
        "A2", {"type": "formula", "criteria": f'=$A$2="{RESIDENT}"', "format": book.add_format({"bold": 1})}
    ),
    "custom": lambda book, first: first.data_validation("B2", {"validate": "custom", "value": f'=B2="{RESIDENT}"'}),
    "choices": lambda book, first: first.data_validation("B2", {"validate": "list", "source": ["一", RESIDENT]}),
    "title": lambda book, first: with_chart(book, first, title=RESIDENT),
    "axis": lambda book, first: with_chart(book, first, axis=RESIDENT),
    "series": lambda book, first: with_chart(book, first, name=RESIDENT),
    "alt": lambda book, first: with_chart(book, first, alt=RESIDENT),
    "footer": lambda book, first: first.set_footer(f'&L&"宋体,Bold"{HALVES[0]}&"宋体,Regular"{HALVES[1]}'),
    "author": lambda book, first: book.set_properties({"author": RESIDENT}),
    "property": lambda book, first: book.set_custom_property(RESIDENT, "x"),
    "box": lambda book, first: first.insert_textbox("K2", f"该生{RESIDENT}"),
    "comment author": lambda book, first: first.write_comment("B2", "x", {"author": RESIDENT}),
    "rich": lambda book, first: first.write_rich_string("H9", book.add_format({"bold": 1}), HALVES[0], HALVES[1]),
    "table": lambda book, first: first.add_table("M1:N3", {"columns": [{"header": RESIDENT}, {"header": "b"}]}),
    "hidden": lambda book, first: book.add_worksheet(RESIDENT).very_hidden(),
    "two cells": lambda book, first: first.write_row("H9", HALVES),
    "two rows": lambda book, first: first.write_column("H9", HALVES),
    "boxes": lambda book, first: first.write_row("H9", [int(one) for one in RESIDENT]),
}
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OTHER_BOOK = "<externalBook><sheetDataSet><sheetData sheetId='0'><row r='1'><cell r='A1' t='str'><v>{}</v></cell></row>"
OTHER_BOOK += "</sheetData></sheetDataSet></externalBook>"
PARTS = {
    "xl/pivotCache/pivotCacheRecords1.xml": f'<records xmlns="{MAIN}"><r><s v="{RESIDENT}"/></r></records>',
    "xl/externalLinks/externalLink1.xml": f'<link xmlns="{MAIN}">{OTHER_BOOK.format(RESIDENT)}</link>',
    "customXml/item1.xml": f'<r a="{RESIDENT}"/>',
    "customXml/item2.xml": f"<r><!-- {RESIDENT} --><a/></r>",
    "xl/printerSettings/p.bin": b"\1" + RESIDENT.encode("utf-16-le"),
    "xl/embeddings/a.csv": RESIDENT.encode(),
    "xl/embeddings/a.xlsx": sheet(lambda book, first: first.write("H9", RESIDENT)),
    f"docs/{RESIDENT}.txt": b"x",
}  # fmt: skip


def only(found):
    """What was found, which is this one number, masked."""
    assert {one.kind for one in found.found} == {"resident"}
    assert not any(RESIDENT in one.file + one.place + one.masked for one in found.found)
    return found


class TestScan:
    @pytest.mark.part(3)
    @pytest.mark.parametrize("where", IN_WORKBOOK)
    def test_in_a_workbook(self, tmp_path, where):
        (tmp_path / "a.xlsx").write_bytes(sheet(IN_WORKBOOK[where]))
        only(scan(tmp_path / "a.xlsx"))

    @pytest.mark.parametrize("part", PARTS)
    def test_in_a_part_of_it(self, tmp_path, part):
        held = io.BytesIO(sheet(lambda book, first: None))
        with zipfile.ZipFile(held, "a") as packed:
            packed.writestr(part, PARTS[part])
        (tmp_path / "a.xlsx").write_bytes(held.getvalue())
        only(scan(tmp_path / "a.xlsx"))

    def test_a_clean_one_has_none(self, tmp_path):
        (tmp_path / "a.xlsx").write_bytes(sheet(lambda book, first: None))
        assert scan(tmp_path / "a.xlsx").found == []

    @pytest.mark.thorough
    @pytest.mark.slow
    def test_in_a_document(self, tmp_path):
        for name, write in {
            "paragraphs": lambda one: [one.add_paragraph(half) for half in HALVES],
            "runs": lambda one: [one.paragraphs[0].add_run(half) for half in HALVES],
            "comment": lambda one: one.add_comment([one.paragraphs[0].add_run("x")], text=RESIDENT),
            "author": lambda one: one.add_comment([one.paragraphs[0].add_run("x")], text="x", author=RESIDENT),
            "cells": lambda one: [
                setattr(cell, "text", half)
                for cell, half in zip(one.add_table(1, 2).rows[0].cells, HALVES, strict=True)
            ],
            "header": lambda one: setattr(one.sections[0].header.paragraphs[0], "text", RESIDENT),
        }.items():
            document = docx.Document()
            document.add_paragraph("")
            write(document)
            document.save(tmp_path / f"{name}.docx")
        found = only(scan(tmp_path))
        assert len({one.file for one in found.found}) == 6

    def test_in_a_pdf(self, tmp_path):
        for name, write in {
            "link": lambda page: page.linkURL(f"http://x.cn/{RESIDENT}", (0, 0, 9, 9)),
            "keywords": lambda page: page.setKeywords(RESIDENT),
            "lines": lambda page: [page.drawString(99, 600 - 12 * at, half) for at, half in enumerate(HALVES)],
        }.items():
            page = canvas.Canvas(str(tmp_path / f"{name}.pdf"))
            page.drawString(99, 700, "x")
            write(page)
            page.save()
        assert len({one.file for one in only(scan(tmp_path)).found}) == 3

    def test_in_text_and_names(self, tmp_path):
        (tmp_path / "a.txt").write_bytes(f"该生{RESIDENT}".encode("utf-16"))
        (tmp_path / "a.csv").write_text(f"a,b\n{HALVES[0]},1\n{HALVES[1]},2\n", encoding="utf-8")
        (tmp_path / f"镇雄{RESIDENT}.json").write_text("{}", encoding="utf-8")
        (tmp_path / f"镇{RESIDENT}.bin").write_bytes(b"\0" * 9)
        assert len(only(scan(tmp_path)).found) >= 3
        (tmp_path / f"x{RESIDENT}").mkdir()
        done = zt("scan", str(tmp_path), cwd=tmp_path)
        assert done.returncode == 1
        assert RESIDENT not in done.stdout + done.stderr
        assert scan(tmp_path / f"x{RESIDENT}").found

    def test_what_is_packed_is_named(self, tmp_path):
        (tmp_path / "a.csv.gz").write_bytes(gzip.compress(RESIDENT.encode()))
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
            packed.writestr("a.csv", RESIDENT)
        (tmp_path / "b.bin").write_bytes(b"\0" * 9)
        assert scan(tmp_path).unread == ["a.csv.gz", "a.zip", "b.bin"]
        said = [line for line in zt("scan", str(tmp_path), cwd=tmp_path).stdout.splitlines() if "not read: " in line]
        assert ["unpack it" in line for line in said] == [True, True, False]

    @pytest.mark.parametrize(
        "parts",
        [HALVES, (PLACE, BORN, REST), (f"该生{HALVES[0]}", HALVES[1]), tuple(RESIDENT), tuple(map(int, HALVES))],
    )
    def test_parted_over_the_texts_of_a_list(self, tmp_path, parts):
        """Of a JSON file or a notebook's output, as over the cells of a table."""
        content = json.dumps({"a": {"b": [["x", "2018"], list(parts)]}}, ensure_ascii=False)
        (tmp_path / "a.json").write_text(content, encoding="utf-8")
        (hit,) = only(scan(tmp_path)).found
        assert hit.place.startswith("a.b[1][")

    def test_texts_of_a_list_that_only_look_like_it_are_left_alone(self, tmp_path):
        codes = [f"5306{number:02}" for number in range(30)]
        days = [f"2018{month:02}{day:02}" for month in (9, 10) for day in range(1, 29)]
        content = {"codes": codes, "days": days, "both": [[code, day, "1249"] for code in codes for day in days[:9]]}
        (tmp_path / "a.json").write_text(json.dumps(content), encoding="utf-8")
        assert scan(tmp_path).found == []


class TestAtTheDoor:
    def refused(self):
        with refusal() as caught:
            open_package("data")
        assert RESIDENT not in f"{caught.value}{caught.value.problems}"
        return str(caught.value)

    def test_halves_in_two_rows(self, small):
        workbook(small, change=lambda book: [book.active.__setitem__(f"G{2 + at}", HALVES[at]) for at in (0, 1)])
        assert "Sheet!G2, 昭阳.xlsx!Sheet: found 1 resident ID number" in self.refused()

    def test_halves_in_a_declared_column_are_let_in(self, small):
        workbook(
            small,
            change=lambda book: [book.active.__setitem__(f"G{2 + at}", HALVES[at]) for at in (0, 1)],
            personal=True,
        )
        assert open_package("data").count("payments") == 2

    def test_halves_around_the_rows(self, small):
        def above(book):
            book.active.insert_rows(1)
            book.active["A1"], book.active["B1"] = HALVES

        workbook(small, change=above)
        self.refused()

    @pytest.mark.parametrize("where", ["series", "custom", "author"])
    def test_in_what_nobody_sees(self, small, where):
        workbook(small)
        (small.folder / "sent" / "昭阳.xlsx").write_bytes(sheet(IN_WORKBOOK[where]))
        assert "昭阳.xlsx!" in self.refused()

    def test_in_the_name_of_the_file(self, small):
        workbook(small)
        path = small.folder / "sent" / "昭阳.xlsx"
        path.rename(path.with_name(f"昭阳{RESIDENT}.xlsx"))
        assert "found 1 resident ID numbers; expected a file name that names no person" in self.refused()
        assert any(one.stops for one in check_sources(small.folder))
        done = zt("sources", "check", str(small.folder), cwd=small.folder)
        assert done.returncode == 2
        assert RESIDENT not in done.stdout + done.stderr


def test_the_values_of_a_table_of_counts_are_none(tmp_path):
    chance = random.Random(7)
    book = openpyxl.Workbook()
    for _ in range(300):
        book.active.append(
            [chance.choice((530602, 530621)), *(chance.randint(0, 10 ** chance.randint(1, 9)) for _ in range(12))]
        )
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "a.json").write_text(json.dumps([[530602, 20181108, 1234]] * 50), encoding="utf-8")
    assert scan(tmp_path).found == []
