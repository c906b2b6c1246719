"""A begun project made into one of an office's own tables: package, indicators, words, parameters."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from zt_analysis.contents import named, write_file
from zt_analysis.errors import InputError
from zt_analysis.office import office_of
from zt_analysis.proposing.columns import Column, Proposed, Stacked
from zt_analysis.proposing.figures import apart, figures_of, plain_words, units_of
from zt_analysis.proposing.paper_text import write_text
from zt_analysis.proposing.papers import PACKAGE, TIMES, change, days_of, write_case, write_papers, write_zt_toml
from zt_analysis.proposing.together import Register, above, bring_together, called, registers_of
from zt_analysis.sources.checking import check_sources
from zt_analysis.sources.problems import Problem
from zt_analysis.sources.sealing import seal, write_json
from zt_analysis.sources.sources_yml import FILE as SOURCES
from zt_analysis.spans import Calendar
from zt_analysis.yamls import write_yaml

NOTE = (
    "Proposed by zt init from the values of these files: confirm types, keys, units and names, then remove this note."
)
TYPES = {
    "year": "integer", "date": "date", "period": "date", "measure": "integer", "rate": "integer", "value": "integer",
    "part": "string", "series": "string", "text": "string",
}  # fmt: skip
CLAIMS = "claims"
RAW = "raw"
HOW_READ = "how the files are read (docs/sources.md): proposed by zt init from what they hold; confirm each"


def write_project(folder: Path, tables: Sequence[Proposed]) -> list[str]:
    """Put the tables in the place of the template's; what a person has to check, one line each."""
    chinese = any(re.search(r"[一-龥]", text) for table in tables for text in _texts(table))
    for name in (f"data/demo/{CLAIMS}", "data/demo", "drafts", "tests"):
        shutil.rmtree(folder / name, ignore_errors=True)
    bring_together(tables)
    registers = registers_of(tables)
    figures = apart([one for table in tables for one in figures_of(table)])
    wholes = {table.name: [whole for column in table.columns if column.kind == "part"
                           for whole in above(column.name, registers)] for table in tables}  # fmt: skip
    for one in figures:
        one["within"] = " ".join(wholes[one["table"]])
    as_of, base_on, every = days_of(tables)
    _package(folder, tables, registers)
    _office(folder, tables, registers, figures)
    case = str(Calendar().containing(as_of, every or "day"))
    write_papers(folder / "office" / "papers.py", every, case)
    write_case(folder, case, as_of, base_on)
    write_zt_toml(folder, chinese=chinese)
    values = {"case": case, "package": PACKAGE, "tables": [one.name for one in tables], "figures": figures}
    for name in ("README.md", "README.zh-CN.md"):
        write_file(folder / name, _filled(f"{name}.j2", **values))
    listed = {one.table.name: (key, one) for key, one in registers.items() if one.table}
    lines = [line for table in tables for line in _to_check(table, *listed.get(table.name, ()))]
    lines += write_text(folder, case, as_of, tables, figures)
    lines += _refused(folder)
    if not any(column.kind in TIMES for table in tables for column in table.columns):
        lines.append("no column of time: every figure is of all rows, whatever the day of the paper")
    return lines


def refuse_nothing(tables: Sequence[Proposed]) -> None:
    """Refuse tables of which nothing can be added up: there would be no figure.

    Raises:
        InputError: names the columns, and why each is none.
    """
    if any(table.stacked or column.kind == "measure" for table in tables for column in table.columns):
        return
    found = "; ".join(
        f"{column.header}: {column.remark or column.kind}" for table in tables for column in table.columns
    )
    raise InputError(
        ", ".join(dict.fromkeys(table.path.name for table in tables)), found=found,
        expected="a column of numbers that can be added up", hint="is it the right table?",
    )  # fmt: skip


def _texts(table: Proposed) -> Iterable[str]:
    for column in (*table.columns, *(table.stacked.series if table.stacked else ())):
        yield column.header
        yield from (one for one in column.values if isinstance(one, str))


def _refused(folder: Path) -> list[str]:
    """What reading the files as declared refuses, one line a file."""
    if not (folder / PACKAGE / SOURCES).exists():
        return []
    with office_of(folder.resolve()).active():
        found = [one for one in check_sources((folder / PACKAGE).resolve()) if one.problems]
    said = f"see zt sources check {PACKAGE}"
    return [f"  REFUSED: {one.path}: {len(one.problems)}, first {_first(one.problems[0])}; {said}" for one in found]


def _first(one: Problem) -> str:
    return f"{one.place}: found {one.found}, expected {one.expected}"


