"""Figures of tables that a county's file is missing from: marked as partial, never judged as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import ibis.expr.types as ir

from zt_analysis.checks.relation import Book, Finding, Relation
from zt_analysis.figures import Figure
from zt_analysis.indicators import Wanted, source_tables
from zt_analysis.ledger import english_names, parts_of
from zt_analysis.sources import Tables, quality
from zt_analysis.terms import labels

INCOMPLETE = "incomplete"
NONE = {"zh": "—", "en": "—"}
Record = dict[str, Any]


def missing(tables: Tables) -> list[dict[str, str]]:
    """Each part that a table was opened without (``sources.arriving.left_out``)."""
    return list(quality(tables).get("missing", []))


def lacking(read: Iterable[str], scope: Mapping[str, str], left_out: Sequence[Mapping[str, str]]) -> list[str]:
    """Names of the counties that a figure over the tables ``read`` lacks within its ``scope``.

    >>> late = [{"table": "cases", "by": "county", "code": "b", "name": "乙县"}]
    >>> lacking(["cases"], {}, late), lacking(["cases"], {"county": "a"}, late), lacking(["funds"], {}, late)
    (['乙县'], [], [])
    """
    names = set(read)
    found = [one["name"] for one in left_out if one["table"] in names and scope.get(one["by"]) in (None, one["code"])]
    return list(dict.fromkeys(found))


def partial_keys(wanted: Iterable[tuple[str, Wanted]], tables: Tables) -> set[str]:
    """Keys of those figures, given with their keys, that lack a county."""
    left_out = missing(tables)
    if not left_out:
        return set()
    return {key for key, one in wanted if lacking(source_tables(one, tables), dict(one.scope), left_out)}


@dataclass(frozen=True, eq=False)
class Watched(Tables):
    """Tables that know which of them were asked for; they keep no answers, for an answer kept asks no table."""

    asked_for: set[str] = field(default_factory=set)

    def __getitem__(self, name: str) -> ir.Table:
        self.asked_for.add(name)
        return super().__getitem__(name)

    @classmethod
    def of(cls, tables: Tables) -> Watched:
        """The same tables, watched."""
        own = {one.name: getattr(tables, one.name) for one in fields(tables)}
        return cls(**own | {"_kept": {}})


class WatchedFigures(dict[str, Figure]):
    """Figures that know which of them were asked for."""

    def __init__(self, figures: Mapping[str, Figure]) -> None:
        super().__init__(figures)
        self.asked_for: set[str] = set()

    def __getitem__(self, key: str) -> Figure:
        self.asked_for.add(key)
        return super().__getitem__(key)


def lacks_a_county(one: Relation, book: Book, partial: set[str]) -> tuple[Finding, bool]:
    """The finding of a relation, and whether it was made from tables or figures that lack a county."""
    late = {each["table"] for each in missing(book.tables)}
    if not late:
        return one.found(book), False
    tables, figures = Watched.of(book.tables), WatchedFigures(book.figures)
    finding = one.found(replace(book, tables=tables, figures=figures, apart=True))
    return finding, bool(late & tables.asked_for or partial & {*figures.asked_for, *finding.figures})


def marked(text: Mapping[str, str]) -> dict[str, str]:
    """A value as displayed, in both languages, that says that it is partial."""
    return {language: f"{shown}{labels('partial_mark')[language]}" for language, shown in text.items()}


def mark(ledger: Record, of_whole: Mapping[str, Sequence[str]]) -> Record:
    """``ledger`` with what lacks a county marked wherever it is shown; as it is where none is missing.

    Args:
        of_whole: for the key of each part its columns that hold a part against the whole.
    """
    left_out = ledger["package"]["quality"].get("missing", [])
    if not left_out:
        return ledger
    figures = [_marked_figure(one, left_out) for one in ledger["figures"]]
    partial = {one["key"] for one in figures if one.get("missing")}
    verdicts = [
        one | {"computed": marked(one["computed"])} if one["figure"] in partial and one["computed"] else one
        for one in ledger["verdicts"]
    ]
    counties = {part["label"]["zh"] for one in figures for part in parts_of(one)}
    marker = _Marker(dict.fromkeys(one["name"] for one in left_out), counties, partial)
    parts = [marker.part(one, of_whole.get(one["key"], ())) for one in ledger.get("parts", [])]
    told = {"missing": list(dict.fromkeys(one["name"] for one in left_out)), "partial_figures": len(partial)}
    if english := english_names(ledger):
        told["missing_en"] = english
    return (
        ledger
        | {"figures": figures, "verdicts": verdicts, "summary": ledger["summary"] | told}
        | ({"parts": parts} if "parts" in ledger else {})
        | ({"text": _marked_text(ledger["text"], figures, ledger["case"]["language"])} if "text" in ledger else {})
    )


def _marked_text(text: Record, figures: list[Record], language: str) -> Record:
    """The paper's text with each number that lacks a county saying so: it is not proven, whatever its words say."""
    shown = {one["key"]: one for one in figures if one.get("missing")}

    def run(one: Record) -> Record:
        figure = shown.get(one.get("figure", ""))
        if figure is None:
            return one
        own = figure["display"] == labels("not_received")
        after = labels("not_received" if own else "partial_mark")[language]
        said = {each: f"{figure['label'][each]} {figure['display'][each]}" for each in figure["display"]}
        return one | {"text": after if own else f"{one['text']}{after}", "number": "open", "said": said}

    def block(one: Record) -> Record:
        rows = [[[run(each) for each in cell] for cell in row] for row in one.get("rows", ())]
        return one | {"runs": [run(each) for each in one["runs"]]} | ({"rows": rows} if rows else {})

    return text | {"blocks": [block(one) for one in text["blocks"]]}


