"""The lineage of a project: from its definitions, the newest case of each kind of paper, and what runs published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from zt_analysis import params
from zt_analysis.catalogue.columns import read_by, read_by_rows
from zt_analysis.catalogue.drawn import charts_of
from zt_analysis.catalogue.lineage import Lineage, Node
from zt_analysis.checks.relation import Book, Relation
from zt_analysis.checks.relations import relations_of
from zt_analysis.contents import plain_text
from zt_analysis.errors import InputError, ZtError
from zt_analysis.indicators import Wanted, find, indicators, sql
from zt_analysis.indicators.views import is_view
from zt_analysis.ledger import CHART_MIME
from zt_analysis.office import office_of
from zt_analysis.opened import OpenCase, case
from zt_analysis.project import standing_in
from zt_analysis.reports.sentences import names_in, with_places
from zt_analysis.rules import every_rule
from zt_analysis.runs.believed import believed_ledger, is_there
from zt_analysis.runs.editions import unfiled
from zt_analysis.sources.descriptor import DESCRIPTOR
from zt_analysis.terms import label, vocabulary
from zt_analysis.used import unnoted

_FIGURE = re.compile(r"(.+?)(?:\[[^\]]*\])?@")


@dataclass
class Gathered:
    """A project's lineage, the cases it was read from (by kind of paper), and what could not be read, in words."""

    root: Path
    lineage: Lineage = field(default_factory=Lineage)
    books: dict[str, OpenCase] = field(default_factory=dict)
    untold: list[str] = field(default_factory=list)


def gather(root: Path) -> Gathered:
    """What there is in the project at ``root``, and what stands on what.

    Raises:
        InputError: no case of it can be opened; says why of each.
    """
    found = Gathered(root)
    with standing_in(root), office_of(root).active(), unnoted():
        _open(found)
        for book in found.books.values():
            _tables(found.lineage, book)
        _indicators(found)
        for book in found.books.values():
            _relations(found, book)
        _rules(found)
        _said(found)
        _issues(found)
    return found


def _open(found: Gathered) -> None:
    """The newest case of each kind of paper that opens."""
    known: dict[str, list[str]] = {}
    for name in reversed(params.ordered(found.root)):
        try:
            book = case(name, project=found.root)
            kind = book.paper.kind
            if kind not in found.books:
                book.tables  # noqa: B018  opened and verified when asked for
                found.books[kind] = book
        except ZtError as error:
            known.setdefault(name, []).append(str(error).splitlines()[0])
    found.untold += [f"{name}: {said[0]}" for name, said in known.items()]
    if not found.books:
        raise InputError(
            "catalogue", found="\n".join(found.untold) or "no case", expected="a case whose tables open",
            hint="zt new NAME writes the file of one; zt sources check PACKAGE says what is wrong with its files",
        )  # fmt: skip


def _tables(lineage: Lineage, book: OpenCase) -> None:
    described = {one["name"]: one for one in _declared(book.root / book.paper.package / DESCRIPTOR)}
    for table in book.tables.declared:
        said = described.get(table.name, {})
        about = {"package": book.paper.package, "place": table.place, "role": table.role, "en": said.get("description")}
        about |= {"key": table.primary_key, "rows": _rows(book, table.name)}
        node = lineage.add(Node("table", table.name, str(said.get("title", "")), "", about))
        fields = {one["name"]: one for one in said.get("schema", {}).get("fields", [])}
        for column in table.columns:
            words = {"type": column.type, "personal": column.personal, "identifying": column.identifying}
            words |= {"en": fields.get(column.name, {}).get("description", "")}
            lineage.add(Node("column", f"{table.name}.{column.name}", column.title, "", words), [node.key])


def _rows(book: OpenCase, name: str) -> int | None:
    try:
        return int(book.tables.count(name))
    except ZtError:  # declared, and not one of those that this paper reads
        return None


def _declared(path: Path) -> list[dict[str, Any]]:
    try:
        return list(json.loads(plain_text(path, "utf-8-sig"))["resources"])
    except (OSError, ValueError, KeyError):
        return []


def _indicators(found: Gathered) -> None:
    for name in indicators():
        one = find(name)
        about = {word: one.said(word) for word in ("Definition", "Formula", "Source")} | {"unit": one.unit}
        feeds = [f"indicator:{each}" for each, _ in one.inputs] if one.derived else _columns(name, found)
        found.lineage.add(Node("indicator", name, one.zh, one.en, about), dict.fromkeys(feeds))


def _columns(name: str, found: Gathered) -> list[str]:
    """The columns that a measured indicator reads, in the first case whose tables have them."""
    said = ""
    for book in found.books.values():
        try:
            text = sql(Wanted(name, book.paper.period), book.tables)
            return [f"column:{table}.{column}" for table, column in read_by(text, book.tables)]
        except ZtError as error:
            said = str(error).splitlines()[0]
    found.untold.append(f"{name}: {said}")
    return []


