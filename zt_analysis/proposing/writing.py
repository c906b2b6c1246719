"""A begun project made into one of an office's own tables: package, indicators, words, parameters."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from zt_analysis.proposing.columns import Column, Proposed
from zt_analysis.sources.sealing import seal, write_json
from zt_analysis.submissions.units import dimension

PACKAGE = "data/proposed"
NOTE = (
    "Proposed by zt init from the values of these files: confirm types, keys, units and names, then remove this note."
)
KNOWN = {"人": "persons", "名": "persons", "户": "households", "所": "schools"}
ENGLISH = {"平方米": "square_metres", "公里": "kilometres", "吨": "tonnes", "亩": "mu", "个": "pieces", "": "pieces"}
TYPES = {"year": "integer", "date": "date", "measure": "integer", "part": "string", "text": "string"}
CLAIMS = "claims"


def write_project(folder: Path, tables: Sequence[Proposed]) -> list[str]:
    """Put the tables in the place of the template's; what a person has to check, one line each."""
    for name in (f"data/demo/{CLAIMS}", "data/demo", "drafts", "tests"):
        shutil.rmtree(folder / name, ignore_errors=True)
    registers = _registers(tables)
    figures = _apart([one for table in tables for one in _figures(table)])
    as_of, base_on = _days(tables)
    _package(folder, tables, registers)
    _office(folder, tables, registers, figures)
    case = str(as_of.year)
    _case(folder, case, as_of, base_on)
    values = {"case": case, "package": PACKAGE, "tables": [one.name for one in tables], "figures": figures}
    for name in ("README.md", "README.zh-CN.md"):
        (folder / name).write_text(_filled(f"{name}.j2", **values), encoding="utf-8")
    return [line for table in tables for line in _to_check(table)]


def _registers(tables: Iterable[Proposed]) -> dict[str, list[str]]:
    """The members of each register: of every column whose values look like names of places, over all tables."""
    found: dict[str, dict[str, None]] = {}
    for table in tables:
        for column in table.columns:
            if column.kind == "part" and column.is_place:
                found.setdefault(column.name, {}).update(dict.fromkeys(one for one in column.values if one))
    return {name: list(members) for name, members in found.items()}


def _package(folder: Path, tables: Sequence[Proposed], registers: dict[str, list[str]]) -> None:
    there = folder / PACKAGE
    there.mkdir(parents=True)
    resources = []
    for key, members in registers.items():
        _write(there / f"{key}_names.csv", (key, "name_zh", "name_en"), [(one, one, one) for one in members])
        fields = [_field(name, "string", name, required=True) for name in (key, "name_zh", "name_en")]
        resources.append(_resource(f"{key}_names", fields, [key]))
    for table in tables:
        rows = list(zip(*(column.values for column in table.columns), strict=True))
        _write(there / f"{table.name}.csv", [column.name for column in table.columns], rows)
        fields = [_of_column(column) for column in table.columns]
        resources.append(
            _resource(table.name, fields, table.key, [one.name for one in table.columns if one.name in registers])
        )
    content = {"profile": "data-package", "name": "proposed", "title": "Proposed", "synthetic": False, "proposed": NOTE}
    write_json(there / "datapackage.json", content | {"resources": resources})
    seal(there.resolve())


