"""A table that stands side by side, proposed as it comes: its entry of ``sources.yml``, not a copy of its cells.

A column for each year, or a row for each year and a column for each series or place. What is kept is the file; what is
proposed is how it is read (docs/sources.md), so that a newer file of the same form is read by the same declaration.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from zt_analysis.proposing.columns import (
    CODE,
    PLACE,
    TOTAL,
    YEAR,
    number_in,
)
from zt_analysis.proposing.labels import Label, label_of
from zt_analysis.submissions.captions import is_footnote
from zt_analysis.submissions.cells import tidy
from zt_analysis.submissions.grid import Sheet
from zt_analysis.submissions.headers import FIRST_ROWS, plain
from zt_analysis.submissions.units import caption_units, dimension

IN_HEADER = re.compile(r"(?P<before>\D*?)(?P<year>(?:19|20)\d\d)(?P<after>\D.*|)")
SERIES = re.compile(r"指标|项目|名称|类别|分类|indicator|item|series|variable", re.IGNORECASE)
NAMED = re.compile(r"(?:指标|项目)(?:名称)?[:：](.+)")
LIKE_PLACES = re.compile(r".{1,14}(?:省|市|自治区|区|县|自治州|州|盟|旗|镇|乡|街道|村|兵团)")
PERSONS = re.compile(r"(?:人|生|师|工|员|童)数$")
WHOLE = re.compile(r"全[国省市州区县]|合计|总计|共计")
FEWEST_YEARS, FEWEST_SERIES, MOST = 2, 2, 0.6
VALUE, SERIES_COLUMN = "value", "series"
MONEY = ("元", "分")


@dataclass
class Found:
    """The cells of a table as it stands: each value with its series, place and year."""

    header: int
    columns: dict[str, str]
    headers: str
    cells: list[tuple[Label, str, int, Decimal | None]] = field(default_factory=list)
    place: str = ""
    ignored: list[str] = field(default_factory=list)
    by_label: bool = False


def years_as_columns(sheet: Sheet, path: Path) -> Iterator[Found]:
    """A column for each year: 2019年, 2018年 ..., for each form of such headers that stands twice or more."""
    best: dict[tuple[str, str], dict[int, int]] = {}
    top = 0
    for row in sorted(one for one in sheet.rows if one <= FIRST_ROWS):
        forms: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
        for column, cell in sheet.rows[row].items():
            match = IN_HEADER.fullmatch(_text(cell))
            if match:
                forms[match["before"], match["after"]][column] = int(match["year"])
        forms = {one: years for one, years in forms.items() if _are_years(one, years)}
        if sum(map(len, forms.values())) > sum(map(len, best.values())):
            best, top = forms, row
    if not best or any(
        number_in(cell) is not None and not IN_HEADER.fullmatch(_text(cell)) for cell in sheet.rows[top].values()
    ):
        return
    rows = list(_rows(sheet, top))
    years = {column for found in best.values() for column in found}
    others = {column: _text(cell) for column, cell in sheet.rows[top].items() if column not in years}
    texts = {column: [_text(cells.get(column)) for cells in rows] for column in others}
    place, series, units = _labels(others, texts)
    if series is None and place is None:
        return
    parts = [one for one in (place, series) if one is not None]
    captions = _captions(sheet, top)
    for (before, after), found in best.items():
        one = Found(top, {}, f"{before}{{year}}{after}", place=others[place] if place is not None else "")
        one.by_label = series is not None
        one.columns = {SERIES_COLUMN: others[series]} if series is not None else {}
        one.ignored = [text for column, text in others.items() if column not in parts]
        one.ignored += [_text(sheet.rows[top][column]) for column in years - set(found)]
        suffix = before + re.sub(r"^年度?", "", after)
        for cells in rows:
            if any(not _text(cells.get(part)) for part in parts):
                continue
            unit = _text(cells.get(units)) if units is not None else captions.unit
            said = str(cells[series]) if series is not None else suffix or captions.series or _stem(path)
            label = label_of(said, unit or captions.unit)
            label = label if series is not None else replace(label, own=False)
            where = _text(cells[place]) if place is not None else ""
            for column, year in found.items():
                one.cells.append((label, where, year, number_in(cells.get(column))))
        yield one


def years_as_rows(sheet: Sheet, path: Path) -> Iterator[Found]:
    """A row for each year, and a column for each series (with a place in front, perhaps) or for each place."""
    for top in sorted(one for one in sheet.rows if one <= FIRST_ROWS):
        headers = {column: _text(cell) for column, cell in sheet.rows[top].items()}
        year = next((column for column, text in headers.items() if YEAR.fullmatch(text)), None)
        rows = list(_rows(sheet, top))
        if year is None or not rows or len(headers) < 1 + FEWEST_SERIES:
            continue
        numbers = [_year(cells.get(year)) for cells in rows]
        if None in numbers:
            return
        values = {
            column: [number_in(cells.get(column)) for cells in rows]
            for column in headers
            if column != year and not CODE.search(headers[column]) and _numeric(cells.get(column) for cells in rows)
        }
        texts = {column: [_text(cells.get(column)) for cells in rows] for column in headers if column not in values}
        named = [one for one in texts if one != year and _is_place(headers[one], texts[one])]
        # by its name rather than by its code
        place = next((one for one in named if not CODE.search(headers[one])), named[0] if named else None)
        captions = _captions(sheet, top)
        across = sum(bool(LIKE_PLACES.fullmatch(headers[one])) for one in values) >= MOST * len(values)
        labels = {column: label_of(headers[column], captions.unit) for column in values}
        # what an office keeps itself, with a value in each cell and plain units, is copied as it is
        published = (
            place is None or any(None in one for one in values.values()) or any(_scaled(one) for one in labels.values())
        )
        keys = list(zip(numbers, texts[place] if place is not None else [""] * len(rows), strict=True))
        if len(values) < FEWEST_SERIES or not published or len(set(keys)) < len(keys):
            return
        one = Found(top, {"year": headers[year]}, "{place}" if across else "{series}")
        one.place = headers[place] if place is not None and not across else ""
        one.ignored = [text for column, text in headers.items() if column not in values and column not in (year, place)]
        one.by_label = not across
        twice = [text for text, count in Counter(headers[column] for column in values).items() if count > 1]
        one.ignored += twice
        for column, found in values.items():
            if headers[column] in twice:
                continue
            if across and WHOLE.fullmatch(headers[column]):
                one.ignored.append(headers[column])
                continue
            label = (
                replace(label_of(captions.series or _stem(path), captions.unit), own=False)
                if across
                else labels[column]
            )
            for (when, where), value in zip(keys, found, strict=True):
                assert when is not None
                one.cells.append((label, headers[column] if across else where, when, value))
        yield one
        return


def _are_years(form: tuple[str, str], years: dict[int, int]) -> bool:
    """Whether headers are years, each once; numbers alone have to follow each other: 1960 and 2010 may be pupils."""
    found = [years[column] for column in sorted(years)]
    steps = {after - before for before, after in pairwise(found)}
    return len(set(found)) == len(found) >= FEWEST_YEARS and (any(form) or steps in ({1}, {-1}))


def _rows(sheet: Sheet, top: int) -> Iterator[dict[int, Any]]:
    """The rows under the headers, down to the notes; no totals."""
    for row in sorted(one for one in sheet.rows if one > top):
        cells = sheet.rows[row]
        if is_footnote(cells):
            return
        if not any(isinstance(one, str) and TOTAL.fullmatch(one) for one in cells.values()):
            yield cells


@dataclass
class _Captions:
    unit: str = ""
    series: str = ""


def _captions(sheet: Sheet, top: int) -> _Captions:
    found = _Captions()
    for row in (one for one in sheet.rows if one < top):
        for cell in sheet.rows[row].values():
            units = caption_units(str(cell))
            # of several units a caption does not say which column is in which
            found.unit = units[0] if len(units) == 1 else found.unit
            named = NAMED.match(plain(cell))
            found.series = named[1] if named else found.series
    return found


def _stem(path: Path) -> str:
    """What a file's name says that it holds: 分省年度数据-在校学生数（万人）"""
    return re.split(r"[-~—_]", path.stem)[-1] or path.stem


