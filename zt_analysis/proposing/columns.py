"""What a table of an office seems to be: its header, and what each column holds, from the values themselves."""

from __future__ import annotations

import keyword
import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from zt_analysis.errors import InputError
from zt_analysis.personal.headers import header_kind
from zt_analysis.proposing.labels import FURTHER, KNOWN, counted_in, label_of
from zt_analysis.proposing.shaping import COUNTED, REMARK, Shaped, known, tidy
from zt_analysis.proposing.spelling import spelt, twice
from zt_analysis.proposing.totals import kinds_of, parts_only, refuse_blank, rows_of, silent_totals, told
from zt_analysis.proposing.values import day, ends, is_nothing, narrow, number, span, with_unit, year
from zt_analysis.submissions.files import kind_of, read_bytes
from zt_analysis.submissions.grid import Sheet
from zt_analysis.submissions.readers import READERS
from zt_analysis.submissions.units import dimension, factor, header_units, without_units

YEAR = re.compile(r"(?:更新|统计|数据|报告|会计)?(?:年份|年度)|年|(?:calendar )?year", re.IGNORECASE)
PLACE = re.compile(
    r"省|县|区|市|州|乡|镇|街道|村|地区|单位|学校|医院|园|place|hospital|school|county|town|district|region|city",
    re.IGNORECASE,
)
CODE = re.compile(r"代码|编号|编码|序号|code|number|no\.?|id", re.IGNORECASE)
TOTAL = re.compile(r"\s*(?:合\s*计|总\s*计|小\s*计|全[省市县区](?:合计|总计)?)\s*[:：]?\s*")
SHARE = re.compile(r"率$|占比|比例|比重|均|rate|ratio|share|percent|average|mean\b|\bper\b", re.IGNORECASE)
# how English headers write money
MONEY = re.compile(
    r"(?:CNY|RMB|¥|yuan)?\s*(?:(100 million|million|10,?000|thousand)s?)?\s*(?:of\s+)?(?:CNY|RMB|yuan)?", re.IGNORECASE
)
MONEY_OF = {"": "元", "thousand": "千元", "10000": "万元", "million": "百万元", "100 million": "亿元"}
# headers of which an English name is clear; any other column is named by its place
ENGLISH = {
    "年份": "year", "年度": "year", "年": "year", "日期": "counted_on", "统计日": "counted_on", "县区": "county",
    "县": "county", "区县": "county", "市": "city", "乡镇": "town", "学校": "school", "在校生": "pupils",
    "教师": "teachers", "财政收入": "revenue", "校舍面积": "floor_area",
    "月份": "month", "季度": "quarter", "学段": "stage", "医院": "hospital", "收入": "revenue", "支出": "spending",
    "学生": "pupils", "门诊": "outpatients", "床位": "beds",
    "公路": "roads", "专任教师": "teachers", "人口": "population", "经费": "funds", "面积": "area",
}  # fmt: skip
# what a module of indicators says itself
RESERVED = ("measured", "derived", "tables", "period", "rows", "annotations")


@dataclass
class Column:
    """A column as proposed.

    Attributes:
        kind: year, date, period (its last day), measure (added up), rate (not), part (figures are broken down by it)
            or text; of a table that stands side by side also series (what is counted) and value.
        unit: as printed after a number of a measure; scale: whole exact units in one of them.
        decimals: those of the file's values.
        personal: whether its header announces what names a person; it is text, masked wherever it is shown.
        place: whether its values were found to be names of places, whatever its header.
        every: the kind of period that its days are the last of; remark: what a person should see.
        unit_of: the first column, of all tables, that is in the same unit.
        supposed: the unit of its cells where nothing states it and their decimals let it be supposed (万人).
    """

    name: str
    header: str
    kind: str
    values: list[Any] = field(repr=False)
    unit: str = ""
    scale: int = 1
    decimals: int = 0
    personal: bool = False
    place: bool = False
    supposed: str = ""
    every: str = ""
    remark: str = ""
    unit_of: str = ""

    @property
    def is_place(self) -> bool:
        """Whether its values look like names of places: a register is made of them, else a list of words."""
        return self.place or bool(PLACE.search(self.header))


@dataclass
class Stacked:
    """How a table that stands side by side is declared.

    Attributes:
        entry: of ``sources.yml``, but for ``from``.
        series: what is counted, each as a column of its own would be.
        whole: the word of a row of the whole (全国) among its parts, which is not added to them; empty where none is.
        filled: names of the series without a blank in the newest year.
    """

    entry: dict[str, Any]
    series: list[Column]
    whole: str = ""
    filled: tuple[str, ...] = ()


