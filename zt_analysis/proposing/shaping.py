"""A sheet as it lies made into one row a record: captions, header rows, merges, years over kinds of columns.

What cannot be told is refused by its cell; what is left out is named, for a person to see.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zt_analysis.errors import InputError
from zt_analysis.proposing.refusing import refuse_cell, refuse_twice
from zt_analysis.proposing.values import is_of_a_part, is_total, number, year
from zt_analysis.submissions.captions import FOOTNOTE
from zt_analysis.submissions.formats import render
from zt_analysis.submissions.grid import Sheet, cell_name, letters
from zt_analysis.submissions.units import caption_units, dimension, header_units, without_units

FIRST_ROWS = 40
MOST_HEADERS = 4
# what stands under such a header says something of its row, and labels none
REMARK = re.compile(r"备注|说明|注|remarks?|notes?", re.IGNORECASE)
# a header that says what is counted, under which its kinds stand: 学生数 over 小学 and 初中
COUNTS = re.compile(r"[数额量率]$|面积$|人数$|number|total$", re.IGNORECASE)
VALUE = "数值"
# what people write behind a name without brackets, and the unit that it says
COUNTED = {"人数": "人", "户数": "户", "校数": "所", "面积": "平方米", "里程": "公里", "学位": "个"}
PEOPLE = re.compile(r"[生师人员]$")


@dataclass
class Shaped:
    """A table as records.

    Attributes:
        headers: a name for each column; a unit stands at its end in brackets.
        rows: as many cells each, None where there is nothing.
        places: the row of the sheet that each comes from; letters: the column of each header, empty where none is.
        totals: the rows, by their place, whose label says that they sum others or are a part of one.
        source: file and sheet; is_1904: its days are counted from 1904.
        left_out: rows that are none of the table; remarks: what was done with it that a person should see.
    """

    headers: list[str]
    rows: list[list[Any]]
    places: list[int]
    left_out: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    totals: set[int] = field(default_factory=set)
    letters: list[str] = field(default_factory=list)
    source: str = ""
    is_1904: bool = False

    def cell(self, at: int, place: int) -> str:
        """The cell under a header, counted from 0, in a row of the sheet; the row where years were stacked."""
        return f"{self.source}!{self.letters[at]}{place}" if self.letters[at] else f"{self.source}, row {place}"


def shape(sheet: Sheet, file: str) -> Shaped | None:
    """The table of ``sheet``; None where no two columns and rows make one.

    Raises:
        InputError: values under no header, a cell without its value, a number over several rows: names the cell.
    """
    top = _top(sheet)
    if not top:
        return None
    bottom = _bottom(sheet, top)
    parts = _parts(sheet, top, bottom)
    found = _rows(sheet, bottom, file, [one for one in parts if REMARK.fullmatch("".join(parts[one]))])
    if not set(found.places) - found.totals:
        raise InputError(_named(file, sheet), found="no rows under the headers", expected="at least one",
                         hint="see it in Excel")  # fmt: skip
    for place, row in zip(found.places, found.rows, strict=True):
        for column, value in enumerate(row, start=1):
            if value is not None and column not in parts:
                raise InputError(
                    cell_name(file, sheet.name, place, column), found=f"{value!r} in a column without a header",
                    expected=f"a header in {letters(column)}{top}", hint="name the column, or empty it",
                )  # fmt: skip
    columns = sorted(parts)
    found.source, found.is_1904 = _named(file, sheet), sheet.is_1904
    found.letters = [letters(column) for column in columns]
    found.rows = [[row[column - 1] for column in columns] for row in found.rows]
    return _with_unit([parts[one] for one in columns], found, _caption_units(sheet, top), top)


def header_rows(sheet: Sheet) -> int:
    """How many rows the header has; 0 where there is none."""
    top = _top(sheet)
    return _bottom(sheet, top) - top + 1 if top else 0


def tidy(value: Any) -> str:
    """A header in one line: full-width forms made narrow, no white space within Chinese."""
    text = " ".join(unicodedata.normalize("NFKC", str(value)).split())
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", text)


def _named(file: str, sheet: Sheet) -> str:
    return "!".join([file, *([sheet.name] if sheet.name else [])])


def _top(sheet: Sheet) -> int:
    """The first row of the header: words or years, over most of the columns; 0 where there is none."""
    width = max((len(cells) for cells in sheet.rows.values()), default=0)
    wide = max(2, math.ceil(width * 0.6))
    for row in sorted(sheet.rows)[:FIRST_ROWS]:
        texts = _spread(sheet, row)
        if len(texts) < wide or len(set(texts.values())) < 2 or not all(map(_heads, texts.values())):
            continue
        years = {one for one in map(year, texts.values()) if one is not None}
        # 填报单位：, 单位： stand above it; one year alone is of a row
        if any(":" in tidy(one) for one in texts.values()) or len(years) == 1:
            continue
        # a line above that the next row of words stands under entirely is a title in two cells
        below = sheet.rows.get(row + 1, {})
        merged = any(merge.top == row for merge in sheet.merges)
        if not merged and len(below) > len(texts) and set(texts) <= set(below) and all(map(_heads, below.values())):
            continue
        return row
    return 0


def _heads(value: Any) -> bool:
    """Whether a cell can be one of a header: words, or a year."""
    return year(value) is not None or (isinstance(value, str) and number(value) is None)


def _spread(sheet: Sheet, row: int) -> dict[int, Any]:
    """The cells of a row, those of its merges each."""
    cells = dict(sheet.rows.get(row, {}))
    for merge in sheet.merges:
        if merge.top <= row <= merge.bottom and merge.left in sheet.rows.get(merge.top, {}):
            value = sheet.rows[merge.top][merge.left]
            cells |= dict.fromkeys(range(merge.left, merge.right + 1), value)
    return cells


def _bottom(sheet: Sheet, top: int) -> int:
    """The last row of the header: further ones are words under merged or blank cells of the row above."""
    bottom = max(
        [top, *(merge.bottom for merge in sheet.merges if merge.top == top and merge.bottom < top + MOST_HEADERS)]
    )
    while bottom - top + 1 < MOST_HEADERS:
        above, below = sheet.rows.get(bottom, {}), sheet.rows.get(bottom + 1, {})
        merged = any(merge.top == bottom and merge.right > merge.left for merge in sheet.merges)
        blank = bool(set(below) - set(above)) and bool(set(above) - set(below))
        if not below or not (merged or blank) or not all(map(_heads, below.values())):
            return bottom
        bottom += 1
    return bottom


def _parts(sheet: Sheet, top: int, bottom: int) -> dict[int, list[str]]:
    """The header's words over each column, from above; a word reaches over the blank cells at its right."""
    found: dict[int, list[str]] = {}
    for row in range(top, bottom + 1):
        own = _spread(sheet, row)
        below = {column for one in range(row + 1, bottom + 1) for column in _spread(sheet, one)}
        last = ""
        for column in range(1, max([*own, *below], default=0) + 1):
            last = tidy(own[column]) if column in own else last if column in below and row < bottom else ""
            if last and last not in found.setdefault(column, []):
                found[column].append(last)
    return {column: words for column, words in found.items() if words}


