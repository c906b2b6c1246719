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

if TYPE_CHECKING:
    from zt_analysis.opened.shelf import Card, Shelf

TYPES = {"string": "文本", "integer": "整数", "boolean": "是否", "date": "日期"}
BOUNDS = {"minimum": "≥", "maximum": "≤", "minLength": "字数≥", "maxLength": "字数≤"}


def tables_html(tables: Shelf) -> str:
    """The tables: name, meaning of their columns, rows, where they come from."""
    declared = {one.name: one for one in tables.declared}
    columns = [label(word, "zh") for word in ("opened_table", "opened_rows", "opened_column", "opened_source")]
    for name in tables.names:
        tables.later(tables.counted(name))
    rows = [
        [name, tables.count(name), _titles(declared[name]) if name in declared else "",
         declared[name].place if name in declared else ""]
        for name in tables.names
    ]  # fmt: skip
    title = tables.package.title if tables.package else label("opened_tables", "zh")
    return html.output(html.table(columns, rows, caption=title, numbers=(1,)), html.note(_synthetic(tables)))


def card_html(card: Card) -> str:
    """One table: columns with meaning, type, unit and what they have to be; rows, source, key, checks."""
    table, tables = card.declared, card.tables
    columns = [label(f"opened_{word}", "zh") for word in ("column", "meaning", "type", "must")]
    rows = [[one.name, _meaning(one, tables), TYPES.get(one.type, one.type), _must(one, table)] for one in card.columns]
    return html.output(
        html.table(columns, rows, caption=f"{table.name} · {label('opened_all', 'zh').format(total=card.count)}"),
        html.facts({
            label("opened_key", "zh"): ", ".join(table.primary_key), label("opened_source", "zh"): table.place,
            label("opened_refers", "zh"): "; ".join(
                f"{', '.join(key.columns)} → {key.table or table.name}" for key in table.foreign_keys
            ),
        }),
        html.note(f"✓ {_checks(card)}"), html.note(_synthetic(tables)),
    )  # fmt: skip


def card_lines(card: Card) -> list[str]:
    """One table in a few lines."""
    named = ", ".join(one.name for one in card.columns)
    return [f"{card.name}: {card.count} rows, {len(card.columns)} columns", named, card.declared.place]


def schema(card: Card) -> frames.Shown:
    """The columns of a table as a frame."""
    rows = [
        [one.name, _meaning(one, card.tables), one.type, _must(one, card.declared), one.personal]
        for one in card.columns
    ]
    names = ("column", "meaning", "type", "must", "personal")
    words = ("列", "含义", "类型", "必须符合", "个人信息")
    frame = pd.DataFrame(rows, columns=list(names))
    found: frames.Shown = frames.named(
        frame, {name: frames.head(word) for name, word in zip(names, words, strict=True)}, language="zh",
        title=card.name,
    )  # fmt: skip
    return found


def column_html(one: Column) -> str:
    """One column."""
    return html.output(html.heading(f"{one.name} · {one.title}"), html.facts({
        label("opened_type", "zh"): TYPES.get(one.type, one.type), label("opened_must", "zh"): _bounds(one),
        "": label("opened_personal", "zh") if one.personal else "",
    }))  # fmt: skip


def column_lines(one: Column) -> list[str]:
    """One column in a line."""
    return [f"{one.name}  {one.title}  {one.type}  {_bounds(one)}".rstrip()]


def declared_table_html(one: Table) -> str:
    """A declared table: its columns."""
    columns = [label(f"opened_{word}", "zh") for word in ("column", "meaning", "type", "must")]
    rows = [[each.name, each.title, TYPES.get(each.type, each.type), _must(each, one)] for each in one.columns]
    return html.output(html.table(columns, rows, caption=one.name), html.note(one.place))


def declared_table_lines(one: Table) -> list[str]:
    """A declared table in two lines."""
    return [f"{one.name}: {len(one.columns)} columns, {one.place}", ", ".join(each.name for each in one.columns)]


def problem_html(one: Problem) -> str:
    """What is wrong with a row."""
    return html.output(Markup('<span class="badge bad"><span aria-hidden="true">×</span></span> {}').format(one.text))


def problem_lines(one: Problem) -> list[str]:
    """What is wrong with a row, in a line."""
    return [f"× {one.text}"]


def _meaning(one: Column, tables: Tables) -> str:
    return one.title or words_of(one.name, tables)["zh"]


def _titles(table: Table) -> str:
    return "、".join(one.title or one.name for one in table.columns)


def _bounds(one: Column) -> str:
    said = ["必填" if one.constraints.get("required") else "", "唯一" if one.constraints.get("unique") else ""]
    if words := one.constraints.get("enum"):
        said.append(" | ".join(map(str, words)))
    said += [f"{sign} {one.constraints[name]}" for name, sign in BOUNDS.items() if name in one.constraints]
    if pattern := one.constraints.get("pattern"):
        said.append(str(pattern))
    return "；".join(filter(None, said))


def _must(one: Column, table: Table) -> str:
    keys = [f"→ {key.table}" for key in table.foreign_keys if key.columns == (one.name,) and key.table]
    personal = [label("opened_personal", "zh")] if one.personal else []
    return "；".join(filter(None, [_bounds(one), *keys, *personal]))


def _checks(card: Card) -> str:
    found = next((one for one in quality(card.tables)["tables"] if one["table"] == card.name), None)
    if found is None:
        return ""
    return label("opened_checked", "zh").format(checks=found["checks"], problems=found["problems"])


def _synthetic(tables: Tables) -> str:
    return label("synthetic_line", "zh") if tables.package and tables.package.synthetic else ""
