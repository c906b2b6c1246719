"""The indicators proposed from tables: one for each column, or series, that can be added up, and their units."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from zt_analysis.proposing.columns import Column, Proposed, Stacked
from zt_analysis.proposing.labels import FURTHER, KNOWN, counted
from zt_analysis.proposing.papers import TIMES
from zt_analysis.proposing.wide import VALUE
from zt_analysis.submissions.units import dimension

PERIODS = {"month": "月", "quarter": "季度", "half": "半年"}
NOT_PUBLISHED = {
    "null_en": "none where a cell is empty: not published is not 0",
    "null_zh": "有空格即不计算：未公布不等于0",
}


def figures_of(table: Proposed) -> list[dict[str, str]]:
    """An indicator for each column that can be added up: a share or an average cannot."""
    if table.stacked:
        return [_series(table, table.stacked, one) for one in table.stacked.series]
    time = next((one for one in table.columns if one.kind in TIMES), None)
    said = dict.fromkeys(("when_en", "when_zh", "where_en", "where_zh", "where", "time"), "")
    said |= {"null_en": "an empty cell adds nothing", "null_zh": "空格不计"}
    if time and time.kind == "year":
        now = "period.as_of.year"
        said |= {
            "when_en": " in the calendar year", "when_zh": "，自然年度",
            "where_en": f" where {time.name} = year of as_of",
            "where_zh": f"，{time.name} 为统计年度", "time": ', time="year"',
            "where": f', rows["{time.name}"] == {now}, only=("{time.name}", {now})',
        }  # fmt: skip
    elif time and time.kind == "period":
        last, of = f'period.of("{time.every}").last', time.every.replace("_", " ")
        said |= {
            "when_en": f" in the {of}", "when_zh": f"，{PERIODS[time.every]}",
            "where_en": f" where {time.name} = last day of the {of}",
            "where_zh": f"，{time.name} 为{PERIODS[time.every]}末日", "time": f', time="{time.every}"',
            "where": f', rows["{time.name}"] == {last}, only=("{time.name}", {last})',
        }  # fmt: skip
    elif time:
        said |= {
            "when_en": " on the as-of date", "when_zh": "，统计日", "where_en": f" where {time.name} = as_of",
            "where_zh": f"，{time.name} 等于统计日", "where": f', rows["{time.name}"] == period.as_of',
        }  # fmt: skip
    return [
        said | {
            "id": one.name, "column": one.name, "table": table.name, "file": plain_words(table.source),
            "zh": plain_words(one.header),
            "en": plain_words(one.header) if one.header.isascii() else one.name.replace("_", " "),
            "words": plain_words(one.header), "unit": _unit(one),
        } | (NOT_PUBLISHED | {"where": f"{said['where']}, complete=True"} if None in one.values else {})
        for one in table.columns if one.kind == "measure"
    ]  # fmt: skip


def _series(table: Proposed, stacked: Stacked, one: Column) -> dict[str, str]:
    """The indicator of a series: none of a year of which a part was not published."""
    listed = any(column.kind == "series" for column in table.columns)
    place = next((column.name for column in table.columns if column.kind == "part"), "")
    now = '(rows["year"] == period.as_of.year)'
    where = f'(rows["series"] == "{one.name}") & {now}' if listed else now
    where += f' & (rows["{place}"] != {json.dumps(stacked.whole, ensure_ascii=False)})' if stacked.whole else ""
    which = f" of {one.name}" if listed else ""
    said = plain_words(one.header)
    return {
        "id": one.name, "series": one.name, "column": VALUE, "table": table.name, "file": plain_words(table.path.name),
        "zh": said, "en": one.name.replace("_", " "), "words": said, "unit": _unit(one),
        "when_en": f"{which} of the calendar year", "when_zh": "，自然年度",
        "where_en": f"{which} where year = year of as_of", "where_zh": "，year 为统计年度",
        "time": ', time="year"', "where": f", {where}, complete=True",
    } | NOT_PUBLISHED  # fmt: skip


def apart(figures: list[dict[str, str]]) -> list[dict[str, str]]:
    """Each figure under a name of its own: of one column name in two tables, the second says its table too."""
    seen: set[str] = set()
    for one in figures:
        while one["id"] in seen:
            one["id"] = f"{one['table']}_{one['id']}"
        seen.add(one["id"])
    return figures


def plain_words(text: str) -> str:
    """A header as it can stand in a module and among words of texts: what would end or part them left out."""
    return re.sub(r"[^\w()（）.、\- ]", "", text)


def _unit(column: Column) -> str:
    if dimension(column.unit) == "money":
        return "fen"
    key = KNOWN.get(column.unit) or FURTHER.get(column.unit)
    # what is kept in hundredths is another unit than what is counted
    return (
        f"unit_of_{column.unit_of or column.name}"
        if key is None
        else f"{key}_{column.scale}"
        if column.scale > 1
        else key
    )


def units_of(tables: Iterable[Proposed]) -> list[tuple[object, ...]]:
    """The rows of ``units.csv``: the units that no office has of itself."""
    found: dict[str, list[Column]] = {}
    for column in _measures(tables):
        if (key := _unit(column)) not in KNOWN.values():
            found.setdefault(key, []).append(column)
    return [_row(key, columns) for key, columns in found.items()]


def _row(key: str, columns: list[Column]) -> tuple[object, ...]:
    """A unit as it is printed: of money in several, the smallest, and what else it may be printed in."""
    first = min(columns, key=lambda one: one.scale)
    zh = first.unit or "个"
    decimals = max(first.decimals, 2 if key == "fen" else 0)
    if key != "fen":
        en = f" {zh}" if zh.isascii() else f" {key.replace('_', ' ')}"
        return key, zh, en, first.scale, decimals, f"万{zh}={10**4 * first.scale}" if zh in counted() else ""
    others = {one.unit: one.scale for one in columns if one.unit != zh}
    return key, zh, f" {zh}", first.scale, decimals, " ".join(f"{unit}={scale}" for unit, scale in others.items())


def _measures(tables: Iterable[Proposed]) -> Iterator[Column]:
    for table in tables:
        yield from table.stacked.series if table.stacked else ()
        yield from (one for one in table.columns if one.kind == "measure")