@dataclass
class Proposed:
    """A table as proposed: its columns, the key that its rows have, and what was left out.

    ``stacked``: how it is declared where it stands side by side; its file then is kept as it comes. ``remarks``: what
    was done with it; ``source``: file and sheet that it is from.
    """

    name: str
    path: Path
    columns: list[Column]
    key: list[str]
    left_out: list[str]
    stacked: Stacked | None = None
    remarks: list[str] = field(default_factory=list)
    source: str = ""


def sheets_of(path: Path) -> list[Sheet]:
    """The sheets of a CSV or Excel file that hold something.

    Raises:
        InputError: no readable file.
    """
    content = read_bytes(path)
    return [one for one in READERS[kind_of(path, content)](content, path.name) if one.rows]


def proposed(name: str, path: Path, found: Shaped) -> Proposed:
    """A table of records as proposed: what each of its columns is taken for."""
    found, columns = _of_parts(found)
    for place, column in enumerate(columns):
        of_place = column.is_place and column.header in ENGLISH
        if column.kind == "measure" and (of_place or column.name == f"column_{place + 1}"):
            # nothing English is said of it but what it is counted in; how many schools there are is no school
            unit = "yuan" if dimension(column.unit) == "money" else (KNOWN | FURTHER).get(column.unit, "column")
            column.name = f"{unit}_{place + 1}"
        if column.name in [one.name for one in columns[:place]]:
            column.name = f"{column.name}_{place + 1}"
    key = _key(columns)
    if not key:
        named = [one.values for one in columns if one.kind in ("year", "date", "period", "part", "text")]
        found.remarks += twice(found.places, named)
    return Proposed(name, path, columns, key, found.left_out, None, found.remarks, found.source)


def _of_parts(found: Shaped) -> tuple[Shaped, list[Column]]:
    """The table without its totals, and its columns; what was left out, and why, is said.

    Raises:
        InputError: a row without the label or the time that the others have: names the cell.
    """
    parts = parts_only(found)
    columns = _columns(parts)
    kinds = kinds_of([one.kind for one in columns], parts.headers)
    rows, of_it = rows_of(found, kinds), rows_of(parts, kinds)
    left, noted = silent_totals(of_it, kinds)
    kept = [one for one in of_it if one.place not in left]
    totals = [one for one in rows if one.place in found.totals]
    left_out = [*found.left_out, *told(found, kinds, totals, kept), *left.values()]
    parts.left_out = sorted(left_out, key=lambda one: int(one.split()[1]))  # row 8 (...)
    parts.remarks = [*found.remarks, *noted]
    if left:
        parts.totals = set(left)
        parts = parts_only(parts)
        columns = _columns(parts)
    for at in refuse_blank(parts, kinds):
        columns[at].kind = "text"
        columns[at].remark = "empty in some rows: not a part that figures are broken down by"
    return parts, columns


def _columns(found: Shaped) -> list[Column]:
    return [_column(header, place, [row[place - 1] for row in found.rows], found)
            for place, header in enumerate(found.headers, start=1)]  # fmt: skip


def _column(header: str, place: int, values: list[Any], found: Shaped) -> Column:
    text = tidy(header)
    bare = without_units(text)
    for word, unit in COUNTED.items():
        if bare.endswith(word) and not known(text):
            text = f"{bare}({unit})"
            bare = counted_in(bare, word)
    units = header_units(text) or re.findall(r"\(([^()]{1,6}|[\x20-\x7e]{1,24})\)$", text)
    bare = bare.removesuffix(f"({units[0]})").strip() if units else bare
    unit = english_unit(units[0]) if units else ""
    # a list of words is as the table writes it; a cell that says nothing is empty
    words = [None if is_nothing(one) else one for one in values]
    column = Column(ENGLISH.get(bare) or ascii_name(bare) or f"column_{place}", bare, "text", [])
    column.values = [None if one is None else narrow(one) for one in values]
    held = [one for one in words if one is not None]
    if header_kind(bare) not in ("", "maybe_name"):
        column.personal = True
    elif held and YEAR.fullmatch(bare) and all(year(one) is not None for one in held):
        column.kind, column.values = "year", [None if one is None else year(one) for one in words]
    elif (
        held
        and (spans := [span(one, bare) for one in held])
        and len({one and one.kind for one in spans}) == 1
        and spans[0]
    ):
        column.kind, column.every = "period", spans[0].kind
        column.values = [one and (read := span(one, bare)) and read.last for one in words]
    elif held and all(day(one, bare, is_1904=found.is_1904) for one in held):
        days = [None if one is None else day(one, bare, is_1904=found.is_1904) for one in words]
        column.kind, column.values, column.every = "date", days, ends([one for one in days if one])
    elif held and not CODE.search(bare) and (numbers := _numbers(words)):
        unit = unit or numbers[1]
        _measure(column, numbers[0], unit, found, place)
    elif not REMARK.fullmatch(bare) and (len(set(map(str, held))) < len(held) or column.is_place):
        column.kind, column.values = "part", [None if one is None else tidy(one) for one in words]
        column.remark = spelt(column.values, words)
    if column.kind == "text" and not column.personal and not CODE.search(bare):
        _say_words(column, found)
    return column