def _package(folder: Path, tables: Sequence[Proposed], registers: dict[str, Register]) -> None:
    there = folder / PACKAGE
    (there / CLAIMS).mkdir(parents=True)  # where the shell is told to put the drafted ones
    resources = [_register(there, key, one, registers) for key, one in registers.items()]
    for table in tables:
        if any(one.table is table for one in registers.values()):
            continue
        if table.stacked:
            _as_it_comes(there, table, table.stacked)
        else:
            rows = list(zip(*(column.values for column in table.columns), strict=True))
            _write(there / f"{table.name}.csv", [column.name for column in table.columns], rows)
        fields = [_of_column(column) for column in table.columns]
        places = {one.name: _named(one.name, registers) for one in table.columns if one.name in registers}
        resources.append(_resource(table.name, fields, table.key, places))
    declared = {table.name: _source(table) for table in tables if table.stacked}
    if declared:
        write_yaml(there / SOURCES, HOW_READ, declared)
    content = {"profile": "data-package", "name": "proposed", "title": "Proposed", "synthetic": False, "proposed": NOTE}
    write_json(there / "datapackage.json", content | {"resources": resources})
    seal(there.resolve())


def _named(key: str, registers: dict[str, Register]) -> str:
    table = registers[key].table
    return table.name if table else f"{key}_names"


def _register(there: Path, key: str, register: Register, registers: dict[str, Register]) -> dict[str, Any]:
    """A register with a key and two names, and what else a table that is one says of its members."""
    name, table = _named(key, registers), register.table
    further = (
        [one for one in table.columns if one.name != key and one not in (register.zh, register.en)] if table else []
    )
    columns = [dict(zip(map(str, _key_of(table, key)), one.values, strict=True)) for one in further if table]
    rows = [(one, *names, *(values.get(one) for values in columns)) for one, names in register.members.items()]
    _write(there / f"{name}.csv", (key, "name_zh", "name_en", *(one.name for one in further)), rows)
    fields = [_field(one, "string", one, required=True) for one in (key, "name_zh", "name_en")]
    fields += [_of_column(one) for one in further]
    above = {one.name: _named(one.name, registers) for one in further if one.name in registers}
    return _resource(name, fields, [key], above)


def _key_of(table: Proposed | None, key: str) -> list[Any]:
    return next(one.values for one in table.columns if one.name == key) if table else []


def _as_it_comes(there: Path, table: Proposed, stacked: Stacked) -> None:
    """The file of a table that stands side by side, unchanged."""
    (there / RAW / table.name).mkdir(parents=True)
    shutil.copy(table.path, there / RAW / table.name)


def _source(table: Proposed) -> dict[str, Any]:
    assert table.stacked
    return {"from": f"{RAW}/{table.name}"} | table.stacked.entry


def _of_column(column: Column) -> dict[str, Any]:
    # what is blank in a bureau's table was not published
    limits: dict[str, Any] = {} if None in column.values or column.kind == "value" else {"required": True}
    if column.kind in ("measure", "value") and min(one for one in column.values if one is not None) >= 0:
        limits["minimum"] = 0
    if column.kind == "series" or (column.kind == "part" and not column.is_place):
        limits["enum"] = sorted({one for one in column.values if one})
    field = _field(column.name, TYPES[column.kind], column.header, **limits)
    return field | ({"personal": True} if column.personal else {})


def _field(name: str, kind: str, title: str, **constraints: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "title": title, "constraints": constraints}


def _resource(name: str, fields: list[dict[str, Any]], key: list[str], places: dict[str, str]) -> dict[str, Any]:
    foreign = [{"fields": [one], "reference": {"resource": of, "fields": [one]}} for one, of in places.items()]
    schema = {"fields": fields, "primaryKey": key, "foreignKeys": foreign}
    return {"name": name, "path": f"{name}.csv", "hash": "sha256:", "schema": schema}