def _relations(found: Gathered, book: OpenCase) -> None:
    kind = type(book.paper)
    try:
        held = {one.relation.id: one.finding for one in book.review.relations}
    except ZtError as error:
        held = {}
        found.untold.append(f"{book.parameters['case']}: {str(error).splitlines()[0]}")
    asked = Book(book.tables, book.paper.period, {}, indicators=book.paper.stated)
    for one in relations_of(kind):
        finding = held.get(one.id)
        names = [*_asked(one, asked), *(_named(key) for key in (finding.figures if finding else ()))]
        feeds = [f"indicator:{name}" for each in names for name in bases(each)]
        if finding is not None and finding.breaking is not None and not isinstance(finding.breaking, list):
            feeds += [f"column:{table}.{column}" for table, column in read_by_rows(finding.breaking, book.tables)]
        about = {"severity": one.severity, "statement": one.statement, "papers": one.papers}
        found.lineage.add(Node("relation", one.id, one.zh, one.en, about), dict.fromkeys(feeds))


def _asked(one: Relation, book: Book) -> Iterator[str]:
    try:
        yield from (wanted.indicator for wanted, _ in one.asks(book))
    except ZtError:  # of a table that is not there: what it was held against says the rest
        return


def _named(key: str) -> str:
    """The indicator of a figure's key."""
    named = _FIGURE.match(key)
    return named[1] if named else key


def bases(name: str) -> list[str]:
    """The indicators that are declared by which ``name`` goes: itself, or those that a view is made from."""
    if not is_view(name):
        return [name]
    try:
        return [base for each, _ in find(name).inputs for base in bases(each)]
    except InputError:
        return []


def _rules(found: Gathered) -> None:
    for one in every_rule().values():
        feeds: list[str] = []
        for book in found.books.values():
            try:
                applied = one.function(book.tables, book.paper.period)
                reads = read_by_rows(applied.breaking, book.tables)
            except ZtError:
                continue
            feeds = [f"column:{table}.{column}" for table, column in reads]
            break
        about = {"severity": one.severity, "statement": one.meaning, "paragraph": one.paragraph}
        found.lineage.add(Node("rule", one.id, one.zh, one.en, about), feeds)


def _said(found: Gathered) -> None:
    """What pages say and draw of figures."""
    office = office_of(found.root)
    known = set(indicators())
    for kind, layout in office.layouts.items():
        for key in dict.fromkeys([*layout.summary, *(one for each in layout.sections for one in each.sentences)]):
            # a view names the figures that it is made from
            inner = dict.fromkeys(word for name in names_in(key) for word in re.findall(r"\w+", name))
            feeds = [f"indicator:{name}" for name in inner if name in known]
            if feeds:
                said = {language: _with_names(key, language) for language in ("zh", "en")}
                node = Node("sentence", key, said["zh"], said["en"], {"papers": [kind]})
                found.lineage.add(node, feeds)
    titles = _titles(found.root)
    for chart in charts_of(office, known):
        title = next((titles[key] for key in chart.node.about["keys"] if key in titles), "")
        node = replace(chart.node, zh=title)
        found.lineage.add(node, [f"indicator:{name}" for name in chart.indicators])


def _with_names(key: str, language: str) -> str:
    """A sentence with the name of what stands at each of its places."""
    known, words = indicators(), vocabulary()

    def name(place: str) -> str:
        if place in known:
            return known[place].label[language]
        if is_view(place):
            return find(place).label[language]
        word = next((one for one in (place, f"page_{place}") if one in words), "")
        return label(word, language) if word else place

    return with_places(key, language, lambda place: f"〔{name(place)}〕")


def _titles(root: Path) -> dict[str, str]:
    """What the charts of the newest issues say in their titles, by the key by which a page takes them."""
    titles: dict[str, str] = {}
    for name in params.ordered(root):
        for path in (root / "outputs" / name).glob("*.ipynb"):
            try:
                cells = json.loads(plain_text(path))["cells"]
            except (OSError, ValueError, KeyError):
                continue  # its figures say that it cannot be read
            shown = (output.get("data", {}).get(CHART_MIME) for cell in cells for output in cell.get("outputs", ()))
            titles |= {one["key"]: one["title"] for one in shown if one}
    return titles


def _issues(found: Gathered) -> None:
    """What was published, oldest first: its figures, and the printed numbers that they were held against."""
    outputs = found.root / "outputs"
    for name in [*params.ordered(found.root), *unfiled(found.root, outputs)]:
        folder = outputs / name
        if not is_there(folder):
            continue
        try:
            ledger = believed_ledger(folder)
        except InputError as error:
            found.untold.append(str(error))
            continue
        _issue(found.lineage, name, ledger)


def _issue(lineage: Lineage, name: str, ledger: dict[str, Any]) -> None:
    case, of = ledger["case"], {one["key"]: one["indicator"] for one in ledger["figures"]}
    title = {language: f"{case['title'][language]} {name}" for language in ("zh", "en")}
    feeds = [f"indicator:{base}" for one in dict.fromkeys(of.values()) for base in bases(one)]
    about = {"kind": case["kind"], "as_of": case["as_of"]}
    lineage.add(Node("issue", name, title["zh"], title["en"], about), dict.fromkeys(feeds))
    for one in ledger["verdicts"]:
        if one["figure"] in of:
            words = {"case": name, "claim": one["claim"], "surface": one["surface"], "verdict": one["verdict"]}
            words |= {"paragraph": one["paragraph"], "figure": one["figure"]}
            node = Node("claim", f"{name} {one['claim']}", one["label"]["zh"], one["label"]["en"], words)
            lineage.add(node, [f"indicator:{base}" for base in bases(of[one["figure"]])])
