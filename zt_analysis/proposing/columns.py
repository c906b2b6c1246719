"""What a table of an office seems to be: its header, and what each column holds, from the values themselves."""

from __future__ import annotations

import keyword
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from zt_analysis.errors import InputError
from zt_analysis.personal.headers import header_kind
from zt_analysis.submissions.files import kind_of, read_bytes
from zt_analysis.submissions.grid import Sheet
from zt_analysis.submissions.headers import plain
from zt_analysis.submissions.reading import READERS
from zt_analysis.submissions.units import dimension, factor, header_units, without_units

YEAR = re.compile(r"(?:更新|统计|数据|报告|会计)?(?:年份|年度)|年|year", re.IGNORECASE)
PLACE = re.compile(r"省|县|区|市|州|乡|镇|街道|村|地区|单位|学校|place|county|town|district|region|city", re.IGNORECASE)
CODE = re.compile(r"代码|编号|编码|序号|code|number|no\.?|id", re.IGNORECASE)
TOTAL = re.compile(r"\s*(?:合\s*计|总\s*计|小\s*计|全[省市县区](?:合计|总计)?)\s*[:：]?\s*")
# what people write behind a name without brackets, and the unit that it says
COUNTED = {"人数": "人", "户数": "户", "校数": "所", "面积": "平方米", "里程": "公里", "学位": "个"}
# headers of which an English name is clear; any other column is named by its place
ENGLISH = {
    "年份": "year", "年度": "year", "年": "year", "日期": "counted_on", "统计日": "counted_on", "县区": "county",
    "县": "county", "区县": "county", "市": "city", "乡镇": "town", "学校": "school", "在校生": "pupils",
    "教师": "teachers", "财政收入": "revenue", "校舍面积": "floor_area",
    "公路": "roads", "专任教师": "teachers", "人口": "population", "经费": "funds", "面积": "area",
}  # fmt: skip
# what a module of indicators says itself
RESERVED = ("measured", "derived", "tables", "period", "rows", "annotations")


@dataclass
class Column:
    """A column as proposed.

    Attributes:
        kind: year, date, measure (added up), part (figures are broken down by it) or text; of a table that stands side
            by side also series (what is counted) and value.
        unit: as printed after a number of a measure; scale: whole exact units in one of them.
        decimals: those of the file's values.
        personal: whether its header announces what names a person; it is text, masked wherever it is shown.
        place: whether its values were found to be names of places, whatever its header.
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

    ``stacked``: how it is declared where it stands side by side; its file then is kept as it comes.
    """

    name: str
    path: Path
    columns: list[Column]
    key: list[str]
    left_out: list[str]
    stacked: Stacked | None = None


def sheets_of(path: Path) -> list[Sheet]:
    """The visible sheets of a CSV or Excel file that hold something.

    Raises:
        InputError: no readable file.
    """
    content = read_bytes(path)
    return [one for one in READERS[kind_of(path, content)](content, path.name) if not one.hidden and one.rows]


def read_table(path: Path, number: int) -> Proposed:
    """The table in the first sheet of a CSV or Excel file, one row a record.

    Raises:
        InputError: no readable file, no header, no rows, or a cell whose value Excel had not computed.
    """
    sheets = sheets_of(path)
    top = _header(sheets[0], path) if sheets else 0
    if not sheets or not top:
        raise InputError(
            str(path), found="no table", expected="one row of headers and rows under it", hint="see it in Excel"
        )
    rows, left_out = _rows(sheets[0], top)
    if not rows:
        raise InputError(str(path), found="no rows under the headers", expected="at least one", hint="see it in Excel")
    left_out += [f"sheet {one.name!r}" for one in sheets[1:]]
    columns = [
        _column(text, place, [row.get(place) for row in rows]) for place, text in sorted(sheets[0].rows[top].items())
    ]
    for place, column in enumerate(columns):
        if column.name in [one.name for one in columns[:place]]:
            column.name = f"{column.name}_{place + 1}"
    return Proposed(ascii_name(path.stem) or f"table_{number}", path, columns, _key(columns), left_out)


def _header(sheet: Sheet, path: Path) -> int:
    """The first row that is as wide as the table and all words; 0 where there is none."""
    width = max(len(row) for row in sheet.rows.values())
    full = (row for row in sorted(sheet.rows) if len(sheet.rows[row]) >= max(2, width))
    return next(
        (
            row
            for row in full
            if all(isinstance(one, str) and number_in(one) is None for one in sheet.rows[row].values())
        ),
        0,
    )


def _rows(sheet: Sheet, top: int) -> tuple[list[dict[int, Any]], list[str]]:
    rows, left_out = [], []
    for number in sorted(row for row in sheet.rows if row > top):
        cells = sheet.rows[number]
        words = [one for one in cells.values() if isinstance(one, str)]
        if len(cells) < 2 or any(TOTAL.fullmatch(one) for one in words):
            left_out.append(f"row {number} ({' '.join(map(str, cells.values()))[:40]})")
        else:
            rows.append(cells)
    return rows, left_out


def _column(header: Any, place: int, values: list[Any]) -> Column:
    text = plain(header)
    bare = without_units(text)
    for word, unit in COUNTED.items():
        if bare.endswith(word) and not header_units(text):
            text = f"{bare}({unit})"
            bare = bare.removesuffix(word) or bare
    units = header_units(text) or re.findall(r"\(([^()]{1,6})\)$", text)
    bare = bare.removesuffix(f"({units[0]})") if units else bare
    column = Column(ENGLISH.get(bare) or ascii_name(bare) or f"column_{place}", bare, "text", values)
    held = [one for one in values if one is not None]
    numbers = [number_in(one) for one in held]
    if header_kind(bare) not in ("", "maybe_name"):
        column.personal, column.values = True, [None if one is None else str(one) for one in values]
    elif held and all(isinstance(one, date) or _day(one) for one in held):
        column.kind, column.values = "date", [_day(one) for one in values]
    elif held and None not in numbers and not CODE.search(bare):
        _measure(column, [number_in(one) for one in values], units[0] if units else "")
    elif len(set(map(str, held))) < len(held) or column.is_place:
        column.kind, column.values = "part", [None if one is None else str(one).strip() for one in values]
    return column


def _measure(column: Column, numbers: list[Decimal | None], unit: str) -> None:
    held = [one for one in numbers if one is not None]
    if YEAR.fullmatch(column.header) and all(1900 <= one <= 2100 for one in held):
        column.kind, column.values = "year", [None if one is None else int(one) for one in numbers]
        return
    column.decimals = max(max(0, -int(one.normalize().as_tuple().exponent)) for one in held)
    # money is kept in fen; what has decimals as so many of the smallest place
    money = dimension(unit) == "money"
    column.scale = int(factor(unit, "分")) if money else 10**column.decimals
    column.kind, column.unit = "measure", unit
    column.values = [None if one is None else one * column.scale for one in numbers]
    if any(one is not None and one != int(one) for one in column.values):
        raise InputError(
            f"column {column.header!r}", found="money of less than one fen", expected="whole fen", hint="round it"
        )
    column.values = [None if one is None else int(one) for one in column.values]


def _key(columns: list[Column]) -> list[str]:
    """The first columns that name a row; none where rows are twice the same."""
    named = [one for one in columns if one.kind in ("year", "date", "part", "text")]
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


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def ascii_name(text: str) -> str:
    """A name for code out of English words; empty where there are none."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    name = "_".join(words) if text.isascii() else ""
    if name in RESERVED or keyword.iskeyword(name):
        return f"{name}_"
    return name if name and not name[0].isdigit() else ""