def _rows(sheet: Sheet, bottom: int, file: str, remarks: Sequence[int]) -> Shaped:
    found = Shaped([], [], [])
    padded: list[str] = []
    width = max(max(cells) for cells in sheet.rows.values())
    header = sheet.rows.get(bottom, {})
    for place in sorted(row for row in sheet.rows if row > bottom):
        cells = sheet.rows[place]
        for column, value in cells.items():
            refuse_cell(cell_name(file, sheet.name, place, column), value, sheet.is_merged(place, column))
        if not cells:
            continue
        alone = len(cells) < 2 and width > 1
        if alone or _is_note(cells) or cells == header:
            found.left_out.append(f"row {place} ({' '.join(map(str, cells.values()))[:40]})")
            continue
        labels = [one for column, one in cells.items() if column not in remarks]
        if any(is_total(one) or is_of_a_part(one) for one in labels):
            found.totals.add(place)
        spread = _spread(sheet, place) | {column: text for column in cells if (text := _padded(sheet, place, column))}
        padded += [text for column, text in spread.items() if text != cells.get(column, text)][:1]
        found.rows.append([spread.get(column) for column in range(1, width + 1)])
        found.places.append(place)
    blank = [
        one
        for one in range(min(header, default=1), max(header, default=1))
        if not any(map({one}.intersection, sheet.rows.values()))
    ]
    if blank:
        found.remarks.append(
            f"column {', '.join(map(letters, blank))} is blank: if two tables stand side by side, put each into a file"
        )
    if padded:
        found.remarks.append(f"{len(padded)} rows have zeros that only a format shows: read as shown ({padded[0]})")
    if hidden := sum(place in sheet.hidden_rows for place in found.places):
        found.remarks.append(f"{hidden} hidden rows are read like the others")
    return found


def _padded(sheet: Sheet, row: int, column: int) -> str:
    """A whole number as its format shows it, with zeros before it that are not stored; empty for any other."""
    value, code = sheet.rows[row][column], sheet.formats.get((row, column))
    if not code or not isinstance(value, int | float) or value != int(value):
        return ""
    shown = render(Decimal(int(value)), code) or ""
    return shown if shown.startswith("0") and shown.lstrip("0") == str(int(value)) else ""