def _office(
    folder: Path, tables: Sequence[Proposed], registers: dict[str, Register], figures: list[dict[str, str]]
) -> None:
    office = folder / "office"
    write_file(office / "indicators.py", _filled("indicators.py.j2", figures=figures))
    names = "".join(f'"{one["id"]}", ' for one in figures).rstrip()
    change(office / "papers.py", '("pupils", "boarders")', f"({names})")
    change(office / "papers.py", "data/demo", PACKAGE)
    change(
        office / "layout.py", '(Section("pupils", ("page_say_pupils",), ("pupils",)),),', '(Section("figures", ()),),'
    )
    # which figures are worth a chart, a person says
    (office / "charts.py").unlink()
    change(office / "__init__.py", ', "charts": "charts"', "")
    _without_charts(folder / "notebooks" / "brief.ipynb")
    change(office / "layout.py", '    summary=("page_say_pupils",),\n', "")
    listing = [one.table for one in registers.values() if one.table]
    parts = {column.name: column for table in tables if table not in listing
             for column in table.columns if column.kind == "part"}  # fmt: skip
    # what these lie in is a part of the same figures
    lifted = {name for one in figures for name in one["within"].split()}
    parts |= {column.name: column for table in listing for column in table.columns if column.name in lifted}
    words = [("brief_title", "简报", "Brief"), ("page_section_figures", "主要数字", "Figures")]
    words += [(name, called(column), name) for name, column in parts.items()]
    lists = [column for name, column in parts.items() if name not in registers]
    values = dict.fromkeys(value for column in lists for value in column.values if value)
    words += [(value, value, value) for value in values if value not in parts]
    _write(office / "words" / "brief.csv", ("key", "zh", "en"), words)
    head = ("id", "severity", "kind", "of", "by", "each", "statement", "zh", "en")
    sums = [
        (f"{name}_adds_up", "hard", "partition", "", name, "", said, f"各{plain_words(called(column))}合计等于全部",
         f"The parts by {name} add up")
        for name, column in parts.items() if (said := _adding_up(name, tables, figures))
    ]  # fmt: skip
    _write(office / "relations" / "statements.csv", head, sums)
    texts = office / "words" / "texts"
    texts.mkdir()
    named = [
        (column.name, value, re.escape(value)) for column in lists for value in dict.fromkeys(column.values) if value
    ]
    _write(texts / "parts.csv", ("dimension", "value", "words"), named)
    _write(texts / "units.csv", ("key", "zh", "en", "exact", "decimals", "printed"), units_of(tables))


def _adding_up(place: str, tables: Sequence[Proposed], figures: list[dict[str, str]]) -> str:
    """The figures whose parts add up to their whole: every one, or those with a value in each part this year."""
    told = {one.name: one.stacked for one in tables if any(column.name == place for column in one.columns)}
    if None in told.values():
        return "every"
    names = [one for one in figures if (of := told.get(one["table"])) and one["series"] in of.filled and not of.whole]
    return " ".join(one["id"] for one in names)


def _without_charts(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"] = [one for one in notebook["cells"] if not one["id"].startswith("charts")]
    write_file(path, json.dumps(notebook, ensure_ascii=False, indent=1) + "\n")


def _to_check(table: Proposed, listed: str = "", register: Register | None = None) -> list[str]:
    if register:
        lines = [f"{table.source} -> {PACKAGE}/{table.name}.csv, the names of each {listed}"]
        lines += [f"  note: {one!r} stands in other tables and not in this one: added, give it its names"
                  for one in register.added]  # fmt: skip
        assert register.zh
        assert register.en
        english = register.en.header if register.en is not register.zh else "none"
        return [*lines, f"  names: {register.zh.header} in Chinese, {english} in English"]
    key = " + ".join(table.key) or "NONE: rows are twice the same"
    if table.stacked:
        return _side_by_side(table, table.stacked, key)
    lines = [f"{table.source} -> {PACKAGE}/{table.name}.csv, key {key}"]
    lines += [f"  note: {one}" for one in table.remarks]
    lines += [f"  left out: {one}" for one in table.left_out]
    for column in table.columns:
        kind = f"measure in {column.unit or '个 (no unit in the header)'}" if column.kind == "measure" else column.kind
        kind = f"last day of the {column.every}" if column.kind == "period" else kind
        kind = "PERSONAL, masked wherever it is shown" if column.personal else kind
        scale = (
            f", kept as whole 1/{column.scale} of it" if column.kind in ("measure", "rate") and column.scale > 1 else ""
        )
        remark = f" ({column.remark})" if column.remark else ""
        lines.append(f"  {column.header} -> {column.name}: {kind}{scale}{remark}")
    return lines


def _side_by_side(table: Proposed, stacked: Stacked, key: str) -> list[str]:
    place = f"{PACKAGE}/{RAW}/{table.name}, as it comes"
    lines = [f"{table.path.name} -> {place}, read by {SOURCES}, table {table.name}, key {key}"]
    lines += [f"  headers {stacked.entry['unpivot']['headers']} -> a row for each value"]
    lines += [f"  left out: {one}" for one in table.left_out]
    for one in stacked.series:
        how = f" (no unit is stated; by their decimals the cells are supposed to be in {one.supposed})"
        unit = one.unit or "个 (no unit in label, caption or name)"
        lines.append(f"  {one.header} -> {one.name}: measure in {unit}{how if one.supposed else ''}")
    return lines


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with named(path), path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([head, *rows])


def _filled(name: str, **values: object) -> str:
    from jinja2 import Environment, StrictUndefined

    text = files(__package__).joinpath("templates", name).read_text(encoding="utf-8")
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True)
    return environment.from_string(text).render(**values)
