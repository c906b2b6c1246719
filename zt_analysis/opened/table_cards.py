"""Tables, their columns and what is wrong with their rows as outputs of a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from zt_analysis.opened import frames, html
from zt_analysis.opened.naming import words_of
from zt_analysis.sources import Column, Table, Tables, quality
from zt_analysis.sources.problems import Problem
from zt_analysis.terms import label
from zt_analysis.units import UNITS

if TYPE_CHECKING:
    from zt_analysis.opened.shelf import Card, Shelf

TYPES = {"string": "文本", "integer": "整数", "boolean": "是否", "date": "日期"}
BOUNDS = {"zh": {"minimum": "≥", "maximum": "≤", "minLength": "字数≥", "maxLength": "字数≤"},
          "en": {"minimum": "≥", "maximum": "≤", "minLength": "length ≥", "maxLength": "length ≤"}}  # fmt: skip
FLAGS = {"zh": {"required": "必填", "unique": "唯一"}, "en": {"required": "required", "unique": "unique"}}
BETWEEN = {"zh": "；", "en": "; "}
COLUMNS = ("column", "meaning", "type", "unit", "must")


def tables_html(tables: Shelf) -> str:
    """The tables: name, meaning of their columns, rows, where they come from."""
    declared, language = {one.name: one for one in tables.declared}, tables.language
    columns = [label(word, language) for word in ("opened_table", "opened_rows", "opened_column", "opened_source")]
    rows = [
        [name, tables.count(name), _titles(declared[name], language) if name in declared else "",
         declared[name].place if name in declared else ""]
        for name in tables.names
    ]  # fmt: skip
    title = tables.package.title if tables.package else label("opened_tables", language)
    return html.output(html.table(columns, rows, caption=title, numbers=(1,)), html.note(_synthetic(tables)))


def card_html(card: Card) -> str:
    """One table: columns with meaning, type, unit and what they have to be; rows, source, key, checks."""
    table, tables, language = card.declared, card.tables, card.language
    rows = [_row(one, table, language, meaning_of(one, tables, language)) for one in card.columns]
    caption = f"{table.name} · {label('opened_all', language).format(total=card.count)}"
    return html.output(
        _columns_table(rows, language, caption),
        html.facts({
            label("opened_key", language): ", ".join(table.primary_key), label("opened_source", language): table.place,
            label("opened_refers", language): "; ".join(
                f"{', '.join(key.columns)} → {key.table or table.name}" for key in table.foreign_keys
            ),
        }),
        html.note(f"✓ {_checks(card)}"), html.note(_synthetic(tables)),
    )  # fmt: skip


def _columns_table(rows: list[list[str]], language: str, caption: str) -> Markup:
    """Its columns; without that of units where none has one."""
    shown = [place for place, word in enumerate(COLUMNS) if word != "unit" or any(row[place] for row in rows)]
    names = [label(f"opened_{COLUMNS[place]}", language) for place in shown]
    return html.table(names, [[row[place] for place in shown] for row in rows], caption=caption)


def _row(one: Column, table: Table, language: str, meaning: str) -> list[str]:
    return [one.name, meaning, _type(one, language), unit_of(one, language), _must(one, table, language)]


def card_lines(card: Card) -> list[str]:
    """One table in a few lines."""
    named = ", ".join(one.name for one in card.columns)
    return [f"{card.name}: {card.count} rows, {len(card.columns)} columns", named, card.declared.place]


def schema(card: Card) -> frames.Shown:
    """The columns of a table as a frame."""
    language = card.language
    rows = [
        [one.name, meaning_of(one, card.tables, language), one.type, unit_of(one, language),
         _must(one, card.declared, language), one.personal]
        for one in card.columns
    ]  # fmt: skip
    names = ("column", "meaning", "type", "unit", "must", "personal")
    words = [label(f"opened_{one}" if one != "personal" else "opened_is_personal", language) for one in names]
    frame = pd.DataFrame(rows, columns=list(names))
    found: frames.Shown = frames.named(
        frame, {name: frames.head(word) for name, word in zip(names, words, strict=True)}, language=language,
        title=card.name,
    )  # fmt: skip
    return found


def column_html(one: Column) -> str:
    """One column, in both languages: of itself it knows none."""
    bounds = [_bounds(one, language) for language in ("zh", "en")]
    return html.output(html.heading(f"{one.name} · {one.title}" if one.title else one.name), html.facts({
        _both("opened_meaning"): one.description,
        _both("opened_type"): f"{_type(one, 'zh')} {one.type}",
        _both("opened_unit"): " ".join(dict.fromkeys(filter(None, (unit_of(one, "zh"), unit_of(one, "en"))))),
        _both("opened_must"): " · ".join(dict.fromkeys(filter(None, bounds))),
        "": _both("opened_personal") if one.personal else "",
    }))  # fmt: skip


def column_lines(one: Column) -> list[str]:
    """One column in a line."""
    line = f"{one.name}  {one.title}  {one.type}  {_bounds(one, 'zh')}".rstrip()
    return [line, one.description] if one.description else [line]


def declared_table_html(one: Table) -> str:
    """A declared table: its columns, each by both its names."""
    rows = [_row(each, one, "zh", " · ".join(filter(None, (each.title, each.description)))) for each in one.columns]
    return html.output(_columns_table(rows, "zh", one.name), html.note(one.place))


def declared_table_lines(one: Table) -> list[str]:
    """A declared table in two lines."""
    return [f"{one.name}: {len(one.columns)} columns, {one.place}", ", ".join(each.name for each in one.columns)]


def problem_html(one: Problem) -> str:
    """What is wrong with a row."""
    return html.output(Markup('<span class="badge bad"><span aria-hidden="true">×</span></span> {}').format(one.text))


def problem_lines(one: Problem) -> list[str]:
    """What is wrong with a row, in a line."""
    return [f"× {one.text}"]


def meaning_of(one: Column, tables: Tables, language: str) -> str:
    """What a column is: its title, or in English what is said of it; else the words for its name."""
    return (one.title if language == "zh" else one.description) or words_of(one.name, tables)[language]


def unit_of(one: Column, language: str) -> str:
    """The unit of its numbers, in words."""
    known = UNITS.get(one.unit)
    return (known.zh if language == "zh" else known.en).strip() if known else one.unit


def _type(one: Column, language: str) -> str:
    return TYPES.get(one.type, one.type) if language == "zh" else one.type


def _both(word: str) -> str:
    return f"{label(word, 'zh')} {label(word, 'en')}"


def _titles(table: Table, language: str) -> str:
    if language == "zh":
        return "、".join(one.title or one.name for one in table.columns)
    return ", ".join(one.name for one in table.columns)


def _bounds(one: Column, language: str) -> str:
    said = [word for key, word in FLAGS[language].items() if one.constraints.get(key)]
    if words := one.constraints.get("enum"):
        said.append(" | ".join(map(str, words)))
    said += [f"{sign} {one.constraints[name]}" for name, sign in BOUNDS[language].items() if name in one.constraints]
    if pattern := one.constraints.get("pattern"):
        said.append(str(pattern))
    return BETWEEN[language].join(said)


def _must(one: Column, table: Table, language: str) -> str:
    keys = [f"→ {key.table}" for key in table.foreign_keys if key.columns == (one.name,) and key.table]
    personal = [label("opened_personal", language)] if one.personal else []
    return BETWEEN[language].join(filter(None, [_bounds(one, language), *keys, *personal]))


def _checks(card: Card) -> str:
    found = next((one for one in quality(card.tables)["tables"] if one["table"] == card.name), None)
    if found is None:
        return ""
    return label("opened_checked", card.language).format(checks=found["checks"], problems=found["problems"])


def _synthetic(tables: Shelf) -> str:
    return label("synthetic_line", tables.language) if tables.package and tables.package.synthetic else ""
