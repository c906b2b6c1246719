"""Tables inside documents: every cell is a number with its row and column as its clause."""

import random

import docx
import pytest
from documents import pdf
from shipped import tied_case

from zt_analysis.documents import read_document
from zt_analysis.indicators import breakdown
from zt_analysis.tying import tie_out

pytestmark = pytest.mark.slow

COLUMNS = {
    "劝返复学（人）": "returned_students",
    "上门送教（人）": "home_taught_students",
    "远程送教（人）": "remote_taught_students",
    "受助学生（人）": "aided_students",
}
CAPTION = "各县区控辍保学和学生资助情况统计表（截至11月8日）"


@pytest.fixture(scope="module")
def case():
    return tied_case(printed=False)


@pytest.fixture(scope="module")
def counties(case):
    """Ten counties with four figures each: the table's rows, and the twelve cells that are altered."""
    names = {one["county_code"]: one["name_zh"] for one in case.tables.rows(case.tables["counties"])}
    by = [breakdown(one, case.tables, case.paper.period).set_index("county_code")["exact"] for one in COLUMNS.values()]
    codes = list(names)[:10]
    altered = set(random.Random(5).sample([(row, column) for row in range(10) for column in range(4)], 12))
    rows = [
        [names[code], *(str(int(one[code]) + 7 * ((row, column) in altered)) for column, one in enumerate(by))]
        for row, code in enumerate(codes)
    ]
    return [["县区", *COLUMNS], *rows], {(row + 2, column + 2) for row, column in altered}


def docx_of(path, *tables):
    """A .docx of captions and tables."""
    document = docx.Document()
    for caption, rows in tables:
        document.add_paragraph(caption)
        table = document.add_table(len(rows), len(rows[0]))
        for row, words in enumerate(rows):
            for column, word in enumerate(words):
                table.cell(row, column).text = word
    document.save(path)
    return path


def html_of(path, rows):
    cells = "".join("<tr>" + "".join(f"<td>{word}</td>" for word in row) + "</tr>" for row in rows)
    path.write_text(f"<table><caption>{CAPTION}</caption>{cells}</table>", encoding="utf-8")
    return path


def pdf_of(path, rows):
    lines = [(120, 720, CAPTION)]
    for number, row in enumerate(rows):
        lines += [(40 + 105 * column, 690 - 22 * number, word) for column, word in enumerate(row)]
    pdf(path, [lines], size=10)
    return path


def spots(document, found, *statuses):
    """Row and column of the numbers with one of ``statuses``."""
    places = [document.block_at(one.start).place for one in found.ties if one.status in statuses]
    return {(place.row, place.column) for place in places if place.table}


