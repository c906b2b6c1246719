"""The reverse question: what stands on a column, on a table, or on one row of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from zt_analysis.bulletins import Paper
from zt_analysis.catalogue.gathering import Gathered
from zt_analysis.catalogue.lineage import Node
from zt_analysis.errors import InputError, ZtError, nearest
from zt_analysis.indicators import Wanted, find
from zt_analysis.indicators.computing import measure_of
from zt_analysis.office import office_of
from zt_analysis.opened import OpenCase, case
from zt_analysis.project import standing_in
from zt_analysis.sources.descriptor import Table
from zt_analysis.sources.lineage import declared_origins

# pupils.stage, or one cell of it by the key of its row: pupils.stage[2018-0017]
_ASKED = re.compile(r"(?P<table>[^.\[\]]+)(?:\.(?P<column>[^.\[\]]+))?(?:\[(?P<row>.+)\])?")


@dataclass(frozen=True)
class Answer:
    """What stands on a node, or on one cell of it.

    Attributes:
        row: the key of the cell's row; empty for the whole column.
        counted: by case and measured figure, whether it counts that row; None where its rows have lost the table's key.
    """

    node: Node
    row: str
    ahead: list[Node]
    counted: dict[tuple[str, str], bool | None]


def ask(found: Gathered, asked: str) -> Answer:
    """What stands on ``asked``: ``table``, ``table.column`` or ``table.column[key]``.

    Raises:
        InputError: no such table, column or row; names the nearest.
    """
    parts = _ASKED.fullmatch(asked.strip())
    lineage = found.lineage
    named = "" if parts is None else ".".join(filter(None, (parts["table"], parts["column"])))
    kind = "column" if parts is not None and parts["column"] else "table"
    node = lineage.nodes.get(f"{kind}:{named}")
    if node is None:
        known = [one.id for each in ("column", "table") for one in lineage.of_kind(each)]
        if parts is not None and parts["column"] and f"table:{parts['table']}" in lineage.nodes:
            known = [one.id for one in lineage.of_kind("column") if one.id.startswith(f"{parts['table']}.")]
        said = ", ".join(known) if len(known) <= 60 else "table.column, as the catalogue lists them"
        raise InputError(
            f"option --column {asked!r}", found="no such column", expected=said,
            hint=nearest(named or asked, known) or "zt catalogue writes the page of all of them",
        )  # fmt: skip
    ahead = lineage.ahead(node.key)
    row = parts["row"] if parts is not None and parts["row"] else ""
    if not row:
        return Answer(node, "", ahead, {})
    counted = _counted(found, parts["table"] if parts else "", row, ahead)
    return Answer(node, row, _still(found, ahead, counted), counted)


def _counted(found: Gathered, name: str, row: str, ahead: list[Node]) -> dict[tuple[str, str], bool | None]:
    """Of each measured figure among ``ahead``, in each case that is open or published, whether it counts that row."""
    answers: dict[tuple[str, str], bool | None] = {}
    measured = [one.id for one in ahead if one.kind == "indicator" and not find(one.id).derived]
    seen = False
    with standing_in(found.root), office_of(found.root).active():
        for case_name, paper, book in _cases(found):
            table = next((one for one in book.tables.declared if one.name == name), None)
            if table is None:
                continue
            seen = seen or _is_there(book, table, row)
            for one in measured:
                answers[case_name, one] = _counts(book, Wanted(one, paper.period), table, row)
    if not seen:
        raise InputError(
            f"option --column, row {row!r}", found=f"no row of {name} with that key", expected="the key of a row",
            hint="values of several key columns are parted by commas",
        )  # fmt: skip
    return answers


def _cases(found: Gathered) -> Iterator[tuple[str, Paper, OpenCase]]:
    """The open cases, and the published ones over the tables of an open one of the same package."""
    opened = {str(book.parameters["case"]): book for book in found.books.values()}
    for name in dict.fromkeys([*opened, *(one.id for one in found.lineage.of_kind("issue"))]):
        try:
            paper = case(name, project=found.root).paper
        except ZtError:
            continue
        book = opened.get(name) or next((one for one in opened.values() if one.paper.package == paper.package), None)
        if book is not None:
            yield name, paper, book


def _of_key(table: Table, row: str) -> dict[str, str]:
    """The values by which a row is told from the others: of its key, or of a column that is unique by itself."""
    values = [one.strip() for one in row.split(",")]
    alone = [one.name for one in table.columns if one.constraints.get("unique")]
    if len(values) == 1 and alone:
        return {alone[0]: values[0]}
    if not table.primary_key or len(values) != len(table.primary_key):
        raise InputError(
            f"option --column, row {row!r}", found=f"{len(values)} values",
            expected=f"those of {', '.join(table.primary_key) or 'a key, which this table has none of'}",
        )  # fmt: skip
    return dict(zip(table.primary_key, values, strict=True))


def _is_there(book: OpenCase, table: Table, row: str) -> bool:
    try:
        rows = book.tables[table.name]
    except ZtError:
        return False
    return _any(book, rows, _of_key(table, row))


def _counts(book: OpenCase, wanted: Wanted, table: Table, row: str) -> bool | None:
    try:
        rows = measure_of(wanted, book.tables).within().table
    except ZtError:
        return None
    origins = declared_origins(rows, book.tables)
    names = {}
    for key, value in _of_key(table, row).items():
        own = next((column for column in table.columns if column.name == key), None)
        shown = next((name for name, of in origins.items() if any(one is own for one in of)), None)
        if shown is None:
            return None
        names[shown] = value
    return _any(book, rows, names)


def _any(book: OpenCase, rows: Any, values: dict[str, str]) -> bool:
    for name, value in values.items():
        rows = rows.filter(rows[name].cast("string") == value)
    counted = book.tables.rows(rows.aggregate(n=rows.count()))
    return bool(counted[0]["n"])


def _still(found: Gathered, ahead: list[Node], counted: dict[tuple[str, str], bool | None]) -> list[Node]:
    """What of ``ahead`` may stand on the row: what is said of a case, by what that case counts."""
    lineage, keys = found.lineage, {one.key for one in ahead}
    in_some = {name for (_, name), value in counted.items() if value is not False}

    @cache
    def stays(key: str, case_name: str) -> bool:
        node = lineage.nodes[key]
        case_name = {"issue": node.id, "claim": node.about.get("case", "")}.get(node.kind, case_name)
        if node.kind == "indicator" and any(name == node.id for _, name in counted):
            return node.id in in_some if not case_name else counted.get((case_name, node.id)) is not False
        feeding = lineage.feeding(key)
        # a relation or rule that reads the table itself looks at every row
        direct = any(one.kind == "column" for one in feeding)
        return direct or any(stays(one.key, case_name) for one in feeding if one.key in keys)

    return [node for node in ahead if stays(node.key, "")]


def record(answer: Answer) -> dict[str, Any]:
    """The answer in plain types: what stands on it by kind, and of a cell in which figures its row is counted."""
    ahead: dict[str, list[dict[str, Any]]] = {}
    for node in answer.ahead:
        ahead.setdefault(node.kind, []).append({"id": node.id, "label": node.label})
    words = {True: "counted", False: "uncounted", None: "untellable"}
    counted: dict[str, list[str]] = {word: [] for word in words.values()}
    for (case_name, name), value in answer.counted.items():
        counted[words[value]].append(f"{case_name} {name}")
    asked = f"{answer.node.id}[{answer.row}]" if answer.row else answer.node.id
    return {"asked": asked, "id": answer.node.id, "label": answer.node.label, "ahead": ahead, "counted": counted}