def _marked_figure(one: Record, left_out: list[dict[str, str]]) -> Record:
    names = lacking(one["tables"], one["scope"], left_out)
    if not names:
        return one
    late = {each["code"] for each in left_out if each["name"] in names}
    rows = [
        part | {"exact": None, "display": labels("not_received")} if part["code"] in late else part
        for part in parts_of(one)
    ]
    parts = one["parts"] and one["parts"] | {"rows": rows}
    # a figure of a late county has no value; one of all is what the others have
    own = late & set(one["scope"].values())
    display = labels("not_received") if own else marked(one["display"])
    return one | {"display": display, "parts": parts, "missing": names}


@dataclass(frozen=True)
class _Marker:
    """Marks the tables of a paper: what is of a county in ``late`` was not received, what is of all is partial."""

    late: dict[str, None]  # in the order of the register, as everywhere on the page
    counties: set[str]
    partial: set[str]

    def part(self, part: Record, of_whole: Sequence[str]) -> Record:
        """A part with its cells marked, and the counties it lacks; as it is where all its figures are whole."""
        cells = [cell for row in part["rows"] for cell in row if "display" in cell]
        if any(cell["figure"] for cell in cells) and not any(cell["figure"] in self.partial for cell in cells):
            return part
        against = [labels(name) for name in of_whole]
        rows = [self._row(row, part["columns"], against) for row in part["rows"]]
        return part | {"rows": rows, "missing": list(self.late)}

    def _row(self, row: list[Record], columns: list[Record], against: list[dict[str, str]]) -> list[Record]:
        of = {cell["text"]["zh"] for cell in row if "text" in cell} & self.counties
        cells = []
        for cell, column in zip(row, columns, strict=True):
            if column in against:
                cells.append({"word": INCOMPLETE} if "word" in cell else {"text": NONE})
            elif of & self.late.keys():
                cells.append(self._not_received(cell))
            else:
                cells.append(cell if of or self._is_county(column) else self._of_all(cell))
        return cells

    def _is_county(self, column: Record) -> bool:
        """Whether the column is a county's: its name, or that without what every county is."""
        return any(name in (column["zh"], f"{column['zh']}{name[-1]}") for name in self.counties)

    def _lacks(self, cell: Record) -> bool:
        return "display" in cell and (cell["figure"] is None or cell["figure"] in self.partial)

    def _of_all(self, cell: Record) -> Record:
        # a rule that rows break is broken, whoever is missing
        if "word" in cell and cell["word"] != "fails":
            return {"word": INCOMPLETE}
        none = cell.get("display") == labels("not_received")
        return cell | {"display": marked(cell["display"])} if self._lacks(cell) and not none else cell

    def _not_received(self, cell: Record) -> Record:
        # a number of no figure may be of a table that is whole: the part itself says what was not received
        late = cell.get("figure") in self.partial
        return cell | {"exact": None, "display": labels("not_received")} if late else cell