def _labels(others: dict[int, str], texts: dict[int, list[str]]) -> tuple[int | None, int | None, int | None]:
    """Which of the columns beside the years names places, which the series, and which their units."""
    units = next(
        (column for column, all_of in texts.items() if any(all_of) and all(scale_known(one) for one in all_of if one)),
        None,
    )
    left = {
        column: text for column, text in others.items()
        if column != units and not CODE.search(text) and any(number_in(one) is None for one in texts[column] if one)
    }  # fmt: skip
    series = next(
        (column for column, text in left.items() if SERIES.search(text) and not _many_places(texts[column])), None
    )
    if series is None:
        series = next((column for column in left if any(label_of(one, "").unit for one in texts[column])), None)
    place = next((one for one in left if one != series and _is_place(left[one], texts[one])), None)
    if series is None:
        series = next((one for one in left if one != place), None)
    return place, series, units


def _is_place(header: str, texts: list[str]) -> bool:
    return bool(PLACE.search(header)) or _many_places(texts)


def _many_places(texts: list[str]) -> bool:
    known = [one for one in texts if one]
    return bool(known) and sum(bool(LIKE_PLACES.fullmatch(one)) for one in known) >= MOST * len(known)


def scale_known(text: str) -> bool:
    """Whether ``text`` is a unit and nothing else."""
    return bool(label_of(f"x({text})", "").unit)


def _numeric(cells: Iterable[Any]) -> bool:
    return all(cell is None or number_in(cell) is not None for cell in cells)


def _scaled(label: Label) -> bool:
    return dimension(label.unit) != "money" and label.times > 1


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return plain(tidy(str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)))


def _year(cell: Any) -> int | None:
    match = re.fullmatch(r"((?:19|20)\d\d)(?:年度?)?", _text(cell))
    return int(match[1]) if match else None