def _is_note(cells: dict[int, Any]) -> bool:
    first = cells[min(cells)]
    return isinstance(first, str) and bool(FOOTNOTE.match(tidy(first)))


def _caption_units(sheet: Sheet, top: int) -> list[str]:
    texts = (str(value) for row in sorted(sheet.rows) if row < top for value in sheet.rows[row].values())
    return list(dict.fromkeys(unit for text in texts for unit in caption_units(text)))


def _with_unit(parts: Sequence[list[str]], found: Shaped, units: list[str], top: int) -> Shaped:
    """The table with one name a column, and with its years in a column of their own where they stand side by side."""
    years = [next((one for one in map(year, words) if one is not None), None) for words in parts]
    names = [_name([one for one in words if year(one) is None]) for words in parts]
    rows = [row for place, row in zip(found.places, found.rows, strict=True) if place not in found.totals]
    counts = [all(number(row[at]) is not None for row in rows if row[at] is not None) for at in range(len(names))]
    bare = [
        each and not known(name) and (of is not None or _bare(name))
        for name, of, each in zip(names, years, counts, strict=True)
    ]
    if len(units) == 1:
        names = [
            f"{name}({units[0]})" if each and _fits(name, units[0]) else name
            for name, each in zip(names, bare, strict=True)
        ]
    elif units and any(bare):
        found.remarks.append(f"its caption says the units {'、'.join(units)}: put each into the header of its column")
    heads = [
        " ".join(words) if of is None else f"{of} {name}" for words, name, of in zip(parts, names, years, strict=True)
    ]
    refuse_twice(dict(zip((f"{found.source}!{one}{top}" for one in found.letters), heads, strict=True)))
    if len(set(years) - {None}) < 2:
        found.headers = [" ".join(words) if not names[at] else names[at] for at, words in enumerate(parts)]
        return found
    return _by_year(names, years, found)


def _bare(name: str) -> bool:
    return not re.search(r"率|比|年份|年度|代码|编号|序号|^年$|^year$", name)


def _fits(name: str, unit: str) -> bool:
    """Whether a caption's unit can be a column's: 人数 is of persons, whatever stands above the table."""
    own = next((of for word, of in COUNTED.items() if name.endswith(word)), "人" if PEOPLE.search(name) else "")
    return not own or dimension(own) == dimension(unit)


def known(name: str) -> bool:
    """Whether a header says its unit itself."""
    return bool(header_units(name)) or bool(re.search(r"\([^()]+\)$", name))


def _name(words: Sequence[str]) -> str:
    """The name of a column from the words over it: 小学学生数(人) of 学生数(人) over 小学; units at the end."""
    units = [unit for one in words for unit in header_units(one)]
    bare = [without_units(one) for one in words]
    bare = [one for one in bare if one]
    bare = bare[::-1] if len(bare) > 1 and COUNTS.search(bare[0]) and not COUNTS.search(bare[-1]) else bare
    between = " " if all(one.isascii() for one in bare) else ""
    return between.join(bare) + (f"({units[-1]})" if units else "")


def _by_year(names: list[str], years: list[int | None], found: Shaped) -> Shaped:
    """Columns of several years stacked: a row a year."""
    fixed = [at for at, one in enumerate(years) if one is None]
    stacked = list(dict.fromkeys(name for name, one in zip(names, years, strict=True) if one is not None))
    rows, places = [], []
    for place, row in zip(found.places, found.rows, strict=True):
        for one in sorted({each for each in years if each is not None}):
            values = {names[at]: row[at] for at, each in enumerate(years) if each == one}
            if any(value is not None for value in values.values()):
                rows.append([*(row[at] for at in fixed), one, *(values.get(name) for name in stacked)])
                places.append(place)
    headers = [
        *(names[at] for at in fixed),
        "年份",
        *((VALUE + name) if not name or name[0] == "(" else name for name in stacked),
    ]
    said = "、".join(map(str, sorted({one for one in years if one is not None})))
    remarks = [*found.remarks, f"its years stand side by side ({said}): stacked, a row a year"]
    columns = [*(found.letters[at] for at in fixed), *("" for _ in (VALUE, *stacked))]
    return Shaped(headers, rows, places, found.left_out, remarks, found.totals, columns, found.source, found.is_1904)


def has_table(sheet: Sheet) -> bool:
    """Whether a sheet could hold a table at all: two rows of two cells."""
    return sum(len(cells) > 1 for cells in sheet.rows.values()) > 1