def md_of(path, rows):
    lines = ["|" + "|".join(row) + "|" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    path.write_text(CAPTION + "\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["docx", "html", "md", "pdf"])
@pytest.mark.part(2)
def test_altered_cells_are_named_and_no_other(tmp_path, case, counties, kind):
    rows, altered = counties
    path = tmp_path / f"table.{kind}"
    make = {"docx": lambda: docx_of(path, (CAPTION, rows)), "html": lambda: html_of(path, rows)}
    make |= {"md": lambda: md_of(path, rows), "pdf": lambda: pdf_of(path, rows)}
    document = read_document(make[kind]())
    found = tie_out(document, case)
    assert spots(document, found, "differs", "unit_differs") == altered
    assert len(spots(document, found, "agree", "agree_rounded")) == 40 - 12


def statuses(tmp_path, case, caption, rows):
    document = read_document(docx_of(tmp_path / "one.docx", (caption, rows)))
    ties = tie_out(document, case).ties
    blocks = ((one, document.block_at(one.start)) for one in ties)
    return {one.mention.surface: one.status for one, block in blocks if block and block.place.table}


def test_totals_list_numbers_and_units_of_the_caption(tmp_path, case):
    names = [one["name_zh"] for one in case.tables.rows(case.tables["counties"])]
    heading = ["序号", "县区", "劝返复学", "发放资助资金"]
    rows = [heading, *([str(at + 40), name, "9", "9"] for at, name in enumerate(names))]
    found = statuses(tmp_path, case, "劝返复学与资助情况（单位：人、万元）", [*rows, ["", "合计", "1915", "35836.91"]])
    assert found["40"] == "excused"
    assert (found["1915"], found["35836.91"]) == ("agree", "agree")


def test_a_total_of_some_is_the_sum_of_those_and_no_total_of_all(tmp_path, case):
    rows = [["县区", "劝返复学（人）"], ["镇雄县", "508"], ["彝良县", "189"], ["合计", "1915"]]
    assert statuses(tmp_path, case, "劝返复学情况", rows) == {"508": "agree", "189": "agree", "1915": "differs"}


@pytest.mark.parametrize(
    "caption", ["2017年劝返复学情况", "宣威市劝返复学情况", "劝返复学任务分解表", "劝返复学情况（预计数）"]
)
def test_the_caption_governs(tmp_path, case, caption):
    rows = [["县区", "劝返复学（人）"], ["镇雄县", "508"], ["全市", "1915"]]
    assert set(statuses(tmp_path, case, caption, rows).values()) == {"unproven"}


def test_remarks_and_row_labels_govern(tmp_path, case):
    rows = [
        ["县区", "劝返复学（人）", "备注"],
        ["镇雄县", "508", "含往年"],
        ["会泽县", "1915", ""],
        ["全市", "1916", ""],
    ]
    found = statuses(tmp_path, case, "劝返复学情况", rows)
    assert found == {"508": "unproven", "1915": "unproven", "1916": "differs"}
    rows = [["县区", "情况"], ["镇雄县", "劝返复学1915人"], ["彝良县", "劝返复学189人"]]
    assert statuses(tmp_path, case, "控辍保学情况", rows) == {"1915人": "differs", "189人": "agree"}


def test_a_wide_heading_is_that_of_each_of_its_columns(tmp_path, case):
    document = docx.Document()
    document.add_paragraph("失辍学率变化情况（单位：%）")
    table = document.add_table(4, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "学段"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "失辍学率"
    for row, words in enumerate([["", "9月20日", "11月8日"], ["小学", "0.09", "0.07"], ["初中", "1.91", "1.59"]], 1):
        for column, word in enumerate(words):
            if word:
                table.cell(row, column).text = word
    document.save(tmp_path / "wide.docx")
    found = tie_out(read_document(tmp_path / "wide.docx"), case)
    assert {one.mention.surface: one.status for one in found.ties} == {
        "9月20日": "excused", "11月8日": "excused", "0.09": "agree_rounded", "0.07": "differs",
        "1.91": "agree_rounded", "1.59": "agree_rounded",
    }  # fmt: skip


def test_a_number_alone_in_its_cell_takes_no_unit_from_the_next_line(tmp_path, case):
    rows = [["县区", "劝返复学"], ["镇雄县", "508"]]
    document = read_document(docx_of(tmp_path / "two.docx", ("劝返复学情况", rows), ("镇上的情况", [["无", "无"]])))
    assert "508" in [one.mention.surface for one in tie_out(document, case).ties]


@pytest.mark.parametrize("kind", ["docx", "html"])
@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ((1, 1), (2, 1), {"508": "unproven", "82": "agree"}),  # of both rows, or of none
        ((1, 1), (1, 2), {"508": "unproven", "82": "agree"}),  # of both columns
        ((0, 1), (0, 2), {"508": "agree", "82": "agree"}),
    ],
)
def test_a_number_merged_over_rows_or_columns_is_of_all_or_none(tmp_path, case, kind, first, last, expected):
    rows = [
        ["县区", "劝返复学（人）", "上门送教（人）"],
        ["镇雄县", "508", ""],
        ["昭阳区", "", ""],
        ["彝良县", "", "82"],
    ]
    if first == (0, 1):
        rows = [["县区", "劝返复学（人）", ""], ["", "人数", "上门送教"], ["镇雄县", "508", ""], ["彝良县", "", "82"]]
        expected = {"508": "agree"}
    path = tmp_path / f"merged.{kind}"
    if kind == "docx":
        document = docx.Document(docx_of(path, ("截至11月8日", rows)))
        table = document.tables[0]
        table.cell(*first).merge(table.cell(*last))
        document.save(path)
    else:
        high, wide = last[0] - first[0] + 1, last[1] - first[1] + 1
        gone = {(row, at) for row in range(first[0], last[0] + 1) for at in range(first[1], last[1] + 1)} - {first}
        cells = [
            "".join(
                f"<td{f' rowspan={high} colspan={wide}' * ((row, at) == first)}>{word}</td>"
                for at, word in enumerate(words)
                if (row, at) not in gone
            )
            for row, words in enumerate(rows)
        ]
        path.write_text(f"<table><caption>截至11月8日</caption><tr>{'</tr><tr>'.join(cells)}</tr></table>", "utf-8")
    found = {one.mention.surface: one.status for one in tie_out(read_document(path), case).ties}
    assert {one: found[one] for one in expected} == expected