def _of_column(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {} if None in column.values else {"required": True}
    if column.kind == "measure" and min(one for one in column.values if one is not None) >= 0:
        limits["minimum"] = 0
    if column.kind == "part" and not column.is_place:
        limits["enum"] = sorted({one for one in column.values if one})
    field = _field(column.name, TYPES[column.kind], column.header, **limits)
    return field | ({"personal": True} if column.personal else {})


def _field(name: str, kind: str, title: str, **constraints: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "title": title, "constraints": constraints}


def _resource(name: str, fields: list[dict[str, Any]], key: list[str], places: Sequence[str] = ()) -> dict[str, Any]:
    foreign = [{"fields": [one], "reference": {"resource": f"{one}_names", "fields": [one]}} for one in places]
    schema = {"fields": fields, "primaryKey": key, "foreignKeys": foreign}
    return {"name": name, "path": f"{name}.csv", "hash": "sha256:", "schema": schema}


def _figures(table: Proposed) -> list[dict[str, str]]:
    """An indicator for each column that can be added up: a share or an average cannot."""
    time = next((one for one in table.columns if one.kind in ("year", "date")), None)
    said = dict.fromkeys(("when_en", "when_zh", "where_en", "where_zh", "where", "time"), "")
    if time and time.kind == "year":
        now = "period.as_of.year"
        said |= {
            "when_en": " in the calendar year", "when_zh": "，自然年度",
            "where_en": f" where {time.name} = year of as_of",
            "where_zh": f"，{time.name} 为统计年度", "time": ', time="year"',
            "where": f', rows["{time.name}"] == {now}, only=("{time.name}", {now})',
        }  # fmt: skip
    elif time:
        said |= {
            "when_en": " on the as-of date", "when_zh": "，统计日", "where_en": f" where {time.name} = as_of",
            "where_zh": f"，{time.name} 等于统计日", "where": f', rows["{time.name}"] == period.as_of',
        }  # fmt: skip
    return [
        said | {
            "id": one.name, "column": one.name, "table": table.name, "file": _plain(table.path.name),
            "zh": _plain(one.header),
            "en": one.name.replace("_", " "), "words": _plain(one.header), "unit": _unit(one),
        }
        for one in table.columns if one.kind == "measure" and one.unit not in ("%", "‰")
    ]  # fmt: skip


def _apart(figures: list[dict[str, str]]) -> list[dict[str, str]]:
    """Each figure under a name of its own: of one column name in two tables, the second says its table too."""
    seen: set[str] = set()
    for one in figures:
        while one["id"] in seen:
            one["id"] = f"{one['table']}_{one['id']}"
        seen.add(one["id"])
    return figures


def _plain(text: str) -> str:
    """A header as it can stand in a module and among words of texts: what would end or part them left out."""
    return re.sub(r"[^\w()（）.\- ]", "", text)


def _unit(column: Column) -> str:
    if dimension(column.unit) == "money":
        return "fen"
    return KNOWN.get(column.unit) or ENGLISH.get(column.unit) or f"unit_of_{column.name}"


def _office(
    folder: Path, tables: Sequence[Proposed], registers: dict[str, list[str]], figures: list[dict[str, str]]
) -> None:
    office = folder / "office"
    (office / "indicators.py").write_text(_filled("indicators.py.j2", figures=figures), encoding="utf-8")
    names = "".join(f'"{one["id"]}", ' for one in figures).rstrip()
    _change(office / "papers.py", '("pupils", "boarders")', f"({names})")
    _change(office / "papers.py", "data/demo", PACKAGE)
    if not any(column.kind == "year" for table in tables for column in table.columns):
        # its tables say the day it counts up to; for which periods it comes out, a person will
        _change(office / "papers.py", '    every: ClassVar[str] = "year"\n', "")
    _change(
        office / "layout.py", '(Section("pupils", ("page_say_pupils",), ("pupils",)),),', '(Section("figures", ()),),'
    )
    # which figures are worth a chart, a person says
    (office / "charts.py").unlink()
    _change(office / "__init__.py", ', "charts": "charts"', "")
    _without_charts(folder / "notebooks" / "brief.ipynb")
    _change(office / "layout.py", '    summary=("page_say_pupils",),\n', "")
    parts = {column.name: column for table in tables for column in table.columns if column.kind == "part"}
    words = [("brief_title", "简报", "Brief"), ("page_section_figures", "主要数字", "Figures")]
    words += [(name, column.header, name) for name, column in parts.items()]
    lists = [column for name, column in parts.items() if name not in registers]
    values = dict.fromkeys(value for column in lists for value in column.values if value)
    words += [(value, value, value) for value in values if value not in parts]
    _write(office / "words" / "brief.csv", ("key", "zh", "en"), words)
    head = ("id", "severity", "kind", "of", "by", "each", "statement", "zh", "en")
    sums = [
        (f"{name}_adds_up", "hard", "partition", "", name, "", "every", f"各{_plain(column.header)}合计等于全部",
         f"The parts by {name} add up")
        for name, column in parts.items()
    ]  # fmt: skip
    _write(office / "relations" / "statements.csv", head, sums)
    texts = office / "words" / "texts"
    texts.mkdir()
    named = [
        (column.name, value, re.escape(value)) for column in lists for value in dict.fromkeys(column.values) if value
    ]
    _write(texts / "parts.csv", ("dimension", "value", "words"), named)
    _write(texts / "units.csv", ("key", "zh", "en", "exact", "decimals", "printed"), _units(tables))


def _units(tables: Iterable[Proposed]) -> list[tuple[object, ...]]:
    found: dict[str, tuple[object, ...]] = {}
    for column in (one for table in tables for one in table.columns if one.kind == "measure"):
        key, zh = _unit(column), column.unit or "个"
        if key not in KNOWN.values():
            decimals = max(column.decimals, 2 if key == "fen" else 0)
            found[key] = (
                key,
                zh,
                f" {zh}" if key == "fen" else f" {key.replace('_', ' ')}",
                column.scale,
                decimals,
                "",
            )
    return list(found.values())


def _days(tables: Iterable[Proposed]) -> tuple[date, date]:
    """The newest day or year of the tables, and the one before it."""
    days = {
        one for table in tables for column in table.columns if column.kind == "date" for one in column.values if one
    }
    years = {
        one for table in tables for column in table.columns if column.kind == "year" for one in column.values if one
    }
    if years:
        return date(max(years), 12, 31), date(max(years) - 1, 12, 31)
    newest = max(days, default=date.today())
    return newest, max(
        (one for one in days if one < newest), default=newest.replace(year=newest.year - 1, day=min(newest.day, 28))
    )


def _case(folder: Path, case: str, as_of: date, base_on: date) -> None:
    issued = date(as_of.year + 1, 1, 15)
    before = {
        "data/demo": PACKAGE,
        '"2025-10-10"': f'"{issued}"',
        '"2025-09-20"': f'"{as_of}"',
        '"2024-09-20"': f'"{base_on}"',
    }
    for path in (folder / "params" / "2025.yml", folder / "notebooks" / "brief.ipynb"):
        text = path.read_text(encoding="utf-8")
        for old, new in before.items():
            text = text.replace(old, new).replace(old.replace('"', '\\"'), new.replace('"', '\\"'))
        text = (
            text.replace('"2025"', f'"{case}"')
            .replace('\\"2025\\"', f'\\"{case}\\"')
            .replace("of 2025.", f"of {case}.")
        )
        path.write_text(text, encoding="utf-8")
    (folder / "params" / "2025.yml").rename(folder / "params" / f"{case}.yml")


def _without_charts(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"] = [one for one in notebook["cells"] if not one["id"].startswith("charts")]
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _to_check(table: Proposed) -> list[str]:
    key = " + ".join(table.key) or "NONE: rows are twice the same"
    lines = [f"{table.path.name} -> {PACKAGE}/{table.name}.csv, key {key}"]
    lines += [f"  left out: {one}" for one in table.left_out]
    for column in table.columns:
        kind = f"measure in {column.unit or '个 (no unit in the header)'}" if column.kind == "measure" else column.kind
        kind = "PERSONAL, masked wherever it is shown" if column.personal else kind
        scale = f", kept as whole 1/{column.scale} of it" if column.kind == "measure" and column.scale > 1 else ""
        lines.append(f"  {column.header} -> {column.name}: {kind}{scale}")
    return lines


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name}: {old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([head, *rows])


def _filled(name: str, **values: object) -> str:
    from jinja2 import Environment, StrictUndefined

    text = files(__package__).joinpath("templates", name).read_text(encoding="utf-8")
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True)
    return environment.from_string(text).render(**values)