def _numbers(values: list[Any]) -> tuple[list[Decimal | None], str] | None:
    """The numbers of a column and the unit that all its cells write; None where one of them is no number."""
    read = [None if one is None else number(one) for one in values]
    if all(one is not None for one, value in zip(read, values, strict=True) if value is not None):
        return read, ""
    written = [None if one is None else with_unit(one) for one in values]
    units = {one[1] for one in written if one}
    if len(units) == 1 and all(one for one, value in zip(written, values, strict=True) if value is not None):
        return [one[0] if one else None for one in written], units.pop()
    return None


def _say_words(column: Column, found: Shaped) -> None:
    """Of a column of numbers that holds words as well, say which: it adds nothing up as it stands."""
    held = [(place, one) for place, one in zip(found.places, column.values, strict=True) if one is not None]
    words = [(place, one) for place, one in held if number(one) is None and not is_nothing(one)]
    if held and words and len(words) * 2 <= len(held):
        place, value = words[0]
        column.remark = (
            f"{len(words)} of {len(held)} values are no number, such as {value[:20]!r} in row {place}: not added up"
        )


def _measure(column: Column, numbers: list[Decimal | None], unit: str, found: Shaped, place: int) -> None:
    money = dimension(unit) == "money"
    label = label_of(f"{column.header}({unit})", "")
    if unit and not money and label.times > 1:  # 13.25万人次 are 132500人次, as a text prints them
        numbers = [None if one is None else one * label.times for one in numbers]
        column.remark, unit = f"kept in {label.noun}: {unit} are {label.times} each", label.noun
    held = [one for one in numbers if one is not None]
    column.decimals = max(max(0, -int(one.normalize().as_tuple().exponent)) for one in held)
    # money is kept in fen; what has decimals as so many of the smallest place
    column.scale = int(factor(unit, "分")) if money else 10**column.decimals
    column.kind, column.unit = "measure", unit
    exact = [None if one is None else one * column.scale for one in numbers]
    odd = next((at for at, one in enumerate(exact) if one is not None and one != int(one)), None)
    if odd is not None:
        raise InputError(
            found.cell(place - 1, found.places[odd]), found=f"{numbers[odd]} {unit}, money of less than one fen",
            expected="whole fen", hint="round it",
        )  # fmt: skip
    column.values = [None if one is None else int(one) for one in exact]
    if blank := len(numbers) - len(held):
        column.remark += f"{'; ' if column.remark else ''}{blank} of {len(numbers)} cells say nothing: empty, not 0"
    if unit in ("%", "‰") or SHARE.search(column.header):
        column.kind, column.remark = "rate", "a share or an average: not added up, so no figure of its own"


def _key(columns: list[Column]) -> list[str]:
    """The first columns that name a row; none where rows are twice the same."""
    named = [one for one in columns if one.kind in ("year", "date", "period", "part", "text")]
    for size in range(1, len(named) + 1):
        rows = list(zip(*(one.values for one in named[:size]), strict=True))
        if len(set(rows)) == len(rows) and not any(None in row for row in rows):
            return [one.name for one in named[:size]]
    return []


def number_in(value: Any) -> Decimal | None:
    """The number that a cell holds, also as text; None where it holds none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = Decimal(unicodedata.normalize("NFKC", str(value)).replace(",", "").strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def ascii_name(text: str) -> str:
    """A name for code out of English words; empty where there are none."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    name = "_".join(words) if text.isascii() else ""
    if name in RESERVED or keyword.iskeyword(name):
        return f"{name}_"
    return name if name and not name[0].isdigit() else ""


def english_unit(unit: str) -> str:
    """The unit in Chinese that an English header says of money; any other as it stands.

    >>> english_unit("CNY 100 million"), english_unit("10,000 yuan"), english_unit("days")
    ('亿元', '万元', 'days')
    """
    found = MONEY.fullmatch(unit.strip())
    if not found or not re.search(r"CNY|RMB|¥|yuan", unit, re.IGNORECASE):
        return unit
    return MONEY_OF[(found[1] or "").lower().replace(",", "")]
